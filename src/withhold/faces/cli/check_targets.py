"""What ``withhold check`` is asked about: accounts, sites and images, by what they are called."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from withhold.catalog import find
from withhold.errors import BadInput, NotFound, NothingToCheck
from withhold.faces.cli.setting import Setting
from withhold.words import Account, Site

if TYPE_CHECKING:  # what reads sites is imported when one is named: `check linkedin` stays fast
    from withhold.faces.cli.check_site import Target

_IMAGES = (".jpg", ".jpeg", ".png", ".webp")
_FILES = (".txt", ".html", ".htm", ".epub", ".pdf")


def is_image(name: str) -> bool:
    """Whether a target is an image file that is there."""
    return Path(name).suffix.lower() in _IMAGES and Path(name).is_file()


def listed(path: str | None) -> list[str]:
    """The targets of a file, one a line; those with ``#`` are none. Raises BadInput."""
    if not path:
        return []
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as why:
        raise BadInput(f"-f {path}: cannot be read", "a text file, one target per line") from why
    names = [name for line in lines if (name := line.strip()) and not name.startswith("#")]
    if not names:
        raise NothingToCheck(f"{path}: no target in it", "one target per line")
    return names


def resolve(names: Sequence[str], setting: Setting) -> tuple[list[Account], list[Target]]:
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
