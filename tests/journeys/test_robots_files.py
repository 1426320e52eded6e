"""A robots.txt as the world has them: binary, huge, empty, a web page, not to be read."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.run import OWNER, command, complains, flat, here

ASK = ("--in", "US-PA", "--when", "2026-11-01")


def answers(path: Path, *args: str) -> dict[str, dict[str, Any]]:
    """The verdict on training of every company, by its id."""
    document = json.loads(here("check", path, *ASK, *args, "--format", "json").ok().out)
    return {one["actor"]: one for one in document["verdicts"] if one["use"] == "train-ai"}


def noticed(verdict: dict[str, Any]) -> list[str]:
    """The sentences on what was noticed of the file."""
    said = (*verdict["reasons"], *verdict["limits"])
    return [one["text"] for one in said if one["code"].startswith("robots-")]


def test_each_company_by_the_line_that_decides(robots: Path) -> None:
    found = answers(robots)
    assert (found["openai"]["answer"], found["openai"]["strength"]) == ("disallowed", "promised")
    assert found["anthropic"]["answer"] == "allowed"
    (heeded,) = [one for one in found["openai"]["reasons"] if one["code"] == "signal-heeded"]
    assert heeded["rests_on"] == f"{robots}:5"
    assert "GPTBot" in heeded["text"]


def test_a_request_nobody_promised_to_heed_is_only_asked(robots: Path) -> None:
    robots.write_text("User-agent: Bytespider\nDisallow: /\n")
    one = answers(robots)["bytedance"]
    assert (one["answer"], one["strength"]) == ("disallowed", "asked")
    assert "only asked" in here("check", robots, *ASK).ok().out


def test_only_the_path_asked_about(robots: Path) -> None:
    assert answers(robots, "--path", "/drafts/one")["anthropic"]["answer"] == "disallowed"
    assert answers(robots, "--path", "/")["anthropic"]["answer"] == "allowed"


def test_at_most_twelve_lines_without_all() -> None:
    shown = here("check", OWNER.parent / "site", *ASK).ok().out
    body = [line for line in shown.splitlines() if line.strip()]
    assert len(body) - 2 <= 12  # its heading and the last line are not of the twelve
    for group in ("may", "promised no", "only asked", "not known"):
        assert f"\n  {group} " in shown


def test_a_folder_and_its_file_are_the_same(robots: Path) -> None:
    folder, file = answers(robots.parent), answers(robots)
    assert {a: v["answer"] for a, v in folder.items()} == {a: v["answer"] for a, v in file.items()}


def test_empty_is_a_real_state_without_rules(robots: Path) -> None:
    robots.write_bytes(b"")
    found = answers(robots)
    assert found["openai"]["answer"] == "allowed"
    (text,) = noticed(found["openai"])
    assert "no rules" in text
    assert text in flat(here("check", robots, *ASK).ok().out)


def test_binary_is_read_as_far_as_it_goes(robots: Path) -> None:
    robots.write_bytes(bytes(range(256)) * 40 + b"\nUser-agent: GPTBot\nDisallow: /\n")
    found = answers(robots)
    assert found["openai"]["answer"] == "disallowed"
    texts = noticed(found["openai"])
    assert texts
    shown = flat(here("check", robots, *ASK).ok().out)
    for text in texts:
        assert text in shown
        assert len(text.replace(str(robots), "").split()) > 3  # a sentence, not a code


def test_fifty_megabytes_are_read_up_to_the_limit(robots: Path) -> None:
    with robots.open("ab") as file:
        file.write(b"\nUser-agent: ClaudeBot\n")
        file.write(b"Disallow: /something\n" * 2_500_000)
        file.write(b"\nUser-agent: Google-Extended\nDisallow: /\n")
    assert robots.stat().st_size > 50_000_000
    before = time.process_time()
    found = answers(robots)
    assert time.process_time() - before < 10
    assert found["openai"]["answer"] == "disallowed"
    assert found["google"]["answer"] == "allowed"  # its rule stands behind the limit
    (text,) = noticed(found["google"])
    assert "500 KiB" in text
    assert text in flat(here("check", robots, *ASK).ok().out)


def test_no_permission_to_read_it(robots: Path, home: Path) -> None:
    robots.chmod(0)
    complains(command("check", robots, *ASK, as_if_not_root=True), 2, str(robots), "ermission")
    assert not home.exists()


def test_a_folder_without_one(tmp_path: Path) -> None:
    complains(here("check", f"{tmp_path}/", *ASK), 2, "robots.txt")


def test_a_name_that_is_no_text(tmp_path: Path, home: Path) -> None:
    complains(command("check", bytes(tmp_path) + b"/\xff.txt", *ASK), 2)


@pytest.mark.parametrize("path", ["", "drafts/one"])
def test_a_path_begins_with_a_slash(robots: Path, path: str) -> None:
    ran = here("check", robots, *ASK, "--path", path, "--format", "json")
    if ran.code:
        complains(ran, 2, "--path")
    else:
        shown = {v["content"]["path"] for v in json.loads(ran.out)["verdicts"]}
        assert shown == {f"/{path}"}


def test_refusing_a_robot_is_not_its_owner_saying_no(robots: Path) -> None:
    """What OpenAI said is that it heeds the file; it did not say that it does not train."""
    one = answers(robots)["openai"]
    assert one["strength"] == "promised"
    assert one["headline"] != "OpenAI says it does not"


def test_a_file_looked_at_today_does_not_date_the_opening(robots: Path) -> None:
    one = answers(robots)["anthropic"]
    assert one["answer"] == "allowed"
    assert one["open"] != [{"since": "2026-11-01", "until": None}]
