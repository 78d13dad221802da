/* The search's results. `search.js` starts them when the reader uses the field, or comes back to the page. */
site.searchBox = (() => {
  const box = document.querySelector("[role=search]")
  const field = document.getElementById("query")
  const panel = document.getElementById("__results")
  const list = document.getElementById("results")
  const statusLine = panel.querySelector("[role=status]")
  const keepTemplate = box.querySelector("template").content
  const texts = box.dataset
  const SHOWN = 10 // more are shown on demand
  const visitKey = `${site.storage.prefix}search:${location.pathname}`

  /* Returns what to say about the results of a query, of which `count` match all of it. */
  const describe = (found, query, count) => {
    const isCorrected = found.query !== query
    const corrected = isCorrected ? site.fillIn(texts.corrected, found) : ""
    if (found.subjects.length) return site.fillIn(texts.subject, { subject: found.subjects.join(", ") })
    const counted = site.countIn(texts.found, count)
    if (count) return `${corrected} ${found.results.length > count ? site.fillIn(texts.then, { counted }) : counted}`.trim()
    return `${corrected} ${found.results.length ? texts.partly : texts.nothing}`.trim()
  }

  /* Shows a button that looks for the query as it was typed, if a word of it was corrected. */
  const offerTyped = (button, found, query, search) => {
    button.parentElement.hidden = found.query === query
    button.textContent = site.fillIn(texts.instead, { query })
    button.onclick = search
  }

  const makeResult = ({ number, address, title, label, why }, { wanted, query }) => {
    const link = document.createElement("a")
    const url = new URL(address, site.data.root)
    url.search = new URLSearchParams({ h: query })
    link.href = url
    site.words.addMarked(link, title, wanted)
    const excerpt = site.make("p", { textContent: why ?? "" })
    if (!why) {
      site.searchIndex.loadText(number).then(text =>
        site.words.addMarked(excerpt, site.words.findExcerpt(text, wanted), wanted))
    }
    const result = site.make("li", {}, link, ...label ? [site.make("span", { className: "search__label", innerHTML: label })] : [], excerpt)
    const [, keep] = address.match(/^actions\/(.+)\.html$/) ?? []
    if (keep && keep !== "index") {
      const button = keepTemplate.cloneNode(true)
      Object.assign(button.querySelector("button").dataset, { keep, title: site.words.readLine(title).text })
      result.append(button)
    }
    return result
  }

  const setOpen = isOpen => { panel.hidden = !isOpen }
  const showMessage = text => {
    // The line is read aloud when its text is set, so it is set only when it changes.
    if (statusLine.textContent !== text) statusLine.textContent = text
  }

  let newest = 0
  let best // the first of the results, if it answers all of the query as it was typed
  let exact // the query that the reader wants as it was typed
  const showResults = async (count = SHOWN) => {
    const mine = ++newest
    const query = field.value.trim()
    try { sessionStorage.setItem(visitKey, query) } catch { /* then it isn't restored */ }
    const found = query ? await site.searchIndex.find(query, query === exact) : { results: [], subjects: [], query }
    if (mine !== newest) return // the reader has typed on
    const { results } = found
    // A reader may already be in the results of the word before its last letter.
    const place = [...list.querySelectorAll("a")].indexOf(document.activeElement)
    list.replaceChildren(...results.slice(0, count).map(result => makeResult(result, found)))
    if (place >= 0) (list.querySelectorAll("a")[place] ?? field).focus()
    const others = results.findLastIndex(({ isFull, why }) => isFull || why) + 1
    if (others) list.children[others]?.before(site.make("li", { className: "search__status", textContent: texts.others }))
    if (results.length > count) {
      const more = site.make("button", { type: "button", className: "quiet", textContent: texts.more })
      more.addEventListener("click", async () => {
        await showResults(count + 20)
        list.querySelectorAll("li > a")[count]?.focus()
      })
      list.append(site.make("li", { className: "search__more" }, more))
    }
    list.dataset.query = query
    best = results[0]?.isFull && found.query === query ? list.querySelector("a") : null
    panel.querySelector("[data-no-results]").hidden = !query || results.length > 0
    const all = panel.querySelector("[data-all-actions]")
    all.parentElement.hidden = !list.querySelector("[data-keep]")
    all.hash = new URLSearchParams({ words: query })
    offerTyped(panel.querySelector("[data-typed]"), found, query, () => {
      exact = query
      showResults()
      field.focus()
    })
    showMessage(query ? describe(found, query, results.filter(({ isFull }) => isFull).length) : texts.start)
    site.keepButtons.update()
  }

  const start = () => {
    site.words.load()
    setOpen(field.value.trim() || !box.matches(".search--hero")) // there it would cover the examples
    if (!statusLine.textContent) showMessage(texts.start)
    if (field.value.trim() !== (list.dataset.query ?? "")) showResults()
  }

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
    // The button shows the results. Enter goes to the first of them, if it surely is what the reader looks for.
    if (best && !event.submitter?.matches(":focus")) return best.click()
    setOpen(true)
    list.querySelector("a")?.focus()
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

  return { start, describe, offerTyped }
})()
