"""The rules of the house that no linter knows."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "retention_desktop"
SOURCES = {
    path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in PACKAGE.rglob("*.py")
}


def lines_with(pattern: str, files: dict[str, str], *, but_not_in: str = "nowhere") -> list[str]:
    """Each place, as "file:line", where the pattern stands in a file outside `but_not_in`."""
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}"
        for name, text in files.items()
        if not name.startswith(but_not_in)
        for match in re.finditer(pattern, text)
    ]


def imported_by(source: str) -> Iterator[str]:
    """The full names of the modules that a source imports, however deep inside it."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def module_name(file: str) -> str:
    """Turn "vault/keys.py" into "retention_desktop.vault.keys"."""
    parts = Path("retention_desktop", file).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def loaded_after_importing(*modules: str) -> set[str]:
    """The top-level packages in memory after a fresh process has imported these modules."""
    code = "import sys, " + ", ".join(modules) + "\nprint(*{m.split('.')[0] for m in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        (r"connect\(\s*(?:lambda|partial)\b", "the receiver is never freed: use a bound method"),
        (r"(?<!qt_app)\.exec_?\(\)", "a nested event loop: use open() and finished"),
        (r"\bprocessEvents\b", "a nested event loop"),
        (r"\bQRunnable\b", "results are lost silently: use ui/tasks.py"),
        (r"class \w+\([^)]*\bQThread\b", "aborts when it is dropped: use ui/tasks.py"),
        (r"\bQtNetwork\b", "nothing ever uses the network"),
    ],
)
def test_nothing_uses_what_was_measured_to_fail(pattern: str, why: str) -> None:
    assert lines_with(pattern, SOURCES) == [], why


def test_unknown_errors_are_caught_in_two_files_only() -> None:
    found = []
    for name, source in SOURCES.items():
        for node in ast.walk(ast.parse(source)):
            if not isinstance(node, ast.ExceptHandler):
                continue
            caught = "Exception" if node.type is None else ast.unparse(node.type)
            passed_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            if re.search(r"\b(Base)?Exception\b", caught) and not passed_on:
                found.append(name)
    assert set(found) <= {"ui/tasks.py", "ui/app.py"}


def test_only_the_window_imports_qt() -> None:
    users = {
        name
        for name, source in SOURCES.items()
        if any(module.startswith(("PySide6", "shiboken6")) for module in imported_by(source))
    }
    assert {name for name in users if not name.startswith("ui/")} == set()


def test_everything_but_the_window_loads_without_qt() -> None:
    others = [
        module_name(name)
        for name in SOURCES
        # alembic's env.py runs inside alembic alone.
        if not name.startswith("ui/") and "/migrations/" not in name
    ]
    loaded = loaded_after_importing(*others)
    assert "msgspec" in loaded
    assert not loaded & {"PySide6", "shiboken6"}


def test_the_window_loads() -> None:
    assert "PySide6" in loaded_after_importing(
        *(module_name(name) for name in SOURCES if name.startswith("ui/"))
    )


@pytest.mark.parametrize("part", ["vault", "toolkit", "cli"])
def test_starting_up_does_not_load_the_database_layer(part: str) -> None:
    loaded = loaded_after_importing(f"retention_desktop.{part}")
    assert not loaded & {"sqlalchemy", "alembic", "reportlab", "pikepdf"}


def test_no_module_can_reach_the_network() -> None:
    banned = {"socket", "ssl", "http", "urllib", "requests", "ftplib", "smtplib", "asyncio"}
    users = {
        name
        for name, source in SOURCES.items()
        if banned & {module.split(".")[0] for module in imported_by(source)}
    }
    assert users == set()


def test_no_text_is_markup_for_reportlab() -> None:
    """A Paragraph of reportlab reads markup: an image there would copy a local file."""
    pdf = {name: text for name, text in SOURCES.items() if name.startswith("sharing/pdf")}
    users = {
        name
        for name, source in SOURCES.items()
        if any(module.startswith("reportlab") for module in imported_by(source))
    }
    assert users <= pdf.keys()
    paragraph = r"from reportlab[\w.]* import (\([^)]*|[^\n(]*)\bX?(Paragraph|Preformatted)\b"
    assert lines_with(paragraph, pdf) == []


def test_the_programs_own_data_is_found_through_paths_alone() -> None:
    pattern = r"""["']resources\b|_MEIPASS|importlib\.resources"""
    assert lines_with(pattern, SOURCES, but_not_in="paths.py") == []


def test_every_font_and_icon_has_its_licence_beside_it() -> None:
    """A font's stands under the family's name; the icons of a folder share one."""
    unlicensed = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "resources").rglob("*")
        if path.suffix in {".ttf", ".otf", ".svg"}
        if not any(
            (path.parent / name).is_file()
            for name in ("LICENSE", "LICENSE.txt", f"{path.stem.split('-')[0]}-OFL.txt")
        )
    }
    assert unlicensed == set()


def test_the_readme_gives_a_reason_for_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    asked += project["dependency-groups"]["build"]
    names = {re.split(r"[<>=]", entry)[0] for entry in asked if isinstance(entry, str)}
    rows = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if "|" in line]
    named = {word for row in rows for word in re.findall(r"[\w-]+", row.split("|")[1])}
    assert names - named == set()


def tracked_texts() -> dict[str, str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("this folder is not a git clone")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8", errors="ignore")
        for path in paths
        if path.is_file() and path.suffix not in {".ttf", ".otf", ".png"}
    }


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<![\w.~}])/(?:home|root|work|Users)/\w",
        r"(?<!no-emit-)(?:index[-_]url|find[-_]links)",
        r"//[\w.-]*(?:py[p]i\.|pythonhoste[d]|npmj[s])",
    ],
    ids=["a path of one machine", "a package index option", "a package index address"],
)
def test_no_tracked_file_names_a_machine_or_a_package_index(pattern: str) -> None:
    assert lines_with(pattern, tracked_texts()) == []


class _Bell(QObject):
    rung = Signal()

    def ring_back(self) -> None:
        """Answer the bell."""


def test_disconnecting_keeps_python_whole() -> None:
    """PySide6 6.12.0 on Python 3.11 loses a reference to True each time, and aborts in the end."""
    bell = _Bell()
    before = sys.getrefcount(True)
    for _ in range(200):
        bell.rung.connect(bell.ring_back)
        bell.rung.disconnect(bell.ring_back)
    assert sys.getrefcount(True) > before - 100


def test_tests_reach_no_network() -> None:
    import socket

    with pytest.raises(pytest.fail.Exception):
        socket.create_connection(("localhost", 9))


def test_tests_draw_off_screen_unless_told_otherwise() -> None:
    assert os.environ.get("QT_QPA_PLATFORM") or "RETENTION_ONSCREEN" in os.environ
