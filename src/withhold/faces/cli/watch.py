"""``withhold watch``: does it stay no? Looks again at all that the owner has."""

from __future__ import annotations

from collections.abc import Sequence

import click

from withhold.faces.cli.setting import Setting
from withhold.faces.cli.watch_history import past
from withhold.words import LANGS

WORSE = 12


@click.group("watch", invoke_without_command=True)
@click.option("--every", default="", metavar="TIME", help="Look again every 30m, 6h, 1d; here.")
@click.option("--sites", is_flag=True, help="Fetch your own sites too; folders are always read.")
@click.option(
    "--policies",
    is_flag=False,
    flag_value="own",
    multiple=True,
    metavar="[ID]",
    help="Fetch policies too: of what you own, of a platform or company by its id, or `all`.",
)
@click.option(
    "--from-ota",
    "clone",
    default="",
    metavar="DIR",
    help="Read policies from a local clone of an Open Terms Archive repository, not the web.",
)
@click.option("--allow-private", is_flag=True, help="Fetch from private addresses too.")
@click.option(
    "--notify",
    multiple=True,
    metavar="URL",
    help="Send what is new to an address of apprise; again for more. Needs the extra [notify].",
)
@click.option(
    "--notify-file", default="", metavar="FILE", help="Such addresses from a file, one a line."
)
@click.option("--feed", default="", metavar="FILE", help="Put what is new into an Atom feed.")
@click.option(
    "--install",
    type=click.Choice(("systemd", "cron", "launchd")),
    default=None,
    help="Print what makes your system look by itself, with these options.",
)
@click.option("--write", is_flag=True, help="With --install: write the files; enable nothing.")
@click.option("--format", "form", type=click.Choice(("text", "json", "md")), default="text")
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
@click.pass_context
def command(
    ctx: click.Context,
    every: str,
    sites: bool,
    policies: Sequence[str],
    clone: str,
    allow_private: bool,
    notify: Sequence[str],
    notify_file: str,
    feed: str,
    install: str | None,
    write: bool,
    form: str,
    lang: str | None,
) -> int:
    """Does it stay no? Looks again at all you own and tells what changed since the last look.

    Worse, better or unclear, with the reasons of before and after; what is announced; what waits
    for you. Exit code 12 when something changed for the worse. What was told counts as told when
    all of it was told: whoever is stopped before is told again.
    """
    if ctx.invoked_subcommand is not None:
        return 0
    from withhold.errors import BadInput
    from withhold.faces.cli.watch_round import Options, addresses_in, look

    if write and not install:
        raise BadInput("--write goes with --install", "withhold watch --install systemd --write")
    addresses = (*notify, *(addresses_in(notify_file) if notify_file and not install else ()))
    options = Options(
        form=form,
        lang=lang or "",
        sites=sites,
        allow_private=allow_private,
        feed=feed,
        policies=tuple(policies),
        clone=clone,
        addresses=tuple(addresses),
    )
    if install:
        from withhold.faces.cli import watch_install

        watch_install.install(
            install, Setting(lang=lang or ""), options, every, notify_file, write=write
        )
        return 0
    if every:
        from withhold.faces.cli.watch_every import repeat, seconds

        return WORSE if repeat(options, seconds(every, fetches=options.fetches)) else 0
    return WORSE if look(options) else 0


command.add_command(past)
