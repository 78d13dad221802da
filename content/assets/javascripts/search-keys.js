/* The search by keyboard. The theme closes the results at Tab, so that only arrow keys reach them, and at Escape it
   leaves the focus nowhere. Here, Tab moves through the results, leaving the search closes them, and Escape goes back to
   the field. The form is never sent: results appear while people type, and sending would only load the page again. */
{
  const search = document.querySelector("[role=search]")
  const field = document.getElementById("query")
  const openState = document.getElementById("__search") // the theme's checkbox: checked while the results are open
  const openResults = () => openState.checked || openState.click()
  const closeResults = () => openState.checked && openState.click()

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
      setTimeout(closeResults, 10) // the theme opens the results a moment after the field receives focus
    }
  }, true)
  field.addEventListener("input", openResults)
  search.addEventListener("focusout", event => {
    if (event.relatedTarget && !search.contains(event.relatedTarget)) closeResults()
  })
  document.forms.search.addEventListener("submit", event => event.preventDefault())
}
