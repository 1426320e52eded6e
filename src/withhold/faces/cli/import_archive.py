"""``withhold import`` of archives: whose they are, how far the reading is, and how it can stop."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

import click

from withhold.catalog import find
from withhold.errors import BadInput, MissingExtra, WithholdError
from withhold.exports.opened import Archive, open_archive
from withhold.exports.part_names import grouped
from withhold.faces.cli.setting import Setting, parse_day
from withhold.faces.report.archives import document, lines, number_text, words_of
from withhold.faces.report.plain import printable
from withhold.keep import Store
from withhold.verbs.archive_asking import asking, filing
from withhold.verbs.import_archive import Imported, import_archive

if TYPE_CHECKING:
    from rich.progress import Progress

Said = Callable[[int], None]


def import_archives(
    names: tuple[str, ...],
    setting: Setting,
    *,
    accounts: tuple[str, ...],
    platform: str,
    others: bool,
    day: str,
    dry_run: bool,
    form: str,
) -> None:
    """Recognises all of them, then takes in one after the other, each as a whole or not at all."""
    run = _Run(setting, accounts, others=others, day=day, dry=dry_run, ask=form == "text")
    only = find.platform_named(setting.root, platform) or platform.strip().lower()
    with ExitStack() as stack:
        archives = [
            stack.enter_context(open_archive(*parts, platform=only))
            for parts in grouped([_called(Path(name)) for name in names])
        ]
        run.must_fit(archives)
        done = [run.take(one) for one in archives]
    searched = run.search() if any(one.written for one in done) else 0
    if form == "json":
        made = document(done, run.words, dry_run=dry_run, searched=searched)
        click.echo(json.dumps(made, ensure_ascii=False, indent=2))
    else:
        run.show(done, searched)
    for one in done:
        if not one.anything:
            files = printable(", ".join(one.files))
            raise BadInput(run.words["nothing"].format(files=files), run.words["nothing_tip"])


def _called(path: Path) -> Path:
    """The same with a name, which ``.`` and ``..`` have not."""
    return path if path.name not in ("", "..") else path.resolve()


class _Run:
    """One call: the owner as each archive leaves them."""

    def __init__(
        self,
        setting: Setting,
        accounts: tuple[str, ...],
        *,
        others: bool,
        day: str,
        dry: bool,
        ask: bool,
    ) -> None:
        self._setting, self._others, self._dry = setting, others, dry
        self._ask = ask and setting.interactive
        self.words = words_of(setting.lang)
        self._on = parse_day(day, setting.today, "--on") if day else None
        self._named = dict(_named(setting, accounts))
        self._knowledge = setting.knowledge(None, crawlers=False)
        self._progress: Progress | None = None

    def must_fit(self, archives: list[Archive]) -> None:
        """Raises BadInput for accounts of none of these platforms; one of them may bring another's
        posts along."""
        found = {one.platform for one in archives}
        if self._named and not found & set(self._named):
            raise BadInput(
                f"--account {' '.join(self._named.values())}: the archive is of "
                f"{' and '.join(sorted(found))}",
                "name an account of that platform, or leave it out",
            )

    def take(self, archive: Archive) -> Imported:
        """Takes one in. Raises WithholdError when the owner stops it: then nothing is kept."""
        files = printable(", ".join(archive.files.parts))
        try:
            with ExitStack() as stack:
                store = self._store(stack)
                choose = self._choose if self._ask else None
                filed = filing(self._knowledge, store, self._named, choose)
                said = stack.enter_context(self._reading(files))
                needed = asking(
                    self._knowledge,
                    store,
                    self._setting.today,
                    on=self._on,
                    others=self._others,
                    dry=self._dry,
                )
                return import_archive(archive, filed, needed, store, self._setting.now(), said)
        except (KeyboardInterrupt, click.Abort):
            raise WithholdError(
                self.words["stopped"].format(files=files), self.words["stopped_tip"]
            ) from None

    def search(self) -> int:
        """What the posts give away. Raises WithholdError when the owner stops it."""
        try:
            from withhold.verbs.search_posts import left_to_search, looking, search_posts
        except ModuleNotFoundError as gone:
            raise MissingExtra(
                f"{gone.name} is not installed, which finds what posts give away; they are kept",
                'pip install "withhold[archives]"; then import the archive once more',
            ) from gone
        with Store.open(self._setting.home) as store:
            left = left_to_search(store)
            if not left:
                return 0
            try:
                look = looking(self._setting.root, self._setting.owner.place)
                with self._searching(left) as said:
                    return search_posts(store, look, said)
            except KeyboardInterrupt:
                still = number_text(self.words, left_to_search(store))
                words = self.words["stopped_searching"].format(n=still)
                raise WithholdError(words, self.words["stopped_searching_tip"]) from None

    def show(self, done: list[Imported], searched: int) -> None:
        """What was understood and what was not, archive by archive."""
        from withhold.faces.cli.show import Paper

        out = Paper()
        if self._dry:
            out.put(self.words["dry_run"], style="bold")
        for one in done:
            for line in lines(one, self.words, self._platforms(one)):
                out.put(line.text, line.indent, line.style, line.head)
        out.put()
        if searched:
            out.put(self.words["searched"].format(n=number_text(self.words, searched)))
        if not self._dry and any(one.posts for one in done):
            out.put(self.words["next"])
            told = ("new", "only", "posts-only")
            new = [who.key for one in done for who in one.accounts if who.how in told]
            for key in dict.fromkeys(new):
                out.put(self.words["undo"].format(key=quote(key)))

    # ----------------------------------------------------------------------------------------------

    def _store(self, stack: ExitStack) -> Store | None:
        home = self._setting.home
        if not self._dry:
            return stack.enter_context(Store.open(home))
        return stack.enter_context(Store.read(home)) if Store.exists(home) else None

    def _platforms(self, one: Imported) -> str:
        """Of which platforms its posts are; else whose archive it is."""
        slugs = dict.fromkeys(who.key.partition(":")[0] for who in one.accounts)
        return ", ".join(self._platform(slug) for slug in slugs or (one.platform,))

    def _platform(self, slug: str) -> str:
        known = self._knowledge.platforms.get(slug)
        return known.name if known else self.words.get(f"platform_{slug}", slug)

    def _choose(self, platform: str, handle: str, keys: list[str]) -> str:
        """Asks on the terminal; the number or the key is typed."""
        if self._progress:
            self._progress.stop()
        words = self.words["ask_account_handle" if handle else "ask_account"]
        listed = ", ".join(f"{number}. {key}" for number, key in enumerate(keys, 1))
        asked = words.format(
            platform=self._platform(platform), handle=printable(handle), keys=printable(listed)
        )
        said = str(click.prompt(asked, default="", show_default=False)).strip()
        if said.isdigit() and 1 <= int(said) <= len(keys):
            return keys[int(said) - 1]
        return said

    # How far it is --------------------------------------------------------------------------------

    @contextmanager
    def _reading(self, files: str) -> Iterator[Said | None]:
        with self._bar() as bar:
            if bar is None:
                yield None
                return
            task = bar.add_task("", total=None)

            def said(number: int) -> None:
                text = self.words["reading"].format(file=files, n=number_text(self.words, number))
                bar.update(task, description=text)

            said(0)
            bar.refresh()
            yield said

    @contextmanager
    def _searching(self, of: int) -> Iterator[Said | None]:
        with self._bar() as bar:
            if bar is None:
                yield None
                return
            task = bar.add_task("", total=of)

            def said(number: int) -> None:
                text = self.words["searching"].format(
                    n=number_text(self.words, number), of=number_text(self.words, of)
                )
                bar.update(task, completed=number, description=text)

            said(0)
            bar.refresh()
            yield said

    @contextmanager
    def _bar(self) -> Iterator[Progress | None]:
        """On a terminal only, on stderr, and gone when it is done."""
        if not sys.stderr.isatty():
            yield None
            return
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            self._progress = bar
            yield bar
        self._progress = None


def _named(setting: Setting, accounts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for key in accounts:
        slug, _, name = key.partition(":")
        slug = find.platform_named(setting.root, slug) or slug.strip().lower()
        yield slug, f"{slug}:{name}" if name else slug
