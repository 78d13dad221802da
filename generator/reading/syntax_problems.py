"""What a YAML error means: lines and where their parser stopped in, a sentence that an editor understands out.

The parser's own words are of no help, and it often stops far below the mistake. So the lines are read again from the
top, more simply than YAML reads them, and the first one that cannot stand as it is written is the one to mend. Lines
inside words (below a bar, inside quotation marks or brackets, further in than the words they continue) are not judged.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.document import INVISIBLE, invisible, position
from generator.fields import fields_of, required_fields
from generator.model import FILES, NAMES, every_kind

FIELDS = [field for kind in every_kind() for field in fields_of(kind).values()]
LISTS = {field.name for field in FIELDS if field.is_list}
"""Those that hold a list."""
WORDS = {field.name for field in FIELDS if field.is_text} - LISTS
"""Those that hold text, which can always stand below a bar."""
FIRST = {
    required_fields(kind)[0]
    for kind in every_kind()
    if required_fields(kind) and (kind not in FILES.values() or "id" in kind.model_fields)
}
"""The fields that the entries of lists begin with."""

SHAPE = re.compile(r" *(?P<dashes>(?:-(?: +|$))*)(?:(?P<name>[A-Za-z_](?:[^:#]|:(?=\S)|(?<=\S)#)*?):(?=\s|$))?[ \t]*")
"""A line outside words, up to its value."""
NOTE = re.compile(r"(?:^|\s)#")
JOINED = re.compile(r"<{7} |={7}$|>{7} ")
BULLET = re.compile(r"([–—‒−•·▪*]) *([a-z_]+)(?=:)")
QUOTES = {"'": "An apostrophe", '"': "A quotation mark"}
CLOSING = {"[": "]", "{": "}"}
STRAY = re.compile(r"(?:- *)?([^\w\s-]+)[- ]*([a-z_]+):(?=\s|$)")
HIDDEN = rf"[{INVISIBLE}\t]"
FRAME = re.compile(rf"[ {INVISIBLE}\t]*(?:-[ {INVISIBLE}\t]+)*(?:[A-Za-z_]+[ {INVISIBLE}]*:)?[ {INVISIBLE}]*")
"""What stands before a value, where nothing but spaces, dashes, a name and a colon belongs."""
TOKEN = re.compile(
    r"""\s+|(?P<note>\#[^\n]*)|(?P<quoted>'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")|(?P<open>[\[{])|(?P<close>[\]}])|(?P<comma>,)
    |(?P<plain>(?:[^\s,\[\]{}]|\s+(?![\s\#,\[\]{}]))+)""",
    re.VERBOSE | re.DOTALL,
)
"""A piece of a list, or a quotation."""
ESCAPE = re.compile(r"\\(?:\\|(?![0abtnvfre \"/N_LPxuU\n]))")
"""A backslash pair, or a backslash that is no command of YAML."""

Fault = tuple[str, str, int]
"""What is wrong inside quotation marks or brackets, what to write, and how many signs after the line's beginning."""


class Mistake(Exception):  # noqa: N818 - it is caught by load, where a file's reading ends
    """YAML that cannot be read on from: what is wrong, what to write, and where (counted from 0)."""

    def __init__(self, message: str, remedy: str, line: int, column: int = 0) -> None:
        super().__init__(message)
        self.message, self.remedy, self.line, self.column = message, remedy, line, column


@dataclass(frozen=True)
class Line:
    """A line outside words: where its dashes stand, the name of its field, and what stands behind, without notes."""

    number: int
    dashes: list[int]
    name: str
    depth: int
    """Where the name begins; without one, the words."""
    value: str
    column: int
    """Where the value begins."""

    @property
    def known(self) -> bool:
        return self.name in NAMES

    @property
    def block(self) -> bool:
        """Whether its words stand below a bar."""
        return bool(re.fullmatch(r"[|>][-+\d]*", self.value))

    @property
    def plain(self) -> bool:
        """Whether its words stand bare behind it."""
        return bool(self.value) and self.value[0] not in "'\"[{" and not self.block

    @property
    def edge(self) -> int:
        """Its words go on in the lines below as long as they are further in than this."""
        return self.depth if self.name else self.dashes[-1] if self.dashes else self.depth - 1


def line_at(lines: list[str], number: int) -> Line:
    """The line of this number, as it reads outside words."""
    text = lines[number]
    shape = SHAPE.match(text)
    assert shape
    value = text[shape.end() :]
    if value[:1] not in ("'", '"', "[", "{"):
        value = NOTE.split(value)[0].rstrip()
    dashes = [at for at in range(*shape.span("dashes")) if text[at] == "-"]
    name = shape["name"] or ""
    return Line(number, dashes, name, shape.start("name") if name else shape.end(), value, shape.end())


def outside_words(lines: list[str]) -> Iterator[Line]:
    """The lines that YAML reads as fields and entries."""
    number = 0
    while number < len(lines):
        line = line_at(lines, number)
        if (line.dashes or line.name or line.value) and line.value not in ("---", "..."):
            yield line
        number = end_of(lines, line)


def end_of(lines: list[str], line: Line) -> int:
    """The number of the first line below `line` that its words do not go on in."""
    if line.value and not line.block and not line.plain:
        return enclosed(lines, line)[0] + 1
    number, least = line.number + 1, line.edge + 1
    if line.block:
        least = max(least, indent(next((below for below in lines[number:] if below.strip()), "")))
    while line.value and number < len(lines):
        inside = indent(lines[number]) >= least and (line.block or not line_at(lines, number).known)
        if lines[number].strip() and not inside:
            break
        number += 1
    return number


def indent(text: str) -> int:
    """How many spaces stand before the words."""
    return len(text) - len(text.lstrip(" "))


def spaces(count: int) -> str:
    return f"{count} space{'' if count == 1 else 's'}"


# --- Mistakes that are looked for before anything is read ----------------------------------------------------------


def outright(lines: list[str]) -> Mistake | None:
    """What no YAML of the guidance can mean, even where it could be read."""
    joins = [number for number, text in enumerate(lines) if JOINED.match(text)]
    if len(joins) == 1:
        return Mistake("This line is left over from two versions that were joined.", "Delete it.", joins[0])
    if joins:
        remedy = "Keep the lines of one version, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>."
        return Mistake("Two versions of this file were joined and not sorted out.", remedy, joins[0])
    for line in outside_words(lines):
        text = lines[line.number]
        if hidden := re.search(HIDDEN, frame(lines, line)):
            return hidden_mistake(hidden[0], line.number, hidden.start(), lines)
        if (bullet := BULLET.match(text, line.depth)) and bullet[2] in FIRST:
            return bullet_mistake(bullet, line.number)
    return None


def hidden_mistake(sign: str, number: int, column: int, lines: list[str]) -> Mistake:
    """A sign that looks like a space. All lines are named that have it before their words: it seldom comes alone."""
    message, remedy = invisible(sign)
    if sign == "\t":
        message, remedy = (
            "A tab stands here.",
            "Use spaces: two for each step further in, one behind a dash or a colon.",
        )
    more = [
        str(line.number + 1) for line in outside_words(lines) if line.number > number and sign in frame(lines, line)
    ]
    if more:
        remedy += f" Do the same on line{'s' if more[1:] else ''} {', '.join(more)}."
    return Mistake(message, remedy, number, column)


def frame(lines: list[str], line: Line) -> str:
    """What stands before the value of a line."""
    found = FRAME.match(lines[line.number])
    return found[0] if found else ""


def bullet_mistake(bullet: re.Match[str], number: int) -> Mistake:
    message = f'"{bullet[1]}" is not the hyphen that YAML needs.'
    return Mistake(message, f"Write: - {bullet[2]}: …", number, bullet.start())


# --- Mistakes that stopped the parser ------------------------------------------------------------------------------


def explain_syntax(lines: list[str], stop: int) -> Mistake:
    """Why the parser stopped at the line of this number: the first line down to it that cannot stand as it is."""
    stop = min(stop, max(len(lines) - 1, 0))
    for number, text in enumerate(lines[: stop + 1]):
        if (hidden := re.search(HIDDEN, text)) and not re.sub(HIDDEN, "", text).strip():
            return Mistake(*invisible(hidden[0]), number, hidden.start())
    outline = Outline(lines)
    for line in outside_words(lines):
        if line.number > stop:
            break
        if mistake := outline.take(line) or missing_bar(lines, line, stop) or value_mistake(lines, line):
            return mistake
    line = line_at(lines, stop) if lines else Line(0, [], "", 0, "", 0)
    remedy = bar(line) if line.name in WORDS else "Write them again as the lines around them are written."
    return Mistake("YAML cannot read these words.", remedy, stop, line.column if line.value else line.depth)


def missing_bar(lines: list[str], line: Line, stop: int) -> Mistake | None:
    """Words on the lines below the name of a field, with no bar behind it, in which the parser stopped."""
    below = range(line.number + 1, stop + 1)
    if line.value or line.name not in WORDS or not below or any(indent(lines[n]) <= line.depth for n in below):
        return None
    remedy = f'Write "{"- " if line.dashes else ""}{line.name}: |"; the words below it stay as they are.'
    return Mistake(f'The bar is missing behind "{line.name}:".', remedy, line.number, line.column)


def bar(line: Line) -> str:
    """How to write the text of a field so that nothing in it can be mistaken. What is no text needs no such sign."""
    if not line.name:
        return "Put quotes around the words."
    if line.name in NAMES - WORDS:
        return "Delete it."
    dash = "- " if line.dashes else ""
    return f'Write "{dash}{line.name}: |", and the words on the lines below, with {line.depth + 2} spaces before each.'


def value_mistake(lines: list[str], line: Line) -> Mistake | None:
    """What is wrong with what stands behind the name or the dash of a line."""
    value, first = line.value, line.value[:1]
    if not value or line.block:
        return None
    if mistake := stray(line):
        return mistake
    if not line.plain:
        return enclosed(lines, line)[1]
    if first in "@`%*&!,]}" and re.match(r"[\[|>]", value[1:]):
        return Mistake(f'"{first}" stands before "{value[1:]}".', "Delete it.", line.number, line.column)
    if first in "@`%*&!,]}":
        message = f'Words that begin with "{first}" cannot stand bare in YAML.'
        return Mistake(message, bar(line), line.number, line.column)
    if first in "|>":
        return Mistake("The words begin on the line below the bar.", bar(line), line.number, line.column)
    if re.match(r"[-?](\s|$)", value):
        return Mistake("YAML cannot read these words.", bar(line), line.number, line.column)
    for number in range(line.number, end_of(lines, line)) if line.name else ():
        words, start = (value, line.column) if number == line.number else (NOTE.split(lines[number])[0], 0)
        if colon := re.search(r":(?=\s|$)", words):
            before = re.search(r"(\w+)$", words[: colon.start()])
            if before and before[1] in NAMES and ("  " in words[: before.start()] or line.name in NAMES - WORDS):
                return Mistake(*second_field(before[1]), number, start + before.start())
            message = "A colon followed by a space stands inside the words, and YAML takes it for a field."
            if colon.end() == len(words):
                message = "A colon ends the words, and YAML takes it for a field."
            return Mistake(message, bar(line), number, start + colon.start())
    return None


def second_field(name: str) -> tuple[str, str]:
    """What to say and to write where a field begins behind another one."""
    remedy = "Begin a new line before it, with as many spaces as the other fields have."
    if name == "id":
        remedy = "Begin a new line before its dash, which stands exactly below the dashes of the others."
    return f'"{name}" is a field, and each field stands on a line of its own.', remedy


def enclosed(lines: list[str], line: Line) -> tuple[int, Mistake | None]:
    """The number of the line where the quotation or the list behind a name or a dash ends, and what is wrong in it.

    None goes on below the next field that the guidance knows.
    """
    below = (number for number in range(line.number + 1, len(lines)) if line_at(lines, number).known)
    text = "\n".join(lines[line.number : next(below, len(lines))])
    end, fault = read_enclosed(text, line)
    if not fault:
        return line.number + text.count("\n", 0, end), None
    message, remedy, at = fault
    number, column = position(text, at)
    return line.number, Mistake(message, remedy, line.number + number, column)


def read_enclosed(text: str, line: Line) -> tuple[int, Fault | None]:
    """Where in `text` the quotation or the list that opens at the value of its first line ends, or what is wrong."""
    end = line.column
    opened: list[re.Match[str]] = []
    before: re.Match[str] | None = None
    note: re.Match[str] | None = None
    while token := TOKEN.match(text, end):
        end = token.end()
        if token.lastgroup == "note":
            note = note or token
        elif token.lastgroup:
            if fault := item_fault(token, before, line):
                return end, fault
            if token.lastgroup == "open":
                opened.append(token)
            elif token.lastgroup == "close" and CLOSING[opened.pop()[0]] != token[0]:
                return end, (
                    f'"{token[0]}" closes a bracket of another kind.',
                    "Write the pair that is meant.",
                    end - 1,
                )
            if not opened:
                return end, left_over(text, end, line)
            before = token
    if note and re.search(r"[]}]", note[0]):
        remedy = "Put quotes around the item, or delete the #."
        return end, ("# begins a note, so the list is never closed.", remedy, note.start())
    sign = opened[-1]
    if line.known and line.name not in LISTS:
        return end, (f'Words that begin with "{sign[0]}" are read as a list.', bar(line), sign.start())
    message = f'The list that opens here with "{sign[0]}" is never closed.'
    return end, (message, f'Close it with "{CLOSING[sign[0]]}".', sign.start())


def item_fault(token: re.Match[str], before: re.Match[str] | None, line: Line) -> Fault | None:
    """What is wrong with a piece of a list, or with a quotation, and with the piece before it."""
    kind, words, at = token.lastgroup, token[0], token.start()
    behind = before.lastgroup if before and not before[0].endswith(":") else None
    quotes = "Put quotes around the item."
    if kind == "plain" and words[0] in "'\"" and behind != "quoted":
        remedy = f"Write {words[0]} behind the item too." if before else bar(line)
        return "A quotation mark opens here and is never closed.", remedy, at
    if kind == "plain" and behind == "quoted" and before and words[0] != ":":
        sign, other = before[0][0], {"'": '"', '"': "'"}[before[0][0]]
        remedy = f"Put {other} around the item instead of {sign}."
        return f"{QUOTES[sign]} closes the quotation before the words end.", remedy, before.end() - 1
    if kind == "plain" and re.match(r"[&*!%@`|>]|[?-](\s|$)", words):
        return f'"{words}" cannot stand bare in a list.', f'Put quotes around it: "{words}".', at
    if kind == "plain" and words.endswith(":"):
        message = f'The colon behind "{words[:-1]}" makes it a field inside the list.'
        return message, f'Delete it, or put quotes around the item: "{words}".', at + len(words) - 1
    if kind == "plain" and len(re.findall(r":\s", words)) > 1:
        return "Colons stand inside an item of the list.", quotes, at
    if kind == "open" and behind in ("plain", "quoted"):
        return f'"{words}" stands inside an item of the list.', quotes, at
    if kind == "comma" and behind in (None, "open", "comma"):
        return "No item stands before this comma.", "Delete the comma.", at
    commands = [sign.start() for sign in ESCAPE.finditer(words) if sign[0] == "\\"]
    if kind == "quoted" and words[0] == '"' and commands:
        return "A backslash begins a command inside quotation marks.", bar(line), at + commands[0]
    return None


def left_over(text: str, end: int, line: Line) -> Fault | None:
    """What is wrong behind the end of a quotation or a list: nothing but a note can stand there."""
    rest = text[end:].split("\n")[0]
    words = rest.strip(" \t")
    if not words or re.match(r"\s+#", rest):
        return None
    if hidden := re.match(HIDDEN, words):
        return *invisible(hidden[0]), end + rest.index(words)
    if line.value[0] in "'\"":
        return f"{QUOTES[line.value[0]]} closes the quotation before the words end.", bar(line), end - 1
    if (field := re.search(r"([a-z_]+):(?=\s|$)", rest)) and field[1] in NAMES:
        return *second_field(field[1]), end + field.start()
    if re.match(r",? *[\[\]]", words) or line.name in LISTS:
        remedy = f"Write all items in one pair of brackets, with commas between them: {line.name or 'name'}: [a, b]."
        return "The list ends here, and its line goes on.", remedy, end - 1
    return f'Words that begin with "{line.value[0]}" are read as a list.', bar(line), line.column


# --- Lines that stand in the wrong place ---------------------------------------------------------------------------


@dataclass
class Level:
    """A list, or the fields of one entry, that a line can go on with."""

    column: int
    dashes: bool
    """Whether it is a list."""
    name: str = ""
    """The field last seen in it; of a list, the one that its entries begin with."""
    line: int = 0
    """Where that was."""
    waits: bool = False
    """Whether nothing stands yet behind the last dash or colon of it."""


class Outline:
    """The lists and entries that are open at a line, from the outermost in."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.levels: list[Level] = []
        self.above: Line | None = None

    def take(self, line: Line) -> Mistake | None:
        """Go on with a line, or say why nothing above it can go on with it."""
        before, above, self.above = list(self.levels), self.above, line
        for column in line.dashes:
            if not self.fits(column, dashes=True):
                return (
                    self.first_too_far_in(column, before)
                    or still_a_note(self.lines, line)
                    or no_list(above)
                    or dash_mistake(line, column, before)
                )
            self.levels[-1].line = line.number
            self.levels[-1].name = self.levels[-1].name or line.name
            self.levels[-1].waits = bool(line.name) or not line.value
        if line.name:
            if not self.fits(line.depth, dashes=False):
                meant = (misshapen(above) or nameless(above, line)) if above and not above.name else None
                meant = meant or self.first_too_far_in(line.depth, before)
                return meant or self.misplaced(line, above, before)
            self.levels[-1].name, self.levels[-1].line = line.name, line.number
            self.levels[-1].waits = not line.value
        elif line.value and not line.dashes:
            if not self.levels or not self.levels[-1].waits or line.depth <= self.levels[-1].column:
                begins = not before or line.depth in {level.column for level in before}
                return (misshapen(line) if begins else None) or self.misplaced(line, above, before)
            self.levels[-1].waits = False
        return None

    def fits(self, column: int, dashes: bool) -> bool:
        """Whether a dash or a name in this column goes on with what is open, or opens what is awaited."""
        first = not self.levels
        while self.levels and self.levels[-1].column + (self.levels[-1].dashes and not dashes) > column:
            self.levels.pop()
        last = self.levels[-1] if self.levels else None
        if last and (last.column, last.dashes) == (column, dashes):
            return True
        if not first and not (last and last.waits and (column > last.column or dashes)):
            return False
        if last:
            last.waits = False
        self.levels.append(Level(column, dashes))
        return True

    def first_too_far_in(self, column: int, open_levels: list[Level]) -> Mistake | None:
        """A first entry whose dash alone has spaces before it."""
        outer = open_levels[0] if open_levels else Level(0, False)
        dash = f"{' ' * outer.column}- {outer.name}:"
        if not (outer.dashes and outer.column and column in (0, 2)) or any(
            text.startswith(dash) for number, text in enumerate(self.lines) if number != outer.line
        ):
            return None
        message = "The dash of the first entry stands further in than the lines below it."
        return Mistake(message, put(0) + ".", outer.line, 0)

    def misplaced(self, line: Line, above: Line | None, open_levels: list[Level]) -> Mistake:
        """Why a line that is no dash fits nothing above it."""
        if mistake := stray(line):
            return mistake
        colon = line.name or re.search(r":(\s|$)", line.value)
        if (
            above
            and above.name
            and (above.block or (not colon and (above.plain or not above.value)))
            and not line.known
        ):
            return words_mistake(self.lines, above, line)
        if not line.name:
            return Mistake(*no_field(line.value), line.number, line.depth)
        lists = [level for level in open_levels if level.dashes]
        if any(level.column == line.depth and line.name in ("id", level.name) for level in lists):
            return Mistake(*missing_dash(line.name), line.number, line.depth)
        if above and above.name == "id" and not above.dashes and line.depth == above.depth + 2:
            return Mistake(*missing_dash(above.name), above.number, above.depth)
        if line.name == "id" and any(level.name == "id" for level in lists):
            message, remedy = missing_dash(line.name)
            return Mistake(message, remedy + and_below(self.lines, line), line.number, line.depth)
        near = nearest([level for level in open_levels if not level.dashes], line.depth)
        message = f"This line has {spaces(line.depth)} before it, which fits nothing above it."
        remedy = "Put as many before it as the other fields of its entry have."
        if near:
            remedy = f'{put(near.column)}, so that it stands exactly below "{near.name}" on line {near.line + 1}.'
            remedy += and_below(self.lines, line) if near.column < line.depth else ""
        return Mistake(message, remedy, line.number, line.depth)


def nearest(levels: list[Level], column: int) -> Level | None:
    """The level that a line in this column was most likely meant for."""
    return min(levels, key=lambda level: abs(level.column - column), default=None)


def put(count: int) -> str:
    return f"Begin the line with exactly {spaces(count)}" if count else "Delete the spaces before it"


def and_below(lines: list[str], line: Line) -> str:
    """What to write of the lines below one that stands too far in: those that belong to it move with it."""
    deep, last = line.depth, line.number
    for number in range(line.number + 1, len(lines)):
        if lines[number].strip() and indent(lines[number]) < deep:
            break
        if lines[number].strip() and (last > line.number or indent(lines[number]) in (deep, deep + 2)):
            last = number
    return f" Move the lines below it, down to line {last + 1}, as far." if last > line.number else ""


def no_field(words: str = "") -> tuple[str, str]:
    """What to say and to write where a line stands for itself."""
    if words.endswith("]") and "[" not in words:
        return "This line is the end of a list whose beginning is not here.", "Delete it, or bring its beginning back."
    remedy = (
        "Delete it if it is left over; or write: name, colon, space, words; or, for a note to editors, # before it."
    )
    return "This line belongs to no field.", remedy


def nameless(above: Line, line: Line) -> Mistake | None:
    """Words behind a dash without the name of a field, where a field of the same entry stands below them."""
    if not (above.dashes and above.value and line.known and line.depth > above.dashes[-1]):
        return None
    remedy = f'Write "- text: |", and the words on the lines below, with {above.dashes[-1] + 4} spaces before each.'
    return Mistake("The name of a field is missing before these words.", remedy, above.number, above.column)


def missing_dash(name: str) -> tuple[str, str]:
    """What to say and to write where an entry begins without its dash."""
    return (
        "A dash is missing: another entry begins here.",
        f"Write: - {name}: …, with the dash exactly below the dashes of the others.",
    )


def still_a_note(lines: list[str], line: Line) -> Mistake | None:
    """A list whose name, on the line above its first dash, is commented out."""
    note = re.match(r" *(#) *([a-z_]+):", lines[line.number - 1]) if line.number else None
    if not note or note[2] not in LISTS:
        return None
    message = f'"{note[2]}" is still a note, and the lines below it are not.'
    return Mistake(message, "Delete the # and the space behind it.", line.number - 1, note.start(1))


def no_list(above: Line | None) -> Mistake | None:
    """A word behind the name of a list whose entries stand below it."""
    if not (above and above.name in LISTS and above.plain):
        return None
    message = f'"{above.value}" stands behind "{above.name}:", and its entries stand below it.'
    return Mistake(message, f'Delete "{above.value}".', above.number, above.column)


def dash_mistake(line: Line, column: int, open_levels: list[Level]) -> Mistake:
    """A dash that stands below no other: one too many before a field, or an entry that stands too far in or out."""
    lists = [level for level in open_levels if level.dashes]
    same = [level for level in lists if level.name == line.name]
    if not lists and open_levels and open_levels[0].name not in NAMES:
        return Mistake(*no_field(), open_levels[0].line, open_levels[0].column)
    if not lists and open_levels and line.name == "id" and not column:
        message = "The lines above this first entry of the list belong to no entry."
        return Mistake(message, "Delete them if they are left over from one, or take them there.", line.number, column)
    fields = nearest([level for level in open_levels if not level.dashes], column)
    if line.known and line.name not in FIRST and fields:
        message = f'A dash stands before "{line.name}", and no entry of a list begins here.'
        remedy = f'Delete the dash, and put {spaces(fields.column)} before "{line.name}".'
        if not fields.column:
            remedy = "Delete the dash, and the spaces around it."
        return Mistake(message, remedy, line.number, column)
    message = "This dash is not below the dashes of its list."
    if near := nearest(same or lists, column):
        remedy = f"The dash of an entry stands exactly below the dash on line {near.line + 1}. {put(near.column)}."
        return Mistake(message, remedy, line.number, column)
    return Mistake("A dash stands here where no list can begin.", "Delete the dash.", line.number, column)


def words_mistake(lines: list[str], above: Line, line: Line) -> Mistake:
    """Words that are not as far in as the words above them, or that the first of those are too far in for."""
    number, deep = line.number, above.depth + 2
    if above.block:
        first = next(below for below in range(above.number + 1, len(lines)) if lines[below].strip())
        if first == number:
            message = f'The words of "{above.name}" are not further in than its name on line {above.number + 1}.'
            remedy = f"Begin each of their lines with exactly {spaces(deep)}."
            return Mistake(message, remedy, number, indent(lines[number]))
        if indent(lines[number]) >= deep:
            number, deep = first, indent(lines[number])
        else:
            deep = indent(lines[first])
    if indent(lines[number]) == deep:
        return Mistake(*no_field(), number, deep)
    message = f'This line belongs to the words of "{above.name}".'
    return Mistake(message, f"{put(deep)}.", number, indent(lines[number]))


def stray(line: Line) -> Mistake | None:
    """A sign that got in before the name of a field."""
    if not line.name and (sign := STRAY.match(line.value)) and sign[2] in NAMES:
        what = QUOTES.get(sign[1], f'"{sign[1]}"')
        return Mistake(f'{what} stands before "{sign[2]}".', "Delete it.", line.number, line.column + sign.start(1))
    return None


def misshapen(line: Line) -> Mistake | None:
    """What the words of a line were meant to be: a field or an entry whose sign is missing or is another one."""
    words, at = line.value, line.column
    if (bullet := BULLET.match(words)) and bullet[2] in FIRST:
        return Mistake(f'"{bullet[1]}" is not the hyphen that YAML needs.', f"Write: - {bullet[2]}: …", line.number, at)
    if re.match(r"-[A-Za-z]", words):
        return Mistake("A space is missing after the dash.", "Write: dash, space, words.", line.number, at)
    if sign := re.match(r"[a-z_]+:([^\w\s\[|>]+)(?= |$)", words):
        what = QUOTES.get(sign[1], f'"{sign[1]}"')
        return Mistake(f"{what} stands right behind the colon.", "Delete it.", line.number, at + sign.start(1))
    if colon := re.match(r"[a-z_]+:(?=[^\s/])", words):
        remedy = "Write: name, colon, space, words."
        return Mistake("A space is missing after the colon.", remedy, line.number, at + colon.end() - 1)
    name = re.match(r"([a-z_]+)(?:\s*[：;=]\s*|\s+[–—-]\s+|\s+|$)(.*)", words)
    if name and name[1] in NAMES:
        remedy = f"Write: {' '.join([name[1] + ':', *name[2].split(' ')[:1], '…'])}".replace("  ", " ")
        return Mistake(f'A colon is missing after "{name[1]}".', remedy, line.number, at + name.end(1))
    return None
