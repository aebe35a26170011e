"""The bot: settings, database, review states, jobs, publishing, commands."""
