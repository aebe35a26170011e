"""Signed webhooks: verify the bytes, write the row, ring the doorbell, answer 200."""
