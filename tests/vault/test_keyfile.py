"""The key file: anybody can read it from its description, and nobody can bend it."""

import base64
import hashlib
import hmac
import json
import random
import time
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from retention_desktop.errors import KnownError, VaultDamaged, VaultTooNew, WrongPassphrase
from retention_desktop.vault import KdfParams, keyfile
from tests.vault.conftest import FAST, NOW, PASSPHRASE

Body = dict[str, Any]


@pytest.fixture(scope="module")
def made() -> tuple[keyfile.KeyFile, bytes]:
    file, master = keyfile.create(PASSPHRASE, FAST, NOW)
    return file, bytes(master)


def _body(raw: bytes) -> Body:
    body: Body = json.loads(base64.b64decode(raw.split(b"\n")[1]))
    return body


def _with_right_checksum(raw: bytes, change: Callable[[Body], object]) -> bytes:
    """What somebody who knows the format, but no secret, can write."""
    body = _body(raw)
    change(body)
    lines = raw.split(b"\n")
    signed = lines[0] + b"\n" + base64.b64encode(json.dumps(body).encode()) + b"\n"
    checksum = hashlib.sha256(signed).hexdigest().encode()
    return signed + b"sha256 " + checksum + b"\n" + lines[3] + b"\n"


def test_it_is_what_its_description_says(made: tuple[keyfile.KeyFile, bytes]) -> None:
    file, master = made
    line_1, line_2, checksum, mac, rest = file.raw.split(b"\n")
    assert line_1 == b"reflective-vault-keys/1"
    assert rest == b""
    signed = line_1 + b"\n" + line_2 + b"\n"
    assert checksum == b"sha256 " + hashlib.sha256(signed).hexdigest().encode()

    body = json.loads(base64.b64decode(line_2, validate=True))
    assert list(body) == ["vault_id", "seq", "created", "written_by", "min_reader", "db", "slots"]
    assert (body["seq"], body["min_reader"]) == (1, 1)
    assert body["db"] | {"salt": ""} == {
        "cipher": "sqlcipher-4",
        "page": 4096,
        "hmac": "sha512",
        "salt": "",
        "epoch": 0,
    }
    assert len(base64.b64decode(body["db"]["salt"])) == 16

    (slot,) = body["slots"]
    kdf = slot["kdf"]
    assert (kdf["alg"], kdf["v"], kdf["m"], kdf["t"], kdf["p"]) == ("argon2id", 19, 19456, 2, 1)
    bound_to = [line_1.decode(), body["vault_id"], slot["id"], slot["type"], kdf]
    key = Argon2id(
        salt=base64.b64decode(kdf["salt"]), length=32, iterations=2, lanes=1, memory_cost=19456
    ).derive(PASSPHRASE.encode())
    unwrapped = AESGCM(key).decrypt(
        base64.b64decode(slot["wrap"]["nonce"]),
        base64.b64decode(slot["wrap"]["ct"]),
        json.dumps(bound_to, separators=(",", ":")).encode(),
    )
    assert unwrapped == master

    mac_key = HKDF(SHA256(), length=32, salt=None, info=b"rv1/header-mac").derive(master)
    assert mac == b"hmac-sha256 " + hmac.new(mac_key, signed, "sha256").hexdigest().encode()


def test_the_passphrase_gives_the_master_key_back(made: tuple[keyfile.KeyFile, bytes]) -> None:
    file, master = made
    assert keyfile.unlock(keyfile.parse(file.raw), PASSPHRASE).master == master


def test_another_passphrase_does_not(made: tuple[keyfile.KeyFile, bytes]) -> None:
    for wrong in (PASSPHRASE + " ", PASSPHRASE.upper(), " " + PASSPHRASE):
        with pytest.raises(WrongPassphrase):
            keyfile.unlock(made[0], wrong)


