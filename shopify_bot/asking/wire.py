"""Questions and answers in Redis: JSON under keys that run out, and a list of the ids to be answered.

A question's own key lives as long as whoever asks waits, so a worker that is late finds nothing to answer.
"""

import base64
import json
from typing import Any

PREFIX = "shopify-bot:ask:1"
WAITING = f"{PREFIX}:waiting"
WAITING_S = 30
LISTENING = f"{PREFIX}:listening"
"""There while a worker listens."""
LISTENING_S = 12
MOST_WAITING = 32
"""Ids in the list at most; older ones fall out."""
ANSWER_S = 10
"""How long an answer is kept for whoever asked."""
ADDRESS_S = 5.0
"""Seconds that a picture from anywhere may take: how fast that is lies with others."""
MOST_ANSWERED = 8_000_000
"""Characters of an answer at most."""


def question_key(question_id: str) -> str:
    """Where the question of that id is."""
    return f"{PREFIX}:question:{question_id}"


def answer_key(question_id: str) -> str:
    """Where its answer is left."""
    return f"{PREFIX}:answer:{question_id}"


def pack(message: dict[str, Any]) -> str:
    """The message as it is kept."""
    return json.dumps(message, separators=(",", ":"))


def unpack(text: bytes) -> dict[str, Any]:
    """The message, empty when what is there is none."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return message if isinstance(message, dict) else {}


def as_text(data: bytes) -> str:
    """Bytes as JSON can carry them."""
    return base64.b64encode(data).decode("ascii")


def as_bytes(text: str) -> bytes:
    """What `as_text` was given."""
    return base64.b64decode(text)
