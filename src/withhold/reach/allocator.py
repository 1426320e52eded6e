"""Memory that was freed goes back to the system: for a process that runs for days.

glibc keeps a pool for each thread, and after one large block was freed takes blocks up to that size
from its pools, too, where they leave holes. With many threads that each count something for a
while, that is felt (``bench/web.py`` measures the memory of the dashboard). Numbers are those of
glibc's ``malloc.h``; see mallopt(3).
"""

from __future__ import annotations

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_LARGE = 128 * 1024
"""Octets: glibc's own first value, which is only kept where it was said."""
_POOLS = 2
"""Threads of Python seldom allocate at the same time."""


def give_back() -> None:
    """From now on, for the whole process. Where the C library is another one nothing happens."""
    import ctypes

    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, TypeError, AttributeError):  # Windows has no such library, macOS no mallopt
        return
    said = ((_MMAP_THRESHOLD, _LARGE), (_TRIM_THRESHOLD, _LARGE), (_ARENA_MAX, _POOLS))
    for what, value in said:
        mallopt(what, value)
