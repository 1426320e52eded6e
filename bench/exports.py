"""All that is measured of archives, one script after the other: reading, importing, memory at
1 GiB of JSON and beside 5 GiB of media, verdicts over 1,000,000 posts, and reveals by themselves.

    python bench/exports.py [--full]

Without ``--full`` at a tenth of the sizes. Each script says what it compares with; 5 GiB of media
need as much room where temporary files go.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from measured import MISSED

HERE = Path(__file__).parent
FULL = (
    ("exports_reading.py", "--posts", "300000"),
    ("exports_reading.py", "--size", "1024", "--turns", "1"),
    ("exports_reading.py", "--posts", "300000", "--media", "5", "--turns", "1"),
    ("exports_import.py", "--posts", "300000", "--turns", "1"),
    ("exposure.py", "--posts", "1000000"),
    ("reveals.py",),
)
SMALL = (
    ("exports_reading.py", "--posts", "60000"),
    ("exports_reading.py", "--size", "100", "--turns", "1"),
    ("exports_reading.py", "--posts", "60000", "--media", "0.5", "--turns", "1"),
    ("exports_import.py", "--posts", "60000", "--turns", "1"),
    ("exposure.py", "--posts", "200000"),
    ("reveals.py", "--posts", "5000"),
)


def main() -> int:
    """Runs them; 1 where one of them broke off, 3 where one missed an aim."""
    codes = [0]
    for script, *options in FULL if "--full" in sys.argv[1:] else SMALL:
        print(f"\n{script} {' '.join(options)}", flush=True)
        done = subprocess.run([sys.executable, HERE / script, *options], check=False)
        codes.append(abs(done.returncode))
    return 1 if set(codes) - {0, MISSED} else max(codes)


if __name__ == "__main__":
    sys.exit(main())
