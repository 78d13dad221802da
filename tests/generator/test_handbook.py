"""The handbook and the handouts: every word in order, for every reader, and the same bytes each time."""

import io
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import ROOT
from PIL import Image
from pypdf import PageObject, PdfReader

from generator import read_guidance
from generator.__main__ import main
from generator.exports.handbook import Author, compile_template, make_papers, make_pdf
from generator.guidance import Guidance
from generator.messages import head_grades, load_messages, name_grades
from generator.model import Action, Entry, Example

DAY = date(2026, 11, 23)
SITE = "Journey to Cohesive Communities"
ADDRESS = "https://example.org/cohesive/"
SMALLEST = 7.5
"""The size of the smallest type, in points."""
HEAD, FOOT = 0.08, 0.93
"""Where the text of a page begins and ends, as a part of its height."""


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory, guidance: Guidance) -> list[Path]:
    """The handbook and the handout of the topic with actions."""
    return make_papers(guidance, tmp_path_factory.mktemp("papers"), "guidance", DAY, is_draft=False, site=SITE)


@pytest.fixture(scope="module")
def welsh() -> Guidance:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return read_guidance(Path("journeys"), guarded=False, language="cy")


@pytest.fixture(scope="module")
def welsh_papers(tmp_path_factory: pytest.TempPathFactory, welsh: Guidance) -> list[Path]:
    return make_papers(welsh, tmp_path_factory.mktemp("papers"), "guidance", DAY, is_draft=True, site=SITE)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, guidance: Guidance, welsh: Guidance) -> list[Path]:
    """The handbook and the handout in English and in Welsh of a site whose address is known."""
    folder = tmp_path_factory.mktemp("papers")
    return [
        paper
        for each in (guidance, welsh)
        for paper in make_papers(each, folder, "guidance", DAY, is_draft=True, site=SITE, address=ADDRESS)
    ]


def squeeze(text: str) -> str:
    """Return the letters of a text, so that line breaks, footnotes and ligatures make no difference."""
    return re.sub(r"[^a-zŵŷâêîôûẁẃŷë]", "", unicodedata.normalize("NFKC", text).lower())


@dataclass(frozen=True)
class Piece:
    """Words on a page."""

    text: str
    top: float
    """How far down they are, from 0 for the top of the page to 1."""
    size: float
    """The size of the type, in points."""
    face: str
    """The name of the font, without its style."""


def list_pieces(page: PageObject) -> list[Piece]:
    """Return the words of a page, piece by piece, with line breaks between them."""
    pieces: list[Piece] = []

    def keep(text: str, page_matrix: list[float], matrix: list[float], font: Any, size: float) -> None:
        if text:
            height = page_matrix[3] * matrix[5] + page_matrix[5]
            face = re.sub(r"^/\w+\+|-.*", "", str(font["/BaseFont"])) if font else ""
            top = 1 - height / float(page.mediabox.height)
            pieces.append(Piece(text, top, abs(page_matrix[0] * matrix[0]) * size, face))

    page.extract_text(visitor_text=keep)
    return pieces


def read_pages(file: Path) -> list[str]:
    """Return the letters of each page, without running heads and feet."""
    return [
        squeeze("".join(piece.text for piece in list_pieces(page) if HEAD < piece.top < FOOT))
        for page in PdfReader(file).pages
    ]


def read_letters(file: Path) -> str:
    """Return the letters of a document after its contents, without running heads and feet."""
    return "".join(read_pages(file)[2:])


def read_head(page: PageObject) -> str:
    """Return the running head of a page."""
    return " ".join("".join(piece.text for piece in list_pieces(page) if piece.top < HEAD).split())


def list_passages(entry: Entry) -> list[str]:
    """Return the official texts of an entry and of those inside it, in the order of the handbook, by paragraph."""
    texts = [text for inner in entry.within() for _, text in inner.texts() if text.official]
    return [paragraph for text in texts for paragraph in text.plain.split("\n\n")]


def without_addresses(passage: str) -> list[str]:
    """Return the letters of a passage between the addresses in it, which are broken over lines."""
    return list(filter(None, map(squeeze, re.split(r"https?://\S+", passage))))


