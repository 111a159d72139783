"""The way in: each way a vault can be wrong has its own sentence, not that of another."""

import base64
import hashlib
import json
import os
import random
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from retention_desktop import files
from retention_desktop.errors import (
    BadInput,
    FileProblem,
    KnownError,
    NotFound,
    VaultDamaged,
    VaultMismatch,
    VaultTooNew,
    WrongPassphrase,
)
from retention_desktop.models.tables import person, vault_meta
from retention_desktop.vault import (
    KdfParams,
    Vault,
    change_passphrase,
    create_vault,
    keyfile,
    open_vault,
    verify_vault,
)
from retention_desktop.vault.engine import StoreRefusedError
from retention_desktop.vault.schema import REVISIONS
from tests.vault.conftest import FAST, NOW, PASSPHRASE, Opener
from tests.vault.pages import decrypted

OTHER = "wholly different words here"


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another vault, with another passphrase."""
    place = tmp_path / "other.rvault"
    create_vault(place, OTHER, kdf=FAST, now=NOW)
    return place


def add_person(vault: Vault, alias: str) -> None:
    with vault.writing() as connection:
        connection.execute(insert(person), {"alias": alias, "created": NOW})


def people(vault: Vault) -> list[str]:
    with vault.reading() as connection:
        return list(connection.execute(select(person.c.alias).order_by(person.c.id)).scalars())


def flip(path: Path, place: int, bits: int = 1) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= bits
    path.write_bytes(data)


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "vault.lock"}


# What it is for


def test_what_was_written_is_there_at_the_next_opening(opened: Opener) -> None:
    vault = opened()
    add_person(vault, "Bluebell")
    vault.close()
    again = opened()
    assert people(again) == ["Bluebell"]
    assert again.vault_id == vault.vault_id
    assert again.generation == vault.generation + 1
    assert again.notices == ()


@pytest.mark.parametrize(
    "name", ["plain", "with space", "a?b#c%20 ŵ é", "dots...", "%2e%2e", "q'uo\"te", "日本", "-x;&"]
)
def test_any_name_of_a_folder_works(tmp_path: Path, template: Path, name: str) -> None:
    folder = tmp_path / f"{name}.rvault"
    shutil.copytree(template, folder)
    vault = open_vault(folder, PASSPHRASE, kdf_floor=FAST)
    add_person(vault, "Bluebell")
    vault.close()
    assert [path.name for path in tmp_path.iterdir()] == [folder.name]
    names = {"store.db", "vault.keys", "vault.keys.bak", "vault.lock"}
    assert {path.name for path in folder.iterdir()} == names


def test_a_relative_path_works(
    folder: Path, monkeypatch: pytest.MonkeyPatch, template: Path
) -> None:
    monkeypatch.chdir(folder.parent)
    open_vault(Path(folder.name), PASSPHRASE, kdf_floor=FAST).close()


@pytest.mark.parametrize(
    ("chosen", "typed"),
    [
        ("cafe\u0301 ½ ﬁsh trousers", "caf\u00e9 1⁄2 fish trousers"),
        ("ŵ" * 300, "w\u0302" * 300),
        ("ends with a space ", "ends with a space "),
    ],
)
def test_a_passphrase_opens_however_it_is_composed(tmp_path: Path, chosen: str, typed: str) -> None:
    folder = tmp_path / "v.rvault"
    create_vault(folder, chosen, kdf=FAST, now=NOW)
    open_vault(folder, typed, kdf_floor=FAST).close()
    with pytest.raises(WrongPassphrase):
        open_vault(folder, typed.strip() + "  ", kdf_floor=FAST)


@pytest.mark.skipif(os.name == "nt", reason="POSIX modes")
def test_everything_is_private(folder: Path, opened: Opener, tmp_path: Path) -> None:
    made = tmp_path / "made.rvault"
    create_vault(made, PASSPHRASE, kdf=FAST, now=NOW)
    vault = open_vault(made, PASSPHRASE, kdf_floor=FAST)
    add_person(vault, "Bluebell")
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in made.iterdir()}
    assert set(modes) > {"store.db", "store.db-wal", "vault.keys", "vault.keys.bak", "vault.lock"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(made.stat().st_mode) == 0o700
    vault.close()


def test_nothing_can_be_read_from_the_files(folder: Path, opened: Opener) -> None:
    vault = opened()
    vault.change_passphrase(PASSPHRASE, "Zanzibar canary 4711", kdf=FAST)
    with vault.writing() as connection:
        connection.execute(insert(person), {"alias": "Zanzibar canary 4711", "created": NOW})
        connection.exec_driver_sql(
            "INSERT INTO record_search (rowid, title, body) VALUES (1, ?, ?)",
            ("Zanzibar canary 4711", "Zanzibar canary 4711 " * 50),
        )
    # Read by another program: closing a descriptor of the store here would drop SQLite's locks.
    found = [path for path in folder.iterdir() if path.is_file()]
    assert "store.db-wal" in {path.name for path in found}
    data = b"".join(
        subprocess.run(["cat", path], check=True, capture_output=True).stdout for path in found
    ).lower()
    vault.close()
    data += b"".join(path.read_bytes() for path in folder.iterdir()).lower()
    for word in ("zanzibar", "canary", "4711 "):
        forms = [word.encode(), word.encode("utf-16-le"), base64.b64encode(word.encode()).lower()]
        assert not [form for form in forms if form in data]
    assert b"SQLite format 3" not in data


def test_closing_twice_does_nothing_more(opened: Opener) -> None:
    vault = opened()
    vault.close()
    vault.close()
    with pytest.raises(RuntimeError), vault.reading():
        pass
    opened()


def test_one_process_cannot_open_a_vault_twice_either(opened: Opener) -> None:
    opened()
    with pytest.raises(KnownError, match="already open"):
        opened()


def test_importing_the_package_is_cheap() -> None:
    code = (
        "import sys; from retention_desktop.vault import KdfParams, DEFAULT_KDF, warm_up;"
        "heavy = {'sqlalchemy', 'cryptography', 'alembic', 'zxcvbn', 'sqlcipher3', 'filelock'};"
        "print(heavy & set(sys.modules)); warm_up();"
        "print({'sqlalchemy', 'cryptography', 'sqlcipher3', 'filelock'} <= set(sys.modules),"
        "'alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\nTrue False\n"


# Transactions


def test_a_failed_transaction_keeps_nothing_even_with_savepoints(opened: Opener) -> None:
    vault = opened()

    def slip() -> None:
        with vault.writing() as connection:
            with connection.begin_nested():
                connection.execute(insert(person), {"alias": "one", "created": NOW})
            connection.exec_driver_sql("CREATE TABLE stray (x)")
            raise LookupError

    with pytest.raises(LookupError):
        slip()
    assert people(vault) == []

    with vault.writing() as connection:
        savepoint = connection.begin_nested()
        connection.execute(insert(person), {"alias": "two", "created": NOW})
        savepoint.rollback()
        connection.execute(insert(person), {"alias": "three", "created": NOW})
    assert people(vault) == ["three"]
    with vault.reading() as connection:
        found = connection.exec_driver_sql("SELECT count(*) FROM sqlite_schema WHERE name='stray'")
        assert found.scalar_one() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH DATABASE ':memory:' AS other KEY ''",
        "DETACH DATABASE main",
        "PRAGMA key = 'x'",
        "PRAGMA rekey = 'x'",
        "PRAGMA temp_store = 1",
        "PRAGMA temp_store_directory = '/tmp'",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA synchronous = OFF",
        "PRAGMA secure_delete = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA trusted_schema = ON",
        "PRAGMA cipher_log = '/tmp/log'",
        "PRAGMA cipher_memory_security = ON",
        "PRAGMA mmap_size = 1000000",
        "SELECT load_extension('x')",
        "SELECT sqlcipher_export('main')",
        "VACUUM INTO '/tmp/copy.db'",
    ],
)
def test_what_could_let_the_text_out_is_denied(opened: Opener, statement: str) -> None:
    vault = opened()
    connection = vault._engine.raw_connection()
    try:
        with pytest.raises(sqlcipher3.DatabaseError, match=r"not authorized|denied|prohibited"):
            connection.cursor().execute(statement)
    finally:
        connection.close()


def test_what_was_written_is_in_no_error(opened: Opener) -> None:
    vault = opened()
    add_person(vault, "Zanzibar")
    with pytest.raises(RuntimeError) as caught, vault.writing() as connection:
        connection.execute(insert(person), {"alias": "Zanzibar", "created": NOW})
    error: BaseException | None = caught.value
    seen = []
    while error is not None:
        seen.append(f"{error} {error.args} {vars(error)}")
        error = error.__context__
    assert len(seen) > 1
    assert "Zanzibar" not in " ".join(seen)


def test_a_verb_may_look_at_a_refusal_itself(opened: Opener) -> None:
    vault = opened()
    with vault.writing() as connection:
        connection.execute(insert(person), {"alias": "Ann", "created": NOW})
        with pytest.raises(IntegrityError), connection.begin_nested():
            connection.execute(insert(person), {"alias": "ANN", "created": NOW})
    assert people(vault) == ["Ann"]


def test_a_time_without_a_zone_is_a_bug(opened: Opener) -> None:
    with pytest.raises(StoreRefusedError, match="ValueError"), opened().writing() as connection:
        connection.execute(insert(person), {"alias": "a", "created": NOW.replace(tzinfo=None)})


def test_half_a_character_is_refused_in_a_sentence(opened: Opener) -> None:
    vault = opened()
    with pytest.raises(BadInput, match="half a character") as caught:
        add_person(vault, "Zanzibar \ud800")
    error = caught.value.__context__
    assert isinstance(error, UnicodeEncodeError)
    assert error.object == ""
    assert people(vault) == []


# Wrong passphrases


@pytest.mark.parametrize("typed", ["wrong", PASSPHRASE.upper(), PASSPHRASE + " ", "ŵ" * 300])
def test_a_wrong_passphrase_is_just_that_and_changes_nothing(
    opened: Opener, folder: Path, typed: str
) -> None:
    before = state(folder)
    with pytest.raises(WrongPassphrase, match="not the right passphrase"):
        opened(typed)
    assert state(folder) == before
    opened()


@pytest.mark.parametrize("typed", ["", "a\nb", "\ud800"])
def test_what_is_no_passphrase_is_said(opened: Opener, typed: str) -> None:
    with pytest.raises(BadInput):
        opened(typed)


# Damage to the key file


@pytest.mark.parametrize("name", ["vault.keys", "vault.keys.bak"])
@pytest.mark.parametrize("fault", ["flip", "cut", "empty", "gone", "junk"])
def test_one_bad_copy_of_the_key_file_is_repaired_and_said(
    opened: Opener, folder: Path, name: str, fault: str
) -> None:
    path = folder / name
    good = path.read_bytes()
    match fault:
        case "flip":
            flip(path, 200)
        case "cut":
            path.write_bytes(good[:500])
        case "empty":
            path.write_bytes(b"")
        case "gone":
            path.unlink()
        case _:
            path.write_bytes(os.urandom(100_000))
    problems = verify_vault(folder, PASSPHRASE).problems
    assert len(problems) == 1
    assert name in problems[0]
    vault = opened()
    assert len(vault.notices) == 1
    assert vault.notices[0].startswith(f"{name}, a copy of the key file, was ")
    assert path.read_bytes() == good
    vault.close()
    assert opened().notices == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="POSIX files")
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_a_key_file_that_is_no_plain_file_is_not_read(
    opened: Opener, folder: Path, tmp_path: Path, kind: str
) -> None:
    path = folder / "vault.keys"
    path.rename(tmp_path / "elsewhere")
    match kind:
        case "link":
            path.symlink_to(tmp_path / "elsewhere")
        case "pipe":
            os.mkfifo(path)
        case _:
            path.mkdir()
    vault = opened()
    assert vault.notices[0].startswith("vault.keys, a copy of the key file, ")
    if kind == "folder":
        path.rmdir()
    else:
        assert path.is_file()
        assert not path.is_symlink()


@pytest.mark.parametrize("fault", ["flip", "gone", "one of each"])
def test_two_bad_copies_are_damage_not_a_wrong_passphrase(
    opened: Opener, folder: Path, fault: str
) -> None:
    for name in ("vault.keys", "vault.keys.bak"):
        if fault == "gone" or (fault == "one of each" and name == "vault.keys"):
            (folder / name).unlink()
        else:
            flip(folder / name, 300)
    with pytest.raises(VaultDamaged, match="Both copies of the key file"):
        opened()
    assert "Both copies" in " ".join(verify_vault(folder, PASSPHRASE).problems)


def _tampered(raw: bytes, **fields: Any) -> bytes:
    lines = raw.split(b"\n")
    body = json.loads(base64.b64decode(lines[1]))
    body.update(fields)
    signed = lines[0] + b"\n" + base64.b64encode(json.dumps(body).encode()) + b"\n"
    checksum = hashlib.sha256(signed).hexdigest().encode()
    return signed + b"sha256 " + checksum + b"\n" + lines[3] + b"\n"


def test_a_tampered_copy_gives_way_to_the_good_one(opened: Opener, folder: Path) -> None:
    path = folder / "vault.keys"
    good = path.read_bytes()
    path.write_bytes(_tampered(good, written_by="somebody else"))
    assert "not what this program wrote" in opened().notices[0]
    assert path.read_bytes() == good


def test_two_tampered_copies_are_refused(opened: Opener, folder: Path) -> None:
    for name in ("vault.keys", "vault.keys.bak"):
        path = folder / name
        path.write_bytes(_tampered(path.read_bytes(), seq=7))
    before = state(folder)
    with pytest.raises(VaultDamaged, match="changed by something other"):
        opened()
    assert state(folder) == before


def test_a_key_file_from_the_future_is_not_damage(opened: Opener, folder: Path) -> None:
    path = folder / "vault.keys"
    path.write_bytes(_tampered(path.read_bytes(), min_reader=2))
    before = state(folder)
    with pytest.raises(VaultTooNew):
        opened()
    assert state(folder) == before


# Pairing


def test_a_key_file_of_another_vault_is_said_whichever_passphrase(
    opened: Opener, folder: Path, other: Path
) -> None:
    for name in ("vault.keys", "vault.keys.bak"):
        shutil.copy(other / name, folder / name)
    for typed in (PASSPHRASE, OTHER, "neither of them"):
        with pytest.raises(VaultMismatch, match="do not belong together"):
            opened(typed)


def test_one_copy_of_another_vault_gives_way(opened: Opener, folder: Path, other: Path) -> None:
    change_passphrase(other, OTHER, OTHER, kdf=FAST)  # its seq is higher now
    shutil.copy(other / "vault.keys", folder / "vault.keys")
    assert len(opened().notices) == 1
    assert (folder / "vault.keys").read_bytes() == (folder / "vault.keys.bak").read_bytes()


def test_a_store_that_says_it_is_another_vaults_is_refused(opened: Opener) -> None:
    vault = opened()
    with vault.writing() as connection:
        connection.execute(
            vault_meta.update().where(vault_meta.c.key == "vault_id").values(value="another")
        )
    vault.close()
    with pytest.raises(VaultMismatch):
        opened()


@pytest.mark.parametrize("place", [0, 7, 15])
def test_a_flipped_bit_in_the_salt_survives_and_is_put_right(
    opened: Opener, folder: Path, place: int
) -> None:
    store = folder / "store.db"
    salt = store.read_bytes()[:16]
    flip(store, place, 0x10)
    assert "first bytes" in verify_vault(folder, PASSPHRASE).problems[0]
    with pytest.raises(WrongPassphrase):
        opened("wrong")
    opened().close()
    assert store.read_bytes()[:16] == salt
    assert verify_vault(folder, PASSPHRASE).problems == ()


# Damage to the store


def _damage(store: Path, fault: str) -> None:
    data = store.read_bytes()
    match fault:
        case "gone":
            store.unlink()
        case "empty":
            store.write_bytes(b"")
        case "short":
            store.write_bytes(data[:4095])
        case "plain":
            store.write_bytes(b"SQLite format 3\0" + data[16:])
        case "first page":
            store.write_bytes(data[:20] + bytes(100) + data[120:])
        case "zeroed":
            store.write_bytes(bytes(4096) + data[4096:])
        case "cut at a page":
            store.write_bytes(data[: 4096 * 3])


@pytest.mark.parametrize(
    "fault", ["gone", "empty", "short", "plain", "first page", "zeroed", "cut at a page"]
)
def test_a_damaged_store_is_damage_and_stays_as_it_is(
    opened: Opener, folder: Path, fault: str
) -> None:
    _damage(folder / "store.db", fault)
    before = state(folder)
    with pytest.raises(VaultDamaged) as caught:
        opened()
    assert str(folder) in str(caught.value)
    if fault != "gone":
        with pytest.raises((WrongPassphrase, VaultDamaged)):
            opened("wrong")
    assert verify_vault(folder, PASSPHRASE).problems != ()
    assert state(folder) == before


def test_every_flipped_bit_of_the_store_is_noticed(opened: Opener, folder: Path) -> None:
    vault = opened()
    for number in range(30):
        add_person(vault, f"person {number}")
    vault.close()
    chance = random.Random(5)  # noqa: S311
    store = folder / "store.db"
    good = store.read_bytes()
    for _ in range(25):
        place = chance.randrange(len(good))
        flip(store, place, 1 << chance.randrange(8))
        assert verify_vault(folder, PASSPHRASE).problems != (), place
        store.write_bytes(good)
    assert verify_vault(folder, PASSPHRASE).problems == ()


def test_damage_met_while_reading_is_said(opened: Opener, folder: Path) -> None:
    vault = opened()
    with vault.writing() as connection:
        connection.execute(
            insert(person),
            [{"alias": f"{number} " + "x" * 500, "created": NOW} for number in range(200)],
        )
    vault.close()
    store = folder / "store.db"
    flip(store, len(store.read_bytes()) - 3000)
    again = opened()
    with pytest.raises(VaultDamaged, match="is damaged"):
        people(again)


def test_a_lack_of_memory_is_not_called_damage(opened: Opener) -> None:
    vault = opened()
    with pytest.raises(KnownError, match="free memory") as caught, vault.reading():
        raise MemoryError
    assert type(caught.value) is KnownError
    assert people(vault) == []


# Not a vault


def test_what_is_no_vault_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    for name, error, words in (
        ("nothing", NotFound, "There is no vault at"),
        ("file", FileProblem, "is a file, not a vault"),
        ("folder", NotFound, "is not a vault"),
    ):
        for use in (open_vault, verify_vault):
            with pytest.raises(error, match=words):
                use(tmp_path / name, PASSPHRASE)
        with pytest.raises(error, match=words):
            change_passphrase(tmp_path / name, PASSPHRASE, OTHER)
    assert list((tmp_path / "folder").iterdir()) == []


# Older than it was


def test_an_older_vault_than_the_one_known_gets_a_notice(opened: Opener, folder: Path) -> None:
    old = folder.with_name("old copy")
    shutil.copytree(folder, old)
    vault = opened()
    seen = {vault.vault_id: vault.generation}
    vault.close()
    assert opened(known_generations=seen).notices == ()
    older = open_vault(old, PASSPHRASE, kdf_floor=FAST, known_generations=seen)
    assert "older than the one last opened" in older.notices[0]
    older.close()


def test_a_lost_log_shows_as_an_older_vault(opened: Opener, folder: Path) -> None:
    vault = opened()
    add_person(vault, "Bluebell")
    seen = {vault.vault_id: vault.generation}
    crashed = folder.with_name("crashed")
    subprocess.run(["cp", "-r", folder, crashed], check=True)
    vault.close()
    (crashed / "store.db-wal").unlink()
    without = open_vault(crashed, PASSPHRASE, kdf_floor=FAST, known_generations=seen)
    assert len(without.notices) == 1
    without.close()


# Another passphrase


def test_the_passphrase_changes_while_the_vault_is_open(opened: Opener, folder: Path) -> None:
    vault = opened()
    add_person(vault, "Bluebell")
    vault.change_passphrase(PASSPHRASE, OTHER, kdf=FAST)
    add_person(vault, "Cowslip")
    vault.close()
    assert (folder / "vault.keys").read_bytes() == (folder / "vault.keys.bak").read_bytes()
    with pytest.raises(WrongPassphrase):
        opened()
    assert people(opened(OTHER)) == ["Bluebell", "Cowslip"]


def test_the_passphrase_changes_from_outside(opened: Opener, folder: Path) -> None:
    change_passphrase(folder, PASSPHRASE, OTHER, kdf=FAST)
    with pytest.raises(WrongPassphrase):
        opened()
    opened(OTHER)
    with pytest.raises(KnownError, match="already open"):
        change_passphrase(folder, OTHER, PASSPHRASE, kdf=FAST)


def test_the_backup_copy_is_written_first(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written = []
    write_whole = files.write_whole

    def noting(path: Path, data: bytes) -> None:
        written.append(path.name)
        write_whole(path, data)

    monkeypatch.setattr(files, "write_whole", noting)
    change_passphrase(folder, PASSPHRASE, OTHER, kdf=FAST)
    assert written == ["vault.keys.bak", "vault.keys"]


def test_a_change_that_cannot_be_leaves_everything(opened: Opener, folder: Path) -> None:
    before = state(folder)
    with pytest.raises(WrongPassphrase):
        change_passphrase(folder, "wrong", OTHER, kdf=FAST)
    with pytest.raises(BadInput):
        change_passphrase(folder, PASSPHRASE, "line\nbreak", kdf=FAST)
    assert state(folder) == before


def test_a_replaced_passphrase_is_wrong_even_if_one_copy_still_knows_it(
    opened: Opener, folder: Path
) -> None:
    old = (folder / "vault.keys").read_bytes()
    change_passphrase(folder, PASSPHRASE, OTHER, kdf=FAST)
    (folder / "vault.keys").write_bytes(old)  # as a crash between the two copies leaves it
    with pytest.raises(WrongPassphrase, match="was replaced"):
        opened()
    assert "older than the other" in opened(OTHER).notices[0]
    assert (folder / "vault.keys").read_bytes() != old


def test_a_low_cost_is_raised_at_the_next_opening(folder: Path) -> None:
    open_vault(folder, PASSPHRASE, kdf_floor=KdfParams(19 * 1024, 3, 1)).close()
    file = keyfile.parse((folder / "vault.keys").read_bytes())
    assert (folder / "vault.keys.bak").read_bytes() == file.raw
    kdf = file.body.slots[0].kdf
    assert isinstance(kdf, keyfile.Argon2)
    assert (kdf.m, kdf.t, kdf.p) == (256 * 1024, 3, 4)
    open_vault(folder, PASSPHRASE).close()
    assert (folder / "vault.keys").read_bytes() == file.raw


# Deleted for good


def test_deleted_words_are_overwritten_in_the_store_and_the_index(
    opened: Opener, folder: Path
) -> None:
    vault = opened()
    with vault.writing() as connection:
        connection.execute(insert(person), {"id": 1, "alias": "Zanzibarcanary", "created": NOW})
        for row in range(20):
            connection.exec_driver_sql(
                "INSERT INTO record_search (rowid, title, body) VALUES (?, 'Title', ?)",
                (row, f"some words {'zanzibarcanary' if row == 7 else 'others'} and more"),
            )
    vault.close()
    assert decrypted(folder, PASSPHRASE).lower().count(b"zanzibarcanary") >= 3
    vault = opened()
    with vault.writing() as connection:
        connection.execute(person.delete())
        connection.exec_driver_sql("UPDATE record_search SET body = 'x' WHERE rowid = 7")
        left = select(func.count()).select_from(person)
        assert connection.execute(left).scalar_one() == 0
    vault.close()
    assert b"zanzibarcanary" not in decrypted(folder, PASSPHRASE).lower()
    assert b"others" in decrypted(folder, PASSPHRASE)


# Verification


def test_a_sound_vault_is_verified_without_a_change(opened: Opener, folder: Path) -> None:
    vault = opened()
    add_person(vault, "Bluebell")
    vault.close()
    before = state(folder)
    found = verify_vault(folder, PASSPHRASE)
    assert found.problems == ()
    assert found.vault_id == vault.vault_id
    assert found.revision == REVISIONS[-1]
    assert found.rows["person"] == 1
    assert found.rows["record"] == 0
    assert state(folder) == before
    with pytest.raises(WrongPassphrase):
        verify_vault(folder, "wrong")


def test_a_search_index_that_does_not_fit_is_a_problem(opened: Opener, folder: Path) -> None:
    vault = opened()
    with vault.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO record_search (rowid, title, body) VALUES (1, 'a', 'words')"
        )
        connection.exec_driver_sql("UPDATE record_search_content SET c1 = 'other' WHERE id = 1")
    vault.close()
    assert "The search index is damaged." in verify_vault(folder, PASSPHRASE).problems
