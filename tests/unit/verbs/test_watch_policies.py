"""Rounds over policies without a network: outcomes, what is noise, tries, and going on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.unit.verbs.policies_made import (
    BEGAN,
    CAPTCHA,
    DENIES,
    LOGIN,
    MESSAGES,
    TRAINS,
    Clock,
    Web,
    document,
    home_of,
    outcomes,
    page,
    served,
    waits,
)
from withhold.errors import MissingExtra
from withhold.keep import Store
from withhold.keep.policy_seen import PolicySeen
from withhold.reach.fetched import Fetched, Hop, Wanted
from withhold.verbs.policy_look import Made, look
from withhold.verbs.policy_rounds import next_try
from withhold.verbs.watch_policies import Round, last_changes, run

URL = "https://acme.example/privacy"
NAME = "acme/privacy"
LOOK = "withhold.verbs.watch_policies.look"
Go = Callable[..., Round]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def web(clock: Clock) -> Web:
    return Web(clock)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(home_of(tmp_path)) as opened:
        yield opened


@pytest.fixture
def go(web: Web, store: Store, clock: Clock) -> Go:
    """One round a day over one document, or over those that are named."""

    def one(**more: Any) -> Round:
        clock.sleep_until_tomorrow()
        given = {"sleep": lambda _: None, "in_all": 1} | more
        documents = given.pop("documents", [("acme", document())])
        return run(documents, web, store, clock, **given)  # type: ignore[arg-type]

    return one


@pytest.fixture
def days(web: Web, go: Go, store: Store) -> Callable[..., list[PolicySeen]]:
    """What is seen when the address answers this on day one, that on day two ..."""

    def each(*answers: Any) -> list[PolicySeen]:
        for answer in answers:
            web.lay(URL, answer)
            go()
        return store.policies.looks(NAME)

    return each


Days = Callable[..., list[PolicySeen]]

# Outcomes ---------------------------------------------------------------------------------------


def test_first_same_changed(days: Days, store: Store) -> None:
    looks = days(page(DENIES), page(DENIES), page(DENIES, MESSAGES))
    assert outcomes(looks) == ["first", "same", "changed"]
    assert [one.on for one in looks] == [date(2026, 11, day) for day in (3, 4, 5)]
    change = looks[2].change
    assert change is not None
    assert change.grade == "worse"
    assert change.seen == date(2026, 11, 5)
    assert [pair.after.sentence for pair in change.pairs if pair.after] == [MESSAGES]
    assert store.evidence.read(looks[0].evidence) == page(DENIES)
    assert looks[1].evidence == looks[0].evidence
    assert store.evidence.read(looks[2].evidence) == page(DENIES, MESSAGES)
    assert len(store.evidence.all()) == 2
    assert store.faults() == []


def test_three_dates_are_kept_apart(days: Days) -> None:
    (look,) = days(page(TRAINS, updated="October 20, 2026"))
    assert (look.on, look.published) == (date(2026, 11, 3), date(2026, 10, 20))
    assert look.in_force is None
    assert (look.title, look.silent) == ("Privacy Policy", False)


def test_markup_alone_is_the_same_and_keeps_no_second_body(days: Days, store: Store) -> None:
    looks = days(page(TRAINS, nonce="a"), page(TRAINS, nonce="b"), page(TRAINS, nonce="c"))
    assert outcomes(looks) == ["first", "same", "same"]
    assert len(store.evidence.all()) == 1
    assert {one.evidence for one in looks} == {looks[0].evidence}


def test_other_words_that_say_the_same_raise_nothing(days: Days, store: Store) -> None:
    looks = days(page(TRAINS), page(TRAINS, name="Acme Limited"))
    assert outcomes(looks) == ["first", "re-rendered"]
    assert last_changes(store, BEGAN.date()) == []
    assert len(store.policies.history(NAME)) == 2


def test_two_renderings_that_take_turns_are_told_once(days: Days, store: Store) -> None:
    one, two = page(TRAINS), page(TRAINS, MESSAGES)
    looks = days(one, two, one, two, one)
    assert outcomes(looks) == ["first", "changed", *["re-rendered"] * 3]
    assert [look.again for look in looks[2:]] == [date(2026, 11, day) for day in (3, 4, 5)]
    assert [one.seen.on for one in last_changes(store, BEGAN.date())] == [date(2026, 11, 4)]


def test_what_was_said_before_is_known_again_by_other_rules(web: Web, go: Go, store: Store) -> None:
    for number, body in enumerate((page(TRAINS), page(TRAINS, MESSAGES), page(TRAINS))):
        web.lay(URL, body)
        go(rules=f"rules {number}")
    looks = store.policies.looks(NAME)
    assert outcomes(looks) == ["first", "changed", "re-rendered"]
    assert looks[2].again == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("kind", "start", "media"),
    [
        ("text/plain", b"# Privacy\n\n", "text"),
        ("text/plain", b"<!doctype html><html><body><h1>Privacy</h1>", "html"),
        ("text/markdown; charset=utf-8", b"# Privacy\n\n", "markdown"),
        ("", b"<html><body><h1>Privacy</h1>", "html"),
    ],
)
def test_what_kind_of_text_it_is(days: Days, kind: str, start: bytes, media: str) -> None:
    lines = [f"Line {number} says what we keep of our members, and why." for number in range(40)]
    body = start + "\n\n".join([TRAINS, *lines]).encode()
    (look,) = days(served(body, headers=(("Content-Type", kind),) if kind else ()))
    assert (look.outcome, look.media) == ("first", media)


@pytest.mark.parametrize("kind", ["text/html; charset=windows-1252", "text/html", "text/plain"])
def test_a_no_in_another_charset_stays_a_no(days: Days, kind: str) -> None:
    body = page("We don\u2019t use your posts and photos to train our AI models.")
    body = (b"# Privacy\n\n" if kind == "text/plain" else b"") + body
    answer = served(body.decode().encode("cp1252"), headers=(("Content-Type", kind),))
    assert [one.says for one in days(answer)[0].said] == ["no"]
    again = served(body, headers=(("Content-Type", kind),))  # the same words as UTF-8
    assert days(answer, again)[-1].outcome == "same"


def test_silence_is_first_and_no_change(days: Days) -> None:
    looks = days(page(), page(name="Acme Limited"))
    assert outcomes(looks) == ["first", "re-rendered"]
    assert [one.silent for one in looks] == [True, True]


def test_another_document_is_replaced_and_no_change_of_terms(days: Days) -> None:
    other = (
        page(TRAINS, title="European Notice on Machines", name="a quite different body")
        .replace(b"This paragraph", b"In chapter")
        .replace(b"when a member visits", b"on any visit to")
    )
    looks = days(page(DENIES), other)
    assert outcomes(looks) == ["first", "replaced"]
    assert looks[1].change is not None
    assert looks[1].change.grade == "document-replaced"


# Failures ---------------------------------------------------------------------------------------

NONE_OF_THEM_A_CHANGE = [
    (served(status=403), "blocked"),
    (served(status=401), "blocked"),
    (served(status=451), "blocked"),
    (served(status=404), "gone"),
    (served(status=410), "gone"),
    (served(status=500), "server-error"),
    (served(status=429, why="429"), "rate-limited"),
    (served(status=418), "bad-answer"),
    (served(why="timeout"), "timeout"),
    (served(why="dns"), "unreachable"),
    (served(why="refused"), "unreachable"),
    (served(why="tls"), "unreachable"),
    (served(why="robots"), "robots"),
    (served(why="robots-unreachable"), "robots-unreachable"),
    (served(why="redirects"), "redirects"),
    (served(b"<p>We", why="too-large", cut=True), "too-large"),
    (served(CAPTCHA), "captcha"),
    (served(LOGIN), "login-wall"),
    (served(b""), "empty"),
    (served(b"\x89PNG\0\0", headers=(("Content-Type", "image/png"),)), "not-text"),
    (served(b"{}", headers=(("Content-Type", "application/json"),)), "not-text"),
    (served(page(share=0.05)), "layout"),
    (served(page(share=0.5)), "layout"),
]


@pytest.mark.parametrize(("answer", "reason"), NONE_OF_THEM_A_CHANGE)
def test_a_failure_is_an_observation_with_a_reason_and_no_change(
    days: Days, store: Store, answer: Fetched, reason: str
) -> None:
    looks = days(page(TRAINS), answer, page(TRAINS))
    assert outcomes(looks) == ["first", f"failed: {reason}", "same"]
    assert last_changes(store, BEGAN.date()) == []
    assert looks[1].evidence == ""
    assert store.policies.last_good(NAME) == looks[2]


def test_what_is_compared_is_the_last_version_that_was_seen(days: Days) -> None:
    looks = days(page(DENIES), served(CAPTCHA), served(status=403), page(DENIES, MESSAGES))
    assert outcomes(looks) == ["first", "failed: captcha", "failed: blocked", "changed"]
    assert looks[3].change is not None
    assert [pair.after.sentence for pair in looks[3].change.pairs if pair.after] == [MESSAGES]


def test_what_was_never_seen_fails_and_is_first_later(days: Days) -> None:
    looks = days(served(why="timeout"), page(TRAINS))
    assert outcomes(looks) == ["failed: timeout", "first"]


def test_the_text_of_another_host_is_moved_unless_it_is_the_document(days: Days) -> None:
    there = {"final_url": "https://other.example/legal"}
    other = page(title="Cars for sale", name="Wheels").replace(b"This paragraph", b"Engine")
    looks = days(
        served(page(TRAINS), **there),  # never seen before: whose is it?
        page(TRAINS),
        served(page(TRAINS, MESSAGES), **there),  # known again by its sentences
        served(other, **there),
    )
    assert outcomes(looks) == ["failed: moved", "first", "changed", "failed: moved"]
    assert looks[0].detail == "to other.example"


@pytest.mark.parametrize(
    ("final", "outcome"),
    [
        ("https://www.acme.example/en/privacy", "first"),
        ("https://help.acme.example/privacy", "first"),
        ("https://acme.example/", "failed: moved"),
        ("https://acme.example.evil.test/privacy", "failed: moved"),
        ("https://notacme.example/privacy", "failed: moved"),
    ],
)
def test_which_address_is_still_the_same_place(days: Days, final: str, outcome: str) -> None:
    assert outcomes(days(served(page(TRAINS), final_url=final))) == [outcome]


def test_another_language_is_not_compared(days: Days) -> None:
    german = "".join(
        f"<p>Dieser Absatz {number} erzählt, wie lange wir die Angaben aufbewahren, wer sie sehen "
        "darf und was mit ihnen geschieht, wenn ein Mitglied sein Konto schließt.</p>"
        for number in range(30)
    )
    foreign = f"<html lang='de'><h1>Datenschutz</h1>{german}</html>".encode()
    looks = days(page(TRAINS), foreign, page(TRAINS))
    assert outcomes(looks) == ["first", "failed: other-language", "same"]
    assert looks[1].detail == "de, before en"


# Half the text ----------------------------------------------------------------------------------


def test_half_the_text_is_believed_on_the_third_day(days: Days) -> None:
    half = page(TRAINS, MESSAGES, share=0.5)
    looks = days(page(TRAINS), half, half, half, half)
    assert outcomes(looks) == ["first", "failed: layout", "failed: layout", "changed", "same"]
    assert "of the text there was on 2026-11-03" in looks[1].detail


def test_days_in_a_row_are_counted_not_looks(web: Web, store: Store, clock: Clock) -> None:
    half = page(share=0.5)
    for body in (page(TRAINS), half, half, half, half):
        web.lay(URL, body)
        run([("acme", document())], web, store, clock, sleep=lambda _: None)  # type: ignore[arg-type]
    assert outcomes(store.policies.looks(NAME)) == ["first", *["failed: layout"] * 4]


def test_half_texts_that_differ_settle_nothing(days: Days) -> None:
    looks = days(page(TRAINS), page(share=0.5), page(TRAINS, share=0.5), page(share=0.5))
    assert outcomes(looks) == ["first", *["failed: layout"] * 3]


def test_half_the_text_under_a_later_date_is_believed_at_once(days: Days) -> None:
    old, new = {"updated": "October 1, 2026"}, {"updated": "November 4, 2026"}
    looks = days(
        page(DENIES, **old),  # type: ignore[arg-type]
        page(MESSAGES, share=0.5, **old),  # type: ignore[arg-type]
        page(DENIES, MESSAGES, share=0.5, **new),  # type: ignore[arg-type]
    )
    assert outcomes(looks) == ["first", "failed: layout", "changed"]


def test_hardly_any_text_is_never_believed(days: Days) -> None:
    little = page(share=0.1)
    looks = days(page(TRAINS), *[little] * 5)
    assert outcomes(looks) == ["first", *["failed: layout"] * 5]


# Tries ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "outcome", "waited"),
    [
        ([served(why="timeout"), page(TRAINS)], "first", [2.0]),
        ([served(status=503), served(why="reset"), page(TRAINS)], "first", [2.0, 8.0]),
        ([served(why="timeout")], "failed: timeout", [2.0, 8.0]),
        ([served(status=403), page(TRAINS)], "failed: blocked", []),
        ([served(status=404), page(TRAINS)], "failed: gone", []),
        ([served(why="robots"), page(TRAINS)], "failed: robots", []),
        ([served(status=429, why="429", retry_after=30.0), page(TRAINS)], "first", [30.0]),
        (
            [served(status=429, why="429", retry_after=600.0), page(TRAINS)],
            "failed: rate-limited",
            [],
        ),
    ],
)
def test_what_may_pass_is_tried_again_with_longer_waits(
    web: Web, go: Go, store: Store, answers: list[Any], outcome: str, waited: list[float]
) -> None:
    told, sleep = waits()
    web.lay(URL, *answers)
    go(sleep=sleep)
    looks = store.policies.looks(NAME)
    assert outcomes(looks) == [outcome]
    assert told == waited
    assert looks[0].tries == len(waited) + 1 == len(web.asked)


def test_the_next_look_comes_later_with_every_failure() -> None:
    def failed(reason: str) -> PolicySeen:
        return PolicySeen(
            document=NAME,
            url=URL,
            on=BEGAN.date(),
            outcome="failed",
            reason=reason,  # type: ignore[arg-type]
        )

    good = PolicySeen(document=NAME, url=URL, on=BEGAN.date(), outcome="same")
    hours = [
        (next_try([good, *[failed("timeout")] * times], BEGAN) or BEGAN) - BEGAN
        for times in range(1, 9)
    ]
    assert hours == [timedelta(hours=n) for n in (1, 2, 4, 8, 16, 24, 24, 24)]
    assert next_try([failed("timeout"), good], BEGAN) is None
    assert next_try([], BEGAN) is None
    assert next_try([failed("gone")], BEGAN) == BEGAN + timedelta(days=1)


# Conditional ------------------------------------------------------------------------------------


def test_a_server_is_asked_whether_it_changed(web: Web, go: Go, store: Store) -> None:
    marked = (("Content-Type", "text/html"), ("ETag", '"v1"'))

    def not_modified(wanted: Wanted) -> Fetched:
        assert wanted.known is not None
        assert (wanted.known.etag, wanted.known.url) == ('"v1"', URL)
        hop = Hop(url=URL, status=304, of=wanted.known)
        return served(wanted.known.body, headers=marked, unchanged=hop)

    web.lay(URL, served(page(TRAINS), headers=marked), not_modified)
    go(), go(), go()
    assert outcomes(store.policies.looks(NAME)) == ["first", "same", "same"]
    assert [one.known is None for one in web.asked] == [True, False, False]
    assert len(store.evidence.all()) == 1


def test_after_a_captcha_the_mark_of_the_document_is_still_the_one_asked_for(
    web: Web, go: Go
) -> None:
    def marked(etag: str) -> dict[str, Any]:
        return {"headers": (("Content-Type", "text/html"), ("ETag", etag))}

    web.lay(URL, served(page(TRAINS), **marked('"v1"')), served(CAPTCHA, **marked('"c"')))
    go(), go(), go()
    asked = [one.known.etag if one.known else "" for one in web.asked]
    assert asked == ["", '"v1"', '"v1"']


def test_another_address_in_knowledge_is_asked_for_in_full(web: Web, go: Go) -> None:
    marked = (("Content-Type", "text/html"), ("ETag", '"v1"'))
    moved = "https://acme.example/legal/privacy"
    for url in (URL, moved):
        web.lay(url, served(page(TRAINS), headers=marked))
        go(documents=[("acme", document(url=url))])
    assert [one.known for one in web.asked] == [None, None]


# Rounds -----------------------------------------------------------------------------------------


def many(count: int) -> list[Any]:
    return [
        ("acme", document(f"d{number}", f"https://d{number}.example/")) for number in range(count)
    ]


def test_a_round_tells_all_in_the_order_asked(web: Web, go: Go) -> None:
    for number, answer in enumerate([page(TRAINS), served(status=403), served(CAPTCHA)]):
        web.lay(f"https://d{number}.example/", answer)
    told: list[str] = []
    done = go(documents=many(3), in_all=3, told=lambda one: told.append(one.document))
    assert [one.document for one in done.looked] == ["acme/d0", "acme/d1", "acme/d2"]
    assert sorted(told) == ["acme/d0", "acme/d1", "acme/d2"]
    assert done.counts == {"first": 1, "failed": 2}
    assert [one.seen.reason for one in done.failures] == ["blocked", "captcha"]
    assert [one.next_try is None for one in done.looked] == [True, False, False]
    assert (done.changes, done.worse, done.resumed) == ((), False, False)
    assert done.begun < done.ended
    assert done.looked[0].of == "acme"


def test_a_change_for_the_worse_is_told(web: Web, go: Go) -> None:
    web.lay(URL, page(DENIES), page(DENIES, MESSAGES))
    assert not go().worse
    done = go()
    assert done.worse
    assert [one.document for one in done.changes] == [NAME]


class Stopped(BaseException):
    """As by a signal."""


@pytest.mark.parametrize("after", [0, 1, 2, 3])
def test_a_round_that_was_stopped_goes_on_without_asking_again(
    web: Web, go: Go, store: Store, clock: Clock, after: int
) -> None:
    for number in range(4):
        web.lay(f"https://d{number}.example/", page(TRAINS))

    def stop(wanted: Wanted) -> Fetched:
        raise Stopped

    web.lay(f"https://d{after}.example/", stop)
    with pytest.raises(Stopped):
        go(documents=many(4))
    web.lay(f"https://d{after}.example/", page(TRAINS))
    web.asked.clear()
    done = run(many(4), web, store, clock, sleep=lambda _: None, in_all=1)  # type: ignore[arg-type]
    assert [one.url for one in web.asked] == [f"https://d{n}.example/" for n in range(after, 4)]
    assert [one.earlier for one in done.looked] == [n < after for n in range(4)]
    assert (done.resumed, done.counts) == (True, {"first": 4})
    assert store.observations.verify().length == 4


def test_stopped_between_the_last_look_and_the_end_the_change_is_still_told(
    web: Web, go: Go, store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.lay(URL, page(DENIES), page(DENIES, MESSAGES))
    go()

    def stop(*_: object) -> None:
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(store.policies, "end", stop)
        with pytest.raises(Stopped):
            go()
    web.asked.clear()
    done = run([("acme", document())], web, store, clock)  # type: ignore[arg-type]
    assert (web.asked, done.resumed, done.worse) == ([], True, True)
    assert store.observations.verify().length == 2
    assert [one.document for one in last_changes(store, clock.at.date())] == [NAME]


def test_a_fetcher_that_was_closed_leaves_the_round_open(web: Web, go: Go, store: Store) -> None:
    web.lay("https://d0.example/", page(TRAINS))
    web.lay("https://d1.example/", served(why="stopped"))
    done = go(documents=many(2))
    assert [one.document for one in done.looked] == ["acme/d0"]
    assert store.policies.looks("acme/d1") == []
    assert store.policies.begin(["acme/d0", "acme/d1"], done.ended).resumed


def test_what_another_process_did_meanwhile_is_not_asked_for_again(
    web: Web, go: Go, store: Store, clock: Clock
) -> None:
    web.lay("https://d0.example/", page(TRAINS))
    web.lay("https://d1.example/", page(TRAINS))

    def meanwhile(_: object) -> None:
        seen = PolicySeen(
            document="acme/d1", url="https://d1.example/", on=BEGAN.date(), outcome="first"
        )
        round = store.policies.begin(["acme/d0", "acme/d1"], clock()).id
        store.policies.record(round, seen, clock(), b"theirs")

    done = go(documents=many(2), told=meanwhile)
    assert [one.url for one in web.asked] == ["https://d0.example/"]
    assert [one.earlier for one in done.looked] == [False, True]
    assert store.observations.verify().length == 2


def test_a_change_that_another_process_has_just_noted_is_not_noted_again(
    web: Web, go: Go, store: Store, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two at once, of which one watches more documents: each has a round of its own."""
    web.lay(URL, page(DENIES), page(DENIES, MESSAGES))
    web.lay("https://d0.example/", page(TRAINS))
    go()

    def meanwhile(*given: Any) -> Made:
        made = look(*given)
        monkeypatch.setattr(LOOK, look)
        with Store.open(home_of(tmp_path)) as theirs:
            both = [("acme", document()), *many(1)]
            assert run(both, web, theirs, clock, in_all=1).counts == {"changed": 1, "first": 1}  # type: ignore[arg-type]
        return made

    monkeypatch.setattr(LOOK, meanwhile)
    assert go().counts == {"same": 1}
    assert outcomes(store.policies.looks(NAME)) == ["first", "changed", "same"]
    assert [one.document for one in last_changes(store, BEGAN.date())] == [NAME]


