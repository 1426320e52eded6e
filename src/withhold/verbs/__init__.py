"""``check``, ``plan``, ``apply``, ``watch``, ``prove``: what the commands and pages ask for."""
