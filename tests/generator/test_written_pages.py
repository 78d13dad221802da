"""Hand-written pages and the menu: what they link to must be there, and a message says where it isn't."""

from pathlib import Path

import pytest
from markupsafe import Markup

from generator.pages.menu import find_missing_pages, make_menu
from generator.pages.page import Body, Page
from generator.pages.written_pages import find_broken_links, read_written_pages
from generator.problem import Problems

TOPIC = Page("topics/a-topic.html", "A topic", lambda: Body(Markup('<h2 id="why">Why</h2>')))
START = "---\ntitle: Help\ndescription: How to get help.\n---\n\n# Help\n\n## Where to ask\n\n"
EXTENSIONS = ["toc", "pymdownx.snippets"]


def read(content: Path, text: str) -> Page:
    """Return a hand-written page with this text."""
    (content / "about").mkdir(parents=True, exist_ok=True)
    (content / "about" / "help.md").write_text(START + text, encoding="utf-8")
    settings = {"pymdownx.snippets": {"base_path": [str(content)], "check_paths": True}}
    (page,) = read_written_pages(content, EXTENSIONS, settings)
    return page


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("../topics/a-topics.md", 'There is no such page or file. Did you mean "../topics/a-topic.md"?'),
        ("../topics/a-topic.md#when", 'There is no heading for "#when" there. Correct the address'),
        ("#where-to-go", 'There is no heading for "#where-to-go" there.'),
        ("gone.png", "There is no such page or file. Correct the address, or delete the link."),
        ("../journeys.html", "There is no such page or file."),
    ],
)
def test_a_broken_link(tmp_path: Path, link: str, message: str) -> None:
    page = read(tmp_path, f"See [this]({link}).\n")
    (problem,) = find_broken_links([page], {page.address: page, TOPIC.address: TOPIC}, ["assets/mark.svg"])
    assert problem.place.file.endswith("about/help.md")
    assert (problem.place.line, problem.place.column) == (10, len("See [this](") + 1)
    assert f'This links to "{link}". {message}' in str(problem)


def test_links_that_work(tmp_path: Path) -> None:
    addresses = ["#where-to-ask", "help.md#where-to-ask", "../topics/a-topic.md", "../topics/a-topic.md#why"]
    addresses += ["../assets/mark.svg", "https://example.org/gone.md", "mailto:a@example.org"]
    page = read(tmp_path, "\n".join(f"[this]({address})" for address in addresses))
    pages = {page.address: page, TOPIC.address: TOPIC}
    assert list(find_broken_links([page], pages, ["assets/mark.svg"])) == []
    assert '<a href="../topics/a-topic.html#why">' in page.render().html


def test_a_broken_link_in_a_file_that_is_part_of_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "PART.md").write_text("One.\n\n[Two](two.md)\n", encoding="utf-8")
    page = read(tmp_path / "content", "")
    settings = {"pymdownx.snippets": {"base_path": ["."], "check_paths": True}}
    file = tmp_path / "content" / "about" / "help.md"
    file.write_text(f'{START}--8<-- "PART.md"\n', encoding="utf-8")
    (page,) = read_written_pages(tmp_path / "content", EXTENSIONS, settings)
    (problem,) = find_broken_links([page], {page.address: page}, [])
    assert str(problem.place) == "PART.md:3:7"

    file.write_text(f'{START}--8<-- "GONE.md"\n', encoding="utf-8")
    with pytest.raises(Problems, match=r"GONE\.md") as found:
        list(read_written_pages(tmp_path / "content", EXTENSIONS, settings))
    assert found.value.problems[0].place.file == "content/about/help.md"


def test_a_page_without_front_matter_has_the_title_of_its_heading(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# Fish & chips\n\nText.\n", encoding="utf-8")
    (page,) = read_written_pages(tmp_path, ["toc"], {})
    assert (page.title, page.description, page.search) == ("Fish & chips", "", {"boost": 1.0})


def test_a_page_in_the_menu_that_does_not_exist(tmp_path: Path) -> None:
    """It has a message with its line, also inside a section. Without it, the rest of the menu is still made."""
    nav = [{"A topic": "topics/a-topic.md"}, {"About": [{"Help": "about/halp.md"}, {"More": "about/*"}]}]
    file = tmp_path / "mkdocs.yml"
    file.write_text("nav:\n  - A topic: topics/a-topic.md\n  - About:\n      - Help: about/halp.md\n", encoding="utf-8")
    pages = [TOPIC, read(tmp_path / "content", "")]
    (problem,) = find_missing_pages(nav, {page.address for page in pages}, file)
    assert str(problem) == (
        'mkdocs.yml:4:1: The menu has "about/halp.md", but there is no such page. Did you mean "about/help.md"?'
    )
    topic, about = make_menu(nav, pages, str)
    assert (topic.address, about.address, [item.address for item in about.items]) == (
        "topics/a-topic.html",
        "",
        ["about/help.html"],
    )


def test_entries_of_the_menu_without_a_title(tmp_path: Path) -> None:
    """They have the titles of their pages."""
    page = read(tmp_path, "")
    items = list(make_menu(["topics/a-topic.md", "about/*", {"Missing": None}], [TOPIC, page], str.upper))
    assert [(item.title, item.address) for item in items] == [
        ("A TOPIC", "topics/a-topic.html"),
        ("HELP", "about/help.html"),
    ]