def find_page(pages: list[str], action: Action) -> int:
    """Return the index of the page with an action's title and, below it, its wording."""
    start = squeeze(action.label) + without_addresses(list_passages(action)[0])[0][:40]
    found = [number for number, page in enumerate(pages) if start in page]
    assert len(found) == 1, action.label
    return found[0]


def test_the_handbook_has_every_passage_in_order(papers: list[Path], guidance: Guidance) -> None:
    letters, at = read_letters(papers[0]), 0
    for action in guidance.actions:
        for passage in list_passages(action):
            for piece in without_addresses(passage):
                found = letters.find(piece, at)
                assert found >= 0, passage
                at = found
    for top in (*guidance.journeys, *guidance.topics):
        for passage in list_passages(top):
            for piece in without_addresses(passage):
                assert piece[:40] in letters, passage
                assert piece[-30:] in letters, passage
    for study in guidance.case_studies:
        assert squeeze(study.summary.plain)[:60] in letters
    for source in guidance.sources:
        for lesson in source.lessons:
            assert squeeze(lesson.text.plain) in letters


@pytest.mark.parametrize("language", ["en", "cy"])
def test_no_action_is_broken_over_pages(
    papers: list[Path], welsh_papers: list[Path], guidance: Guidance, welsh: Guidance, language: str
) -> None:
    """All of them are short today, so title, wording, examples and address are on one page."""
    paper, actions = (papers[0], guidance.actions) if language == "en" else (welsh_papers[0], welsh.actions)
    pages = read_pages(paper)
    for action in actions:
        page = pages[find_page(pages, action)]
        english = guidance.entries[action.key]
        for letters in (some for passage in list_passages(english) for some in without_addresses(passage)):
            assert letters in page, (action.label, letters)
        assert squeeze(action.address) in page


def test_a_draft_says_what_it_was_made_from(guidance: Guidance) -> None:
    for paper in Author(guidance).describe_papers(DAY, SITE, "", is_draft=True, commit="1a2b3c4d").values():
        assert paper["edition"].startswith("Draft of ")
        assert paper["edition"].endswith(" (1a2b3c4d)")
    for paper in Author(guidance).describe_papers(DAY, SITE, "", is_draft=False).values():
        assert paper["edition"].startswith("Edition of ")
        assert "(" not in paper["edition"]


def test_a_long_action_keeps_its_wording_with_its_first_example(guidance: Guidance) -> None:
    """Even where an action is longer than a page and its wording begins near the end of one."""
    data = Author(guidance).describe_papers(DAY, SITE, "", is_draft=True)["handbook"]
    for group in data["journeys"][0]["topics"][0]["grades"]:
        for number, action in enumerate(group["actions"], 1):
            if action["examples"]:
                marked = [[{"text": f"Example {letter}. " + "Long words. " * 30}] for letter in "ABCDEFGH"]
                action["text"] = [[{"text": "Beginning. " + "Words. " * 20 * (number % 9) + "Ending."}]]
                action["examples"] = [action["examples"][0] | {"text": [text]} for text in marked]
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(make_pdf(data))).pages]
    assert sum("Beginning." in text for text in texts) > 10
    assert sum("Example H." in text and "Example A." not in text for text in texts) > 3  # some go on for pages
    for text in texts:
        assert text.count("Beginning.") == text.count("Ending.") == text.count("Example A.")


def test_nothing_is_cut_off_that_is_taller_than_a_page(guidance: Guidance) -> None:
    data = Author(guidance).describe_papers(DAY, SITE, "", is_draft=True)["handbook"]
    action = data["journeys"][0]["topics"][0]["grades"][0]["actions"][1]
    action["text"] = [[{"text": " ".join(f"word{number}" for number in range(2000))}]]
    action["examples"] = [action | {"text": [[{"text": " ".join(f"more{number}" for number in range(2000))}]]}]
    pieces = [piece for page in PdfReader(io.BytesIO(make_pdf(data))).pages for piece in list_pieces(page)]
    assert max(piece.top for piece in pieces if piece.text.strip()) < 1  # else it is below the edge of the paper
    text = "".join(piece.text for piece in pieces)
    for number in range(2000):
        assert f"word{number}" in text
        assert f"more{number}" in text


