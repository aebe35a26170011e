"""The tokens that an app holds for one shop, alive and dead."""

import itertools
import secrets
import time
from dataclasses import dataclass, field


def _random(prefix: str) -> str:
    return f"{prefix}_{secrets.token_hex(16)}"


@dataclass
class AccessToken:
    """Opens the Admin API until it ends (epoch seconds; None: never)."""

    ends_at: float | None = None
    value: str = field(default_factory=lambda: _random("shpat"), repr=False)

    @property
    def alive(self) -> bool:
        return self.ends_at is None or time.time() < self.ends_at


@dataclass
class RefreshToken:
    """Gives a new pair of tokens until it ends. `before` is the refresh token that it came from."""

    ends_at: float
    before: str | None = field(default=None, repr=False)
    first_used_at: float | None = None
    value: str = field(default_factory=lambda: _random("shprt"), repr=False)

    def usable(self, retained_s: float) -> bool:
        """Whether it may be used, or used again within `retained_s` seconds of its first use."""
        moment = time.time()
        used_up = self.first_used_at is not None and moment >= self.first_used_at + retained_s
        return moment < self.ends_at and not used_up


class Tokens:
    """Every token that OAuth gave out for one shop; `held` is the fixed one of an app made in the admin."""

    def __init__(self, held: str | None = None) -> None:
        self.held = held
        self._access: dict[str, AccessToken] = {}
        self._refresh: dict[str, RefreshToken] = {}
        self._buried: set[str] = set()

    def knows(self, token: str) -> bool:
        """Whether the token belongs to this shop, dead or alive."""
        return token in (self.held, *self._access, *self._buried)

    def admits(self, token: str) -> bool:
        """Whether the token opens the Admin API now."""
        return token == self.held or (token in self._access and self._access[token].alive)

    def alive(self) -> list[str]:
        """The tokens that open the Admin API now, oldest first."""
        given = [value for value, token in self._access.items() if token.alive]
        return [*([self.held] if self.held else []), *given]

    def give(self, lasts_s: float | None) -> AccessToken:
        """A new access token for so many seconds; None: for good."""
        token = AccessToken(None if lasts_s is None else time.time() + lasts_s)
        self._access[token.value] = token
        return token

    def give_refresh(self, lasts_s: float, before: str | None = None) -> RefreshToken:
        """A new refresh token, in place of the one before."""
        token = RefreshToken(time.time() + lasts_s, before)
        self._refresh[token.value] = token
        return token

    def use_refresh(self, value: str, retained_s: float) -> bool:
        """Use a refresh token; False when it is unknown or dead.

        Shopify lets an app use one again until it first uses what it got in exchange, so that an answer
        that was lost can be asked for once more.
        """
        token = self._refresh.get(value)
        if token is None or not token.usable(retained_s):
            return False
        self._refresh.pop(token.before or "", None)
        token.first_used_at = token.first_used_at or time.time()
        return True

    def end_all(self) -> None:
        """Kill all of them; they still tell the shop."""
        self._buried.update(itertools.chain(self._access, [self.held] if self.held else []))
        self._access.clear()
        self._refresh.clear()
        self.held = None
