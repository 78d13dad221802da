"""What the site knows about Welsh: the order of its letters, and how its words change."""

import re

from generator.text import make_id

WELSH = "cy"
"""The code of the language."""

ALPHABET = "- 0 1 2 3 4 5 6 7 8 9 a b c ch d dd e f ff g ng h i j k l ll m n o p ph q r rh s t th u v w x y z"
"""The signs of an id in the order of the Welsh alphabet, where two signs can be one letter."""
LETTER = re.compile("ch|dd|ff|ng|ll|ph|rh|th|.")
ARTICLE = re.compile("^yr?-")
"""What a Welsh list ignores at the start of a name: Y Swyddfa Gartref is under S."""

PLACES = {
    "Aberbargoed": "Aberbargod",
    "Aberdare": "Aberdâr",
    "Anglesey": "Ynys Môn",
    "Bargoed": "Bargod",
    "Bridgend": "Pen-y-bont ar Ogwr",
    "Caerphilly": "Caerffili",
    "Cardiff": "Caerdydd",
    "Carmarthenshire": "Sir Gaerfyrddin",
    "Denbighshire": "Sir Ddinbych",
    "England": "Lloegr",
    "Flintshire": "Sir y Fflint",
    "Isle of Anglesey": "Ynys Môn",
    "Lansbury Park": "Parc Lansbury",
    "Merthyr Tydfil": "Merthyr Tudful",
    "Monmouthshire": "Sir Fynwy",
    "Neath Port Talbot": "Castell-nedd Port Talbot",
    "Netherlands": "Yr Iseldiroedd",
    "Newport": "Casnewydd",
    "Pembrokeshire": "Sir Benfro",
    "Scotland": "Yr Alban",
    "Swansea": "Abertawe",
    "Vale of Glamorgan": "Bro Morgannwg",
    "Wales": "Cymru",
    "Wrexham": "Wrecsam",
}
"""Places that the guidance names in English, and all counties, with their Welsh names. All others have one name.

Sources: the Welsh Government's Welsh list of unitary authorities, and Caerphilly council's Welsh pages (Bargod,
Aberbargod, Parc Lansbury).
"""

COMMON_WORDS = """
    a ac aeth ag all allai allech allen allwch allwn am angen ar at beth ble bod broblem broblemau byddai byddwn
    byth cael chdi chi chwi cymryd dach ddelio ddim ddod ddylai ddylem ddylen ddylid delio di dim dod dros drwy dwi
    dwin dy dylai dylem dylen dylid efo ei eich ein eisiau eisio er eto eu faint fedra fedrwn fel fo fod fwy fy
    fyddai fynd gall gallaf gallai gallech gallem gallen gallwch gallwn gan gennym gneud gwell gwella gwneud gwybod
    gyda gymryd gynno gynnon heb hefo hefyd hi hoffem hoffwn hon hwn hyn hynny i iawn ichi isie isio leicio leihau
    licio lleihau ma mae maent medru mewn moyn mwy mynd na nad nath nawr neb nes neu nhw ni nid nifer o oedd oes
    oherwydd ond os pa pam pan pob problem problemau pwy rai rhag rhai rhaid rhain rhein rheina rhoi rhwng roi rwan
    rydan rydym rydyn rywbeth rywun sawl sgen sgynnon shwd shwt sut sy sydd syn trwy un wedi wella wnawn wneir
    wneith wnes wneud wrth y ydi ydw ydy ydych ydym ydyn yma yn yna ynghylch yr yw
"""
"""Words that say nothing about a subject, as the search simplifies them."""
WEAK_WORDS = """
    annog anodd ardal ardaloedd bach cefnogaeth cefnogi corff creu cychwyn cyfle cyfleoedd cymorth cymuned
    cymunedau cymunedol cynghorau cyngor cynllun cynlluniau cynnal cynnig cynnwys cyrff darparu datblygu dechrau
    dinas dysgu effeithiol enghraifft enghreifftiau grwp grwpiau gwahanol gwaith gwasanaeth gwasanaethau
    gweithgaredd gweithgareddau gweithio gweithredu hawdd haws helpu hyrwyddo lawer llawer lle lleoedd lleol
    pentref pentrefi peth pethau pobl pobol prosiect prosiectau rhaglen rhaglenni sefydliad sefydliadau sefydlu
    swyddog swyddogion tim timau tref trefi trefnu trigolion unrhyw ymuno ynghyd
"""
"""Words that say little about a subject, without mutations, as the search simplifies them."""
JOINED = ["r", "n", "i", "u", "m", "w", "ch"]
"""What can be joined to the word before, after an apostrophe: cau'r, sy'n."""

VOWELS = "aeiouwy"
MUTATIONS = {
    **{"b": ["p"], "d": ["t"], "g": ["c"], "f": ["b", "m"], "dd": ["d"], "l": ["ll", "gl"], "r": ["rh", "gr"]},
    **{"mh": ["p"], "nh": ["t"], "ngh": ["c"], "m": ["b"], "n": ["d", "gn"], "ng": ["g"]},
    **{"ph": ["p"], "th": ["t"], "ch": ["c"]},
    **{vowel: ["g" + vowel] for vowel in VOWELS},
    **{"h" + vowel: [vowel] for vowel in VOWELS},
}
"""What a word that begins with these letters may begin with in a dictionary, by the mutations and after h."""

PLURALS = "(?:iadau|iau|au|oedd|ion|on|wyr|ydd|u|i|o)"
ENDINGS = [
    (f"(.{{0,3}}{PLURALS}|.{{0,2}}nn{PLURALS}?)", [""]),  # of a short word, nothing is an ending
    (f"(.*?n)n{PLURALS}?", [""]),
    (f"(.*?){PLURALS}", [""]),
]
"""Endings that the search takes off, as in `generator/pages/words.py`."""
FORMS = {
    "after": f"{PLURALS[3:-1]}|f|wr|wraig|i?aeth|aethau|ol|us|wch|edd|rwydd|deb|dod|fa|feydd|ed|wyd|odd|ir|wn|n",
    "both": "(?!)",
}
"""What other forms of a word have after its beginning, as in `generator/pages/words.py`: gwirfoddoli, gwirfoddolwr.

In speech, an f at the end is left out: pentre, cartre.
"""


def name_place(language: str, place: str) -> str:
    """Return the name of a place in a language."""
    return PLACES.get(place, place) if language == WELSH else place


def sort_welsh(words: str) -> list[int]:
    """Return what words are sorted by in Welsh, where ch, dd, ff, ng, ll, ph, rh and th are letters of their own.

    A space comes before all letters, and a digit before them, too. ŵ counts as w, like all letters with accents. The
    article before a name is ignored.
    """
    alphabet = ALPHABET.split()
    return [alphabet.index(letter) for letter in LETTER.findall(ARTICLE.sub("", make_id(words)))]
