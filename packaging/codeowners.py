"""Writes .github/CODEOWNERS from knowledge and .github/maintainers.toml.

    python packaging/codeowners.py [--check] [--root DIR]

One block per platform, law and language, so that a new file of knowledge is somebody's at once.
What nobody is named for stands there as a comment: GitHub skips lines with unknown names, and
says nothing. ``--check`` writes nothing and ends with 1 where the file differs.

Of several lines that fit a path the last counts (docs.github.com, "About code owners"), so the
order is from the whole to the part.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("platforms", "laws", "languages", "parts")
OF_PLATFORMS = ("platforms", "history", "policies")
OF_LAWS = ("laws", "authorities", "controllers")
_NAME = re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:/[A-Za-z0-9._-]+)?")
_LANGUAGE = re.compile(r"[a-z]{2}")
HEAD = (
    "# Made by `python packaging/codeowners.py` from .github/maintainers.toml and knowledge/:",
    "# change the names there, not here. A comment `# nobody:` waits for a name.",
)


class BadNames(ValueError):
    """The file of names says something that cannot be meant."""


def main() -> int:
    """0 when the file is as it should be, or was written; 1 where ``--check`` finds it is not."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--check", action="store_true", help="write nothing, say whether it differs")
    asked.add_argument("--root", type=Path, default=ROOT, help="another source tree")
    said = asked.parse_args()
    path = said.root / ".github" / "CODEOWNERS"
    try:
        names = tomllib.loads((said.root / ".github" / "maintainers.toml").read_text("utf-8"))
        text = "\n".join([*HEAD, *lines(said.root, names)]) + "\n"
    except (BadNames, tomllib.TOMLDecodeError) as why:
        print(f"codeowners.py: .github/maintainers.toml: {why}", file=sys.stderr)
        return 2
    if path.is_file() and path.read_text("utf-8") == text:
        return 0
    if said.check:
        print(".github/CODEOWNERS differs: python packaging/codeowners.py", file=sys.stderr)
        return 1
    path.write_text(text, encoding="utf-8")
    print(path)
    return 0


def lines(root: Path, names: dict[str, Any]) -> Iterator[str]:
    """The lines of the file; raises BadNames."""
    _checked(root, names)
    everything = names.get("everything", [])
    yield ""
    yield _line("*", everything)
    for title, rows in (
        ("Knowledge", _parts(root, names)),
        ("Laws, authorities and controllers", _laws(root, names)),
        ("Platforms", _platforms(root, names)),
        ("Languages", _languages(root, names)),
    ):
        yield ""
        yield f"# {title}"
        for paths, owners in rows:
            yield from (_line(path, owners or everything) for path in paths)
    yield ""
    yield "# What decides what runs, and what is released"
    for path in ("/SECURITY.md", "/.github/", "/.ci/", "/packaging/", "/action.yml"):
        yield _line(path, names.get("security") or everything)


def _line(path: str, owners: list[str]) -> str:
    return f"{path} {' '.join(owners)}" if owners else f"# nobody: {path}"


Rows = Iterator[tuple[list[str], list[str]]]


def _parts(root: Path, names: dict[str, Any]) -> Rows:
    """Folders of knowledge that are no platform's, law's or language's, and the files beside."""
    given = names.get("parts", {})
    taken = {*OF_PLATFORMS, *OF_LAWS, "recipes", "letters", "reasons", "reveals", "clauses"}
    yield ["/knowledge/"], given.get("all", [])
    for folder in sorted(one.name for one in (root / "knowledge").iterdir() if one.is_dir()):
        if folder not in taken:
            yield [f"/knowledge/{folder}/"], given.get(folder) or given.get("all", [])


def _laws(root: Path, names: dict[str, Any]) -> Rows:
    """Each law by itself; authorities and controllers together."""
    given = names.get("laws", {})
    yield [f"/knowledge/{folder}/" for folder in OF_LAWS], given.get("all", [])
    for law in _slugs(root, "laws"):
        fits = [key for key in given if key != "all" and law.startswith(key)]
        owners = given[max(fits, key=len)] if fits else []
        yield [f"/knowledge/laws/{law}.toml"], owners or given.get("all", [])


def _platforms(root: Path, names: dict[str, Any]) -> Rows:
    """Each platform with all that is known of it, its recipes, and the pages they are run on."""
    given = names.get("platforms", {})
    every = given.get("all", [])
    folders = [f"/knowledge/{folder}/" for folder in (*OF_PLATFORMS, "recipes")]
    yield [*folders, "/tests/replicas/"], every
    for slug in _slugs(root, "platforms"):
        files = [
            f"/knowledge/{folder}/{slug}.toml"
            for folder in OF_PLATFORMS
            if folder != "history" or (root / "knowledge" / folder / f"{slug}.toml").is_file()
        ]
        recipes = [
            f"/knowledge/recipes/{one}.toml"
            for one in _slugs(root, "recipes")
            if one.startswith(f"{slug}-")
        ]
        pages = [one.replace("/knowledge/recipes/", "/tests/replicas/") for one in recipes]
        there = [one for one in pages if (root / one.lstrip("/")).is_file()]
        yield [*files, *recipes, *there], given.get(slug) or every


def _languages(root: Path, names: dict[str, Any]) -> Rows:
    """Letters and words, by language."""
    given = names.get("languages", {})
    for language in languages(root):
        paths = [f"/knowledge/letters/{language}/", f"/knowledge/*/{language}.toml"]
        paths.append(f"/src/withhold/faces/phrases/*.{language}.toml")
        yield (
            [*paths, f"/src/withhold/faces/phrases/{language}.toml"],
            (given.get(language) or given.get("all", [])),
        )


def languages(root: Path) -> list[str]:
    """The languages that letters are written in."""
    folders = (one.name for one in (root / "knowledge" / "letters").iterdir() if one.is_dir())
    return sorted(one for one in folders if _LANGUAGE.fullmatch(one))


def _slugs(root: Path, folder: str) -> list[str]:
    return sorted(one.stem for one in (root / "knowledge" / folder).glob("*.toml"))


def _checked(root: Path, names: dict[str, Any]) -> None:
    """That every name can be one, and that every key names something that is there."""
    for key in names:
        if key not in ("everything", "security", *PARTS):
            raise BadNames(f"{key}: not known; parts are {', '.join(PARTS)}")
    lists = {key: value for key, value in names.items() if key not in PARTS}
    for part in PARTS:
        lists |= {f"{part}.{key}": value for key, value in names.get(part, {}).items()}
    for key, value in lists.items():
        if not isinstance(value, list):
            raise BadNames(f'{key}: expected a list, as ["@somebody"]')
        for one in value:
            if not isinstance(one, str) or not _NAME.fullmatch(one):
                raise BadNames(f"{key}: {one!r} is no name of GitHub's")
    known = {
        "platforms": _slugs(root, "platforms"),
        "languages": languages(root),
        "parts": [one.name for one in (root / "knowledge").iterdir() if one.is_dir()],
    }
    for part, slugs in known.items():
        for key in names.get(part, {}):
            if key != "all" and key not in slugs:
                raise BadNames(f"{part}.{key}: there is none")
    laws = _slugs(root, "laws")
    for key in names.get("laws", {}):
        if key != "all" and not any(one.startswith(key) for one in laws):
            raise BadNames(f"laws.{key}: no law begins so")


if __name__ == "__main__":
    sys.exit(main())
