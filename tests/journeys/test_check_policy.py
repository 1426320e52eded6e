"""check --policy says what a text says of training, and how that stands to what is known."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from textwrap import wrap
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.journeys.run import complains, files, flat, here, too_wide
from tests.journeys.served import Answer, Served, site
from withhold.catalog.load import default_root
from withhold.keep import Store
from withhold.keep.policy_seen import PolicySeen
from withhold.policies import read_document

KEEPING = "We keep the details of your account for as long as you have an account with us. " * 12
SAYS_YES = (
    "We use the posts and photos that you publish to train our artificial intelligence models."
)
SAYS_NO = "We do not use your posts to train our artificial intelligence models."
FORBIDS = "You may not use our services to train artificial intelligence models."
POLICY = f"""# Example Privacy Policy

Last updated: March 1, 2026. Effective: April 1, 2026.

## What we keep

{KEEPING}

## Models

{SAYS_YES}

{FORBIDS}
"""
SILENT = f"# Example Privacy Policy\n\n## What we keep\n\n{KEEPING}\n"
HOSTILE = "<script>alert(1)</script> \x1b[31mred [x](https://evil.example) =1+1"


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """A policy as a file."""
    path = tmp_path / "2026-08-22.md"
    path.write_text(POLICY, encoding="utf-8")
    return path


def asked(*args: str | Path) -> dict[str, Any]:
    """The JSON document."""
    body = json.loads(here("check", *args, "--format", "json").ok().out)
    assert body["schema"] == "withhold/policy/1"
    return dict(body)


# What it says -----------------------------------------------------------------------------------


def test_a_policy_is_told_with_its_three_days_apart(home: Path, policy: Path) -> None:
    body = asked("--policy", policy)
    assert (body["published"], body["in_force"], body["seen"]) == (
        "2026-03-01",
        "2026-04-01",
        "2026-08-22",
    )
    assert (body["title"], body["language"], body["standing"]) == (
        "Example Privacy Policy",
        "en",
        "says",
    )
    assert body["kept"] > 0.95
    (clause,) = body["clauses"]
    assert (clause["sentence"], clause["says"]) == (SAYS_YES, "yes")
    assert clause["why"]
    assert clause["against"] is None
    (forbidden,) = body["restrictions"]
    assert (forbidden["sentence"], forbidden["restricts_reader"]) == (FORBIDS, True)
    assert not files(home)


@pytest.mark.parametrize(("lang", "mark"), [("en", "That is not a no."), ("de", "kein Nein")])
def test_silence_is_said_to_be_no_no(tmp_path: Path, lang: str, mark: str) -> None:
    path = tmp_path / "p.md"
    path.write_text(SILENT, encoding="utf-8")
    text = flat(here("check", "--policy", path, "--lang", lang).ok().out)
    assert mark in text
    assert ("not known" if lang == "en" else "nicht bekannt") in text  # when it was seen


@pytest.mark.parametrize(
    ("data", "standing"),
    [
        ("# Einen Moment\n\nBitte bestätige, dass du ein Mensch bist.", "captcha"),
        ("# Just a moment\n\nConfirm that you are a person.", "captcha"),
        ("# One thing first\n\nPlease tell us how old you are.", "short"),
        ("", "empty"),
        (
            "# Confidentialité\n\n" + "Nous gardons les données de votre compte chez nous. " * 40,
            "not-read",
        ),
    ],
)
def test_what_was_not_read_is_never_silent(tmp_path: Path, data: str, standing: str) -> None:
    path = tmp_path / "p.md"
    path.write_text(data, encoding="utf-8")
    assert asked("--policy", path)["standing"] == standing
    text = flat(here("check", "--policy", path).ok().out)
    assert "Silent" not in text
    assert "not known" in text


@pytest.mark.parametrize("kind", ["html", "txt", "md"])
def test_formats_of_files_say_the_same(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"p.{kind}"
    text = POLICY
    if kind == "html":
        parts = [f"<p>{one}</p>" for one in POLICY.split("\n\n")[1:] if not one.startswith("#")]
        text = f"<!doctype html><html><body><main>{''.join(parts)}</main></body></html>"
    path.write_text(text, encoding="utf-8")
    body = asked("--policy", path)
    assert [one["sentence"] for one in body["clauses"]] == [SAYS_YES]


def test_a_pdf_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "2026-08-22.pdf"
    page = Canvas(str(path))
    page.setTitle("Example Privacy Policy")
    told = page.beginText(60, 780)
    for part in (*POLICY.split("\n\n"), "The end of it."):
        for line in (*wrap(part.lstrip("# "), 80), ""):
            told.textLine(line)
    page.drawText(told)
    page.save()
    body = asked("--policy", path)
    assert (body["text"], body["seen"]) == (
        {"name": "2026-08-22.pdf", "format": "pdf", "url": None},
        "2026-08-22",
    )
    assert [(one["sentence"], one["says"]) for one in body["clauses"]] == [(SAYS_YES, "yes")]
    assert [one["sentence"] for one in body["restrictions"]] == [FORBIDS]
    assert (body["published"], body["in_force"]) == ("2026-03-01", "2026-04-01")
    assert body["kept"] > 0.95
    assert "PDF" in flat(here("check", "--policy", path).ok().out)


def test_a_pdf_of_pictures_is_empty_and_never_silent(tmp_path: Path) -> None:
    path = tmp_path / "p.pdf"
    page = Canvas(str(path))
    page.rect(100, 100, 300, 300, fill=1)
    page.save()
    assert asked("--policy", path)["standing"] == "empty"
    assert "Silent" not in here("check", "--policy", path).ok().out
    path.write_bytes(path.read_bytes()[:200])  # it was cut on its way
    assert asked("--policy", path)["standing"] == "empty"
    assert "no words, PDF; the file is damaged" in flat(here("check", "--policy", path).ok().out)


def test_what_is_said_of_the_document_stands_in_one_column(policy: Path) -> None:
    for lang, seen in (("en", "seen"), ("de", "gesehen")):
        out = here("check", "linkedin", "--policy", policy, "--lang", lang).ok().out
        lines = out.strip().partition("\n\n")[0].splitlines()[1:]
        at = next(one for one in lines if one.split()[0] == seen).index("2026-08-22")
        assert {one[at - 1 : at + 1].strip() != "" for one in lines} == {True}
        assert {one[at - 2 : at] for one in lines} == {"  "}


def test_with_all_the_words_that_decided_are_told(policy: Path) -> None:
    short = flat(here("check", "--policy", policy).ok().out)
    full = flat(here("check", "--policy", policy, "--all").ok().out)
    assert "Decided by:" not in short
    assert "Decided by:" in full
    assert "Under: Example Privacy Policy › Models" in full


@pytest.mark.parametrize("columns", ["80", "60", "120"])
def test_no_line_is_wider_than_the_terminal(
    policy: Path, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    for lang in ("en", "de"):
        text = here("check", "linkedin", "--policy", policy, "--all", "--lang", lang).ok().out
        wide = [one for one in too_wide(text, int(columns)) if "knowledge new" not in one]
        assert wide == []


# Against what is known ----------------------------------------------------------------------------


def test_against_a_platform_each_clause_says_how_it_stands(policy: Path) -> None:
    body = asked("linkedin", "--policy", policy)
    (clause,) = body["clauses"]
    assert clause["against"] == {
        "stand": "agrees",
        "practices": ["own-generative-models"],
        "differs": [],
    }
    assert body["against"]["agrees"] == 1
    assert body["of"] == "linkedin"


def test_a_no_where_a_yes_is_known_is_said_first_and_plainly(tmp_path: Path) -> None:
    path = tmp_path / "p.md"
    path.write_text(POLICY.replace(SAYS_YES, SAYS_NO), encoding="utf-8")
    text = flat(here("check", "linkedin", "--policy", path).ok().out)
    assert "1 against what is known here" in text
    assert "Against what is known here (own-generative-models): it says the opposite." in text


def test_a_place_says_what_does_not_hold_there(tmp_path: Path) -> None:
    path = tmp_path / "p.md"
    path.write_text(
        POLICY.replace(SAYS_YES, f"If you live in the United States, {SAYS_YES.lower()}"),
        encoding="utf-8",
    )
    applies = {
        place: [one["applies"] for one in asked("--policy", path, "--in", place)["clauses"]]
        for place in ("US-PA", "DE")
    }
    assert applies == {"US-PA": [True], "DE": [False]}


# Formats ------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """The elements and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = tmp_path / "p.txt"
    sentence = SAYS_YES.replace("posts", f"posts {HOSTILE}")
    path.write_text(f"{HOSTILE}\n\n{KEEPING}\n\n{sentence}\n", encoding="utf-8")
    return path


