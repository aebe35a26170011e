"""The people who may sign in to a shop: who they are, and who may change their access."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shopify_bot.errors import NotFound
from shopify_bot.people import sign_ins
from shopify_bot.review.blueprint import LARGEST_ID
from shopify_bot.review.session import visit
from shopify_bot.review.signing.browser import this_sign_in
from shopify_bot.tables import Shop, User

MOST_MEMBERS = 500
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of made passwords: none that is easily taken for another."""


@dataclass(frozen=True)
class Member:
    """Somebody who may sign in, and what may be done about it."""

    id: int
    name: str
    is_owner: bool
    is_me: bool
    has_password: bool
    has_shopify: bool
    is_barred: bool
    seen_at: datetime | None
    browsers: int
    """On how many browsers they are signed in."""
    can_manage: bool


def me() -> User:
    """Who makes this request."""
    found = this_sign_in()
    if found is None:
        raise NotFound("You are not signed in.")
    return found.user


def members(database: Session, shop: Shop) -> list[Member]:
    """The shop's team, and those who see every shop; they are managed by one another alone."""
    query = select(User).where(or_(User.shop_id == shop.id, User.shop_id.is_(None)))
    found = list(database.scalars(query.order_by(User.shop_id.is_(None), User.name).limit(MOST_MEMBERS)))
    browsers = sign_ins.counts(database, found)
    return [member(user, browsers.get(user.id, 0)) for user in found]


def member(user: User, browsers: int) -> Member:
    """One line of the team."""
    return Member(
        user.id,
        user.name,
        user.shop_id is None,
        user.id == me().id,
        bool(user.password_hash),
        user.shopify_id is not None,
        user.barred_at is not None,
        user.seen_at,
        browsers,
        may_manage(user),
    )


def may_manage(user: User) -> bool:
    """Whether who makes this request may change that user's access."""
    return user.shop_id is not None or me().shop_id is None


def find_member(database: Session, sent: str | None) -> User:
    """The user of that id, if who makes this request may manage them here. Raises NotFound."""
    user_id = int(sent) if sent and sent.isdecimal() and sent.isascii() else 0
    user = database.get(User, user_id) if user_id <= LARGEST_ID else None
    if user is None or user.shop_id not in (None, visit().shop.id) or not may_manage(user):
        raise NotFound("There is no such user here.")
    return user


def is_last_owner(database: Session) -> bool:
    """Whether one more removal would leave nobody who sees every shop."""
    query = select(User.id).where(User.shop_id.is_(None)).with_for_update()
    return len(list(database.scalars(query))) < 2


def made_password() -> str:
    """A password that can be read out: four groups of four letters and digits, near 80 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _place in range(4)) for _group in range(4))
