"""How often one has agreed to meet somebody, and when one did: in words, and as a row of dates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from retention_desktop.models.views import Person
from retention_desktop.sharing.person import interval_words
from retention_desktop.ui.theme import SMALL, theme
from retention_desktop.ui.translation import _
from retention_desktop.ui.wording import short_day

_SHOWN = 6  # dates in the row


def agreed_words(person: Person) -> str:
    """What was agreed about meeting: "agreed: every four weeks", or ""."""
    if person.meet_every is None:
        return ""
    return _("agreed: {how_often}").format(how_often=interval_words(person.meet_every))


def met_words(person: Person, today: date) -> str:
    """When one last met: "Last met on 3 October", or quietly that it is longer than agreed."""
    if person.last_met is None:
        return _("Not met yet")
    day = short_day(person.last_met, today)
    if is_longer_than_agreed(person, today):
        return _("Not met since {day}").format(day=day)
    return _("Last met on {day}").format(day=day)


def is_longer_than_agreed(person: Person, today: date) -> bool:
    """Whether the agreed time to meet has passed."""
    return person.next_meeting is not None and person.next_meeting < today


class _Piece(Struct, frozen=True):
    """A word of the row: a day one met, the time between two, or the next day."""

    text: str
    is_day: bool
    is_next: bool = False


class MeetingsRow(QWidget):
    """The last days on which one met, the time that lay between, and the next: as many as agreed.

    It is drawn so that it can go on in the next line; a screen reader hears it as a sentence.
    """

    _GAP, _PAD = 8, 10

    def __init__(self, person: Person, met: Sequence[date], today: date) -> None:
        super().__init__()
        self._pieces = tuple(_pieces(person, sorted(met)[-_SHOWN:], today))
        self.setAccessibleName(", ".join(each.text for each in self._pieces))
        self.setFont(theme.font(SMALL, theme.font(SMALL).Weight.DemiBold))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((place.bottom() + 2 for place in self._places(width)), default=0)

    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), self.heightForWidth(theme.px(300)))

    def minimumSizeHint(self) -> QSize:
        widest = max((self._width(each) for each in self._pieces), default=0)
        return QSize(widest + 2, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for piece, place in zip(self._pieces, self._places(self.width()), strict=True):
            if piece.is_day:
                pen = QPen(theme.colour("edge"), 1, Qt.PenStyle.DashLine)
                painter.setPen(pen if piece.is_next else Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("surface" if piece.is_next else "accent_soft"))
                painter.drawRoundedRect(place, 6, 6)
            is_met = piece.is_day and not piece.is_next
            painter.setPen(theme.colour("accent" if is_met else "muted"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, piece.text)
        painter.end()

    @property
    def _height(self) -> int:
        return self.fontMetrics().height() + 10

    def _width(self, piece: _Piece) -> int:
        words = self.fontMetrics().horizontalAdvance(piece.text)
        return words + (2 * self._PAD if piece.is_day else 2)

    def _places(self, width: int) -> Iterator[QRect]:
        left, top = 1, 1
        for piece in self._pieces:
            needed = self._width(piece)
            if left > 1 and left + needed > width:
                left, top = 1, top + self._height + self._GAP
            yield QRect(left, top, needed, self._height)
            left += needed + self._GAP


def _pieces(person: Person, met: Sequence[date], today: date) -> Iterator[_Piece]:
    if met:
        yield _Piece(short_day(met[0], today), is_day=True)
    for before, after in pairwise(met):
        yield _Piece(_between((after - before).days), is_day=False)
        yield _Piece(short_day(after, today), is_day=True)
    if person.next_meeting is not None:
        # Quietly also where that day has passed: nothing here counts how late one is.
        text = _("agreed: by {day}").format(day=short_day(person.next_meeting, today))
        yield _Piece(text, is_day=True, is_next=True)


def _between(days: int) -> str:
    """The time between two days, in weeks where that is close enough."""
    if days == 1:
        return _("1 day")
    if days < 11:
        return _("{count} days").format(count=days)
    return _("{count} weeks").format(count=round(days / 7))
