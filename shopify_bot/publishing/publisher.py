"""Publishing one approved product: read, then write only what differs, then read again.

Every step looks before it writes, so the whole may be repeated at any point: after a crash, after a
time-out that hid a mutation which was applied, or by two workers of which one was taken for dead.
"""

from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from shopify_bot.publishing.collection_keeping import CollectionKeeper, Placed
from shopify_bot.publishing.person_category import CategoryChoice
from shopify_bot.publishing.plan_keeping import PlanKeeper
from shopify_bot.publishing.plans import Plan
from shopify_bot.publishing.product_status import status_after, stays_away
from shopify_bot.publishing.settling import settled
from shopify_bot.shopify import channels, collections, products
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import StoreUnavailable
from shopify_bot.shopify.products import ProductState

MOST_CHANNELS = 20
"""As many as a product's state tells of."""


@dataclass(frozen=True)
class Target:
    """One product, whose category may be replaced, and where an earlier publication put it."""

    gid: str
    choice: CategoryChoice
    former_collections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wanted:
    """What should stand in the store in the end."""

    category_id: str | None
    product_type: str
    status: str
    publications: tuple[str, ...]
    placed: Placed | None
    waits: bool
    """Whether the collection is to show the product: not where its condition asks for another category."""


class Seen(NamedTuple):
    """The product as the store shows it, what is missing of what should stand there, and its collection."""

    state: ProductState
    missing: list[str]
    in_collection: bool


@dataclass(frozen=True)
class Publisher:
    """Publishes to one shop."""

    client: AdminClient
    collections: CollectionKeeper

    def publish(self, target: Target, keeper: PlanKeeper) -> dict[str, Any]:
        """Write category, type, tags, collection and publication; returns what stands there now.

        `keeper` keeps what stood there before, and each thing that is ours, ahead of its write.
        Raises ProductGone, Transient (repeat it later), Permanent, CollectionUnfit.
        """
        found = products.read_state(self.client, target.gid)
        keeper.begin(found)
        plan = keeper.plan
        replaces = target.choice.may_write(found.category_id, plan.filing.category_id)
        self.write_fields(target, keeper, found, replaces)
        placed = self.collections.place(target.gid, plan.filing, list(plan.publications), keeper.joining)
        self.leave_former(target, keeper, placed)
        missing = [each for each in plan.publications if each not in found.published_on]
        if missing:
            with keeper.writing(channels=tuple(missing)):
                channels.publish(self.client, target.gid, missing)
        wanted = wanted_state(plan, found, replaces, placed)
        after, shows = self.read_back(target, wanted)
        ours = {*keeper.plan.categories, *target.choice.written}
        return {
            **asdict(after),
            "collection": placed.gid if placed else None,
            "collection_title": placed.title if placed else None,
            "category_written": wanted.category_id if wanted.category_id in ours else None,
            "said": said_of_category(target, found, replaces)
            + said_of_status(plan, found)
            + said_of_collection(plan, placed, shows, replaces),
        }

    def write_fields(self, target: Target, keeper: PlanKeeper, found: ProductState, replaces: bool) -> None:
        """Category, type, status, and the tags that are missing."""
        filing = keeper.plan.filing
        wanted = {"productType": (found.product_type, filing.product_type or found.product_type)}
        if replaces:
            wanted["category"] = (found.category_id or "", filing.category_id)
        wanted["status"] = (found.status, status_after(found.status, keeper.plan.status))
        changes = {name: then for name, (now, then) in wanted.items() if now != then}
        present = {tag.casefold() for tag in found.tags}
        missing = tuple(tag for tag in filing.tags if tag.casefold() not in present)
        if changes:
            with keeper.writing(wrote=changes):
                products.apply(self.client, target.gid, **changes)
        if missing:
            with keeper.writing(tags=missing):
                products.add_tags(self.client, target.gid, missing)

    def leave_former(self, target: Target, keeper: PlanKeeper, placed: Placed | None) -> None:
        """A product is in one collection of ours: leave those of earlier publications."""
        for gid in set(target.former_collections) - ({placed.gid} if placed else set()):
            former = collections.read_collection(self.client, gid, target.gid)
            if former is not None and former.has_product:
                with keeper.writing(left=(gid,)):
                    collections.remove_member(self.client, former, target.gid)

    def read_back(self, target: Target, wanted: Wanted) -> tuple[ProductState, bool]:
        """What stands in the store, once it shows all we wrote, and whether it shows the collection.

        Only members that a condition decides on may be missing. Raises StoreUnavailable if it never shows.
        """
        seen = settled(
            lambda: self.look(target, wanted),
            lambda seen: not seen.missing and (seen.in_collection or not wanted.waits),
        )
        if seen.missing:
            raise StoreUnavailable(
                f"The store took the changes but does not show: {', '.join(seen.missing)}."
            )
        return seen.state, seen.in_collection

    def look(self, target: Target, wanted: Wanted) -> Seen:
        """What stands in the store now, held against what should."""
        state = products.read_state(self.client, target.gid)
        missing = self.lacks(state, wanted)
        shows = wanted.placed is None or self.is_member(target, state, wanted.placed)
        if not shows and wanted.placed and wanted.placed.joined:
            missing.append("collection")
        return Seen(state, missing, shows)

    def lacks(self, state: ProductState, wanted: Wanted) -> list[str]:
        """Names of what should stand in the store and does not.

        A store may not tell the channels of a product that is not active, nor more than a page of them.
        """
        seen = {*state.published_on, *state.staged_on}
        untold = state.status != "ACTIVE" or len(seen) >= MOST_CHANNELS
        stands = {
            "category": state.category_id == wanted.category_id,
            "product type": state.product_type == wanted.product_type,
            "status": state.status == wanted.status,
            "publication": untold or set(wanted.publications) <= set(state.published_on),
        }
        return [name for name, there in stands.items() if not there]

    def is_member(self, target: Target, state: ProductState, placed: Placed) -> bool:
        """Ask the collection itself where a product is in many: its state tells of the first twenty."""
        if placed.gid in state.collections:
            return True
        seen = collections.read_collection(self.client, placed.gid, target.gid)
        return seen is not None and seen.has_product


