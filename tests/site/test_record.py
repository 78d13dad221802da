"""The reader's record: whatever comes in by any door, the plan has afterwards all that it had before."""

import json
import random
from typing import Any

import pytest
from plan_page import (
    HOMES,
    LAND,
    PARKRUN,
    PREFIX,
    STREETS,
    Record,
    join_record,
    make_record,
    open_plan,
    press,
    read_record,
    read_stored,
)
from playwright.sync_api import BrowserContext, Page, expect

from generator.guidance import Guidance

MOST = 100_000
"""How many characters a text can have."""

FULL: Record = make_record(
    {
        "id": HOMES,
        "status": "planned",
        "objective": "o1",
        "lead": "Tai",
        "by": "2027-03-31",
        "note": "Tŷ",
        "evidence": "42",
        "ways": {"prevention": "fewer", "of our own": "kept"},
        "cost of it": {"pounds": [5]},
    },
    {"id": LAND, "note": "land"},
    objectives=[{"id": "o1", "text": "Good homes"}, {"id": "o 2", "text": "", "chair": "Ann"}],
    removed=[{"id": STREETS, "note": "once"}],
    disablers=["one"],
    name="For the Board",
    edition="2026-11-23",
    saved="2026-11-25",
    constructor={"prototype": 1},
)
"""A record with every kind of field, and some that the site doesn't know."""

PLACES = [
    ["items"],
    ["items", 0],
    ["items", 0, "id"],
    *(["items", 0, field] for field in FULL["items"][0] if field not in ("id", "cost of it")),
    ["items", 0, "ways", "prevention"],
    ["objectives"],
    ["objectives", 0],
    ["objectives", 0, "id"],
    ["objectives", 0, "text"],
    ["removed"],
    ["removed", 0],
    ["removed", 0, "note"],
    ["disablers"],
    ["disablers", 0],
    ["name"],
    ["edition"],
    ["saved"],
]
"""The places of a record where a value of the wrong kind can be."""


def make_values(count: int) -> list[Any]:
    """Return values of many kinds, the same each time."""
    made = random.Random(26)
    days = ["2027-02-30", "202703-03-31", "+202703-03-31", "0999-01-01", "2027-13-01", "2027-02-29", "31/3/2027"]
    texts = [*days, "x" * (MOST + 1), "finished", "A B", "../x", "", "\x00\ud800".encode("utf-8", "ignore").decode()]

    def make(depth: int) -> Any:
        kinds: list[Any] = [None, True, made.randint(-9, 9), 1e300, made.choice(texts)]
        if depth < 3:
            kinds.append([make(depth + 1) for _ in range(made.randint(0, 3))])
            names = ["id", "note", "ways", "__proto__", "constructor", "a b", "text", "status"]
            kinds.append({made.choice(names): make(depth + 1) for _ in range(made.randint(0, 3))})
        return made.choice(kinds)

    return [*texts, *(make(0) for _ in range(count))]


VALUES = make_values(40)

HELPERS = """
window.put = (record, place, value) => {
  const entry = place.slice(0, -1).reduce((one, key) => one[key], record)
  entry[place.at(-1)] = value
}
window.sorted = value => Array.isArray(value) ? value.map(sorted) : value && typeof value === "object"
  ? Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])])) : value
window.same = (one, other) => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
window.full = () => ({ ...site.record.makeEmpty(), ...structuredClone(FULL) })
// Whether what `record` has instead of `place` is all as in FULL. Its list may have lost what has no readable id.
window.hasTheRest = (record, place) => {
  const rest = structuredClone(record), expected = full()
  for (const one of [rest, expected]) {
    const kind = one[place[0]]
    if (place.length === 1 || !["items", "objectives", "removed"].includes(place[0])) delete one[place[0]]
    else if (place.length === 2 || place[2] === "id") {
      one[place[0]] = kind.filter(entry => entry.id === FULL[place[0]][1]?.id)
    }
    else delete kind.find(entry => entry.id === FULL[place[0]][0].id)[place[2]]
  }
  return same(rest, expected)
}
"""


@pytest.fixture
def plan(page: Page, online: str) -> Page:
    """The page of the plan, which has the full record."""
    open_plan(page, online, FULL)
    page.evaluate(f"window.FULL = JSON.parse({json.dumps(json.dumps(FULL))}); {HELPERS}; null")
    return page


