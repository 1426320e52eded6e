"""A sealed file: opened by another hand's AES-GCM, and by nobody with one octet changed."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from withhold.keep import sealed
from withhold.keep.sealed import MAGIC, Unsealable, seal, unseal

KEY = bytes(range(32))
NAME = "evidence:aa"


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of several pieces without megabytes."""
    monkeypatch.setattr(sealed, "PIECE", 64)


def by_hand(data: bytes) -> bytes:
    """The content, by the drawing in the docstring alone."""
    assert data[:18] == b"withhold-sealed-1\n"
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=data[18:50], info=b"withhold vault 1 file")
    cipher, rest, out = AESGCM(hkdf.derive(KEY)), data[50:], b""
    pieces = [rest[at : at + 80] for at in range(0, len(rest), 80)]
    for number, piece in enumerate(pieces):
        nonce = number.to_bytes(11, "big") + (b"\1" if number == len(pieces) - 1 else b"\0")
        out += cipher.decrypt(nonce, piece, b"evidence:aa")
    return out


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 128, 1000])
def test_it_is_as_drawn_and_opens_again(size: int) -> None:
    data = bytes(number % 251 for number in range(size))
    made = seal(KEY, NAME, data)
    assert by_hand(made) == data
    assert unseal(KEY, NAME, made) == data
    assert len(made) == 18 + 32 + size + 16 * max(1, -(-size // 64))


def test_nothing_of_it_is_seen_and_no_two_are_alike() -> None:
    data = b"I object to the processing of my posts"
    one, two = seal(KEY, NAME, data), seal(KEY, NAME, data)
    assert data[:8] not in one
    assert one[18:] != two[18:]


def test_every_changed_octet_is_noticed() -> None:
    made = seal(KEY, NAME, bytes(150))
    for at in range(len(made)):
        wrong = made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :]
        with pytest.raises(Unsealable):
            unseal(KEY, NAME, wrong)


def test_every_cut_and_every_tail_is_noticed() -> None:
    made = seal(KEY, NAME, bytes(150))
    for end in range(len(made)):
        with pytest.raises(Unsealable):
            unseal(KEY, NAME, made[:end])
    with pytest.raises(Unsealable):
        unseal(KEY, NAME, made + b"\0")


def test_pieces_in_another_order_are_noticed() -> None:
    made = seal(KEY, NAME, bytes(range(200)))
    head, one, two, rest = made[:50], made[50:130], made[130:210], made[210:]
    with pytest.raises(Unsealable):
        unseal(KEY, NAME, head + two + one + rest)
    with pytest.raises(Unsealable):
        unseal(KEY, NAME, head + one + rest)


def test_another_name_or_key_opens_nothing() -> None:
    made = seal(KEY, NAME, b"a letter")
    for key, name in ((KEY, "evidence:bb"), (bytes(32), NAME)):
        with pytest.raises(Unsealable):
            unseal(key, name, made)


@pytest.mark.parametrize("data", [b"", MAGIC, MAGIC + bytes(32), b"plain words", bytes(500)])
def test_what_is_no_sealed_file_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(Unsealable):
        unseal(KEY, NAME, data)
