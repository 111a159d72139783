"""A folder of tools is either loaded whole, or every fault in it is named with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from retention_desktop.errors import FileProblem, NotFound
from retention_desktop.models.enums import Audience, Driver, PromptKind, Setting
from retention_desktop.toolkit.checking import Problem
from retention_desktop.toolkit.definition import ChosenDate
from retention_desktop.toolkit.loading import ToolFileErrors, check_tools, load_toolkit

HEAD = """\
id = "small-tool"
version = 1
title = "A small tool"
driver = "growth"
setting = "solo"
roles = ["manager"]
audience = "Anybody"
when = "Now and then"
purpose = "To be short."
minutes = 10
closing = "That is all."
"""
FOLLOW_UP = """
[follow_up]
kind = "chosen-date"
text = "Choose a date."
"""
SOURCE = """
[source]
document = "seed.txt"
position = 3
"""
STEP = """
[[steps]]
id = "first"
title = "First"
text = "Do it."
"""
PROMPT = """
[[steps.prompts]]
id = "what"
label = "What?"
"""
WHOLE = HEAD + FOLLOW_UP + SOURCE + STEP + PROMPT

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes one tool file and gives its path."""

    def write_file(text: str | bytes, name: str = "small-tool.toml") -> Path:
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return write_file


def faults(path: Path) -> list[str]:
    return [str(problem).removeprefix(f"{path.name}: ") for problem in check_tools(path)]


def test_a_whole_file_becomes_a_tool(write: Write) -> None:
    tool = load_toolkit(write(WHOLE).parent).tool("small-tool")
    assert tool.driver is Driver.GROWTH
    assert tool.setting is Setting.SOLO
    assert tool.follow_up == ChosenDate("Choose a date.")
    assert tool.source.position == 3
    (prompt,) = tool.prompts
    assert prompt.kind is PromptKind.LONG_TEXT
    assert prompt.audience is Audience.PRIVATE


def test_windows_editors_may_add_a_mark_and_their_own_line_ends(write: Write) -> None:
    assert faults(write(b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode())) == []


def test_word_processors_may_keep_words_together(write: Write) -> None:
    text = WHOLE.replace("What?", "What, within 2\N{NO-BREAK SPACE}weeks?")
    assert faults(write(text)) == []


def test_tools_stand_by_driver_and_then_by_source(write: Write) -> None:
    for tool_id, driver, position in [
        ("a", "recognition", 1),
        ("b", "leadership", 9),
        ("c", "leadership", 2),
    ]:
        text = WHOLE.replace("small-tool", tool_id).replace("growth", driver)
        folder = write(text.replace("position = 3", f"position = {position}"), f"{tool_id}.toml")
    assert [tool.id for tool in load_toolkit(folder.parent).tools] == ["c", "b", "a"]


