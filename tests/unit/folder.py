"""Made-up knowledge, as the files it stands in: clean, until a test changes a line of it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from withhold.catalog.load import default_root

TODAY = date(2024, 7, 1)

ACME = """\
id = "acme"
name = "Acme"
operator = "acme"
tier = 1
aliases = ["acme.example", "Old Acme"]
audiences = ["public", "followers"]
automation_terms = { says = "forbids", source = "policy" }

[source.policy]
url = "https://acme.example/policy"
kind = "official"
seen = 2024-06-01
quote = "We may use what you post."

[source.robots]
url = "https://acme.example/robots.txt"
kind = "archived"
seen = 2024-05-01

[[practice]]
id = "train"
says = "yes"
use = "train-ai"
actor = "acme"
content = ["post", "photo"]
audience = ["public"]
places = ["WORLD"]
not_places = ["EU"]
default = "on"
announced = 2024-01-01
since = 2024-02-01
sources = ["policy"]
what = { en = "Acme trains.", de = "Acme trainiert." }

[[practice]]
id = "partner-trains"
says = "conditional"
use = "train-ai"
actor = "partner"
content = ["post"]
audience = ["public"]
condition = { en = "it pays", de = "sie zahlt" }
known_since = 2024-06-01
sources = ["policy"]
what = { en = "A partner trains.", de = "Ein Partner trainiert." }

[[control]]
id = "switch"
kind = "toggle"
covers = { train = "full", partner-trains = "not" }
want = "off"
minutes = 1
label = { en = "Improve Acme", de = "Acme verbessern" }
sources = ["policy"]
verified = { how = "source", on = 2024-06-01 }

[[control]]
id = "objection"
kind = "form"
covers = { train = "full" }
want = "sent"
minutes = 5
sources = ["policy"]
verified = { how = "page", on = 2024-06-02, evidence = "kept/form.html" }

[[control]]
id = "go-private"
kind = "audience"
covers = { train = "full", partner-trains = "full" }
want = "followers"
minutes = 2
cost = { en = "reach", de = "Reichweite" }
sources = ["policy"]
verified = { how = "source", on = 2024-06-01 }

[[control]]
id = "nothing"
kind = "none"
covers = { partner-trains = "not" }
helps = { en = "Ask Acme.", de = "Fragen Sie Acme." }
sources = ["policy"]
verified = { how = "source", on = 2024-06-01 }

[[shield]]
stance = "closed"
what = { en = "It refuses all.", de = "Sie schließt alle aus." }
refuses = ["*"]
known_since = 2024-05-01
sources = ["robots"]

[[dispute]]
id = "how-far"
about = ["train", "switch"]
text = { en = "One says all, one says some.", de = "Eine sagt alles, eine sagt manches." }
sources = ["policy", "robots"]
"""

ACME_BEFORE = """\
of = "acme"

[source.older]
url = "https://acme.example/older"
kind = "archived"
seen = 2023-05-01

[[practice]]
id = "train-2023"
says = "silent"
use = "train-ai"
actor = "acme"
content = ["post"]
audience = ["public"]
since = 2023-01-01
until = 2024-02-01
sources = ["older"]
what = { en = "Nothing was said.", de = "Nichts wurde gesagt." }

[[control]]
id = "switch-2023"
kind = "toggle"
covers = { train-2023 = "part" }
want = "off"
minutes = 1
until = 2024-02-01
sources = ["older"]
verified = { how = "source", on = 2023-05-01 }
"""

SCRAPECO = """\
id = "scrapeco"
name = "Scrapeco"
parent = "partner"

[source.docs]
url = "https://scrapeco.example/bot"
kind = "official"
seen = 2024-06-01

[[practice]]
id = "scrape"
says = "yes"
use = "train-ai"
actor = "scrapeco"
content = ["page"]
audience = ["public"]
known_since = 2024-06-01
via = ["ScrapeBot", "Scrape-Extended"]
sources = ["docs"]
what = { en = "It collects pages.", de = "Es sammelt Seiten." }
"""

ACTOR = """\
id = "{id}"
name = "{name}"

