"""One labelled picture, whatever layout it came from."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Example:
    """A product's picture with its label.

    `id` names the product: two pictures of one product share it. `group` names the set of products that
    must fall on one side of a split; `source` names the data folder.
    """

    id: str
    picture: Path
    label: str
    title: str
    group: str
    source: str


@dataclass(frozen=True)
class Reading:
    """What a data folder held: its examples, and what had to be left out."""

    examples: tuple[Example, ...]
    missing_pictures: tuple[Path, ...] = ()
    broken_rows: tuple[int, ...] = ()
