"""A tool that asks in every way there is, and an answer to each kind of prompt."""

from retention_desktop.models.enums import Audience, Driver, PromptKind, Role, Setting
from retention_desktop.models.prompts import Column, Prompt, TableRow, Value
from retention_desktop.models.views import Action, Record
from retention_desktop.toolkit.definition import Repeating, Source, Step, Tool

LONG = "The handover went well.\n\nDiolch, Siân: <b>ŵ</b> & ŷ."


def every_kind() -> Tool:
    """Two steps with a prompt of each kind, one that asks nothing between them."""
    return Tool(
        id="every-kind",
        version=1,
        title="Every kind of question",
        driver=Driver.GROWTH,
        setting=Setting.SOLO,
        also_suits=(Setting.ONE_TO_ONE,),
        roles=(Role.PRACTITIONER,),
        audience="Anybody",
        when="Each month",
        purpose="To try each kind of question.",
        minutes=10,
        steps=(
            Step(
                "begin",
                "Begin",
                "Take a minute first.",
                (
                    Prompt("long", "What happened?", help="In your own words."),
                    Prompt("short", "In short?", PromptKind.SHORT_TEXT, audience=Audience.SHARED),
                    Prompt("one", "Which?", PromptKind.SINGLE_CHOICE, options=("Red", "Green")),
                    Prompt(
                        "several",
                        "Which of these?",
                        PromptKind.SEVERAL_CHOICES,
                        options=("Time to think", "Somebody to ask", "Less on the list"),
                    ),
                ),
            ),
            Step("pause", "Pause", "Breathe. There is nothing to write."),
            Step(
                "go-on",
                "Go on",
                "Now look ahead.",
                (
                    Prompt("scale", "How sure?", PromptKind.SCALE, low="Not at all", high="Very"),
                    Prompt("day", "When was it?", PromptKind.DATE),
                    Prompt(
                        "table",
                        "Who does what?",
                        PromptKind.TABLE,
                        columns=(
                            Column("who", "Who"),
                            Column(
                                "kind", "Kind", PromptKind.SINGLE_CHOICE, options=("New", "Old")
                            ),
                            Column("load", "Load", PromptKind.SCALE, low="Light", high="Heavy"),
                            Column("since", "Since", PromptKind.DATE),
                        ),
                    ),
                    Prompt("agreed", "What next?", PromptKind.ACTION, audience=Audience.SHARED),
                ),
            ),
        ),
        closing="Thank yourself.",
        follow_up=Repeating(3, "Look again in three months."),
        source=Source("a page", 1),
    )


def answer_to(prompt: Prompt) -> Value:
    """Something that can be answered to a prompt of this kind."""
    match prompt.kind:
        case PromptKind.LONG_TEXT:
            return LONG
        case PromptKind.SHORT_TEXT:
            return "Time to think, ŵ"
        case PromptKind.SINGLE_CHOICE:
            return prompt.options[-1]
        case PromptKind.SEVERAL_CHOICES:
            return list(prompt.options[:2])
        case PromptKind.SCALE:
            return prompt.points
        case PromptKind.DATE:
            return "2026-12-03"
        case PromptKind.TABLE:
            return [_row(prompt, "first"), _row(prompt, "second")]
        case PromptKind.ACTION:
            first: TableRow = {"text": "Shadow a meeting", "owner": "Person A", "due": "2026-12-11"}
            second: TableRow = {"text": "Ask for time"}
            return [first, second]


def answers_in(record: Record) -> dict[str, Value]:
    """The answers of a record by prompt; what was agreed, as rows."""
    found: dict[str, Value] = {}
    for answer in record.answers:
        agreed = [action for action in record.actions if action.prompt_id == answer.prompt.id]
        if agreed:
            found[answer.prompt.id] = [_action_row(action) for action in agreed]
        elif answer.value is not None:
            found[answer.prompt.id] = answer.value
    return found


def _action_row(action: Action) -> TableRow:
    due = action.due.isoformat() if action.due else ""
    cells = {"text": action.text, "owner": action.owner, "due": due}
    return {key: cell for key, cell in cells.items() if cell}


def _row(prompt: Prompt, name: str) -> TableRow:
    row: TableRow = {}
    for column in prompt.columns:
        cell = answer_to(Prompt(column.id, "", column.kind, options=column.options, points=3))
        assert isinstance(cell, (str, int))
        row[column.id] = f"{cell} {name}" if column.kind is PromptKind.SHORT_TEXT else cell
    return row
