"""apply, of a site: a wish and the files of today become the files that say it, with all that is to
be known before they are written: what changes, whether search loses, what it cannot reach."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.signals import (
    ai_txt,
    content_signal,
    content_usage,
    robots,
    robots_block,
    search_proof,
    server_rules,
    tdm_file,
    tdm_write,
    tdmrep,
    wish,
)
from withhold.signals.robots_block import Defeated, Managed
from withhold.signals.search_proof import Proof
from withhold.signals.server_rules import Header
from withhold.signals.wish import Chosen, Told, Wish
from withhold.verbs.out_of_reach import OutOfReach, out_of_reach
from withhold.verbs.site_folder import AI, HEADERS, ROBOTS, TDM

Note = Literal[
    "served-differs",  # what is served today is not what lies in the folder
    "served-taken",  # nothing lies in the folder: what is served today is what is added to
    "served-no-text",  # what is served for robots.txt is a web page, or binary
    "managed-block",  # something puts a block in front of the file when it is served
    "not-to-groups",  # a line for everyone does not reach tokens with groups of their own
    "many-header-rules",  # more rules in _headers than Cloudflare Pages reads
    "own-header-rules",  # rules of the owner's own for a header that the block sets too
]
MOST_RULES = 100
"""Rules that Cloudflare Pages reads of a ``_headers`` file; what comes later is passed over."""


class Change(Struct, frozen=True, kw_only=True):
    """One file: its bytes now and then, None = not there; which signals it carries."""

    name: str
    before: bytes | None
    after: bytes | None
    signals: tuple[str, ...]

    @property
    def diff(self) -> str:
        """The change as a unified diff; empty where nothing changes."""
        return "".join(
            difflib.unified_diff(
                _lines(self.before),
                _lines(self.after),
                f"{self.name} (now)" if self.before is not None else "/dev/null",
                f"{self.name} (then)" if self.after is not None else "/dev/null",
            )
        )


class SitePlan(Struct, frozen=True, kw_only=True):
    """What a wish means for a site, before anything is written."""

    wish: Wish
    changes: tuple[Change, ...]
    told: tuple[Told, ...]
    signals: tuple[Chosen, ...]
    proof: Proof
    defeated: tuple[Defeated, ...]
    still: tuple[str, ...]
    """With ``allow``: the owner's own lines that still refuse, as ``place:line: words``."""
    headers: tuple[Header, ...]
    meta: str
    out_of_reach: tuple[OutOfReach, ...]
    notes: tuple[tuple[Note, str], ...]

    @property
    def changed(self) -> tuple[Change, ...]:
        """The files that are not yet as wished."""
        return tuple(one for one in self.changes if one.before != one.after)


def plan_site(
    to: Wish,
    folder: Mapping[str, bytes],
    knowledge: Knowledge,
    *,
    served: bytes | None = None,
    paths: Sequence[str] = (),
    servers: Sequence[str] = (),
) -> SitePlan:
    """What is to be written into a folder so that it says the wish; nothing is written here.

    ``folder`` has the bytes of its files by name, ``served`` the robots.txt of today as it comes
    over the wire (None: not known), ``paths`` the pages that search is asked about.
    """
    told = wish.told(to, knowledge)
    signals = wish.chosen(to, knowledge)
    written = [one.signal for one in signals if one.written]
    tokens = [one.crawler.token for one in told if one.refused]
    notes: list[tuple[Note, str]] = []
    served = _text_only(served, notes)
    front, base = _base(folder.get(ROBOTS), served, notes)
    now = front.block + base if front else base
    after = _robots(to, base, tokens, written, len(front.block) if front else 0)
    then = (front.block if front else b"") + (after or b"")
    asked = list(dict.fromkeys(["/", *paths]))
    headers = server_rules.headers_for(to.uses, written)
    changes = [
        Change(
            name=ROBOTS,
            before=folder.get(ROBOTS),
            after=after,
            signals=(
                "robots-txt",
                *(s for s in ("content-usage", "content-signal") if s in written),
            ),
        ),
        _tdm(to, folder.get(TDM), written),
        _ai(folder.get(AI), written),
    ]
    if "_headers" in servers or robots_block.has_block(folder.get(HEADERS, b"")):
        changes.append(_headers(folder.get(HEADERS), headers, written))
        notes += _about_headers(folder.get(HEADERS, b""), changes[-1].after or b"", headers)
    defeated = robots_block.defeated(then, tokens, knowledge.crawlers, asked)
    silent = content_usage.in_robots(robots.read(then), "/").unreached.get("train-ai", ())
    heedless = [one for one in silent if one not in tokens]
    if heedless:
        notes.append(("not-to-groups", ", ".join(heedless)))
    return SitePlan(
        wish=to,
        changes=tuple(changes),
        told=tuple(told),
        signals=tuple(signals),
        proof=search_proof.prove(served or now, then, told, asked, knowledge.crawlers),
        defeated=tuple(defeated),
        still=tuple(_still(then, folder, knowledge)) if not to.refuses else (),
        headers=tuple(headers),
        meta=server_rules.snippet(to.uses, written),
        out_of_reach=tuple(out_of_reach(to, told, signals, knowledge)),
        notes=tuple(notes),
    )


