"""The tables of the store, as SQLAlchemy Core has them, and the search index beside them.

A change here needs a migration in `vault/migrations/`; a test holds the two together.
"""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import (
    DDL,
    CheckConstraint,
    Column,
    Date,
    Dialect,
    Enum,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    event,
)
from sqlalchemy import column as light_column
from sqlalchemy import table as light_table
from sqlalchemy.types import TypeDecorator

from retention_desktop.models.enums import (
    ActionKind,
    ActionState,
    Audience,
    Driver,
    RecordState,
    ReviewOutcome,
    WayOut,
)


class UtcText(TypeDecorator[datetime]):
    """A moment, kept as UTC text such as "2026-11-22T14:02:09.000512Z". Its order is time's.

    Takes and gives aware datetimes; gives them in UTC. A naive one is a bug and raises ValueError.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> str | None:
        """Write the moment as UTC text."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be kept")
        utc = value.astimezone(UTC).replace(tzinfo=None)
        return utc.isoformat(timespec="microseconds") + "Z"

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002 - SQLAlchemy's signature
    ) -> datetime | None:
        """Read the moment back as an aware datetime in UTC."""
        return None if value is None else datetime.fromisoformat(value)


def _one_of(enum: type[StrEnum], column: str) -> Enum:
    return Enum(
        enum,
        name=column,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

vault_meta = Table(
    "vault_meta",
    metadata,
    Column("key", Text, primary_key=True, nullable=False),
    Column("value", Text, nullable=False),
)

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("alias", Text(collation="NOCASE"), nullable=False, unique=True),
    Column("created", UtcText, nullable=False),
    Column("role", Text, nullable=False, server_default=""),
    Column("profession", Text, nullable=False, server_default=""),
    Column("working_pattern", Text, nullable=False, server_default=""),
    Column("meet_every", Integer),  # days
    sqlite_autoincrement=True,
)

