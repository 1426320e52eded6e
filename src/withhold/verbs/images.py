"""check, of an image: what its own metadata says, to each company.

What stands in a file speaks of that file wherever it lies; the robots.txt of the site that serves
it is asked on its own.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import BadInput
from withhold.may_train import may_train
from withhold.signals import c2pa, xmp, xmp_packets
from withhold.verbs.check import ALL_USES, Asking
from withhold.verdict import Reason, Verdict
from withhold.words import Content, Statement


class ImageSaid(Struct, frozen=True):
    """What an image says by all its signals, and the codes of the traps that were met."""

    statements: tuple[Statement, ...]
    notes: tuple[str, ...]


def open_image(path: Path) -> bytes:
    """The bytes of an image, one more than the readers' limit at most; raises BadInput."""
    try:
        with path.open("rb") as stream:
            return stream.read(xmp_packets.LIMIT + 1)
    except OSError as why:
        raise BadInput(f"{path}: cannot be read ({why.strerror})", "look at its rights") from why


def said_by(
    data: bytes,
    place: str,
    *,
    site: str = "",
    on: date | None = None,
    c2pa_asked_for: bool = False,
) -> ImageSaid:
    """The statements of PLUS, TDM and C2PA; where C2PA cannot be read, a note says so."""
    mark = xmp.read(data)
    signed = c2pa.read(data, asked_for=c2pa_asked_for)
    statements = (
        *mark.statements(site=site, place=f"{place} XMP", on=on),
        *signed.statements(site=site, place=f"{place} C2PA", on=on),
    )
    return ImageSaid(statements, tuple(dict.fromkeys((*mark.notes, *signed.notes))))


def check_image(data: bytes, place: str, asking: Asking, site: str = "") -> list[Verdict]:
    """One verdict per company and use, with the words of the image and who says it heeds them.

    ``place`` is the file or address it was read from; ``site`` the site it stands on, if known.
    """
    site = site or place
    said = said_by(data, place, site=site, on=asking.when)
    notes = tuple(
        Reason(code=f"image-{note}", facts={"where": place}, rests_on=place, checked=asking.when)
        for note in said.notes
    )
    content = Content(kind="image", audience="public", site=site)
    knowledge = asking.knowledge
    seen = [*asking.seen, *said.statements]
    found: list[Verdict] = []
    for actor in [asking.actor] if asking.actor else sorted(knowledge.actors):
        for use in ALL_USES if asking.every_use else ("train-ai",):
            about = [one for one in knowledge.actors[actor].practice if one.use == use]
            if not any("image" in one.content for one in about) and not (
                asking.actor and use == "train-ai"
            ):
                continue
            verdict = may_train(actor, content, asking.place, asking.when, knowledge, seen, use)
            found.append(replace(verdict, reasons=(*verdict.reasons, *notes)))
    return found
