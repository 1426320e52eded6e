"""The scanner of pages: tags, texts, and where elements end."""

from __future__ import annotations

from withhold.policies.html_tags import Scanner, Tag, text_within


def _tags(page: str) -> list[str]:
    return [f"{'/' if one.ends else ''}{one.name}" for one in Scanner(page) if isinstance(one, Tag)]


def test_texts_and_tags_in_their_order() -> None:
    seen = [one if isinstance(one, str) else one.name for one in Scanner("a<B>b &lt; c</B>d")]
    assert seen == ["a", "b", "b < c", "b", "d"]


def test_what_is_no_tag() -> None:
    assert _tags("1 < 2 <3 <!-- <p> --> <!doctype html> <?xml?> <p title='>'>") == ["p"]


def test_raw_text_is_no_text() -> None:
    assert text_within("a<script>if (a<b) '<p>'</script>b<style>c</STYLE>d").split() == [
        "a",
        "b",
        "d",
    ]
    title = next(one for one in Scanner("<title>A <b> c</title>") if isinstance(one, Tag))
    assert title.raw == "A <b> c"


def test_attributes_as_a_browser_reads_them() -> None:
    tag = next(iter(Scanner("<A Href='x&amp;y' href=no CLASS=a/b hidden>")))
    assert isinstance(tag, Tag)
    assert tag.attributes() == {"href": "x&y", "class": "a/b", "hidden": ""}


def test_an_element_is_left_behind_whole() -> None:
    scanner = Scanner("<div>a<div>b</div>c</div>d")
    tags = iter(scanner)
    first = next(tags)
    assert isinstance(first, Tag)
    assert scanner.skip(first) == "a<div>b</div>c"
    assert [one for one in tags if isinstance(one, str)] == ["d"]


def test_an_element_that_never_ends_is_not_left_behind() -> None:
    scanner = Scanner("<nav>a")
    tags = iter(scanner)
    first = next(tags)
    assert isinstance(first, Tag)
    assert scanner.skip(first) is None
    assert list(tags) == ["a"]


def test_a_tag_that_the_end_cuts_takes_the_rest() -> None:
    assert list(Scanner("a<p title='b>c")) == ["a"]


def test_what_no_tag_begins_with_ends_at_its_bracket() -> None:
    """As in a browser, and not at the end of the page."""
    assert text_within("a</é>b<é>c</ >d</1>e").split() == ["a", "b<é>c", "d", "e"]


def test_a_comment_ends_where_it_does_in_a_browser() -> None:
    page = "a<!-- x --!>b<!-- y -->c<!--!> d -->e<!-->f<!--->g<!---->h<!-- <!-- -->i<!-- j"
    assert text_within(page).split() == ["a", "b", "c", "e", "f", "g", "h", "i"]
