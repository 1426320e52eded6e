"""``withhold knowledge flips``: which answers a change of knowledge flips, and by whose word."""

from __future__ import annotations

from pathlib import Path

import click

UNMET = 2
"""With ``--fail-on unmet``: what was handed in is not as it has to be, as ``lint`` says it."""


@click.command("flips")
@click.argument("base", metavar="BASE", type=click.Path(file_okay=False, exists=True))
@click.argument(
    "head", metavar="[HEAD]", required=False, type=click.Path(file_okay=False, exists=True)
)
@click.option("--format", "form", type=click.Choice(("text", "json", "md")), default="text")
@click.option("--fail-on", type=click.Choice(("unmet",)), default=None, help="Exit with 2 then.")
@click.option("--today", default="", metavar="DATE", hidden=True)
def command(base: str, head: str | None, form: str, fail_on: str | None, today: str) -> int:
    """Lists the answers that differ between two folders of knowledge, and the rule for a flip.

    BASE is the knowledge before, HEAD the one after (left out: that of this installation). The
    question is really asked of both, for all that the changed facts tell apart. A change that
    makes an answer flip keeps what was so in history, rests on a new source that was seen after
    the old one, quotes it, and is read by a second person; what of that is not met is said.
    """
    from withhold.catalog.load import load
    from withhold.faces.cli.setting import Setting, parse_day
    from withhold.faces.report.flips import as_json, as_markdown, as_text, words_of
    from withhold.verbs.flips import flips

    setting = Setting()
    words = words_of(setting.lang)
    day = parse_day(today, setting.today, "--today") if today else setting.today
    before, after = load(Path(base)), load(Path(head) if head else setting.root)
    found = flips(before, after, day)
    if form == "json":
        click.echo(as_json(found, day, words))
    elif form == "md":
        click.echo(as_markdown(found, words, after.places))
    else:
        click.echo(as_text(found, words, after.places))
    return UNMET if fail_on and found.unmet else 0
