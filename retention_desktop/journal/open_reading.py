"""A journal in the open format as a file brings it, checked before anything of it is kept.

The file may come from anywhere. Every fault is one sentence that names the file and the place, and
never what was written there.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from retention_desktop.errors import BadInput
from retention_desktop.journal import store
from retention_desktop.journal.lists import MOST_ITEMS
from retention_desktop.journal.open_format import (
    Journal,
    OpenAction,
    OpenAnswer,
    OpenBegun,
    OpenBinned,
    OpenDisclosure,
    OpenHandAction,
    OpenPerson,
    OpenQuestion,
    OpenRecord,
    OpenReview,
    folded,
)
from retention_desktop.journal.open_shape import in_shape
from retention_desktop.journal.people import LONGEST_BETWEEN
from retention_desktop.journal.saved import MOST_SEARCHES, SavedSearch
from retention_desktop.journal.strict_json import Place, read_json, refuse
from retention_desktop.models.enums import ActionState, PromptKind
from retention_desktop.models.prompts import Prompt, Value
from retention_desktop.toolkit.answers import LONGEST_CHOICE, YEARS, check_value, only_text
from retention_desktop.toolkit.reading import is_empty

LARGEST = 250_000_000  # bytes

_LONGEST_LINE = 200  # characters of the words of a tool that stand beside an answer
_LONGEST_SEARCH = 1_000
_MOST_DAYS = 36_525  # of a search that looks back
_MOST_FIELDS = 50  # of a form
_VERSIONS = range(1, 1_000_000)
_MOMENTS = range(1970, YEARS[-1] + 1)
_ONE_LINE = Prompt("line", "", PromptKind.SHORT_TEXT)
_RUNNING = Prompt("text", "")

_SHA256 = re.compile("(?:[0-9a-f]{64})?")

_AnyStruct = TypeVar("_AnyStruct", bound=Struct)
_Agreed = TypeVar("_Agreed", OpenAction, OpenHandAction)


def read_journal(path: Path) -> Journal:
    """The journal in a file, whole and checked; raises FileProblem or BadInput for its first fault.

    What is in it is as a vault keeps it: moments in UTC, names without space around them.
    """
    return _Reader(path).journal(in_shape(path, read_json(path, LARGEST)))


class _Reader:
    """Reads one file. A place is the way to it, by names and by numbers from 0."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._aliases: dict[str, str] = {}
        self._questions: dict[int, OpenQuestion] = {}

    def journal(self, journal: Journal) -> Journal:
        """The journal as a vault keeps it."""
        people = tuple(self._person(("people", n), each) for n, each in enumerate(journal.people))
        for n, question in enumerate(journal.questions):
            self._take_question(("questions", n), question)
        records = (self._record(("records", n), each) for n, each in enumerate(journal.records))
        actions = (self._hand_action(("actions", n), e) for n, e in enumerate(journal.actions))
        return replace(
            journal,
            people=people,
            records=tuple(records),
            actions=tuple(actions),
            lists={name: self._list(name, items) for name, items in journal.lists.items()},
            searches=self._searches(journal.searches),
            begun=self._begun((), journal.begun),
            bin=tuple(self._binned(("bin", n), each) for n, each in enumerate(journal.bin)),
        )

    def _refuse(self, place: Place, sentence: str) -> NoReturn:
        refuse(self._path, place, sentence)

    def _person(self, place: Place, person: OpenPerson) -> OpenPerson:
        alias = self._name((*place, "alias"), person.alias, "An alias")
        if folded(alias) in self._aliases:
            self._refuse((*place, "alias"), "this alias stands there twice.")
        self._aliases[folded(alias)] = alias
        if person.meet_every is not None and not 1 <= person.meet_every <= LONGEST_BETWEEN:
            self._refuse((*place, "meet_every"), f"this must be from 1 to {LONGEST_BETWEEN} days.")
        kept = self._kept(
            place, person, moments=("created",), texts=("role", "profession", "working_pattern")
        )
        return replace(kept, alias=alias, begun=self._begun(place, person.begun))

    def _take_question(self, place: Place, question: OpenQuestion) -> None:
        if question.id in self._questions:
            self._refuse((*place, "id"), "this number stands there twice.")
        for name in ("step", "step_title"):
            self._line((*place, name), getattr(question, name))
        self._questions[question.id] = question

    def _record(self, place: Place, record: OpenRecord) -> OpenRecord:
        for name in ("tool", "title"):
            self._line((*place, name), getattr(record, name))
        if record.page:
            self._line((*place, "page"), record.page)
        if record.tool_version not in _VERSIONS:
            self._refuse((*place, "tool_version"), "this must be a whole number from 1.")
        if record.agreed and not record.finished:
            self._refuse((*place, "agreed"), "a draft is not agreed yet.")
        is_draft = record.finished is None
        prompts: dict[str, Prompt] = {}
        answers = []
        for n, answer in enumerate(record.answers):
            answer_place = (*place, "answers", n)
            prompt = self._asked((*answer_place, "question"), answer)
            if prompt.id in prompts:
                self._refuse((*answer_place, "question"), "this is answered in the record already.")
            prompts[prompt.id] = prompt
            value = self._value((*answer_place, "value"), prompt, answer.value, is_draft=is_draft)
            answers.append(replace(answer, value=value))
        kept = self._kept(
            place,
            record,
            moments=("started", "updated", "finished", "agreed"),
            days=("review_on",),
        )
        return replace(
            kept,
            person=self._known((*place, "person"), record.person),
            tags=tuple(
                self._name((*place, "tags", n), tag, "A tag") for n, tag in enumerate(record.tags)
            ),
            answers=tuple(answers),
            actions=tuple(
                self._record_action((*place, "actions", n), each, prompts)
                for n, each in enumerate(record.actions)
            ),
            reviews=self._reviews(place, record.reviews),
            disclosures=tuple(
                self._disclosure((*place, "disclosures", n), each)
                for n, each in enumerate(record.disclosures)
            ),
            begun=self._begun(place, record.begun),
        )

    def _binned(self, place: Place, binned: OpenBinned) -> OpenBinned:
        kept = self._kept(place, binned, moments=("at",))
        return replace(kept, record=self._record((*place, "record"), binned.record))

    def _asked(self, place: Place, answer: OpenAnswer) -> Prompt:
        if answer.question not in self._questions:
            self._refuse(place, "there is no question of this number in the file.")
        return self._questions[answer.question].asked

    def _value(
        self, place: Place, prompt: Prompt, value: object, *, is_draft: bool
    ) -> Value | None:
        if value is None:
            return None
        if is_draft and prompt.kind is PromptKind.ACTION:
            self._refuse(place, "in a draft, what is agreed stands in its actions alone.")
        try:
            checked = check_value(prompt, value)
        except BadInput:  # its sentence may repeat words of the file
            self._refuse(place, "this is no answer to its question.")
        return None if is_empty(prompt, checked) else checked

    def _record_action(
        self, place: Place, action: OpenAction, prompts: Mapping[str, Prompt]
    ) -> OpenAction:
        if action.prompt is not None:
            self._line((*place, "prompt"), action.prompt)
            asked = prompts.get(action.prompt)
            if asked is not None and asked.kind is not PromptKind.ACTION:
                self._refuse((*place, "prompt"), "no action can stand under this question.")
        return self._action(place, action)

    def _hand_action(self, place: Place, action: OpenHandAction) -> OpenHandAction:
        person = self._known((*place, "person"), action.person)
        return replace(self._action(place, action), person=person)

    def _action(self, place: Place, action: _Agreed) -> _Agreed:
        if (action.closed is None) != (action.state is ActionState.OPEN):
            self._refuse((*place, "closed"), "this must be the moment of its end, if it has ended.")
        if not action.text.strip():
            self._refuse((*place, "text"), "there must be words here.")
        kept = self._kept(
            place, action, moments=("created", "closed"), days=("due",), texts=("why",)
        )
        return replace(
            kept,
            text=self._on_one_line((*place, "text"), action.text),
            owner=self._on_one_line((*place, "owner"), action.owner),
            reviews=self._reviews(place, action.reviews),
            begun=self._begun(place, action.begun),
        )

    def _reviews(self, place: Place, reviews: Iterable[OpenReview]) -> tuple[OpenReview, ...]:
        return tuple(
            self._kept(
                (*place, "reviews", n),
                each,
                moments=("done",),
                days=("on", "next_on"),
                texts=("changed", "for_whom"),
            )
            for n, each in enumerate(reviews)
        )

    def _disclosure(self, place: Place, disclosure: OpenDisclosure) -> OpenDisclosure:
        if not _SHA256.fullmatch(disclosure.sha256):
            self._refuse(
                (*place, "sha256"), "this must be 64 signs from 0 to 9 and a to f, or none."
            )
        for n, part in enumerate(disclosure.parts):
            self._text((*place, "parts", n), part)
        return self._kept(place, disclosure, moments=("at",), texts=("for_whom", "kept_because"))

    def _begun(self, place: Place, begun: Iterable[OpenBegun]) -> tuple[OpenBegun, ...]:
        return tuple(self._form((*place, "begun", n), each) for n, each in enumerate(begun))

    def _form(self, place: Place, form: OpenBegun) -> OpenBegun:
        if not 0 < len(form.words) <= _MOST_FIELDS:
            self._refuse((*place, "words"), f"this must be 1 to {_MOST_FIELDS} texts, by name.")
        for name, text in form.words.items():
            self._line((*place, "words"), name)
            self._text((*place, "words"), text)
        return self._kept(place, form, moments=("written",))

    def _list(self, name: str, items: tuple[str, ...]) -> tuple[str, ...]:
        place: Place = ("lists", name)
        self._line(place, name)
        if len(items) > MOST_ITEMS:
            self._refuse(place, f"a list holds at most {MOST_ITEMS} items.")
        for n, item in enumerate(items):
            if not store.is_one_line(item, LONGEST_CHOICE):
                limit = f"1 to {LONGEST_CHOICE} characters on one line"
                self._refuse((*place, n), f"an item is {limit}.")
        return items

    def _searches(self, searches: tuple[SavedSearch, ...]) -> tuple[SavedSearch, ...]:
        if len(searches) > MOST_SEARCHES:
            self._refuse(("searches",), f"there are at most {MOST_SEARCHES}.")
        return tuple(self._search(("searches", n), each) for n, each in enumerate(searches))

    def _search(self, place: Place, search: SavedSearch) -> SavedSearch:
        for name in ("tool", "tag"):
            if getattr(search, name) is not None:
                self._line((*place, name), getattr(search, name))
        if len(search.text) > _LONGEST_SEARCH or only_text(search.text) != search.text:
            limit = f"at most {_LONGEST_SEARCH:,} characters"
            self._refuse((*place, "text"), f"this must be text of {limit}.")
        if search.days is not None and not 0 <= search.days <= _MOST_DAYS:
            self._refuse((*place, "days"), f"this must be from 0 to {_MOST_DAYS}.")
        kept = self._kept(place, search, days=("since", "until"))
        return replace(kept, name=self._name((*place, "name"), search.name, "A name"))

    def _kept(
        self,
        place: Place,
        struct: _AnyStruct,
        *,
        moments: tuple[str, ...] = (),
        days: tuple[str, ...] = (),
        texts: tuple[str, ...] = (),
    ) -> _AnyStruct:
        """The same with these fields as a vault keeps them."""
        fields: dict[str, object] = {}
        for name in moments:
            fields[name] = self._moment((*place, name), getattr(struct, name))
        for name in days:
            self._check_day((*place, name), getattr(struct, name))
        for name in texts:
            fields[name] = self._text((*place, name), getattr(struct, name))
        return replace(struct, **fields)

    def _moment(self, place: Place, moment: datetime | None) -> datetime | None:
        if moment is not None and moment.year not in _MOMENTS:
            self._refuse(place, f"the year must be from {_MOMENTS[0]} to {_MOMENTS[-1]}.")
        return None if moment is None else moment.astimezone(UTC)

    def _check_day(self, place: Place, day: date | None) -> None:
        if day is not None and day.year not in YEARS:
            self._refuse(place, f"the year must be from {YEARS[0]} to {YEARS[-1]}.")

    def _text(self, place: Place, text: str) -> str:
        return self._as_answer(place, _RUNNING, text).strip()

    def _on_one_line(self, place: Place, text: str) -> str:
        return self._as_answer(place, _ONE_LINE, text)

    def _as_answer(self, place: Place, prompt: Prompt, text: str) -> str:
        try:
            return str(check_value(prompt, text))
        except BadInput:
            self._refuse(place, "this must be text of at most 1 MB.")

    def _line(self, place: Place, text: str) -> None:
        if not store.is_one_line(text, _LONGEST_LINE):
            self._refuse(place, f"this must be 1 to {_LONGEST_LINE} characters on one line.")

    def _name(self, place: Place, name: str, what: str) -> str:
        try:
            return store.checked_name(name, what)
        except BadInput as error:
            self._refuse(place, error.sentence)

    def _known(self, place: Place, alias: str | None) -> str | None:
        if alias is None:
            return None
        known = self._aliases.get(folded(alias.strip()))
        if known is None:
            self._refuse(place, "the people of the file have nobody with this alias.")
        return known
