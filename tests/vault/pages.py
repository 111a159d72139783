"""A store as anybody can read it who has the passphrase, without SQLCipher."""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from retention_desktop.vault import keyfile


def decrypted(folder: Path, passphrase: str) -> bytes:
    """All pages of the store, by SQLCipher's published format and nothing of this program's own."""
    keys = keyfile.parse((folder / "vault.keys").read_bytes())
    master = bytes(keyfile.unlock(keys, passphrase).master)
    key = HKDF(SHA256(), length=32, salt=None, info=b"rv1/db-key").derive(master)
    data = (folder / "store.db").read_bytes()
    pages = []
    for start in range(0, len(data), 4096):
        page = data[start : start + 4096]
        body, iv = page[16 if start == 0 else 0 : 4016], page[4016:4032]
        decryptor = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
        pages.append(decryptor.update(body) + decryptor.finalize())
    return b"".join(pages)
