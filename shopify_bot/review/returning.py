"""Where to go after a form: only ever to a path of our own."""

from urllib.parse import urlsplit

LONGEST_PATH = 2000
"""Characters: it may have to fit into the session's cookie."""


def local_path(wanted: str | None, otherwise: str) -> str:
    """`wanted` if it is a path on this host, else `otherwise`.

    Browsers read a backslash as a slash and drop control characters, so `/\\evil.example` and
    `/<tab>/evil.example` would leave this host.
    """
    if not wanted or len(wanted) > LONGEST_PATH or not wanted.startswith("/"):
        return otherwise
    if "\\" in wanted or not wanted.isprintable():
        return otherwise
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc or wanted.startswith("//") else wanted
