"""Whether the taxonomy categories that a shop's labels are mapped to still stand: Shopify archives some."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from classifier.labels import LabelTree
from shopify_bot.bot import Bot
from shopify_bot.labels import label_tree
from shopify_bot.mapping import Filing, filings
from shopify_bot.shopify import taxonomy
from shopify_bot.stores import Stores
from shopify_bot.tables import CategoryCheck, Shop, now


@dataclass(frozen=True)
class Outdated:
    """A label whose category is `archived`, or `unknown` to the store, and when the store said so."""

    label: str
    category_id: str
    category: str
    standing: str
    checked_at: datetime

    @property
    def sentence(self) -> str:
        """What is wrong with it, in words."""
        is_so = "is archived" if self.standing == "archived" else "is not known to the store"
        return f"The category of {self.label} {is_so}: {self.category}"


def check(bot: Bot, stores: Stores, shop: Shop) -> dict[str, Any]:
    """Ask the store for every category in use and keep what it says; returns the labels that need a person.

    Harmless to repeat. Raises Transient, Permanent, ClassifierError.
    """
    tree = label_tree(bot.settings.model)
    with bot.database.reading() as session:
        ids = categories_in_use(filings(session, shop, tree).values())
    standing = taxonomy.standing(stores.client(shop), ids)
    with bot.database.writing() as session:
        keep(session, shop, standing)
        found = outdated(session, shop, tree)
    return {
        "categories": len(standing),
        "archived": [each.label for each in found if each.standing == "archived"],
        "unknown": [each.label for each in found if each.standing == "unknown"],
    }


def categories_in_use(found: Iterable[Filing]) -> list[str]:
    """The ids that labels are mapped to, each once."""
    return sorted({filing.category_id for filing in found})


def keep(session: Session, shop: Shop, standing: dict[str, taxonomy.Standing]) -> None:
    """Write down what the store said, and forget what it said of categories no longer in use."""
    mine = CategoryCheck.shop_id == shop.id
    session.execute(delete(CategoryCheck).where(mine, CategoryCheck.category_id.not_in(list(standing))))
    known = {row.category_id: row for row in session.scalars(select(CategoryCheck).where(mine))}
    for category_id, said in standing.items():
        row = known.get(category_id)
        if row is None:
            add(session, shop, category_id, said)
        else:
            row.standing, row.checked_at = said, now()
    session.flush()


def add(session: Session, shop: Shop, category_id: str, said: str) -> None:
    """Make the row of a category, unless another process has just done so."""
    try:
        with session.begin_nested():
            session.add(CategoryCheck(shop_id=shop.id, category_id=category_id, standing=said))
    except IntegrityError:
        return


def outdated(session: Session, shop: Shop, tree: LabelTree) -> list[Outdated]:
    """The labels whose category no longer stands as far as the store has told, by label."""
    query = select(CategoryCheck).where(CategoryCheck.shop_id == shop.id, CategoryCheck.standing != "current")
    fallen = {row.category_id: row for row in session.scalars(query)}
    if not fallen:
        return []
    return [
        Outdated(label, found.category_id, found.category, row.standing, row.checked_at)
        for label, found in sorted(filings(session, shop, tree).items())
        if (row := fallen.get(found.category_id)) is not None
    ]