def test_a_document_that_is_named_twice_is_looked_at_once(web: Web, go: Go) -> None:
    web.lay(URL, page(TRAINS))
    done = go(documents=[("acme", document())] * 2)
    assert len(done.looked) == len(web.asked) == 1


def test_nothing_to_watch_is_a_round_of_nothing(go: Go) -> None:
    done = go(documents=[])
    assert (done.looked, done.counts) == ((), {})


# What is missing --------------------------------------------------------------------------------


def test_a_version_that_cannot_be_read_any_more_is_no_change(
    web: Web, go: Go, store: Store
) -> None:
    web.lay(URL, page(DENIES), page(TRAINS))
    go()
    (kept,) = store.evidence.all()
    (store._opened.evidence / kept.digest).unlink()
    (look,) = [one.seen for one in go().looked]
    assert outcomes([look]) == ["first"]
    assert look.detail == "the version of 2026-11-03 cannot be read any more"


def test_without_the_extra_nothing_is_asked_for(
    web: Web, go: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise MissingExtra("policies are not read", 'pip install "withhold[policies]"')

    monkeypatch.setattr("withhold.verbs.watch_policies.read_document", missing)
    with pytest.raises(MissingExtra):
        go()
    assert web.asked == []


def test_a_pdf_that_cannot_be_read_here_is_a_failure_of_its_own(
    web: Web, go: Go, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(*_: object) -> None:
        raise MissingExtra("PDFs are not read", "pip")

    monkeypatch.setattr("withhold.verbs.policy_look.read_document", missing)
    web.lay(URL, served(b"%PDF-1.7\n", headers=(("Content-Type", "application/pdf"),)))
    (look,) = [one.seen for one in go().looked]
    assert (look.reason, look.detail) == ("not-read", "PDFs are not read")
