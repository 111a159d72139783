"""The commands on what was agreed, and on the people it was agreed with."""

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from typing import Any

from retention_desktop.cli import Context
from retention_desktop.cli.layout import counted, local_date, say, say_json, wrapped
from retention_desktop.cli.vault_commands import opened
from retention_desktop.errors import BadInput
from retention_desktop.journal.actions import ActionFilter, list_actions
from retention_desktop.journal.people import everything_about
from retention_desktop.models.enums import ActionState
from retention_desktop.models.views import ActionHead
from retention_desktop.sharing.actions_csv import write_actions_csv
from retention_desktop.sharing.pdf import write_one_pdf
from retention_desktop.sharing.person import held_words, summarise_person, write_person_json
from retention_desktop.toolkit.wording import action_line
from retention_desktop.vault import Vault

_PAGE = 500
_ENDS = {
    ActionState.DONE: "done",
    ActionState.CHANGED: "changed",
    ActionState.LET_GO: "let go",
}


def show_actions(options: Namespace, context: Context) -> None:
    """Print what was agreed, or save it as CSV: what is due soonest first, what has ended last."""
    wanted = ActionFilter(
        person=options.person,
        state=None if options.state == "all" else ActionState(options.state),
        due_until=options.due,
    )
    with opened(options, context) as vault:
        actions = list(_all_actions(vault, wanted))
    if options.json:
        say_json([action_as_json(action) for action in actions])
    elif options.csv:
        write_actions_csv(actions, options.csv)
        say(f"Saved, with {counted(len(actions), 'action')}: {options.csv}")
    elif actions:
        today = context.now().astimezone().date()
        for action in actions:
            say(*action_lines(action, today))
    else:
        say("There are no such actions.")


def save_person(options: Namespace, context: Context) -> None:
    """Save everything that is held about a person, as a PDF or as JSON."""
    form = options.out.suffix.lower()
    if form not in (".pdf", ".json"):
        raise BadInput(
            f"{options.out} ends neither in .pdf nor in .json.", "Give the file one of these names."
        )
    with opened(options, context) as vault:
        everything = everything_about(vault, options.alias)
    today = context.now().astimezone().date()
    if form == ".json":
        write_person_json(everything, today, options.out)
    else:
        write_one_pdf(summarise_person(everything, today), options.out)
    say(f"Saved, with {held_words(everything)}: {options.out}")


def _all_actions(vault: Vault, wanted: ActionFilter) -> Iterator[ActionHead]:
    page = list_actions(vault, wanted, limit=_PAGE)
    while page:
        yield from page
        page = list_actions(vault, wanted, limit=_PAGE, after=page[-1])


def action_lines(action: ActionHead, today: date) -> Iterator[str]:
    """An action as two lines: what was agreed, and where it stands."""
    yield wrapped(action_line(action.text, action.owner, action.due), "      ", f"{action.id:>4}  ")
    person = f"with {action.person}" if action.person else ""
    yield wrapped(", ".join(filter(None, (_state(action, today), action.title, person))), "      ")
    if action.why:
        yield wrapped(action.why, "      ")


def _state(action: ActionHead, today: date) -> str:
    if action.closed is not None:
        return f"{_ENDS[action.state]} on {local_date(action.closed)}"
    return "waiting for you" if action.due and action.due <= today else "open"


def action_as_json(action: ActionHead) -> dict[str, Any]:
    """An action as `actions` and `search` print it."""
    return {
        "id": action.id,
        "text": action.text,
        "owner": action.owner,
        "due": action.due,
        "kind": action.kind,
        "state": action.state,
        "why": action.why,
        "created": action.created,
        "closed": action.closed,
        "record": action.record_id,
        "title": action.title,
        "person": action.person,
        "driver": action.driver,
    }
