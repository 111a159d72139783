"""The key file `reflective-vault-keys/1`: one random master key, wrapped under each passphrase.

Four lines, each ended by a line feed. The sums run over the exact bytes of lines 1 and 2:

    reflective-vault-keys/1
    <base64 of the body, JSON>
    sha256 <hex>          tells damage from a wrong passphrase before anything is unlocked
    hmac-sha256 <hex>     under HKDF(master key, "rv1/header-mac"): tells tampering afterwards

A slot's wrap is AES-256-GCM under Argon2id(passphrase, fresh salt). Its additional data is the
compact JSON `[line 1, vault_id, slot id, slot type, slot kdf]`, keys in the order of this file, so
that a slot cannot be moved to another vault, retyped or given a weaker KDF. Binary is base64.
What a later version adds must raise `min_reader`: an unknown field is damage.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Annotated, Literal, TypeAlias

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from msgspec import Meta, Struct

from retention_desktop import __version__
from retention_desktop.errors import (
    KnownError,
    VaultDamaged,
    VaultTooNew,
    WrongPassphrase,
)
from retention_desktop.vault.kdf import KdfParams
from retention_desktop.vault.passphrases import to_bytes

LINE_1 = "reflective-vault-keys/1"
MAX_BYTES = 64 * 1024

_READER = 1
_LAYOUT = re.compile(
    rb"(reflective-vault-keys/([1-9][0-9]{0,5})\n([A-Za-z0-9+/]+={0,2})\n)"
    rb"sha256 ([0-9a-f]{64})\nhmac-sha256 ([0-9a-f]{64})\n"
)
_NEWER = re.compile(rb"reflective-vault-keys/(?!1\n)[1-9][0-9]{0,5}\n")

_Uuid = Annotated[
    str, Meta(pattern="^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")
]
_Word = Annotated[str, Meta(max_length=200)]
_Bytes12 = Annotated[bytes, Meta(min_length=12, max_length=12)]
_Bytes16 = Annotated[bytes, Meta(min_length=16, max_length=16)]
_Bytes32 = Annotated[bytes, Meta(min_length=32, max_length=32)]
_Bytes48 = Annotated[bytes, Meta(min_length=48, max_length=48)]


class Argon2(Struct, frozen=True, forbid_unknown_fields=True, tag_field="alg", tag="argon2id"):
    """How a passphrase becomes a key: `m` KiB of memory, `t` passes, `p` lanes."""

    v: Literal[19]
    m: Annotated[int, Meta(ge=19 * 1024, le=4 * 1024 * 1024)]
    t: Annotated[int, Meta(ge=1, le=16)]
    p: Annotated[int, Meta(ge=1, le=16)]
    salt: _Bytes32

    @property
    def params(self) -> KdfParams:
        """The cost, without the salt."""
        return KdfParams(self.m, self.t, self.p)


class Hkdf(Struct, frozen=True, forbid_unknown_fields=True, tag_field="alg", tag="hkdf-sha256"):
    """How a long random secret becomes a key. Never for a passphrase."""

    salt: _Bytes32


class Wrap(Struct, frozen=True, forbid_unknown_fields=True):
    """The master key, encrypted."""

    alg: Literal["A256GCM"]
    nonce: _Bytes12
    ct: _Bytes48


class Slot(Struct, frozen=True, forbid_unknown_fields=True):
    """One way to open the vault."""

    id: _Uuid
    type: Literal["passphrase", "recovery", "device"]
    label: _Word
    created: _Word
    kdf: Argon2 | Hkdf
    wrap: Wrap


class Store(Struct, frozen=True, forbid_unknown_fields=True):
    """What the store beside the key file is. `salt` is its first 16 bytes."""

    cipher: Literal["sqlcipher-4"]
    page: Literal[4096]
    hmac: Literal["sha512"]
    salt: _Bytes16
    epoch: Annotated[int, Meta(ge=0, le=2**53)]


class Body(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What line 2 says."""

    vault_id: _Uuid
    seq: Annotated[int, Meta(ge=1, le=2**53)]
    created: _Word
    written_by: _Word
    min_reader: int
    db: Store
    slots: Annotated[tuple[Slot, ...], Meta(min_length=1, max_length=16)]
    # The data key is being replaced. No version yet does that, so none can finish it either.
    pending: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


