"""Whoever is named is asked: every file of knowledge is somebody's, by GitHub's own reading."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.run import REPO

SCRIPT = REPO / "packaging" / "codeowners.py"
NAMES = """
everything = ["@o/all"]
security = ["@o/security"]
[platforms]
all = ["@o/platforms"]
linkedin = ["@o/linkedin", "@somebody"]
x = ["@o/x"]
[laws]
all = ["@o/laws"]
gdpr = ["@o/eu"]
gdpr-art-21 = ["@o/objections"]
[languages]
de = ["@o/german"]
[parts]
crawlers = ["@o/crawlers"]
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A source tree with the knowledge of this one and the names above."""
    return planted(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What is made of them."""
    root = planted(tmp_path_factory.mktemp("owners"))
    done = run(root)
    assert done.returncode == 0, done.stderr
    return (root / ".github" / "CODEOWNERS").read_text()


def planted(root: Path) -> Path:
    (root / ".github").mkdir()
    (root / "tests").mkdir()
    (root / "knowledge").symlink_to(REPO / "knowledge")
    (root / "tests" / "replicas").symlink_to(REPO / "tests" / "replicas")
    (root / ".github" / "maintainers.toml").write_text(NAMES)
    return root


def run(root: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, SCRIPT, "--root", root, *args], capture_output=True, text=True, check=False
    )


def owners(text: str, path: str) -> list[str]:
    """Who is asked for a path: the last line whose pattern fits, as docs.github.com says.

    Of the patterns of gitignore those that can stand there: a leading slash, a folder with its
    slash at the end, ``*`` within one segment.
    """
    found: list[str] = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        pattern, *names = line.split()
        if pattern == "*":
            found = names
            continue
        regex = re.escape(pattern.lstrip("/")).replace(r"\*", "[^/]*")
        if re.fullmatch(f"{regex}.*" if pattern.endswith("/") else regex, path):
            found = names
    return found


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("README.md", ["@o/all"]),
        ("src/withhold/verdict.py", ["@o/all"]),
        ("SECURITY.md", ["@o/security"]),
        (".github/workflows/ci.yml", ["@o/security"]),
        ("packaging/codeowners.py", ["@o/security"]),
        ("knowledge/platforms/linkedin.toml", ["@o/linkedin", "@somebody"]),
        ("knowledge/history/linkedin.toml", ["@o/linkedin", "@somebody"]),
        ("knowledge/policies/linkedin.toml", ["@o/linkedin", "@somebody"]),
        ("knowledge/recipes/linkedin-ai-training-toggle.toml", ["@o/linkedin", "@somebody"]),
        ("tests/replicas/linkedin-ai-training-toggle.toml", ["@o/linkedin", "@somebody"]),
        ("knowledge/platforms/reddit.toml", ["@o/platforms"]),
        ("knowledge/platforms/not-there-yet.toml", ["@o/platforms"]),
        ("knowledge/recipes/x-grok-toggle.toml", ["@o/x"]),
        ("knowledge/history/corrections.toml", ["@o/platforms"]),
        ("knowledge/laws/ccpa.toml", ["@o/laws"]),
        ("knowledge/laws/gdpr-art-17.toml", ["@o/eu"]),
        ("knowledge/laws/gdpr-art-21.toml", ["@o/objections"]),
        ("knowledge/laws/uk-gdpr-art-17.toml", ["@o/laws"]),
        ("knowledge/authorities/fr-cnil.toml", ["@o/laws"]),
        ("knowledge/letters/de/any.toml", ["@o/german"]),
        ("knowledge/reasons/de.toml", ["@o/german"]),
        ("src/withhold/faces/phrases/links.de.toml", ["@o/german"]),
        ("knowledge/letters/fr/any.toml", ["@o/all"]),
        ("knowledge/crawlers/gptbot.toml", ["@o/crawlers"]),
        ("knowledge/actors/openai.toml", ["@o/all"]),
    ],
)
def test_who_is_asked(made: str, path: str, asked: list[str]) -> None:
    assert owners(made, path) == asked


def test_every_platform_law_recipe_and_language_has_a_line_of_its_own(made: str) -> None:
    lines = made.splitlines()
    named = {line.split()[0] for line in lines if line and not line.startswith("#")}
    for folder in ("platforms", "policies", "laws", "recipes"):
        of_platforms = {one.stem for one in (REPO / "knowledge" / "platforms").glob("*.toml")}
        files = sorted((REPO / "knowledge" / folder).glob("*.toml"))
        if folder == "policies":
            files = [one for one in files if one.stem in of_platforms]
        assert files
        missing = [one.stem for one in files if f"/knowledge/{folder}/{one.name}" not in named]
        assert missing == [], folder
    for folder in (REPO / "knowledge" / "letters").iterdir():
        if folder.is_dir():
            assert f"/knowledge/letters/{folder.name}/" in named


def test_no_platform_takes_the_recipes_of_another() -> None:
    slugs = [one.stem for one in (REPO / "knowledge" / "platforms").glob("*.toml")]
    assert [(a, b) for a in slugs for b in slugs if a != b and b.startswith(f"{a}-")] == []


def test_the_file_is_in_step_and_every_line_of_it_can_be_read() -> None:
    """Without names all of it is comments: an unknown owner would do nothing, and say nothing."""
    done = run(REPO, "--check")
    assert done.returncode == 0, done.stderr
    text = (REPO / ".github" / "CODEOWNERS").read_text(encoding="utf-8")
    for line in text.splitlines():
        assert not line or line.startswith("#") or re.fullmatch(r"\S+( @[\w./-]+)+", line), line


def test_check_writes_nothing_and_says_how_to_mend_it(tree: Path) -> None:
    done = run(tree, "--check")
    assert (done.returncode, done.stdout) == (1, "")
    assert "python packaging/codeowners.py" in done.stderr
    assert not (tree / ".github" / "CODEOWNERS").exists()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ('[platforms]\nlinkdin = ["@o/x"]', "platforms.linkdin: there is none"),
        ('[laws]\nabc = ["@o/x"]', "laws.abc: no law begins so"),
        ('everything = "me"', "expected a list"),
        ('everything = ["me"]', "no name of GitHub's"),
        ('everything = ["@OWNER/platform linkedin"]', "no name of GitHub's"),
        ("[people]", "people: not known"),
        ("=", "maintainers.toml"),
    ],
)
def test_names_that_cannot_be_meant_are_refused(tree: Path, names: str, said: str) -> None:
    (tree / ".github" / "maintainers.toml").write_text(names)
    done = run(tree)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
