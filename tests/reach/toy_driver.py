"""A driver to be killed: ``python -m tests.reach.toy_driver IN OUT ENGINE MASTER WORKERS``."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.reach.toy import Toy
from withhold.errors import WithholdError
from withhold.reach import engines


def main() -> None:
    """Does every text file of IN; an error is a line, as on the command line."""
    folder, out, engine, master, workers = sys.argv[1:]
    parts = [
        engines.Part(id=f"{number:06d}", name=str(one))
        for number, one in enumerate(sorted(Path(folder).glob("*.txt")))
    ]
    try:
        engines.run(
            Toy(),
            parts,
            out,
            engine="spark" if engine == "spark" else "local",
            master=master,
            workers=int(workers),
        )
    except WithholdError as why:
        print(why.message)
        sys.exit(why.exit_code)


if __name__ == "__main__":
    main()
