"""The real pages of what will leave, as they will look, beside the choices."""

from __future__ import annotations

from functools import partial

from msgspec import Struct
from PySide6.QtCore import QRect, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from retention_desktop.sharing.pdf import render_pdf
from retention_desktop.sharing.pdf.pictures import PagePicture, draw_pages, page_shapes
from retention_desktop.sharing.summary import Summary
from retention_desktop.ui.session import Session
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.page import Scroller, clear
from retention_desktop.ui.widgets.text import label

_BESIDE = 14  # pixels at both sides of a page
_PAUSE_MS = 250  # after the last change, so that nobody waits while they type


class _Drawn(Struct, frozen=True):
    """A PDF, and how high each of its pages is for its width."""

    pdf: bytes
    shapes: tuple[float, ...]


class PagesView(Scroller):
    """Shows the pages of some summaries. Only pages that are in sight are drawn."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._wanted: tuple[Summary, ...] = ()
        self._asked: tuple[Summary, ...] | None = None  # what is being made into a PDF
        self._drawn: _Drawn | None = None
        self._pages: list[_PageView] = []
        self.setAccessibleName(_("What will leave"))
        # Always there, so that a page never gets another width because of its own height.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # to be scrolled with keys
        content = QWidget()
        content.setObjectName("page")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(2, 0, _BESIDE - 2, 0)
        self._column.setSpacing(16)
        self.setWidget(content)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._make)
        self._look = QTimer(self, singleShot=True, interval=0)
        self._look.timeout.connect(self._draw_in_sight)
        self.verticalScrollBar().valueChanged.connect(self._on_moved)
        self._say(_("The pages follow in a moment."))

    def show_summaries(self, summaries: tuple[Summary, ...]) -> None:
        """Show these soon; what is shown stays until then."""
        self._wanted = summaries
        self._pause.start()

    @property
    def is_up_to_date(self) -> bool:
        """Whether the pages are those of what was asked for last."""
        return not self._pause.isActive() and self._asked is None

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look.start()

    @Slot(int)
    def _on_moved(self, _place: int) -> None:
        self._look.start()

    @Slot()
    def _make(self) -> None:
        if self._asked is not None:
            return  # what is wanted by then follows as soon as it is there
        if not self._wanted:
            self._drawn = None
            self._say(_("Nothing is ticked yet."))
            return
        self._asked = self._wanted
        self._session.work(
            self, partial(_draw, self._wanted), done=self._on_made, failed=self._on_failed
        )

    def _on_made(self, drawn: _Drawn) -> None:
        is_latest = self._asked == self._wanted
        self._asked = None
        if not is_latest:
            self._make()
            return
        self._drawn = drawn
        if [page.shape for page in self._pages] != [*drawn.shapes]:
            self._lay_out(drawn.shapes)
        for page in self._pages:
            page.is_old = True
        self._look.start()

    def _on_failed(self, error: BaseException) -> None:
        self._asked = None
        self._say(_("The pages cannot be shown just now."))
        raise error

    def _say(self, words: str) -> None:
        clear(self._column)
        self._pages = []
        self._column.addWidget(label(words, "muted"))
        self._column.addStretch(1)

    def _lay_out(self, shapes: tuple[float, ...]) -> None:
        clear(self._column)
        self._pages = [_PageView(shape) for shape in shapes]
        for page in self._pages:
            self._column.addWidget(page)
        self._column.addStretch(1)

    @Slot()
    def _draw_in_sight(self) -> None:
        """Give the pages their size, then draw those that are in sight.

        Not while Qt is laying them out: a size that is set then lays them out anew, and again.
        """
        room = self.viewport().width() - _BESIDE
        if self._drawn is None or room < 1:
            return
        for page in self._pages:
            page.setFixedHeight(round(room * page.shape))
        self._column.activate()
        in_sight = self.viewport().rect().adjusted(0, -200, 0, 200)
        for number, page in enumerate(self._pages):
            place = QRect(page.mapTo(self.viewport(), page.rect().topLeft()), page.size())
            if page.needs_drawing and place.intersects(in_sight):
                page.is_old = False
                width = round(page.width() * self.devicePixelRatioF())
                self._session.work(
                    page,
                    partial(_draw_one, self._drawn.pdf, number, width),
                    done=page.show_picture,
                    failed=self._on_failed,
                )


class _PageView(QFrame):
    """One page, as high as its width asks; what it says is heard by a screen reader."""

    def __init__(self, shape: float) -> None:
        super().__init__()
        self.shape = shape
        self.is_old = True
        self._image = QImage()
        self.setObjectName("paper")
        self.setAccessibleName(_("A page"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def needs_drawing(self) -> bool:
        """Whether its picture is of what was, or of another size."""
        wide = round(self.width() * self.devicePixelRatioF())
        return self.is_old or (not self._image.isNull() and self._image.width() != wide)

    def show_picture(self, picture: PagePicture) -> None:
        """Show the page."""
        row = 3 * picture.width
        image = QImage(picture.rgb, picture.width, picture.height, row, QImage.Format.Format_RGB888)
        self._image = image.copy()  # else it reads bytes that Python may let go
        self.setAccessibleDescription(picture.text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._image.isNull():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect().adjusted(1, 1, -1, -1), self._image)
            painter.end()


def _draw(summaries: tuple[Summary, ...]) -> _Drawn:
    pdf = render_pdf(*summaries)
    return _Drawn(pdf, page_shapes(pdf))


def _draw_one(pdf: bytes, number: int, width: int) -> PagePicture:
    (picture,) = draw_pages(pdf, [number], width)
    return picture