@pytest.mark.parametrize("language", ["en", "cy"])
def test_no_page_is_nearly_empty(guidance: Guidance, welsh: Guidance, language: str) -> None:
    """Text goes down to 60 % of a page. Only the last page of a part may have less, but still a few lines."""
    author = Author(guidance if language == "en" else welsh)
    for data in author.describe_papers(DAY, SITE, "", is_draft=True).values():
        pictures = compile_template(data, format="png", ppi=30)
        filled = [measure_ink(each) for each in ([pictures] if isinstance(pictures, bytes) else pictures)]
        pages = PdfReader(io.BytesIO(make_pdf(data))).pages
        begins = [any(piece.size > 20 and piece.top < 0.2 for piece in list_pieces(page)) for page in pages] + [True]
        for number, share in enumerate(filled):
            assert share > (0.2 if begins[number + 1] else 0.6), f"page {number + 1}: {share:.2f}"


def measure_ink(picture: bytes) -> float:
    """Return how far down the text of a page goes, from 0 for the top to 1 for the foot. Heads and feet don't count."""
    with Image.open(io.BytesIO(picture)) as image:
        grey = image.convert("L")
        body = grey.crop((0, int(grey.height * HEAD), grey.width, int(grey.height * FOOT)))
        box = body.point(lambda value: 255 * (value < 200)).getbbox()
        assert box, "There is nothing on this page."
        return box[3] / body.height


def find_tags(element: Any, found: dict[str, list[Any]]) -> None:
    """Collect the elements of a document's structure by their kind."""
    if isinstance(element, pikepdf.Array):
        for child in element:
            find_tags(child, found)
    elif isinstance(element, pikepdf.Dictionary):
        if "/S" in element:
            found.setdefault(str(element.S), []).append(element)
        if "/K" in element:
            find_tags(element.K, found)


@pytest.mark.parametrize("number", [0, 1], ids=["handbook", "handout"])
def test_documents_are_accessible(papers: list[Path], number: int) -> None:
    """Tags, language, title and bookmarks; typst refuses to write what breaks PDF/UA-1."""
    with pikepdf.open(papers[number]) as pdf:
        root = pdf.Root
        assert str(root.Lang) == "en-GB"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        tags: dict[str, list[Any]] = {}
        find_tags(root.StructTreeRoot.K, tags)
        assert tags["/H1"]
        for figure in tags.get("/Figure", ()):
            assert "/Alt" in figure
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
            bookmarks = list(list_titles(outline.root))
        assert titles
        if number:
            assert len(pdf.pages) == 1
        else:
            assert "Case studies" in titles
            assert "Help a parkrun start" in bookmarks
            assert len(bookmarks) > 57
            assert len(tags["/H4"]) == 57
            assert len(tags["/TOCI"]) > 57
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"]
            assert metadata["pdfuaid:part"] == "1"
        assert not pdf.check_pdf_syntax()


def list_titles(items: Any) -> list[str]:
    """Return the titles of bookmarks and of all below them."""
    return [title for item in items for title in (item.title, *list_titles(item.children))]


def test_nobody_is_called_its_author(papers: list[Path], welsh_papers: list[Path]) -> None:
    """The Commissioner has not published it, and it says so."""
    for paper in (*papers, *welsh_papers):
        reader = PdfReader(paper)
        assert reader.metadata
        assert reader.metadata.author is None
        assert "/Author" not in reader.metadata
        with pikepdf.open(paper) as pdf, pdf.open_metadata() as metadata:
            assert "dc:creator" not in metadata
    cover = " ".join(PdfReader(papers[0]).pages[0].extract_text().split())
    assert "who has not published or checked this handbook" in cover
    assert "The Commissioner has not published or checked" in str(PdfReader(papers[1]).metadata)