def test_no_format_carries_what_a_text_puts_into_it(hostile: Path) -> None:
    for form in ("text", "md", "html", "csv"):
        out = here("check", "--policy", hostile, "--format", form).ok().out
        assert "\x1b" not in out
        if form == "html":
            page = Page(out)
            assert not {"script", "img", "a"} & set(page.tags)
        if form == "md":
            assert "[x](https://evil" not in out
            assert "<script" not in out.replace("\\<script", "")


def test_csv_has_a_row_for_each_clause(policy: Path) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(here("check", "linkedin", "--policy", policy, "--format", "csv").ok().out)
        )
    )
    assert [(one["says"], one["restricts_reader"], one["known"]) for one in rows] == [
        ("yes", "no", "agrees"),
        ("no", "yes", ""),
    ]
    assert rows[0]["sentence"] == SAYS_YES


def test_the_page_says_what_the_text_says(policy: Path) -> None:
    page = Page(here("check", "linkedin", "--policy", policy, "--format", "html").ok().out)
    words = flat(page.words)
    for said in (SAYS_YES, FORBIDS, "2026-03-01", "2026-04-01", "2026-08-22", "As known here"):
        assert said in words
    assert page.tags.count("h1") == 1


# What cannot be done ------------------------------------------------------------------------------


def test_what_cannot_be_read_says_so_in_one_line(tmp_path: Path, policy: Path) -> None:
    complains(here("check", "--policy", tmp_path / "none.md"), 2, "cannot be read")
    complains(here("check", "--policy", tmp_path), 2)
    complains(here("check", "linkedn", "--policy", policy), 2, "did you mean linkedin")
    complains(here("check", "linkedin", "x", "--policy", policy), 2, "several")
    complains(here("check", "--policy", policy, "--format", "sarif"), 2, "sarif")
    complains(here("check", "--policy", policy, "--posts"), 2, "--posts")
    complains(here("check", "--policy", policy, "--fail-on", "allowed"), 2, "--fail-on")
    complains(here("check", "--policy", "https://"), 2, "address")
    picture = tmp_path / "p.png"
    picture.write_bytes(b"\x89PNG\0\0")
    complains(here("check", "--policy", picture), 2, "no text")


