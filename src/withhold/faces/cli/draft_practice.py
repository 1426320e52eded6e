"""``withhold knowledge new practice PLATFORM --from-policy``: drafts, printed for a person."""

from __future__ import annotations

from pathlib import Path

import click

from withhold.catalog import find
from withhold.catalog.load import complete, load
from withhold.errors import BadInput, NothingToCheck
from withhold.faces.cli.check_policy import taken
from withhold.faces.cli.setting import Setting
from withhold.faces.report.policy_said import language, words_of
from withhold.policies.draft_toml import drafts, toml_of
from withhold.policies.reading import LANGS
from withhold.policies.same_practice import About
from withhold.verbs.check_policy import Policy, check_policy


def command(kind: str, slug: str, policy: str, root: str | None) -> None:
    """The drafts on stdout; nothing is written, so that nothing unread becomes knowledge."""
    if kind != "practice":
        raise BadInput(f"--from-policy with {kind}", "withhold knowledge new practice PLATFORM ...")
    if not policy:
        raise BadInput(
            "a practice of which text?",
            f"withhold knowledge new practice {slug} --from-policy FILE",
        )
    setting = Setting()
    folder = Path(root) if root else setting.root
    of = find.either(folder, slug)
    platforms = [of] if (folder / "platforms" / f"{of}.toml").is_file() else []
    knowledge = complete(load(folder, platforms, crawlers=False))
    owner = knowledge.platforms.get(of) or knowledge.actors[of]
    text, _ = taken(policy, setting)
    read = check_policy(text)
    about = About(owner=owner, knowledge=knowledge, places=read.reading.document.places)
    found = drafts(read.reading, about, text.seen)
    if not found:
        raise NothingToCheck(f"{text.name}: {_why_none(read, setting)}", "no practice to draft")
    click.echo(toml_of(found, read.reading, url=text.url, seen=text.seen))
    where = f"{'platforms' if platforms else 'actors'}/{of}.toml"
    again = f" --root {root}" if root else ""
    click.echo(
        f"TIP: review them, put those that are new into {where}, then: "
        f"withhold knowledge lint{again}",
        err=True,
    )


def _why_none(read: Policy, setting: Setting) -> str:
    """In the words of check --policy."""
    words = words_of(setting.lang)
    standing = "silent" if read.standing == "says" else read.standing
    return words[f"standing_{standing}"].format(
        n=read.words,
        lang=language(read.reading.document.lang, words),
        langs=", ".join(language(one, words) for one in LANGS),
    )
