"""Runs the migrations; the connection comes from `shopify_bot.database`."""

from alembic import context
from sqlalchemy import Connection

from shopify_bot.columns import PlainText, UtcDateTime
from shopify_bot.settings import load
from shopify_bot.tables import Base


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our column types as the plain ones they are stored as, so that old revisions stay readable."""
    plain = {UtcDateTime: "sa.DateTime(timezone=True)", PlainText: "sa.Text()"}
    return plain.get(type(item), False) if kind == "type" else False


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    from shopify_bot.database import Database

    with Database(load().database).engine.begin() as own:
        run(own)
