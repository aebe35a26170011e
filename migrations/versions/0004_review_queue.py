"""what the review queue needs: columns to find reviews by, bulk actions, sums for the insights, sign-ins."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

NEW = {
    "shops": (
        "approves_alone",
        "alone_above",
        "checked_share",
        "alone_promise",
        "alone_since",
        "alone_stopped",
        "tallied_decision",
        "tallied_prediction",
    ),
    "users": ("shopify_id", "language", "seen_at", "barred_at"),
    "products": ("pictures", "collections"),
    "reviews": (
        "label",
        "confidence",
        "vendor",
        "search",
        "has_persons_category",
        "alike",
        "is_check",
        "is_sure",
        "changed_by_us",
        "is_latest",
    ),
    "predictions": ("seconds",),
}
INDEXES = {
    "users": ("shop_id_shopify_id",),
    "reviews": (
        "shop_id_state_confidence_id",
        "shop_id_state_alike_id",
        "shop_id_product_id_id",
        "shop_id_label_id",
        "shop_id_vendor_id",
        "shop_id_is_latest_confidence_id",
        "shop_id_is_latest_alike_id",
        "table",
        "checks",
        "went_wrong",
    ),
    "deliveries": ("shop_id_received_at_topic",),
    "publications": ("shop_id_finished_at_id", "shop_id_label_finished_at_id", "shop_id_reverted_at_id"),
}
OF_SOME_DECISIONS = {
    "ix_decisions_alone": "source = 'alone'",
    "ix_decisions_in_bulk": "bulk_id IS NOT NULL",
}
DECISION = ("bulk_id", "confidence", "model_version", "decides_alone", "seconds", "counts", "undoes_id")
TALLY = (
    "part",
    "day",
    "kind",
    "source",
    "model_version",
    "predicted_label",
    "label",
    "decides_alone",
    "bucket",
)

IN_TABLE = [
    "shop_id",
    "is_latest",
    "id",
    "state",
    "confidence",
    "is_sure",
    "alike",
    "changed_by_us",
    "has_persons_category",
    "created_at",
    "label",
    "search",
]

RELATED = {
    "reviews": ["product_id", "id"],
    "predictions": ["review_id", "id"],
    "decisions": ["review_id", "id"],
    "publications": ["review_id"],
}
"""Indexes by which the rows that belong to others are found from these."""


def upgrade() -> None:
    op.create_table(
        "bulk_actions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("label", sa.String(length=255), nullable=True),
        sa.Column("selection", sa.JSON(), nullable=False),
        sa.Column("undoes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("click", sa.String(length=36), nullable=True),
        sa.Column("newest_prediction", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("newest_decision", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("newest_review", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reviewer", sa.String(length=255), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("reached", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("undo_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lease_token", sa.String(length=36), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id"], ["shops.id"], name=op.f("fk_bulk_actions_shop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_actions")),
        sa.UniqueConstraint("shop_id", "id", name=op.f("uq_bulk_actions_shop_id_id")),
        sa.UniqueConstraint("shop_id", "click", name=op.f("uq_bulk_actions_shop_id_click")),
    )
    op.create_index("ix_bulk_actions_next_attempt_at", "bulk_actions", ["next_attempt_at"], unique=False)

    op.create_table(
        "tallies",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("model_version", sa.String(length=100), nullable=False),
        sa.Column("predicted_label", sa.String(length=255), nullable=False),
        sa.Column("label", sa.String(length=255), nullable=False),
        sa.Column("decides_alone", sa.Boolean(), nullable=False),
        sa.Column("bucket", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id"], ["shops.id"], name=op.f("fk_tallies_shop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tallies")),
        sa.UniqueConstraint("shop_id", *TALLY, name="uq_tallies_sum"),
    )

    op.create_table(
        "setting_changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id"], ["shops.id"], name=op.f("fk_setting_changes_shop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting_changes")),
    )
    op.create_index("ix_setting_changes_shop_id_id", "setting_changes", ["shop_id", "id"], unique=False)

    op.create_table(
        "sign_ins",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("user_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("former_hash", sa.String(length=64), nullable=True),
        sa.Column("renewed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_sign_ins_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_ins")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sign_ins_token_hash")),
    )
    op.create_index("ix_sign_ins_former_hash", "sign_ins", ["former_hash"], unique=False)
    op.create_index("ix_sign_ins_user_id", "sign_ins", ["user_id"], unique=False)

    op.create_table(
        "embeddings",
        sa.Column("model_version", sa.String(length=100), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("review_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["shop_id", "review_id"],
            ["reviews.shop_id", "reviews.id"],
            name=op.f("fk_embeddings_shop_id_review_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["shop_id"], ["shops.id"], name=op.f("fk_embeddings_shop_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_embeddings")),
        sa.UniqueConstraint("shop_id", "review_id", name=op.f("uq_embeddings_shop_id_review_id")),
    )
    op.create_index("ix_embeddings_shop_id_id", "embeddings", ["shop_id", "id"], unique=False)

    with op.batch_alter_table("decisions", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("bulk_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("confidence", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("model_version", sa.String(length=100), nullable=True))
        batch_op.add_column(sa.Column("decides_alone", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("seconds", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("counts", sa.Integer(), nullable=False, server_default=sa.text("0")))
        batch_op.add_column(
            sa.Column("undoes_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_index(op.f("ix_decisions_shop_id_bulk_id"), ["shop_id", "bulk_id"], unique=False)
        batch_op.create_index(
            op.f("ix_decisions_shop_id_created_at_id"), ["shop_id", "created_at", "id"], unique=False
        )
        for column in ("kind", "reviewer", "label"):
            batch_op.create_index(
                op.f(f"ix_decisions_shop_id_{column}_created_at_id"),
                ["shop_id", column, "created_at", "id"],
                unique=False,
            )
        batch_op.create_foreign_key(
            op.f("fk_decisions_shop_id_bulk_id"), "bulk_actions", ["shop_id", "bulk_id"], ["shop_id", "id"]
        )

    for name, condition in OF_SOME_DECISIONS.items():
        op.create_index(
            name,
            "decisions",
            ["shop_id", "created_at", "id"],
            unique=False,
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(condition),
        )
    op.add_column("predictions", sa.Column("seconds", sa.Float(), nullable=True))
    op.create_index("ix_predictions_shop_id_id", "predictions", ["shop_id", "id"], unique=False)

    op.add_column(
        "products", sa.Column("pictures", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
    )
    op.add_column(
        "products", sa.Column("collections", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
    )

    op.create_index(
        "ix_publications_shop_id_finished_at_id",
        "publications",
        ["shop_id", "finished_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_publications_shop_id_label_finished_at_id",
        "publications",
        ["shop_id", "label", "finished_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_publications_shop_id_reverted_at_id",
        "publications",
        ["shop_id", "reverted_at", "id"],
        unique=False,
    )

    op.add_column("reviews", sa.Column("label", sa.String(length=255), nullable=True))
    op.add_column("reviews", sa.Column("confidence", sa.Float(), nullable=True))
    op.add_column("reviews", sa.Column("vendor", sa.Text(), nullable=False, server_default=""))
    op.add_column("reviews", sa.Column("search", sa.Text(), nullable=False, server_default=""))
    op.add_column(
        "reviews", sa.Column("has_persons_category", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column(
        "reviews", sa.Column("alike", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
    )
    for name, otherwise in (("is_sure", sa.false()), ("changed_by_us", sa.false()), ("is_latest", sa.true())):
        op.add_column("reviews", sa.Column(name, sa.Boolean(), nullable=False, server_default=otherwise))
    op.add_column("reviews", sa.Column("is_check", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index(
        "ix_reviews_checks",
        "reviews",
        ["shop_id", "id"],
        unique=False,
        sqlite_where=sa.text("is_check"),
        postgresql_where=sa.text("is_check"),
    )
    op.create_index(
        "ix_reviews_went_wrong",
        "reviews",
        ["shop_id", "state", "id"],
        unique=False,
        sqlite_where=sa.text("error IS NOT NULL"),
        postgresql_where=sa.text("error IS NOT NULL"),
    )
    op.create_index(
        "ix_deliveries_shop_id_received_at_topic",
        "deliveries",
        ["shop_id", "received_at", "topic"],
        unique=False,
    )
    op.create_index("ix_reviews_shop_id_label_id", "reviews", ["shop_id", "label", "id"], unique=False)
    op.create_index("ix_reviews_shop_id_vendor_id", "reviews", ["shop_id", "vendor", "id"], unique=False)
    op.create_index("ix_reviews_table", "reviews", IN_TABLE, unique=False)
    for ordered in ("confidence", "alike"):
        op.create_index(
            f"ix_reviews_shop_id_is_latest_{ordered}_id",
            "reviews",
            ["shop_id", "is_latest", ordered, "id"],
            unique=False,
        )
    op.create_index(
        "ix_reviews_shop_id_product_id_id", "reviews", ["shop_id", "product_id", "id"], unique=False
    )
    op.create_index(
        "ix_reviews_shop_id_state_alike_id", "reviews", ["shop_id", "state", "alike", "id"], unique=False
    )
    op.create_index(
        "ix_reviews_shop_id_state_confidence_id",
        "reviews",
        ["shop_id", "state", "confidence", "id"],
        unique=False,
    )

    op.add_column(
        "shops", sa.Column("approves_alone", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.add_column("shops", sa.Column("alone_above", sa.Float(), nullable=True))
    op.add_column("shops", sa.Column("checked_share", sa.Float(), nullable=False, server_default="0.05"))
    op.add_column("shops", sa.Column("alone_promise", sa.Float(), nullable=True))
    op.add_column("shops", sa.Column("alone_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("shops", sa.Column("alone_stopped", sa.JSON(), nullable=True))
    op.add_column(
        "shops",
        sa.Column(
            "tallied_decision",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            server_default=sa.text("0"),
        ),
    )
    op.add_column(
        "shops",
        sa.Column(
            "tallied_prediction",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            server_default=sa.text("0"),
        ),
    )

    op.add_column("users", sa.Column("shopify_id", sa.String(length=50), nullable=True))
    op.add_column("users", sa.Column("language", sa.String(length=5), nullable=True))
    op.add_column("users", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("users", sa.Column("barred_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_users_shop_id_shopify_id", "users", ["shop_id", "shopify_id"], unique=True)

    for table, columns in RELATED.items():
        op.create_index(f"ix_{table}_{'_'.join(columns)}", table, columns, unique=False)

    fill_reviews()
    fill_decisions()


def fill_reviews() -> None:
    """Of a review that is there already: what was predicted or decided, and what it is searched by."""
    of_review = (
        "FROM predictions p WHERE p.shop_id = reviews.shop_id AND p.review_id = reviews.id "
        "ORDER BY p.id DESC LIMIT 1"
    )
    decided = (
        "SELECT d.label FROM decisions d WHERE d.shop_id = reviews.shop_id AND d.review_id = reviews.id "
        "AND (d.label IS NOT NULL OR d.kind IN ('reopen', 'skip')) ORDER BY d.id DESC LIMIT 1"
    )
    op.execute(
        f"UPDATE reviews SET confidence = (SELECT p.confidence {of_review}), "
        f"label = coalesce(({decided}), (SELECT p.label {of_review}))"
    )
    op.execute(
        "UPDATE reviews SET is_latest = NOT EXISTS (SELECT 1 FROM reviews later "
        "WHERE later.shop_id = reviews.shop_id AND later.product_id = reviews.product_id "
        "AND later.id > reviews.id), "
        "changed_by_us = EXISTS (SELECT 1 FROM publications p JOIN reviews r ON r.id = p.review_id "
        "WHERE r.shop_id = reviews.shop_id AND r.product_id = reviews.product_id "
        "AND p.finished_at IS NOT NULL AND p.reverted_at IS NULL), "
        "is_sure = coalesce((SELECT p.label IS NOT NULL "
        f"AND coalesce(p.sure, 'leaf') = 'leaf' {of_review}), false)"
    )
    connection = op.get_bind()
    rows = sa.text("SELECT r.id, p.title, p.vendor FROM reviews r JOIN products p ON p.id = r.product_id")
    write = sa.text("UPDATE reviews SET vendor = :vendor, search = :search WHERE id = :id")
    values = [
        {"id": id, "vendor": vendor, "search": f"{title} {vendor}".casefold()[:300]}
        for id, title, vendor in connection.execute(rows)
    ]
    if values:
        connection.execute(write, values)
    pictures = sa.text("SELECT id, image_url FROM products WHERE image_url IS NOT NULL")
    known = [{"id": id, "pictures": json.dumps([url])} for id, url in connection.execute(pictures)]
    if known:
        connection.execute(sa.text("UPDATE products SET pictures = :pictures WHERE id = :id"), known)


def fill_decisions() -> None:
    """Of a decision that is there already: the prediction it was about, and what it counts for."""
    of_decision = (
        "FROM predictions p WHERE p.shop_id = decisions.shop_id AND p.review_id = decisions.review_id "
        "AND p.created_at <= decisions.created_at ORDER BY p.id DESC LIMIT 1"
    )
    op.execute(
        f"UPDATE decisions SET confidence = (SELECT p.confidence {of_decision}), "
        f"model_version = (SELECT p.model_version {of_decision}), "
        f"decides_alone = (SELECT p.decides_alone {of_decision})"
    )
    # What was undone since counts for nothing, and so does its undoing.
    undone = (
        "EXISTS (SELECT 1 FROM decisions later WHERE later.shop_id = decisions.shop_id "
        "AND later.review_id = decisions.review_id "
        "AND later.id > decisions.id AND later.kind = 'reopen')"
    )
    op.execute(
        f"UPDATE decisions SET counts = 1 WHERE kind IN ('approve', 'correct', 'skip') AND NOT {undone}"
    )


def downgrade() -> None:
    for table, columns in RELATED.items():
        op.drop_index(f"ix_{table}_{'_'.join(columns)}", table)
    for table, names in INDEXES.items():
        for name in names:
            op.drop_index(f"ix_{table}_{name}", table)
    for name in OF_SOME_DECISIONS:
        op.drop_index(name, "decisions")
    op.drop_index("ix_predictions_shop_id_id", "predictions")
    with op.batch_alter_table("decisions", schema=None) as batch_op:
        for column in ("kind", "reviewer", "label"):
            batch_op.drop_index(op.f(f"ix_decisions_shop_id_{column}_created_at_id"))
        batch_op.drop_constraint(op.f("fk_decisions_shop_id_bulk_id"), type_="foreignkey")
        batch_op.drop_index(op.f("ix_decisions_shop_id_created_at_id"))
        batch_op.drop_index(op.f("ix_decisions_shop_id_bulk_id"))
        for column in DECISION:
            batch_op.drop_column(column)
    # Not in a batch: SQLite would make the tables anew, and dropping the old one deletes what refers to it.
    for table, columns in NEW.items():
        for column in columns:
            op.drop_column(table, column)
    for table in ("embeddings", "sign_ins", "setting_changes", "tallies", "bulk_actions"):
        op.drop_table(table)
