"""The fixed vocabularies of the program. Values are what files and the vault hold."""

from enum import StrEnum


class Driver(StrEnum):
    """One of the six drivers of retention. They have no order of importance."""

    LEADERSHIP = "leadership"
    BELONGING = "belonging"
    GROWTH = "growth"
    WELLBEING = "wellbeing"
    FLEXIBILITY = "flexibility"
    RECOGNITION = "recognition"


class Setting(StrEnum):
    """How many people sit down with a tool."""

    SOLO = "solo"
    ONE_TO_ONE = "one-to-one"
    TEAM = "team"


class Role(StrEnum):
    """The groups a tool is made for, for filtering."""

    PRACTITIONER = "practitioner"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    WORKFORCE_LEAD = "workforce-lead"
    TEAM = "team"


class PromptKind(StrEnum):
    """What shape an answer has."""

    LONG_TEXT = "long-text"
    SHORT_TEXT = "short-text"
    SINGLE_CHOICE = "single-choice"
    SEVERAL_CHOICES = "several-choices"
    SCALE = "scale"
    TABLE = "table"
    ACTION = "action"
    DATE = "date"
    THEMES = "themes"
    MATCHED = "matched"
    OVERLAP = "overlap"
    LEVELS = "levels"
    HOURS = "hours"


class Audience(StrEnum):
    """Who an answer is meant for."""

    PRIVATE = "private"
    SHARED = "shared"
    MANAGER = "manager-summary"
    THEMES = "themes-only"


class RecordState(StrEnum):
    """A record is a draft until it is finished."""

    DRAFT = "draft"
    FINISHED = "finished"


class ActionState(StrEnum):
    """Where an agreed action stands."""

    OPEN = "open"
    DONE = "done"
    CHANGED = "changed"
    LET_GO = "let-go"


class ActionKind(StrEnum):
    """What an agreed action is for."""

    TRY = "try"
    DEVELOPMENT = "development"
    SUPPORT = "support"
    ADJUSTMENT = "adjustment"
    ESCALATION = "escalation"


class ReviewOutcome(StrEnum):
    """What became of something on the day it was looked at again."""

    KEEP = "keep"
    ADJUST = "adjust"
    STOP = "stop"


class Form(StrEnum):
    """Where somebody writes what the journal takes as a whole, once it is said to be ready."""

    REVIEW = "review"
    ENDING = "ending"
    LATER = "later"
    EDIT = "edit"
    NEW_ACTION = "new-action"
    DETAILS = "details"
    NEW_PERSON = "new-person"
    SUMMARY = "summary"


class WayOut(StrEnum):
    """How something has left the journal."""

    PDF = "pdf"
    DOCUMENT = "document"
    MARKDOWN = "markdown"
    CARD = "card"
    PRINT = "print"
    CLIPBOARD = "clipboard"
    TRANSFER = "transfer"
