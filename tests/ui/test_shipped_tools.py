"""Each tool that comes with the program is run to its end through the window, and read back."""

import pytest

from retention_desktop.models.enums import RecordState
from retention_desktop.toolkit.answers import check_value
from retention_desktop.toolkit.definition import NoFollowUp
from retention_desktop.toolkit.loading import Toolkit, load_toolkit
from retention_desktop.toolkit.run import CHECK_PAGE, Run, review_date

from .samples import answer_to, answers_in
from .user import TODAY, User


@pytest.mark.parametrize("tool_id", [tool.id for tool in load_toolkit().tools])
def test_run_to_the_end(user: User, toolkit: Toolkit, tool_id: str) -> None:
    tool = toolkit.tool(tool_id)
    user.start(tool)
    run = Run(tool, {})
    while run.page.key != CHECK_PAGE:
        assert user.runner.page_key == run.page.key
        if (prompt := run.page.prompt) is not None:
            user.answer(answer_to(prompt))
            run = run.with_answer(prompt.id, check_value(prompt, answer_to(prompt)))
        user.key("Ctrl+Return")
        run = run.next()
    assert user.runner.page_key == CHECK_PAGE
    asked = [prompt for prompt in tool.prompts if prompt.id in run.answers]
    for prompt in asked:
        assert user.has_button(f"Change: {prompt.label}")
    assert not user.sees("You left these empty")
    user.finish()
    assert "Finished, and kept in your journal." in user.message
    for prompt in asked:
        assert user.sees(prompt.label)

    (record,) = user.records()
    assert record.head.state is RecordState.FINISHED
    assert record.head.review_on == review_date(tool.follow_up, TODAY, run.answers)
    assert (record.head.review_on is None) == isinstance(tool.follow_up, NoFollowUp)
    assert answers_in(record) == run.answers


def test_a_tool_can_be_finished_with_every_step_skipped(user: User, toolkit: Toolkit) -> None:
    tool = toolkit.tool("early-support")
    user.start(tool)
    while user.runner.page_key != CHECK_PAGE:
        user.key("Ctrl+Return")
    assert user.sees("You left these empty, and that is fine")
    user.finish()
    assert user.sees("Nothing was written here.")
