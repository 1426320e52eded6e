"""``withhold check --policy``: what one policy says, and how that stands to what is known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from withhold.catalog import find
from withhold.errors import BadInput, WithholdError
from withhold.faces.cli.setting import Setting, written
from withhold.faces.report.policy_said import Told, words_of
from withhold.verbs.check_policy import check_policy, hold_against, owner_of
from withhold.verbs.policy_text import NotFetched, PolicyText, of_fetched, open_text

if TYPE_CHECKING:  # what keeps evidence is imported when something is fetched
    from withhold.verbs.kept import Evidence

FORMS = ("text", "json", "md", "html", "csv")
_TOGETHER = ("targets", "policy", "place", "when", "lang", "owner_file", "full", "form")
_OF_THE_WEB = ("allow_private", "no_evidence")


def command(
    targets: Sequence[str],
    source: str,
    setting: Setting,
    place: str,
    form: str,
    *,
    full: bool,
    allow_private: bool,
    evidence: bool,
) -> int:
    """The reading in a format; held against a platform or company where one is named.

    An address that is listed for one is held against it without being asked for.
    """
    _alone(click.get_current_context())
    if form not in FORMS:
        raise BadInput(f"--policy with --format {form}", f"one of {', '.join(FORMS)}")
    if len(targets) > 1:
        raise BadInput("--policy of several", "one platform or company, or none")
    of = find.either(setting.root, targets[0]) if targets else ""
    text, kept = taken(source, setting, allow_private=allow_private, evidence=evidence)
    policy = check_policy(text)
    of = of or owner_of(text, setting.root)
    name = ""
    if of:
        platforms = [of] if (setting.root / "platforms" / f"{of}.toml").is_file() else []
        knowledge = setting.knowledge(platforms, crawlers=False)
        owner = knowledge.platforms.get(of) or knowledge.actors[of]
        # what was written on a day is held against what is known of that day
        when = setting.when if setting.when < setting.today else text.seen or setting.when
        policy = hold_against(policy, owner, knowledge, setting.root, when)
        name = owner.name
    told = Told(
        policy=policy,
        words=words_of(setting.lang),
        phrases=setting.phrases,
        sentences=setting.sentences,
        places=setting.places,
        when=setting.when,
        name=name,
        place=setting.place if place or setting.owner.place else "",
        source=quote(source),
    )
    if form == "text":
        from withhold.faces.cli.show_policy import show

        show(told, full=full)
    else:
        from withhold.faces.report.policy import FORMATS

        written(FORMATS[form](told))
    if kept:
        from withhold.faces.cli.evidence import show as show_evidence

        show_evidence(kept, setting, err=True)
    return 0


def _alone(context: click.Context) -> None:
    """Raises BadInput for options that are about something else."""
    allowed = (*_TOGETHER, *_OF_THE_WEB)
    for option in context.command.params:
        named = option.name or ""
        given = context.get_parameter_source(named) is ParameterSource.COMMANDLINE
        if given and named not in allowed:
            raise BadInput(f"--policy with {max(option.opts, key=len)}", "one of the two")


# Where the text comes from ------------------------------------------------------------------------


def taken(
    source: str, setting: Setting, *, allow_private: bool = False, evidence: bool = True
) -> tuple[PolicyText, Evidence | None]:
    """The text of a file, or what an address serves today; raises what keeps it from being read.

    A failed fetch is an error with its reason: it says nothing of the policy.
    """
    if "://" not in source:
        return open_text(Path(source)), None
    from withhold.reach.addresses import BadUrl, read

    try:
        url = read(source).url
    except BadUrl as why:
        raise BadInput(f"--policy {source}: is no address ({why})", "https://...") from why
    if setting.when < setting.today:
        raise BadInput(
            f"{url}: is fetched as it is today, not as it was on {setting.when}",
            "leave --when out, or check the text of that day as a file",
        )
    if not setting.contact:
        raise BadInput(
            f"{url}: a visit needs a contact that its owner can turn to",
            "withhold own set contact you@example.org (or WITHHOLD_CONTACT, for once); or save the "
            "page and check the file",
        )
    found, kept = _fetched(url, setting, allow_private=allow_private, evidence=evidence)
    if isinstance(found, NotFetched):
        words = words_of(setting.lang)
        why_not = words[f"failed_{found.why}"]
        raise WithholdError(
            words["not_fetched"].format(url=found.url, detail=found.detail, why=why_not),
            words["not_fetched_tip"],
        )
    return found, kept


def _fetched(
    url: str, setting: Setting, *, allow_private: bool, evidence: bool
) -> tuple[PolicyText | NotFetched, Evidence | None]:
    from withhold.faces.cli.evidence import keeping as keeping_of
    from withhold.reach.fetched import Wanted
    from withhold.reach.http import Fetcher

    keeping = keeping_of(setting, setting.contact, wanted=evidence)
    kept: Evidence | None = None
    try:
        with Fetcher(
            setting.contact,
            setting.now,
            allow_private=allow_private,
            keep=keeping.add if keeping else None,
        ) as fetcher:
            found = fetcher.fetch(Wanted(url=url, document=True))
        if keeping and found.kept:
            keeping.rests_on([found.kept.file])
    finally:
        if keeping:
            kept = keeping.close()
    return of_fetched(found, setting.today), kept
