/* Rows of actions, in the finder and in the shortlist. They are made from the page's <template> and the list of actions,
   so that these pages open quickly however many actions there are. `action_list.py` writes the data. */
const actionRows = (() => {
  const { actions, retired, names, foreign, ...others } = dataFiles.get("actions/list")
  const CHUNK = 32 // as in action_list.py
  const template = document.querySelector("[data-row]").content
  const entries = new Map([...actions, ...retired].map((entry, number) => [entry.id, { ...entry, number }]))

  const foreignWords = new Set(foreign)

  /* Marks an element with the language of the words in it, if that isn't the page's. */
  const markLanguage = (element, words) => {
    if (foreignWords.has(words)) element.lang = otherLanguage
    else element.removeAttribute("lang")
    return element
  }

  /* Returns the names of the values that an action has in a field. */
  const namesOf = (action, field) => [action[field] ?? []].flat().map(value => names[field][value])

  /* Returns a promise of the wording of an action, as HTML with addresses from the root of the site, and its legal basis. */
  const loadWording = async ({ number }) =>
    (await dataFiles.load(`actions/wording-${Math.floor(number / CHUNK)}`))?.[number % CHUNK] ?? { html: "", law: "" }

  /* Shows the wording of an action in an element, without the parts that match `leftOut`, a selector. */
  const showWording = async (id, element, leftOut) => {
    const { html } = await loadWording(entries.get(id))
    element.innerHTML = html
    if (leftOut) for (const part of element.querySelectorAll(leftOut)) part.remove()
    for (const link of element.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), dataFiles.root)
  }

  return {
    ...others, // the disablers, the edition, and what changed since earlier editions
    actions,
    names,
    has: id => entries.has(id),
    get: id => entries.get(id),
    namesOf,
    markLanguage,
    loadWording,
    showWording,

    /* Returns a new row. `about` are the names that follow the grade. */
    make(id, about) {
      const action = entries.get(id)
      const row = template.firstElementChild.cloneNode(true)
      row.dataset.action = id
      const link = row.querySelector("a")
      link.textContent = action.title
      markLanguage(link, action.title)
      link.href = new URL(`actions/${id}.html`, dataFiles.root)
      for (const element of row.querySelectorAll("[aria-label]")) {
        element.setAttribute("aria-label", fillIn(element.getAttribute("aria-label"), action))
      }
      for (const grade of row.querySelectorAll("[data-grade]")) if (grade.dataset.grade !== action.grade) grade.remove()
      const [original, inferred] = row.querySelectorAll(".kind > .st")
      if (action.mark !== "original") original.remove()
      if (action.mark !== "inferred") inferred.remove()
      row.querySelector("[data-about]").append(...about.flatMap(name =>
        ["· ", markLanguage(Object.assign(document.createElement("span"), { textContent: name }), name), " "]))
      for (const [name, value] of [["data-keep", id], ["data-status-of", id]]) {
        row.querySelector(`[${name}]`)?.setAttribute(name, value)
      }
      return row
    },
  }
})()
