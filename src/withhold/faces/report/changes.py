"""One change as a whole sentence: who, where, what happened, what it says, what held before."""

from __future__ import annotations

from withhold.catalog.places import WORLD
from withhold.faces.report.rows import Speaker
from withhold.facts import Platform
from withhold.verbs.changes import Change, concerns

_ENDS = ".!?…。؟۔"


def sentence(change: Change, speaker: Speaker, here: str = "") -> str:
    """The whole sentence. Days stand in it as ISO 8601; the day of the change itself does not.

    ``here`` is the place of the reader; what does not hold there says so first.
    """
    words = speaker.sentences.change
    said = headline(change, speaker, here)
    what = _thing(change, speaker)
    if what:
        said = words["whole"].format(says=said, what=what)
    said = _closed(said)
    before = speaker.sentences.text(change.before)
    if before:
        before = _quoted(before, speaker) if change.kind else before
        said += " " + _closed(words["before"].format(before=before))
    return said


def headline(change: Change, speaker: Speaker, here: str = "") -> str:
    """The same without what it says: ``LinkedIn (EU, Canada): training on content begins, ...``."""
    words = speaker.sentences.change
    code = f"{change.code}-known" if change.precision == "known" else change.code
    said = words[code].format(
        platform=_who(change, speaker),
        places=_where(change, speaker),
        by=words[f"by-{change.whose}"],
        use=speaker.sentences.use.get(change.use, change.use),
        date=change.day_named or change.day,
    )
    places = speaker.knowledge.places
    if here and not concerns(change, here, places):
        name = places.name(here, speaker.sentences.lang)
        said = words["elsewhere"].format(here=name, says=said)
    return said


def _who(change: Change, speaker: Speaker) -> str:
    """The platform, with the company where another one does it there; or who collects openly."""
    words, name = speaker.sentences.change, speaker.name(change.actor)
    if change.platform:
        platform = speaker.platform(change.platform)
        known = speaker.knowledge.platforms.get(change.platform)
        if name == platform or _operates(known, change.actor):
            return platform
        return words["beside"].format(platform=platform, name=name)
    return words["open-web"].format(name=name) if change.actor else words["law"]


def _operates(platform: Platform | None, actor: str) -> bool:
    return platform is not None and platform.operator == actor


def _where(change: Change, speaker: Speaker) -> str:
    """``EU, EEA, United Kingdom`` or ``everywhere except Canada``."""
    places = _named(change.places, speaker)
    if not change.not_places:
        return places
    others = _named(change.not_places, speaker)
    return speaker.sentences.change["except"].format(places=places, others=others)


def _named(places: tuple[str, ...], speaker: Speaker) -> str:
    words = speaker.sentences.change
    if WORLD in places:
        return words["everywhere"]
    return ", ".join(
        words.get(f"group-{one}") or speaker.knowledge.places.name(one, speaker.sentences.lang)
        for one in places
    )


def _thing(change: Change, speaker: Speaker) -> str:
    """What it says; of a control the words it carries, or what it is where they are not known."""
    what = speaker.sentences.text(change.what)
    if not change.kind:
        return what
    return _quoted(what, speaker) if what else speaker.sentences.change[f"kind-{change.kind}"]


def _quoted(text: str, speaker: Speaker) -> str:
    return speaker.sentences.change["words"].format(what=text)


def _closed(text: str) -> str:
    text = text.rstrip()
    return text if text.endswith(tuple(_ENDS)) else f"{text}."
