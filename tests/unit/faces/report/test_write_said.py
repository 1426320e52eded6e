"""What is said before a site's files are written: files, tokens, signals, what is lost."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from tests.unit import made
from withhold.catalog.sentences import gaps_of
from withhold.faces.report import write_said
from withhold.signals import wish
from withhold.signals.robots_block import Defeated
from withhold.signals.search_proof import Line, Lost, Proof
from withhold.signals.sitemap_paths import Followed
from withhold.signals.wish import Chosen, Told
from withhold.site_facts import Honours
from withhold.verbs.out_of_reach import Code, OutOfReach
from withhold.verbs.site_folder import Pages
from withhold.verbs.write_site import Change, Note, SitePlan
from withhold.words import LANGS

WORDS = write_said.words_of("en")
KNOWN = made.knowledge(actors=[made.actor("scrapeco", name="Scrape & Co"), made.actor("partner")])


def plan(**more: Any) -> SitePlan:
    """A plan of which nothing is so but what is said."""
    usual: dict[str, Any] = {
        "wish": wish.named("no-training"),
        "changes": (),
        "told": (),
        "signals": (),
        "proof": Proof(tokens=("Findbot", "Adbot"), paths=("/", "/a", "/b"), lost=()),
        "defeated": (),
        "still": (),
        "headers": (),
        "meta": "",
        "out_of_reach": (),
        "notes": (),
    }
    return SitePlan(**(usual | more))


def told(token: str, why: Any = "refused", *, refused: bool = True, says: Any = "yes") -> Told:
    crawler = made.crawler(token, honours=Honours(says=says, sources=["s"]))
    return Told(crawler=crawler, refused=refused, why=why)


def change(before: bytes | None, after: bytes | None, *signals: str) -> str:
    one = Change(name="robots.txt", before=before, after=after, signals=signals)
    return write_said.change(one, WORDS)


@pytest.mark.parametrize(
    ("before", "after", "signals", "says"),
    [
        (None, b"a", ("robots-txt", "tdmrep"), "robots.txt: new; carries robots-txt, tdmrep"),
        (b"a", b"b", ("robots-txt",), "robots.txt: changed; carries robots-txt"),
        (b"a", b"b", (), "robots.txt: changed"),
        (b"a", None, (), "robots.txt: taken away"),
        (b"a", b"a", ("robots-txt",), "robots.txt: is so already"),
        (b"", b"", (), "robots.txt: is so already"),  # an empty file is a file
        (None, None, (), ""),
    ],
)
def test_what_becomes_of_a_file(
    before: bytes | None, after: bytes | None, signals: tuple[str, ...], says: str
) -> None:
    assert change(before, after, *signals) == says


def test_tokens_whose_makers_promised_and_those_who_did_not_stand_apart() -> None:
    found = plan(
        told=(
            told("Abot"),
            told("Bbot", says="not-stated"),
            told("Cbot"),
            told("Findbot", "search-goes-first", refused=False),
        )
    )
    assert write_said.tokens(found, WORDS) == [
        "refused, and their companies say that they heed it: Abot, Cbot",
        "refused, and nobody promised to heed it: Bbot",
        "left in, because the same token serves search: Findbot",
    ]
    assert write_said.tokens(plan(), WORDS) == []


def test_lines_of_the_owners_own_that_defeat_it_are_quoted() -> None:
    of_a_line = Defeated(token="Abot", path="/x", line=3, text="Allow: /x", mode="rfc")
    of_none = Defeated(token="Abot", path="/", line=None, text="", mode="rfc")
    assert write_said.defeated(plan(defeated=(of_a_line, of_none)), WORDS) == [
        "robots.txt:3: Allow: /x (Abot, /x)",
        "robots.txt:-:  (Abot, /)",
    ]


def test_each_signal_says_who_heeds_it_and_one_that_says_nothing_is_left_out() -> None:
    heeded = Chosen(
        signal="noarchive", written=True, weight="heeded", readers=("scrapeco", "partner")
    )
    silent = Chosen(signal="noai", written=False, weight="says-nothing")
    partner = KNOWN.actors["partner"].name
    assert write_said.signals(plan(signals=(heeded, silent)), WORDS, KNOWN) == [
        f"noarchive (header or tag): Scrape & Co, {partner} say that they heed it"
    ]


@pytest.mark.parametrize(
    ("signal", "written", "all_of_it"),
    [("tdmrep", True, True), ("tdmrep", False, False), ("content-usage", True, False)],
)
def test_only_a_written_tdmrep_reserves_more_than_training(
    signal: str, written: bool, all_of_it: bool
) -> None:
    one = Chosen(signal=signal, written=written, weight="reservation")
    assert write_said.reserves_all(plan(signals=(one,))) is all_of_it


@pytest.mark.parametrize(
    ("unseen", "ends"),
    [
        ("", "comes from a tool."),
        ("offline", WORDS["note_offline"]),
        ("no such name", "could not be read (no such name); only the folder was looked at."),
    ],
)
def test_that_what_is_served_was_not_seen_is_said_last(unseen: str, ends: str) -> None:
    words = {**WORDS, "note_managed-block": "{fact} comes from a tool."}
    found = write_said.notes(plan(notes=(("managed-block", "It"),)), words, unseen)
    assert found[0] == "It comes from a tool."
    assert found[-1].endswith(ends)
    assert len(found) == (2 if unseen else 1)


def test_what_search_keeps_is_said_with_how_much_was_asked() -> None:
    assert write_said.proof(plan(), WORDS).startswith(
        "2 agents of search, ads and link previews keep every answer (paths asked: 3)"
    )


def test_lost_answers_are_counted_and_the_first_ten_named() -> None:
    lost = tuple(
        Lost("Findbot", f"/{n}", Line(None, ""), Line(7, "Disallow: /"), "rfc") for n in range(12)
    )
    found = plan(proof=Proof(tokens=("Findbot",), paths=("/",), lost=lost))
    assert write_said.proof(found, WORDS) == "12 answers are lost"
    lines = write_said.lost(found, WORDS)
    assert len(lines) == 10
    assert lines[0] == "Findbot /0: no rule -> robots.txt:7: Disallow: /"


def test_what_the_wish_gives_up_is_named() -> None:
    found = plan(proof=Proof(tokens=(), paths=(), lost=(), given_up=("Abot", "Bbot")))
    assert write_said.given_up(found, WORDS).endswith("Abot, Bbot")
    assert write_said.given_up(plan(), WORDS) == ""


def test_that_only_the_front_page_was_asked_is_said_only_for_want_of_a_sitemap() -> None:
    front = plan(proof=Proof(tokens=(), paths=("/",), lost=()))
    assert write_said.only_front(front, Pages())
    assert not write_said.only_front(front, Pages(file="sitemap.xml"))
    assert not write_said.only_front(plan(), Pages())


def test_of_an_index_of_sitemaps_it_is_said_how_much_of_it_was_read() -> None:
    unread = tuple((f"s{n}.xml", "not-there") for n in range(12))
    followed = Followed(paths=["/"], named=60, read=48, unread=unread)  # type: ignore[arg-type]
    pages = Pages(file="/srv/site/index.xml", followed=followed)
    assert write_said.index(pages, WORDS).startswith(
        "index.xml is an index of sitemaps. Of the 60 that it names 48 were read"
    )
    said = list(write_said.unread(pages, WORDS))
    assert said[0] == "not in the folder: s0.xml"
    assert said[10:] == ["and 2 more that were not read"]
    plain = Pages(file="sitemap.xml", followed=Followed(paths=["/"]))
    assert (write_said.index(plain, WORDS), list(write_said.unread(plain, WORDS))) == ("", [])


def test_facts_of_knowledge_are_said_in_the_language_or_else_in_english() -> None:
    def one(what: dict[str, str]) -> OutOfReach:
        facts: dict[str, Any] = {"name": "Scrape & Co", "what": what}
        return OutOfReach(code="needs-noarchive", facts=facts)

    both, english = {"en": "It trains.", "de": "Es trainiert."}, {"en": "It trains."}
    found = plan(out_of_reach=(one(both), one(english)))
    german = write_said.out_of_reach(found, write_said.words_of("de"), "de")
    assert german[0].startswith("Scrape & Co: Es trainiert.")
    assert german[1].startswith("Scrape & Co: It trains.")


@pytest.mark.parametrize("lang", LANGS)
def test_every_code_has_its_sentence_with_the_same_gaps_in_every_language(lang: str) -> None:
    words = write_said.words_of(lang)
    assert {f"reach_{one}" for one in get_args(Code)} <= set(words)
    assert {f"note_{one}" for one in get_args(Note)} <= set(words)
    assert set(words) == set(WORDS)
    assert {key: gaps_of(text) for key, text in words.items()} == {
        key: gaps_of(text) for key, text in WORDS.items()
    }
