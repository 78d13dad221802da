/* The search: its field in the header, and another one in the home page. It loads nothing before the reader uses a
   field. */
document.addEventListener("DOMContentLoaded", () => {
  const header = document.querySelector("[role=search]")
  const boxes = [...document.querySelectorAll(".search")]
  let box = header // the part of the page with the field that the reader uses
  let field = document.getElementById("query")
  const panel = document.getElementById("__results")
  const list = document.getElementById("results")
  const statusLine = panel.querySelector("[role=status]")
  const texts = header.dataset
  const SHOWN = 10 // more are shown on demand

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
    try { sessionStorage.setItem(`search:${location.pathname}`, boxes.indexOf(box) + query) } catch { /* then it isn't restored */ }
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
      const more = site.make("button", { type: "button", className: "control", textContent: texts.more })
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
    setOpen(true)
    if (!statusLine.textContent) showMessage(texts.start)
    if (field.value.trim() !== (list.dataset.query ?? "")) showResults()
  }

  /* The results are below the field that the reader uses. */
  const useBox = other => {
    if (other === box) return
    box = other
    field = other.querySelector("input")
    other.append(panel)
  }

  for (const each of boxes) {
    const input = each.querySelector("input")
    input.addEventListener("focus", () => {
      useBox(each)
      start()
    })
    input.addEventListener("input", () => {
      useBox(each)
      setOpen(true)
      if (field.value.trim() !== list.dataset.query) showResults() // a space changes nothing
    })
    each.addEventListener("reset", () => setTimeout(() => {
      useBox(each)
      showResults()
      field.focus()
    }))
    each.addEventListener("submit", async event => {
      event.preventDefault()
      await showResults()
      list.querySelector("a")?.click()
    })
    each.addEventListener("keydown", event => {
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
    each.addEventListener("focusout", event => {
      if (event.relatedTarget && !each.contains(event.relatedTarget)) setOpen(false)
    })
  }
  document.addEventListener("pointerdown", event => {
    if (!box.contains(event.target)) setOpen(false)
  })

  // Back and reload bring back the words and the results.
  const [visit] = performance.getEntriesByType("navigation")
  addEventListener("pageshow", event => {
    if (!event.persisted && !["back_forward", "reload"].includes(visit?.type)) return
    let stored = ""
    try { stored = sessionStorage.getItem(`search:${location.pathname}`) ?? "" } catch { /* nothing is restored */ }
    if (!stored.slice(1)) return
    useBox(boxes[stored[0]])
    field.value = stored.slice(1)
    showResults().then(() => setOpen(true))
  })
})
