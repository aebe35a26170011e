"""Somebody before a browser: signs in, presses keys, and sees what there is to see."""

from playwright.sync_api import Page, Request

from tests.e2e.stage import PASSWORD


class Person:
    """One page of one window. `requests` are all that the page has asked for, oldest first."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name
        self.requests: list[Request] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def sign_in(self) -> "Person":
        """Fill the form with the keyboard alone."""
        self.page.goto("/login")
        self.page.locator("input[name=name]").focus()
        self.type(self.name)
        self.press("Tab")
        self.page.locator("input[name=password]").focus()
        self.type(PASSWORD)
        self.press("Enter")
        self.page.wait_for_url(lambda url: "/login" not in url)
        return self

    def open(self, path: str) -> "Person":
        """Go to a page."""
        self.page.goto(path)
        return self

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        self.page.keyboard.type(text)

    def sees(self, text: str) -> None:
        """Wait until the text can be seen."""
        self.page.get_by_text(text).first.wait_for(state="visible")
