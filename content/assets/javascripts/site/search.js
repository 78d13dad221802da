/* The search's field. What it needs is loaded when the reader first uses it. */

/* Loads the scripts of the search, unless the page has them. */
site.loadSearch = () => site.words ? Promise.resolve()
  : site.data.load(new URL(document.querySelector("[role=search]").dataset.script, location).href)

document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("[role=search]")
  const field = document.getElementById("query")
  // At once, if it can: Escape gives the field the focus and closes the results after that.
  const start = async () => {
    if (!site.searchBox) {
      await site.loadSearch()
      if (!field.value && !box.contains(document.activeElement)) return // the reader has gone on
    }
    site.searchBox?.start()
  }
  field.addEventListener("focus", start)
  field.addEventListener("input", start, { once: true })
  box.addEventListener("submit", event => {
    event.preventDefault()
    start()
  }, { once: true })

  // Back and reload bring back the words and the results.
  const [visit] = performance.getEntriesByType("navigation")
  addEventListener("pageshow", event => {
    if (!event.persisted && !["back_forward", "reload"].includes(visit?.type)) return
    let stored = ""
    try { stored = sessionStorage.getItem(`${site.storage.prefix}search:${location.pathname}`) ?? "" } catch { /* nothing is restored */ }
    if (!stored) return
    field.value = stored
    start()
  })
})
