"""A vault that costs as little to open as the format allows."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from retention_desktop.vault import KdfParams, Vault, create_vault, open_vault

PASSPHRASE = "otter lantern ŵyl basket"
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)


@pytest.fixture(scope="session")
def fast_kdf() -> KdfParams:
    """The cheapest cost that the format allows."""
    return KdfParams(memory_kib=19 * 1024, iterations=2, lanes=1)


@pytest.fixture
def folder(tmp_path: Path, fast_kdf: KdfParams) -> Path:
    """A new vault in a folder with an awkward name. Nobody has it open."""
    place = tmp_path / "a?b#c%20 ŵ é.rvault"
    create_vault(place, PASSPHRASE, kdf=fast_kdf, now=NOW)
    return place


Opener = Callable[..., Vault]


@pytest.fixture
def opened(folder: Path, fast_kdf: KdfParams) -> Iterator[Opener]:
    """Opens the vault; whatever it opened is closed at the end of the test."""
    vaults: list[Vault] = []

    def opener(passphrase: str = PASSPHRASE, known_generation: int | None = None) -> Vault:
        vault = open_vault(
            folder, passphrase, kdf_floor=fast_kdf, known_generation=known_generation
        )
        vaults.append(vault)
        return vault

    yield opener
    for vault in vaults:
        vault.close()
