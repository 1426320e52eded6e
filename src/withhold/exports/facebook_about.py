"""What a Facebook archive says of the account: the profile's words, settings, consents, notices.

The labels of settings are written in the language of the account, so a setting's value is what
stands there (``label: value``); no control of ours is read from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from withhold.exports.facebook_files import place_of
from withhold.exports.facebook_labels import labelled
from withhold.exports.facebook_words import Sheet, dicts, moment
from withhold.exports.json_items import items, whole
from withhold.exports.meta_text import mender
from withhold.exports.notes import Notes
from withhold.exports.parts import Files
from withhold.exports.post import Pointer, Post, Setting

# Sections of a profile that are the account's data and no words of the member's.
_DATA = frozenset((
    "emails", "phone_numbers", "profile_uri", "registration_timestamp", "username", "name",
    "previous_names", "photos", "profile_picture", "blocked_people", "account_status",
    "compliments_on_profile", "gender", "birthday", "height",
))  # fmt: skip
_NO_WORDS = frozenset(("uri", "url", "school_type", "type", "pronoun", "media_metadata"))
_DEPTH = 6


class Member(NamedTuple):
    """Whose archive it is: the name that messages bear, and the handle; empty = it does not say."""

    name: str = ""
    handle: str = ""


def member_of(files: Files) -> Member:
    """The member by the profile, which is read ahead of everything else."""
    for path in files.paths:
        if not path.endswith(".json") or place_of(path).how != "profile":
            continue
        found = whole(files, path, Notes())  # its troubles are noted when its turn comes
        mend = mender(files, path)
        for outer, sections in found.items() if isinstance(found, dict) else ():
            if outer.startswith("profile") and isinstance(sections, dict):
                named = sections.get("name")
                name = named.get("full_name") if isinstance(named, dict) else named
                name = mend(name) if isinstance(name, str) else ""
                return Member(name, mend(_handle(sections)) or name)
    return Member()


def profile(sheet: Sheet, files: Files) -> Iterator[Post]:
    """Each section of the profile that holds words."""
    found = whole(files, sheet.path, sheet.notes)
    if not isinstance(found, dict):
        if found is not None:
            sheet.trouble("wrong-type")
        return
    for outer, sections in found.items():
        if not isinstance(sections, dict):
            continue
        for name, section in sections.items():
            said = list(_strings(section, 0)) if name not in _DATA else []
            if not said:
                continue
            at = f"/{outer}/{name}"
            when = section.get("timestamp") if isinstance(section, dict) else None
            yield sheet.made(at, said, sheet.created(when, at), kind="profile")


def settings(sheet: Sheet, files: Files) -> None:
    """Every labelled value, consent or notice of a file, each one setting."""
    for at, found in items(files, sheet.path, sheet.notes):
        if not isinstance(found, dict):
            sheet.trouble("wrong-type", at)
            continue
        if "label_values" in found:
            _labelled(sheet, at, found)
            continue
        for key, entries in found.items():
            for number, one in enumerate(dicts(entries)):
                _entry(sheet, f"{at}/{key}/{number}", one)


# --------------------------------------------------------------------------------------------------


def _labelled(sheet: Sheet, at: str, found: dict[str, Any]) -> None:
    got = labelled(found)
    general = found.get("timestamp")
    for leaf in got.leaves:
        label, value = sheet.mend(leaf.label), sheet.mend(leaf.value)
        _set(sheet, at, f"{label}: {value}" if label else value, general)
    for label, when in got.times:
        _set(sheet, at, sheet.mend(label), when)


def _entry(sheet: Sheet, at: str, one: dict[str, Any]) -> None:
    """``{consent_state, impression_time}`` of a notice, ``{name, url}`` of a page."""
    state = one.get("consent_state", one.get("name"))
    if isinstance(state, str | int | float):
        when = one.get("impression_time", one.get("timestamp"))
        _set(sheet, at, sheet.mend(state) if isinstance(state, str) else str(state), when)
    else:
        sheet.trouble("missing-field", at, field="consent_state")


def _set(sheet: Sheet, at: str, value: str, when: object) -> None:
    on = moment(when)
    sheet.notes.setting(
        Setting(
            name=sheet.place.setting,
            value=value[:1000],
            on=on.date() if on else None,
            source=Pointer(part=sheet.part, path=sheet.path, at=at),
        )
    )


def _handle(sections: dict[str, Any]) -> str:
    """The user name, else the last part of the profile's address."""
    for key in ("username", "profile_uri"):
        found = sections.get(key)
        if isinstance(found, str) and found.strip("/"):
            return found.rstrip("/").rsplit("/", 1)[-1]
    return ""


def _strings(found: object, depth: int) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict) and depth < _DEPTH:
        for key, one in found.items():
            if key not in _NO_WORDS:
                yield from _strings(one, depth + 1)
    elif isinstance(found, list) and depth < _DEPTH:
        for one in found:
            yield from _strings(one, depth + 1)
