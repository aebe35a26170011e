"""What a decision or a prediction is counted by.

A decision counts for as long as it holds: undoing it takes it out again, of the day that it was made on.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, and_, case, exists, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, aliased

from shopify_bot.tables import Decision, Prediction

ALONE = "alone"
PREDICTION, DECISION = "prediction", "decision"
SHORTEST_WAIT, LONGEST_WAIT = -3, 30
ROUNDING = 1e-9


class Part(StrEnum):
    """What a sum tells apart, beside the kind and the model's version."""

    DAYS = "days"
    """Where it was decided: web, cli or alone."""
    LABELS = "labels"
    """The predicted and the chosen label, and whether it was decided alone."""
    CONFIDENCE = "confidence"
    """The confidence, whether the model would decide alone, and whether it was decided alone."""
    WAITS = "waits"
    """Time from the webhook to the prediction, or from there to a person's decision."""


class Key(NamedTuple):
    """What a sum is of; see `shopify_bot.tables.Tally`."""

    part: str
    day: str
    kind: str
    source: str = ""
    model_version: str = ""
    predicted_label: str = ""
    label: str = ""
    decides_alone: bool = False
    bucket: int = 0


@dataclass(frozen=True, slots=True)
class Sum:
    """How many, and their seconds together."""

    count: int = 0
    seconds: float = 0.0

    def plus(self, other: "Sum") -> "Sum":
        """The two together."""
        return Sum(self.count + other.count, self.seconds + other.seconds)


def add(sums: dict[Any, Sum], key: Any, more: Sum) -> None:
    """Add to the sum of that key."""
    sums[key] = sums.get(key, Sum()).plus(more)


def confidence_bucket(confidence: float | None) -> int:
    """In thousandths, rounded down: to a hundredth below nine tenths, where thresholds are coarse; or -1."""
    if confidence is None:
        return -1
    if confidence < 0.9:
        return int(confidence * 100 + ROUNDING) * 10
    return int(confidence * 1000 + ROUNDING)


def wait_bucket(seconds: float) -> int:
    """The least power of two that is no shorter: 5 seconds are in the bucket 3."""
    if seconds <= 2.0**SHORTEST_WAIT:
        return SHORTEST_WAIT
    return min(math.ceil(math.log2(seconds)), LONGEST_WAIT)


def decisions_after(shop_id: int, after: int) -> Select[*tuple[Any, ...]]:
    """The decisions of a shop behind that id; one that undoes another shows what it undoes."""
    undone = aliased(Decision)

    def shown(column: InstrumentedAttribute[Any], of_undone: InstrumentedAttribute[Any]) -> Any:
        either = case((Decision.counts < 0, of_undone), else_=column)
        return type_coerce(either, column.type).label(column.key)

    return (
        select(
            Decision.id,
            Decision.counts,
            Decision.created_at.label("written_at"),
            *(shown(getattr(Decision, name), getattr(undone, name)) for name in SHOWN),
        )
        .outerjoin(undone, and_(undone.shop_id == shop_id, undone.id == Decision.undoes_id))
        .where(Decision.shop_id == shop_id, Decision.id > after)
        .order_by(Decision.id)
    )


SHOWN = (
    "created_at",
    "kind",
    "source",
    "model_version",
    "predicted_label",
    "label",
    "decides_alone",
    "confidence",
    "seconds",
)


def predictions_after(shop_id: int, after: int) -> Select[*tuple[Any, ...]]:
    """The predictions of a shop behind that id, and whether the review had none before."""
    earlier = aliased(Prediction)
    has_earlier = exists().where(
        earlier.shop_id == shop_id, earlier.review_id == Prediction.review_id, earlier.id < Prediction.id
    )
    return (
        select(
            Prediction.id,
            Prediction.created_at.label("written_at"),
            Prediction.model_version,
            Prediction.seconds,
            (~has_earlier).label("is_first"),
        )
        .where(Prediction.shop_id == shop_id, Prediction.id > after)
        .order_by(Prediction.id)
    )


def day_of(moment: datetime) -> str:
    """The day of an aware time in UTC, as tallies keep it."""
    return moment.date().isoformat()


Counted = tuple[Key, int, float]
"""A key, how many to add to it, and how many seconds."""


def summed(counted: Iterable[Counted]) -> dict[Key, Sum]:
    """The sum of each key."""
    counts: dict[Key, int] = defaultdict(int)
    seconds: dict[Key, float] = defaultdict(float)
    for key, count, more in counted:
        counts[key] += count
        seconds[key] += more
    return {key: Sum(count, seconds[key]) for key, count in counts.items()}


def decision_sums(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[Key, Sum]:
    """Rows of `decisions_after` in every part."""
    return summed(
        (key, sign, sign * seconds)
        for row in rows
        if row.counts and row.kind is not None
        for sign in (1 if row.counts > 0 else -1,)
        for key, seconds in decision_keys(row)
    )


def decision_keys(row: Row[*tuple[Any, ...]]) -> Iterator[tuple[Key, float]]:
    """What one decision is counted by, with the seconds that count there."""
    day, model = day_of(row.created_at), row.model_version or ""
    is_alone = ALONE if row.source == ALONE else ""
    seconds = max(row.seconds or 0.0, 0.0)
    yield Key(Part.DAYS, day, row.kind, row.source, model), seconds
    yield Key(Part.LABELS, day, row.kind, is_alone, model, row.predicted_label or "", row.label or ""), 0.0
    bucket, decides = confidence_bucket(row.confidence), bool(row.decides_alone)
    yield Key(Part.CONFIDENCE, day, row.kind, is_alone, model, "", "", decides, bucket), 0.0
    if row.seconds is not None and not is_alone:
        yield Key(Part.WAITS, day, DECISION, "", model, bucket=wait_bucket(seconds)), seconds


def prediction_sums(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[Key, Sum]:
    """Rows of `predictions_after` in every part; only the first of a review is told how long it took."""
    return summed((key, 1, seconds) for row in rows if row.is_first for key, seconds in prediction_keys(row))


def prediction_keys(row: Row[*tuple[Any, ...]]) -> Iterator[tuple[Key, float]]:
    """What a review's first prediction is counted by, with the seconds that count there."""
    day, seconds = day_of(row.written_at), max(row.seconds or 0.0, 0.0)
    yield Key(Part.DAYS, day, PREDICTION, "", row.model_version), seconds
    if row.seconds is not None:
        yield Key(Part.WAITS, day, PREDICTION, "", row.model_version, bucket=wait_bucket(seconds)), seconds
