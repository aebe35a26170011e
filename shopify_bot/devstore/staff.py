"""The staff of a shop: who sits at Shopify's page when an app asks who somebody is."""

from dataclasses import dataclass, field
from typing import Any

from shopify_bot.devstore.oauth_rules import granted_scopes


@dataclass(frozen=True)
class StaffMember:
    """Somebody who may enter the shop's admin; they hold these of an app's `scopes`, None for all."""

    id: int
    first_name: str
    last_name: str = field(repr=False)
    email: str = field(default="", repr=False)
    email_verified: bool = True
    account_owner: bool = False
    locale: str = "en"
    collaborator: bool = False
    scopes: tuple[str, ...] | None = None

    def held(self, app: tuple[str, ...]) -> tuple[str, ...]:
        """Which of the app's scopes this person holds; to write implies to read."""
        return tuple(scope for scope in granted_scopes(app) if self.holds(scope))

    def holds(self, scope: str) -> bool:
        """Whether this person may do what the scope allows."""
        return self.scopes is None or bool({scope, scope.replace("read_", "write_", 1)} & set(self.scopes))

    def as_json(self) -> dict[str, Any]:
        """How a token's answer tells of them."""
        return {name: value for name, value in vars(self).items() if name != "scopes"}


def owner_of(number: int, domain: str) -> StaffMember:
    """The account owner that every shop has from the start."""
    mail = f"owner@{domain.partition('.')[0]}.example"
    return StaffMember(70_000_000_000 + number * 1000, "Olive", "Owner", mail, account_owner=True)
