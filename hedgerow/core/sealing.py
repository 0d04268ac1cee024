"""Files that only a passphrase opens, and that show every change and every loss.

A head, then the text in pieces of 1 MiB, each encrypted and authenticated with AES-256-GCM under
a key that scrypt makes from the passphrase and a salt of the file's own. The nonce counts the
pieces and says which is the last, so that none can be left out, moved or cut off; the head is
authenticated with each.
"""

import hashlib
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"HEDGEROW SEALED 1\n"
PIECE = 1024 * 1024  # bytes
SHORTEST_PASSPHRASE = 12  # characters

_SALT, _CHECK, _TAG = 16, 16, 16
# 128 MB and about half a second for each guess. Part of format 1: another cost is another magic.
_COST = {"n": 2**17, "r": 8, "p": 1, "maxmem": 256 * 1024 * 1024}


class Unsealable(Exception):
    """The file cannot be opened. The message is a sentence."""


def is_sealed(file: BinaryIO) -> bool:
    """Whether the file begins like a sealed one. Leaves it at its beginning."""
    begins = file.read(len(MAGIC))
    file.seek(0)
    return begins == MAGIC


class Sealer:
    """Writes what it is given, sealed, to a file. Only `close` makes it whole."""

    def __init__(self, file: BinaryIO, passphrase: str):
        self.file = file
        salt = os.urandom(_SALT)
        key, check = _key(passphrase, salt)
        self.head = MAGIC + salt + check
        self.pieces = _Pieces(key, self.head)
        self.waiting = bytearray()
        file.write(self.head)

    def write(self, text: bytes) -> int:
        self.waiting += text
        while len(self.waiting) > PIECE:
            self.file.write(self.pieces.seal(bytes(self.waiting[:PIECE]), is_last=False))
            del self.waiting[:PIECE]
        return len(text)

    def close(self) -> None:
        self.file.write(self.pieces.seal(bytes(self.waiting), is_last=True))


class Opener:
    """Reads what was sealed. Raises Unsealable at the first piece that is not as it was written."""

    def __init__(self, file: BinaryIO, passphrase: str):
        self.file = file
        head = file.read(len(MAGIC) + _SALT + _CHECK)
        salt, check = head[len(MAGIC) : -_CHECK], head[-_CHECK:]
        if not head.startswith(MAGIC) or len(salt) != _SALT:
            raise Unsealable("This is not a sealed file, or its beginning is lost.")
        key, rightly = _key(passphrase, salt)
        if check != rightly:
            raise Unsealable(
                "The passphrase is not the one that this was sealed with (or the first bytes are "
                "damaged). Put the right one into the file that HEDGEROW_PASSPHRASE_FILE names."
            )
        self.pieces = _Pieces(key, head)
        self.ahead = file.read(PIECE + _TAG)
        self.text = b""
        self.is_over = False

    def read(self, size: int = -1) -> bytes:
        while not self.is_over and (size < 0 or len(self.text) < size):
            piece, self.ahead = self.ahead, self.file.read(PIECE + _TAG)
            self.is_over = not self.ahead
            self.text += self.pieces.open(piece, is_last=self.is_over)
        end = len(self.text) if size < 0 else size
        told, self.text = self.text[:end], self.text[end:]
        return told


class _Pieces:
    def __init__(self, key: bytes, head: bytes):
        self.cipher = AESGCM(key)
        self.head = head
        self.n = 0

    def seal(self, text: bytes, *, is_last: bool) -> bytes:
        return self.cipher.encrypt(self._nonce(is_last), text, self.head)

    def open(self, piece: bytes, *, is_last: bool) -> bytes:
        try:
            return self.cipher.decrypt(self._nonce(is_last), piece, self.head)
        except InvalidTag:
            raise Unsealable(
                f"The file is damaged or cut off after {(self.n - 1) * PIECE // 2**20} MB. "
                "Take another copy of it."
            ) from None

    def _nonce(self, is_last: bool) -> bytes:
        self.n += 1
        return self.n.to_bytes(11, "big") + bytes([is_last])


def _key(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    """The key, and what tells a wrong passphrase from damage without telling anything of the key."""
    made = hashlib.scrypt(passphrase.encode(), salt=salt, dklen=64, **_COST)
    return made[:32], hashlib.sha256(made[32:]).digest()[:_CHECK]
