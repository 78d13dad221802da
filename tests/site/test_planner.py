"""The whole task of a planner, from the first click to the report, twice in a row, with each part as it is found."""

import json
import time
from pathlib import Path

import pytest
from docx import Document
from firefox import Firefox
from plan_page import Record, find_field, open_files, open_menu, press, read_record, show, shown_actions
from playwright.sync_api import Browser, Page, expect
from site_pages import choose_clipboard


def download(page: Page, button: str, path: Path) -> Path:
    """Press a button that saves a file, and return the file."""
    with page.expect_download() as saved:
        press(page, button)
    saved.value.save_as(path)
    return path


def plan_a_year(page: Page, home: str, year: int) -> list[str]:
    """Pick four actions in the finder, and fill in what is planned for them. Return their ids."""
    page.goto(f"{home}/index.html")
    page.locator("[data-menu]").click()
    page.locator("#__menu a[href='actions/index.html']").click()
    buttons = page.locator(".item [data-keep][aria-pressed=false]:visible")
    buttons.first.wait_for()
    ids = [button.get_attribute("data-keep") or "" for button in buttons.all()[:4]]
    for id in ids:
        page.locator(f"[data-keep={id}]:visible").first.click()
    page.locator("[data-plan-link]").click()
    page.wait_for_url("**/shortlist.html*")
    show(page, "objectives")
    page.locator("[data-do=add-objective]").click()
    page.keyboard.type(f"Objective of {year}")
    show(page, "actions")
    for number, id in enumerate(ids):
        row = page.locator(f"[data-action={id}]")
        row.locator("[data-field=status]").select_option(["planned", "under-way", "done", "not-yet"][number])
        row.locator("[data-field=objective]").select_option(f"Objective of {year}")
        row.locator("[data-field=lead]").fill(f"Team {number}")
        row.locator("[data-field=by]").fill(f"{year}-03-31")
        find_field(page, id, "evidence").fill(f"- one of {year}\n- two")
        find_field(page, id, "note").fill("ask finance first")
    return ids


@pytest.mark.parametrize("language", ["en", "cy"])
def test_from_the_first_click_to_the_report(
    page: Page, browser: Browser, root: str, language: str, tmp_path: Path
) -> None:
    home = root if language == "en" else f"{root}/cy"
    colleague = browser.new_context()
    files: list[Path] = []
    ids: list[str] = []
    for year in (2027, 2028):
        ids += plan_a_year(page, home, year)
        assert shown_actions(page) == ids
        files.append(download(page, "save", tmp_path / f"{year}.json"))
        copy = download(page, "save-copy", tmp_path / f"copy-{year}.json")
        other = colleague.new_page()
        other.goto(f"{home}/shortlist.html")
        open_files(other, copy)
        if year == 2028:
            other.locator("[data-do=merge]").click()
        other.locator("[data-action]").nth(len(ids) - 1).wait_for()
        assert [item["id"] for item in read_record(other)["items"]] == ids
        assert "finance" not in json.dumps(read_record(other))
        other.close()
        show(page, "report")
        choose_clipboard(page, True)
        press(page, "copy-report")
        expect(page.locator("[data-status]")).not_to_be_empty()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied.count(f"- one of {year}\n- two") == 4
        assert "finance" not in copied
        word = Document(str(download(page, "word", tmp_path / "plan.docx")))
        text = "\n".join(paragraph.text for paragraph in word.paragraphs)
        assert text.count(f"one of {year}") == 4
        assert len(word.tables[0].rows) == len(ids) + 1
        page.emulate_media(media="print")
        printed = page.locator("main").inner_text()
        assert printed.count(f"- one of {year}") == 4
        page.emulate_media(media="screen")
        show(page, "actions")
        page.emulate_media(media="print")
        printed = page.locator("main").inner_text()
        assert printed.count(f"- one of {year}") == 4
        assert "finance" not in printed
        page.emulate_media(media="screen")
    show(page, "compare")
    page.locator("[data-compare-file]").set_input_files(files[0])
    expect(page.locator("[data-compared] h4").first).to_be_visible()
    show(page, "bodies")
    page.locator("[data-bodies-files]").set_input_files(files)
    expect(page.locator("[data-bodies-body] tr").first).to_be_visible()
    open_menu(page)
    assert read_record(page)["items"][0]["note"] == "ask finance first"
    colleague.close()


DO = "(selector => document.querySelector(selector).click())"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_same_in_firefox(online: str, language: str, tmp_path: Path) -> None:
    """Firefox fills in the table, opens a file of a colleague, merges and compares it, and has the draft ready."""
    firefox = Firefox(tmp_path / "profile")
    home = online if language == "en" else f"{online}/cy"
    for round in (1, 2):
        for id in ("empty-homes", "play-streets") if round == 1 else ("food-fridges", "kindness-networks"):
            firefox.open(f"{home}/actions/{id}.html")
            firefox.evaluate(f"{DO}('main [data-keep]')")
        firefox.open(f"{home}/shortlist.html")
        firefox.evaluate(
            """[...document.querySelectorAll("[data-action]")].map((row, number) => {
              row.querySelector("[data-do=edit]").click()
              const values = { status: "done", by: "2027-03-31", lead: "Tŷ", evidence: "one" }
              for (const [name, value] of Object.entries(values)) {
                const field = row.querySelector(`[data-field=${name}]`)
                field.value = value
                field.dispatchEvent(new Event("input", { bubbles: true }))
              }
            }).length"""
        )
        items: list[Record] = firefox.evaluate("site.record.read().items")
        assert len(items) == 2 * round
        assert {(item["status"], item["by"], item["lead"], item["evidence"]) for item in items} == {
            ("done", "2027-03-31", "Tŷ", "one")
        }
        theirs = {"format": "journey-plan", "version": 1, "items": [{"id": "empty-homes", "lead": "Parks"}]}
        give = """(text => {
          const files = new DataTransfer()
          files.items.add(new File([text], "theirs.json"))
          const field = document.querySelector("[data-open]")
          field.files = files.files
          field.dispatchEvent(new Event("change", { bubbles: true }))
        })"""
        firefox.evaluate(f"{give}({json.dumps(json.dumps(theirs))})")
        while firefox.evaluate("document.querySelector('[data-files]').hidden"):
            time.sleep(0.05)
        firefox.evaluate(f"{DO}('[data-do=compare]')")
        assert "Parks" in firefox.evaluate("document.querySelector('[data-compared]').innerText")
        assert firefox.evaluate("location.hash") == "#compare"
        firefox.evaluate(f"{DO}('[data-do=merge]')")
        assert firefox.evaluate("site.record.read().items[0].lead") == "Tŷ"
        firefox.evaluate(f"{DO}('[data-views] a[href=\"#report\"]')")
        draft = firefox.evaluate("document.querySelector('[data-report]').innerText")
        assert draft.count("one") >= 2 * round
    firefox.close()
