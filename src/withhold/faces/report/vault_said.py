"""How it stands with the vault, as the document ``withhold/vault/1``."""

from __future__ import annotations

from typing import Any

import msgspec

from withhold.keep.vault_status import Standing

SCHEMA = "withhold/vault/1"


def document(found: Standing) -> dict[str, Any]:
    """All of it, for programs."""
    return {"schema": SCHEMA, **msgspec.to_builtins(found)}


def as_json(found: Standing) -> str:
    """The same as text."""
    return msgspec.json.format(msgspec.json.encode(document(found)), indent=2).decode()
