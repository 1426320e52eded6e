"""Which licences does an install bring? Reads the metadata of what is installed, per extra.

``python packaging/licences.py`` prints what is under the GPL or LGPL and exits 1 where the GPL
stands outside the extras that may have it; ``--write`` writes docs/reference/licences.md too.
The licence is what a package says of itself: License-Expression (PEP 639), else its classifiers,
else the first line of its License field. What another system would install is not seen here.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageMetadata, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "licences.md"
BASE = "base"
MAY_HAVE_GPL = ("images", "all")
"""Named in README.md: nothing of the GPL is installed unless one of these is asked for."""
_GPL = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
_LGPL = re.compile(r"\bLGPL|Lesser General Public", re.IGNORECASE)
_CHOICE = r"\bOR\b|;"
"""SPDX, and the several classifiers of a package that has a choice."""
_SAYS_NOTHING = ("", "UNKNOWN", "Dual License")


@dataclass(frozen=True)
class Package:
    """One that is installed. ``licence`` is in its own words; ``not stated`` where it has none."""

    name: str
    version: str
    licence: str


@dataclass
class Closure:
    """What an extra brings beside itself, and what it would bring on another system."""

    packages: dict[str, Package] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)


def declared() -> dict[str, list[str]]:
    """Each extra with what it requires, by pyproject.toml; ``base`` is what all need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name: list(said) for name, said in project["optional-dependencies"].items()}
    extras.pop("dev")
    return {BASE: list(project["dependencies"]), **extras}


def closure(extra: str) -> Closure:
    """All that an extra brings, requirements of requirements too. Raises LookupError: not there."""
    extras, found = declared(), Closure()
    todo = [(Requirement(one), "") for one in extras[extra]]
    done: set[tuple[str, str]] = set()
    while todo:
        wanted, of_extra = todo.pop()
        name = canonicalize_name(wanted.name)
        if wanted.marker and not wanted.marker.evaluate({"extra": of_extra}):
            if not re.search(r"\bextra\b", str(wanted.marker)):
                found.elsewhere.add(name)
            continue
        if name == "withhold":
            todo += [(Requirement(one), "") for more in wanted.extras for one in extras[more]]
            continue
        try:
            there = distribution(name)
        except PackageNotFoundError as why:
            raise LookupError(f"{name} is not installed: [{extra}] is not seen whole") from why
        found.packages[name] = Package(name, there.version, licence(there.metadata))
        for one in ("", *wanted.extras):
            if (name, one) not in done:
                done.add((name, one))
                todo += [(Requirement(said), one) for said in there.requires or ()]
    found.elsewhere -= found.packages.keys()
    return found


def licence(said: PackageMetadata) -> str:
    """What a package says of itself."""
    if "License-Expression" in said:
        return str(said["License-Expression"])
    classed = [
        one.rpartition(" :: ")[2]
        for one in said.get_all("Classifier") or ()
        if one.startswith("License ::") and not one.endswith("OSI Approved")
    ]
    if classed and classed != ["Dual License"]:
        return "; ".join(classed)
    first = "".join(said.get_all("License") or ()).strip().partition("\n")[0].strip()
    return first[:80] if first not in _SAYS_NOTHING else "not stated"


def is_gpl(text: str) -> bool:
    """Whether nothing but the GPL or AGPL is offered; a choice with another licence is none."""
    offered = re.split(_CHOICE, text.strip("()"))
    return bool(text) and all(_GPL.search(one) and not _LGPL.search(one) for one in offered)


def is_lgpl(text: str) -> bool:
    """Whether the LGPL is all that is offered."""
    return bool(text) and all(_LGPL.search(one) for one in re.split(_CHOICE, text.strip("()")))


def page() -> str:
    """docs/reference/licences.md."""
    words = (Path(__file__).parent / "licences.head.md").read_text(encoding="utf-8")
    base = closure(BASE)
    return words.rstrip() + "\n" + "\n".join(_sections(base)) + "\n"


def _sections(base: Closure) -> Iterator[str]:
    for extra in [one for one in declared() if one != "all"]:  # which is all of them
        here = base if extra == BASE else closure(extra)
        more = here.packages if extra == BASE else here.packages.keys() - base.packages.keys()
        yield f"\n## {extra if extra == BASE else f'[{extra}]'}\n"
        yield "| package | version seen | licence |\n|---|---|---|"
        for name in sorted(more):
            one = here.packages[name]
            said = one.licence.replace("|", "\\|")
            mark = " **(GPL)**" if is_gpl(said) else " (LGPL)" if is_lgpl(said) else ""
            yield f"| [{name}](https://pypi.org/project/{name}/) | {one.version} | {said}{mark} |"
        if here.elsewhere:
            names = ", ".join(sorted(here.elsewhere))
            yield f"\nOnly on other systems or Pythons, not seen: {names}."


def main(args: Sequence[str]) -> int:
    """What has a copyleft; 1 where the GPL is outside the extras that may have it."""
    wrong = False
    for extra in declared():
        for one in closure(extra).packages.values():
            if is_gpl(one.licence) or is_lgpl(one.licence):
                print(f"{extra}\t{one.name}\t{one.licence}")
                wrong = wrong or (is_gpl(one.licence) and extra not in MAY_HAVE_GPL)
    if "--write" in args:
        PAGE.write_text(page(), encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
