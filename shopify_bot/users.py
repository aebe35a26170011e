"""People who may sign in with a password."""

from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from shopify_bot.errors import NameTaken, PasswordTooShort
from shopify_bot.tables import Shop, User

SHORTEST_PASSWORD = 10


@cache
def nobody() -> str:
    """Checked when the name is unknown, so that the answer takes as long as for a known one."""
    return generate_password_hash("nobody has this password")


def add_user(session: Session, name: str, password: str, shop: Shop | None = None) -> User:
    """Add somebody who may sign in: for one shop, or for every shop. Raises PasswordTooShort, NameTaken."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(f"The password needs at least {SHORTEST_PASSWORD} characters.")
    if find_user(session, name) is not None:
        raise NameTaken(f"There is a user {name!r} already. Remove it first: shopify-bot users remove {name}")
    user = User(name=name, password_hash=generate_password_hash(password), shop_id=shop.id if shop else None)
    session.add(user)
    session.flush()
    return user


def find_user(session: Session, name: str) -> User | None:
    """The user of that name, if any."""
    return session.scalar(select(User).where(User.name == name))


def check_password(session: Session, name: str, password: str) -> User | None:
    """The user whose name and password these are, or None; takes as long either way."""
    user = find_user(session, name)
    fits = check_password_hash(user.password_hash if user else nobody(), password)
    return user if user and fits else None


def any_user(session: Session) -> bool:
    """Whether anybody can sign in."""
    return session.scalar(select(User.id).limit(1)) is not None
