"""A page per fact: a stable address, sources with quotes and days, how to cite, how to correct."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from jinja2.utils import url_quote
from msgspec import Struct

from withhold.asked import days
from withhold.faces.guide import addresses
from withhold.faces.guide.edition import Edition
from withhold.faces.guide.page import Card, Page
from withhold.facts import Actor, Control, Dispute, Platform, Practice, Shield, Source

Thing = Practice | Control | Shield | Dispute


class Cited(Struct, frozen=True, kw_only=True):
    """One fact with whose it is, where it stands, and how well it is known."""

    ref: str
    path: str
    owner: Platform | Actor
    actor: bool
    thing: Thing
    kind: str
    text: str
    sources: Mapping[str, Source]
    checked: date | None
    due: date | None
    superseded: bool
    file: str


def facts(edition: Edition) -> Iterator[Cited]:
    """Every practice, control, shield and dispute that is known, superseded ones among them."""
    knowledge = edition.knowledge
    for platform in knowledge.platforms.values():
        for practice in platform.practice:
            yield _cited(platform, practice, practice.id, "practice", edition)
        for control in platform.control:
            yield _cited(platform, control, control.id, "control", edition)
        for number, shield in enumerate(platform.shield, start=1):
            name = "shield" if number == 1 else f"shield-{number}"
            yield _cited(platform, shield, name, "shield", edition)
        for dispute in platform.dispute:
            yield _cited(platform, dispute, dispute.id, "dispute", edition)
    for actor in knowledge.actors.values():
        for practice in actor.practice:
            yield _cited(actor, practice, practice.id, "practice", edition)


def _cited(owner: Platform | Actor, thing: Thing, name: str, kind: str, edition: Edition) -> Cited:
    actor = isinstance(owner, Actor)
    sources = {one: owner.source[one] for one in thing.sources if one in owner.source}
    checked = max((one.seen for one in sources.values()), default=None)
    if isinstance(thing, Control):
        checked = thing.verified.on
    after = getattr(thing, "recheck_after", "")
    ref = f"{'company-' if actor else ''}{owner.id}/{name}"
    return Cited(
        ref=ref,
        path=addresses.fact(owner.id, name, actor),
        owner=owner,
        actor=actor,
        thing=thing,
        kind=kind,
        text=said(thing, owner, edition) or ref,
        sources=sources,
        checked=checked,
        due=checked + days(after) if checked and after else None,
        superseded=not actor and (owner.id, name) in edition.knowledge.superseded,
        file=edition.knowledge.file_of(owner, name),
    )


def said(thing: Thing, owner: Platform | Actor, edition: Edition) -> str:
    """The fact as one sentence."""
    if isinstance(thing, Practice | Shield):
        return edition.text(thing.what)
    if isinstance(thing, Dispute):
        return edition.text(thing.text)
    label = thing.label.get(edition.lang) or next(iter(thing.label.values()), "")
    if thing.kind == "none":
        return edition.say("%(name)s offers no control for this.", name=owner.name)
    named = edition.phrases["quoted"].format(label) if label else thing.id
    return f"{owner.name}: {edition.word.control[thing.kind]} {named}"


def pages(edition: Edition) -> Iterator[Page]:
    """A page per fact."""
    corrected = corrections_by_fact(edition)
    for one in facts(edition):
        yield Page(
            path=one.path,
            template="fact.html",
            title=_title(one, edition),
            description=one.text,
            values={
                "one": one,
                "cite": citation(one.path, _title(one, edition), edition),
                "report": report(one, edition),
                "corrections": corrected.get(one.ref, ()),
            },
            kind=edition.say("fact"),
            also=(one.ref,),
            card=Card(lines=(one.text,), place=_places(one, edition)),
        )


def _title(one: Cited, edition: Edition) -> str:
    name = one.ref.rpartition("/")[2]
    if one.kind == "shield":  # it has no name of its own, only a number from the second on
        name = name.removeprefix("shield").lstrip("-")
    return f"{one.owner.name}: {edition.word.thing[one.kind]} {name}".rstrip()


def _places(one: Cited, edition: Edition) -> str:
    places: Sequence[str] = getattr(one.thing, "places", ())
    return ", ".join(edition.place(code) for code in list(places)[:6])


def corrections_by_fact(edition: Edition) -> dict[str, list[object]]:
    """Fact -> its corrections, newest first."""
    found: dict[str, list[object]] = {}
    for one in edition.knowledge.corrections:
        found.setdefault(one.fact, []).append(one)
    return found


def citation(path: str, title: str, edition: Edition) -> str:
    """How to cite a page: what it is called, of which day, where it stands, when it was built."""
    address = f"{edition.url}{edition.folder}{path}" if edition.url or path else ""
    cited = edition.say(
        "withhold, “%(title)s”, guide of %(day)s, %(address)s",
        title=title,
        day=edition.day(edition.when),
        address=address,
    )
    return cited.removesuffix(", ")  # the front page of a guide that was told no address


class Report(Struct, frozen=True, kw_only=True):
    """A report that a fact is wrong: the text ready to send, and a link where one is known."""

    text: str
    link: str = ""


def report(one: Cited, edition: Edition) -> Report:
    """The text names the fact, the words here and the day: nothing about who sends it."""
    _ = edition.say
    named = (
        (_("fact"), one.ref),
        (_("file"), one.file),
        (_("here"), edition.plain_dates(one.text)),
        (_("guide of"), edition.day(edition.when)),
        (_("last checked"), edition.day(one.checked) if one.checked else "-"),
    )
    lines = [f"{name}: {said}" for name, said in named]
    lines.append(_("what I see instead, where, on which day: "))
    text = "\n".join(lines)
    subject = f"withhold: {one.ref}"
    to = edition.report_to
    if "{body}" in to:
        link = to.replace("{title}", url_quote(subject)).replace("{body}", url_quote(text))
    elif to:
        body = url_quote(text.replace("\n", "\r\n"))  # RFC 6068, 5: lines end so in a mail
        link = f"mailto:{to}?subject={url_quote(subject)}&body={body}"
    else:
        link = ""
    return Report(text=text, link=link)
