"""Every link leads somewhere, every shared picture is there, the guide stands at any address."""

from __future__ import annotations

import mimetypes
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image, ImageChops
from selectolax.lexbor import LexborHTMLParser

from tests.journeys.run import command
from tests.web.conftest import CSP, WHEN
from tests.web.pages import DEUTSCH, ONCE, PAGES, file, folder, shown
from tests.web.reading import target, whole

URL = "https://guide.example/x/"
FRAGMENTS = 3000
"""Links to a place on a page that are followed at most; the others are drawn by lot."""


@pytest.mark.parametrize(
    ("at", "href", "leads_to"),
    [
        ("index.html", "./", ("index.html", "")),
        ("index.html", "?place=DE", ("index.html", "")),
        ("de/x/index.html", "../", ("de/index.html", "")),
        ("de/x/index.html", "..", ("de/index.html", "")),
        ("de/x/index.html", "../../a.css", ("a.css", "")),
        ("de/x/index.html", "../../facts/x/y/#2026-01-01", ("facts/x/y/index.html", "2026-01-01")),
        ("de/x/index.html", "#cite", ("de/x/index.html", "cite")),
        ("de/x/index.html", "../../../a.css", ("../a.css", "")),
        ("404.html", "/assets/guide.css", ("assets/guide.css", "")),
    ],
)
def test_where_links_lead(at: str, href: str, leads_to: tuple[str, str]) -> None:
    """The reading that the next tests rest on, by hand."""
    assert target(at, href) == leads_to


@pytest.mark.long
def test_every_link_leads_to_a_file(built: Path) -> None:
    """Of every page; a folder's address is its index.html."""
    read = whole(built)
    there = {one.relative_to(built).as_posix() for one in built.rglob("*") if one.is_file()}
    assert len({page for page, _ in read.inside} & there) > 30_000, "links were read"
    broken = {to: page for (to, _), page in read.inside.items() if to not in there}
    assert broken == {}


@pytest.mark.long
def test_every_fragment_is_an_id(built: Path) -> None:
    """Of sources, citations and parts of a page."""
    read = whole(built)
    asked: dict[str, dict[str, str]] = {}
    for (to, fragment), page in read.inside.items():
        if fragment:
            asked.setdefault(to, {})[fragment] = page
    followed = random.Random(3).sample(sorted(asked), min(len(asked), FRAGMENTS))  # noqa: S311
    assert len(followed) > 20
    lost = {}
    for to in followed:
        tree = LexborHTMLParser((built / to).read_bytes())
        ids = {one.attributes["id"] for one in tree.css("[id]")}
        lost |= {f"{to}#{one}": page for one, page in asked[to].items() if one not in ids}
    assert lost == {}


@pytest.mark.long
def test_links_that_leave(built: Path) -> None:
    """Web and mail only, told nothing of where they came from; none comes back to the guide."""
    read = whole(built)
    assert len(read.outside) > 500
    strange = {
        href: page
        for (href, rel), page in read.outside.items()
        if urlsplit(href).scheme not in ("https", "http", "mailto")
        or (urlsplit(href).scheme != "mailto" and not urlsplit(href).netloc)
        or "noopener" not in rel.split()
    }
    assert strange == {}


@pytest.mark.long
def test_only_the_lost_page_links_from_the_root(built: Path) -> None:
    """A host shows it at any address; every other page works from any folder and from a disk."""
    for page in (built / "index.html", *(built / "us-pa").rglob("*.html")):
        tree = LexborHTMLParser(page.read_bytes())
        hrefs = [one.attributes["href"] or "" for one in tree.css("[href]")]
        assert not [one for one in hrefs if one.startswith("/")], page


# Shared pictures ------------------------------------------------------------------------------


