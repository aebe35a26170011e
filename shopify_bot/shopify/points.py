"""The account of one shop's cost bucket: what the store last stated, less what our calls in flight may take.

Plain book-keeping without clock, lock or network. Points are booked before a call and settled after it. The
account never holds more than the store does as long as nobody else spends: of what it has worked out itself
and what the store states it believes the lower, save when a call was the only one, for then the store's
word is exact. Moments are seconds of one clock, whichever it is.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Self

from shopify_bot.shopify.answers import Cost

FIRST_GUESS = 250.0
"""Points that a call is thought to cost while nobody knows: a quarter of the most that Shopify allows."""
LOOK_AGAIN_S = 0.05
"""How soon to ask again while another call finds out what this one costs."""
SHORTEST_WAIT_S = 0.005
FORGOTTEN_S = 30.0
"""A call that says nothing for so long after it was let go died with its process."""
WIDEST_SPACING_S = 0.025
"""Between two calls that are let go after everybody had to wait."""


@dataclass
class Booking:
    """Points set aside for one call."""

    cost: float
    shape: str
    change: int
    """The number of the account's change that made it."""
    go_at: float = 0.0
    """When it goes or asks again; when it went."""
    gone: bool = False
    slot: float = 0.0
    """Its place in the line of those that wait since the store said so."""


@dataclass(frozen=True)
class Reply:
    """Whether a call was booked, and how many seconds it has to wait before it goes or asks again."""

    booked: bool
    wait_s: float


@dataclass
class Points:
    """The account. `rate` is 0 until the store has stated it, and `points` may be below zero: calls wait."""

    points: float = 0.0
    at: float = 0.0
    maximum: float = 0.0
    rate: float = 0.0
    not_before: float = 0.0
    """Nobody goes earlier: the store said so."""
    next_slot: float = 0.0
    """When the next of those that had to wait may go."""
    changes: int = 0
    booked: dict[str, Booking] = field(default_factory=dict)
    costs: dict[str, float] = field(default_factory=dict)
    """The most that a call of each shape was said to cost."""

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        """The account from what `as_json` returned."""
        bookings = {ticket: Booking(**booking) for ticket, booking in told.pop("booked").items()}
        return cls(booked=bookings, **told)

    def as_json(self) -> dict[str, Any]:
        """The account as plain dictionaries."""
        return asdict(self)

    def ask(self, ticket: str, shape: str, now: float, patience_s: float) -> Reply:
        """Book points for a call, or see whether one that is booked may go now.

        A wait longer than `patience_s` is told and not booked; a booking that must wait so long is undone.
        """
        self.refill(now)
        mine = self.booked.get(ticket)
        if mine is None:
            if self.must_learn(shape):
                return Reply(False, LOOK_AGAIN_S)
            mine = self.book(ticket, shape)
        slot = self.next_slot if mine.slot < self.not_before else mine.slot
        wait_s = max(0.0, slot - now, self.wait_for(mine))
        if wait_s > patience_s:
            self.close(ticket, mine, 0.0)
            return Reply(False, wait_s)
        if slot != mine.slot and slot > now:
            self.next_slot = slot + self.spacing(mine.cost)
        mine.slot, mine.go_at, mine.gone = slot, now + wait_s, wait_s == 0
        return Reply(True, wait_s)

    def book(self, ticket: str, shape: str) -> Booking:
        """Set points aside, those that time has yet to restore included."""
        cost = self.costs.get(shape, FIRST_GUESS)
        self.changes += 1
        mine = Booking(min(cost, self.maximum) if self.rate > 0 else cost, shape, self.changes)
        self.points -= mine.cost
        self.booked[ticket] = mine
        return mine

    def settle(self, ticket: str, now: float, cost: Cost | None, spent: bool) -> None:
        """A call has come back: with the cost it stated, or, if it stated none, whether it may have cost."""
        self.refill(now)
        mine = self.booked.get(ticket)
        was_alone = mine is not None and len(self.booked) == 1 and self.changes == mine.change
        if mine is not None:
            self.close(ticket, mine, cost.actual if cost is not None else mine.cost if spent else 0.0)
        if cost is not None:
            self.believe(cost, was_alone or self.rate == 0)
            if mine is not None:
                self.costs[mine.shape] = max(cost.requested, self.costs.get(mine.shape, 0.0))

    def close(self, ticket: str, mine: Booking, spent: float) -> None:
        """Take a booking off the account, and give back what its call did not spend."""
        del self.booked[ticket]
        self.changes += 1
        self.points = min(self.points + mine.cost - spent, self.maximum - self.in_flight())

    def hold(self, now: float, wait_s: float) -> None:
        """Let nobody go for so long."""
        self.not_before = max(self.not_before, now + wait_s)
        self.next_slot = max(self.next_slot, self.not_before)

    def believe(self, cost: Cost, exact: bool) -> None:
        """Take over what the store states, less what is in flight."""
        stated = cost.available - self.in_flight()
        self.points = stated if exact else min(self.points, stated)
        self.changes += 1
        self.maximum, self.rate = cost.maximum, cost.restore_rate

    def refill(self, now: float) -> None:
        """Add what time has restored, and forget calls that will never be settled.

        Their points are not given back: they may have been spent, and come back with time.
        """
        if now < self.at:
            self.shift(now - self.at)
        self.points += (now - self.at) * self.rate
        self.at = now
        gone = [ticket for ticket, each in self.booked.items() if each.go_at + FORGOTTEN_S < now]
        for ticket in gone:
            del self.booked[ticket]
        self.points = min(self.points, self.maximum - self.in_flight())

    def shift(self, by_s: float) -> None:
        """Move every moment: the clock was set back, or Redis runs on another machine now."""
        self.at += by_s
        self.not_before += by_s
        self.next_slot += by_s
        for each in self.booked.values():
            each.go_at += by_s
            each.slot += by_s

    def in_flight(self) -> float:
        """Points booked and not settled."""
        return sum(each.cost for each in self.booked.values())

    def must_learn(self, shape: str) -> bool:
        """Whether another call is about to find out what this one has to know."""
        if self.rate == 0:
            return bool(self.booked)
        return shape not in self.costs and any(each.shape == shape for each in self.booked.values())

    def wait_for(self, mine: Booking) -> float:
        """Seconds until the points of a booking are there; those booked later stand behind it."""
        behind = sum(
            each.cost for each in self.booked.values() if each.change > mine.change and not each.gone
        )
        lacking = -(self.points + behind)
        return max(lacking / self.rate, SHORTEST_WAIT_S) if lacking > 0 and self.rate > 0 else 0.0

    def spacing(self, cost: float) -> float:
        """Seconds between two calls that had to wait: as long as the bucket needs to restore one."""
        return min(cost / self.rate, WIDEST_SPACING_S) if self.rate > 0 else WIDEST_SPACING_S
