"""Read `questions.toml`: what readers ask for, and the subjects that the guidance has no action about."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from generator.messages import ENGLISH
from generator.pages.words import ASIDE, split_words
from generator.welsh import WELSH

FILE = Path(__file__).with_name("questions.toml")


@cache
def load_questions() -> dict[str, Any]:
    """Return the file's `pages` and `subjects`."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def simplify(phrase: str) -> str:
    """Return the words of a question that matter, as the search compares them."""
    aside = ASIDE.split()
    return " ".join(word for word in split_words(phrase.replace("-", " ")) if word not in aside)


def read_near(vocabulary: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the words of a vocabulary that the guidance doesn't have, each with the addresses of what comes nearest.

    Two words with a hyphen are one: a query that has them side by side is compared with both together.
    """
    for near in load_questions()["near"]:
        for word in near[WELSH if vocabulary == WELSH else ENGLISH]:
            yield split_words(word)[-1], near["addresses"]


def read_questions(language: str, numbers: Mapping[str, int]) -> tuple[dict[str, Any], list[Any]]:
    """Return the questions for the search of a site in a language, and the nearest pages of each subject, with reasons.

    They can be asked in every language. `numbers` are those of the pages by address. A site without a page, such as an
    example, does without its questions.
    """
    questions = load_questions()
    asked = {
        each: {
            simplify(phrase): numbers[page["address"]]
            for page in questions["pages"]
            if page["address"] in numbers
            for phrase in page[each]
        }
        for each in (ENGLISH, WELSH)
    }
    subjects = [
        {
            "name": subject["name"].get(language, subject["name"][ENGLISH]),
            **{each: list(dict.fromkeys(map(simplify, subject[each]))) for each in (ENGLISH, WELSH)},
        }
        for subject in questions["subjects"]
    ]
    nearest = [
        [
            [numbers[near["address"]], near.get(language, near[ENGLISH])]
            for near in subject["nearest"]
            if near["address"] in numbers
        ]
        for subject in questions["subjects"]
    ]
    return {"questions": asked, "subjects": subjects}, nearest
