"""A new vault: built beside its place under a hidden name, opened once, then put into its place."""

import errno
import secrets
import shutil
from datetime import datetime
from pathlib import Path

from retention_desktop import files
from retention_desktop.errors import DiskFull, FileProblem
from retention_desktop.vault import engine, keycopies, keyfile, passphrases, schema
from retention_desktop.vault.kdf import DEFAULT_KDF, KdfParams
from retention_desktop.vault.opening import STORE_NAME, open_vault, writing


def create_vault(
    folder: Path, passphrase: str, *, kdf: KdfParams = DEFAULT_KDF, now: datetime
) -> None:
    """Make a vault at `folder`, where nothing is yet. Afterwards it is there, whole, or not at all.

    Raises BadInput for a passphrase that no vault can have, FileProblem and DiskFull.
    """
    keyfile.wipe(passphrases.to_bytes(passphrase))  # refuses one that no vault can have
    folder = folder.absolute()
    try:
        _require_free(folder)
        building = folder.with_name(f".{folder.name}.new-{secrets.token_hex(4)}")
        building.mkdir(mode=0o700)
    except OSError as error:
        raise files.explain(error, folder, "made") from None
    try:
        _build(building, passphrase, kdf, now)
        _require_free(folder)
        building.rename(folder)
        files.sync_folder(folder.parent)
    except OSError as error:
        raise files.explain(error, folder, "made") from None
    except DiskFull:  # names the hidden folder
        raise files.explain(OSError(errno.ENOSPC, ""), folder, "made") from None
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _require_free(folder: Path) -> None:
    if folder.is_symlink() or folder.exists():
        raise FileProblem(f"There is already something at {folder}.", "Choose another name.")


def _build(building: Path, passphrase: str, kdf: KdfParams, now: datetime) -> None:
    keys, master = keyfile.create(passphrase, kdf, now)
    try:
        keycopies.save(building, keys)
        store = building / STORE_NAME
        files.create_empty(store)
        key = keyfile.subkey(master, "rv1/db-key")
        try:
            with engine.faults_in_words(building, writing=True):
                connection = engine.connect(store, key, keys.body.db.salt)
        finally:
            keyfile.wipe(key)
    finally:
        keyfile.wipe(master)
    database = engine.make_engine(connection)
    try:
        with writing(database, building) as connection:
            schema.create(connection, keys.body.vault_id, now)
    finally:
        database.dispose()
    open_vault(building, passphrase, kdf_floor=kdf).close()
    files.sync_file(store)
    files.sync_folder(building)
