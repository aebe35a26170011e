"""The shops we serve."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from shopify_bot.chores import rota
from shopify_bot.connecting import tokens
from shopify_bot.connecting.taking_up import take_up
from shopify_bot.errors import BadToken, NotFound
from shopify_bot.languages import ngettext
from shopify_bot.settings import Settings
from shopify_bot.shopify.oauth import Granted
from shopify_bot.shopify.shopify_api import lacking, shop_domain
from shopify_bot.tables import Shop, User, now


@dataclass(frozen=True)
class Connected:
    """A shop that was given a token, and how many of its products were waiting for one."""

    shop: Shop
    taken_up: int

    @property
    def goes_on(self) -> str:
        """What is done with these, in words; empty when there are none."""
        if not self.taken_up:
            return ""
        return ngettext(
            "Going on with %(count)s product that had failed because the store refused the last token.",
            "Going on with %(count)s products that had failed because the store refused the last token.",
            self.taken_up,
        )


def add_shop(session: Session, settings: Settings, domain: str, token: str) -> Shop:
    """Add a shop, or give a known one a new token; its reviews stay. Raises BadShopDomain, BadToken."""
    return connect(session, settings, shop_domain(domain), Granted(plain(token), ()), tokens.STATIC).shop


def connect(session: Session, settings: Settings, domain: str, granted: Granted, grant: str) -> Connected:
    """Serve the shop of that domain with these tokens, and begin what is done for it regularly."""
    shop = find_or_make(session, domain)
    tokens.keep(shop, settings, granted, grant)
    shop.authorized_at = now()
    if shop.state != "active":
        shop.state, shop.uninstalled_at, shop.connected_at = "active", None, shop.authorized_at
    session.flush()
    rota.schedule(session, shop)
    return Connected(shop, take_up(session, shop))


def find_or_make(session: Session, domain: str) -> Shop:
    """The shop's row, kept from others until the transaction ends; a code to connect with counts but once."""
    known = select(Shop).where(Shop.domain == domain).with_for_update(key_share=True)
    if (shop := session.scalar(known)) is not None:
        return shop
    try:
        with session.begin_nested():
            session.add(shop := Shop(domain=domain))
    except IntegrityError:  # somebody else has just connected it
        return session.scalars(known).one()
    return shop


def plain(token: str) -> str:
    """The token, if it can be one. Raises BadToken."""
    if not (token.isascii() and token.isprintable() and token.strip()) or " " in token:
        raise BadToken("An access token is made of plain characters, such as shpat_0123. Copy it again.")
    return token


def find_shop(session: Session, domain: str) -> Shop:
    """The shop of that domain. Raises NotFound."""
    shop = session.scalar(select(Shop).where(Shop.domain == shop_domain(domain)))
    if shop is None:
        raise NotFound(f"There is no shop {domain}. See: shopify-bot shops list")
    return shop


def all_shops(session: Session) -> list[Shop]:
    """Every shop, by domain."""
    return list(session.scalars(select(Shop).order_by(Shop.domain)))


def shops_of(session: Session, user: User) -> list[Shop]:
    """The shops that a user may see."""
    return [shop for shop in all_shops(session) if user.shop_id in (None, shop.id)]


def note_scopes(session: Session, shop: Shop, scopes: list[str]) -> int:
    """Remember what the app may do now; once it may do all, products go on: how many."""
    shop.scopes = list(scopes)
    return 0 if lacking(scopes) else take_up(session, shop)


def uninstall(shop: Shop) -> None:
    """The merchant removed the app: forget every token. Harmless to repeat."""
    if shop.state != "uninstalled":
        shop.state, shop.uninstalled_at = "uninstalled", now()
        tokens.forget(shop)
