"""The home in which every text attacks, on every page to be reached: nothing of it is markup."""

from __future__ import annotations

import re
import time
from collections import Counter, deque
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.dashboard.asked import BASE, Site, at
from tests.dashboard.hostile import FIELDS, make_hostile_home
from withhold.faces.web.routes import ROUTES

OF_EACH = 8
"""How many pages of one view are opened."""
ADDRESSES = ("href", "src", "action", "formaction", "data", "poster", "xlink:href", "hx-get")
OURS = re.compile(r"/(?![/\\])|\?|#|$")
OUTSIDE = re.compile(r"https?://")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_hostile_home(tmp_path_factory.mktemp("hostile") / "home").home


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "de"])
def test_no_page_has_markup_of_the_store(home: Path, lang: str) -> None:
    with at(home, lang=lang) as site:
        pages = reached(site)
    faults = [f"{path}: {one}" for path, text in pages.items() for one in foreign(text)]
    assert not faults, "\n".join(faults[:20])
    assert {one.path for one in ROUTES if one.get} <= {one.partition("?")[0] for one in pages}
    shown = {one for one in FIELDS if any(f"{one}&#39;" in text for text in pages.values())}
    assert len(shown) >= 20, "the pages show too little of the store for this test to see anything"


def reached(site: Site) -> dict[str, str]:
    """Every address of the table, and what their pages link to; of each view some."""
    todo = deque(one.path for one in ROUTES if one.get)
    known: set[str] = set(todo)
    views: Counter[str] = Counter()
    found: dict[str, str] = {}
    while todo:
        path = todo.popleft()
        answer = counted(site, path)
        assert answer.status_code < 500, path
        if not answer.headers.get("content-type", "").startswith("text/html"):
            found[path] = ""
            continue
        found[path] = answer.text
        for link in LexborHTMLParser(answer.text).css("main a[href]"):
            to = (link.attributes.get("href") or "").partition("#")[0]
            to = f"{path.partition('?')[0]}{to}" if to.startswith("?") else to
            view = to.partition("?")[0]
            if to.startswith("/") and to not in known and views[view] < OF_EACH:
                known.add(to)
                views[view] += 1
                todo.append(to)
    return found


def counted(site: Site, path: str) -> Any:
    """The page when nothing is being counted any more."""
    for _ in range(200):
        answer = site.get(f"{BASE}{path}")
        if 'http-equiv="refresh"' not in answer.text:
            break
        time.sleep(0.05)
    return answer


def foreign(text: str) -> list[str]:
    """Scripts, handlers, styles and addresses that no page of ours has."""
    tree = LexborHTMLParser(text)
    found = []
    for node in tree.css("*"):
        attributes = node.attributes
        if node.tag in ("script", "iframe", "object", "embed", "base", "style", "img"):
            src = attributes.get("src") or ""
            if node.tag not in ("script", "img") or not src.startswith("/static/"):
                found.append(node.html[:100])
        for name, value in attributes.items():
            if name.startswith("on") or name == "style":
                found.append(f"{node.tag} {name}={value!r:.80}")
            if name in ADDRESSES and not OURS.match(value or ""):
                rel = (attributes.get("rel") or "").split()
                if not (OUTSIDE.match(value or "") and name == "href" and "noreferrer" in rel):
                    found.append(f"{node.tag} {name}={value!r:.80} rel={rel}")
    return found


@pytest.mark.parametrize(
    "text",
    [
        "<script>a</script>",
        "<svg onload=a>",
        "<a href='javascript:a'>",
        "<a href='//evil'>",
        "<a href='https://a.example'>",
        "<img src=x>",
        "<p style='a:b'>",
        "<iframe src='/'>",
    ],
)
def test_the_search_finds_what_it_looks_for(text: str) -> None:
    assert foreign(text)
