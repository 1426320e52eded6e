"""What of a look leaves the machine: an item once, nothing private; a feed others can read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import feedparser
import pytest

from tests.unit import made
from tests.unit.verbs.test_watch import LATER, look, owner, seen
from withhold.catalog.load import default_root
from withhold.catalog.sentences import gaps_of, load_sentences
from withhold.errors import BadInput
from withhold.faces import notify
from withhold.faces.notify import Item
from withhold.faces.report.rows import Speaker
from withhold.faces.report.watched import as_markdown, lines
from withhold.faces.report.watched_told import Teller, words_of
from withhold.verbs.watch import Round
from withhold.words import LANGS

NOW = datetime(2024, 7, 8, 9, tzinfo=UTC)
SHORT = {f"strength_{one}": one for one in ("observed", "promised", "told")} | {"quoted": "“{}”"}
PROMISE = made.practice("promise", says="no")
SOON = made.practice("sells", use="licence-to-third-party", since=date(2024, 7, 20))
BEFORE = made.knowledge(made.platform(practice=[PROMISE], control=[made.control(covers="promise")]))
AFTER = made.knowledge(
    made.platform(
        practice=[PROMISE, made.practice("train", since=date(2024, 7, 4), default="on"), SOON],
        control=[made.control(covers="promise")],
    )
)
ADA = owner(
    accounts=(made.account(name="ada.secret"),),
    seen=(seen(date(2024, 4, 5), account="acme:ada.secret"),),
)


def told(found: Round, knowledge: Any = AFTER, lang: str = "en") -> Teller:
    speaker = Speaker(knowledge, load_sentences(default_root(), lang))
    return Teller(found=found, speaker=speaker, words=words_of(lang), short=SHORT)


@pytest.fixture
def changed() -> Round:
    """Worse, something to come, and a switch that is due: all of it new."""
    return look(AFTER, look(BEFORE, who=ADA), ADA, LATER)


def test_the_words_are_there_in_every_language_with_the_same_gaps() -> None:
    first = {key: gaps_of(text) for key, text in words_of("en").items()}
    for lang in LANGS:
        assert {key: gaps_of(text) for key, text in words_of(lang).items()} == first


# What is told -------------------------------------------------------------------------------------


def test_a_person_reads_what_was_and_is_why_since_when_and_by_whose_words(changed: Round) -> None:
    said = "\n".join(f"{one.head} {one.text}" for one in lines(told(changed)))
    assert "Changed since 2024-07-01: 1 worse." in said
    assert "WORSE Acme (ada.secret): posts (public). Acme, " in said
    assert "was NO (promised), is MAY." in said
    assert "2024-07-04: Acme (everywhere): training on content begins" in said
    assert "https://acme.example/policy" in said
    assert "new 2024-07-20 (in 12 days): Acme (everywhere): passing content on to others" in said
    assert "“Use switch” said no when you last saw it, on 2024-04-05" in said
    assert "withhold done acme/switch@ada.secret" in said
    assert "What makes it no: withhold plan" in said


def test_nothing_changed_is_said_in_one_line(changed: Round) -> None:
    again = look(AFTER, changed, ADA, LATER)
    said = [one.text for one in lines(told(again))]
    assert said[1] == "Nothing changed since 2024-07-08."
    assert "WORSE" not in {one.head for one in lines(told(again))}
    assert "new" not in {one.head for one in lines(told(again))}


def test_elsewhere_is_one_line() -> None:
    abroad = made.practice("train", places=["US"], since=date(2024, 7, 2))
    after = made.knowledge(made.platform(practice=[PROMISE, abroad]))
    found = look(after, look(made.knowledge(made.platform(practice=[PROMISE]))), when=LATER)
    heads = [one.head for one in lines(told(found, after)) if one.level]
    assert heads == ["ELSEWHERE"]


def test_markdown_is_inert(changed: Round) -> None:
    text = as_markdown(told(changed))
    assert text.startswith("# Looked at 1 account")
    assert "- **WORSE** " in text
    nasty = owner(accounts=(made.account(name="<script>[x](javascript:1)"),))
    text = as_markdown(told(look(AFTER, look(BEFORE, who=nasty), nasty, LATER)))
    assert "<script>" not in text
    assert "[x]" not in text


def test_every_line_can_be_said_in_german(changed: Round) -> None:
    said = " ".join(one.text for one in lines(told(changed, lang="de")))
    assert "war NEIN (promised), ist DARF" in said


# What is sent -------------------------------------------------------------------------------------


def test_a_notice_tells_what_is_new_and_names_no_account(changed: Round) -> None:
    title, text = notify.notice(told(changed))
    assert title == "withhold: 1 for the worse"
    assert text.count("\n- ") + text.startswith("- ") == 3
    assert "was NO (promised), is MAY" in text
    assert "ada" not in title + text


def test_nothing_is_sent_where_nothing_is_new_or_only_elsewhere(changed: Round) -> None:
    assert notify.notice(told(look(AFTER, changed, ADA, LATER))) == ("", "")
    assert notify.notice(told(look(BEFORE, who=ADA), BEFORE)) == ("", "")
    abroad = made.practice("train", places=["US"], since=date(2024, 7, 2))
    after = made.knowledge(made.platform(practice=[PROMISE, abroad]))
    found = look(after, look(made.knowledge(made.platform(practice=[PROMISE]))), when=LATER)
    assert found.elsewhere
    assert notify.notice(told(found, after)) == ("", "")


def test_a_notice_has_an_end(changed: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [Item(key=str(n), title=f"thing {n}") for n in range(25)]
    monkeypatch.setattr(notify, "items", lambda _: many)
    _, text = notify.notice(told(changed))
    assert text.count("- thing") == 10
    assert "… and 15 more" in text


# The feed -----------------------------------------------------------------------------------------


def items(*names: str) -> list[Item]:
    return [Item(key=name, title=f"<b>{name}</b> & more", more=("a", "b\x00c")) for name in names]


def made_feed(before: bytes | None, *names: str, now: datetime = NOW) -> bytes:
    body = notify.feed(before, items(*names), now, "withhold watch")
    assert body is not None
    return body


def test_a_feed_is_one_that_a_reader_of_others_takes() -> None:
    read = feedparser.parse(made_feed(None, "one", "two"))
    assert (read.bozo, read.version) == (False, "atom10")
    assert read.feed.id.startswith("urn:uuid:")
    assert read.feed.title == "withhold watch"
    assert read.feed.updated == "2024-07-08T09:00:00Z"
    assert read.feed.author == "withhold"
    assert [one.title for one in read.entries] == ["<b>one</b> & more", "<b>two</b> & more"]
    assert all(one.id.startswith("urn:uuid:") and one.updated for one in read.entries)
    assert read.entries[0].content[0].type == "text/plain"


def test_only_what_is_new_is_added_on_top_and_ids_stay() -> None:
    first = made_feed(None, "one")
    assert notify.feed(first, items("one"), NOW, "") is None
    assert notify.feed(first, [], NOW, "") is None
    later = NOW + timedelta(days=1)
    second = feedparser.parse(made_feed(first, "one", "two", now=later))
    before = feedparser.parse(first)
    assert second.feed.id == before.feed.id
    assert [one.title for one in second.entries] == ["<b>two</b> & more", "<b>one</b> & more"]
    assert second.entries[1].id == before.entries[0].id
    assert second.entries[1].updated == "2024-07-08T09:00:00Z"
    assert second.feed.updated == "2024-07-09T09:00:00Z"


def test_a_first_look_makes_an_empty_feed_and_the_oldest_entries_go() -> None:
    read = feedparser.parse(made_feed(None))
    assert (read.bozo, read.entries) == (False, [])
    full = made_feed(None, *map(str, range(notify.KEPT)))
    read = feedparser.parse(made_feed(full, "newest"))
    assert len(read.entries) == notify.KEPT
    assert "newest" in read.entries[0].title


BOMB = b"""<!DOCTYPE feed [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>
<feed xmlns="http://www.w3.org/2005/Atom"><generator>withhold</generator><id>&b;</id></feed>"""


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"my notes",
        b"<html/>",
        b'<feed xmlns="http://www.w3.org/2005/Atom"><generator>other</generator></feed>',
        b"<feed><generator>withhold</generator></feed>",
        BOMB,
    ],
)
def test_a_file_of_somebody_else_is_never_taken_for_the_feed(other: bytes) -> None:
    with pytest.raises(BadInput, match="no feed of withhold"):
        notify.feed(other, items("one"), NOW, "")


def test_the_same_thing_told_again_is_the_same_entry(changed: Round) -> None:
    first = look(BEFORE, who=ADA)
    again = look(AFTER, first, ADA, LATER + timedelta(days=1))
    names = [
        [notify.entry_id(one) for one in notify.items(told(each))] for each in (changed, again)
    ]
    assert names[0] == names[1]
    assert len(set(names[0])) == 3
