"""Says a control to a person for which no recipe was written: its address, its path, its words."""

from __future__ import annotations

from collections.abc import Iterator

from withhold.catalog.step_words import StepWords
from withhold.facts import Control
from withhold.recipes.explain import REQUESTS, opened, undo_by
from withhold.recipes.said import Do, Labelled, Line, Speech
from withhold.steps import MenuWords, State, Target


def explain_label(
    control: Control, lang: str, menu_lang: str, words: StepWords, menu: MenuWords
) -> tuple[Line, ...]:
    """The same lines as of a recipe, from what the file of the platform says of the control."""
    speech = Speech(say=words.of(lang), lang=lang, menu_lang=menu_lang, menu=menu)
    return (*_steps(control, speech), _finished(control, speech), undo_by(control, speech))


def _steps(control: Control, speech: Speech) -> Iterator[Line]:
    say = speech.say
    if control.url.startswith(("https://", "http://")):
        template = say.open_login if "login" in control.needs else say.open
        yield opened(control.url, template, control, speech)
    way = _way(control, speech)
    if way:
        yield _line("go", say.path.format(path=way.text), speech, way)
    name = _name(control, speech)
    if control.url.startswith("mailto:"):
        address = control.url.removeprefix("mailto:").partition("?")[0]
        yield _line("send", say.mail.format(address=address), speech)
    elif control.kind in REQUESTS:
        text = say.send.format(label=name.text) if name else say.send_here
        yield _line("send", text, speech, *([name] if name else []))
    else:
        yield _switched(control, name or Labelled(text=control.id, lang="", seen=False), speech)


def _switched(control: Control, name: Labelled, speech: Speech) -> Line:
    say = speech.say
    if control.kind == "robots":
        return _line("set", say.robots.format(label=name.text), speech, name)
    if control.want in ("on", "off"):
        text = say.set.format(label=name.text, state=_state(control, name, speech))
        return _line("set", text, speech, name)
    want = say.wants.get(control.want, control.want)
    return _line("set", say.put.format(label=name.text, want=want), speech, name)


def _line(do: Do, text: str, speech: Speech, *words: Labelled) -> Line:
    return Line(
        part="step",
        do=do,
        text=text,
        lang=speech.lang,
        labels=words,
        remarks=speech.remarks(*words),
    )


def _finished(control: Control, speech: Speech) -> Line:
    say, name = speech.say, _name(control, speech)
    if control.kind in REQUESTS:
        text = say.finished_sent
    elif control.kind == "toggle" and control.want in ("on", "off") and name:
        text = say.finished.format(label=name.text, state=_state(control, name, speech))
    else:
        text = say.finished_other
    return Line(part="finished", do="look", text=text, lang=speech.lang)


def _state(control: Control, name: Labelled | None, speech: Speech) -> str:
    wanted: State = "on" if control.want == "on" else "off"
    return speech.state(Target(role=["switch"]), wanted, name)[0]


def _name(control: Control, speech: Speech) -> Labelled | None:
    for lang in (speech.menu_lang, "en", *control.label):
        if control.label.get(lang):
            return Labelled(text=control.label[lang], lang=lang, seen=control.label_seen)
    return None


def _way(control: Control, speech: Speech) -> Labelled | None:
    """The path through the menus, without its last part where that is the setting itself."""
    for lang in (speech.menu_lang, "en", *control.path):
        path = list(control.path.get(lang, ()))
        if path and path[-1] == control.label.get(lang):
            path.pop()
        if path:
            return Labelled(text=" > ".join(path), lang=lang, seen=control.label_seen)
    return None
