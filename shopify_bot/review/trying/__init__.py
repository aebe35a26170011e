"""What the pages ask a worker for: trying the model on any picture, and why it says what it says."""
