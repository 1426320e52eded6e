"""Pages as a whole: what each has, that no way leads to nothing, and that the checks can fail."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.unit import folder
from tests.unit.faces.guide.rendered import HTMLParser, faults, guide, pages, text

ADDRESS = "https://guide.example/ai/"


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The guide of the clean folder in both languages, at an address."""
    root = folder.write(tmp_path_factory.mktemp("page") / "knowledge")
    (root / "history/retired.toml").write_text(
        '[slug]\nacme-plus = "acme-two"\nacme-two = "acme"\nscraping = "scrapeco"\n'
        'gone = "nobody"\nround = "about"\nabout = "round"\nacme = "partner"\n',
        encoding="utf-8",
    )
    with pytest.MonkeyPatch.context() as patch:
        return guide(root, patch, langs=("en", "de"), url=ADDRESS)


def target(path: str, href: str) -> str:
    """The file that a relative link on a page leads to."""
    to = urlsplit(href).path
    joined = posixpath.normpath(posixpath.join(posixpath.dirname(path), to)) if to else path
    return (
        posixpath.join("" if joined == "." else joined, "index.html")
        if to.endswith("/")
        else joined
    )


def test_no_way_leads_to_nothing(found: dict[str, bytes]) -> None:
    """But for the explanations: they are of the real knowledge and link it."""
    dead = []
    for path, tree in pages(found):
        if "explained/" in path or path.endswith("404.html"):
            continue
        for node in tree.css("[href]"):
            href = node.attributes["href"] or ""
            if not re.match(r"[a-z]+:", href) and target(path, href) not in found:
                dead.append((path, href))
    assert dead == []


def test_every_fragment_is_there(found: dict[str, bytes]) -> None:
    ids = {path: {n.attributes["id"] for n in tree.css("[id]")} for path, tree in pages(found)}
    for path, tree in pages(found):
        for node in tree.css("a[href*='#']") if not path.endswith("404.html") else ():
            to, _, name = (node.attributes["href"] or "").partition("#")
            assert name in ids[target(path, to)], (path, node.html)


def test_ids_stand_once_on_a_page(found: dict[str, bytes]) -> None:
    for path, tree in pages(found):
        ids = [node.attributes["id"] for node in tree.css("[id]")]
        assert len(ids) == len(set(ids)), path


def test_every_page_says_where_it_stands_and_what_is_shown_of_it(found: dict[str, bytes]) -> None:
    for path, tree in pages(found):
        here = path.removesuffix("index.html")
        lang = "de" if path.startswith("deutsch/") else "en"
        assert tree.css_first("html").attributes["lang"] == lang
        assert tree.css_first("link[rel=canonical]").attributes["href"] == ADDRESS + here
        picture = tree.css_first("meta[property='og:image']").attributes["content"] or ""
        assert re.fullmatch(rf"{re.escape(ADDRESS)}(deutsch/)?pictures/[a-z0-9-]+\.png", picture)
        others = {
            node.attributes["hreflang"]: node.attributes["href"]
            for node in tree.css("link[rel=alternate][hreflang]")
        }
        plain = here.removeprefix("deutsch/")
        assert others == {"en": ADDRESS + plain, "de": f"{ADDRESS}deutsch/{plain}"}


def test_every_page_names_the_day_and_is_no_legal_advice(found: dict[str, bytes]) -> None:
    said = {"en": "1 July 2024", "de": "1. Juli 2024"}
    for path, tree in pages(found):
        lang = tree.css_first("html").attributes["lang"] or ""
        foot = " ".join(tree.css_first("footer").text().split())
        assert said[lang] in foot, path
        assert tree.css_first("footer time").attributes["datetime"] == "2024-07-01"
        assert {"en": "not legal advice", "de": "keine Rechtsberatung"}[lang] in foot


def test_nothing_of_a_page_stays_to_be_filled(found: dict[str, bytes]) -> None:
    for path, body in found.items():
        if path.endswith(".html"):
            html = body.decode("utf-8")
            assert not re.search(r"[「」]|%\(\w+\)s|\{\{|None\b(?! so far| of them)", html), path


def test_the_page_for_lost_ways_is_right_at_any_depth(found: dict[str, bytes]) -> None:
    for path in ("404.html", "deutsch/404.html"):
        tree = HTMLParser(found[path].decode("utf-8"))
        for node in tree.css("[href], [src]"):
            leads = node.attributes.get("href") or node.attributes.get("src") or ""
            assert leads.startswith((ADDRESS, "#")), leads


RETIRED = [
    ("platforms/acme-plus/", "../../platforms/acme/", "Acme"),
    ("platforms/acme-two/", "../../platforms/acme/", "Acme"),
    ("companies/acme-plus/", "../../companies/acme/", "Acme"),
    ("companies/scraping/", "../../companies/scrapeco/", "Scrapeco"),
    ("platforms/gone/", "../../platforms/", "Platforms"),
    ("platforms/round/", "../../platforms/", "Platforms"),
]


@pytest.mark.parametrize(("old", "new", "name"), RETIRED)
def test_a_retired_slug_leads_on(found: dict[str, bytes], old: str, new: str, name: str) -> None:
    tree = HTMLParser(found[f"{old}index.html"].decode("utf-8"))
    refresh = tree.css_first("meta[http-equiv=refresh]").attributes["content"]
    assert refresh == f"0; url={new}"
    link = tree.css_first("main a.button")
    assert (link.attributes["href"], link.text()) == (new, name)
    assert old.split("/")[1] in text(found, f"{old}index.html")


def test_a_slug_that_is_in_use_keeps_its_page(found: dict[str, bytes]) -> None:
    assert b"http-equiv" not in found["platforms/acme/index.html"]
    assert "platforms/scraping/index.html" not in found


def test_a_retired_slug_is_no_answer_of_the_search(found: dict[str, bytes]) -> None:
    assert b"platforms/acme-plus/" not in found["search.json"]
    assert b'"platforms/acme/"' in found["search.json"]


# The checks of rendered.py ----------------------------------------------------------------------

PLANTED = [
    "<script>1</script>",
    "<script src=x.js></script>",
    "<p onclick=1>a</p>",
    '<a href="javascript:1">a</a>',
    '<a href=" JAVASCRIPT:1">a</a>',
    '<a href="data:text/html,1">a</a>',
    '<a href="vbscript:1">a</a>',
    "<style>p {}</style>",
    "<iframe></iframe>",
    "<img src=x>",
    "<ul></ul>",
    "<p> </p>",
    "<h2>a</h2>",
    "<h2>a</h2><h2>b</h2><p>c</p>",
]


@pytest.mark.parametrize("planted", PLANTED)
def test_the_check_sees_what_is_planted(planted: str) -> None:
    whole = f"<html><body><main>{planted}</main></body></html>"
    assert faults({"a.html": whole.encode()})


def test_the_check_lets_what_is_right_pass() -> None:
    right = (
        '<h2>a</h2><p>b <a href="https://a.example/?q=1">c</a> <a href="../de/">d</a> '
        '<a href="mailto:a@b.example?subject=c">e</a></p>'
        '<script src="../assets/search.js"></script>'
    )
    assert faults({"a.html": f"<main>{right}</main>".encode()}) == []


def test_a_guide_of_one_place_has_the_pages_of_that_place_only(
    made_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = guide(made_root, monkeypatch, places=("FR",))
    assert "fr/acme/index.html" in small
    assert not [path for path in small if path.startswith(("de/", "gb/", "us/", "us-pa/"))]
