"""How long products wait, from counts by powers of two."""

from dataclasses import dataclass
from typing import Any

from shopify_bot.tallies import Sum

MOST_BARS = 20


@dataclass(frozen=True)
class Bar:
    """Waits longer than half of `below` and no longer than it, in seconds."""

    below: float
    count: int


@dataclass(frozen=True)
class Waits:
    """All waits of a kind; half are shorter than `median`, 95 % than `high`, in seconds, about."""

    count: int
    median: float | None
    high: float | None
    mean: float | None
    bars: tuple[Bar, ...]


def waits(sums: dict[tuple[Any, ...], Sum], kind: str) -> Waits:
    """From sums by kind and bucket."""
    counts = {
        bucket: total.count for (each, bucket), total in sums.items() if each == kind and total.count > 0
    }
    total = sum(counts.values())
    if not total:
        return Waits(0, None, None, None, ())
    seconds = sum(each.seconds for (name, _), each in sums.items() if name == kind)
    first, last = min(counts), max(counts)
    bars = tuple(Bar(2.0**bucket, counts.get(bucket, 0)) for bucket in range(first, last + 1))
    return Waits(total, below(counts, 0.5), below(counts, 0.95), seconds / total, bars[-MOST_BARS:])


def below(counts: dict[int, int], share: float) -> float:
    """What so many are no longer than, as if the waits of a bucket were spread evenly over its octave."""
    wanted, passed = share * sum(counts.values()), 0
    for bucket in sorted(counts):
        count = counts[bucket]
        if passed + count >= wanted:
            return float(2.0 ** (bucket - 1 + (wanted - passed) / count))
        passed += count
    return float(2.0 ** max(counts))
