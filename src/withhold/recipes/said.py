"""One thing said to a person, with the words of the page that stand in it and how sure they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from withhold.catalog.step_words import StepSentences
from withhold.facts import Text
from withhold.steps import MenuWords, State, Target, Words

Part = Literal["step", "finished", "undo"]
Do = Literal["open", "go", "press", "set", "choose", "wait", "you", "send", "look"]


class Labelled(Struct, frozen=True, kw_only=True):
    """The words of a target in one language, and whether a source shows them."""

    text: str
    lang: str
    seen: bool


def label(target: Target, lang: str) -> Labelled:
    """The words to look for in ``lang``; English ones where that language is not known."""
    names = target.names
    for one in (lang, "en", *names):
        if names.get(one):
            return Labelled(text=names[one][0], lang=one, seen=one in target.seen)
    return Labelled(text="", lang=lang, seen=False)


class Line(Struct, frozen=True, kw_only=True):
    """A sentence with what belongs to it. ``part``: a step, what it looks like when it is done, or
    how it is undone. ``lang`` is another language than asked for where nobody translated it."""

    part: Part
    do: Do
    text: str
    lang: str
    url: str = ""
    labels: tuple[Labelled, ...] = ()
    more: tuple[str, ...] = ()
    """Where it stands on the page, and why."""
    remarks: tuple[str, ...] = ()
    """What is not sure about its words."""


class Speech(Struct, frozen=True, kw_only=True):
    """Who is spoken to: sentences in ``lang``, words of the page in ``menu_lang``."""

    say: StepSentences
    lang: str
    menu_lang: str
    menu: MenuWords

    def remarks(self, *words: Labelled) -> tuple[str, ...]:
        """What has to be said of each: nobody checked it, or it is of another language."""
        found = []
        for one in words:
            if not one.lang:
                found.append(self.say.nameless.format(label=one.text))
                continue
            if one.lang != self.menu_lang:
                names = {"lang": self._name(one.lang), "menu": self._name(self.menu_lang)}
                found.append(self.say.other_language.format(label=one.text, **names))
            if not one.seen:
                found.append(self.say.guessed.format(label=one.text))
        return tuple(dict.fromkeys(found))

    def _name(self, lang: str) -> str:
        return self.say.languages.get(lang, lang)

    def name_of(self, target: Target, key: str) -> Labelled:
        """What a target is called on the page; our own name for it where nobody wrote it down."""
        found = label(target, self.menu_lang)
        if not found.text:
            return Labelled(text=key, lang="", seen=False)
        return Labelled(text=_read(found.text), lang=found.lang, seen=found.seen)

    def one_of(self, words: Words, target: Target) -> Labelled | None:
        """A heading, a text or an option of a target."""
        for lang in (self.menu_lang, "en", *words):
            if words.get(lang):
                return Labelled(text=_read(words[lang][0]), lang=lang, seen=lang in target.seen)
        return None

    def state(
        self, target: Target, control: State, name: Labelled | None
    ) -> tuple[str, Labelled | None]:
        """The word for a state of the control as its page shows it, and whose word it is.

        Where the name is known in another language only, the menu is taken to be in that one.
        """
        shown = control
        if target.reads == "opposite":
            shown = "off" if control == "on" else "on"
        own = self.one_of(target.words_on if shown == "on" else target.words_off, target)
        if own:
            return own.text, own
        words = self.menu.on if shown == "on" else self.menu.off
        lang = (name.lang if name else "") or self.menu_lang
        return (words.get(lang) or words["en"])[0], None

    def text(self, text: Text | Mapping[str, str]) -> tuple[str, str]:
        """A text of knowledge and its language; English where there is no other."""
        for lang in (self.lang, "en", *text):
            if text.get(lang, "").strip():
                return " ".join(text[lang].split()), lang
        return "", self.lang


def _read(word: str) -> str:
    """As a person reads it: ``...`` stands for more in a recipe."""
    return word.replace("...", "…")
