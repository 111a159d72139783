import csv
import stat
from datetime import UTC, date, datetime, timedelta, timezone
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from retention_desktop.errors import FileProblem
from retention_desktop.models.enums import ActionKind, ActionState, Driver
from retention_desktop.models.views import ActionHead
from retention_desktop.sharing.actions_csv import HEADER, actions_csv, write_actions_csv

from .hostile import TEXTS

ACTION = ActionHead(
    id=1,
    text="Shadow two reviews, “early”",
    owner="Siân",
    due=date(2027, 1, 31),
    kind=ActionKind.DEVELOPMENT,
    state=ActionState.DONE,
    why="Both done;\nit helped",
    created=datetime(2026, 11, 22, 23, 30, tzinfo=UTC),
    closed=datetime(2027, 1, 30, 9, 0, tzinfo=UTC),
    record_id=1,
    title="Career conversation",
    person="Person A",
    driver=Driver.GROWTH,
)
BY_HAND = ActionHead(
    id=2,
    text="Rest",
    owner="",
    due=None,
    kind=ActionKind.TRY,
    state=ActionState.OPEN,
    why="",
    created=datetime(2026, 11, 22, 8, 0, tzinfo=UTC),
    closed=None,
    record_id=None,
    title="",
    person=None,
    driver=None,
)


def rows(content: bytes) -> list[list[str]]:
    """The cells, as a spreadsheet reads the file."""
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), strict=True))


def test_an_action_is_a_row_under_the_names_of_its_columns() -> None:
    assert rows(actions_csv([ACTION, BY_HAND], UTC)) == [
        list(HEADER),
        [
            "Shadow two reviews, “early”", "Siân", "2027-01-31", "Development", "Done",
            "Both done;\nit helped", "2026-11-22", "2027-01-30", "Career conversation", "Person A",
            "Professional growth and career development",
        ],
        ["Rest", "", "", "To try", "Open", "", "2026-11-22", "", "", "", ""],
    ]  # fmt: skip


def test_days_are_those_of_the_place() -> None:
    east = timezone(timedelta(hours=1))
    assert rows(actions_csv([ACTION], east))[1][6] == "2026-11-23"


@pytest.mark.parametrize(
    "text",
    ["=SUM(A1)", "+44", "-1", "@here", "\t=1", "＝1", "＋1", "－1", "＠1", "=\n=1", "\n=1", "\r=1"],
)
@pytest.mark.parametrize("column", ["text", "owner", "why", "title", "person"])
def test_no_cell_is_a_formula(text: str, column: str) -> None:
    (cells,) = rows(actions_csv([replace(ACTION, **{column: text})]))[1:]
    (cell,) = [cell for cell in cells if text.strip()[-1] in cell and cell.startswith("'")]
    assert cell == "'" + "\n".join(line for line in text.splitlines() if line)


@given(st.lists(st.sampled_from(TEXTS) | st.text(), min_size=1, max_size=4))
def test_every_text_comes_out_in_its_own_cell(texts: list[str]) -> None:
    table = rows(actions_csv([replace(ACTION, text=text, why=text) for text in texts]))
    assert len(table) == len(texts) + 1
    for row, text in zip(table[1:], texts, strict=True):
        assert len(row) == len(HEADER)
        assert row[0] == row[5]
        assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r"))
        kept = {char for char in text if char.isprintable() and not char.isspace()}
        assert kept <= set(row[0])


def test_the_file_is_private_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "actions.csv"
    write_actions_csv([ACTION], path)
    assert path.read_bytes() == actions_csv([ACTION])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(FileProblem):
        write_actions_csv([ACTION], tmp_path / "nowhere" / "actions.csv")