# Served -------------------------------------------------------------------------------------------


@pytest.fixture
def served(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    """A site that serves a policy, and other things."""
    monkeypatch.setenv("WITHHOLD_CONTACT", "ada@example.org")
    parts = f"<h1>Example Privacy Policy</h1><p>{KEEPING}</p><p>{SAYS_YES}</p>"
    page = f"<!doctype html><html><body><main>{parts}</main></body></html>"
    html = [("Content-Type", "text/html; charset=utf-8")]
    with site(
        robots=Answer(b"User-agent: *\nDisallow: /private\n"),
        **{
            "/privacy": Answer(page.encode(), headers=html),
            "/private": Answer(page.encode(), headers=html),
            "/refused": Answer(b"no", 403),
            "/gone": Answer(b"no", 410),
            "/broken": Answer(b"no", 503),
            "/picture": Answer(b"\x89PNG\0\0", headers=[("Content-Type", "image/png")]),
        },
    ) as found:
        yield found


def test_an_address_is_fetched_politely_and_kept(served: Served, home: Path) -> None:
    url = f"{served.url}/privacy"
    ran = here("check", "--policy", url, "--allow-private", "--format", "json").ok()
    body = json.loads(ran.out)
    assert body["text"]["url"] == url
    assert body["seen"]
    assert [one["sentence"] for one in body["clauses"]] == [SAYS_YES]
    assert "/robots.txt" in served.asked
    assert list(home.rglob("*.warc.gz"))
    assert "evidence" in ran.err.lower() or "response" in ran.err.lower()


def test_without_evidence_nothing_is_kept(served: Served, home: Path) -> None:
    here("check", "--policy", f"{served.url}/privacy", "--allow-private", "--no-evidence").ok()
    assert not files(home)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/private", "robots.txt asks us to stay away"),
        ("/refused", "the server refuses"),
        ("/gone", "nothing is there any more"),
        ("/broken", "the server is in trouble"),
        ("/picture", "no text"),
    ],
)
def test_a_failed_fetch_ends_with_its_reason_and_says_nothing(
    served: Served, path: str, words: str
) -> None:
    ran = here("check", "--policy", f"{served.url}{path}", "--allow-private", "--no-evidence")
    complains(ran, 1, words)
    if path == "/private":
        assert path not in served.asked


