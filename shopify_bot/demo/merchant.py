"""A scripted merchant: signs in and decides over the real pages, as a person does with a browser."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import requests
from bs4 import BeautifulSoup, Tag

from shopify_bot.errors import ShopifyBotError

TIMEOUT_S = 30.0
AT_ONCE = 20


class PageChanged(ShopifyBotError):
    """A page lacks what the scripted merchant looks for."""


@dataclass
class Decided:
    """What the merchant has done so far, by product id."""

    approved: set[str] = field(default_factory=set)
    corrected: set[str] = field(default_factory=set)
    without_prediction: set[str] = field(default_factory=set)
    sure: set[str] = field(default_factory=set)
    """Those that the model was sure of, rightly or not."""


class Merchant:
    """Knows the right label of every product, and says so on the review page."""

    def __init__(self, origin: str, name: str, password: str) -> None:
        self.origin, self.name, self.password = origin, name, password
        self.http = requests.Session()
        self.http.trust_env = False
        self.decided = Decided()

    def sign_in(self) -> None:
        """Sign in with name and password. Raises PageChanged when that does not lead to the pages."""
        form = hidden_fields(self.page("/login"))
        self.post("/login", {**form, "name": self.name, "password": self.password})
        if self.page("/review").find("form", action="/login"):
            raise PageChanged("Signing in did not lead to the review page.")

    def review_next(self, truth: Mapping[str, str]) -> int:
        """Decide the products that come next, as many as a page may ask for; returns how many there were."""
        pieces = [BeautifulSoup(html, "html.parser") for html in self.coming()]
        articles = [found for piece in pieces if (found := piece.find("article")) is not None]
        for article in articles:
            self.decide(article, truth[str(article["data-product"])])
        return len(articles)

    def coming(self) -> list[str]:
        """The next products, as the pieces of the page that a browser puts in place."""
        answer = self.http.get(f"{self.origin}/review/next", params={"want": AT_ONCE}, timeout=TIMEOUT_S)
        answer.raise_for_status()
        pieces: list[str] = answer.json()["fragments"]
        return pieces

    def decide(self, article: Tag, right: str) -> None:
        """Approve when the prediction is right, else correct it."""
        gid, review = str(article["data-product"]), article["data-review"]
        best = article.select_one("form.decide button.best bdi")
        if "data-decides-alone" in article.attrs:
            self.decided.sure.add(gid)
        if best is not None and best.get_text() == right:
            self.post(f"/review/{review}/approve", hidden_fields(article))
            self.decided.approved.add(gid)
            return
        self.post(f"/review/{review}/correct", {**hidden_fields(article), "label": right})
        (self.decided.without_prediction if best is None else self.decided.corrected).add(gid)

    def page(self, path: str) -> BeautifulSoup:
        """A page, parsed."""
        answer = self.http.get(self.origin + path, timeout=TIMEOUT_S)
        answer.raise_for_status()
        return BeautifulSoup(answer.text, "html.parser")

    def post(self, path: str, fields: dict[str, str]) -> None:
        """Send a form, without following where it leads."""
        self.http.post(
            self.origin + path, fields, timeout=TIMEOUT_S, allow_redirects=False
        ).raise_for_status()


def hidden_fields(part: Tag) -> dict[str, str]:
    """The hidden fields of the first form in a part of a page. Raises PageChanged without a CSRF token."""
    form = part.find("form")
    fields = form.select("input[type=hidden]") if form else []
    found = {str(each["name"]): str(each["value"]) for each in fields}
    if "csrf_token" not in found:
        raise PageChanged("A form on the page has no CSRF token.")
    return found
