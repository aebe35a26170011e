"""The local store: some shops behind one port, with what they share."""

from pathlib import Path
from types import TracebackType
from typing import Self

from shopify_bot.devstore.bucket import PLANS, CostBucket
from shopify_bot.devstore.calls import Calls
from shopify_bot.devstore.errors import TokenTaken, UnknownShop
from shopify_bot.devstore.faults import Faults
from shopify_bot.devstore.ledger import Ledger
from shopify_bot.devstore.oauth import OAuth
from shopify_bot.devstore.shop import Shop
from shopify_bot.devstore.surroundings import Surroundings
from shopify_bot.devstore.taxonomy import load_taxonomy
from shopify_bot.devstore.web.app import create_app
from shopify_bot.devstore.web.server import Server
from shopify_bot.devstore.webhooks import Webhooks

SCOPES = ("write_products", "write_publications")


class DevStore:
    """Stands in for Shopify while it is open; use it with `with`.

    `processing_seconds` is how long a new picture takes to become READY, `job_seconds` how long a change of a
    collection's members takes to show. The same seed gives the same faults and the same webhook troubles.
    `webhook_url` gets every topic of every shop, as an address configured in the app does; None leaves only
    what is subscribed to through the API. `compliance_url` takes the compliance topics in its place.
    `api_key` and `api_secret` are the app's; its merchants may be led back to `redirect_uris`.
    """

    def __init__(
        self,
        webhook_url: str | None = None,
        api_secret: str = "hush",
        port: int = 0,
        taxonomy_file: Path | str | None = None,
        seed: int = 0,
        processing_seconds: float = 0.0,
        job_seconds: float = 0.05,
        api_version: str = "2026-10",
        compliance_url: str | None = None,
        api_key: str = "devstore-key",
        redirect_uris: tuple[str, ...] = (),
    ) -> None:
        self.around = Surroundings(
            taxonomy=load_taxonomy(Path(taxonomy_file) if taxonomy_file else None),
            webhooks=Webhooks(webhook_url, api_secret, seed, compliance_url, api_version),
            faults=Faults(seed),
            processing_seconds=processing_seconds,
            job_seconds=job_seconds,
            api_version=api_version,
        )
        self.oauth = OAuth(api_key, api_secret, redirect_uris)
        self.shops: dict[str, Shop] = {}
        self._port = port
        self._server: Server | None = None

    def __enter__(self) -> Self:
        self._server = Server(create_app(self), self._port)
        self.around.origin = f"http://127.0.0.1:{self._server.port}"
        self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.around.webhooks.close()
        if self._server is not None:
            self._server.close()

    @property
    def origin(self) -> str:
        """Where the store answers, such as http://127.0.0.1:40001."""
        return self.around.origin

    @property
    def host(self) -> str:
        """The origin without http://, as SHOPIFY_BOT_IMAGE_HOSTS wants it."""
        return self.around.origin.removeprefix("http://")

    @property
    def ledger(self) -> Ledger:
        """Every effect of the Admin API."""
        return self.around.ledger

    @property
    def faults(self) -> Faults:
        """What goes wrong on request."""
        return self.around.faults

    @property
    def calls(self) -> Calls:
        """Every Admin API call."""
        return self.around.calls

    @property
    def webhooks(self) -> Webhooks:
        """The sender of webhooks, and what it sent."""
        return self.around.webhooks

    def add_shop(
        self,
        domain: str,
        token: str | None = "shpat_devstore",
        scopes: tuple[str, ...] = SCOPES,
        plan: str = "standard",
        bucket: tuple[float, float] | None = None,
        own_organization: bool = True,
    ) -> Shop:
        """Open a shop. `bucket` is (points, points per second) in place of the plan's. Raises TokenTaken.

        Without a token there is only what OAuth gives: by client credentials in a shop of the app's own
        organization, after the merchant agreed in any other.
        """
        if token is not None and self.shop_of_token(token) is not None:
            raise TokenTaken(f"Another shop has the token of {domain} already; give each shop its own.")
        size, rate = bucket or PLANS[plan]
        budget = CostBucket(size, rate)
        shop = Shop(self.around, len(self.shops) + 1, domain, token, scopes, budget, own_organization)
        self.shops[domain] = shop
        return shop

    def archive_category(self, category_id: str) -> None:
        """Let Shopify archive a taxonomy category: it stays on products. Raises UnknownCategory."""
        self.around.taxonomy.archive(category_id)

    def shop(self, domain: str) -> Shop:
        """The shop of that domain. Raises UnknownShop."""
        try:
            return self.shops[domain]
        except KeyError:
            raise UnknownShop(f"The local store has no shop {domain}; add it first.") from None

    def shop_of_token(self, token: str) -> Shop | None:
        """The shop whose access token this is or was."""
        return next((shop for shop in self.shops.values() if shop.tokens.knows(token)), None)
