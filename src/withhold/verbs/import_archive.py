"""import: one archive taken in, as a whole or not at all.

Posts go into the store under the account that the archive is of, and the settings that it shows
become observations. Nothing that the archive holds is passed over in silence: the notebook of the
reading is part of the answer.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime
from itertools import chain, islice

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from withhold.errors import BadInput
from withhold.exports.notes import Notes
from withhold.exports.opened import Archive
from withhold.exports.parts import Files
from withhold.exports.post import AudienceBy, Post, Setting
from withhold.exports.reader import Options
from withhold.keep import Store
from withhold.keep.post_taking import NewArchive, Taken
from withhold.keep.posts import KeptArchive
from withhold.verbs.archive_owner import Filing, Whose, name_of
from withhold.verbs.archive_settings import day_of, imported, record, set_audiences, settings_of
from withhold.words import Audience, Kind, Observation

SAID_EVERY = 500
"""Posts after which the caller hears how many there are."""
COMPARED_AT_ONCE = 5_000


class Counted(Struct, frozen=True, kw_only=True):
    """So many posts of one account, kind and audience, with what says who could see them."""

    account: str
    kind: Kind
    audience: Audience
    audience_by: AudienceBy
    n: int


class Asking(Struct, frozen=True, kw_only=True):
    """What an import needs to know beside the archive.

    ``controls`` are those of the platforms, as ``platform/id``; ``audience_controls`` those of
    them that say who can see the account. ``on`` is the owner's word on the archive's day.
    """

    today: date
    reader: str
    controls: Collection[str] = ()
    audience_controls: Collection[str] = ()
    on: date | None = None
    others: bool = False
    dry: bool = False
    seen: tuple[Observation, ...] = ()


class Imported(Struct, frozen=True, kw_only=True):
    """What one archive brought. ``taken`` says what was new; of a dry run it is only counted."""

    files: tuple[str, ...]
    platform: str
    layout: str
    digest: str
    exported: date | None
    accounts: tuple[Whose, ...]
    counted: tuple[Counted, ...]
    taken: Taken
    notes: Notes
    recorded: tuple[Observation, ...] = ()
    already: tuple[Observation, ...] = ()
    undated: tuple[Setting, ...] = ()
    written: bool = False

    @property
    def posts(self) -> int:
        """How many posts the archive holds."""
        return sum(one.n for one in self.counted)

    @property
    def others(self) -> int:
        """How many entries by other people it holds that were left out."""
        return sum(one.others for one in self.notes.understood.values())

    @property
    def anything(self) -> bool:
        """Whether anything came out of it; what holds nothing published has nothing to give."""
        return bool(self.counted or self.notes.settings or not self.notes.not_understood)


def import_archive(
    archive: Archive,
    filing: Filing,
    asking: Asking,
    store: Store | None,
    now: datetime,
    said: Callable[[int], None] | None = None,
) -> Imported:
    """Takes an archive in, all of it; what stops it in between, or the owner, leaves nothing.

    Of a dry run ``store`` is what there is to compare with, if anything; nothing is written.
    ``said`` hears how many posts were read so far.
    """
    return _Import(archive, filing, asking, store, now, said).run()


class _Import:
    def __init__(
        self,
        archive: Archive,
        filing: Filing,
        asking: Asking,
        store: Store | None,
        now: datetime,
        said: Callable[[int], None] | None,
    ) -> None:
        self._archive, self._filing, self._asking = archive, filing, asking
        self._there, self._now, self._said = store, now, said
        self._store = None if asking.dry else store
        self._counted: Counter[tuple[str, Kind, Audience, AudienceBy]] = Counter()
        self._keys: dict[str, str] = {}
        self._digest = digest_of(archive.files)

    def run(self) -> Imported:
        posts = iter(self._archive.posts(Options(others=self._asking.others)))
        with self._reading():
            first = list(islice(posts, 1))  # readers begin with what an archive says of itself
        for post in first:
            self._key(post.platform)  # whose it is may be asked: before others have to wait
        coming = self._told(chain(first, posts))
        with self._together():
            taken = self._take(coming)
            day = self._day()
            found = settings_of(
                self._archive,
                self._filing,
                self._asking.controls,
                day,
                self._asking.today,
                self._seen(),
            )
            recorded: tuple[Observation, ...] = tuple(one.observation for one in found.shown)
            if self._store:
                for one in self._filing.found.values():
                    self._add(one, self._store)
                recorded = record(found, self._archive, self._store, self._now)
                set_audiences(recorded, self._asking.audience_controls, self._store, self._now)
                self._note(day, self._store)
        return Imported(
            files=self._archive.files.parts,
            platform=self._archive.platform,
            layout=self._archive.layout,
            digest=self._digest,
            exported=day,
            accounts=tuple(self._filing.found.values()),
            counted=tuple(
                Counted(account=account, kind=kind, audience=audience, audience_by=by, n=n)
                for (account, kind, audience, by), n in sorted(self._counted.items())
            ),
            taken=taken,
            notes=self._archive.notes,
            recorded=recorded,
            already=found.already,
            undated=found.undated,
            written=self._store is not None,
        )

    # Posts ----------------------------------------------------------------------------------------

    def _told(self, posts: Iterable[Post]) -> Iterator[tuple[str, Post]]:
        """Each post with the key of its account; counted on the way."""
        keys, counted, said, number = self._keys, self._counted, self._said, 0
        with self._reading():
            for post in posts:
                key = keys.get(post.platform) or self._key(post.platform)
                counted[key, post.kind, post.audience, post.audience_by] += 1
                yield key, post
                number += 1
                if said and not number % SAID_EVERY:
                    said(number)
        if said:
            said(number)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """A disk that fails is trouble of the archive, and not of the store that is open."""
        try:
            yield
        except OSError as why:
            names = ", ".join(self._archive.files.parts)
            raise BadInput(
                f"{names}: cannot be read to its end ({why.strerror or why})",
                "look at the disk that it lies on; nothing of it was kept",
            ) from why

    def _key(self, platform: str) -> str:
        key = self._keys[platform] = self._filing.of(platform, self._archive.notes.account).key
        return key

    def _take(self, coming: Iterator[tuple[str, Post]]) -> Taken:
        if self._store is None:
            return self._compare(coming)
        new = NewArchive(
            platform=self._archive.platform,
            layout=self._archive.layout,
            digest=self._digest,
            exported=str(self._day() or ""),
            reader=self._asking.reader,
        )

        def ended() -> NewArchive:
            return replace(new, exported=str(self._day() or ""), report=self._report())

        return self._store.posts.take(new, coming, self._now, ended)

    def _compare(self, coming: Iterator[tuple[str, Post]]) -> Taken:
        """How many posts are there already, as far as that is known without writing them."""
        again = number = 0
        waiting: dict[str, list[str]] = {}
        for number, (key, post) in enumerate(coming, 1):
            if self._there is not None:
                waiting.setdefault(key, []).append(post.id)
                if not number % COMPARED_AT_ONCE:
                    again += self._known(waiting)
        again += self._known(waiting)
        return Taken(new=number - again, again=again)

    def _known(self, waiting: dict[str, list[str]]) -> int:
        found = 0
        for key, ids in waiting.items():
            there = self._there.posts.known(key, ids) if self._there else set()
            found += sum(one in there for one in ids)
        waiting.clear()
        return found

    def _report(self) -> str:
        """What the notebook says, in short."""
        notes = self._archive.notes
        return msgspec.json.encode(
            {
                "understood": len(notes.understood),
                "ignored": Counter(notes.ignored.values()),
                "not_understood": Counter(one.why for one in notes.not_understood),
                "left": notes.left,
                "handle": name_of(notes.account),
            }
        ).decode()

    def _day(self) -> date | None:
        notes, asking = self._archive.notes, self._asking
        return day_of(notes.exported, self._archive.files.parts, asking.on, asking.today)

    def _seen(self) -> tuple[Observation, ...]:
        """What was recorded before: while it is written nobody else records, so it is read now."""
        return tuple(self._store.observations.all()) if self._store else self._asking.seen

    def _together(self) -> AbstractContextManager[None]:
        return self._store.together() if self._store is not None else nullcontext()

    # The account ----------------------------------------------------------------------------------

    def _add(self, whose: Whose, store: Store) -> None:
        if whose.account and all(one.key != whose.key for one in store.own.accounts()):
            store.own.add_account(whose.account, self._now)

    def _note(self, day: date | None, store: Store) -> None:
        """One link of the chain per account, so that what answers rest on can be named."""
        before = {(it.control, it.account, it.value) for it in store.observations.all()}
        for platform, whose in self._filing.found.items():
            posts = sum(n for (key, *_), n in self._counted.items() if key == whose.key)
            on = day or self._asking.today
            one = imported(platform, whose.key, posts, self._digest, on)
            if (one.control, one.account, one.value) not in before:
                store.observations.record(one, self._now)


def handles_of(archives: Iterable[KeptArchive]) -> dict[str, set[str]]:
    """By account, how the archives that were filed there named themselves, as far as they did."""
    found: dict[str, set[str]] = {}
    for one in archives:
        said = msgspec.json.decode(one.report) if one.report else {}
        found.setdefault(one.account, set()).add(str(said.get("handle", "")))
    return found


def digest_of(files: Files) -> str:
    """The SHA-256 that names an archive: of the path, size and checksum of each of its files."""
    made = hashlib.sha256()
    for path in files.paths:
        entry = files.entries[path]
        made.update(f"{path}\0{entry.size}\0{entry.crc}\n".encode("utf-8", "surrogatepass"))
    return made.hexdigest()
