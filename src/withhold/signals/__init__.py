"""A site's machine-readable statements: one file per signal, each with its reading and writing."""
