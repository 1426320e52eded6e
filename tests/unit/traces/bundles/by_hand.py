"""The chain written with hashlib alone, by the text of its documentation: no code under test."""

from __future__ import annotations

import hashlib
import json


def chain_lines(length: int, withheld: tuple[int, ...] = ()) -> tuple[bytes, str]:
    """``chain.jsonl`` of so many links, and its head."""
    before, lines = "0" * 64, []
    for seq in range(1, length + 1):
        salt, body = bytes([seq]) * 32, json.dumps({"n": seq, "word": "Straße"})
        salted = hashlib.sha256(salt + body.encode()).hexdigest()
        at = f"2026-08-{seq:02d}T10:00:00.000000+00:00"
        text = f"withhold-chain-1\n{before}\n{seq}\n{at}\n{salted}\n"
        digest = hashlib.sha256(text.encode()).hexdigest()
        link = {"seq": seq, "recorded_at": at, "prev": before, "salted": salted, "digest": digest}
        if seq in withheld:
            link["text"] = "redacted"
        else:
            link |= {"text": "here", "salt": salt.hex(), "body": body}
        lines.append(json.dumps(link))
        before = digest
    return ("\n".join(lines) + "\n").encode() if lines else b"", before
