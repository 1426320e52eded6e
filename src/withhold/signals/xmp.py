"""Images: what the XMP of a JPEG, PNG or WebP says of AI training: PLUS Data Mining and TDM.

``plus:DataMining`` is a property of PLUS, part of the IPTC Photo Metadata Standard since 2023.1.
Its value is the address of a term, ``http://ns.useplus.org/ldf/vocab/DMI-...``. The standard gives
each term one line of words (``Prohibited for AI/ML training``); which of our uses it speaks of is
our reading:

- of ``train-ai`` they all speak; ``GENAIMLTRAINING`` names generative models alone, which is what
  the use means here;
- of ``search`` three speak: ``PROHIBITED-EXCEPTSEARCHENGINEINDEXING`` allows it (to public search
  engines, to lead people to the image; "prohibits all other uses, such as AI/ML training"), so
  plain ``PROHIBITED`` refuses it, and ``ALLOWED`` allows it;
- ``PROHIBITED-SEE...`` refuses, and names a property that says more, which is prose: still a no;
- ``UNSPECIFIED`` says neither.

A term written otherwise (the bare code, ``https``, another case) is kept as a no where it is one,
since its words are plain and some read it by its last part; it never counts as a yes.

``tdm:reservation`` and ``tdm:policy``: the TDMRep report names XMP for PDF; that they mean the same
in an image is our reading. Values are read as ``tdmrep`` reads them. Said several times, the most
restrictive counts: neither standard gives an order.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from withhold.signals import tdmrep, xmp_packets, xmp_properties
from withhold.words import Statement, Use

SIGNAL = "plus-datamining"
PLACE = "XMP"

ImageWish = Literal["no-training", "no-training-but-search", "no-ai-at-all", "allow"]
Note = (
    xmp_packets.Note
    | xmp_properties.Note
    | Literal[
        "other-namespace", "other-spelling", "not-in-vocabulary", "no-single-value", "said-twice"
    ]
)
Why = Literal["", "unspecified", "other-spelling", "not-in-vocabulary", "no-single-value"]

_PLUS = "http://ns.useplus.org/ldf/xmp/1.0/"
_TDM = (
    "http://www.w3.org/ns/tdmrep/",
    "http://www.w3.org/ns/tdmrep#",
    "http://www.w3.org/ns/tdmrep",
)
_VOCABULARY = "http://ns.useplus.org/ldf/vocab/"
_DATA_MINING = f"{{{_PLUS}}}DataMining"
_TERMS: dict[str, dict[Use, bool | None]] = {
    "DMI-UNSPECIFIED": {"train-ai": None},
    "DMI-ALLOWED": {"train-ai": True, "search": True},
    "DMI-PROHIBITED-AIMLTRAINING": {"train-ai": False},
    "DMI-PROHIBITED-GENAIMLTRAINING": {"train-ai": False},
    "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING": {"train-ai": False, "search": True},
    "DMI-PROHIBITED": {"train-ai": False, "search": False},
    "DMI-PROHIBITED-SEECONSTRAINT": {"train-ai": False},
    "DMI-PROHIBITED-SEEEMBEDDEDRIGHTSEXPR": {"train-ai": False},
    "DMI-PROHIBITED-SEELINKEDRIGHTSEXPR": {"train-ai": False},
}
_FOR: dict[ImageWish, str] = {
    "no-training": "DMI-PROHIBITED-AIMLTRAINING",
    "no-training-but-search": "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING",
    # no term says "no AI, but search"; the one that refuses all but search is the nearest
    "no-ai-at-all": "DMI-PROHIBITED-EXCEPTSEARCHENGINEINDEXING",
    "allow": "DMI-ALLOWED",
}
_RESTRICTIVE_FIRST = {False: 0, True: 1, None: 2}


def value_for(wish: ImageWish) -> str:
    """The value of ``plus:DataMining`` that says a wish, in full, as it is written."""
    return _VOCABULARY + _FOR[wish]


class DataMining(Struct, frozen=True):
    """One ``plus:DataMining``: its literal value, the term it names (or ""), and what it says."""

    value: str
    term: str
    says: dict[Use, bool | None]
    why: Why = ""


class ImageMark(Struct, frozen=True, kw_only=True):
    """What the XMP of an image says, and the traps that were met.

    ``tdm``: the pairs ``tdm:reservation`` and ``tdm:policy`` as they stand. ``c2pa``: there is a
    C2PA store too, which ``signals.c2pa`` reads.
    """

    format: xmp_packets.Format
    data_mining: tuple[DataMining, ...] = ()
    tdm: tuple[tuple[str, str], ...] = ()
    notes: tuple[Note, ...] = ()
    c2pa: bool = False

    def statements(
        self, *, site: str = "", place: str = PLACE, on: date | None = None
    ) -> list[Statement]:
        """To everyone: of each use that PLUS speaks of at most one, and one of TDM."""
        said: list[Statement] = []
        for use in dict.fromkeys(use for one in self.data_mining for use in one.says):
            naming = [one for one in self.data_mining if use in one.says]
            one = min(naming, key=lambda one: _RESTRICTIVE_FIRST[one.says[use]])
            said.append(
                Statement(
                    token="*",
                    allowed=one.says[use],
                    signal=SIGNAL,
                    use=use,
                    site=site,
                    on=on,
                    text=f"plus:DataMining {one.value}"[:200],
                    why=one.why,
                    place=place,
                )
            )
        reserved = tdmrep.decide("/", embedded=self.tdm, site=site, on=on)
        return said + [replace(one, place=place) for one in reserved]


def read(data: bytes) -> ImageMark:
    """What the bytes of an image say in their XMP. Any will do; broken XML says nothing."""
    found = xmp_packets.find(data)
    notes: dict[Note, None] = dict.fromkeys(found.notes)
    mining: list[DataMining] = []
    tdm: dict[tuple[str, str], None] = {}
    for packet in found.packets:
        read_in = xmp_properties.read_properties(packet, (_PLUS, *_TDM), "DataMining")
        notes.update(dict.fromkeys(read_in.notes))
        for one in read_in.found:
            if one.name == _DATA_MINING:
                mining.append(_data_mining(one))
            elif one.name.endswith("}DataMining"):
                notes["other-namespace"] = None
            elif one.name.endswith(("}reservation", "}policy")):
                # a list is no integer: "" is read as an error of protocol, as the report has it
                tdm["tdm:" + one.name.rsplit("}", 1)[1], one.value if one.simple else ""] = None
    notes.update({one.why: None for one in mining if one.why and one.why != "unspecified"})
    reservations = [name for name, _ in tdm if name == "tdm:reservation"]
    if len({one.term for one in mining}) > 1 or len(reservations) > 1:
        notes["said-twice"] = None
    return ImageMark(
        format=found.format,
        data_mining=tuple(mining),
        tdm=tuple(tdm),
        notes=tuple(notes),
        c2pa=found.c2pa,
    )


def says_already(mark: ImageMark, wish: ImageWish) -> bool:
    """Whether what an image says is the wish or, of a no, refuses as much: then nothing is written.

    Search is left as it is, but for the wish that speaks of it.
    """
    if {"other-spelling", "not-in-vocabulary", "no-single-value", "said-twice"} & set(mark.notes):
        return False
    said = {one.use: one.allowed for one in mark.statements() if one.signal == SIGNAL}
    if wish == "allow":
        return said.get("train-ai") is True
    if wish == "no-training-but-search" and said.get("search") is False:
        return False
    if wish == "no-ai-at-all" and any(one.term.endswith("TRAINING") for one in mark.data_mining):
        return False  # a no to training alone, where all mining is to be refused
    return said.get("train-ai") is False


def _data_mining(one: xmp_properties.Property) -> DataMining:
    if not one.simple:
        return DataMining(one.value, "", {"train-ai": None}, "no-single-value")
    term = one.value.rsplit("/", 1)[-1].upper()
    if term not in _TERMS:
        return DataMining(one.value, "", {"train-ai": None}, "not-in-vocabulary")
    says = _TERMS[term]
    if one.value == _VOCABULARY + term:
        return DataMining(one.value, term, says, "unspecified" if "UNSP" in term else "")
    return DataMining(
        one.value,
        term,
        {use: False if allowed is False else None for use, allowed in says.items()},
        "other-spelling",
    )
