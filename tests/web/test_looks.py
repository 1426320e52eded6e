"""How pages hold up: 320 px, large text, wide spacing, right-to-left, forced colours, paper.

What axe does not see of WCAG 2.2. Every picture is kept below build/screenshots/looks/.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.web.conftest import SHOTS, Opened
from tests.web.measures import CUT, OVER, SMALL, WIDER, with_style
from tests.web.pages import ONCE, PAGES, folder, shown

pytestmark = pytest.mark.long
LOOKS = SHOTS / "looks"
TALLEST = 8000
"""Pixels of a page that are kept; the longest pages go on for many more."""
TURNED = ("front", "front:list", "place", "place_platform", "platform", "fact", "matrix")
SPREAD = ("front:list", "place_platform", "platform", "fact:control", "search", "data")


def _kept(page: Any, name: str, lang: str, width: int, scheme: str) -> None:
    LOOKS.mkdir(parents=True, exist_ok=True)
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.screenshot(
        path=LOOKS / f"{name.replace(':', '.')}-{lang}-{width}-{scheme}.png",
        full_page=True,
        clip={"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST)},
    )


def _visited(window: Any, lang: str, names: Any = None) -> Iterator[tuple[str, Any]]:
    for name, path in (PAGES if lang == "en" else ONCE).items():
        if names is None or name in names:
            page = window.open(folder(lang) + path)
            shown(page, name)
            yield name, page


@pytest.mark.system
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("lang", ["en", "de"])
def test_fits_the_window(lang: str, width: int, opened: Opened) -> None:
    """No page is pushed sideways, nothing is cut, everything can be hit with a finger."""
    window = opened(width=width, height=900)
    wrong: dict[str, Any] = {}
    for name, page in _visited(window, lang):
        found = {
            "wider by": max(0, page.evaluate(WIDER)),
            "cut": page.evaluate(CUT),
            "small": page.evaluate(SMALL)[:4],
        }
        if any(found.values()):
            wrong[name] = {what: each for what, each in found.items() if each}
        if name in ONCE:
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                _kept(page, name, lang, width, scheme)
    assert wrong == {}


@pytest.mark.system
def test_the_checks_see_faults(opened: Opened) -> None:
    """Each of them finds what is put there."""
    page = opened(width=320).open("places/")
    page.evaluate(
        """() => {
        const main = document.querySelector('main');
        main.innerHTML = '<p class="a">x</p><ul><li><a href="x">a</a></li>'
          + '<li><a href="y">b</a></li></ul>'
          + '<div class="b">some words that are cut</div>';
        }"""
    )
    with_style(
        page,
        ".a { inline-size: 500px } .b { block-size: 10px; overflow: hidden }"
        " main li { line-height: 12px }"
        " main li a { display: block; block-size: 12px; inline-size: 12px }",
    )
    assert page.evaluate(WIDER) > 100
    assert any("cut" in one for one in page.evaluate(CUT))
    assert len(page.evaluate(SMALL)) == 2


@pytest.mark.system
@pytest.mark.parametrize(
    ("case", "width", "css"),
    [
        (
            "spaced",
            320,
            "* { line-height: 1.5 !important; letter-spacing: .12em !important;"
            " word-spacing: .16em !important } p { margin-block-end: 2em !important }",
        ),
        ("spaced", 1280, "* { letter-spacing: .12em !important; word-spacing: .16em !important }"),
        ("twice", 640, "html { font-size: 200% }"),
        ("twice", 1280, "html { font-size: 200% }"),
    ],
)
def test_text_of_the_readers_own(case: str, width: int, css: str, opened: Opened) -> None:
    """Wider spacing (WCAG 1.4.12) and text of twice the size (1.4.4) cut and hide nothing."""
    window = opened(width=width)
    wrong = {}
    for lang in ("en", "de"):
        for name, page in _visited(window, lang, SPREAD):
            with_style(page, css)
            found = [page.evaluate(WIDER) > 0, page.evaluate(CUT), page.evaluate(OVER)]
            if any(found):
                wrong[f"{name} {lang}"] = found
            if lang == "de":
                _kept(page, name, lang, width, case)
    assert wrong == {}


@pytest.mark.system
@pytest.mark.parametrize("width", [320, 1280])
def test_right_to_left(width: int, opened: Opened) -> None:
    """A translation into Arabic or Hebrew would turn the pages round and break none."""
    window = opened(width=width)
    for name, page in _visited(window, "en", TURNED):
        before = page.locator(".brand").bounding_box()["x"]
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.locator(".brand").bounding_box()["x"] > before + width / 3, "it was not turned"
        assert page.evaluate(WIDER) <= 0, name
        left = page.evaluate(
            """() => [...document.querySelectorAll('main, main > *, .step, .said, .none')]
            .filter((one) => one.checkVisibility() && !one.matches('.away'))
            .filter((one) => { const box = one.getBoundingClientRect();
              return box.left < -1 || box.right > innerWidth + 1; })
            .map((one) => one.outerHTML.slice(0, 100))"""
        )
        assert left == [], name
        _kept(page, name, "en", width, "rtl")


@pytest.mark.system
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours(scheme: str, opened: Opened) -> None:
    """With the reader's own colours marks keep their frame, and what has the focus is framed."""
    window = opened(forced_colors="active", scheme=scheme)
    for name, page in _visited(
        window, "en", ("place_platform", "front:list", "matrix", "platform")
    ):
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        marks = page.evaluate(
            """() => [...document.querySelectorAll('.mark, .said, .none, .step, .tick')]
            .filter((one) => one.checkVisibility() && !one.matches('.tick'))
            .map((one) => { const style = getComputedStyle(one); return [
              style.borderInlineStartWidth, style.borderInlineStartColor, style.color]; })"""
        )
        assert marks or name == "matrix"
        for wide, frame, ink in marks:
            assert float(wide.removesuffix("px")) >= 1
            assert frame != paper, name
            assert ink != paper, name
        _kept(page, name, "en", 1280, f"forced-{scheme}")


