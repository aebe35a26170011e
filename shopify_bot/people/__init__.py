"""Who may sign in, in which browsers they are, and what they changed."""
