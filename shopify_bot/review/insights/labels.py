"""How well each label is predicted, and what people choose in its place."""

from collections import Counter
from dataclasses import dataclass
from heapq import nsmallest
from typing import Any

from shopify_bot.alone.evidence import Share
from shopify_bot.tallies import Sum

MOST_PAIRS = 12
MOST_IN_MATRIX = 10
SHADES = 5
NOT_OURS = ""
"""Stands for no label: the product is none of the shop's to file."""


@dataclass(frozen=True)
class OfLabel:
    """A predicted label: how often people judged it and found it right, and what it was taken for most."""

    label: str
    right: Share
    taken_for: str | None = None
    times: int = 0


@dataclass(frozen=True)
class Pair:
    """A predicted label and the one that people chose in its place."""

    predicted: str
    chosen: str
    times: Share


@dataclass(frozen=True)
class Cell:
    """How often people chose the column's label where the row's was predicted; `shade` is from 0 to 5."""

    count: int
    shade: int
    is_right: bool
    column: str


@dataclass(frozen=True)
class Matrix:
    """The busiest labels; each row ends with all other labels together, and with those that are not ours."""

    labels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


class Confusion:
    """Judgements of people by the predicted and the chosen label, from sums by kind, source and labels."""

    def __init__(self, sums: dict[tuple[Any, ...], Sum]) -> None:
        self.chosen: dict[str, Counter[str]] = {}
        for (kind, source, predicted, label), total in sums.items():
            if source or kind == "skip" or not predicted:
                continue
            self.chosen.setdefault(predicted, Counter())[label if kind != "dismiss" else NOT_OURS] += (
                total.count
            )

    def labels(self, sort: str) -> list[OfLabel]:
        """Every label that was predicted and judged: the most frequent, the least right, or by name."""
        found = [self.of_label(label) for label in self.chosen]
        match sort:
            case "right":
                return sorted(
                    found, key=lambda each: (each.right.value or 0.0, -each.right.total, each.label)
                )
            case "label":
                return sorted(found, key=lambda each: each.label.casefold())
            case _:
                return sorted(found, key=lambda each: (-each.right.total, each.label))

    def of_label(self, label: str) -> OfLabel:
        """One label."""
        chosen = self.chosen[label]
        wrong = [(count, other) for other, count in chosen.items() if other != label and count > 0]
        right = Share(chosen[label], chosen.total())
        if not wrong:
            return OfLabel(label, right)
        times, other = min(wrong, key=lambda each: (-each[0], each[1]))
        return OfLabel(label, right, other, times)

    def pairs(self) -> list[Pair]:
        """What was most often confused with what; what is not ours is no confusion of labels."""
        wrong = (
            (-count, predicted, label)
            for predicted, chosen in self.chosen.items()
            for label, count in chosen.items()
            if label != predicted and label != NOT_OURS and count > 0
        )
        return [
            Pair(predicted, label, Share(-less, self.chosen[predicted].total()))
            for less, predicted, label in nsmallest(MOST_PAIRS, wrong)
        ]

    def matrix(self) -> Matrix:
        """The busiest labels against each other."""
        busiest = sorted(self.chosen, key=lambda label: (-self.chosen[label].total(), label))[:MOST_IN_MATRIX]
        labels = tuple(sorted(busiest, key=str.casefold))
        return Matrix(labels, tuple((label, self.row(label, labels)) for label in labels))

    def row(self, label: str, labels: tuple[str, ...]) -> tuple[Cell, ...]:
        """One row of the matrix, in the order of its columns."""
        chosen, total = self.chosen[label], self.chosen[label].total()
        counts = {each: chosen[each] for each in labels}
        others = total - sum(counts.values()) - chosen[NOT_OURS]
        told = [*counts.items(), ("others", others), ("not ours", chosen[NOT_OURS])]
        return tuple(Cell(count, shade(count, total), name == label, name) for name, count in told)


def shade(count: int, total: int) -> int:
    """How dark a cell is: 0 for none, 5 for all."""
    return 0 if count <= 0 else max(1, round(SHADES * (count / total) ** 0.5))
