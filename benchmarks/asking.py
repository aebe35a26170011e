"""Asks pages straight through the WSGI application, as somebody who is signed in."""

import time
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from flask import Flask

USER, PASSWORD = "ann", "correct horse battery"


@dataclass(frozen=True)
class Ask:
    """One request: the path with its arguments, and what a form sends; None for a GET."""

    path: str
    form: dict[str, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)


class Visitor:
    """A browser without JavaScript."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()
        self.client.environ_base["HTTP_ACCEPT"] = "text/html,*/*;q=0.8"
        self.token = ""

    def sign_in(self) -> "Visitor":
        """Sign in by the form. Raises AssertionError when that does not work."""
        self.token = self.token_on("/login")
        form = {"csrf_token": self.token, "name": USER, "password": PASSWORD}
        answer = self.client.post("/login", data=form)
        assert answer.status_code in (302, 303), answer.text[:500]
        self.token = self.token_on("/mapping")
        return self

    def token_on(self, path: str) -> str:
        """The CSRF token that a page's forms bear."""
        page = BeautifulSoup(self.client.get(path).text, "html.parser")
        found = page.select_one("input[name=csrf_token]")
        assert found is not None, f"no form on {path}"
        return str(found["value"])

    def milliseconds(self, ask: Ask) -> float:
        """How long the whole answer took. Raises AssertionError unless it was a good one."""
        form = None if ask.form is None else {"csrf_token": self.token, **ask.form}
        started = time.perf_counter()
        if form is None:
            answer = self.client.get(ask.path, headers=ask.headers)
        else:
            answer = self.client.post(ask.path, data=form, headers=ask.headers)
        answer.get_data()
        spent = (time.perf_counter() - started) * 1000
        good = (200,) if form is None else (200, 302, 303)
        assert answer.status_code in good, f"{ask.path}: {answer.status_code} {answer.text[:500]}"
        return spent

    def text(self, ask: Ask) -> str:
        """What a page says."""
        return self.client.get(ask.path).text
