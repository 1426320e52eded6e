"""An archive is imported; check --posts says which posts are open, to whom, and what they tell."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections import Counter
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tests.archives.made import reddit
from tests.journeys.run import OWNER, command, complains, files, flat, here, too_wide
from withhold.catalog.load import default_root
from withhold.exports.post import Pointer, Post
from withhold.keep import Store
from withhold.keep.post_taking import NewArchive
from withhold.verbs.search_posts import looking, search_posts

ARCHIVE, TRUTH = reddit.made(1, 30, full=True)
OPEN = [one for one in TRUTH if one.kind in ("post", "comment") and one.state == "live"]
SHOWN = [one for one in TRUTH if one.kind in ("post", "comment", "profile") and one.state == "live"]
"""What a public account of Reddit shows."""
HOSTILE = (
    "=HYPERLINK(1) call +1 412 555 0142",
    "+1 412 555 0143",
    "<script>alert(1)</script> +1 412 555 0144",
    "\x1b[31mred +1 412 555 0145",
    "[x](https://evil.example) +1 412 555 0146",
    "two\nlines +1 412 555 0147",
)
EVIL = "javascript:alert(1)"


@pytest.fixture
def imported(home: Path, tmp_path: Path) -> Path:
    """A home in Pennsylvania with Reddit's archive in it."""
    name = tmp_path / "export_ada.zip"
    with zipfile.ZipFile(name, "w") as out:
        for path, body in ARCHIVE.items():
            out.writestr(path, body)
    here("own", "set", "place", "US-PA").ok()
    here("import", name).ok()
    return home


@pytest.fixture
def public(imported: Path) -> Path:
    """The same, where the owner said that the posts were public."""
    here("own", "posts", "reddit:ada", "--audience", "public").ok()
    return imported


def _put(home: Path, texts: tuple[str, ...], **more: Any) -> None:
    """Posts straight into the store, looked through as import does."""
    with Store.open(home) as store:
        made = [
            ("reddit:ada", Post(platform="reddit", id=f"h{n}", text=text, audience="public",
                                audience_by="item-field", **more))
            for n, text in enumerate(texts)
        ]  # fmt: skip
        archive = NewArchive(platform="reddit", layout="csv", digest="f" * 64)
        store.posts.take(archive, made, datetime(2026, 1, 1, tzinfo=UTC))
        search_posts(store, looking(default_root(), "US"))


def asked(*args: str) -> dict[str, Any]:
    """The JSON document."""
    body = json.loads(here("check", "--posts", *args, "--format", "json").ok().out)
    assert body["schema"] == "withhold/exposure/1"
    return dict(body)


def counted(body: dict[str, Any], actor: str, use: str = "train-ai") -> dict[str, int]:
    """How posts and comments that are not counted apart stand toward one actor."""
    found: Counter[str] = Counter()
    for one in body["stands"]:
        told = one["kind"] in ("post", "comment") and not one["apart"]
        if told and (one["actor"], one["use"]) == (actor, use):
            for standing in ("open", "was_open", "closed", "unknown", "open_if_public"):
                found[standing] += one[standing]
    return dict(found)


# What is so -------------------------------------------------------------------------------------


def test_without_a_word_on_the_audience_nothing_is_taken_for_public(imported: Path) -> None:
    found = counted(asked(), "reddit")
    assert (found["open"], found["was_open"]) == (0, 0)
    assert found["open_if_public"] == len(OPEN)
    text = flat(here("check", "--posts").ok().out)
    assert f"Whether {len(OPEN)} of" in text
    assert f"Open if they are public: {len(OPEN)}." in text
    assert "withhold own posts reddit:ada --audience public" in text


