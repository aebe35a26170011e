"""The command `classifier`: results on stdout, all else on stderr."""

from classifier.cli.main import main

__all__ = ["main"]
