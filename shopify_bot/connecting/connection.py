"""How a shop's connection stands, from its row alone: what is told without asking the store."""

from dataclasses import dataclass
from datetime import datetime

from shopify_bot.connecting import tokens
from shopify_bot.shopify.shopify_api import lacking
from shopify_bot.tables import Shop, now

GRANTS = {
    tokens.STATIC: "static token",
    tokens.CLIENT_CREDENTIALS: "client credentials",
    tokens.AUTHORIZATION_CODE: "authorization code",
}


@dataclass(frozen=True)
class Connection:
    """One shop's connection; `scopes_lacking` is None while the store has not told the scopes."""

    domain: str
    state: str
    grant: str
    token_expires_at: datetime | None
    refresh_expires_at: datetime | None
    scopes_lacking: tuple[str, ...] | None
    problem: str | None

    @property
    def token(self) -> str:
        """How long the token lasts, in words."""
        if self.problem:
            return self.problem
        if self.token_expires_at is None:
            return "does not expire"
        return f"until {self.token_expires_at:%Y-%m-%d %H:%M} UTC, renewed by itself"

    @property
    def scopes(self) -> str:
        """What the app may not do, in words."""
        if self.scopes_lacking is None:
            return "scopes not known yet"
        return f"lacks {', '.join(self.scopes_lacking)}" if self.scopes_lacking else "all scopes"

    @property
    def may_need_the_merchant(self) -> bool:
        """Whether the merchant's agreement is what keeps it going, or what would mend it."""
        by_agreement = self.grant == GRANTS[tokens.AUTHORIZATION_CODE]
        return by_agreement or self.problem is not None or bool(self.scopes_lacking)


def connection(shop: Shop) -> Connection:
    """How the shop's connection stands."""
    return Connection(
        domain=shop.domain,
        state=shop.state,
        grant=GRANTS.get(shop.grant_type, shop.grant_type),
        token_expires_at=shop.token_expires_at,
        refresh_expires_at=shop.refresh_expires_at,
        scopes_lacking=None if shop.scopes is None else tuple(lacking(map(str, shop.scopes))),
        problem=problem(shop),
    )


def problem(shop: Shop) -> str | None:
    """Why the shop must be connected again; None when it need not be."""
    if shop.token is None:
        return "no token: connect it again"
    if shop.grant_type != tokens.AUTHORIZATION_CODE or shop.token_expires_at is None:
        return None
    if shop.refresh_token is None or (shop.refresh_expires_at and shop.refresh_expires_at < now()):
        return f"cannot be renewed after {shop.token_expires_at:%Y-%m-%d %H:%M} UTC: connect it again"
    return None
