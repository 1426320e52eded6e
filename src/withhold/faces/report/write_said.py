"""What is to be known before a site is written, in sentences: for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import tomli

from withhold.catalog.load import Knowledge
from withhold.signals.search_proof import Line
from withhold.verbs.out_of_reach import OutOfReach
from withhold.verbs.site_folder import Pages
from withhold.verbs.write_site import Change, SitePlan

LOST_AT_MOST = 10
_LEFT = ("search-goes-first", "governed", "retired", "library", "not-a-token")
Words = Mapping[str, str]


def words_of(lang: str) -> dict[str, str]:
    """The words of ``apply`` and ``rollback``."""
    path = Path(__file__).parents[1] / "phrases" / f"apply.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def change(one: Change, words: Words) -> str:
    """``robots.txt: changed; carries robots-txt``; empty where no file is there nor will be."""
    if one.before == one.after:
        return words["unchanged"].format(file=one.name) if one.after is not None else ""
    kind = "new" if one.before is None else "gone" if one.after is None else "changed"
    carries = words["carries"].format(signals=", ".join(one.signals)) if one.signals else ""
    return f"{words[kind].format(file=one.name)}; {carries}".rstrip("; ")


def tokens(plan: SitePlan, words: Words) -> list[str]:
    """Which product tokens are refused, and which are left in, and why."""
    rows = [
        ("refused", [one for one in plan.told if one.refused and one.promised]),
        ("refused_asked", [one for one in plan.told if one.refused and not one.promised]),
        *((f"why_{why}", [one for one in plan.told if one.why == why]) for why in _LEFT),
    ]
    return [
        words[name].format(tokens=", ".join(one.crawler.token for one in found))
        for name, found in rows
        if found
    ]


def defeated(plan: SitePlan, words: Words) -> list[str]:
    """Lines of the owner's own that let in what is to be refused."""
    return [
        words["defeated_line"].format(
            line=one.line or "-", text=one.text, token=one.token, path=one.path
        )
        for one in plan.defeated
    ]


def signals(plan: SitePlan, words: Words, knowledge: Knowledge) -> list[str]:
    """Each signal to everyone: whether it is written, and who says that it heeds it."""
    found = []
    for one in plan.signals:
        if one.weight != "says-nothing":
            readers = ", ".join(knowledge.actors[name].name for name in one.readers)
            facts = {"where": words[f"where_{one.signal}"], "readers": readers}
            found.append(words[f"weight_{one.weight}"].format(signal=one.signal, **facts))
    return found


def reserves_all(plan: SitePlan) -> bool:
    """Whether a signal is written that reserves all text and data mining (``words.whole``)."""
    return any(one.signal == "tdmrep" and one.written for one in plan.signals)


def notes(plan: SitePlan, words: Words, unseen: str = "") -> list[str]:
    """What was noticed. ``unseen``: why what is served today is not known; empty if it is."""
    said = [words[f"note_{code}"].format(fact=fact) for code, fact in plan.notes]
    if unseen == "offline":
        said.append(words["note_offline"])
    elif unseen:
        said.append(words["note_not-fetched"].format(fact=unseen))
    return said


def proof(plan: SitePlan, words: Words) -> str:
    """Whether search keeps its answers, in one sentence."""
    if plan.proof.lost:
        n = len(plan.proof.lost)
        return words["proof_lost_one" if n == 1 else "proof_lost"].format(n=n)
    facts = {"tokens": str(len(plan.proof.tokens)), "paths": str(len(plan.proof.paths))}
    return words["proof_same"].format(**facts)


def lost(plan: SitePlan, words: Words) -> list[str]:
    """The first answers that search would lose, with the lines that decide."""
    return [
        words["proof_lost_line"].format(
            token=one.token,
            path=one.path,
            before=_line(one.before, words),
            after=_line(one.after, words),
        )
        for one in plan.proof.lost[:LOST_AT_MOST]
    ]


def only_front(plan: SitePlan, pages: Pages) -> bool:
    """Whether search was asked about ``/`` alone, for want of a sitemap."""
    return plan.proof.paths == ("/",) and not pages.file


def index(pages: Pages, words: Words) -> str:
    """Of an index of sitemaps: how many of them were read; empty where it is none."""
    found = pages.followed
    if not found.named:
        return ""
    facts = {"file": Path(pages.file).name, "named": str(found.named), "read": str(found.read)}
    return words["proof_index"].format(**facts)


def unread(pages: Pages, words: Words) -> Iterator[str]:
    """Which sitemaps of an index were not read, as far as one reads."""
    if not pages.followed.named:
        return
    for name, why in pages.followed.unread[:LOST_AT_MOST]:
        yield words[f"proof_sitemap_{why}"].format(file=name)
    more = len(pages.followed.unread) - LOST_AT_MOST
    if more > 0:
        yield words["proof_sitemaps_more"].format(n=more)


def given_up(plan: SitePlan, words: Words) -> str:
    """What the wish gives up because one token serves both; empty where it is nothing."""
    names = ", ".join(plan.proof.given_up)
    return words["proof_given_up"].format(tokens=names) if names else ""


def out_of_reach(plan: SitePlan, words: Words, lang: str) -> list[str]:
    """What the wish cannot reach."""
    return [_reach(one, words, lang) for one in plan.out_of_reach]


def _line(one: Line, words: Words) -> str:
    return f"robots.txt:{one.number}: {one.text}" if one.number else words["proof_nothing"]


def _reach(one: OutOfReach, words: Words, lang: str) -> str:
    facts = {
        name: fact if isinstance(fact, str) else fact.get(lang) or fact["en"]
        for name, fact in one.facts.items()
    }
    key = f"reach_{one.code}"
    said = words.get(f"{key}_one", "") if facts.get("n") == "1" else ""
    return (said or words[key]).format(**facts)
