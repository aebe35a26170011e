"""Logs go to stderr, one line each; what a command prints for programs has stdout to itself."""

import logging
import os
import sys

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def set_up_logging(level: int = logging.INFO) -> None:
    """Log to stderr; quiet the libraries that tell every request."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.basicConfig(level=level, format=FORMAT, stream=sys.stderr, force=True)
    for chatty in ("urllib3", "werkzeug", "rq", "alembic", "absl"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
