"""How far a bulk action is, and taking it back."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from shopify_bot.bulk import beginning
from shopify_bot.bulk.beginning import can_undo, find_action, of_undo
from shopify_bot.bulk.kinds import PUBLISHES
from shopify_bot.doorbell import BULK
from shopify_bot.errors import NothingToUndo
from shopify_bot.finding.selection import Selection
from shopify_bot.review.blueprint import LARGEST_ID, pages, the_bot
from shopify_bot.review.languages import _
from shopify_bot.review.layout import show
from shopify_bot.review.notices import tell
from shopify_bot.review.session import visit
from shopify_bot.review.table.views import address
from shopify_bot.tables import now

ACTION_ID = f"<int(max={LARGEST_ID}):action_id>"


@pages.get(f"/bulk/{ACTION_ID}")
def bulk(action_id: int) -> ResponseReturnValue:
    """`GET /bulk/ID`: how far a bulk action is, and until when it can be undone."""
    with the_bot().database.reading() as database:
        action = find_action(database, visit().shop, action_id)
        undoing = of_undo(database, action)
        same = Selection.from_json(action.selection) if action.selection else Selection()
        return show(
            database,
            "bulk.html",
            action=action,
            undoing=undoing,
            can_undo=can_undo(database, action),
            writes=action.kind in PUBLISHES,
            holds=action.finished_at is None or action.undo_until > now(),
            seconds_left=max(0, round((action.undo_until - now()).total_seconds())),
            table=url_for("pages.table") if same.ids else address(same),
        )


@pages.post(f"/bulk/{ACTION_ID}/undo")
def undo_bulk(action_id: int) -> ResponseReturnValue:
    """`POST /bulk/ID/undo`: take back what of it is not published yet."""
    here = visit()
    try:
        with the_bot().database.writing() as database:
            undoing = beginning.begin_undo(database, here.shop, action_id, here.user).id
    except NothingToUndo:
        tell(_("Nothing of it can be taken back any more: it is published. You can revert single products."))
        return redirect(url_for("pages.bulk", action_id=action_id), 303)
    the_bot().doorbell.ring(BULK)
    return redirect(url_for("pages.bulk", action_id=undoing), 303)
