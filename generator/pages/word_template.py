"""Make the template of the plan's report as a Word file. `word.js` fills it in and zips it.

A Word file is a zip of XML files. Here python-docx makes all of them but the text: the styles, which people can change
in Word as usual, the page, its head and foot, and the language.
"""

import json
import re
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from zipfile import ZipFile

from generator.pages.kept import keep, version

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle

TEAL, INK, GREY, LINE, SOFT = "0F4F55", "1F2A2C", "5A6567", "C9D1D0", "E9F0EF"
SANS, SERIF = "Calibri", "Georgia"
"""Every computer with Word has these fonts. Other programs replace them with similar ones."""

KEPT_STYLES = [
    "Normal", "Default Paragraph Font", "Normal Table", "No List", "Title", "Subtitle", "Heading 1", "Heading 2",
    "Heading 3", "Quote", "List Bullet", "List Number", "Table Grid", "Header", "Footer", "Strong",
]  # fmt: skip
"""Those of python-docx's own template that a report uses. All have the look that is given to them here."""
UNUSED_FILES = {"customXml", "stylesWithEffects", "webSettings", "fontTable", "thumbnail", "extended-properties"}
"""Kinds of files in python-docx's template that Word does not need."""

BORDERS = f"""<w:pBdr>
  <w:left w:val="single" w:sz="24" w:space="10" w:color="{TEAL}"/>
</w:pBdr>"""
TABLE = f"""<w:style w:type="table" w:styleId="TableGrid">
  <w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="39"/>
  <w:pPr><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/></w:pPr>
  <w:rPr><w:sz w:val="20"/><w:szCs w:val="20"/></w:rPr>
  <w:tblPr><w:tblBorders>
    <w:top w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
    <w:bottom w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
    <w:insideH w:val="single" w:sz="4" w:space="0" w:color="{LINE}"/>
  </w:tblBorders></w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/><w:color w:val="{TEAL}"/></w:rPr>
    <w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" w:color="{TEAL}"/></w:tcBorders>
      <w:shd w:val="clear" w:color="auto" w:fill="{SOFT}"/></w:tcPr>
  </w:tblStylePr>
</w:style>"""
DEFAULTS = f"""<w:docDefaults>
  <w:rPrDefault><w:rPr>
    <w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"
      w:cstheme="minorBidi"/>
    <w:color w:val="{INK}"/><w:sz w:val="23"/><w:szCs w:val="23"/>
    <w:lang w:val="{{locale}}" w:eastAsia="{{locale}}" w:bidi="ar-SA"/>
  </w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="283" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>"""
SETTINGS = [
    '<w:zoom w:percent="100"/>',
    '<w:defaultTabStop w:val="720"/>',
    '<w:characterSpacingControl w:val="doNotCompress"/>',
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat>',
    '<w:themeFontLang w:val="{locale}"/>',
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
    'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" '
    'w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>',
    '<w:decimalSymbol w:val="."/>',
    '<w:listSeparator w:val=","/>',
]
"""What the file says about itself, in the order that the format asks for."""
LISTS = [("bullet", "•", "ListBullet"), ("decimal", "%1.", "ListNumber")]
"""The two kinds of list: how an item is counted, what stands before it, and its style. `word.js` adds a numbered list
for each that a reader typed."""


def read_word_template(name: str, language: str) -> dict[str, str]:
    """Return the files of a Word document by their paths, with {title}, {body}, {links} and {numbers} to fill in.

    `name` is that of the site in this language. It is at the foot of each page.
    """
    return cast("dict[str, str]", json.loads(make_kept_template(name, language)))


@cache  # a live preview builds the site again and again
def make_kept_template(name: str, language: str) -> bytes:
    """Return the template as JSON: the kept one, or a new one."""
    recipe = f"{name}\n{language}\n{version('python-docx')}\n".encode() + Path(__file__).read_bytes()
    return keep(".json", recipe, partial(make_template, name, language))


def make_template(name: str, language: str) -> bytes:
    """Return a new template as JSON."""
    import docx  # slow to load, and rarely needed

    document = docx.Document()
    locale = f"{language}-GB"
    style_document(document, locale)
    number_lists(document)
    lay_out_page(document, name)
    describe_document(document, locale)
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if relation.reltype.rpartition("/")[2] in UNUSED_FILES:
                part.rels.pop(key)
    saved = BytesIO()
    document.save(saved)
    with ZipFile(saved) as archive:
        files = {path: archive.read(path).decode() for path in archive.namelist()}
    for path, before, after in [
        ("word/document.xml", "<w:sectPr", "{body}<w:sectPr"),
        ("word/_rels/document.xml.rels", "</Relationships>", "{links}</Relationships>"),
        ("word/numbering.xml", "</w:numbering>", "{numbers}</w:numbering>"),
    ]:
        files[path] = files[path].replace(before, after, 1)
    theme = re.sub(r'\s*<a:font script="[^>]*>', "", files["word/theme/theme1.xml"])
    files["word/theme/theme1.xml"] = re.sub(r'(<a:latin typeface=")[^"]+', rf"\g<1>{SANS}", theme)
    return json.dumps(files, ensure_ascii=False).encode()


