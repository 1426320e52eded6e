"""``withhold check FOLDER --was OLD``: which no of a site is lost."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from withhold.errors import BadInput
from withhold.faces.cli.check_site import Target
from withhold.faces.cli.setting import Setting
from withhold.faces.report.rows import Speaker
from withhold.reach import git
from withhold.signals.robots import Mode
from withhold.verbs.check import Asking
from withhold.verbs.lost import Lost, Old, as_it_was, lost
from withhold.verbs.seen import SiteSeen
from withhold.verbs.sites import check_site, open_robots, open_site
from withhold.verdict import Verdict

_GIT = "git:"


def compared(
    was: str,
    targets: Sequence[Target],
    verdicts: Sequence[Verdict],
    asking: Asking,
    setting: Setting,
    *,
    path: str = "/",
    mode: Mode = "rfc",
) -> list[Lost]:
    """What is lost of one folder or robots.txt; ``was`` is a file, a folder or ``git:COMMIT``."""
    if len(targets) != 1 or targets[0].path is None:
        raise BadInput("--was compares one folder or robots.txt", "withhold check FOLDER --was OLD")
    target = targets[0]
    assert target.path is not None  # noqa: S101 - asked above
    seen = open_site(target.path, target.site, setting.when, ask=path, mode=mode)
    before = as_it_was(seen, _old(was, seen, target.path))
    file = seen.robots.place or seen.page.place
    return lost(check_site(before, asking), verdicts, file)


def _old(was: str, seen: SiteSeen, root: Path) -> Old:
    """Where the old files come from. A single old file stands for the robots.txt alone."""
    if was.startswith(_GIT):
        return lambda file: git.at(was.removeprefix(_GIT), file)
    there = Path(was)
    if there.is_dir():
        if not root.is_dir():
            raise BadInput(f"--was {was}: a folder is compared with a folder", "name a file")
        return lambda file: _bytes(there / file.relative_to(root))
    body, _ = open_robots(there)
    place = seen.robots.place
    return lambda file: body if str(file) == place else _bytes(file)


def _bytes(file: Path) -> bytes | None:
    return open_robots(file)[0] if file.is_file() else None


def plain(found: Sequence[Lost], setting: Setting, speaker: Speaker) -> list[dict[str, Any]]:
    """Each loss as plain values, for JSON and SARIF."""
    rows = []
    for one in found:
        place, _, line = one.because.rests_on.rpartition(":")
        here = line.isdigit() and place.startswith(one.file)
        rows.append(
            {
                "code": "no-weaker" if one.weaker else "no-lost",
                "actor": one.now.actor,
                "use": one.now.use,
                "text": sentence(one, setting, speaker),
                "place": one.file,
                "line": int(line) if here else None,
            }
        )
    return rows


def sentence(one: Lost, setting: Setting, speaker: Speaker) -> str:
    """``OpenAI, training its AI: was no, promised (robots.txt:5 “Disallow: /”); is MAY now.``"""
    words = setting.phrases
    rests, text = one.was.rests_on, one.was.facts.get("text", "")
    said = f"{rests} {words['quoted'].format(text)}" if text else rests
    now = {"allowed": "may", "unknown": "unknown", "disallowed": "no"}[one.now.answer]
    strength = f", {words['strength_' + one.now.strength]}" if one.now.strength else ""
    return words["lost_one"].format(
        name=speaker.name(one.now.actor),
        use=speaker.sentences.use[one.now.use],
        strength=words[f"strength_{one.before.strength}"],
        rests=said,
        now=f"{words[now]}{strength}",
    )


def show(found: Sequence[Lost], setting: Setting, speaker: Speaker) -> None:
    """To stderr: a line each, or that nothing is lost."""
    words = setting.phrases
    key = "lost_none" if not found else "lost_head_one" if len(found) == 1 else "lost_head"
    head = words[key].format(n=len(found))
    click.echo(f"withhold: {head}", err=True)
    for one in found:
        click.echo(f"  {sentence(one, setting, speaker)}", err=True)
