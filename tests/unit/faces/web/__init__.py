"""Views of the dashboard, by calling them: no HTTP."""
