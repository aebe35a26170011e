"""Changing what one label means in the shop. The form keeps what was typed through every step.

Only parts that were changed in the form are written, so two people may change one label side by side; of a
part that both change, the second is told first.
"""

from dataclasses import dataclass, field, replace
from typing import cast

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from classifier.labels import LabelTree
from shopify_bot.chores.category_check import Outdated, outdated
from shopify_bot.errors import BadMapping, CannotLookUp, NotFound
from shopify_bot.mapping import PARTS, Changes, Filing, Part, change, filing, filing_for, reset
from shopify_bot.mapping.changing import columns
from shopify_bot.mapping.importing import wanted
from shopify_bot.mapping.lookup import Lookup
from shopify_bot.mapping.meaning import last_part
from shopify_bot.review.blueprint import labels_of, pages, the_bot, the_store_search
from shopify_bot.review.languages import _, marked
from shopify_bot.review.layout import show
from shopify_bot.review.mapping import ONLINE_STORE, anchor, channel_names, offered, statuses
from shopify_bot.review.mapping_draft import Draft, draft_of, entries, marks, shown_marks, typed
from shopify_bot.review.mapping_search import Option, find_categories, find_collections
from shopify_bot.review.notices import tell
from shopify_bot.review.session import visit

NAMES: dict[Part, str] = {
    "category": marked("Category"),
    "product_type": marked("Product type"),
    "tags": marked("Tags"),
    "collection": marked("Collection"),
    "channels": marked("Sales channels"),
    "status": marked("Status"),
}
CHANGED_MEANWHILE = marked(
    "Somebody else has changed meanwhile what you change here. "
    "Save again to put yours in its place, or cancel."
)


@dataclass(frozen=True)
class Outcome:
    """What a step came to: what to offer, and what is wrong, by part; `refused` when it was not saved."""

    categories: list[Option] = field(default_factory=list)
    collections: list[Option] = field(default_factory=list)
    problems: dict[str, str] = field(default_factory=dict)
    refused: bool = False


@pages.get("/mapping/<path:label>")
def mapping_label(label: str) -> ResponseReturnValue:
    """`GET /mapping/LABEL`: the form for one label. 404 when the model in use has no such label."""
    tree = labels_of(the_bot())
    now = known_filing(tree, label)
    return form_page(tree, now, draft_of(now), Outcome())


@pages.post("/mapping/<path:label>")
def mapping_save(label: str) -> ResponseReturnValue:
    """`POST /mapping/LABEL`: save; `back` is a part to put back to the default, `step` search looks up.

    Parts without a field stay as they are. Without JavaScript a search answers with the form again.
    """
    tree = labels_of(the_bot())
    now = known_filing(tree, label)
    if request.form.get("back") in PARTS:
        return put_back(tree, label, cast(Part, request.form["back"]))
    draft = typed(draft_of(now))
    outcome = looked_up(draft)
    if outcome is None:
        changes, problems = changes_of(draft, now, filing(tree, label))
        if not problems:
            return save(tree, label, changes)
        outcome = Outcome(problems=problems, refused=True)
    return form_page(tree, now, named(draft, now), outcome), 422 if outcome.refused else 200


def known_filing(tree: LabelTree, label: str) -> Filing:
    """What the label means in this shop. Raises NotFound."""
    if label not in tree.leaves:
        raise NotFound(f"There is no label {label!r}.")
    with the_bot().database.reading() as database:
        return filing_for(database, visit().shop, tree, label)


def looked_up(draft: Draft) -> Outcome | None:
    """What the searches found, if the form asks for one; a text typed but not searched for asks as well."""
    new_category = draft.category_q and draft.category_q != request.form.get("category_searched")
    new_collection = draft.collection_q and draft.collection_q != request.form.get("collection_searched")
    if not (request.form.get("step") == "search" or new_category or new_collection):
        return None
    problems, categories, collections = {}, [], []
    if draft.category_q:
        answer = find_categories(draft.category_q)
        categories = answer.found
        if problem := answer.problem or nothing_for(draft.category_q, categories):
            problems["category"] = problem
    if draft.collection_q or draft.collection_kind == "existing":
        answer = find_collections(draft.collection_q)
        collections = answer.found
        if problem := answer.problem or nothing_for(draft.collection_q, collections):
            problems["collection"] = problem
    return Outcome(categories, collections, problems)


