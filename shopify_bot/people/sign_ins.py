"""Browsers that are signed in. A browser holds a random token, which changes every hour; we hold its hash.

The next token is made from the one before and a secret of ours. So requests that cross while it changes, and
a browser that an answer never reached, are all given the same next one; who only knows an old token is not.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import CursorResult, delete, func, or_, select, update
from sqlalchemy.orm import Session

from shopify_bot.tables import Shop, SignIn, User, now

LASTS = timedelta(days=14)
"""How long somebody with a password may stay away."""

LASTS_WITH_SHOPIFY = timedelta(days=1)
"""Whoever signs in with Shopify asks it again each day: they may have left the store meanwhile."""

RENEWED_EVERY = timedelta(hours=1)
FORMER_IS_GOOD = timedelta(minutes=1)
"""How long the token before the last change is still taken."""

TOKEN_LENGTH = 43
"""Characters of a token."""


@dataclass(frozen=True)
class Found:
    """The sign-in that a token belongs to, and whose it is; `is_former` of a token that was replaced."""

    id: int
    user: User
    expires_at: datetime
    is_former: bool
    is_due: bool
    """Whether the token is to be replaced now."""


def begin(session: Session, user: User) -> tuple[str, datetime]:
    """Sign somebody in on one more browser: its token, which is kept nowhere, and when that ends."""
    token = secrets.token_urlsafe(32)
    ends = now() + lasts(user)
    session.add(SignIn(user_id=user.id, token_hash=digest(token), expires_at=ends))
    session.get_one(User, user.id).seen_at = now()
    return token, ends


def find(session: Session, token: str) -> Found | None:
    """Whose sign-in this token is of; None when it has ended or never was."""
    if len(token) != TOKEN_LENGTH:
        return None
    hashed, moment = digest(token), now()
    query = select(SignIn, User).join(User, User.id == SignIn.user_id)
    row = session.execute(query.where(SignIn.token_hash == hashed)).first()
    is_former = row is None
    if row is None:
        lately = SignIn.renewed_at > moment - FORMER_IS_GOOD
        row = session.execute(query.where(SignIn.former_hash == hashed, lately)).first()
    if row is None:
        return None
    sign_in, user = row
    if sign_in.expires_at <= moment or user.barred_at is not None:
        return None
    is_due = is_former or sign_in.renewed_at <= moment - RENEWED_EVERY
    return Found(sign_in.id, user, sign_in.expires_at, is_former, is_due)


def renew(session: Session, found: Found, token: str, secret: str) -> tuple[str, datetime] | None:
    """Replace the token that was found: the next one and when that ends; None when the sign-in has ended."""
    following = next_token(token, found.id, secret)
    values: dict[str, Any] = {
        "token_hash": digest(following),
        "former_hash": digest(token),
        "renewed_at": now(),
        "expires_at": found.expires_at if found.user.shopify_id else now() + LASTS,
    }
    mine = SignIn.id == found.id, SignIn.token_hash == digest(token)
    changed: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        update(SignIn).where(*mine).values(values).execution_options(synchronize_session=False)
    )
    if changed.rowcount == 1:
        return following, values["expires_at"]
    ends = session.scalar(select(SignIn.expires_at).where(SignIn.token_hash == digest(following)))
    return (following, ends) if ends else None


def end(session: Session, token: str) -> None:
    """Sign out the browser that holds this token, also when another request has just replaced it."""
    ends = or_(SignIn.token_hash == digest(token), SignIn.former_hash == digest(token))
    session.execute(delete(SignIn).where(ends).execution_options(synchronize_session=False))


def end_all(session: Session, user: User, but: int | None = None) -> int:
    """Sign somebody out everywhere, save on the browser of the sign-in `but`: how many browsers that were."""
    query = delete(SignIn).where(SignIn.user_id == user.id, SignIn.id != (but or 0))
    done: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        query.execution_options(synchronize_session=False)
    )
    return int(done.rowcount)


def counts(session: Session, users: list[User]) -> dict[int, int]:
    """On how many browsers each of these users is signed in, by the user's id; those on none are left out."""
    ids = [user.id for user in users]
    query = select(SignIn.user_id, func.count()).where(SignIn.user_id.in_(ids), SignIn.expires_at > now())
    return {row[0]: row[1] for row in session.execute(query.group_by(SignIn.user_id))}


def forget_ended(session: Session, shop: Shop) -> int:
    """Delete what has ended, of the shop's users and of those who see every shop; how many."""
    theirs = select(User.id).where(or_(User.shop_id == shop.id, User.shop_id.is_(None)))
    query = delete(SignIn).where(SignIn.expires_at <= now(), SignIn.user_id.in_(theirs))
    done: CursorResult[Any] = session.execute(  # type: ignore[assignment]
        query.execution_options(synchronize_session=False)
    )
    return int(done.rowcount)


def lasts(user: User) -> timedelta:
    """How long a sign-in of this user is good for, unless it is renewed."""
    return LASTS_WITH_SHOPIFY if user.shopify_id else LASTS


def next_token(token: str, sign_in: int, secret: str) -> str:
    """The token after this one."""
    made = hmac.digest(secret.encode(), f"{sign_in} {token}".encode(), "sha256")
    return urlsafe_b64encode(made).rstrip(b"=").decode()


def digest(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()
