/* The menu of narrow screens: a button that shows and hides it, and says so. */
{
  const button = document.querySelector("[data-menu]")
  const menu = document.getElementById("menu")
  const open = is => {
    button.setAttribute("aria-expanded", is)
    menu.toggleAttribute("data-open", is)
  }
  button.addEventListener("click", () => open(button.getAttribute("aria-expanded") === "false"))
  menu.addEventListener("keydown", event => {
    if (event.key === "Escape") {
      open(false)
      button.focus()
    }
  })
}

/* Skipping to the content leaves the address alone: the finder's choices, or a list that was mailed, may stand in it. */
document.querySelector(".skip").addEventListener("click", event => {
  event.preventDefault()
  document.getElementById("content").focus()
})

/* The theme goes to other pages and to the search at single letters. Whoever speaks to the computer would set them off
   without wanting to (WCAG 2.1.4), so they are kept from it outside of fields. */
window.addEventListener("keydown", event => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]")
  if (event.key.length === 1 && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.stopImmediatePropagation()
  }
}, true)

/* The search by keyboard. The theme closes it at Tab, so that results could be reached with arrow keys alone, and at
   Escape it leaves the reader nowhere. Here Tab goes on through the results, leaving the search closes it, and Escape goes
   back to its field. Sending it away would only load the page again: it answers while it is typed. */
{
  const search = document.querySelector("[role=search]")
  const field = document.getElementById("query")
  const open = document.getElementById("__search")
  const close = () => open.checked && open.click()
  window.addEventListener("keydown", event => {
    if (!search.contains(event.target)) return
    if (event.key === "Shift") event.stopImmediatePropagation() // the theme would go back to the field
    if (event.key === "Tab") {
      event.stopImmediatePropagation()
      search.querySelectorAll(".md-search-result a").forEach(link => { link.tabIndex = 0 })
    }
    if (event.key === "Escape") {
      event.stopImmediatePropagation()
      field.focus()
      setTimeout(close, 10) // the theme opens it a moment after its field has focus
    }
  }, true)
  field.addEventListener("input", () => open.checked || open.click())
  search.addEventListener("focusout", event => {
    if (event.relatedTarget && !search.contains(event.relatedTarget)) close()
  })
  document.forms.search.addEventListener("submit", event => event.preventDefault())
}
