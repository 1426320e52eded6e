"""The survey, without an engine."""
