"""The first schema. New vaults are made from `models.tables`; a test holds the two together."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None

_DRIVERS = "'leadership', 'belonging', 'growth', 'wellbeing', 'flexibility', 'recognition'"
_AUDIENCES = "'private', 'shared', 'manager-summary', 'themes-only'"


def upgrade() -> None:
    """Make every table, index and the search index."""
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("alias", sa.Text(collation="NOCASE"), nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        sa.UniqueConstraint("alias", name="uq_person_alias"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text(collation="NOCASE"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tag"),
        sa.UniqueConstraint("name", name="uq_tag_name"),
    )
    op.create_table(
        "vault_meta",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_vault_meta"),
    )
    op.create_table(
        "record",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("tool_id", sa.Text, nullable=False),
        sa.Column("tool_version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("driver", sa.String(20), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("started", sa.Text, nullable=False),
        sa.Column("updated", sa.Text, nullable=False),
        sa.Column("finished", sa.Text),
        sa.Column("person_id", sa.Integer),
        sa.Column("review_on", sa.Date),
        sa.Column("page", sa.Text, nullable=False, server_default=""),
        sa.Column("preview", sa.Text, nullable=False, server_default=""),
        sa.PrimaryKeyConstraint("id", name="pk_record"),
        sa.CheckConstraint(
            "(finished IS NOT NULL) = (state = 'finished')", name=op.f("ck_record_finished")
        ),
        sa.CheckConstraint(f"driver IN ({_DRIVERS})", name=op.f("ck_record_driver")),
        sa.CheckConstraint("state IN ('draft', 'finished')", name=op.f("ck_record_state")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_record_person_id"),
        sqlite_autoincrement=True,
    )
    for columns in (
        ["updated"],
        ["tool_id", "updated"],
        ["driver", "updated"],
        ["state", "updated"],
        ["person_id", "updated"],
    ):
        op.create_index("ix_record_" + "_".join(columns), "record", columns)
    op.create_table(
        "action",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("record_id", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("prompt_id", sa.Text),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False, server_default=""),
        sa.Column("due", sa.Date),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("created", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name="fk_action_record_id", ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "state IN ('open', 'done', 'changed', 'let-go')", name=op.f("ck_action_state")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_action_record_id", "action", ["record_id"])
    op.create_index("ix_action_state_due", "action", ["state", "due"])
    op.create_table(
        "answer",
        sa.Column("record_id", sa.Integer, nullable=False),
        sa.Column("prompt_id", sa.Text, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("step_id", sa.Text, nullable=False),
        sa.Column("step_title", sa.Text, nullable=False),
        sa.Column("audience", sa.String(20), nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("value", sa.Text),
        sa.PrimaryKeyConstraint("record_id", "prompt_id", name="pk_answer"),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name="fk_answer_record_id", ondelete="CASCADE"
        ),
        sa.CheckConstraint(f"audience IN ({_AUDIENCES})", name=op.f("ck_answer_audience")),
    )
    op.create_table(
        "record_tag",
        sa.Column("record_id", sa.Integer, nullable=False),
        sa.Column("tag_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("record_id", "tag_id", name="pk_record_tag"),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name="fk_record_tag_record_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tag_id"], ["tag.id"], name="fk_record_tag_tag_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_record_tag_tag_id", "record_tag", ["tag_id"])
    op.create_table(
        "search_pending",
        sa.Column("record_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("record_id", name="pk_search_pending"),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name="fk_search_pending_record_id", ondelete="CASCADE"
        ),
    )
    op.execute(
        "CREATE VIRTUAL TABLE record_search USING fts5("
        "title, body, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
    )
    op.execute("INSERT INTO record_search (record_search, rank) VALUES ('secure-delete', 1)")
