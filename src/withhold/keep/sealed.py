"""A sealed file: octets that nobody without the key can read, change, cut or put elsewhere.

::

    magic "withhold-sealed-1\\n" | 32 random octets | piece ... | last piece

A piece is at most 1 MiB of the content under AES-256-GCM (NIST SP 800-38D), so 16 octets more. Each
file has a key of its own, HKDF of the files' key with the random octets, so that a counter can be
the nonce: 11 octets of counter, one octet that is 1 for the last piece and 0 before (the STREAM
construction). A piece that is missing, doubled or in another place does not open. Associated data
is what the file is called inside: another file's octets under its name do not open either.

What stays to be seen from outside: how large a file is, and when it was written.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from withhold.keep.vault_key import missing

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"withhold-sealed-1\n"
PIECE = 1024 * 1024
_RANDOM = 32
_TAG = 16


class Unsealable(Exception):
    """Not a sealed file of this key and name, or not as it was written."""


def seal(key: bytes, called: str, data: bytes) -> bytes:
    """The sealed octets of these. ``called`` is what it is, ``evidence:DIGEST``. MissingExtra."""
    random = secrets.token_bytes(_RANDOM)
    cipher, named = _cipher(key, random), called.encode()
    out, view = [MAGIC, random], memoryview(data)
    last = max(0, (len(view) - 1) // PIECE)
    for number in range(last + 1):
        piece = view[number * PIECE : (number + 1) * PIECE]
        out.append(cipher.encrypt(_nonce(number, number == last), piece, named))
    return b"".join(out)


def unseal(key: bytes, called: str, data: bytes) -> bytes:
    """What was sealed. Raises Unsealable, whatever the octets are; MissingExtra."""
    begin = len(MAGIC) + _RANDOM
    if not data.startswith(MAGIC) or len(data) < begin + _TAG:
        raise Unsealable("no sealed file")
    cipher, named = _cipher(key, data[len(MAGIC) : begin]), called.encode()
    from cryptography.exceptions import InvalidTag

    view, step = memoryview(data)[begin:], PIECE + _TAG
    last = (len(view) - 1) // step
    out = []
    for number in range(last + 1):
        piece = view[number * step : (number + 1) * step]
        try:
            out.append(cipher.decrypt(_nonce(number, number == last), piece, named))
        except (InvalidTag, ValueError) as why:  # ValueError: shorter than its own tag
            raise Unsealable("changed, cut, or of another key or name") from why
    return b"".join(out)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _cipher(key: bytes, random: bytes) -> AESGCM:
    try:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        from cryptography.hazmat.primitives.hashes import SHA256
        from cryptography.hazmat.primitives.kdf.hkdf import HKDF
    except ImportError as why:
        raise missing() from why
    info = b"withhold vault 1 file"
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=random, info=info).derive(key))
