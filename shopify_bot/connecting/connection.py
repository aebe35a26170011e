"""How a shop's connection stands, from its row alone: what is told without asking the store."""

from dataclasses import dataclass
from datetime import datetime

from shopify_bot.connecting import tokens
from shopify_bot.languages import _, marked
from shopify_bot.shopify.shopify_api import lacking
from shopify_bot.tables import Shop, now

GRANTS = {
    tokens.STATIC: marked("static token"),
    tokens.CLIENT_CREDENTIALS: marked("client credentials"),
    tokens.AUTHORIZATION_CODE: marked("authorization code"),
}


@dataclass(frozen=True)
class Connection:
    """One shop's connection; `scopes_lacking` is None while the store has not told the scopes."""

    domain: str
    state: str
    grant: str
    by_agreement: bool
    """Whether the merchant agreed to it on Shopify's page."""
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
            return _("does not expire")
        return _("until %(time)s, renewed by itself", time=to_the_minute(self.token_expires_at))

    @property
    def scopes(self) -> str:
        """What the app may not do, in words."""
        if self.scopes_lacking is None:
            return _("scopes not known yet")
        if not self.scopes_lacking:
            return _("all scopes")
        return _("lacks %(scopes)s", scopes=", ".join(self.scopes_lacking))

    @property
    def may_need_the_merchant(self) -> bool:
        """Whether the merchant's agreement is what keeps it going, or what would mend it."""
        return self.by_agreement or self.problem is not None or bool(self.scopes_lacking)


def connection(shop: Shop) -> Connection:
    """How the shop's connection stands."""
    return Connection(
        domain=shop.domain,
        state=shop.state,
        grant=_(GRANTS[shop.grant_type]) if shop.grant_type in GRANTS else shop.grant_type,
        by_agreement=shop.grant_type == tokens.AUTHORIZATION_CODE,
        token_expires_at=shop.token_expires_at,
        refresh_expires_at=shop.refresh_expires_at,
        scopes_lacking=None if shop.scopes is None else tuple(lacking(map(str, shop.scopes))),
        problem=problem(shop),
    )


def problem(shop: Shop) -> str | None:
    """Why the shop must be connected again; None when it need not be."""
    if shop.token is None:
        return _("no token: connect it again")
    if shop.grant_type != tokens.AUTHORIZATION_CODE or shop.token_expires_at is None:
        return None
    if shop.refresh_token is None or (shop.refresh_expires_at and shop.refresh_expires_at < now()):
        ends = to_the_minute(shop.token_expires_at)
        return _("cannot be renewed after %(time)s: connect it again", time=ends)
    return None


def to_the_minute(time: datetime) -> str:
    """A time that reads the same in every language."""
    return f"{time:%Y-%m-%d %H:%M} UTC"
