"""What an import of archives brought, as lines for people and as ``withhold/import/1``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from shlex import quote
from typing import Any

import tomli
from msgspec import Struct

from withhold.exports.notes import NotUnderstood
from withhold.faces.report.plain import printable
from withhold.verbs.archive_owner import Whose
from withhold.verbs.import_archive import Counted, Imported
from withhold.words import Observation

SCHEMA = "withhold/import/1"
SHOWN_AT_MOST = 20
"""Things not understood that are shown one by one."""
Words = dict[str, str]


class Line(Struct, frozen=True):
    """A line of text, how far it is indented, and the mark before it."""

    text: str
    indent: int = 4
    head: str = "  ·"
    style: str = ""


def words_of(lang: str) -> Words:
    """The words of archives."""
    path = Path(__file__).parents[1] / "phrases" / f"archives.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


# Text -----------------------------------------------------------------------------------------


def lines(done: Imported, words: Words, platform: str) -> Iterator[Line]:
    """What one archive brought: whose it is, its posts, its settings, its files."""
    files = ", ".join(done.files)
    day = words["day"].format(date=done.exported) if done.exported else words["day_unknown"]
    head = words["head"].format(files=files, platform=platform, layout=done.layout)
    yield Line(f"{head}, {day}", 0, "", "bold")
    for one in done.accounts:
        yield Line(_account(one, words))
    yield from _posts(done, words)
    if done.others:
        yield Line(words["others"].format(n=number_text(words, done.others)))
    for seen in done.recorded:
        yield Line(words["recorded"].format(what=_what(seen)))
    for seen in done.already:
        yield Line(words["already"].format(what=_what(seen)))
    for setting in done.undated:
        yield Line(words["undated"].format(name=setting.name, value=setting.value))
    yield from _files(done, words)


def _account(one: Whose, words: Words) -> str:
    name = one.key.partition(":")[2]
    other = one.how == "only" and one.handle and name.lower() != one.handle.lower()
    text = words["account_only_other" if other else f"account_{one.how}"]
    return text.format(key=one.key, handle=one.handle)


def _posts(done: Imported, words: Words) -> Iterator[Line]:
    taken = done.taken
    if not done.posts:
        yield Line(words["no_posts"])
        return
    yield Line(
        words["posts"].format(
            n=number_text(words, done.posts),
            new=number_text(words, taken.new),
            again=number_text(words, taken.again),
        )
    )
    if not taken.new and not taken.changed:
        yield Line(words["nothing_new"])
    if taken.changed:
        yield Line(words["changed"].format(n=number_text(words, taken.changed)))
    if taken.repeated:
        yield Line(words["repeated"].format(n=number_text(words, taken.repeated)))
    several = len({one.account for one in done.counted}) > 1
    for one in sorted(done.counted, key=lambda one: -one.n):
        whose = f"{one.account}: " if several else ""
        yield Line(whose + _counted(one, words), 8, "      -")
    unknown: Counter[str] = Counter()
    for one in done.counted:
        unknown[one.account] += one.n if one.audience == "unknown" else 0
    for account, n in unknown.items():
        if n:
            command = f"withhold own posts {quote(account)} --audience public"
            yield Line(words["unknown_audience"].format(n=number_text(words, n), command=command))


def _counted(one: Counted, words: Words) -> str:
    return words["counted"].format(
        kind=words[f"kind_{one.kind}"],
        n=number_text(words, one.n),
        audience=words[f"audience_{one.audience}"],
        by=words[f"by_{one.audience_by}"],
    )


def _files(done: Imported, words: Words) -> Iterator[Line]:
    notes = done.notes
    yield Line(words["understood"].format(n=number_text(words, len(notes.understood))))
    for read in notes.understood.values():
        if read.expected is not None and read.expected != read.posts + read.others:
            yield Line(
                words["count_differs"].format(
                    path=read.path,
                    expected=number_text(words, read.expected),
                    found=number_text(words, read.posts + read.others),
                )
            )
    for why, n in Counter(notes.ignored.values()).most_common():
        yield Line(words["ignored"].format(n=number_text(words, n), why=words[f"ignored_{why}"]))
    refused = notes.not_understood
    if not refused:
        return
    yield Line(
        words["not_understood"].format(n=number_text(words, len(refused) + notes.left)),
        0,
        "",
        "bold",
    )
    for one in refused[:SHOWN_AT_MOST]:
        at = f" ({one.at})" if one.at else ""
        yield Line(f"{one.path}{at}: {why_text(one, words)}")
    if len(refused) > SHOWN_AT_MOST:
        yield Line(words["more"].format(n=number_text(words, len(refused) - SHOWN_AT_MOST)))
    if notes.left:
        key = "left_one" if notes.left == 1 else "left"
        yield Line(words[key].format(n=number_text(words, notes.left)))


def why_text(one: NotUnderstood, words: Words) -> str:
    """Why something was not understood, as a sentence, with what is known of it."""
    facts = ", ".join(f"{name}: {said}" for name, said in one.facts.items())
    return words[f"why_{one.why}"] + (f" ({facts})" if facts else "")


def span_text(since: date | None, until: date | None, words: Words) -> str:
    """``from 2011-01-01, before 2012-01-01``."""
    if since and until:
        return words["span_both"].format(since=since, until=until)
    if since:
        return words["span_since"].format(since=since)
    return words["span_until"].format(until=until) if until else words["span_all"]


def _what(one: Observation) -> str:
    mark = f" [{one.id}]" if one.id else ""
    return f"{one.control} ({one.account}): {one.value}, {one.on}{mark}"


def number_text(words: Words, number: int) -> str:
    """``1,234``, as the language writes it."""
    return f"{number:,}".replace(",", words["thousands"])


# JSON -----------------------------------------------------------------------------------------


def document(
    done: Sequence[Imported], words: Words, *, dry_run: bool, searched: int
) -> dict[str, Any]:
    """``withhold/import/1``; ``searched`` is how many posts were looked through for reveals."""
    return {
        "schema": SCHEMA,
        "dry_run": dry_run,
        "archives": [_archive(one, words) for one in done],
        "checklists": [],
        "searched": searched,
    }


def _archive(one: Imported, words: Words) -> dict[str, Any]:
    notes = one.notes
    return {
        "files": [printable(name) for name in one.files],
        "platform": one.platform,
        "layout": one.layout,
        "digest": one.digest,
        "exported": str(one.exported) if one.exported else None,
        "accounts": [
            {"account": who.key, "how": who.how, "handle": who.handle} for who in one.accounts
        ],
        "posts": one.posts,
        "new": one.taken.new,
        "again": one.taken.again,
        "changed": one.taken.changed,
        "repeated": one.taken.repeated,
        "counted": [
            {
                "account": it.account,
                "kind": it.kind,
                "audience": it.audience,
                "audience_by": it.audience_by,
                "posts": it.n,
            }
            for it in one.counted
        ],
        "others": one.others,
        "recorded": _observations(one.recorded),
        "already": _observations(one.already),
        "undated": [{"name": it.name, "value": it.value} for it in one.undated],
        "understood": [
            {
                "path": it.path,
                "posts": it.posts,
                "settings": it.settings,
                "others": it.others,
                "expected": it.expected,
            }
            for it in notes.understood.values()
        ],
        "ignored": [{"path": path, "why": why} for path, why in notes.ignored.items()],
        "not_understood": [
            {
                "path": it.path,
                "at": it.at,
                "why": it.why,
                "text": why_text(it, words),
                "facts": it.facts,
            }
            for it in notes.not_understood
        ],
        "not_listed": notes.left,
    }


def _observations(these: Iterable[Observation]) -> list[dict[str, str | None]]:
    return [
        {
            "control": one.control,
            "account": one.account,
            "value": one.value,
            "on": str(one.on),
            "id": one.id or None,
        }
        for one in these
    ]
