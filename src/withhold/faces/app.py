"""The application that is opened by a double click: the dashboard, without a terminal.

Without arguments it starts the dashboard on a free port of this machine and opens the browser; a
second start finds the first and opens that. ``--selftest`` asks its own first page once. All
other arguments are those of ``withhold``. From a terminal: ``withhold app``.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from withhold.faces.cli.setting import Setting
    from withhold.faces.web.words import Words

IDLE_HOURS = 4.0
"""A tab that was closed ends no server: after so long without a request it ends by itself."""
_STAYS = "--stay"
"""Said to the part that serves, where the part that was clicked on has to end at once."""
_TRIES, _BETWEEN = 60, 0.25
"""How often, and after how many seconds, one that is only just beginning is looked for."""


def main(args: list[str] | None = None) -> None:
    """The built program. Ends with the exit codes of the command line."""
    said = [one for one in (sys.argv[1:] if args is None else args) if not one.startswith("-psn_")]
    built = bool(getattr(sys, "frozen", False))
    _with_streams()
    if built:
        from withhold.reach.built import as_outside, with_authorities

        as_outside(os.environ)
        with_authorities(os.environ)
    if said == ["--selftest"]:
        sys.exit(selftest())
    if said and said != [_STAYS]:
        from withhold.faces.cli import main as command_line

        command_line(said)
    # macOS opens no application a second time while it runs: only the part that serves may stay
    sys.exit(opened(apart=built and sys.platform == "darwin" and not said))


def opened(hours: float = IDLE_HOURS, lang: str = "", *, apart: bool = False) -> int:
    """Serves until it is ended, or shows what runs already; the exit code.

    ``apart``: the server is another process, and this one ends.
    """
    from withhold.faces.cli.setting import Setting
    from withhold.reach.apart import begun_apart

    setting = Setting(lang=lang)
    try:
        if apart:
            begun_apart([_STAYS])
            return 0
        return _served(setting, hours, lang)
    except KeyboardInterrupt:
        return 0
    except Exception as why:  # whatever it is, nobody sees a terminal: it becomes a page
        return _failed(why, setting)


def selftest() -> int:
    """Whether the first page comes, of an empty home that is gone afterwards; 0 or 1."""
    from withhold import __version__
    from withhold.faces.web.serving import Served, serve
    from withhold.faces.web.words import words_of
    from withhold.reach.own_page import page_at

    got: list[tuple[int, bytes]] = []

    def told(url: str) -> None:
        try:
            got.append(page_at(url))
        finally:
            signal.raise_signal(signal.SIGINT)  # as Ctrl-C

    with tempfile.TemporaryDirectory(prefix="withhold-", ignore_cleanup_errors=True) as folder:
        serve(Path(folder) / "home", Served(port=0), told)
    good = bool(got) and got[0][0] == 200 and b"withhold</title>" in got[0][1]
    said = words_of("app", "en")["selftest_ok" if good else "selftest_bad"]
    print(f"withhold {__version__}: {said}")
    return 0 if good else 1


def _served(setting: Setting, hours: float, lang: str) -> int:
    from contextlib import ExitStack

    from withhold.errors import StoreTrouble
    from withhold.faces.web.serving import Served, serve
    from withhold.reach.opener import leading, shown

    words = _words(setting)
    with ExitStack() as ending:

        def told(url: str) -> None:
            page = ending.enter_context(leading(url, setting.home))
            if not shown(page):
                _say(words["no_browser"].format(file=page))
            elif sys.stderr.isatty():
                _say(words["running"])

        how = Served(port=0, lang=lang, unwatched=True, idle=hours * 3600)
        try:
            serve(setting.home, how, told)
        except StoreTrouble as why:
            if not why.message.startswith("another server"):
                raise
            for _ in range(_TRIES):
                if _is_shown(setting.home):
                    return 0
                sleep(_BETWEEN)  # two double clicks: the other one is only just beginning
            raise StoreTrouble(why.message, words["other_browser"]) from why
    return 0


def _is_shown(home: Path) -> bool:
    """Whether a server of this home answers; then it is shown in the browser.

    One that was started in a terminal without a browser has left no file that leads in: then its
    address is shown without the secret, and the page says how to get in.
    """
    from withhold.keep import serving
    from withhold.reach import opener
    from withhold.reach.own_page import page_at

    try:
        at = (home / serving.AT).read_text("utf-8")[:200].strip()
    except (OSError, UnicodeDecodeError):
        return False
    if not at or not page_at(at)[0]:
        return False
    page = opener.kept(home)
    if not (opener.shown(page) if page else opener.shown_at(at)):
        _say(page.as_uri() if page else at)
    return True


def _failed(why: Exception, setting: Setting) -> int:
    """A page for the person, a line on stderr; the exit code."""
    from withhold.errors import WithholdError
    from withhold.faces.app_failed import FILE, told
    from withhold.reach.opener import private_page, shown

    known = why if isinstance(why, WithholdError) else None
    _say(known.message if known else f"{type(why).__name__}: {why}")
    try:
        text = told(why, _words(setting), _lang(setting))
        page = private_page(text, setting.home, FILE)
    except OSError:
        return 1
    if not shown(page):
        _say(str(page))
    return known.exit_code if known else 1


def _words(setting: Setting) -> Words:
    from withhold.faces.web.words import words_of

    return words_of("app", _lang(setting))


def _lang(setting: Setting) -> str:
    """Of the owner; where their store cannot be read, it has to be said all the same."""
    try:
        return setting.lang
    except Exception:
        return "en"


def _say(text: str) -> None:
    print(f"withhold: {text}", file=sys.stderr, flush=True)


def _with_streams() -> None:
    """A program without a console has none, and what is printed goes nowhere."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


if __name__ == "__main__":
    main()
