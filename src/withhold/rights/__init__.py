"""Which right applies, the letter, the deadline, the authority. Pure: bytes, text and dates in."""

from withhold.rights.case import Deadline
from withhold.rights.clock import due_on

__all__ = ["Deadline", "due_on"]
