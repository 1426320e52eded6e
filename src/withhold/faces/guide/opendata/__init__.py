"""Open data: everything known as JSON and CSV, with a schema, a data dictionary and its German.

``files`` gives what the guide puts into ``data/``; ``dictionary`` is what ``datapackage.json`` and
the page of the data dictionary are both made from. Nothing here writes.
"""

from withhold.faces.guide.opendata.columns import Field
from withhold.faces.guide.opendata.describe import describe
from withhold.faces.guide.opendata.files import files
from withhold.faces.guide.opendata.tables import Ref, Table, dictionary

__all__ = ["Field", "Ref", "Table", "describe", "dictionary", "files"]
