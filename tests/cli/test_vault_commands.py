import getpass
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from retention_desktop.errors import DiskFull
from retention_desktop.toolkit.loading import load_toolkit
from retention_desktop.vault import open_vault

from .conftest import CHEAP, PASSPHRASE, RECORD, Run

Refused = Callable[..., str]
Write = Callable[[object], Path]
STDIN = ("--passphrase-file", "-")


def contents(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_new_makes_a_vault_that_the_passphrase_opens(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "a?b#c%20 ŵ.rvault"
    done = run("new", folder, *STDIN)
    assert (done.code, done.err) == (0, "")
    assert str(folder) in done.out
    assert PASSPHRASE not in done.out
    open_vault(folder, PASSPHRASE, kdf_floor=CHEAP).close()
    assert contents(tmp_path) == {folder.name}


@pytest.mark.parametrize("ending", ["", "\n", "\r\n"])
def test_one_line_end_is_no_part_of_a_passphrase(
    tmp_path: Path, filled: Path, run: Run, ending: str
) -> None:
    file = tmp_path / "passphrase.txt"
    file.write_bytes((PASSPHRASE + ending).encode())
    assert run("list", filled, "--passphrase-file", file).code == 0
    assert run("list", filled, *STDIN, typed=PASSPHRASE + ending).code == 0


@pytest.mark.parametrize("passphrase", [PASSPHRASE + "\n\n", PASSPHRASE + " \n", " " + PASSPHRASE])
def test_nothing_else_is_taken_off_a_passphrase(
    filled: Path, refused: Refused, passphrase: str
) -> None:
    assert "passphrase" in refused("list", filled, *STDIN, typed=passphrase)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "empty"),
        ("\n", "empty"),
        ("short\n", "more characters are needed"),
        ("passwordpassword\n", "could be guessed"),
        ("two lines\nof something long enough\n", "line break"),
        (b"\xff\xfe otter lantern basket\n", "not UTF-8"),
        ("x" * 70_000, "too long"),
    ],
)
def test_new_refuses_a_passphrase_that_will_not_do(
    tmp_path: Path, refused: Refused, typed: str | bytes, says: str
) -> None:
    assert says in refused("new", tmp_path / "new.rvault", *STDIN, typed=typed)
    assert contents(tmp_path) == set()


def test_new_leaves_alone_what_is_there(tmp_path: Path, filled: Path, refused: Refused) -> None:
    file = tmp_path / "file"
    file.write_text("mine")
    for place in (filled, file):
        assert f"already something at {place}" in refused("new", place, *STDIN)
    assert file.read_text() == "mine"


def test_new_needs_a_folder_to_be_in(tmp_path: Path, refused: Refused) -> None:
    refused("new", tmp_path / "nowhere" / "new.rvault", *STDIN)
    assert contents(tmp_path) == set()


def at_a_terminal(monkeypatch: pytest.MonkeyPatch, *typed: str) -> list[str]:
    """Let somebody sit there who types these; what they are asked."""
    questions: list[str] = []
    answers = iter(typed)

    def ask(question: str) -> str:
        questions.append(question)
        return next(answers)

    monkeypatch.setattr(getpass, "getpass", ask)
    return questions


