"""The owner's word on who could see the posts of a time, where no archive says it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from withhold.exports.post import AudienceBy
from withhold.keep.opened import Opened
from withhold.keep.post_rows import Asked
from withhold.keep.trouble import damaged
from withhold.words import Audience

OVERRULED: tuple[AudienceBy, ...] = ("none", "account-setting")
"""What the owner's word stands above: no word of the archive, and a snapshot of one day."""


class SaidAudience(Struct, frozen=True, kw_only=True):
    """Posts of ``[since, until)`` had this audience, as the owner said ``on`` that day.

    None = from the beginning; still so.
    """

    account: str
    audience: Audience
    on: date
    since: date | None = None
    until: date | None = None

    def covers(self, day: str) -> bool:
        """Whether a post of this day (ISO, empty = not known) is meant."""
        if not day:
            return self.since is None and self.until is None
        since = self.since.isoformat() if self.since else ""
        return since <= day and (self.until is None or day < self.until.isoformat())


class SaidAudiences:
    """What the owner said, one span after the other."""

    def __init__(self, opened: Opened) -> None:
        self._opened = opened

    def say(self, said: SaidAudience) -> None:
        """Notes it; of times that were spoken of before the last word counts.

        ``unknown`` takes back what was said.
        """
        with self._opened.writing() as tables:
            spans = [
                part
                for one in self.of(said.account)
                for part in _without(one, said.since, said.until)
            ]
            if said.audience != "unknown":
                spans.append(said)
            tables.table("said_audience").delete_where("account = ?", [said.account])
            tables.table("said_audience").insert_all(
                {
                    "account": one.account,
                    "since": one.since.isoformat() if one.since else "",
                    "until": one.until.isoformat() if one.until else "",
                    "audience": one.audience,
                    "on": one.on.isoformat(),
                }
                for one in spans
            )

    def of(self, account: str) -> list[SaidAudience]:
        """What was said of one account, oldest span first; no two of them meet."""
        return self.all().get(account, [])

    def all(self) -> dict[str, list[SaidAudience]]:
        """What was said, by account."""
        found: dict[str, list[SaidAudience]] = {}
        for account, since, until, audience, on in self._opened.rows(
            'SELECT account, since, until, audience, "on" FROM said_audience '
            "ORDER BY account, since"
        ):
            fields = {
                "account": account,
                "audience": audience,
                "on": on,
                "since": since or None,
                "until": until or None,
            }
            try:
                one = msgspec.convert(fields, SaidAudience)
            except msgspec.ValidationError as why:
                raise damaged(self._opened.path, f"audience of posts of {account}: {why}") from why
            found.setdefault(account, []).append(one)
        return found


def by_the_owner(asked: Asked, said: Iterable[SaidAudience]) -> Asked:
    """What is asked of a post, with the owner's word on its audience where that counts."""
    if asked.audience_by not in OVERRULED:
        return asked
    found = next((one for one in said if one.covers(asked.day)), None)
    if found is None:
        return asked
    return asked._replace(audience=found.audience, audience_by="owner-stated")


def _without(one: SaidAudience, since: date | None, until: date | None) -> list[SaidAudience]:
    """What is left of a span when another is cut out of it."""
    begin, end = one.since or date.min, one.until or date.max
    cut_begin, cut_end = since or date.min, until or date.max
    if cut_end <= begin or end <= cut_begin:
        return [one]
    left = []
    if begin < cut_begin:
        left.append(replace(one, until=since))
    if cut_end < end:
        left.append(replace(one, since=until))
    return left
