"""What is done for every shop again and again: subscriptions, reconciliation, the check of categories."""
