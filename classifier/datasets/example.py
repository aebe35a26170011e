"""One labelled product, whatever layout it came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

PARTS = ("train", "validation", "test")


@dataclass(frozen=True)
class Example:
    """A product with its label, and with its picture unless none was given.

    `id` names the product: two pictures of one product share it. `group` names the set of products that
    must fall on one side of a split; `source` names the data folder. `parts` are the sides of a split that
    it may fall on: less than all when the data folder states which.
    """

    id: str
    picture: Path | None
    label: str
    title: str
    group: str
    source: str
    description: str = ""
    parts: tuple[str, ...] = PARTS


@dataclass(frozen=True)
class Reading:
    """What a data folder held: its examples, and what had to be left out.

    `broken_links` tells for each URL why nothing came of it; `ruleless` are ids that no rule gave a label.
    """

    examples: tuple[Example, ...]
    missing_pictures: tuple[Path, ...] = ()
    broken_rows: tuple[int, ...] = ()
    broken_links: Mapping[str, str] = field(default_factory=dict)
    empty_folders: tuple[str, ...] = ()
    other_files: tuple[str, ...] = ()
    ruleless: tuple[str, ...] = ()
