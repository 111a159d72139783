"""What the help says, in sections that can be found one by one."""

from __future__ import annotations

from msgspec import Struct

from retention_desktop.ui.translation import _

Keys = tuple[tuple[str, str], ...]  # keys or words that one types, and what each does


class Section(Struct, frozen=True):
    """A part of the help: sentences, and under them keys with what they do."""

    key: str  # by which it is opened
    title: str
    sentences: tuple[str, ...] = ()
    keys: Keys = ()


def sections() -> tuple[Section, ...]:
    """The help, from the top."""
    return (
        Section(
            "writing",
            _("How it works"),
            (
                _(
                    "Choose a tool, follow its steps, skip what does not fit. What you write is "
                    "saved within a second, so there is nothing to press before you close."
                ),
                _(
                    "A record is a draft until you finish it. Then you can read it in the journal "
                    "and share the parts you choose as a PDF."
                ),
            ),
        ),
        Section(
            "bin",
            _("What you remove"),
            (
                _(
                    "A record that you move to the bin stays there for 30 days. Open the bin from "
                    "the journal to put it back, as it was."
                ),
                _(
                    "Meanwhile no list, search or date shows it, and what was agreed in it waits, "
                    "too. After 30 days it is removed for good when you next open your journal."
                ),
            ),
        ),
        Section("keys", _("Keys"), keys=shortcuts()),
        Section("search", _("Keys in the search"), keys=search_shortcuts()),
        Section("narrow", _("Words that narrow a search"), keys=search_words()),
        Section("agreed", _("Keys in the list of what was agreed"), keys=agreed_shortcuts()),
        Section("journal", _("Keys in the journal"), keys=journal_shortcuts()),
        Section("editing", _("Keys while you change a tool"), keys=editing_shortcuts()),
        Section(
            "promises",
            _("What we promise"),
            (
                _(
                    "Everything you write is stored only encrypted, and this program never uses "
                    "the internet."
                ),
                _("When it says “Saved”, a crash or a power cut does not lose it."),
                _("Locking closes your journal and ends the program that held your words."),
                _("Nothing leaves unless you tick it."),
            ),
        ),
        Section(
            "limits",
            _("What we cannot promise"),
            (
                _("If you lose the passphrase, nobody can open your journal."),
                _("While it is open, a harmful program on this computer could read along."),
                _(
                    "Your journal is private, but a court may ask to see it. It is not the case "
                    "record: facts of an incident and concerns about safety belong in the proper "
                    "system."
                ),
            ),
        ),
    )


def shortcuts() -> Keys:
    """Every key and what it does, in the order of use."""
    return (
        ("Ctrl+K", _("Search everything: records, what was agreed, people, tools and help")),
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


def search_shortcuts() -> Keys:
    """The keys of the search everywhere, beside those that work everywhere."""
    return (
        (_("Down"), _("From what you type to what was found")),
        (_("Up"), _("From the first thing found back to what you type")),
        ("Enter", _("Open it")),
        ("Esc", _("Back to what you type; again, and it is cleared")),
    )


def agreed_shortcuts() -> Keys:
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


def journal_shortcuts() -> Keys:
    """The keys of the journal's list and of its calendar."""
    return (
        ("Enter", _("From the search to the first record; in the list, open it")),
        ("Shift+Up, Shift+Down", _("Choose several records")),
        (_("Ctrl+click, Shift+click"), _("Choose several records with the mouse")),
        ("Ctrl+Up, Ctrl+Down", _("Go to another record, keeping those that are chosen")),
        ("Ctrl+Space", _("Choose this record too, or let it go")),
        ("Esc", _("Back to one record")),
        (_("Arrow keys"), _("In the calendar, another day; Enter shows its records")),
        ("PageUp, PageDown", _("In the calendar, the month before and the month after")),
    )


def search_words() -> Keys:
    """What can be typed to narrow a search, with an example of each."""
    return (
        ('person:"Person A"', _("With this person; several words stand in quotes")),
        ("tool:career", _("Made with the tool whose name begins so")),
        ("driver:growth", _("About this driver")),
        ("tag:team", _("With this tag")),
        ("before:2026-11-01", _("Before a day, a month such as 2026-11, or a year")),
        ("after:last month", _("After it: also this or last week, month or year")),
    )


def editing_shortcuts() -> Keys:
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
