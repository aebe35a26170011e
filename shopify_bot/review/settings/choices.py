"""How sure the model must be to decide alone: the choices there are, and what each would have done."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from shopify_bot.alone.measured import Level, Record, measure
from shopify_bot.labels import Model
from shopify_bot.tables import Shop

STRICTER = (0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
"""Least confidences to choose from, besides the model's own thresholds."""


@dataclass(frozen=True)
class Choice:
    """A least confidence, None for the model's own thresholds, and what it would have done."""

    above: float | None
    level: Level

    @property
    def value(self) -> str:
        """What its field in the form holds."""
        return value_of(self.above)


@dataclass(frozen=True)
class Choices:
    """All of them, and the decisions that they were measured on."""

    each: tuple[Choice, ...]
    record: Record

    def named(self, value: str | None) -> Choice | None:
        """The choice whose field holds that."""
        return next((choice for choice in self.each if choice.value == value), None)


def choices(session: Session, shop: Shop, model: Model) -> Choices:
    """What can be chosen with that model; nothing with one that never decides alone."""
    usual = model.usual_threshold
    if usual is None:
        return Choices((), measure(session, shop, (0.0,)))
    offered = {level for level in STRICTER if level > usual} | ({shop.alone_above} - {None})
    levels = (None, *sorted(level for level in offered if level is not None))
    record = measure(session, shop, tuple(level or 0.0 for level in levels))
    each = zip(levels, record.levels, strict=True)
    return Choices(tuple(Choice(above, level) for above, level in each), record)


def value_of(above: float | None) -> str:
    """A least confidence as a field of a form holds it."""
    return "" if above is None else str(above)