def test_the_record_is_stored_in_parts(plan: Page, online: str) -> None:
    """Reading and storing it again gives the same. Everything is under the prefix of this site."""
    before = read_record(plan)
    assert plan.evaluate("same(site.record.read(), full())")
    plan.evaluate("site.record.change(() => {})")
    assert read_record(plan) == before
    plan.evaluate("site.record.change(record => { record.items.reverse(); record.objectives.reverse() })")
    assert read_record(plan) == before | {
        "items": before["items"][::-1],
        "objectives": before["objectives"][::-1],
    }
    assert all(key.startswith(PREFIX) for key in read_stored(plan))
    assert plan.evaluate("site.record.change(() => {}).refused") == []
    plan.goto(f"{online}/cy/shortlist.html")
    assert plan.evaluate("site.record.read().name") == FULL["name"]


def test_door_typing(plan: Page) -> None:
    """A value that doesn't pass is refused, and the one before stays. The check says so before."""
    failed = plan.evaluate(
        """([places, values]) => {
          const failed = []
          for (const place of places) for (const value of values) {
            const { refused } = site.record.change(record => put(record, place, structuredClone(value)))
            const now = site.record.read()
            if (refused.length) {
              if (!same(now, full())) failed.push([place, value, "lost", refused])
            } else {
              if (!hasTheRest(now, place)) failed.push([place, value, "lost with a good value"])
              site.record.change(record => site.record.replace(record, FULL))
            }
            if (place.length === 3 && place[0] === "items" && place[2] !== "id") {
              if (!!site.record.check("items", place[2], value) && !refused.length) failed.push([place, value, "check"])
            }
          }
          return failed
        }""",
        [PLACES, VALUES],
    )
    assert failed == []
    for value in ("2027-02-30", "202703-03-31", 5, "finished", "x" * (MOST + 1)):
        field = "status" if value == "finished" else "by" if str(value).startswith("20") else "lead"
        (refused,) = plan.evaluate(
            f"value => site.record.change(record => {{ record.items[0].{field} = value }}).refused", value
        )
        assert {key: refused[key] for key in ("id", "field", "value")} == {"id": HOMES, "field": field, "value": value}
        assert refused["problem"] == plan.evaluate(
            "([field, value]) => site.record.check('items', field, value)", [field, value]
        )
    assert plan.evaluate("site.record.check('items', 'note', 'x'.repeat(100_000)) === undefined")
    assert plan.evaluate("site.record.check('items', 'ways.prevention', 5)") == {"kind": "not-text"}
    assert (
        plan.evaluate("['2024-02-29', '1970-01-01', '9999-12-31'].map(day => site.record.check('items', 'by', day))")
        == [None] * 3
    )
    assert {**read_record(plan), **FULL} == read_record(plan)


def test_door_storage(plan: Page) -> None:
    """Another page or program may write anything under our keys. One bad value never costs another."""
    plan.evaluate("site.record.change(() => {})")
    good = {key: text for key, text in read_stored(plan).items() if f"{PREFIX}version" not in key}
    failed = plan.evaluate(
        """([good, values]) => {
          const failed = []
          const restore = () => { localStorage.clear(); Object.assign(localStorage, good) }
          for (const [key, text] of Object.entries(good)) for (const value of [...values, "not JSON {"]) {
            if (key.includes("-place:") || key.includes("constructor") || key.endsWith(":version")) continue
            if (value && typeof value === "object" && !Object.keys(value).some(name => name !== "id")) continue
            restore()
            const wrong = value === "not JSON {" ? value : JSON.stringify(value)
            localStorage.setItem(key, wrong)
            const { length } = site.aside.list()
            site.record.change(record => { record.items.find(item => item.id === LAND).lead = "new" })
            for (const [other, before] of Object.entries(good)) {
              if (other === key || other.endsWith(LAND)) continue
              if (localStorage.getItem(other) !== before) failed.push([key, wrong.slice(0, 50), other])
            }
            if (localStorage.getItem(key) === wrong || key.endsWith(LAND)) continue
            const aside = Object.keys(localStorage).filter(one => one.includes(":aside:"))
            if (!length || aside.length !== length) failed.push([key, wrong.slice(0, 50), aside])
          }
          restore()
          return failed
        }""".replace("LAND", json.dumps(LAND)),
        [good, VALUES],
    )
    assert failed == []


