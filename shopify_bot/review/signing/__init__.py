"""Signing in: the cookie, the form, and how often it may be tried."""
