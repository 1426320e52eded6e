"""The front page with the checklist, the search, the data page, and the page for lost ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from withhold.faces.guide import addresses
from withhold.faces.guide.citable import citation, facts
from withhold.faces.guide.edition import Edition
from withhold.faces.guide.opendata.describe import describe
from withhold.faces.guide.opendata.tables import dictionary
from withhold.faces.guide.page import Card, Page
from withhold.faces.guide.places import Group
from withhold.faces.guide.steps import menu_languages
from withhold.verbs.plan import SUGGESTED

_PHRASES = (
    *("total_minutes", "total_minute", "top_switches", "top_switch", "top_forms", "top_form"),
    *("top_mails", "top_mail", "top_nothing_offered", "top_nothing_offered_one"),
    *("top_nothing", "top_all_closed", "before", "before_one", "minutes", "no_control_for"),
)
"""Words of the plan that the script puts together: the same as the command line's."""


def page(groups: Sequence[Group], edition: Edition) -> Page:
    """The front page: where do you live, what do you use?"""
    platforms = edition.knowledge.platforms
    suggested = [platforms[one] for one in SUGGESTED if one in platforms]
    others = [one for one in platforms.values() if one not in suggested]
    title = edition.say("Who may train AI on what you post, and how you say no")
    line = edition.say("A checklist for your place and your platforms, with the exact words.")
    return Page(
        path="",
        template="front.html",
        title=title,
        description=line,
        values={
            "place_options": place_options(groups, edition),
            "suggested": suggested,
            "other_platforms": sorted(others, key=lambda one: one.name.lower()),
            "others_count": edition.number(len(others)),
            "menus": menu_languages(edition),
            "names": {slug: one.name for slug, one in platforms.items()},
            "js_words": script_words(edition),
        },
        kind=edition.say("page"),
        card=Card(lines=(line,)),
    )


def place_options(
    groups: Sequence[Group], edition: Edition
) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Countries, and the states of those that have them; each with the number of its group."""
    number = {code: group.number for group in groups for code in group.places}
    countries = [one for one in number if "-" not in one]
    found = [(edition.say("Countries"), _options(countries, number, edition))]
    for country in dict.fromkeys(one.partition("-")[0] for one in number if "-" in one):
        states = [one for one in number if one.startswith(f"{country}-")]
        found.append((edition.place(country), _options(states, number, edition)))
    return found


def _options(
    codes: Iterable[str], number: Mapping[str, int], edition: Edition
) -> list[tuple[str, str, int]]:
    return [(code, name, number[code]) for code, name in edition.sorted_places(codes)]


def script_words(edition: Edition) -> dict[str, str]:
    """What the script says, in the language of the page."""
    _ = edition.say
    return {one: edition.phrases[one] for one in _PHRASES} | {
        "since_then": _("since {date}"),
        "as_of": _("as of {date}"),
        "done_on": _("done on"),
        "say_place": _("Say where you live: the answer depends on it."),
        "say_platforms": _("Tick what you use."),
        "not_loaded": _("This could not be loaded; the same stands on plain pages:"),
        "not_kept": _(
            "This browser keeps nothing here. Save your list as a file before you leave the page."
        ),
        "blogs": _("Your %(name)s blogs, by name (each has a switch of its own)", name="{name}"),
        "sites": _("Your %(name)s sites, by name (each has a switch of its own)", name="{name}"),
        "undo": _("Undo"),
        "forgotten": _("Forgotten."),
        "file_form": _("That is no checklist of this guide. Nothing was changed."),
        "file_size": _("That file is too large for a checklist. Nothing was changed."),
        "file_newer": _("That checklist is of a newer guide. Nothing was changed."),
        "file_read": _("The list of your file is below."),
        "file_strange": _(
            "The list of your file is below. Entries that do not fit this guide: {n}. "
            "They stay in the file that you save."
        ),
        "look_again": _("Look again: may they still train AI on what I post?"),
        "late": _(
            "This guide is of {date}, {days} days ago. Platforms change: look for a newer one."
        ),
    }


def search(pages: Sequence[Page], edition: Edition) -> Page:
    """Search; without script everything in lists."""
    kinds: dict[str, list[tuple[str, str]]] = {}
    for one in pages:
        if one.kind and one.kind != edition.say("fact"):
            kinds.setdefault(one.kind, []).append((one.path, one.title))
    title = edition.say("Search")
    return Page(
        path="search/",
        template="search.html",
        title=title,
        description=edition.say("Platforms, companies, product tokens, words on settings pages."),
        values={"kinds": list(kinds.items())},
        card=Card(lines=(title,)),
    )


def index(
    pages: Sequence[Page], places: Iterable[str], edition: Edition
) -> list[tuple[str, str, str, str]]:
    """What the search looks through: path, title, kind, other words; ``places`` have a page."""
    found = [
        (one.path, one.title, one.kind, " ".join(dict.fromkeys(one.also)))
        for one in pages
        if one.kind
    ]
    kind = edition.say("place")
    named = edition.sorted_places(places)
    return [*found, *((addresses.place(code), name, kind, code) for code, name in named)]


def data(edition: Edition) -> Page:
    """Open data, the data dictionary, how to cite, corrections."""
    title = edition.say("Open data")
    return Page(
        path="data/",
        template="data.html",
        title=title,
        description=edition.say(
            "Everything that is known here, as JSON and CSV, with its meaning."
        ),
        values={
            "tables": dictionary(),
            "describe": describe,
            "cite": citation("", edition.say("the guide"), edition),
            "corrections": edition.knowledge.corrections,
            "cited": {one.ref: one.path for one in facts(edition)},
        },
        kind=edition.say("page"),
        card=Card(lines=(edition.say("Everything that is known here, as JSON and CSV."),)),
    )


def lost(edition: Edition) -> Page:
    """For an address at which nothing stands; hosts look for it under a name of its own."""
    return Page(
        path="404.html",
        template="lost.html",
        title=edition.say("Nothing stands here"),
        description=edition.say("Nothing stands at this address."),
        values={},
        card=Card(lines=()),
    )
