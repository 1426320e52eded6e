"""import: what an archive says of its account, as observations: shown by the file that says it.

A setting counts for the day of which the archive is. Where nothing says that day, the state of a
control is not recorded: an archive may have lain about for years.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from withhold.exports.opened import Archive
from withhold.exports.post import Setting
from withhold.keep import Store
from withhold.verbs.archive_marks import MARK
from withhold.verbs.archive_owner import Filing
from withhold.verbs.record import storable
from withhold.words import AUDIENCES, Audience, Observation

EVIDENCE_AT_MOST = 1024 * 1024
VALUE_AT_MOST = 500
_DAY = re.compile(r"(?<!\d)(20\d\d)-?(\d\d)-?(\d\d)(?!\d)")


class Shown(Struct, frozen=True, kw_only=True):
    """What is to be recorded; ``path`` is the file that shows it, empty where it is too large."""

    observation: Observation
    path: str = ""


class Settings(Struct, frozen=True, kw_only=True):
    """The settings of one archive, in the order of the archive."""

    shown: tuple[Shown, ...] = ()
    already: tuple[Observation, ...] = ()
    undated: tuple[Setting, ...] = ()
    """Of controls, where nothing says of which day the archive is."""


def day_of(exported: str, names: Iterable[str], said: date | None, today: date) -> date | None:
    """The day of an archive: by its own word, by the owner's, by the names of its files."""
    for text in (exported, *([str(said)] if said else []), *names):
        for found in _DAY.finditer(text):
            try:
                day = date(*map(int, found.groups()))
            except ValueError:
                continue
            if day <= today:
                return day
    return None


def settings_of(
    archive: Archive,
    filing: Filing,
    controls: Collection[str],
    day: date | None,
    today: date,
    seen: Iterable[Observation],
) -> Settings:
    """What the archive says, that was not recorded before. ``controls`` are ``platform/id``."""
    before = {_about(one): one for one in seen}
    ever = {_about(one)[:-1]: one for one in before.values()}
    shown: list[Shown] = []
    already: list[Observation] = []
    undated: list[Setting] = []
    for setting in archive.notes.settings:
        platform = setting.platform or archive.platform
        name = _plain(setting.name)
        control = f"{platform}/{name}"
        real = setting.control and control in controls
        on = setting.on if setting.on and setting.on <= today else day
        if on is None and real:
            undated.append(setting)
            continue
        one = Observation(
            control=control if real else f"{platform}/{MARK}{name}",
            value=_plain(setting.value),
            on=on or today,
            how="shown",
            account=filing.of(platform, archive.notes.account).key,
        )
        about = _about(one)
        there = before.get(about) or (ever.get(about[:-1]) if on is None else None)
        if there:
            if there.id:
                already.append(there)
            continue
        before[about] = one
        shown.append(Shown(observation=one, path=_small(archive, setting.source.path)))
    return Settings(shown=tuple(shown), already=tuple(already), undated=tuple(undated))


def imported(platform: str, account: str, posts: int, digest: str, on: date) -> Observation:
    """That an archive was taken in, as the chain remembers it."""
    return Observation(
        control=f"{platform}/{MARK}import",
        value=f"{posts} posts, sha256 {digest}",
        on=on,
        how="shown",
        account=account,
    )


def record(
    found: Settings, archive: Archive, store: Store, now: datetime
) -> tuple[Observation, ...]:
    """Writes them down, each with the file that shows it as evidence, kept once."""
    kept: dict[str, str] = {"": ""}
    for one in found.shown:
        if one.path not in kept:
            kept[one.path] = _kept(one.path, archive, store)
    return tuple(
        store.observations.record_all(
            (replace(one.observation, evidence=kept[one.path]) for one in found.shown), now
        )
    )


def set_audiences(
    recorded: Iterable[Observation], controls: Collection[str], store: Store, now: datetime
) -> None:
    """Of an account whose audience nobody said, what its own settings say counts, day by day.

    Before the first day of which it is known that it was closed nothing is known: it is claimed
    neither closed nor public, as nobody saw it.
    """
    states: dict[str, dict[date, Audience]] = {}
    for one in sorted(recorded, key=lambda one: one.on):
        if one.control in controls and one.value in AUDIENCES:
            audience = msgspec.convert(one.value, Audience)
            states.setdefault(one.account, {})[one.on] = audience
    for account in store.own.accounts():
        days = states.get(account.key)
        if account.audience != "unknown" or not days:
            continue
        first = min(days)
        if days[first] != "public" and first > date.min:  # which some write for no date
            before = first - timedelta(days=1)
            since = min(account.since or before, before)
            store.own.add_account(account, now, since)
        for day, audience in days.items():
            store.own.add_account(replace(account, audience=audience), now, day)


def _kept(path: str, archive: Archive, store: Store) -> str:
    try:
        body = archive.files.body(path, EVIDENCE_AT_MOST)
    except (OSError, KeyError):  # it was read a moment ago; the setting is worth more than this
        return ""
    return store.evidence.keep(body, _plain(path.rsplit("/", 1)[-1]))


def _small(archive: Archive, path: str) -> str:
    entry = archive.files.entries.get(path)
    return path if entry and entry.size <= EVIDENCE_AT_MOST else ""


def _plain(said: str) -> str:
    """A word of an archive as it can be stored, and not too long."""
    return storable(said[:VALUE_AT_MOST])


def _about(one: Observation) -> tuple[object, ...]:
    """The day stands last: what says no day of its own is compared without."""
    return (one.control, one.account, one.value, one.on)
