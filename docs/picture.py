"""Makes the picture of README anew: what ``withhold check`` prints, as SVG.

``python docs/picture.py`` writes docs/pictures/check.svg; ``--check`` writes nothing and exits 1
when it differs. The words are the command's own on a fixed day, so a picture changes when what is
known changes. Of the reasons only the first is shown, and a line says so. No font is fetched.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "pictures" / "check.svg"
DAY = "2026-11-26"
SHOWN = "withhold check linkedin --in US-PA"
COMMAND = (*SHOWN.split()[1:], "--when", DAY)
WIDTH = 100
FRAME = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>$ withhold check linkedin --in US-PA</title>
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""  # noqa: E501 - rich's frame, without the fonts that it would fetch


def main(args: list[str]) -> int:
    """Writes the picture, or with ``--check`` only says whether it is as it should be."""
    wanted = picture()
    if (PICTURE.read_text("utf-8") if PICTURE.exists() else "") == wanted:
        return 0
    print(f"{PICTURE.relative_to(ROOT)}: differs")
    if "--check" in args:
        return 1
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(wanted, encoding="utf-8")
    return 0


def picture() -> str:
    """The SVG: the same octets from the same words."""
    console = Console(
        record=True,
        width=WIDTH + 4,
        file=io.StringIO(),
        force_terminal=True,
        color_system="truecolor",
    )
    console.print(Text(f"$ {SHOWN}\n", style="bold"))
    for line in shortened(printed().splitlines()):
        console.print(Text.from_ansi(line), soft_wrap=True)
    made = console.export_svg(title=SHOWN, code_format=FRAME, unique_id="check")
    return "".join(line.rstrip() + "\n" for line in made.splitlines())


def printed() -> str:
    """What the command prints, in the colours of a terminal."""
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "withhold", *COMMAND],
            cwd=ROOT,
            env={
                **os.environ,
                "WITHHOLD_HOME": home,
                "COLUMNS": str(WIDTH),
                "FORCE_COLOR": "1",
                "LANG": "C.UTF-8",
            },
            capture_output=True,
            check=True,
        )
    return done.stdout.decode()


def shortened(lines: list[str]) -> list[str]:
    """Without the reasons after the first; a line with a dot for each says that there are more."""
    plain = [Text.from_ansi(line).plain for line in lines]
    second = next(at for at, line in enumerate(plain) if line.startswith("  [2]"))
    ways = plain.index("  What makes it no")
    return [*lines[1:second], "  ...", "", *lines[ways:]]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
