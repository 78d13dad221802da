/* Marks the words that led to this page from a search, until the reader clears that. */
document.addEventListener("DOMContentLoaded", async () => {
  const query = (new URLSearchParams(location.search).get("h") ?? "").slice(0, 200)
  if (!query) return
  await site.loadSearch()
  await site.words.load()
  const marks = site.words.markAll(document.querySelector("article"), site.words.readQuery(query))
  const note = document.querySelector("[data-highlighted]")
  if (marks.length) {
    note.hidden = false
    note.querySelector("button").addEventListener("click", () => {
      for (const mark of marks) mark.replaceWith(...mark.childNodes)
      note.hidden = true
      history.replaceState(history.state, "", location.pathname + location.hash)
      document.getElementById("__content").focus()
    })
  }
})
