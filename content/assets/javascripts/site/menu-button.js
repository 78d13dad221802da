/* The button that shows and hides the menu on narrow screens, and tells screen readers which of the two it did. */
{
  const button = document.querySelector("[data-menu]")
  const menu = document.getElementById("__menu")
  const setOpen = isOpen => {
    button.setAttribute("aria-expanded", isOpen)
    menu.toggleAttribute("data-open", isOpen)
  }

  button.addEventListener("click", () => setOpen(button.getAttribute("aria-expanded") === "false"))
  menu.addEventListener("keydown", event => {
    if (event.key === "Escape") {
      setOpen(false)
      button.focus()
    }
  })
}
