"""What X's archive says around the posts: whose it is, how much it holds, when it was protected.

``protected-history.js`` reaches back six months from the day of the export and lists each change
(X's README in the archive): before the first change listed the account was in the other state; of
what lies further back, and of an account that changed nothing, it says nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from withhold.exports import loose
from withhold.exports.notes import Notes
from withhold.exports.post import AudienceBy, Pointer, Setting
from withhold.exports.x_parts import Values, assigned, listed
from withhold.words import Audience

COVERED = timedelta(days=181)
"""Six months at their shortest, so that no day is taken for covered that is not."""


class Spans(Struct, frozen=True, kw_only=True):
    """When the account was protected: from ``edges[n]`` on it was ``states[n]``."""

    edges: tuple[datetime, ...] = ()
    states: tuple[Audience, ...] = ()

    def at(self, created: datetime | None) -> tuple[Audience, AudienceBy]:
        """Who could see what was posted at this time, as far as the archive says it."""
        if not self.edges or created is None:
            return "unknown", "none"
        place = bisect_right(self.edges, created)
        if not place:
            return "unknown", "none"
        return self.states[place - 1], "account-setting"


class Whose(Struct, kw_only=True):
    """The account, and how many entries of each file the manifest names, by path."""

    id: str = ""
    handle: str = ""
    expected: dict[str, int] = {}
    exported: datetime | None = None


def read_manifest(files: Values, path: str, notes: Notes, whose: Whose) -> None:
    """``window.__THAR_CONFIG``: the account, the day of the export, files and their counts."""
    notes.read(path)
    said = assigned(files, path, notes)
    if not isinstance(said, dict):
        return
    user, info = _table(said, "userInfo"), _table(said, "archiveInfo")
    whose.id = whose.id or loose.ident(user.get("accountId"))
    whose.handle = whose.handle or loose.text(user.get("userName"))
    whose.exported = loose.moment(info.get("generationDate"))[0]
    if whose.exported:
        notes.exported = whose.exported.date().isoformat()
    if info.get("isPartialArchive") is True:
        source = Pointer(part=files.entries[path].part, path=path, at="/archiveInfo")
        notes.setting(Setting(name="archive-is-partial", value="yes", source=source))
    for kind in _table(said, "dataTypes").values():
        listing = kind.get("files") if isinstance(kind, dict) else None
        for one in listing if isinstance(listing, list) else ():
            if isinstance(one, dict):
                _expect(files, notes, whose, path, one)


def _expect(files: Values, notes: Notes, whose: Whose, manifest: str, one: dict[str, Any]) -> None:
    name, count = loose.text(one.get("fileName")), loose.ident(one.get("count"))
    if not name or not (count.isascii() and count.isdigit() and len(count) < 16):
        return
    folder = manifest.removesuffix("manifest.js")
    for path in (folder.removesuffix("data/") + name, folder + name.rsplit("/", 1)[-1]):
        if path in files.entries:
            whose.expected[path] = int(count)
            return
    if int(count):
        notes.trouble(manifest, "part-missing", name, expected=count)


def read_account(files: Values, path: str, notes: Notes, whose: Whose) -> None:
    """``account.js``: the handle and the account's id."""
    notes.read(path)
    for _, item in listed(files, path, notes):
        account = _table(item, "account")
        whose.id = whose.id or loose.ident(account.get("accountId"))
        whose.handle = whose.handle or loose.text(account.get("username"))


def read_user_details(files: Values, path: str, notes: Notes, whose: Whose) -> None:
    """``user_details.js`` of the layout before 2019: the handle and the account's id."""
    notes.read(path)
    said = assigned(files, path, notes)
    if isinstance(said, dict):
        whose.id = whose.id or loose.ident(said.get("id"))
        whose.handle = whose.handle or loose.text(said.get("screen_name"))


def read_protected(files: Values, path: str, notes: Notes, exported: datetime | None) -> Spans:
    """The spans of ``protected-history.js``, each change also as a setting with its day."""
    notes.read(path)
    changes: list[tuple[datetime, Audience]] = []
    for at, item in listed(files, path, notes):
        one = _table(item, "protectedHistory")
        action, when = loose.text(one.get("action")).lower(), loose.moment(one.get("protectedAt"))
        if when[0] is None or not action:
            notes.trouble(path, "bad-date" if action else "missing-field", at)
            continue
        state: Audience = "public" if action.startswith("un") else "followers"
        changes.append((when[0], state))
        source = Pointer(part=files.entries[path].part, path=path, at=at)
        notes.setting(
            Setting(
                name="protect-posts", value=state, on=when[0].date(), control=True, source=source
            )
        )
    changes.sort()
    if not changes:
        return Spans()
    first, state = changes[0]
    if exported and exported.year > 2000 and exported - COVERED < first:
        before: Audience = "followers" if state == "public" else "public"
        changes.insert(0, (exported - COVERED, before))
    return Spans(
        edges=tuple(edge for edge, _ in changes), states=tuple(state for _, state in changes)
    )


def _table(said: object, name: str) -> dict[str, Any]:
    """The object under a name, or the thing itself where it has no such wrapper."""
    if not isinstance(said, dict):
        return {}
    found = said.get(name, said)
    return found if isinstance(found, dict) else {}