def test_an_unknown_tool_is_named_with_a_next_step(write: Write) -> None:
    toolkit = load_toolkit(write(WHOLE).parent)
    with pytest.raises(NotFound, match="no tool called “smal-tool”") as caught:
        toolkit.tool("smal-tool")
    assert caught.value.next_step
    with pytest.raises(NotFound) as caught:
        toolkit.tool("x\n\ud800" * 1000)
    assert len(str(caught.value).encode()) < 300


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("minutes = 10\n", "", "missing key “minutes”"),
        ("minutes = 10", 'minutes = "10"', "minutes: must be a whole number, not text"),
        ("minutes = 10", "minutes = true", "minutes: must be a whole number, not true or false"),
        ("minutes = 10", "minutes = 10.5", "minutes: must be a whole number, not a number with"),
        ("minutes = 10", "minutes = 241", "minutes: must be from 1 to 240"),
        ("minutes = 10", "minutes = 0", "minutes: must be from 1 to 240"),
        ("version = 1", "version = 0", "version: must be from 1"),
        ("position = 3", "position = 0", "source, position: must be from 1"),
        ('title = "A small tool"', "title = 2026-11-22", "title: must be text, not a date"),
        ('title = "A small tool"', 'title = "  "', "title: is empty"),
        ('title = "A small tool"', f'title = "{"x" * 61}"', "title: is longer than 60"),
        ('title = "First"', f'title = "{"x" * 41}"', "step 1, title: is longer than 40"),
        ('title = "First"', 'title = "One\\nTwo"', "step 1, title: holds a line break"),
        ('text = "Do it."', 'text = "Do\\u0000it."', "step 1, text: holds a line break or another"),
        ('driver = "growth"', 'driver = "groth"', "driver: “groth” is not one of: leadership, "),
        ('driver = "growth"', "driver = 3", "driver: must be text, not a whole number"),
        ('roles = ["manager"]', "roles = []", "roles: is empty"),
        ('roles = ["manager"]', 'roles = "manager"', "roles: must be a list, not text"),
        ('roles = ["manager"]', 'roles = ["manager", "boss"]', "roles 2: “boss” is not one of"),
        (
            'roles = ["manager"]',
            'roles = ["manager", "manager"]',
            "roles 2: “manager” is already used at roles 1",
        ),
        (
            'setting = "solo"',
            'setting = "solo"\nalso_suits = ["solo"]',
            "also_suits: repeats the setting",
        ),
        ('text = "Do it."', 'text = "Do it."\nreview = 1', "step 1, review: must be true or false"),
        (
            STEP,
            STEP + "review = true\n" + STEP.replace("first", "second") + "review = true\n",
            "step 2, review: the date is already chosen in step 1",
        ),
        ('id = "small-tool"', 'id = "other"', "id: “other” does not match the name of the file"),
        ('id = "first"', 'id = "First one"', "step 1, id: “First one” is not lower-case words"),
        ('id = "what"', 'id = "review"', "step 1, prompt 1, id: “review” already names a part"),
        ('id = "what"', 'id = "-what"', "step 1, prompt 1, id: “-what” is not lower-case words"),
        (FOLLOW_UP, "", "missing key “follow_up”"),
        (STEP + PROMPT, "", "missing key “steps”"),
        (SOURCE, '[source]\ndocument = "x"\n', "source: missing key “position”"),
        ('kind = "chosen-date"', "", "follow_up: missing key “kind”"),
        ('kind = "chosen-date"', 'kind = "soon"', "follow_up, kind: “soon” is not one of: "),
        ('kind = "chosen-date"', 'kind = "none"', "follow_up: unknown key “text”"),
        ('kind = "chosen-date"', 'kind = "fixed-days"', "follow_up: missing key “days”"),
        (
            'kind = "chosen-date"',
            'kind = "fixed-days"\ndays = 367',
            "follow_up, days: must be from 1 to 366",
        ),
        (
            'kind = "chosen-date"',
            'kind = "repeating"\nmonths = 13',
            "follow_up, months: must be from 1 to 12",
        ),
        (FOLLOW_UP, 'follow_up = "none"\n', "follow_up: must be a table, not text"),
        ("[[steps.prompts]]", "[steps.prompts]", "step 1, prompts: must be a list, not a table"),
        (STEP, '\n[[steps]]\nid = "first"\ntitle = "First"\n', "step 1: missing key “text”"),
    ],
)
def test_each_fault_is_named_with_its_place(write: Write, old: str, new: str, fault: str) -> None:
    assert WHOLE.count(old) == 1
    (only,) = faults(write(WHOLE.replace(old, new)))
    assert only.startswith(fault)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ('kindd = "scale"', "unknown key “kindd”; did you mean “kind”?"),
        ('kind = "single-choice"', "missing key “options”, which “single-choice” needs"),
        ('kind = "table"', "missing key “columns”, which “table” needs"),
        ('options = ["a"]', "“options” does not belong to the kind “long-text”"),
        ('kind = "date"\npoints = 5', "“points” does not belong to the kind “date”"),
        ('kind = "scale"\nlow = "Low"', "missing key “high”, which “scale” needs"),
    ],
)
def test_a_prompt_has_what_its_kind_needs_and_nothing_else(
    write: Write, lines: str, expected: str
) -> None:
    assert faults(write(f"{WHOLE}{lines}\n")) == [f"step 1, prompt 1: {expected}"]


def test_points_and_options_are_checked(write: Write) -> None:
    lines = 'kind = "scale"\nlow = "Low"\nhigh = "High"\npoints = 11\n'
    assert faults(write(WHOLE + lines)) == ["step 1, prompt 1, points: must be from 2 to 10"]
    lines = 'kind = "several-choices"\noptions = ["a", "", "a"]\n'
    assert faults(write(WHOLE + lines)) == [
        "step 1, prompt 1, option 2: is empty",
        "step 1, prompt 1, option 3: “a” is already used at step 1, prompt 1, option 1",
    ]


