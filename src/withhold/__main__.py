"""``python -m withhold``."""

from withhold.faces.cli import main

main()