def nothing_for(text: str, found: list[Option]) -> str | None:
    """The sentence for a search that found nothing."""
    return None if found else _("The store finds nothing for “%(text)s”.", text=text)


def changes_of(draft: Draft, now: Filing, default: Filing) -> tuple[Changes, dict[str, str]]:
    """The changes that the form asks for, and what is wrong with them, by part."""
    lookup = Lookup(the_store_search(), visit().shop)
    changes: Changes = {}
    problems: dict[str, str] = {}
    shown, stands, wants = shown_marks(now), marks(draft_of(now)), marks(draft)
    for part, entry in entries(draft).items():
        if wants[part] in (shown[part], stands[part]):
            continue
        if shown[part] != stands[part]:
            problems[part] = _(CHANGED_MEANWHILE)
            continue
        try:
            asked = wanted(entry, now, default, lookup)
            columns(default, asked)
            changes |= asked
        except (BadMapping, CannotLookUp) as error:
            problems[part] = str(error)
    return changes, problems


def save(tree: LabelTree, label: str, changes: Changes) -> ResponseReturnValue:
    """Write checked changes."""
    with the_bot().database.writing() as database:
        change(database, visit().shop, tree, label, changes, visit().user)
    tell(_("Saved what %(label)s means. It holds for what is approved from now on.", label=label))
    return redirect(url_for("pages.mapping", _anchor=anchor(label)), 303)


def put_back(tree: LabelTree, label: str, part: Part) -> ResponseReturnValue:
    """Put one part back to what the model brings."""
    with the_bot().database.writing() as database:
        reset(database, visit().shop, tree, label, [part], visit().user)
    tell(_("%(part)s of %(label)s: the default holds again.", part=_(NAMES[part]), label=label))
    return redirect(url_for("pages.mapping_label", label=label), 303)


def named(draft: Draft, now: Filing) -> Draft:
    """The form with the names of what was chosen in it but not saved."""
    search, shop = the_store_search(), visit().shop
    if draft.category_id != now.category_id:
        category = search.category(shop, draft.category_id).found
        draft = replace(draft, category=category.path if category else draft.category_id)
    if draft.collection_id and draft.collection_id != now.collection_gid:
        collection = search.collection(shop, draft.collection_id).found
        draft = replace(draft, collection=collection.title if collection else draft.collection_id)
    return draft


def form_page(tree: LabelTree, now: Filing, draft: Draft, outcome: Outcome) -> str:
    """The form, with what was found and what is wrong."""
    shop = visit().shop
    channels = the_store_search().channels(shop)
    with the_bot().database.reading() as database:
        return show(
            database,
            "mapping_label.html",
            now=now,
            default=filing(tree, now.label),
            draft=draft,
            condition_name=last_part(draft.category),
            outcome=outcome,
            names={part: _(name) for part, name in NAMES.items()},
            seen=seen(now, outcome),
            channels=offered(channels.found, draft.channels),
            channels_problem=channels.problem,
            shop_channels=channel_names(shop.publication_ids, channels.found) or _(ONLINE_STORE),
            shop_status=statuses()[shop.publish_status],
            statuses=statuses(),
            fallen=fallen_of(outdated(database, shop, tree), now.label),
        )


def seen(now: Filing, outcome: Outcome) -> dict[Part, str]:
    """The marks for the form: of what it first showed, or of what stands by now where that was just said."""
    shown, stands = shown_marks(now), marks(draft_of(now))
    return {
        part: stands[part] if outcome.problems.get(part) == _(CHANGED_MEANWHILE) else shown[part]
        for part in shown
    }


def fallen_of(fallen: list[Outdated], label: str) -> Outdated | None:
    """What is wrong with the label's category, if anything."""
    return next((each for each in fallen if each.label == label), None)
