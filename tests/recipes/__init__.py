"""Recipes over replicas in a real browser: every variant, mutants by seed, and one oracle.

The oracle is the server of the replicas (what it stored, what was written, what was pressed) and
``truth.py``, a table made by hand. Nothing expected here comes from the engine.
"""
