"""The database: SQLite (WAL, BEGIN IMMEDIATE) or PostgreSQL, from the same code."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from shopify_bot.settings import ROOT


class Database:
    """Hands out sessions: `writing` commits at its end, `reading` never writes."""

    def __init__(self, url: str) -> None:
        parsed = make_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        if self.is_sqlite and parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        # Errors end in logs and on rows: they are to tell no token and no password's hash.
        self.engine: Engine = create_engine(parsed, pool_pre_ping=not self.is_sqlite, hide_parameters=True)
        # PostgreSQL would show every statement what was committed just before it.
        one_state = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self.reader: Engine = self.engine.execution_options(reads_only=True, **one_state)
        if self.is_sqlite:
            event.listen(self.engine, "connect", prepare_sqlite)
            event.listen(self.engine, "begin", begin_sqlite)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction, committed at the end, rolled back on an error."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database and takes no write lock."""
        with Session(self.reader, expire_on_commit=False) as session:
            yield session

    def migrate(self) -> None:
        """Bring the tables to the newest revision; harmless to repeat, safe for several at a time."""
        with self.engine.begin() as connection:
            if not self.is_sqlite:
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7414209)")
            config = alembic_config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def is_current(self) -> bool:
        """Whether the tables are at the newest revision."""
        head = ScriptDirectory.from_config(alembic_config()).get_current_head()
        with self.reader.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision() == head

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def alembic_config() -> Config:
    """Where the migrations are."""
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


def prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers beside one writer, waits instead of errors, and foreign keys that count."""
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=20000"):
        connection.execute(f"PRAGMA {pragma}").close()


def begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once: a lock taken later fails under several writers, however long one waits."""
    reads_only = connection.get_execution_options().get("reads_only", False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")
