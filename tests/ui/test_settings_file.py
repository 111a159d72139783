"""The choices for this computer: whatever the file holds, the window opens."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_desktop import files
from retention_desktop.errors import FileProblem
from retention_desktop.ui.settings.file import FILE_NAME, Settings, SettingsFile

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def test_choices_are_kept(tmp_path: Path) -> None:
    file = SettingsFile(tmp_path / "new folder")
    file.change(scheme="dark", text_percent=150, generations={"a": 3}, turned_off=("a", "b"))
    assert SettingsFile(tmp_path / "new folder").current == file.current
    assert file.current.scheme == "dark"


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", '"dark"', "\x00", "[" * 100_000, '{"scheme": "dark"', "\ufeff{}"],
    ids=range(9),
)
def test_a_spoilt_file_means_the_defaults(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, "utf-8")
    assert SettingsFile(tmp_path).current == Settings()


def test_a_file_that_is_not_text_means_the_defaults(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"\xff\xfe{}")
    assert SettingsFile(tmp_path).current == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text_percent", "150"),
        ("text_percent", True),
        ("text_percent", 0),
        ("text_percent", -100),
        ("text_percent", 110),
        ("idle_minutes", 0),
        ("idle_minutes", 5.0),
        ("minutes_now", 11),
        ("remind_at", "09:30"),
        ("remind_at", 9),
        ("scheme", "mauve"),
        ("scheme", None),
        ("vault", ["a"]),
        ("geometry", 7),
        ("generations", {"a": "1"}),
        ("generations", {"a": True}),
        ("generations", [1]),
        ("turned_off", "career-conversation"),
        ("turned_off", {"career-conversation": True}),
        ("turned_off", [["career-conversation"]]),
    ],
)
def test_a_choice_that_makes_no_sense_takes_its_default(
    tmp_path: Path, name: str, value: object
) -> None:
    others = {"scheme": "dark"} if name != "scheme" else {"text_percent": 125}
    (tmp_path / FILE_NAME).write_text(json.dumps({name: value, **others}))
    assert SettingsFile(tmp_path).current == Settings()._replace(**others)


@given(st.dictionaries(st.sampled_from([*Settings._fields, "other"]), JSON))
def test_any_file_is_read(
    tmp_path_factory: pytest.TempPathFactory, choices: dict[str, object]
) -> None:
    folder = tmp_path_factory.mktemp("settings")
    (folder / FILE_NAME).write_text(json.dumps(choices))
    found = SettingsFile(folder).current
    for name in ("vault", "scheme", "text_percent", "idle_minutes", "geometry", "turned_off"):
        assert type(getattr(found, name)) is type(getattr(Settings(), name))
    assert all(type(each) is int for each in found.generations.values())
    assert all(type(each) is str for each in found.turned_off)


def test_a_folder_that_cannot_be_written_is_named_and_the_choice_holds(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("")
    file = SettingsFile(tmp_path / "in the way")
    with pytest.raises(FileProblem, match="in the way"):
        file.change(scheme="dark")
    assert file.current.scheme == "dark"


def test_what_was_kept_survives_a_write_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = SettingsFile(tmp_path)
    file.change(scheme="dark")

    def fails(_descriptor: int) -> None:
        raise OSError

    monkeypatch.setattr(files, "sync", fails)  # the disk does not take it
    with pytest.raises(FileProblem):
        file.change(scheme="light")
    assert SettingsFile(tmp_path).current.scheme == "dark"
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]
