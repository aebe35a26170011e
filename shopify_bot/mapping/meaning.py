"""What a label means in a shop: category, product type, tags, collection, sales channels, status.

The bundle brings a default for every label; a shop's own row replaces it part by part.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, Literal, cast, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.labels import LabelTree
from shopify_bot.errors import UnknownLabel
from shopify_bot.tables import Mapping, Shop

CATEGORY_GID = "gid://shopify/TaxonomyCategory/"

CollectionKind = Literal["made", "existing", "condition", "none"]
"""A collection of ours found or made by its title; one of the merchant's own by its id; one that takes in
whatever has the category, so that nobody writes members; no collection at all."""

Status = Literal["ACTIVE", "DRAFT", "UNCHANGED"]

Part = Literal["category", "product_type", "tags", "collection", "channels", "status"]
"""What can be chosen for a label, each by itself."""
PARTS: tuple[Part, ...] = get_args(Part)


@dataclass(frozen=True)
class Filing:
    """What approving a label writes. `collection` is a title; `category` the taxonomy path.

    `publication_ids` None means the shop's own choice of sales channels, `status` None the shop's own.
    `own` names the parts that the merchant chose; the others are the bundle's. A `product_type` of ""
    means that the product keeps the type it has. `collection` is "" for the kind none; for the kind
    condition it is by default the last part of the taxonomy path, so labels of one category share it.
    """

    label: str
    category_id: str
    category: str
    product_type: str
    tags: tuple[str, ...]
    collection: str
    collection_kind: CollectionKind = "made"
    collection_gid: str | None = None
    publication_ids: tuple[str, ...] | None = None
    status: Status | None = None
    own: frozenset[Part] = frozenset()


def filing(tree: LabelTree, label: str) -> Filing:
    """What the label tree says is to be written. Raises UnknownLabel."""
    leaf = tree.leaves.get(label)
    if leaf is None:
        raise UnknownLabel(
            f"The label {label!r} is not in the label tree {tree.name!r} of the model in use. "
            "Correct the product to a label that is."
        )
    return Filing(
        label,
        CATEGORY_GID + leaf.taxonomy_id,
        leaf.taxonomy_name,
        leaf.product_type,
        leaf.tags,
        leaf.category,
    )


def filing_for(session: Session, shop: Shop, tree: LabelTree, label: str) -> Filing:
    """What a label writes in this shop. Raises UnknownLabel."""
    return overlaid(filing(tree, label), find(session, shop, label))


def filings(session: Session, shop: Shop, tree: LabelTree) -> dict[str, Filing]:
    """What every label of the tree writes in this shop, in the tree's order; one query."""
    own = {row.label: row for row in session.scalars(select(Mapping).where(Mapping.shop_id == shop.id))}
    return {label: overlaid(filing(tree, label), own.get(label)) for label in tree.leaves}


def unused(session: Session, shop: Shop, tree: LabelTree) -> list[str]:
    """Labels that the shop mapped and the tree lacks, as after a change of the model; their rows are kept."""
    query = select(Mapping.label).where(Mapping.shop_id == shop.id).order_by(Mapping.label)
    return [label for label in session.scalars(query) if label not in tree.leaves]


def find(session: Session, shop: Shop, label: str) -> Mapping | None:
    """The shop's own row for a label, if it has one."""
    return session.scalar(select(Mapping).where(Mapping.shop_id == shop.id, Mapping.label == label))


def overlaid(default: Filing, row: Mapping | None) -> Filing:
    """The default with the parts of the shop's own row in their place."""
    if row is None:
        return default
    chosen: dict[str, Any] = {"own": frozenset(own_parts(row))}
    if row.category_id is not None:
        chosen |= {"category_id": row.category_id, "category": row.category_name or row.category_id}
    if row.product_type is not None:
        chosen["product_type"] = row.product_type
    if row.tags is not None:
        chosen["tags"] = texts(row.tags)
    if row.publication_ids is not None:
        chosen["publication_ids"] = texts(row.publication_ids)
    if row.status is not None:
        chosen["status"] = row.status
    return with_collection(replace(default, **chosen), row)


def with_collection(filing: Filing, row: Mapping) -> Filing:
    """The filing with the row's choice of a collection, if it has one."""
    if row.collection_kind is None:
        return filing
    kind = cast(CollectionKind, row.collection_kind)
    by_itself = {
        "made": filing.collection,
        "existing": "",
        "condition": last_part(filing.category),
        "none": "",
    }
    title = row.collection_title or by_itself[kind]
    return replace(filing, collection_kind=kind, collection=title, collection_gid=row.collection_gid)


def own_parts(row: Mapping) -> Iterable[Part]:
    """The parts that the row does not leave to the default."""
    held = (
        row.category_id,
        row.product_type,
        row.tags,
        row.collection_kind,
        row.publication_ids,
        row.status,
    )
    return (part for part, value in zip(PARTS, held, strict=True) if value is not None)


def last_part(path: str) -> str:
    """The name of a category without those above it."""
    return path.rpartition(" > ")[2]


def texts(values: Iterable[Any]) -> tuple[str, ...]:
    """The values of a JSON list as texts."""
    return tuple(str(each) for each in values)
