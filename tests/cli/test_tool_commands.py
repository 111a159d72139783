from pathlib import Path

from retention_desktop.paths import resource
from retention_desktop.toolkit.loading import load_toolkit

from .conftest import Run


def test_tools_as_json_has_every_field_of_every_tool(run: Run) -> None:
    done = run("tools", "--json")
    assert (done.code, done.err) == (0, "")
    tools = load_toolkit().tools
    assert [shown["id"] for shown in done.json] == [tool.id for tool in tools]
    for shown, tool in zip(done.json, tools, strict=True):
        assert set(tool.__struct_fields__) < shown.keys()
        assert shown["driver"] == tool.driver
        assert shown["source"] == {
            "document": tool.source.document,
            "position": tool.source.position,
        }
        assert shown["follow_up"]["kind"] == tool.follow_up.__struct_config__.tag
        assert [step["id"] for step in shown["steps"]] == [step.id for step in tool.steps]
        in_steps = [prompt for step in shown["steps"] for prompt in step["prompts"]]
        assert shown["prompts"] == in_steps
        for prompt, own in zip(shown["prompts"], tool.prompts, strict=True):
            assert (prompt["id"], prompt["label"]) == (own.id, own.label)
            assert (prompt["kind"], prompt["audience"]) == (own.kind, own.audience)
            assert len(prompt["columns"]) == len(own.columns)


def test_tools_as_text_shows_every_word_of_every_tool(run: Run) -> None:
    shown = " ".join(run("tools").out.split())
    for tool in load_toolkit().tools:
        texts = [tool.title, tool.id, tool.audience, tool.when, tool.purpose, tool.closing]
        for step in tool.steps:
            texts += [step.title, step.text, *step.script]
        for prompt in tool.prompts:
            texts += [prompt.label, prompt.help, prompt.low, prompt.high, *prompt.options]
            for column in prompt.columns:
                texts += [column.label, column.help, *column.options, *column.meanings]
            texts += [prompt.ask_first, *prompt.rows, *prompt.groups]
            texts += [offer for response in prompt.responses for offer in response.offers]
        texts += [text for each in tool.collections for text in (each.title, each.text)]
        for text in texts:
            assert " ".join(text.split()) in shown, (tool.id, text)


def test_check_tools_finds_no_fault_in_our_own(run: Run) -> None:
    done = run("check-tools", resource("tools"))
    assert (done.code, done.out, done.err) == (0, "No problems found.\n", "")


def test_check_tools_names_every_fault_and_counts_them(tmp_path: Path, run: Run) -> None:
    own = (resource("tools") / "career-conversation.toml").read_text("utf-8")
    (tmp_path / "bad.toml").write_text(
        own.replace("minutes = 45", 'minutes = "long"').replace('driver = "growth"', "colour = 7"),
        "utf-8",
    )
    done = run("check-tools", tmp_path)
    assert done.code == 2
    faults = done.out.splitlines()
    assert len(faults) > 1
    assert all(fault.startswith("bad.toml: ") for fault in faults)
    assert done.err == (
        f"retention-desktop: The tool files at {tmp_path} have {len(faults)} problems.\n"
    )


def test_check_tools_says_when_there_is_nothing_to_check(tmp_path: Path, run: Run) -> None:
    for place in (tmp_path, tmp_path / "nowhere"):
        done = run("check-tools", place)
        assert (done.code, done.out) == (2, "")
        assert str(place) in done.err
