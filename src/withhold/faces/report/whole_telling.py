"""What every section of a report is told with: the words, the speaker, and what is left out.

A report is made to be given away. So no path of this machine is in it, and without names of
accounts each is called by its number.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import tomli
from msgspec import Struct
from msgspec.structs import replace

from withhold.faces.report import exposure_said, offers, watched_told
from withhold.faces.report.rows import Speaker
from withhold.faces.report.watched_differences import account_name
from withhold.verbs.check_posts import Exposure
from withhold.verbs.whole import OfSite, Whole, accounts_named
from withhold.verdict import Reason

Words = Mapping[str, str]


class Options(Struct, frozen=True, kw_only=True):
    """What goes in. ``posts``: how they stand, counted; ``excerpts``: the most revealing ones."""

    posts: bool = True
    excerpts: bool = False
    names: bool = True


def words_of(lang: str) -> dict[str, str]:
    """The words of reports."""
    path = Path(__file__).parents[1] / "phrases" / f"report.{lang}.toml"
    return tomli.loads(path.read_text(encoding="utf-8"))


class Telling(Struct, frozen=True, kw_only=True):
    """Everything with what is needed to say it. ``shown``: key of an account -> as it is told."""

    whole: Whole
    speaker: Speaker
    phrases: Words
    words: Words
    options: Options
    shown: Mapping[str, str]
    draws: bool = True
    """Whether pictures are drawn; Markdown has their tables."""

    @property
    def lang(self) -> str:
        """The language that is spoken."""
        return self.speaker.sentences.lang

    @property
    def place(self) -> str:
        """The name of the place that is asked for."""
        asking = self.whole.asking
        return asking.knowledge.places.name(asking.place, self.lang)

    def of(self, key: str, n: int, **gaps: object) -> str:
        """A sentence of so many, or of one."""
        return self.words[f"{key}_one" if n == 1 else key].format(n=self.n(n), **gaps)

    def n(self, number: int) -> str:
        """A number with the language's mark for thousands."""
        return f"{number:,}".replace(",", self.words["thousands"])

    def account(self, key: str) -> str:
        """``Tumblr (paintings)``, or ``Tumblr (account 2)`` where names are left out."""
        return account_name(self.shown.get(key, key), self.speaker)

    def clean(self, text: str) -> str:
        """A text without the folders of this machine."""
        for folder in _folders(self.whole):
            text = text.replace(f"{folder}/", "").replace(folder, self.words["the_folder"])
        return text

    def inside(self, one: OfSite) -> OfSite:
        """A site with its files named as they lie in its folder, wherever that is."""
        return replace(
            one,
            verdicts=tuple(
                replace(
                    verdict,
                    reasons=tuple(map(self._inside, verdict.reasons)),
                    practices=tuple(
                        replace(each, reasons=tuple(map(self._inside, each.reasons)))
                        for each in verdict.practices
                    ),
                )
                for verdict in one.verdicts
            ),
            conflicts=tuple(
                replace(
                    each,
                    place=self.clean(each.place),
                    text=self.clean(each.text),
                    facts={name: self.clean(said) for name, said in each.facts.items()},
                )
                for each in one.conflicts
            ),
            files=tuple(map(self.clean, one.files)),
        )

    def _inside(self, why: Reason) -> Reason:
        facts = {
            name: self.clean(said) if isinstance(said, str) else said
            for name, said in why.facts.items()
        }
        return replace(why, facts=facts, rests_on=self.clean(why.rests_on))

    def round(self) -> watched_told.Teller:
        """What changed, with its words."""
        return watched_told.Teller(
            found=self.whole.round,
            speaker=self.speaker,
            words=watched_told.words_of(self.lang),
            short=self.phrases,
        )

    def letters(self) -> Words:
        """The words of letters and cases."""
        return offers.words_of(self.lang)

    def exposure(self) -> exposure_said.Told | None:
        """How posts stand, with its words; None where none are told of."""
        found = self.whole.posts
        if found is None:
            return None
        return exposure_said.Told(
            exposure=found if self.options.names else _unnamed(found, self.shown),
            speaker=self.speaker,
            words=exposure_said.words_of(self.lang),
            phrases=self.phrases,
            where=self.place,
            when=self.whole.asking.when,
            to_search=self.whole.left,
        )


def telling(whole: Whole, speaker: Speaker, phrases: Words, options: Options) -> Telling:
    """With the words of the speaker's language."""
    words = words_of(speaker.sentences.lang)
    shown: dict[str, str] = {}
    if not options.names:
        count: dict[str, int] = {}
        for key in accounts_named(whole):
            platform, _, name = key.partition(":")
            if name:
                count[platform] = count.get(platform, 0) + 1
                shown[key] = f"{platform}:{words['unnamed'].format(n=count[platform])}"
    return Telling(
        whole=whole,
        speaker=speaker,
        phrases=phrases,
        words=words,
        options=options,
        shown=shown,
    )


def _unnamed(found: Exposure, shown: Mapping[str, str]) -> Exposure:
    """The same with each account by its number, and without a post of them."""
    return replace(
        found,
        stands=tuple(
            replace(one, posts=one.posts._replace(account=shown.get(account, account)))
            for one in found.stands
            for account in (one.posts.account,)
        ),
        most=(),
    )


def _folders(whole: Whole) -> list[str]:
    """The longest first: one may lie in another."""
    found = {one.site.folder.rstrip("/") for one in whole.sites if one.site.folder.strip("/")}
    return sorted(found, key=lambda one: (-len(one), one))
