/* The finder. All actions are in the page, and those that do not match what the reader chose are hidden. The choices are
   in the address after "#", as the form would send them, so that a list can be shared. Any other anchor is a place on
   the page: if it is hidden, all actions are shown. */
{
  const form = document.querySelector(".finder")
  const countLine = document.querySelector("[data-count]")
  const noMatches = document.querySelector("[data-none]")
  const suggestions = noMatches.querySelector("[data-suggest]")
  const moreFilters = form.querySelector("details")
  const statusLine = form.querySelector("[data-status]")

  const { splitWords, findBeginnings, isCommon } = searchData
  /* Returns how the words to look for begin. Common words are left out, unless there are no others. */
  const readQuery = text => {
    const words = splitWords(text)
    const meaningful = words.filter(word => !isCommon(word))
    return (meaningful.length ? meaningful : words).map(findBeginnings)
  }
  /* Returns the words of these parts, each with a space before it, so that a search for " " and letters finds the words
     that begin with them. */
  const readWords = (element, selector) =>
    " " + splitWords([...element.querySelectorAll(selector)].map(part => part.textContent).join(" ")).join(" ")
  const startsWord = (text, beginnings) => beginnings.some(letters => text.includes(" " + letters))

  const items = [...document.querySelectorAll("[data-action]")].map(element => ({
    element,
    text: readWords(element, "a, .official") + " " + splitWords(element.dataset.words).join(" "),
    examples: element.querySelector("details"),
    examplesText: readWords(element, "details :is(.official, .concerns a)"),
  }))

  const readChoices = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()))

  /* An action has to match every filter and every word. Of the values chosen in one filter, one is enough. */
  const matches = (item, choices) => [...new Set(choices.keys())].every(name => {
    if (name === "words") return readQuery(choices.get(name)).every(word => startsWord(item.text, word))
    const values = item.element.getAttribute(`data-${name}`).split(" ")
    return choices.getAll(name).some(value => values.includes(value))
  })

  const showMatches = () => {
    const choices = readChoices()
    const words = readQuery(choices.get("words") ?? "")
    let found = 0
    for (const item of items) {
      item.element.hidden = !matches(item, choices)
      found += !item.element.hidden
      const isInExamples = words.some(word => startsWord(item.examplesText, word))
      // Examples that the reader opened stay open.
      if (isInExamples || item.openedHere) item.examples.open = item.openedHere = isInExamples
    }
    for (const list of document.querySelectorAll(".items")) {
      const title = list.previousElementSibling
      list.hidden = title.hidden = !list.querySelector(".item:not([hidden])")
      const link = document.querySelector(`.contents a[href="#${title.firstElementChild.id}"]`)
      if (link) link.parentElement.hidden = list.hidden
    }
    const count = fillIn(countLine.dataset.count, { count: found, all: items.length })
    // The line is read aloud when its text is set, so it is set only when it changes.
    if (countLine.textContent !== count) countLine.textContent = count
    statusLine.textContent = ""
    form.querySelector("[data-by-hand]").hidden = true
    noMatches.hidden = found > 0
    suggestions.replaceChildren(...found ? [] : makeSuggestions(choices))
  }

  /* Returns a button for each filter without which some actions match. If there is no such filter, returns one button
     that removes all filters. */
  const makeSuggestions = choices => {
    const without = name => {
      const others = new URLSearchParams(choices)
      others.delete(name)
      return others
    }
    const countMatches = others => items.filter(item => matches(item, others)).length
    const removable = [...new Set(choices.keys())].filter(name => countMatches(without(name)))
    if (!removable.length) return [makeSuggestion(new URLSearchParams(), suggestions.dataset.clear)]
    return removable.map(name => {
      const values = { filter: describeFilter(name), count: countMatches(without(name)) }
      return makeSuggestion(without(name), suggestions.dataset.suggest, values)
    })
  }
  const makeSuggestion = (choices, text, values) => {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "control"
    button.textContent = fillIn(text, { ...values, all: items.length })
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

  /* Fills in the form. Choices that the form does not have are ignored. */
  const choose = choices => {
    for (const field of form.elements) {
      const values = choices.getAll(field.name)
      if (field.type === "checkbox") field.checked = values.includes(field.value)
      else if (field.name === "words") field.value = (values[0] ?? "").slice(0, field.maxLength)
      else if (field.name) field.value = [...field.options].find(option => values.includes(option.value))?.value ?? ""
    }
    showMatches()
  }

  const hash = () => String(readChoices()) && `#${readChoices()}`
  const address = () => location.href.split("#")[0] + hash()
  const readAddress = () => {
    const anchor = location.hash.includes("=") ? "" : location.hash.slice(1)
    const place = document.getElementById(anchor)
    if (!place || place.closest("[hidden]")) choose(new URLSearchParams(anchor ? "" : location.hash.slice(1, 5000)))
    moreFilters.open ||= [...moreFilters.querySelectorAll("input, select")].some(field => field.checked ?? field.value)
    if (location.hash !== hash() && (hash() || !anchor)) history.replaceState(null, "", address())
    place?.scrollIntoView()
  }

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
  form.querySelector("[data-copy]").addEventListener("click", async event => {
    statusLine.textContent = await copyText(addressToShare(hash())) ? event.target.dataset.copy : ""
  })
  addEventListener("popstate", readAddress)
  moreFilters.open = matchMedia("(min-width: 40em)").matches
  readAddress()
}