def test_door_another_tab(context: BrowserContext, online: str) -> None:
    """What another tab stores is shown at once. What is wrong in it costs nothing else."""
    first, second = context.new_page(), context.new_page()
    open_plan(first, online, FULL)
    second.goto(f"{online}/about/gaps.html")
    second.evaluate(
        """([prefix, keys, values]) => {
          for (const key of keys) for (const value of values) localStorage.setItem(prefix + key, JSON.stringify(value))
        }""",
        [PREFIX, [f"item:{HOMES}", f"item-place:{HOMES}", "objective:o1", "field:name", "field:disablers"], VALUES],
    )
    bad = {f"item:{HOMES}": "{", f"item-place:{HOMES}": "{", "field:name": "5", "objective:new": '{"text": 5}'}
    second.evaluate("stored => Object.assign(localStorage, stored)", {PREFIX + key: text for key, text in bad.items()})
    expect(first.locator(f"[data-action={HOMES}]")).to_be_visible()
    expect(first.locator(f"[data-action={LAND}]")).to_be_visible()
    first.evaluate("site.record.change(record => { record.name = 'New' })")
    now = read_record(first)
    assert [item["id"] for item in now["items"]] == [LAND, HOMES]
    assert (now["items"][0], now["name"], now["removed"]) == (FULL["items"][1], "New", FULL["removed"])
    texts = {one["text"] for one in first.evaluate("site.aside.list()")}
    assert texts > {"{", "5"}


def test_what_is_set_aside_stays_until_the_reader_deletes_it(plan: Page) -> None:
    item = {**FULL["items"][0], "by": "2027-02-30", "lead": 5}
    plan.evaluate("stored => Object.assign(localStorage, stored)", {PREFIX + f"item:{HOMES}": json.dumps(item)})
    plan.reload()
    aside = plan.evaluate("site.aside.list()")
    assert [(one["id"], one["field"], one["text"], one["problem"]["kind"]) for one in aside] == [
        (HOMES, "lead", "5", "not-text"),
        (HOMES, "by", "2027-02-30", "not-a-day"),
    ]
    expect(plan.get_by_text("can't be read")).to_be_visible()
    kept = {field: value for field, value in FULL["items"][0].items() if field not in ("by", "lead")}
    assert read_record(plan)["items"] == [kept, FULL["items"][1]]
    plan.reload()
    assert plan.evaluate("site.aside.list()") == aside
    plan.evaluate("number => site.aside.forget(number)", aside[0]["number"])
    assert plan.evaluate("site.aside.list()") == aside[1:]
    plan.evaluate("site.aside.forgetAll()")
    assert plan.evaluate("site.aside.list()") == []
    assert read_record(plan)["items"] == [kept, FULL["items"][1]]


def test_door_files(plan: Page) -> None:
    """What a file has of the wrong kind is set aside, and everything else is read. The reader's plan is not touched."""
    failed = plan.evaluate(
        """([places, values]) => {
          const failed = []
          for (const place of places) for (const value of values) {
            const data = full()
            put(data, place, value)
            const { record, aside, problem } = site.record.readFile(JSON.stringify(data))
            if (problem || !hasTheRest(record, place)) failed.push([place, value, problem])
            const isThere = same(place.reduce((one, key) => one?.[key], record), value)
            if (!isThere && !aside.length && value !== null) failed.push([place, value, "neither read nor set aside"])
          }
          return failed
        }""",
        [PLACES, VALUES],
    )
    assert failed == []
    assert {**read_record(plan), **FULL} == read_record(plan)


def test_files_that_are_not_a_plan(plan: Page) -> None:
    text = json.dumps(FULL, ensure_ascii=False)
    read = "text => { const { problem, record } = site.record.readFile(text); return problem?.kind ?? record.name }"
    for content, told in [
        ("not JSON", "not-ours"),
        ("[]", "not-ours"),
        ("null", "not-ours"),
        (json.dumps({**FULL, "format": "x"}), "not-ours"),
        (json.dumps({**FULL, "version": 2}), "newer"),
        (text + " " * 2_000_000, "too-large"),
        ("\ufeff" + text, FULL["name"]),
    ]:
        assert plan.evaluate(read, content) == told
    as_bytes = "bytes => site.record.readFile(Uint8Array.from(bytes).buffer).problem?.kind"
    welsh = json.dumps({**FULL, "name": "Café"}, ensure_ascii=False).replace("ŷ", "y")
    assert plan.evaluate(as_bytes, list(welsh.encode("windows-1252"))) == "encoding"
    assert plan.evaluate(as_bytes, list(text.encode())) is None
    assert plan.evaluate(as_bytes, list(text.encode("utf-16"))) == "not-ours"
    twice = {**FULL, "items": [FULL["items"][0], {"id": HOMES, "note": "second"}, FULL["items"][1]]}
    found = plan.evaluate("text => site.record.readFile(text)", json.dumps(twice))
    assert found["record"]["items"] == FULL["items"]
    assert [(one["problem"], json.loads(one["text"])["note"]) for one in found["aside"]] == [
        ({"kind": "twice"}, "second")
    ]
    assert found["unknown"] == ["constructor", "cost of it", "chair"]
    items = '[{"id": "constructor", "__proto__": {}}]'
    hostile = f'{{"format": "journey-plan", "version": 1, "__proto__": {{"name": "x"}}, "items": {items}}}'
    found = plan.evaluate("text => site.record.readFile(text)", hostile)
    assert found["record"]["items"] == [{"id": "constructor"}]
    assert [one["problem"]["kind"] for one in found["aside"]] == ["not-a-name", "not-a-name"]
    assert plan.evaluate("({}).name === undefined")


