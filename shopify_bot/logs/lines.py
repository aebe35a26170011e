"""Logs go to stderr, one line each; what a command prints for programs has stdout to itself."""

import logging
import os
import sys
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from pythonjsonlogger.json import JsonFormatter

from shopify_bot.logs.ids import IDS, current
from shopify_bot.settings import PREFIX

TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s%(about)s"
OF_ERRORS = ("exc_info", "stack_info")
CHATTY = ("urllib3", "werkzeug", "rq", "alembic", "absl")
LONGEST_ID = 80


def set_up_logging(level: int = logging.INFO, process: str = "shopify-bot") -> None:
    """Log to stderr; quiet the libraries that tell every request. `process` names this process in JSON."""
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    logging.basicConfig(level=level, handlers=[handler(sys.stderr, process, is_json())], force=True)
    for chatty in CHATTY:
        logging.getLogger(chatty).setLevel(logging.WARNING)
    if is_json():
        logging.captureWarnings(True)
        sys.excepthook = log_the_end


def is_json() -> bool:
    """Whether lines are for programs to read."""
    return os.environ.get(f"{PREFIX}LOG_FORMAT", "").strip().lower() == "json"


def handler(stream: TextIO, process: str, as_json: bool) -> logging.Handler:
    """What writes lines to the stream."""
    made = logging.StreamHandler(stream)
    made.addFilter(add_ids)
    made.setFormatter(JsonLines(process) if as_json else logging.Formatter(TEXT))
    return made


def add_ids(record: logging.LogRecord) -> bool:
    """Note on the record what it is about."""
    record.ids = current.get()
    shown = " ".join(f"{name}={short(value)}" for name, value in in_order(record))
    record.about = f" [{shown}]" if shown else ""
    return True


def in_order(record: logging.LogRecord) -> list[tuple[str, str | int]]:
    """The ids of a record, as they are told."""
    ids: dict[str, str | int] = getattr(record, "ids", {})
    return [(name, ids[name]) for name in IDS if name in ids]


def short(value: str | int) -> str:
    """An id for a line that people read: without what is the same in all, and without what breaks a line."""
    text = str(value).rpartition("/")[2][:LONGEST_ID]
    return "".join(letter if letter.isprintable() and letter != " " else "?" for letter in text)


class JsonLines(JsonFormatter):
    """One JSON object a line; times are ISO 8601 in UTC."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self.process = process

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        log_data.update(
            time=iso_time(record.created),
            level=record.levelname.lower(),
            process=self.process,
            logger=record.name,
            message=record.getMessage(),
            **dict(in_order(record)),
        )
        log_data.update({name: message_dict[name] for name in OF_ERRORS if message_dict.get(name)})


def iso_time(created: float) -> str:
    """Seconds since the epoch as an ISO time in UTC."""
    return datetime.fromtimestamp(created, UTC).isoformat(timespec="milliseconds")


def log_the_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Log what ends the process, so that this, too, is a line."""
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger(__name__).critical("ended by an error", exc_info=(kind, error, trace))