def test_with_the_owners_word_they_are_open(public: Path) -> None:
    body = asked()
    assert counted(body, "reddit")["open"] == len(OPEN)
    drafts = [one for one in body["stands"] if one["apart"] == "draft"]
    assert drafts
    assert all(one["open"] == 0 for one in drafts)
    by_month = Counter(one.created[:7] for one in OPEN)
    months: Counter[str] = Counter()
    for one in body["stands"]:
        if one["kind"] not in ("post", "comment"):
            continue
        if (one["actor"], one["use"], one["apart"]) == ("reddit", "train-ai", ""):
            months.update(
                {m["month"]: m["posts"] for m in one["months"] if m["standing"] == "open"}
            )
    assert months == by_month
    text = flat(here("check", "--posts").ok().out)
    assert f"{len(SHOWN)} of" in text
    assert "are open to Reddit (training its AI)" in text


def test_no_answer_stands_alone(public: Path) -> None:
    text = flat(here("check", "--posts").ok().out)
    for words in (
        "Reddit says it may",
        "Counted apart",
        "By year",
        "What this does not say",
        "Whether a post still stands on the platform was not looked up",
        "Information, not legal advice.",
    ):
        assert words in text, words
    whole = flat(here("check", "--posts", "--all").ok().out)
    assert "rests on platforms/reddit.toml" in whole


def test_a_switch_ends_it_and_the_day_of_posting_decides(home: Path) -> None:
    here("own", "set", "place", "DE").ok()
    here("own", "add", "account", "linkedin", "--audience", "public").ok()
    here("done", "linkedin/ai-training-toggle", "--on", "2025-12-01").ok()
    with Store.open(home) as store:
        posts = [
            ("linkedin", Post(platform="linkedin", id=str(day), precision="day", zone="utc",
                              created=datetime(2025, 11, day, tzinfo=UTC)))
            for day in (1, 30)
        ]  # fmt: skip
        late = Post(platform="linkedin", id="l", created=datetime(2025, 12, 1, tzinfo=UTC))
        archive = NewArchive(platform="linkedin", layout="csv", digest="e" * 64)
        store.posts.take(archive, [*posts, ("linkedin", late)], datetime(2026, 1, 1, tzinfo=UTC))
    body = asked()
    found = counted(body, "linkedin")
    assert (found["open"], found["was_open"], found["closed"]) == (0, 2, 1)
    (ended,) = [one["ended"] for one in body["stands"] if one["actor"] == "linkedin"]
    assert ended == [{"on": "2025-12-01", "posts": 2}]
    text = flat(here("check", "--posts").ok().out)
    assert "2 of 3 were open to LinkedIn (training its AI) until 2025-12-01" in text
    assert "you say you switched it off on 2025-12-01" in text
    assert counted(asked("--when", "2025-11-15"), "linkedin")["open"] == 1


# What it gives away -----------------------------------------------------------------------------


def test_the_most_revealing_open_posts_with_the_way_to_each(public: Path) -> None:
    _put(public, ("my mail is ada@example.org, ring +1 412 555 0142",),
         url="https://www.reddit.com/r/cats/1", url_by="given")  # fmt: skip
    (first, *_) = asked()["posts"]
    assert first["gives_away"] == ["email", "phone"]
    assert first["standing"] == "open"
    assert {one["actor"] for one in first["to"]} >= {"reddit"}
    excerpt = "".join(first["excerpt"].values())
    assert "ada@example.org" in excerpt
    assert len(excerpt) <= 80
    text = flat(here("check", "--posts").ok().out)
    assert "Of the open ones, 1 gives something away. For sure: e-mail address: 1" in text
    assert "What gives most away, of what is open now" in text
    assert "https://www.reddit.com/r/cats/1" in text


def test_a_post_without_address_is_found_in_the_archive(public: Path) -> None:
    _put(public, ("ring +1 412 555 0142",), source=Pointer(part="a.zip", path="p.csv", at="row 7"))
    assert "in your archive: a.zip, p.csv, row 7" in flat(here("check", "--posts").ok().out)


def test_twenty_are_shown_and_the_table_has_all(public: Path) -> None:
    _put(public, tuple(f"ring +1 412 555 01{n:02d}" for n in range(50, 75)))
    assert len(asked()["posts"]) == 20
    assert asked()["posts_in_all"] == 25
    assert "20 of 25. All of them" in flat(here("check", "--posts").ok().out)
    rows = list(csv.DictReader(io.StringIO(here("check", "--posts", "--format", "csv").ok().out)))
    assert len(rows) == 25
    assert {(row["standing"], row["gives_away"]) for row in rows} == {("open", "phone")}


