"""``withhold apply SITE --show``: where to click and what to paste, for sites without a folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import tomli

from withhold.catalog.load import Knowledge
from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting
from withhold.faces.cli.show import Paper
from withhold.reach.addresses import BadUrl, origin_of
from withhold.signals.wish import Wish, named
from withhold.site_facts import Host, Way
from withhold.verbs.write_site import plan_site

_WISH = "no-training"
Words = dict[str, str]


def show(site: str, setting: Setting, wish: Wish | None = None) -> None:
    """The ways of every host that knowledge has, then the text of the wish; writes nothing.

    Which host makes a site is not guessed. Raises BadInput where ``site`` is no address.
    """
    try:
        origin = origin_of(site)
    except BadUrl as why:
        raise BadInput(f"{site}: is no address of a site ({why})", "https://example.org") from why
    knowledge = setting.knowledge([], crawlers=True)
    chosen = wish or named(_WISH)
    words = _words(setting.lang)
    out = Paper()
    out.put(words["head"].format(site=origin), style="bold underline")
    out.put(words["which"])
    for host in sorted(knowledge.hosts.values(), key=lambda one: one.name.lower()):
        _host(out, host, setting, words)
    out.put()
    out.put(words["text_head"].format(wish=chosen.name), style="bold")
    out.put(words["search"], 2)
    out.put()
    for line in text_of(chosen, knowledge).splitlines():
        out.copy(line, 4)
    out.put()
    out.put(words["check"].format(site=origin))


def text_of(wish: Wish, knowledge: Knowledge) -> str:
    """What belongs into a robots.txt for a wish, as it is written where there is a folder."""
    plan = plan_site(wish, {}, knowledge, served=b"", paths=["/"], servers=[])
    for one in plan.changed:
        if one.name == "robots.txt" and one.after:
            return one.after.decode("utf-8")
    return ""


def _words(lang: str) -> Words:
    path = Path(__file__).parents[1] / "phrases" / f"apply_show.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def _host(out: Paper, host: Host, setting: Setting, words: Words) -> None:
    out.put()
    out.put(host.name, style="bold")
    if not host.way:
        out.put(f"{words['no_way']}.", 2)
    for way in host.way:
        _way(out, way, setting, words)
    if note := setting.sentences.text(host.note) if host.note else "":
        out.put(note, 2)
    _sources(out, host, words)


def _way(out: Paper, way: Way, setting: Setting, words: Words) -> None:
    on = way.verified.on
    how = words[f"verified-{way.verified.how}"].format(date=on)
    if on + timedelta(days=int(way.recheck_after.split(" ")[0])) < setting.today:
        how += words["overdue"]
    out.put(f"{way.name}: {words[f'paste-{way.paste}']} ({how})", 2)
    steps: Sequence[str] = way.steps.get(setting.lang) or way.steps["en"]
    for number, step in enumerate(steps, start=1):
        out.put(step, 7, head=f"    {number}.")
    if way.reach:
        out.put(f"{words['reach']}: {setting.sentences.text(way.reach)}", 4)


def _sources(out: Paper, host: Host, words: Words) -> None:
    for one in host.source.values():
        title = f" {one.title}" if one.title else ""
        out.put(f"{words['sources']}: {one.url}{title} ({words[f'read-{one.read}']})", 2, "dim")
