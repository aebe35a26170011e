"""What a person looks up in a shop's store while mapping labels; a store that cannot answer is a sentence.

The pages ask here, since they speak to no store themselves.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from shopify_bot.errors import CannotDecrypt, SettingsError
from shopify_bot.languages import _
from shopify_bot.shopify import channels, collection_search, taxonomy
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.collection_search import StoreCollection
from shopify_bot.shopify.errors import ShopifyError, Unreachable
from shopify_bot.shopify.taxonomy import TaxonomyCategory
from shopify_bot.stores import Stores
from shopify_bot.tables import Shop

__all__ = ["Answer", "Channel", "StoreCollection", "StoreSearch", "TaxonomyCategory"]

MOST_FOUND = 20
CHANNELS_KEPT_S, FAILURE_KEPT_S = 60.0, 10.0
SILENT_S = 5.0
"""A store that did not answer is left alone for so long, so that a page waits for it once."""
MOST_WAITING, TURN_S = 3, 1.0
"""So many of a process's threads may wait for stores; another one waits so long for its turn."""

T = TypeVar("T")


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What was found; when the store did not answer, nothing and the `problem` in a sentence."""

    found: T
    problem: str | None = None


@dataclass(frozen=True)
class Channel:
    """A sales channel: the id of its publication and its name in the store's language."""

    gid: str
    title: str


@dataclass
class StoreSearch:
    """Looks things up in the stores of one process; may be used from several threads.

    `hurried` is for pages: a store that is slow or away is a sentence before it is a nuisance.
    """

    stores: Stores
    hurried: bool = False
    kept_channels: dict[str, tuple[float, Answer[list[Channel]]]] = field(default_factory=dict)
    silent: dict[str, tuple[float, str]] = field(default_factory=dict)
    """By domain: until when to leave a store alone that did not answer, and what to say."""
    turns: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(MOST_WAITING))

    def categories(self, shop: Shop, text: str) -> Answer[list[TaxonomyCategory]]:
        """Taxonomy categories that a text finds, the current ones first."""
        return self.ask(shop, [], lambda client: current_first(taxonomy.search(client, text, MOST_FOUND)))

    def category(self, shop: Shop, gid: str) -> Answer[TaxonomyCategory | None]:
        """The category of an id; None when the store does not know it."""
        return self.ask(shop, None, lambda client: taxonomy.read(client, [gid]).get(gid))

    def collections(self, shop: Shop, text: str) -> Answer[list[StoreCollection]]:
        """The store's collections whose titles fit a text; the first ones for an empty text."""
        return self.ask(shop, [], lambda client: collection_search.search(client, text, MOST_FOUND))

    def collection(self, shop: Shop, gid_or_handle: str) -> Answer[StoreCollection | None]:
        """The collection of an id or a handle; None when the store has none."""
        return self.ask(shop, None, lambda client: collection_search.find(client, gid_or_handle))

    def channels(self, shop: Shop) -> Answer[list[Channel]]:
        """The shop's sales channels; asked for once a minute at most. Those known last, beside a problem."""
        until, answer = self.kept_channels.get(shop.domain, (0.0, Answer([])))
        known = answer.found
        if until < time.monotonic():
            answer = self.ask(shop, [], read_channels)
            kept_s = FAILURE_KEPT_S if answer.problem else CHANNELS_KEPT_S
            answer = Answer(known, answer.problem) if answer.problem else answer
            self.kept_channels[shop.domain] = (time.monotonic() + kept_s, answer)
        return answer

    def known_channels(self, shop: Shop) -> dict[str, str]:
        """The names of the shop's sales channels by id, as last told; the store is not asked."""
        _until, answer = self.kept_channels.get(shop.domain, (0.0, Answer([])))
        return {channel.gid: channel.title for channel in answer.found}

    def ask(self, shop: Shop, nothing: T, question: Callable[[AdminClient], T]) -> Answer[T]:
        """The answer to a question, or `nothing` and why there is none."""
        if not self.hurried:
            return self.put(shop, nothing, question)
        until, problem = self.silent.get(shop.domain, (0.0, ""))
        if time.monotonic() < until:
            return Answer(nothing, problem)
        if not self.turns.acquire(timeout=TURN_S):
            return Answer(nothing, _("The store could not be asked: it is slow. Try again in a moment."))
        try:
            return self.put(shop, nothing, question)
        finally:
            self.turns.release()

    def put(self, shop: Shop, nothing: T, question: Callable[[AdminClient], T]) -> Answer[T]:
        """Put the question to the store."""
        try:
            client = self.stores.client(shop)
            return Answer(question(client.hurried if self.hurried else client))
        except (ShopifyError, CannotDecrypt, SettingsError) as error:
            problem = _("The store could not be asked: %(why)s", why=error)
            if isinstance(error, Unreachable):
                self.silent[shop.domain] = (time.monotonic() + SILENT_S, problem)
            return Answer(nothing, problem)


def current_first(found: list[TaxonomyCategory]) -> list[TaxonomyCategory]:
    """The categories in the store's order, the archived ones last."""
    return sorted(found, key=lambda category: category.is_archived)


def read_channels(client: AdminClient) -> list[Channel]:
    """The sales channels by their names."""
    found = [Channel(publication["id"], title(publication)) for publication in channels.publications(client)]
    return sorted(found, key=lambda channel: channel.title.casefold())


def title(publication: dict[str, object]) -> str:
    """The name of a sales channel, as far as the store tells one."""
    catalog = publication.get("catalog")
    named = catalog.get("title") if isinstance(catalog, dict) else None
    names = [channel.get("name") for channel in channels.channels_of(publication)]
    return str(named or next(filter(None, names), None) or publication["id"])
