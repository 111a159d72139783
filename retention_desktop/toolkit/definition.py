"""The shape of a tool, as tool files write it."""

from msgspec import Struct

from retention_desktop.models.enums import Driver, Role, Setting
from retention_desktop.models.prompts import Prompt


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to do. `title` is short, for the list of steps; `text` says what to do and how.

    `script` are sentences to read aloud. `minutes` is the time that the step asks for; 0 is open.
    With `review`, this is the step in which the date to look again is chosen.
    """

    id: str
    title: str
    text: str
    prompts: tuple[Prompt, ...] = ()
    script: tuple[str, ...] = ()
    minutes: int = 0
    review: bool = False


class NoFollowUp(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="none"):
    """Nothing has to be looked at again."""


class FixedDays(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="fixed-days"
):
    """Look again after so many days."""

    days: int
    text: str


class ChosenDate(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="chosen-date"
):
    """The people in the room choose the date."""

    text: str


class Repeating(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="repeating"):
    """Use the tool again every so many months (1, 3 or 6)."""

    months: int
    text: str


class AnsweredDate(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="answered-date"
):
    """Look again so many days after the date that was answered to a prompt."""

    prompt: str
    text: str
    days: int = 0


FollowUp = NoFollowUp | FixedDays | ChosenDate | Repeating | AnsweredDate


class Register(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="register"):
    """A line for each use of the tool: its day, the answers to these prompts, the next review."""

    title: str
    text: str
    prompts: tuple[str, ...]


class GatheredThemes(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="themes"
):
    """The themes of all uses, those with the same words together, in their groups."""

    title: str
    text: str
    prompts: tuple[str, ...]


class GatheredRows(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="rows"):
    """The rows of a table, or the texts, of all uses below one another, each with its day."""

    title: str
    text: str
    prompts: tuple[str, ...]


class Fairness(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="fairness"):
    """Who was asked and who was matched, over all uses; who was asked and never matched first.

    `asked` and `matched` name columns of tables that hold aliases, as "prompt/column".
    """

    title: str
    text: str
    asked: str
    matched: str


class Comparison(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="comparison"
):
    """The answers to these prompts in the last use beside those in the use before."""

    title: str
    text: str
    prompts: tuple[str, ...]


class PlannedAndHad(
    Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="planned-and-had"
):
    """The hours that were planned beside those that there were, use after use.

    `planned` and `had` are the ids of two columns of hours in one table.
    """

    title: str
    text: str
    prompt: str
    planned: str
    had: str


Collection = Register | GatheredThemes | GatheredRows | Fairness | Comparison | PlannedAndHad


class Card(Struct, frozen=True, forbid_unknown_fields=True):
    """A card to print or paste, made of the answers to some prompts of a finished record."""

    title: str
    prompts: tuple[str, ...]


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the method comes from: the document, and the tool's place in it, counted from 1."""

    document: str
    position: int


class Tool(Struct, frozen=True, forbid_unknown_fields=True):
    """A guided practice tool: who it is for, when, why, and its steps in order.

    With `themes_only`, nothing is kept about any one person: no record names anybody, and no prompt
    asks for running text. An `agreement` is a living document: each use begins with the last one,
    and its versions can be compared. A `quick` tool can be started from Today with one click. An
    `occasional` one answers something that has happened, so it is never suggested.
    """

    id: str
    version: int
    title: str
    driver: Driver
    setting: Setting
    roles: tuple[Role, ...]
    audience: str
    when: str
    purpose: str
    minutes: int
    steps: tuple[Step, ...]
    closing: str
    follow_up: FollowUp
    source: Source
    also_suits: tuple[Setting, ...] = ()
    themes_only: bool = False
    agreement: bool = False
    quick: bool = False
    occasional: bool = False
    card: Card | None = None
    collections: tuple[Collection, ...] = ()

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """All prompts, in the order of the steps."""
        return tuple(prompt for step in self.steps for prompt in step.prompts)
