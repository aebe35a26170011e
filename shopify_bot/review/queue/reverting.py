"""Taking a publication back in the store, once a person has seen what that puts back."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from shopify_bot import decisions
from shopify_bot.decisions import find_review
from shopify_bot.errors import NotPublished
from shopify_bot.publishing.written import written_for
from shopify_bot.review.blueprint import REVIEW_ID, pages, the_bot
from shopify_bot.review.changes import Change, read_back, rows
from shopify_bot.review.channels import named_status
from shopify_bot.review.languages import _, marked, ngettext
from shopify_bot.review.layout import show
from shopify_bot.review.notices import tell
from shopify_bot.review.presenting import can_revert, picture, short_title
from shopify_bot.review.queue.actions import carry_out
from shopify_bot.review.returning import local_path
from shopify_bot.review.session import visit
from shopify_bot.review.standing import standing
from shopify_bot.tables import Publication

CHANNELS = marked("Sales channels")


@pages.get(f"/review/{REVIEW_ID}/revert")
def ask_to_revert(review_id: int) -> ResponseReturnValue:
    """`GET /review/ID/revert`: what taking it back puts back in the store, to be confirmed."""
    onward = local_path(request.args.get("next"), url_for("pages.product", review_id=review_id))
    with the_bot().database.reading() as database:
        review = find_review(database, visit().shop, review_id)
        if not can_revert(review) or review.publication is None:
            text = _("There is nothing to take back. %(standing)s", standing=standing(review))
            tell(text, tone="warning", review=review_id)
            return redirect(onward, 303)
        try:
            decisions.refuse_to_revert(review)
        except NotPublished as error:
            tell(_("Nothing was changed. %(why)s", why=error), tone="warning", review=review_id)
            return redirect(onward, 303)
        return show(
            database,
            "revert.html",
            review_id=review_id,
            title=short_title(review.product),
            picture=picture(review.product),
            rows=put_back(review.product.gid, review.publication),
            next=onward,
        )


@pages.post(f"/review/{REVIEW_ID}/revert")
def revert(review_id: int) -> ResponseReturnValue:
    """`POST /review/ID/revert`: take it back in the store."""
    return carry_out(review_id, lambda db, me: decisions.revert(db, visit().shop, review_id, me))


def put_back(gid: str, publication: Publication) -> list[Change]:
    """What we wrote and what is put in its place: only where we changed anything."""
    written = written_for(gid, publication)
    before, after = written.before, written.after
    category, kind, _tags = read_back(before)
    collection = after.get("collection_title") or written.collection if written.joined else None
    fields = written.fields
    ours = (
        after["category_name"] if "category" in fields else category,
        fields.get("productType", kind),
        written.tags,
        collection,
        named_status(fields.get("status", before["status"])),
    )
    theirs = (category, kind, (), None, named_status(before["status"]))
    table = [row for row in rows(ours, theirs) if row.before != row.after]
    if written.channels:
        count = len(written.channels)
        on = ngettext("On %(count)s channel", "On %(count)s channels", count)
        table.append(Change(CHANNELS, (on,), (_("Taken off"),)))
    return table
