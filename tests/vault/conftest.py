"""A vault that costs as little to open as the format allows."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

import pytest

from retention_desktop.vault import KdfParams, Vault, create_vault, open_vault

PASSPHRASE = "otter lantern ŵyl basket"
NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
FAST = KdfParams(memory_kib=19 * 1024, iterations=2, lanes=1)

Opener = Callable[..., Vault]


@pytest.fixture(scope="session")
def fast_kdf() -> KdfParams:
    """The cheapest cost that the format allows."""
    return FAST


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("template") / "template.rvault"
    create_vault(place, PASSPHRASE, kdf=FAST, now=NOW)
    return place


@pytest.fixture
def folder(tmp_path: Path, template: Path) -> Path:
    """A new vault in a folder with an awkward name. Nobody has it open."""
    place = tmp_path / "a?b#c%20 ŵ é.rvault"
    shutil.copytree(template, place)
    return place


@pytest.fixture
def opened(folder: Path) -> Iterator[Opener]:
    """Opens the vault; whatever it opened is closed at the end of the test."""
    vaults: list[Vault] = []

    def opener(
        passphrase: str = PASSPHRASE, known_generations: Mapping[str, int] = MappingProxyType({})
    ) -> Vault:
        vault = open_vault(folder, passphrase, kdf_floor=FAST, known_generations=known_generations)
        vaults.append(vault)
        return vault

    yield opener
    for vault in vaults:
        vault.close()
