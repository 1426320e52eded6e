"""What a person comes for, from the first page to the end; pictures are kept on the way.

What the pages say is held against the file of the store, against the command line in a process of
its own, and against files on the disk.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.archives.made import tumblr
from tests.dashboard.browser.conftest import Opened, Started
from tests.dashboard.browser.looking import count, rows, said
from tests.dashboard.browser.window import Window
from tests.dashboard.made import ANSWER, GROUNDS, MAIL, NAME, at_home, make_home
from tests.journeys.archives_made import KEPT, REDDIT, TRUTH, x_archive, zipped
from tests.journeys.run import flat, here

pytestmark = [pytest.mark.long, pytest.mark.system]


def test_first_run_to_plan_in_at_most_six_clicks(
    tmp_path: Path, started: Started, opened: Opened
) -> None:
    home = tmp_path / "home"
    window = opened(started(home))
    page = window.page
    window.shot("first-run-1-nothing-yet")
    if not page.url.startswith(f"{window.base}/first"):
        window.click("main a.first, main a[href^='/first']")
    window.click("#place")
    page.keyboard.type("DE-BY")
    window.shot("first-run-2-place")
    page.keyboard.press("Enter")
    window.click("input[value=linkedin]")
    window.shot("first-run-3-platforms")
    page.keyboard.press("Enter")
    page.wait_for_url("**step=3**")
    assert not (home / "withhold.db").exists(), "nothing is stored before the last screen"
    window.shot("first-run-4-audience")
    window.click("button.first")
    page.wait_for_url("**/plan*")
    window.shot("first-run-5-plan")
    assert window.clicks <= 6
    found = said(home, "own", "list")
    assert (found["place"], [one["platform"] for one in found["accounts"]]) == (
        "DE-BY",
        ["linkedin"],
    )
    steps = [one["id"] for one in said(home, "plan")["steps"]]
    shown = page.content()
    assert steps
    assert [one for one in steps if one.partition("/")[2] not in shown] == []
    assert rows(home, "SELECT count(*) FROM observation") == [(0,)]


def test_make_a_letter_say_that_it_was_sent_drop_the_reply(
    tmp_path: Path, started: Started, opened: Opened
) -> None:
    home = tmp_path / "home"
    with at_home(home):
        here("start", "--in", "DE-BY", "--platforms", "facebook", "--audience", "public").ok()
    window = opened(started(home))
    page = window.page
    window.open("/letters")
    window.shot("letter-1-none-yet")
    window.click("main a.first")
    window.click("main a[href*='key=facebook']")
    window.shot("letter-2-acts")
    window.click("main a[href*='act=object-training']")
    page.fill("#name", NAME)
    page.fill("#email", MAIL)
    page.fill("#account", "ada.paints")
    page.locator("textarea[id^=ground-]").first.fill(GROUNDS.partition("=")[2])
    window.shot("letter-3-form")
    window.click("main form button.first")
    assert "I paint for a living" in page.locator(".paper").first.inner_text()
    window.shot("letter-4-letter")
    assert said(home, "plan")["requests"] == [], "a look at it notes nothing"
    page.locator("main form button.first").last.click()
    page.wait_for_url("**/letters/case?id=WH-*")
    window.shot("letter-5-case")
    (case,) = said(home, "plan")["requests"]
    reference = case["case"]
    assert reference in window.told()
    assert (case["step"], case["due"]) == ("send", None)

    with page.expect_download() as waiting:
        page.locator("a[href*='form=text']").first.click()
    file = tmp_path / "letter.txt"
    waiting.value.save_as(file)
    assert "I paint for a living" in file.read_text("utf-8")

    page.select_option("#state", "sent")
    page.fill("#on", "2026-03-02")
    page.locator("form[action='/letters/happened'] button").click()
    page.wait_for_url("**/letters/case?id=WH-*")
    window.shot("letter-6-sent")
    (case,) = said(home, "plan", "--when", "2026-03-10")["requests"]
    assert (case["step"], case["due"]["date"]) == ("wait", "2026-04-02")

    mail = tmp_path / "answer.eml"
    mail.write_text(ANSWER.format(reference=reference), encoding="utf-8")
    window.open("/letters")
    page.set_input_files("#mail", mail)
    page.locator("form[action='/letters/replies'] button").click()
    page.wait_for_load_state()
    _until_done(window)
    window.open(f"/letters/case?id={reference}")
    window.shot("letter-7-reply")
    assert "we will honour your objection" in page.locator("main").inner_text()
    page.locator("form[action='/letters/says'] button").first.click()
    page.wait_for_load_state()
    window.shot("letter-8-granted")
    found = [
        one
        for one in said(home, "check", "facebook", "--all")["verdicts"]
        if (one["actor"], one["use"]) == ("meta", "train-ai")
        and "post" in one["content"]["kinds"]
        and "public" in one["content"]["audience"]
    ]
    assert [(one["answer"], one["strength"]) for one in found] == [("disallowed", "promised")]


def test_done_and_undone(tmp_path: Path, started: Started, opened: Opened) -> None:
    """What was said by mistake is taken back from the same place."""
    made = make_home(tmp_path / "home")
    window = opened(started(made.home))
    page = window.page
    before = count(made.home, "payload")
    window.open("/account/step?key=instagram&control=objection-form")
    page.fill("#on", "2026-05-26")
    page.locator("form[action='/account/done'] button").click()
    page.wait_for_load_state()
    window.shot("done-1-said")
    seen = [one for one in said(made.home, "own", "list")["seen"] if one["on"] == "2026-05-26"]
    assert [(one["control"], one["how"]) for one in seen] == [("instagram/objection-form", "told")]
    page.locator(".flash form button").click()
    page.wait_for_load_state()
    window.shot("done-2-undone")
    assert count(made.home, "payload") == before
    assert "2026-05-26" not in str(said(made.home, "own", "list")["seen"])


def test_drop_three_archives_and_see_exposure(
    tmp_path: Path, started: Started, opened: Opened
) -> None:
    home = tmp_path / "home"
    with at_home(home):
        here("start", "--in", "DE-BY", "--platforms", "reddit x", "--audience", "public").ok()
        here("own", "add", "account", "tumblr", "paintings", "--audience", "public").ok()
    blog, of_blog = tumblr.made(1, 24)
    files = [
        zipped(tmp_path / "export_ada.zip", REDDIT),
        zipped(tmp_path / "x.zip", x_archive()),
        zipped(tmp_path / "tumblr.zip", blog),
    ]
    window = opened(started(home))
    page = window.open("/posts")
    window.shot("archives-1-none-yet")
    window.click("main a.first")
    for number, file in enumerate(files):
        if number:
            window.open("/posts/archives")
        page.set_input_files("#files", file)
        page.locator("form[action='/posts/archives'] button.first").click()
        page.wait_for_url("**/job?id=*")
        window.shot(f"archives-2-job-{number + 1}")
    _until_done(window)
    window.shot("archives-3-done")
    kept = dict(rows(home, "SELECT platform, count(*) FROM post GROUP BY platform"))
    assert kept == {"reddit": KEPT, "tumblr": len(of_blog), "x": 1}
    assert list((home / "uploads").glob("*")) == [], "what was dropped is gone from there"
    window.settled("/posts")
    window.shot("archives-4-exposure")
    stands = [
        one
        for one in said(home, "check", "--posts")["stands"]
        if (one["actor"], one["use"], one["apart"]) == ("reddit", "train-ai", "")
    ]
    open_, all_ = (sum(one[name] for one in stands) for name in ("open", "posts"))
    assert open_ == sum(
        one.state == "live" and one.kind in ("post", "comment", "profile") for one in TRUTH
    )
    sentence = f"{open_} of {all_} are open to Reddit (training its AI)"
    assert sentence in flat(page.locator("main").inner_text())
    assert page.locator("figure.chart svg").count() == 1
    table = page.locator("table.counts").first.inner_text()
    assert "2014" in table, "the years of the posts stand beside the chart"


def test_the_same_archive_twice_doubles_nothing(
    tmp_path: Path, started: Started, opened: Opened
) -> None:
    """Dropped in two tabs at the same time."""
    home = tmp_path / "home"
    with at_home(home):
        here("start", "--in", "DE-BY", "--platforms", "reddit", "--audience", "public").ok()
    file = zipped(tmp_path / "export_ada.zip", REDDIT)
    server = started(home)
    windows = [opened(server), opened(server)]
    for window in windows:
        window.open("/posts/archives")
        window.page.set_input_files("#files", file)
    for window in windows:
        window.page.locator("form[action='/posts/archives'] button.first").click()
    for window in windows:
        _until_done(window)
    assert count(home, "post") == KEPT
    assert count(home, "archive") == 1


def test_write_a_sites_files_and_roll_them_back(
    tmp_path: Path, started: Started, opened: Opened
) -> None:
    made = make_home(tmp_path / "home")
    robots = made.site / "robots.txt"
    before = robots.read_bytes()
    window = opened(started(made.home))
    page = window.settled("/site?url=https%3A%2F%2Fada.example")
    window.shot("site-1-as-it-is")
    window.click("a[href^='/site/wish']")
    window.click("input[value=no-training]")
    page.locator("form[action='/site/wish'] button").click()
    page.wait_for_load_state()
    window.shot("site-2-diff")
    added = page.locator("pre.diff ins").all_inner_texts()
    assert robots.read_bytes() == before, "nothing is written before it was seen"
    page.locator("form[action='/site/write'] button.first").click()
    page.wait_for_load_state()
    window.shot("site-3-written")
    after = {
        line
        for one in made.site.rglob("*")
        if one.is_file()
        for line in one.read_text("utf-8").splitlines()
    }
    lines = [one.rstrip("\n").removeprefix("+") for one in added if one.startswith("+")]
    assert lines
    assert [one for one in lines if one and one not in after] == []
    found = said(made.home, "check", str(robots))["verdicts"]
    openai = [
        one["answer"] for one in found if (one["actor"], one["use"]) == ("openai", "train-ai")
    ]
    assert openai == ["disallowed"]
    window.open("/site?url=https%3A%2F%2Fada.example")
    page.locator("form[action='/site/rollback'] button").first.click()
    page.wait_for_load_state()
    window.shot("site-4-rolled-back")
    assert robots.read_bytes() == before


def test_see_a_change(tmp_path: Path, started: Started, opened: Opened) -> None:
    """The folder says the opposite since the last look; the command line says the same of it."""
    made = make_home(tmp_path / "home")
    (made.site / "robots.txt").write_text("User-agent: *\nAllow: /\n", encoding="utf-8")
    other = tmp_path / "other"
    shutil.copytree(made.home, other)
    expected = [one for one in said(other, "watch")["differences"] if one["effect"] == "worse"]
    assert expected
    window = opened(started(made.home))
    page = window.settled("/watch")
    window.shot("watch-1-before")
    page.locator("form[action='/watch/look'] button[value='0']").click()
    _until_done(window)
    window.settled("/watch")
    window.shot("watch-2-changed")
    assert page.locator(".changes > li.worse").count() >= len(expected)
    told = flat(page.locator("main").inner_text())
    assert "OpenAI" in told
    page.locator(".changes > li.worse summary").first.click()
    window.shot("watch-3-before-and-after")
    window.open("/")
    shown = page.locator(".states .changes > li.worse").all_inner_texts()
    assert shown, "whoever only opens the overview hears of it, too"
    assert f"{len(expected)} worse" in flat(page.locator(".states").inner_text())
    assert said(made.home, "watch")["differences"] == [], "it was told, and is told once"


def test_forget_everything(tmp_path: Path, started: Started, opened: Opened) -> None:
    """Not a word of the owner's is left in any file: by the octets on the disk."""
    made = make_home(tmp_path / "home")
    words = ("ada.paints", "I paint for a living", "Ada Example", "First tomatoes", "ada.example")
    assert [one for one in words if not _on_disk(made.home, one)] == []
    window = opened(started(made.home))
    page = window.open("/settings")
    window.shot("forget-1-settings")
    window.click("a[href*='what=everything']")
    window.shot("forget-2-sure")
    page.fill(".forgetting input:not([type=hidden])", "no")
    page.locator("form[action='/settings/forget'] button").click()
    page.wait_for_load_state()
    assert count(made.home, "account") > 0, "another word forgets nothing"
    page.fill(".forgetting input:not([type=hidden])", "forget")
    page.locator("form[action='/settings/forget'] button").click()
    page.wait_for_url("**/first")
    window.shot("forget-3-forgotten")
    for table in ("account", "site", "payload", "post", "media", "archive", "evidence", "setting"):
        assert count(made.home, table) == 0, table
    assert [one for one in words if _on_disk(made.home, one)] == []
    window.open("/")
    window.open("/evidence")
    window.shot("forget-4-evidence")


def _on_disk(home: Path, word: str) -> list[str]:
    """The files below a home that hold a word."""
    files = [one for one in home.rglob("*") if one.is_file()]
    return [str(one) for one in files if word.encode() in one.read_bytes()]


def _until_done(window: Window) -> None:
    """The page of a job goes on by itself; it ends within a while."""
    if "/job?" in window.page.url:
        window.page.locator("#job a.button, #job a[class*=button]").wait_for(timeout=20_000)
