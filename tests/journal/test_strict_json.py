import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from retention_desktop.errors import BadInput, FileProblem, KnownError
from retention_desktop.journal.strict_json import MAX_BYTES, MAX_DEPTH, read_json

SECRET = "kestrel"


def written(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "records.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**14), 10**14) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=JSON, ascii_only=st.booleans())
@example(content=-(10**14), ascii_only=False)
def test_sound_json_is_read_as_it_is(tmp_path: Path, content: object, ascii_only: bool) -> None:
    path = written(tmp_path, json.dumps(content, ensure_ascii=ascii_only))
    assert read_json(path) == content


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=80))
def test_any_other_bytes_are_refused_in_words(tmp_path: Path, content: bytes) -> None:
    path = written(tmp_path, content)
    said = str(path)
    try:
        read_json(path)
    except KnownError as error:
        said = error.sentence
    assert str(path) in said


def test_line_ends_tabs_and_a_byte_order_mark_are_fine(tmp_path: Path) -> None:
    path = written(tmp_path, b'\xef\xbb\xbf{"a": "one\\r\\ntwo\\tthree"}')
    assert read_json(path) == {"a": "one\r\ntwo\tthree"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('[{"a": 1}, {"answers": {"x": 1, "x": 2}}]', "record 2, answers: the field “x” stands"),
        ('[{"a": NaN}]', "record 1, a: NaN"),
        ('{"a": [Infinity]}', "a, row 1: NaN"),
        ('{"a": -Infinity}', "a: NaN"),
        ('{"a": 12345678901234567890}', "a: the number is too long"),
        ('{"a": ' + "9" * 5000 + "}", "a: the number is too long"),
        ('{"a": "b\\u0000"}', "a: the text holds a control character"),
        ('{"a": "b\\u001b[2J"}', "a: the text holds a control character"),
        ('{"a": "\\u0085"}', "a: the text holds a control character"),
        ('{"a": "\\ud83d"}', "a: the text holds half of a character"),
        ('{"a\\u0007": 1}', "the text holds a control character"),
        ('{"a": "b\nc"}', "not valid JSON at line 1"),
        ('{"a": 1,}', "not valid JSON at line 1"),
        ("{'a': 1}", "not valid JSON at line 1"),
        ("", "not valid JSON at line 1"),
        ('{"a": 1} {"b": 2}', "not valid JSON at line 1"),
        ("[" * 100_000, "nested more than 64 levels"),
        ('{"a":' * 100_000, "nested more than 64 levels"),
        ('"' + "\\" * 100_001, "not valid JSON"),
        (b'{"a": "\xff"}', "not UTF-8 text at byte 8"),
        ('{"a": 1}'.encode("utf-16"), "not UTF-8 text"),
    ],
)
def test_what_others_let_through_is_refused_with_its_place(
    tmp_path: Path, content: str | bytes, says: str
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(BadInput) as caught:
        read_json(path)
    assert caught.value.sentence.startswith(str(path))
    assert says in caught.value.sentence


@pytest.mark.parametrize(
    "content",
    [
        f'{{"a": "{SECRET}\\u0000"}}',
        f'{{"a": "{SECRET}\\ud800"}}',
        f'{{"{SECRET} flew by": NaN}}',
        f'{{"{SECRET} flew by": 1, "{SECRET} flew by": 2}}',
        f'{{"a": "{SECRET}}}',
    ],
)
def test_no_complaint_repeats_what_was_written(tmp_path: Path, content: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_json(written(tmp_path, content))
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


def test_the_deepest_nesting_that_is_allowed_is_read(tmp_path: Path) -> None:
    allowed = "[" * MAX_DEPTH + '"]]]["' + "]" * MAX_DEPTH
    assert read_json(written(tmp_path, allowed))
    with pytest.raises(BadInput):
        read_json(written(tmp_path, f"[{allowed}]"))


def test_a_file_over_50_mb_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "records.json"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(BadInput, match="50 MB"):
        read_json(path)


def test_a_file_that_is_not_there_or_a_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(FileProblem, match=r"no file .*none\.json"):
        read_json(tmp_path / "none.json")
    with pytest.raises(FileProblem, match="is a folder"):
        read_json(tmp_path)
