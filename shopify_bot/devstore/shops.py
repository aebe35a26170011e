"""The shops of a local store, told apart by domain and by token, and what they share."""

from shopify_bot.devstore.bucket import PLANS, CostBucket
from shopify_bot.devstore.calls import Calls
from shopify_bot.devstore.errors import TokenTaken, UnknownShop
from shopify_bot.devstore.faults import Faults
from shopify_bot.devstore.ledger import Ledger
from shopify_bot.devstore.oauth import OAuth
from shopify_bot.devstore.shop import Shop
from shopify_bot.devstore.surroundings import Surroundings
from shopify_bot.devstore.webhooks import Webhooks

SCOPES = ("write_products", "write_publications")


class Shops:
    """Shops with the same app in them, whose authorization server is `oauth`."""

    def __init__(self, around: Surroundings, oauth: OAuth) -> None:
        self.around, self.oauth = around, oauth
        self.shops: dict[str, Shop] = {}

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
