/* The finder shows the actions that match what the reader chose. The choices are in the address after "#", as the form
   would send them, so that a list can be shared. Any other anchor is a place on the page: if it is hidden, all actions
   are shown. */
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector(".finder")
  const countLine = document.querySelector("[data-count]")
  const noMatches = document.querySelector("[data-none]")
  const suggestions = noMatches.querySelector("[data-suggest]")
  const folds = [...form.querySelectorAll("details")] // all filters, which have a column of their own on wide screens, and rare ones
  const statusLine = document.querySelector("[data-status]")
  const foundLine = document.querySelector("[data-how]")
  const closestList = document.querySelector("[data-closest]")
  const typedButton = document.querySelector(".found [data-typed]")
  const byHand = document.querySelector("[data-by-hand]")
  const keepButton = document.querySelector("[data-keep-these]")
  const saveButton = document.querySelector("[data-save]")
  const moreTemplate = document.querySelector("[data-unopened]").content
  const actions = site.actions.all
  const OPEN = 100 // how many rows are shown at once; readers open the groups after that one by one

  const groups = [...document.querySelectorAll(".items")].map(list => ({
    list,
    title: list.previousElementSibling,
    actions: actions.filter(({ topic, grade }) => topic === list.dataset.topic && grade === list.dataset.grade),
  }))

  /* --- What matches -------------------------------------------------------------------------------------------- */

  const readChoices = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()))
  const valuesOf = (action, name) => [action[name] ?? []].flat()

  /* Returns what the search finds. `actions` are those that match all words, each with the number of its text, and `closest`
     the others if there are none. */
  const findByWords = async words => {
    const found = await site.searchIndex.find(words, words === exact)
    const results = found.results.map(result => ({ ...result, id: result.address.match(/^actions\/(.+)\.html$/)?.[1] }))
      .filter(({ id }) => site.actions.has(id))
    const full = results.filter(({ isFull }) => isFull)
    return { ...found, actions: new Map(full.map(({ id, number }) => [id, number])), closest: full.length ? [] : results.slice(0, results.findLastIndex(({ why }) => why) + 1 || 10) }
  }

  /* Says which words were corrected and, if no action has all words, which actions come closest. */
  const showHow = (found, words) => {
    const { closest = [], query, actions } = found ?? {}
    const isPlain = !found || (query === words && (actions.size || !found.results.length))
    foundLine.textContent = isPlain ? "" : site.searchBox.describe({ ...found, results: closest }, words, actions.size)
    closestList.replaceChildren(...closest.map(({ id }) => site.make("li", {}, site.actions.markLanguage(
      site.make("a", { href: site.actions.addressOf(id), textContent: site.actions.get(id).title }), site.actions.get(id).title))))
    closestList.hidden = !closest.length
    site.searchBox.offerTyped(typedButton, found ?? { query: words }, words, () => {
      exact = words
      showMatches()
    })
  }

  /* Returns the filters that an action doesn't pass. It passes a filter if it has any of the values chosen there. */
  const findObstacles = (action, choices, found) => [...new Set(choices.keys())].filter(name => {
    if (name === "words") return found && !found.actions.has(action.id)
    const values = valuesOf(action, name)
    return !choices.getAll(name).some(value => values.includes(value))
  })

  /* --- What is shown ------------------------------------------------------------------------------------------- */

  const rows = new Map()
  let shown = [] // the ids of the actions that match
  let wanted = [] // the words that are marked
  let newest = 0
  let exact // the words that the reader wants as they were typed

  const getRow = id => {
    if (!rows.has(id)) {
      const action = site.actions.get(id)
      const row = site.actions.makeRow(id, site.actions.namesOf(action, "theme"))
      row.querySelector("details").addEventListener("toggle", () => showWording(row))
      rows.set(id, row)
    }
    return rows.get(id)
  }

  const showWording = async row => {
    const wording = row.querySelector("[data-wording]")
    if (!row.querySelector("details").open) return
    await site.actions.showWording(row.dataset.action, wording)
    site.words.markAll(wording, wanted)
  }

  /* Marks the words in a row. If the title doesn't have them all, the row shows the sentence with most of them. */
  const markRow = async (row, number) => {
    const words = wanted
    const link = row.querySelector("h3 a")
    const title = link.textContent
    link.replaceChildren()
    site.words.addMarkedText(link, title, words, link.lang || site.language)
    showWording(row)
    const excerpt = row.querySelector(".item__found")
    excerpt.hidden = !words.length || site.words.hasAll(title, words)
    excerpt.replaceChildren()
    if (excerpt.hidden) return
    const text = await site.searchIndex.loadText(number)
    if (words !== wanted) return // the reader has typed on
    excerpt.replaceChildren()
    site.words.addMarked(excerpt, site.words.findExcerpt(text, words), words)
  }

  const showGroups = found => {
    const matching = new Set(shown)
    let count = 0
    for (const { list, title, actions } of groups) {
      const ids = actions.map(({ id }) => id).filter(id => matching.has(id))
      list.hidden = title.hidden = !ids.length
      const showRows = () => {
        list.replaceChildren(...ids.map(getRow))
        for (const id of ids) if (found || rows.get(id).matches(":has(mark)")) markRow(rows.get(id), found?.actions.get(id))
      }
      if (count < OPEN || ids.length <= 1) {
        showRows()
      } else {
        const more = moreTemplate.cloneNode(true)
        const button = more.querySelector("button")
        button.textContent = site.fillIn(button.dataset.words, { count: ids.length })
        button.addEventListener("click", () => {
          showRows()
          site.keepButtons.update()
          list.querySelector("a").focus()
        })
        list.replaceChildren(more)
      }
      count += ids.length
    }
    site.keepButtons.update()
  }

  /* Shows how many actions each choice would leave. */
  const showCounts = obstacles => {
    const counts = new Map()
    for (const [action, names] of obstacles) {
      if (names.length > 1) continue
      for (const name of names.length ? names : fieldNames) {
        for (const value of valuesOf(action, name)) {
          const key = `${name}=${value}`
          counts.set(key, (counts.get(key) ?? 0) + 1)
        }
      }
    }
    for (const { name, value, element } of choiceLabels) {
      const text = element.textContent.replace(/\(\d+\)$/, `(${counts.get(`${name}=${value}`) ?? 0})`)
      if (element.textContent !== text) element.textContent = text
    }
  }
  const fieldNames = [...new Set([...form.elements].map(field => field.name))].filter(name => name && name !== "words")
  const choiceLabels = [...form.elements].filter(({ name }) => fieldNames.includes(name)).flatMap(field =>
    field.options ? [...field.options].filter(({ value }) => value).map(option =>
      ({ name: field.name, value: option.value, element: option }))
      : [{ name: field.name, value: field.value, element: field.labels[0].lastElementChild }])

  const showMatches = async () => {
    const mine = ++newest
    const choices = readChoices()
    const words = choices.get("words")?.trim()
    form.toggleAttribute("data-busy", !!words)
    const found = words ? await findByWords(words) : null
    if (mine !== newest) return // the reader has chosen something else
    form.removeAttribute("data-busy")
    wanted = found?.wanted ?? []
    showHow(found, words)
    const obstacles = actions.map(action => [action, findObstacles(action, choices, found)])
    shown = obstacles.filter(([, names]) => !names.length).map(([{ id }]) => id)
    showGroups(found)
    showCounts(obstacles)
    form.toggleAttribute("data-ready", true)
    const count = site.fillIn(countLine.dataset.count, { count: shown.length, all: actions.length })
    // The line is read aloud when its text is set, so it is set only when it changes.
    if (countLine.textContent !== count) countLine.textContent = count
    statusLine.textContent = ""
    byHand.hidden = true
    saveButton.hidden = !shown.length
    keepButton.hidden = shown.length < 2
    keepButton.lastElementChild.textContent = site.fillIn(keepButton.dataset.keepThese, { count: shown.length })
    noMatches.hidden = shown.length > 0
    suggestions.replaceChildren(...shown.length ? [] : makeSuggestions(choices, obstacles))
  }

  /* Returns a button for each filter that, once removed, leaves some actions. If there is none, returns one button that removes all filters. */
  const makeSuggestions = (choices, obstacles) => {
    const countWithout = name => obstacles.filter(([, names]) => names.every(other => other === name)).length
    const removable = [...new Set(choices.keys())].filter(countWithout)
    if (!removable.length) return [makeSuggestion(new URLSearchParams(), suggestions.dataset.clear)]
    return removable.map(name => {
      const others = new URLSearchParams(choices)
      others.delete(name)
      return makeSuggestion(others, suggestions.dataset.suggest, { filter: describeFilter(name), count: countWithout(name) })
    })
  }
  const makeSuggestion = (choices, text, values) => {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "quiet"
    button.textContent = site.fillIn(text, { ...values, all: actions.length })
    button.addEventListener("click", () => {
      choose(choices)
      history.pushState(null, "", address())
      countLine.focus()
    })
    return button
  }

  /* Returns what is chosen in a filter, in the words of the form, without the counts after them. */
  const describeFilter = name => [...form.elements].filter(field => field.name === name).flatMap(field => {
    if (field.type === "checkbox" && !field.checked) return []
    if (field.name === "words") return field.value
    return (field.selectedOptions ?? field.labels)[0].textContent.replace(/\(\d+\)/, "")
  }).map(label => label.trim()).join(", ")

  /* --- The address --------------------------------------------------------------------------------------------- */

  /* Fills in the form. Choices that the form does not have are ignored. */
  const choose = choices => {
    for (const field of form.elements) {
      const values = choices.getAll(field.name)
      if (field.type === "checkbox") field.checked = values.includes(field.value)
      else if (field.name === "words") field.value = (values[0] ?? "").slice(0, field.maxLength)
      else if (field.name) field.value = [...field.options].find(option => values.includes(option.value))?.value ?? ""
    }
    return showMatches()
  }

  const hash = () => String(readChoices()) && `#${readChoices()}`
  const address = () => location.href.split("#")[0] + hash()
  const readAddress = async () => {
    const anchor = location.hash.includes("=") ? "" : location.hash.slice(1)
    const place = document.getElementById(anchor)
    const isShown = place && shown.length && !place.closest("[hidden]")
    const done = isShown ? null : choose(new URLSearchParams(anchor ? "" : location.hash.slice(1, 5000)))
    for (const fold of folds) fold.open ||= [...fold.querySelectorAll("input, select")].some(field => field.checked ?? field.value)
    if (location.hash !== hash() && (hash() || !anchor)) history.replaceState(null, "", address())
    await done
    place?.scrollIntoView()
  }

  /* --- What the reader does ------------------------------------------------------------------------------------ */

  let typingPause
  form.addEventListener("input", event => {
    clearTimeout(typingPause)
    const isTyping = event.target.name === "words"
    const update = () => {
      showMatches()
      // Back goes to the choice before, not to every word on the way.
      history[isTyping ? "replaceState" : "pushState"](null, "", address())
    }
    if (isTyping) typingPause = setTimeout(update, 250)
    else update()
  })
  // A reader may follow a link before the pause is over.
  form.addEventListener("change", () => history.replaceState(null, "", address()))
  form.addEventListener("reset", event => {
    event.preventDefault()
    clearTimeout(typingPause)
    choose(new URLSearchParams())
    history.pushState(null, "", address())
  })
  form.addEventListener("submit", event => event.preventDefault())
  document.querySelector("[data-copy]").addEventListener("click", async event => {
    statusLine.textContent = await site.sharing.copyText(site.sharing.addressToShare(hash())) ? event.target.dataset.copy : ""
  })
  saveButton.addEventListener("click", async () => {
    const [names, ...rows] = [saveButton.dataset.save.split("|"), ...await site.table.makeRows(shown)]
    const { goal } = saveButton.dataset // the name of its column, before that of the topic; only if there are several goals
    const addGoal = (row, cell) => goal ? [...row.slice(0, 4), cell, ...row.slice(4)] : row
    const goalOf = id => site.actions.namesOf(site.actions.get(id), "journey").join(", ")
    site.table.save([addGoal(names, goal), ...rows.map((row, place) => addGoal(row, goalOf(shown[place])))], "actions.csv")
  })
  keepButton.addEventListener("click", () => {
    if (!site.keepButtons.keep(shown, keepButton)) return
    statusLine.textContent = site.fillIn(keepButton.dataset.message, { count: shown.length })
  })
  addEventListener("popstate", readAddress)
  const wide = matchMedia("(min-width: 68.75em)")
  const openFilters = () => { folds[0].open ||= wide.matches }
  wide.addEventListener("change", openFilters)
  openFilters()
  readAddress()
})
