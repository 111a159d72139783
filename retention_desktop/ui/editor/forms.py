"""The forms: of a tool, of a step, of a question and of a column."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from retention_desktop.models.enums import Audience, PromptKind
from retention_desktop.models.prompts import Column, Prompt
from retention_desktop.toolkit.definition import (
    AnsweredDate,
    ChosenDate,
    FixedDays,
    FollowUp,
    NoFollowUp,
    Repeating,
    Step,
    Tool,
)
from retention_desktop.toolkit.editing import Editing
from retention_desktop.toolkit.faults import Fault
from retention_desktop.toolkit.kinds import may_have
from retention_desktop.toolkit.naming import NEW_LIST
from retention_desktop.toolkit.parts import Part, inner_at, piece_at
from retention_desktop.toolkit.wording import quoted
from retention_desktop.ui.audiences import audience_name
from retention_desktop.ui.editor.form import Change, Form
from retention_desktop.ui.editor.wording import (
    column_kind_names,
    driver_names,
    follow_up_names,
    kind_names,
    role_names,
    setting_names,
)
from retention_desktop.ui.translation import _
from retention_desktop.ui.widgets.buttons import button, icon_button
from retention_desktop.ui.widgets.page import button_row, card
from retention_desktop.ui.widgets.text import label

_LONGEST_TITLE, _LONGEST_STEP = 60, 40


class ToolForm(Form):
    """What is said of the tool as a whole."""

    def __init__(self, tool: Tool) -> None:
        super().__init__(())
        self._tool = tool
        self.add_line("title", _("Title"), tool.title, longest=_LONGEST_TITLE)
        self.add_words("purpose", _("What it is for"), tool.purpose)
        self.add_words("audience", _("Who it is for"), tool.audience)
        self.add_words("when", _("When to use it"), tool.when)
        self.add_number("minutes", _("Minutes it takes"), tool.minutes, 1, 240)
        self.add_combo("setting", _("How many sit down"), setting_names(), tool.setting)
        self.add_combo("driver", _("Which driver it belongs to"), driver_names(), tool.driver)
        self.column.addWidget(label(_("Listed for"), "strong"))
        for role, name in role_names().items():
            tick = self.add_tick(f"role {role.value}", name, ticked=role in tool.roles)
            tick.setAccessibleDescription(_("Listed for"))
        self.add_words("closing", _("Words at the end"), tool.closing, lines=True)
        self._add_follow_up(tool)

    def note(self, name: str, *, typed: bool) -> None:
        if name.startswith("role "):
            roles = tuple(each for each in role_names() if self.value(f"role {each.value}"))
            self.changed.emit(Change((), "roles", roles, typed))
        elif name.startswith("follow_up"):
            self.changed.emit(Change((), "follow_up", self._follow_up(), typed))
        else:
            super().note(name, typed=typed)

    def _add_follow_up(self, tool: Tool) -> None:
        follow_up = tool.follow_up
        kind = str(follow_up.__struct_config__.tag)
        dates = {p.id: p.label for p in tool.prompts if p.kind is PromptKind.DATE}
        names = follow_up_names()
        if not dates and kind != "answered-date":
            del names["answered-date"]
        self.add_combo("follow_up", _("When to look again"), names, kind)
        match follow_up:
            case FixedDays(days=days):
                self.add_number("follow_up, days", _("Days until then"), days, 1, 366)
            case Repeating(months=months):
                self.add_number("follow_up, months", _("Months until then"), months, 1, 12)
            case AnsweredDate(prompt=prompt, days=days):
                dates.setdefault(prompt, _("A question that is gone"))
                self.add_combo("follow_up, prompt", _("The question for the date"), dates, prompt)
                self.add_number("follow_up, days", _("Days after that date"), days, 0, 366)
        if not isinstance(follow_up, NoFollowUp):
            self.add_words("follow_up, text", _("What to look at again"), follow_up.text)

    def _follow_up(self) -> FollowUp:
        """What the fields say; those that the chosen kind had not yet begin with something."""
        found = {
            name: self.value(f"follow_up, {name}")
            for name in ("days", "months", "text", "prompt")
            if f"follow_up, {name}" in self._controls
        }
        text = str(found.get("text", ""))
        days = found.get("days")
        match self.value("follow_up"):
            case "fixed-days":
                return FixedDays(days if isinstance(days, int) and days else 14, text)
            case "chosen-date":
                return ChosenDate(text)
            case "repeating":
                months = found.get("months")
                return Repeating(months if isinstance(months, int) else 3, text)
            case "answered-date":
                dates = (p.id for p in self._tool.prompts if p.kind is PromptKind.DATE)
                prompt = found.get("prompt") or next(dates, "")
                return AnsweredDate(str(prompt), text, days if isinstance(days, int) else 7)
        return NoFollowUp()


class StepForm(Form):
    """One step."""

    def __init__(self, step: Step, part: Part) -> None:
        super().__init__(part)
        self.add_line("title", _("Title of the step"), step.title, longest=_LONGEST_STEP)
        self.add_words("text", _("What to do"), step.text, lines=True)
        self.add_lines(
            "script",
            _("To read aloud"),
            step.script,
            help_text=_("One sentence to a line, shown in large type. It may stay empty."),
        )
        self.add_number(
            "minutes", _("Minutes for this step"), step.minutes, 0, 240, at_least=_("Open")
        )
        self.add_tick(
            "review", _("The date to look again is chosen in this step"), ticked=step.review
        )


class PromptForm(Form):
    """One question, and its columns if it is a table. The signals about columns carry a part."""

    column_wanted = Signal()
    copy_requested = Signal(object)
    remove_requested = Signal(object)
    move_requested = Signal(object, int)

    def __init__(self, editing: Editing, part: Part) -> None:
        super().__init__(part)
        prompt = piece_at(editing.tool, part)
        assert isinstance(prompt, Prompt)
        self._is_levels = prompt.kind is PromptKind.LEVELS
        self._columns: list[ColumnForm] = []
        self.add_words("label", _("The question"), prompt.label)
        self.add_words(
            "help",
            _("A line of help"),
            prompt.help,
            lines=True,
            help_text=_("It stands below the question. It may stay empty."),
        )
        names = kind_names()
        if prompt.kind is not PromptKind.MATCHED:
            del names[PromptKind.MATCHED]  # what it offers can be written in a file alone
        self.add_combo("kind", _("How it is answered"), names, prompt.kind)
        self._add_notes(editing.tool, prompt)
        self._add_what_belongs_to(prompt)
        if may_have(prompt.kind, "columns"):
            self._add_columns(editing, prompt)
        self.add_combo(
            "audience",
            _("Who the answer is for"),
            {each: audience_name(each) for each in Audience},
            prompt.audience,
            help_text=_("Whoever writes can change it each time."),
        )
        self.add_words(
            "ask_first",
            _("To tick before it opens"),
            prompt.ask_first,
            help_text=_("A sentence such as “They said yes to some ideas”. It may stay empty."),
        )
        self.add_tick(
            "carries", _("It begins with what was written the last time"), ticked=prompt.carries
        )
        self.add_number(
            "minutes", _("Minutes for this question"), prompt.minutes, 0, 240, at_least=_("Open")
        )

    def note(self, name: str, *, typed: bool) -> None:
        if name == "own_list":
            own_list = NEW_LIST if self.value(name) else ""
            self.changed.emit(Change(self.part, name, own_list, typed))
        else:
            super().note(name, typed=typed)

    def field_of(self, fault: Fault) -> str:
        if self._is_levels and len(fault.part) == 3 and fault.field == "options":
            return "levels"
        return super().field_of(fault) if fault.part == self.part else ""

    def show_faults(self, editing: Editing, faults: Collection[Fault]) -> None:
        own = [each for each in faults if each.part == self.part or self.field_of(each)]
        super().show_faults(editing, own)
        for column in self._columns:
            theirs = [each for each in faults if each.part == column.part and each not in own]
            column.show_faults(editing, theirs)

    @property
    def focused(self) -> tuple[Part, str]:
        found = (column.focused for column in self._columns)
        return next((each for each in found if each[1]), super().focused)

    def form_of(self, part: Part) -> Form:
        return next((each for each in self._columns if each.part == part), self)

    def _add_notes(self, tool: Tool, prompt: Prompt) -> None:
        """Say what else holds for the question; it can be changed in a file alone."""
        labels = {each.id: each.label for each in tool.prompts}
        if prompt.kind is PromptKind.MATCHED:
            self.column.addWidget(
                label(_("What may help stays as it is. The preview shows it."), "muted")
            )
        if prompt.only_if is not None and prompt.only_if.prompt in labels:
            note = _("It is asked only after these answers to {question}: {answers}.").format(
                question=quoted(labels[prompt.only_if.prompt]),
                answers=", ".join(quoted(each) for each in prompt.only_if.answers),
            )
            self.column.addWidget(label(note, "muted"))

    def _add_what_belongs_to(self, prompt: Prompt) -> None:
        kind = prompt.kind
        if may_have(kind, "options"):
            self.add_lines("options", _("Choices"), prompt.options, help_text=_("One to a line."))
        if may_have(kind, "own_list"):
            self.add_tick("own_list", _("People can add their own"), ticked=bool(prompt.own_list))
        if may_have(kind, "points"):
            _add_scale(self, prompt)
        if may_have(kind, "groups"):
            self.add_lines(
                "groups",
                _("Groups to sort themes into"),
                prompt.groups,
                help_text=_("One to a line. It may stay empty."),
            )
            self.add_tick("counted", _("Each theme can have a count"), ticked=prompt.counted)
        if may_have(kind, "words"):
            self.add_number(
                "words",
                _("About how many words are plenty"),
                prompt.words,
                0,
                2_000,
                at_least=_("No hint"),
                help_text=_("A gentle hint. Nobody is ever stopped."),
            )
        if may_have(kind, "language_help"):
            self.add_tick(
                "language_help",
                _("Point out wording that may confuse or leave people out"),
                ticked=prompt.language_help,
            )
        if may_have(kind, "most"):
            self.add_number("most", _("At most"), prompt.most, 0, 100, at_least=_("Any number"))

    def _add_columns(self, editing: Editing, prompt: Prompt) -> None:
        if self._is_levels:
            choices = (each for each in prompt.columns if each.kind is PromptKind.SINGLE_CHOICE)
            self.add_lines(
                "levels",
                _("Levels, rising"),
                next((each.options for each in choices), ()),
                help_text=_("One to a line, the same in every column."),
            )
        self.add_lines(
            "rows",
            _("Fixed rows"),
            prompt.rows,
            help_text=_("One to a line, for the first column. It may stay empty."),
        )
        self.column.addWidget(label(_("Columns"), "section"))
        for number, column in enumerate(prompt.columns):
            self._add_column(editing, (*self.part, number), column)
        add = button(_("Add a column"), icon="plus")
        add.clicked.connect(self.column_wanted)
        self.column.addLayout(button_row(add))

    def _add_column(self, editing: Editing, part: Part, column: Column) -> None:
        form = ColumnForm(editing, part, column, is_level=self._is_levels)
        form.changed.connect(self.changed)
        form.mend_requested.connect(self.mend_requested)
        form.copy_requested.connect(self.copy_requested)
        form.remove_requested.connect(self.remove_requested)
        form.move_requested.connect(self.move_requested)
        self._columns.append(form)
        frame, layout = card()
        layout.addWidget(form)
        self.column.addWidget(frame)


class ColumnForm(Form):
    """One column of a table."""

    copy_requested = Signal(object)
    remove_requested = Signal(object)
    move_requested = Signal(object, int)

    def __init__(self, editing: Editing, part: Part, column: Column, *, is_level: bool) -> None:
        super().__init__(part)
        number, count = part[-1] + 1, len(inner_at(editing.tool, part[:-1]))
        self.column.addWidget(self._head(number, count))
        self.add_words("label", _("Name of the column"), column.label)
        self.add_words("help", _("A line of help for the column"), column.help, lines=True)
        self.add_combo("kind", _("What a cell holds"), column_kind_names(), column.kind)
        if column.kind is PromptKind.SINGLE_CHOICE:
            if not is_level:
                self.add_lines(
                    "options",
                    _("Choices of the column"),
                    column.options,
                    help_text=_("One to a line."),
                )
            self.add_lines(
                "meanings",
                _("What each choice means here"),
                column.meanings,
                help_text=_("One to a line, as many as there are choices. It may stay empty."),
            )
        if column.kind is PromptKind.SCALE:
            _add_scale(self, column)

    def _head(self, number: int, count: int) -> QWidget:
        head = QWidget()
        layout = QHBoxLayout(head)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(label(_("Column {number}").format(number=number), "small-strong"), 1)
        for icon, name, slot, can in (
            ("arrow-up", _("Move column {number} up"), self._on_up, number > 1),
            ("arrow-down", _("Move column {number} down"), self._on_down, number < count),
            ("copy", _("Copy column {number}"), self._on_copy, True),
            ("trash-2", _("Remove column {number}"), self._on_remove, count > 1),
        ):
            made = icon_button(icon, name.format(number=number))
            made.setEnabled(can)
            made.clicked.connect(slot)
            layout.addWidget(made)
        return head

    @Slot()
    def _on_up(self) -> None:
        self.move_requested.emit(self.part, -1)

    @Slot()
    def _on_down(self) -> None:
        self.move_requested.emit(self.part, 1)

    @Slot()
    def _on_copy(self) -> None:
        self.copy_requested.emit(self.part)

    @Slot()
    def _on_remove(self) -> None:
        self.remove_requested.emit(self.part)


def make_form(editing: Editing, part: Part) -> Form:
    """The form of the tool, a step or a question."""
    match piece_at(editing.tool, part):
        case Tool() as tool:
            return ToolForm(tool)
        case Step() as step:
            return StepForm(step, part)
    return PromptForm(editing, part[:2])


def _add_scale(form: Form, asked: Prompt | Column) -> None:
    form.add_words("low", _("What the lowest number means"), asked.low)
    form.add_words("high", _("What the highest number means"), asked.high)
    form.add_number("points", _("How many numbers"), asked.points, 2, 10)