record = Table(
    "record",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("tool_id", Text, nullable=False),
    Column("tool_version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("driver", _one_of(Driver, "driver"), nullable=False),
    Column("state", _one_of(RecordState, "state"), nullable=False),
    Column("started", UtcText, nullable=False),
    Column("updated", UtcText, nullable=False),
    Column("finished", UtcText),
    Column("agreed", UtcText),  # when both people had read what was written, and agreed it
    Column("person_id", ForeignKey("person.id")),
    Column("review_on", Date),
    Column("page", Text, nullable=False, server_default=""),
    Column("preview", Text, nullable=False, server_default=""),
    CheckConstraint("(finished IS NOT NULL) = (state = 'finished')", name="finished"),
    # SQLite ends every index with the row's id, so each of these also gives "newest first":
    # ORDER BY updated DESC, id DESC.
    Index(None, "updated"),
    Index(None, "tool_id", "updated"),
    Index(None, "driver", "updated"),
    Index(None, "state", "updated"),
    Index(None, "person_id", "updated"),
    # The uses of one tool with one person, in order: a version, and the one before it.
    Index(None, "tool_id", "person_id", "finished"),
    Index(None, "person_id", "finished"),  # when one last met
    Index(None, "state", "review_on"),
    sqlite_autoincrement=True,
)

answer = Table(
    "answer",
    metadata,
    Column("record_id", ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
    Column("prompt_id", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("step_id", Text, nullable=False),
    Column("step_title", Text, nullable=False),
    Column("audience", _one_of(Audience, "audience"), nullable=False),
    Column("asked", Text, nullable=False),  # JSON of models.prompts.Prompt, exactly as it was asked
    Column("value", Text),  # JSON of models.prompts.Value
)

action = Table(
    "action",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", ForeignKey("record.id", ondelete="CASCADE")),  # none: added by hand
    Column("position", Integer, nullable=False),
    Column("prompt_id", Text),
    Column("kind", _one_of(ActionKind, "kind"), nullable=False),
    Column("text", Text, nullable=False),
    Column("owner", Text, nullable=False, server_default=""),
    Column("due", Date),
    Column("state", _one_of(ActionState, "state"), nullable=False),
    Column("why", Text, nullable=False, server_default=""),
    Column("created", UtcText, nullable=False),
    Column("closed", UtcText),
    # Those of its record, where it has one: kept here too, so that an index can lead to them.
    Column("person_id", ForeignKey("person.id")),
    Column("driver", _one_of(Driver, "driver")),
    CheckConstraint("(closed IS NULL) = (state = 'open')", name="closed"),
    Index(None, "state", "due"),
    Index(None, "person_id", "state", "due"),
    Index(None, "closed"),
    Index(None, "state", "closed"),
    Index(None, "record_id"),
    sqlite_autoincrement=True,
)

review = Table(
    "review",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("record_id", ForeignKey("record.id", ondelete="CASCADE")),
    Column("action_id", ForeignKey("action.id", ondelete="CASCADE")),
    Column("on", Date, nullable=False),  # the day that was agreed for it
    Column("done", UtcText, nullable=False),
    Column("outcome", _one_of(ReviewOutcome, "outcome"), nullable=False),
    Column("changed", Text, nullable=False, server_default=""),
    Column("for_whom", Text, nullable=False, server_default=""),
    Column("next_on", Date),
    CheckConstraint("(record_id IS NULL) <> (action_id IS NULL)", name="of_one"),
    Index(None, "record_id"),
    Index(None, "action_id"),
    sqlite_autoincrement=True,
)

# What somebody began to write into a form and has not kept yet. It goes with what it is about; a
# form about nothing has no ids. There are few rows, so no index leads to them; and no list of the
# forms stands here, so that another form needs no migration.
begun = Table(
    "begun",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("form", Text, nullable=False),
    Column("record_id", ForeignKey("record.id", ondelete="CASCADE")),
    Column("action_id", ForeignKey("action.id", ondelete="CASCADE")),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE")),
    Column("words", Text, nullable=False),  # JSON: the fields of the form and what is in them
    Column("written", UtcText, nullable=False),
)

# What has left the journal, and what of which record was in it.
disclosure = Table(
    "disclosure",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcText, nullable=False),
    Column("way", _one_of(WayOut, "way"), nullable=False),
    Column("for_whom", Text, nullable=False, server_default=""),
    Column("sha256", Text, nullable=False, server_default=""),  # of the file, in hex
    Column("kept_because", Text, nullable=False, server_default=""),
    sqlite_autoincrement=True,
)

disclosed = Table(
    "disclosed",
    metadata,
    Column("disclosure_id", ForeignKey("disclosure.id", ondelete="CASCADE"), primary_key=True),
    Column("record_id", ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
    Column("parts", Text, nullable=False),  # JSON: their headings, as they left
    Index(None, "record_id"),
)

# Records in the bin, moved out of the tables above, so that nothing else has to look past them.
binned = Table(
    "binned",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcText, nullable=False),
    Column("person_id", ForeignKey("person.id", ondelete="CASCADE")),
    Column("title", Text, nullable=False),
    Column("driver", _one_of(Driver, "driver"), nullable=False),
    Column("started", UtcText, nullable=False),
    Column("finished", UtcText),
    Column("content", Text, nullable=False),  # JSON of journal.binned.Kept: the record whole
    Index(None, "at"),
    sqlite_autoincrement=True,
)

tag = Table(
    "tag",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text(collation="NOCASE"), nullable=False, unique=True),
)

record_tag = Table(
    "record_tag",
    metadata,
    Column("record_id", ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
    Column("tag_id", ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True),
    Index(None, "tag_id"),
)

# Records whose row in the full-text index is older than what they hold. To replace a row of 200
# words and overwrite the old ones takes about 7 ms at 1,000 records and 50 ms at 100,000, against
# 1 ms for a plain insert. So an autosave only notes the record here; the row is brought up to date
# before the next search, on finishing, and before the vault is closed.
search_pending = Table(
    "search_pending",
    metadata,
    Column("record_id", ForeignKey("record.id", ondelete="CASCADE"), primary_key=True),
)

# The full-text index. It is no Table: `metadata` cannot describe a virtual table, and alembic
# would take its shadow tables for its own. Its rowid is the record's id.
record_search = light_table(
    "record_search",
    light_column("rowid", Integer),
    light_column("title", Text),
    light_column("body", Text),
)

_SEARCH_OPTIONS = "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'"
SEARCH_DDL = (
    f"CREATE VIRTUAL TABLE record_search USING fts5(title, body, {_SEARCH_OPTIONS})",
    # Without this the words of a deleted text stay in the index, whatever `secure_delete` says.
    "INSERT INTO record_search (record_search, rank) VALUES ('secure-delete', 1)",
)

for _statement in SEARCH_DDL:
    event.listen(metadata, "after_create", DDL(_statement))  # type: ignore[no-untyped-call]
