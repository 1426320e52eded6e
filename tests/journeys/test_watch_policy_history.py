"""``watch history`` of dated policies and of a clone: made-up texts, in each format."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest

from tests.journeys.run import command, complains, flat, here
from tests.reach.test_git_history import commit, git
from withhold.faces.report.policy_history_said import words_of
from withhold.policies import grading
from withhold.policies.clause import ClauseSays
from withhold.policies.replay import Outcome
from withhold.verbs import policy_files
from withhold.words import LANGS

FILLER = "\n\n".join(
    f"Part {number}. We weigh parcels of kind {number}, keep the slip, and send it on by the post."
    for number in range(1, 15)
)
TRAINS = "We use the posts that you publish to train our AI models."
DENIES = "We do not use your private messages to train our AI models."


def policy(*sentences: str, title: str = "Quillery Privacy Policy") -> str:
    return f"# {title}\n\n{FILLER}\n\n" + "\n\n".join(sentences) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two services: one begins to train, with a failed fetch between; one says nothing."""
    there = tmp_path / "kept"
    for file, text in {
        "quillery/privacy-policy/2024-03-01.md": policy(),
        "quillery/privacy-policy/2024-06-01.md": policy(DENIES),
        "quillery/privacy-policy/2024-09-01.md": "Try again later.",
        "quillery/privacy-policy/2025-01-15.md": policy(DENIES, TRAINS),
        "quillery/privacy-policy/2025-02-15.md": policy(DENIES, TRAINS) + "\nA new last line.\n",
        "quillery/privacy-policy/draft.md": policy(),
        "inkwell/terms/2024-01-01.txt": FILLER,
        "inkwell/terms/2025-01-01.html": f"<h1>Terms</h1><p>{FILLER}</p>",
    }.items():
        (there / file).parent.mkdir(parents=True, exist_ok=True)
        (there / file).write_text(text)
    return there


def told(folder: Path, *args: str) -> str:
    return here("watch", "history", *args, "--files", folder).ok().out


def test_text_names_what_changed_when_and_what_is_so_now(folder: Path) -> None:
    text = flat(told(folder, "quillery"))
    assert "quillery/privacy-policy: 5 versions from 2024-03-01 to 2025-02-15, 4 compared" in text
    assert "2024-06-01: better (against the version of 2024-03-01)" in text
    assert "2025-01-15: worse (against the version of 2024-06-01)" in text
    assert f"after trains: “{TRAINS}”" in text
    assert "The last version says, in 2 sentences" in text
    assert "3 other versions: nothing to tell" in text
    assert "a file whose name is no day: 1 (quillery/privacy-policy/draft.md)" in text
    assert "inkwell" not in text


def test_every_version_with_why_it_raises_nothing(folder: Path) -> None:
    text = flat(told(folder, "quillery", "--all"))
    assert "2024-03-01: the first version that was read" in text
    assert "2024-09-01: less than a quarter as long as the versions around it" in text
    assert "2025-02-15: nothing about training changed" in text


def test_silence_is_told_and_is_not_a_no(folder: Path) -> None:
    text = flat(told(folder, "inkwell"))
    assert "No version that was read says anything about training" in text
    assert "That is not a no." in text
    both = flat(told(folder, "--all"))
    assert "2 documents" in both
    assert "inkwell/terms: 2 versions" in both


def test_since_a_day_only_what_came_later_against_what_was_before(folder: Path) -> None:
    text = flat(told(folder, "quillery", "--since", "2024-12-31"))
    assert "2025-01-15: worse (against the version of 2024-06-01)" in text
    assert "2024-06-01: better" not in text
    assert "No version after 2025-01-31" in flat(told(folder, "quillery", "--since", "2025-01-31"))


def test_json_has_every_version_and_both_sentences(folder: Path) -> None:
    found = json.loads(told(folder, "--all", "--format", "json"))
    assert (found["schema"], found["source"]) == ("withhold/policy-history/1", "files")
    documents = {one["service"]: one for one in found["documents"]}
    assert documents["inkwell"]["silent"]
    steps = documents["quillery"]["steps"]
    assert [one["outcome"] for one in steps] == ["first", "changed", "short", "changed", "changed"]
    assert [one["noticed"] for one in steps] == [False, True, False, True, False]
    (pair,) = steps[3]["change"]["pairs"]
    assert (pair["grade"], pair["before"]) == ("worse", None)
    assert (pair["after"]["sentence"], pair["after"]["says"]) == (TRAINS, "yes")
    assert steps[2]["change"] is None
    assert [one["sentence"] for one in documents["quillery"]["now"]] == [DENIES, TRAINS]
    assert [one["why"] for one in found["gaps"]] == ["bad-name"]