def test_door_old_versions(plan: Page) -> None:
    """A tab of an earlier version still writes its one text. What it added is merged, and nothing is deleted."""
    failed = plan.evaluate(
        """([places, values]) => {
          const failed = []
          for (const place of places) for (const value of values) {
            const data = full()
            put(data, place, value)
            data.items = Array.isArray(data.items) ? [...data.items, { id: NEW, note: "added" }] : data.items
            localStorage.setItem("plan", JSON.stringify(data))
            site.record.change(() => {})
            const now = site.record.read()
            const isAdded = now.items.some(item => item.id === NEW && item.note === "added")
            if (Array.isArray(data.items) && !isAdded) failed.push([place, value, "not added"])
            const hasPart = (list, part) => list.some(one => part?.id ? has(one, part) : one === part)
            const has = (one, other) => {
              if (Array.isArray(other)) return other.every(part => hasPart(one, part))
              if (typeof other !== "object" || other === null) return one === other
              return Object.entries(other).every(([key, part]) => has(one?.[key], part))
            }
            if (!has(now, full())) failed.push([place, value, "lost"])
            if (localStorage.getItem("plan") !== null) failed.push([place, value, "still there"])
            localStorage.clear()
            site.record.change(record => site.record.replace(record, FULL))
          }
          return failed
        }""".replace("NEW", json.dumps(PARKRUN)),
        [PLACES, VALUES[::3]],
    )
    assert failed == []


def test_what_an_old_version_changed_is_set_aside(plan: Page) -> None:
    theirs = make_record({"id": HOMES, "note": "another", "ways": {"involvement": "new"}}, {"id": STREETS}, removed=[])
    plan.evaluate("text => localStorage.setItem('plan', text)", json.dumps(theirs))
    plan.reload()
    plan.evaluate("site.record.change(() => {})")
    now = read_record(plan)
    ways = {**FULL["items"][0]["ways"], "involvement": "new"}
    assert now["items"] == [{**FULL["items"][0], "ways": ways}, FULL["items"][1], {"id": STREETS, "note": "once"}]
    (aside,) = plan.evaluate("site.aside.list()")
    assert (aside["id"], aside["field"], aside["text"]) == (HOMES, "note", "another")
    assert "plan" not in read_stored(plan)


@pytest.mark.parametrize("address", [f"actions/{HOMES}.html", "shortlist.html"])
def test_an_old_record_is_taken_over_whole(page: Page, root: str, address: str) -> None:
    page.goto(f"{root}/about/gaps.html")
    page.evaluate("text => localStorage.setItem('plan', text)", json.dumps(FULL))
    page.goto(f"{root}/{address}")
    expect(page.locator("[data-plan-link] [data-kept]")).to_have_text("2")
    page.evaluate("site.kept.setStatus('map-public-land', 'done')")
    now = read_record(page)
    items = [FULL["items"][0], {**FULL["items"][1], "status": "done"}]
    assert now == {**now, **FULL, "items": items, "objectives": FULL["objectives"]}
    assert all(key.startswith(PREFIX) for key in read_stored(page))


