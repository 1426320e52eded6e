"""How explanations become pages; what they say is looked at in test_explained."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import withhold.faces
from tests.unit import folder, made
from tests.unit.faces.guide.rendered import HTMLParser, faults, guide
from withhold.catalog.load import default_root
from withhold.faces.guide.edition import Edition
from withhold.faces.guide.explained import address

SOURCES = Path(withhold.faces.__file__).parent / "guide" / "explained"
LANGS = {"en": "", "de": "deutsch/"}


def page(found: dict[str, bytes], path: str) -> HTMLParser:
    return HTMLParser(found[f"{path}index.html"].decode("utf-8"))


@pytest.mark.parametrize("lang", LANGS)
def test_every_file_is_a_page_with_its_own_title(clean: dict[str, bytes], lang: str) -> None:
    files = sorted((SOURCES / lang).glob("*.md"))
    assert len(files) == 8
    for file in files:
        head = re.match(r"# (.+)\n", file.read_text(encoding="utf-8"))
        assert head is not None
        here = page(clean, f"{LANGS[lang]}explained/{file.stem}/")
        titles = [one.text() for one in here.css("main h1")]
        assert titles == [head[1]], file.stem
        assert (here.css_first("title").text()).startswith(head[1])
        description = here.css_first("meta[name=description]").attributes["content"] or ""
        assert len(description) > 40
        assert not re.search(r"[*`\[\]]", description), "it is plain text"


@pytest.mark.parametrize("lang", LANGS)
def test_the_index_lists_them_in_the_order_in_which_they_are_read(
    clean: dict[str, bytes], lang: str
) -> None:
    here = page(clean, f"{LANGS[lang]}explained/")
    links = [one.attributes["href"] or "" for one in here.css("main a")]
    assert [one.split("/")[-2] for one in links if "explained/" in one] == [
        "why-platforms-want-posts",
        "what-training-is",
        "why-places-differ",
        "what-a-switch-does",
        "robots-txt-for-writers",
        "faces-photos-art",
        "chain-posts",
        "the-article-then-and-now",
    ]


@pytest.mark.parametrize("lang", LANGS)
def test_no_link_is_left_in_our_own_short_form(clean: dict[str, bytes], lang: str) -> None:
    for path in clean:
        if path.startswith(f"{LANGS[lang]}explained/"):
            for one in page(clean, path.removesuffix("index.html")).css("main a"):
                href = one.attributes["href"] or ""
                assert re.match(r"https://|\.\./", href), (path, href)
                if href.startswith("http"):
                    assert one.attributes["rel"] == "noopener noreferrer"


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("fact:acme/train", "../../facts/acme/train/"),
        ("fact:acme/switch", "../../facts/acme/switch/"),
        ("fact:scrapeco/scrape", "../../facts/company-scrapeco/scrape/"),
        ("platform:acme", "../../platforms/acme/"),
        ("company:scrapeco", "../../companies/scrapeco/"),
        ("crawler:gptbot", "../../crawlers/gptbot/"),
        ("signal:robots-txt", "../../signals/robots-txt/"),
        ("law:gdpr-art-21", "../../laws/gdpr-art-21/"),
        ("claim:chain-posts", "../../claims/chain-posts/"),
        ("reason:policy-silent", "../../reasons/policy-silent/"),
        ("why:chain-posts", "../../explained/chain-posts/"),
        ("https://a.example/law:b", "https://a.example/law:b"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("unknown:acme", "unknown:acme"),
    ],
)
def test_where_a_short_link_leads(href: str, leads: str) -> None:
    acme = made.platform(control=[made.control()])
    scrapeco = made.actor("scrapeco", practice=[made.web_practice()])
    known = made.knowledge(acme, actors=[scrapeco])
    assert address(href, Edition("en", made.WHEN, known, default_root())) == leads


def test_the_statements_of_the_article_stand_where_it_asks_for_them(
    made_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.change(made_root, "claims/it-is-said.toml", 'by = "', 'part_of = "article-2024"\nby = "')
    found = guide(made_root, monkeypatch)
    here = page(found, "explained/the-article-then-and-now/")
    assert [one.text() for one in here.css("section.statement h2")] == ["It is said."]
    assert "{{" not in here.html
    assert faults(found) == []


def test_without_such_statements_the_page_stands_all_the_same(clean: dict[str, bytes]) -> None:
    here = page(clean, "explained/the-article-then-and-now/")
    assert here.css("section.statement") == []
    assert "{{" not in (here.html or "")
