"""This very program once more, in the background, on its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence


def begun_apart(args: Sequence[str]) -> None:
    """Starts the built program with these arguments; it lives on when this one ends.

    Raises OSError where it cannot be started.
    """
    subprocess.Popen(  # noqa: S603 - the program itself, no shell
        [sys.executable, *args],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "PYINSTALLER_RESET_ENVIRONMENT": "1"},
    )
