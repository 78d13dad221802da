/* The search: its field in the header, and another one in the home page. It loads nothing before the reader uses a
   field. Its data are scripts that call searchData, so that it also works on a page opened from a folder. `search.py`
   writes them. */

const searchData = (() => {
  const root = new URL("../../", document.currentScript.src)
  const header = document.querySelector("[role=search]")
  let box = header // the part of the page with the field that the reader uses
  let field = document.getElementById("query")
  const panel = document.getElementById("__results")
  const list = document.getElementById("results")
  const statusLine = panel.querySelector("[role=status]")
  const texts = header.dataset
  const CHUNK = 32 // as in search.py
  const SHOWN = 10 // more are shown on demand

  /* --- Data ---------------------------------------------------------------------------------------------------- */

  const loaded = new Map()
  const waiting = new Map()
  const receive = (name, data) => loaded.set(name, data)
  const load = name => {
    if (!waiting.has(name)) {
      waiting.set(name, new Promise(resolve => {
        const script = document.createElement("script")
        script.src = new URL(`search/${name}.js`, root)
        script.onload = script.onerror = () => resolve(loaded.get(name))
        document.head.append(script)
      }))
    }
    return waiting.get(name)
  }

  /* Returns the documents with a word, and what the word counts in each, from the text that search.py writes. */
  const decode = text => {
    const places = []
    let number = 0
    for (const [, distance, weight] of text.matchAll(/(\d*)\.(\d+)/g)) {
      number += distance ? Number(distance) : 1
      places.push([number, Number(weight)])
    }
    return places
  }

  /* --- Words --------------------------------------------------------------------------------------------------- */

  const COMMON_WORDS = new Set(
    `a about all am an and any anyone anything are around as at be been being between but by can could did do does doing
    done each else every everyone for from get gets getting give gives go good got had has have having help helps how i if
    in into is it its just know like look make makes making many may me more most much must my near need needs new no not
    of off on one or our out over own people please say see shall she should show so some someone something tell than
    that the their them there these they thing things this those to too up us use used using very want wants was way ways
    we were what when where whether which who whom whose why will with without would you your`.split(/\s+/))

  const unifySpelling = word => word.replace(/is(?=(e|es|ed|ing|er|ation)s?$)/, "iz").replace(/([a-z]{3})our(?=s?$)/, "$1or")
  const simplify = text => text.toLowerCase().replace(/['’]/g, "").normalize("NFD").replace(/[\u0300-\u036f]/g, "")
  const splitWords = text => (simplify(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(unifySpelling)

  /* Returns how a word and its other forms begin: volunteers also finds volunteering, and party finds parties. */
  const findBeginnings = word => {
    if (/^\w{1,3}[^aeious]s$/.test(word)) return [word.slice(0, -1)] // GPs, PSBs
    if (word.length < 5) return [word]
    const withY = word.match(/^(.*[^aeiou])(?:y|ies)$/)
    if (withY) return [`${withY[1]}y`, `${withY[1]}ie`]
    if (/(ch|sh|x|ss)es$/.test(word)) return [word.slice(0, -2)]
    if (/[^su]s$/.test(word)) return [word.slice(0, -1)]
    if (/..[^aeiou]{1,2}ing$/.test(word)) return [word.slice(0, -3)]
    return [word]
  }

  /* Whether two words differ by one letter: added, left out, replaced, or swapped with its neighbour. */
  const isTypingError = (one, other) => {
    if (Math.abs(one.length - other.length) > 1) return false
    let at = 0
    while (at < one.length && one[at] === other[at]) at++
    const [a, b] = [one.slice(at), other.slice(at)]
    return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) ||
      (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  }

  /* Returns what a word of the vocabulary counts for a word of the query: 1 for the same word, 0 for none. */
  const compare = (wanted, word) => {
    if (word === wanted) return 1
    const beginning = findBeginnings(wanted).find(one => word.startsWith(one))
    if (word === beginning) return 0.95
    return beginning?.length >= 3 ? 0.5 + 0.4 * beginning.length / word.length : 0
  }

  /* Returns the documents that match a word of the query, each with what the word counts there. */
  const findWord = async wanted => {
    const words = await load(`words-${wanted.codePointAt(0)}`) ?? {}
    let found = Object.keys(words).map(word => [word, compare(wanted, word)]).filter(([, factor]) => factor)
    if (!found.length && wanted.length >= 5) {
      found = Object.keys(words).filter(word => isTypingError(wanted, word) ||
        (word.length > wanted.length && isTypingError(wanted, word.slice(0, wanted.length)))).map(word => [word, 0.3])
    }
    const counts = new Map()
    for (const [word, factor] of found) {
      for (const [number, weight] of decode(words[word])) {
        const count = factor * (weight >= 8 ? 8 : 0) + factor * (weight >= 16 ? 4 : 0) + factor * Math.log(1 + weight % 8)
        counts.set(number, Math.max(counts.get(number) ?? 0, count))
      }
    }
    return counts
  }

  /* Returns the documents that match a query, the best first. Those that match all words come before the others. */
  const find = async query => {
    const pages = await load("pages") ?? []
    const pasted = query.match(/([a-z0-9-]+)\.html/)
    const all = [...new Set(splitWords(query))]
    const meaningful = all.filter(word => !COMMON_WORDS.has(word))
    const wanted = meaningful.length ? meaningful : all
    const counts = await Promise.all(wanted.map(findWord))
    // Two words can be one word on a page: place making, placemaking.
    for (const [position, word] of all.slice(1).entries()) {
      const [before, joined] = [all[position], all[position] + word]
      const places = (await load(`words-${joined.codePointAt(0)}`))?.[joined]
      for (const [number, weight] of places ? decode(places) : []) {
        for (const part of [before, word].filter(one => wanted.includes(one))) {
          const count = counts[wanted.indexOf(part)]
          count.set(number, Math.max(count.get(number) ?? 0, weight >= 8 ? 12 : 3))
        }
      }
    }
    const scores = new Map()
    for (const count of counts) {
      const rarity = Math.log(1 + pages.length / (1 + count.size))
      for (const [number, value] of count) {
        const [matched, score] = scores.get(number) ?? [0, 0]
        scores.set(number, [matched + 1, score + value * rarity])
      }
    }
    const phrase = splitWords(query).join(" ")
    const rank = ([number, [matched, score]]) => {
      const [address, title, , boost] = pages[number]
      const words = splitWords(title).join(" ")
      const isTitle = words === phrase || (pasted && address.endsWith(`${pasted[1]}.html`))
      const isSection = address.includes("#")
      const bonus = ` ${words} `.includes(` ${phrase} `) ? 20 : 0
      const start = !isSection && `${words} `.startsWith(`${phrase} `) ? 30 : 0
      return [isTitle && !isSection ? 1 : 0, matched, (score + bonus) * boost * (isSection ? 0.6 : 1) + start, number]
    }
    return [...scores].map(rank)
      .sort((a, b) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2] || a[3] - b[3])
      .map(([, , , number]) => ({ number, address: pages[number][0], title: pages[number][1], label: pages[number][2] }))
  }

  /* --- Results ------------------------------------------------------------------------------------------------- */

  /* Adds a text to an element, with the words of the query marked. */
  const addMarked = (element, text, wanted) => {
    for (const piece of text.split(/([\p{L}\p{N}'’]+)/u)) {
      const isWanted = splitWords(piece).some(word => wanted.some(one => compare(one, word)))
      element.append(isWanted ? Object.assign(document.createElement("mark"), { textContent: piece }) : piece)
    }
  }

  /* Returns the line of a text with most words of the query, shortened around the first of them. */
  const findExcerpt = (text, wanted) => {
    const count = line => {
      const words = splitWords(line)
      return wanted.filter(one => words.some(word => compare(one, word))).length
    }
    const lines = text.split("\n")
    const best = lines.reduce((best, line) => count(line) > count(best) ? line : best, lines[0] ?? "")
    if (best.length < 200) return best
    const words = best.split(" ")
    const at = Math.max(0, words.findIndex(word => count(word)) - 12)
    return (at ? "… " : "") + words.slice(at, at + 30).join(" ") + (words.length > at + 30 ? " …" : "")
  }

  const makeResult = ({ number, address, title, label }, wanted) => {
    const item = document.createElement("li")
    const link = document.createElement("a")
    const url = new URL(address, root)
    url.search = new URLSearchParams({ h: field.value.trim() })
    link.href = url
    addMarked(link, title, wanted)
    item.append(link)
    if (label) item.append(Object.assign(document.createElement("span"), { className: "search__label", textContent: label }))
    const excerpt = document.createElement("p")
    item.append(excerpt)
    load(`text-${Math.floor(number / CHUNK)}`).then(chunk =>
      addMarked(excerpt, findExcerpt(chunk?.[number % CHUNK] ?? "", wanted), wanted))
    return item
  }

  const setOpen = isOpen => { panel.hidden = !isOpen }
  const setStatus = text => {
    // The line is read aloud when its text is set, so it is set only when it changes.
    if (statusLine.textContent !== text) statusLine.textContent = text
  }

  let newest = 0
  const showResults = async (count = SHOWN) => {
    const mine = ++newest
    const query = field.value.trim()
    try { sessionStorage.setItem(`search:${location.pathname}`, query) } catch { /* then it isn't restored */ }
    if (!query) {
      list.replaceChildren()
      list.dataset.query = ""
      setStatus(texts.start)
      return
    }
    const found = await find(query)
    if (mine !== newest) return // the reader has typed on
    const wanted = splitWords(query).filter((word, _, all) => !COMMON_WORDS.has(word) || all.every(one => COMMON_WORDS.has(one)))
    // A reader may already be in the results of the word before its last letter.
    const place = [...list.querySelectorAll("a")].indexOf(document.activeElement)
    list.replaceChildren(...found.slice(0, count).map(result => makeResult(result, wanted)))
    if (place >= 0) (list.querySelectorAll("a")[place] ?? field).focus()
    if (found.length > count) {
      const more = Object.assign(document.createElement("button"), { type: "button", className: "control", textContent: texts.more })
      more.addEventListener("click", async () => {
        await showResults(count + 20)
        list.children[count]?.querySelector("a")?.focus()
      })
      list.append(Object.assign(document.createElement("li"), { className: "search__more" }))
      list.lastChild.append(more)
    }
    list.dataset.query = query
    panel.querySelector("[data-no-results]").hidden = found.length > 0
    setStatus(found.length === 1 ? texts.one : found.length ? fillIn(texts.many, { count: found.length }) : texts.nothing)
  }

  const start = () => {
    load("pages")
    setOpen(true)
    if (!statusLine.textContent) setStatus(texts.start)
    if (field.value.trim() !== (list.dataset.query ?? "")) showResults()
  }

  /* The results are below the field that the reader uses. */
  const useBox = other => {
    if (other === box) return
    box = other
    field = other.querySelector("input")
    other.append(panel)
  }

  for (const each of document.querySelectorAll(".search")) {
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
    let query = ""
    try { query = sessionStorage.getItem(`search:${location.pathname}`) ?? "" } catch { /* nothing is restored */ }
    if (!query) return
    field.value = query
    showResults().then(() => setOpen(true))
  })

  /* --- The words that led to this page ------------------------------------------------------------------------- */

  const arrivedBy = new URLSearchParams(location.search).get("h")
  const wanted = arrivedBy ? splitWords(arrivedBy.slice(0, 200)).filter(word => !COMMON_WORDS.has(word)) : []
  const article = document.querySelector("article")
  if (wanted.length && article) {
    const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT, node =>
      node.parentElement.closest("script, form, textarea, mark, svg") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT)
    const nodes = []
    while (walker.nextNode()) nodes.push(walker.currentNode)
    for (const node of nodes) {
      const parts = document.createDocumentFragment()
      addMarked(parts, node.textContent, wanted)
      if (parts.querySelector("mark")) node.replaceWith(parts)
    }
    const marks = article.querySelectorAll("mark")
    const note = document.querySelector("[data-highlighted]")
    if (marks.length) {
      note.hidden = false
      note.querySelector("button").addEventListener("click", () => {
        for (const mark of marks) mark.replaceWith(...mark.childNodes)
        note.hidden = true
        history.replaceState(history.state, "", location.pathname + location.hash)
        document.getElementById("__content").focus()
      })
    }
  }

  // The finder compares words in the same way.
  return Object.assign(receive, { splitWords, findBeginnings, isCommon: word => COMMON_WORDS.has(word) })
})()
