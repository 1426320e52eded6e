"""What is noted of responses: the last of an address counts; files are verified; all goes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from tests.unit.keep.test_forget import all_bytes

from withhold.keep import Store
from withhold.keep.responses import Remembered, WarcFile

SITE = "https://a.example"
Rows = Callable[..., list[tuple[object, ...]]]


def mark(asked: str = f"{SITE}/robots.txt", **more: object) -> Remembered:
    fields = {
        "site": SITE,
        "asked": asked,
        "url": "https://www.a.example/robots.txt",
        "etag": '"1"',
        "last_modified": "",
        "warc": "x.warc.gz",
        "offset": 12,
        "size": 34,
        "digest": "a" * 64,
    }
    return Remembered(**{**fields, **more})  # type: ignore[arg-type]


def kept(home: Path, name: str, data: bytes) -> WarcFile:
    """A file as its writer leaves it."""
    (home / "responses").mkdir(exist_ok=True)
    (home / "responses" / name).write_bytes(data)
    return WarcFile(name=name, size=len(data), digest=hashlib.sha256(data).hexdigest())


def test_each_address_of_a_site_is_remembered_by_what_was_asked(store: Store) -> None:
    other = mark(f"{SITE}/ai.txt")
    elsewhere = mark(site="https://b.example")
    store.responses.remember([mark(), other, elsewhere])
    assert store.responses.of(SITE) == {mark().asked: mark(), other.asked: other}
    assert store.responses.of("https://b.example") == {mark().asked: elsewhere}
    assert store.responses.of("https://c.example") == {}


def test_the_last_one_counts(store: Store) -> None:
    store.responses.remember([mark(), mark(etag='"2"', offset=99)])
    store.responses.remember([mark(etag='"3"', warc="y.warc.gz")])
    assert store.responses.of(SITE) == {mark().asked: mark(etag='"3"', warc="y.warc.gz")}


def test_marks_are_any_text(store: Store) -> None:
    odd = mark(etag="'); DROP TABLE response; --", last_modified="grüße \x85")
    store.responses.remember([odd])
    assert store.responses.of(SITE) == {odd.asked: odd}


def test_files_are_listed_once(store: Store) -> None:
    one = WarcFile(name="x.warc.gz", size=1, digest="a" * 64)
    two = WarcFile(name="y.warc.gz", size=2, digest="b" * 64)
    store.responses.add_files([two, one])
    store.responses.add_files([one])
    assert store.responses.files() == [one, two]


def test_a_file_that_is_gone_or_was_changed_is_a_fault(store: Store, home: Path) -> None:
    files = [kept(home, f"{name}.warc.gz", name.encode()) for name in ("good", "changed", "gone")]
    store.responses.add_files(files)
    assert store.faults() == []
    (home / "responses" / "changed.warc.gz").write_bytes(b"Changed")
    (home / "responses" / "gone.warc.gz").unlink()
    (home / "responses" / "not-listed.warc.gz").write_bytes(b"of a run that goes on")
    assert store.faults() == [
        "responses/changed.warc.gz was changed",
        "responses/gone.warc.gz is gone",
    ]


@pytest.mark.parametrize("everything", [True, False])
def test_forgetting_leaves_no_address_in_the_file(
    store: Store, home: Path, now: datetime, everything: bool, raw_rows: Rows
) -> None:
    store.own.set("place", "DE")
    store.responses.add_files([WarcFile(name="x.warc.gz", size=1, digest="a" * 64)])
    store.responses.remember([mark(asked=f"{SITE}/secret-{n}") for n in range(200)])
    assert b"secret-77" in all_bytes(home)
    if everything:
        store.forget.everything(now)
    else:
        store.forget.responses()
    assert b"secret-77" not in all_bytes(home)
    assert raw_rows("SELECT count(*) FROM response") == [(0,)]
    assert raw_rows("SELECT count(*) FROM warc") == [(0,)]
    assert (store.own.settings() == {}) == everything
