"""What a report says: every answer with its reasons, nothing left out and nothing private in it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.run import OWNER, here
from tests.unit.faces.report.whole_made import DAY, blocks, example, owned, parts
from withhold.faces.report.whole_blocks import Answers, Items, Paper, Reasons, Section, Table
from withhold.faces.report.whole_said import paper
from withhold.words import STRENGTHS


@pytest.fixture(scope="module")
def made() -> Paper:
    """The example's owner in English, without pictures being looked at."""
    return paper(example())


def section(of: Paper, name: str) -> Section:
    (found,) = [one for one in of.sections if one.id == name]
    return found


def checked(*args: str) -> list[dict[str, Any]]:
    """What ``check`` says of the same: the oracle."""
    ran = here("check", *args, "--owner", OWNER, "--when", DAY, "--format", "json").ok()
    found: list[dict[str, Any]] = json.loads(ran.out)["verdicts"]
    return found


def test_the_parts_stand_in_the_order_in_which_they_are_asked(made: Paper) -> None:
    order = "summary accounts sites companies history changes evidence overdue limits glossary"
    assert [one.id for one in made.sections] == order.split()
    assert made.note == "EXAMPLE, NOT YOU"


def test_answers_are_counted_as_check_counts_them(made: Paper) -> None:
    """By another path: the JSON of ``check``."""
    (table,) = blocks(section(made, "summary"), "table")
    assert isinstance(table, Table)
    verdicts = checked()
    counted: dict[str, Counter[str]] = {}
    for one in verdicts:
        of = one["content"].get("site") or one["content"]["account"]
        counted.setdefault(of, Counter())[one["answer"]] += 1
    assert len(counted) == 10
    expected = [
        tuple(str(counted[of][one]) for one in ("allowed", "disallowed", "unknown"))
        for of in counted
    ]
    assert [row[1:4] for row in table.rows] == expected
    strengths = Counter(one["strength"] for one in verdicts if one["strength"])
    said: Counter[str] = Counter()
    for row in table.rows:
        for name, n in re.findall(r"([a-z ]+): (\d+)", row[4]):
            said[name.strip()] += int(n)
    assert said == {{"observed": "read back"}.get(key, key): n for key, n in strengths.items()}


def test_every_verdict_is_told_with_every_reason_source_and_quote(made: Paper) -> None:
    whole = json.dumps(_plain(section(made, "accounts"))) + json.dumps(
        _plain(section(made, "sites"))
    )
    missing = []
    for verdict in checked():
        if verdict["content"].get("site"):
            continue  # their places are named otherwise: below
        for reason in (*verdict["reasons"], *verdict["limits"]):
            missing += [reason["text"]] if json.dumps(reason["text"])[1:-1] not in whole else []
            for source in reason["sources"]:
                texts = (source["url"], source["quote"], source["seen"])
                missing += [one for one in texts if json.dumps(one)[1:-1] not in whole]
    assert missing == []


def _plain(of: Section) -> list[str]:
    """All texts of a section."""
    found = []
    for part in parts(of):
        for block in part.blocks:
            if isinstance(block, Reasons):
                for row in block.rows:
                    found += [row.text, row.late]
                    for one in row.sources:
                        found += [one.said, one.url, one.quote]
            elif isinstance(block, Answers):
                for each in block.rows:
                    found += [each.mark, each.who, each.says, *each.notes]
    return found


def test_each_number_leads_to_a_reason_of_the_same_part(made: Paper) -> None:
    led = 0
    for name in ("accounts", "sites"):
        for part in section(made, name).parts:
            answers = [one for one in part.blocks if isinstance(one, Answers)]
            (why,) = [one for one in part.blocks if isinstance(one, Reasons)]
            numbers = [row.number for row in why.rows]
            assert numbers == list(range(1, len(numbers) + 1))
            named = {ref for one in answers for row in one.rows for ref in row.refs}
            assert named == set(numbers), "a reason that no answer names, or the other way"
            led += len(named)
    assert led > 100


def test_no_answer_stands_without_its_strength(made: Paper) -> None:
    for name in ("accounts", "sites"):
        for block in blocks(section(made, name), "answers"):
            assert isinstance(block, Answers)
            for row in block.rows:
                assert row.says
                assert row.refs
                if row.answer == "disallowed":
                    assert re.fullmatch(r"NO, [a-z ]+", row.mark)


