"""Where the program starts: the window without a command, and the commands with one.

On the way to the window nothing is imported that it does not need: how soon it opens is measured.
"""

import gc
import os
import sys
from pathlib import Path
from types import TracebackType

_WINDOW_OPTIONS = ("--data-dir", "--vault")
_DEMOS = ("manager", "practitioner")


def main() -> int:
    """Run the program; its exit code."""
    _keep_memory_private()
    os.umask(0o077)
    arguments = sys.argv[1:]
    demo = _demo(arguments)
    window = {} if demo else _window_options(arguments)
    if window is None:
        return _run_command(arguments)
    if _has_no_display():
        sys.stdout.write("There is no display here, so this is the tour without a screen.\n")
        return _run_command(["tour"])
    gc.disable()  # the window collects from a timer of its own; see `run_window`
    from retention_desktop.ui.app import run_demo, run_window  # the commands need no Qt

    if demo:
        sys.stdout.write("The window opens in a moment, on six months that are made up.\n")
        sys.stdout.flush()
        return run_demo(demo)
    return run_window(window.get("--data-dir"), window.get("--vault"))


def _demo(arguments: list[str]) -> str:
    """Whose demonstration is asked for; "" for none."""
    asked = " ".join(arguments).replace("--demo=", "--demo ")
    return {"--demo": _DEMOS[0], **{f"--demo {who}": who for who in _DEMOS}}.get(asked, "")


def _window_options(arguments: list[str]) -> dict[str, Path] | None:
    """The window's options; None where there is a command, or something to complain about."""
    options: dict[str, Path] = {}
    words = iter(arguments)
    for word in words:
        name, equals, value = word.partition("=")
        if name not in _WINDOW_OPTIONS:
            return None
        value = value if equals else next(words, "")
        if not value:
            return None
        options[name] = Path(value)
    return options


def _run_command(arguments: list[str]) -> int:
    sys.excepthook = _report_bug
    for stream in (sys.stdout, sys.stderr):
        # The same bytes whatever the computer's language; paths may hold what is no text.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    from retention_desktop import cli  # the window needs no argparse

    return cli.main(arguments, cli.Context(draw_window=_draw_window))


def _draw_window(vault: Path, passphrase: str, target: Path) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from retention_desktop.ui.pictures import draw_main_window  # only the pictures need Qt

    draw_main_window(vault, passphrase, target)


def _has_no_display() -> bool:
    chosen = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(os.environ.get(name) for name in chosen)


def _keep_memory_private() -> None:
    """No core dumps, and on Linux no reading of this process by others of the same user."""
    if os.name != "posix":
        return
    import resource  # there is none on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes  # for the one call that Python has no name for

        set_dumpable = 4  # PR_SET_DUMPABLE
        ctypes.CDLL(None).prctl(set_dumpable, 0, 0, 0, 0)


def _report_bug(
    kind: type[BaseException], _error: BaseException, trace: TracebackType | None
) -> None:
    """Say where a fault of the program is, without its message: that may hold what was written."""
    place = "?"
    while trace:
        code = trace.tb_frame.f_code
        place = f"{Path(code.co_filename).name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    sys.stderr.write(
        f"retention-desktop: there is a fault in the program: {kind.__name__} in {place}. "
        "Please report it; nothing that you wrote is in this line.\n"
    )


if __name__ == "__main__":
    sys.exit(main())
