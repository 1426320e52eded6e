"""``withhold prove verify BUNDLE``: whether it is as it was made, and where it is not."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from withhold.errors import BadInput
from withhold.faces.cli.progress_line import progress
from withhold.faces.cli.setting import Setting
from withhold.faces.report.bundle_words import words_of
from withhold.faces.report.plain import printable
from withhold.words import LANGS

DOES_NOT_VERIFY = 13
_SEAL = re.compile("[0-9a-f]{64}")


@click.command("verify")
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option("--seal", "given", default="", metavar="SEAL", help="The seal that you were given.")
@click.option(
    "--format", "kind", type=click.Choice(("text", "json")), default="text", help="How to answer."
)
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
def command(bundle: Path, given: str, kind: str, lang: str | None) -> None:
    """Whether every octet of BUNDLE is as it was made; names the first that is not.

    Needs nothing but the bundle: no store, no network. Exit code 0 where all fits, 13 where it
    does not, 2 for what is no bundle.
    """
    from withhold.faces.report import bundle_verified
    from withhold.traces.bundles.verify import NoBundle, verify

    words = words_of(Setting(lang=lang or "").lang)
    given = "".join(given.split()).lower()
    if given and not _SEAL.fullmatch(given):
        raise BadInput(
            words["verify_seal_bad"].format(seal=printable(given)), words["verify_seal_tip"]
        )
    try:
        with bundle.open("rb") as file:
            size = max(file.seek(0, 2), 1)
            found = verify(
                file,
                given,
                lambda done: progress(
                    words["doing_verify"].format(percent=min(done * 100 // size, 100))
                ),
            )
    except OSError as why:
        raise BadInput(
            f"{printable(str(bundle))}: cannot be read ({why.strerror})", "name a file"
        ) from why
    except NoBundle:
        raise BadInput(
            words["verify_not"].format(file=printable(str(bundle))), words["verify_not_tip"]
        ) from None
    finally:
        progress("")
    if kind == "json":
        click.echo(bundle_verified.as_json(found))
    else:
        for line in bundle_verified.lines(bundle.name, found, words):
            click.echo(line)
    if not found.ok:
        sys.exit(DOES_NOT_VERIFY)
