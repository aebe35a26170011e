"""Where an Admin client takes its access token from, call by call."""

from dataclasses import dataclass, field
from typing import Protocol


class Access(Protocol):
    """Gives the token to use now; tokens that expire change behind it."""

    def token(self) -> str:
        """The access token. Raises TokenRefused when there is none and none can be had, Transient."""
        ...

    def renewed(self, refused: str) -> bool:
        """The store refused `refused`: whether `token()` now gives another one. Raises as `token` does."""
        ...


@dataclass(frozen=True)
class FixedToken:
    """A token that stays what it is."""

    value: str = field(repr=False)

    def token(self) -> str:
        """The token."""
        return self.value

    def renewed(self, refused: str) -> bool:
        """There is no other one."""
        return False