class _Reader(Struct):
    min_reader: int = 1


class KeyFile(Struct, frozen=True):
    """A whole key file: its sum is right and its body makes sense. Nothing is unlocked yet."""

    raw: bytes
    signed: bytes
    mac: bytes
    body: Body


MasterKey: TypeAlias = bytearray  # 32 bytes; whoever gets one wipes it


class Unlocked(Struct, frozen=True):
    """The master key, and the slot whose secret gave it."""

    master: MasterKey
    slot: Slot


def parse(raw: bytes) -> KeyFile:
    """Read a key file. Raises VaultDamaged, or VaultTooNew when a later version wrote it."""
    if len(raw) > MAX_BYTES or not (layout := _LAYOUT.fullmatch(raw)):
        raise _too_new() if _NEWER.match(raw) and len(raw) <= MAX_BYTES else _damaged()
    signed, version, encoded, checksum, mac = layout.groups()
    if hashlib.sha256(signed).hexdigest().encode() != checksum:
        raise _damaged()
    if version != b"1":
        raise _too_new()
    try:
        text = base64.b64decode(encoded, validate=True)
        if msgspec.json.decode(text, type=_Reader).min_reader > _READER:
            raise _too_new()
        body = msgspec.json.decode(text, type=Body)
    except (binascii.Error, msgspec.DecodeError, RecursionError, UnicodeError):
        raise _damaged() from None
    if body.pending is not msgspec.UNSET:
        raise _too_new()
    if not _makes_sense(body):
        raise _damaged()
    return KeyFile(raw, signed, bytes.fromhex(mac.decode()), body)


def _makes_sense(body: Body) -> bool:
    slots = body.slots
    return (
        len({slot.id for slot in slots}) == len(slots)
        and any(slot.type != "device" for slot in slots)
        and all(isinstance(slot.kdf, Argon2) for slot in slots if slot.type == "passphrase")
    )


def create(passphrase: str, kdf: KdfParams, now: datetime) -> tuple[KeyFile, MasterKey]:
    """A key file for a new vault, and its master key, which the caller wipes."""
    master = bytearray(os.urandom(32))
    vault_id = str(uuid.uuid4())
    slot = _wrap(master, vault_id, str(uuid.uuid4()), "", passphrase, kdf, now)
    body = Body(
        vault_id=vault_id,
        seq=1,
        created=_moment(now),
        written_by=f"Retention Desktop {__version__}",
        min_reader=_READER,
        db=Store(cipher="sqlcipher-4", page=4096, hmac="sha512", salt=os.urandom(16), epoch=0),
        slots=(slot,),
    )
    return _seal(body, master), master


def unlock(file: KeyFile, passphrase: str) -> Unlocked:
    """Unwrap the master key, which the caller wipes.

    Raises WrongPassphrase when no slot opens, and VaultDamaged when one does but the file is not as
    its writer left it.
    """
    for slot in file.body.slots:
        if slot.type != "passphrase" or not isinstance(slot.kdf, Argon2):
            continue
        master: MasterKey = bytearray(32)
        with _stretched(passphrase, slot.kdf) as key:
            try:
                AESGCM(key).decrypt_into(
                    slot.wrap.nonce, slot.wrap.ct, _bound_to(file.body.vault_id, slot), master
                )
            except InvalidTag:
                continue
        if not hmac.compare_digest(_mac(master, file.signed), file.mac):
            wipe(master)
            raise VaultDamaged(
                "The key file was changed by something other than this program.",
                "Nothing has been changed. Put back the key file of your last backup.",
            )
        return Unlocked(master, slot)
    raise WrongPassphrase(
        "That is not the right passphrase.", "Type it again; capital letters and spaces count."
    )


