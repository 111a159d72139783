"""What has left the journal."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_WAYS = "'pdf', 'document', 'markdown', 'card', 'print', 'clipboard', 'transfer'"


def upgrade() -> None:
    """Add the log; it begins empty, because no program has kept one before."""
    op.create_table(
        "disclosure",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("for_whom", sa.Text, nullable=False, server_default=""),
        sa.Column("sha256", sa.Text, nullable=False, server_default=""),
        sa.Column("kept_because", sa.Text, nullable=False, server_default=""),
        sa.CheckConstraint(f"way IN ({_WAYS})", name=op.f("ck_disclosure_way")),
        sa.PrimaryKeyConstraint("id", name="pk_disclosure"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "disclosed",
        sa.Column("disclosure_id", sa.Integer, nullable=False),
        sa.Column("record_id", sa.Integer, nullable=False),
        sa.Column("parts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("disclosure_id", "record_id", name="pk_disclosed"),
        *(
            sa.ForeignKeyConstraint(
                [f"{of}_id"], [f"{of}.id"], name=f"fk_disclosed_{of}_id", ondelete="CASCADE"
            )
            for of in ("disclosure", "record")
        ),
    )
    op.create_index("ix_disclosed_record_id", "disclosed", ["record_id"])
