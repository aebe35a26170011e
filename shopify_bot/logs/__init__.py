"""Log lines, as text or as JSON, each with the ids of what it is about."""
