"""Who signed in at Shopify: the authorization code grant with `per-user` access tells the member of staff.

The access token that comes with the answer is not looked at: we only want to know who it is.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from shopify_bot.shopify.errors import CodeUsedUp, OperationRefused
from shopify_bot.shopify.oauth import TokenDesk, scopes

PER_USER = "&grant_options%5B%5D=per-user"
"""What the address of Shopify's page ends with, so that the answer tells the person."""


@dataclass(frozen=True)
class StaffMember:
    """Somebody who may enter a store's admin, and which of our scopes they hold there themselves."""

    id: str
    name: str = field(repr=False)
    locale: str
    """Language of their admin, such as fr or pt-BR; may be empty."""
    scopes: tuple[str, ...]


def staff_member(desk: TokenDesk, code: str) -> StaffMember:
    """Who brought the code back. Raises CodeUsedUp, AppRefused, OperationRefused, Transient."""
    used = CodeUsedUp(f"{desk.domain} says that the code was used already or is too old. Sign in once more.")
    text, _ = desk.answer({"code": code}, used)
    try:
        return read_staff_member(json.loads(text))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise OperationRefused(f"{desk.domain} did not say who you are. Sign in once more.") from None


def read_staff_member(told: dict[str, Any]) -> StaffMember:
    """The person that an answer tells of. Raises ValueError, TypeError or KeyError when it tells of none."""
    person = told["associated_user"]
    names = (person.get("first_name"), person.get("last_name"))
    return StaffMember(
        id=str(int(person["id"])),
        name=" ".join(name for name in names if isinstance(name, str) and name.strip()),
        locale=str(person.get("locale") or ""),
        scopes=scopes(told["associated_user_scope"]),
    )
