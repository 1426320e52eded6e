"""Which pages a sitemap names: XML, lines, gzip, an index; hostile ones cost one line at most."""

from __future__ import annotations

import bz2
import gzip
import zlib
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from withhold.errors import BadInput
from withhold.signals import sitemap_paths
from withhold.signals.sitemap_paths import Followed

SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
HEAD = f'<?xml version="1.0"?>\n<urlset {SPACE}>'


def sitemap(*urls: str) -> bytes:
    return (HEAD + "".join(f"<url><loc>{one}</loc></url>" for one in urls) + "</urlset>").encode()


def index(*urls: str) -> bytes:
    entries = "".join(
        f"<sitemap><loc>{one}</loc><lastmod>2026-01-01</lastmod></sitemap>" for one in urls
    )
    return f'<?xml version="1.0"?><sitemapindex {SPACE}>{entries}</sitemapindex>'.encode()


def zipped(body: bytes) -> bytes:
    """The same octets in every process: gzip's header holds the time."""
    return gzip.compress(body, mtime=0)


# One file ----------------------------------------------------------------------------------------


def test_paths_of_a_sitemap() -> None:
    body = sitemap("https://e.org/", " https://e.org/a?b=1&amp;c=2 ", "https://e.org/a?b=1&amp;c=2")
    found = sitemap_paths.read(body)
    assert (found.paths, found.parts) == (["/", "/a?b=1&c=2"], [])


def test_images_and_an_index_are_no_pages() -> None:
    body = HEAD + (
        "<url><loc>https://e.org/a</loc><image:image xmlns:image='i'><image:loc>https://e.org/i.png"
        "</image:loc></image:image></url></urlset>"
    )
    assert sitemap_paths.read(body.encode()).paths == ["/a"]
    found = sitemap_paths.read(index("https://e.org/1.xml", "https://e.org/2.xml.gz"))
    assert (found.paths, found.parts) == ([], ["/1.xml", "/2.xml.gz"])


def test_only_an_index_names_sitemaps() -> None:
    odd = f"<urlset {SPACE}><sitemap><loc>https://e.org/1.xml</loc></sitemap></urlset>"
    assert sitemap_paths.read(odd.encode()).parts == []


def test_a_list_of_lines() -> None:
    text = "\ufeff# pages\nhttps://e.org/a\n\n/b?c\nnot a path\nhttp://e.org\n"
    assert sitemap_paths.read(text.encode()).paths == ["/a", "/b?c", "/"]


def test_of_many_pages_200_are_spread_over_all() -> None:
    found = sitemap_paths.read(sitemap(*(f"https://e.org/{n}" for n in range(1000)))).paths
    assert len(found) == len(set(found)) == 200
    assert (found[0], found[1], found[-1]) == ("/0", "/5", "/995")


BOMB = """<?xml version="1.0"?><!DOCTYPE u [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;">]><urlset><url><loc>https://e.org/&c;</loc></url></urlset>"""


@pytest.mark.parametrize(
    "body",
    [
        BOMB.encode(),
        b'<!DOCTYPE u SYSTEM "file:///etc/passwd"><urlset/>',
        b"<urlset><url>",
        b"<" * 1000,
        b"<?xml version='1.0' encoding='nonsense'?><urlset/>",
        b"<urlset>\0</urlset>",
        b"<a>" * 101 + b"</a>" * 101,
        b"<a>" * 100_000,
    ],
)
def test_what_is_no_sitemap_is_refused(body: bytes) -> None:
    with pytest.raises(BadInput, match="sitemap"):
        sitemap_paths.read(body)
    with pytest.raises(BadInput, match="sitemap"):
        sitemap_paths.read(zipped(body))


def test_binary_names_no_path() -> None:
    assert sitemap_paths.read(bytes(range(256))).paths == []
    assert sitemap_paths.read(b"").paths == []


def test_the_protocols_50_000_addresses_are_read_and_no_more() -> None:
    """The first of those that come later would be chosen, as every 250th is."""
    lines = [f"https://e.org/{n}" for n in range(60_000)]
    for body in ("\n".join(lines).encode(), sitemap(*lines)):
        assert sitemap_paths.read(body).paths == [f"/{n * 250}" for n in range(200)]
    named = sitemap_paths.read(index(*lines)).parts
    assert (len(named), named[-1]) == (50_000, "/49999")


# gzip --------------------------------------------------------------------------------------------


def test_gzip_is_inflated() -> None:
    assert sitemap_paths.read(zipped(sitemap("https://e.org/a"))).paths == ["/a"]
    assert sitemap_paths.read(zipped(b"https://e.org/b\n")).paths == ["/b"]
    two = zipped(HEAD.encode()) + zipped(b"<url><loc>https://e.org/c</loc></url></urlset>")
    assert sitemap_paths.read(two).paths == ["/c"]  # RFC 1952 2.2: members one after the other


@pytest.mark.parametrize(
    "body",
    [
        zipped(sitemap("https://e.org/a"))[:-9],
        zipped(sitemap("https://e.org/a"))[:-1] + b"x",
        b"\x1f\x8b",
        b"\x1f\x8b\x08" + b"\0" * 100,
        b"\x1f\x8b" + bz2.compress(b"x"),
        zipped(b"x") + b"no second member",
    ],
)
def test_gzip_that_is_broken_is_refused(body: bytes) -> None:
    with pytest.raises(BadInput, match="no whole gzip"):
        sitemap_paths.read(body)


