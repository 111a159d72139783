"""A conversation for two that uses what steps can ask for, and a window that has only this tool."""

import pytest

from retention_desktop.models.enums import Audience, Driver, PromptKind, Setting
from retention_desktop.models.prompts import OnlyIf, Prompt
from retention_desktop.toolkit.definition import AnsweredDate, Step, Tool
from retention_desktop.toolkit.loading import Toolkit

from ..tools import a_tool
from .user import User

SCRIPT = ("Thank you for making this time.", "What you say stays between us.")
AGREED = Audience.SHARED


def conversation() -> Tool:
    """Four steps: a script, what is private and what is shared, what depends on an answer."""
    return a_tool(
        id="a-talk",
        title="A talk for two",
        driver=Driver.WELLBEING,
        setting=Setting.ONE_TO_ONE,
        also_suits=(Setting.SOLO,),
        minutes=45,
        steps=(
            Step(
                "open",
                "Open the talk",
                "Say these sentences first.",
                (
                    Prompt("loads", "What weighs on you?", audience=AGREED, carries=True),
                    Prompt("mine", "What do I feel?", help="For me alone."),
                    Prompt("slot", "Your five minutes?", audience=AGREED, minutes=5),
                ),
                script=SCRIPT,
                minutes=10,
            ),
            Step(
                "alone",
                "Alone for a moment",
                "Nobody reads this.",
                (Prompt("secret", "What do I not say?"),),
            ),
            Step(
                "look",
                "Look at choices",
                "Look at what could help.",
                (
                    Prompt(
                        "offer",
                        "What could help?",
                        ask_first="They said yes to hearing some options",
                        audience=AGREED,
                        recalls=("loads", "secret"),
                    ),
                    Prompt(
                        "again",
                        "Does pressure go on?",
                        PromptKind.SINGLE_CHOICE,
                        options=("No", "Yes"),
                        audience=AGREED,
                    ),
                    Prompt(
                        "step-up",
                        "Who else should know?",
                        audience=AGREED,
                        only_if=OnlyIf("again", ("Yes",)),
                    ),
                    Prompt(
                        "reasons",
                        "Which reasons?",
                        PromptKind.SEVERAL_CHOICES,
                        options=("Pay", "Rota"),
                        own_list="reasons",
                        audience=AGREED,
                    ),
                ),
            ),
            Step(
                "further",
                "Take it further",
                "Only when pressure goes on.",
                (
                    Prompt(
                        "who",
                        "Who takes it on?",
                        audience=AGREED,
                        only_if=OnlyIf("again", ("Yes",)),
                    ),
                ),
            ),
            Step(
                "agree",
                "Agree",
                "Agree one thing.",
                (
                    Prompt("noticed-on", "When was it?", PromptKind.DATE, audience=AGREED),
                    Prompt("do", "What next?", PromptKind.ACTION, audience=AGREED),
                    Prompt("my-do", "What will I do alone?", PromptKind.ACTION),
                ),
            ),
        ),
        closing="Thank each other.",
        follow_up=AnsweredDate("noticed-on", "Look again after a week.", 7),
    )


def only(monkeypatch: pytest.MonkeyPatch, *tools: Tool) -> None:
    """From the next window on, these are all the tools there are."""
    small = Toolkit(tools)
    monkeypatch.setattr("retention_desktop.toolkit.loading.load_toolkit", lambda: small)


def page(user: User, key: str) -> None:
    """Open a page of the runner."""
    user.runner.go_to(key)
    user.settle()
