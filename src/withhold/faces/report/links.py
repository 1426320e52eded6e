"""What came of the addresses of sources: as text, as Markdown for an issue, as JSON."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import tomli

from withhold.faces.report.plain import printable
from withhold.verbs.check_links import Asked
from withhold.verbs.link_grades import GRADES, TROUBLES, Grade

SCHEMA = "withhold/links/1"
WIDTH = 100
Words = Mapping[str, str]
_SAID_BY_WORDS = ("captcha", "home", "title")


def words_of(lang: str) -> dict[str, str]:
    """The words of this command."""
    path = Path(__file__).parents[1] / "phrases" / f"links.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def grouped(found: Sequence[Asked]) -> dict[Grade, list[Asked]]:
    """By grade, what needs hands first; in a group by address."""
    by: dict[Grade, list[Asked]] = {}
    for word in GRADES:
        these = [one for one in found if one.seen.graded.grade == word]
        if these:
            by[word] = sorted(these, key=lambda one: one.link.url)
    return by


def as_json(found: Sequence[Asked], on: date, words: Words) -> str:
    """``withhold/links/1``: every address that was asked, troubles first."""
    by = grouped(found)
    body = {
        "schema": SCHEMA,
        "on": str(on),
        "asked": sum(not one.kept for one in found),
        "kept": sum(one.kept for one in found),
        "counts": {word: len(by.get(word, ())) for word in GRADES},
        "links": [_value(one, words) for these in by.values() for one in these],
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _value(one: Asked, words: Words) -> dict[str, Any]:
    graded = one.seen.graded
    return {
        "url": one.link.url,
        "grade": graded.grade,
        "on": str(one.seen.on.date()),
        "status": graded.status or None,
        "why": graded.why,
        "title": graded.title,
        "new_address": graded.address or None,
        "todo": words.get(f"do_{graded.grade}", ""),
        "named": [
            {
                "file": named.file,
                "source": named.source,
                "kind": named.kind,
                "seen": str(named.seen),
                "alone": list(named.alone),
            }
            for named in one.link.named
        ],
    }


def as_text(found: Sequence[Asked], words: Words) -> str:
    """For a terminal: only what needs a look, and the sums."""
    lines = _lines(found, words, mark=printable, bold="{}", item="  {}", below="      {}")
    return "\n".join(part for line in lines for part in _wrapped(line))


def _wrapped(line: str) -> list[str]:
    """A sentence on several lines; what is set in, as addresses are, stays whole."""
    return [line] if line.startswith(" ") or not line else textwrap.wrap(line, WIDTH)


def as_markdown(found: Sequence[Asked], words: Words) -> str:
    """The same for an issue or a summary; nothing that a page said is markup in it."""
    return "\n".join(
        _lines(found, words, mark=_code, bold="### {}", item="- [ ] {}", below="  - {}")
    )


def _code(text: str) -> str:
    """As code: what a page calls itself then links nothing, and calls nobody (``@name``)."""
    plain = printable(text.replace("\n", " ")).replace("`", "'")
    return f"`{plain}`" if plain else ""


def _lines(
    found: Sequence[Asked], words: Words, *, mark: Any, bold: str, item: str, below: str
) -> Iterator[str]:
    by = grouped(found)
    if not found:
        yield words["nothing"]
        return
    there = len(by.get("there", ()))
    head = words["head_one" if len(found) == 1 else "head"]
    yield head.format(n=len(found), there=there, trouble=len(found) - there)
    kept = sum(one.kept for one in found)
    if kept:
        yield words["asked"].format(asked=len(found) - kept) + " " + words["kept"].format(kept=kept)
    yield words["all_there"] if there == len(found) else words["no_edit"]
    for word in TROUBLES:
        if word not in by:
            continue
        yield ""
        yield bold.format(f"{words[word]} ({len(by[word])})")
        yield ""
        yield words["todo"].format(todo=words[f"do_{word}"])
        yield ""
        for one in by[word]:
            yield item.format(_clickable(one.link.url) if mark is _code else mark(one.link.url))
            yield from (below.format(line) for line in _about(one, words, mark))


def _clickable(url: str) -> str:
    """An address between ``<`` and ``>``, where nothing in it could end that."""
    return f"<{url}>" if not set(url) & set("<> \n`") and url.isprintable() else _code(url)


def _about(one: Asked, words: Words, mark: Any) -> Iterator[str]:
    graded = one.seen.graded
    why = words[f"why_{graded.why}"] if graded.why in _SAID_BY_WORDS else mark(graded.why)
    status = words["status"].format(status=graded.status) if graded.status else ""
    said = "; ".join(part for part in (status, why) if part)
    if said:
        yield said
    if graded.title and graded.grade != "moved":
        yield words["title"].format(title=mark(graded.title))
    if graded.address:
        yield words["address"].format(address=mark(graded.address))
    for named in one.link.named:
        yield words["named"].format(
            file=mark(named.file), source=mark(named.source), kind=named.kind, seen=named.seen
        )
        if named.alone and graded.grade in ("gone", "soft-404"):
            yield words["alone"].format(facts=mark(", ".join(named.alone)))
