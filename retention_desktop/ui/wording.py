"""Words that several screens say: when something was, how many minutes it takes and with whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from retention_desktop.models.enums import Setting
from retention_desktop.models.views import RecordHead
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.wording import long_date
from retention_desktop.ui.translation import _


def when_words(moment: datetime, now: datetime) -> str:
    """A moment as people say it: "today, 14:02", "yesterday, 17:42" or "8 November 2026"."""
    local, today = moment.astimezone(), now.astimezone().date()
    if local.date() == today:
        return _("today, {time}").format(time=f"{local:%H:%M}")
    if local.date() == today - timedelta(days=1):
        return _("yesterday, {time}").format(time=f"{local:%H:%M}")
    return long_date(local.date())


def weekday_name(day: date) -> str:
    """The name of the day of the week."""
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )[day.weekday()]


def short_day(day: date, today: date) -> str:
    """A date near today: "3 December", and with its year where that is another."""
    written = long_date(day)
    return written.rpartition(" ")[0] if day.year == today.year else written


def due_words(due: date, today: date) -> str:
    """By when: "by 3 December", "today", or, once it has passed, "waiting since Friday"."""
    ahead = (due - today).days
    if ahead > 1:
        return _("by {day}").format(day=short_day(due, today))
    if ahead >= 0:
        return _("by tomorrow") if ahead else _("today")
    if ahead == -1:
        return _("waiting since yesterday")
    near = ahead > -7
    return _("waiting since {day}").format(day=weekday_name(due) if near else short_day(due, today))


def record_title(head: RecordHead) -> str:
    """The tool's title, and with whom."""
    if head.person:
        return _("{title} with {person}").format(title=head.title, person=head.person)
    return head.title


def setting_words(tool: Tool) -> str:
    """With whom a tool is used: "on your own", "two people", "alone or two"."""
    settings = {tool.setting, *tool.also_suits}
    if settings == {Setting.SOLO, Setting.ONE_TO_ONE}:
        return _("alone or two")
    if settings == {Setting.ONE_TO_ONE, Setting.TEAM}:
        return _("two or a team")
    if settings == {Setting.SOLO, Setting.TEAM}:
        return _("alone or a team")
    if len(settings) > 1:
        return _("alone or together")
    return setting_name(tool.setting)


def setting_name(setting: Setting) -> str:
    """One setting in words."""
    return {
        Setting.SOLO: _("on your own"),
        Setting.ONE_TO_ONE: _("two people"),
        Setting.TEAM: _("team"),
    }[setting]


def tool_line(tool: Tool) -> str:
    """ "45 min · two people"."""
    return _("{minutes} min · {setting}").format(minutes=tool.minutes, setting=setting_words(tool))


def begun_words() -> str:
    """What a form says that begins with what was written there before."""
    return _("You began this earlier. Your words are here again.")