def wanted_state(plan: Plan, found: ProductState, replaces: bool, placed: Placed | None) -> Wanted:
    """What should stand there, where what was `found` stays unless the plan says otherwise."""
    return Wanted(
        category_id=plan.filing.category_id if replaces else found.category_id,
        product_type=plan.filing.product_type or found.product_type,
        status=status_after(found.status, plan.status),
        publications=plan.publications,
        placed=placed,
        waits=placed is not None and (placed.joined or replaces),
    )


def said_of_category(target: Target, found: ProductState, replaces: bool) -> list[str]:
    """That a person's category was kept, and why."""
    if replaces:
        return []
    name = found.category_name or found.category_id
    if found.category_id == target.choice.seen:
        return [f"The category {name} was kept: a person had set it."]
    return [f"The category {name} was kept: somebody set it after we last looked."]


def said_of_status(plan: Plan, found: ProductState) -> list[str]:
    """That a product was left as somebody had put it away."""
    if not stays_away(found.status, plan.status):
        return []
    return [
        f"Its status stays {found.status.capitalize()}, as somebody set it in the store. To show it in your "
        "sales channels, make it active in the Shopify admin."
    ]


def said_of_collection(plan: Plan, placed: Placed | None, shows: bool, replaces: bool) -> list[str]:
    """That a collection with a condition does not show the product."""
    if placed is None or shows:
        return []
    if not replaces:
        return [f"It is not in the collection {placed.title}, which takes in {plan.filing.category} only."]
    return [f"The store has not put it into the collection {placed.title} yet; it does so by itself."]
