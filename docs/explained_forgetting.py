"""What the fields of ``withhold/forget/1`` mean, in a sentence each."""

from __future__ import annotations

FORGET = {
    "forgotten": "How much went, by kind; kinds of which there was nothing are left out.",
    **{
        f"forgotten.{kind}": text
        for kind, text in {
            "account": "Accounts.",
            "site": "Sites.",
            "case": "Cases, with letters and replies.",
            "post": "Posts of archives.",
            "observation": "Observations; a digest and a tombstone of each stay in the chain.",
            "evidence": "Files of evidence that nothing else rested on.",
            "run": "Runs that changed files, which cannot be undone any more.",
            "window": "Browser profiles of the tool's own windows.",
            "response": "Files in which answers of sites were kept.",
        }.items()
    },
    "proof": "What the search of the home afterwards found; missing with `--no-proof`.",
    "proof.schema": "`withhold/forgotten/1`.",
    "proof.scope": "What was forgotten: `account`, `case`, `observation`, `site`, `responses`, "
    "`windows` or `everything`.",
    "proof.files": "Files of the home that were searched.",
    "proof.octets": "How many octets they hold.",
    "proof.forms": "The ways of writing that each text was sought in.",
    "proof.texts": "Texts that were sought: at most 10,000, chosen evenly.",
    "proof.of": "Texts that were forgotten.",
    "proof.short": "Texts too short to be sought: they would be found anywhere.",
    "proof.left[]": "The first places where something is that should be gone.",
    "proof.left[].what": "What it was.",
    "proof.left[].file": "The file, relative to the home.",
    "proof.left[].member": "The part of a packed file; empty where there is none.",
    "proof.left[].offset": "Octets from the beginning of the file or part.",
    "proof.left[].form": "How it is written there.",
    "proof.left[].row": "The table where a row has it; empty where octets were searched.",
    "proof.left_in_all": "How many such places there are.",
    "proof.held[]": "Texts that also stand in something that was not to be forgotten.",
    "proof.held[].where": "In what.",
    "proof.held[].n": "How many.",
    "proof.unread": "Files that could not be read, and are therefore not known to be clean.",
    "proof.sealed": "The database is encrypted: its rows were searched instead of its octets.",
    "proof.outside": "Files of yours outside the home that listed runs wrote; not reached.",
    "proof.linked": "Files that went and had a second name (a hard link): readable there.",
}
