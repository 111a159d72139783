"""Packs on the command line: check, bring in, list, pass on, remove."""

from collections.abc import Callable
from pathlib import Path

import pytest

from retention_desktop.toolkit.loading import load_toolkit
from retention_desktop.toolkit.packs import PACKS_FOLDER, import_pack

from ..toolkit.pack_samples import ABOUT, everything_in, pack_files, write_folder, zip_of
from .conftest import Run

Refused = Callable[..., str]
ABOUT_WORDS = ("--id", "shared", "--title", "Shared ŵ", "--publisher", "Us", "--text", "For all.")


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A pack in a folder with an awkward name."""
    return write_folder(pack_files("a-tool", "b-tool"), tmp_path / "sent #1?")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Where the packs go when no other place is named."""
    return tmp_path / "own data" / PACKS_FOLDER


def test_a_pack_comes_in_is_listed_and_goes(sent: Path, run: Run) -> None:
    assert run("packs").out == "There are no packs.\n"
    done = run("packs", "import", sent)
    assert (done.code, done.out, done.err) == (0, "Northshire tools is here, with 2 tools.\n", "")
    for words in (("packs",), ("packs", "list")):
        shown = run(*words).out
        for text in ("northshire", "version 1", "Northshire Council", "A tool", "b-tool"):
            assert text in shown
        assert run(*words, "--json").json == [
            {
                "id": "northshire",
                "version": 1,
                "title": "Northshire tools",
                "publisher": "Northshire Council",
                "text": "How we talk at Northshire.",
                "tools": ["a-tool", "b-tool"],
            }
        ]
    assert run("packs", "remove", "northshire").code == 0
    assert run("packs").out == "There are no packs.\n"


def test_packs_go_where_the_window_looks_for_them(sent: Path, run: Run, tmp_path: Path) -> None:
    assert run("--data-dir", tmp_path / "other", "packs", "import", sent).code == 0
    assert set(everything_in(tmp_path / "other")) == {"packs", "packs/northshire.zip"}
    assert run("packs").out == "There are no packs.\n"


def test_the_tools_of_packs_are_shown_with_the_pack(sent: Path, run: Run) -> None:
    run("packs", "import", sent)
    shown = {tool["id"]: tool for tool in run("tools", "--json").json}
    assert set(shown) == {tool.id for tool in load_toolkit().tools} | {"a-tool", "b-tool"}
    assert shown["a-tool"]["pack"] == "northshire"
    assert shown["career-conversation"]["pack"] is None
    assert run("tools").out.count("Pack: Northshire tools") == 2


def test_a_record_of_a_packs_tool_can_be_added(
    sent: Path, run: Run, vault: Path, write: Callable[[object], Path]
) -> None:
    record = {
        "tool": "a-tool",
        "started": "2026-11-20",
        "finished": "2026-11-20",
        "answers": {"what": "It works."},
    }
    file = write(record)
    assert run("add", vault, file, "--passphrase-file", "-").code == 2
    run("packs", "import", sent)
    assert run("add", vault, file, "--passphrase-file", "-").out == "1\n"


def test_check_tools_takes_a_pack(sent: Path, run: Run, tmp_path: Path) -> None:
    archive = tmp_path / "sent.ZIP"
    archive.write_bytes(zip_of(pack_files()))
    for path in (sent, archive):
        done = run("check-tools", path)
        assert (done.code, done.out, done.err) == (0, "No problems found.\n", "")
    (sent / "pack.toml").write_text(ABOUT.replace("publisher", "publihser"))
    (sent / "tools" / "a-tool.toml").write_text("")
    done = run("check-tools", sent)
    assert done.code == 2
    assert "pack.toml: unknown key “publihser”; did you mean “publisher”?" in done.out
    assert "tools/a-tool.toml: missing key “id”" in done.out
    assert f"{sent} have {done.out.count(chr(10))} problems." in done.err


def test_a_pack_with_faults_stays_out(
    sent: Path, kept: Path, run: Run, refused: Refused, tmp_path: Path
) -> None:
    (sent / "run.exe").write_bytes(b"MZ")
    assert "run.exe: is no part of a pack" in refused("packs", "import", sent)
    assert not kept.exists()
    damaged = tmp_path / "x.zip"
    damaged.write_bytes(b"PK\x03\x04")
    assert "x.zip: is damaged" in refused("packs", "import", damaged)
    assert str(tmp_path / "nowhere") in refused("packs", "import", tmp_path / "nowhere")
    assert "There is no pack called “../x”." in refused("packs", "remove", "../x")


def test_an_unreadable_pack_is_named_and_stops_nothing(sent: Path, kept: Path, run: Run) -> None:
    import_pack(sent, kept)
    (kept / "broken.zip").write_bytes(b"")
    done = run("tools", "--json")
    assert (done.code, len(done.json)) == (0, len(load_toolkit().tools) + 2)
    assert done.err.startswith("retention-desktop: The tools of the pack “broken” are left out")
    assert done.err.count("\n") == 1
    assert run("packs", "remove", "broken").code == 0


def test_tools_can_be_passed_on(sent: Path, run: Run, tmp_path: Path) -> None:
    run("packs", "import", sent)
    out = tmp_path / "shared.zip"
    done = run(
        *("packs", "export", out, "--tools", "a-tool", "career-conversation", "a-tool"),
        *(*ABOUT_WORDS, "--pack-version", "3"),
    )
    assert (done.code, done.err) == (0, "")
    assert done.out == f"The pack is saved, with 2 tools: {out}\n"
    other = ("--data-dir", tmp_path / "other")
    assert run(*other, "packs", "import", out).code == 0
    (pack,) = run(*other, "packs", "--json").json
    assert (pack["title"], pack["version"]) == ("Shared ŵ", 3)
    assert set(pack["tools"]) == {"a-tool", "career-conversation"}


def test_what_cannot_be_passed_on_leaves_no_file(
    run: Run, refused: Refused, tmp_path: Path
) -> None:
    out = tmp_path / "shared.zip"
    said = refused("packs", "export", out, "--tools", "no-such-tool", *ABOUT_WORDS)
    assert "no tool called “no-such-tool”" in said
    words = ["Not Kebab" if word == "shared" else word for word in ABOUT_WORDS]
    said = refused("packs", "export", out, "--tools", "career-conversation", *words)
    assert "pack.toml: id" in said
    assert not out.exists()
