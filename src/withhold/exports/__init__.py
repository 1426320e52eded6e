"""Files that a person brings along: today the guide's checklist, later the platforms' archives."""
