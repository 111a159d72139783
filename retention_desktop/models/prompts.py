"""What is asked, and what an answer can be.

A record keeps each prompt as it was asked, so these shapes are part of the store.
"""

from typing import TypeAlias

from msgspec import Struct

from retention_desktop.models.enums import ActionKind, Audience, PromptKind

TableRow: TypeAlias = dict[str, str | int]

# By kind of prompt: texts, a choice, a date (ISO, "2026-11-22") and hours ("1.5") are str; a scale
# is int, from 1; several choices are a list of str; all other kinds are a list of rows:
#   table, levels   a cell for each column in which something was written
#   action          {"text", "owner", "due"}, of which owner and due may be missing
#   themes          {"text", "count", "group"}, of which count and group may be missing
#   matched         {"noticed", "response"}; the responses to one sign stand a line each
#   overlap         {"text", "area"}; the area is one of the three options
Value: TypeAlias = str | int | list[str] | list[TableRow]


class Column(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One column of a table. `kind` is a short text, a single choice, a scale, a date or hours.

    `meanings` say what each option of a choice means. `like` names a "prompt/column" of the same
    tool whose texts are offered while one writes here.
    """

    id: str
    label: str
    kind: PromptKind = PromptKind.SHORT_TEXT
    help: str = ""
    options: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    points: int = 5
    like: str = ""


class OnlyIf(Struct, frozen=True, forbid_unknown_fields=True):
    """A question is asked only if an earlier single choice has one of these answers.

    Where nothing was chosen there, its first option counts.
    """

    prompt: str
    answers: tuple[str, ...]


class Response(Struct, frozen=True, forbid_unknown_fields=True):
    """What may be offered when one sign, an option of another prompt, was noticed."""

    to: str
    offers: tuple[str, ...]


class Prompt(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What is asked, and what shape the answer has. It is private unless `audience` says otherwise.

    What belongs to which kind:

    - `options`: the choices; the three areas of an overlap (one, both, the other);
    - `own_list`: several choices that people may add to; the name of the list that remembers them;
    - `most`: the most choices, rows, themes or actions; 0 is any number;
    - `agrees`: the kind of the actions that are agreed under an action prompt;
    - `words`: a gentle hint for texts that about so many words are plenty; never a limit;
    - `language_help`: a long text in which wording that may exclude or confuse is pointed out;
    - `low`, `high` (the worded ends) and `points`: a scale;
    - `columns`: tables and levels. Levels have a name first, then choices of the same options,
      which rise. `rows` are names that stand in the first column and cannot be changed;
    - `groups` and `counted`: what themes are sorted into; whether each can carry a count;
    - `about`: earlier prompts this builds on: the choice that a matched prompt answers, the two
      prompts whose lines an overlap starts with, the date that `days` are counted from;
    - `responses`: a matched prompt.

    For any kind: `minutes` is a slot of time; `ask_first` a sentence to tick before the question
    opens; `carries` begins with what was written here the last time; `recalls` are prompts whose
    answers of the last time are shown beside; `only_if` is when to ask at all.
    """

    id: str
    label: str
    kind: PromptKind = PromptKind.LONG_TEXT
    help: str = ""
    audience: Audience = Audience.PRIVATE
    options: tuple[str, ...] = ()
    own_list: str = ""
    most: int = 0
    agrees: ActionKind = ActionKind.TRY
    words: int = 0
    language_help: bool = False
    low: str = ""
    high: str = ""
    points: int = 5
    columns: tuple[Column, ...] = ()
    rows: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    counted: bool = False
    about: tuple[str, ...] = ()
    days: int = 0
    responses: tuple[Response, ...] = ()
    minutes: int = 0
    ask_first: str = ""
    carries: bool = False
    recalls: tuple[str, ...] = ()
    only_if: OnlyIf | None = None
