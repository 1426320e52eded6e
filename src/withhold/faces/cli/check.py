"""``withhold check``: what is so?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from withhold.errors import BadInput
from withhold.faces.cli import complete
from withhold.faces.cli.check_targets import listed as listed_in
from withhold.faces.cli.setting import Setting, asked
from withhold.verdict import Verdict

if TYPE_CHECKING:
    from withhold.signals.robots import Mode

FAIL_CODES = (("lost", 12), ("allowed", 11), ("unknown", 10), ("weak", 14))
_WEAK = ("asked", "told")


@click.command("check")
@click.argument("targets", nargs=-1, metavar="[TARGET]...", shell_complete=complete.targets)
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
@click.option(
    "--policy",
    default="",
    metavar="FILE|URL",
    help="What a policy says of training; with a platform, held against what is known of it.",
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
    policy: str,
    window: bool,
    browser: str,
    recipe: str | None,
    no_evidence: bool,
) -> int:
    """What is so? Who may train on it, by whose words, since when, and what makes it no.

    TARGET: a platform (linkedin, twitter), one of your accounts (tumblr:blog), a site's address
    (https://example.org), its folder, a robots.txt, an HTML file, an EPUB, a PDF, an image;
    nothing = all you own; with --page or --window a control (linkedin/ai-training-toggle); with
    --posts the platforms or accounts whose imported posts are meant, nothing = all of them; with
    --policy the platform or company that the text is held against, nothing = none.
    """
    setting = Setting(place, when, lang or "", owner_file)
    if site_path and not site_path.startswith("/"):
        raise BadInput(f"--path {site_path}: a path begins with /", f"--path /{site_path}")
    if policy:
        from withhold.faces.cli import check_policy

        return check_policy.command(
            targets,
            policy,
            setting,
            place,
            form,
            full=full,
            allow_private=allow_private,
            evidence=not no_evidence,
        )
    if posts or sought or chart:
        from withhold.faces.cli import check_posts

        return check_posts.command(
            targets, setting, actor, form, fail_on, full=full, words=sought, chart=chart
        )
    if saved or window:
        return _settings(targets, setting, saved, window, form, fail_on, browser, recipe)
    if "lost" in fail_on and not was:
        raise BadInput("--fail-on lost: lost against what?", "--was git:HEAD, or --was OLD_ROBOTS")
    names = [*targets, *listed_in(listed)]
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
    from withhold.faces.cli.check_answers import Options, answered

    options = Options(
        actor=actor,
        full=full,
        form=form,
        was=was,
        path=site_path,
        mode=mode,
        allow_private=allow_private,
        evidence=not no_evidence,
    )
    verdicts, lost = answered(names, options, setting)
    return exit_code(verdicts, fail_on, lost=lost)


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


def exit_code(verdicts: Iterable[Verdict], fail_on: Sequence[str], *, lost: bool = False) -> int:
    """0, or what --fail-on names: lost before allowed before unknown before weak."""
    seen = {"lost": lost, "allowed": False, "unknown": False, "weak": False}
    for one in verdicts:
        if one.answer == "disallowed":
            seen["weak"] |= one.strength in _WEAK
        else:
            seen[one.answer] = True
    return next((code for name, code in FAIL_CODES if name in fail_on and seen[name]), 0)
