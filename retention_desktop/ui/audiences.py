"""Who an answer is for, in words."""

from __future__ import annotations

from retention_desktop.models.enums import Audience
from retention_desktop.ui.translation import _


def audience_name(audience: Audience) -> str:
    """The name of an audience, for a chip or a menu."""
    return {
        Audience.PRIVATE: _("Private"),
        Audience.SHARED: _("Shared"),
        Audience.MANAGER: _("For a manager"),
        Audience.THEMES: _("Themes only"),
    }[audience]


def audience_sentence(audience: Audience, person: str | None) -> str:
    """What the audience means for an answer that is being written."""
    match audience:
        case Audience.PRIVATE:
            return _("Only you see this. It stays out of a summary unless you tick it.")
        case Audience.SHARED:
            if person is None:
                return _("Meant to be shared. You choose what goes into a summary.")
            return _("Written with {person}. You choose what goes into a summary.").format(
                person=person
            )
        case Audience.MANAGER:
            return _("Meant for a manager’s summary. You choose before anything leaves.")
        case Audience.THEMES:
            return _("Themes only: no names, and nothing that one person said.")
