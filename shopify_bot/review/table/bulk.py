"""One decision about many products: asked, confirmed, begun."""

from datetime import timedelta
from uuid import UUID, uuid4

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import MultiDict

from shopify_bot.bulk.beginning import begin, of_click
from shopify_bot.bulk.kinds import CHOSEN, Kind
from shopify_bot.decisions import known_label
from shopify_bot.doorbell import BULK
from shopify_bot.errors import UnknownLabel
from shopify_bot.finding.selection import Selection, id_list
from shopify_bot.review.blueprint import filings_of, labels_of, pages, the_bot
from shopify_bot.review.languages import _
from shopify_bot.review.layout import show
from shopify_bot.review.notices import tell
from shopify_bot.review.presenting import shorten
from shopify_bot.review.session import visit
from shopify_bot.review.table.page import pairs
from shopify_bot.review.table.views import address, chips
from shopify_bot.review.table.writing import effect
from shopify_bot.tables import BulkAction

KINDS = {kind.value: kind for kind in CHOSEN}


@pages.get("/bulk/new")
def ask_bulk() -> ResponseReturnValue:
    """`GET /bulk/new`: what `kind` would do to the products of each `row`, ids of reviews.

    With `all=1` to all that the arguments of the table select. `to` is the label for a correction.
    """
    selection, kind = selected(request.args), KINDS.get(request.args.get("kind", ""))
    everything = Selection.from_args(request.args)
    if selection is None or kind is None:
        return back(everything, _("Choose products first."))
    try:
        label = label_for(kind, request.args.get("to", ""))
    except UnknownLabel:
        return back(everything, unknown(request.args.get("to", "")))
    with the_bot().database.reading() as database:
        shop = visit().shop
        does = effect(database, shop, kind, selection, label, filings_of(the_bot(), database, shop))
        return show(
            database,
            "bulk_new.html",
            kind=kind.value,
            label=label,
            effect=does,
            hidden=pairs(selection),
            chips=[] if selection.ids else chips(selection),
            click=str(uuid4()),
            back=address(everything),
            undo_s=round(the_bot().settings.bulk_undo_s),
        )


@pages.post("/bulk")
def begin_bulk() -> ResponseReturnValue:
    """`POST /bulk`: begin it; `click` marks the form, so that pressing twice begins one."""
    kind, selection = KINDS.get(request.form.get("kind", "")), Selection.from_args(request.form)
    click = request.form.get("click", type=UUID)
    if kind is None or click is None:
        return back(selection, _("Choose products first."))
    try:
        action_id = begun(kind, selection, str(click), label_for(kind, request.form.get("to", "")))
    except UnknownLabel:
        return back(selection, unknown(request.form.get("to", "")))
    the_bot().doorbell.ring(BULK)
    return redirect(url_for("pages.bulk", action_id=action_id), 303)


def begun(kind: Kind, selection: Selection, click: str, label: str | None) -> int:
    """Id of the action; that of the first click, however close the second comes."""
    here, regrets = visit(), timedelta(seconds=the_bot().settings.bulk_undo_s)
    said = {"reviewer": here.user, "click": click, "regrets": regrets, "label": label}
    try:
        with the_bot().database.writing() as database:
            return begin(database, here.shop, kind, selection, **said).id  # type: ignore[arg-type]
    except IntegrityError:
        with the_bot().database.reading() as database:
            known: BulkAction | None = of_click(database, here.shop, click)
        if known is None:
            raise
        return known.id


def selected(args: MultiDict[str, str]) -> Selection | None:
    """What a form of the table selects: all that match, or the rows marked; None when none is."""
    if args.get("all"):
        return Selection.from_args(args)
    rows = id_list(args.getlist("row"))
    return Selection(ids=rows) if rows else None


def label_for(kind: Kind, typed: str) -> str | None:
    """The label to correct to, as the tree spells it; None for other actions. Raises UnknownLabel."""
    return known_label(labels_of(the_bot()), typed) if kind == Kind.CORRECT else None


def unknown(typed: str) -> str:
    """What to say of a label that is none."""
    text = shorten(typed.strip(), 60)
    return _("There is no label “%(label)s”.", label=text) if text else _("Choose a label first.")


def back(selection: Selection, text: str) -> ResponseReturnValue:
    """To the table, with a message."""
    tell(text, tone="warning")
    return redirect(address(selection), 303)
