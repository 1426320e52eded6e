"""Debian's Chromium with every host name led to the server of the replicas.

The product never passes such switches. The tests hand it a program that does, as the user's own
browser: what is under test stays as it is.
"""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

from tests.replicas.certificate import Certificate

_SCRIPT = """#!/bin/sh
exec {program} \\
  --host-resolver-rules='MAP * 127.0.0.1:{port}' \\
  --ignore-certificate-errors-spki-list={spki} \\
  --no-sandbox --disable-background-networking --disable-component-update \\
  "$@"
"""


def program() -> str | None:
    """The Chromium of the system; None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def wrapped(folder: Path, port: int, certificate: Certificate) -> Path:
    """A program that starts Chromium for the replicas at ``port``."""
    found = program()
    if found is None:
        raise FileNotFoundError("chromium")
    script = folder / "chromium-of-the-replicas"
    script.write_text(
        _SCRIPT.format(program=found, port=port, spki=certificate.spki), encoding="utf-8"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return script
