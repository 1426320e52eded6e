"""Answers of ``withhold check`` about accounts, sites and images: found, then told in a format."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from withhold.catalog import find
from withhold.errors import NothingToCheck
from withhold.faces.cli.check_targets import is_image, resolve
from withhold.faces.cli.setting import Setting, written
from withhold.faces.report.rows import Speaker
from withhold.verbs.check import Asking, check_account
from withhold.verdict import Verdict

if TYPE_CHECKING:  # what reads sites is imported when one is named: `check linkedin` stays fast
    from withhold.catalog.load import Knowledge
    from withhold.faces.cli.check_site import Checked, Target
    from withhold.signals.robots import Mode
    from withhold.verbs.kept import Evidence
    from withhold.verbs.lost import Lost


class Options(Struct, frozen=True, kw_only=True):
    """What was asked for beside the targets."""

    actor: str = ""
    full: bool = False
    form: str = "text"
    was: str = ""
    path: str = ""
    mode: Mode = "rfc"
    allow_private: bool = False
    evidence: bool = True


class _Found(Struct, kw_only=True):
    """What came out. ``alone``: one account was asked about, and nothing else."""

    accounts: list[Verdict]
    checked: list[Checked]
    evidence: Evidence | None = None
    gone: list[Lost] = []
    alone: bool = False

    @property
    def verdicts(self) -> list[Verdict]:
        return [*self.accounts, *(one for site in self.checked for one in site.verdicts)]


def answered(
    names: Sequence[str], options: Options, setting: Setting
) -> tuple[list[Verdict], bool]:
    """Tells the answers. What they are, and whether a no is lost.

    Raises BadInput, NotFound, NothingToCheck.
    """
    images = [one for one in names if is_image(one)]
    names = [one for one in names if one not in images]
    accounts, sites = resolve(names, setting) if names or not images else ([], [])
    knowledge = setting.knowledge(
        dict.fromkeys(one.platform for one in accounts),
        crawlers=bool(sites or images or options.actor),
    )
    who = find.actor(setting.root, options.actor) if options.actor else ""
    asking = setting.asking(knowledge, who, every_use=options.full)
    speaker = setting.speaker(knowledge)
    verdicts: list[Verdict] = []
    for account in accounts:
        verdicts += check_account(account, asking, setting.owner.public_until.get(account.key))
    verdicts = _marked(verdicts, setting, knowledge)
    several = not names and not images and bool(accounts or len(sites) > 1)
    checked, evidence = _sites(sites, images, options, asking, setting, pass_over=several)
    if not accounts and not checked:
        raise NothingToCheck("none of your sites could be read", "withhold own list names them")
    found = _Found(
        accounts=verdicts,
        checked=checked,
        evidence=evidence,
        alone=len(accounts) == 1 and not checked,
    )
    if options.was:
        from withhold.faces.cli import check_lost

        found.gone = check_lost.compared(
            options.was,
            sites,
            found.verdicts,
            asking,
            setting,
            path=options.path or "/",
            mode=options.mode,
        )
    _tell(found, options, setting, speaker)
    return found.verdicts, bool(found.gone)


def _marked(found: list[Verdict], setting: Setting, knowledge: Knowledge) -> list[Verdict]:
    """The verdicts, marked where a policy that the store has seen says something else."""
    if not found or not setting.may_write or not setting.has_store():
        return found
    from withhold.verbs.stale import mark

    return mark(found, setting.home, setting.root, knowledge)


def _sites(
    sites: Sequence[Target],
    images: Iterable[str],
    options: Options,
    asking: Asking,
    setting: Setting,
    *,
    pass_over: bool,
) -> tuple[list[Checked], Evidence | None]:
    checked: list[Checked] = []
    evidence: Evidence | None = None
    if sites:
        from withhold.faces.cli.check_site import Asked, check_all

        asked = Asked(
            path=options.path,
            mode=options.mode,
            allow_private=options.allow_private,
            evidence=options.evidence,
            pass_over=pass_over,
        )
        checked, evidence = check_all(sites, asked, asking, setting)
    if images:
        from withhold.faces.cli.check_site import Checked
        from withhold.verbs.images import check_image, open_image

        for image in images:
            verdicts = check_image(open_image(Path(image)), image, asking)
            checked.append(Checked(verdicts=verdicts, conflicts=[], files=(image,)))
    return checked, evidence


# Told ---------------------------------------------------------------------------------------------


def _tell(found: _Found, options: Options, setting: Setting, speaker: Speaker) -> None:
    for verdict in found.verdicts:  # what cannot be said is found before anything is printed
        for reason in (*verdict.reasons, *verdict.limits):
            setting.sentences.say(reason)
    if options.form == "text":
        from withhold.faces.cli import show

        if found.accounts:
            show.verdicts(found.accounts, setting, speaker, full=options.full or found.alone)
        for one in found.checked:
            show.site(one.verdicts, setting, speaker, full=options.full, conflicts=one.conflicts)
    else:
        from withhold.faces.report.verdicts import FORMATS

        more = _beside(found, options, setting, speaker)
        written(FORMATS[options.form](found.verdicts, setting.when, speaker, **more))
    if found.evidence:
        from withhold.faces.cli.evidence import show as show_evidence

        show_evidence(found.evidence, setting, err=True)
    if options.was:
        from withhold.faces.cli import check_lost

        check_lost.show(found.gone, setting, speaker)


def _beside(
    found: _Found, options: Options, setting: Setting, speaker: Speaker
) -> dict[str, object]:
    """What a document has beside the verdicts."""
    from withhold.faces.report.rows import conflict, files_of

    more: dict[str, object] = {"example": True} if setting.owner.example else {}
    if found.checked:
        more["conflicts"] = [
            conflict(each, site.verdicts[0].site if site.verdicts else "", speaker)
            for site in found.checked
            for each in site.conflicts
        ]
    if found.evidence:
        more["evidence"] = files_of(found.evidence)
    if options.form == "sarif":
        read = [one for one in found.checked if one.verdicts]
        more["files"] = {one.verdicts[0].site: one.files for one in read}
    if options.was:
        from withhold.faces.cli import check_lost

        more["lost"] = check_lost.plain(found.gone, setting, speaker)
    return more
