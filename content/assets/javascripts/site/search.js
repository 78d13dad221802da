/* The search: its field and its results. It loads nothing before the reader uses the field. */
document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector("[role=search]")
  const field = document.getElementById("query")
  const panel = document.getElementById("__results")
  const list = document.getElementById("results")
  const statusLine = panel.querySelector("[role=status]")
  const texts = box.dataset
  const SHOWN = 10 // more are shown on demand
  const visitKey = `${site.storage.prefix}search:${location.pathname}`

  const makeResult = ({ number, address, title, label }, wanted) => {
    const link = document.createElement("a")
    const url = new URL(address, site.data.root)
    url.search = new URLSearchParams({ h: field.value.trim() })
    link.href = url
    site.words.addMarked(link, title, wanted)
    const excerpt = document.createElement("p")
    site.searchIndex.loadText(number).then(text =>
      site.words.addMarked(excerpt, site.words.findExcerpt(text, wanted), wanted))
    return site.make("li", {}, link, ...label ? [site.make("span", { className: "search__label", innerHTML: label })] : [], excerpt)
  }

  const setOpen = isOpen => { panel.hidden = !isOpen }
  const showMessage = text => {
    // The line is read aloud when its text is set, so it is set only when it changes.
    if (statusLine.textContent !== text) statusLine.textContent = text
  }

  let newest = 0
  const showResults = async (count = SHOWN) => {
    const mine = ++newest
    const query = field.value.trim()
    try { sessionStorage.setItem(visitKey, query) } catch { /* then it isn't restored */ }
    if (!query) {
      list.replaceChildren()
      list.dataset.query = ""
      showMessage(texts.start)
      return
    }
    const found = await site.searchIndex.find(query)
    if (mine !== newest) return // the reader has typed on
    const wanted = site.words.readQuery(query)
    // A reader may already be in the results of the word before its last letter.
    const place = [...list.querySelectorAll("a")].indexOf(document.activeElement)
    list.replaceChildren(...found.slice(0, count).map(result => makeResult(result, wanted)))
    if (place >= 0) (list.querySelectorAll("a")[place] ?? field).focus()
    if (found.length > count) {
      const more = site.make("button", { type: "button", className: "quiet", textContent: texts.more })
      more.addEventListener("click", async () => {
        await showResults(count + 20)
        list.children[count]?.querySelector("a")?.focus()
      })
      list.append(site.make("li", { className: "search__more" }, more))
    }
    list.dataset.query = query
    panel.querySelector("[data-no-results]").hidden = found.length > 0
    showMessage(found.length ? site.countIn(texts.found, found.length) : texts.nothing)
  }

  const start = () => {
    site.words.load()
    setOpen(field.value.trim() || !box.matches(".search--hero")) // there it would cover the examples
    if (!statusLine.textContent) showMessage(texts.start)
    if (field.value.trim() !== (list.dataset.query ?? "")) showResults()
  }

  field.addEventListener("focus", start)
  field.addEventListener("input", () => {
    setOpen(!!field.value.trim())
    if (field.value.trim() !== list.dataset.query) showResults() // a space changes nothing
  })
  box.addEventListener("reset", () => setTimeout(() => {
    showResults()
    field.focus()
  }))
  box.addEventListener("submit", async event => {
    event.preventDefault()
    if (!field.value.trim()) return field.focus()
    await showResults()
    const first = list.querySelector("a")
    // The button shows the results. Enter goes to the first of them.
    if (!event.submitter?.matches(":focus")) return first?.click()
    setOpen(true)
    first?.focus()
  })
  box.addEventListener("keydown", event => {
    if (event.key === "Escape" && !panel.hidden) {
      field.focus()
      setOpen(false)
    }
    const links = [...list.querySelectorAll("a")]
    const steps = { ArrowDown: 1, ArrowUp: -1 }
    if (!(event.key in steps) || !links.length) return
    event.preventDefault()
    setOpen(true)
    const next = links.indexOf(document.activeElement) + steps[event.key]
    ;(links[next] ?? field).focus()
  })
  box.addEventListener("focusout", event => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) setOpen(false)
  })
  document.addEventListener("pointerdown", event => {
    if (!box.contains(event.target)) setOpen(false)
  })

  // Back and reload bring back the words and the results.
  const [visit] = performance.getEntriesByType("navigation")
  addEventListener("pageshow", event => {
    if (!event.persisted && !["back_forward", "reload"].includes(visit?.type)) return
    let stored = ""
    try { stored = sessionStorage.getItem(visitKey) ?? "" } catch { /* nothing is restored */ }
    if (!stored) return
    field.value = stored
    showResults().then(() => setOpen(true))
  })
})
