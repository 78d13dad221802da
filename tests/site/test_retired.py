"""Published addresses keep working: the page of a retired id says so and links to what replaces it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import BuildOnce, copy_project
from playwright.sync_api import Page, expect
from site_html import read_search
from site_pages import SIMPLE_ACTIONS

ADVENTUROUS_ACTIONS = Path(SIMPLE_ACTIONS).with_name("adventurous.yml")
RETIRED = """
- id: food-fridges
  title: Ask whether <b>food fridges</b> would work
  page: actions/food-fridges.html
  reason: Every community has one now.
  replaced_by: [food-brings-communities-together, food]

- id: more-money
  title: More money
  page: journeys/cohesive-communities.html#more-money
  reason: It was never enough.
  replaced_by: [creative-use-of-funds]

- id: neighbours
  title: Neighbours
  page: topics/neighbours.html
  reason: It is two topics now.
  replaced_by: [connected-communities]
"""


@pytest.fixture(scope="module")
def retired_site(tmp_path_factory: pytest.TempPathFactory, build_once: BuildOnce) -> Path:
    """The folder of a site from which an action, an enabler and a topic were retired."""
    project = copy_project(tmp_path_factory.mktemp("retired") / "project")
    blocks = (project / ADVENTUROUS_ACTIONS).read_text(encoding="utf-8").split("\n- id: ")
    kept = [block for block in blocks if not block.startswith("food-fridges\n")]
    assert len(kept) == len(blocks) - 1
    (project / ADVENTUROUS_ACTIONS).write_text("\n- id: ".join(kept), encoding="utf-8")
    (project / "journeys" / "retired.yml").write_text(RETIRED, encoding="utf-8")
    return build_once("retired", project)


@pytest.fixture(scope="module", params=["http", "file"])
def retired_root(request: pytest.FixtureRequest, retired_site: Path, serve: Callable[[Path], str]) -> str:
    """The address of that site's root: once on a server, once as a folder on disk."""
    return serve(retired_site) if request.param == "http" else retired_site.as_uri()


def test_old_addresses_lead_on(retired_root: str, page: Page) -> None:
    root = retired_root
    page.goto(f"{root}/actions/food-fridges.html")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask whether <b>food fridges</b> would work")
    expect(page.get_by_text("This is no longer part of the guidance.")).to_be_visible()
    expect(page.get_by_role("link", name="Neighbours")).to_have_count(0)
    expect(page.get_by_text("Every community has one now.")).to_be_visible()
    page.get_by_role("link", name="Highlight food as a way to bring communities together").click()
    expect(page).to_have_url(f"{root}/actions/food-brings-communities-together.html")

    for grade in ("simple", "adventurous", "ambition"):
        page.goto(f"{root}/topics/neighbours/{grade}.html")
        expect(page.get_by_text("It is two topics now.")).to_be_visible()

    page.goto(f"{root}/journeys/cohesive-communities.html#more-money")
    expect(page.locator("#more-money")).to_be_in_viewport()
    expect(page.locator("#more-money")).to_contain_text("It was never enough.")
    page.locator("#more-money a").click()
    expect(page).to_have_url(f"{root}/journeys/cohesive-communities.html#creative-use-of-funds")


def test_a_mailed_plan_explains_retired_actions(retired_root: str, page: Page) -> None:
    root = retired_root
    page.goto(f"{root}/shortlist.html#ids=food-fridges,play-streets,never-there")
    rows = page.locator(".plan__table > [data-action]:visible")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("This is no longer part of the guidance.")
    expect(rows.first).to_contain_text("Every community has one now.")
    expect(page.get_by_text("The link has actions that are not on this site: never-there.")).to_be_visible()
    rows.first.get_by_role("link", name="Highlight food as a way to bring communities together").click()
    expect(page).to_have_url(f"{root}/actions/food-brings-communities-together.html")


def test_only_its_replacements_link_to_a_retired_page(retired_site: Path) -> None:
    linking = {
        file.stem for file in retired_site.rglob("*.html") if "food-fridges.html" in file.read_text(encoding="utf-8")
    }
    assert sorted(linking) == ["changes", "food", "food-brings-communities-together"]
    assert "food-fridges" not in str(read_search(retired_site))
