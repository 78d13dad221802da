/* Marks the words that led to this page from a search, until the reader clears that. */
document.addEventListener("DOMContentLoaded", () => {
  const article = document.querySelector("article")
  const wanted = site.words.readQuery((new URLSearchParams(location.search).get("h") ?? "").slice(0, 200))
  const marks = site.words.markAll(article, wanted)
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
