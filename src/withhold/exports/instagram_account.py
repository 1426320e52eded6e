"""What an Instagram archive says of its account: who it is, private or not, consents, notices.

The account's file is read before all posts, wherever it lies, for it says who could see them: on
the day of the export. Threads' profile is private or not by its own file, never by Instagram's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from withhold.exports.instagram_entries import Telling, post_of
from withhold.exports.instagram_files import Section
from withhold.exports.instagram_labels import Mend, called, fields, moment, months, on_off, said
from withhold.exports.json_items import items
from withhold.exports.meta_text import mender
from withhold.exports.post import Pointer, Post, Setting, content_id

CONTROL = {"instagram": "private-account", "threads": "private-profile"}
"""The control of the platform's file of knowledge that the account's word stands for."""


def profile(telling: Telling, path: str, section: Section, platform: str) -> Iterator[Post]:
    """Takes down whose account it is and whether it is private; the text of its profile is a post.

    Name, text and picture of a profile are public also where the account is private.
    """
    mend = mender(telling.files, path)
    for at, one in items(telling.files, path, telling.notes, section.key):
        if not isinstance(one, dict):
            telling.notes.trouble(path, "wrong-type", at)
            continue
        handle, name = said(one, "username", mend), said(one, "name", mend)
        private = on_off(said(one, "private-account", mend))
        yield from account(telling, path, at, platform, handle, name, private, _bio(one, mend))
        if platform not in telling.pictured:
            yield from _pictures(telling, path, at, one, mend, platform)


def account(
    telling: Telling, path: str, at: str, platform: str, handle: str, name: str,
    private: bool | None, bio: tuple[str, str],
) -> Iterator[Post]:  # fmt: skip
    """The same from its parts; ``bio`` repaired and as it stands."""
    telling.names.update(one for one in (handle, name) if one)
    telling.notes.account = telling.notes.account or handle
    source = telling.source(path, at)
    if private is not None:
        telling.audience[platform] = "followers" if private else "public"
        telling.notes.setting(
            Setting(
                name=CONTROL[platform],
                value=telling.audience[platform],
                control=True,
                platform="" if platform == "instagram" else platform,
                source=source,
            )
        )
    text = telling.cut(path, at, bio[0])
    if text:
        yield Post(
            platform=platform,
            id=content_id(platform, "profile", None, text),
            kind="profile",
            text=text,
            raw=bio[1] if bio[1] != text else "",
            audience="public",
            audience_by="platform-default",
            source=source,
        )


def _pictures(
    telling: Telling, path: str, at: str, one: dict[str, Any], mend: Mend, platform: str
) -> Iterator[Post]:
    """The picture of the profile, where no list of such pictures has it."""
    named = one.get("media_map_data")
    for label, each in named.items() if isinstance(named, dict) else ():
        if isinstance(each, dict) and each.get("uri"):
            shown = {**each, "is_profile_picture": True}
            here = f"{at}/media_map_data/{label.replace('~', '~0').replace('/', '~1')}"
            post = post_of(telling, path, here, shown, "picture", mend, platform)
            if post is not None:
                yield post


def settings(telling: Telling, path: str, section: Section) -> None:
    """One file of settings, consents or notices."""
    mend = mender(telling.files, path)
    stem = path.rpartition("/")[2].rpartition(".")[0]
    key = section.key
    for at, one in items(telling.files, path, telling.notes, key):
        if not isinstance(one, dict):
            telling.notes.trouble(path, "wrong-type", at)
            continue
        for setting in _settings(stem, key, one, mend, telling.source(path, at)):
            telling.notes.setting(setting)


def _settings(
    stem: str, key: str, one: dict[str, Any], mend: Mend, source: Pointer
) -> Iterator[Setting]:
    if key == "settings_allow_comments_from":
        yield Setting(name="comments-allowed-from", value=_first(one, mend), source=source)
    elif key == "settings_upgraded_to_cross_app_messaging":
        state = on_off(_first(one, mend))
        if state is not None:
            value = "on" if state else "off"
            yield Setting(name="cross-app-messaging", value=value, source=source)
    elif key == "inferred_data_primary_location" or stem == "profile_based_in":
        place = said(one, "city", mend) or _first(one, mend)
        if place:
            yield Setting(name="based-in", value=place, source=source)
    elif key.startswith("policy_updates") or stem.startswith("notification_of_privacy"):
        status = said(one, "consent-status", mend) or _constant(one)
        seen = said(one, "impression-time", mend)
        on = _time(one) or (written_day(seen) if seen else None)
        yield Setting(name="policy-notice", value=status or "shown", on=on, source=source)
    elif key == "account_history_account_privacy_history":
        title = one.get("title")
        value = mend(title) if isinstance(title, str) and title else "changed"
        yield Setting(name="privacy-changed", value=value, on=_time(one), source=source)
    elif stem == "consents":
        yield from _consents(one, mend, source)


def _consents(one: dict[str, Any], mend: Mend, source: Pointer) -> Iterator[Setting]:
    """Each consent is named by its own sentence, in the language of the account."""
    for label, value in fields(one, mend):
        given = value.get("value")
        moment_of = moment(value.get("timestamp_value"))
        if moment_of is None and not isinstance(given, str):
            continue
        state = mend(given) if isinstance(given, str) and given else "recorded"
        name = value.get("label")
        words = mend(name) if isinstance(name, str) else label
        on = moment_of.date() if moment_of else None
        yield Setting(name="consent", value=f"{words}: {state}", on=on, source=source)


def _bio(one: dict[str, Any], mend: Mend) -> tuple[str, str]:
    wanted = called("bio")
    for label, value in fields(one, mend):
        found = value.get("value")
        if label in wanted and isinstance(found, str):
            return mend(found), found
    return "", ""


def _first(one: dict[str, Any], mend: Mend) -> str:
    """The first value, whatever its label says: of a file that has one thing to say."""
    for _, value in fields(one, mend):
        found = value.get("value")
        if isinstance(found, str) and found:
            return mend(found)
    return ""


def _constant(one: dict[str, Any]) -> str:
    """The value that is a name of the platform's own (``DEFAULT_NOT_SEEN``)."""
    for _, value in fields(one, str):
        found = value.get("value")
        if isinstance(found, str) and _CONSTANT.fullmatch(found):
            return found
    return ""


_CONSTANT = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")


def _time(one: dict[str, Any]) -> date | None:
    for _, value in fields(one, str):
        found = moment(value.get("timestamp") or value.get("timestamp_value"))
        if found:
            return found.date()
    listed = one.get("string_list_data")
    for value in listed if isinstance(listed, list) else ():
        found = moment(value.get("timestamp")) if isinstance(value, dict) else None
        if found:
            return found.date()
    found = moment(one.get("timestamp"))
    return found.date() if found else None


_DAY = re.compile(r"([^\W\d_]{3,9})\.? (\d{1,2}), (\d{4})\b")


def written_day(text: str) -> date | None:
    """``Sep 02, 2023 02:31:01pm`` as a day, its zone unknown; None for what is no day."""
    found = _DAY.match(text.strip())
    month = (
        months().get(found[1].casefold()[:4]) or months().get(found[1].casefold()[:3])
        if found
        else None
    )
    try:
        return date(int(found[3]), month, int(found[2])) if found and month else None
    except ValueError:
        return None
