"""One language of the guide: its sentences, its dates and numbers, its templates.

The frame's own words are gettext messages: English in the templates, other languages in
``locale/*.po``, so that a translator needs no programmer. Sentences about facts come from
``knowledge/``.
"""

from __future__ import annotations

import gettext
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli
from markupsafe import Markup, escape
from msgspec.structs import replace

from withhold.catalog.load import Knowledge
from withhold.catalog.places import WORLD
from withhold.catalog.sentences import load_sentences
from withhold.errors import MissingExtra
from withhold.faces.guide import addresses, days
from withhold.faces.guide.wording import Wording, wording
from withhold.faces.report import plans
from withhold.faces.report.changes import sentence
from withhold.faces.report.rows import Speaker
from withhold.facts import Control, Practice, Source
from withhold.law_facts import Law
from withhold.verbs.changes import Change
from withhold.verbs.plan import PlanStep
from withhold.verdict import Verdict

if TYPE_CHECKING:
    from babel import Locale
    from jinja2 import Environment

HERE = files("withhold.faces.guide")
FOLDERS = {"en": "", "de": "deutsch/"}
"""Language -> the folder its pages stand in. Two letters are taken: ``de/`` is Germany."""
NATIVE = {"en": "English", "de": "Deutsch"}
_CODE = re.compile(r"`([^`]+)`")


