"""Words: re-flowed, with links, and never obeyed as HTML."""

import pytest

from generator.text import Official, Text


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("one\ntwo\n", "one two"),
        ("one\n  two", "one two"),
        ("one\u00a0two\r\nthree", "one two three"),
        ("one\n\n\ntwo\n", "one\n\ntwo"),
        ("see [words]() and [more](https://example.org)", "see words and more"),
        ("an [array] (not a link)", "an [array] (not a link)"),
    ],
)
def test_plain(written: str, plain: str) -> None:
    assert Text(written).plain == plain


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
        ("[words]()", "<p>words</p>"),
        ("[<words>]()", "<p>&lt;words&gt;</p>"),
        ("[words](https://example.org/a_(b))", '<p><a href="https://example.org/a_(b)">words</a></p>'),
        (
            "(https://example.org/).",
            '<p>(<a class="address" href="https://example.org/">https://example.org/</a>).</p>',
        ),
        (
            "https://a.org/?b=1&c=2",
            '<p><a class="address" href="https://a.org/?b=1&amp;c=2">https://a.org/?b=1&amp;c=2</a></p>',
        ),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        (
            'https://a.org/"onclick="x',
            '<p><a class="address" href="https://a.org/">https://a.org/</a>&#34;onclick=&#34;x</p>',
        ),
    ],
)
def test_html(written: str, html: str) -> None:
    assert str(Text(written).html) == html


def test_runs() -> None:
    """The web pages and the handbook make their links of the same pieces."""
    text = Text("See [words]() or\n[more](https://a.org).\n\nhttps://b.org/?c=1.")
    assert text.runs == [
        [("See ", ""), ("words", ""), (" or ", ""), ("more", "https://a.org"), (".", "")],
        [("https://b.org/?c=1", "https://b.org/?c=1"), (".", "")],
    ]


def test_lost_links() -> None:
    assert Official("[a]() and [b](https://c.org) and [d]()").lost_links == ["a", "d"]


def test_whose_words() -> None:
    assert Official("x").official
    assert not Text("x").official
