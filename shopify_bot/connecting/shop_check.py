"""`shops check`: asks the store whether everything that we need of it is there, and says what to mend."""

import socket
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

from sqlalchemy import select

from classifier.errors import ClassifierError
from shopify_bot.bot import Bot
from shopify_bot.chores import subscriptions
from shopify_bot.chores.category_check import categories_in_use
from shopify_bot.connecting import tokens
from shopify_bot.connecting.connection import connection
from shopify_bot.errors import ShopifyBotError
from shopify_bot.findings import Finding
from shopify_bot.labels import label_tree
from shopify_bot.mapping import Filing, filings
from shopify_bot.settings import PREFIX
from shopify_bot.shopify import channels, taxonomy
from shopify_bot.shopify.client import API_VERSION, AdminClient
from shopify_bot.shopify.errors import ConnectionLost, TokenRefused
from shopify_bot.shopify.identity import Identity, identify
from shopify_bot.shopify.shopify_api import SCOPES, lacking
from shopify_bot.stores import Stores
from shopify_bot.tables import Chore, Shop

CONNECT_S = 3.0
NAMED = 5
"""Labels that are named in one line; of more only the number."""


class ShopCheck:
    """The checks of one shop, in their order; each yields its findings."""

    def __init__(self, bot: Bot, stores: Stores, shop: Shop) -> None:
        self.bot, self.stores, self.shop = bot, stores, shop

    def __iter__(self) -> Iterator[Finding]:
        if self.shop.token is None:
            yield left(self.shop)
            return
        yield from self.guarded("token", self.token)
        if self.failed:
            yield Finding(
                "warning", "Nothing else was asked of the store, since its token does not work.", "token"
            )
            return
        for about, check in self.checks().items():
            yield from self.guarded(about, check)

    def checks(self) -> dict[str, Callable[[], Iterator[Finding]]]:
        """What is checked once the token works."""
        return {
            "version": self.version,
            "scopes": self.scopes,
            "webhooks": self.webhooks,
            "channels": self.channels,
            "categories": self.categories,
            "pictures": self.pictures,
        }

    def guarded(self, about: str, check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
        """The findings of one check; what keeps it from being made is a finding itself."""
        self.failed = False
        try:
            for found in check():
                yield Finding(found.level, found.text, about)
        except (ShopifyBotError, ClassifierError) as error:
            self.failed = True
            yield Finding("mend", str(error), about)

    @property
    def client(self) -> AdminClient:
        """The shop's Admin client."""
        return self.stores.client(self.shop)

    def token(self) -> Iterator[Finding]:
        """Does it open this very store, and for how long?"""
        found = self.identity()
        with self.bot.database.writing() as session:
            shop = session.get_one(Shop, self.shop.id)
            shop.scopes = list(found.scopes)
        self.shop, stands = shop, connection(shop)
        if found.domain != shop.domain:
            yield Finding("mend", f"The token opens {found.domain}. Give it the right one: {add(shop)}")
        elif stands.problem:
            yield Finding("mend", f"The token ({stands.grant}) {stands.problem}: {add(shop)}")
        else:
            yield Finding("ok", f"The token ({stands.grant}, {stands.token}) opens {found.name}.")

    def identity(self) -> Identity:
        """What the store says of the token. Raises TokenRefused with the command that mends it."""
        try:
            return identify(self.client)
        except ConnectionLost:
            raise
        except TokenRefused as error:
            raise TokenRefused(
                f"{self.shop.domain} refused the access token (401): the app was uninstalled there, or the "
                f"token revoked. Install the app if it is not there, then: {add(self.shop)}"
            ) from error

    def version(self) -> Iterator[Finding]:
        """Does Shopify still serve the version that our operations are written for?"""
        served = self.client.served_version
        if served == API_VERSION:
            yield Finding("ok", f"The store answers as API version {served}.")
        else:
            yield Finding(
                "mend", f"The store answers as API version {served}, not {API_VERSION}: update the bot."
            )

    def scopes(self) -> Iterator[Finding]:
        """May the app do what it needs to?"""
        missing = lacking(map(str, self.shop.scopes or ()))
        if not missing:
            yield Finding("ok", f"The scopes {','.join(SCOPES)} are granted.")
            return
        yield Finding(
            "mend",
            f"The app lacks {', '.join(missing)}. Give it the scopes {','.join(SCOPES)} in the Dev "
            f"Dashboard, release that version, let the merchant agree, then: {add(self.shop)}",
        )

    def webhooks(self) -> Iterator[Finding]:
        """Are the subscriptions there, and could we verify what they send?"""
        if not self.bot.settings.api_secrets:
            yield Finding("mend", f"{PREFIX}SHOPIFY_API_SECRET is not set: every webhook is refused.")
        if not self.bot.settings.app_url:
            yield Finding(
                "mend",
                f"{PREFIX}APP_URL is not set: the store cannot tell us of new products, which are only "
                "found by the regular look at what changed. Set it to the public https address of this app.",
            )
            return
        troubles: dict[str, list[str]] = {}
        for topic, _, trouble in subscriptions.standing(self.client, self.bot.settings.app_url):
            if trouble:
                troubles.setdefault(trouble, []).append(topic)
        address = subscriptions.address(self.bot.settings.app_url)
        for trouble, topics in troubles.items():
            text = f"The webhook to {address} {trouble}, for {', '.join(topics)}. {self.chore()}"
            yield Finding("mend", text)
        if not troubles:
            yield Finding("ok", f"{len(subscriptions.WANTED)} webhooks come to {address}.")

    def chore(self) -> str:
        """What the chore that looks after subscriptions said last."""
        query = select(Chore.error).where(Chore.shop_id == self.shop.id, Chore.kind == "subscriptions")
        with self.bot.database.reading() as session:
            error = session.scalar(query)
        return f"The last try to mend it: {error}" if error else "`shopify-bot run` mends it by itself."

    def channels(self) -> Iterator[Finding]:
        """Are the sales channels there that we publish to?"""
        wanted = {str(each) for each in self.shop.publication_ids or ()}
        for filing in self.filings().values():
            wanted.update(filing.publication_ids or ())
        there = {each["id"]: title(each) for each in channels.publications(self.client)}
        for gid in sorted(wanted - there.keys()):
            every = gid in (self.shop.publication_ids or ())
            command = "mapping defaults --channel NAME" if every else "mapping set LABEL --channel NAME"
            yield Finding("mend", f"There is no sales channel {gid}. Choose again: shopify-bot {command}")
        if not self.shop.publication_ids:
            wanted.add(channels.online_store(self.client))
        names = [there[gid] for gid in sorted(wanted & there.keys())]
        if names:
            yield Finding("ok", f"Products are published to {', '.join(names)}.")

    def filings(self) -> dict[str, Filing]:
        """What every label writes in this shop."""
        with self.bot.database.reading() as session:
            return filings(session, self.shop, label_tree(self.bot.settings.model))

    def categories(self) -> Iterator[Finding]:
        """Do the taxonomy categories that labels are mapped to still stand?"""
        found = self.filings()
        standing = taxonomy.standing(self.client, categories_in_use(found.values()))
        fallen = {gid: said for gid, said in standing.items() if said != "current"}
        if not fallen:
            yield Finding(
                "ok", f"All {len(standing)} taxonomy categories of {len(found)} labels to choose stand."
            )
        for gid, said in fallen.items():
            labels = [label for label, filing in found.items() if filing.category_id == gid]
            is_so = "is archived" if said == "archived" else "is not known to the store"
            yield Finding(
                "mend",
                f"The category {found[labels[0]].category} of {some(labels)} {is_so}. Choose another: "
                "shopify-bot mapping set LABEL --category NAME",
            )

    def pictures(self) -> Iterator[Finding]:
        """Can the hosts of pictures be reached from here?"""
        for host in self.bot.settings.image_hosts:
            where = urlsplit(f"//{host}")
            try:
                socket.create_connection((where.hostname or "", where.port or 443), CONNECT_S).close()
                yield Finding("ok", f"Pictures can be fetched from {host}.")
            except OSError as error:
                yield Finding("mend", f"The picture host {host} cannot be reached from here: {error}.")


def left(shop: Shop) -> Finding:
    """What to do about a shop whose token is gone."""
    when = f" on {shop.uninstalled_at:%Y-%m-%d %H:%M} UTC" if shop.uninstalled_at else ""
    return Finding(
        "mend",
        f"The app was uninstalled{when}. Connect the store again: {add(shop)}. Or delete all that is held of "
        f"it here: shopify-bot shops remove {shop.domain}",
        "token",
    )


def add(shop: Shop) -> str:
    """The command that gives a shop another token, of the kind that it has."""
    return tokens.add_command(shop.domain, shop.grant_type)


def title(publication: dict[str, object]) -> str:
    """A sales channel as the merchant knows it."""
    catalog = publication.get("catalog")
    return str(catalog.get("title")) if isinstance(catalog, dict) else str(publication["id"])


def some(labels: list[str]) -> str:
    """Their names, or the first few and how many more there are."""
    rest = len(labels) - NAMED
    return ", ".join(labels[:NAMED]) + (f" and {rest} more labels" if rest > 0 else "")
