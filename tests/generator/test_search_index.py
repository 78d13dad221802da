"""The search's index: which words find a page, in which language, and that no page is kept."""

import json
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from markupsafe import Markup

from generator.pages.page import Body, Page
from generator.pages.search import SearchIndex
from generator.pages.words import split_words, unmutate
from generator.text import Words


def show(html: str) -> Callable[[], Body]:
    """Return a function that renders a page as this HTML."""
    return partial(Body, Markup(html))


def make_files(language: str, pages: Iterable[Page]) -> dict[str, Any]:
    """Return what the files of the search of a site have, by name."""
    index = SearchIndex(language)
    listed = list(pages)
    for page in listed:
        index.add(page, page.render())
    texts = {address.removeprefix("search/").removesuffix(".js"): text for address, text in index.make_files(listed)}
    return {name: json.loads(text.partition(", ")[2].rpartition(")")[0]) for name, text in texts.items()}


def test_words_are_split_and_spelt_in_one_way() -> None:
    words = ["well", "being", "ty", "cafe", "organised", "in", "colour", "wellbeing"]
    assert split_words("Well-being, Tŷ’r café: ORGANIZED in color") == words
    assert split_words("Well-being, Tŷ’r café: ORGANISED in colour") == words
    assert split_words("the size of a beneﬁt, neighborly oﬃcers, laboratory") == [
        *("the", "size", "of", "a", "benefit", "neighbourly", "officers", "laboratory"),
    ]
    assert unmutate("nghymunedau", "cy")[:2] == ["nghymunedau", "cymunedau"]
    assert unmutate("parks", "words") == ["parks"]


def test_words_are_found_in_the_language_of_their_text() -> None:
    """A language without rules of its own has the general ones."""
    body = '<h1>Parks</h1><p>Airy park <i lang="cy">ardd</i></p><p lang="fr">Le jardin</p>'
    files = make_files("en", [Page("a.html", "Parks", show(body), keywords=[Words("parciau", "cy")])])
    assert files["pages"]["pages"] == [["a.html", "Parks", 0, 1]]
    assert files["pages"]["letters"] == {"words": "ajlp", "names": "", "cy": "agp"}
    assert files["words-112"] == {"park": "0.1", "parks": "0.16"}
    assert files["words-106"] == {"jardin": "0.1"}
    assert files["cy-103"] == {"gardd": "0.1"}
    assert files["cy-112"] == {"parciau": "0.8"}
    assert files["text-0"] == ["Airy park\ncy\tardd\nfr\tLe jardin"]


def test_names_in_capitals_are_words_of_their_own() -> None:
    """So that they have no forms: a sailor is nothing of SAIL."""
    body = "<h1>Parks</h1><p>SAIL stands for it.</p>"
    files = make_files("en", [Page("a.html", "Parks", show(body), keywords=["SAIL and PSBs"])])
    assert files["names-115"] == {"sail": "0.9"}
    assert "sail" not in files["words-115"]
    assert "psbs" in files["words-112"]


def test_common_words_of_keywords_are_left_out() -> None:
    """Otherwise a search for "can't" would find what nobody means by it. A title can be all common words."""
    body = "<h1>What to do</h1>"
    files = make_files("en", [Page("a.html", "What to do", show(body), keywords=["people who can't afford food"])])
    assert files["words-119"] == {"what": "0.16"}
    assert "words-99" not in files


def test_sections_are_found_by_their_names_in_other_languages() -> None:
    body = '<h1>Parks</h1><h2 id="oak">Oaks</h2><h2 id="elm">Elms</h2>'
    names = {"oak": [Words("derw", "cy")], "elm": []}
    files = make_files("en", [Page("a.html", "Parks", show(body), section_names=names)])
    assert [page[0] for page in files["pages"]["pages"]] == ["a.html", "a.html#oak", "a.html#elm"]
    assert files["cy-100"] == {"derw": ".8"}


def test_real_words_that_look_like_typing_errors_are_listed() -> None:
    """They differ by one letter from a word of a page, or it begins with them, and no page has them."""
    files = make_files("en", [Page("a.html", "Pension", show("<p>bridge cant tyndir</p>"))])
    real = {name: text.split() for name, text in files.items() if name.startswith("real-")}
    assert "tension" in real["real-116"]
    assert "tyndra" not in real["real-116"]
    assert "bridle" in real["real-98"]
    assert "bridges" in real["real-98"]
    words = [word for listed in real.values() for word in listed]
    assert "pension" not in words
    assert {"bridge", "cant"} & set(words) == set()
    assert {"pen", "brides"} & set(words) == {"pen"}
    assert [name for name in real if files[name] != " ".join(sorted(real[name]))] == []


def test_a_page_without_text_shows_its_description() -> None:
    page = Page("a.html", "Parks", show("<p>ardd</p>"), description="All of them.", search={"by_title": True})
    assert make_files("en", [page])["text-0"] == ["All of them."]


def test_two_words_of_which_a_third_may_be_a_mutation() -> None:
    """It counts as often as both, but once as a keyword."""
    page = Page("a.html", "x", show("<p>ardd gardd ardd ardd</p>"), keywords=["ardd", "gardd"])
    assert make_files("cy", [page])["cy-103"]["gardd"] == "0.11"
    others = [Page(f"{name}.html", "x", show("<p>ardd</p>")) for name in "bc"]
    last = replace(page, address="d.html")
    assert make_files("cy", [page, *others, last])["cy-103"]["gardd"] == "0.11.1.1.11"


def test_pages_that_were_not_added_are_added_in_their_order() -> None:
    """As in a live preview, where the reader chooses which pages are rendered."""
    pages = [Page(f"{name}.html", name, show("<p>ardd</p>")) for name in "abc"]
    index = SearchIndex("cy")
    index.add(pages[2], pages[2].render())
    for _ in range(2):
        assert json.loads(next(text for _, text in index.make_files(pages)).partition(", ")[2].rpartition(")")[0])[
            "pages"
        ] == [["a.html", "a", 0, 1], ["b.html", "b", 0, 1], ["c.html", "c", 0, 1]]
        index.add(pages[2], pages[2].render())


def test_no_page_is_kept() -> None:
    """A hundred pages of 1 MB leave much less than one of them."""
    index = SearchIndex("cy")
    body = '<p title="%s">ardd</p>' % ("x" * 1_000_000)
    tracemalloc.start()
    for number in range(100):
        page = Page(f"{number}.html", "Parciau", show(body + str(number)))
        index.add(page, page.render())
    del page
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 300_000


def test_common_words_are_found_in_titles_only() -> None:
    files = make_files("en", [Page("a.html", "Who can help", show("<p>The park</p>"))])
    assert set(files["words-119"]) == {"who"}
    assert set(files["words-112"]) == {"park"}
    assert "words-116" not in files
