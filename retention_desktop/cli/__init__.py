"""The commands: everything but the window, for a terminal or a script. None of them needs a screen.

Each command's work is imported when it is asked for, because the database costs a quarter of a
second that `tools` and `--help` do not need.
"""

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from retention_desktop.cli.parser import build_parser
from retention_desktop.errors import KnownError
from retention_desktop.vault import DEFAULT_KDF, KDF_FLOOR, KdfParams

ALL_WELL = 0
NOT_DONE = 2


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Context:
    """What the commands take from outside: the time, what a guess costs, and who draws the window.

    `draw_window` takes an unlocked vault's folder, its passphrase and the PNG file to write.
    """

    draw_window: Callable[[Path, str, Path], None]
    now: Callable[[], datetime] = _now
    kdf: KdfParams = DEFAULT_KDF
    kdf_floor: KdfParams = KDF_FLOOR


def main(arguments: Sequence[str], context: Context) -> int:
    """Do one command; 0 when all went well, 2 with one line on standard error when not.

    A command whose answer is a yes or no gives its own code.
    """
    try:
        options = build_parser().parse_args(arguments)
        module, function = options.command
        code = getattr(import_module(f"{__name__}.{module}"), function)(options, context)
        sys.stdout.flush()
    except SystemExit as stop:  # argparse, after --help and --version
        return int(stop.code or ALL_WELL)
    except BrokenPipeError:
        _ignore_output()  # whoever was reading has enough
        return ALL_WELL
    except KeyboardInterrupt:
        return _complain("Stopped.")
    except KnownError as error:
        return _complain(str(error))
    except OSError as error:
        return _complain(f"The computer refused: {error.strerror}.")
    return code or ALL_WELL


def _complain(sentence: str) -> int:
    """Say one line on standard error, whatever a path in it holds."""
    line = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in sentence)
    sys.stderr.write(f"retention-desktop: {line}\n")
    return NOT_DONE


def _ignore_output() -> None:
    """Let what is still to be written go nowhere, or Python complains when it ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
