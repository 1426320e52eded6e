"""Says a recipe to a person: its ``show`` block in words, what the page looks like when it is done,
and how it is undone. Nothing here presses anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from withhold.catalog.safe import walked
from withhold.catalog.step_words import StepWords
from withhold.facts import Control
from withhold.recipes.said import Do, Labelled, Line, Speech
from withhold.steps import (
    AnyStep,
    Choose,
    Expect,
    Human,
    MenuWords,
    Open,
    Press,
    Recipe,
    Set,
    State,
    Target,
)

REQUESTS = ("form", "email")


def explain(
    recipe: Recipe,
    control: Control,
    lang: str,
    menu_lang: str,
    words: StepWords,
    menu: MenuWords,
) -> tuple[Line, ...]:
    """The steps in ``lang``, with the words of the page in ``menu_lang``, one line each.

    ``menu_lang`` is the language of the account's menus. Words that are not known in it stand in
    English and say so; words that no source shows say so too, each.
    """
    speech = Speech(say=words.of(lang), lang=lang, menu_lang=menu_lang, menu=menu)
    said = _Recipe(recipe, control, speech)
    return (*said.steps(), said.finished(), said.undone())


class _Recipe:
    def __init__(self, recipe: Recipe, control: Control, speech: Speech) -> None:
        self._recipe, self._control, self._speech = recipe, control, speech
        self._say = speech.say

    def steps(self) -> Iterator[Line]:
        asks = "login" in self._recipe.needs
        for step in self._recipe.show:
            match step:
                case Open():
                    yield self._open(step, asks)
                    asks = False
                case Press():
                    yield self._press(step)
                case Set():
                    yield self._set(step)
                case Choose():
                    yield self._choose(step)
                case Expect():
                    yield self._expect(step)
                case Human():
                    yield self._human(step)

    def _line(self, do: Do, text: str, *words: Labelled, more: Sequence[str] = ()) -> Line:
        return Line(
            part="step",
            do=do,
            text=text,
            lang=self._speech.lang,
            labels=words,
            more=tuple(more),
            remarks=self._speech.remarks(*words),
        )

    def _open(self, step: Open, asks: bool) -> Line:
        template = self._say.open_login if asks else self._say.open
        return opened(step.url, template, self._control, self._speech)

    def _press(self, step: Press) -> Line:
        target = self._target(step.target)
        name = self._speech.name_of(target, step.target)
        template = self._say.press_save if target.act == "save" else self._say.press
        return self._line("press", template.format(label=name.text), name)

    def _set(self, step: Set) -> Line:
        target = self._target(step.target)
        name = self._speech.name_of(target, step.target)
        state, of_target = self._speech.state(target, self._wanted, name)
        more, where = self._where(target, name)
        words = [name, *([of_target] if of_target else []), *where]
        text = self._say.set.format(label=name.text, state=state)
        return self._line("set", text, *words, more=more)

    def _choose(self, step: Choose) -> Line:
        target = self._target(step.target)
        name = self._speech.name_of(target, step.target)
        option = self._option(step, target)
        more, where = self._where(target, name)
        text = self._say.choose.format(label=name.text, option=option.text)
        return self._line("choose", text, name, option, *where, more=more)

    def _expect(self, step: Expect) -> Line:
        for sign in self._recipe.sign.get(step.sign, ()):
            if sign.target in self._recipe.target:
                name = self._speech.name_of(self._target(sign.target), sign.target)
                return self._line("wait", self._say.expect.format(label=name.text), name)
            # a sign does not say which of its languages were seen
            found = self._speech.one_of(sign.heading or sign.text, Target(role=["text"]))
            if found:
                return self._line("wait", self._say.expect.format(label=found.text), found)
        return self._line("wait", self._say.expect_page)

    def _human(self, step: Human) -> Line:
        text, lang = self._speech.text(step.what)
        why, _ = self._speech.text(step.why)
        return Line(
            part="step",
            do="you",
            text=text,
            lang=lang,
            more=(why,) if why else (),
            remarks=() if lang == self._speech.lang else (self._say.untranslated,),
        )

    # What a page shows -------------------------------------------------------------------------

    @property
    def _wanted(self) -> State:
        return "on" if self._recipe.want == "on" else "off"

    def _target(self, name: str) -> Target:
        return self._recipe.target.get(name, Target(role=["text"]))

    def _option(self, step: Choose, target: Target) -> Labelled:
        found = self._speech.one_of(step.option, target)
        return found or Labelled(text=step.target, lang="", seen=False)

    def _where(self, target: Target, name: Labelled) -> tuple[list[str], list[Labelled]]:
        """Where it stands, and the words of that."""
        more, words = [], []
        for template, anchor in (
            (self._say.under, target.heading),
            (self._say.beside, target.near),
        ):
            found = self._speech.one_of(anchor, target)
            if found and found.text != name.text:
                more.append(template.format(label=found.text))
                words.append(found)
        return more, words

    def _last_set(self, *blocks: Sequence[AnyStep]) -> Set | Choose | None:
        for block in blocks:
            found = [one for one in walked(block) if isinstance(one, Set | Choose)]
            if found:
                return found[-1]
        return None

    # The end and the way back ------------------------------------------------------------------

    def finished(self) -> Line:
        """How the page looks when it is done; a click alone is not the result."""
        last = self._last_set(self._recipe.show, self._recipe.set)
        if last is None:
            sent = self._control.kind in REQUESTS
            text = self._say.finished_sent if sent else self._say.finished_other
        else:
            target = self._target(last.target)
            name = self._speech.name_of(target, last.target)
            state = (
                self._speech.state(target, self._wanted, name)[0]
                if isinstance(last, Set)
                else self._option(last, target).text
            )
            text = self._say.finished.format(label=name.text, state=state)
        return Line(part="finished", do="look", text=text, lang=self._speech.lang)

    def undone(self) -> Line:
        """How it is put back, or why it cannot be."""
        why, lang = self._speech.text(self._recipe.undo_not)
        if why:
            remarks = () if lang == self._speech.lang else (self._say.untranslated,)
            text = self._say.undo_not.format(why=why)
            return Line(part="undo", do="look", text=text, lang=self._speech.lang, remarks=remarks)
        last = self._last_set(self._recipe.undo)
        if last is None:
            return undo_by(self._control, self._speech)
        name = self._speech.name_of(self._target(last.target), last.target)
        text = self._say.undo_back.format(label=name.text)
        return Line(part="undo", do="set", text=text, lang=self._speech.lang)


def opened(url: str, template: str, control: Control, speech: Speech) -> Line:
    """An address to open; says so where it is the control's and no source shows it."""
    guessed = url == control.url and not control.url_seen
    remarks = (speech.say.address_guessed,) if guessed else ()
    text = template.format(url=url)
    return Line(part="step", do="open", text=text, lang=speech.lang, url=url, remarks=remarks)


def undo_by(control: Control, speech: Speech) -> Line:
    """The way back as far as the control itself says it."""
    say = speech.say
    same = say.undo_sent if control.kind in REQUESTS else say.undo_same
    text = {"yes": same, "no": say.undo_no}.get(control.undo, say.undo_unknown)
    return Line(part="undo", do="look", text=text, lang=speech.lang)
