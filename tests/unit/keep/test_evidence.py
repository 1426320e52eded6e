"""Evidence: kept under the hash of its bytes, private, and checked when read."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withhold.errors import NotFound, StoreTrouble
from withhold.keep import Kept, Store
from withhold.keep.evidence import cited

PAGE = b"<html>the switch reads OFF</html>"


def test_the_digest_is_that_of_sha256sum(store: Store) -> None:
    assert store.evidence.keep(PAGE, "page.html") == hashlib.sha256(PAGE).hexdigest()


def test_what_is_kept_comes_back(home: Path) -> None:
    with Store.open(home) as store:
        digest = store.evidence.keep(PAGE, "page.html")
        empty = store.evidence.keep(b"", "empty.txt")
    with Store.read(home) as store:
        assert store.evidence.read(digest) == PAGE
        assert store.evidence.read(empty) == b""
        assert store.evidence.has(digest)
        assert store.evidence.all() == [
            Kept(digest=empty, name="empty.txt", size=0),
            Kept(digest=digest, name="page.html", size=len(PAGE)),
        ]


def test_the_file_is_named_by_its_digest_and_private(home: Path, store: Store) -> None:
    digest = store.evidence.keep(PAGE, "../../page.html")
    file = home / "evidence" / digest
    assert [one.name for one in (home / "evidence").iterdir()] == [digest]
    assert file.read_bytes() == PAGE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_same_bytes_are_kept_once_under_their_first_name(store: Store) -> None:
    assert store.evidence.keep(PAGE, "page.html") == store.evidence.keep(PAGE, "again.html")
    assert [one.name for one in store.evidence.all()] == ["page.html"]


def test_keeping_once_more_heals_a_damaged_file(home: Path, store: Store) -> None:
    digest = store.evidence.keep(PAGE, "page.html")
    (home / "evidence" / digest).write_bytes(b"rotten")
    assert store.evidence.faults()
    store.evidence.keep(PAGE, "page.html")
    assert store.evidence.read(digest) == PAGE
    assert store.evidence.faults() == []


def test_a_changed_file_is_not_read_as_evidence(home: Path, store: Store) -> None:
    digest = store.evidence.keep(PAGE, "page.html")
    (home / "evidence" / digest).write_bytes(PAGE.replace(b"OFF", b"ON "))
    with pytest.raises(StoreTrouble, match="was changed"):
        store.evidence.read(digest)
    assert store.evidence.faults() == [f"evidence/{digest} (page.html) was changed"]


def test_a_lost_file_is_told(home: Path, store: Store) -> None:
    digest = store.evidence.keep(PAGE, "page.html")
    store.evidence.keep(b"other", "other.html")
    (home / "evidence" / digest).unlink()
    with pytest.raises(StoreTrouble, match="No such file"):
        store.evidence.read(digest)
    assert store.evidence.faults() == [f"evidence/{digest} (page.html) is gone"]


@pytest.mark.parametrize("wrong", ["0" * 64, "", "..", "../withhold.db", "/etc/passwd"])
def test_only_what_was_kept_can_be_read(store: Store, wrong: str) -> None:
    assert not store.evidence.has(wrong)
    with pytest.raises(NotFound):
        store.evidence.read(wrong)


def test_a_file_that_cannot_be_written_is_not_listed(
    home: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("withhold.keep.private.os.fsync", full)
    with pytest.raises(StoreTrouble, match="no room left"):
        store.evidence.keep(PAGE, "page.html")
    assert store.evidence.all() == []
    assert list((home / "evidence").iterdir()) == []


def test_sweeping_leaves_what_is_listed(home: Path, store: Store) -> None:
    digest = store.evidence.keep(PAGE, "page.html")
    (home / "evidence" / ("a" * 64)).write_bytes(b"left by a crash")
    (home / "evidence" / f".{'b' * 64}.1.new").write_bytes(b"half")
    store.evidence.sweep()
    assert [one.name for one in (home / "evidence").iterdir()] == [digest]


@pytest.mark.parametrize(
    ("text", "digests"),
    [
        ("", set()),
        ("a" * 64, {"a" * 64}),
        (f'{{"evidence":"{"0f" * 32}"}}', {"0f" * 32}),
        (f"{'1' * 64},{'2' * 64}", {"1" * 64, "2" * 64}),
        ("A" * 64, set()),
        ("a" * 63, set()),
        ("https://example.org/page", set()),
    ],
)
def test_cited(text: str, digests: set[str]) -> None:
    assert cited(text) == digests


@given(st.binary(max_size=50), st.text(alphabet="xyz \n{}\"'", max_size=20))
def test_a_digest_is_found_in_whatever_surrounds_it(data: bytes, around: str) -> None:
    digest = hashlib.sha256(data).hexdigest()
    assert cited(around + digest + around) == {digest}
