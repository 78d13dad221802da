"""The report of the plan as a Word file, opened with python-docx and checked as Word would."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from playwright.sync_api import Page

Report = dict[str, Any]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

WORDING = "Understand that empty homes can blight communities."
LABELS = {"status": "Status", "lead": "Lead", "by": "By"}
ADDRESS = "https://site.example/guidance/actions/empty-homes.html"
MARKUP = "]]> <script>alert('x')</script> & \"quoted\" &amp; {title} {body} $& $1 \\ \t tab "
NASTY = f"{MARKUP}\u0000\u0001\u0008\u001f\ufffe ŵŷ 🏠 e\u0301"
"""Everything that is special in XML, in the placeholders, in replacements, and what XML forbids."""
NASTY_READ = f"{MARKUP} ŵŷ 🏠 e\u0301"

# The order in which the format asks for parts of a paragraph, a run and a style.
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl numPr pBdr shd tabs spacing ind contextualSpacing "
    "jc outlineLvl",
    "rPr": "rStyle rFonts b bCs i iCs color spacing sz szCs u lang",
    "style": "name aliases basedOn next link uiPriority semiHidden unhideWhenUsed qFormat rsid pPr rPr tblPr trPr tcPr "
    "tblStylePr",
    "tblPr": "tblStyle tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang clrSchemeMapping decimalSymbol "
    "listSeparator",
    "numbering": "abstractNum num",
    "sectPr": "headerReference footerReference type pgSz pgMar cols titlePg docGrid",
}


def make_action(number: int, **fields: object) -> Report:
    return {
        "title": f"Action {number}",
        "grade": "Simple",
        "status": "Planned",
        "lead": "Housing",
        "by": "31 March 2027",
        "wording": [WORDING, "A second paragraph."],
        "address": ADDRESS,
        "written": [{"label": "Evidence", "text": f"Evidence {number}"}],
        **fields,
    }


def make_report(*actions: Report, **fields: object) -> Report:
    return {
        "title": "For the Board, 3 December",
        "subtitle": ["Our Board", "28 November 2026"],
        "labels": LABELS,
        "whose": "The quotations are the Commissioner's words.",
        "source": "Quoted from: A source.",
        "table": {
            "heading": "Actions",
            "columns": ["Action", "Status"],
            "rows": [[action["title"], action["status"]] for action in actions],
        },
        "sections": [{"heading": "Homes for all", "actions": actions}],
        **fields,
    }


def make_file(page: Page, root: str, report: Report, folder: str = "") -> bytes:
    """Return the bytes of the Word file of a report, made by the page of the plan."""
    if not page.url.startswith(f"{root}/{folder}shortlist.html"):
        page.goto(f"{root}/{folder}shortlist.html")
    script = "async report => [...site.word.make(report, await site.word.load())]"
    content = bytes(page.evaluate(script, report))
    check_file(content)
    return content


def read_file(content: bytes) -> WordDocument:
    return Document(BytesIO(content))


def texts_of(document: WordDocument, style: str) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if style_of(paragraph) == style]


def style_of(paragraph: Paragraph) -> str:
    assert paragraph.style
    return str(paragraph.style.name)


def check_file(content: bytes) -> None:
    """Check what Word checks when it opens a file, and for which it calls a file damaged."""
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert {(info.compress_type, info.date_time) for info in archive.infolist()} == {
            (ZIP_STORED, (1980, 1, 1, 0, 0, 0))
        }
        files = {name: archive.read(name) for name in archive.namelist()}
        assert len(files) == len(archive.namelist())
    assert next(iter(files)) == "[Content_Types].xml"
    trees = {name: ElementTree.fromstring(text) for name, text in files.items()}
    types = trees["[Content_Types].xml"]
    named = {element.get("PartName") for element in types if element.tag.endswith("Override")}
    endings = {element.get("Extension") for element in types if element.tag.endswith("Default")}
    parts = {f"/{name}" for name in files if name != "[Content_Types].xml"}
    assert named <= parts
    assert {part for part in parts - named if part.rpartition(".")[2] not in endings} == set()
    assert {part for part in parts - named if not part.endswith(".rels")} == set()
    linked = {target for name, tree in trees.items() if name.endswith(".rels") for target in targets_of(name, tree)}
    assert linked == {part for part in parts if not part.endswith(".rels")}, "Each part is linked, and no other."
    ids = {element.get("Id") for element in trees["word/_rels/document.xml.rels"]}
    document = trees["word/document.xml"]
    assert {value for element in document.iter() if (value := element.get(RELATIONSHIP))} <= ids
    styles = {element.get(f"{W}styleId") for element in trees["word/styles.xml"].iter(f"{W}style")}
    for tree in (document, trees["word/styles.xml"], trees["word/numbering.xml"], trees["word/header1.xml"]):
        for kind in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            assert {element.get(f"{W}val") for element in tree.iter(f"{W}{kind}")} <= styles
    lists = [element.get(f"{W}numId") for element in trees["word/numbering.xml"].iter(f"{W}num")]
    assert len(lists) == len(set(lists))
    for tree in (document, trees["word/styles.xml"]):
        assert {element.get(f"{W}val") for element in tree.iter(f"{W}numId")} <= set(lists)
    for name, tree in trees.items():
        check_order(name, tree)
    assert b"updateFields" not in files["word/settings.xml"]


def targets_of(name: str, tree: ElementTree.Element) -> Iterator[str]:
    """Yield the paths of the parts that a file of relationships links. Links to other sites are proper addresses."""
    ids = [element.get("Id") for element in tree]
    assert len(ids) == len(set(ids))
    for element in tree:
        target = element.get("Target", "")
        if element.get("TargetMode") == "External":
            assert re.fullmatch(r"https?://[\w.:-]+(?:[\w\-.~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*(?:#[^#\s]*)?", target)
        else:
            yield f"/{name.partition('_rels/')[0]}{target}"


def check_order(name: str, tree: ElementTree.Element) -> None:
    for parent in tree.iter():
        order = ORDERS.get(parent.tag.removeprefix(W), "").split()
        children = [child.tag.removeprefix(W) for child in parent]
        if order:
            assert set(children) <= set(order), f"{name}: {parent.tag}"
            assert children == sorted(children, key=order.index), f"{name}: {parent.tag}"


def test_a_report_of_eight_actions(page: Page, root: str) -> None:
    actions = [make_action(number) for number in range(8)]
    document = read_file(make_file(page, root, make_report(*actions)))
    assert document.core_properties.title == "For the Board, 3 December"
    assert document.core_properties.language == "en-GB"
    assert texts_of(document, "Title") == ["For the Board, 3 December"]
    assert texts_of(document, "Subtitle") == ["Our Board", "28 November 2026"]
    assert texts_of(document, "Heading 1") == ["Actions", "Homes for all"]
    assert texts_of(document, "Heading 2") == [f"Action {number} (Simple)" for number in range(8)]
    assert texts_of(document, "Heading 3") == ["Evidence"] * 8
    assert texts_of(document, "Quote") == [WORDING, "A second paragraph."] * 8
    assert texts_of(document, "Facts") == ["Status: Planned · Lead: Housing · By: 31 March 2027"] * 8
    assert texts_of(document, "Source") == [
        "The quotations are the Commissioner's words.",
        *[ADDRESS] * 8,
        "Quoted from: A source.",
    ]
    assert [text for text in texts_of(document, "Normal") if text] == [f"Evidence {number}" for number in range(8)]
    links = [link for paragraph in document.paragraphs for link in paragraph.hyperlinks]
    assert {(link.address, link.text) for link in links} == {(ADDRESS, ADDRESS)}
    (table,) = document.tables
    assert table.style
    assert table.style.name == "Table Grid"
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Action", "Status"],
        *[[f"Action {number}", "Planned"] for number in range(8)],
    ]
    heads = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert heads == [True, *[False] * 8]


def test_its_page_and_styles(page: Page, online: str) -> None:
    document = read_file(make_file(page, online, make_report(make_action(1))))
    (section,) = document.sections
    assert section.page_width
    assert section.page_height
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "For the Board, 3 December"
    assert section.first_page_header.paragraphs[0].text == ""
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text.startswith("Journey to Cohesive Communities\t")
        assert footer._element.xpath(".//w:fldSimple/@w:instr") == [" PAGE "]
    quote = document.styles["Quote"]
    assert quote.font.name == "Georgia"
    assert quote.element.xpath("w:pPr/w:pBdr/w:left")
    levels = [document.styles[f"Heading {level}"].element.xpath("w:pPr/w:outlineLvl/@w:val") for level in (1, 2, 3)]
    assert levels == [["0"], ["1"], ["2"]]


def test_the_same_report_is_the_same_file(page: Page, root: str) -> None:
    report = make_report(make_action(1))
    first = make_file(page, root, report)
    page.reload()
    assert make_file(page, root, report) == first


@pytest.mark.parametrize("report", [{}, {"title": ""}, {"title": "Empty", "sections": [], "table": {"rows": []}}])
def test_an_empty_report(page: Page, online: str, report: Report) -> None:
    document = read_file(make_file(page, online, report))
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == (
        ["Empty"] if report.get("title") else []
    )
    assert not document.tables


def test_empty_parts_are_left_out(page: Page, online: str) -> None:
    action = {"title": "Only a title", "lead": "", "written": [{"label": "Evidence", "text": " \n"}], "wording": [""]}
    document = read_file(make_file(page, online, {"title": "A", "sections": [{"heading": "B", "actions": [action]}]}))
    assert [paragraph.text for paragraph in document.paragraphs] == ["A", "B", "Only a title"]


def test_nasty_text_in_every_place(page: Page, root: str) -> None:
    written = [{"label": NASTY, "text": NASTY}]
    action = make_action(1, **dict.fromkeys(("title", "grade", "status", "lead", "by", "address"), NASTY))
    action |= {"wording": [NASTY], "written": written}
    report = make_report(
        action,
        **dict.fromkeys(("title", "whose", "source"), NASTY),
        subtitle=[NASTY],
        labels=dict.fromkeys(LABELS, NASTY),
        table={"heading": NASTY, "columns": [NASTY], "rows": [[NASTY]]},
        sections=[{"heading": NASTY, "paragraphs": [NASTY], "actions": [action]}],
    )
    document = read_file(make_file(page, root, report))
    for style in ("Title", "Subtitle", "Heading 3", "Quote"):
        assert texts_of(document, style) == [NASTY_READ], style
    assert texts_of(document, "Heading 1") == [NASTY_READ] * 2
    assert texts_of(document, "Source") == [NASTY_READ] * 3
    assert texts_of(document, "Heading 2") == [f"{NASTY_READ} ({NASTY_READ})"]
    assert texts_of(document, "Facts") == [" · ".join([f"{NASTY_READ}: {NASTY_READ}"] * 3)]
    assert [text for text in texts_of(document, "Normal") if text] == [NASTY_READ] * 2
    assert [cell.text for row in document.tables[0].rows for cell in row.cells] == [NASTY_READ] * 2
    assert document.core_properties.title == NASTY_READ.replace("\t", " ").replace("   ", " ").replace("  ", " ")


def test_long_text_and_lone_surrogates(page: Page, online: str) -> None:
    text = "Tŷ gwag, 🏠 & <b>. " * 1250
    assert len(text) > 20_000
    report = make_report(make_action(1, written=[{"label": "Evidence", "text": text}]))
    assert text in texts_of(read_file(make_file(page, online, report)), "Normal")
    script = "async () => [...site.word.make({ title: 'a\\ud800b\\udc00c' }, await site.word.load())]"
    assert texts_of(read_file(bytes(page.evaluate(script))), "Title") == ["abc"]


def test_lines_and_lists_are_as_typed(page: Page, online: str) -> None:
    lines = [
        "First line", "second line\vthird line", "", "  indented", "- a bullet", "* another", "• and another",
        "-no bullet", "1. one", "2. two", "", "3. three", "Between", "1. again one", "7. seven", "2026. A year",
        "12", "-",
    ]  # fmt: skip
    report = make_report(make_action(1, written=[{"label": "Evidence", "text": "\r\n".join(lines)}]))
    document = read_file(make_file(page, online, report))
    after = [style_of(paragraph) for paragraph in document.paragraphs].index("Heading 3") + 1
    found = [(style_of(paragraph), paragraph.text) for paragraph in document.paragraphs[after:-1]]
    assert found == [
        ("Normal", "First line\nsecond line\nthird line"),
        ("Normal", "  indented"),
        ("List Bullet", "a bullet"),
        ("List Bullet", "another"),
        ("List Bullet", "and another"),
        ("Normal", "-no bullet"),
        ("List Number", "one"),
        ("List Number", "two"),
        ("List Number", "three"),
        ("Normal", "Between"),
        ("List Number", "again one"),
        ("List Number", "seven"),
        ("Normal", "2026. A year\n12\n-"),
    ]
    numbers = document.part.numbering_part.element
    lists = [one.xpath("w:pPr/w:numPr/w:numId/@w:val")[0] for one in document.element.body.xpath("w:p[w:pPr/w:numPr]")]
    starts = [numbers.xpath(f'w:num[@w:numId="{one}"]//w:startOverride/@w:val')[0] for one in lists]
    assert starts == ["1", "1", "1", "1", "7"]
    assert len(set(lists)) == 3


def test_the_commissioners_words_are_never_made_into_a_list(page: Page, online: str) -> None:
    words = "- as it is\n1. and this"
    document = read_file(make_file(page, online, make_report(make_action(1, wording=[words]))))
    assert texts_of(document, "Quote") == [words]


def test_addresses_in_texts_are_links(page: Page, online: str) -> None:
    addresses = {
        "https://example.org/a?x=1&y=2#part": "https://example.org/a?x=1&y=2#part",
        "https://example.org/tŷ": "https://example.org/t%C5%B7",
        "http://example.org/a|b#c#d": "http://example.org/a%7Cb#c%23d",
        "https://example.org/100%": "https://example.org/100%25",
        "http://[wrong": None,
        "https://": None,
        "javascript:alert(1)": None,
        f"https://example.org/{'a' * 3000}": None,
    }
    text = "\n\n".join(f"See ({address})." for address in addresses)
    document = read_file(make_file(page, online, make_report(make_action(1, written=[{"label": "E", "text": text}]))))
    paragraphs = [paragraph for paragraph in document.paragraphs if paragraph.text.startswith("See (")]
    assert [paragraph.text for paragraph in paragraphs] == text.split("\n\n")
    found = [[f"{link.address}#{link.fragment}".rstrip("#") for link in one.hyperlinks] for one in paragraphs]
    assert found == [[target] if target else [] for target in addresses.values()]


@pytest.mark.parametrize(("folder", "locale"), [("", "en-GB"), ("cy/", "cy-GB")])
def test_its_language(page: Page, root: str, folder: str, locale: str) -> None:
    action = make_action(1, title={"text": "Tŷ", "lang": "cy"}, wording=[{"text": WORDING, "lang": "en"}])
    report = make_report(sections=[{"heading": "A", "actions": [action]}])
    document = read_file(make_file(page, root, report, folder))
    assert document.core_properties.language == locale
    assert document.styles.element.xpath("w:docDefaults//w:lang/@w:val") == [locale]
    assert texts_of(document, "Quote") == [WORDING]
    assert texts_of(document, "Heading 2") == ["Tŷ (Simple)"]
    for style, language in (("Quote", "en-GB"), ("Heading2", "cy-GB")):
        run = document.element.body.xpath(f'w:p[w:pPr/w:pStyle/@w:val="{style}"]/w:r')[0]
        assert run.xpath("w:rPr/w:lang/@w:val") == [language]
    assert len(document.element.body.xpath("//w:lang")) == 2


def test_the_template_is_loaded_only_when_it_is_needed(page: Page, online: str) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{online}/shortlist.html")
    page.locator("[data-ready]").wait_for()
    assert not [url for url in requests if "/plan/" in url]
    make_file(page, online, make_report())
    assert [url for url in requests if "/plan/" in url] == [f"{online}/plan/word.js"]


def test_without_the_template(page: Page, online: str) -> None:
    page.route("**/plan/word.js", lambda route: route.abort())
    page.goto(f"{online}/shortlist.html")
    assert page.evaluate("async () => await site.word.load() === undefined")
    page.unroute("**/plan/word.js")


def test_nothing_of_the_templates_maker_is_left(site: Path) -> None:
    for folder in ("plan", "cy/plan"):
        text = (site / folder / "word.js").read_text(encoding="utf-8")
        assert not re.search("python-docx|en-US|stylesWithEffects|thumbnail|dcterms:created", text)