def _text_only(served: bytes | None, notes: list[tuple[Note, str]]) -> bytes | None:
    """What is served, unless it is a page that answers for every address, or no text."""
    if served and {"looks-like-html", "binary"} & set(robots.read(served).notes):
        notes.append(("served-no-text", ""))
        return None
    return served


def _base(
    in_folder: bytes | None, served: bytes | None, notes: list[tuple[Note, str]]
) -> tuple[Managed | None, bytes]:
    """The file that is added to, and what somebody else puts in front of it when it is served.

    The folder's file is the owner's and stays; where there is none, what is served today (a
    virtual robots.txt) is taken, so that nothing it says is lost.
    """
    front = robots_block.managed(served) if served else None
    own = front.rest if front else served
    if front:
        notes.append(("managed-block", front.title))
    if in_folder is None:
        if own:
            notes.append(("served-taken", ""))
        return front, own or b""
    if own is not None and own.strip() != in_folder.strip():
        notes.append(("served-differs", ""))
    return front, in_folder


def _robots(
    to: Wish, base: bytes, tokens: Sequence[str], written: Sequence[str], before: int
) -> bytes | None:
    star = []
    if "content-usage" in written:
        said = {use: to.uses[use] for use in ("train-ai", "search") if use in to.uses}
        star.append(content_usage.write(said))  # type: ignore[arg-type]
    if "content-signal" in written:
        star.append(content_signal.write(to.uses))
    if tokens or star:
        return robots_block.merged(base, tokens, star, to.name, before)
    return robots_block.removed(base) or None if robots_block.has_block(base) else base or None


def _tdm(to: Wish, before: bytes | None, written: Sequence[str]) -> Change:
    after = before
    if "tdmrep" in written:
        after = tdm_write.write(before)
    elif before is not None and not to.refuses:
        said = tdmrep.decide("/", file=tdm_file.read_file(before))
        if any(one.allowed is False for one in said):
            alone = before == tdm_write.write(None)  # nothing but the rule that we wrote
            after = None if alone else tdm_write.write(before, reservation=0)
    return Change(name=TDM, before=before, after=after, signals=("tdmrep",))


def _ai(before: bytes | None, written: Sequence[str]) -> Change:
    after = before
    if "ai-txt" in written:
        after = ai_txt.write(before)
    elif before is not None and robots_block.has_block(before):
        after = robots_block.removed(before) or None
    return Change(name=AI, before=before, after=after, signals=("ai-txt",))


def _headers(before: bytes | None, said: Sequence[Header], written: Sequence[str]) -> Change:
    carried = ("noai", "noarchive", "content-usage", "tdmrep")
    rules = server_rules.write("_headers", said)
    after = robots_block.put(before or b"", rules.splitlines()) if rules else before
    if not rules and before is not None and robots_block.has_block(before):
        after = robots_block.removed(before) or None
    signals = tuple(one for one in carried if one in written)
    return Change(name=HEADERS, before=before, after=after, signals=signals)


def _about_headers(own: bytes, after: bytes, said: Sequence[Header]) -> Iterator[tuple[Note, str]]:
    """What may keep the block of a ``_headers`` file from being read as it is meant."""
    rules = [line for line in after.splitlines() if line.strip() and line[:1] not in b" \t#"]
    if len(rules) > MOST_RULES:
        yield "many-header-rules", str(len(rules))
    ours = {name.lower() for name, _ in said}
    theirs = robots_block.removed(own).decode("utf-8", "replace").splitlines()
    names = [line.partition(":")[0].strip() for line in theirs if line[:1] in (" ", "\t")]
    both = dict.fromkeys(name for name in names if name.lower() in ours)
    if both:
        yield "own-header-rules", ", ".join(both)


def _still(then: bytes, folder: Mapping[str, bytes], knowledge: Knowledge) -> list[str]:
    """Lines of the owner's own that refuse a crawler for training though all is to be allowed."""
    read = robots.read(then)
    found: dict[str, None] = {}
    for token, crawler in knowledge.crawlers.items():
        uses = wish.serves(crawler, knowledge)
        decision = read.decide(token, "/")
        if "train-ai" in uses and "search" not in uses and not decision.allowed and decision.line:
            text = read.line_text(decision.line).strip()
            found[f"{ROBOTS}:{decision.line}: {text[:200]}"] = None
    if AI in folder and not robots_block.has_block(folder[AI]):
        for said in ai_txt.read(folder[AI]).decide("/"):
            if said.allowed is False:
                found[f"{AI}:{said.line}: {said.text}"] = None
    return list(found)


def _lines(body: bytes | None) -> list[str]:
    """Lines as a diff shows them; other ends of line and a missing last one can be seen."""
    text = (body or b"").decode("utf-8", "backslashreplace")
    marked = text.replace("\r\n", "\u240d\n").replace("\r", "\u240d\n")
    lines = re.findall(r"[^\n]*\n|[^\n]+", marked)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n\\ no end of line\n"
    return lines
