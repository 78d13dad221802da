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
    "about/welsh.html",
]
"""One address for each template and each state of a template."""

SIMPLE_ACTIONS = "journeys/cohesive-communities/people-active-in-their-communities/simple.yml"
"""The guidance file that tests edit, inside the project."""

NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined }); document.execCommand = () => false"
"""A script that takes the clipboard away from a browser."""


def choose_clipboard(page: Page, is_there: bool) -> None:
    """Allow the open page to use the clipboard, or take the clipboard away from it."""
    if is_there:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    else:
        page.evaluate(NO_CLIPBOARD)


FIND_RESULTS = """query => {
  const list = document.getElementById("results")
  return list.dataset.query === query.trim() && [...list.querySelectorAll("a")].map(link => link.href)
}"""
"""Returns the links of the results, or false until those for the query are displayed."""

FIND_ALL_RESULTS = f"""async queries => {{
  const findResults = {FIND_RESULTS}
  const field = document.getElementById("query")
  const all = []
  for (const query of queries) {{
    field.value = query
    field.dispatchEvent(new Event("input", {{ bubbles: true }}))
    let results
    while (!(results = findResults(query))) await scheduler.postTask(() => {{}})
    all.push(results)
  }}
  return all
}}"""
"""Returns the links of the results for each query."""


def wait_for_search(page: Page) -> None:
    """Wait until the search, which has the focus and no query, is ready."""
    expect(page.locator("[role=search] [role=status]")).to_have_text("Type to start searching")


def search_site(page: Page, query: str) -> list[str]:
    """Type a query into the search and return the addresses of the first results, best first.

    The addresses are complete, but without anchors and the words to highlight.
    """
    page.locator("#query").fill(query)
    links: list[str] = page.wait_for_function(FIND_RESULTS, arg=query).json_value()
    return [link.split("?")[0].split("#")[0] for link in links]


def search_site_for_all(page: Page, queries: list[str]) -> list[list[str]]:
    """Do the same for many queries. A script enters them, which takes less time than typing each into the field.

    It gets a hundred at a time, so that a slow machine doesn't run out of time.
    """
    all_links: list[list[str]] = []
    for start in range(0, len(queries), 100):
        all_links += page.wait_for_function(FIND_ALL_RESULTS, arg=queries[start : start + 100]).json_value()
    return [[link.split("?")[0].split("#")[0] for link in links] for links in all_links]
