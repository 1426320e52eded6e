"""Bundles of evidence: one file whose every octet can be checked with nothing but itself. Pure."""
