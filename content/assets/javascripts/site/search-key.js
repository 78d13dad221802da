/* The key "/" goes to the search field, unless the reader is writing or has switched it off on the page about accessibility.
   The choice is stored in the browser, or lasts as long as the page. */
document.addEventListener("DOMContentLoaded", () => {
  let choice = ""
  const isOn = () => (site.storage.get("search-key") ?? choice) !== "off"
  const checkbox = document.querySelector("[data-search-key]")
  const showState = () => {
    if (checkbox) checkbox.checked = isOn()
    document.querySelector("[data-search-key-hint]").hidden = !isOn()
  }

  addEventListener("pageshow", showState) // also after Back, and after a browser has filled in the checkbox by itself
  addEventListener("storage", showState) // another tab changed it
  checkbox?.addEventListener("change", () => {
    choice = checkbox.checked ? "on" : "off"
    site.storage.set("search-key", choice)
    showState()
  })

  document.addEventListener("keydown", event => {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
    if (event.target.closest(":read-write, select, dialog, [role=dialog]") || !isOn()) return
    const field = document.getElementById("query")
    event.preventDefault() // the field stays as it was, and Firefox doesn't search in the page
    field.focus()
    field.select()
  })
})
