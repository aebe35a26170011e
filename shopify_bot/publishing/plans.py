"""What is to be written for one review, read from the mapping once, and what was written of it so far."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from shopify_bot.mapping import Filing, Status

KEPT_AS = {
    "category": ("category_id", "category_name"),
    "productType": ("product_type",),
    "status": ("status",),
}
"""Where fields of the API are kept in what stood there before; the first is what we write."""


@dataclass(frozen=True)
class Plan:
    """What is to be written, and what we set out to write of it."""

    decision_id: int
    filing: Filing
    publications: tuple[str, ...]
    """Ids of the sales channels."""
    status: Status
    online_store_alone: bool = False
    """Whether these are the Online Store alone, because nobody chose any; unknown for earlier versions."""
    wrote: dict[str, list[str]] = field(default_factory=dict)
    """What we set each field to that we changed, by its name in the API, the latest last."""
    tags: tuple[str, ...] = ()
    """Tags that we added."""
    joined: dict[str, bool] = field(default_factory=dict)
    """Collections that we put the product into, each with whether it was there before."""
    left: tuple[str, ...] = ()
    """Collections of earlier publications that we took it out of."""
    channels: tuple[str, ...] = ()
    """Sales channels that we put it on."""

    @property
    def categories(self) -> list[str]:
        """Taxonomy ids that we wrote."""
        return self.wrote.get("category", [])

    @property
    def progress(self) -> dict[str, Any]:
        """What we set out to write so far."""
        names = ("wrote", "tags", "joined", "left", "channels")
        return {name: getattr(self, name) for name in names}

    def as_json(self) -> dict[str, Any]:
        document = asdict(self)
        del document["filing"]["own"]  # whose choice a part was matters to the mapping alone
        return document


def plan_from(document: dict[str, Any]) -> Plan:
    """The plan as the database keeps it."""
    return Plan(**known(Plan, document) | {"filing": Filing(**known(Filing, document["filing"]))})


def known(of: type[Plan] | type[Filing], document: dict[str, Any]) -> dict[str, Any]:
    """The fields that this version has, lists as tuples."""
    names = {each.name for each in fields(of)} & set(document)
    return {
        name: tuple(document[name]) if isinstance(document[name], list) else document[name] for name in names
    }
