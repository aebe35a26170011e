"""what connecting a store needs: tokens that expire, the mapping, chores, and undoing a publication."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

NEW = {
    "shops": (
        "grant_type",
        "token_expires_at",
        "refresh_token",
        "refresh_expires_at",
        "renewing_until",
        "renewing_token",
        "publish_status",
        "authorized_at",
    ),
    "reviews": ("awaits_token",),
    "publications": ("plan", "reverted", "reverted_at"),
    "decisions": ("replaces_category", "store_category_id"),
}

QUEUE = ["shop_id", "state", "next_attempt_at"]


def upgrade() -> None:
    op.create_table(
        "category_checks",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("category_id", sa.String(length=255), nullable=False),
        sa.Column("standing", sa.String(length=20), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id"], ["shops.id"], name=op.f("fk_category_checks_shop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_checks")),
        sa.UniqueConstraint("shop_id", "category_id", name=op.f("uq_category_checks_shop_id_category_id")),
    )
    op.create_table(
        "chores",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_token", sa.String(length=36), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found", sa.JSON(), nullable=True),
        sa.Column("watermark", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["shop_id"], ["shops.id"], name=op.f("fk_chores_shop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chores")),
        sa.UniqueConstraint("shop_id", "kind", name=op.f("uq_chores_shop_id_kind")),
    )
    with op.batch_alter_table("chores", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_chores_next_at"), ["next_at"], unique=False)

    op.create_table(
        "mappings",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("label", sa.String(length=255), nullable=False),
        sa.Column("category_id", sa.String(length=255), nullable=True),
        sa.Column("category_name", sa.Text(), nullable=True),
        sa.Column("product_type", sa.Text(), nullable=True),
        sa.Column("tags", sa.JSON(), nullable=True),
        sa.Column("collection_kind", sa.String(length=20), nullable=True),
        sa.Column("collection_title", sa.Text(), nullable=True),
        sa.Column("collection_gid", sa.String(length=255), nullable=True),
        sa.Column("publication_ids", sa.JSON(), nullable=True),
        sa.Column("status", sa.String(length=20), nullable=True),
        sa.Column("changed_by", sa.String(length=255), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id"], ["shops.id"], name=op.f("fk_mappings_shop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mappings")),
        sa.UniqueConstraint("shop_id", "label", name=op.f("uq_mappings_shop_id_label")),
    )
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("replaces_category", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(sa.Column("store_category_id", sa.String(length=255), nullable=True))

    with op.batch_alter_table("publications", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plan", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("reverted", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("reverted_at", sa.DateTime(timezone=True), nullable=True))

    op.create_index("ix_reviews_shop_id_state_next_attempt_at", "reviews", QUEUE)
    with op.batch_alter_table("shops", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("grant_type", sa.String(length=30), nullable=False, server_default="static")
        )
        batch_op.add_column(sa.Column("token_expires_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("refresh_token", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("refresh_expires_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("renewing_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("renewing_token", sa.String(length=36), nullable=True))
        batch_op.add_column(
            sa.Column("publish_status", sa.String(length=20), nullable=False, server_default="ACTIVE")
        )
    # Not in a batch: for such defaults SQLite would make the tables anew, as below.
    never = sa.text("'1970-01-01 00:00:00'")
    given = sa.Column("authorized_at", sa.DateTime(timezone=True), nullable=False, server_default=never)
    op.add_column("shops", given)
    op.execute("UPDATE shops SET authorized_at = connected_at")
    waits = sa.Column("awaits_token", sa.Boolean(), nullable=False, server_default=sa.false())
    op.add_column("reviews", waits)


def downgrade() -> None:
    op.drop_index("ix_reviews_shop_id_state_next_attempt_at", "reviews")
    # Not in a batch: SQLite would then make `shops` anew, and dropping the old one deletes what refers to it.
    for table, columns in NEW.items():
        for column in columns:
            op.drop_column(table, column)
    for table in ("mappings", "chores", "category_checks"):
        op.drop_table(table)
