/* Light or dark: the reader's choice, stored in the browser, or else the system's setting. This runs in the head, before
   the page is drawn, so that no colours flash and the menu of narrow screens is closed from the start. */
{
  const root = document.documentElement
  root.classList.replace("no-js", "js")
  const systemDark = matchMedia("(prefers-color-scheme: dark)")
  const key = `${root.dataset.prefix}colours`
  const readChoice = () => {
    try { return (localStorage.getItem(key) ?? localStorage.getItem("colours"))?.match(/^(light|dark)$/)?.[0] } catch { return null }
  }
  const showState = () => {
    const isDark = root.dataset.colours ? root.dataset.colours === "dark" : systemDark.matches
    for (const button of document.querySelectorAll("button[data-colours]")) button.setAttribute("aria-pressed", isDark)
  }

  if (readChoice()) root.dataset.colours = readChoice()
  systemDark.addEventListener("change", showState)
  addEventListener("storage", event => { // another tab changed it
    if (event.key === key && event.newValue) {
      root.dataset.colours = event.newValue
      showState()
    }
  })
  document.addEventListener("DOMContentLoaded", () => {
    showState()
    document.addEventListener("click", event => {
      if (!event.target.matches("button[data-colours]")) return
      root.dataset.colours = event.target.getAttribute("aria-pressed") === "true" ? "light" : "dark"
      try { localStorage.setItem(key, root.dataset.colours) } catch { /* it lasts as long as this page */ }
      showState()
    })
  })
}
