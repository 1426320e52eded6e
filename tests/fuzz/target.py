"""What a fuzz target is: one reader, the law that it keeps, and inputs to begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

HERE = Path(__file__).parent
TOP = HERE.parent.parent
CORPORA = HERE / "corpora"
CRASHES = HERE / "crashes"
DICTIONARIES = HERE / "dictionaries"
GROWN = TOP / "build" / "fuzz"
"""Where inputs that were found are kept, a folder per target. Not part of the repository."""


class Target(Struct, frozen=True, kw_only=True):
    """One reader.

    ``once`` takes any octets: the errors that the reader documents are its to catch, whatever else
    is raised is a crash. ``seeds`` are made by the tests' own fixtures, never of anybody's data.
    """

    name: str
    law: str
    """What holds of any input, in one line for people."""
    once: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    longest: int = 4096
    """Octets of an input; longer ones seldom find more and always take longer."""
    seconds: float = 5.0
    """Of processor time that one input may take. Instrumented code is two to five times slower."""
    megabytes: int = 1024
    """Of memory that the process may hold, whatever the input."""
    dictionary: str = ""
    """A file of DICTIONARIES without its ending; the target's name where empty."""

    @property
    def corpus(self) -> Path:
        """The inputs that are part of the repository."""
        return CORPORA / self.name

    @property
    def crashes(self) -> Path:
        """Inputs that once were crashes."""
        return CRASHES / self.name

    @property
    def grown(self) -> Path:
        """Inputs that were found on this machine."""
        return GROWN / self.name / "corpus"

    @property
    def words(self) -> Path:
        """Its dictionary, which need not be there."""
        return DICTIONARIES / f"{self.dictionary or self.name}.dict"


def files_in(folder: Path) -> list[Path]:
    """The inputs in a folder, by name; none where there is no folder."""
    return sorted(path for path in folder.glob("*") if path.is_file()) if folder.is_dir() else []