def test_an_address_needs_a_contact_and_is_of_today(home: Path) -> None:
    complains(here("check", "--policy", "https://acme.example/p"), 2, "contact")
    earlier = here("check", "--policy", "https://acme.example/p", "--when", "2024-01-01")
    complains(earlier, 2, "as it is today")


# Drafts -------------------------------------------------------------------------------------------


def test_a_draft_is_printed_and_nothing_is_written(home: Path, policy: Path) -> None:
    before = files(default_root() / "platforms")
    ran = here("knowledge", "new", "practice", "linkedin", "--from-policy", policy).ok()
    found = tomllib.loads(ran.out)
    assert [one["says"] for one in found["practice"]] == ["yes"]
    (source,) = found["source"].values()
    assert (source["quote"], str(source["seen"])) == (SAYS_YES, "2026-08-22")
    assert "knowledge lint" in ran.err
    assert files(default_root() / "platforms") == before
    assert not files(home)


def test_a_draft_needs_a_text_that_says_something(tmp_path: Path, policy: Path) -> None:
    path = tmp_path / "p.md"
    path.write_text(SILENT, encoding="utf-8")
    new = ("knowledge", "new")
    complains(here(*new, "practice", "linkedin", "--from-policy", path), 3, "Silent")
    complains(here(*new, "practice", "linkedin"), 2, "--from-policy")
    complains(here(*new, "platform", "acme", "--from-policy", policy), 2, "practice")
    complains(here(*new, "practice", "linkedn", "--from-policy", policy), 2, "did you mean")


# Stale --------------------------------------------------------------------------------------------


@pytest.fixture
def behind(home: Path) -> Path:
    """A home whose store saw LinkedIn's policy say no, after all that is known here."""
    here("own", "set", "place", "US-PA").ok()
    now = datetime.now(UTC)
    read = read_document(POLICY.replace(SAYS_YES, SAYS_NO))
    with Store.open(home) as store:
        begun = store.policies.begin(["linkedin/privacy-policy"], now)
        seen = PolicySeen(
            document="linkedin/privacy-policy",
            url="https://www.linkedin.com/legal/privacy-policy",
            on=now.date(),
            outcome="first",
            title="LinkedIn Privacy Policy",
            said=read.practices,
        )
        store.policies.record(begun.id, seen, now)
    return home


def test_an_answer_behind_a_policy_is_marked_and_not_changed(behind: Path) -> None:
    def verdicts() -> list[dict[str, Any]]:
        found = json.loads(here("check", "linkedin", "--format", "json").ok().out)
        return [one for one in found["verdicts"] if one["use"] == "train-ai"]

    marked = verdicts()
    with Store.open(behind) as store:
        today = datetime.now(UTC).date()
        looks = store.policies.looks("linkedin/privacy-policy")
    assert looks[-1].on == today
    stale = [one for one in marked if one["stale"]]
    assert stale
    for one in stale:
        (limit,) = [why for why in one["limits"] if why["code"] == "policy-differs"]
        assert SAYS_NO in limit["text"]
        assert limit["sources"][0]["seen"] == str(today)
        assert one["answer"] == "allowed"
    plain = json.loads(
        here("check", "linkedin", "--format", "json", "--when", "2026-09-01").ok().out
    )
    assert not any(one["stale"] for one in plain["verdicts"])


@pytest.mark.parametrize(
    ("form", "lang"), [("text", "en"), ("text", "de"), ("md", "en"), ("html", "en")]
)
def test_every_face_has_the_sentence(behind: Path, form: str, lang: str) -> None:
    out = flat(here("check", "linkedin", "--format", form, "--lang", lang).ok().out)
    assert SAYS_NO in out
    assert ("policy as seen on" if lang == "en" else "gesehen am") in out
