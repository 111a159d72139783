"""Which tools Today suggests."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from retention_desktop.models.enums import Driver
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import load_toolkit
from retention_desktop.toolkit.suggestions import suggest_tools

TOOL = load_toolkit().tools[0]
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


def of(driver: Driver, minutes: int, name: str = "") -> Tool:
    name = name or f"{driver.value}-{minutes}"
    return msgspec.structs.replace(TOOL, id=name, driver=driver, minutes=minutes)


def ids(tools: tuple[Tool, ...]) -> list[str]:
    return [tool.id for tool in tools]


@pytest.mark.parametrize(("minutes", "longest"), [(10, 10), (20, 15), (45, 45)])
def test_each_is_of_another_driver_and_makes_the_most_of_the_time(
    minutes: int, longest: int
) -> None:
    tools = [of(driver, minutes) for driver in Driver for minutes in (15, 10, 45)]
    found = suggest_tools(tools, {}, minutes=minutes)
    assert len({tool.driver for tool in found}) == len(found) == 3
    assert {tool.minutes for tool in found} == {longest}


def test_the_driver_that_was_left_alone_for_longest_comes_first() -> None:
    tools = [of(driver, 10) for driver in Driver]
    last_used = {
        tool.id: NOW - timedelta(days=days)
        for tool, days in zip(tools, (3, 50, 1, 20, 2, 9), strict=True)
    }
    found = suggest_tools(tools, last_used, minutes=15)
    assert ids(found) == [tools[1].id, tools[3].id, tools[5].id]


def test_a_driver_that_was_never_used_comes_before_all_others() -> None:
    tools = [of(Driver.GROWTH, 10), of(Driver.WELLBEING, 10)]
    found = suggest_tools(tools, {tools[0].id: NOW - timedelta(days=900)}, minutes=15)
    assert ids(found) == [tools[1].id, tools[0].id]


def test_any_tool_of_a_driver_counts_as_its_use() -> None:
    long_one = of(Driver.GROWTH, 45)
    tools = [long_one, of(Driver.GROWTH, 10), of(Driver.WELLBEING, 10)]
    found = suggest_tools(tools, {long_one.id: NOW}, minutes=15, count=1)
    assert found[0].driver is Driver.WELLBEING


def test_where_too_few_are_short_enough_those_a_little_longer_fill_up() -> None:
    tools = [of(Driver.GROWTH, 30), of(Driver.WELLBEING, 22), of(Driver.BELONGING, 10)]
    last_used = {"belonging-10": NOW}
    found = suggest_tools(tools, last_used, minutes=15)
    # The only one that fits, though used last; twice as long is not a little longer.
    assert [tool.minutes for tool in found] == [10, 22]


def test_what_is_waiting_already_is_not_suggested_again() -> None:
    due = msgspec.structs.replace(of(Driver.GROWTH, 15), id="due", title="Due")
    tools = [due, of(Driver.GROWTH, 10), of(Driver.WELLBEING, 10)]
    found = suggest_tools(tools, {"due": NOW}, minutes=15, waiting={"Due"})
    # Its use counts all the same: the other driver was left alone for longer.
    assert ids(found) == ["wellbeing-10", "growth-10"]


@pytest.mark.parametrize("count", [0, 1, 2])
def test_no_more_than_asked_for(count: int) -> None:
    tools = [of(driver, 10) for driver in Driver]
    assert len(suggest_tools(tools, {}, minutes=15, count=count)) == count


def test_an_empty_toolkit_suggests_nothing() -> None:
    assert suggest_tools([], {}, minutes=15) == ()


def test_use_of_a_tool_that_is_gone_is_no_error() -> None:
    (found,) = suggest_tools([of(Driver.GROWTH, 10)], {"gone": NOW}, minutes=15)
    assert found.driver is Driver.GROWTH


def test_of_one_driver_the_tool_that_was_not_used_for_longest_comes() -> None:
    first, second = of(Driver.GROWTH, 10, "first"), of(Driver.GROWTH, 15, "second")
    assert ids(suggest_tools([first, second], {"second": NOW}, minutes=15)) == ["first"]
    assert ids(suggest_tools([first, second], {"first": NOW}, minutes=15)) == ["second"]
    assert ids(suggest_tools([first, second], {"first": NOW}, minutes=10)) == ["first"]


@pytest.mark.parametrize("flag", ["quick", "occasional"])
def test_what_is_at_hand_or_waits_for_its_occasion_is_not_suggested(flag: str) -> None:
    tool = msgspec.structs.replace(of(Driver.GROWTH, 1), **{flag: True})
    assert suggest_tools([tool], {}, minutes=15) == ()
