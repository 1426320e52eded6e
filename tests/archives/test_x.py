"""X: four layouts, protected spans, long texts, the manifest's counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archives.made.truth import Truth, hits, reading, told
from tests.archives.made.x import (
    ACCOUNT,
    EXPORTED,
    HANDLE,
    account,
    made,
    made_2019,
    made_classic,
    manifest,
    message,
    read_tweets,
    script,
    tweet,
)
from withhold.exports.x import READER


def without_ids(said: list[Truth]) -> list[Truth]:
    """Sorted; ids of ours (``~...``) are left out, as the generator does not know them."""
    return sorted(one._replace(id="") if one.id.startswith("~") else one for one in said)


def test_every_post_of_the_layout_of_today_comes_out_as_it_was_meant(tmp_path: Path) -> None:
    files, truth = made(1, 240)
    posts, notes = reading(READER, files, tmp_path)
    assert without_ids([told(post) for post in posts]) == without_ids(truth)
    assert notes.not_understood == []
    assert notes.account == HANDLE
    assert notes.exported == EXPORTED[:10]
    assert notes.ignored == {
        "data/like.js": "others", "data/ageinfo.js": "not-published",
        "data/tweets_media/1-a.jpg": "media", "data/README.txt": "not-published",
        "Your archive.html": "not-published", "assets/js/runtime.js": "not-published",
    }  # fmt: skip


def test_what_others_wrote_is_counted_and_kept_only_when_asked_for(tmp_path: Path) -> None:
    files, truth = made(2, 8)
    _, notes = reading(READER, files, tmp_path)
    counts = {path: one.others for path, one in notes.understood.items() if one.others}
    assert counts == {
        "data/direct-messages.js": 1, "data/direct-messages-group.js": 1,
        "data/grok-chat-item.js": 1,
    }  # fmt: skip
    (tmp_path / "b").mkdir()
    posts, _ = reading(READER, files, tmp_path / "b", others=True)
    assert len(posts) == len(truth) + 3
    said = {post.text for post in posts if post.authored == "others" and post.kind != "post"}
    assert said == {"theirs", "see a doctor"}


def test_the_layout_of_2019_has_tweets_without_a_wrapper(tmp_path: Path) -> None:
    files, truth = made_2019(3, 80)
    posts, notes = reading(READER, files, tmp_path)
    assert [told(post) for post in posts] == truth
    assert notes.not_understood == []


def test_before_2019_there_is_a_script_for_every_month_and_the_csv_is_superseded(
    tmp_path: Path,
) -> None:
    files, truth = made_classic(4, 80)
    posts, notes = reading(READER, files, tmp_path)
    assert without_ids([told(post) for post in posts]) == without_ids(truth)
    assert notes.ignored["tweets.csv"] == "superseded"
    assert notes.account == HANDLE
    assert notes.not_understood == []


def test_a_csv_alone_is_read_too(tmp_path: Path) -> None:
    files, truth = made_classic(5, 40)
    posts, _ = reading(READER, {"tweets.csv": files["tweets.csv"]}, tmp_path)
    read = {post.id: str(post.created) for post in posts}
    assert read == {one.id: one.created.replace("T", " ") for one in truth}


def test_it_is_recognised_by_listing_and_by_structure(tmp_path: Path) -> None:
    for number, files in enumerate((made(1, 8)[0], made_2019(1, 8)[0], made_classic(1, 8)[0])):
        by_names, by_structure = hits(READER, files, tmp_path / str(number))
        assert by_names >= (5, 2, 1)[number]
        assert by_structure >= 2
    renamed = {"a.js": made(1, 8)[0]["data/tweets.js"], "b.js": b"var a = 1"}
    assert hits(READER, renamed, tmp_path / "renamed")[1] == 1
    assert hits(READER, {"assets/app.js": b"window.x = [1]"}, tmp_path / "none") == (0, 0)
    only = {"data/js/user_details.js": b"var user_details = {}"}
    assert hits(READER, only, tmp_path / "only") == (0, 0)


def test_changes_of_protection_are_settings_with_their_days(tmp_path: Path) -> None:
    _, notes = reading(READER, made(1, 1)[0], tmp_path)
    said = [(one.name, one.value, str(one.on), one.control) for one in notes.settings]
    assert sorted(said) == [
        ("protect-posts", "followers", "2026-03-01", True),
        ("protect-posts", "public", "2026-05-01", True),
    ]


def test_an_account_that_changed_nothing_says_nothing(tmp_path: Path) -> None:
    posts, _ = read_tweets(
        tmp_path, tweet(), protected_history=script("protected_history", []), manifest=manifest()
    )
    assert (posts[0].audience, posts[0].audience_by) == ("unknown", "none")


def test_without_the_day_of_the_export_nothing_is_known_before_the_first_change(
    tmp_path: Path,
) -> None:
    change = {"protectedAt": "2024-05-06T00:00:00.000Z", "action": "Protect"}
    history = script("protected_history", [{"protectedHistory": change}])
    early = tweet(created_at="Sun May 05 07:08:09 +0000 2024")
    posts, _ = read_tweets(tmp_path, early, tweet(), protected_history=history)
    assert [post.audience for post in posts] == ["unknown", "followers"]


@pytest.mark.parametrize(
    ("far", "authored"),
    [
        ("https://twitter.com/someone/status/17", "own-over-others"),
        ("https://mobile.x.com/someone/status/17?s=20", "own-over-others"),
        ("https://x.com/i/web/status/17", "own-over-others"),
        ("https://twitter.com/i/web/status/1800000000000000001", "own"),  # the rest of itself
        (f"https://twitter.com/{HANDLE.upper()}/status/17", "own"),
        ("https://example.org/someone/status/17", "own"),
        ("https://x.com/someone", "own"),
    ],
)
def test_it_quotes_where_it_leads_to_a_status_of_another(
    far: str, authored: str, tmp_path: Path
) -> None:
    link = {"url": "https://t.co/abcdefghij", "expanded_url": far}
    posts, _ = read_tweets(tmp_path, tweet(entities={"urls": [link]}))
    assert posts[0].authored == authored


def test_marks_of_a_quote_and_of_a_retweet(tmp_path: Path) -> None:
    posts, _ = read_tweets(
        tmp_path, tweet(is_quote_status=True), tweet(quoted_status_id_str="3"),
        tweet(retweeted_status={"text": "x"}), tweet("RT without a name"),
    )  # fmt: skip
    assert [post.authored for post in posts] == [
        "own-over-others", "own-over-others", "others", "own",
    ]  # fmt: skip


def test_a_note_of_no_tweet_is_a_post_of_its_own(tmp_path: Path) -> None:
    note = {"noteTweetId": "5", "core": {"text": "long &lt;3"}, "createdAt": "2024-05-06T07:08:09Z"}
    notes = script("note_tweet", [{"noteTweet": note}])
    posts, _ = read_tweets(tmp_path, tweet("something else altogether"), note_tweet=notes)
    assert [post.text for post in posts] == ["something else altogether", "long <3"]


def test_two_notes_of_one_second_go_to_their_own_tweets(tmp_path: Path) -> None:
    begins = ["A" * 60 + " first", "B" * 60 + " second"]
    notes = [{"noteTweet": {"noteTweetId": str(n), "core": {"text": text + " and all the rest"},
                            "createdAt": "2024-05-06T07:08:09.500Z"}}
             for n, text in enumerate(begins)]  # fmt: skip
    posts, _ = read_tweets(
        tmp_path, *(tweet(text + "…", id_str=f"70{n}") for n, text in enumerate(reversed(begins))),
        note_tweet=script("note_tweet", notes),
    )  # fmt: skip
    assert [post.text for post in posts] == [one + " and all the rest" for one in reversed(begins)]


def test_pictures_are_named_by_their_file_or_their_address(tmp_path: Path) -> None:
    media = [
        {
            "media_url_https": "https://pbs.twimg.com/media/abc.jpg",
            "url": "https://t.co/qqqqqqqqqq",
            "expanded_url": "https://x.com/ada_writes/status/1800000000000000001/photo/1",
        },
        {"media_url_https": "https://pbs.twimg.com/media/none.jpg", "ext_alt_text": "a cat"},
    ]
    one = tweet("look https://t.co/qqqqqqqqqq", extended_entities={"media": media},
                coordinates={"type": "Point", "coordinates": [6.96, 50.94]})  # fmt: skip
    files = account() | {
        "data/tweets.js": script("tweets", [{"tweet": one}]),
        "data/tweets_media/1800000000000000001-abc.jpg": b"\xff\xd8",
    }
    posts, _ = reading(READER, files, tmp_path)
    first, second = posts[0].media
    assert first.path == "data/tweets_media/1800000000000000001-abc.jpg"
    assert first.place == (50.94, 6.96)
    assert (second.path, second.text) == ("https://pbs.twimg.com/media/none.jpg", "a cat")
    assert posts[0].authored == "own"


def test_a_place_without_a_picture_is_kept(tmp_path: Path) -> None:
    posts, _ = read_tweets(tmp_path, tweet(geo={"type": "Point", "coordinates": [50.94, 6.96]}))
    assert [(one.path, one.place) for one in posts[0].media] == [(posts[0].url, (50.94, 6.96))]


def test_an_article_is_public_only_where_its_metadata_says_so(tmp_path: Path) -> None:
    articles = [{"article": {"articleId": str(n), "title": f"T{n}", "contentState": {
        "blocks": [{"text": "one"}, {"text": "two"}]}}} for n in range(3)]  # fmt: skip
    seen = [{"articleMetadata": {"articleId": "0", "visibility": "Public"}},
            {"articleMetadata": {"articleId": "1", "visibility": {"name": "Draft"}}}]  # fmt: skip
    posts, _ = read_tweets(
        tmp_path,
        article=script("article", articles),
        article_metadata=script("article_metadata", seen),
    )
    assert [(post.audience, post.audience_by, post.state) for post in posts] == [
        ("public", "item-field", "live"), ("private", "item-field", "draft"),
        ("unknown", "none", "live"),
    ]  # fmt: skip
    assert posts[0].text == "T0\n\none\ntwo"


def test_a_circle_is_a_group_by_its_file(tmp_path: Path) -> None:
    files = {"data/twitter-circle-tweet.js": script("twitter_circle_tweet", [{"tweet": tweet()}])}
    posts, _ = reading(READER, account() | files, tmp_path)
    assert (posts[0].audience, posts[0].audience_by) == ("group", "item-field")


def test_links_and_pictures_of_messages(tmp_path: Path) -> None:
    one = message(1, ACCOUNT, "see https://t.co/abcdefghij")
    one["messageCreate"]["urls"] = [{"url": "https://t.co/abcdefghij", "expanded": "https://e.org"}]
    one["messageCreate"]["mediaUrls"] = ["https://ton.twitter.com/1/2/abc.jpg", 3]
    body = script("direct_messages", [{"dmConversation": {"messages": [one, 3, {}]}}, 4])
    files = account() | {"data/direct-messages.js": body,
                         "data/direct_messages_media/551-abc.jpg": b"\xff\xd8"}  # fmt: skip
    posts, notes = reading(READER, files, tmp_path)
    assert [post.text for post in posts] == ["see https://e.org"]
    assert [one.path for one in posts[0].media] == ["data/direct_messages_media/551-abc.jpg"]
    assert [(one.why, one.at) for one in notes.not_understood] == [("wrong-type", "/1")]


def test_the_bio_of_periscope_is_a_profile(tmp_path: Path) -> None:
    body = [{"periscopeProfileDescription": {"bio": "I film."}}, 3, {"a": []}]
    posts, _ = read_tweets(
        tmp_path, periscope_profile_description=script("periscope_profile_description", body)
    )
    assert [(post.kind, post.text) for post in posts] == [("profile", "I film.")]
