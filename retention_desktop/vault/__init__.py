"""The encrypted folder that holds everything: made, opened, locked, given another passphrase.

Cheap to import: a name brings in what it needs when it is first used. SQLAlchemy costs more to
import than Qt, so use these names inside functions, after the unlock screen is painted.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from retention_desktop.vault.kdf import DEFAULT_KDF, KDF_FLOOR, KdfParams

if TYPE_CHECKING:
    from retention_desktop.vault.creating import create_vault
    from retention_desktop.vault.opening import Vault, change_passphrase, open_vault
    from retention_desktop.vault.passphrases import (
        Judgement,
        generate_passphrase,
        judge_passphrase,
    )
    from retention_desktop.vault.verifying import Verification, verify_vault

__all__ = [
    "DEFAULT_KDF",
    "KDF_FLOOR",
    "Judgement",
    "KdfParams",
    "Vault",
    "Verification",
    "change_passphrase",
    "create_vault",
    "generate_passphrase",
    "judge_passphrase",
    "open_vault",
    "verify_vault",
    "warm_up",
]

_HOMES = {
    "Judgement": "passphrases",
    "Vault": "opening",
    "Verification": "verifying",
    "change_passphrase": "opening",
    "create_vault": "creating",
    "generate_passphrase": "passphrases",
    "judge_passphrase": "passphrases",
    "open_vault": "opening",
    "verify_vault": "verifying",
}


def __getattr__(name: str) -> object:
    if home := _HOMES.get(name):
        return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(name)


def warm_up() -> None:
    """Import all that an unlock needs, while the person types."""
    import_module(f"{__name__}.opening")
    import_module("sqlalchemy.dialects.sqlite")
    import_module("filelock")
