"""The key of a vault: 32 random octets, all that comes from it, and how it is written on paper.

Everything comes from the one key by HKDF-SHA-256 (RFC 5869), each with a word of its own, so that
none tells another: what the database is encrypted with, its salt, what files are encrypted with
and what their names are made by. The key has full entropy, so there is no salt and no slow
stretching (RFC 5869, 3.1). The salt of the database stands openly in its first 16 octets: by it a
key is told from a wrong one, and it names the key wherever the key is kept.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

from msgspec import Struct

from withhold.errors import BadInput, MissingExtra

OCTETS = 32
SALT_OCTETS = 16
"""What SQLCipher puts in front of a database (its own documentation, "raw key and salt")."""
_SUM = 3
_GROUP = 4
_TYPED = str.maketrans({"0": "O", "1": "I", "8": "B"})
"""Signs that base32 (RFC 4648, 6) does not have, and what was meant by them."""


class Keys(Struct, frozen=True, kw_only=True):
    """What is derived from one key. Never printed: see ``__repr__``."""

    database: bytes
    salt: bytes
    files: bytes
    names: bytes

    @property
    def name(self) -> str:
        """Under which name the key is kept: the salt, which is no secret, as 32 hex digits."""
        return self.salt.hex()

    def named(self, digest: str) -> str:
        """What a file of this digest is called: nobody can compare it with a file of theirs."""
        return hmac.new(self.names, digest.encode(), hashlib.sha256).hexdigest()

    def mark(self, said: str) -> str:
        """That who has this key said it. No digest of a file is said so: see the first word."""
        return hmac.new(self.names, f"card {said}".encode(), hashlib.sha256).hexdigest()

    def __repr__(self) -> str:
        return f"Keys({self.name})"


def new_key() -> bytes:
    """A key that nobody has."""
    return secrets.token_bytes(OCTETS)


@lru_cache(maxsize=8)
def keys_of(key: bytes) -> Keys:
    """All that is derived from a key. Raises MissingExtra without ``cryptography``."""
    try:
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF
    except ImportError as why:
        raise missing() from why

    def derived(what: str, octets: int) -> bytes:
        info = f"withhold vault 1 {what}".encode()
        return HKDF(algorithm=SHA256(), length=octets, salt=None, info=info).derive(key)

    return Keys(
        database=derived("database", OCTETS),
        salt=derived("salt", SALT_OCTETS),
        files=derived("files", OCTETS),
        names=derived("names", OCTETS),
    )


def missing() -> MissingExtra:
    """The parts that a vault needs are not installed."""
    return MissingExtra("an encrypted store needs an extra", 'pip install "withhold[vault]"')


def written(key: bytes) -> str:
    """The key for paper: 14 groups of four signs, base32, three octets of a sum at the end."""
    text = base64.b32encode(key + _sum(key)).decode()
    return "-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP))


def typed(text: str) -> bytes:
    """The key that was written down. Spaces, dashes and case do not matter. Raises BadInput.

    A sign that was misread is noticed: one in 16 million wrong ones would pass.
    """
    signs = "".join(text.split()).replace("-", "").upper().translate(_TYPED)
    try:
        data = base64.b32decode(signs)
    except ValueError:  # also what is not ASCII
        data = b""
    key, told = data[:OCTETS], data[OCTETS:]
    if len(data) != OCTETS + _SUM or told != _sum(key):
        raise BadInput(
            "this is not a recovery key, or a sign of it was misread",
            "14 groups of four letters or digits, as vault on showed it",
        )
    return key


def _sum(key: bytes) -> bytes:
    return hashlib.sha256(b"withhold recovery 1\n" + key).digest()[:_SUM]