class Edition:
    """The guide in one language, for one day: what every page of it is written with."""

    def __init__(
        self, lang: str, when: date, knowledge: Knowledge, root: Path, url: str = "", to: str = ""
    ) -> None:
        self.lang, self.when, self.knowledge = lang, when, knowledge
        self.url, self.report_to = url, to
        self.sentences = load_sentences(root, lang)
        self.speaker = Speaker(knowledge, self.sentences)
        words = Path(str(HERE)).parent / "phrases" / f"{lang}.toml"
        self.phrases: Mapping[str, str] = tomli.loads(words.read_text(encoding="utf-8"))
        self.folder = FOLDERS[lang]

    @cached_property
    def translations(self) -> gettext.NullTranslations:
        """The frame's words in this language; of English the templates themselves."""
        return translations(self.lang)

    def say(self, message: str, **gaps: object) -> str:
        """A message of the frame in this language, its ``%(gaps)s`` filled."""
        said = self.translations.gettext(message)
        return said % gaps if gaps else said

    @cached_property
    def word(self) -> Wording:
        """What the closed lists are called."""
        return wording(self.say)

    @cached_property
    def nav(self) -> list[tuple[str, str]]:
        """The parts of the guide that stand on every page."""
        return [
            ("", self.say("Checklist")),
            ("platforms/", self.say("Platforms")),
            ("matrix/", self.say("All places")),
            ("changes/", self.say("Changes")),
            ("explained/", self.say("Explained")),
            ("search/", self.say("Search")),
        ]

    @cached_property
    def foot(self) -> list[tuple[str, str]]:
        """The other parts, at the foot of every page."""
        return [
            ("places/", self.say("Places")),
            ("companies/", self.say("Companies")),
            ("crawlers/", self.say("Crawlers")),
            ("signals/", self.say("Signals")),
            ("laws/", self.say("Law")),
            ("claims/", self.say("Claims")),
            ("reasons/", self.say("Reasons")),
            ("data/", self.say("Open data")),
        ]

    @cached_property
    def locale(self) -> Locale:
        """Babel's locale: names of months, separators, the direction of writing."""
        from babel import Locale

        return Locale.parse(self.lang)

    def day(self, day: date) -> str:
        """``25 November 2026``, ``25. November 2026``."""
        return days.day(day, self.lang)

    def number(self, number: float) -> str:
        """A number with the separators of the language."""
        from babel.numbers import format_decimal

        return format_decimal(number, locale=self.lang)

    def dated(self, text: str) -> Markup:
        """A text made inert for HTML, its ISO dates readable and still machine-readable."""
        return days.marked(text, self.lang)

    def time(self, day: date) -> Markup:
        """A day as a ``time`` element."""
        return Markup('<time datetime="{}">{}</time>').format(day, self.day(day))

    def plain_dates(self, text: str) -> str:
        """A text whose ISO dates are readable, for where no element can stand."""
        return days.plain(text, self.lang)

    def text(self, fact: str | Mapping[str, str]) -> str:
        """A text by language in this one, English where there is none."""
        return self.sentences.text(fact if isinstance(fact, str) else dict(fact))

    def place(self, code: str) -> str:
        """The name of a place."""
        return (
            self.say("everywhere") if code == WORLD else self.knowledge.places.name(code, self.lang)
        )

    def native(self, lang: str) -> str:
        """A language by its own name."""
        from babel import Locale, UnknownLocaleError

        try:
            return NATIVE.get(lang) or Locale.parse(lang, sep="-").get_display_name() or lang
        except (UnknownLocaleError, ValueError):
            return lang

    def spoken(self, lang: str) -> str:
        """What a language is called in this one."""
        from babel import Locale, UnknownLocaleError

        try:
            return Locale.parse(lang, sep="-").get_display_name(self.lang) or lang
        except (UnknownLocaleError, ValueError):
            return lang

    def sorted_places(self, codes: Iterable[str]) -> list[tuple[str, str]]:
        """Codes with names, in the order of the names."""
        return sorted(
            ((one, self.place(one)) for one in codes), key=lambda pair: plain_letters(pair[1])
        )

    def where(self, thing: Practice | Control | Law) -> str:
        """The places in which a fact holds, and those in which it does not."""
        named = ", ".join(self.place(code) for code in thing.places)
        left_out = getattr(thing, "not_places", ())
        if not left_out:
            return named
        others = ", ".join(self.place(code) for code in left_out)
        return self.say("%(whole)s (except %(places)s)", whole=named, places=others)

    def changed(self, change: Change, here: str = "") -> str:
        """A change as a sentence."""
        return sentence(change, self.speaker, here)

    def asked_about(self, verdict: Verdict) -> str:
        """The content of a verdict and where it stands."""
        on = verdict.site or self.speaker.platform(verdict.platform)
        return f"{on}, {self.speaker.content(verdict)}" if on else self.speaker.content(verdict)

    def quoted(self, platform: str, control: str) -> str:
        """A control by the words it carries, in quotation marks; by its id where none are known."""
        known = self.speaker.control(f"{platform}/{control}")
        label = (
            (known.label.get(self.lang) or next(iter(known.label.values()), "")) if known else ""
        )
        return self.phrases["quoted"].format(label) if label else control

    def days_before(self, sources: Mapping[str, Source], name: str) -> set[date]:
        """The days of the sources that stand before one of them."""
        names = list(sources)
        return {sources[one].seen for one in names[: names.index(name)]}

    def link(self, address: str) -> Markup:
        """A link to elsewhere; what is no web or mail address stays a text."""
        if not address.startswith(("https://", "http://", "mailto:")):
            return escape(address)
        return Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(address)

    def worded(self, step: PlanStep, menu: str) -> PlanStep:
        """A step with label and path in a language of menus, by the rule of the plan itself."""
        control = self.speaker.control(step.id.partition("@")[0])
        if control is None:
            return step
        label_lang = menu if menu in control.label else next(iter(control.label), "")
        path = control.path.get(self.path_lang(step, menu), ())
        return replace(
            step,
            label=control.label.get(label_lang, ""),
            label_lang=label_lang,
            path=tuple(path),
        )

    def path_lang(self, step: PlanStep, menu: str) -> str:
        """The language in which the path of a step is written, for a language of menus."""
        control = self.speaker.control(step.id.partition("@")[0])
        if control is None or menu in control.path:
            return menu
        return next(iter(control.path), menu)

    @cached_property
    def pages(self) -> Environment:
        """The templates, with everything that they may call."""
        try:
            import babel  # noqa: F401
        except ImportError as why:
            raise MissingExtra("the guide needs Babel", 'pip install "withhold[guide]"') from why
        from jinja2 import Environment, PackageLoader, StrictUndefined

        pages = Environment(
            loader=PackageLoader("withhold.faces.guide"),
            autoescape=True,
            extensions=["jinja2.ext.i18n"],
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        install = pages.install_gettext_translations  # type: ignore[attr-defined]
        install(self.translations, newstyle=True)
        pages.filters.update(
            upperfirst=upper_first,
            coded=coded,
            dated=self.dated,
            date=self.day,
            time=self.time,
            number=self.number,
        )
        pages.globals.update(ed=self, to=addresses, words=self.phrases, say=self.sentences)
        for one in (plans.act, plans.before, plans.effect, plans.closed_elsewhere, plans.narrowed):
            pages.globals[one.__name__] = one
        return pages

    def render(self, template: str, **values: Any) -> str:
        """A template as text."""
        return self.pages.get_template(template).render(**values)


def coded(text: str) -> Markup:
    """A text made inert for HTML, what stands in backticks as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped


def upper_first(text: Markup) -> Markup:
    """With a capital at the beginning: a phrase as a sentence. Made inert already.

    A name that has its capital further on (``xAI``) stays as it is.
    """
    first = text.partition(" ")[0]
    return text if first != first.lower() else text[:1].upper() + text[1:]


def plain_letters(text: str) -> str:
    """For sorting: without marks and case, so that Österreich stands under O."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower() or text


def translations(lang: str, folder: Traversable = HERE / "locale") -> gettext.NullTranslations:
    """The catalogue of a language; raises FileNotFoundError where there is none.

    What is marked as uncertain (``fuzzy``) is not used: English stands there instead.
    """
    if lang == "en":
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with (folder / f"{lang}.po").open("rb") as stream:
        catalogue = read_po(stream, locale=lang)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
