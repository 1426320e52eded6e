"""What every view needs of this owner, and what is kept between two requests.

Knowledge is read once. What was made of the store is kept until the store changes; what takes
long is made in the background, and a page says meanwhile that it is being counted. One writer.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from withhold.catalog.load import Knowledge
from withhold.catalog.places import Places
from withhold.catalog.sentences import Sentences
from withhold.errors import NothingToCheck, StoreTrouble
from withhold.faces.cli.setting import Setting
from withhold.faces.guide.edition import Edition
from withhold.faces.web import wiping
from withhold.faces.web.jobs import Jobs
from withhold.faces.web.render import pages_of
from withhold.faces.web.views import Upload
from withhold.faces.web.words import Words, words_of
from withhold.keep import Store

T = TypeVar("T")
_KEPT_AT_MOST = 200
_EDITIONS_AT_MOST = 4
_WAIT = 5.0
"""Seconds that a page waits for another that writes: an import may take minutes."""
_TYPED_AT_MOST = 50


class DeskSetting(Setting):
    """The setting of one request: its language and day; knowledge comes from the desk."""

    def __init__(self, desk: Desk, lang: str, place: str = "", when: str = "") -> None:
        super().__init__(place=place, when=when, lang=lang)
        self._desk = desk

    @cached_property
    def home(self) -> Path:
        """The home that the desk serves."""
        return self._desk.home

    def knowledge(self, platforms: Iterable[str] | None, *, crawlers: bool) -> Knowledge:
        """All that is known: it is read once for all requests."""
        return self._desk.knowledge

    @cached_property
    def sentences(self) -> Sentences:
        """Read once for all requests."""
        return self._desk.edition(self.lang, self.when).sentences

    @cached_property
    def places(self) -> Places:
        """Read once for all requests."""
        return self._desk.knowledge.places

    @cached_property
    def phrases(self) -> dict[str, str]:
        """Read once for all requests."""
        return dict(self._desk.edition(self.lang, self.when).phrases)


class Desk:
    """One owner's home, served. ``lang``: said when the server was started; else the owner's."""

    def __init__(self, home: Path, lang: str = "") -> None:
        self.home, self.lang = home, lang
        self.jobs = Jobs()
        self.flashes: dict[str, Any] = {}
        """Session -> what stands once on top of its next page (``Go``)."""
        self.typed: dict[str, Mapping[str, str]] = {}
        """What was typed in forms that are not finished, by a word of its own; never on disk."""
        self.end: Callable[[], None] | None = None
        """Ends the server from one of its pages; None where it is ended in a terminal."""
        self.idle = 0.0
        """Seconds without a request after which it ends by itself; 0 = never."""
        self._writer = threading.RLock()
        self._lock = threading.Lock()
        self._quiet = threading.Condition()
        self._pages = 0
        self._kept: dict[tuple[Any, ...], Any] = {}
        self._making: set[tuple[Any, ...]] = set()
        self._forgotten = 0
        """How often something was: what was begun before is not kept."""
        self._editions: dict[tuple[str, date], Edition] = {}
        self._taken: set[Path] = set()

    @cached_property
    def root(self) -> Path:
        """The folder of knowledge."""
        return Setting().root

    @cached_property
    def knowledge(self) -> Knowledge:
        """All that is known."""
        return Setting().knowledge(None, crawlers=True)

    def setting(self, lang: str = "", when: str = "") -> Setting:
        """For one request."""
        return DeskSetting(self, lang or self.lang, when=when)

    def edition(self, lang: str, when: date) -> Edition:
        """The guide's words, dates and templates in one language for one day."""
        with self._lock:
            found = self._editions.get((lang, when))
            if found is None:
                while len(self._editions) >= _EDITIONS_AT_MOST:
                    del self._editions[next(iter(self._editions))]
                found = self._editions[lang, when] = Edition(lang, when, self.knowledge, self.root)
        return found

    def make_ready(self) -> None:
        """Reads what every page needs, so that the first one need not wait for it."""
        setting = self.setting()
        pages_of(self.edition(setting.lang, setting.when))

    @contextmanager
    def answering(self) -> Iterator[None]:
        """While a page is written."""
        with self._quiet:
            self._pages += 1
        try:
            yield
        finally:
            with self._quiet:
                self._pages -= 1
                self._quiet.notify_all()

    def wait_for_pages(self, seconds: float) -> None:
        """Until no page is being written, or for so many seconds: for what may wait."""
        with self._quiet:
            self._quiet.wait_for(lambda: not self._pages, seconds)

    # The store ------------------------------------------------------------------------------------

    def exists(self) -> bool:
        """Whether anything was written down yet."""
        return Store.exists(self.home)

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """The store, for reading. Raises NothingToCheck where there is none yet."""
        if not self.exists():
            words = self._words()
            raise NothingToCheck(words["no_store"], words["no_store_tip"])
        with Store.read(self.home) as store:
            yield store

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """The store, for writing: one view or job after the other.

        What was forgotten in a large file is wiped by a job. Raises StoreTrouble where another
        one writes for long, as an import does.
        """
        with self.alone(), Store.open(self.home, puts_off=True) as store:
            yield store
            due = store.wipe_is_due
        if due:
            wiping.begin(self)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While nobody else writes: for what opens the store by itself. Raises StoreTrouble."""
        if not self._writer.acquire(timeout=_WAIT):
            words = self._words()
            raise StoreTrouble(words["busy"], words["busy_tip"])
        try:
            yield
        finally:
            self._writer.release()

    def _words(self) -> Words:
        return words_of("frame", self.setting().lang)

    @contextmanager
    def forgetting(self) -> Iterator[Store]:
        """The same for what forgets: nothing that was made of the store before is shown again."""
        with self.writing() as store:
            yield store
        self.forget_made()

    def forget_made(self) -> None:
        """What was made of the store is gone, also what is being made of it now."""
        with self._lock:
            self._kept.clear()
            self._forgotten += 1

    def forget(self) -> None:
        """Nothing of the owner's is left in memory: when everything was forgotten."""
        self.forget_made()
        with self._lock:
            for kept in (self.typed, self.flashes):
                kept.clear()
        self.jobs.forget()

    def stamp(self) -> tuple[int, ...]:
        """Differs after every write, of this process or another."""
        return Store.stamp(self.home)

    # Kept between requests ------------------------------------------------------------------------

    def kept(self, setting: Setting, name: str, make: Callable[[], T], *about: object) -> T:
        """What ``make`` gives; kept until the store changes, the day ends or others need the room.

        ``about``: what else it depends on. Made anew for each language.
        """
        key = self._key(setting, name, about)
        with self._lock:
            if key in self._kept:
                return self._kept[key]  # type: ignore[no-any-return]
            forgotten = self._forgotten
        made = make()
        with self._lock:
            self._keep(key, made, forgotten)
        return made

    def later(
        self, setting: Setting, name: str, make: Callable[[], T], *about: object
    ) -> tuple[T | None, bool]:
        """The same for what takes long: made in a thread of its own, once.

        What there is, and whether it is up to date. Until the first is made it is None; after the
        store has changed it is the one before, meanwhile. What ``make`` raises is raised here.
        """
        key = self._key(setting, name, about)
        with self._lock:
            found = self._kept.get(key)
            if key not in self._kept and key[1:] not in self._making:
                self._making.add(key[1:])  # of two moments one after the other, never both
                about_it = (key, make, self._forgotten)
                threading.Thread(target=self._make, args=about_it, daemon=True).start()
            if key not in self._kept:
                last = self._kept.get(("last", *key[1:]))
                return (last, False)
            if isinstance(found, BaseException):
                del self._kept[key]  # told once: it may have passed
        if isinstance(found, BaseException):
            raise found
        return found, True

    def _make(self, key: tuple[Any, ...], make: Callable[[], object], forgotten: int) -> None:
        try:
            made: object = make()
        except Exception as why:  # raised again for whoever asks
            made = why
        except BaseException as why:  # a library in Rust panics so: no page is to wait for ever
            made = RuntimeError(f"{type(why).__name__}: {why}")
        with self._lock:
            if self._keep(key, made, forgotten) and not isinstance(made, BaseException):
                self._kept["last", *key[1:]] = made
            self._making.discard(key[1:])

    def _key(self, setting: Setting, name: str, about: tuple[object, ...]) -> tuple[Any, ...]:
        return (self.stamp(), name, setting.lang, setting.when, *about)

    def _keep(self, key: tuple[Any, ...], made: object, forgotten: int) -> bool:
        """Whether it is kept; not what was begun before something was forgotten."""
        if forgotten != self._forgotten:
            return False
        old = [one for one in self._kept if one[0] not in (key[0], "last")]
        for one in old if len(self._kept) < _KEPT_AT_MOST else list(self._kept):
            del self._kept[one]
        self._kept[key] = made
        return True

    # Forms that are not finished -----------------------------------------------------------------

    def put_by(self, fields: Mapping[str, str]) -> str:
        """Keeps what was typed for a page that shows it before it is done; the word to find it."""
        word = secrets.token_urlsafe(9)
        with self._lock:
            for old in list(self.typed)[:-_TYPED_AT_MOST]:
                del self.typed[old]
            self.typed[word] = dict(fields)
        return word

    # Uploads --------------------------------------------------------------------------------------

    def keep_upload(self, upload: Upload) -> Path:
        """A view takes a file over: whoever took it deletes it."""
        self._taken.add(upload.path)
        return upload.path

    def was_taken(self, upload: Upload) -> bool:
        """Whether a view took it over."""
        return upload.path in self._taken
