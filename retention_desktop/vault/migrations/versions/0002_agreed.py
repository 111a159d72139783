"""When both people agreed a record, and the uses of a tool with one person in order."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add a column, empty for every record there is, and an index."""
    op.add_column("record", sa.Column("agreed", sa.Text))
    op.create_index(
        "ix_record_tool_id_person_id_finished", "record", ["tool_id", "person_id", "finished"]
    )