def test_steps_and_what_stays_open_are_those_of_the_plan(made: Paper) -> None:
    ran = here("plan", "--owner", OWNER, "--when", DAY, "--format", "json").ok()
    plan = json.loads(ran.out)
    found = parts(section(made, "accounts"))
    steps = [one for part in found if part.id.endswith("-steps") for one in part.blocks]
    said = [item.text for one in steps if isinstance(one, Items) for item in one.items]
    assert len(said) == len(plan["steps"]) > 0
    for step in plan["steps"]:
        assert any(step["label"] in text and step["act"] in text for text in said)
    left = [one for part in found if part.id.endswith("-open") for one in part.blocks]
    opened = [item.text for one in left if isinstance(one, Items) for item in one.items]
    for one in plan["no_control"]:
        for text in one["open"]:
            assert any(said.startswith(text) for said in opened)
    assert plan["top"] in blocks(section(made, "summary"), "text")[0].text  # type: ignore[union-attr]


def test_what_is_overdue_says_so_and_is_listed(made: Paper) -> None:
    late = blocks(section(made, "overdue"), "items")
    assert late
    assert any("a re-check is overdue" in text for text in _plain(section(made, "accounts")))


def test_the_glossary_has_the_fixed_sentence_of_every_strength() -> None:
    for lang, obeys in (("en", "that the company obeys it is the company's word"), ("de", "Wort")):
        (table,) = blocks(section(paper(example(lang)), "glossary"), "table")
        assert isinstance(table, Table)
        assert len(table.rows) == len(STRENGTHS)
        assert obeys in table.rows[0][1]


def test_nothing_is_called_protected_or_safe_and_nothing_has_a_score(made: Paper) -> None:
    said = " ".join(one for each in ("accounts", "sites") for one in _plain(section(made, each)))
    assert not re.search(r"\b(protected from|safe from|score|✓|✔)\b", said)
    assert "There is no score" in blocks(section(made, "glossary"), "text")[-1].text  # type: ignore[union-attr]


# Private ----------------------------------------------------------------------------------------


def test_names_of_accounts_are_left_out_where_that_is_asked_for(tmp_path: Path) -> None:
    owner = owned(tmp_path, "tumblr:quillfeather", "tumblr:zanderblog", "x")
    named, bare = paper(example(owner=owner)), paper(example(owner=owner, names=False))
    assert "quillfeather" in str(named)
    assert "zanderblog" in str(named)
    assert "quillfeather" not in str(bare)
    assert "zanderblog" not in str(bare)
    titles = [one.title for one in section(bare, "accounts").parts]
    assert titles == ["Tumblr (account 1)", "Tumblr (account 2)", "X"]
    assert "the names of accounts" in dict(bare.about)["Left out"]


def test_no_path_of_the_machine_is_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "very-private-folder"
    folder.mkdir()
    (folder / "robots.txt").write_text(
        "User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
    )
    sites = f'[[site]]\nurl = "https://ada.example"\nfolder = "{folder}"'
    found = str(paper(example(owner=owned(tmp_path, sites=sites))))
    assert re.search(r"[^/\w]robots\.txt:2", found), "the line that decides"
    assert "very-private-folder" not in found
    assert str(tmp_path) not in found


@pytest.mark.parametrize("folder", ["", "gone", "empty"])
def test_of_a_site_that_was_not_read_nothing_is_claimed(tmp_path: Path, folder: str) -> None:
    (tmp_path / "empty").mkdir()
    sites = '[[site]]\nurl = "https://ada.example"\n' + (f'folder = "{folder}"' if folder else "")
    found = paper(example(owner=owned(tmp_path, "linkedin", sites=sites)))
    (site,) = section(found, "sites").parts
    assert not blocks(site, "answers")
    (text,) = blocks(site, "text")
    said = {"": "nothing is known of what it says", "gone": "is not there", "empty": "not be read"}
    assert said[folder] in text.text  # type: ignore[union-attr]
    assert str(tmp_path) not in str(found)
    (table,) = blocks(section(found, "summary"), "table")
    assert isinstance(table, Table)
    assert table.rows[1] == ("https://ada.example", "", "", "", "nothing was read")
    assert "companies" not in [one.id for one in found.sections]