def test_only_posts_with_these_words(public: Path) -> None:
    _put(public, ("a walk in Pittsburgh", "a walk elsewhere"))
    body = asked("--find", "pittsburgh walk")
    assert counted(body, "reddit")["open"] == 1
    assert [one["id"] for one in body["posts"]] == ["h0"]
    text = flat(here("check", "--posts", "--find", "pittsburgh walk").ok().out)
    assert "“a walk in Pittsburgh”" in text
    assert "elsewhere" not in text
    nothing = here("check", "--posts", "--find", "nowhere-to-be-found").ok().out
    assert "No stored post holds all these words" in nothing


# Formats ----------------------------------------------------------------------------------------


def test_no_cell_is_a_formula(public: Path) -> None:
    _put(public, HOSTILE, url=EVIL, url_by="given")
    out = here("check", "--posts", "--format", "csv").ok().out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert len(rows) == len(HOSTILE)
    for row in rows:
        for text in row.values():
            assert not text.startswith(("=", "+", "-", "@"))
            assert text.isprintable()


class _Page(HTMLParser):
    """Tags, addresses and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.links: list[str] = []
        self.asks: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, text in attrs:
            if name == "href":
                self.links.append(text or "")
            if name in ("src", "srcset", "action", "data") or name.startswith("on"):
                self.asks.append(f"{name}={text}")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_one_page_that_asks_nobody_and_runs_nothing(public: Path) -> None:
    _put(public, HOSTILE, url=EVIL, url_by="given")
    out = here("check", "--posts", "--format", "html").ok().out
    page = _Page()
    page.feed(out)
    assert page.asks == []
    assert page.tags["script"] == page.tags["iframe"] == page.tags["img"] == 0
    assert page.tags["svg"] == 1
    assert page.tags["mark"] == len(HOSTILE)
    assert all(one.startswith("https://") for one in page.links)
    assert "\x1b" not in out
    said = flat(" ".join(page.words))
    assert "<script>alert(1)</script>" in said
    assert "are open to Reddit (training its AI)" in said
    assert "What this does not say" in said


def test_markdown_says_the_same(public: Path) -> None:
    _put(public, HOSTILE, url=EVIL, url_by="given")
    out = here("check", "--posts", "--format", "md").ok().out
    assert "](https://evil.example)" not in out.replace("\\]", "")
    assert "<script>" not in out
    assert "\x1b" not in out
    assert EVIL not in out
    assert "are open to Reddit" in out
    assert f"| 2014 | {sum(one.created[:4] == '2014' for one in OPEN)} |" in out


def test_a_picture_by_months_that_words_describe(public: Path, tmp_path: Path) -> None:
    file = tmp_path / "months.svg"
    ran = here("check", "--posts", "--chart", file).ok()
    assert str(file) in ran.err
    tree = ElementTree.fromstring(file.read_text(encoding="utf-8"))  # noqa: S314 - ours
    assert tree.get("role") == "img"
    assert f"open: {len(SHOWN)}" in str(tree.get("aria-label"))
    texts = [one.text for one in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert f"open: {len(SHOWN)}" in texts
    assert "was open: 0" in texts
    assert any(str(one).startswith("refused: ") for one in texts)
    groups = {one.get("class"): one for one in tree.iter("{http://www.w3.org/2000/svg}g")}
    months = Counter(one.created[:7] for one in SHOWN)
    (low, _), (high, number) = sorted(months.items(), key=lambda one: one[1])
    assert number > 5 * months[low]  # so the bar of the fuller month has a gap, and its number
    assert len(groups["timeline-open"]) == len(months) + 1
    assert [one.text for one in groups["timeline-cut"]] == [str(number)], high
    before = file.read_bytes()
    complains(here("check", "--posts", "--chart", file), 2, "is there already")
    assert file.read_bytes() == before


@pytest.mark.parametrize("form", ["text", "json", "csv", "html", "md"])
def test_the_real_command_writes_nothing(public: Path, form: str) -> None:
    before = files(public)
    ran = command("check", "--posts", "--format", form).ok()
    assert ran.err == ""
    assert ran.out
    assert "Traceback" not in ran.out
    assert "{" not in ran.out or form in ("json", "html")
    assert {k: v for k, v in files(public).items() if "-" not in k} == {
        k: v for k, v in before.items() if "-" not in k
    }


def test_in_german_and_on_a_narrow_terminal(public: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = flat(here("check", "--posts", "--lang", "de").ok().out)
    assert "stehen offen für Reddit (Training eigener KI)" in text
    assert "Getrennt gezählt" in text
    monkeypatch.setenv("COLUMNS", "60")
    assert too_wide(here("check", "--posts").ok().out, 60) == []


# What goes wrong --------------------------------------------------------------------------------


def test_without_posts_the_next_step_is_named(home: Path) -> None:
    complains(here("check", "--posts", "--in", "DE"), 3, "no posts", "withhold import")
    here("own", "set", "place", "DE").ok()
    complains(here("check", "--posts"), 3, "no posts", "withhold import")


def test_without_a_place(imported: Path) -> None:
    with Store.open(imported) as store:
        store.own.set("place", "")
    complains(here("check", "--posts"), 2, "where do you live?")


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("--posts", "tumblr"), 3, "no stored posts of tumblr"),
        (("--posts", "reddit:bob"), 2, "no stored posts of reddit:bob"),
        (("--posts", "rediit"), 2, "rediit"),
        (("--posts", "--format", "sarif"), 2, "--format sarif"),
        (("--posts", "--fail-on", "lost"), 2, "--fail-on lost"),
        (("--posts", "--page", "x.html"), 2, "--posts with --page"),
        (("--posts", "-f", "x.txt"), 2, "--posts with -f"),
        (("--posts", "--owner", str(OWNER)), 2, "--posts with --owner"),
        (("--find", "x"), 2, "--find without --posts"),
        (("--chart", "x.svg"), 2, "--chart without --posts"),
    ],
)
def test_what_cannot_be_asked(imported: Path, args: tuple[str, ...], code: int, words: str) -> None:
    complains(here("check", *args), code, words)


@pytest.mark.parametrize(
    ("fail_on", "code"), [("allowed", 11), ("unknown", 0), ("weak", 14), ("never", 0)]
)
def test_exit_codes_are_those_of_check(public: Path, fail_on: str, code: int) -> None:
    ran = here("check", "--posts", "--fail-on", fail_on)
    unknown = sum(one["unknown"] for one in asked()["stands"] if not one["apart"])
    assert ran.code == (10 if fail_on == "unknown" and unknown else code)


def test_that_only_a_public_account_says_it_is_noted(imported: Path) -> None:
    note = "only the account, which is public, says who could see"
    assert note not in flat(here("check", "--posts").ok().out)
    here("own", "add", "account", "reddit", "ada", "--audience", "public").ok()
    assert note in flat(here("check", "--posts").ok().out)
    here("own", "posts", "reddit:ada", "--audience", "public").ok()
    assert note not in flat(here("check", "--posts").ok().out)


def test_only_the_accounts_that_were_named(public: Path) -> None:
    with Store.open(public) as store:
        archive = NewArchive(platform="medium", layout="html", digest="d" * 64)
        post = Post(platform="elsewhere", id="1")
        store.posts.take(archive, [("elsewhere", post)], datetime(2026, 1, 1, tzinfo=UTC))
    assert {one["account"] for one in asked("reddit")["stands"]} == {"reddit:ada"}
    body = asked()
    assert body["nothing_known_of"] == [{"platform": "elsewhere", "posts": 1}]
    assert "elsewhere: 1 post. No practice of this platform is known" in flat(
        here("check", "--posts").ok().out
    )