[source.about]
url = "https://{id}.example/"
kind = "official"
seen = 2024-06-01
"""

SCRAPEBOT = """\
id = "scrapebot"
token = "ScrapeBot"
operator = "scrapeco"
token_kind = "fetcher"
purpose = "training"
honours = { says = "yes", sources = ["docs"] }
aliases = ["Scrape Bot/2"]
fallback = ["OtherBot"]

[source.docs]
url = "https://scrapeco.example/bot"
kind = "official"
seen = 2024-06-01
"""

OTHERBOT = """\
id = "otherbot"
token = "OtherBot"
operator = "partner"
token_kind = "fetcher"
purpose = "search"
honours = { says = "not-stated", looked_at = "https://partner.example/bot" }

[source.docs]
url = "https://partner.example/bot"
kind = "official"
seen = 2024-06-01
"""

EXTENDED = """\
id = "scrape-extended"
token = "Scrape-Extended"
operator = "scrapeco"
token_kind = "control"
purpose = "training"
honours = { says = "yes", sources = ["docs"] }
governs = ["ScrapeBot"]

[source.docs]
url = "https://scrapeco.example/bot"
kind = "official"
seen = 2024-06-01
"""

LAW = """\
id = "act"
cite = "Act, s. 1"
places = ["EU"]
in_force = 2018-05-25
name = { en = "The Act", de = "Das Gesetz" }
what = { en = "one may object", de = "man darf widersprechen" }

[[forbids]]
practices = ["acme/train", "scrapeco/scrape"]
since = 2024-01-01
places = ["DE"]
sources = ["text"]

[source.text]
url = "https://law.example/act"
kind = "regulator"
seen = 2024-06-01
"""

SIGNAL = """\
id = "robots-txt"
name = "robots.txt"
status = "standard"
dated = 2022-09-01
what = { en = "A file.", de = "Eine Datei." }

[source.rfc]
url = "https://rfc.example/9309"
kind = "official"
seen = 2024-06-01
"""

CLAIM = """\
id = "it-is-said"
text = { en = "It is said.", de = "Man sagt." }
by = "a newspaper"

[source.paper]
url = "https://paper.example/1"
kind = "press"
seen = 2024-06-01
"""

PLACES = """\
[source.iso]
url = "https://iso.example/3166"
kind = "official"
seen = 2024-06-01

[group.EU]
name = { en = "European Union", de = "Europäische Union" }
members = ["DE", "FR"]
source = "iso"

[country]
DE = { en = "Germany", de = "Deutschland" }
FR = { en = "France", de = "Frankreich" }
GB = { en = "United Kingdom", de = "Vereinigtes Königreich" }
US = { en = "United States", de = "Vereinigte Staaten" }

[us_state]
US-PA = { en = "Pennsylvania", de = "Pennsylvania" }
"""

FILES = {
    "platforms/acme.toml": ACME,
    "history/acme.toml": ACME_BEFORE,
    "history/retired.toml": '[slug]\nacme-plus = "acme"\n',
    "actors/acme.toml": ACTOR.format(id="acme", name="Acme"),
    "actors/anyone.toml": ACTOR.format(id="anyone", name="others"),
    "actors/partner.toml": ACTOR.format(id="partner", name="Partner"),
    "actors/scrapeco.toml": SCRAPECO,
    "crawlers/scrapebot.toml": SCRAPEBOT,
    "crawlers/otherbot.toml": OTHERBOT,
    "crawlers/scrape-extended.toml": EXTENDED,
    "laws/act.toml": LAW,
    "signals/robots-txt.toml": SIGNAL,
    "claims/it-is-said.toml": CLAIM,
    "places.toml": PLACES,
}


def write(root: Path) -> Path:
    """The clean folder, with the sentences that are printed."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    shutil.copytree(default_root() / "reasons", root / "reasons")
    return root


def change(root: Path, file: str, old: str, new: str) -> None:
    """Replaces one place of a file; the place must stand there exactly once."""
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{file} has {old!r} {text.count(old)} times"
    (root / file).write_text(text.replace(old, new), encoding="utf-8")


def line(root: Path, file: str, starts: str) -> int:
    """The 1-based line that starts so."""
    lines = (root / file).read_text(encoding="utf-8").split("\n")
    return next(n for n, text in enumerate(lines, 1) if text.startswith(starts))
