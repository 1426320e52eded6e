"""What every command needs: where state lives, which day it is, who asks, in which language."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import click
import tomli

from withhold.catalog import find
from withhold.catalog.load import Knowledge, complete, default_root, load
from withhold.catalog.places import Places
from withhold.catalog.sentences import Sentences, load_sentences
from withhold.errors import BadInput
from withhold.faces.report.plain import printable
from withhold.faces.report.rows import Speaker
from withhold.verbs.check import Asking
from withhold.verbs.owner import Owner, from_file, from_store, has_store
from withhold.words import LANGS

F = TypeVar("F", bound=Callable[..., Any])


class Setting:
    """Reads the environment, the clock and the options once; everything below gets values."""

    def __init__(
        self, place: str = "", when: str = "", lang: str = "", owner_file: str = ""
    ) -> None:
        self._place, self._lang, self._owner_file = place, lang, owner_file
        self.today = datetime.now(UTC).astimezone().date()
        self.when = parse_day(when, self.today, "--when") if when else self.today
        self.root: Path = default_root()

    @cached_property
    def home(self) -> Path:
        """Where state lives: ``WITHHOLD_HOME``, or the platform's data directory."""
        said = os.environ.get("WITHHOLD_HOME")
        if said:
            return Path(said)
        from platformdirs import user_data_path

        return user_data_path("withhold", appauthor=False)

    def now(self) -> datetime:
        """The moment, in UTC: for records, never for answers."""
        return datetime.now(UTC)

    def has_store(self) -> bool:
        """Whether this owner has written anything down yet."""
        return has_store(self.home)

    @property
    def may_write(self) -> bool:
        """Whether anything may be written down: not for the owner of a file."""
        return not self._owner_file

    @cached_property
    def owner(self) -> Owner:
        """From the file given with --owner, else from the store, else nobody."""
        if self._owner_file:
            return self._checked(from_file(Path(self._owner_file)))
        return from_store(self.home) if self.has_store() else Owner()

    def _checked(self, owner: Owner) -> Owner:
        """An owner file names things that exist and days that have been; raises BadInput."""
        known = load(
            self.root, {find.platform(self.root, one.platform) for one in owner.accounts}, False
        )
        controls = [
            f"{platform.id}/{one.id}"
            for platform in known.platforms.values()
            for one in platform.control
        ]
        for seen in owner.seen:
            if seen.control not in controls:
                raise find.not_found("control", seen.control, controls, "withhold knowledge show")
            if seen.on > self.today:
                raise BadInput(
                    f"{seen.control}: on: {seen.on} lies in the future", "the day it was done"
                )
        return owner

    @cached_property
    def lang(self) -> str:
        """--lang, the owner's, or the one of the system if it is spoken here."""
        return self.lang_of(LANGS)

    def lang_of(self, spoken: Sequence[str]) -> str:
        """The same where more or fewer languages are spoken."""
        said = self._lang or self.owner.lang or os.environ.get("LANG", "")[:2]
        return said if said in spoken else "en"

    @cached_property
    def contact(self) -> str:
        """Whom sites that are fetched can turn to: WITHHOLD_CONTACT, or what was set, or ""."""
        return os.environ.get("WITHHOLD_CONTACT", "") or self.owner.contact

    @cached_property
    def places(self) -> Places:
        """All places."""
        return Places.read(self.root / "places.toml")

    @cached_property
    def place(self) -> str:
        """--in, or the owner's place; raises BadInput when neither is known."""
        said = self._place or self.owner.place
        if not said:
            save = "save it: withhold own set place US-PA"
            raise BadInput(
                "where do you live? the answer depends on it",
                f"add --in US-PA (or DE, GB ...), or {save}" if _takes_a_place() else save,
            )
        return find.place(self.places, said)

    @cached_property
    def sentences(self) -> Sentences:
        """The sentences of the language chosen."""
        return load_sentences(self.root, self.lang)

    @cached_property
    def phrases(self) -> dict[str, str]:
        """The words of the command line itself."""
        path = Path(__file__).parents[1] / "phrases" / f"{self.lang}.toml"
        return tomli.loads(path.read_text(encoding="utf-8"))

    def knowledge(self, platforms: Iterable[str] | None, *, crawlers: bool) -> Knowledge:
        """What is known, as far as it is asked for."""
        return complete(load(self.root, platforms, crawlers))

    def asking(self, knowledge: Knowledge, actor: str = "", every_use: bool = False) -> Asking:
        """The part of the question that is the same for every verdict of a call."""
        return Asking(
            place=self.place,
            when=self.when,
            knowledge=knowledge,
            seen=tuple(self.owner.seen),
            actor=actor,
            every_use=every_use,
        )

    def speaker(self, knowledge: Knowledge) -> Speaker:
        """Puts verdicts into words."""
        return Speaker(knowledge, self.sentences)

    @cached_property
    def interactive(self) -> bool:
        """Whether a question can be asked at all."""
        return sys.stdin.isatty() and sys.stdout.isatty()


def _takes_a_place() -> bool:
    """Whether the command that runs has --in; ``watch`` looks at what is saved alone."""
    context = click.get_current_context(silent=True)
    return context is None or any(one.name == "place" for one in context.command.params)


def plain_name(said: str) -> str:
    """A name without control characters; raises BadInput."""
    if said != printable(said):
        raise BadInput(f"not a name: {printable(said)}", "a name has no control characters")
    return said


def parse_day(said: str, today: date, flag: str) -> date:
    """A day as YYYY-MM-DD, not in the future; raises BadInput."""
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise BadInput(
            f"{flag}: {said} is not a date", f"dates are YYYY-MM-DD, as {today}"
        ) from None
    if day > today:
        raise BadInput(
            f"{flag}: {said} lies in the future, and nobody knows what will be so then",
            "announced changes stand in: withhold plan",
        )
    return day


def asked(command: F) -> F:
    """The options that every question has: --in, --when, --lang, --owner."""
    for option in reversed(
        (
            click.option("--in", "place", default="", metavar="PLACE", help="US-PA, DE, GB ..."),
            click.option("--when", default="", metavar="DATE", help="Ask for an earlier day."),
            click.option("--lang", type=click.Choice(LANGS), default=None, help="Language."),
            click.option(
                "--owner",
                "owner_file",
                default="",
                metavar="FILE",
                help="Ask for the owner written down in a file, not for yourself.",
            ),
        )
    ):
        command = option(command)
    return command


def written(text: str | bytes) -> None:
    """An answer, to stdout; bytes as they are."""
    if isinstance(text, bytes):
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()
    else:
        click.echo(text)
