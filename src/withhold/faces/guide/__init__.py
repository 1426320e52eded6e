"""The guide: a static site made from ``knowledge/`` alone."""