def test_the_cover(papers: list[Path], welsh_papers: list[Path], guidance: Guidance) -> None:
    """The site's name, whose words these are, the edition, and three steps with their number of actions."""
    english = " ".join(PdfReader(papers[0]).pages[0].extract_text().split())
    for words in (SITE, "Future Generations Commissioner for Wales", "Edition of 23 November 2026"):
        assert words in english
    for grade, name in name_grades(str).items():
        number = sum(action.grade == grade for action in guidance.actions)
        assert f"{name} {number} actions {head_grades(str)[grade]}" in english
    cover = " ".join(PdfReader(welsh_papers[0]).pages[0].extract_text().split())
    for words in ("Taith tuag at Gymunedau Cydlynus", "Drafft 23 Tachwedd 2026", "Mentrus 21 o gamau gweithredu"):
        assert words in cover


@pytest.mark.parametrize("language", ["en", "cy"])
def test_running_heads(
    papers: list[Path], welsh_papers: list[Path], guidance: Guidance, welsh: Guidance, language: str
) -> None:
    """They name the topic, and the grades of the actions that begin on the page."""
    paper, shown = (papers[0], guidance) if language == "en" else (welsh_papers[0], welsh)
    names, pages = name_grades(load_messages(language).gettext), read_pages(paper)
    on_page: dict[int, list[Action]] = {}
    for action in shown.actions:
        on_page.setdefault(find_page(pages, action), []).append(action)
    for number, page in enumerate(PdfReader(paper).pages):
        head = read_head(page)
        grades = dict.fromkeys(names[action.grade] for action in on_page.get(number, ()))
        if grades:
            topic = on_page[number][0].topic
            assert head == f"{topic.journey.label} {topic.number}. {topic.label} {' '.join(grades)}"
        else:
            assert not any(head.endswith(name) for name in names.values())
    assert read_head(PdfReader(paper).pages[0]) == ""


def test_two_voices_in_two_faces(papers: list[Path], guidance: Guidance) -> None:
    """The Commissioner's words are in the serif, and everything of ours is in the sans."""
    faces: dict[str, list[str]] = {}
    for page in PdfReader(papers[0]).pages:
        for piece in list_pieces(page):
            faces.setdefault(piece.face, []).append(piece.text)
    assert set(faces) == {"SourceSerifPro", "SourceSansPro"}
    serif, sans = (squeeze("".join(faces[face])) for face in ("SourceSerifPro", "SourceSansPro"))
    for action in guidance.actions:
        for letters in (some for passage in list_passages(action) for some in without_addresses(passage)):
            assert letters in serif
        assert squeeze(action.label) in sans
        for entry in action.within():
            if entry.gap:
                assert squeeze(entry.gap.plain) in sans
                assert squeeze(entry.gap.plain) not in serif
    for study in guidance.case_studies:
        assert squeeze(study.summary.plain) in sans
        assert squeeze(study.summary.plain) not in serif


def test_the_handout_has_headings_of_rows_and_columns(
    papers: list[Path], welsh_papers: list[Path], guidance: Guidance
) -> None:
    """A screen reader says the theme and the grade with each cell."""
    rows = next(topic for topic in guidance.topics if topic.actions).by_theme
    for paper in (papers[1], welsh_papers[1]):
        with pikepdf.open(paper) as pdf:
            assert len(pdf.pages) == 1
            assert pdf.pages[0].mediabox[2] > pdf.pages[0].mediabox[3]
            tags: dict[str, list[Any]] = {}
            find_tags(pdf.Root.StructTreeRoot.K, tags)
            assert len(tags["/TR"]) == len(rows) + 1
            heading, *others = [list(row.K) for row in tags["/TR"]]
            assert [(str(cell.S), str(cell.A[0].Scope)) for cell in heading] == [("/TH", "/Column")] * 4
            for first, *cells in others:
                assert (str(first.S), str(first.A[0].Scope)) == ("/TH", "/Row")
                assert [str(cell.S) for cell in cells] == ["/TD"] * 3
                assert not any("/Headers" in cell.A[0] for cell in (first, *cells))


