"""What the fields of ``withhold/corpus/1`` mean, in a sentence each."""

from __future__ import annotations

CORPUS = {
    "found": "How many needles are somewhere in the files.",
    "needles": "How many were looked for.",
    "records": "Records that were read in all files.",
    "crawls[]": "Crawls that records or paths name, at most 20 of a part.",
    "crawls[].name": "As it is written there, such as `CC-MAIN-2024-22`.",
    "crawls[].records": "How many records name it.",
    "rungs[]": "Hits by how sure they are, the surest first.",
    "rungs[].rung": "`id`, `url`, `host`, `span`, `shingles`, `near`, `image`; see "
    "[the how-to](../how-to/look-for-yours-in-a-corpus.md#how-surely).",
    "rungs[].hits": "How many in all, those that are only counted (`beyond`) with them.",
    "hits[]": "One needle in one record, on its surest rung; in the order of files and records.",
    "hits[].needle": "Its id: `platform:id` of a post, a host, `line 3` of a list, a file's name.",
    "hits[].text": "How it begins, at most 60 characters; null with `--without-texts`.",
    "hits[].rung": "As above.",
    "hits[].file": "The file, as it was given, without passwords; with `--without-texts` its name.",
    "hits[].offset": "Where the record begins: an octet of the file as it lies there (WARC, ARC), "
    "an octet of the unpacked text, or a row or line from 0; 0 where it is not known "
    "(`one-stream`).",
    "hits[].record": "`WARC-Record-ID`, or the id of the row, or null.",
    "hits[].url": "The address of the record, or null.",
    "hits[].date": "When it was captured, as the record has it, or null.",
    "hits[].crawl": "The crawl, or null.",
    "hits[].at": "Of a span: the octet in the folded text at which it begins; else null.",
    "hits[].count": "How many of its spans or runs of words are there.",
    "hits[].of": "Of how many, or null.",
    "hits[].near": "Of `near` and `image`: the estimated likeness, 0 to 1; else null.",
    "beyond[]": "Needles with more than 1,000 hits in a part: the rest is only counted.",
    "beyond[].needle": "The needle.",
    "beyond[].hits": "How many hits are not named.",
    "files[]": "Every file, in the order it was read.",
    "files[].name": "As it was given.",
    "files[].octets": "Its size, or null where that is not known.",
    "files[].records": "Records that were read.",
    "files[].unreadable": "How many records or lines could not be read, or not whole.",
    "files[].whole": "Whether nothing behind some place was left unread.",
    "files[].why[]": "What was not read, by reason.",
    "files[].why[].code": "`cut`, `damaged`, `too-long` (over 64 MiB), `not-decoded`, "
    "`not-an-object`, `no-columns`, `zip`, `not-known`, `not-opened`; and what hides nothing: "
    "`one-stream` (one gzip member for all), `no-text` (pictures, PDF), `empty`.",
    "files[].why[].count": "How often.",
    "files[].why[].first": "The first place, counted as `hits[].offset`.",
    "refused[]": "What could not be looked for.",
    "refused[].needle": "Its id.",
    "refused[].text": "How it begins, or null.",
    "refused[].why": "`short`, `letters` (too few), `common` (in very many texts of your own), "
    "`host` (no host has this name), `unread` (no picture), `plain` (too little structure).",
    "limits": "What this does not show, sentence by sentence: say it along.",
}
