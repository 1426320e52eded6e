"""A wish and the files of today become files that say it; what else there is to know is said."""

from __future__ import annotations

import json

import pytest
from jwm.robotstxt.googlebot import RobotsMatcher

from withhold.catalog.load import Knowledge
from withhold.signals import ai_txt, tdm_file, tdmrep, wish, wish_file
from withhold.verbs.out_of_reach import OutOfReach
from withhold.verbs.write_site import SitePlan, plan_site

OWN = b"User-agent: *\nDisallow: /drafts/\n"


def plan(
    knowledge: Knowledge,
    files: dict[str, bytes],
    name: str = "no-training",
    *,
    served: bytes | None = None,
    paths: tuple[str, ...] = (),
    servers: tuple[str, ...] = (),
    also: tuple[wish.Also, ...] = (),
) -> SitePlan:
    to = wish.named(name, also)
    return plan_site(to, files, knowledge, served=served, paths=paths, servers=servers)


def written(done: SitePlan, files: dict[str, bytes]) -> dict[str, bytes]:
    """The folder afterwards."""
    after = dict(files)
    for one in done.changes:
        if one.after is None:
            after.pop(one.name, None)
        else:
            after[one.name] = one.after
    return after


def may(body: bytes, token: str, path: str = "/a") -> bool:
    return bool(RobotsMatcher().AllowedByRobots(body, [token], f"https://e.org{path}"))


ALSO: tuple[wish.Also, ...] = ("ai-txt", "content-signal")


@pytest.mark.parametrize("name", wish.NAMED)
@pytest.mark.parametrize(
    "files",
    [{}, {"robots.txt": OWN}, {"robots.txt": OWN[:-1], "ai.txt": b"# mine\n", "_headers": b"/a"}],
)
def test_again_nothing_changes_and_allow_takes_all_of_it_out(
    name: str, files: dict[str, bytes], knowledge: Knowledge
) -> None:
    first = plan(knowledge, files, name, servers=("_headers",), also=ALSO)
    there = written(first, files)
    again = plan(knowledge, there, name, servers=("_headers",), also=ALSO)
    assert again.changed == ()
    assert written(plan(knowledge, there, "allow"), there) == files


def test_the_files_of_no_training(knowledge: Knowledge) -> None:
    done = plan(knowledge, {"robots.txt": OWN}, servers=("_headers",))
    there = written(done, {"robots.txt": OWN})
    assert set(there) == {"robots.txt", ".well-known/tdmrep.json", "_headers"}
    assert there["robots.txt"].startswith(OWN)
    assert not may(there["robots.txt"], "GPTBot")
    assert not may(there["robots.txt"], "Google-Extended")
    assert may(there["robots.txt"], "Googlebot")
    assert json.loads(there[".well-known/tdmrep.json"]) == [
        {"location": "/*", "tdm-reservation": 1}
    ]
    assert b"  Content-Usage: train-ai=n\n" in there["_headers"]
    assert {one.name: one.signals for one in done.changed} == {
        "robots.txt": ("robots-txt", "content-usage"),
        ".well-known/tdmrep.json": ("tdmrep",),
        "_headers": ("noai", "noarchive", "content-usage", "tdmrep"),
    }


@pytest.mark.parametrize(("rules", "said"), [(99, []), (100, [("many-header-rules", "101")])])
def test_a_headers_file_that_is_not_read_to_its_end_is_said(
    knowledge: Knowledge, rules: int, said: list[tuple[str, str]]
) -> None:
    """Cloudflare Pages reads 100 rules, and the block is the last one."""
    own = "".join(f"/p{number}\n  X-Own: 1\n" for number in range(rules)).encode()
    done = plan(knowledge, {"robots.txt": OWN, "_headers": own}, servers=("_headers",))
    assert [one for one in done.notes if "header-rules" in one[0]] == said


def test_an_own_rule_for_the_same_header_is_said(knowledge: Knowledge) -> None:
    own = b"# mine\n/*\n  content-usage: train-ai=y\n  X-Own: 1\n"
    files = {"robots.txt": OWN, "_headers": own}
    done = plan(knowledge, files, servers=("_headers",))
    assert ("own-header-rules", "content-usage") in done.notes
    again = plan(knowledge, {**files, **written(done, files)}, servers=("_headers",))
    assert ("own-header-rules", "content-usage") in again.notes  # ours are not taken for theirs
    assert "own-header-rules" not in dict(
        plan(knowledge, {"robots.txt": OWN}, servers=("_headers",)).notes
    )


