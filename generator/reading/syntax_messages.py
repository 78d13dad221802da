"""Sentences, and parts of them, that more than one syntax problem needs."""

from generator.model import NAMES
from generator.problem import capitalise
from generator.reading.yaml_lines import WORDS, Line

QUOTATION_MARKS = {"'": "an apostrophe", '"': "a quotation mark"}

QUOTE_ITEM = "Put quotes around the item."

NO_FIELD = (
    "This line is not part of any field.",
    "Delete it if it is left over. For a field, write: name, colon, space, words. For a note, put # before it.",
)


def name_sign(sign: str) -> str:
    return QUOTATION_MARKS.get(sign, f'"{sign}"')


def closes_early(mark: str) -> str:
    return f"{capitalise(name_sign(mark))} closes the quotation before the words end."


def count_spaces(count: int) -> str:
    return f"{count} space{'' if count == 1 else 's'}"


def begin_with_spaces(count: int) -> str:
    return f"Start the line with exactly {count_spaces(count)}" if count else "Delete the spaces before it"


def write_below_bar(line: Line) -> str:
    """Say how to write the value of a line so that YAML takes nothing in it for a sign."""
    if not line.name:
        return "Put quotes around the words."
    if line.name in NAMES - WORDS:
        return "Delete it."
    field = f"{'- ' if line.dashes else ''}{line.name}: |"
    return f'Write "{field}", then the words on the lines below, with {count_spaces(line.indent + 2)} before each.'


def missing_dash(name: str) -> tuple[str, str]:
    """Return message and remedy for an entry, beginning with the field `name`, that has no dash."""
    remedy = f"Write: - {name}: …, with the dash exactly below the other dashes."
    return "A dash is missing: a new entry starts here.", remedy


def second_field(name: str) -> tuple[str, str]:
    """Return message and remedy for the field `name` in the same line as another field."""
    remedy = "Start a new line before it, with as many spaces as the other fields have."
    if name == "id":
        remedy = "Start a new line before its dash, and put the dash exactly below the other dashes."
    return f'"{name}" is a field, and each field needs its own line.', remedy
