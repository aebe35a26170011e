"""Whether every part of the bot is alive, and what waits for it."""