def test_search_is_welcomed_only_where_it_was_wished(knowledge: Knowledge) -> None:
    for name, line in (
        ("no-training", b"Content-Usage: train-ai=n\n"),
        ("no-training-but-search", b"Content-Usage: train-ai=n, search=y\n"),
        ("no-ai-at-all", b"Content-Usage: train-ai=n\n"),
    ):
        assert line in written(plan(knowledge, {}, name), {})["robots.txt"]


def test_signals_that_are_asked_for(knowledge: Knowledge) -> None:
    there = written(plan(knowledge, {}, "no-ai-at-all", also=ALSO), {})
    assert b"Content-Signal: ai-input=no, ai-train=no\n" in there["robots.txt"]
    assert [one.allowed for one in ai_txt.read(there["ai.txt"]).decide("/a.jpg")] == [False]
    assert "ai.txt" not in written(plan(knowledge, {}, "no-ai-at-all"), {})


def test_the_owners_own_files_are_added_to_and_kept(knowledge: Knowledge) -> None:
    own = b'[{"location": "/free/*", "tdm-reservation": 0}]'
    there = written(plan(knowledge, {".well-known/tdmrep.json": own}), {})
    read = tdm_file.read_file(there[".well-known/tdmrep.json"])
    assert [one.allowed for one in tdmrep.decide("/free/a", file=read)] == [True]
    assert [one.allowed for one in tdmrep.decide("/b", file=read)] == [False]


def test_allow_turns_an_own_reservation_and_says_which_lines_still_refuse(
    knowledge: Knowledge,
) -> None:
    files = {
        "robots.txt": OWN + b"\nUser-agent: CCBot\nDisallow: /\n",
        ".well-known/tdmrep.json": b'[{"location": "/", "tdm-reservation": 1, "x": 2}]',
        "ai.txt": b"User-Agent: *\nDisallow: /\n",
    }
    done = plan(knowledge, files, "allow")
    there = written(done, files)
    assert json.loads(there[".well-known/tdmrep.json"])[0]["tdm-reservation"] == 0
    assert there["robots.txt"] == files["robots.txt"]
    assert done.still == ("robots.txt:5: Disallow: /", "ai.txt:2: Disallow: /")


# What is served ----------------------------------------------------------------------------------


def test_a_virtual_file_is_taken_and_added_to(knowledge: Knowledge) -> None:
    done = plan(knowledge, {}, served=OWN)
    assert written(done, {})["robots.txt"].startswith(OWN)
    assert done.notes == (("served-taken", ""),)
    assert not may(written(done, {})["robots.txt"], "Googlebot", "/drafts/x")


def test_the_folders_file_stays_and_the_proof_compares_with_what_is_served(
    knowledge: Knowledge,
) -> None:
    files = {"robots.txt": b"User-agent: bingbot\nDisallow: /\n"}
    done = plan(knowledge, files, served=OWN)
    assert written(done, files)["robots.txt"].startswith(files["robots.txt"])
    assert [code for code, _ in done.notes] == ["served-differs", "not-to-groups"]
    assert {one.token for one in done.proof.lost} == {"bingbot"}
    same = plan(knowledge, files, served=files["robots.txt"] + b"\n")
    assert [code for code, _ in same.notes] == ["not-to-groups"]
    assert same.proof.lost == ()


CDN = (
    b"# BEGIN Cloudflare Managed content\nUser-agent: GPTBot\nAllow: /\n"
    b"# END Cloudflare Managed Content\n\n"
)


def test_a_cdns_block_is_not_copied_and_its_lines_count(knowledge: Knowledge) -> None:
    done = plan(knowledge, {"robots.txt": OWN}, served=CDN + OWN)
    assert b"Cloudflare" not in written(done, {})["robots.txt"]
    assert done.notes == (("managed-block", "Cloudflare Managed content"),)
    assert [(one.token, one.line, one.text) for one in done.defeated] == [("GPTBot", 3, "Allow: /")]
    virtual = plan(knowledge, {}, served=CDN + OWN)
    assert written(virtual, {})["robots.txt"].startswith(OWN)


@pytest.mark.parametrize("page", [b"<!DOCTYPE html><p>404", b"\x89PNG\0\0"])
def test_a_page_that_answers_for_every_address_is_no_robots_txt(
    page: bytes, knowledge: Knowledge
) -> None:
    done = plan(knowledge, {"robots.txt": OWN}, served=page)
    assert done.notes == (("served-no-text", ""),)
    assert done.proof.lost == ()
    assert written(done, {})["robots.txt"].startswith(OWN)