def test_csv_has_a_row_a_clause_and_a_row_a_quiet_version(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(told(folder, "quillery", "--format", "csv"))))
    assert [(row["seen"], row["outcome"], row["clause"], row["says"]) for row in rows] == [
        ("2024-03-01", "first", "", ""),
        ("2024-06-01", "changed", "better", "no"),
        ("2024-09-01", "short", "", ""),
        ("2025-01-15", "changed", "worse", "yes"),
        ("2025-02-15", "changed", "", ""),
        ("", "gap: bad-name", "", ""),
    ]
    assert rows[3]["after"] == TRAINS


def test_markdown_and_page_say_the_same(folder: Path) -> None:
    text = told(folder, "quillery", "--format", "md")
    page = told(folder, "quillery", "--format", "html")
    for said in ("2025-01-15", TRAINS, DENIES, "a use for training that was not said before"):
        assert said in text
        assert said in page
    assert "| quillery/privacy-policy | 2025-01-15 | worse |" in text
    assert "<script" not in page


def test_a_text_cannot_bring_markup_or_a_formula(folder: Path) -> None:
    evil = (
        "=1+1 We use <script>alert(1)</script> the posts that you publish to train our AI models."
    )
    file = folder / "quillery" / "privacy-policy" / "2025-06-01.txt"
    file.write_text(policy(DENIES, TRAINS, evil))
    page = told(folder, "quillery", "--format", "html")
    assert "<script" not in page
    assert "&lt;script" in page
    assert "<script" not in told(folder, "quillery", "--format", "md").replace("\\<", "")
    cells = list(csv.reader(io.StringIO(told(folder, "quillery", "--format", "csv"))))
    assert not any(cell.startswith("=") for row in cells for cell in row)