def rewrap(
    file: KeyFile, unlocked: Unlocked, passphrase: str, kdf: KdfParams, now: datetime
) -> KeyFile:
    """The next key file, in which `passphrase` takes the place of the slot that was opened.

    It is proved by opening it with the new passphrase before it is given back.
    """
    old = unlocked.slot
    slot = _wrap(unlocked.master, file.body.vault_id, old.id, old.label, passphrase, kdf, now)
    body = msgspec.structs.replace(
        file.body,
        seq=file.body.seq + 1,
        written_by=f"Retention Desktop {__version__}",
        slots=tuple(slot if each.id == old.id else each for each in file.body.slots),
    )
    fresh = parse(_seal(body, unlocked.master).raw)
    proof = unlock(fresh, passphrase)
    same = hmac.compare_digest(proof.master, unlocked.master)
    wipe(proof.master)
    if not same:
        raise RuntimeError("the new key file does not give back the master key")
    return fresh


def subkey(master: MasterKey, purpose: str) -> bytearray:
    """The 32-byte key for one purpose, such as "rv1/db-key". The caller wipes it."""
    key = bytearray(32)
    HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive_into(master, key)
    return key


def wipe(key: bytearray) -> None:
    """Overwrite a key."""
    key[:] = bytes(len(key))


@contextmanager
def _stretched(passphrase: str, kdf: Argon2) -> Iterator[bytearray]:
    secret = to_bytes(passphrase)
    key = bytearray(32)
    try:
        Argon2id(
            salt=kdf.salt, length=32, iterations=kdf.t, lanes=kdf.p, memory_cost=kdf.m
        ).derive_into(secret, key)  # type: ignore[arg-type]  # takes any buffer; the stub says bytes
        yield key
    except MemoryError:
        raise KnownError(
            f"Opening the vault needs {kdf.m // 1024:,} MB of free memory for a moment.",
            "Close some other programs, then try again.",
        ) from None
    finally:
        wipe(secret)
        wipe(key)


def _wrap(
    master: MasterKey,
    vault_id: str,
    slot_id: str,
    label: str,
    passphrase: str,
    kdf: KdfParams,
    now: datetime,
) -> Slot:
    # A fresh salt each time gives a fresh key each time, so no nonce is ever used twice under one.
    salt = os.urandom(32)
    argon2 = Argon2(v=19, m=kdf.memory_kib, t=kdf.iterations, p=kdf.lanes, salt=salt)
    empty = Wrap(alg="A256GCM", nonce=os.urandom(12), ct=bytes(48))
    slot = Slot(slot_id, "passphrase", label, _moment(now), argon2, empty)
    with _stretched(passphrase, argon2) as key:
        ct = AESGCM(key).encrypt(empty.nonce, master, _bound_to(vault_id, slot))
    return msgspec.structs.replace(slot, wrap=msgspec.structs.replace(empty, ct=ct))


def _bound_to(vault_id: str, slot: Slot) -> bytes:
    return msgspec.json.encode([LINE_1, vault_id, slot.id, slot.type, slot.kdf])


def _seal(body: Body, master: MasterKey) -> KeyFile:
    signed = f"{LINE_1}\n".encode() + base64.b64encode(msgspec.json.encode(body)) + b"\n"
    mac = _mac(master, signed)
    checksum = hashlib.sha256(signed).hexdigest()
    raw = signed + f"sha256 {checksum}\nhmac-sha256 {mac.hex()}\n".encode()
    return KeyFile(raw, signed, mac, body)


def _mac(master: MasterKey, signed: bytes) -> bytes:
    key = subkey(master, "rv1/header-mac")
    try:
        return hmac.digest(key, signed, "sha256")
    finally:
        wipe(key)


def _moment(now: datetime) -> str:
    return now.isoformat(timespec="seconds")


def _damaged() -> VaultDamaged:
    return VaultDamaged("The key file is damaged.", "Nothing has been changed.")


def _too_new() -> VaultTooNew:
    return VaultTooNew(
        "A newer version of this program wrote this vault.",
        "Open it with the newest version. Nothing has been changed.",
    )
