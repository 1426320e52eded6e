"""A policy seen since marks the answers that are behind it, and changes none of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit import made
from withhold.catalog.load import Knowledge, default_root
from withhold.catalog.sentences import load_sentences
from withhold.keep import Store
from withhold.keep.policy_seen import PolicySeen
from withhold.policies.clause import Clause
from withhold.verbs.check import Asking, check_account
from withhold.verbs.stale import Kept, kept_of, marked
from withhold.verdict import Verdict
from withhold.words import Account

LATER = made.SEEN + timedelta(days=10)
SENTENCE = "We do not train models on what you post here."


def clause(**more: Any) -> Clause:
    """A sentence of acme's policy."""
    return Clause(**{"sentence": SENTENCE, "says": "no", "whose": "people"} | more)


def kept(*clauses: Clause, **more: Any) -> Kept:
    """Acme's policy as it was seen ten days after what is known."""
    usual = {
        "of": "acme",
        "document": "privacy-policy",
        "url": "https://acme.example/privacy",
        "seen": LATER,
        "clauses": clauses or (clause(),),
        "title": "Privacy",
    }
    return Kept(**usual | more)


def known(**more: Any) -> Knowledge:
    return made.knowledge(made.platform(**more))


def asked(of: Knowledge, where: str = "DE", when: date = made.WHEN) -> list[Verdict]:
    """The verdicts on an account there."""
    asking = Asking(place=where, when=when, knowledge=of)
    return check_account(Account(platform="acme"), asking)


def stale(found: list[Verdict]) -> list[tuple[str, str]]:
    """(actor, code) of what is marked."""
    return [
        (one.actor, why.code)
        for one in found
        for why in one.limits
        if why.code.startswith("policy-")
    ]


def test_a_policy_that_contradicts_marks_the_verdict_with_its_sentence_and_day() -> None:
    of = known()
    found = marked(asked(of), [kept()], of)
    assert stale(found) == [("acme", "policy-differs")]
    verdict = next(one for one in found if one.actor == "acme")
    assert verdict.stale
    limit = verdict.limits[-1]
    assert limit.facts["sentence"] == SENTENCE
    assert limit.facts["known"] == "train"
    assert (limit.sources[0].url, limit.sources[0].seen) == ("https://acme.example/privacy", LATER)
    assert limit.rests_on == "policies/acme.toml#privacy-policy"
    for lang in ("en", "de"):
        said = load_sentences(default_root(), lang).say(limit)
        assert SENTENCE in said
        assert str(LATER) in said


def test_what_knowledge_says_nothing_of_marks_whom_it_is_about() -> None:
    of = known(practice=[made.practice(content=["photo"])])
    found = marked(asked(of), [kept(clause(content=("post",)))], of)
    assert stale(found) == []  # no verdict is about posts: what nobody asks is not marked
    wide = known(practice=[made.practice(content=["photo"]), made.practice("ads", use="ads")])
    found = marked(asked(wide), [kept(clause(content=("post",), says="yes"))], wide)
    assert stale(found) == [("acme", "policy-says-more")]


@pytest.mark.parametrize(
    "seen",
    [
        kept(clause(says="yes")),  # it says what is known
        kept(clause(says="yes"), clause(sentence="Not so.")),  # it says both
        kept(clause(whose="customers")),
        kept(clause(restricts_reader=True)),
        kept(clause(actor="third-party")),  # who is meant is not said
        kept(seen=made.SEEN),  # not seen after what is known
        kept(seen=made.WHEN + timedelta(days=1)),  # seen after the day asked about
        kept(in_force=made.WHEN + timedelta(days=1)),  # not yet in force
        kept(clause(since=made.WHEN + timedelta(days=30))),
        kept(places=("US",)),  # for other places
        kept(clause(not_places=("EU",))),
        kept(of="another"),
    ],
)
def test_what_is_not_clearly_later_and_other_marks_nothing(seen: Kept) -> None:
    of = known()
    before = asked(of)
    assert marked(before, [seen], of) == before


def test_in_the_place_it_is_for_it_marks() -> None:
    of = known()
    assert stale(marked(asked(of, "US-PA"), [kept(places=("US",))], of))
    assert stale(marked(asked(of, "DE"), [kept(places=("EU",))], of))


