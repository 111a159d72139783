"""What somebody began to write into a form."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the table; it begins empty, because no program has kept such words before."""
    abouts = ("record", "action", "person")
    op.create_table(
        "begun",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("form", sa.Text, nullable=False),
        *(sa.Column(f"{about}_id", sa.Integer) for about in abouts),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("written", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_begun"),
        *(
            sa.ForeignKeyConstraint(
                [f"{about}_id"], [f"{about}.id"], name=f"fk_begun_{about}_id", ondelete="CASCADE"
            )
            for about in abouts
        ),
    )