def test_keys_of_other_pages_are_never_touched(page: Page, root: str, guidance: Guidance) -> None:
    """Not even if they have the names that earlier versions used. Only what is certainly ours is taken over."""
    others = {
        "plan": json.dumps({"format": "floor-plan", "version": 1, "items": [{"id": HOMES}]}),
        "plan-unreadable": "of another page",
        "shortlist": f"{HOMES},milk",
        "note:milk": "two pints",
        "note:": "x",
        "colours": "red",
        "search-key": "f",
        "room": "12",
        "other-site:item:x": "{}",
    }
    page.goto(f"{root}/about/gaps.html")
    page.evaluate("stored => Object.assign(localStorage, stored)", others)
    for address in (f"actions/{HOMES}.html", "shortlist.html"):
        page.goto(f"{root}/{address}")
        expect(page.locator("[data-plan-link] [data-kept]")).to_have_text("0")
        page.evaluate(f"site.kept.add(['{LAND}']); site.kept.setStatus('{LAND}', 'done')")
        page.evaluate(f"site.kept.setStatus('{LAND}', ''); site.kept.remove('{LAND}')")
        stored = read_stored(page)
        assert {key: stored.get(key) for key in others} == others
    page.evaluate(f"site.kept.add(['{STREETS}'])")
    press(page, "clear")
    stored = read_stored(page)
    assert {key: stored.get(key) for key in others} == others
    assert join_record(stored)["items"] == []


def test_the_first_versions_lists_and_notes(page: Page, root: str) -> None:
    page.goto(f"{root}/about/gaps.html")
    old = {
        "shortlist": f"{HOMES},{LAND}",
        f"note:{LAND}": "of land",
        f"note:{STREETS}": "removed",
        "note:milk": "theirs",
    }
    page.evaluate("stored => Object.assign(localStorage, stored)", old)
    page.goto(f"{root}/shortlist.html")
    page.evaluate("site.record.change(() => {})")
    now = read_record(page)
    assert now["items"] == [{"id": HOMES}, {"id": LAND, "note": "of land"}]
    assert now["removed"] == [{"id": STREETS, "note": "removed"}]
    assert {key for key in read_stored(page) if not key.startswith(PREFIX)} == {"note:milk"}


WRITE = """([name, count]) => {
  window.written = (async () => {
    for (let number = 1; number <= count; number++) {
      site.record.change(record => {
        record.items.find(({ id }) => id === name).note = "x".repeat(number)
        site.record.keepItems(record, [`${name}-${number}`])
      })
      await new Promise(resolve => setTimeout(resolve))
    }
  })()
}"""


def test_two_tabs_that_write_at_the_same_time_lose_nothing(context: BrowserContext, online: str) -> None:
    """Each changes actions of its own, as fast as it can. There are no locks on plain http."""
    first, second = context.new_page(), context.new_page()
    open_plan(first, online, make_record({"id": HOMES}, {"id": LAND, "lead": "Ann"}, name="Ours"))
    second.goto(f"{online}/shortlist.html")
    for tab, name in ((first, HOMES), (second, LAND)):
        tab.evaluate(WRITE, [name, 60])
    for tab in (first, second):
        tab.evaluate("() => window.written")
    for tab in (first, second):
        tab.reload()
        now = tab.evaluate("site.record.read()")
        items = {item["id"]: item for item in now["items"]}
        assert items[HOMES] == {"id": HOMES, "note": "x" * 60}
        assert items[LAND] == {"id": LAND, "lead": "Ann", "note": "x" * 60}
        assert {f"{name}-{number}" for name in (HOMES, LAND) for number in range(1, 61)} < set(items)
        assert now["name"] == "Ours"


def test_one_digit_too_many_in_a_year(plan: Page) -> None:
    """Nor after a second slip, nor after both notes of a merge are together too long."""
    for slip in ("202703-03-31", "2027-02-30"):
        plan.evaluate(
            "by => site.record.change(record => { record.items[0].by = by; record.items[1].lead = by })", slip
        )
        plan.reload()
        now = read_record(plan)
        assert now["items"] == [FULL["items"][0], {**FULL["items"][1], "lead": slip}]
    long = "x" * 60_000
    refused = plan.evaluate(
        "text => site.record.change(({ items: [one, two] }) => { one.note = text; two.note = text + text }).refused",
        long,
    )
    assert [(one["id"], one["problem"]) for one in refused] == [(LAND, {"kind": "too-long", "most": MOST})]
    plan.reload()
    assert [item["note"] for item in read_record(plan)["items"]] == [long, "land"]
    assert plan.evaluate("site.aside.list()") == []
    many = [{"id": f"of-theirs-{number}", "note": "x" * 99_000} for number in range(16)]
    (refused,) = plan.evaluate("many => site.record.change(record => record.items.push(...many)).refused", many)
    assert refused["problem"] == {"kind": "too-much", "most": 1_500_000}
    assert len(read_record(plan)["items"]) == 2
