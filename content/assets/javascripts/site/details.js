/* Details that open and close: a button opens and closes all rows of a list, and a link into closed details opens them. */
document.addEventListener("click", event => {
  const button = event.target.closest("[data-open-all]")
  if (!button) return
  const isOpen = button.getAttribute("aria-expanded") === "false"
  for (const row of document.querySelectorAll(".item__more")) row.open = isOpen
  button.setAttribute("aria-expanded", isOpen)
  ;[button.textContent, button.dataset.openAll] = [button.dataset.openAll, button.textContent]
})
{
  const openPlace = () => {
    const details = document.getElementById(location.hash.slice(1))?.closest("details:not([open])")
    if (!details) return
    details.open = true
    details.scrollIntoView()
  }
  addEventListener("hashchange", openPlace)
  document.addEventListener("DOMContentLoaded", openPlace)
}
