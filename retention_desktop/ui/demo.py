"""A demonstration: a journal of six made-up months, in a folder that is thrown away.

It lies among the temporary files. Whoever closes the window removes it; what a crash has left, the
next demonstration removes. Filling it needs the database layer, and no other start of the window
must wait for that, so it is imported there.
"""

from __future__ import annotations

import shutil
from contextlib import closing, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel

from retention_desktop.paths import VAULT_SUFFIX, resource
from retention_desktop.ui.translation import _
from retention_desktop.vault import KDF_FLOOR

if TYPE_CHECKING:
    from datetime import datetime

PASSPHRASE = "this is only a demonstration"  # noqa: S105 - of nothing that anybody wrote
_BEGINNING = "retention-desktop-demo-"
_LOCK = "demonstration.lock"
_PATIENCE = 10  # seconds, until the process before this one has ended


class Demo:
    """The folder of a demonstration, held by this process until it is let go or removed."""

    def __init__(self, folder: Path, *, patience: float = _PATIENCE) -> None:
        from filelock import FileLock

        self.folder = folder
        self.vault = folder / f"{_('Demonstration')}{VAULT_SUFFIX}"
        self._lock = FileLock(folder / _LOCK)
        self._lock.acquire(timeout=patience)

    @property
    def title(self) -> str:
        """Whose months it shows, for the window's title."""
        titles = {
            "manager": _("A manager’s demonstration – Retention"),
            "practitioner": _("A practitioner’s demonstration – Retention"),
        }
        who = self.folder.name.removeprefix(_BEGINNING).partition("-")[0]
        return titles.get(who, _("A demonstration – Retention"))

    def fill(self, who: str, now: datetime) -> None:
        """Make its journal: six months of a manager or a practitioner, which end about now."""
        from retention_desktop.journal.diary import read_diary
        from retention_desktop.journal.living import live, weeks_to
        from retention_desktop.toolkit.loading import load_toolkit
        from retention_desktop.vault import create_vault, open_vault

        diary = read_diary(resource(f"samples/{who}.json"), load_toolkit())
        create_vault(self.vault, PASSPHRASE, kdf=KDF_FLOOR, now=now)
        with closing(open_vault(self.vault, PASSPHRASE)) as vault:
            live(vault, diary, shift=weeks_to(diary, now.astimezone().date()), until=now)

    def let_go(self) -> None:
        """Leave it to the process that comes after this one."""
        self._lock.release()

    def remove(self) -> None:
        """Leave nothing behind."""
        self._lock.release()
        shutil.rmtree(self.folder, ignore_errors=True)


def new_demo(who: str, now: datetime) -> Demo:
    """A demonstration for a manager or a practitioner; those that are over are removed first."""
    from filelock import Timeout

    for folder in Path(gettempdir()).glob(f"{_BEGINNING}*"):
        if not folder.is_symlink():
            with suppress(Timeout, OSError):  # it goes on, or it is somebody else's
                Demo(folder, patience=0).remove()
    demo = Demo(Path(mkdtemp(prefix=f"{_BEGINNING}{who}-")))  # which a lock does not forget
    demo.fill(who, now)
    return demo


def demo_in(folder: Path) -> Demo | None:
    """The demonstration that goes on in a folder after a lock, if it is the folder of one."""
    is_one = folder.parent == Path(gettempdir()) and folder.name.startswith(_BEGINNING)
    return Demo(folder) if is_one and (folder / _LOCK).exists() else None


class StandingLine(QLabel):
    """What stands above every screen of a demonstration, the locked one too."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A demonstration: everybody is made up, and nothing is kept. "
                "The passphrase is “{passphrase}”."
            ).format(passphrase=PASSPHRASE)
        )
        self.setProperty("look", "chip-on")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        """As high as its lines are at this width: Qt does not ask for that above a window."""
        return QSize(self.width(), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()
