"""Acts put side by side with who answers, the doors and the dates; the letters that follow."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from withhold.catalog.load import Knowledge
from withhold.catalog.rights import RightsKnown, letter_of, load_rights
from withhold.catalog.rights_words import letter_words, next_steps
from withhold.errors import BadInput, NotFound
from withhold.keep import Filed, Kept
from withhold.rights.case import About, Case, Entitled, Event, Person
from withhold.rights_facts import LETTER_LANGS
from withhold.verbs.request_files import files_of, state_of
from withhold.verbs.request_later import LATER, annexed, goes_to, letter_for, so_far
from withhold.verbs.request_letter import Wanted, first_letter, is_kept, waiting
from withhold.verbs.request_standing import as_of, dated, standings
from withhold.verbs.requests import Offers, chosen, must_be_first, offers

DAY = date(2026, 3, 2)
PERSON = Person(name="Ada Example", email="ada@example.org", place="DE-BY")


@pytest.fixture(scope="module")
def rights(root: Path) -> RightsKnown:
    """Controllers and authorities."""
    return load_rights(root)


@pytest.fixture
def found(knowledge: Knowledge, rights: RightsKnown) -> Offers:
    """What somebody in Bavaria may demand of Facebook."""
    return offers("facebook", PERSON, DAY, knowledge, rights)


def event(kind: Any, day: date = DAY, **more: Any) -> Event:
    return Event(kind=kind, on=day, **more)


def filed(*events: Event, **case: Any) -> Filed:
    usual: dict[str, Any] = {
        "id": "WH-22222A",
        "act": "object-training",
        "law": "gdpr-art-21",
        "controller": "meta-ireland",
        "subject": "facebook",
        "place": "DE-BY",
        "account": "ada",
    }
    return Filed(
        case=Case(events=events, **(usual | case)),
        about=About(subject="facebook", account="ada", own_words="I paint."),
        person=PERSON,
        entitled=Entitled(
            act="object-training",
            law="gdpr-art-21",
            article="Art. 21(1) GDPR",
            controller="meta-ireland",
        ),
    )


# Which acts ------------------------------------------------------------------------------------


def test_each_act_has_its_company_doors_and_date(found: Offers) -> None:
    (one,) = found.of("object-training")
    assert one.controller
    assert one.controller.id == "meta-ireland"
    assert one.doors[0].kind == "form"
    assert one.due
    assert one.due.date == date(2026, 4, 2)
    assert found.service == "Facebook"


def test_a_form_is_its_own_door_and_covers_what_it_covers_in_full(
    found: Offers, knowledge: Knowledge, rights: RightsKnown
) -> None:
    by_form = offers("facebook/objection-form", PERSON, DAY, knowledge, rights)
    (one,) = by_form.offers
    control = next(c for c in knowledge.platforms["facebook"].control if c.id == "objection-form")
    assert one.act.act == "object-training"
    assert [door.to for door in one.doors] == [control.url]
    full = {f"facebook/{name}" for name, how in control.covers.items() if how == "full"}
    assert set(one.act.practices) <= full
    assert set(one.act.practices) <= set(found.of("object-training")[0].act.practices)


@pytest.mark.parametrize("name", ["facebook/friends-only", "facebook/nothing", "openai/form"])
def test_a_control_that_is_no_form_is_not_found(
    name: str, knowledge: Knowledge, rights: RightsKnown
) -> None:
    with pytest.raises(NotFound, match=name):
        offers(name, PERSON, DAY, knowledge, rights)


def test_one_of_several_companies_has_to_be_named(
    knowledge: Knowledge, rights: RightsKnown
) -> None:
    british = offers("linkedin", replace(PERSON, place="GB"), DAY, knowledge, rights)
    with pytest.raises(BadInput, match="to whom"):
        chosen(british, "object-training")
    one = chosen(british, "object-training", "microsoft-ireland")
    assert one.act.controller == "microsoft-ireland"
    with pytest.raises(BadInput, match="to whom"):
        chosen(british, "object-training", "meta-ireland")


def test_an_act_that_is_none_or_does_not_apply(found: Offers) -> None:
    with pytest.raises(NotFound, match="unknown act"):
        chosen(found, "obect")
    with pytest.raises(NotFound, match="does not apply"):
        chosen(found, "reserve")


@pytest.mark.parametrize(
    ("events", "on", "refused"),
    [
        ((), DAY, ""),
        ((event("drafted"),), DAY + timedelta(days=3), "is drafted already"),
        ((event("drafted"), event("closed")), DAY, ""),
        ((event("drafted"), event("sent")), DAY + timedelta(days=364), "2027-03-02"),
        ((event("drafted"), event("sent")), DAY + timedelta(days=365), ""),
        ((event("sent"), event("reply", outcome="bounce")), DAY + timedelta(days=9), ""),
    ],
)
def test_the_same_again_only_after_twelve_months(
    found: Offers, events: tuple[Event, ...], on: date, refused: str
) -> None:
    (offer,) = found.of("object-training")
    cases = [filed(*events)] if events else []
    ada = About(subject="facebook", account="ada")
    if not refused:
        must_be_first(offer, ada, cases, on)
        return
    with pytest.raises(BadInput, match=refused):
        must_be_first(offer, ada, cases, on)
    must_be_first(offer, replace(ada, account="another"), cases, on)
    must_be_first(offer, replace(ada, subject="instagram"), cases, on)
    must_be_first(found.of("access")[0], ada, cases, on)


# The letters -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LETTER_LANGS)
def test_the_letter_in_a_language_beside_ones_own(found: Offers, lang: str) -> None:
    wanted = Wanted(reference="WH-22222A", today=DAY, service="Facebook", lang=lang, own_lang="de")
    about = About(subject="facebook", account="ada", own_words="I paint for a living, you know.")
    draft = first_letter(found.of("object-training")[0], PERSON, about, wanted)
    assert (draft.theirs.lang, draft.yours.lang) == (lang, "de")
    assert (draft.yours is draft.theirs) == (lang == "de")
    assert "I paint for a living, you know." in draft.theirs.text
    assert draft.lacks == ()
    assert draft.filed.case.to == found.of("object-training")[0].doors[0].to


def test_what_a_letter_lacks_is_named_with_the_way_to_give_it(found: Offers) -> None:
    wanted = Wanted(reference="WH-22222A", today=DAY, service="Facebook")
    nobody = replace(PERSON, name="")
    with pytest.raises(BadInput, match="your name") as told:
        first_letter(found.of("access")[0], nobody, About(subject="facebook", account="a"), wanted)
    assert "withhold own set name" in told.value.tip


def test_a_draft_waits_until_it_is_said_to_be_sent() -> None:
    reminder = event("drafted", note="reminder", evidence="a" * 64)
    case = filed(event("sent"), reminder)
    assert waiting(case, "reminder") == (filed(event("sent")), reminder)
    assert waiting(case, "warning") is None
    assert waiting(filed(event("sent"), reminder, event("reminded")), "reminder") is None


def test_a_kept_letter_is_known_word_for_word(found: Offers) -> None:
    from withhold.verbs.request_letter import as_kept

    wanted = Wanted(reference="WH-22222A", today=DAY, service="Facebook")
    about = About(subject="facebook", account="ada")
    draft = first_letter(found.of("access")[0], PERSON, about, wanted)
    import hashlib

    digest = hashlib.sha256(as_kept(draft)).hexdigest()
    assert is_kept(draft, event("drafted", evidence=digest))
    assert not is_kept(draft, event("drafted", evidence="b" * 64))


# Where a case stands -----------------------------------------------------------------------------


def test_a_case_is_read_as_it_was_on_a_day_in_the_order_of_the_days() -> None:
    late = event("reply", DAY + timedelta(days=5), outcome="wants-identity")
    case = filed(event("drafted"), event("reminded", DAY + timedelta(days=40)), event("sent"), late)
    kinds = [one.kind for one in as_of(case, DAY + timedelta(days=10)).case.events]
    assert kinds == ["drafted", "sent", "reply", "identity-asked"]
    assert as_of(case, DAY - timedelta(days=1)).case.events == ()


@pytest.mark.parametrize(
    ("events", "when", "step", "due", "late"),
    [
        ((), date(2026, 3, 9), "send", None, 0),
        ((event("sent"),), date(2026, 3, 9), "wait", date(2026, 4, 2), 0),
        ((event("sent"),), date(2026, 4, 12), "remind", date(2026, 4, 2), 10),
        (
            (event("sent"), event("received", date(2026, 3, 10))),
            date(2026, 3, 12),
            "wait",
            date(2026, 4, 10),
            0,
        ),
        ((event("sent"), event("reply", outcome="granted")), date(2026, 4, 12), "watch", None, 0),
        (
            (event("sent"), event("complained", date(2026, 5, 4))),
            date(2026, 5, 5),
            "wait-authority",
            date(2026, 8, 4),
            0,
        ),
        ((event("sent"), event("closed")), date(2026, 4, 12), "done", None, 0),
    ],
)
def test_the_next_step_and_the_date_that_runs(
    knowledge: Knowledge,
    rights: RightsKnown,
    events: tuple[Event, ...],
    when: date,
    step: str,
    due: date | None,
    late: int,
) -> None:
    case = filed(event("drafted"), *events)
    (one,) = standings([case], when, knowledge, rights, next_steps())
    assert (one.step.kind, one.due.date if one.due else None) == (step, due)
    assert one.late_by == late
    assert one.is_open == (step not in ("watch", "done"))
    assert one.to_complain
    assert (one.to_complain.authority, one.to_complain.lead) == ("de-by-baylda", "ie-dpc")


def test_a_reply_of_which_nobody_said_what_it_says(
    knowledge: Knowledge, rights: RightsKnown
) -> None:
    case = filed(event("sent"), event("reply"), event("reply", outcome="automatic"), event("reply"))
    (one,) = standings([case], DAY, knowledge, rights, next_steps())
    assert one.unread == (1, 3)


def test_a_reply_is_named_by_its_place_among_those_recorded(
    knowledge: Knowledge, rights: RightsKnown
) -> None:
    """Filed newest first, as one finds them; ``done CASE --reply N`` counts so too."""
    newer = event("reply", DAY - timedelta(days=1), outcome="automatic")
    older = event("reply", DAY - timedelta(days=5))
    case = filed(event("sent", DAY - timedelta(days=9)), newer, older)
    (one,) = standings([case], DAY, knowledge, rights, next_steps())
    assert one.unread == (2,)


def test_the_date_of_an_opt_out_in_california_is_in_the_calendar(
    knowledge: Knowledge, rights: RightsKnown
) -> None:
    asked = {"act": "opt-out-of-sale", "law": "ccpa", "place": "US-CA", "controller": "meta-us"}
    sent = event("sent", DAY - timedelta(days=3))
    found = standings([filed(sent, **asked)], DAY, knowledge, rights, next_steps())
    (one,) = dated(found)
    assert [day.clock for day in one.deadlines] == ["opt-out"]
    assert one.over == ()
    answered = filed(sent, event("reply", outcome="granted"), **asked)
    (one,) = dated(standings([answered], DAY, knowledge, rights, next_steps()))
    assert one.over == ("opt-out",)


# The files and the letters that follow ----------------------------------------------------------


def test_the_names_of_files_stay_the_same_when_more_comes() -> None:
    letter = event("drafted", note="object-training", evidence="a1b2c3" + "0" * 58)
    reply = event("reply", DAY + timedelta(days=9), evidence="d" * 64)
    kept = [
        Kept(digest=letter.evidence, name="WH-22222A-object-training.txt", size=1),
        Kept(digest=reply.evidence, name="..\\x/answer.EML", size=1),
    ]
    sent = event("sent", DAY + timedelta(days=1))
    one = files_of(filed(letter, sent).case, kept)
    both = files_of(filed(letter, sent, reply).case, kept)
    assert [each.name for each in one] == ["2026-03-03-letter-a1b2c3.txt"]
    assert [each.name for each in both] == [
        "2026-03-03-letter-a1b2c3.txt",
        "2026-03-11-reply-dddddd.eml",
    ]


def test_what_was_not_sent_or_no_person_wrote_is_no_annex() -> None:
    parts = {
        "first": event("drafted", note="object-training", evidence="a" * 64),
        "sent": event("sent"),
        "reminder": event("drafted", note="reminder", evidence="b" * 64),
        "auto": event("reply", outcome="automatic", evidence="c" * 64),
        "answer": event("reply", outcome="refuses-other", evidence="d" * 64),
        "complaint": event("drafted", note="complaint", evidence="e" * 64),
    }
    kept = [Kept(digest=one * 64, name="x.txt", size=1) for one in "abcde"]
    files = files_of(filed(*parts.values()).case, kept)
    assert len(files) == 5
    assert {one.digest[0] for one in annexed(files)} == {"a", "d"}


@pytest.mark.parametrize(
    ("letter", "state"),
    [
        ("object-training", "sent"),
        ("reminder", "reminded"),
        ("warning", "warned"),
        ("complaint", "complained"),
        ("identity-answer", "identity-given"),
        ("extension-noted", ""),
    ],
)
def test_what_to_say_once_a_letter_was_sent(letter: str, state: str) -> None:
    assert state_of(letter, "object-training") == state


@pytest.mark.parametrize(
    ("events", "when", "letter"),
    [
        ((), DAY, "object-training"),
        ((event("sent"),), date(2026, 3, 9), ""),
        ((event("sent"),), date(2026, 4, 9), "reminder"),
        ((event("sent"), event("reply", outcome="bounce")), date(2026, 3, 9), "object-training"),
        ((event("sent"), event("reply", outcome="refuses-other")), DAY, "refusal-answer"),
        ((event("sent"), event("reply", outcome="granted-future-only")), DAY, ""),
    ],
)
def test_which_letter_is_due(
    knowledge: Knowledge,
    rights: RightsKnown,
    events: tuple[Event, ...],
    when: date,
    letter: str,
) -> None:
    (one,) = standings([filed(event("drafted"), *events)], when, knowledge, rights, next_steps())
    assert letter_for(one) == letter
    assert letter_for(one, "reminder") == "reminder"
    with pytest.raises(NotFound, match="unknown letter"):
        letter_for(one, "poem")


def test_a_complaint_goes_to_the_authority_of_the_residence_or_it_is_asked(
    knowledge: Knowledge, rights: RightsKnown
) -> None:
    (bavaria,) = standings([filed(event("sent"))], DAY, knowledge, rights, next_steps())
    to = goes_to(bavaria, "complaint", rights, ())
    assert to.name == rights.authorities["de-by-baylda"].name
    assert to.lang == "de"
    assert goes_to(bavaria, "complaint", rights, (), "ie-dpc").lang == "en"
    (germany,) = standings([filed(event("sent"), place="DE")], DAY, knowledge, rights, next_steps())
    with pytest.raises(BadInput, match="Germany") as told:
        goes_to(germany, "complaint", rights, ())
    assert "de-by-baylda" in told.value.tip


def test_what_happened_so_far_is_said_in_the_language_of_the_letter(
    knowledge: Knowledge, rights: RightsKnown
) -> None:
    case = filed(
        event("sent"),
        event("reply", DAY + timedelta(days=9), outcome="wants-identity"),
        event("identity-given", DAY + timedelta(days=12)),
    )
    (one,) = standings([case], date(2026, 6, 1), knowledge, rights, next_steps())
    words = letter_words()
    said = {
        lang: so_far(one, lang, words, next_steps(), rights, knowledge.places, ())
        for lang in LETTER_LANGS
    }
    assert said["de"].history == (
        "2. März 2026: Ich habe meinen Brief abgesandt.",
        "11. März 2026: Es wurde gefragt, wer ich bin.",
        "14. März 2026: Ich habe diese Frage beantwortet.",
    )
    assert said["en"].history[0] == "2 March 2026: I sent my letter."
    assert all(len(each.history) == 3 for each in said.values())
    assert said["en"].complaint_article == "Art. 77(1) GDPR"
    assert said["en"].due == date(2026, 4, 7)  # the month, and three days that it stood still


def test_every_letter_that_follows_is_there_in_every_language() -> None:
    there = {one: {lang for lang in LETTER_LANGS if letter_of(one, lang)} for one in LATER}
    assert there == {one: set(LETTER_LANGS) for one in LATER}
