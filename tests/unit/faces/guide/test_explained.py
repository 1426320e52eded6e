"""The explanation pages: two languages alike, and nothing said that knowledge does not carry.

Whoever writes a year, a figure or the name of a company links the knowledge it rests on, in the
same paragraph; and what is linked must hold that year, that figure and that name. The pages are
parsed by markdown-it-py, which no code here shares.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

import withhold.faces
from withhold.catalog.load import Knowledge

PAGES = Path(withhold.faces.__file__).parent / "guide" / "explained"
LANGS = ("en", "de")
TOOLS = (
    "https://glaze.cs.uchicago.edu/",
    "https://nightshade.cs.uchicago.edu/",
    "https://haveibeentrained.com/",
    "https://spawning.ai/",
)
PLAIN = {
    *("heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "fence"),
    *("bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close"),
    *("text", "softbreak", "em_open", "em_close", "code_inline", "link_open", "link_close"),
}
REFUSED = {
    "en": r"protect(s|ed)|safe(ly)?|guarantee\w*|illegal\w*|violat\w*|you (have )?consented"
    r"|score|steal\w*|stolen|theft|dangerous|alarming|easily opt|simply|revolutionary|powerful"
    r"|always works|click here",
    "de": r"geschützt\w*|schützt|schützen|sind sicher|garant\w*|illegal\w*|verstoßen|verstößt"
    r"|eingewilligt|punktzahl|gestohlen|stehlen|diebstahl|gefährlich\w*|alarmierend|einfach nur"
    r"|mächtig\w*|kinderleicht|hier klicken|du|dir|dich|dein\w*",
}
MOST = {"why": (400, 800), "article": (100, 200)}
FIGURE = re.compile(r"(?<![\w-])\d+(?!\w)")
LARGE = re.compile(
    r"\b(hundred|thousand|million|billion|hundert|tausend|million(en)?|milliarden?)\b"
)


class Block(NamedTuple):
    """A heading or paragraph: its section (how many headings came before), words and links."""

    kind: str
    section: int
    text: str
    links: tuple[tuple[str, str], ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(address for address, _ in self.links)


def inline(token: Token) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What a reader sees of a line, and its links with their words."""
    seen, links, address, words = "", [], "", ""
    for child in token.children or []:
        if child.type == "link_open":
            address, words = str(child.attrs["href"]), ""
        elif child.type == "link_close":
            links.append((address, words))
        else:
            seen += " " if child.type == "softbreak" else child.content
            words += child.content
    return seen, tuple(links)


def blocks(text: str) -> list[Block]:
    """The headings, paragraphs and list items of a page, in order."""
    found: list[Block] = []
    tokens = MarkdownIt("commonmark").parse(text)
    for before, token in pairwise(tokens):
        if token.type == "inline":
            kind = before.tag if before.type == "heading_open" else "p"
            section = sum(1 for one in found if one.kind != "p")
            found.append(Block(kind, section, *inline(token)))
    return found


def page(lang: str, slug: str) -> list[Block]:
    return blocks((PAGES / lang / f"{slug}.md").read_text(encoding="utf-8"))


def slugs(lang: str) -> list[str]:
    return sorted(path.stem for path in (PAGES / lang).glob("*.md"))


@cache
def reasons(file: Path) -> frozenset[str]:
    """The codes that have a sentence in this file."""
    return frozenset(tomllib.loads(file.read_text(encoding="utf-8"))["reason"])


def files_behind(address: str, knowledge: Knowledge, root: Path) -> list[Path]:
    """The files that a link names; none if it names nothing that is known."""
    kind, _, name = address.partition(":")
    folders = {"platform": "platforms", "company": "actors", "crawler": "crawlers"}
    folders |= {"signal": "signals", "law": "laws", "claim": "claims"}
    if kind in folders:
        file = root / folders[kind] / f"{name}.toml"
        return [file] if file.is_file() else []
    if kind == "reason":
        files = [root / "reasons" / f"{lang}.toml" for lang in LANGS]
        return files if all(name in reasons(file) for file in files) else []
    owner, _, thing = name.partition("/")
    if kind != "fact":
        return []
    found = []
    platform, actor = knowledge.platforms.get(owner), knowledge.actors.get(owner)
    if platform and (
        thing in {one.id for one in platform.practice}
        or thing in {one.id for one in platform.control}
    ):
        found.append(root / knowledge.file_of(platform, thing).partition("#")[0])
    if actor and thing in {one.id for one in actor.practice}:
        found.append(root / "actors" / f"{owner}.toml")
    return found


