import csv
import io
import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

from docx import Document

from .conftest import PASSPHRASE, RECORD, Run

Refused = Callable[..., str]
Write = Callable[[object], Path]
STDIN = ("--passphrase-file", "-")
PRIVATE = "At the duty desk"


def test_the_whole_journal_goes_out_and_comes_into_another_vault(
    filled: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "journal.json"
    done = run("export", filled, "--out", out, *STDIN)
    assert (done.code, done.err) == (0, "")
    assert f"with 2 records: {out}" in done.out
    assert "This file is not encrypted." in done.out
    assert stat.S_IMODE(out.stat().st_mode) == 0o600

    other = tmp_path / "other.rvault"
    assert run("new", other, *STDIN).code == 0
    done = run("import", other, out, *STDIN)
    assert (done.code, done.out) == (0, "Added: 2 records, 0 actions by hand.\n")
    done = run("import", other, out, *STDIN)
    assert done.out.endswith("There already, and left as they are: 2.\n")

    for command in (("list",), ("show",), ("search",), ("actions",)):
        words = {"show": ["1"], "search": ["hospital"]}.get(command[0], [])
        shown = [run(*command, vault, *words, *STDIN, "--json").json for vault in (filled, other)]
        assert shown[0] == shown[1]
    again = tmp_path / "again.json"
    assert run("export", other, "--out", again, *STDIN).code == 0
    assert again.read_bytes() == out.read_bytes()


def test_what_cannot_come_in_leaves_the_vault_as_it_was(
    filled: Path, tmp_path: Path, run: Run, refused: Refused
) -> None:
    out = tmp_path / "journal.json"
    assert run("export", filled, "--out", out, *STDIN).code == 0
    content = json.loads(out.read_text("utf-8"))
    content["records"][1]["person"] = "kestrel"
    out.write_text(json.dumps(content), "utf-8")

    says = refused("import", filled, out, *STDIN)
    assert "records, row 2, person: the people of the file have nobody" in says
    assert "kestrel" not in says
    assert len(run("list", filled, *STDIN, "--json").json) == 2
    assert "There is no file" in refused("import", filled, tmp_path / "none.json", *STDIN)


def test_an_export_that_cannot_be_saved_says_so(
    filled: Path, tmp_path: Path, refused: Refused
) -> None:
    says = refused("export", filled, "--out", tmp_path / "nowhere" / "x.json", *STDIN)
    assert "folder is not there" in says


def test_a_summary_as_a_word_document_or_markdown(filled: Path, tmp_path: Path, run: Run) -> None:
    document, text = tmp_path / "a.docx", tmp_path / "a.md"
    assert run("summary", filled, 1, "--out", document, "--docx", *STDIN).code == 0
    assert run("summary", filled, 1, "--out", text, "--markdown", *STDIN).code == 0
    words = [each.text for each in Document(str(document)).paragraphs]
    assert RECORD["answers"]["going-well"] in words
    assert "# Career conversation" in text.read_text("utf-8")
    assert r"hospital \<b\>team\</b\> \& ŵ" in text.read_text("utf-8")


def test_one_kind_of_document_at_a_time(filled: Path, tmp_path: Path, refused: Refused) -> None:
    command = ("summary", filled, 1, "--out", tmp_path / "a", "--docx", "--markdown", *STDIN)
    assert "not allowed with" in refused(*command)
    both = ("actions", filled, "--json", "--csv", tmp_path / "a.csv", *STDIN)
    assert "not allowed with" in refused(*both)


def test_nothing_that_was_left_out_is_in_any_file(
    vault: Path, tmp_path: Path, run: Run, write: Write
) -> None:
    """Everything of the vault that was not chosen is looked for in every byte of what leaves."""
    chosen = "CANARYCHOSEN"
    record = {
        **RECORD,
        "person": "CANARYPERSON",
        "answers": {"going-well": chosen, "where-i-am-now": "CANARYPRIVATE"},
        "actions": [{"text": "CANARYAGREED", "owner": "CANARYOWNER"}],
        "tags": ["CANARYTAG"],
    }
    other = {**record, "answers": {"going-well": "CANARYOTHER"}}
    assert run("add", vault, write([record, other]), *STDIN).code == 0

    for form in ("--docx", "--markdown"):
        out = tmp_path / f"out{form}"
        part = ("--include", "going-well")
        assert run("summary", vault, 1, "--out", out, form, *part, *STDIN).code == 0
        whole = every_byte(out)
        assert chosen.encode() in whole
        assert whole.count(b"CANARY") == 1
        for told in (PASSPHRASE, str(vault), vault.name, str(tmp_path)):
            assert told.encode() not in whole

    table = tmp_path / "actions.csv"
    person = ("--person", "Nobody")
    assert run("actions", vault, "--csv", table, *person, *STDIN).code == 0
    assert b"CANARY" not in table.read_bytes()
    assert run("actions", vault, "--csv", table, *STDIN).code == 0
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == ["CANARYAGREED"] * 2
    for left_out in ("CANARYPRIVATE", "CANARYCHOSEN", "CANARYTAG", "CANARYOTHER"):
        assert left_out.encode() not in table.read_bytes()


def every_byte(path: Path) -> bytes:
    """The file, and after it all that is packed in it."""
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        return content
    with ZipFile(path) as package:
        return b"\n".join([content, *map(package.read, package.namelist())])


def test_a_journal_leaves_nothing_of_the_vault_but_what_was_written(
    filled: Path, tmp_path: Path, run: Run
) -> None:
    out = tmp_path / "journal.json"
    assert run("export", filled, "--out", out, *STDIN).code == 0
    content = out.read_text("utf-8")
    assert PRIVATE in content
    for told in (PASSPHRASE, filled.name, str(tmp_path), "vault_id", "generation"):
        assert told not in content
    copied = shutil.copytree(filled, tmp_path / "copied.rvault")
    assert run("export", copied, "--out", tmp_path / "again.json", *STDIN).code == 0
    assert (tmp_path / "again.json").read_text("utf-8") == content


def test_actions_as_a_spreadsheet(filled: Path, tmp_path: Path, run: Run) -> None:
    table = tmp_path / "actions.csv"
    done = run("actions", filled, "--csv", table, *STDIN)
    assert (done.code, done.out) == (0, f"Saved, with 2 actions: {table}\n")
    rows = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"))))
    assert [row[:3] for row in rows[1:]] == [
        ["Shadow two reviews", "Person A", "2027-01-31"],
        ["Book the room", "Sam", ""],
    ]
