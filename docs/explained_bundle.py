"""What the fields of ``withhold/verify/1`` and ``withhold/bundle/1`` mean, in a sentence each."""

from __future__ import annotations

VERIFY = {
    "verifies": "Whether all fits that can be checked: every octet, the seal where one was given, "
    "the chain, the digests inside responses.",
    "size": "Octets of the bundle.",
    "files": "Files in it, or null where its manifest cannot be read.",
    "seal": "SHA-256 of `manifest.json`, or null.",
    "given": "The seal of `--seal`, or null.",
    "seal_fits": "Whether the two are the same, or null where none was given.",
    "misfit": "The first octet that does not fit, or null.",
    "misfit.at": "Its number, counted from 0; where not `exact`, the first of a stretch it is in.",
    "misfit.until": "The end of that stretch, not included.",
    "misfit.exact": "Whether `at` itself is the first octet that does not fit.",
    "misfit.why": "`changed`, `one-octet` (that one alone), `few-octets` (two or three in a row), "
    "`missing`, `more`; of a manifest `unreadable`, `spelled-otherwise`, `names`, `blocks`, "
    "`counts`, `too-large`, `digests`.",
    "misfit.part": "`content`, `local-header`, `directory`, `end` or `behind`.",
    "misfit.file": "The file that it belongs to.",
    "misfit.in_file": "Its number in that file, header or record, counted from 0.",
    "misfit.was": "What the octets were when the bundle was made, in hex; empty where that is "
    "not known.",
    "chain": "The chain of observations, or null where an octet does not fit.",
    "chain.ok": "Whether it holds.",
    "chain.length": "Its links.",
    "chain.head": "The digest of the last link.",
    "chain.broken_at": "The first link that does not fit; 0 = none.",
    "chain.why": "`unreadable`, `missing-link`, `does-not-follow`, `link-changed`, `text-changed`, "
    "`text-not-expected`, `other-head`, `other-counts`, `not-one-chain`; empty where it holds.",
    "chain.texts": "How many links have their text in the bundle, and how many have not.",
    "chain.texts.here": "With their text.",
    "chain.texts.not-asked": "Their text is not of what the bundle is about.",
    "chain.texts.redacted": "Their text holds something of other people.",
    "chain.texts.forgotten": "The owner had it deleted.",
    "chain.texts.unreadable": "It is damaged in the owner's store.",
    "responses[]": "WARC files in it.",
    "responses[].name": "The file.",
    "responses[].records": "Records in it.",
    "responses[].fits": "Records that are what their own WARC-Block-Digest says.",
    "responses[].not_fits": "Records that are not.",
    "responses[].not_looked_at": "Records that bring no digest, or are longer than 32 MiB.",
    "responses[].readable": "Whether it is one gzip member a record, to its end.",
    "made": "The day on which it says that it was made, or null.",
    "version": "The version that says it made it, or null.",
    "withheld[]": "What was withheld of other people, as the manifest counts it.",
    "withheld[].kind": "`email`, `phone`, `address`, `iban`, `name`, `client` (an address of a "
    "visitor, shortened), `attachment`, `message`, `header`.",
    "withheld[].count": "How often.",
}

BUNDLE_FILE = (
    "`manifest.json` in what `withhold prove bundle` writes. Its SHA-256 is the seal. Files are "
    "named in the order in which they lie in the ZIP file; `SHA256SUMS` and `SEAL` follow from it."
)
BUNDLE = {
    "Manifest": "What a bundle says of itself.",
    "Manifest.schema": "`withhold/bundle/1`.",
    "Manifest.version": "The version of withhold that made it.",
    "Manifest.made": "The day on which it was made, by its maker's computer.",
    "Manifest.lang": "The language of its index.",
    "Manifest.asked": "What was asked for.",
    "Manifest.not_in_it": "What a reader may look for in vain.",
    "Manifest.with_others": "Whether nothing was withheld, as `--with-others` asks.",
    "Manifest.withheld": "What was withheld of other people, counted by kind.",
    "Manifest.chain": "The hash chain in it.",
    "Manifest.files": "Every file, by name.",
    "Asked": "What was asked for; all empty = everything.",
    "Asked.accounts": "Keys of accounts.",
    "Asked.sites": "Addresses of sites.",
    "Asked.cases": "References of cases.",
    "Asked.since": "The first day.",
    "Asked.until": "The last day, included.",
    "Chained": "The hash chain in `chain.jsonl`.",
    "Chained.length": "Links, all of them.",
    "Chained.head": "The digest of the last one.",
    "Chained.with_text": "Links whose text is here.",
    "Chained.not_asked": "Links whose text is not of what was asked for.",
    "Chained.redacted": "Links whose text holds something of other people.",
    "Chained.forgotten": "Links whose text was deleted by the owner.",
    "Filed": "One file.",
    "Filed.name": "Its name in the bundle.",
    "Filed.size": "Octets.",
    "Filed.sha256": "SHA-256, in hex.",
    "Filed.crc32": "CRC-32, in hex; by it one changed octet is found.",
    "Filed.what": "What it is.",
    "Filed.came": "Whose word it is.",
    "Filed.title": "What its owner or its company calls it.",
    "Filed.about": "The control, platform or case that it is about.",
    "Filed.on": "The day that it is of.",
    "Filed.original": "SHA-256 of what was kept, where something in it was withheld or left out.",
    "Filed.searched": "Whether it was looked through for what is of others.",
    "Filed.withheld": "What was withheld in it, counted by kind.",
    "Filed.blocks": "SHA-256 of each 64 KiB, of files that have more than one.",
}
