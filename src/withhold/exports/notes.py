"""What reading an archive brought to light beside its posts: nothing is passed over in silence.

Every file of an archive ends in exactly one of three lists: *understood*, *ignored* with a reason
(a closed list), or *not understood*. One broken entry never hides the rest: it is listed with file
and position, and the reading goes on.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

from withhold.exports.post import Setting

Why = Literal[
    # of a whole file or archive
    "encrypted", "damaged", "too-large", "too-many-files", "ratio", "unsafe-path", "symlink",
    "twice", "part-missing", "no-reader", "wrong-form", "unreadable", "empty",
    # of one entry in a file
    "cut-off", "not-json", "not-utf-8", "wrong-type", "missing-field", "bad-date", "row-length",
    "header", "too-long", "nested-too-deep", "count-differs", "not-xml", "not-html", "bad-block",
]  # fmt: skip
"""Why something was not understood; each has a sentence per language in ``faces/phrases``."""
Ignored = Literal["media", "others", "not-published", "superseded", "no-content", "asked-for"]
"""Why a file is not read: pictures and videos (named by the posts they belong to; of a picture
place and time are looked up, and nothing of what it shows); what others wrote; the account's own
bookkeeping (ads, logins, likes, searches); the same in another file of this archive; nothing in
it; only read when asked for (others' messages)."""


class NotUnderstood(Struct, frozen=True, kw_only=True):
    """Something that could not be used, and where it stands."""

    path: str
    why: Why
    at: str = ""
    facts: dict[str, str] = {}


class Read(Struct, kw_only=True):
    """A file that was read, and how much came out of it."""

    path: str
    posts: int = 0
    settings: int = 0
    others: int = 0
    """Entries by other people, which are not kept unless asked for."""
    expected: int | None = None
    """How many entries the archive's own manifest names."""


class Notes(Struct, kw_only=True):
    """The notebook of one reading."""

    understood: dict[str, Read] = field(default_factory=dict)
    ignored: dict[str, Ignored] = field(default_factory=dict)
    not_understood: list[NotUnderstood] = field(default_factory=list)
    settings: list[Setting] = field(default_factory=list)
    account: str = ""
    """The handle or id that the archive names for itself."""
    exported: str = ""
    """The day of the export, ISO 8601, by the archive's own word."""
    left: int = 0
    """How many more were not understood, once the list, or a file's share of it, is full."""
    _of_file: dict[str, int] = field(default_factory=dict)

    def read(self, path: str) -> Read:
        """The line of a file that is read; made when it is opened."""
        self.ignored.pop(path, None)
        return self.understood.setdefault(path, Read(path=path))

    def ignore(self, path: str, why: Ignored) -> None:
        """Notes a file that is not read."""
        self.ignored[path] = why

    def trouble(self, path: str, why: Why, at: str = "", **facts: object) -> None:
        """Notes what could not be used; after PER_FILE or AT_MOST of them they are only counted."""
        of_file = self._of_file[path] = self._of_file.get(path, 0) + 1
        if of_file > PER_FILE or len(self.not_understood) >= AT_MOST:
            self.left += 1
            return
        said = {name: str(value)[:200] for name, value in facts.items()}
        self.not_understood.append(NotUnderstood(path=path, why=why, at=at, facts=said))

    def setting(self, setting: Setting) -> None:
        """Notes what the archive says of the account."""
        self.settings.append(setting)
        if setting.source.path in self.understood:
            self.understood[setting.source.path].settings += 1


PER_FILE = 100
"""Of things not understood in one file that are listed one by one: it does not hide the others."""
AT_MOST = 5_000
"""Of things not understood that are listed one by one."""
