"""Taking a publication back: what stood in the store before, wherever what stands there is still ours.

What somebody changed since is left, and said. Every step looks first, so the whole may be repeated.
"""

from dataclasses import dataclass, field

from shopify_bot.publishing.settling import settled
from shopify_bot.publishing.written import Written
from shopify_bot.shopify import channels, collections, products
from shopify_bot.shopify.client import AdminClient
from shopify_bot.shopify.errors import StoreUnavailable
from shopify_bot.shopify.products import ProductState

NOTHING = "none"


@dataclass
class Outcome:
    """What was put back, and what was left because somebody had changed it since; plain texts."""

    put_back: list[dict[str, str]] = field(default_factory=list)
    left: list[dict[str, str]] = field(default_factory=list)

    def restored(self, what: str, to: str) -> None:
        """Note that `what` is `to` again."""
        self.put_back.append({"what": what, "to": to})

    def kept(self, what: str, because: str) -> None:
        """Note that `what` was left as it stands."""
        self.left.append({"what": what, "because": because})


@dataclass(frozen=True)
class Field:
    """One field that we changed: what stood there before, what we wrote, and what stands there now."""

    name: str
    label: str
    before: str | None
    ours: str | None
    now: str | None
    text_before: str
    text_now: str

    @property
    def stands_as_written(self) -> bool:
        return self.now == self.ours


def fields_of(written: Written, found: ProductState) -> list[Field]:
    """The fields that we changed: category, type, status."""
    before, ours = written.before, written.fields
    names = (before["category_name"] or NOTHING, found.category_name or NOTHING)
    types = (before["product_type"], found.product_type)
    statuses = (before["status"], found.status)
    told = {
        "category": ("Category", (before["category_id"], found.category_id), names),
        "productType": ("Type", types, (types[0] or NOTHING, types[1] or NOTHING)),
        "status": ("Status", statuses, (statuses[0].capitalize(), statuses[1].capitalize())),
    }
    return [
        Field(name, label, values[0], ours[name], values[1], *texts)
        for name, (label, values, texts) in told.items()
        if name in ours
    ]


@dataclass(frozen=True)
class Reverter:
    """Takes back what was written to one shop."""

    client: AdminClient

    def revert(self, written: Written) -> tuple[ProductState, Outcome]:
        """Put back what stood there; returns what stands there now, and what became of each part.

        Raises ProductGone, Transient (repeat it later), Permanent.
        """
        outcome, found = Outcome(), products.read_state(self.client, written.gid)
        self.put_back_channels(written, found, outcome)
        self.put_back_tags(written, found, outcome)
        state = self.put_back_fields(written, found, outcome)
        for gid in written.joined:
            self.take_out(written.gid, gid, outcome)
        for gid in written.left:
            self.put_in_again(written.gid, gid, outcome)
        return state, outcome

    def put_back_channels(self, written: Written, found: ProductState, outcome: Outcome) -> None:
        """Take it off the channels that it was not on before."""
        if written.plan is None:
            outcome.kept("Sales channels", "it was published by an earlier version, which did not keep them")
            return
        there = {*found.published_on, *found.staged_on}
        ours = [each for each in written.channels if each in there]
        if ours:
            channels.unpublish(self.client, written.gid, ours)
        if written.channels:
            count = len(written.channels)
            outcome.restored("Sales channels", f"off {count} {'channel' if count == 1 else 'channels'}")
        staged = {*written.before.get("staged_on", ())} & {*written.plan.publications}
        if staged & {*found.published_on} and written.before["status"] == found.status:
            outcome.kept("Sales channels", "it was to be published there later, and is there now")

    def put_back_fields(self, written: Written, found: ProductState, outcome: Outcome) -> ProductState:
        """Category, type and status, in one call; returns what stands there then."""
        fields = fields_of(written, found)
        changes = {each.name: each.before for each in fields if each.stands_as_written}
        if changes:
            products.apply(self.client, written.gid, **changes)
        for each in fields:
            if each.now in (each.ours, each.before):
                outcome.restored(each.label, each.text_before)
            else:
                outcome.kept(each.label, f"somebody changed it to {each.text_now} since")
        return self.shown(written, changes)

    def shown(self, written: Written, changes: dict[str, str | None]) -> ProductState:
        """What stands there once it shows the changes. Raises StoreUnavailable if it never does."""
        state = settled(
            lambda: products.read_state(self.client, written.gid), lambda state: not missing(state, changes)
        )
        if late := missing(state, changes):
            raise StoreUnavailable(f"The store took the changes but does not show: {', '.join(late)}.")
        return state

    def put_back_tags(self, written: Written, found: ProductState, outcome: Outcome) -> None:
        """Take away the tags that we added and that are still there."""
        ours = {tag.casefold() for tag in written.tags}
        there = tuple(tag for tag in found.tags if tag.casefold() in ours)
        if there:
            products.remove_tags(self.client, written.gid, there)
        if ours:
            outcome.restored("Tags", f"without {', '.join(written.tags)}")

    def take_out(self, product: str, gid: str, outcome: Outcome) -> None:
        """Take it out of a collection that we put it into; one that we made stays."""
        collection = collections.read_collection(self.client, gid, product)
        if collection is None:
            outcome.kept("Collection", "it was deleted in the store since")
            return
        if collection.has_product and collection.source_gid is None:
            outcome.kept("Collection", f"{collection.title} takes products in by rules now")
            return
        if collection.has_product:
            collections.remove_member(self.client, collection, product)
        if self.shows_membership(gid, product, wanted=False):
            outcome.restored("Collection", f"not in {collection.title}")
        else:
            outcome.kept("Collection", f"a rule or another list of {collection.title} keeps it there")

    def put_in_again(self, product: str, gid: str, outcome: Outcome) -> None:
        """Put it back into a collection that publishing took it out of. Raises StoreUnavailable."""
        collection = collections.read_collection(self.client, gid, product)
        if collection is None:
            outcome.kept("Earlier collection", "it was deleted in the store since")
            return
        if not collection.has_product:
            collections.add_member(self.client, collection, product)
        if not self.shows_membership(gid, product, wanted=True):
            raise StoreUnavailable(f"The store does not show the product in {collection.title} yet.")
        outcome.restored("Earlier collection", f"in {collection.title}")

    def shows_membership(self, gid: str, product: str, *, wanted: bool) -> bool:
        """Whether the collection has the product as wanted, once the store's job had time to end."""
        return settled(lambda: self.has_member(gid, product), lambda has: has == wanted) == wanted

    def has_member(self, gid: str, product: str) -> bool:
        """Whether the collection has the product now."""
        seen = collections.read_collection(self.client, gid, product)
        return seen is not None and seen.has_product


def missing(state: ProductState, changes: dict[str, str | None]) -> list[str]:
    """Names of the fields that do not show what they were changed to."""
    stands = {"category": state.category_id, "productType": state.product_type, "status": state.status}
    return [name for name, value in changes.items() if stands[name] != value]
