"""What is told of one shop: its work that is due, its webhooks, its regular checks, its token, the model."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from classifier.errors import ClassifierError
from shopify_bot.bot import Bot
from shopify_bot.chores.rota import Kind
from shopify_bot.connecting.connection import connection
from shopify_bot.health.backlog import STEPS, backlog
from shopify_bot.labels import model_in_use
from shopify_bot.review.languages import _, marked
from shopify_bot.review.operations.part import Part, for_how_long
from shopify_bot.review.times import due, spoken
from shopify_bot.tables import Chore, Delivery, Shop, now

LATE = timedelta(minutes=5)
"""What is due for longer than this is not being taken up as it should be."""

STEP_TEXTS = {
    "classify": (
        marked("To classify"),
        marked(
            "Products have been due to be classified for %(time)s. See what the classify worker logs, or "
            "start one more:"
        ),
        "python worker.py classify",
    ),
    "publish": (
        marked("To publish"),
        marked(
            "Products have been due to be published for %(time)s. See what the publish worker logs, or "
            "start one more:"
        ),
        "python worker.py publish",
    ),
    "revert": (
        marked("To take back"),
        marked(
            "Products have been due to be taken back for %(time)s. See what the publish worker logs, or "
            "start one more:"
        ),
        "python worker.py publish",
    ),
}
CHORES = {
    Kind.RECONCILE: marked("Reconciliation"),
    Kind.SUBSCRIPTIONS: marked("Webhook subscriptions"),
    Kind.CATEGORIES: marked("Check of categories"),
    Kind.TALLY: marked("Sums of the insights"),
    Kind.TIDY: marked("Tidying"),
}
SHOWN = (Kind.RECONCILE, Kind.SUBSCRIPTIONS)
"""Regular checks that have a tile; of the others only what is wrong is told."""


def shop_parts(bot: Bot, session: Session, shop: Shop) -> list[Part]:
    """All of the shop's, in the order of the page."""
    return [
        *(step_part(session, shop, name) for name in STEPS),
        webhook_part(session, shop),
        *chore_parts(session, shop),
        token_part(shop),
        model_part(bot),
    ]


def step_part(session: Session, shop: Shop, name: str) -> Part:
    """How much is due for the step, and since when."""
    title, late, command = STEP_TEXTS[name]
    found = backlog(session, shop, STEPS[name])
    if not found.due or found.oldest is None:
        return Part(_(title), "good", "0", _("Nothing is due"))
    detail = _("The first for %(time)s", time=for_how_long(found.oldest))
    if now() - found.oldest < LATE or shop.state != "active":
        return Part(_(title), "busy", str(found.due), detail)
    trouble = _(late, time=for_how_long(found.oldest))
    return Part(_(title), "attention", str(found.due), detail, trouble, command)


def webhook_part(session: Session, shop: Shop) -> Part:
    """The last webhook that came."""
    query = select(Delivery).where(Delivery.shop_id == shop.id)
    last = session.scalar(query.order_by(Delivery.received_at.desc()).limit(1))
    if last is None:
        return Part(_("Last webhook"), "quiet", _("None"), _("None came in the last week"))
    return Part(_("Last webhook"), "good", spoken(last.received_at), last.topic)


def chore_parts(session: Session, shop: Shop) -> list[Part]:
    """The regular checks, those with a tile first; of the others those that went wrong."""
    rows = {row.kind: row for row in session.scalars(select(Chore).where(Chore.shop_id == shop.id))}
    shown = {kind: rows.get(kind) for kind in SHOWN}
    wrong = {kind: rows.get(kind) for kind in CHORES if kind not in SHOWN}
    return [chore_part(_(CHORES[kind]), row) for kind, row in shown.items()] + [
        chore_part(_(CHORES[kind]), row) for kind, row in wrong.items() if row is not None and row.error
    ]


def chore_part(title: str, row: Chore | None) -> Part:
    """When the check last went well, when it is due, and what is wrong."""
    if row is None:
        return Part(title, "quiet", _("Not yet"), _("The sweep will arrange it"))
    following = _("Next %(when)s", when=due(row.next_at))
    if row.error:
        trouble = _(
            "%(check)s went wrong: %(error)s It is tried again %(when)s.",
            check=title,
            error=f"{row.error.rstrip('.')}.",
            when=due(row.next_at),
        )
        return Part(title, "bad", _("Went wrong"), following, trouble)
    value = spoken(row.finished_at) if row.finished_at else _("Not yet")
    says = str((row.found or {}).get("says") or "")
    return Part(title, "attention" if says else "good", value, following, _(says) if says else "")


def token_part(shop: Shop) -> Part:
    """Whether the store takes our token, as far as the shop's row tells."""
    stands = connection(shop)
    if shop.state != "active":
        return Part(_("Access token"), "quiet", _("None"), _("The app was uninstalled from this shop"))
    if stands.problem:
        trouble = _(
            "The access token of this shop cannot be used: %(problem)s, on the page Connections.",
            problem=stands.problem,
        )
        return Part(_("Access token"), "bad", _("Not usable"), stands.grant, trouble)
    if stands.scopes_lacking:
        trouble = _(
            "The app may not do all it needs in this shop: it %(lacks)s. Connect it again, on the page "
            "Connections.",
            lacks=stands.scopes,
        )
        return Part(_("Access token"), "attention", _("Lacks scopes"), stands.grant, trouble)
    expires = stands.token_expires_at
    lasts = _("Renewed %(when)s", when=due(expires)) if expires else _("Does not expire")
    return Part(_("Access token"), "good", _("In use"), lasts)


def model_part(bot: Bot) -> Part:
    """The model that this process reads labels from, which is the workers' own where settings agree."""
    try:
        model = model_in_use(bot.settings.model)
    except ClassifierError:
        trouble = _("The model bundle cannot be read, so nothing is classified. To see what is wrong:")
        return Part(_("Model"), "bad", _("Damaged"), "", trouble, "shopify-bot doctor")
    return Part(_("Model"), "good", bot.settings.model.name, model.version)
