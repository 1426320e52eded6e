"""Which acts lie toward a company, as lines for a person and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec
import tomli
from msgspec import Struct

from withhold.catalog.load import Knowledge
from withhold.catalog.rights_words import letter_words
from withhold.faces.report.plain import printable
from withhold.facts import Actor, Platform
from withhold.rights.case import Deadline, Entitled
from withhold.rights.letters import cited, letter_lang
from withhold.rights_facts import Door
from withhold.verbs.requests import Offer, Offers

Words = Mapping[str, str]
SCHEMA = "withhold/requests/1"
SHOWN_AT_MOST = 6


class Said(Struct, frozen=True):
    """A line, and how far it is set in."""

    text: str
    indent: int = 3
    style: str = ""
    copy: bool = False


def words_of(lang: str) -> dict[str, str]:
    """The words of letters and cases."""
    path = Path(__file__).parents[1] / "phrases" / f"requests.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


def text(said: Mapping[str, str], lang: str) -> str:
    """A text in a language, else in English."""
    return said.get(lang) or said.get("en", "")


def act_name(act: str, words: Words) -> str:
    """``object to training``: an act, or a later letter."""
    return words.get(f"act_{act}") or words.get(f"letter_{act}") or act


def lines(found: Offers, knowledge: Knowledge, words: Words, lang: str) -> Iterator[Said]:
    """The whole list: each act, then what needs no law, then what has to be said besides."""
    place = knowledge.places.name(found.person.place, lang)
    head = words["head"].format(service=found.service, place=place, date=found.when)
    yield Said(head, 0, "bold underline")
    if nothing := text(found.said.nothing, lang):
        yield Said(nothing, 0)
    if not found.offers and not nothing:
        yield Said(words["none"].format(service=found.service, place=place), 0)
    rules: dict[str, int] = {}
    named: dict[tuple[str, ...], int] = {}
    for number, one in enumerate(found.offers, start=1):
        yield Said("", 0)
        yield Said(f"{number}. {one.act.act}: {act_name(one.act.act, words)}", 0, "bold")
        yield from _offer_lines(one, knowledge, words, lang)
        practices = one.act.practices
        if practices in named:
            yield Said(words["about_as"].format(n=named[practices]))
        elif practices:
            yield Said(words["about"])
            yield from _practices(practices, knowledge, words, lang)
        named.setdefault(practices, number)
        if one.controller:
            yield from (Said(said) for said in _ways_in(one, found, words))
        if one.due:
            rule = text(one.due.rule, lang)
            said = words["rule_as"].format(n=rules[rule]) if rule in rules else rule
            yield Said(said, 6, "dim")
            rules.setdefault(rule, number)
        if one.controller:
            yield Said(command(one, found, words), copy=True)
    yield from _instead(found, words, lang)
    if found.said.notes:
        yield Said("", 0)
        yield Said(words["notes"], 0, "bold")
    yield from (Said(text(one, lang)) for one in found.said.notes)


def _offer_lines(one: Offer, knowledge: Knowledge, words: Words, lang: str) -> Iterator[Said]:
    """One act: who answers, by which law, how far it reaches."""
    act, whom = one.act, one.controller
    if whom:
        seat = knowledge.places.name(whom.seat, lang)
        yield Said(words["who"].format(name=whom.name, seat=seat))
    else:
        yield Said(words["who_unknown"])
    yield Said(law_line(act, knowledge, words, lang))
    if act.needs_grounds:
        yield Said(words["grounds_needed"])
    for name in ("reaches", "not_reaches"):
        if said := text(getattr(act, name), lang):
            yield Said(words[name].format(text=said))


def _practices(
    practices: tuple[str, ...], knowledge: Knowledge, words: Words, lang: str
) -> Iterator[Said]:
    """What is done, in the words of knowledge; each sentence once."""
    said = list(dict.fromkeys(what for _, what in in_sentences(practices, knowledge, lang)))
    yield from (Said(f"- {one}", 5) for one in said[:SHOWN_AT_MOST])
    if len(said) > SHOWN_AT_MOST:
        yield Said(words["about_more"].format(n=len(said) - SHOWN_AT_MOST), 5)


def in_sentences(
    practices: tuple[str, ...], knowledge: Knowledge, lang: str
) -> Iterator[tuple[str, str]]:
    """Each ``owner/practice`` with what it does; what is no longer known stands for itself."""
    known = {
        f"{owner.id}/{one.id}": text(one.what, lang)
        for owner in chain[Platform | Actor](
            knowledge.platforms.values(), knowledge.actors.values()
        )
        for one in owner.practice
    }
    yield from ((one, known.get(one, one)) for one in practices)


def _ways_in(one: Offer, found: Offers, words: Words) -> Iterator[str]:
    yield from door_lines(one, words)
    if one.due:
        yield words["due"].format(received=found.when, date=one.due.date)
    else:
        yield words["due_none"]


def command(one: Offer, found: Offers, words: Words) -> str:
    """The line that writes this letter."""
    several = len(found.of(one.act.act)) > 1
    to = f" --to {one.act.controller}" if several and one.act.controller else ""
    if found.person.party != "person":
        to += f" --as {found.person.party}"
    if found.elsewhere:
        to += f" --in {found.person.place}"
    return words["command"].format(subject=found.subject, act=one.act.act, to=to)


def law_line(act: Entitled, knowledge: Knowledge, words: Words, lang: str) -> str:
    """The law with its article, and whether its official text was read."""
    if not act.law:
        return words["law_none"]
    known = knowledge.laws.get(act.law)
    name = text(known.name, lang) if known else act.law
    line = words["law"].format(law=name, article=article(act, lang))
    return line if act.read == "official" else f"{line} ({words[f'read_{act.read}']})"


def article(act: Entitled, lang: str) -> str:
    """``Art. 21(1) GDPR`` as the language cites it."""
    return cited(act.article, letter_lang(lang), letter_words())


def door_lines(one: Offer, words: Words) -> Iterator[str]:
    """The best door, and how many others there are."""
    if not one.doors:
        yield words["door_none"]
        return
    first = one.doors[0]
    notes = [words["door_seen"].format(date=first.seen)]
    if first.needs_login:
        notes.append(words["door_login"])
    yield f"{words[f'door_{first.kind}'].format(to=one_line(first))} ({'; '.join(notes)})"
    kinds = list(dict.fromkeys(each.kind for each in one.doors[1:] if each.kind != first.kind))
    if kinds:
        yield words["door_others"].format(n=len(one.doors) - 1, kinds="|".join(kinds))


def one_line(door: Door) -> str:
    """Where a door leads, on one line."""
    return printable(", ".join(door.to.splitlines()))


def _instead(found: Offers, words: Words, lang: str) -> Iterator[Said]:
    if found.said.instead:
        yield Said("", 0)
        yield Said(words["instead"], 0, "bold")
    for one in found.said.instead:
        if one.kind == "none":
            if helps := text(one.helps, lang):
                yield Said(helps)
        elif one.kind == "robots":
            yield Said(words["instead_robots"].format(tokens=", ".join(one.tokens)))
        else:
            label = text(one.label, lang) or one.control
            how = words["part" if one.partly else "full"]
            yield Said(words["instead_control"].format(control=label, how=how))
            yield Said(words["instead_show"].format(control=one.control), copy=True)


def as_json(found: Offers, knowledge: Knowledge, words: Words, lang: str) -> str:
    """``withhold/requests/1``; texts in the language asked for."""
    said = found.said
    body: dict[str, Any] = {
        "schema": SCHEMA,
        "when": str(found.when),
        "where": found.person.place,
        "lang": lang,
        "subject": found.subject,
        "nothing": text(said.nothing, lang),
        "acts": [_offer(one, found, knowledge, words, lang) for one in found.offers],
        "instead": [
            {
                **msgspec.to_builtins(one),
                "label": text(one.label, lang),
                "helps": text(one.helps, lang),
            }
            for one in said.instead
        ],
        "no_basis": list(said.no_basis),
        "notes": [text(one, lang) for one in said.notes],
        "unread": [text(one, lang) for one in said.unread],
    }
    return json.dumps(body, ensure_ascii=False, indent=2)


def _offer(
    one: Offer, found: Offers, knowledge: Knowledge, words: Words, lang: str
) -> dict[str, Any]:
    act, whom = one.act, one.controller
    return {
        "act": act.act,
        "text": act_name(act.act, words),
        "law": act.law,
        "article": act.article,
        "read": act.read,
        "reaches": text(act.reaches, lang),
        "not_reaches": text(act.not_reaches, lang),
        "needs_grounds": act.needs_grounds,
        "practices": list(act.practices),
        "controller": {"id": whom.id, "name": whom.name, "seat": whom.seat} if whom else None,
        "doors": [
            {"kind": door.kind, "to": door.to, "needs": list(door.needs), "seen": str(door.seen)}
            for door in one.doors
        ],
        "due": deadline(one.due, lang) if one.due else None,
        "command": command(one, found, words),
    }


def deadline(due: Deadline, lang: str) -> dict[str, Any]:
    """A date with the rule that gives it, as plain values."""
    return {
        "date": str(due.date),
        "rule": text(due.rule, lang),
        "steps": [text(one, lang) for one in due.steps],
        "law": due.law,
        "clock": due.clock,
    }
