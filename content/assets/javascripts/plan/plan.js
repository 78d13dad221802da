/* The page of the plan: what its parts share. It shows the reader's own record. If the address brings
   a different list, the page shows that one until the reader decides which to keep. The other files of this folder each
   define a function that adds a part. The parts say with `onUpdate` how they show the
   record, and add what their buttons do to `buttons`, by data-do. */
site.plan = (() => {
  const page = document.querySelector(".plan")
  const find = name => page.querySelector(`[data-${name}]`)
  const findAll = name => [...page.querySelectorAll(`[data-${name}]`)]
  const updates = []
  const buttons = {}
  const statusNames = Object.fromEntries([...find("show").options].map(({ value, text }) => [value, text]))
  const statusLine = find("status")

  let other = null // the plan in the address, if it differs from the reader's own, or an earlier version; it is only read
  let version = "" // the moment of that version
  /* What the reader can undo, the newest step last: the record before and after, what the reader was told, and the place
     of the Undo button in the list, or null if it is above the list. */
  const undoSteps = []

  const isKnown = ({ id }) => site.actions.has(id)
  const read = () => other ?? site.record.read()
  const describe = items => items.slice(0, 20).map(({ id }) => id).join(", ")
  const hasAny = ({ items, objectives, disablers, name }) => [...items, ...objectives, ...disablers].length > 0 || !!name

  const showMessage = text => {
    statusLine.textContent = text
    // Where the same text is visible beside Undo, only screen readers need the status.
    statusLine.classList.toggle("unseen", text === undoSteps.at(-1)?.message)
    find("told-place").toggleAttribute("data-new", true)
  }
  // What the reader does next takes the message away. It stays for screen readers.
  for (const type of ["click", "keydown"]) {
    page.addEventListener(type, () => {
      statusLine.classList.add("unseen")
      find("told-place").removeAttribute("data-new")
    })
  }

  const update = () => {
    const record = read()
    const items = record.items.filter(isKnown)
    page.toggleAttribute("data-theirs", !!other)
    page.toggleAttribute("data-earlier", !!version)
    find("other").hidden = !other
    page.toggleAttribute("data-unowned", !site.record.read().items.some(isKnown))
    find("empty").hidden = items.length > 0
    for (const element of findAll("full")) element.hidden = !items.length
    for (const element of findAll("any")) element.hidden = !hasAny(record)
    find("clearable").hidden = !hasAny(record) && !record.removed.length
    find("notes").hidden = !record.removed.length
    find("stored").hidden = !hasAny(record) || !site.record.isLasting()
    find("unsaved").hidden = site.record.isLasting()
    find("split").hidden = !site.record.isSplit
    const strange = other ? [] : record.items.filter(item => !isKnown(item))
    const dropped = find("dropped")
    dropped.hidden = !strange.length
    dropped.firstElementChild.textContent = site.fillIn(dropped.dataset.dropped, { ids: describe(strange) })
    for (const show of updates) show({ ...record, items })
    const step = undoSteps.at(-1)
    const isInTable = !!step && step.place !== null && page.dataset.shown === "actions"
    for (const element of findAll("undo")) {
      element.hidden = !step || isInTable !== (element.localName === "tbody")
      element.querySelector("span").textContent = step?.message
    }
    if (page.dataset.shown !== "actions") return // other views have addresses of their own
    const hash = site.idList.formatHash(items)
    const state = other ? null : "own"
    if (location.hash !== hash || history.state !== state) {
      history.replaceState(state, "", location.href.split("#")[0] + hash)
    }
  }

  const showOther = (record, when = "") => {
    ;[other, version] = [record, when]
    update()
  }
  const showOwn = () => showOther(null)

  /* Gives the focus to the link of the view that is shown, where what had it is gone. */
  const focusView = () => (find("views").querySelector("[aria-current]") ?? find("open")).focus()

  /* Changes the reader's record, and lets the reader undo that. */
  const step = (edit, message, place = null) => {
    const { before, after } = site.record.change(edit)
    const isChanged = JSON.stringify(before) !== JSON.stringify(after)
    if (isChanged) undoSteps.push({ before, after, message, place })
    showOwn()
    if (isChanged) page.querySelector("[data-undo]:not([hidden]) button")?.focus()
    showMessage(message)
  }

  const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other)
  /* Undoes the changes between two versions of a record. Later changes, for example in another tab, stay. */
  const takeBack = (record, before, after) => {
    for (const kind of ["items", "objectives", "removed"]) {
      const get = (version, id) => version[kind].find(entry => entry.id === id)
      const wasAdded = ({ id }) => !get(before, id) && isSame(get(record, id), get(after, id))
      const isInOrder = isSame(record[kind].map(({ id }) => id), after[kind].map(({ id }) => id))
      record[kind] = record[kind].filter(entry => !wasAdded(entry))
      for (const [place, entry] of before[kind].entries()) {
        const at = record[kind].findIndex(({ id }) => id === entry.id)
        if (isSame(entry, get(after, entry.id))) continue
        if (at < 0) record[kind].splice(place, 0, entry)
        else if (isSame(record[kind][at], get(after, entry.id))) record[kind][at] = entry
      }
      if (isInOrder) {
        const order = before[kind].map(({ id }) => id)
        record[kind].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id))
      }
    }
    for (const field of new Set([...Object.keys(before), ...Object.keys(after)])) {
      if (["items", "objectives", "removed"].includes(field) || !isSame(record[field], after[field])) continue
      if (before[field] === undefined) delete record[field]
      else record[field] = before[field]
    }
  }

  buttons.undo = () => {
    const { before, after } = undoSteps.pop()
    site.record.change(record => takeBack(record, before, after))
    update()
    const back = before.items.find(({ id }) => !after.items.some(item => item.id === id)) ?? before.items.find(isKnown)
    const link = page.querySelector(`[data-action="${back?.id}"] a`)
    if (link?.checkVisibility()) link.focus()
    else focusView()
    showMessage(site.fillIn(statusLine.dataset.undone, { count: site.record.read().items.filter(isKnown).length }))
  }

  const refused = new Map() // by field, the line that says why its value is not stored
  /* Says beside a field why its value is not stored, or takes that back. */
  const showProblem = (field, problem) => {
    const line = refused.get(field) ?? site.make("p", { className: "plan__refused" })
    if (!problem) {
      line.remove()
      refused.delete(field)
      field.removeAttribute("aria-invalid")
      return
    }
    const texts = find("refused").dataset
    const text = { "too-long": texts.long, "not-a-day": texts.noDay, "too-much": texts.tooMuch }[problem.kind] ?? texts.else
    line.textContent = site.fillIn(text, problem)
    if (refused.has(field)) return
    line.setAttribute("role", "alert")
    field.setAttribute("aria-invalid", true)
    field.after(line)
    refused.set(field, line)
  }

  /* Reads the list in the address. If this page wrote that address itself, the stored record is as new or newer and is used
     instead, unless the browser lost it. */
  const readAddress = () => {
    if (location.hash && !site.idList.findInAddress().length) return showOwn() // a view
    const given = history.state === "own" && site.record.exists() ? [] : site.idList.findInAddress()
    const known = given.filter(isKnown)
    const own = site.record.read().items
    const unknown = given.filter(item => !isKnown(item) && !own.some(({ id }) => id === item.id))
    find("unknown").textContent = unknown.length ? site.fillIn(find("unknown").dataset.unknown, { ids: describe(unknown) }) : ""
    find("unknown").hidden = !unknown.length
    showMessage("")
    const isOther = known.length && site.idList.formatHash(known) !== site.idList.formatHash(own.filter(isKnown))
    if (!isOther) return showOwn()
    undoSteps.length = 0
    showOther({ ...site.record.makeEmpty(), items: known })
  }

  /* Shows a record to be read, without changing the reader's own: an earlier version, from the moment `when`. */
  const show = (record, message, when) => {
    find("back-to").dataset.of = when
    find("version-told").textContent = message
    showOther(record, when)
    find("back-to").focus()
    showMessage(message)
    statusLine.classList.add("unseen") // the same text is above the plan
  }

  const mergeItems = (record, items) => {
    site.record.keepItems(record, items.map(({ id }) => id))
    for (const { id, status } of items) {
      const item = record.items.find(item => item.id === id)
      if (status && !item.status) item.status = status
    }
  }
  buttons.add = (_, button) => {
    const { items } = other
    step(record => mergeItems(record, items), button.dataset.toldAfter)
  }
  buttons.use = (_, button) => {
    const { items } = other
    step(record => {
      site.record.removeItems(record, record.items.map(({ id }) => id))
      mergeItems(record, items)
    }, button.dataset.toldAfter)
  }
  buttons.back = (_, button) => {
    if (version) history.pushState(null, "", "#earlier")
    showOwn()
    focusView()
    showMessage(button.dataset.toldAfter)
  }
  buttons.forget = (_, button) => {
    const strange = site.record.read().items.filter(item => !isKnown(item))
    step(record => { record.items = record.items.filter(isKnown) }, site.fillIn(button.dataset.toldAfter, { ids: describe(strange) }))
  }
  buttons["copy-link"] = async (_, button) => {
    const hash = site.idList.formatHash(site.record.read().items.filter(isKnown))
    showMessage(await site.sharing.copyText(site.sharing.addressToShare(hash)) ? button.dataset.toldAfter : "")
  }

  /* Shows the plan, when its parts are added. */
  const open = () => {
    page.addEventListener("click", event => {
      const button = event.target.closest("[data-do]")
      if (button) buttons[button.dataset.do](button.closest("[data-action]")?.dataset.action, button)
    })
    find("day").textContent = formatDay(new Date())
    document.addEventListener("record", update)
    addEventListener("popstate", readAddress)
    // What isn't stored is lost when the reader leaves, but not on the way to another page of the site in this window.
    let isStaying = false
    document.addEventListener("click", event => {
      const link = event.target.closest("a")
      isStaying = !!link && (link.hreflang !== "" || link.href.startsWith(site.data.root.href))
    })
    addEventListener("beforeunload", event => {
      const isLost = !site.record.isLasting() && !isStaying && site.record.read().items.length
      if (isLost || refused.size) event.preventDefault()
    })
    // What other pages passed on in the cookie would be lost when the browser closes.
    if (site.record.isSplit || site.aside.list().length) site.record.change(() => {})
    readAddress()
    page.toggleAttribute("data-ready", true)
  }

  /* Returns a day in words, from a date or from text such as 2026-11-25. Browsers don't know the months in every language. */
  const formatDay = day => {
    const date = typeof day === "string" ? new Date(`${day.slice(0, 10)}T12:00`) : day // at midnight, it is the day before in the west
    return `${date.getDate()} ${page.dataset.months.split("|")[date.getMonth()]} ${date.getFullYear()}`
  }

  /* What readers can write about an action: the names in the record, those of ways of working with "ways." before them, and
     the labels. */
  const fields = new Map([...find("row").content.querySelectorAll("[data-field], [data-way]")].map(field =>
    [field.dataset.field ?? `ways.${field.dataset.way}`, field.dataset.name ?? field.parentElement.firstChild.textContent.trim()]))

  /* Returns what a reader wrote about an action for others, as labels and texts, in the order of the fields. The note is
     private. */
  const describeItem = (item, objectives) => [...fields].filter(([name]) => name !== "note").map(([name, label]) => {
    const [field, way] = name.split(".")
    const value = way ? item.ways?.[way] : item[field]
    const shown = { status: statusNames[value], by: value && formatDay(value),
      objective: objectives.find(({ id }) => id === value)?.text }
    return { name, label, text: (name in shown ? shown[name] : value) || "" }
  })

  return {
    page, find, buttons, statusNames, fields, read, update, step, show, showMessage, describeItem, isKnown, formatDay, open,
    isOther: () => !!other,
    showOwn,
    focusView,
    showProblem,
    isRefused: field => refused.has(field),
    onUpdate: show => updates.push(show),
    undoPlace: () => undoSteps.at(-1)?.place ?? null,
    nameObjective: ({ text }, place) => text || site.fillIn(find("objectives").dataset.label, { number: place + 1 }),
    nameOf: id => site.actions.get(id)?.title ?? id,
  }
})()

document.addEventListener("DOMContentLoaded", () => {
  const { plan } = site
  site.addViews(plan)
  site.addHead(plan)
  site.addRows(plan)
  site.addPaper(plan)
  site.addExports(plan)
  site.addObjectives(plan)
  site.addPictures(plan)
  site.addFiles(plan)
  site.addComparison(plan)
  site.addBodies(plan)
  site.addReport(plan)
  site.addVersions(plan)
  plan.open()
  site.addAssessment(plan) // reads the address, like the plan itself
})
