"""An agreed action in words: what it is for, whose it is, where it stands."""

from __future__ import annotations

from datetime import date

from retention_desktop.models.enums import ActionKind, ActionState
from retention_desktop.models.views import ActionHead
from retention_desktop.ui.translation import _
from retention_desktop.ui.wording import due_words, short_day


def kind_name(kind: ActionKind) -> str:
    """What an action is for."""
    return {
        ActionKind.TRY: _("To try"),
        ActionKind.DEVELOPMENT: _("Development"),
        ActionKind.SUPPORT: _("Support"),
        ActionKind.ADJUSTMENT: _("Adjustment"),
        ActionKind.ESCALATION: _("Escalation"),
    }[kind]


def state_name(state: ActionState) -> str:
    """Where an action stands, in a word or two."""
    return {
        ActionState.OPEN: _("Open"),
        ActionState.DONE: _("Done"),
        ActionState.CHANGED: _("Changed"),
        ActionState.LET_GO: _("Let go"),
    }[state]


def standing(action: ActionHead, today: date) -> str:
    """By when it is to happen, or how and when it ended: "by 3 December", "Done, 20 November"."""
    if action.closed is not None:
        return _("{state}, {day}").format(
            state=state_name(action.state),
            day=short_day(action.closed.astimezone().date(), today),
        )
    return due_words(action.due, today) if action.due else _("no date")


def about(action: ActionHead) -> str:
    """What it is for, whose, with whom and from which record, on one line."""
    parts = (
        kind_name(action.kind),
        action.owner,
        _("with {person}").format(person=action.person) if action.person else "",
        action.title,
    )
    return " · ".join(filter(None, parts))


def facts(action: ActionHead, today: date) -> list[str]:
    """When it was agreed and where, whose it is and with whom, a line each."""
    day = short_day(action.created.astimezone().date(), today)
    told = [
        _("Agreed on {day}, in {title}").format(day=day, title=action.title)
        if action.title
        else _("Agreed on {day}").format(day=day)
    ]
    if action.owner:
        told.append(_("Whose: {owner}").format(owner=action.owner))
    if action.person:
        told.append(_("With {person}").format(person=action.person))
    return told


def back_words(day: date, today: date) -> str:
    """That something comes back, and when."""
    return _("It comes back on {day}.").format(day=short_day(day, today))
