"""``withhold serve``: the dashboard, on this machine only."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import click

from withhold.errors import BadInput
from withhold.faces.cli.setting import Setting
from withhold.words import LANGS

_FILE = click.Path(path_type=Path)


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, help="0 = a free one.")
@click.option("--open/--no-open", "opens", default=False, help="Open it in your browser.")
@click.option(
    "--host", default="127.0.0.1", help="Another than this machine takes a password and TLS."
)
@click.option("--name", "names", multiple=True, help="A name under which you open it (repeatable).")
@click.option("--password", "asks", is_flag=True, help="Ask for a password here, and on the page.")
@click.option("--password-file", type=_FILE, help="The same, from a file that only you can read.")
@click.option("--tls-cert", type=_FILE, help="Certificate, PEM.")
@click.option("--tls-key", type=_FILE, help="Its key, PEM.")
@click.option("--lang", type=click.Choice(LANGS), default=None, help="Language.")
def command(
    port: int,
    opens: bool,
    host: str,
    names: tuple[str, ...],
    asks: bool,
    password_file: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    lang: str | None,
) -> None:
    """Everything of yours in one local page, until you end it with Ctrl-C.

    Prints the address to open; it holds a token, and whoever has it sees all.
    WITHHOLD_SERVE_PASSWORD_FILE names a file with the password, too.
    """
    from withhold.faces.web.serving import Served, serve
    from withhold.faces.web.words import words_of

    setting = Setting(lang=lang or "")
    words = words_of("serve", setting.lang)

    def told(url: str) -> None:
        click.echo(url)
        sys.stdout.flush()
        click.echo(words["begun"], err=True)
        if opens and not _shown(url, setting.home):
            click.echo(words["no_browser"], err=True)

    how = Served(
        port=port,
        host=host,
        names=names,
        lang=lang or "",
        password=_password(asks, password_file, words),
        cert=tls_cert,
        key=tls_key,
    )
    serve(setting.home, how, told)


def _shown(url: str, home: Path) -> bool:
    from withhold.reach.listening import show

    return show(url, home)


def _password(asks: bool, file: Path | None, words: dict[str, str]) -> str:
    """From a file, or asked for unseen; never from an argument. Empty = none is wanted."""
    said = os.environ.get("WITHHOLD_SERVE_PASSWORD_FILE", "")
    if file is None and not asks and said:
        file = Path(said)
    if file is not None:
        return _from_file(file)
    if not asks:
        return ""
    if not sys.stdin.isatty():
        raise BadInput("--password asks, and there is no terminal", "--password-file FILE")
    return str(
        click.prompt(
            words["ask_password"],
            hide_input=True,
            confirmation_prompt=words["ask_again"],
            err=True,
        )
    )


def _from_file(file: Path) -> str:
    """The first line of a file; raises BadInput where others can read it, too."""
    try:
        mode = file.stat().st_mode
        text = file.read_text("utf-8")[:2000]
    except (OSError, UnicodeDecodeError) as why:
        raise BadInput(f"{file}: cannot be read", "a text file with the password in it") from why
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise BadInput(f"{file} can be read by others", f"chmod 600 {file}")
    if not (password := text.partition("\n")[0].strip("\r")):
        raise BadInput(f"{file} holds no password", "its first line is the password")
    return password