def test_the_picture_shows_each_change_and_says_it_in_words(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "timeline.svg"
    ran = here("watch", "history", "quillery", "--files", folder, "--chart", file).ok()
    assert str(file) in ran.err
    picture = ElementTree.fromstring(file.read_text())  # noqa: S314 - drawn by us a moment ago
    layers = {one.get("class"): list(one) for one in picture}
    # each with the one of the key
    assert [len(layers[f"timeline-{name}"]) for name in ("worse", "better", "failed", "quiet")] == [
        2,
        2,
        2,
        3,
    ]
    said = picture.get("aria-label") or ""
    assert picture.get("role") == "img"
    assert "quillery/privacy-policy: 2024-06-01 better, 2025-01-15 worse" in said
    assert "worse: 1; better: 1" in said
    words = [one.text for one in picture.iter() if one.text and one.text.strip()]
    assert {"quillery/privacy-policy", "worse", "better", "not read", "2025"} <= set(words)
    complains(here("watch", "history", "quillery", "--files", folder, "--chart", file), 2, "there")


def test_without_a_change_the_page_has_no_picture_and_the_file_says_so(
    folder: Path, tmp_path: Path
) -> None:
    assert "<svg" not in told(folder, "inkwell", "--format", "html")
    file = tmp_path / "none.svg"
    here("watch", "history", "inkwell", "--files", folder, "--chart", file).ok()
    assert "No document has a change to tell." in file.read_text()


def test_it_speaks_german(folder: Path) -> None:
    text = flat(told(folder, "quillery", "--lang", "de"))
    assert "2025-01-15: schlechter (gegen die Fassung vom 2024-06-01)" in text
    assert f"trainiert: „{TRAINS}“" in text


@pytest.mark.parametrize("lang", LANGS)
def test_every_code_has_words(lang: str) -> None:
    words = words_of(lang)
    codes = {
        "why": grading.Why,
        "grade": grading.Grade,
        "outcome": Outcome,
        "gap": policy_files.Why,
        "says": ClauseSays,
    }
    for kind, closed in codes.items():
        assert all(words.get(f"{kind}_{one}") for one in get_args(closed)), kind
    assert words.keys() == words_of("en").keys()


def test_documents_that_are_not_drawn_are_said(tmp_path: Path) -> None:
    for n in range(26):
        there = tmp_path / "many" / f"service-{n}" / "terms"
        there.mkdir(parents=True)
        (there / "2024-01-01.md").write_text(policy())
        (there / "2025-01-01.md").write_text(policy(TRAINS))
    page = told(tmp_path / "many", "--all", "--format", "html")
    assert "The first 24 documents with a change" in page
    picture = page[page.index("<svg") : page.index("</svg>")]
    assert picture.count("/terms</text>") == 24
    assert page.count('<th scope="row">') == 26


def test_a_table_names_files_and_kinds(folder: Path) -> None:
    (folder / "index.csv").write_text(
        "service,doc,date,file,kind\n"
        "quillery,privacy,2024-03-01,quillery/privacy-policy/2024-03-01.md,first\n"
        "quillery,privacy,2025-01-15,quillery/privacy-policy/2025-01-15.md,technical-upgrade\n"
        "quillery,privacy,2025-03-15,no-more.md,change\n"
        "quillery,privacy,2025-04-15,../../outside.md,change\n"
        "quillery,privacy,soon,a.md,change\n"
    )
    found = json.loads(told(folder, "quillery", "--format", "json"))
    (document,) = found["documents"]
    assert [one["outcome"] for one in document["steps"]] == ["first", "read-anew"]
    assert [one["why"] for one in found["gaps"]] == ["no-file", "outside", "bad-row"]


def test_a_clone_of_open_terms_archive(tmp_path: Path) -> None:
    clone = tmp_path / "versions"
    clone.mkdir()
    git(clone, "init", "-q", "-b", "main")
    file = "Quillery Notes/Privacy Policy.md"
    commit(clone, file, policy(), "First record of Quillery Notes", "2024-03-01T12:00:00Z")
    commit(clone, "Other/Terms.md", FILLER, "First record of Other", "2024-03-02T12:00:00Z")
    commit(clone, file, "oops", "Record new changes of Quillery", "2024-06-01T08:00:00Z")
    commit(clone, file, policy(DENIES), "Record new changes of Quillery", "2024-06-01T20:00:00Z")
    message = "Apply technical or declaration upgrade on Quillery Notes Privacy Policy"
    commit(clone, file, policy(DENIES, TRAINS), message, "2024-09-01T12:00:00Z")
    ran = here("watch", "history", "quillery-notes", "--from-ota", clone, "--format", "json").ok()
    found = json.loads(ran.out)
    assert found["source"] == "open-terms-archive"
    (document,) = found["documents"]
    assert (document["service"], document["document"]) == ("quillery-notes", "privacy-policy")
    assert [(one["seen"], one["outcome"], one["noticed"]) for one in document["steps"]] == [
        ("2024-03-01", "first", False),
        ("2024-06-01", "changed", True),
        ("2024-09-01", "read-anew", False),
    ]
    text = flat(here("watch", "history", "--all", "--from-ota", clone).ok().out)
    assert "2 documents" in text
    complains(here("watch", "history", "quilery", "--from-ota", clone), 2, "quillery-notes")


def test_bad_arguments(folder: Path, tmp_path: Path) -> None:
    run = ("watch", "history", "--files", folder)
    complains(here(*run), 2, "--all", "quillery")
    complains(here(*run, "quilery"), 2, "quillery")
    complains(here(*run, "quillery", "--token", "GPTBot"), 2, "--token", "policies")
    complains(here(*run, "quillery", "--from-ota", tmp_path), 2, "one of them")
    complains(here(*run, "quillery", "--since", "2999-01-01"), 2, "future")
    complains(here("watch", "history", "quillery", "--from-ota", tmp_path), 2, "no repository")
    robots = tmp_path / "robots"
    (robots / "a.example").mkdir(parents=True)
    (robots / "a.example" / "2025.txt").write_text("User-agent: *\nDisallow:\n")
    complains(here("watch", "history", "a", "--files", robots), 2, "TARGET", "robots.txt")


def test_robots_by_day_are_still_robots(tmp_path: Path) -> None:
    """Names of days two folders deep are policies; one folder deep they are sites."""
    there = tmp_path / "sites" / "a.example"
    there.mkdir(parents=True)
    (there / "2025-01-01.txt").write_text("User-agent: *\nDisallow:\n")
    (there / "2025-02-01.txt").write_text("User-agent: *\nDisallow: /\n")
    text = here("watch", "history", "--files", there.parent, "--token", "GPTBot").ok().out
    assert re.search(r"newly refused\s+by\s+1", text)


def test_it_needs_no_account_and_writes_nothing(folder: Path, home: Path) -> None:
    command("watch", "history", "quillery", "--files", folder).ok()
    assert not home.exists()
