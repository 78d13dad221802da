/* The actions of the guidance, from the data that `action_list.py` writes, and rows of them for the finder and the plan.
   The rows are made from the page's <template>, so that these pages open quickly however many actions there are. */
site.actions = (() => {
  const { actions, retired, foreign, chunk, ...others } = site.data.get("actions/list")
  const template = document.querySelector("[data-row]").content
  const retiredIds = new Set(retired.map(({ id }) => id))
  const entries = new Map([...actions, ...retired].map((entry, number) => [entry.id, { ...entry, number }]))
  const languages = new Map(Object.entries(foreign))

  /* Marks an element with the language of the words in it, if that isn't the page's. */
  const markLanguage = (element, words) => {
    if (languages.has(words)) element.lang = languages.get(words)
    else element.removeAttribute("lang")
    return element
  }

  /* Returns the names of the values that an action has in a field. */
  const namesOf = (action, field) => [action[field] ?? []].flat().map(value => others.names[field][value])

  /* Returns the address of an action's page. */
  const addressOf = id => new URL(`actions/${id}.html`, site.data.root)

  const fileOf = id => `actions/wording-${Math.floor(entries.get(id).number / chunk)}`

  /* Returns the wording of an action, as HTML, if it has been loaded. */
  const readWording = id => site.data.get(fileOf(id))?.[entries.get(id).number % chunk].html

  /* Returns a promise of the wording of an action, as HTML with addresses from the root of the site, and its legal basis. */
  const loadWording = async id => {
    const wordings = await site.data.load(fileOf(id))
    return { html: "", law: "", ...wordings?.[entries.get(id).number % chunk] }
  }

  /* Shows the wording of an action in an element, without the parts that match `leftOut`, a selector. */
  const showWording = async (id, element, leftOut) => {
    const { html } = await loadWording(id)
    element.innerHTML = html
    if (leftOut) for (const part of element.querySelectorAll(leftOut)) part.remove()
    for (const link of element.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), site.data.root)
  }

  /* Returns a new row. `about` are the names that follow the grade. */
  const makeRow = (id, about) => {
    const action = entries.get(id)
    const row = template.firstElementChild.cloneNode(true)
    row.dataset.action = id
    const link = row.querySelector("a")
    link.textContent = action.title
    markLanguage(link, action.title)
    link.href = addressOf(id)
    for (const element of row.querySelectorAll("[aria-label]")) {
      element.setAttribute("aria-label", site.fillIn(element.getAttribute("aria-label"), action))
    }
    for (const grade of row.querySelectorAll("[data-grade]")) if (grade.dataset.grade !== action.grade) grade.remove()
    const [original, inferred] = row.querySelectorAll(".kind > .st")
    if (action.mark !== "original") original.remove()
    if (action.mark !== "inferred") inferred.remove()
    row.querySelector("[data-about]").append(...about.flatMap(name =>
      ["· ", markLanguage(site.make("span", { textContent: name }), name), " "]))
    const opener = row.querySelector("[data-wording-only]")
    if (opener && !action.example) {
      opener.textContent = opener.dataset.wordingOnly
      opener.setAttribute("aria-label", `${opener.dataset.wordingOnly}: ${action.title}`)
    }
    const button = row.querySelector("[data-keep]")
    if (button) Object.assign(button.dataset, { keep: id, title: action.title })
    row.querySelector("[data-status-of]")?.setAttribute("data-status-of", id)
    return row
  }

  return {
    ...others, // the names of values, the disablers, the edition, and what changed since earlier editions
    all: actions,
    has: id => entries.has(id),
    isRetired: id => retiredIds.has(id),
    get: id => entries.get(id),
    namesOf,
    addressOf,
    markLanguage,
    readWording,
    loadWording,
    showWording,
    makeRow,
  }
})()
