"""How cost grows: posts read, imported and answered for, lines of a log, spans sought in a corpus.

Each at 10,000 and 100,000, with ``--full`` also at 1,000,000; every measure in a process of its
own, so that its memory is its own (VmHWM); what it is measured with is made in another. The
survey's growth is in ``bench/survey.py``. Spans are sought in 32 MiB of text, by one process that
makes its tables first.

    python bench/growth.py [--full] [--only reading|import|verdicts|logs|corpus]
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path

import measured

SIZES = (10_000, 100_000, 1_000_000)
TEXT = 32 << 20
"""Octets of text in which spans are sought."""


def archive(folder: Path, number: int) -> None:
    """An archive of so many posts."""
    import exports_reading

    exports_reading.build(folder / "facebook.zip", number, 0)


def reading(folder: Path, _: int) -> Callable[[], object]:
    """Every post of the archive."""
    import exports_reading

    return lambda: exports_reading.ours(folder / "facebook.zip")


def imported(folder: Path, _: int) -> Callable[[], object]:
    """All of it into a new store."""
    import exports_import

    return lambda: exports_import.ours(folder / "facebook.zip", folder / "home")


def store(folder: Path, number: int) -> None:
    """A store of so many posts."""
    import exposure

    exposure.filled(folder, number)


def verdicts(folder: Path, _: int) -> Callable[[], object]:
    """For every group of posts, actor and use; the knowledge is read before."""
    import exposure
    from withhold.catalog.load import default_root, load
    from withhold.keep import Store
    from withhold.verbs.check import Asking
    from withhold.verbs.exposure import exposure as answers

    knowledge = load(default_root(), [one.platform for one in exposure.ACCOUNTS])
    asking = Asking(place="DE", when=exposure.WHEN, knowledge=knowledge, seen=exposure.SEEN)
    accounts = {one.key: one for one in exposure.ACCOUNTS}

    def answered() -> int:
        with Store.read(folder) as kept:
            return len(answers(kept.posts.groups(), accounts, {}, asking))

    return answered


def log(folder: Path, number: int) -> None:
    """A log of so many lines."""
    import logs_made

    logs_made.write(folder / "access.log", number)


def lines(folder: Path, _: int) -> Callable[[], object]:
    """All lines, in this process."""
    import logs

    return lambda: logs.ours(folder / "access.log", 1)


def text(folder: Path, _: int) -> None:
    """Text that holds the first hundred spans, some of them changed for no eye."""
    from corpus_texts import Writer, changed, write_file

    writer = Writer(7)
    planted = [changed(writer.span(), number) for number in range(100)]
    write_file(str(folder), TEXT, [planted], 0)


def spans(folder: Path, number: int) -> Callable[[], object]:
    """The tables of so many spans made, then the text searched; the hundred are to be found."""
    from corpus_texts import Writer
    from withhold.traces.corpus.folding import fold
    from withhold.traces.corpus.found import Needle
    from withhold.verbs.corpus_needles import Sought
    from withhold.verbs.prove_corpus import inputs, prove_corpus

    writer = Writer(7)
    needles = tuple(Needle(id=str(n), spans=(fold(writer.span()),)) for n in range(number))

    def sought() -> None:
        name = inputs([str(folder / "0.parquet")])
        done = prove_corpus(Sought(needles=needles), name, f"{folder}/out", mapping={}, workers=1)
        found = {one.needle for one in done.places()}
        assert found == {str(one) for one in range(100)}, len(found)

    return sought


MEASURES = {
    "reading": (archive, reading, "an archive into posts", "posts"),
    "import": (archive, imported, "import of an archive, with search", "posts"),
    "verdicts": (store, verdicts, "verdicts over stored posts", "posts"),
    "logs": (log, lines, "access log, 1 process", "lines"),
    "corpus": (text, spans, f"spans sought in {TEXT >> 20} MiB of text, 1 process", "spans"),
}


def child(name: str, number: int) -> None:
    """Makes what is wanted in a process that ends, then measures in this one; told as JSON."""
    make, run, *_ = MEASURES[name]
    with tempfile.TemporaryDirectory() as folder:
        making = get_context("fork").Process(target=make, args=(Path(folder), number))
        making.start()
        making.join()
        assert making.exitcode == 0, name
        work = run(Path(folder), number)
        began = time.perf_counter()
        work()
        took = time.perf_counter() - began
    said = Path("/proc/self/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", said)
    assert found is not None
    print(json.dumps({"seconds": took, "memory": int(found[1]) / 1024}))


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--full", action="store_true")
    arguments.add_argument("--only", choices=tuple(MEASURES))
    arguments.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.child:
        return child(given.child[0], int(given.child[1]))
    for name in [given.only] if given.only else MEASURES:
        *_, what, of = MEASURES[name]
        for number in SIZES if given.full else SIZES[:2]:
            run = [sys.executable, __file__, "--child", name, str(number)]
            done = json.loads(subprocess.run(run, check=True, capture_output=True).stdout)
            took, memory = done["seconds"], done["memory"]
            print(
                f"{what:44}{number:>10,} {of:6}{took:8.2f} s {took / number * 1e6:8.2f} us each"
                f" {memory:6.0f} MiB",
                flush=True,
            )
            measured.grew(f"growth/{name}", what, of, number, took, memory)
    return None


if __name__ == "__main__":
    main()
