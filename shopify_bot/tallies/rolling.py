"""Rolling up: what came since the last time is added to the sums, each row exactly once.

The sums and the mark up to where they reach are written in one transaction. Ids are given before a
transaction ends, so on PostgreSQL a row may show after one with a higher id: the newest are left for
the next time.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from shopify_bot.bot import Bot
from shopify_bot.tables import Shop, Tally, now
from shopify_bot.tallies.counting import Key, Part, Sum, add
from shopify_bot.tallies.streams import STREAMS, Stream

SETTLED = timedelta(minutes=2)
"""On PostgreSQL no transaction takes longer than this, so whatever is older shows."""
AT_ONCE = 500
"""Rows that are added in one transaction, which writers may have to wait for."""
WHOLE = frozenset({Part.LABELS, Part.CONFIDENCE, Part.WAITS})
"""Parts that keep a sum of all days as well: they have many rows for each day."""


def roll_up(bot: Bot, shop: Shop, settled: timedelta | None = None) -> dict[str, Any]:
    """Add what came since the last time, as much as fits a transaction: how many, and whether there is more.

    Rows younger than `settled` are left: by default none on SQLite, where one transaction writes after the
    other. Harmless to repeat, and to do twice at a time.
    """
    if settled is None:
        settled = timedelta(0) if bot.database.is_sqlite else SETTLED
    found: dict[str, Any] = {"more": False}
    for name, stream in STREAMS.items():
        with bot.database.writing() as session:
            found[name] = count = one_piece(session, shop.id, stream, settled)
        found["more"] |= count == AT_ONCE
    return found


def one_piece(session: Session, shop_id: int, stream: Stream, settled: timedelta) -> int:
    """Add the next rows of a stream and move its mark; returns how many they were."""
    # Two at a time take turns here; rows that refer to the shop may be written meanwhile.
    here = select(stream.mark).where(Shop.id == shop_id).with_for_update(key_share=True)
    mark = session.scalar(here)
    if mark is None:
        return 0
    before = now() - settled
    found = session.execute(stream.rows_after(shop_id, mark).limit(AT_ONCE))
    rows = list(takewhile(lambda row: row.written_at < before, found))
    if rows:
        write(session, shop_id, with_whole(stream.sums(rows)))
        session.execute(update(Shop).where(Shop.id == shop_id).values({stream.mark: rows[-1].id}))
    return len(rows)


def with_whole(sums: dict[Key, Sum]) -> dict[Key, Sum]:
    """Those sums, and what they add to the sums of all days."""
    found = {key: more for key, more in sums.items() if more != Sum()}
    for key, more in list(found.items()):
        if key.part in WHOLE:
            add(found, key._replace(day=""), more)
    return found


def write(session: Session, shop_id: int, sums: dict[Key, Sum]) -> None:
    """Add to the rows of the sums, or make them."""
    make: Any = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    statement = make(Tally.__table__)
    more = statement.excluded
    added = {"count": Tally.count + more.count, "seconds": Tally.seconds + more.seconds}
    adding = statement.on_conflict_do_update(index_elements=KEY_COLUMNS, set_=added)
    if rows := list(values(shop_id, sums)):
        session.connection().execute(adding, rows)


KEY_COLUMNS = ("shop_id", *Key._fields)


def values(shop_id: int, sums: dict[Key, Sum]) -> Iterator[dict[str, Any]]:
    """The rows of the sums."""
    for key, more in sorted(sums.items()):
        yield {"shop_id": shop_id, **key._asdict(), "count": more.count, "seconds": more.seconds}
