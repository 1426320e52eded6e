"""What the fields of ``withhold/vault/1`` mean, in a sentence each."""

from __future__ import annotations

VAULT = {
    "state": "`off` (plain), `on` (encrypted, and it opens), `trouble` (it does not open: `why`).",
    "going": "`on`, `off` or `rotate` where such a change was interrupted, or is going on; else "
    "empty.",
    "place": "Where the key lies: a keyring, or a file; empty where it was not asked for.",
    "cipher": "The version of SQLCipher; empty where the store is not open and encrypted.",
    "sealed": "Files of evidence that are encrypted.",
    "plain": "Entries that lie in the home openly, by folder.",
    "plain.evidence": "Files of evidence. In a vault: left over from an interrupted change.",
    "plain.responses": "Files with what sites answered.",
    "plain.runs": "Runs that can be undone.",
    "plain.window": "Entries of the folder with profiles of the tool's own browser.",
    "why": "Why it does not open; else empty.",
    "tip": "What to do then.",
}
