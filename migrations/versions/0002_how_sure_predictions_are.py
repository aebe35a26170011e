"""how sure predictions are, and what they were made from."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

NEW = ("sure", "category", "category_confidence", "kind", "decides_alone")


def upgrade() -> None:
    with op.batch_alter_table("predictions", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sure", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("category", sa.String(length=255), nullable=True))
        batch_op.add_column(sa.Column("category_confidence", sa.Float(), nullable=True))
        batch_op.add_column(sa.Column("kind", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("decides_alone", sa.Boolean(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("predictions", schema=None) as batch_op:
        for name in reversed(NEW):
            batch_op.drop_column(name)
