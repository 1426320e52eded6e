"""Files of a run: whole, private, with the digest that is told; trouble of the disk is a value."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.unit.reach.made import ON, URL, fetched
from withhold.errors import WithholdError
from withhold.reach import warc_files
from withhold.reach.fetched import Hop, Known, Spot
from withhold.reach.warc_files import WarcFiles

NOW = datetime(2026, 11, 26, 7, 0, 1, tzinfo=UTC)


def _new(home: Path, **more: Any) -> WarcFiles:
    return WarcFiles(home, lambda: NOW, "withhold/1 (+a@example.org)", **more)


def _read(path: Path) -> list[tuple[str, bytes]]:
    with path.open("rb") as file:
        return [
            (one.rec_type, one.content_stream().read())
            for one in ArchiveIterator(file, check_digests="raise")
        ]


def _at(home: Path, spot: Spot | None) -> bytes:
    """What lies at a spot, read as a stranger would: seek, read, gunzip."""
    assert spot is not None
    with (home / "responses" / spot.file).open("rb") as file:
        file.seek(spot.offset)
        data = file.read(spot.size)
    assert hashlib.sha256(data).hexdigest() == spot.digest
    return gzip.decompress(data)


def test_every_response_is_in_the_file_where_it_is_said_to_be(tmp_path: Path) -> None:
    home = tmp_path / "deep" / "home"
    files = _new(home)
    first = Hop(url="http://a.example/", status=301, line="HTTP/1.1 301 Moved")
    bodies = [b"", b"small", b"large " * 5000]
    spots = [files.add(fetched(200, body, redirects=(first,))) for body in bodies]
    assert files.add(fetched(0, why="dns", detail="no such name")) is None
    (written,) = files.close()
    path = home / "responses" / written.name
    assert path.name == "20261126-070001.warc.gz"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == written.digest
    assert path.stat().st_size == written.size
    for spot, body in zip(spots, bodies, strict=True):
        record = _at(home, spot)
        assert b"WARC-Type: response\r\n" in record
        assert record.endswith(b"\r\n\r\n" + body + b"\r\n\r\n")
    assert [kind for kind, _ in _read(path)] == [
        "warcinfo",
        *["response", "request"] * 6,
        "metadata",
    ]
    assert (files.responses, files.unchanged, files.lost, files.trouble) == (6, 0, 0, "")


def test_the_first_record_says_who_wrote_it(tmp_path: Path) -> None:
    files = _new(tmp_path)
    files.add(fetched())
    (written,) = files.close()
    said = _read(tmp_path / "responses" / written.name)[0][1].decode()
    assert "software: withhold/" in said
    assert "http-header-user-agent: withhold/1 (+a@example.org)\r\n" in said
    assert "robots: RFC 9309" in said


def test_what_is_confirmed_is_counted(tmp_path: Path) -> None:
    files = _new(tmp_path)
    hop = Hop(url=URL, line="HTTP/1.1 304 Not Modified", status=304, of=Known(url=URL))
    assert files.add(fetched(200, b"x", unchanged=hop)) is not None
    files.close()
    assert (files.responses, files.unchanged) == (1, 1)


def test_nothing_is_made_for_nothing(tmp_path: Path) -> None:
    home = tmp_path / "home"
    files = _new(home)
    files.flush()
    assert files.close() == ()
    assert not home.exists()


def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        files = _new(tmp_path / "home")
        files.add(fetched())
        (written,) = files.close()
    finally:
        os.umask(before)
    folder = tmp_path / "home" / "responses"
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (folder.parent, folder)]
    assert modes == [0o700, 0o700]
    assert stat.S_IMODE((folder / written.name).stat().st_mode) == 0o600


def test_a_full_file_is_followed_by_the_next(tmp_path: Path) -> None:
    files = _new(tmp_path, at_most=20_000)
    bodies = [os.urandom(8_000) for _ in range(10)]
    spots = [files.add(fetched(200, body)) for body in bodies]
    written = files.close()
    assert [one.name for one in written] == [
        "20261126-070001.warc.gz",
        "20261126-070001-2.warc.gz",
        "20261126-070001-3.warc.gz",
        "20261126-070001-4.warc.gz",
    ]
    assert all(20_000 <= one.size < 30_000 for one in written[:-1])
    for one in written:
        data = (tmp_path / "responses" / one.name).read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (one.digest, one.size)
        assert _read(tmp_path / "responses" / one.name)[0][0] == "warcinfo"
    for spot, body in zip(spots, bodies, strict=True):
        assert body in _at(tmp_path, spot)


def test_another_run_has_a_file_of_its_own(tmp_path: Path) -> None:
    one, other = _new(tmp_path), _new(tmp_path)
    spots = [files.add(fetched(200, b"x")) for files in (one, other, one, other)]
    told = {written.name: written.digest for files in (one, other) for written in files.close()}
    assert len(told) == 2
    for name, digest in told.items():
        data = (tmp_path / "responses" / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest
    assert [spot.file for spot in spots if spot] == [*told, *told]


def test_threads_do_not_write_into_each_other(tmp_path: Path) -> None:
    files = _new(tmp_path, at_most=200_000)
    spots: dict[bytes, Spot | None] = {}

    def add(letter: bytes) -> None:
        for number in range(100):
            body = letter * 2000 + b"%d" % number
            spots[body] = files.add(fetched(200, body, url=f"{URL}?{number}"))
            if number % 10 == 0:
                files.flush()

    threads = [threading.Thread(target=add, args=(letter,)) for letter in (b"a", b"b", b"c", b"d")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    written = files.close()
    assert files.responses == len(spots) == 400
    for body, spot in spots.items():
        assert body in _at(tmp_path, spot)
    read = [kind for one in written for kind, _ in _read(tmp_path / "responses" / one.name)]
    assert read.count("response") == 400


def test_what_was_flushed_is_there_when_the_run_is_killed(tmp_path: Path) -> None:
    files = _new(tmp_path)
    files.add(fetched(200, b"first"))
    files.flush()
    (path,) = warc_files.files(tmp_path)
    assert [body for kind, body in _read(path) if kind == "response"] == [b"first"]


def _full_after(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk takes half of what is written after so many writes, then nothing."""
    real, left = os.write, [count]

    def write(handle: int, data: Any) -> int:
        left[0] -= 1
        if left[0] >= 0:
            return real(handle, data)
        if left[0] == -1:
            return real(handle, bytes(data)[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", write)


def test_a_full_disk_ends_the_keeping_and_leaves_whole_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = _new(tmp_path)
    _full_after(2, monkeypatch)
    for number in range(4):
        files.add(fetched(200, b"%d" % number * 2000))
        files.flush()
    (written,) = files.close()
    assert files.trouble == "No space left on device"
    assert (files.responses, files.lost) == (2, 2)
    path = tmp_path / "responses" / written.name
    assert hashlib.sha256(path.read_bytes()).hexdigest() == written.digest
    assert len([kind for kind, _ in _read(path) if kind == "response"]) == 2


def test_a_home_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    files = _new(tmp_path / "home")
    assert files.add(fetched(200, b"x")) is None
    assert files.add(fetched(200, b"x")) is None
    assert files.close() == ()
    assert (files.responses, files.lost) == (0, 2)
    assert files.trouble


def test_after_its_end_nothing_is_kept(tmp_path: Path) -> None:
    files = _new(tmp_path)
    files.add(fetched(200, b"x"))
    written = files.close()
    assert files.add(fetched(200, b"late")) is None
    assert files.close() == written
    assert len(warc_files.files(tmp_path)) == 1


def test_all_files_are_found_measured_and_forgotten(tmp_path: Path) -> None:
    assert (warc_files.files(tmp_path), warc_files.size(tmp_path)) == ([], 0)
    for _ in range(3):
        files = _new(tmp_path)
        files.add(fetched(200, b"x", on=ON))
        files.close()
    (tmp_path / "responses" / "notes.txt").write_text("mine")
    found = warc_files.files(tmp_path)
    assert len(found) == 3
    assert warc_files.size(tmp_path) == sum(len(one.read_bytes()) for one in found)
    told = warc_files.summed(found[0])
    assert told is not None
    assert told.digest == hashlib.sha256(found[0].read_bytes()).hexdigest()
    assert warc_files.summed(tmp_path / "responses" / "none.warc.gz") is None
    assert warc_files.forget_all(tmp_path) == 3
    assert [one.name for one in (tmp_path / "responses").iterdir()] == ["notes.txt"]


def test_a_file_that_cannot_be_deleted_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = _new(tmp_path)
    files.add(fetched(200, b"x"))
    files.close()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(WithholdError, match="cannot be deleted"):
        warc_files.forget_all(tmp_path)
