"""``withhold check``: what is so?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from withhold.catalog import find
from withhold.errors import BadInput, NotFound, NothingToCheck
from withhold.faces.cli.setting import Setting, asked, written
from withhold.verbs.check import check_account
from withhold.verdict import Verdict
from withhold.words import Account, Site

if TYPE_CHECKING:  # what reads sites is imported when one is named: `check linkedin` stays fast
    from withhold.faces.cli.check_site import Checked, Target
    from withhold.signals.robots import Mode
    from withhold.verbs.kept import Evidence
    from withhold.verbs.lost import Lost

FAIL_CODES = (("lost", 12), ("allowed", 11), ("unknown", 10), ("weak", 14))
_WEAK = ("asked", "told")
_IMAGES = (".jpg", ".jpeg", ".png", ".webp")
_FILES = (".txt", ".html", ".htm", ".epub", ".pdf")


@click.command("check")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@asked
@click.option("--actor", default="", metavar="ID", help="Only this company or project.")
@click.option("--all", "full", is_flag=True, help="Every use, every reason, every company.")
@click.option("--posts", is_flag=True, help="Of your imported posts: which are open, to whom.")
@click.option(
    "--find", "sought", default="", metavar="WORDS", help="With --posts: those with these words."
)
@click.option(
    "--chart",
    default="",
    metavar="SVG",
    help="With --posts: a picture by months, as a file that is not there yet.",
)
@click.option("-f", "listed", type=click.Path(), help="A file with one target per line.")
@click.option("--path", "site_path", default="", help="Of a site: the path asked about.")
@click.option("--mode", type=click.Choice(("rfc", "google")), default="rfc", help="robots.txt.")
@click.option("--allow-private", is_flag=True, help="Fetch from private addresses too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "html", "md", "sarif", "csv", "parquet")),
    default="text",
)
@click.option(
    "--fail-on",
    type=click.Choice(("lost", "allowed", "unknown", "weak", "never")),
    multiple=True,
    help="Exit 11, 10 or 14 when an answer is so, 12 when a no is lost (see --was).",
)
@click.option(
    "--was",
    default="",
    metavar="OLD",
    help="Of one site on the disk: what it said before; a file, a folder or git:COMMIT.",
)
@click.option(
    "--resume",
    default="",
    metavar="FILE",
    help="With -f and sites only: keeps what is finished, so that the same call goes on.",
)
@click.option(
    "--page", "saved", type=click.Path(), metavar="FILE", help="Of a control: your saved page."
)
@click.option("--window", is_flag=True, help="Of controls: read them in the tool's window.")
@click.option("--browser", default="", metavar="PATH", help="With --window: which browser.")
@click.option(
    "--recipe", type=click.Path(), metavar="FILE", help="Of a control: a recipe of your own."
)
@click.option(
    "--no-evidence",
    is_flag=True,
    help="Of sites: keep no response. Without it all are kept as WARC files in your data directory"
    " (WITHHOLD_HOME), and what did not change is not sent again.",
)
def command(
    targets: Sequence[str],
    place: str,
    when: str,
    lang: str | None,
    owner_file: str,
    actor: str,
    full: bool,
    posts: bool,
    sought: str,
    chart: str,
    listed: str | None,
    site_path: str,
    mode: Mode,
    allow_private: bool,
    form: str,
    fail_on: Sequence[str],
    was: str,
    resume: str,
    saved: str | None,
    window: bool,
    browser: str,
    recipe: str | None,
    no_evidence: bool,
) -> int:
    """What is so? Who may train on it, by whose words, since when, and what makes it no.

    TARGET: a platform (linkedin, twitter), one of your accounts (tumblr:blog), a site's address
    (https://example.org), its folder, a robots.txt, an HTML file, an EPUB, a PDF, an image;
    nothing = all you own; with --page or --window a control (linkedin/ai-training-toggle); with
    --posts the platforms or accounts whose imported posts are meant, nothing = all of them.
    """
    setting = Setting(place, when, lang or "", owner_file)
    if site_path and not site_path.startswith("/"):
        raise BadInput(f"--path {site_path}: a path begins with /", f"--path /{site_path}")
    if posts or sought or chart:
        from withhold.faces.cli import check_posts

        return check_posts.command(
            targets, setting, actor, form, fail_on, full=full, words=sought, chart=chart
        )
    if saved or window:
        return _settings(targets, setting, saved, window, form, fail_on, browser, recipe)
    if "lost" in fail_on and not was:
        raise BadInput("--fail-on lost: lost against what?", "--was git:HEAD, or --was OLD_ROBOTS")
    names = [*targets, *_listed(listed)]
    if (listed and not targets) or resume:
        from withhold.faces.cli import check_many

        if check_many.takes(names, form, listed, resume, was):
            return check_many.command(
                names,
                form,
                setting,
                actor=actor,
                path=site_path or "/",
                mode=mode,
                allow_private=allow_private,
                resume=resume,
                fail_on=fail_on,
                evidence=not no_evidence,
            )
    images = [one for one in names if _is_image(one)]
    names = [one for one in names if one not in images]
    accounts, sites = _resolve(names, setting) if names or not images else ([], [])
    knowledge = setting.knowledge(
        dict.fromkeys(one.platform for one in accounts), crawlers=bool(sites or images or actor)
    )
    who = find.actor(setting.root, actor) if actor else ""
    asking = setting.asking(knowledge, who, every_use=full)
    speaker = setting.speaker(knowledge)
    found: list[Verdict] = []
    for account in accounts:
        found += check_account(account, asking, setting.owner.public_until.get(account.key))
    checked: list[Checked] = []
    evidence: Evidence | None = None
    if sites:
        from withhold.faces.cli.check_site import Asked, check_all

        options = Asked(
            path=site_path, mode=mode, allow_private=allow_private, evidence=not no_evidence
        )
        checked, evidence = check_all(sites, options, asking, setting)
    if images:
        from withhold.faces.cli.check_site import Checked
        from withhold.verbs.images import check_image, open_image

        for image in images:
            verdicts = check_image(open_image(Path(image)), image, asking)
            checked.append(Checked(verdicts=verdicts, conflicts=[], files=(image,)))
    everything = [*found, *(one for site in checked for one in site.verdicts)]
    gone: list[Lost] = []
    if was:
        from withhold.faces.cli import check_lost

        gone = check_lost.compared(
            was, sites, everything, asking, setting, path=site_path or "/", mode=mode
        )
    for verdict in everything:  # what cannot be said is found before anything is printed
        for reason in (*verdict.reasons, *verdict.limits):
            setting.sentences.say(reason)
    if form == "text":
        from withhold.faces.cli import show

        alone = len(accounts) == 1 and not checked
        if found:
            show.verdicts(found, setting, speaker, full=full or alone)
        for one in checked:
            show.site(one.verdicts, setting, speaker, full=full, conflicts=one.conflicts)
    else:
        from withhold.faces.report.rows import conflict, files_of
        from withhold.faces.report.verdicts import FORMATS

        more: dict[str, object] = {"example": True} if setting.owner.example else {}
        if checked:
            more["conflicts"] = [
                conflict(each, site.verdicts[0].site if site.verdicts else "", speaker)
                for site in checked
                for each in site.conflicts
            ]
        if evidence:
            more["evidence"] = files_of(evidence)
        if form == "sarif":
            more["files"] = {site.verdicts[0].site: site.files for site in checked if site.verdicts}
        if was:
            more["lost"] = check_lost.plain(gone, setting, speaker)
        written(FORMATS[form](everything, setting.when, speaker, **more))
    if evidence:
        from withhold.faces.cli.evidence import show as show_evidence

        show_evidence(evidence, setting, err=True)
    if was:
        check_lost.show(gone, setting, speaker)
    return exit_code(everything, fail_on, lost=bool(gone))


def _settings(
    steps: Sequence[str],
    setting: Setting,
    saved: str | None,
    window: bool,
    form: str,
    fail_on: Sequence[str],
    browser: str,
    recipe: str | None,
) -> int:
    """Settings of accounts, from a saved page or in the tool's window."""
    from withhold.faces.cli import check_setting

    wrong = [one for one in steps if "/" not in one]
    if wrong:
        raise BadInput(f"{wrong[0]} is no control", "as linkedin/ai-training-toggle; withhold plan")
    if saved and window:
        raise BadInput("--page and --window at once", "one of the two")
    if window:
        return check_setting.check_window(
            steps, setting, form=form, fail_on=fail_on, browser=browser, recipe=recipe
        )
    if len(steps) != 1:
        raise BadInput("--page of which control?", "one: linkedin/ai-training-toggle")
    return check_setting.check_page(
        steps[0], saved or "", setting, form=form, fail_on=fail_on, recipe=recipe
    )


def _is_image(name: str) -> bool:
    """Whether a target is an image file that is there."""
    return Path(name).suffix.lower() in _IMAGES and Path(name).is_file()


def exit_code(verdicts: Iterable[Verdict], fail_on: Sequence[str], *, lost: bool = False) -> int:
    """0, or what --fail-on names: lost before allowed before unknown before weak."""
    seen = {"lost": lost, "allowed": False, "unknown": False, "weak": False}
    for one in verdicts:
        if one.answer == "disallowed":
            seen["weak"] |= one.strength in _WEAK
        else:
            seen[one.answer] = True
    return next((code for name, code in FAIL_CODES if name in fail_on and seen[name]), 0)


def _listed(path: str | None) -> list[str]:
    if not path:
        return []
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as why:
        raise BadInput(f"-f {path}: cannot be read", "a text file, one target per line") from why
    names = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not names:
        raise NothingToCheck(f"{path}: no target in it", "one target per line")
    return names


def _resolve(names: Sequence[str], setting: Setting) -> tuple[list[Account], list[Target]]:
    """Accounts and sites that were named, or all that the owner has. Nothing is guessed."""
    owner = setting.owner
    if not names:
        sites = [_whole(one) for one in owner.sites if one.folder]
        for one in [each for each in sites if each.path and not each.path.is_dir()]:
            click.echo(f"withhold: {one.site}: no folder {one.path}; passed over", err=True)
            sites.remove(one)
        for bare in [each.url for each in owner.sites if not each.folder]:
            click.echo(f"withhold: not fetched unless you name it: withhold check {bare}", err=True)
        if not owner.accounts and not sites:
            raise NothingToCheck(
                "you own nothing here yet",
                "withhold start asks what you use; or name one: withhold check linkedin --in DE",
            )
        return list(owner.accounts), sites
    accounts: list[Account] = []
    targets: list[Target] = []
    for name in names:
        if not name.strip():
            raise BadInput("an empty target", "name a platform, a file, or nothing at all")
        slug, _, blog = name.partition(":")
        if _looks_like_a_file(name) and Path(name).exists():
            from withhold.faces.cli.check_site import lying

            targets.append(lying(Path(name), owner.sites))
            continue
        try:
            platform = find.platform(setting.root, slug)
        except NotFound as why:
            targets.append(_site(name, why, setting))
            continue
        own = [one for one in owner.of(platform) if not blog or one.name == blog]
        if blog and not own:
            known = ", ".join(one.key for one in owner.of(platform)) or "none there"
            raise NotFound(f"no account {name} of yours", f"yours: {known}; withhold own list")
        accounts += own or [Account(platform=platform)]
    return accounts, targets


def _whole(site: Site) -> Target:
    from withhold.faces.cli.check_site import Target

    return Target(path=Path(site.folder), site=site.url, own=site)


def _looks_like_a_file(name: str) -> bool:
    suffix = Path(name).suffix.lower()
    return "/" in name or name == "." or suffix in _FILES or Path(name).is_dir()


def _site(name: str, why: NotFound, setting: Setting) -> Target:
    """The site of an address; else the error that says what may have been meant."""
    from withhold.faces.cli.check_site import addressed, is_address

    if is_address(name):
        return addressed(name, setting.owner.sites)
    if _looks_like_a_file(name):
        raise BadInput(f"{name}: there is no such file or folder", "withhold check --help") from why
    raise why
