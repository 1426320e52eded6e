"""A made-up ``withhold/vault/1``."""

from __future__ import annotations

from typing import Any

from withhold.faces.report.vault_said import document
from withhold.keep.vault_status import Plain, Standing


def vault() -> Any:
    """A store that is encrypted."""
    return document(
        Standing(state="on", place="a keyring", cipher="4.0", sealed=2, plain=Plain(responses=1))
    )
