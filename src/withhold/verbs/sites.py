"""check, of a site: what its robots.txt says to each company, and what each says of that."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import BadInput
from withhold.may_train import may_train
from withhold.signals import companies, robots
from withhold.verbs.check import ALL_USES, Asking
from withhold.verdict import Reason, Verdict
from withhold.words import Content

_READ_AT_MOST = 1024 * 1024  # twice the limit of the standard: enough to know that it was passed


class SiteFile(Struct, frozen=True, kw_only=True):
    """A robots.txt that was read: from where, for which site, when."""

    body: bytes
    place: str
    site: str
    on: date
    path: str = "/"
    mode: Literal["rfc", "google"] = "rfc"


def open_robots(path: Path) -> tuple[bytes, Path]:
    """The bytes of a robots.txt, or of the one in a site's folder, up to a limit."""
    file = path / "robots.txt" if path.is_dir() else path
    if not file.is_file():
        raise BadInput(
            f"{file}: there is no such file",
            "a folder without robots.txt refuses nothing; give a file, or the folder that has it",
        )
    try:
        with file.open("rb") as stream:
            return stream.read(_READ_AT_MOST), file
    except OSError as why:
        raise BadInput(f"{file}: cannot be read ({why.strerror})", "look at its rights") from why


def check_site(file: SiteFile, asking: Asking) -> list[Verdict]:
    """One verdict per company and use, with the line that decides and who says it heeds it."""
    read = robots.read(file.body, file.mode)
    knowledge = asking.knowledge
    said = [
        companies.statement(
            read,
            crawler,
            file.path,
            knowledge.crawlers,
            site=file.site,
            place=file.place,
            on=file.on,
        )
        for crawler in knowledge.crawlers.values()
    ]
    said.append(companies.everyone(read, file.path, site=file.site, place=file.place, on=file.on))
    notes = tuple(_notes(read, file))
    content = Content(kind="page", audience="public", site=file.site, path=file.path)
    found: list[Verdict] = []
    for actor in [asking.actor] if asking.actor else sorted(knowledge.actors):
        for use in ALL_USES if asking.every_use else ("train-ai",):
            about = [one for one in knowledge.actors[actor].practice if one.use == use]
            if not about and not (asking.actor and use == "train-ai"):
                continue
            verdict = may_train(
                actor,
                content,
                asking.place,
                asking.when,
                knowledge,
                [*asking.seen, *said],
                use,
            )
            found.append(replace(verdict, reasons=(*verdict.reasons, *notes)))
    return found


def _notes(read: robots.Robots, file: SiteFile) -> list[Reason]:
    """What the reader noticed of the file: its limit, that it is empty, that it is no text."""
    return [
        Reason(
            code=f"robots-{note}",
            facts={"where": file.place},
            rests_on=file.place,
            checked=file.on,
        )
        for note in read.notes
    ]
