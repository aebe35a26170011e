"""One-machine mode: every process of the bot under one roof."""
