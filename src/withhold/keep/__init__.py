"""The only code that touches the database: one SQLite file and a folder of evidence."""

from withhold.keep.cases import Filed
from withhold.keep.chain import ChainReport, Link, check_chain
from withhold.keep.confirmations import Confirmation
from withhold.keep.evidence import Kept
from withhold.keep.forget import Forgotten
from withhold.keep.store import Store

__all__ = [
    "ChainReport",
    "Confirmation",
    "Filed",
    "Forgotten",
    "Kept",
    "Link",
    "Store",
    "check_chain",
]
