"""How Alembic runs our migrations: in one transaction, foreign keys checked at its end."""

from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, event, pool, text
from sqlalchemy.engine import make_url
from sqlmodel import SQLModel

import storage.growth_tables
import storage.outward_tables
import storage.path_tables
import storage.rhythm_tables
import storage.tables
import storage.trust_tables  # noqa: F401

ONE_AT_A_TIME = 7_226_013


def run(connection: Connection) -> None:
    """Apply what is missing."""
    sqlite = connection.dialect.name == "sqlite"
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=sqlite,
        transaction_per_migration=True,
        compare_type=True,
    )
    with context.begin_transaction():
        if not sqlite:
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})"))
        context.run_migrations()


def run_on_sqlite(url: str) -> None:
    """Use a plain connection whose transactions are ours, so that a migration that fails leaves nothing behind."""
    engine = create_engine(make_url(url).set(drivername="sqlite"), poolclass=pool.NullPool)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA journal_mode=WAL")  # a reader that came first would keep the writer from it

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.begin() as connection:
        run(connection)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"the migration would leave {len(broken)} rows without their parents")


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    run_on_sqlite(context.config.get_main_option("sqlalchemy.url") or "")
