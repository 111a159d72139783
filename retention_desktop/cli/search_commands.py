"""The command that finds records, or everything."""

from argparse import Namespace

from retention_desktop.cli import Context
from retention_desktop.cli.action_commands import action_as_json, action_lines
from retention_desktop.cli.layout import local_date, say, say_json, wrapped
from retention_desktop.cli.pack_commands import all_tools
from retention_desktop.cli.vault_commands import head_as_json, opened
from retention_desktop.errors import BadInput
from retention_desktop.journal.everywhere import Found, findable_tools, search_everywhere
from retention_desktop.journal.queries import Doubt, Meaning, Unclear, parse_query, understand
from retention_desktop.journal.search import known_names, search_records
from retention_desktop.models.views import SearchHit

_NOTHING = "Nothing was found."


def show_found(options: Namespace, context: Context) -> None:
    """Print what holds every word that was asked for, the best first."""
    if options.everywhere:
        _show_everything(options, context)
        return
    with opened(options, context) as vault:
        hits = search_records(vault, " ".join(options.query), limit=options.limit)
    if options.json:
        say_json([_hit_as_json(hit) for hit in hits])
    else:
        _say_hits(hits)
        if not hits:
            say(_NOTHING)


def _show_everything(options: Namespace, context: Context) -> None:
    toolkit = all_tools(options)
    today = context.now().astimezone().date()
    with opened(options, context) as vault:
        known = known_names(vault, toolkit.every)
        meaning = understand(parse_query(" ".join(options.query), known), known, today)
        _require_clear(meaning)
        found = Found()
        if meaning.wanted is not None:
            found = search_everywhere(
                vault,
                " ".join(meaning.words),
                meaning.wanted,
                findable_tools(toolkit.tools),
                limit=options.limit,
            )
    if options.json:
        say_json(
            {
                "records": [_hit_as_json(hit) for hit in found.records],
                "actions": [action_as_json(action) for action in found.actions],
                "people": [person.alias for person in found.people],
                "tools": [tool.id for tool in found.tools],
            }
        )
        return
    if found.records:
        say("Records")
        _say_hits(found.records)
    if found.actions:
        say("Agreed")
        for action in found.actions:
            say(*action_lines(action, today))
    if found.people:
        say("People")
        for person in found.people:
            about = (person.alias, person.role, person.profession)
            say(wrapped(", ".join(filter(None, about)), "      "))
    if found.tools:
        say("Tools")
        for tool in found.tools:
            say(wrapped(f"{tool.id}: {tool.title}", "      "))
    if found == Found():
        say(_NOTHING)


def _require_clear(meaning: Meaning) -> None:
    """Raise BadInput for the first word that was to narrow the search, and does not."""
    for unclear in meaning.unclear:
        if unclear.doubt is not Doubt.NO_SUCH_KEY:  # which is looked for as it stands
            raise _not_clear(unclear)


def _not_clear(unclear: Unclear) -> BadInput:
    typed = f"“{unclear.key}:”"
    match unclear.doubt:
        case Doubt.EMPTY:
            return BadInput(f"Nothing follows {typed}.", "Write on directly after the colon.")
        case Doubt.SEVERAL:
            return BadInput(f"More than one thing fits what follows {typed}.", "Write more of it.")
        case Doubt.NO_DAY:
            return BadInput(
                f"What follows {typed} names no day.",
                "Write 2026-11-01, 2026-11, 2026 or “last month”.",
            )
    return BadInput(
        f"Nothing in this journal fits what follows {typed}.",
        "Several words stand in quotes, such as 'person:\"Person A\"'.",
    )


def _say_hits(hits: tuple[SearchHit, ...]) -> None:
    for hit in hits:
        date = local_date(hit.head.finished or hit.head.updated)
        say(f"{hit.head.id:>4}  {hit.head.title}, {date}")
        say(wrapped(_snippet(hit), "      "))


def _hit_as_json(hit: SearchHit) -> dict[str, object]:
    return head_as_json(hit.head) | {"snippet": _snippet(hit)}


def _snippet(hit: SearchHit) -> str:
    return "".join(text for text, _ in hit.snippet)
