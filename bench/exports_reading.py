"""A Facebook-like archive into posts, against a bare ijson pass over the same JSON.

Both sides read the same zip, turn by turn in one run, and the best turn of each counts: the bare
side decodes every item and lets it go; ours repairs the text of a fifth of them, and makes posts.
Memory is the peak of a process of its own that does nothing else. ``--media`` puts so many GiB of
stored videos (zeros) beside the posts, which takes as much room on the disk.

    python bench/exports_reading.py [--posts 300000] [--turns 3] [--size MIB] [--media GIB]

At the sizes of the design: as it is; ``--size 1024 --turns 1``; ``--posts 20000 --media 5``.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import ijson

import measured
import withhold.exports

POSTS = "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.json"
RATIO, MEMORY = 2.5, 200
WORDS = "today we went out with the dog and it rained all day but the cake was good so never mind"
FAR = ("Größe für Bücher", "déjà vu à l’été", "Привет мир", "今日は良い天気", "mañana 🌊")
"""What is written as Meta writes it: the bytes of its UTF-8, each as a character."""


def made(count: int, seed: int = 1) -> Iterator[bytes]:
    """The JSON of so many posts, some 440 bytes each, a fifth of them in Meta's encoding."""
    chance, words = random.Random(seed), WORDS.split()  # noqa: S311 - the same in every run
    yield b"["
    for number in range(count):
        text = " ".join(chance.choices(words, k=chance.randint(4, 33)))
        if number % 5 == 0:
            text += " " + chance.choice(FAR).encode().decode("latin-1")
        when = 1_200_000_000 + number * 1000
        post = {"timestamp": when, "data": [{"post": text}, {"update_timestamp": when}]}
        if number % 3 == 0:
            post["attachments"] = [{"data": [{"media": {
                "uri": f"your_facebook_activity/posts/media/{number}.jpg",
                "creation_timestamp": when, "title": "Timeline photos",
                "media_metadata": {"photo_metadata": {"exif_data": [
                    {"upload_ip": "192.0.2.1", "taken_timestamp": when}]}},
                "description": text}}]}]  # fmt: skip
        elif number % 3 == 1:
            link = {"external_context": {"url": f"https://h.example/{number}", "name": text[:40]}}
            post["attachments"] = [{"data": [link]}]
        post["title"] = "Ada Example updated her status."
        yield (b",\n" if number else b"") + json.dumps(post).encode()
    yield b"]"


def build(name: Path, posts: int, media: float) -> int:
    """The archive; bytes of its JSON. Videos are zeros, stored as videos are."""
    size = 0
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as out:
        with out.open(POSTS, "w", force_zip64=True) as file:
            for piece in made(posts):
                size += file.write(piece)
        zeros = bytes(64 * 1024 * 1024)
        for number in range(int(media * 16)):
            info = zipfile.ZipInfo(f"your_facebook_activity/posts/media/{number}.mp4")
            with out.open(info, "w") as file:
                file.write(zeros)
    return size


def bare(name: Path) -> int:
    """Every item decoded by ijson, and nothing done with it."""
    with zipfile.ZipFile(name) as packed, packed.open(POSTS) as stream:
        return sum(1 for _ in ijson.items(stream, "item"))


def ours(name: Path) -> int:
    """Every post, and every file of the archive in one of the lists."""
    with withhold.exports.open(name) as archive:
        count = sum(1 for _ in archive.posts())
        assert archive.platform == "facebook"
        assert archive.complete
        assert not archive.not_understood, archive.not_understood[:3]
    return count


def seconds(side: str, name: Path) -> tuple[float, int]:
    """How long a side takes, and how many it counts."""
    began = time.perf_counter()
    count = {"bare": bare, "ours": ours}[side](name)
    return time.perf_counter() - began, count


def memory(side: str, name: Path) -> float:
    """MiB that a process takes at most which does nothing but this."""
    run = [sys.executable, __file__, "--child", side, str(name)]
    return float(subprocess.run(run, check=True, capture_output=True, text=True).stdout)


def child(side: str, name: Path) -> None:
    """The peak of this process, which has read the archive once.

    By the kernel's word for this program alone: getrusage also knows what the parent took.
    """
    seconds(side, name)
    said = Path("/proc/self/status").read_text()
    print(int(re.search(r"VmHWM:\s+(\d+) kB", said)[1]) / 1024)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--posts", type=int, default=300_000)
    arguments.add_argument("--size", type=int, help="MiB of JSON, instead of --posts")
    arguments.add_argument("--media", type=float, default=0, help="GiB of videos beside")
    arguments.add_argument("--turns", type=int, default=3)
    arguments.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.child:
        return child(given.child[0], Path(given.child[1]))
    posts = given.posts
    if given.size:
        posts = given.size * 1024 * 1024 // (sum(map(len, made(2_000))) // 2_000)
    folder = Path(tempfile.mkdtemp(prefix="withhold-bench-"))
    try:
        if shutil.disk_usage(folder).free < (given.media + 4) * 1024**3:
            raise SystemExit("not enough room on the disk for this size")
        name = folder / "facebook.zip"
        size = build(name, posts, given.media)
        print(
            f"{posts:,} posts, {size / 1024**2:,.0f} MiB of JSON, {given.media:g} GiB of videos, "
            f"a zip of {name.stat().st_size / 1024**2:,.0f} MiB"
        )
        best = dict.fromkeys(("bare", "ours"), float("inf"))
        for _ in range(given.turns):
            for side in best:
                took, count = seconds(side, name)
                assert count == posts, (side, count)
                best[side] = min(best[side], took)
        peaks = {side: memory(side, name) for side in best}
        for side, took in best.items():
            print(
                f"{side}  {took:7.2f} s  {took / posts * 1e6:6.1f} us a post  "
                f"peak {peaks[side]:5.0f} MiB"
            )
        print(f"ours / bare ijson pass: {best['ours'] / best['bare']:.2f} (aim: {RATIO})")
        print(f"aim for memory: {MEMORY} MiB")
        key = "large" if given.size else "media" if given.media else "posts"
        videos = f", {given.media:g} GiB of videos" * bool(given.media)
        note = {
            "yardstick": "a bare ijson pass",
            "size": f"{posts:,} posts, {size / 1024**2:,.0f} MiB of JSON{videos}",
        }
        what = "an archive into posts"
        measured.told(
            f"exports_reading/{key}",
            what,
            best["ours"],
            "s",
            theirs=best["bare"],
            most=RATIO,
            **note,
        )
        measured.told(
            f"exports_reading/{key}-memory", f"{what}: memory", peaks["ours"], "MiB",
            theirs=peaks["bare"], by="ours", most=MEMORY, **note,
        )  # fmt: skip
    finally:
        shutil.rmtree(folder)
    return None


if __name__ == "__main__":
    main()
