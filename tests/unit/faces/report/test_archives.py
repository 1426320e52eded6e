"""What an import says: every reason has its sentence in every language, nothing is hidden."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any, get_args

import pytest

from withhold.exports.notes import Ignored, Notes, Why
from withhold.exports.post import AudienceBy
from withhold.faces.report.archives import (
    SHOWN_AT_MOST,
    document,
    lines,
    span_text,
    why_text,
    words_of,
)
from withhold.keep.post_taking import Taken
from withhold.verbs.archive_owner import How, Whose
from withhold.verbs.import_archive import Counted, Imported
from withhold.words import KINDS, LANGS, Audience, Observation

CODES = {
    "why": get_args(Why),
    "ignored": get_args(Ignored),
    "kind": KINDS,
    "audience": get_args(get_args(Audience)[0]),
    "by": get_args(AudienceBy),
    "account": get_args(How),
}
EN = words_of("en")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("what", CODES)
def test_every_code_has_its_sentence(what: str, lang: str) -> None:
    words = words_of(lang)
    assert len(CODES[what]) > 4
    for code in CODES[what]:
        assert len(words[f"{what}_{code}"]) > 3, code


@pytest.mark.parametrize("lang", LANGS)
def test_no_sentence_is_of_a_code_that_is_not_there(lang: str) -> None:
    others = {"account_only_other"}
    for what, codes in CODES.items():
        named = {
            key.removeprefix(f"{what}_")
            for key in words_of(lang)
            if key.startswith(f"{what}_") and key not in others
        }
        assert named == set(codes), what


def test_both_languages_have_every_sentence_with_the_same_gaps() -> None:
    german = words_of("de")
    assert EN.keys() == german.keys()
    for key, text in EN.items():
        assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", german[key])), key
        if len(re.findall(r"[a-z]{3,}", re.sub(r"{\w+}", "", text))) > 3:
            assert text != german[key], key


def imported(notes: Notes | None = None, **said: Any) -> Imported:
    """1,234 posts of X, of which all but 34 were new."""
    fields = {
        "files": ("x-1.zip", "x-2.zip"),
        "platform": "x",
        "layout": "js",
        "digest": "d" * 64,
        "exported": date(2026, 7, 1),
        "accounts": (Whose(key="x:ada", how="only", handle="ada.b"),),
        "counted": (
            Counted(account="x:ada", kind="post", audience="unknown", audience_by="none", n=1_200),
            Counted(account="x:ada", kind="message", audience="private",
                    audience_by="platform-default", n=34),
        ),
        "taken": Taken(new=1_200, again=34),
        "notes": notes or Notes(),
        "written": True,
    }  # fmt: skip
    return Imported(**{**fields, **said})


def shown(one: Imported, lang: str = "en") -> str:
    return "\n".join(line.text for line in lines(one, words_of(lang), "X"))


def test_posts_are_told_with_what_says_who_could_see_them() -> None:
    assert shown(imported()).splitlines()[:6] == [
        "x-1.zip, x-2.zip: X (form: js), of 2026-07-01",
        "account: x:ada, the only one you have there; the archive names itself ada.b",
        "posts: 1,234; new: 1,200; here already: 34",
        "posts: 1,200, not known who could see them (nothing says it)",
        "messages: 34, private (there such things have no other audience)",
        "Of 1,200 the archive does not say who could see them. If everybody could, say so: "
        "withhold own posts x:ada --audience public (or: followers, group, private)",
    ]
    assert "Beiträge: 1.234; neu: 1.200; schon da: 34" in shown(imported(), "de")


@pytest.mark.parametrize(
    ("taken", "said"),
    [(Taken(again=1_234), True), (Taken(again=1_230, changed=4), False), (Taken(new=1), False)],
)
def test_that_nothing_is_new_is_said_plainly(taken: Taken, said: bool) -> None:
    assert ("Nothing in it is new" in shown(imported(taken=taken))) == said
    assert ("Nichts darin ist neu" in shown(imported(taken=taken), "de")) == said


def test_posts_of_two_accounts_are_told_apart() -> None:
    counted = tuple(
        Counted(account=account, kind="profile", audience="public", audience_by="none", n=n)
        for account, n in (("instagram:a", 1), ("threads:a", 2))
    )
    assert shown(imported(counted=counted)).splitlines()[3:5] == [
        "threads:a: profile: 2, public (nothing says it)",
        "instagram:a: profile: 1, public (nothing says it)",
    ]


def test_a_name_in_a_command_can_be_copied() -> None:
    counted = Counted(
        account="x:a; rm -rf", kind="post", audience="unknown", audience_by="none", n=1
    )
    assert "own posts 'x:a; rm -rf' --audience" in shown(imported(counted=(counted,)))


def test_an_archive_without_a_day_says_so() -> None:
    assert "does not say of which day" in shown(imported(exported=None))


def test_everything_not_understood_is_counted_and_the_first_are_shown() -> None:
    notes = Notes()
    for number in range(SHOWN_AT_MOST + 5):
        notes.trouble(f"data/{number}.js", "bad-date", f"/{number}", value="0000-00-00")
    notes.left = 3
    text = shown(imported(notes))
    assert f"not understood: {SHOWN_AT_MOST + 8}" in text
    assert "data/0.js (/0): its date is none (value: 0000-00-00)" in text
    assert f"data/{SHOWN_AT_MOST}.js" not in text
    assert "and 5 more" in text
    assert "3 further troubles were only counted" in text


def test_a_manifest_that_names_another_number_is_told() -> None:
    notes = Notes()
    for path, expected in (("a.js", 5), ("b.js", 4), ("c.js", None)):
        read = notes.read(path)
        read.posts, read.others, read.expected = 3, 1, expected
    text = shown(imported(notes))
    assert "a.js: its own manifest names 5, read were 4" in text
    assert "b.js:" not in text
    assert "c.js:" not in text
    assert "by other people, left out: 3" in text


def test_files_that_were_not_read_are_grouped_by_their_reason() -> None:
    notes = Notes()
    for number in range(5):
        notes.ignore(f"{number}.jpg", "media")
    notes.ignore("ads.js", "not-published")
    text = shown(imported(notes))
    assert "files not read: 5; pictures, videos and sounds" in text
    assert "files not read: 1; nothing that was published" in text


@pytest.mark.parametrize("lang", LANGS)
def test_no_gap_is_left_open(lang: str) -> None:
    notes = Notes()
    for why in get_args(Why):
        notes.trouble("a/{b}", why, "{c}", **{"d": "{e}"})
    one = imported(
        notes,
        taken=Taken(new=1, again=2, changed=3, repeated=4),
        recorded=(
            Observation(control="x/y", value="on", on=date(2026, 1, 1), how="shown", account="x"),
        ),
    )
    text = shown(one, lang).replace("a/{b}", "").replace("({c})", "").replace("{e}", "")
    assert "{" not in text


def test_for_programs_all_is_there() -> None:
    notes = Notes()
    notes.read("tweets.js").posts = 34
    notes.ignore("1.jpg", "media")
    for number in range(SHOWN_AT_MOST + 5):
        notes.trouble("tweets.js", "bad-date", f"/{number}")
    body = document([imported(notes)], EN, dry_run=False, searched=7)
    assert json.loads(json.dumps(body)) == body
    assert (body["schema"], body["searched"]) == ("withhold/import/1", 7)
    (one,) = body["archives"]
    assert (one["platform"], one["layout"], one["posts"], one["new"]) == ("x", "js", 1_234, 1_200)
    assert one["understood"] == [
        {"path": "tweets.js", "posts": 34, "settings": 0, "others": 0, "expected": None}
    ]
    assert one["ignored"] == [{"path": "1.jpg", "why": "media"}]
    assert len(one["not_understood"]) == SHOWN_AT_MOST + 5
    assert one["not_understood"][0] == {
        "path": "tweets.js",
        "at": "/0",
        "why": "bad-date",
        "text": EN["why_bad-date"],
        "facts": {},
    }
    assert sum(it["posts"] for it in one["counted"]) == one["posts"]


def test_what_is_known_of_a_trouble_is_said() -> None:
    notes = Notes()
    notes.trouble("a.csv", "row-length", "row 7", expected=5, found=6)
    assert why_text(notes.not_understood[0], EN).endswith("header (expected: 5, found: 6)")


@pytest.mark.parametrize(
    ("since", "until", "text"),
    [
        (None, None, "of all time"),
        (date(2011, 1, 1), None, "from 2011-01-01"),
        (None, date(2012, 1, 1), "before 2012-01-01"),
        (date(2011, 1, 1), date(2012, 1, 1), "from 2011-01-01, before 2012-01-01"),
    ],
)
def test_spans_in_words(since: date | None, until: date | None, text: str) -> None:
    assert span_text(since, until, EN) == text