def test_the_same_sentence_in_two_documents_is_said_once_each() -> None:
    of = known()
    twice = marked(asked(of), [kept(), kept()], of)
    assert len(stale(twice)) == 1
    assert len(stale(marked(asked(of), [kept(), kept(document="terms")], of))) == 2


CLAUSES = st.builds(
    clause,
    says=st.sampled_from(["yes", "no", "conditional"]),
    use=st.sampled_from(["train-ai", "licence-to-third-party", "ads"]),
    actor=st.sampled_from(["own", "affiliate", "third-party"]),
    actor_name=st.sampled_from(["", "Partner"]),
    content=st.sampled_from([(), ("post",), ("message",)]),
    audience=st.sampled_from([(), ("public",), ("group",)]),
    places=st.sampled_from([(), ("EU",), ("US",)]),
    default=st.sampled_from(["on", "off", "none"]),
    restricts_reader=st.sampled_from([False, False, False, True]),
)
PRACTICES = st.lists(
    st.builds(
        made.practice,
        st.sampled_from(["p0", "p1", "p2"]),
        says=st.sampled_from(["yes", "no", "silent"]),
        default=st.sampled_from(["none"]),
        places=st.sampled_from([["WORLD"], ["EU"], ["US"]]),
        content=st.sampled_from([["post"], ["message"], ["post", "photo"]]),
    ),
    max_size=3,
    unique_by=lambda one: one.id,
)


@given(PRACTICES, st.lists(CLAUSES, max_size=4), st.sampled_from(["DE", "US-PA"]))
def test_law_a_policy_that_was_seen_changes_no_answer(
    practices: list[Any], clauses: list[Clause], where: str
) -> None:
    """Neither more permissive nor a no: only limits are added, and ``stale`` follows from them."""
    of = known(practice=practices)
    before = asked(of, where)
    after = marked(before, [kept(*clauses)] if clauses else [], of)
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        assert (new.answer, new.strength, new.open) == (old.answer, old.strength, old.open)
        assert (new.practices, new.reasons, new.steps) == (old.practices, old.reasons, old.steps)
        assert new.limits[: len(old.limits)] == old.limits
        assert not old.stale
        assert new.stale == (len(new.limits) > len(old.limits))


# What the store has -------------------------------------------------------------------------------

NAME = "acme/privacy-policy"


def look(day: int, outcome: str, *said: Clause) -> PolicySeen:
    """One look at acme's policy."""
    return PolicySeen(
        document=NAME,
        url="https://acme.example/privacy",
        on=date(2024, 6, day),
        outcome=outcome,  # type: ignore[arg-type]
        said=said,
        in_force=date(2024, 5, 1) if said else None,
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Knowledge in which acme has one policy, for the EU."""
    (tmp_path / "known" / "policies").mkdir(parents=True)
    (tmp_path / "known" / "policies" / "acme.toml").write_text(
        'of = "acme"\n[[document]]\nid = "privacy-policy"\nkind = "privacy"\ntitle = "Privacy"\n'
        'url = "https://acme.example/privacy"\nurl_seen = 2024-06-01\nurl_from = "declaration"\n'
        'places = ["EU"]\n',
        encoding="utf-8",
    )
    return tmp_path / "known"


@pytest.mark.parametrize(
    ("looks", "seen"),
    [
        ([], None),
        ([look(1, "failed")], None),
        ([look(1, "first", clause())], 1),
        ([look(1, "first", clause()), look(5, "same")], 5),
        ([look(1, "first", clause()), look(5, "same"), look(9, "failed")], 5),
        ([look(1, "first", clause()), look(5, "changed")], None),  # it says nothing any more
        ([look(1, "first"), look(5, "changed", clause()), look(7, "same")], 7),
    ],
)
def test_the_clauses_are_those_of_the_last_text_and_the_day_the_last_it_was_seen(
    tmp_path: Path, root: Path, looks: list[PolicySeen], seen: int | None
) -> None:
    now = datetime(2024, 6, 20, tzinfo=UTC)
    with Store.open(tmp_path / "home") as store:
        for one in looks:
            begun = store.policies.begin([NAME], now)
            store.policies.record(begun.id, one, now)
            store.policies.end(begun.id, now)
        found = kept_of(store, "acme", root)
    if seen is None:
        assert found == []
        return
    (one,) = found
    assert (one.seen, one.clauses) == (date(2024, 6, seen), (clause(),))
    assert (one.places, one.in_force) == (("EU",), date(2024, 5, 1))
