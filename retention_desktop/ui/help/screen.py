"""Help: every key, and what the program does and does not promise."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout

from retention_desktop import __version__
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.page import READING, Page
from retention_desktop.ui.widgets.text import label


class HelpScreen(Page):
    """A page to read."""

    def __init__(self) -> None:
        super().__init__(_("Help"), width=READING)
        self.column.setSpacing(10)
        for paragraph in (
            _(
                "Choose a tool, follow its steps, skip what does not fit. What you write is saved "
                "within a second, so there is nothing to press before you close."
            ),
            _(
                "A record is a draft until you finish it. Then you can read it in the journal and "
                "share the parts you choose as a PDF."
            ),
        ):
            self.column.addWidget(label(paragraph, "reading"))
        self.column.addSpacing(8)
        self.column.addWidget(label(_("Keys"), "section"))
        self.column.addLayout(_key_grid(shortcuts()))
        self.column.addSpacing(8)
        self.column.addWidget(label(_("Keys in the list of what was agreed"), "section"))
        self.column.addLayout(_key_grid(agreed_shortcuts()))
        self.column.addSpacing(8)
        self.column.addWidget(label(_("Keys in the journal"), "section"))
        self.column.addLayout(_key_grid(journal_shortcuts()))
        self.column.addSpacing(8)
        self.column.addWidget(label(_("Words that narrow a search"), "section"))
        self.column.addLayout(_key_grid(search_words()))
        self.column.addSpacing(8)
        self.column.addWidget(label(_("Keys while you change a tool"), "section"))
        self.column.addLayout(_key_grid(editing_shortcuts()))
        self.column.addSpacing(8)
        self.column.addWidget(label(_("What we promise"), "section"))
        for promise in (
            _(
                "Everything you write is stored only encrypted, and this program never uses the "
                "internet."
            ),
            _("When it says “Saved”, a crash or a power cut does not lose it."),
            _("Locking closes your journal and ends the program that held your words."),
            _("Nothing leaves unless you tick it."),
        ):
            self.column.addWidget(label(promise, "body"))
        self.column.addSpacing(8)
        self.column.addWidget(label(_("What we cannot promise"), "section"))
        for limit in (
            _("If you lose the passphrase, nobody can open your journal."),
            _("While it is open, a harmful program on this computer could read along."),
            _(
                "Your journal is private, but a court may ask to see it. "
                "It is not the case record: "
                "facts of an incident and concerns about safety belong in the proper system."
            ),
        ):
            self.column.addWidget(label(limit, "body"))
        self.column.addSpacing(12)
        self.column.addWidget(label(_("Version {version}").format(version=__version__), "small"))
        self.column.addStretch(1)


def shortcuts() -> tuple[tuple[str, str], ...]:
    """Every key and what it does, in the order of use."""
    return (
        ("Ctrl+K", _("Search your journal")),
        ("Ctrl+1, 2, 3, 4, 5, 6", _("Today, toolkit, journal, agreed, people, insights")),
        ("Ctrl+N", _("Begin at once with what Today offers as quick")),
        ("Ctrl+Enter", _("Next page of a tool, from inside the text too")),
        ("Alt+Left", _("Page before")),
        ("Ctrl+S", _("Save at once; it is saved anyway")),
        ("Esc", _("Close what is open; drafts are kept")),
        ("Tab, Shift+Tab", _("Next and previous control")),
        ("F6", _("From the list of places to the page, and back")),
        ("Ctrl+,", _("Settings")),
        ("F8", _("Together mode, where a tool is for two or a team; again to leave it")),
        ("PageDown/PageUp", _("In Together mode, the next page and the one before")),
        ("F9", _("Cover the window at once, and show it again; in Together mode B and . too")),
        ("Ctrl+L", _("Lock now")),
        ("F1", _("This page")),
    )


def agreed_shortcuts() -> tuple[tuple[str, str], ...]:
    """The keys of the register, beside those that work everywhere."""
    return (
        ("Enter", _("Open it")),
        ("S", _("Let it come back a week later; on Today too")),
        ("D", _("It is done")),
        ("C", _("It changed")),
        ("L", _("Let it go")),
        ("E", _("Edit it")),
        ("R", _("Look at it now")),
    )


def journal_shortcuts() -> tuple[tuple[str, str], ...]:
    """The keys of the journal's list and of its calendar."""
    return (
        ("Enter", _("From the search to the first record; in the list, open it")),
        ("Shift+Up, Shift+Down", _("Choose several records")),
        ("Ctrl+Up, Ctrl+Down", _("Go to another record, keeping those that are chosen")),
        ("Ctrl+Space", _("Choose this record too, or let it go")),
        ("Esc", _("Back to one record")),
        (_("Arrow keys"), _("In the calendar, another day; Enter shows its records")),
        ("PageUp, PageDown", _("In the calendar, the month before and the month after")),
    )


def search_words() -> tuple[tuple[str, str], ...]:
    """What can be typed in the search line of the journal, with an example of each."""
    return (
        ('person:"Person A"', _("Records with this person; several words stand in quotes")),
        ("tool:career", _("Made with the tool whose name begins so")),
        ("driver:growth", _("About this driver")),
        ("tag:team", _("With this tag")),
        ("before:2026-11-01", _("Before a day, a month such as 2026-11, or a year")),
        ("after:last month", _("After it: also this or last week, month or year")),
    )


def editing_shortcuts() -> tuple[tuple[str, str], ...]:
    """The keys of the editor of tools, beside those that work everywhere."""
    return (
        ("Ctrl+Z", _("Undo")),
        ("Ctrl+Shift+Z, Ctrl+Y", _("Redo")),
        ("Ctrl+Enter", _("Add a question")),
        ("Ctrl+Shift+Enter", _("Add a step")),
        ("Ctrl+D", _("Copy the step or the question")),
        ("Alt+Shift+Up", _("Move it up")),
        ("Alt+Shift+Down", _("Move it down")),
        ("Delete", _("In the outline, remove it")),
        ("Ctrl+S", _("Save at once; it is saved anyway")),
    )


def _key_grid(shown: tuple[tuple[str, str], ...]) -> QGridLayout:
    keys = QGridLayout()
    keys.setHorizontalSpacing(24)
    keys.setVerticalSpacing(8)
    for row, (key, meaning) in enumerate(shown):
        keys.addWidget(label(key, "strong", wrap=False), row, 0)
        keys.addWidget(label(meaning, "body"), row, 1)
    keys.setColumnStretch(1, 1)
    return keys