def names(knowledge: Knowledge) -> set[str]:
    """Every company, platform and product token that knowledge calls by name."""
    called = {one.name for one in knowledge.platforms.values()}
    called |= {one.name for one in knowledge.actors.values()}
    return called | set(knowledge.crawlers)


def not_carried(block: Block, knowledge: Knowledge, root: Path) -> list[str]:
    """Years, figures and names in a paragraph that none of the knowledge it links holds."""
    linked = "\n".join(
        file.read_text(encoding="utf-8")
        for address in block.addresses
        for file in files_behind(address, knowledge, root)
    )
    held = {int(digits) for digits in re.findall(r"\d+", linked)}
    missing = [one for one in FIGURE.findall(block.text) if int(one) not in held]
    if LARGE.search(block.text.lower()) and not linked:
        missing.append("a large number")
    for name in names(knowledge):
        word = rf"(?<![\w-]){re.escape(name)}(?:['’]?s)?(?![\w-])"
        if re.search(word, block.text) and not re.search(word, linked, re.IGNORECASE):
            missing.append(name)
    return missing


@pytest.fixture(scope="module", params=slugs("en"))
def slug(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_both_languages_have_the_pages_that_were_asked_for() -> None:
    assert slugs("en") == slugs("de")
    assert set(slugs("en")) == {
        *("why-platforms-want-posts", "what-training-is", "why-places-differ"),
        *("what-a-switch-does", "robots-txt-for-writers", "faces-photos-art", "chain-posts"),
        "the-article-then-and-now",
    }


@pytest.mark.parametrize("lang", LANGS)
def test_a_page_is_plain(lang: str, slug: str) -> None:
    """A renderer of ours needs no table, picture, raw HTML or escape to show it."""
    text = (PAGES / lang / f"{slug}.md").read_text(encoding="utf-8")
    tokens = MarkdownIt("commonmark").parse(text)
    used = {token.type for top in tokens for token in (top, *(top.children or []))}
    assert used <= PLAIN
    assert text.endswith("\n")
    assert "|" not in text


@pytest.mark.parametrize("lang", LANGS)
def test_title_summary_sections(lang: str, slug: str) -> None:
    title, summary, *rest = page(lang, slug)
    assert (title.kind, summary.kind) == ("h1", "p")
    assert not title.links
    assert not summary.links, "the summary is a page's description"
    assert 8 <= len(summary.text.split()) <= 30
    assert {one.kind for one in rest} <= {"h2", "p"}
    assert rest[-1].kind == "p"


@pytest.mark.parametrize("lang", LANGS)
def test_length(lang: str, slug: str) -> None:
    least, most = MOST["article" if slug.startswith("the-article") else "why"]
    found = page(lang, slug)
    assert least <= sum(len(one.text.split()) for one in found) <= most
    assert max(len(one.text.split()) for one in found) <= 90, "short paragraphs"


def test_the_languages_say_the_same_things(slug: str) -> None:
    """Block by block: the same kind, in the same section, resting on the same knowledge."""
    first, second = (
        [(one.kind, one.section, sorted(one.addresses)) for one in page(lang, slug)]
        for lang in LANGS
    )
    assert first == second


@pytest.mark.parametrize("lang", LANGS)
def test_every_link_names_something(lang: str, slug: str, knowledge: Knowledge, root: Path) -> None:
    for block in page(lang, slug):
        for address, words in block.links:
            assert len(words.strip()) >= 2, block.text
            if address.startswith("https:"):
                assert slug == "faces-photos-art"
                assert address in TOOLS
            elif address.startswith("why:"):
                assert address.removeprefix("why:") in set(slugs(lang)) - {slug}
            else:
                assert files_behind(address, knowledge, root), address


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_told_as_of_today_is_not_superseded(
    lang: str, slug: str, knowledge: Knowledge
) -> None:
    """What went into history/ is no longer so; a page that tells it as so must be written anew."""
    facts = {
        tuple(address.removeprefix("fact:").split("/"))
        for block in page(lang, slug)
        for address in block.addresses
        if address.startswith("fact:")
    }
    assert facts & knowledge.superseded == set()


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_said_is_carried(lang: str, slug: str, knowledge: Knowledge, root: Path) -> None:
    said = [one for one in page(lang, slug) if one.kind == "p"]
    found = {one.text: not_carried(one, knowledge, root) for one in said}
    assert {text: missing for text, missing in found.items() if missing} == {}


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("LinkedIn trains with posts.", ["LinkedIn"]),
        ("[LinkedIn trains](fact:linkedin/own-generative-models) with posts.", []),
        ("LinkedIn [trains](fact:linkedin/never-heard-of) with posts.", ["LinkedIn"]),
        ("LinkedIn trains, [see elsewhere](why:chain-posts).", ["LinkedIn"]),
        ("Metas Modelle lernen.", ["Meta"]),
        ("Metadata are not a company, and neither is an Xylophone.", []),
        ("Since 1999 [it trains](fact:linkedin/own-generative-models).", ["1999"]),
        ("Since 2024 [it trains](fact:linkedin/own-generative-models).", []),
        ("It began in 2024.", ["2024"]),
        ("It cost a Million.", ["a large number"]),
        ("GPTBot comes, [says Apple](company:apple).", ["GPTBot"]),
        ("Reddit and [Apple](company:apple) agree.", ["Reddit"]),
        ("- a list item of Reddit", ["Reddit"]),
    ],
)
def test_what_is_not_carried_is_found(
    text: str, missing: list[str], knowledge: Knowledge, root: Path
) -> None:
    """The rule above can fail: a name, a year or a figure without knowledge behind it."""
    [block] = blocks(text)
    assert not_carried(block, knowledge, root) == missing


