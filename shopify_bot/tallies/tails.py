"""What is not rolled up yet: read once by a process, and after that only what came since."""

from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from shopify_bot.tables import Shop
from shopify_bot.tallies.counting import Key, Sum, add
from shopify_bot.tallies.kept import Kept
from shopify_bot.tallies.streams import Stream


@dataclass(frozen=True)
class Tail:
    """Rows behind a mark by their ids, and their sums.

    The ids are kept one by one: on PostgreSQL a row may show after one with a higher id.
    """

    ids: frozenset[int] = frozenset()
    sums: dict[Key, Sum] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.ids) + len(self.sums)


def tail(session: Session, shop: Shop, stream: Stream, mark: int, kept: Kept) -> dict[Key, Sum]:
    """The sums of a stream's rows behind the mark."""
    key = ("tail", shop.id, shop.connected_at, stream.mark.key, mark)
    known: Tail = kept.get(key) or Tail()
    ids = session.scalars(stream.ids_after(shop.id, mark)).all()
    fresh = [id for id in ids if id not in known.ids]
    if fresh:
        rows = session.execute(stream.rows_after(shop.id, fresh[0] - 1))
        more = stream.sums(row for row in rows if row.id not in known.ids)
        known = Tail(known.ids.union(fresh), together(known.sums, more))
        kept.put(key, known)
    return known.sums


def together(one: dict[Key, Sum], other: dict[Key, Sum]) -> dict[Key, Sum]:
    """The sums of both."""
    found = dict(one)
    for key, more in other.items():
        add(found, key, more)
    return found
