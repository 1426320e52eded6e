"""``withhold vault``: the store encrypted, with the key in the keyring of the system."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import click
import tomli

from withhold.errors import BadInput, WithholdError
from withhold.faces.cli.progress_line import progress
from withhold.faces.cli.setting import Setting
from withhold.words import LANGS

T = TypeVar("T")
Words = Mapping[str, str]

_lang = click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
_yes = click.option("--yes", is_flag=True, help="Do not ask.")


@click.group("vault")
def command() -> None:
    """The store encrypted on the disk, with its key in your system's keyring.

    Needs the extra: pip install "withhold[vault]". Without a keyring name a file for the key,
    outside of the home and readable by you alone: WITHHOLD_VAULT_KEY_FILE.
    """


@command.command("status")
@click.option(
    "--format", "kind", type=click.Choice(("text", "json")), default="text", help="How to answer."
)
@_lang
def status(kind: str, lang: str | None) -> int:
    """Whether the store is encrypted, where the key lies, and what lies there openly.

    Exit code 1 where it is encrypted and does not open.
    """
    from withhold.keep.vault_status import standing

    setting = Setting(lang=lang or "")
    found = standing(setting.home)
    if kind == "json":
        from withhold.faces.report.vault_said import as_json

        click.echo(as_json(found))
        return found.state == "trouble"
    words = _words(setting)
    home = str(setting.home)
    if found.state == "off":
        click.echo(words["off"].format(home=home))
    elif found.state == "on":
        click.echo(words["on"].format(cipher=found.cipher, files=found.sealed))
        click.echo(words["key_at"].format(place=found.place))
    if found.going:
        click.echo(words["going_on"].format(going=found.going))
    if found.state == "trouble":
        raise WithholdError(words["trouble"].format(why=found.why), found.tip)
    if found.state == "on":
        plain = {name: getattr(found.plain, name) for name in found.plain.__struct_fields__}
        if any(plain.values()):
            click.echo(words["plain"])
        for name, n in plain.items():
            if n:
                files = words["file_one"] if n == 1 else words["file_many"].format(n=n)
                click.echo("  " + words[f"plain_{name}"].format(files=files))
        click.echo(words["protects"])
    return 0


@command.command("on")
@_yes
@_lang
def on(yes: bool, lang: str | None) -> None:
    """Encrypts the store, and shows the recovery key once.

    Refused while the dashboard runs. Stopped at any moment, the store still opens, and nothing
    is lost. `withhold vault off` undoes it.
    """
    from withhold.keep import drivers
    from withhold.keep.key_place import place
    from withhold.keep.vault import turn_on
    from withhold.keep.wiping import second_names

    setting = Setting(lang=lang or "")
    words, home = _words(setting), setting.home
    drivers.sqlcipher()
    where = place(home)
    _ask(setting, words, words["ask_on"].format(home=home, place=where), yes)
    elsewhere = second_names(home)
    recovery = _with_progress(words, lambda told: turn_on(home, told))
    click.echo(words["done_on"].format(place=where))
    _show(words, recovery)
    _wiped(words, elsewhere)


@command.command("off")
@_yes
@_lang
def off(yes: bool, lang: str | None) -> None:
    """Writes the store openly again, and deletes the key."""
    from withhold.keep.vault import turn_off

    setting = Setting(lang=lang or "")
    words, home = _words(setting), setting.home
    _ask(setting, words, words["ask_off"].format(home=home), yes)
    _with_progress(words, lambda told: turn_off(home, told))
    click.echo(words["done_off"])


@command.command("rotate")
@_yes
@_lang
def rotate(yes: bool, lang: str | None) -> None:
    """Encrypts all of it by a new key, and deletes the old one: when somebody may have had it."""
    from withhold.keep.key_place import place
    from withhold.keep.vault import rotate as again
    from withhold.keep.wiping import second_names

    setting = Setting(lang=lang or "")
    words, home = _words(setting), setting.home
    _ask(setting, words, words["ask_rotate"].format(home=home), yes)
    elsewhere = second_names(home)
    recovery = _with_progress(words, lambda told: again(home, told))
    click.echo(words["done_rotate"].format(place=place(home)))
    _show(words, recovery)
    _wiped(words, elsewhere)


@command.command("key")
@click.option("--show", is_flag=True, help="Show the recovery key.")
@_lang
def key(show: bool, lang: str | None) -> None:
    """Where the key lies; with --show the recovery key itself."""
    from withhold.keep.key_place import place
    from withhold.keep.vault import recovery_key

    setting = Setting(lang=lang or "")
    words = _words(setting)
    recovery = recovery_key(setting.home)
    if show:
        click.echo(recovery)
        return
    click.echo(words["key_at"].format(place=place(setting.home)))
    click.echo(words["key_hidden"])


@command.command("open")
@click.option("--recovery", is_flag=True, help="With a recovery key: asked for, or from stdin.")
@_lang
def open_(recovery: bool, lang: str | None) -> None:
    """Whether the store opens; with --recovery the key is put into the keyring first.

    For another machine, or after the keyring was lost: copy the home there, then
    `withhold vault open --recovery`. The recovery key is typed, or read from stdin, and is never
    an argument: those are seen by other users.
    """
    from withhold.keep.vault import recover, recovery_key
    from withhold.keep.vault_status import standing

    setting = Setting(lang=lang or "")
    words = _words(setting)
    if recovery:
        if sys.stdin.isatty():
            text = click.prompt(words["ask_recovery"], hide_input=True, err=True)
        else:
            text = sys.stdin.read(1024)
        click.echo(words["recovered"].format(place=recover(setting.home, text)))
        return
    recovery_key(setting.home)
    found = standing(setting.home)
    if found.state != "on":
        raise WithholdError(words["trouble"].format(why=found.why), found.tip)
    click.echo(words["opens"].format(place=found.place))


def _words(setting: Setting) -> dict[str, str]:
    """In the owner's language, also where the store that says it does not open."""
    try:
        lang = setting.lang
    except WithholdError:
        lang = "en"
    path = Path(__file__).parents[1] / "phrases" / f"vault.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def _ask(setting: Setting, words: Words, question: str, yes: bool) -> None:
    if yes:
        return
    if not setting.interactive:
        raise BadInput(words["need_yes"], words["need_yes_tip"])
    click.confirm(question, abort=True, err=True)


def _with_progress(words: Words, work: Callable[[Callable[[str], None]], T]) -> T:
    try:
        return work(lambda step: progress(words[f"step_{step}"] + " ..."))
    finally:
        progress("")


def _wiped(words: Words, elsewhere: int) -> None:
    """What became of the old files; ``elsewhere`` of them had another name, which stays."""
    click.echo(words["wiped"])
    if elsewhere:
        click.echo(words["other_names"].format(n=elsewhere))


def _show(words: Words, recovery: str) -> None:
    click.echo(words["recovery"])
    click.echo(f"\n    {recovery}\n")
