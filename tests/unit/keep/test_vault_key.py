"""The key: what comes from it is by RFC 5869; what was written down is read again or refused."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest

from withhold.errors import BadInput
from withhold.keep.vault_key import keys_of, new_key, typed, written

KEY = bytes(range(32))


def hkdf(key: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869 with SHA-256 and without a salt, as its two paragraphs have it."""
    extracted = hmac.new(bytes(32), key, hashlib.sha256).digest()
    out, block = b"", b""
    for number in range(1, 3):
        block = hmac.new(extracted, block + info + bytes([number]), hashlib.sha256).digest()
        out += block
    return out[:length]


@pytest.mark.parametrize(
    ("part", "length"), [("database", 32), ("salt", 16), ("files", 32), ("names", 32)]
)
def test_each_part_is_derived_by_the_standard(part: str, length: int) -> None:
    info = f"withhold vault 1 {part}".encode()
    assert getattr(keys_of(KEY), part) == hkdf(KEY, info, length)


def test_a_key_is_never_printed() -> None:
    said = repr(keys_of(KEY))
    for part in (KEY, hkdf(KEY, b"withhold vault 1 database", 32)):
        assert part.hex() not in said
        assert repr(part) not in said


def test_names_of_files_are_a_mac() -> None:
    digest = hashlib.sha256(b"a letter").hexdigest()
    names = hkdf(KEY, b"withhold vault 1 names", 32)
    assert keys_of(KEY).named(digest) == hmac.new(names, digest.encode(), "sha256").hexdigest()


def test_two_new_keys_differ() -> None:
    assert new_key() != new_key()
    assert len(new_key()) == 32


def test_on_paper_it_is_base32_in_fours_with_a_sum() -> None:
    text = written(KEY)
    assert [len(one) for one in text.split("-")] == [4] * 14
    data = base64.b32decode(text.replace("-", ""))
    assert data[:32] == KEY
    assert data[32:] == hashlib.sha256(b"withhold recovery 1\n" + KEY).digest()[:3]


@pytest.mark.parametrize(
    "as_typed",
    [str.lower, lambda text: text.replace("-", " "), lambda text: f"\n {text}\n"],
)
def test_how_it_is_typed_does_not_matter(as_typed: object) -> None:
    assert typed(as_typed(written(KEY))) == KEY  # type: ignore[operator]


def test_signs_that_base32_does_not_have_are_the_ones_they_look_like() -> None:
    text = written(KEY)
    assert any(sign in text for sign in "OIB")
    assert typed(text.replace("O", "0").replace("I", "1").replace("B", "8")) == KEY


def test_every_single_misread_sign_is_noticed() -> None:
    text = written(KEY)
    for at, sign in enumerate(text):
        if sign == "-":
            continue
        wrong = text[:at] + ("A" if sign != "A" else "C") + text[at + 1 :]
        with pytest.raises(BadInput, match="not a recovery key"):
            typed(wrong)


@pytest.mark.parametrize("text", ["", "hello", "A" * 55, "A" * 57, "A" * 1000, "ä" * 56, "\0"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadInput):
        typed(text)
