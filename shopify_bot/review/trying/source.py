"""The source of what is running, as one file: so that the link to it is right wherever this is installed."""

import io
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from flask import make_response
from flask.typing import ResponseReturnValue

from shopify_bot.review.blueprint import pages
from shopify_bot.settings import ROOT

FOLDERS = ("classifier", "migrations", "shopify_bot", "webhooks")
FILES = ("LICENSE", "README.md", "pyproject.toml", "worker.py", "wsgi.py")
SUFFIXES = frozenset(
    {".py", ".html", ".css", ".js", ".svg", ".json", ".graphql", ".txt", ".po", ".mako", ".md"}
)


@pages.get("/source.zip")
def source() -> ResponseReturnValue:
    """`GET /source.zip`: the program's own files as they are running here, with the licence."""
    answer = make_response(packed())
    answer.headers["Content-Type"] = "application/zip"
    answer.headers["Content-Disposition"] = 'attachment; filename="shopify-bot.zip"'
    return answer


@lru_cache(maxsize=1)
def packed() -> bytes:
    """The files in a ZIP archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in files():
            file.write(path, f"shopify-bot/{path.relative_to(ROOT).as_posix()}")
    return archive.getvalue()


def files() -> Iterator[Path]:
    """Those of the program: no model, no data, no settings."""
    yield from (ROOT / name for name in FILES if (ROOT / name).is_file())
    for folder in FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SUFFIXES and path.is_file() and not path.is_symlink():
                yield path
