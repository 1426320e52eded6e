"""``withhold watch --install``: what makes the system look by itself, printed or written."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal, cast

import click

from withhold.faces.cli.setting import Setting, written
from withhold.faces.cli.watch_every import seconds
from withhold.faces.cli.watch_round import Options
from withhold.reach import schedule
from withhold.reach.schedule import Job

_ADDRESSES = "notify"


def install(
    system: str, setting: Setting, options: Options, every: str, notify_file: str, *, write: bool
) -> None:
    """Prints the files, or writes them, and says the next command; enables nothing."""
    kept = Path(notify_file).absolute() if notify_file else setting.home / _ADDRESSES
    sends = bool(options.addresses or notify_file)
    home = os.environ.get("WITHHOLD_HOME")
    job = Job(
        program=(
            *(sys.executable, "-P", "-m", "withhold", "watch"),
            *(("--sites",) if options.sites else ()),
            *(word for one in options.policies for word in ("--policies", one)),
            *(("--from-ota", str(Path(options.clone).absolute())) if options.clone else ()),
            *(("--allow-private",) if options.allow_private else ()),
            *(("--feed", str(Path(options.feed).absolute())) if options.feed else ()),
            *(("--notify-file", str(kept.absolute())) if sends else ()),
            *(("--lang", options.lang) if options.lang else ()),
            *(("--format", options.form) if options.form != "text" else ()),
        ),
        every=seconds(every or "1d", fetches=options.fetches),
        home=Path.home(),
        config=Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"),
        log=setting.home.absolute() / "watch.log",
        environment={"WITHHOLD_HOME": str(Path(home).absolute())} if home else {},
    )
    found = schedule.schedule(cast(Literal["systemd", "cron", "launchd"], system), job)
    if write:
        schedule.write_all(found)
        if options.addresses:
            schedule.write_addresses(kept, options.addresses)
        for one in found.files:
            written(str(one.path))
    for one in () if write else found.files:
        if len(found.files) > 1:  # a comment of the file that follows
            written(f"# {one.path}")
        else:
            click.echo(f"withhold: for {one.path}", err=True)
        written(one.text)
    if options.addresses:
        said = "written to" if write else "go, one a line, into"
        click.echo(f"withhold: your addresses {said} {kept} (nobody else may read it)", err=True)
    click.echo("withhold: nothing is enabled yet; next:", err=True)
    for line in found.enable:
        click.echo(f"  {line}", err=True)
    click.echo("withhold: to undo it:", err=True)
    for line in found.undo:
        click.echo(f"  {line}", err=True)