@pytest.mark.parametrize("lang", LANGS)
def test_no_word_comforts_sells_or_frightens(lang: str, slug: str) -> None:
    for block in page(lang, slug):
        found = re.search(rf"\b(?:{REFUSED[lang]})\b", block.text, re.IGNORECASE)
        assert found is None, f"{found} in {block.text}"
        assert "!" not in block.text


@pytest.mark.parametrize("lang", LANGS)
def test_only_the_article_has_a_gap_for_its_list(lang: str, slug: str) -> None:
    lines = (PAGES / lang / f"{slug}.md").read_text(encoding="utf-8").splitlines()
    gaps = [line for line in lines if "{{" in line or "}}" in line]
    if slug == "the-article-then-and-now":
        assert lines[-1] == "{{article}}"
        assert gaps == ["{{article}}"]
    else:
        assert gaps == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_tools_of_others_are_named_without_a_claim(lang: str) -> None:
    """Each with the address of its makers, what was read, and the day: beside it, not elsewhere."""
    tools = [one for one in page(lang, "faces-photos-art") if set(one.addresses) & set(TOOLS)]
    assert {one for block in tools for one in block.addresses if one in TOOLS} == set(TOOLS)
    for block in tools:
        assert any(one.startswith("claim:") for one in block.addresses)
        assert re.search(r"25\.? November 2026", block.text)


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_can_be_found_from_another_or_stands_alone(lang: str) -> None:
    """The limits of a switch and of robots.txt are one step away from where a no is promised."""
    linked = {one for slug in slugs(lang) for block in page(lang, slug) for one in block.addresses}
    assert {
        "why:what-a-switch-does",
        "why:robots-txt-for-writers",
        "why:what-training-is",
    } <= linked
