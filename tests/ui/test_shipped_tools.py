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
    for page in Run(tool, {}).pages[:-1]:
        assert user.runner.page_key == page.key
        if page.prompt is not None:
            user.answer(answer_to(page.prompt))
        user.key("Ctrl+Return")
    assert user.runner.page_key == CHECK_PAGE
    for prompt in tool.prompts:
        assert user.has_button(f"Change: {prompt.label}")
    assert not user.sees("You left these empty")
    user.finish()
    assert "Finished, and kept in your journal." in user.message
    for prompt in tool.prompts:
        assert user.sees(prompt.label)

    (record,) = user.records()
    assert record.head.state is RecordState.FINISHED
    assert record.head.review_on == review_date(tool.follow_up, TODAY)
    assert (record.head.review_on is None) == isinstance(tool.follow_up, NoFollowUp)
    assert answers_in(record) == {
        prompt.id: check_value(prompt, answer_to(prompt)) for prompt in tool.prompts
    }


def test_a_tool_can_be_finished_with_every_step_skipped(user: User, toolkit: Toolkit) -> None:
    tool = toolkit.tool("early-support")
    user.start(tool)
    while user.runner.page_key != CHECK_PAGE:
        user.key("Ctrl+Return")
    assert user.sees("You left these empty, and that is fine")
    user.finish()
    assert user.sees("Nothing was written here.")