def _zeros(mebibytes: int) -> bytes:
    """So many MiB of spaces as gzip: some thousand times smaller."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * (1024 * 1024)
    return b"".join(deflate.compress(block) for _ in range(mebibytes)) + deflate.flush()


def test_a_gzip_bomb_stops_at_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    real = gzip.GzipFile.read

    def read(self: gzip.GzipFile, size: int | None = -1) -> bytes:
        asked.append(size or 0)
        return real(self, size)

    monkeypatch.setattr(gzip.GzipFile, "read", read)
    bomb = _zeros(400)
    assert len(bomb) < 500_000
    with pytest.raises(BadInput, match="50 MiB"):
        sitemap_paths.read(bomb)
    assert asked == [50 * 1024 * 1024 + 1]


def test_gzip_within_gzip_is_not_inflated_twice() -> None:
    twice = zipped(zipped(sitemap("https://e.org/a")))
    assert sitemap_paths.read(twice).paths == []


# An index ----------------------------------------------------------------------------------------


def followed(body: bytes, files: Mapping[str, bytes]) -> Followed:
    return sitemap_paths.follow(body, files.get)


def test_an_index_is_followed_to_the_sitemaps_that_are_there() -> None:
    found = followed(
        index("https://e.org/1.xml", "https://e.org/s/2.xml.gz", "https://e.org/gone.xml"),
        {
            "/1.xml": sitemap("https://e.org/a", "https://e.org/b"),
            "/s/2.xml.gz": zipped(sitemap("https://e.org/b", "https://e.org/c")),
            "/unnamed.xml": sitemap("https://e.org/d"),
        },
    )
    assert found == Followed(
        paths=["/a", "/b", "/c"], named=3, read=2, unread=(("/gone.xml", "not-there"),)
    )


def test_a_sitemap_that_is_no_index_is_not_followed() -> None:
    assert followed(sitemap("https://e.org/1.xml"), {"/1.xml": b"x"}) == Followed(paths=["/1.xml"])


def test_an_index_in_an_index_is_not_followed() -> None:
    """It may even name itself."""
    inner = index("https://e.org/deep.xml", "https://e.org/inner.xml")
    found = followed(
        index("https://e.org/inner.xml", "https://e.org/1.xml"),
        {
            "/inner.xml": inner,
            "/1.xml": sitemap("https://e.org/a"),
            "/deep.xml": sitemap("https://e.org/b"),
        },
    )
    assert found == Followed(paths=["/a"], named=2, read=1, unread=(("/inner.xml", "index"),))


def test_what_an_index_names_raises_nothing() -> None:
    broken: dict[str, bytes] = {
        "/bomb.xml": BOMB.encode(),
        "/bomb.gz": _zeros(60),
        "/cut.gz": zipped(b"x")[:-4],
        "/open.xml": b"<urlset>",
    }
    found = followed(index(*(f"https://e.org{one}" for one in broken)), broken)
    assert found.unread == tuple((one, "unreadable") for one in broken)
    assert (found.paths, found.named, found.read) == ([], 4, 0)


@pytest.mark.parametrize("body", [b"", b"junk", b"<urlset/>", b"<html><p>not found</p></html>"])
def test_a_file_that_names_no_page_was_not_read(body: bytes) -> None:
    found = followed(index("https://e.org/1.xml"), {"/1.xml": body})
    assert (found.read, found.unread) == (0, (("/1.xml", "no-pages"),))


def test_of_many_sitemaps_50_are_read_and_of_their_pages_200_asked() -> None:
    opened: list[str] = []

    def part(name: str) -> bytes:
        opened.append(name)
        number = int(name[1:-4])
        return sitemap(*(f"https://e.org/{number}-{n}" for n in range(10)))

    every = index(*(f"https://e.org/{n}.xml" for n in range(500)))
    found = sitemap_paths.follow(every, part)
    assert opened == [f"/{n * 10}.xml" for n in range(50)]
    assert (found.named, found.read, len(set(found.paths))) == (500, 50, 200)
    assert {one.split("-")[0] for one in found.paths} == {f"/{n * 10}" for n in range(50)}


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_nothing_else_is_raised(top: bytes, inner: bytes) -> None:
    """Any octets at all: at the top a BadInput at most, below nothing."""
    assert followed(index("https://e.org/1.xml"), {"/1.xml": inner}).named == 1
    for body in (top, b"<urlset>" + top, b"\x1f\x8b\x08" + top, zipped(top)):
        try:
            sitemap_paths.follow(body, {}.get)
        except BadInput as why:
            assert "sitemap" in str(why)  # noqa: PT017 - any other error fails by itself


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_and_a_sitemap_in_the_encodings_that_windows_writes(encoding: str) -> None:
    """In UTF-16 every path was lost, and without a word: only ``/`` was asked about then."""
    listed = "# pages\r\n/a\r\nhttps://h.example/ü\r\n"
    assert sitemap_paths.read(listed.encode(encoding)).paths == ["/a", "/ü"]
    name = encoding.removesuffix("-sig")
    xml = f'<?xml version="1.0" encoding="{name}"?><urlset><url><loc>/b</loc></url></urlset>'
    assert sitemap_paths.read(xml.encode(encoding)).paths == ["/b"]