def test_the_handout_can_be_read(papers: list[Path], welsh_papers: list[Path]) -> None:
    """No type of any document is too small."""
    for paper in (*papers, *welsh_papers):
        pieces = [piece for page in PdfReader(paper).pages for piece in list_pieces(page) if piece.text.strip()]
        notes = re.compile(r"\d+")  # only the number of a footnote may be smaller
        assert min(piece.size for piece in pieces if not notes.fullmatch(piece.text.strip())) >= SMALLEST - 0.01


def test_a_long_handout_has_its_headings_on_each_page(guidance: Guidance) -> None:
    papers = Author(guidance).describe_papers(DAY, SITE, "", is_draft=True)
    data = next(paper for key, paper in papers.items() if key != "handbook")
    data["topic"]["rows"] *= 4
    content = make_pdf(data)
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    assert len(texts) > 1
    for text in texts:
        assert "Adventurous" in text
    with pikepdf.open(io.BytesIO(content)) as pdf:
        tags: dict[str, list[Any]] = {}
        find_tags(pdf.Root.StructTreeRoot.K, tags)
        rows = [cell for cell in tags["/TH"] if str(cell.A[0].Scope) == "/Row"]
        assert len(rows) == len(data["topic"]["rows"])


def list_links(file: Path) -> list[str]:
    """Return the addresses that a document links to."""
    annotations = [each.get_object() for page in PdfReader(file).pages for each in page.get("/Annots", ())]
    actions: list[Any] = [annotation.get("/A", {}) for annotation in annotations]
    return [action["/URI"] for action in actions if action.get("/S") == "/URI"]


def test_links_lead_somewhere(papers: list[Path]) -> None:
    reader = PdfReader(papers[0])
    names = reader.named_destinations
    inside = outside = 0
    for page in reader.pages:
        for reference in page.get("/Annots", ()):
            annotation: Any = reference.get_object()
            if annotation.get("/Subtype") != "/Link":
                continue
            action = annotation.get("/A", {})
            if action.get("/S") == "/URI":
                assert re.match(r"https?://|mailto:", action["/URI"])
                outside += 1
            else:
                target = annotation.get("/Dest") or action.get("/D")
                target = target.get_object() if hasattr(target, "get_object") else target
                assert isinstance(target, list) or target in names
                inside += 1
    assert inside > 100
    assert outside >= 10


def test_addresses_of_actions(published: list[Path], papers: list[Path], guidance: Guidance) -> None:
    """Each action has its address as a link, and printed. A site of unknown address has no links to it."""
    for paper, folder in zip(published, ("", "", "cy/", "cy/"), strict=True):
        links = list_links(paper)
        printed = "".join("".join(page.extract_text().split()) for page in PdfReader(paper).pages)
        for action in guidance.actions:
            assert f"{ADDRESS}{folder}{action.address}" in links
            if "handbook" in paper.name:
                assert f"example.org/cohesive/{folder}{action.address}" in printed
    for paper in papers:
        assert not any("actions/" in link or "topics/" in link for link in list_links(paper))


def test_the_command_knows_the_site(small_guidance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name and address are those of mkdocs.yml."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SITE_URL", ADDRESS)
    assert main(["handbook", str(tmp_path / "out"), "--folder", str(small_guidance)]) == 0
    paper = next((tmp_path / "out").glob("*-handbook.pdf"))
    text = " ".join(PdfReader(paper).pages[0].extract_text().split())
    assert SITE in text
    assert ADDRESS in text
    assert any(link.startswith(f"{ADDRESS}actions/") for link in list_links(paper))


def test_the_same_bytes_each_time(papers: list[Path], guidance: Guidance, tmp_path: Path) -> None:
    again = make_papers(guidance, tmp_path, "guidance", DAY, is_draft=False, site=SITE)
    assert [paper.read_bytes() for paper in again] == [paper.read_bytes() for paper in papers]


