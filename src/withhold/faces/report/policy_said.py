"""What a policy says, in sentences that text, Markdown and HTML share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import tomli
from msgspec import Struct

from withhold.catalog.places import WORLD, Places
from withhold.catalog.sentences import Sentences
from withhold.policies.against import STANDS, Compared
from withhold.policies.clause import Clause
from withhold.policies.reading import LANGS
from withhold.verbs.check_policy import Policy

Words = Mapping[str, str]
_FIRST = ("people", "public", "not-stated")
_STANDS_FIRST = ("contradicts", "missing")


class Told(Struct, frozen=True, kw_only=True):
    """A policy with all that is needed to say it. ``name`` is what it is held against."""

    policy: Policy
    words: Words
    phrases: Words
    sentences: Sentences
    places: Places
    when: date
    name: str = ""
    place: str = ""
    source: str = ""
    """The file or address as it was given, for a command to copy."""

    def place_names(self, codes: Sequence[str]) -> str:
        """Names of places and groups in the language."""
        return ", ".join(self.places.name(one, self.sentences.lang) for one in codes)


class Line(Struct, frozen=True, kw_only=True):
    """A clause as it is shown: in how many sentences it stands, and how knowledge stands to it."""

    clause: Clause
    sentences: int
    compared: Compared | None = None


def words_of(lang: str) -> dict[str, str]:
    """The words of policies."""
    path = Path(__file__).parents[1] / "phrases" / f"policy.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


# The document -------------------------------------------------------------------------------------


def title(told: Told) -> str:
    """Its own title."""
    return told.policy.reading.document.title or told.words["title_none"]


def about(told: Told) -> Iterator[tuple[str, str]]:
    """(what, text): its language and days, for whom it is, and how much of it was read."""
    words, policy, document = told.words, told.policy, told.policy.reading.document
    yield words["about_language"], language(document.lang, words)
    for name, day in (("published", document.published), ("in_force", document.in_force)):
        said = words["by_text"].format(date=day) if day else words["not_stated"]
        yield words[f"about_{name}"], said
    yield words["about_seen"], _seen(told)
    yield words["about_places"], _for_whom(told)
    share = int(document.kept * 100)
    kind = words[f"kind_{policy.text.kind}"]
    many = "kept_none" if not policy.words else "kept_one" if policy.words == 1 else "kept"
    n = f"{policy.words:,}".replace(",", words["thousands"])
    kept = words[many].format(share=share, n=n, kind=kind)
    notes = [words.get(f"note_{one}", one) for one in document.notes if one != "empty"]
    yield words["about_read"], "; ".join((kept, *notes))
    if policy.against:
        gaps = {"name": told.name, "date": policy.against.day}
        yield words["about_of"], words["of_known"].format_map(gaps)


def language(code: str, words: Words) -> str:
    """The name of a language; its code where it has none here."""
    return words.get(f"lang_{code or 'unknown'}", code)


def _seen(told: Told) -> str:
    text = told.policy.text
    if text.seen is None:
        return told.words["seen_unknown"]
    return told.words["seen_fetched" if text.url else "seen_named"].format(
        date=text.seen, url=text.url
    )


def _for_whom(told: Told) -> str:
    own, listed = told.policy.reading.document.places, told.policy.document
    if own:
        return told.place_names(own)
    if listed and WORLD not in listed.places:
        return told.words["places_listed"].format(places=told.place_names(listed.places))
    return told.words["not_stated"]


def standing(told: Told) -> str:
    """In one sentence: how much it says, or why that is not known."""
    words, policy = told.words, told.policy
    n = policy.words if policy.standing == "short" else len(policy.practices)
    key = f"standing_{policy.standing}"
    if policy.standing == "says" and n == 1:
        key += "_one"
    return words[key].format(
        n=n,
        lang=language(policy.reading.document.lang, words),
        langs=", ".join(language(one, words) for one in LANGS),
    )


def summary(told: Told) -> str:
    """How its statements stand to what is known; empty where it is held against nothing."""
    held = told.policy.against
    if held is None or not held.compared:
        return ""
    parts = [
        told.words[f"compared_{one}"].format(n=held.count(one)) for one in STANDS if held.count(one)
    ]
    return told.words["compared"].format(n=len(held.compared), parts=", ".join(parts))


def unstated(told: Told) -> str:
    """What is known by this document and was not found in it; empty where there is nothing."""
    ids = told.policy.against.unstated if told.policy.against else ()
    return told.words["unstated"].format(ids=", ".join(ids)) if ids else ""


# Its clauses --------------------------------------------------------------------------------------


def lines(told: Told) -> list[Line]:
    """What it says somebody does: first what differs, then what is about people's content."""
    held = told.policy.against.compared if told.policy.against else ()
    beside = {id(one.clause): one for one in held}
    found = [
        Line(clause=one, sentences=n, compared=beside.get(id(one)))
        for one, n in told.policy.practices
    ]
    return sorted(found, key=_late)


