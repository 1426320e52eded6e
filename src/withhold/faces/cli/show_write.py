"""What ``withhold apply SITE --write`` shows before it asks: changes, tokens, proof, limits."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from withhold.catalog.load import Knowledge
from withhold.faces.cli.setting import Setting
from withhold.faces.cli.show import Paper
from withhold.signals import server_rules
from withhold.signals.search_proof import Line
from withhold.verbs.out_of_reach import OutOfReach
from withhold.verbs.site_folder import Pages
from withhold.verbs.write_site import Change, SitePlan

LOST_AT_MOST = 10
_LEFT = ("search-goes-first", "governed", "retired", "library", "not-a-token")
Words = dict[str, str]


def words_of(lang: str) -> Words:
    """The words of ``apply`` and ``rollback``."""
    path = Path(__file__).parents[1] / "phrases" / f"apply.{lang}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def show_plan(
    plan: SitePlan,
    setting: Setting,
    words: Words,
    site: str,
    folder: Path,
    servers: Sequence[str],
    knowledge: Knowledge,
    *,
    pages: Pages,
    unseen: str = "",
) -> None:
    """The whole plan. ``unseen``: why what is served today is not known; empty if it is."""
    out = Paper()
    head = words["head"].format(site=site, wish=plan.wish.name, folder=folder)
    out.put(head, style="bold underline")
    _heading(out, words["changes"])
    for one in plan.changes:
        _change(out, one, words)
    _tokens(out, plan, words)
    _signals(out, plan, words, knowledge)
    _rules(out, plan, words, servers)
    _notes(out, plan, words, unseen)
    _proof(out, plan, words, pages)
    if plan.out_of_reach:
        _heading(out, words["reach"])
    for code in plan.out_of_reach:
        out.put(_reach(code, words, setting.lang), 4, head="  ·")
    out.put()
    out.put(words["disclaimer"], style="dim")


def _heading(out: Paper, text: str) -> None:
    out.put()
    out.put(text, style="bold")


def _change(out: Paper, one: Change, words: Words) -> None:
    if one.before == one.after:
        if one.after is not None:
            out.put(words["unchanged"].format(file=one.name), 2)
        return
    kind = "new" if one.before is None else "gone" if one.after is None else "changed"
    carries = words["carries"].format(signals=", ".join(one.signals)) if one.signals else ""
    out.put(f"{words[kind].format(file=one.name)}; {carries}".rstrip("; "), 2)
    for line in one.diff.splitlines():
        out.copy(line, 4)


def _tokens(out: Paper, plan: SitePlan, words: Words) -> None:
    rows = [
        ("refused", [one for one in plan.told if one.refused and one.promised]),
        ("refused_asked", [one for one in plan.told if one.refused and not one.promised]),
        *((f"why_{why}", [one for one in plan.told if one.why == why]) for why in _LEFT),
    ]
    if any(found for _, found in rows):
        _heading(out, words["tokens"])
    for name, found in rows:
        if found:
            tokens = ", ".join(one.crawler.token for one in found)
            out.put(words[name].format(tokens=tokens), 4, head="  ·")
    if plan.defeated:
        _heading(out, words["defeated"])
    for one in plan.defeated:
        facts = {"line": one.line or "-", "text": one.text, "token": one.token, "path": one.path}
        out.put(words["defeated_line"].format(**facts), 4, head="  ·")
    if plan.still:
        _heading(out, words["still"])
    for line in plan.still:
        out.put(line, 4, head="  ·")


def _signals(out: Paper, plan: SitePlan, words: Words, knowledge: Knowledge) -> None:
    said = [one for one in plan.signals if one.weight != "says-nothing"]
    if said:
        _heading(out, words["signals"])
    for one in said:
        readers = ", ".join(knowledge.actors[name].name for name in one.readers)
        facts = {"signal": one.signal, "where": words[f"where_{one.signal}"], "readers": readers}
        text = words[f"weight_{one.weight}"].format(**facts)
        out.put(text, 4, head="  ·")
    if any(one.signal == "tdmrep" and one.written for one in said):
        out.put(words["whole"], 4)


def _rules(out: Paper, plan: SitePlan, words: Words, servers: Sequence[str]) -> None:
    if not plan.headers:
        return
    for server in servers:
        if server == "_headers":
            continue  # a file of the folder, shown with the others
        _heading(out, words["rules"].format(server=server))
        for line in server_rules.write(server, plan.headers).splitlines():
            out.copy(line, 4)
    _heading(out, words["rules_meta" if servers else "rules_none"])
    for line in plan.meta.splitlines():
        out.copy(line, 4)
    out.put(words["rules_pasted"], 2)


def _notes(out: Paper, plan: SitePlan, words: Words, unseen: str) -> None:
    said = [words[f"note_{code}"].format(fact=fact) for code, fact in plan.notes]
    if unseen == "offline":
        said.append(words["note_offline"])
    elif unseen:
        said.append(words["note_not-fetched"].format(fact=unseen))
    if said:
        _heading(out, words["notes"])
    for text in said:
        out.put(text, 4, head="  ·")


def _proof(out: Paper, plan: SitePlan, words: Words, pages: Pages) -> None:
    proof = plan.proof
    _heading(out, words["proof"])
    if proof.lost:
        out.put(words["proof_lost"].format(n=len(proof.lost)), 2, style="bold red")
        for one in proof.lost[:LOST_AT_MOST]:
            before, after = _line(one.before, words), _line(one.after, words)
            facts = {"token": one.token, "path": one.path, "before": before, "after": after}
            out.put(words["proof_lost_line"].format(**facts), 4, head="  ·")
    else:
        facts = {"tokens": str(len(proof.tokens)), "paths": str(len(proof.paths))}
        out.put(words["proof_same"].format(**facts), 2)
    if proof.paths == ("/",) and not pages.file:
        out.put(words["proof_one"], 2)
    _sitemaps(out, pages, words)
    if proof.given_up:
        out.put(words["proof_given_up"].format(tokens=", ".join(proof.given_up)), 2)


def _sitemaps(out: Paper, pages: Pages, words: Words) -> None:
    """Of an index: how many of its sitemaps were read, and which were not, as far as one reads."""
    found = pages.followed
    if not found.named:
        return
    facts = {"file": Path(pages.file).name, "named": str(found.named), "read": str(found.read)}
    out.put(words["proof_index"].format(**facts), 2)
    for name, why in found.unread[:LOST_AT_MOST]:
        out.put(words[f"proof_sitemap_{why}"].format(file=name), 4, head="  ·")
    more = len(found.unread) - LOST_AT_MOST
    if more > 0:
        out.put(words["proof_sitemaps_more"].format(n=more), 4, head="  ·")


def _line(one: Line, words: Words) -> str:
    return f"robots.txt:{one.number}: {one.text}" if one.number else words["proof_nothing"]


def _reach(one: OutOfReach, words: Words, lang: str) -> str:
    facts = {
        name: fact if isinstance(fact, str) else fact.get(lang) or fact["en"]
        for name, fact in one.facts.items()
    }
    return words[f"reach_{one.code}"].format(**facts)
