"""Does ``pip install`` find wheels alone, for every extra, system and Python? Asks the index.

``python packaging/resolve_wheels.py`` prints the table; ``--write`` puts it into
docs/reference/platforms.md as well; extras that are named (``scale all``) are asked alone.
Nothing is installed or built: ``uv pip compile`` resolves with wheels only (PEP 425 tags), so that
what would need a compiler is named. Exit 1 where the base lacks a wheel.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "platforms.md"
BASE = "base"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {
    "Linux x86_64": "x86_64-manylinux_2_28",
    "Linux arm64": "aarch64-manylinux_2_28",
    "Alpine x86_64": "x86_64-unknown-linux-musl",
    "Alpine arm64": "aarch64-unknown-linux-musl",
    "macOS arm64": "aarch64-apple-darwin",
    "macOS x86_64": "x86_64-apple-darwin",
    "Windows x86_64": "x86_64-pc-windows-msvc",
}
"""Name of a system -> what uv calls it."""
Cell = tuple[str, str, str]
"""Extra, system, Python."""
Gaps = dict[Cell, tuple[str, ...]]
"""What has no wheel there, by the names that the extra requires; only where something lacks."""


def declared() -> dict[str, list[str]]:
    """Each extra with what it requires, as pyproject.toml says; ``base`` is what all need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {name: list(said) for name, said in project["optional-dependencies"].items()}
    extras.pop("dev")
    return {BASE: list(project["dependencies"]), **extras}


def expanded(extra: str, extras: dict[str, list[str]]) -> list[str]:
    """What an extra requires of others; ``withhold[a,b]`` is replaced by what a and b require."""
    found: dict[str, None] = {}
    for one in extras[extra]:
        if one.startswith("withhold["):
            for name in one.removeprefix("withhold[").rstrip("]").split(","):
                found |= dict.fromkeys(expanded(name.strip(), extras))
        else:
            found[one] = None
    return list(found)


def resolves(wanted: Sequence[str], system: str, python: str, cache: Path) -> tuple[bool, str]:
    """Whether wheels alone satisfy it, and what uv said."""
    asked = [
        *("uv", "pip", "compile", "-", "--quiet", "--no-header", "--no-annotate"),
        *("--only-binary", ":all:", "--cache-dir", str(cache)),
        *("--python", sys.executable, "--no-python-downloads"),  # tags are enough, no interpreter
        *("--python-platform", SYSTEMS[system], "--python-version", python),
    ]
    ran = subprocess.run(  # noqa: S603  no shell, and no word of others
        [sys.executable, "-m", *asked],
        input="\n".join(wanted),
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    return ran.returncode == 0, ran.stdout if ran.returncode == 0 else ran.stderr


def gaps(cells: Sequence[Cell], cache: Path, *, at_once: int = 2, loud: bool = False) -> Gaps:
    """What lacks a wheel. Of an extra that does not resolve, each requirement is asked alone."""
    extras = declared()

    def lacking(cell: Cell) -> tuple[str, ...]:
        extra, system, python = cell
        wanted = [*extras[BASE], *(expanded(extra, extras) if extra != BASE else [])]
        if resolves(wanted, system, python, cache)[0]:
            return ()
        alone = [one for one in wanted if not resolves([one], system, python, cache)[0]]
        return tuple(sorted(map(name_of, alone))) or ("together",)

    found: Gaps = {}
    with ThreadPoolExecutor(at_once) as pool:
        for number, (cell, lacks) in enumerate(zip(cells, pool.map(lacking, cells), strict=True)):
            if lacks:
                found[cell] = lacks
            if loud:
                print(f"\r{number + 1} of {len(cells)}", end="", file=sys.stderr, flush=True)
    if loud:
        print("\r\033[K", end="", file=sys.stderr)
    return found


def name_of(requirement: str) -> str:
    """``pypdf[crypto]>=7`` is pypdf."""
    return next(
        (requirement[:at] for at, sign in enumerate(requirement) if sign in "[<>=!~; "),
        requirement,
    )


def cells_of(extras: Sequence[str]) -> list[Cell]:
    """Every extra on every system with every Python."""
    return list(product(extras, SYSTEMS, PYTHONS))


def rows(found: Gaps, extras: Sequence[str]) -> Iterator[list[str]]:
    """One row per extra: per system ``ok``, or what lacks a wheel and with which Python."""
    for extra in extras:
        row = [extra if extra == BASE else f"[{extra}]"]
        for system in SYSTEMS:
            lacks: dict[str, list[str]] = {}
            for python in PYTHONS:
                for package in found.get((extra, system, python), ()):
                    lacks.setdefault(package, []).append(python)
            row.append("; ".join(_of_package(*one) for one in lacks.items()) or "ok")
        yield row


def _of_package(package: str, pythons: list[str]) -> str:
    return package if len(pythons) == len(PYTHONS) else f"{package} ({', '.join(pythons)})"


def page(found: Gaps, extras: Sequence[str]) -> str:
    """docs/reference/platforms.md."""
    head = ["extra", *SYSTEMS]
    lines = [f"| {' | '.join(row)} |" for row in rows(found, extras)]
    words = (Path(__file__).parent / "platforms.head.md").read_text(encoding="utf-8")
    table = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *lines]
    return words.rstrip() + "\n\n" + "\n".join(table) + "\n"


def listed(text: str) -> Gaps:
    """The gaps that a page lists; what ``page`` wrote is read back."""
    table = [line for line in text.splitlines() if line.startswith("|")]
    systems = [one.strip() for one in table[0].strip("|").split("|")][1:]
    found: Gaps = {}
    for line in table[2:]:
        name, *said = [one.strip() for one in line.strip("|").split("|")]
        for system, what in zip(systems, said, strict=True):
            for one in what.split("; ") if what != "ok" else ():
                package, _, some = one.partition(" (")
                for python in some.rstrip(")").split(", ") if some else PYTHONS:
                    cell = (name.strip("[]"), system, python)
                    found[cell] = tuple(sorted({*found.get(cell, ()), package}))
    return found


def main(args: Sequence[str]) -> int:
    """Prints the table, of the extras that are named or of all; ``--write`` puts it into the page.

    Of what was not asked for now the page keeps what it says.
    """
    named = [one for one in args if not one.startswith("-")]
    known = list(declared())
    if wrong := [one for one in named if one not in known] or [
        one for one in args if one.startswith("-") and one != "--write"
    ]:
        print(f"no extra or option {', '.join(wrong)}; extras: {', '.join(known)}", file=sys.stderr)
        return 2
    extras = named or known
    with tempfile.TemporaryDirectory() as cache:
        found = gaps(cells_of(extras), Path(cache), loud=sys.stderr.isatty())
    print("\t".join(["extra", *SYSTEMS]))
    for row in rows(found, extras):
        print("\t".join(row))
    if "--write" in args:
        said = listed(PAGE.read_text(encoding="utf-8")) if named else {}
        kept = {cell: lacks for cell, lacks in said.items() if cell[0] not in extras}
        PAGE.write_text(page(kept | found, known), encoding="utf-8")
    return 1 if any(extra == BASE for extra, _, _ in found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