def _late(line: Line) -> tuple[bool, bool]:
    differs = line.compared is not None and line.compared.stand in _STANDS_FIRST
    return not differs, line.clause.whose not in _FIRST


def restrictions(told: Told) -> list[Line]:
    """What it forbids its readers."""
    return [Line(clause=one, sentences=n) for one, n in told.policy.restrictions]


def who(clause: Clause, told: Told) -> str:
    """``LinkedIn, training its AI: content of the people there (posts, photos)``."""
    words, sentences = told.words, told.sentences
    if clause.actor == "own":
        name = told.name or words["who_own"]
    elif clause.actor_name:
        named = f"who_{clause.actor}_named"
        name = words.get(named, words["who_third-party_named"]).format(name=clause.actor_name)
    else:
        name = words[f"who_{clause.actor}"]
    parts = [sentences.kind[one] for one in clause.content]
    parts += [sentences.audience[one] for one in clause.audience]
    what = words[f"whose_{clause.whose}"] + (f" ({', '.join(parts)})" if parts else "")
    return f"{name}, {sentences.use[clause.use]}: {what}"


def beside(line: Line, told: Told) -> list[str]:
    """Control, default, reach, places and day, as far as the sentence names them."""
    words, clause, found = told.words, line.clause, []
    if clause.control.kind != "not-stated":
        said = words[f"control_{clause.control.kind}"]
        if clause.control.words:
            said += f": {told.phrases['quoted'].format(clause.control.words)}"
        found.append(f"{said}.")
    if clause.default != "none":
        found.append(words[f"default_{clause.default}"])
    if clause.reach != "not-stated":
        found.append(words[f"reach_{clause.reach}"])
    if clause.places:
        found.append(words["only_for"].format(places=told.place_names(clause.places)))
    if clause.not_places:
        found.append(words["not_for"].format(places=told.place_names(clause.not_places)))
    if clause.since:
        found.append(words["since"].format(date=clause.since))
    if applies(clause, told) is False:
        place = told.places.name(told.place, told.sentences.lang)
        found.append(words["elsewhere"].format(place=place))
    if line.sentences > 1:
        found.append(words["sentences"].format(n=line.sentences))
    if clause.control.url:  # the last, and no full stop after it: it is to be copied
        found.append(clause.control.url)
    return found


def sentence(clause: Clause) -> str:
    """The sentence, after the words that its list hangs on."""
    return f"{clause.lead} … {clause.sentence}" if clause.lead else clause.sentence


def applies(clause: Clause, told: Told) -> bool | None:
    """Whether it holds in the place asked about; None where no place is asked or none is named."""
    document, listed = told.policy.reading.document, told.policy.document
    places = clause.places or document.places or (tuple(listed.places) if listed else ())
    if not told.place or not (places or clause.not_places):
        return None
    return told.places.applies(told.place, places or (WORLD,), clause.not_places)


def known(line: Line, told: Told) -> str:
    """How what is known stands to it; empty where it is held against nothing."""
    one, words = line.compared, told.words
    if one is None or told.policy.against is None:
        return ""
    how = ", ".join(words[f"differs_{each}"] for each in one.differs)
    return words[f"known_{one.stand}"].format(
        ids=", ".join(one.practices), how=how, file=f"{told.policy.of}.toml"
    )


def decided(clause: Clause, told: Told) -> str:
    """Which words decided, each with the part it played; empty where none is named."""
    if not clause.why:
        return ""
    quoted = told.phrases["quoted"]
    parts = [f"{told.words[f'part_{one.part}']} {quoted.format(one.words)}" for one in clause.why]
    return told.words["decided"].format(parts=", ".join(dict.fromkeys(parts)))


def under(clause: Clause, told: Told) -> str:
    """The headings it stands under, and the words that its list hangs on."""
    path = [*clause.headings, *([clause.lead] if clause.lead else [])]
    return told.words["under"].format(headings=" › ".join(path)) if path else ""