def test_a_new_passphrase_takes_the_place_of_the_old(made: tuple[keyfile.KeyFile, bytes]) -> None:
    file, master = made
    unlocked = keyfile.unlock(file, PASSPHRASE)
    fresh = keyfile.rewrap(file, unlocked, "quite another one", FAST, NOW)
    assert fresh.body.seq == 2
    assert fresh.body.vault_id == file.body.vault_id
    assert fresh.body.db == file.body.db
    assert keyfile.unlock(fresh, "quite another one").master == master
    old, new = file.body.slots[0], fresh.body.slots[0]
    assert old.kdf.salt != new.kdf.salt
    assert old.wrap.nonce != new.wrap.nonce
    with pytest.raises(WrongPassphrase):
        keyfile.unlock(fresh, PASSPHRASE)


def _set_slot(**fields: object) -> Callable[[Body], object]:
    return lambda body: body["slots"][0].update(fields)


def _set_kdf(**fields: object) -> Callable[[Body], object]:
    return lambda body: body["slots"][0]["kdf"].update(fields)


def _copy(slot: Body, number: int) -> Body:
    return slot | {"id": f"{number:08}-0000-0000-0000-000000000000"}


SALT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "change",
    [
        _set_kdf(m=19 * 1024 - 1),
        _set_kdf(m=4 * 1024 * 1024 + 1),
        _set_kdf(m=2**63),
        _set_kdf(t=0),
        _set_kdf(t=17),
        _set_kdf(p=0),
        _set_kdf(p=17),
        _set_kdf(v=16),
        _set_kdf(alg="scrypt"),
        _set_kdf(salt=base64.b64encode(bytes(31)).decode()),
        _set_kdf(extra=1),
        _set_slot(kdf={"alg": "hkdf-sha256", "salt": SALT}),
        _set_slot(type="device"),
        _set_slot(type="pin"),
        _set_slot(id="1"),
        _set_slot(label="x" * 10_000),
        lambda body: body.update(slots=[]),
        lambda body: body.update(slots=body["slots"] * 2),
        lambda body: body.update(slots=[_copy(body["slots"][0], number) for number in range(17)]),
        lambda body: body.update(seq=0),
        lambda body: body.update(seq=2**53 + 1),
        lambda body: body.update(seq="1"),
        lambda body: body["db"].update(page=1024),
        lambda body: body["db"].update(cipher="none"),
        lambda body: body.pop("vault_id"),
        lambda body: body.update(more=1),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_damage_before_any_time_is_spent(
    made: tuple[keyfile.KeyFile, bytes], change: Callable[[Body], object]
) -> None:
    raw = _with_right_checksum(made[0].raw, change)
    start = time.perf_counter()
    with pytest.raises(VaultDamaged):
        keyfile.parse(raw)
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.update(min_reader=2),
        lambda body: body.update(min_reader=2, slots="something new", more=1),
        lambda body: body.update(pending={"anything": 1}),
    ],
)
def test_a_later_version_is_told_from_damage(
    made: tuple[keyfile.KeyFile, bytes], change: Callable[[Body], object]
) -> None:
    with pytest.raises(VaultTooNew):
        keyfile.parse(_with_right_checksum(made[0].raw, change))


def test_a_later_format_is_told_from_damage() -> None:
    with pytest.raises(VaultTooNew):
        keyfile.parse(b"reflective-vault-keys/2\nsomething else altogether\n")


@pytest.mark.parametrize("kind", ["recovery", "device"])
def test_slots_of_kinds_to_come_are_kept_and_passed_over(
    made: tuple[keyfile.KeyFile, bytes], kind: str
) -> None:
    other = {
        "id": "00000000-0000-0000-0000-000000000001",
        "type": kind,
        "kdf": {"alg": "hkdf-sha256", "salt": SALT},
    }
    raw = _with_right_checksum(
        made[0].raw, lambda body: body["slots"].insert(0, body["slots"][0] | other)
    )
    file = keyfile.parse(raw)
    assert [slot.type for slot in file.body.slots] == [kind, "passphrase"]
    with pytest.raises(VaultDamaged, match="changed by something other"):  # no secret, so no sum
        keyfile.unlock(file, PASSPHRASE)