@pytest.mark.system
@pytest.mark.parametrize(
    "media", [{}, {"forced_colors": "active"}, {"reduced_motion": "reduce"}, {"scheme": "dark"}]
)
def test_focus_is_seen(media: dict[str, str], opened: Opened) -> None:
    """Each stop of the Tab key on three pages has a frame of 2 px or more, in another colour."""
    window = opened(width=800, **media)
    for _, page in _visited(window, "en", ("front:list", "place_platform", "search:results")):
        page.keyboard.press("Home")
        for _ in range(25):
            page.keyboard.press("Tab")
            style, wide, colour, tag, paper = page.evaluate(
                """() => { const one = document.activeElement; const style = getComputedStyle(one);
                return [style.outlineStyle, style.outlineWidth, style.outlineColor,
                  one.outerHTML.slice(0, 80),
                  getComputedStyle(document.body).backgroundColor]; }"""
            )
            if tag.startswith("<body"):
                continue
            assert style != "none", tag
            assert float(wide.removesuffix("px")) >= 2, tag
            assert colour != paper, tag


@pytest.mark.system
def test_nothing_moves_for_who_asked_for_rest(opened: Opened) -> None:
    """With reduced motion there is no smooth scrolling, no transition and no animation."""
    page = opened(reduced_motion="reduce").open("us-pa/linkedin/")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter((one) => {
          const style = getComputedStyle(one);
          return style.scrollBehavior === 'smooth' || style.animationName !== 'none'
            || !/^(0s,? ?)+$/.test(style.transitionDuration); }).map((one) => one.tagName)"""
    )
    assert moving == []


@pytest.mark.system
def test_on_paper(opened: Opened) -> None:
    """Paper has black on white, no menus, and its boxes to tick; in the dark scheme as well."""
    window = opened(width=794, scheme="dark", height=1123)
    for name, page in _visited(window, "en", ONCE):
        page.emulate_media(media="print")
        ink, paper, nav = page.evaluate(
            """() => [getComputedStyle(document.body).color,
            getComputedStyle(document.body).backgroundColor,
            document.querySelector('.top nav').checkVisibility()]"""
        )
        assert (ink, paper, nav) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)", False), name
        assert page.evaluate(WIDER) <= 0, name
        _kept(page, name, "en", 794, "print")
        page.emulate_media(media="screen")
