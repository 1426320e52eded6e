"""Explanation pages: Markdown with links into the guide, one file per page and language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup
from msgspec import Struct

from withhold.faces.guide import addresses
from withhold.faces.guide.edition import HERE, Edition
from withhold.faces.guide.page import Card, Page
from withhold.faces.guide.reference import asked

ARTICLE = "{{article}}"
PART_OF = "article-2024"
ORDER = (
    "why-platforms-want-posts",
    "what-training-is",
    "why-places-differ",
    "what-a-switch-does",
    "robots-txt-for-writers",
    "faces-photos-art",
    "chain-posts",
    "the-article-then-and-now",
)
_LINK = re.compile(r"(fact|platform|company|crawler|signal|law|claim|reason|why):([a-z0-9/-]+)")


class Essay(Struct, frozen=True, kw_only=True):
    """An explanation: its title, its first paragraph as plain text, and the whole as HTML."""

    slug: str
    title: str
    summary: str
    body: str


def essays(edition: Edition) -> list[Essay]:
    """All explanations of a language, in the order in which they are read."""
    return [read(slug, edition) for slug in ORDER]


def read(slug: str, edition: Edition) -> Essay:
    """One explanation."""
    from markdown_it import MarkdownIt

    file = Path(str(HERE)) / "explained" / edition.lang / f"{slug}.md"
    text = file.read_text(encoding="utf-8")
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse(text)
    inlines = [one.content for one in tokens if one.type == "inline"]
    for token in tokens:
        for child in token.children or ():
            href = child.attrGet("href") if child.type == "link_open" else None
            if href is not None:
                child.attrSet("href", address(str(href), edition))
                if str(href).startswith("http"):
                    child.attrSet("rel", "noopener noreferrer")
    return Essay(
        slug=slug,
        title=_plain(inlines[0]),
        summary=_plain(inlines[1]),
        body=markdown.renderer.render(tokens, markdown.options, {}),
    )


def address(href: str, edition: Edition, root: str = "../../") -> str:
    """Where a link of an explanation leads; an address elsewhere stays as it is."""
    found = _LINK.fullmatch(href)
    if found is None:
        return href
    kind, slug = found.groups()
    if kind == "fact":
        return root + addresses.named(edition.knowledge, slug)
    return root + str(getattr(addresses, kind)(slug))


def pages(edition: Edition) -> Iterator[Page]:
    """A page per explanation, and their index."""
    everything = essays(edition)
    for one in everything:
        yield Page(
            path=addresses.why(one.slug),
            template="explained.html",
            title=one.title,
            description=one.summary,
            values={"body": _body(one, edition)},
            kind=edition.say("explanation"),
            card=Card(lines=(one.summary,)),
        )
    title = edition.say("Explained")
    yield Page(
        path="explained/",
        template="explained_index.html",
        title=title,
        description=edition.say("What stands behind the answers, in plain words."),
        values={"essays": [(one.slug, one.title, one.summary) for one in everything]},
        kind=edition.say("page"),
        card=Card(lines=(edition.say("What stands behind the answers, in plain words."),)),
    )


def _body(essay: Essay, edition: Edition) -> Markup:
    """The text, with the statements of the article where it asks for them."""
    mark = f"<p>{ARTICLE}</p>"
    html = essay.body
    if mark in html:
        claims = [one for one in edition.knowledge.claims.values() if one.part_of == PART_OF]
        rows = [(one, asked(one, edition)) for one in claims]
        html = html.replace(mark, edition.render("article.html", rows=rows, root="../../"))
    return Markup(html)  # noqa: S704 - CommonMark of our own without raw HTML, and a template


def _plain(inline: str) -> str:
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", inline).replace("*", "").replace("`", "")
