"""Coverage-guided fuzzing of everything that reads what others wrote.

``python -m tests.fuzz`` lists the targets; docs/explanation/fuzzing.md has the rest.
"""
