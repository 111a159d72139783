"""Passphrases: made for somebody, judged as they are typed, and turned into bytes.

The bar is NIST SP 800-63B-4's 15 characters, and 10^14 guesses: with the default cost that is over
a thousand years for one of the fastest graphics cards.
"""

import secrets
import unicodedata
from functools import lru_cache

from msgspec import Struct

from retention_desktop.errors import BadInput
from retention_desktop.paths import resource

SHORTEST = 15  # characters
LONGEST = 1024  # characters

_ENOUGH = 14.0  # of log10(guesses)
_LEVELS = (6.0, 10.0, _ENOUGH, 17.0)  # where levels 1 to 4 begin
_JUDGED = 72  # characters: the estimate takes seconds for a thousand


class Judgement(Struct, frozen=True):
    """Whether a passphrase will do, one sentence for the person, and 0 to 4 for a meter."""

    ok: bool
    sentence: str
    level: int


def generate_passphrase(words: int = 6) -> str:
    """Random words from the EFF's list with spaces between them; six are worth 77 bits."""
    listed = _lines("eff-large-wordlist.txt")
    return " ".join(secrets.choice(listed) for _ in range(words))


def judge_passphrase(text: str) -> Judgement:
    """How well a passphrase that somebody chose would stand against guessing."""
    try:
        to_bytes(text)
    except BadInput as error:
        return Judgement(ok=False, sentence=f"{error}", level=0)
    guesses, well_known = _estimate(text)
    level = sum(guesses >= start for start in _LEVELS)
    missing = SHORTEST - len(unicodedata.normalize("NFKC", text))
    if missing > 0:
        more = "1 more character is" if missing == 1 else f"{missing} more characters are"
        return Judgement(ok=False, sentence=f"{more} needed.", level=min(level, 2))
    if guesses < _ENOUGH:
        reason = "a well-known word or phrase" if well_known else "common words or a pattern"
        sentence = f"This could be guessed: it has {reason} in it. Add two or three other words."
        return Judgement(ok=False, sentence=sentence, level=level)
    very = "very " if level == len(_LEVELS) else ""
    return Judgement(ok=True, sentence=f"This is {very}hard to guess.", level=level)


def to_bytes(text: str) -> bytearray:
    """What the key is made from: UTF-8 of the NFKC form, nothing trimmed. The caller wipes it.

    Raises BadInput when no vault can have this passphrase, whatever its strength.
    """
    if not text:
        raise BadInput("The passphrase is empty.", "Type your passphrase.")
    if len(text) > LONGEST:
        raise BadInput(f"The passphrase is longer than {LONGEST:,} characters.")
    if any(character < " " for character in text):
        raise BadInput(
            "The passphrase has a tab, a line break or another control character in it.",
            "Use letters, digits, spaces and signs.",
        )
    try:
        return bytearray(unicodedata.normalize("NFKC", text).encode())
    except UnicodeEncodeError:
        raise BadInput("The passphrase has half a character in it.", "Type it again.") from None


def _estimate(text: str) -> tuple[float, bool]:
    """log10 of the guesses needed, and whether the list of well-known phrases had a part in it."""
    as_typed = _guesses(text)
    # Once more without spaces and signs, so that punctuation cannot hide a well-known phrase.
    squeezed = _guesses(_squeezed(text) or text)
    return min(as_typed, squeezed) if squeezed[1] else as_typed


def _guesses(text: str) -> tuple[float, bool]:
    # Loading its word lists takes longer than painting a screen; nobody types before it is painted.
    from zxcvbn import zxcvbn

    result = zxcvbn(text[:_JUDGED], user_inputs=_blocklist())
    matches = (match.get("dictionary_name") for match in result["sequence"])
    return float(result["guesses_log10"]), "user_inputs" in matches


def _squeezed(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


@lru_cache(maxsize=1)
def _blocklist() -> list[str]:
    phrases = [line for line in _lines("blocklist.txt") if line and not line.startswith("#")]
    return [form for phrase in phrases for form in dict.fromkeys((phrase, _squeezed(phrase)))]


@lru_cache(maxsize=2)
def _lines(name: str) -> tuple[str, ...]:
    return tuple(resource(f"words/{name}").read_text(encoding="utf-8").splitlines())
