"""What a label means in the store: category, product type, tags and collection."""

from dataclasses import dataclass
from typing import Literal

from classifier.labels import LabelTree
from shopify_bot.errors import UnknownLabel

CATEGORY_GID = "gid://shopify/TaxonomyCategory/"


CollectionKind = Literal["made", "existing", "condition", "none"]
"""A collection of ours found or made by its title; one of the merchant's own by its id; one that takes in
whatever has the category, so that nobody writes members; no collection at all."""

Status = Literal["ACTIVE", "DRAFT", "UNCHANGED"]


@dataclass(frozen=True)
class Filing:
    """What approving a label writes. `collection` is a title; `category` the taxonomy path.

    `publication_ids` None means the shop's own choice of sales channels, `status` None the shop's own.
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
