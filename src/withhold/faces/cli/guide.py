"""``withhold guide DIR``: the guide as a folder of plain files that any static host serves."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from shlex import quote

import click

from withhold.catalog import find
from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting, parse_day
from withhold.words import LANGS


@click.command("guide")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--url", default="", metavar="URL", help="Where it will stand: https://example.org/")
@click.option(
    "--report-to",
    default="",
    metavar="TO",
    help="Who hears that a fact is wrong: an e-mail address, or a URL with {title} and {body}.",
)
@click.option("--lang", "langs", type=click.Choice(LANGS), multiple=True, help="Only this one.")
@click.option("--place", "places", multiple=True, metavar="PLACE", help="Pages of this place only.")
@click.option("--when", default="", metavar="DATE", help="The day it answers for; today.")
def command(
    folder: Path,
    url: str,
    report_to: str,
    langs: tuple[str, ...],
    places: tuple[str, ...],
    when: str,
) -> None:
    """Writes the guide into DIR: the checklist, and a page per place, platform and fact.

    What stands in DIR and is not of an earlier guide stays as it is.
    """
    from withhold.faces.guide.build import Wanted, files
    from withhold.reach.files import write_folder

    setting = Setting(when=parse_day(when, Setting().today, "--when").isoformat() if when else "")
    wanted = Wanted(
        when=setting.when,
        langs=langs or LANGS,
        url=_address(url),
        report_to=_reports(report_to),
        places=tuple(find.place(setting.places, one) for one in places),
    )
    knowledge = setting.knowledge(None, crawlers=True)
    began = time.monotonic()
    progress = _Progress(sys.stderr.isatty())
    done = write_folder(
        folder, progress.over(files(knowledge, setting.root, wanted, progress.told))
    )
    progress.end()
    seconds = time.monotonic() - began
    click.echo(
        f"{folder}: {done.files:,} files, {done.size / 1e6:,.0f} MB, "
        f"{done.changed:,} new or changed, {done.removed:,} removed, {seconds:.0f} s"
    )
    if not url:
        click.echo(
            "TIP: say where it will stand, so that shared pictures and citations carry the "
            "address: --url https://example.org/",
            err=True,
        )
    click.echo(f"TIP: look at it: python3 -m http.server -d {quote(str(folder))}", err=True)


def _address(url: str) -> str:
    if url and not re.fullmatch(r"https?://[^\s/?#\"'<>]+(/[^\s?#\"'<>]*)?", url):
        raise BadInput(f"--url {url}: not the address of a folder", "--url https://example.org/")
    return f"{url.rstrip('/')}/" if url else ""


def _reports(to: str) -> str:
    mail = re.fullmatch(r"[^\s@?&\"'<>]+@[^\s@?&\"'<>]+", to)
    page = re.fullmatch(r"https?://[^\s\"'<>]+", to) and "{body}" in to
    if to and not mail and not page:
        raise BadInput(
            f"--report-to {to}: neither an e-mail address nor a URL with {{body}}",
            "--report-to facts@example.org",
        )
    return to


class _Progress:
    """A line that counts files, on a terminal only."""

    def __init__(self, shown: bool) -> None:
        self.shown, self.what, self.count = shown, "", 0

    def told(self, what: str) -> None:
        """What is being made now."""
        self.what = what

    def over(self, files: Iterator[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
        """The files, counted."""
        for one in files:
            self.count += 1
            if self.shown and self.count % 250 == 0:
                click.echo(f"\r{self.what}: {self.count:,} files", nl=False, err=True)
            yield one

    def end(self) -> None:
        """The line is taken back."""
        if self.shown:
            click.echo("\r" + " " * 40 + "\r", nl=False, err=True)
