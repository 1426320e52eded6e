"""From Markdown, HTML, plain text or PDF to a ``Document``."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence
from unicodedata import normalize

from withhold.catalog.policy_words import any_word, policy_words
from withhold.errors import BadInput
from withhold.policies.applies_to import places_of
from withhold.policies.document import Document
from withhold.policies.html_text import read_html
from withhold.policies.language import language_of
from withhold.policies.main_text import main_text
from withhold.policies.markdown_text import read_markdown
from withhold.policies.outline import Outline
from withhold.policies.passage import Passage
from withhold.policies.pdf_text import text_of_pdf
from withhold.policies.plain_text import read_plain
from withhold.policies.stated_dates import dates_of

LONGEST = 10_000_000
"""Characters of a text that are read, at most; what was not is told in ``notes`` and ``kept``."""
_LITTLE = 0.1
"""Share of the visible text below which a page is read a second time, by trafilatura."""
_FIRST_LINES, _LONGEST_TITLE = 6, 80
"""Passages among which a title is looked for, and its characters."""
_DATED = re.compile(r"\b(?:19|20)\d\d\b")
_ENOUGH = 200
"""Letters of a page from which that is worth it."""
_NOT_LETTERS = bytes(
    one for one in range(256) if not (one >= 0xC0 or (one < 0x80 and chr(one).isalnum()))
)
_SPACES = ("\x00", "\xa0", "\u2028", "\u2029", "\r")
"""Each becomes one space, so that nothing moves and places in the source stay true."""
_CHARSET = re.compile(rb"charset\s{0,3}=\s{0,3}[\"']?([A-Za-z0-9_-]{3,20})")
_HALVES = re.compile(r"[\ud800-\udfff]")
"""Of surrogate pairs: a PDF's own table of letters can name one, and nothing can write it."""
_WEB = re.compile(  # as Python calls them; the Encoding standard of WHATWG, 4.2
    r"utf-8|iso8859-(?:[2-8]|1[0-6])|cp(?:866|874|125[0-8])|koi8-[ru]|mac-(?:roman|cyrillic)"
    r"|gb(?:2312|k|18030)|big5|euc_(?:jp|kr)|iso2022_jp|shift_jis"
)
_SAME = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def document_of(data: str | bytes, format: str) -> Document:
    """What was made of it: ``markdown``, ``html``, ``text`` or ``pdf`` (bytes).

    Never raises for what stands in it. Raises MissingExtra where the reader of its format is not
    installed, and BadInput for a format that is none of these.
    """
    if format not in ("markdown", "html", "text", "pdf"):
        raise BadInput(f"{format} is no format of a policy", "markdown, html, text or pdf")
    notes: list[str] = []
    source = _text_of(data, format, notes)
    outline, title = Outline(any_word("hang")), ""
    if format == "markdown":
        seen = letters(source) - letters(read_markdown(source[:LONGEST], outline))
    elif format == "html":
        outline, seen, title = _from_html(source[:LONGEST], notes)
    else:
        read_plain(source[:LONGEST], outline)
        seen = letters(source)
    if len(source) > LONGEST:
        notes.append("cut")
    passages = tuple(outline.passages)
    if not passages:
        notes.append("empty")
    words = policy_words()
    title = title_of(passages) or title
    lang = language_of(passages, words)
    published, in_force = dates_of(passages, lang)
    places, not_places = places_of(title, passages)
    return Document(
        title=title,
        lang=lang,
        passages=passages,
        published=published,
        in_force=in_force,
        places=places,
        not_places=not_places,
        kept=share_kept(passages, seen),
        notes=tuple(notes),
    )


def _text_of(data: str | bytes, format: str, notes: list[str]) -> str:
    if isinstance(data, str):
        text = data
    elif format == "pdf":
        text, found = text_of_pdf(data)
        notes += found
    else:
        named = [name for mark, name in _BOMS if data.startswith(mark)]
        if format == "html" and not named:
            named = [_encoding(one.decode()) for one in _CHARSET.findall(data[:2_048])[:1]]
        text = data.decode(named[0] if named else "utf-8", "replace")
        if "\ufffd" in text:
            notes.append("broken-letters")
    if format == "html":  # places are those of the text that is made of it
        text = normalize("NFC", text)
    text = _HALVES.sub("\ufffd", text)
    if text.startswith("\ufeff"):  # a byte order mark that was decoded
        text = f" {text[1:]}"
    if "\n" not in text:
        text = text.replace("\r", "\n")
    for one in _SPACES:
        text = text.replace(one, " ")
    return text


def _encoding(label: str) -> str:
    """Python's codec of a label that a page can have inside; UTF-8 of another.

    Python knows more: by ``utf-7`` or ``unicode_escape`` a page would say one thing to us and
    another to everyone else. In UTF-16 the label would not have been found.
    """
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return "utf-8"
    name = _SAME.get(name, name)
    return name if _WEB.fullmatch(name) else "utf-8"


def _from_html(page: str, notes: list[str]) -> tuple[Outline, int, str]:
    """The outline, how many letters a reader sees, and the title of the window."""
    outline = Outline(any_word("hang"))
    found = read_html(page, outline)
    if found.collapsed:
        notes.append("collapsed")
    seen = letters(found.seen)
    if len(page) >= 50 * _ENOUGH or seen >= _ENOUGH:
        got = letters(" ".join(one.text for one in outline.passages))
        if got < max(_ENOUGH, _LITTLE * seen):
            other = Outline(any_word("hang"))
            read_markdown(main_text(page), other)
            if letters(" ".join(one.text for one in other.passages)) > got:
                notes.append("fallback")
                return other, seen, found.title
    return outline, seen, found.title


def title_of(passages: Sequence[Passage]) -> str:
    """What it is called: of its first lines a heading that says "policy", "terms" or the like, else
    such a line, else its first heading of the highest rank; empty where there is none."""
    called = any_word("document")
    first = [
        one
        for one in passages[:_FIRST_LINES]
        if len(one.text) <= _LONGEST_TITLE
        and called.search(one.text)
        and not _DATED.search(one.text)
    ]
    headings = [one for one in passages if one.kind == "heading" and not one.headings]
    lines = [one for one in first if one.kind == "paragraph" and not one.text.endswith(".")]
    for found in ([one for one in first if one.kind == "heading"], lines, headings):
        if found:
            return found[0].text
    return ""


def letters(text: str) -> int:
    """How many letters and digits; of other scripts each sign counts as one."""
    return len(text.encode("utf-8", "replace").translate(None, _NOT_LETTERS))


def share_kept(passages: Sequence[Passage], seen: int) -> float:
    """The share of the visible letters that stands in passages."""
    if seen <= 0:
        return 1.0
    return min(1.0, letters(" ".join(one.text for one in passages)) / seen)
