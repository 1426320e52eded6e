"""Dropped archives taken in, each as a whole or not at all, then looked through: a job's work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

from msgspec import Struct

from withhold.errors import BadInput, WithholdError
from withhold.exports.opened import Archive, open_archive
from withhold.exports.part_names import grouped
from withhold.faces.cli.setting import Setting
from withhold.faces.report.archives import Words, lines, number_text, words_of
from withhold.faces.report.exposure_said import named
from withhold.faces.report.plain import printable
from withhold.faces.web.desk import Desk
from withhold.faces.web.jobs import Job, Stopped
from withhold.faces.web.words import told_here
from withhold.faces.web.words import words_of as web_words
from withhold.keep import Store
from withhold.verbs.archive_asking import asking, filing
from withhold.verbs.import_archive import Imported, import_archive
from withhold.words import Account


class Dropped(Struct, frozen=True, kw_only=True):
    """What was dropped, and what the owner said of it. ``new``: the name of a new account."""

    paths: tuple[Path, ...]
    account: str = ""
    new: str = ""
    others: bool = False
    on: date | None = None
    lang: str = "en"


def work(job: Job, desk: Desk, dropped: Dropped) -> list[str]:
    """What came out, as sentences.

    Raises WithholdError where nothing came out, Stopped where the owner stopped it before.
    """
    return _Work(job, desk, dropped).run()


class _Work:
    def __init__(self, job: Job, desk: Desk, dropped: Dropped) -> None:
        self._job, self._desk, self._dropped = job, desk, dropped
        self._setting: Setting = desk.setting(dropped.lang)
        self._words: Words = words_of(dropped.lang)
        self._t = web_words("posts", dropped.lang)
        self._said: list[str] = []
        self._done: list[Imported] = []

    def run(self) -> list[str]:
        failed: WithholdError | None = None
        for parts in grouped(list(self._dropped.paths)):
            names = printable(", ".join(one.name for one in parts))
            try:
                with open_archive(*parts) as archive:
                    self._take(archive, names)
            except Stopped:
                if not self._done:
                    raise
                self._said.append(self._words["stopped"].format(files=names))
                return self._said
            except WithholdError as why:
                failed = why.with_traceback(None)  # which would hold the files open
                self._said.append(told_here(why, ". "))
        if not self._done and failed:
            raise failed
        if any(one.posts for one in self._done):
            self._said += self._search()
        return self._said

    def _take(self, archive: Archive, names: str) -> None:
        def said(number: int) -> None:
            text = self._words["reading"].format(file=names, n=number_text(self._words, number))
            self._job.told(number, doing=text)

        said(0)
        knowledge, setting, dropped = self._desk.knowledge, self._setting, self._dropped
        with ExitStack() as stack:
            store = stack.enter_context(self._desk.writing())
            named, more = self._named(archive, store)
            needed = asking(knowledge, store, setting.today, on=dropped.on, others=dropped.others)
            if more:
                stack.enter_context(store.together())
                for account in more:
                    store.own.add_account(account, setting.now())
            filed = filing(knowledge, store, named, self._which)
            done = import_archive(archive, filed, needed, store, setting.now(), said)
        self._done.append(done)
        platforms = ", ".join(
            dict.fromkeys(self._platform(who.key.partition(":")[0]) for who in done.accounts)
        )
        whose = platforms or self._platform(done.platform)
        self._said += [line.text for line in lines(done, self._words, whose)]
        if not done.anything:
            self._said += [self._words["nothing"].format(files=names), self._t["nothing_tip"]]

    def _named(self, archive: Archive, store: Store) -> tuple[dict[str, str], list[Account]]:
        """The account that the owner chose, by platform, and one that is to be added.

        Raises BadInput where the archive is of another platform than the account.
        """
        chosen, name, platform = self._dropped.account, self._dropped.new, archive.platform
        if chosen and chosen.partition(":")[0] != platform:
            gaps = {
                "files": printable(", ".join(archive.files.parts)),
                "platform": self._platform(platform),
                "account": printable(named(chosen, self._setting.speaker(self._desk.knowledge))),
            }
            raise BadInput(self._t["elsewhere"].format(**gaps), self._t["elsewhere_tip"])
        if chosen:
            return {platform: chosen}, []
        if not name:
            return {}, []
        new = Account(platform=platform, name=name)
        there = [one.key for one in store.own.accounts()]
        known = platform in self._desk.knowledge.platforms
        return {platform: new.key}, [new] if known and new.key not in there else []

    def _which(self, platform: str, handle: str, keys: list[str]) -> str:
        """Between several accounts nothing is guessed. Raises BadInput."""
        listed = ", ".join(keys)
        gaps = {"platform": self._platform(platform), "handle": handle or "?", "keys": listed}
        raise BadInput(self._t["which"].format(**gaps), self._t["which_tip"])

    def _platform(self, slug: str) -> str:
        known = self._desk.knowledge.platforms.get(slug)
        return known.name if known else self._words.get(f"platform_{slug}", slug)

    def _search(self) -> Iterator[str]:
        """What the posts give away; it can be stopped, and goes on with the next archive."""
        try:
            from withhold.verbs.search_posts import left_to_search, looking, search_posts
        except ModuleNotFoundError as gone:  # what was taken in is kept without
            yield self._t["no_search"].format(name=gone.name)
            return
        words = self._words
        with Store.open(self._desk.home) as store:  # a batch at a time: forms get in between
            left = left_to_search(store)

            def said(number: int) -> None:
                gaps = {"n": number_text(words, number), "of": number_text(words, left)}
                self._job.told(number, left, words["searching"].format(**gaps))

            try:
                said(0)
                look = looking(self._desk.root, self._setting.owner.place)
                done = search_posts(store, look, said)
            except Stopped:
                still = number_text(words, left_to_search(store))
                yield words["stopped_searching"].format(n=still)
                yield self._t["stopped_searching_tip"]
                return
        if done:
            yield words["searched"].format(n=number_text(words, done))
