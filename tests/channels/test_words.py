"""Words that a channel says itself."""

from channels.words import Say, Words


def test_a_channel_has_words_of_its_own_where_it_needs_them() -> None:
    words = Words.load()
    here = {"place": "1", "wait": ""}
    assert "leave this page" in words.reply(Say.WAITING_PLACE, channel="web", **here).text
    in_telegram = words.reply(Say.WAITING_PLACE, channel="telegram", **here).text
    assert "page" not in in_telegram
    assert "/leave" in in_telegram
