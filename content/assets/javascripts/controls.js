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

/* The theme goes to other pages and to the search at single letters. Whoever speaks to the computer would set them off
   without wanting to (WCAG 2.1.4), so they are kept from it outside of fields. */
window.addEventListener("keydown", event => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]")
  if (event.key.length === 1 && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.stopImmediatePropagation()
  }
}, true)

/* A search answers while it is typed; sending it away would load the page again. */
document.querySelector("form[name=search]").addEventListener("submit", event => event.preventDefault())
