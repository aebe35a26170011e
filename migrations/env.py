"""Runs the migrations; the connection comes from `shopify_bot.database`."""

from alembic import context
from sqlalchemy import Connection

from shopify_bot.settings import load
from shopify_bot.tables import Base


def run(connection: Connection) -> None:
    context.configure(
        connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True
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
