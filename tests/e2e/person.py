"""Somebody before a browser: signs in, presses keys, and sees what there is to see."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.e2e.stage import PASSWORD

POLLING = "/live"
"""Asked every two seconds whatever somebody does, so it belongs to no key."""


class Person:
    """One page of one window."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name
        self.errors: list[str] = []
        self.sent: dict[str, str] = {}
        """What the page has asked for, oldest first, without what the browser itself had kept."""
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        network = page.context.new_cdp_session(page)
        network.on("Network.requestWillBeSent", self.note_request)
        network.on("Network.responseReceived", self.note_answer)
        network.send("Network.enable")

    def note_request(self, event: dict[str, Any]) -> None:
        """A request begins."""
        asked = event["request"]
        if urlsplit(asked["url"]).path != POLLING:
            self.sent[event["requestId"]] = f"{asked['method']} {asked['url']}"

    def note_answer(self, event: dict[str, Any]) -> None:
        """An answer came, perhaps out of what the browser keeps."""
        if event["response"].get("fromDiskCache"):
            self.sent.pop(event["requestId"], None)

    @property
    def requests(self) -> list[str]:
        """Method and address of everything that was asked for."""
        return list(self.sent.values())

    def sign_in(self) -> "Person":
        """Sign in with the keyboard alone."""
        self.page.goto("/login")
        return self.fill_in()

    def fill_in(self) -> "Person":
        """Give name and password on the page that asks for them."""
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
