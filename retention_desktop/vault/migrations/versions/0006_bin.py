"""The bin."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_DRIVERS = "'leadership', 'belonging', 'growth', 'wellbeing', 'flexibility', 'recognition'"


def upgrade() -> None:
    """Add the bin; it is empty, because what was removed before is gone."""
    op.create_table(
        "binned",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("person_id", sa.Integer),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("driver", sa.String(20), nullable=False),
        sa.Column("started", sa.Text, nullable=False),
        sa.Column("finished", sa.Text),
        sa.Column("content", sa.Text, nullable=False),
        sa.CheckConstraint(f"driver IN ({_DRIVERS})", name=op.f("ck_binned_driver")),
        sa.PrimaryKeyConstraint("id", name="pk_binned"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name="fk_binned_person_id", ondelete="CASCADE"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_binned_at", "binned", ["at"])
