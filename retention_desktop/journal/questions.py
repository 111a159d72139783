"""The questions that records answer: each is told once, and named by a number."""

from collections.abc import Mapping

from msgspec.structs import replace

from retention_desktop.journal import store
from retention_desktop.journal.open_format import OpenQuestion, OpenRecord


class Questions:
    """Numbers for prompts as they were asked, in the order in which they are met."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, str], int] = {}

    def number(self, step: str, step_title: str, asked: str) -> int:
        """The number of a question; `asked` is in its stored form."""
        return self._numbers.setdefault((step, step_title, asked), len(self._numbers) + 1)

    def take(self, record: OpenRecord, known: Mapping[int, OpenQuestion]) -> OpenRecord:
        """The record with the numbers of here; `known` are its questions by the numbers it has."""
        asked = [known[answer.question] for answer in record.answers]
        numbers = [self.number(q.step, q.step_title, store.to_text(q.asked)) for q in asked]
        answers = (
            replace(answer, question=number)
            for answer, number in zip(record.answers, numbers, strict=True)
        )
        return replace(record, answers=tuple(answers))

    def all(self) -> tuple[OpenQuestion, ...]:
        """Every question that has a number."""
        return tuple(
            OpenQuestion(number, step, step_title, store.to_prompt(asked))
            for (step, step_title, asked), number in self._numbers.items()
        )
