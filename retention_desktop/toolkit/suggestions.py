"""Which tools to suggest: short enough, of different drivers, and not used for longest."""

from collections.abc import Container, Iterable, Mapping
from datetime import UTC, datetime

from retention_desktop.toolkit.definition import Tool

_NEVER = datetime.min.replace(tzinfo=UTC)
_A_LITTLE_LONGER = 1.5  # times the minutes one has


def suggest_tools(
    tools: Iterable[Tool],
    last_used: Mapping[str, datetime],
    *,
    minutes: int,
    waiting: Container[str] = (),
    count: int = 3,
) -> tuple[Tool, ...]:
    """At most `count` tools that fit into `minutes`, each of another driver.

    A driver that was left alone for longest comes first, and of its tools the one that was: this is
    about balance, so that none is forgotten, and never about rank. Between two that were never used
    comes the one that makes more of the time. Where too few are short enough, those that take a
    little longer fill up. Quick tools are always at hand, occasional ones wait for their occasion,
    and those with a title in `waiting` are there already, so none of them is suggested.
    """
    for_any_day = [tool for tool in tools if not (tool.quick or tool.occasional)]

    def by_need(tool: Tool) -> tuple[bool, datetime, int]:
        if tool.minutes > minutes:
            return True, _NEVER, tool.minutes
        return False, last_used.get(tool.id, _NEVER), -tool.minutes

    fitting = [
        tool
        for tool in for_any_day
        if tool.minutes <= minutes * _A_LITTLE_LONGER and tool.title not in waiting
    ]
    best = {tool.driver: tool for tool in sorted(fitting, key=by_need, reverse=True)}
    last_of_driver = {
        driver: max(last_used.get(tool.id, _NEVER) for tool in for_any_day if tool.driver is driver)
        for driver in best
    }
    chosen = sorted(
        best.values(), key=lambda tool: (max(tool.minutes, minutes), last_of_driver[tool.driver])
    )
    return tuple(chosen[:count])
