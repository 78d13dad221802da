/* The button that opens and closes all rows of a list. */
document.addEventListener("click", event => {
  const button = event.target.closest("[data-open-all]")
  if (!button) return
  const isOpen = button.getAttribute("aria-expanded") === "false"
  for (const row of document.querySelectorAll(".item__more")) row.open = isOpen
  button.setAttribute("aria-expanded", isOpen)
  ;[button.textContent, button.dataset.openAll] = [button.dataset.openAll, button.textContent]
})