@pytest.fixture
def terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command with somebody at the terminal."""
    from retention_desktop.cli import passphrases

    class Terminal:
        def isatty(self) -> bool:
            return True

    class System:
        stdin = Terminal()

    monkeypatch.setattr(passphrases, "sys", System())
    return run


def test_a_passphrase_is_asked_for_at_a_terminal(
    filled: Path, terminal: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = at_a_terminal(monkeypatch, PASSPHRASE)
    assert terminal("list", filled).code == 0
    assert questions == ["Passphrase: "]


def test_a_new_passphrase_must_be_typed_twice(
    tmp_path: Path, terminal: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions = at_a_terminal(monkeypatch, PASSPHRASE, PASSPHRASE + "x", PASSPHRASE, PASSPHRASE)
    done = terminal("new", tmp_path / "new.rvault")
    assert (done.code, contents(tmp_path)) == (2, set())
    assert "differ" in done.err
    assert terminal("new", tmp_path / "new.rvault").code == 0
    assert len(questions) == 4


def test_without_a_terminal_the_option_is_named(filled: Path, refused: Refused) -> None:
    assert "--passphrase-file" in refused("list", filled)


def test_a_passphrase_file_that_is_not_there_is_named(filled: Path, refused: Refused) -> None:
    assert "no-such-file" in refused("list", filled, "--passphrase-file", "no-such-file")


def test_a_wrong_passphrase_is_called_so(filled: Path, refused: Refused) -> None:
    says = refused("list", filled, *STDIN, typed="another passphrase\n")
    assert "passphrase" in says
    assert "another" not in says


def test_list_shows_the_newest_first(filled: Path, run: Run) -> None:
    first, second = run("list", filled, *STDIN).out.splitlines()
    assert first.split("  ")[0] == "2"
    assert "21 November 2026" in first
    assert "Career conversation" in second
    assert "Person A" in second
    heads = run("list", filled, *STDIN, "--json").json
    assert [head["id"] for head in heads] == [2, 1]
    assert heads[1] == {
        "id": 1,
        "title": "Career conversation",
        "date": "2026-11-20",
        "tool": "career-conversation",
        "driver": "growth",
        "state": "finished",
        "started": "2026-11-20T13:00:00Z",
        "updated": "2026-11-20T14:02:00Z",
        "finished": "2026-11-20T14:02:00Z",
        "person": "Person A",
        "review_on": None,
        "preview": "The joint visits with the hospital <b>team</b> & ŵ",
    }


def test_an_empty_vault_has_an_empty_list(vault: Path, run: Run) -> None:
    assert run("list", vault, *STDIN).out == "There are no records yet.\n"
    assert run("list", vault, *STDIN, "--json").json == []
    assert run("search", vault, "otter", *STDIN, "--json").json == []


def test_show_prints_all_that_was_written(filled: Path, run: Run) -> None:
    shown = run("show", filled, 1, *STDIN).out
    for text in (
        "Career conversation",
        "20 November 2026",
        "Person A",
        "supervision",
        "What is going well just now?",
        "shared with the other person",
        "The joint visits with the hospital <b>team</b> & ŵ",
        "Shadow two reviews. Person A, by 31 January 2027",
        "Book the room. Sam",
    ):
        assert text in shown
    record = run("show", filled, 1, *STDIN, "--json").json
    version = load_toolkit().tool("career-conversation").version
    assert (record["id"], record["tool_version"]) == (1, version)
    assert record["tags"] == ["supervision"]
    assert record["answers"][0] == {
        "id": "going-well",
        "label": "What is going well just now?",
        "kind": "long-text",
        "audience": "shared",
        "step": "start-with-what-goes-well",
        "value": RECORD["answers"]["going-well"],
    }
    assert record["answers"][1]["value"] == RECORD["answers"]["development-action"]
    assert [(a["prompt"], a["text"], a["due"], a["state"]) for a in record["actions"]] == [
        ("development-action", "Shadow two reviews", "2027-01-31", "open"),
        (None, "Book the room", None, "open"),
    ]


def test_what_show_prints_can_be_added_again(filled: Path, run: Run, write: Write) -> None:
    shown = run("show", filled, 1, *STDIN, "--json").json
    again = {
        **{name: shown[name] for name in ("tool", "started", "finished", "person", "tags")},
        "answers": {answer["id"]: answer["value"] for answer in shown["answers"]},
        "actions": [
            {name: action[name] for name in ("text", "owner", "due")}
            for action in shown["actions"]
            if action["prompt"] is None
        ],
    }
    (copy,) = run("add", filled, write(again), *STDIN).out.split()
    added = run("show", filled, copy, *STDIN, "--json").json
    assert added["answers"] == shown["answers"]
    assert [a["text"] for a in added["actions"]] == [a["text"] for a in shown["actions"]]


@pytest.mark.parametrize("number", ["7", "9" * 18, "9" * 19])
def test_a_record_that_is_not_there_is_named(filled: Path, refused: Refused, number: str) -> None:
    says = refused("show", filled, number, *STDIN)
    assert "record" in says
    says = refused("summary", filled, number, "--out", filled.parent / "x.pdf", *STDIN)
    assert "record" in says


def test_search_prints_the_best_first_with_a_snippet(filled: Path, run: Run) -> None:
    hits = run("search", filled, "hospital", *STDIN, "--json").json
    assert {hit["id"] for hit in hits} == {1, 2}
    assert {"id", "title", "date", "snippet"} <= hits[0].keys()
    (hit,) = run("search", filled, "joint", "hospital", *STDIN, "--json").json
    assert (hit["id"], hit["date"]) == (1, "2026-11-20")
    assert hit["snippet"].startswith("The joint visits with the hospital <b>team</b> & ŵ")
    shown = run("search", filled, "joint hospital", *STDIN).out
    assert "Career conversation, 20 November 2026" in shown
    assert "The joint visits" in shown
    assert len(run("search", filled, "hospital", "--limit", 1, *STDIN, "--json").json) == 1
    assert run("search", filled, "nowhere", *STDIN).out == "Nothing was found.\n"
    assert run("search", filled, '"* AND (', *STDIN, "--json").json == []


@pytest.mark.parametrize("limit", ["0", "-1", "many", "9" * 5000])
def test_a_limit_must_be_a_number(filled: Path, refused: Refused, limit: str) -> None:
    assert "--limit" in refused("search", filled, "x", f"--limit={limit}", *STDIN)


def pdf_text(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def test_summary_saves_what_is_not_private_unless_told_otherwise(
    filled: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "summary.pdf"
    done = run("summary", filled, 1, "--out", out, *STDIN)
    assert (done.code, done.err) == (0, "")
    assert str(out) in done.out
    assert "joint visits" in pdf_text(out)
    assert "Book the room" in pdf_text(out)
    assert run("summary", filled, 1, "--out", out, "--include", "actions", *STDIN).code == 0
    assert "Book the room" in pdf_text(out)
    assert "joint visits" not in pdf_text(out)
    assert RECORD["person"] not in pdf_text(out)
    assert run("summary", filled, 1, "--out", out, "--include", "person", *STDIN).code == 0
    assert RECORD["person"] in pdf_text(out)
    # All that record 2 holds is private.
    assert run("summary", filled, 2, "--out", out, "--all", *STDIN).code == 0
    assert "At the duty desk" in pdf_text(out)
    assert run("summary", filled, 2, "--out", out, "--include", "visible", *STDIN).code == 0
    assert "At the duty desk" in pdf_text(out)


def test_a_summary_that_cannot_be_saved_leaves_nothing(
    filled: Path, tmp_path: Path, refused: Refused
) -> None:
    before = contents(tmp_path)
    command = ("summary", filled, 1, *STDIN)
    assert "folder is not there" in refused(*command, "--out", tmp_path / "nowhere" / "x.pdf")
    assert "is a folder" in refused(*command, "--out", tmp_path)
    assert "no-such" in refused(*command, "--out", tmp_path / "x.pdf", "--include", "no-such")
    assert "not allowed with" in refused(
        *command, "--out", tmp_path / "x.pdf", "--include", "a", "--all"
    )
    assert "Private" in refused("summary", filled, 2, *STDIN, "--out", tmp_path / "x.pdf")
    nobody = ("summary", filled, 2, *STDIN, "--out", tmp_path / "x.pdf", "--include", "person")
    assert "Nothing of record 2" in refused(*nobody)
    assert contents(tmp_path) == before


REVIEWS: list[dict[str, Any]] = [
    {
        "tool": "cpd-mapping",
        "started": f"2026-{month}-02T10:00:00Z",
        "finished": f"2026-{month}-02T10:30:00Z",
        "person": "Kestrel",
        "answers": {"learned": work},
    }
    for month, work in (("03", "The old leaflet"), ("11", "The welcome letter"))
]
BOARD: dict[str, Any] = {
    "tool": "opportunities",
    "started": "2026-11-03T10:00:00Z",
    "finished": "2026-11-03T10:30:00Z",
    "answers": {"learning": [{"text": "Shadowing builds trust"}]},
}


@pytest.fixture
def gathered(vault: Path, run: Run, write: Write) -> Path:
    """A vault with two pieces of work, all private, and a board of opportunities."""
    assert run("add", vault, write([*REVIEWS, BOARD]), *STDIN).code == 0
    return vault


def test_gather_prints_all_uses_of_a_tool_and_what_is_private_where_asked_for(
    gathered: Path, run: Run
) -> None:
    done = run("gather", gathered, "cpd-mapping", *STDIN, "--all")
    assert (done.code, done.err) == (0, "")
    assert done.out.index("The welcome letter") < done.out.index("The old leaflet")
    assert "2 March 2026 to 2 November 2026" in done.out
    assert "Kestrel" not in done.out
    nothing = run("gather", gathered, "cpd-mapping", *STDIN).out
    assert nothing == "There is nothing to show. Private answers need --all.\n"
    since = ("--since", "2026-09-01")
    recent = run("gather", gathered, "cpd-mapping", *STDIN, "--all", *since).out
    assert "The welcome letter" in recent
    assert "The old leaflet" not in recent


def test_gather_prints_json(gathered: Path, run: Run) -> None:
    shown = run("gather", gathered, "cpd-mapping", *STDIN, "--all", "--json").json
    assert shown["tool"] == "cpd-mapping"
    (section,) = shown["sections"]
    assert section["audience"] == "private"
    (table,) = section["blocks"]
    assert table["rows"] == [
        ["2 November 2026", "The welcome letter"],
        ["2 March 2026", "The old leaflet"],
    ]


def test_gather_saves_a_pdf_of_the_collection_that_is_named(
    gathered: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "gathered.pdf"
    done = run("gather", gathered, "opportunities", *STDIN, "--collection", 3, "--out", out)
    assert (done.code, done.err) == (0, "")
    assert "Shadowing builds trust" in pdf_text(out)


def test_gather_refuses_what_it_cannot_do_and_leaves_nothing(
    gathered: Path, tmp_path: Path, refused: Refused
) -> None:
    before = contents(tmp_path)
    out = ("--out", tmp_path / "x.pdf")
    assert "no-such" in refused("gather", gathered, "no-such", *STDIN)
    assert "not gathered" in refused("gather", gathered, "wellbeing-check-in", *STDIN)
    says = refused("gather", gathered, "opportunities", *STDIN, "--collection", 9)
    assert "has no collection 9. There are: 1 " in says
    assert "--collection" in refused("gather", gathered, "opportunities", "--collection=0")
    assert "not allowed with" in refused("gather", gathered, "opportunities", "--json", *out)
    assert "Private answers need --all" in refused("gather", gathered, "cpd-mapping", *STDIN, *out)
    for day in ("yesterday", "2026-02-30", "20260901", "1066-10-14"):
        says = refused("gather", gathered, "opportunities", "--since", day)
        assert "a day is written such as 2026-09-01" in says
    assert contents(tmp_path) == before


def test_passphrase_changes_the_passphrase(filled: Path, tmp_path: Path, run: Run) -> None:
    new = tmp_path / "new.txt"
    new.write_text("a second otter under lanterns\n")
    done = run("passphrase", filled, *STDIN, "--new-passphrase-file", new)
    assert (done.code, done.err) == (0, "")
    assert "otter" not in done.out
    assert run("list", filled, *STDIN).code == 2
    assert run("list", filled, "--passphrase-file", new).code == 0


def test_a_passphrase_that_will_not_do_changes_nothing(
    filled: Path, tmp_path: Path, run: Run, refused: Refused
) -> None:
    weak = tmp_path / "weak.txt"
    weak.write_text("short\n")
    strong = tmp_path / "strong.txt"
    strong.write_text("a second otter under lanterns\n")
    command = ("passphrase", filled, *STDIN, "--new-passphrase-file")
    assert "characters" in refused(*command, weak)
    assert "passphrase" in refused(*command, strong, typed="a wrong passphrase\n")
    assert "one passphrase only" in refused(*command, "-")
    assert run("list", filled, *STDIN).code == 0


def test_verify_finds_no_fault_in_a_sound_vault_and_names_those_of_a_damaged_one(
    filled: Path, run: Run
) -> None:
    done = run("verify", filled, *STDIN)
    assert (done.code, done.out) == (0, "No damage found. The vault holds 2 records.\n")
    (filled / "vault.keys").unlink()
    store = filled / "store.db"
    content = bytearray(store.read_bytes())
    content[5000:5040] = bytes(40)
    store.write_bytes(content)
    done = run("verify", filled, *STDIN)
    assert done.code == 2
    assert "vault.keys" in done.out
    assert done.err.count("\n") == 1
    assert "problems" in done.err


def test_what_opening_has_put_right_is_told(filled: Path, run: Run) -> None:
    (filled / "vault.keys").unlink()
    done = run("list", filled, *STDIN, "--json")
    assert (done.code, len(done.json)) == (0, 2)
    assert "key file" in done.err
    assert run("list", filled, *STDIN).err == ""


@pytest.mark.parametrize("command", [("list",), ("show", 1), ("search", "x"), ("verify",)])
def test_a_vault_that_is_none_is_named(
    tmp_path: Path, refused: Refused, command: tuple[object, ...]
) -> None:
    name, *rest = command
    file = tmp_path / "file"
    file.write_text("no vault")
    (tmp_path / "folder").mkdir()
    for place in (file, tmp_path / "folder", tmp_path / "nowhere"):
        assert str(place) in refused(name, place, *rest, *STDIN)
    assert contents(tmp_path) == {"file", "folder"}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({**RECORD, "tool": "none"}, "tool"),
        ([RECORD, {**RECORD, "answers": {"none": "kestrel"}}], "record 2, answers"),
        ([RECORD, {**RECORD, "mood": "kestrel"}], "record 2: there is no field “mood”"),
        ([RECORD, {**RECORD, "finished": "2026-11-19"}], "record 2, finished"),
        ([RECORD, {**RECORD, "answers": {"going-well": "kestrel" * 150_000}}], "1 MB"),
        ([RECORD, {**RECORD, "person": "kestrel\x1b[2J"}], "record 2, person"),
    ],
)
def test_add_takes_all_records_of_a_file_or_none(
    vault: Path, run: Run, refused: Refused, write: Write, content: object, says: str
) -> None:
    complaint = refused("add", vault, write(content), *STDIN)
    assert says in complaint
    assert "kestrel" not in complaint
    assert run("list", vault, *STDIN, "--json").json == []


def test_add_says_so_when_there_is_no_file(vault: Path, tmp_path: Path, refused: Refused) -> None:
    assert "none.json" in refused("add", vault, tmp_path / "none.json", *STDIN)
    assert "folder" in refused("add", vault, tmp_path, *STDIN)


def test_a_full_disk_is_called_so_and_adds_nothing(
    vault: Path, run: Run, refused: Refused, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    from retention_desktop.journal import store

    def no_room(*_: Any) -> None:
        raise DiskFull("There is no room.", "Make some.")

    path = write([RECORD] * 3)
    with monkeypatch.context() as patch:
        patch.setattr(store, "refresh_search", no_room)
        assert "There is no room. Make some." in refused("add", vault, path, *STDIN)
    assert run("list", vault, *STDIN, "--json").json == []
    assert run("add", vault, path, *STDIN).out == "1\n2\n3\n"


LIMITED = """
import resource, sys
from retention_desktop import cli
from retention_desktop.vault import KdfParams
most = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
cheap = KdfParams(19 * 1024, 2, 1)
context = cli.Context(draw_window=print, kdf=cheap, kdf_floor=cheap)
sys.exit(cli.main(sys.argv[2:], context))
"""


def on_a_small_disk(most: int, *words: object) -> subprocess.CompletedProcess[str]:
    """Run a command that can write no file longer than `most` bytes."""
    return subprocess.run(
        [sys.executable, "-c", LIMITED, str(most), *map(str, words)],
        input=PASSPHRASE,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_disk_that_fills_up_on_the_way_loses_nothing(
    filled: Path, tmp_path: Path, run: Run, write: Write
) -> None:
    big = {**RECORD, "answers": {"going-well": "otter " * 10_000}}
    done = on_a_small_disk(600_000, "add", filled, write([big] * 40), *STDIN)
    assert (done.returncode, done.stdout) == (2, "")
    assert "room" in done.stderr
    assert done.stderr.count("\n") == 1
    assert len(run("list", filled, *STDIN, "--json").json) == 2
    assert run("verify", filled, *STDIN).code == 0

    before = contents(tmp_path)
    done = on_a_small_disk(2_000, "summary", filled, 1, "--out", tmp_path / "x.pdf", *STDIN)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert contents(tmp_path) == before
    done = on_a_small_disk(2_000, "new", tmp_path / "new.rvault", *STDIN)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert contents(tmp_path) == before


def test_a_read_only_folder_is_called_so(tmp_path: Path, filled: Path, write: Write) -> None:
    without_power = []
    if os.geteuid() == 0:  # who may write everywhere, unless made to drop that
        if not shutil.which("setpriv"):
            pytest.skip("root may write everywhere, and setpriv is not installed")
        without_power = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    shut = tmp_path / "shut"
    shut.mkdir()
    vault = shutil.copytree(filled, shut / "closed.rvault")
    file = write([RECORD])
    for place in (vault, shut):
        place.chmod(0o500)
    try:
        for words in (
            ("new", shut / "new.rvault"),
            ("add", vault, file),
            ("summary", filled, 1, "--out", shut / "x.pdf"),
        ):
            limited = [sys.executable, "-c", LIMITED, str(10**9), *map(str, words), *STDIN]
            done = subprocess.run(
                [*without_power, *limited],
                input=PASSPHRASE,
                capture_output=True,
                text=True,
                check=False,
            )
            assert (done.returncode, done.stdout) == (2, ""), words
            assert done.stderr.count("\n") == 1, done.stderr
            assert str(shut) in done.stderr
        assert contents(shut) == {"closed.rvault"}
    finally:
        for place in (shut, vault):
            place.chmod(0o700)


def test_a_vault_that_is_open_elsewhere_is_called_so(filled: Path, refused: Refused) -> None:
    held = open_vault(filled, PASSPHRASE, kdf_floor=CHEAP)
    try:
        assert str(filled) in refused("list", filled, *STDIN)
    finally:
        held.close()


def test_the_vault_is_whole_after_every_command(filled: Path, run: Run) -> None:
    assert contents(filled) - {"vault.lock"} == {"store.db", "vault.keys", "vault.keys.bak"}
    copy = shutil.copytree(filled, filled.parent / "copy.rvault")
    assert len(run("list", copy, *STDIN, "--json").json) == 2


def test_stopping_a_command_is_quiet(
    filled: Path, refused: Refused, monkeypatch: pytest.MonkeyPatch
) -> None:
    from retention_desktop.cli import vault_commands

    def stopped(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(vault_commands, "list_records", stopped)
    assert refused("list", filled, *STDIN) == "retention-desktop: Stopped.\n"


def test_nothing_that_was_written_stands_in_the_vault_folder(filled: Path) -> None:
    for path in filled.iterdir():
        for word in (b"joint visits", b"Person A", b"supervision", b"Career"):
            assert word not in path.read_bytes(), path.name
