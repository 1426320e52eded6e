"""Verdicts and plans as documents: JSON, Markdown, CSV, HTML, SARIF, Parquet, iCalendar."""
