"""What ``python -m bench`` runs, one after the other, and what it does not run and why.

``small`` and ``full`` are the options of each size, ``seconds`` and ``full_seconds`` the budget
after which a script is ended: some four times what it takes on two idle cores. ``needs`` names
what has to be there: a program, a module, or ``WITHHOLD_CORPUS``.
"""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from typing import NamedTuple

CORPUS = "WITHHOLD_CORPUS"


class Script(NamedTuple):
    """One script under bench/, as it is run."""

    name: str
    small: tuple[str, ...] = ()
    full: tuple[str, ...] = ()
    seconds: int = 60
    full_seconds: int = 300
    needs: str = ""

    def options(self, full: bool) -> tuple[str, ...]:
        """What stands behind the script's name."""
        return self.full if full else self.small

    def budget(self, full: bool) -> int:
        """Seconds after which it is ended."""
        return self.full_seconds if full else self.seconds

    def lacks(self) -> str:
        """Why it cannot be run here; nothing where it can."""
        if self.needs == CORPUS:
            return "" if os.environ.get(CORPUS) else f"{CORPUS} names no data folder"
        there = not self.needs or shutil.which(self.needs) or find_spec(self.needs)
        return "" if there else f"{self.needs} is not installed"


SCRIPTS = (
    Script("start", ("--runs", "9"), ("--runs", "25")),
    Script("check"),
    Script("robots", ("--files", "100", "--turns", "2"), ("--files", "1000"), 120),
    Script("robots_parquet", ("--turns", "2"), ("--rows", "200000"), 120, 1200),
    Script("decide", ("--turns", "2"), ("--rows", "200000"), 120, 1200),
    Script("survey", ("--turns", "1"), ("--full",), 240, 3600),
    Script("guide", seconds=240, full_seconds=600),
    Script("watch", ("--turns", "1"), (), 180, 600),
    Script("fetch", ("--sites", "500", "--turns", "2"), (), 120, 600),
    Script("hosts", ("--sites", "500", "--turns", "2"), (), 120, 600),
    Script("scanners", (), ("--depth", "10000"), 120, 600),
    Script("policies", ("--every", "10", "--turns", "1", "--no-misses"), ("--no-misses",), 240,
           1800, CORPUS),
    Script("recipes", ("--every", "20", "--turns", "1"), (), 300, 14_400, "chromium"),
    Script("exports", (), ("--full",), 360, 7200),
    Script("web", ("--posts", "20000", "--rounds", "2"), ("--full",), 240, 5400),
    Script("logs", ("--turns", "2"), ("--full",), 240, 3600),
    Script("corpus", ("--mib", "64", "--turns", "2"), ("--full",), 300, 3600),
    Script("growth", (), ("--full",), 240, 3600),
    Script("vault", ("--turns", "2"), ("--full",), 180, 1800, "sqlcipher3"),
)  # fmt: skip

NOT_RUN = {
    "exports_reading": "run by exports, three times",
    "exports_import": "run by exports",
    "exposure": "run by exports",
    "reveals": "run by exports",
    "policies_labels": "its figures are those that policies tells",
    "corpus_texts": "makes the texts of corpus",
    "logs_made": "makes the log of logs",
    "web_asked": "asks for the pages of web",
    "web_home": "makes the home of web",
    "web_posts": "makes the posts of web",
    "__main__": "runs the others",
    "causes": "reads the causes of misses and the rows of the design",
    "kept": "keeps the figures",
    "machine": "says where it was measured",
    "measured": "what every script tells its rows by",
    "page": "writes the page",
    "scripts": "says what is run",
}
"""Files under bench/ that are not run by themselves, each with the reason."""