def test_columns_are_checked_like_prompts(write: Write) -> None:
    def column(name: str, more: str = "") -> str:
        return f'[[steps.prompts.columns]]\nid = "{name}"\nlabel = "L"\n{more}\n'

    table = WHOLE + 'kind = "table"\n'
    other = '[[steps.prompts]]\nid = "other"\nlabel = "Other?"\nkind = "table"\n'
    text = table + column("a") + column("a", 'kind = "action"') + column("b", 'low = "x"')
    assert faults(write(text + other + column("a"))) == [
        "step 1, prompt 1, column 2, id: “a” is already used at step 1, prompt 1, column 1, id",
        "step 1, prompt 1, column 2: a column cannot be of the kind “action”",
        "step 1, prompt 1, column 3: “low” does not belong to the kind “short-text”",
    ]


def test_ids_are_unique_prompts_in_the_whole_tool(write: Write) -> None:
    assert faults(write(WHOLE + STEP.replace("first", "second") + PROMPT)) == [
        "step 2, prompt 1, id: “what” is already used at step 1, prompt 1, id"
    ]
    assert faults(write(WHOLE + STEP)) == ["step 2, id: “first” is already used at step 1, id"]


def test_a_tool_id_belongs_to_one_file(write: Write) -> None:
    write(WHOLE)
    folder = write(WHOLE, "zz.toml").parent
    assert check_tools(folder) == (
        Problem("zz.toml", "id", "“small-tool” does not match the name of the file"),
        Problem("zz.toml", "id", "“small-tool” is also the id of small-tool.toml"),
    )


def test_every_fault_of_every_file_is_named_in_one_go(write: Write) -> None:
    write("id = 1 2\n", "a.toml")
    write(WHOLE, "small-tool.toml")
    text = WHOLE.replace("small-tool", "b").replace("minutes = 10", "minutes = 0\nmood = 1")
    folder = write(text + 'kind = "scale"\nhelp = ""\n', "b.toml").parent
    with pytest.raises(ToolFileErrors) as caught:
        load_toolkit(folder)
    problems = [str(problem) for problem in caught.value.problems]
    assert problems == [str(problem) for problem in check_tools(folder)]
    assert problems[0].startswith("a.toml: is not valid TOML: ")
    assert "line 1" in problems[0]
    assert problems[1:] == [
        "b.toml: unknown key “mood”",
        "b.toml: minutes: must be from 1 to 240",
        "b.toml: step 1, prompt 1, help: is empty",
        "b.toml: step 1, prompt 1: missing key “low”, which “scale” needs",
        "b.toml: step 1, prompt 1: missing key “high”, which “scale” needs",
    ]
    assert caught.value.sentence.startswith("A tool file cannot be used: a.toml: is not valid")
    assert "There are 5 more." in caught.value.sentence
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b'id = "a"\ntitle = "caf\xe9"\n', "line 2 is not UTF-8 text; save the file as UTF-8"),
        (b"a = 1\na = 2\n", "is not valid TOML: Cannot overwrite a value (at line 2, column 6)"),
        (b"# " + b"x" * 300_000, "is larger than 256 KB"),
        (b"a = " + b"[" * 20_000, "is nested too deeply"),
        (b"a." * 60_000 + b"a = 1", "is nested too deeply"),
        (b"a = " + b"9" * 9_000, "holds a number that is too long"),
    ],
)
def test_files_that_are_no_tool_at_all_are_refused_in_words(
    write: Write, content: bytes, fault: str
) -> None:
    assert faults(write(content)) == [fault]


def test_a_folder_in_the_place_of_a_file_is_named(write: Write) -> None:
    folder = write(WHOLE).parent
    (folder / "zz.toml").mkdir()
    assert check_tools(folder) == (Problem("zz.toml", "", "is not a file"),)


def test_a_missing_or_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match="There is no file or folder at"):
        check_tools(tmp_path / "missing")
    with pytest.raises(FileProblem, match="holds no tool files"):
        load_toolkit(tmp_path)
