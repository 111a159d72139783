"""The program as the terminal starts it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from retention_desktop import __version__
from retention_desktop.__main__ import _window_options

from .conftest import PASSPHRASE, Run


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], {}),
        (["--vault", "a b"], {"--vault": Path("a b")}),
        (["--data-dir=x", "--vault=y=z"], {"--data-dir": Path("x"), "--vault": Path("y=z")}),
        (["--vault"], None),
        (["--vault="], None),
        (["--help"], None),
        (["list", "--vault", "x"], None),
        (["--vault", "x", "list"], None),
    ],
)
def test_the_window_opens_only_where_no_command_is_given(
    arguments: list[str], options: dict[str, Path] | None
) -> None:
    assert _window_options(arguments) == options


def test_help_and_version_go_to_standard_output(run: Run) -> None:
    assert run("--version").out == f"retention-desktop {__version__}\n"
    shown = run("--help")
    assert shown.code == 0
    for name in (
        *("tools", "check-tools", "packs", "new", "add", "list", "show", "search", "summary"),
        *("passphrase", "verify", "tour", "self-test"),
    ):
        assert name in shown.out
        assert run(name, "--help").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("no-such-command",),
        ("--vault",),
        ("list",),
        ("list", "a", "b"),
        ("list", "a", "--no-such-option"),
        ("show", "a", "one"),
        ("show", "a", "-1"),
        ("summary", "a", "1"),
        ("search", "a"),
        ("tool",),
        ("packs", "lost"),
        ("packs", "import"),
        ("packs", "export", "out.zip"),
    ],
)
def test_a_slip_in_a_command_is_one_clear_line(
    refused: Callable[..., str], words: tuple[str, ...]
) -> None:
    assert "--help" in refused(*words)


def test_what_is_no_text_in_a_path_harms_nothing(refused: Callable[..., str]) -> None:
    says = refused("list", "a\nb\x1b[2J\udc80", "--passphrase-file", "-")
    assert "\x1b" not in says


def test_text_is_utf_8_whatever_the_language_of_the_computer(filled: Path) -> None:
    plain = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    done = subprocess.run(
        [sys.executable, "-m", "retention_desktop", "show", filled, "1", "--passphrase-file", "-"],
        input=PASSPHRASE,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **plain},
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "& ŵ" in done.stdout


def test_a_reader_that_has_enough_is_no_error() -> None:
    tools = subprocess.Popen(
        [sys.executable, "-m", "retention_desktop", "tools", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert tools.stdout
    assert tools.stderr
    tools.stdout.read(10)
    tools.stdout.close()
    complaints = tools.stderr.read()
    tools.stderr.close()
    assert (tools.wait(), complaints) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_output_that_finds_no_room_is_called_so() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "retention_desktop", "tools"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "retention-desktop: The computer refused: No space left on device.\n"


def test_a_fault_of_the_program_is_told_without_what_was_written() -> None:
    code = (
        "import sys; from retention_desktop import __main__, cli\n"
        "def broken(*_): raise ValueError('kestrel')\n"
        "cli.main = broken\n"
        "sys.argv = ['x', 'tools']\n"
        "__main__.main()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "ValueError in <string>, line 2" in done.stderr
    assert "kestrel" not in done.stderr


def loaded_after(*words: object, typed: str = "") -> set[str]:
    code = (
        "import sys; from retention_desktop import cli\n"
        "from retention_desktop.vault import KdfParams\n"
        "context = cli.Context(draw_window=print, kdf_floor=KdfParams(19 * 1024, 2, 1))\n"
        "assert cli.main(sys.argv[1:], context) == 0\n"
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return set(done.stderr.split())


def test_commands_load_no_more_than_they_need(filled: Path) -> None:
    tools = loaded_after("tools", "--json")
    assert "msgspec" in tools
    assert not tools & {"PySide6", "sqlalchemy", "reportlab"}
    listing = loaded_after("list", filled, "--passphrase-file", "-", typed=PASSPHRASE)
    assert "sqlalchemy" in listing
    assert not listing & {"PySide6", "alembic", "reportlab"}


def test_the_way_to_the_window_loads_no_argparse() -> None:
    code = "import sys, retention_desktop.__main__; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"argparse", "msgspec", "ctypes", "dataclasses"}


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux how memory is kept")
def test_the_memory_of_the_program_is_kept_from_others() -> None:
    code = (
        "import ctypes, os, resource; from retention_desktop import __main__, cli\n"
        "cli.main = lambda *_: 0\n"
        "import sys; sys.argv = ['x', 'tools']; __main__.main()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3), os.umask(0))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"(0, 0) 0 {0o077}\n"
