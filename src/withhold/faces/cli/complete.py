"""What Tab completes in a shell: platforms, and after a slash the controls of one.

Asked again at each press of Tab, so only names of files are read, or the one file of a platform.
"""

from __future__ import annotations

import click
from click.shell_completion import CompletionItem


def targets(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """Platforms and controls that begin so; else files, which a target may be as well."""
    return _known(typed) or [CompletionItem(typed, type="file")]


def controls(_ctx: click.Context, _param: click.Parameter, typed: str) -> list[CompletionItem]:
    """The same, where no file is meant."""
    return _known(typed)


def _known(typed: str) -> list[CompletionItem]:
    from withhold.catalog.load import default_root, ids_in
    from withhold.errors import WithholdError

    platform, slash, begun = typed.partition("/")
    known = ids_in(default_root(), "platforms")
    if not slash:
        return [CompletionItem(one) for one in known if one.startswith(typed)]
    if platform not in known:
        return []
    try:
        found = _controls(platform)
    except WithholdError:  # a file of knowledge that does not hold: a shell is no place to say so
        return []
    return [CompletionItem(f"{platform}/{one}") for one in found if one.startswith(begun)]


def _controls(platform: str) -> list[str]:
    from withhold.catalog.load import default_root, load

    return [
        one.id
        for one in load(default_root(), [platform], crawlers=False).platforms[platform].control
    ]
