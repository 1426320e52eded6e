"""Corpora: is this content of mine in them, how surely, and where? Absence is never "not used"."""
