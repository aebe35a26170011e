"""What each label means in a shop: the bundle's default, and what the merchant chose in its place."""

from shopify_bot.mapping.changing import (
    CategoryPick,
    Changes,
    CollectionPick,
    ShopChanges,
    change,
    change_shop,
    reset,
)
from shopify_bot.mapping.meaning import (
    CATEGORY_GID,
    PARTS,
    CollectionKind,
    Filing,
    Part,
    Status,
    filing,
    filing_for,
    filings,
    unused,
)

__all__ = [
    "CATEGORY_GID",
    "PARTS",
    "CategoryPick",
    "Changes",
    "CollectionKind",
    "CollectionPick",
    "Filing",
    "Part",
    "ShopChanges",
    "Status",
    "change",
    "change_shop",
    "filing",
    "filing_for",
    "filings",
    "reset",
    "unused",
]
