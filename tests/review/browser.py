"""A browser as far as the pages need one: it reads a page and presses the buttons that are on it."""

from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Browser:
    """Remembers the page it shows; `press` sends the form that holds the button, as a browser would."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        client.environ_base["HTTP_ACCEPT"] = "text/html,*/*;q=0.8"
        self.page = BeautifulSoup("", "html.parser")
        self.response: TestResponse | None = None
        self.path = ""

    def open(self, path: str) -> BeautifulSoup:
        """Go to a page, through redirects."""
        return self.show(self.client.get(path, follow_redirects=True))

    def press(self, text: str, within: str = "body", **fields: str) -> BeautifulSoup:
        """Press the first button of that text inside `within`, with the form's fields and `fields`."""
        button = self.button(text, within)
        form = button.find_parent("form")
        assert form is not None
        inputs = form.select("input[name]:not([type=checkbox]), input[name][type=checkbox][checked]")
        data = {str(i["name"]): str(i.get("value", "")) for i in inputs} | fields
        if button.get("name"):
            data[str(button["name"])] = str(button["value"])
        action = str(button.get("formaction") or form["action"])
        return self.show(self.client.post(action, data=data, follow_redirects=True))

    def button(self, text: str, within: str = "body") -> Tag:
        """The button that reads just so, else like that and a key. Fails when it is not there."""
        buttons = self.page.select(f"{within} button")
        for button in sorted(buttons, key=lambda each: words(each) != text):
            if text in words(button):
                return button
        there = [words(button) for button in self.page.select("button")]
        raise AssertionError(f"no button {text!r} on {self.path}, but {there}")

    def has_button(self, text: str, within: str = "body") -> bool:
        """Whether there is a button that reads like that."""
        return any(text in words(button) for button in self.page.select(f"{within} button"))

    def token(self) -> str:
        """The CSRF token of this session."""
        field = self.page.select_one("input[name=csrf_token]")
        assert field is not None
        return str(field["value"])

    def post(self, path: str, **fields: str) -> TestResponse:
        """Send a form by hand, with a valid token, and look at the bare answer."""
        return self.client.post(path, data={"csrf_token": self.token(), **fields})

    @property
    def toast(self) -> str:
        """The message on the page, empty when there is none."""
        toast = self.page.select_one(".toast p")
        return words(toast) if toast else ""

    def show(self, response: TestResponse) -> BeautifulSoup:
        self.response = response
        self.path = urlsplit(response.request.url).path
        self.page = BeautifulSoup(response.text, "html.parser")
        for unseen in self.page.select("template"):
            unseen.decompose()
        return self.page


def words(element: Tag) -> str:
    """The text of an element with single spaces."""
    return " ".join(element.get_text(" ").split())
