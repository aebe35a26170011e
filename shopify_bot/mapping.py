"""What a label means in the store: category, product type, tags and collection."""

from dataclasses import dataclass

from classifier.labels import LabelTree
from shopify_bot.errors import UnknownLabel

CATEGORY_GID = "gid://shopify/TaxonomyCategory/"


@dataclass(frozen=True)
class Filing:
    """What approving a label writes. `collection` is a title; `category` the taxonomy path."""

    label: str
    category_id: str
    category: str
    product_type: str
    tags: tuple[str, ...]
    collection: str


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
