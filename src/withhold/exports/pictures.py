"""The pictures of posts with the place and time that the EXIF of their own files names."""

from __future__ import annotations

from operator import is_not

from msgspec.structs import replace

from withhold.exports.exif import NOTHING, Taken, taken_in
from withhold.exports.notes import PER_FILE, Notes, Why
from withhold.exports.parts import Files
from withhold.exports.post import Media, Post
from withhold.exports.streams import TooLarge, Unreadable

REMEMBERED = 10_000
"""Pictures whose EXIF is remembered: of a sticker that stands in many posts it is read once."""
_PICTURES = frozenset(("jpg", "jpeg", "jfif", "heic", "heif", "avif", "png", "webp", "tif", "tiff"))


class Pictures:
    """Looks at the beginnings of the pictures of one archive.

    What cannot be read is noted; the others stay ``media`` among what is ignored, for nothing of
    what they show is read. Pictures that are far to reach (in a tar.gz) are not looked at.
    """

    def __init__(self, files: Files, notes: Notes) -> None:
        self._files, self._notes = files, notes
        self._seen: dict[str, Taken] = {}
        self._unread: set[str] = set()
        self._ended = False
        self.there = any(map(_is_picture, files.entries))
        """Whether the archive has any; mostly it is the parts without."""

    def __call__(self, post: Post) -> Post:
        """The post with place and time of its pictures, where their files say them.

        What the archive's own record says of a picture is kept.
        """
        if not post.media:
            return post
        media = tuple(map(self._looked_at, post.media))
        return replace(post, media=media) if any(map(is_not, media, post.media)) else post

    def _looked_at(self, one: Media) -> Media:
        if not _is_picture(one.path) or (one.place and one.taken):
            return one
        said = self._seen.get(one.path)
        if said is None:
            if len(self._seen) >= REMEMBERED:
                self._seen.clear()
            said = self._seen[one.path] = self._said(one.path)
        if said is NOTHING:
            return one
        when = one.taken or said.when
        if one.place or not said.place:
            return replace(one, taken=when) if when != one.taken else one
        return replace(one, place=said.place, place_by="exif", taken=when)

    def _said(self, named: str) -> Taken:
        path = self._files.only(named)
        if not path or self._ended:
            return NOTHING
        try:
            stream = self._files.glance(path)
            if stream is None:
                return NOTHING
            with stream:
                return taken_in(stream)
        except TooLarge as why:
            self._ended = True
            self._notes.trouble(self._files.parts[0], why.why, "pictures")
        except OSError as why:
            self._cannot(path, why.why if isinstance(why, Unreadable) else "unreadable")
        return NOTHING

    def _cannot(self, path: str, why: Why) -> None:
        """Notes a picture once, and of all no more than of one file: they hide no other trouble."""
        if path in self._unread:
            return
        self._unread.add(path)
        if len(self._unread) > PER_FILE:
            self._notes.left += 1
        else:
            self._notes.trouble(path, why)


def _is_picture(path: str) -> bool:
    return path.rpartition(".")[2].lower() in _PICTURES
