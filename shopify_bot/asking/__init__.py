"""What the web process asks a classify worker, over Redis: it loads no model itself."""
