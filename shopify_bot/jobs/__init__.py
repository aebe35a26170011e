"""What workers do: classify what is due, publish what is due."""
