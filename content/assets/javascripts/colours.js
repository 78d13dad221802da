/* Light or dark: the reader's own choice, kept in the browser where it keeps things, else what the system says. It runs
   before the page is drawn, so that nothing flashes or moves: the menu of narrow screens is closed from the start. */
{
  const root = document.documentElement
  root.classList.replace("no-js", "js")
  const dark = matchMedia("(prefers-color-scheme: dark)")
  const kept = () => { try { return localStorage.getItem("colours") } catch { return null } }
  const show = () => {
    const isDark = root.dataset.colours ? root.dataset.colours === "dark" : dark.matches
    document.querySelector("button[data-colours]")?.setAttribute("aria-pressed", isDark)
  }

  if (kept()) root.dataset.colours = kept()
  dark.addEventListener("change", show)
  document.addEventListener("DOMContentLoaded", () => {
    show()
    document.querySelector("button[data-colours]").addEventListener("click", event => {
      root.dataset.colours = event.target.getAttribute("aria-pressed") === "true" ? "light" : "dark"
      try { localStorage.setItem("colours", root.dataset.colours) } catch { /* kept for this page only */ }
      show()
    })
  })
}