def parse(text: str) -> "BaseOxmlElement":
    """Return an element of Word's XML, whose names begin with "w:"."""
    from docx.oxml.ns import nsdecls
    from docx.oxml.parser import parse_xml

    return parse_xml(re.sub(r"^<[\w:]+", rf"\g<0> {nsdecls('w')}", text))


def style_document(document: "Document", locale: str) -> None:
    """Give the document the styles of a report: its sizes, colours and spaces, in points."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    root = document.styles.element
    for style in list(document.styles):
        if style.name not in KEPT_STYLES:
            root.remove(style.element)
    for tag in ("w:docDefaults", "w:latentStyles"):
        for element in root.xpath(tag):
            root.remove(element)
    root.insert(0, parse(DEFAULTS.replace("{locale}", locale)))
    for element in root.xpath('w:style[@w:type!="table"]/*[self::w:pPr or self::w:rPr or self::w:link]'):
        element.getparent().remove(element)
    for name in ("Facts", "Source"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    looks: dict[str, tuple[float, str, bool, float, float]] = {
        "Title": (28, TEAL, True, 0, 4),
        "Subtitle": (12, GREY, False, 0, 2),
        "Heading 1": (18, TEAL, True, 26, 8),
        "Heading 2": (14, INK, True, 20, 4),
        "Heading 3": (11.5, TEAL, True, 10, 2),
        "Facts": (11.5, INK, False, 0, 6),
        "Quote": (11.5, INK, False, 4, 8),
        "List Bullet": (11.5, INK, False, 0, 4),
        "List Number": (11.5, INK, False, 0, 4),
        "Source": (9.5, GREY, False, 4, 6),
        "Header": (9.5, GREY, False, 0, 0),
        "Footer": (9.5, GREY, False, 0, 0),
    }
    for name, (size, colour, is_bold, before, after) in looks.items():
        style = cast("ParagraphStyle", document.styles[name])
        style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(colour)
        style.font.bold = is_bold or None
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        if name == "Title" or name.startswith("Heading"):
            style.paragraph_format.keep_with_next = style.paragraph_format.keep_together = True
            style.paragraph_format.line_spacing = 1.1
            if name != "Title":
                style.element.get_or_add_pPr().append(parse(f'<w:outlineLvl w:val="{int(name[-1]) - 1}"/>'))
    style_others(document)


def style_others(document: "Document") -> None:
    """Give the document the styles that have more than a size: the quotation, lists, links and the table."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, RGBColor

    styles = document.styles
    quote = cast("ParagraphStyle", styles["Quote"])
    quote.font.name = SERIF
    quote.paragraph_format.left_indent = Mm(6)
    quote.paragraph_format.keep_together = True
    quote.element.get_or_add_pPr().insert_element_before(parse(BORDERS), "w:shd", "w:tabs", "w:spacing", "w:ind")
    cast("ParagraphStyle", styles["Facts"]).paragraph_format.keep_with_next = True
    for number, (_, _, style_id) in enumerate(LISTS, 1):
        name = re.sub("(?=[A-Z])", " ", style_id).strip()
        properties = styles[name].element.get_or_add_pPr()
        properties.insert(0, parse(f'<w:numPr><w:numId w:val="{number}"/></w:numPr>'))
        properties.append(parse("<w:contextualSpacing/>"))
    for name in ("Header", "Footer"):
        cast("ParagraphStyle", styles[name]).paragraph_format.tab_stops.add_tab_stop(Mm(160), WD_TAB_ALIGNMENT.RIGHT)
    strong, link = styles["Strong"], styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    strong.font.bold = True
    link.font.underline, link.font.color.rgb = True, RGBColor.from_string(TEAL)
    table = styles["Table Grid"].element
    table.getparent().replace(table, parse(TABLE))


def number_lists(document: "Document") -> None:
    """Define the two kinds of list."""
    lists = document.part.numbering_part.element
    lists[:] = []
    for number, (kind, sign, style) in enumerate(LISTS):
        lists.append(
            parse(
                f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
                f'<w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:pStyle w:val="{style}"/><w:lvlText w:val="{sign}"/>'
                '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="397" w:hanging="397"/></w:pPr></w:lvl></w:abstractNum>'
            )
        )
    for number in range(len(LISTS)):
        lists.append(parse(f'<w:num w:numId="{number + 1}"><w:abstractNumId w:val="{number}"/></w:num>'))


def lay_out_page(document: "Document", name: str) -> None:
    """Make the page A4. The title is at the head of all pages but the first, the site's name at the foot of each."""
    from docx.shared import Mm

    (section,) = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = Mm(25)
    section.bottom_margin = Mm(22)
    section.header_distance = section.footer_distance = Mm(12)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].add_run("{title}")
    section.first_page_header.is_linked_to_previous = False
    for footer in (section.footer, section.first_page_footer):
        line = footer.paragraphs[0]
        line.add_run(f"{name}\t")
        line._p.append(parse('<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))


def describe_document(document: "Document", locale: str) -> None:
    """Write down the title and the language, and nothing about who made the file or when."""
    document.settings.element[:] = [parse(setting.replace("{locale}", locale)) for setting in SETTINGS]
    properties: Any = document.core_properties._element
    properties[:] = []
    document.core_properties.title, document.core_properties.language = "{title}", locale
