"""``withhold check``: what is so?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from withhold.catalog import find
from withhold.errors import BadInput, NotFound, NothingToCheck
from withhold.faces.cli.setting import Setting, asked, written
from withhold.verbs.check import check_account
from withhold.verdict import Verdict
from withhold.words import Account

FAIL_CODES = (("allowed", 11), ("unknown", 10), ("weak", 14))
_WEAK = ("asked", "told")


@click.command("check")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@asked
@click.option("--actor", default="", metavar="ID", help="Only this company or project.")
@click.option("--all", "full", is_flag=True, help="Every use, every reason, every company.")
@click.option("-f", "listed", type=click.Path(), help="A file with one target per line.")
@click.option("--path", "site_path", default="/", help="Of a site: the path asked about.")
@click.option("--mode", type=click.Choice(("rfc", "google")), default="rfc", help="robots.txt.")
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "html", "md", "sarif", "csv", "parquet")),
    default="text",
)
@click.option(
    "--fail-on",
    type=click.Choice(("allowed", "unknown", "weak", "never")),
    multiple=True,
    help="Exit 11, 10 or 14 when an answer is so.",
)
def command(
    targets: Sequence[str],
    place: str,
    when: str,
    lang: str | None,
    owner_file: str,
    actor: str,
    full: bool,
    listed: str | None,
    site_path: str,
    mode: str,
    form: str,
    fail_on: Sequence[str],
) -> int:
    """What is so? Who may train on it, by whose words, since when, and what makes it no.

    TARGET: a platform (linkedin, twitter), one of your accounts (tumblr:blog), a robots.txt, a
    site's folder; nothing = all that you own.
    """
    setting = Setting(place, when, lang or "", owner_file)
    if not site_path.startswith("/"):
        raise BadInput(f"--path {site_path}: a path begins with /", f"--path /{site_path}")
    names = [*targets, *_listed(listed)]
    accounts, files = _resolve(names, setting)
    asks_web = bool(files or actor)
    knowledge = setting.knowledge(
        dict.fromkeys(one.platform for one in accounts), crawlers=asks_web
    )
    who = find.actor(setting.root, actor) if actor else ""
    asking = setting.asking(knowledge, who, every_use=full)
    speaker = setting.speaker(knowledge)
    found: list[Verdict] = []
    for account in accounts:
        found += check_account(account, asking, setting.owner.public_until.get(account.key))
    sites = [_check_file(path, site, setting, asking, site_path, mode) for path, site in files]
    everything = [*found, *(one for site in sites for one in site)]
    for verdict in everything:  # what cannot be said is found before anything is printed
        for reason in (*verdict.reasons, *verdict.limits):
            setting.sentences.say(reason)
    if form == "text":
        from withhold.faces.cli import show

        alone = len(accounts) == 1 and not files
        if found:
            show.verdicts(found, setting, speaker, full=full or alone)
        for site in sites:
            show.site(site, setting, speaker, full=full)
    else:
        from withhold.faces.report.verdicts import FORMATS

        more = {"example": True} if setting.owner.example else {}
        written(FORMATS[form](everything, setting.when, speaker, **more))
    return exit_code(everything, fail_on)


def exit_code(verdicts: Iterable[Verdict], fail_on: Sequence[str]) -> int:
    """0, or what --fail-on names: allowed before unknown before weak."""
    seen = {"allowed": False, "unknown": False, "weak": False}
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


def _resolve(
    names: Sequence[str], setting: Setting
) -> tuple[list[Account], list[tuple[Path, str]]]:
    """Accounts and files that were named, or all that the owner has. Nothing is guessed."""
    owner = setting.owner
    if not names:
        files = [(Path(one.folder), one.url) for one in owner.sites if one.folder]
        for folder, url in [one for one in files if not (one[0] / "robots.txt").is_file()]:
            click.echo(f"withhold: {url}: no robots.txt in {folder}; passed over", err=True)
            files.remove((folder, url))
        if not owner.accounts and not files:
            raise NothingToCheck(
                "you own nothing here yet",
                "withhold start asks what you use; or name one: withhold check linkedin --in DE",
            )
        return list(owner.accounts), files
    accounts: list[Account] = []
    paths: list[tuple[Path, str]] = []
    for name in names:
        if not name.strip():
            raise BadInput("an empty target", "name a platform, a file, or nothing at all")
        slug, _, blog = name.partition(":")
        path = Path(name)
        if _looks_like_a_file(name) and path.exists():
            paths.append((path, _site_of(path, owner.sites)))
            continue
        try:
            platform = find.platform(setting.root, slug)
        except NotFound as why:
            raise _unknown(name, why, path) from why
        own = [one for one in owner.of(platform) if not blog or one.name == blog]
        if blog and not own:
            known = ", ".join(one.key for one in owner.of(platform)) or "none there"
            raise NotFound(f"no account {name} of yours", f"yours: {known}; withhold own list")
        accounts += own or [Account(platform=platform)]
    return accounts, paths


def _looks_like_a_file(name: str) -> bool:
    return "/" in name or name == "." or Path(name).suffix in (".txt",) or Path(name).is_dir()


def _unknown(name: str, why: NotFound, path: Path) -> BadInput:
    if re.match(r"https?://", name) or (
        re.fullmatch(r"[\w.-]+\.[a-z]{2,}", name) and path.suffix != ".txt"
    ):
        return BadInput(
            f"{name}: this version does not read sites over the network",
            "save the site's robots.txt and check the file: withhold check ./robots.txt",
        )
    if _looks_like_a_file(name):
        return BadInput(f"{name}: there is no such file or folder", "withhold check --help")
    return why


def _site_of(path: Path, sites: Iterable[object]) -> str:
    for one in sites:
        folder = getattr(one, "folder", "")
        if folder and path.resolve() in (
            Path(folder).resolve(),
            Path(folder).resolve() / "robots.txt",
        ):
            return str(getattr(one, "url", ""))
    return str(path)


def _check_file(
    path: Path, site: str, setting: Setting, asking: object, site_path: str, mode: str
) -> list[Verdict]:
    from withhold.verbs.sites import SiteFile, check_site, open_robots

    body, file = open_robots(path)
    read = SiteFile(
        body=body,
        place=str(file),
        site=site,
        on=setting.when,
        path=site_path,
        mode=mode,  # type: ignore[arg-type]
    )
    return check_site(read, asking)  # type: ignore[arg-type]
