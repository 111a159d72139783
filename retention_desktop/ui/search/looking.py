"""What the search asks of the vault, and what it shows of each thing found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from retention_desktop.journal.everywhere import MOST, findable_tools, search_everywhere
from retention_desktop.journal.filtering import ALL, Filter
from retention_desktop.journal.matching import (
    Findable,
    Pieces,
    Wanted,
    find_in,
    folded,
    marked,
    near,
    wanted_words,
)
from retention_desktop.models.enums import ActionState
from retention_desktop.models.views import ActionHead, Person, SearchHit
from retention_desktop.toolkit.definition import Tool
from retention_desktop.ui.agreed.actions_model import STATE_ICONS
from retention_desktop.ui.agreed.wording import about, standing
from retention_desktop.ui.help.sections import Section, sections
from retention_desktop.ui.journal.records_model import record_date
from retention_desktop.ui.listing import Found
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.drivers import DRIVER_ICONS
from retention_desktop.ui.wording import record_title, short_day, tool_line
from retention_desktop.vault import Vault

SOME = 5  # of a kind, unless all of it is asked for
_TITLE_BEFORE_FOUND = 40  # characters, since one wants to read a title from its beginning


class Kind(StrEnum):
    """The kinds of things that are found, in the order in which they are shown."""

    RECORD = "record"
    ACTION = "action"
    PERSON = "person"
    TOOL = "tool"
    HELP = "help"


class Asked(Struct, frozen=True):
    """What to look for: `words` as they are typed; `wanted` is None where nothing can fit.

    Of the kinds in `whole` all is shown.
    """

    words: str
    wanted: Filter | None
    today: date
    whole: frozenset[Kind] = frozenset()

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is asked for yet."""
        return not self.words.strip() and self.wanted == ALL


class Hit(Struct, frozen=True):
    """Something found. `leads_to` is its id, its alias or its key; `heading` stands above it."""

    kind: Kind
    leads_to: int | str
    icon: str
    tint: str
    title: Pieces
    detail: Pieces
    aside: str
    heading: str = ""


class More(Struct, frozen=True):
    """There are others of a kind: `count` of them together, or None for more than are looked up."""

    kind: Kind
    count: int | None


Row = Hit | More


class Everything(Found[Asked, Row], frozen=True):
    """What was found; `count` is how many things, and `of_each` how many of each kind."""

    of_each: tuple[tuple[Kind, int], ...]


class Looking:
    """Looks everything up. It is made on the UI thread and works on the vault's."""

    def __init__(self, tools: Sequence[Tool]) -> None:
        self._every_tool = tools

    def look_in(
        self,
        vault: Vault,
        asked: Asked,
        limit: int,  # noqa: ARG002 - there is one page
        after: Row | None,  # noqa: ARG002
    ) -> Everything:
        """What fits the question: of each kind some, or all that is looked up."""
        if asked.wanted is None:
            return Everything(asked, (), 0, may_have_more=False, of_each=())
        found = search_everywhere(vault, asked.words, asked.wanted, self._tools, as_you_type=True)
        words = wanted_words(asked.words, as_you_type=True)
        sought = find_in(self._help, words) if asked.wanted == ALL else ()
        # Generators, because most of what is found is not shown, and to mark it takes a while.
        kinds: tuple[tuple[Kind, int, Iterator[Hit]], ...] = (
            (
                Kind.RECORD,
                len(found.records),
                (_of_record(each, words) for each in found.records),
            ),
            (
                Kind.ACTION,
                len(found.actions),
                (_of_action(each, words, asked.today) for each in found.actions),
            ),
            (
                Kind.PERSON,
                len(found.people),
                (_of_person(each, words, asked.today) for each in found.people),
            ),
            (Kind.TOOL, len(found.tools), (_of_tool(each, words) for each in found.tools)),
            (Kind.HELP, len(sought), (_of_help(each, words) for each in sought)),
        )
        return Everything(
            asked,
            tuple(row for kind, count, hits in kinds for row in _shown(kind, count, hits, asked)),
            sum(count for _kind, count, _hits in kinds),
            may_have_more=False,
            of_each=tuple((kind, count) for kind, count, _hits in kinds if count),
        )

    @cached_property
    def _tools(self) -> tuple[Findable[Tool], ...]:
        return findable_tools(self._every_tool)

    @cached_property
    def _help(self) -> tuple[Findable[Section], ...]:
        return tuple(
            Findable(each, folded(each.title), folded(" ".join((each.title, *_lines(each)))))
            for each in sections()
        )


def kind_name(kind: Kind) -> str:
    """What stands above the things of a kind."""
    return {
        Kind.RECORD: _("Records"),
        Kind.ACTION: _("Agreed"),
        Kind.PERSON: _("People"),
        Kind.TOOL: _("Tools"),
        Kind.HELP: _("Help"),
    }[kind]


def _shown(kind: Kind, count: int, hits: Iterator[Hit], asked: Asked) -> Iterator[Row]:
    """What is shown of a kind: some, or all where that is asked for."""
    shown = count if kind in asked.whole else min(count, SOME)
    for place, hit in enumerate(islice(hits, shown)):
        yield hit if place else replace(hit, heading=kind_name(kind))
    if count > shown:
        yield More(kind, count if count < MOST else None)


def _of_record(hit: SearchHit, words: Wanted) -> Hit:
    head = hit.head
    return Hit(
        Kind.RECORD,
        head.id,
        DRIVER_ICONS[head.driver],
        head.driver.value,
        marked(record_title(head), words),
        near(hit.snippet),
        record_date(head),
    )


def _of_action(action: ActionHead, words: Wanted, today: date) -> Hit:
    is_open = action.state is ActionState.OPEN
    said = standing(action, today)
    return Hit(
        Kind.ACTION,
        action.id,
        STATE_ICONS[action.state],
        "accent" if is_open else "muted",
        near(marked(action.text, words), _TITLE_BEFORE_FOUND),
        _telling((about(action), action.why), words),
        said[:1].upper() + said[1:],
    )


def _of_person(person: Person, words: Wanted, today: date) -> Hit:
    met = person.last_met
    return Hit(
        Kind.PERSON,
        person.alias,
        "user-round",
        "accent",
        marked(person.alias, words),
        marked(", ".join(filter(None, (person.role, person.profession))), words),
        _("Last met {day}").format(day=short_day(met, today)) if met else "",
    )


def _of_tool(tool: Tool, words: Wanted) -> Hit:
    steps = (text for step in tool.steps for text in (step.title, step.text))
    prompts = (prompt.label for prompt in tool.prompts)
    return Hit(
        Kind.TOOL,
        tool.id,
        DRIVER_ICONS[tool.driver],
        tool.driver.value,
        marked(tool.title, words),
        _telling((tool.purpose, tool.when, tool.audience, *steps, *prompts), words),
        tool_line(tool),
    )


def _of_help(section: Section, words: Wanted) -> Hit:
    return Hit(
        Kind.HELP,
        section.key,
        "circle-question-mark",
        "muted",
        marked(section.title, words),
        _telling(_lines(section), words),
        "",
    )


def _lines(section: Section) -> tuple[str, ...]:
    keys = (_("{keys}: {meaning}").format(keys=k, meaning=meaning) for k, meaning in section.keys)
    return (*section.sentences, *keys)


def _telling(texts: Iterable[str], words: Wanted) -> Pieces:
    """The text in which most was found, from shortly before it; else the first one."""
    each = [marked(text, words) for text in texts]
    best = max(each, key=lambda pieces: sum(found for _text, found in pieces), default=())
    return near(best)