@pytest.mark.parametrize(
    "change",
    [
        _set_kdf(t=1),
        _set_kdf(p=2),
        _set_slot(id="00000000-0000-0000-0000-000000000001"),
        _set_slot(label="mine"),
        lambda body: body.update(seq=9),
        lambda body: body.update(vault_id="00000000-0000-0000-0000-000000000001"),
        lambda body: body["db"].update(salt=base64.b64encode(bytes(16)).decode()),
    ],
)
def test_a_changed_field_never_unlocks(
    made: tuple[keyfile.KeyFile, bytes], change: Callable[[Body], object]
) -> None:
    file = keyfile.parse(_with_right_checksum(made[0].raw, change))
    with pytest.raises((VaultDamaged, WrongPassphrase)):
        keyfile.unlock(file, PASSPHRASE)


def test_no_change_of_bytes_passes(made: tuple[keyfile.KeyFile, bytes]) -> None:
    chance = random.Random(1)  # noqa: S311
    good = made[0].raw
    for _ in range(5000):
        raw = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(raw))
            match chance.randrange(4):
                case 0:
                    raw[place] ^= 1 << chance.randrange(8)
                case 1:
                    del raw[place : place + chance.randrange(1, 40)]
                case 2:
                    raw[place:place] = chance.randbytes(chance.randrange(1, 40))
                case _:
                    del raw[place:]
            if not raw:
                break
        if bytes(raw) == good:
            continue
        try:
            file = keyfile.parse(bytes(raw))
        except KnownError:
            continue
        # The last line is not under the first sum: it is tested once the master key is there.
        with pytest.raises(VaultDamaged):
            keyfile.unlock(file, PASSPHRASE)


def _paths(node: object, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(node, dict):
        return [at, *(p for key, each in node.items() for p in _paths(each, (*at, key)))]
    if isinstance(node, list):
        return [at, *(p for place, each in enumerate(node) for p in _paths(each, (*at, place)))]
    return [at]


def test_no_change_of_structure_passes(made: tuple[keyfile.KeyFile, bytes]) -> None:
    chance = random.Random(2)  # noqa: S311
    junk: tuple[Any, ...] = (
        None, True, -1, 0, 1, 2**70, 1.5, "", "x", "ŵ" * 300, "A" * 44, [], {}, [[]], {"a": 1},
    )  # fmt: skip
    good = made[0].raw
    paths = [path for path in _paths(_body(good)) if path]
    unlocks = 0

    for _ in range(2000):
        path = chance.choice(paths)
        value = chance.choice(junk)

        def change(body: Body, path: tuple[Any, ...] = path, value: object = value) -> None:
            parent: Any = body
            for key in path[:-1]:
                parent = parent[key]
            if chance.randrange(4):
                parent[path[-1]] = value
            else:
                del parent[path[-1]]

        raw = _with_right_checksum(good, change)
        if _body(raw) == _body(good):
            continue
        try:
            file = keyfile.parse(raw)
        except KnownError:
            continue
        if unlocks < 30:
            unlocks += 1
            with pytest.raises(KnownError):
                keyfile.unlock(file, PASSPHRASE)
    assert unlocks == 30


def test_too_much_memory_is_a_clear_sentence(
    made: tuple[keyfile.KeyFile, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_memory(**_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(keyfile, "Argon2id", no_memory)
    with pytest.raises(KnownError, match="19 MB of free memory"):
        keyfile.unlock(made[0], PASSPHRASE)


def test_costs_are_raised_part_by_part() -> None:
    one, other = KdfParams(100, 2, 4), KdfParams(50, 3, 1)
    assert one.raised_to(other) == KdfParams(100, 3, 4)
    assert one.raised_to(one) == one
