"""Pages by place: each says what ``may_train`` answers when it is asked for that place itself."""

from __future__ import annotations

import pytest

from tests.unit import folder, made
from tests.unit.faces.guide.rendered import HTMLParser, text
from withhold.catalog.load import Knowledge
from withhold.faces.guide.places import each_once, limits, marked
from withhold.may_train import may_train
from withhold.verbs.check import Asking
from withhold.verbs.compare import look
from withhold.verdict import Reason
from withhold.words import Account, Content

PLACES = ("DE", "FR", "GB", "US", "US-PA")
ACTORS = {"Acme": "acme", "Partner": "partner", "Others": "anyone", "others": "anyone"}
KINDS = {"posts": "post", "photos": "photo"}
AUDIENCES = {"public": "public", "followers only": "followers"}
WORDS = {"allowed": "MAY", "disallowed": "NO", "unknown": "NOT KNOWN"}


def page(found: dict[str, bytes], path: str) -> HTMLParser:
    return HTMLParser(found[f"{path}index.html"].decode("utf-8"))


@pytest.mark.parametrize("place", PLACES)
def test_each_answer_is_the_answer_of_that_place(
    clean: dict[str, bytes], acme: Knowledge, place: str
) -> None:
    asked = set()
    for section in page(clean, f"{place.lower()}/acme/").css("section.said"):
        head = " ".join(section.css_first("h3").text().split())
        mark = section.css_first(".mark").text()
        actor = ACTORS[head.removeprefix(mark).strip().partition(",")[0]]
        contents = section.css("p")[0].text().split(";")
        for one in contents:
            kinds, _, audiences = one.strip().rstrip(")").partition(" (")
            for kind in kinds.split(", "):
                for audience in audiences.split(", "):
                    content = Content(
                        kind=KINDS[kind],  # type: ignore[arg-type]
                        audience=AUDIENCES[audience],  # type: ignore[arg-type]
                        account=Account(platform="acme", audience="public"),
                    )
                    verdict = may_train(actor, content, place, folder.TODAY, acme, ())
                    assert mark.partition(",")[0] == WORDS[verdict.answer], (place, actor, one)
                    asked.add((actor, content.kind, content.audience))
    assert {("acme", k, a) for k in KINDS.values() for a in AUDIENCES.values()} <= asked
    assert ("partner", "post", "public") in asked


EXPECTED = {
    "DE": ("NO, required", True),  # a law forbids it
    "FR": ("NOT KNOWN", True),  # the practice leaves it out
    "GB": ("MAY", False),
    "US": ("MAY", False),
    "US-PA": ("MAY", False),
}


@pytest.mark.parametrize("place", PLACES)
def test_what_a_person_reads_first(clean: dict[str, bytes], place: str) -> None:
    mark, has_law = EXPECTED[place]
    here = page(clean, f"{place.lower()}/acme/")
    assert mark in [one.text() for one in here.css("section.said .mark")]
    said = text(clean, f"{place.lower()}/index.html")
    law = said.partition("The law here")[2].partition("Changed elsewhere")[0]
    assert ("The Act (Act, s. 1)" in law) == has_law
    assert ("No law was found here" in law) != has_law


NAMES = {"DE": "Deutschland", "GB": "Vereinigtes Königreich", "US-PA": "Pennsylvania"}


@pytest.mark.parametrize("place", NAMES)
def test_pages_that_are_made_for_many_places_name_their_own(
    clean: dict[str, bytes], place: str
) -> None:
    for path in (f"deutsch/{place.lower()}/", f"deutsch/{place.lower()}/acme/"):
        here = page(clean, path)
        assert NAMES[place] in here.css_first("h1").text() + here.css_first(".crumbs").text()
        assert NAMES[place] in here.css_first("title").text()
        assert f"?place={place}" in (here.css_first("a.button").attributes["href"] or "")
        others = {name for code, name in NAMES.items() if code != place}
        assert not any(name in here.css_first("title").text() for name in others)


def test_a_step_stands_where_it_closes_something(clean: dict[str, bytes]) -> None:
    for place, there in (("us-pa", True), ("gb", True), ("fr", False), ("de", False)):
        acts = [one.text() for one in page(clean, f"{place}/acme/").css("ol.steps .act")]
        assert (acts == ["switch off"]) == there, place


def test_all_places_stand_once_in_the_list(clean: dict[str, bytes]) -> None:
    links = [one.attributes["href"] for one in page(clean, "places/").css("main section a")]
    assert sorted(links) == ["../de/", "../fr/", "../gb/", "../us-pa/", "../us/"]


# Parts ----------------------------------------------------------------------------------------


def test_a_reason_stands_once_unless_it_rests_on_something_else() -> None:
    one = Reason(code="says-yes", facts={"name": "A"}, rests_on="platforms/a.toml#x")
    same = Reason(code="says-yes", facts={"name": "A"}, rests_on="platforms/a.toml#x")
    other = Reason(code="says-yes", facts={"name": "A"}, rests_on="platforms/a.toml#y")
    third = Reason(code="says-yes", facts={"name": "B"}, rests_on="platforms/a.toml#x")
    assert each_once([one, other, same, third, one]) == [one, other, third]


@pytest.mark.parametrize(
    ("says", "mark"),
    [("yes", "may"), ("no", "no"), ("silent", "unknown"), ("conditional", "unknown")],
)
def test_the_mark_of_a_shared_picture(says: str, mark: str) -> None:
    known = made.knowledge(made.platform(practice=[made.practice(says=says)], audiences=["public"]))
    asking = Asking(place="DE", when=made.WHEN, knowledge=known)
    found = look(made.account(audience="public"), asking)
    assert marked(found) == mark
    assert {one.code for one in limits(found)} == {
        reason.code for verdict in found.verdicts for reason in verdict.limits
    }
