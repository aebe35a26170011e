"""Writing a decided product to the store, and taking it back."""
