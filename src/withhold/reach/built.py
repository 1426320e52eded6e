"""What the built application, with Python inside, has to set right around itself."""

from __future__ import annotations

import os
import ssl
from collections.abc import MutableMapping
from pathlib import Path


def as_outside(environment: MutableMapping[str, str]) -> None:
    """Takes back what was set for the program's own libraries: a browser has others.

    PyInstaller's program keeps what was before under the same name with ``_ORIG``.
    """
    for name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH"):
        if (before := environment.get(f"{name}_ORIG")) is not None:
            environment[name] = before
        else:
            environment.pop(name, None)


def with_authorities(environment: MutableMapping[str, str]) -> None:
    """Whom TLS trusts: what the system has; where the OpenSSL inside does not find it, certifi's.

    The OpenSSL that was taken along looks where the machine of its builder keeps certificates.
    Windows is asked itself (``ssl.SSLContext.load_default_certs``).
    """
    found = ssl.get_default_verify_paths()
    if os.name == "nt" or found.cafile or (found.capath and _holds_any(Path(found.capath))):
        return
    import certifi

    environment["SSL_CERT_FILE"] = certifi.where()


def _holds_any(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except OSError:
        return False
