"""Which pages the browser tests open, and how they use the search in the header of every page."""

from playwright.sync_api import Page, expect

PAGE_OF_EACH_KIND = [
    "index.html",
    "journeys/cohesive-communities.html",
    "topics/people-active-in-their-communities.html",
    "topics/people-active-in-their-communities/ambition.html",
    "topics/connected-communities.html",
    "actions/index.html",
    "shortlist.html",
    "actions/help-a-parkrun-start.html",
    "statutory/index.html",
    "statutory/planning-policy-wales.html",
    "themes/index.html",
    "themes/funding.html",
    "organisations/index.html",
    "organisations/united-welsh.html",
    "case-studies/index.html",
    "case-studies/sara-in-southwick.html",
    "about/sources.html",
    "about/sources/thriving-neighbourhoods-meeting.html",
    "about/gaps.html",
    "about/editing.html",
    "about/offline.html",
]
"""One address for each template and each state of a template."""

SIMPLE_ACTIONS = "journeys/cohesive-communities/people-active-in-their-communities/simple.yml"
"""The guidance file that tests edit, inside the project."""

NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"
"""A script that takes the clipboard away from a browser."""

FIND_RESULTS = """() => {
  const answer = document.querySelector(".md-search-result__meta").textContent
  const links = [...document.querySelectorAll(".md-search-result__item > a")]
  const complete = answer.includes("matching") && links.length >= Math.min(parseInt(answer) || 0, 10)
  return complete && links.map(link => link.href)
}"""
"""Returns the links of the results, or false until the answer and its first ten results are displayed."""


def wait_for_search(page: Page) -> None:
    """Wait until the search, which has the focus, has loaded its index and has no query."""
    expect(page.locator(".md-search-result__meta")).to_have_text("Type to start searching")


def search_site(page: Page, query: str) -> list[str]:
    """Type a query into the search and return the addresses of the first results, best first.

    The addresses are complete, but without anchors and the words to highlight. The theme displays ten results at once,
    and more when the reader scrolls.
    """
    field = page.get_by_placeholder("Search")
    field.fill("")
    field.press("Backspace")  # the theme notices keys only
    wait_for_search(page)
    field.fill(query)
    field.press("End")
    links: list[str] = page.wait_for_function(FIND_RESULTS).json_value()
    return [link.split("?")[0].split("#")[0] for link in links]
