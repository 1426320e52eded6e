"""Everything of the owner in one document to give away: a page, a PDF, Markdown or SARIF.

The page needs no script and asks nobody for anything; the PDF is the same page on paper, tagged for
those who hear it. The same owner, day and knowledge give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from withhold.errors import BadInput, NothingToCheck
from withhold.faces.report.letter import paper as size_of
from withhold.faces.report.letter import printed
from withhold.faces.report.plain import printable
from withhold.faces.report.rows import conflict
from withhold.faces.report.sarif import as_sarif as sites_as_sarif
from withhold.faces.report.whole_blocks import Paper
from withhold.faces.report.whole_markdown import as_markdown
from withhold.faces.report.whole_said import paper
from withhold.faces.report.whole_telling import Options, Telling, words_of

TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
    "sarif": "application/sarif+json",
}
"""Ending -> media type."""
_FITS = 24
"""Letters of a word that fit into a column of paper."""
_HEAD = re.compile(r"<svg[^>]*>")


def kind_of(name: str, lang: str = "en") -> str:
    """The format that the end of a name asks for; raises BadInput naming the four."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in TYPES:
        words = words_of(lang)
        said = words["unknown_ending"].format(name=printable(name))
        raise BadInput(said, words["unknown_ending_tip"])
    return ending


def possible(options: Options, lang: str) -> None:
    """Raises BadInput where excerpts would name whom the report is not to name."""
    if options.excerpts and not options.names:
        words = words_of(lang)
        raise BadInput(words["both"], words["both_tip"])


def made(kind: str, told: Telling) -> bytes:
    """The document. Raises NothingToCheck for an owner of nothing, BadInput, MissingExtra."""
    possible(told.options, told.lang)
    if told.whole.is_empty:
        raise NothingToCheck(told.words["nothing_own"], told.words["nothing_own_tip"])
    return _MADE[kind](told)


def as_html(told: Telling, *, printed: bool = False) -> str:
    """The page; ``printed``: for paper, where no stylesheet can change a colour later."""
    return page(paper(told), size_of(told.whole.asking.place), printed=printed)


def page(said: Paper, size: str = "A4", *, printed: bool = False) -> str:
    """Any document of these blocks as one page that needs nothing else."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    pages = Environment(
        loader=PackageLoader("withhold.faces.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.filters.update(plain=printable, on_paper=_on_paper)
    pages.tests.update(web=_is_web, long=_is_long)
    return pages.get_template("whole.html").render(paper=said, size=size, printed=printed)


def _is_web(url: str) -> bool:
    return url.startswith(("https://", "http://"))


def _is_long(text: str) -> bool:
    """Whether a word of it may have to be broken to fit into a column of paper."""
    return any(len(word) > _FITS for word in text.split())


def _on_paper(svg: str) -> str:
    """With real colours and a typeface, and with its name where a PDF looks for it."""
    head = _HEAD.match(svg)
    label = re.search(r'aria-label="([^"]*)"', head[0]) if head else None
    if head is None or label is None:
        return svg
    opened = head[0].replace(">", ' font-family="DejaVu Sans, Liberation Sans, sans-serif">')
    titled = f"{opened}<title>{label[1]}</title>{svg[head.end() :]}"
    return titled.replace("currentColor", "#111111")


def as_pdf(told: Telling) -> bytes:
    """The page on paper, tagged (PDF/UA-1 as far as WeasyPrint goes); raises MissingExtra."""
    return printed(as_html(told, printed=True), tagged=True)


def as_sarif(told: Telling) -> str:
    """The sites alone, each in its own files; raises BadInput where none could be read."""
    found = [one for one in told.whole.sites if one.verdicts]
    if not found:
        raise BadInput(told.words["no_sites"], told.words["no_sites_tip"])
    speaker = told.speaker
    cleaned = [told.inside(one) for one in found]
    conflicts: list[dict[str, Any]] = [
        conflict(each, one.site.url, speaker) for one in cleaned for each in one.conflicts
    ]
    return sites_as_sarif(
        [verdict for one in cleaned for verdict in one.verdicts],
        told.whole.asking.when,
        speaker,
        files={one.site.url: one.files for one in cleaned},
        conflicts=conflicts,
    )


_MADE: dict[str, Callable[[Telling], bytes]] = {
    "html": lambda told: as_html(told).encode("utf-8"),
    "pdf": as_pdf,
    "md": lambda told: f"{as_markdown(paper(replace(told, draws=False)))}\n".encode(),
    "sarif": lambda told: f"{as_sarif(told)}\n".encode(),
}
