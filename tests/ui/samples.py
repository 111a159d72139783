"""A tool that asks in every way there is, and an answer to each kind of prompt."""

from retention_desktop.models.enums import Audience, PromptKind, Role, Setting
from retention_desktop.models.prompts import Column, Prompt, Response, TableRow, Value
from retention_desktop.models.views import Action, Record
from retention_desktop.toolkit.definition import Repeating, Step, Tool

from ..tools import a_tool

LEVELS = ("Low", "Medium", "High")
LONG = "The handover went well.\n\nDiolch, Siân: <b>ŵ</b> & ŷ."


def every_kind() -> Tool:
    """Two steps with a prompt of each kind and way, one that asks nothing between them."""
    return a_tool(
        id="every-kind",
        title="Every kind of question",
        also_suits=(Setting.ONE_TO_ONE,),
        roles=(Role.PRACTITIONER,),
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
                    Prompt("time", "How much time?", PromptKind.HOURS),
                    Prompt(
                        "report",
                        "What will you tell others?",
                        words=60,
                        language_help=True,
                    ),
                    Prompt(
                        "reasons",
                        "Why?",
                        PromptKind.SEVERAL_CHOICES,
                        options=("Pay", "Hours", "Too far"),
                        own_list="reasons",
                        most=2,
                    ),
                    Prompt(
                        "again",
                        "When will you ask again?",
                        PromptKind.DATE,
                        about=("day",),
                        days=7,
                    ),
                    Prompt(
                        "themes",
                        "What came up?",
                        PromptKind.THEMES,
                        help="A few words each.",
                        counted=True,
                        groups=("Quick win", "System issue"),
                    ),
                    Prompt(
                        "matched",
                        "What may help?",
                        PromptKind.MATCHED,
                        about=("several",),
                        responses=(
                            Response("Time to think", ("Keep an hour free", "Move one meeting")),
                            Response("Somebody to ask", ("Name a colleague",)),
                        ),
                    ),
                    Prompt(
                        "overlap",
                        "Where do they meet?",
                        PromptKind.OVERLAP,
                        options=("What I trained for", "Both", "What I do"),
                    ),
                    Prompt(
                        "levels",
                        "How heavy is each?",
                        PromptKind.LEVELS,
                        columns=(
                            Column("case", "Case"),
                            Column(
                                "load",
                                "Emotional load",
                                PromptKind.SINGLE_CHOICE,
                                help="What it asks of you.",
                                options=LEVELS,
                                meanings=(
                                    "You hardly notice it.",
                                    "You notice it.",
                                    "It is heavy.",
                                ),
                            ),
                            Column("travel", "Travel", PromptKind.SINGLE_CHOICE, options=LEVELS),
                        ),
                    ),
                    Prompt("agreed", "What next?", PromptKind.ACTION, audience=Audience.SHARED),
                ),
            ),
        ),
        closing="Thank yourself.",
        follow_up=Repeating(3, "Look again in three months."),
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
            return list(prompt.options[: _at_most(2, prompt)])
        case PromptKind.SCALE:
            return prompt.points
        case PromptKind.DATE:
            return "2026-12-03"
        case PromptKind.HOURS:
            return "4.5"
        case PromptKind.TABLE | PromptKind.LEVELS:
            names = prompt.rows or ("first", "second")
            return [_row(prompt, name) for name in names[: _at_most(2, prompt)]]
        case PromptKind.ACTION:
            first: TableRow = {"text": "Shadow a meeting", "owner": "Person A", "due": "2026-12-11"}
            second: TableRow = {"text": "Ask for time"}
            return [first, second][: _at_most(2, prompt)]
        case PromptKind.THEMES:
            themes = [_theme(prompt, "Rotas come late", 3), _theme(prompt, "Parking, ŵ", 1)]
            return themes[: _at_most(2, prompt)]
        case PromptKind.MATCHED:
            sign, offer = prompt.responses[0].to, prompt.responses[0].offers[0]
            response: TableRow = {"noticed": sign, "response": f"{offer}\nTea together, ŵ"}
            return [response]
        case PromptKind.OVERLAP:
            return [_thing(area) for area in prompt.options[:2]]


def _at_most(count: int, prompt: Prompt) -> int:
    return min(count, prompt.most or count)


def _thing(area: str) -> TableRow:
    return {"text": f"Something in {area}, ŵ", "area": area}


def _theme(prompt: Prompt, text: str, count: int) -> TableRow:
    row: TableRow = {"text": text}
    if prompt.groups:
        row["group"] = prompt.groups[-1]
    if prompt.counted:
        row["count"] = count
    return row


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
    """A row with something in each cell; where the rows are fixed, the one of this name."""
    row: TableRow = {}
    for number, column in enumerate(prompt.columns):
        asked = Prompt(
            column.id, "", column.kind, options=column.options, points=min(column.points, 3)
        )
        cell = answer_to(asked)
        assert isinstance(cell, (str, int))
        if number == 0 and prompt.rows:
            cell = name
        elif column.kind is PromptKind.SHORT_TEXT:
            cell = f"{cell} {name}"
        row[column.id] = cell
    return row
