"""Which tools to suggest: short enough, of different drivers, and not used for longest."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from retention_desktop.toolkit.definition import Tool

_NEVER = datetime.min.replace(tzinfo=UTC)


def suggest_tools(
    tools: Iterable[Tool], last_used: Mapping[str, datetime], *, minutes: int, count: int = 3
) -> tuple[Tool, ...]:
    """At most `count` tools that fit into `minutes`, each of another driver.

    A driver that was left alone for longest comes first: this is about balance, so that no driver
    is forgotten, and never about rank. Where too few tools are short enough, the shortest fill up.
    """
    fitting = sorted(tools, key=lambda tool: (tool.minutes > minutes, tool.minutes))
    shortest = {tool.driver: tool for tool in reversed(fitting)}
    last_of_driver = {
        driver: max(last_used.get(tool.id, _NEVER) for tool in fitting if tool.driver is driver)
        for driver in shortest
    }
    chosen = sorted(
        shortest.values(), key=lambda tool: (tool.minutes > minutes, last_of_driver[tool.driver])
    )
    return tuple(chosen[:count])
