"""Why a check failed, as a sentence with its words apart, to be said in any language (未能核查的原因)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("results", "submissions")


def upgrade() -> None:
    """Add the columns; what failed before keeps its sentence in the language it was said in."""
    for table in TABLES:
        op.add_column(table, sa.Column("saying", sa.Text(), nullable=True))


def downgrade() -> None:
    """Undo it."""
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("saying")