def test_whom_a_line_for_everyone_does_not_reach(knowledge: Knowledge) -> None:
    files = {"robots.txt": b"User-agent: Googlebot\nDisallow: /x\n"}
    assert ("not-to-groups", "Googlebot") in plan(knowledge, files).notes


def test_own_lines_that_defeat_the_wish_are_named(knowledge: Knowledge) -> None:
    files = {"robots.txt": b"User-agent: GPTBot\nAllow: /blog/\n"}
    (one,) = plan(knowledge, files).defeated
    assert (one.token, one.line, one.text, one.path) == ("GPTBot", 2, "Allow: /blog/", "/blog/")


def test_a_wish_of_ones_own_that_costs_search_is_found_out(knowledge: Knowledge) -> None:
    own = wish_file.read('[companies]\ngoogle = "refuse"', knowledge.actors)
    lost = plan_site(own, {"robots.txt": OWN}, knowledge, paths=["/a"]).proof.lost
    assert {"Googlebot", "Googlebot-News", "Googlebot-Image", "AdsBot-Google"} <= {
        one.token for one in lost
    }
    assert {one.path for one in lost} == {"/", "/a"}


# What it cannot reach ----------------------------------------------------------------------------


def _said(done: SitePlan) -> dict[str, list[OutOfReach]]:
    found: dict[str, list[OutOfReach]] = {}
    for one in done.out_of_reach:
        found.setdefault(one.code, []).append(one)
    return found


@pytest.mark.parametrize("name", ["no-training", "no-training-but-search", "no-ai-at-all"])
def test_what_no_wish_reaches(name: str, knowledge: Knowledge) -> None:
    said = _said(plan(knowledge, {}, name))
    through = [one.facts for one in said["answers-through-search"]]
    assert (through[0]["name"], through[0]["token"]) == ("Google", "Googlebot")
    assert [one.facts["name"] for one in said["needs-noarchive"]] == ["Microsoft"]
    assert {"copies", "syndication", "others", "nobody-promised", "announced-token"} <= set(said)
    assert "xAI" in said["no-token"][0].facts["names"]


def test_what_differs_from_wish_to_wish(knowledge: Knowledge) -> None:
    usual = _said(plan(knowledge, {}))
    assert "ChatGPT-User" in usual["user-triggered-open"][0].facts["tokens"]
    assert "FeedFetcher" not in usual["user-triggered-open"][0].facts["tokens"]
    assert "user-triggered-asked" not in usual
    assert "training-through-search" not in usual
    but = _said(plan(knowledge, {}, "no-training-but-search"))
    assert [one.facts["name"] for one in but["training-through-search"]] == ["Perplexity"]
    nothing = _said(plan(knowledge, {}, "no-ai-at-all"))
    assert "Perplexity-User" in nothing["user-triggered-asked"][0].facts["tokens"]
    assert "user-triggered-open" not in nothing
    through = {one.facts["token"] for one in nothing["answers-through-search"]}
    assert through == {"Googlebot"}  # Microsoft heeds noarchive for answers too, and it is written
    assert plan(knowledge, {}, "allow").out_of_reach == ()


def test_an_exception_that_signals_to_everyone_do_not_hear(knowledge: Knowledge) -> None:
    own = wish_file.read('base = "no-training"\n[companies]\nopenai = "allow"', knowledge.actors)
    done = plan_site(own, {}, knowledge)
    assert [one.facts for one in _said(done)["exception-unheard"]] == [{"name": "OpenAI"}]
    assert may(written(done, {})["robots.txt"], "GPTBot")


# The diff ----------------------------------------------------------------------------------------


def test_the_diff_shows_only_what_changes(knowledge: Knowledge) -> None:
    done = plan(knowledge, {"robots.txt": b"User-agent: *\r\nDisallow: /a"})
    diff = done.changes[0].diff.splitlines()
    assert diff[:2] == ["--- robots.txt (now)", "+++ robots.txt (then)"]
    assert [line for line in diff[2:] if line.startswith("-")] == ["-Disallow: /a"]
    assert "+User-agent: GPTBot\u240d" in diff
    assert "\\ no end of line" in diff
    new = next(one for one in done.changes if one.name == ".well-known/tdmrep.json")
    assert new.diff.startswith("--- /dev/null\n")
    again = plan(knowledge, written(done, {}))
    assert [one.diff for one in again.changes if one.after is not None] == ["", ""]
