"""The register of actions, reviews, and what is known of a person."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_DRIVERS = "'leadership', 'belonging', 'growth', 'wellbeing', 'flexibility', 'recognition'"
_KINDS = "'try', 'development', 'support', 'adjustment', 'escalation'"


def upgrade() -> None:
    """Make the table of actions anew with all that is in it, as SQLite asks for; add the rest."""
    for name in ("role", "profession", "working_pattern"):
        op.add_column("person", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("person", sa.Column("meet_every", sa.Integer))
    op.create_index("ix_record_person_id_finished", "record", ["person_id", "finished"])
    op.create_index("ix_record_state_review_on", "record", ["state", "review_on"])
    _renew_actions()
    _create_reviews()


def _renew_actions() -> None:
    op.create_table(
        "new_action",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("record_id", sa.Integer),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("prompt_id", sa.Text),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False, server_default=""),
        sa.Column("due", sa.Date),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("why", sa.Text, nullable=False, server_default=""),
        sa.Column("created", sa.Text, nullable=False),
        sa.Column("closed", sa.Text),
        sa.Column("person_id", sa.Integer),
        sa.Column("driver", sa.String(20)),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name="fk_action_record_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_action_person_id"),
        sa.CheckConstraint(
            "state IN ('open', 'done', 'changed', 'let-go')", name=op.f("ck_action_state")
        ),
        sa.CheckConstraint(f"kind IN ({_KINDS})", name=op.f("ck_action_kind")),
        sa.CheckConstraint(f"driver IN ({_DRIVERS})", name=op.f("ck_action_driver")),
        sa.CheckConstraint("(closed IS NULL) = (state = 'open')", name=op.f("ck_action_closed")),
        sqlite_autoincrement=True,
    )
    # No program has closed an action before this revision; if one is closed all the same, nobody
    # knows since when.
    op.execute(
        "INSERT INTO new_action (id, record_id, position, prompt_id, kind, text, owner, due, state,"
        " created, closed, person_id, driver) "
        "SELECT action.id, record_id, position, prompt_id, 'try', text, owner, due, action.state,"
        " created, CASE action.state WHEN 'open' THEN NULL ELSE created END, person_id, driver "
        "FROM action JOIN record ON record.id = record_id"
    )
    # A number that was given once is never given again.
    op.execute("DELETE FROM sqlite_sequence WHERE name = 'new_action'")
    op.execute("UPDATE sqlite_sequence SET name = 'new_action' WHERE name = 'action'")
    op.drop_table("action")
    op.rename_table("new_action", "action")
    for columns in (
        ["state", "due"],
        ["person_id", "state", "due"],
        ["closed"],
        ["state", "closed"],
        ["record_id"],
    ):
        op.create_index("ix_action_" + "_".join(columns), "action", columns)


def _create_reviews() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("record_id", sa.Integer),
        sa.Column("action_id", sa.Integer),
        sa.Column("on", sa.Date, nullable=False),
        sa.Column("done", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("changed", sa.Text, nullable=False, server_default=""),
        sa.Column("for_whom", sa.Text, nullable=False, server_default=""),
        sa.Column("next_on", sa.Date),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name="fk_review_record_id", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["action_id"], ["action.id"], name="fk_review_action_id", ondelete="CASCADE"
        ),
        sa.CheckConstraint("outcome IN ('keep', 'adjust', 'stop')", name=op.f("ck_review_outcome")),
        sa.CheckConstraint(
            "(record_id IS NULL) <> (action_id IS NULL)", name=op.f("ck_review_of_one")
        ),
        sqlite_autoincrement=True,
    )
    for column in ("record_id", "action_id"):
        op.create_index(f"ix_review_{column}", "review", [column])
