"""Faults: processes killed, disks full, clocks that jump; and what is left after each of them.

``python -m tests.faults`` prints the table. Every run is the real command line in a process of its
own, in a home of its own; what it left is read with the standard library alone (``oracle.py``).
"""
