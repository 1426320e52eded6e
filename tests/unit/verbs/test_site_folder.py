"""What lies in a site's folder: the files that carry signals, and the pages of its sitemap."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from withhold.errors import BadInput
from withhold.signals.sitemap_paths import Followed
from withhold.verbs.site_folder import files_of, pages_of

OWN = b"User-agent: *\nDisallow: /drafts/\n"


def test_the_files_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "robots.txt").write_bytes(OWN)
    (tmp_path / ".well-known").mkdir()
    (tmp_path / ".well-known" / "tdmrep.json").write_bytes(b"[]")
    (tmp_path / "index.html").write_bytes(b"-")
    assert files_of(tmp_path) == {"robots.txt": OWN, ".well-known/tdmrep.json": b"[]"}


def test_folders_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such folder"):
        files_of(tmp_path / "none")
    (tmp_path / "robots.txt").mkdir()
    with pytest.raises(BadInput, match="is no file"):
        files_of(tmp_path)
    (tmp_path / "robots.txt").rmdir()
    (tmp_path / "robots.txt").write_bytes(b"#" * (2 * 1024 * 1024 + 1))
    with pytest.raises(BadInput, match="2 MiB"):
        files_of(tmp_path)


# The pages of a sitemap --------------------------------------------------------------------------


def _urlset(*urls: str) -> bytes:
    pages = "".join(f"<url><loc>{one}</loc></url>" for one in urls)
    return f"<urlset>{pages}</urlset>".encode()


def _index(*urls: str) -> bytes:
    named = "".join(f"<sitemap><loc>{one}</loc></sitemap>" for one in urls)
    return f"<sitemapindex>{named}</sitemapindex>".encode()


def test_the_pages_that_search_is_asked_about(tmp_path: Path) -> None:
    found = pages_of(tmp_path)
    assert (found.paths, found.file) == ([], "")
    with pytest.raises(BadInput, match=r"sitemap\.xml"):
        pages_of(tmp_path, "sitemap")
    (tmp_path / "sitemap.txt").write_text("https://e.org/a\n")
    found = pages_of(tmp_path)
    assert (found.paths, found.file) == (["/a"], str(tmp_path / "sitemap.txt"))
    (tmp_path / "sitemap.xml").write_bytes(_urlset("https://e.org/b"))
    assert pages_of(tmp_path, "sitemap").paths == ["/b"]
    (tmp_path / "mine").write_text("/c\n")
    assert pages_of(tmp_path, str(tmp_path / "mine")).paths == ["/c"]
    with pytest.raises(BadInput, match="no such file"):
        pages_of(tmp_path, str(tmp_path / "none"))


@pytest.mark.parametrize("name", ["sitemap.xml", "sitemap_index.xml", "sitemap.xml.gz"])
def test_a_sitemap_is_found_where_it_usually_lies(tmp_path: Path, name: str) -> None:
    body = _urlset("https://e.org/b")
    (tmp_path / name).write_bytes(gzip.compress(body) if name.endswith(".gz") else body)
    found = pages_of(tmp_path)
    assert (found.paths, found.file) == (["/b"], str(tmp_path / name))


def test_an_index_is_followed_within_the_folder(tmp_path: Path) -> None:
    site = tmp_path / "site"
    (site / "maps").mkdir(parents=True)
    (site / "maps" / "ä b.xml").write_bytes(_urlset("https://e.org/umlaut"))
    (site / "maps" / "1.xml.gz").write_bytes(gzip.compress(_urlset("https://e.org/zipped")))
    (site / "paged.xml").write_bytes(_urlset("https://e.org/paged"))
    names = ("maps/%C3%A4%20b.xml", "maps/1.xml.gz", "paged.xml?page=2", "gone.xml")
    (site / "sitemap.xml").write_bytes(_index(*(f"https://e.org/{one}" for one in names)))
    assert pages_of(site).followed == Followed(
        paths=["/umlaut", "/zipped", "/paged"],
        named=4,
        read=3,
        unread=(("/gone.xml", "not-there"),),
    )


def test_an_index_that_lies_elsewhere_is_followed_in_the_folder(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "1.xml").write_bytes(_urlset("https://e.org/a"))
    (tmp_path / "index.xml").write_bytes(_index("https://e.org/1.xml"))
    (tmp_path / "2.xml").write_bytes(_urlset("https://e.org/b"))
    assert pages_of(site, str(tmp_path / "index.xml")).paths == ["/a"]


@pytest.mark.parametrize(
    "name",
    [
        *("../out.xml", "%2e%2e/out.xml", "..%2Fout.xml", "a/../../out.xml", "/out.xml"),
        *("link.xml", "down/out.xml", "loop.xml", "%00.xml", "%FF.xml", "x" * 5000, ""),
    ],
)
def test_no_name_in_an_index_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "out.xml").write_bytes(_urlset("https://e.org/secret"))
    (site / "link.xml").symlink_to(tmp_path / "out.xml")
    (site / "down").symlink_to(tmp_path)
    (site / "loop.xml").symlink_to("loop.xml")
    (site / "sitemap.xml").write_bytes(_index("https://e.org/" + name))
    found = pages_of(site).followed
    assert (found.paths, found.read) == ([], 0)
    assert [why for _, why in found.unread] == ["not-there"]


def test_a_sitemap_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "sitemap.xml").write_bytes(_index("https://e.org/dir.xml"))
    (tmp_path / "dir.xml").mkdir()
    assert pages_of(tmp_path).followed.unread == (("/dir.xml", "not-there"),)