def find_in_index(index: str, name: str) -> list[int]:
    """Return the pages that the index gives for a name."""
    found = re.search(rf"(?:^| ){re.escape(name)} +(\d+(?:, \d+)*)(?= |$)", index)
    assert found, name
    return [int(page) for page in found[1].split(", ")]


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_indexes(
    papers: list[Path], welsh_papers: list[Path], guidance: Guidance, welsh: Guidance, language: str
) -> None:
    """Each organisation has the pages that mention it, and each theme those of its actions, once and in order."""
    paper, shown = (papers[0], guidance) if language == "en" else (welsh_papers[0], welsh)
    texts = [page.extract_text() for page in PdfReader(paper).pages]
    title = load_messages(language).gettext("Index")
    start = next(number for number, text in enumerate(texts) if f"\n{title}\n" in text and number > 2)
    index = re.sub(r"\s+", " ", "\n".join(texts[start:]))
    assert len(shown.organisations) == 57
    letters = read_pages(paper)
    for organisation in shown.organisations:
        pages = find_in_index(index, organisation.label)
        assert pages == sorted(set(pages))
        names = [
            squeeze(str(name))
            for name in (organisation.label, *organisation.other_labels, *organisation.also, *organisation.keywords)
        ]
        for page in pages:
            assert any(name and name in letters[page - 1] for name in names), (organisation.label, page)
        mentions = [other for others in organisation.related.values() for other in others]
        expected = {find_page(letters, action) + 1 for action in map(find_action, mentions) if action}
        assert expected <= set(pages), organisation.label
    themes = [index.index(f" {theme.label}") for theme in sorted(shown.themes, key=lambda theme: theme.label)]
    assert language != "en" or themes == sorted(themes)
    for theme in shown.themes:
        found = find_in_index(index, theme.label)
        assert found == sorted({find_page(letters, action) + 1 for action in theme.related["actions"]})


def find_action(entry: Entry) -> Action | None:
    """Return the action that an entry is or is an example of, if it is one."""
    owner = entry.parent if isinstance(entry, Example) else entry
    return owner if isinstance(owner, Action) else None


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_contents(
    papers: list[Path], welsh_papers: list[Path], guidance: Guidance, welsh: Guidance, language: str
) -> None:
    """They are on one page, and lead to the page of each topic and action."""
    paper, shown = (papers[0], guidance) if language == "en" else (welsh_papers[0], welsh)
    contents = " ".join(PdfReader(paper).pages[1].extract_text().split())
    contents = contents.replace("- ", "-")  # a line may end after a hyphen
    pages = read_pages(paper)
    for action in shown.actions:
        assert f"{action.label} {find_page(pages, action) + 1}" in contents
    for topic in shown.topics:
        assert re.search(rf"{topic.number}\. {re.escape(topic.label)} \d+", contents)
    gettext = load_messages(language).gettext
    for title in ("Case studies", "Sources", "What is not known", "Index"):
        assert re.search(rf"{gettext(title)} \d+", contents)


def test_a_letter_that_the_font_lacks(small_guidance: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It would be an empty box on paper, so nothing is written, and the message names it."""
    file = small_guidance / "themes.yml"
    file.write_text(re.sub("name: .*", "name: Celf 한", file.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    action = next(small_guidance.glob("*/*/simple.yml"))
    text = action.read_text(encoding="utf-8")
    action.write_text(re.sub("title: .*", "title: Dawns 한", text, count=1), encoding="utf-8")
    assert main(["handbook", str(tmp_path / "out"), "--folder", str(small_guidance)]) == 1
    assert "한" in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


def test_the_welsh_documents(welsh_papers: list[Path], welsh: Guidance) -> None:
    """They have Welsh labels and titles, and the Commissioner's words in English, marked as English."""
    assert [paper.name.endswith("-cy.pdf") for paper in welsh_papers] == [True, True]
    text = " ".join(" ".join(page.extract_text().split()) for page in PdfReader(welsh_papers[0]).pages)
    for words in ("Cynnwys", "Astudiaethau achos", "Drafft 23 Tachwedd 2026", "Helpu parkrun i ddechrau"):
        assert words in text
    assert squeeze(welsh.entries["help-a-parkrun-start"].gist) in squeeze(text)
    with pikepdf.open(welsh_papers[0]) as pdf:
        assert str(pdf.Root.Lang) == "cy-GB"
        tags: dict[str, list[Any]] = {}
        find_tags(pdf.Root.StructTreeRoot.K, tags)
        assert {str(each.Lang) for some in tags.values() for each in some if "/Lang" in each} >= {"en-GB"}
