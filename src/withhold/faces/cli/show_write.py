"""What ``withhold apply SITE --write`` shows before it asks: changes, tokens, proof, limits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from withhold.catalog.load import Knowledge
from withhold.faces.cli.setting import Setting
from withhold.faces.cli.show import Paper
from withhold.faces.report import write_said
from withhold.faces.report.write_said import Words
from withhold.signals import server_rules
from withhold.verbs.site_folder import Pages
from withhold.verbs.write_site import Change, SitePlan


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
    _list(out, words["tokens"], write_said.tokens(plan, words))
    _list(out, words["defeated"], write_said.defeated(plan, words))
    _list(out, words["still"], plan.still)
    _list(out, words["signals"], write_said.signals(plan, words, knowledge))
    if write_said.reserves_all(plan):
        out.put(words["whole"], 4)
    _rules(out, plan, words, servers)
    _list(out, words["notes"], write_said.notes(plan, words, unseen))
    _proof(out, plan, words, pages)
    _list(out, words["reach"], write_said.out_of_reach(plan, words, setting.lang))
    out.put()
    out.put(words["disclaimer"], style="dim")


def _heading(out: Paper, text: str) -> None:
    out.put()
    out.put(text, style="bold")


def _list(out: Paper, heading: str, these: Sequence[str]) -> None:
    if these:
        _heading(out, heading)
    for text in these:
        out.put(text, 4, head="  ·")


def _change(out: Paper, one: Change, words: Words) -> None:
    if said := write_said.change(one, words):
        out.put(said, 2)
    for line in one.diff.splitlines():
        out.copy(line, 4)


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


def _proof(out: Paper, plan: SitePlan, words: Words, pages: Pages) -> None:
    _heading(out, words["proof"])
    out.put(write_said.proof(plan, words), 2, style="bold red" if plan.proof.lost else "")
    for text in write_said.lost(plan, words):
        out.put(text, 4, head="  ·")
    if write_said.only_front(plan, pages):
        out.put(words["proof_one"], 2)
    if read := write_said.index(pages, words):
        out.put(read, 2)
    for text in write_said.unread(pages, words):
        out.put(text, 4, head="  ·")
    if up := write_said.given_up(plan, words):
        out.put(up, 2)
