"""The first run: place, platforms, who can see it; three screens to the first plan.

Or the guide's checklist file, on the first of them. Nothing is stored before the last screen.
"""

from __future__ import annotations

import shlex
from typing import Any

from withhold.errors import BadInput
from withhold.exports.checklist import AT_MOST, Checklist, read
from withhold.faces.cli.start import AUDIENCES, KINDS
from withhold.faces.own_said import place_named
from withhold.faces.report.checklists import TakenIn, lines, why
from withhold.faces.report.plain import printable
from withhold.faces.web.first_draft import STEPS, Draft
from withhold.faces.web.views import Ask, Go, Page, Route
from withhold.faces.web.words import told_here, words_of
from withhold.verbs.begin import begin, has_named_parts
from withhold.verbs.plan import SUGGESTED
from withhold.verbs.take_in import take_in, understand_all

_TEMPLATES = {
    "1": "first_place.html",
    "2": "first_platforms.html",
    "3": "first_audience.html",
}


def show(ask: Ask) -> Page:
    """One screen, with what was typed on it before."""
    w = words_of("first", ask.setting.lang)
    word = ask.query.get("draft", "")
    draft = Draft(ask, ask.desk.typed.get(word, {}))
    step = ask.query.get("step", "1")
    step = step if step in STEPS else "1"
    if step != "1" and not draft.said("place"):
        step = "1"  # the server was started anew: nothing is known any more
    errors = draft.wrong(step, w) if ask.query.get("wrong") else {}
    return Page(
        template=_TEMPLATES[step],
        title=w[f"title_{step}"],
        values={
            "t": w,
            "draft": draft,
            "word": word,
            "step": step,
            "errors": errors,
            **_choices(ask, step, draft),
        },
        part="overview",
        command=_command(draft),
        covers_not=(w["covers_not"],) if step == "1" else (),
    )


def _choices(ask: Ask, step: str, draft: Draft) -> dict[str, Any]:
    """What can be chosen on a screen."""
    if step == "1":
        return {"places": place_names(ask)}
    if step == "2":
        known = ask.desk.knowledge.platforms
        suggested = [known[one] for one in SUGGESTED if one in known]
        others = [one for one in known.values() if one not in suggested]
        return {
            "suggested": suggested,
            "others": sorted(others, key=lambda one: one.name.lower()),
            "named_parts": [one for one in known.values() if has_named_parts(one)],
        }
    return {"audiences": AUDIENCES, "kinds": KINDS, "minor": bool(draft.said("minor"))}


def place_names(ask: Ask) -> list[str]:
    """``Germany (DE)``: every place, to be suggested while it is typed."""
    edition = ask.desk.edition(ask.setting.lang, ask.setting.when)
    places = ask.setting.places
    codes = [one for one in places.names if places.code(one)]
    return [f"{name} ({code})" for code, name in edition.sorted_places(codes)]


def _command(draft: Draft) -> str:
    """``withhold start`` with the flags of what was said."""
    try:
        place = place_named(draft.ask.setting.places, draft.said("place"))
    except BadInput:
        place = ""
    blogs = draft.names("tumblr")
    flags = [
        *(("--in", place) if place else ()),
        *(("--platforms", " ".join(draft.chosen)) if draft.chosen else ()),
        *(("--blogs", ",".join(blogs)) if blogs else ()),
        *(("--audience", draft.said("audience")) if draft.said("audience") else ()),
        *(("--minor",) if draft.said("minor") else ()),
    ]
    return shlex.join(("withhold", "start", *flags))


def answer(ask: Ask) -> Go:
    """What one screen said: on to the next, back, or written down after the last."""
    w = words_of("first", ask.setting.lang)
    step = ask.said("step", "1")
    step = step if step in STEPS else "1"
    draft = Draft(ask, ask.desk.typed.get(ask.said("draft"), {})).with_form(step)
    word = ask.desk.put_by(draft.fields)
    if ask.said("go") == "back":
        return Go(to=_address(str(max(1, int(step) - 1)), word))
    if draft.wrong(step, w):
        return Go(to=f"{_address(step, word)}&wrong=1")
    if step != "3":
        lang = draft.said("lang")
        other = f"&lang={lang}" if step == "1" and lang != ask.setting.lang else ""
        return Go(to=_address(str(int(step) + 1), word) + other)
    if before := draft.first_wrong(w):
        return Go(to=f"{_address(before, word)}&wrong=1")
    begun = draft.begun()
    with ask.desk.writing() as store:
        begin(store, begun, ask.setting.now())
    said = w["saved"].format(accounts=len(begun.accounts), sites=len(begun.sites))
    return Go(to="/plan" if begun.accounts else "/", said=said)


def _address(step: str, word: str) -> str:
    return f"/first?step={step}&draft={word}"


# The guide's checklist ----------------------------------------------------------------------------


def checklist(ask: Ask) -> Go:
    """A file that the guide saved, taken in; what it brought stands on a page of its own."""
    w = words_of("first", ask.setting.lang)
    file = next((one for one in ask.files if one.field == "checklist"), None)
    if file is None:
        return Go(to="/first", said=w["no_file"], bad=True)
    name = printable(file.name)
    with file.path.open("rb") as stream:
        body = stream.read(AT_MOST + 1)
    try:
        taken = _taken(ask, name, read(body, name))
    except BadInput as wrong:
        return Go(to="/first", said=told_here(wrong, ". "), bad=True)
    refused = taken.understood.not_understood
    fields = {f"line:{n}": text for n, text in enumerate(lines(taken, _phrases(ask)))}
    fields |= {
        f"not:{n}": f"{one.path or '/'}: {why(one, _phrases(ask))}" for n, one in enumerate(refused)
    }
    word = ask.desk.put_by({"name": name, **fields})
    return Go(to=f"/first/checklist?taken={word}")


def _taken(ask: Ask, name: str, found: Checklist) -> TakenIn:
    setting = ask.setting
    owner, knowledge = setting.owner, ask.desk.knowledge
    understood = understand_all(found, owner, knowledge, setting.today)
    if understood.anything:
        with ask.desk.writing() as store:
            understood = take_in(understood, store, setting.now())
    return TakenIn(file=name, checklist=found, understood=understood)


def _phrases(ask: Ask) -> dict[str, str]:
    return dict(ask.setting.phrases)


def taken(ask: Ask) -> Page | Go:
    """What the checklist brought, what was not understood, and on to the plan."""
    w = words_of("first", ask.setting.lang)
    found = ask.desk.typed.get(ask.query.get("taken", ""))
    if found is None:
        return Go(to="/")
    return Page(
        template="first_taken.html",
        title=w["taken_title"],
        values={
            "t": w,
            "name": found["name"],
            "brought": [text for key, text in found.items() if key.startswith("line:")],
            "refused": [text for key, text in found.items() if key.startswith("not:")],
        },
        part="overview",
        command=shlex.join(("withhold", "import", found["name"])),
    )


ROUTES = (
    Route(path="/first", get=show, post=answer),
    Route(path="/first/checklist", get=taken, post=checklist, upload=True),
)
