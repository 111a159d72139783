"""Which tools to suggest: short enough, of different drivers, and not used for longest."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from retention_desktop.toolkit.definition import Tool

_NEVER = datetime.min.replace(tzinfo=UTC)


def suggest_tools(
    tools: Iterable[Tool], last_used: Mapping[str, datetime], *, minutes: int, count: int = 3
) -> tuple[Tool, ...]:
    """At most `count` tools that fit into `minutes`, each of another driver.

    A driver that was left alone for longest comes first, and of its tools the one that was: this is
    about balance, so that none is forgotten, and never about rank. Between two that were never used
    comes the one that makes more of the time. Where too few are short enough, the shortest fill up.
    Quick tools are always at hand, and occasional ones wait for their occasion, so neither is
    suggested.
    """
    for_any_day = [tool for tool in tools if not (tool.quick or tool.occasional)]

    def by_need(tool: Tool) -> tuple[bool, datetime, int]:
        if tool.minutes > minutes:
            return True, _NEVER, tool.minutes
        return False, last_used.get(tool.id, _NEVER), -tool.minutes

    best = {tool.driver: tool for tool in sorted(for_any_day, key=by_need, reverse=True)}
    last_of_driver = {
        driver: max(last_used.get(tool.id, _NEVER) for tool in for_any_day if tool.driver is driver)
        for driver in best
    }
    chosen = sorted(
        best.values(), key=lambda tool: (max(tool.minutes, minutes), last_of_driver[tool.driver])
    )
    return tuple(chosen[:count])
