"""The log of a shop's settings and team: who changed what, and when. Rows are added, never changed."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shopify_bot.tables import SettingChange, Shop

ALONE_ON = "alone_on"
ALONE_CHANGED = "alone_changed"
ALONE_OFF = "alone_off"
ALONE_STOPPED = "alone_stopped"
USER_ADDED = "user_added"
USER_REMOVED = "user_removed"
USER_BACK = "user_back"
PASSWORD_SET = "password_set"


def log_change(session: Session, shop: Shop, kind: str, made_by: str, **values: Any) -> None:
    """Write down one change of the shop's settings."""
    session.add(SettingChange(shop_id=shop.id, kind=kind, values=values, made_by=made_by))


def changes(session: Session, shop: Shop, limit: int, before: int | None = None) -> list[SettingChange]:
    """The shop's changes, newest first; with `before` those older than the change of that id."""
    query = select(SettingChange).where(SettingChange.shop_id == shop.id)
    if before is not None:
        query = query.where(SettingChange.id < before)
    return list(session.scalars(query.order_by(SettingChange.id.desc()).limit(limit)))
