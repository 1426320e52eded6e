"""Reveals in posts per second, without and with telling the language, and on hostile texts.

The posts are made here: short ones (some 80 characters, one of six gives something away) in four
languages, and long ones (2,000 characters). The yardstick is a bare pass that lowers each text and
finds its words with one compiled expression.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections.abc import Callable

import measured
from withhold.catalog.reveals import reveal_words
from withhold.reveals import language_of
from withhold.reveals.find import find

PLAIN = {
    "en": "the weather was lovely today and we walked along the river until the sun went down "
    "what a game last night they should have won it cannot believe how good this album still is "
    "does anyone know a nice place for coffee near the station reading a long book about ships "
    "my new bike is here and it is fast so happy with the colour thanks to everyone who helped",
    "de": "heute war das wetter wunderbar und wir sind am fluss entlang gelaufen bis es dunkel "
    "war was für ein spiel gestern das hätten sie gewinnen müssen kennt jemand ein gutes café am "
    "bahnhof ich lese gerade ein dickes buch über schiffe mein neues rad ist da und "
    "richtig schnell",
    "fr": "il a fait très beau aujourd'hui et nous avons marché le long de la rivière "
    "jusqu'au soir quel match hier ils auraient dû gagner est-ce que quelqu'un connaît un bon "
    "café près de la gare je lis un gros livre sur les bateaux "
    "mon nouveau vélo est arrivé et il va très vite",
    "es": "hoy hizo un tiempo estupendo y paseamos por el río hasta que se hizo de noche "
    "qué partido el de ayer tenían que haber ganado alguien conoce un buen café "
    "cerca de la estación estoy leyendo un libro muy largo sobre barcos "
    "mi bici nueva ya está aquí y va muy rápida",
}
GIVEN_AWAY = {
    "en": ("call me on 07700 900123", "my daughter Emma (7) loves it", "I work at Contoso"),
    "de": ("ruf mich an: 0151 23456789", "ich habe Diabetes", "ich wohne in der Aweg 12"),
    "fr": ("écris-moi : a.b@exemple.fr", "mon fils a 6 ans", "je travaille chez Contoso"),
    "es": ("soy católico", "mi cumpleaños es el 5 de mayo", "vivo en la calle Mayor 12"),
}
HOSTILE = {
    "a@": "a@" * 500_000,
    "digits": "7" * 1_000_000,
    "digits apart": "7 " * 500_000,
    "spaces": " " * 1_000_000,
    "dots": "a.1-" * 250_000,
    "my daughter": "my daughter " * 90_000,
    "I have": "i have " * 150_000,
    "street": "12 Oak Street " * 70_000,
    "degrees": "48°08'" * 170_000,
    "iban": "DE89 3704 0044 " * 70_000,
}


def posts(count: int, words: int, seed: int = 7) -> list[tuple[str, str]]:
    """(language, text), the same for one seed."""
    chance = random.Random(seed)  # noqa: S311 -- texts, no secret
    found = []
    for number in range(count):
        lang = ("en", "de", "fr", "es")[number % 4]
        plain = PLAIN[lang].split()
        first = chance.randrange(len(plain))
        text = " ".join((plain * (words // len(plain) + 2))[first : first + words])
        if number % 6 == 0:
            text += ". " + chance.choice(GIVEN_AWAY[lang])
        found.append(
            (lang, text[:1].upper() + text[1:] + chance.choice((".", "!", " 🙂", " 2024")))
        )
    return found


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--posts", type=int, default=20_000)
    arguments.add_argument("--turns", type=int, default=3)
    given = arguments.parse_args()
    words = reveal_words()
    ready = seconds(lambda: find("x", words))
    print(f"making the words ready: {ready:.2f} s, once")
    measured.told("reveals/ready", "making the words of reveals ready, once", ready, "s")
    plain = re.compile(r"\w+")
    language_of("which language is this, please?")
    for name, length, part in (("short", 14, 1), ("long", 350, 20)):
        made = posts(given.posts // part, length)
        size = sum(len(text) for _, text in made) / len(made)
        rates: dict[str, float] = {}
        sides: dict[str, Callable[[], object]] = {
            "bare": lambda made=made: [plain.findall(text.lower()) for _, text in made],
            "all languages": lambda made=made: [find(text, words) for _, text in made],
            "language known": lambda made=made: [find(text, words, lang) for lang, text in made],
            "language told": lambda made=made: [
                find(text, words, language_of(text)[0]) for _, text in made
            ],
        }
        for side, work in sides.items():
            took = min(seconds(work) for _ in range(given.turns))
            rates[side] = len(made) / took
            rate = f"{rates[side]:10,.0f} posts a second"
            print(f"{name} ({size:5.0f} characters)  {side:15} {rate}")
        for side in ("all languages", "language known", "language told"):
            measured.told(
                f"reveals/{name}-{side.replace(' ', '-')}",
                f"what {name} posts give away, {side}",
                1e6 / rates[side],
                "µs a post",
                theirs=1e6 / rates["bare"],
                yardstick="a bare pass that finds words",
                size=f"{len(made):,} posts of {size:.0f} characters",
            )
    slowest = 0.0
    for name, text in HOSTILE.items():
        took = seconds(lambda t=text: find(t, words))
        print(f"hostile, {len(text):,} characters of {name}: {took:.3f} s")
        slowest = max(slowest, took / len(text) * 1e6)
    what = f"what hostile texts give away, the slowest of {len(HOSTILE)}"
    measured.told("reveals/hostile", what, slowest, "s a million characters")


if __name__ == "__main__":
    main()
