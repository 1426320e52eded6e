"""What a person would say they published, counted beside the readers of blogs and of Reddit.

With csv, xml.etree and plain text only, and without having read a reader.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest
from tests.corpus.exports.counting import clocks, read, table, texts

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def at(corpus: Path) -> Path:
    return corpus / "exports"


def test_medium(at: Path) -> None:
    folder = at / "medium/TryGhost__migrate"
    pages = [path.read_text(encoding="utf-8") for path in folder.glob("export/posts/*.html")]
    dated = [
        found[1]
        for page in pages
        if (found := re.search(r'dt-published"\s+datetime="(.{19})', page))
    ]
    assert (len(pages), len(dated)) == (6, 5)
    posts, _ = read(folder)
    assert len(posts) == len(pages)
    assert sum(post.state == "draft" for post in posts) == len(pages) - len(dated)
    live = [post for post in posts if post.state == "live"]
    assert clocks(live) == Counter(when.replace("T", " ") for when in dated)
    linked = [re.search(r'href="([^"]+)"\s+class="p-canonical"', page) for page in pages]
    assert {post.url for post in live} == {found[1] for found in linked if found}
    # A comment's page has neither a subtitle nor a heading of its own in the body.
    assert [post.kind for post in posts].count("comment") == sum("subtitle" not in p for p in pages)


def test_reddit(at: Path) -> None:
    folder = at / "reddit/DoubleGremlin181__potluck"
    posted, answered = table(folder / "posts.csv"), table(folder / "comments.csv")
    posts, _ = read(folder)
    assert Counter(post.kind for post in posts) == {"post": len(posted), "comment": len(answered)}
    assert texts(posts, "comment") == Counter(row[8] for row in answered)
    assert clocks(posts) == Counter(row[2][:19] for row in posted + answered)
    assert Counter(post.community for post in posts) == Counter(r[4] for r in posted + answered)
    for row in posted:
        (post,) = [one for one in posts if one.id == row[0] or f"t3_{one.id}" == row[0]]
        assert row[6] in post.text
        assert row[8] in post.text
    # What somebody saved was written by others: nothing was posted here.
    assert read(at / "reddit/joeamroo__knowledgemaxxing") == ([], 0)


def test_substack(at: Path) -> None:
    folder = at / "substack/TryGhost__migrate"
    rows = table(folder / "posts.csv")
    posts, _ = read(folder)
    assert len(posts) == len(rows) == len(list(folder.glob("posts/*.html"))) == 5
    live = [post for post in posts if post.state == "live"]
    assert clocks(live) == Counter(
        row[1][:19].replace("T", " ") for row in rows if row[2] == "TRUE"
    )
    assert len(posts) - len(live) == sum(row[2] == "FALSE" for row in rows) == 1
    assert {(post.audience, post.audience_by) for post in live} == {("public", "item-field")}


def test_wordpress(at: Path) -> None:
    blog = at / "wordpress/WordPress__theme-test-data/themeunittestdata.wordpress.xml"
    wp = "{https://wordpress.org/export/1.2/}"
    channel = ElementTree.parse(blog).getroot()[0]  # noqa: S314 - a sample that was looked at
    kinds = Counter(i.findtext(f"{wp}post_type") for i in channel.iter("item"))
    by = [(c.findtext(f"{wp}comment_author"), c.findtext(f"{wp}comment_approved"))
          for c in channel.iter(f"{wp}comment")]  # fmt: skip
    owners = {a.findtext(f"{wp}author_login") for a in channel.iter(f"{wp}author")}
    posts, others = read(blog.parent)
    found = Counter(post.kind for post in posts)
    mine = [approved for author, approved in by if author in owners]
    assert found["page"] == kinds["page"] == 21
    assert found["comment"] == len(mine) == 6
    assert others == len(by) - len(mine)
    assert len(posts) == kinds["post"] + kinds["page"] + kinds["attachment"] + len(mine)
    waiting = {"draft", "future", "pending", "auto-draft"}
    unseen = sum(i.findtext(f"{wp}status") in waiting for i in channel.iter("item"))
    assert sum(post.state == "draft" for post in posts) == unseen + mine.count("0")
    asked = sum(bool(i.findtext(f"{wp}post_password")) for i in channel.iter("item"))
    assert sum(post.audience == "group" for post in posts) == asked == 1


def test_wordpress_pages_that_no_strict_parser_takes(at: Path) -> None:
    folder = at / "wordpress/TryGhost__migrate"
    whole = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.xml"))
    posts, _ = read(folder)
    kinds = Counter(re.findall(r"<wp:post_type>(?:<!\[CDATA\[)?(\w+)", whole))
    assert len(posts) == whole.count("<item>") == kinds.total() == 22
    found = Counter(post.kind for post in posts)
    assert (found["page"], found["photo"]) == (kinds["page"], kinds["attachment"])
    assert sum(post.state == "draft" for post in posts) == whole.count("<wp:status>draft<")
