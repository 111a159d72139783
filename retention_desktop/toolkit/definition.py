"""The shape of a tool, as tool files write it."""

from msgspec import Struct

from retention_desktop.models.enums import Driver, Role, Setting
from retention_desktop.models.prompts import Prompt


class Step(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to do. `title` is short, for the list of steps; `text` says what to do and how.

    With `review`, this is the step in which the date to look again is chosen.
    """

    id: str
    title: str
    text: str
    prompts: tuple[Prompt, ...] = ()
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


FollowUp = NoFollowUp | FixedDays | ChosenDate | Repeating


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where the method comes from: the document, and the tool's place in it, counted from 1."""

    document: str
    position: int


class Tool(Struct, frozen=True, forbid_unknown_fields=True):
    """A guided practice tool: who it is for, when, why, and its steps in order."""

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

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """All prompts, in the order of the steps."""
        return tuple(prompt for step in self.steps for prompt in step.prompts)
