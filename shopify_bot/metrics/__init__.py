"""Figures for Prometheus, read from the database and Redis when asked: true however many processes run."""
