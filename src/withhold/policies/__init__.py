"""What a policy says about training on people's content, and how that changed. Pure.

::

    clauses = policies.read(text, "markdown")
    for one in clauses:
        one.says, one.sentence, one.why
"""

from withhold.policies.clause import Clause, Decided, Offered
from withhold.policies.document import Document
from withhold.policies.grading import Grade
from withhold.policies.passage import Passage
from withhold.policies.reading import Format, Reading, read, read_document
from withhold.policies.versions import Change, compare

__all__ = [
    "Change",
    "Clause",
    "Decided",
    "Document",
    "Format",
    "Grade",
    "Offered",
    "Passage",
    "Reading",
    "compare",
    "read",
    "read_document",
]
