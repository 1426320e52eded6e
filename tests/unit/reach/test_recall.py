"""What is recalled is what was fetched; what was damaged is not recalled."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from warcio.archiveiterator import ArchiveIterator

from tests.unit.reach.made import ON, URL, fetched
from withhold.reach.fetched import Fetched, Headers, Known, Spot
from withhold.reach.recall import recall
from withhold.reach.warc_files import WarcFiles

MARK = ("ETag", '"1"')
BODY = "User-agent: *\nDisallow: /ü\n\r\n\r\nAllow: /\r\n\r\n".encode()


def _kept(home: Path, *these: Fetched) -> list[tuple[Path, Spot, Known]]:
    files = WarcFiles(home, lambda: ON, "withhold")
    spots = [files.add(one) for one in these]
    files.close()
    known = [one.known for one in these]
    return [
        (files.folder, spot, mark)
        for spot, mark in zip(spots, known, strict=True)
        if spot is not None and mark is not None
    ]


@pytest.mark.parametrize(
    "headers",
    [
        (MARK,),
        (MARK, ("Content-Length", str(len(BODY))), ("X-Empty", "")),
        (MARK, ("content-length", "9"), ("Content-Encoding", "gzip"), ("X", "a: b")),
        (("Transfer-Encoding", "chunked"), MARK, ("X-Name", "gr\xc3\xbc\xc3\x9fe \x85")),
    ],
)
@pytest.mark.parametrize("body", [b"", BODY, BODY * 3000])
def test_it_is_what_was_fetched(tmp_path: Path, headers: Headers, body: bytes) -> None:
    one = fetched(200, body, headers=headers)
    ((folder, spot, known),) = _kept(tmp_path, one)
    marks = Known(url=known.url, etag=known.etag, last_modified=known.last_modified)
    back = recall(folder, spot, marks)
    assert back is not None
    assert (back.body, back.headers, back.line) == (body, headers, "HTTP/1.1 200 Said")
    assert (back.url, back.etag, back.file) == (URL, '"1"', spot.file)
    with (folder / spot.file).open("rb") as file:
        (right,) = (
            (one.rec_headers["WARC-Record-ID"], one.rec_headers["WARC-Date"])
            for one in ArchiveIterator(file)
            if one.rec_type == "response"
        )
    assert (back.record, back.date) == right


_NAMES = st.text(alphabet="abcXYZ-", min_size=1, max_size=8).map(lambda name: f"X-{name}")
_LETTERS = [chr(n) for n in range(33, 256) if n != 127]
_VALUES = st.lists(st.text(alphabet=_LETTERS, min_size=1, max_size=9), max_size=4).map(" ".join)


@settings(max_examples=60)
@given(headers=st.lists(st.tuples(_NAMES, _VALUES), max_size=6), body=st.binary(max_size=3000))
def test_any_headers_and_bodies_come_back(
    tmp_path_factory: pytest.TempPathFactory, headers: list[tuple[str, str]], body: bytes
) -> None:
    said = (MARK, *headers)
    ((folder, spot, known),) = _kept(
        tmp_path_factory.mktemp("home"), fetched(200, body, headers=said)
    )
    back = recall(folder, spot, known)
    assert back is not None
    assert (back.body, back.headers) == (body, said)


def test_cookies_do_not_come_back(tmp_path: Path) -> None:
    headers = (MARK, ("Set-Cookie", "secret"))
    ((folder, spot, known),) = _kept(tmp_path, fetched(200, BODY, headers=headers))
    back = recall(folder, spot, known)
    assert back is not None
    assert back.headers == (MARK,)


def _damages(folder: Path, spot: Spot) -> dict[str, Spot]:
    data = bytearray((folder / spot.file).read_bytes())
    flipped, cut = data[:], data[: spot.offset + spot.size - 1]
    flipped[spot.offset + spot.size // 2] ^= 1
    (folder / "flipped").write_bytes(flipped)
    (folder / "cut").write_bytes(cut)
    (folder / "empty").write_bytes(b"")
    (folder / "folder").mkdir()
    return {
        "flipped": replace(spot, file="flipped"),
        "cut": replace(spot, file="cut"),
        "empty": replace(spot, file="empty"),
        "a folder": replace(spot, file="folder"),
        "gone": replace(spot, file="gone"),
        "no file's name": replace(spot, file="\0"),
        "elsewhere": replace(spot, offset=spot.offset + 1),
        "nowhere": replace(spot, offset=-1),
        "all": replace(spot, size=-1),
        "another digest": replace(spot, digest="0" * 64),
    }


def test_what_is_gone_or_was_changed_is_not_recalled(tmp_path: Path) -> None:
    one = fetched(200, BODY * 100, headers=(MARK,))
    ((folder, spot, known),) = _kept(tmp_path, one)
    for name, other in _damages(folder, spot).items():
        assert recall(folder, other, known) is None, name
    assert recall(folder, spot, known) is not None


def test_a_record_of_another_kind_is_not_recalled(tmp_path: Path) -> None:
    """A spot that leads to a whole record, with its true digest, but to a request."""
    import hashlib

    ((folder, spot, known),) = _kept(tmp_path, fetched(200, BODY, headers=(MARK,)))
    data = (folder / spot.file).read_bytes()
    at = spot.offset + spot.size
    other = replace(
        spot, offset=at, size=len(data) - at, digest=hashlib.sha256(data[at:]).hexdigest()
    )
    assert recall(folder, other, known) is None
