"""Where a command takes a passphrase from: a file, standard input, or somebody at a terminal."""

import getpass
import sys
from pathlib import Path

from retention_desktop.errors import BadInput, FileProblem

_LARGEST_FILE = 64 * 1024  # bytes


def read_passphrase(file: str | None, question: str = "Passphrase: ") -> str:
    """The passphrase from a file ("-" is standard input), or typed at the terminal."""
    return _ask(question) if file is None else _read(file)


def read_new_passphrase(file: str | None) -> str:
    """A new passphrase; at a terminal it must be typed twice."""
    if file is not None:
        return _read(file)
    passphrase = _ask("New passphrase: ")
    if _ask("The new passphrase again: ") != passphrase:
        raise BadInput("The two passphrases differ.", "Nothing has been changed; try again.")
    return passphrase


def _ask(question: str) -> str:
    if not sys.stdin.isatty():
        raise BadInput("There is no terminal to ask for a passphrase.", "Use --passphrase-file.")
    try:
        return getpass.getpass(question)
    except EOFError:
        raise BadInput("No passphrase was typed.") from None


def _read(file: str) -> str:
    """The whole content but for one line end; a mark that some editors put first is no part."""
    place = "standard input" if file == "-" else file
    try:
        if file == "-":
            content = sys.stdin.buffer.read(_LARGEST_FILE + 1)
        else:
            with Path(file).open("rb") as opened:
                content = opened.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise FileProblem(
            f"The passphrase could not be read from {place}: {error.strerror}."
        ) from None
    if len(content) > _LARGEST_FILE:
        raise BadInput(f"What is in {place} is too long for a passphrase.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"The passphrase in {place} is not UTF-8 text.") from None
    return text.removesuffix("\n").removesuffix("\r")
