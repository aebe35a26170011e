"""Addresses of style sheet, scripts and icon change with their content, so that browsers may keep them."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import Response, request

from shopify_bot.review.blueprint import pages

KEPT_S = 365 * 24 * 3600


@pages.url_defaults
def add_version(endpoint: str, values: dict[str, Any]) -> None:
    """Put the version of the file into its address."""
    if endpoint == "pages.static" and (found := version(values.get("filename", ""))):
        values.setdefault("v", found)


@pages.after_request
def keep(response: Response) -> Response:
    """Let browsers keep what was asked for by the version that it has, without asking again."""
    if request.endpoint != "pages.static" or response.status_code != 200:
        return response
    if request.args.get("v") == version((request.view_args or {}).get("filename", "")):
        response.headers["Cache-Control"] = f"public, max-age={KEPT_S}, immutable"
    return response


def version(filename: str) -> str | None:
    """Changes with the content of the file; None when there is no such file."""
    file = Path(str(pages.static_folder)) / filename
    try:
        return digest(file, file.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=100)
def digest(file: Path, changed_ns: int) -> str:
    """Short hash of the file as it was at that time."""
    return sha256(file.read_bytes()).hexdigest()[:12]
