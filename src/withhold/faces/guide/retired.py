"""Pages at the addresses of retired slugs: each leads to what stands in its place now."""

from __future__ import annotations

from collections.abc import Iterator

from withhold.catalog.load import Knowledge
from withhold.faces.guide import addresses
from withhold.faces.guide.edition import Edition
from withhold.faces.guide.page import Card, Page


def pages(edition: Edition) -> Iterator[Page]:
    """A page per retired slug, at the old address of the platform or company that it named.

    A slug whose successor is not known leads to the list of platforms.
    """
    known = edition.knowledge
    for old in known.retired:
        new = successor(old, known)
        if new in known.platforms and old not in known.platforms:
            name = known.platforms[new].name
            yield _page(old, addresses.platform(old), addresses.platform(new), name, edition)
        if new in known.actors and old not in known.actors:
            name = edition.speaker.name(new)
            yield _page(old, addresses.company(old), addresses.company(new), name, edition)
        if not {old, new} & {*known.platforms, *known.actors}:
            platforms = edition.say("Platforms")
            yield _page(old, addresses.platform(old), "platforms/", platforms, edition)


def successor(old: str, known: Knowledge) -> str:
    """What stands in the place of a retired slug: the first on the way that is in use.

    Where none is, the last of the way; a circle ends where it began.
    """
    passed = {old}
    new = known.retired[old]
    while new in known.retired and not {new} & {*passed, *known.platforms, *known.actors}:
        passed.add(new)
        new = known.retired[new]
    return new


def _page(old: str, path: str, to: str, name: str, edition: Edition) -> Page:
    line = edition.say("“%(old)s” is kept under another name here: %(name)s", old=old, name=name)
    return Page(
        path=path,
        template="retired.html",
        title=name,
        description=line,
        values={"leads_to": to, "name": name},
        card=Card(lines=(line,)),
    )