def _meta(page: Path, name: str) -> str:
    found = LexborHTMLParser(page.read_bytes()).css_first(f"meta[property='{name}']")
    return str(found.attributes["content"]) if found else ""


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "de"])
def test_shared_pictures(lang: str, built: Path) -> None:
    """Of every kind of page: a PNG of the size that is promised, with more than one colour."""
    for name, path in PAGES.items():
        page = file(built, path, lang)
        at = page.relative_to(built).as_posix()
        picture = built / target(at, _meta(page, "og:image"))[0]
        with Image.open(picture) as drawn:
            assert (drawn.format, drawn.size) == ("PNG", (1200, 630)), name
            colours = drawn.convert("RGB").getcolors(1 << 16)
        assert colours is not None
        assert len(colours) >= 4, f"{name}: an empty picture"
        size = _meta(page, "og:image:width"), _meta(page, "og:image:height")
        assert size == ("1200", "630")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small guide for another day, told where it will stand."""
    to = tmp_path_factory.mktemp("elsewhere") / "x"
    command(
        *("guide", to, "--url", URL, "--place", "US-PA", "--when", "2026-11-24"),
        *("--report-to", "facts@guide.example"),
        env={"WITHHOLD_HOME": str(to.parent / "nobody")},
        timeout=300,
    ).ok()
    return to


@pytest.mark.long
def test_a_shared_picture_carries_its_day(built: Path, elsewhere: Path) -> None:
    """Of two days two pictures of a page; they differ in the line of the day and nowhere above."""
    assert WHEN == "2026-11-25"
    for one in ("places.png", "platforms-linkedin.png", "front.png"):
        pair = [Image.open(root / "pictures" / one).convert("L") for root in (built, elsewhere)]
        box = ImageChops.difference(*pair).getbbox()
        assert box is not None, f"{one} is the same on both days"
        left, upper, right, lower = box
        assert upper > 508, "only what stands below the rule"
        assert lower <= 600
        assert right - left < 700


# At another address ---------------------------------------------------------------------------


@pytest.mark.long
def test_it_says_where_it_stands(elsewhere: Path) -> None:
    """Canonical address, other language, og:url and og:image of every page are whole and right."""
    pages = list(elsewhere.rglob("index.html"))
    assert len(pages) > 1000
    for page in pages:
        at = page.relative_to(elsewhere).as_posix().removesuffix("index.html")
        bare = at.removeprefix(DEUTSCH)
        tree = LexborHTMLParser(page.read_bytes())
        said = {
            one.attributes.get("hreflang") or one.attributes["rel"]: one.attributes["href"]
            for one in tree.css("link[rel=canonical], link[rel=alternate][hreflang]")
        }
        assert said == {
            "canonical": URL + at,
            "en": URL + bare,
            "de": URL + DEUTSCH + bare,
        }, at
        assert _meta(page, "og:url") == URL + at
        picture = _meta(page, "og:image")
        assert picture.startswith(URL)
        assert (elsewhere / picture.removeprefix(URL)).is_file(), at


@pytest.mark.long
def test_no_link_of_the_guide_below_a_path_is_broken(elsewhere: Path) -> None:
    """Also of the page for lost ways, whose links begin with the address."""
    read = whole(elsewhere)
    own = {href.partition("#")[0]: page for (href, _), page in read.outside.items()}
    lost = {}
    for href, page in own.items():
        if href.startswith(URL):
            to = elsewhere / href.removeprefix(URL)
            if not (to / "index.html" if href.endswith("/") else to).is_file():
                lost[href] = page
    assert lost == {}
    there = [to for to, _ in read.inside if not (elsewhere / to).is_file()]
    # of a guide of one place only its own pages are there
    assert not [to for to in there if not _of_another_place(to)]


def _of_another_place(to: str) -> bool:
    first = to.removeprefix(DEUTSCH).partition("/")[0]
    return len(first) == 2 or first[2:3] == "-"


@pytest.fixture
def below(elsewhere: Path, chromium: Any) -> Iterator[tuple[Any, list[str]]]:
    """A window to which the small guide stands at its address, with what it did not find there."""
    context = chromium.new_context()
    page, lost = context.new_page(), []

    def answer(route: Any) -> None:
        path = urlsplit(route.request.url)
        to = elsewhere / path.path.removeprefix("/x/")
        to = to / "index.html" if path.path.endswith("/") else to
        found = route.request.url.startswith(URL) and to.is_file()
        if not found:
            lost.append(route.request.url)
            to = elsewhere / "404.html"
        route.fulfill(
            status=200 if found else 404,
            body=to.read_bytes(),
            content_type=mimetypes.guess_type(to.name)[0] or "application/octet-stream",
            headers={"Content-Security-Policy": CSP},
        )

    context.route("**/*", answer)
    page.on("pageerror", lambda error: lost.append(str(error)))
    yield page, lost
    context.close()


@pytest.mark.long
@pytest.mark.system
def test_it_works_below_a_path(below: tuple[Any, list[str]]) -> None:
    """Style, scripts, search, checklist and the page for lost ways, below /x/."""
    page, lost = below
    for lang in ("en", "de"):
        for name, path in ONCE.items():
            page.goto(URL + folder(lang) + path)
            shown(page, name)
            margin = page.evaluate("getComputedStyle(document.body).marginTop")
            assert margin == "0px", f"{path} has no style"
    assert lost == []
    page.goto(f"{URL}us-pa/no-such-platform/deep/down/")
    assert lost == [f"{URL}us-pa/no-such-platform/deep/down/"]
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"
    page.get_by_role("main").get_by_role("link").first.click()
    assert page.url == f"{URL}search/"
