"""Reads ``knowledge/``: what is known, found by name, checked (``lint/``: one file per check)."""
