"""Line coverage of the parts that decide answers: at least 95 % each, or CI fails."""

import json
import sys
from pathlib import Path

FLOOR = 95.0
PARTS = (
    *("may_train.py", "answers.py", "limits.py", "refusals.py", "controls.py"),
    *("told_by_signals.py", "asked.py", "verdict.py", "by_letter.py", "pdf_limits.py"),
    *("signals/", "catalog/"),
    *("recipes/", "rights/", "exports/", "reveals/", "policies/", "traces/"),
)

files = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["files"]
failed = False
for part in PARTS:
    rows = [row["summary"] for name, row in files.items() if f"/withhold/{part}" in f"/{name}"]
    lines = sum(row["num_statements"] for row in rows)
    hit = sum(row["covered_lines"] for row in rows)
    share = 100 * hit / lines if lines else 0.0
    failed = failed or share < FLOOR
    print(f"coverage {part:<14} {share:5.1f} % of {lines} lines (at least {FLOOR} %)")
sys.exit(1 if failed else 0)
