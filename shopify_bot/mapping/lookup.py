"""Finds in the store what a person names: a category by id or path, a collection, sales channels."""

from collections.abc import Sequence
from dataclasses import dataclass

from shopify_bot.errors import BadMapping, CannotLookUp
from shopify_bot.languages import _
from shopify_bot.mapping import rules
from shopify_bot.mapping.changing import CategoryPick, CollectionPick
from shopify_bot.mapping.meaning import CATEGORY_GID
from shopify_bot.store_search import Answer, Channel, StoreSearch, T, TaxonomyCategory
from shopify_bot.tables import Shop

MOST_NAMED = 12


@dataclass(frozen=True)
class Lookup:
    """Looks up in one shop's store. Each raises BadMapping when it is not there, CannotLookUp."""

    search: StoreSearch
    shop: Shop

    def category(self, text: str) -> CategoryPick:
        """The category of an id, in full or as aa-1-13, or of a path; one that is not archived."""
        named = text.strip()
        is_id = named.startswith(CATEGORY_GID) or rules.TAXONOMY_ID.fullmatch(named)
        found = self.category_of_id(rules.category_gid(named)) if is_id else self.category_of_path(named)
        if found.is_archived:
            archived = _("Shopify has archived the category %(path)s. Choose one in use.", path=found.path)
            raise BadMapping("category", archived)
        return CategoryPick(found.gid, found.path)

    def category_of_id(self, gid: str) -> TaxonomyCategory:
        """The category of that global id."""
        found = known(self.search.category(self.shop, gid))
        if found is None:
            short = gid.removeprefix(CATEGORY_GID)
            raise BadMapping("category", _("The store knows no category %(id)s.", id=short))
        return found

    def category_of_path(self, path: str) -> TaxonomyCategory:
        """The one category of that path, or whose path ends like that."""
        parts = [part.strip().casefold() for part in path.split(">")]
        found = known(self.search.categories(self.shop, path.rpartition(">")[2]))
        fitting = [each for each in found if ends_like(each.path, parts)]
        exact = [each for each in fitting if each.path.count(">") + 1 == len(parts)]
        for candidates in (exact, fitting):
            if len(candidates) == 1:
                return candidates[0]
        offered = "\n".join(map(offer, (fitting or found)[:MOST_NAMED]))
        if not offered:
            nothing = _("The store finds no category %(path)s.", path=rules.shown(path))
            raise BadMapping("category", nothing)
        if fitting:
            many = _("%(path)s is not one category. Choose one of these by its id:", path=rules.shown(path))
        else:
            many = _("%(path)s is no category's path. Choose one of these by its id:", path=rules.shown(path))
        raise BadMapping("category", f"{many}\n{offered}")

    def collection(self, gid_or_handle: str) -> CollectionPick:
        """A collection of the store's that products can be put into by hand."""
        named = gid_or_handle.strip()
        found = known(self.search.collection(self.shop, named)) if named else None
        if found is None:
            nothing = _("The store has no collection %(name)s.", name=rules.shown(named))
            raise BadMapping("collection", nothing)
        if found.filled_by == "others":
            raise BadMapping(
                "collection",
                _(
                    "%(title)s is filled by other collections or by another app; products cannot be put into "
                    "it. Choose another one.",
                    title=rules.shown(found.title),
                ),
            )
        return CollectionPick("existing", found.title, found.gid)

    def channels(self, ids_or_titles: Sequence[str]) -> list[str]:
        """Ids of the sales channels of these ids or names."""
        there = known(self.search.channels(self.shop))
        return [channel_of(there, each).gid for each in ids_or_titles]


def known(answer: Answer[T]) -> T:
    """What the store said. Raises CannotLookUp."""
    if answer.problem is not None:
        raise CannotLookUp(answer.problem)
    return answer.found


def offer(category: TaxonomyCategory) -> str:
    """A line that says how to choose a category."""
    return f"  {category.gid.removeprefix(CATEGORY_GID)}\t{category.path}"


def ends_like(path: str, parts: list[str]) -> bool:
    """Whether a path ends with these parts, which are in lower case."""
    return [part.strip().casefold() for part in path.split(">")][-len(parts) :] == parts


def channel_of(there: Sequence[Channel], named: str) -> Channel:
    """The channel of that id or name."""
    wanted = named.strip()
    by_id = [channel for channel in there if channel.gid == wanted]
    found = by_id or [channel for channel in there if channel.title.casefold() == wanted.casefold()]
    if len(found) == 1:
        return found[0]
    offered = ", ".join(f"{channel.title} ({channel.gid})" for channel in there)
    values = {"typed": rules.shown(wanted), "channels": offered or _("none")}
    wrong = _("%(typed)s is no sales channel of the shop. There are: %(channels)s.", **values)
    raise BadMapping("channels", wrong)
