"""What a site is to say, and what that would change: nothing is written before it was seen."""

from __future__ import annotations

from typing import Any

from jinja2.filters import do_urlencode

from withhold.errors import BadInput
from withhold.faces.report import write_said
from withhold.faces.web.account_named import command
from withhold.faces.web.site_named import address, site_of
from withhold.faces.web.site_plan import ALSO, SNIPPETS, Choice, Planned, choice_of, planned
from withhold.faces.web.site_write import files_made
from withhold.faces.web.views import Ask, Page, Route
from withhold.faces.web.words import words_of
from withhold.signals import server_rules
from withhold.signals.wish import NAMED
from withhold.verbs.write_site import Change
from withhold.words import Site


def show(ask: Ask) -> Page:
    """The form, and below it the plan of what was chosen."""
    site, choice = site_of(ask), choice_of(ask.query)
    words = words_of("site", ask.setting.lang)
    found, trouble = None, None
    try:
        found = planned(ask, site, choice) if choice.name else None
    except BadInput as why:  # the folder is gone, or what lies there is no text: nothing is lost
        trouble = why
    return Page(
        template="site_wish.html",
        title=words["wish_title"].format(url=site.url),
        part="site",
        values={
            "w": words,
            "a": _said(ask.setting.lang),
            "site": site,
            "choice": choice,
            "wishes": list(NAMED),
            "also": ALSO,
            "address": address,
            "trouble": trouble,
            "plan": _plan(ask, site, found, choice) if found else None,
        },
        command=_command(site, choice),
        covers_not=[words["not_past_copies"], words["not_put_online"]],
        status=400 if trouble else 200,
        refresh=2 if found and found.reading else 0,
    )


def _plan(ask: Ask, site: Site, found: Planned, choice: Choice) -> dict[str, Any]:
    """The plan as sentences and texts; in a dict because only the template reads it."""
    plan, lang = found.plan, ask.setting.lang
    a = _said(lang)
    query = do_urlencode({"url": site.url, **choice.fields()})
    made = files_made(found)
    return {
        "changed": [
            {"said": write_said.change(one, a), "name": one.name, "diff": one.diff} | _lines(one)
            for one in plan.changed
        ],
        "unchanged": [
            write_said.change(one, a)
            for one in plan.changes
            if one.before == one.after and one.after is not None
        ],
        "lists": [
            (a[name], these)
            for name, these in (
                ("tokens", write_said.tokens(plan, a)),
                ("defeated", write_said.defeated(plan, a)),
                ("still", list(plan.still)),
                ("signals", _signals(found, ask, a)),
                ("notes", write_said.notes(plan, a, found.unseen)),
            )
            if these
        ],
        "proof": _proof(found, a),
        "lost": write_said.lost(plan, a),
        "lost_n": len(plan.proof.lost),
        "reach": write_said.out_of_reach(plan, a, lang),
        "rules": [
            (a["rules"].format(server=one), server_rules.write(one, plan.headers))
            for one in SNIPPETS
            if plan.headers
        ],
        "meta": plan.meta,
        "served": found.served,
        "reading": found.reading,
        "shown": found.digest,
        "fields": choice.fields(),
        "files": [(name, f"/site/file?{query}&{do_urlencode({'name': name})}") for name in made],
        "zip": f"/site/zip?{query}",
    }


def _lines(one: Change) -> dict[str, int]:
    """How many lines come, go and stay."""
    body = [line[:1] for line in one.diff.split("\n")[2:]]  # below the names
    gone = body.count("-")
    return {
        "added": body.count("+"),
        "gone": gone,
        "kept": len((one.before or b"").splitlines()) - gone,
    }


def _said(lang: str) -> dict[str, str]:
    """The words of ``apply``, but where these speak of its options."""
    own = words_of("site", lang).items()
    here = {name.removeprefix("a_"): text for name, text in own if name.startswith("a_")}
    return write_said.words_of(lang) | here


def _signals(found: Planned, ask: Ask, a: write_said.Words) -> list[str]:
    said = write_said.signals(found.plan, a, ask.desk.knowledge)
    return [*said, a["whole"]] if write_said.reserves_all(found.plan) else said


def _proof(found: Planned, a: write_said.Words) -> list[str]:
    plan, pages = found.plan, found.pages
    said = [write_said.proof(plan, a)]
    if write_said.only_front(plan, pages):
        said.append(a["proof_one"])
    said += [write_said.index(pages, a), *write_said.unread(pages, a)]
    said.append(write_said.given_up(plan, a))
    return [one for one in said if one]


def _command(site: Site, choice: Choice) -> str:
    if not choice.name:
        return command("apply", site.url, "--show")
    if not site.folder:
        return command("apply", site.url, "--show", "--wish", choice.name)
    return command("apply", site.url, "--write", site.folder, *choice.options())


ROUTES = (Route(path="/site/wish", get=show),)
