"""People who may sign in, with a password or with Shopify."""

from functools import cache

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.security import check_password_hash, generate_password_hash

from shopify_bot.errors import NameTaken, NotWelcome, PasswordTooShort
from shopify_bot.languages import _
from shopify_bot.people import sign_ins
from shopify_bot.tables import Shop, User, now

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 1000
"""Characters that are looked at: checking more of them would only take longer."""
LONGEST_NAME = 120


@cache
def nobody() -> str:
    """Checked when the name is unknown, so that the answer takes as long as for a known one."""
    return generate_password_hash("nobody has this password")


def add_user(session: Session, name: str, password: str, shop: Shop | None = None) -> User:
    """Add somebody who may sign in: for one shop, or for every shop. Raises PasswordTooShort, NameTaken."""
    kept = hashed(password)
    if find_user(session, name) is not None:
        raise NameTaken(f"There is a user {name!r} already. Remove it first: shopify-bot users remove {name}")
    user = User(name=name, password_hash=kept, shop_id=shop.id if shop else None)
    session.add(user)
    session.flush()
    return user


def set_password(session: Session, user: User, password: str) -> None:
    """Give somebody another password, which signs them out everywhere. Raises PasswordTooShort."""
    user.password_hash = hashed(password)
    sign_ins.end_all(session, user)


def hashed(password: str) -> str:
    """What is kept of a password. Raises PasswordTooShort."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(f"The password needs at least {SHORTEST_PASSWORD} characters.")
    return generate_password_hash(password[:LONGEST_PASSWORD])


def find_user(session: Session, name: str) -> User | None:
    """The user of that name, if any."""
    return session.scalar(select(User).where(User.name == name))


def check_password(session: Session, name: str, password: str) -> User | None:
    """The user whose name and password these are, or None; takes as long either way."""
    user = find_user(session, name)
    known = user.password_hash if user else ""
    fits = check_password_hash(known or nobody(), password[:LONGEST_PASSWORD])
    return user if user and known and fits and user.barred_at is None else None


def staff_user(session: Session, shop: Shop, shopify_id: str, name: str, language: str | None) -> User:
    """The user that a member of the shop's staff is, made when they come for the first time.

    Raises NotWelcome for somebody whom the team removed. They are known by their number in Shopify alone:
    names and mail addresses change, and others may take them.
    """
    known = select(User).where(User.shop_id == shop.id, User.shopify_id == shopify_id)
    user = session.scalar(known)
    if user is None:
        try:
            with session.begin_nested():
                user = new_staff_user(session, shop, shopify_id, name, language)
        except IntegrityError:  # the same person in another window, or the name was taken meanwhile
            user = session.scalar(known) or new_staff_user(session, shop, shopify_id, name, language)
    if user.barred_at is not None:
        text = _("You were removed from the team of %(shop)s here. Ask a colleague.", shop=shop.domain)
        raise NotWelcome(text)
    return user


def new_staff_user(session: Session, shop: Shop, shopify_id: str, name: str, language: str | None) -> User:
    """A user without a password, under the first name that nobody has."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in name).split())[:LONGEST_NAME]
    store = shop.domain.removesuffix(".myshopify.com")
    names = (plain, f"{plain} ({store})", f"{plain} ({store}, {shopify_id})".strip())
    free = next((each for each in names if each and find_user(session, each) is None), shopify_id)
    user = User(shop_id=shop.id, shopify_id=shopify_id, name=free, password_hash="", language=language)
    session.add(user)
    session.flush()
    return user


def remove_user(session: Session, user: User) -> None:
    """Sign somebody out for good. Whom Shopify would let in again is kept, barred, until taken back."""
    sign_ins.end_all(session, user)
    if user.shopify_id is None:
        session.delete(user)
    else:
        user.barred_at = user.barred_at or now()


def take_back(user: User) -> None:
    """Let somebody who was removed sign in with Shopify again."""
    user.barred_at = None


def any_user(session: Session) -> bool:
    """Whether anybody can sign in with a password."""
    return bool(session.scalar(select(exists().where(User.password_hash != ""))))
