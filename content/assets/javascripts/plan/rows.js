/* The table of the reader's actions: a row for each, with what they write about it. Rows can be ordered, filtered, opened one
   at a time, and selected to change several at once. */
site.addRows = plan => {
  const { make, fillIn } = site
  const { page, find, buttons } = plan
  const table = find("table")
  const undoRow = table.querySelector("[data-undo]")
  const [show, leadFilter, objectiveFilter, orderField] = ["show", "of-lead", "of-objective", "order"].map(find)
  const moreButton = find("more-rows")
  const rows = new Map()
  const chosen = new Set() // ids of the actions that are selected
  let limit = 30 // how many rows are shown; more on demand, and all on paper
  let order = { by: "", isDown: false } // a column, or "" for the reader's own order
  let opened = "" // the id of the row that is open
  let held = null // ids, in the order that stays while the reader is in a row
  const fieldsOf = row => [...row.querySelectorAll("[data-field], [data-way]")]

  /* --- A row ----------------------------------------------------------------------------------------------------- */

  const hasSeveralGoals = Object.keys(site.actions.names.journey).length > 1
  const getRow = id => {
    if (!rows.has(id)) {
      const action = site.actions.get(id)
      const about = hasSeveralGoals ? ["topic", "journey"].flatMap(field => site.actions.namesOf(action, field)) : []
      const row = site.actions.makeRow(id, about)
      row.querySelector("[data-field=by]").type = "date" // not in the template: the HTML checker warns of old browsers
      if (site.actions.isRetired(id)) { // why it is retired, and what replaces it
        const why = make("div", { className: "plan__retired" })
        row.querySelector("th").append(why)
        site.actions.showWording(id, why)
      }
      rows.set(id, row)
    }
    return rows.get(id)
  }

  const setOptions = (field, kept, options) => {
    if (field.dataset.options === String(options)) return
    field.replaceChildren(...[...field.options].slice(0, kept), ...options.map(([value, text]) => make("option", { value, text })))
    field.dataset.options = String(options)
  }
  const listObjectives = ({ objectives }) => objectives.map((one, place) => [one.id, plan.nameObjective(one, place)])

  const fillRow = (row, item, record) => {
    setOptions(row.querySelector("[data-field=objective]"), 1, listObjectives(record))
    for (const field of fieldsOf(row)) {
      if (plan.isRefused(field)) continue // what the reader typed stays visible
      const value = (field.dataset.way ? item.ways?.[field.dataset.way] : item[field.dataset.field]) ?? ""
      if (field.value !== value) field.value = value
      field.toggleAttribute("data-blank", !value)
    }
    for (const { name, text } of plan.describeItem(item, record.objectives)) {
      const place = row.querySelector(`[data-said=${CSS.escape(name)}]`)
      if (place) place.textContent = text
    }
    row.querySelector("[data-sign]").textContent = site.statuses.find(({ id }) => id === item.status)?.sign ?? ""
    const written = [item.note, item.evidence, ...Object.values(item.ways ?? {})].filter(Boolean).length
    row.querySelector("[data-written]").textContent = written ? ` (${written})` : ""
    row.querySelector("[data-choose]").checked = chosen.has(item.id)
    const isOpen = item.id === opened
    row.toggleAttribute("data-opened", isOpen)
    row.toggleAttribute("data-has-refused", fieldsOf(row).some(plan.isRefused))
    row.querySelector("[data-more]").hidden = !isOpen
    row.querySelector("[data-do=edit]").setAttribute("aria-expanded", isOpen)
  }

  buttons.edit = id => {
    opened = opened === id ? "" : id
    if (opened) site.actions.showWording(id, getRow(id).querySelector("[data-wording]"), ".item__more")
    plan.update()
  }

  /* --- Which rows, in which order -------------------------------------------------------------------------------- */

  const isFiltered = () => show.value !== "all" || leadFilter.value || objectiveFilter.value
  const isShown = ({ status = "", lead = "", objective = "" }, { objectives }) =>
    (show.value === "all" || show.value === status)
    && (!leadFilter.value || leadFilter.value === lead.trim())
    && (!objectiveFilter.value || (objectiveFilter.value === "none"
      ? !objectives.some(({ id }) => id === objective) : objectiveFilter.value === objective))

  const ranks = site.statuses.map(({ id }) => id).reverse() // the best first
  const compareTexts = new Intl.Collator(site.language, { numeric: true }).compare
  /* Returns what a column orders an item by: a text, or "" for nothing, which comes last. */
  const keyOf = ({ id, status, objective, lead = "", by = "" }, { objectives }) => ({
    action: plan.nameOf(id),
    status: status ? String(ranks.indexOf(status)) : "",
    objective: String(objectives.findIndex(one => one.id === objective) + 1 || ""),
    lead: lead.trim(),
    by,
  })[order.by]
  const sort = (items, record) => {
    if (!order.by) return items
    const keys = new Map(items.map(item => [item, keyOf(item, record)]))
    return [...items].sort((one, other) => {
      const [a, b] = [keys.get(one), keys.get(other)]
      if (!a || !b) return !a - !b
      return compareTexts(a, b) * (order.isDown ? -1 : 1)
    })
  }

  /* Returns the items to show. While the reader is in a row, no row moves or disappears. */
  const list = record => {
    if (!table.contains(document.activeElement)) held = null // another tab has just removed that row
    if (!held) return sort(record.items.filter(item => isShown(item, record)), record)
    return held.flatMap(id => record.items.find(item => item.id === id) ?? [])
  }
  table.addEventListener("focusin", ({ target }) => {
    const isField = target.matches("[data-field], [data-way]")
    if (isField) held ??= (order.by || isFiltered()) ? list(plan.read()).filter(plan.isKnown).map(({ id }) => id) : null
  })
  table.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (!held || !document.hasFocus() || target.closest("tbody").contains(relatedTarget)) return
    const release = () => setTimeout(() => { // when the focus has arrived
      held = null
      plan.update()
    })
    // What the reader presses must not move away below the pointer.
    if (isPressed) document.addEventListener("pointerup", release, { once: true })
    else release()
  })
  let isPressed = false
  for (const type of ["pointerdown", "pointerup", "pointercancel"]) {
    document.addEventListener(type, () => { isPressed = type === "pointerdown" }, true)
  }

  const setOrder = (by, isDown = false) => {
    order = { by, isDown }
    orderField.value = by
    held = null
    plan.update()
  }
  // A column is ordered up, then down, then as the reader has put its actions.
  buttons.order = (_, { dataset: { by } }) => {
    if (order.by !== by) setOrder(by)
    else if (order.isDown) setOrder("")
    else setOrder(by, true)
  }
  orderField.addEventListener("change", () => setOrder(orderField.value))
  for (const field of [show, leadFilter, objectiveFilter]) field.addEventListener("change", plan.update)
  buttons["show-all"] = () => {
    show.value = "all"
    leadFilter.value = objectiveFilter.value = ""
    plan.update()
    show.focus()
  }

  const showFilters = record => {
    const { items } = record
    const leads = [...new Set(items.map(({ lead }) => lead?.trim()).filter(Boolean))].sort(compareTexts)
    const before = [leadFilter.value, objectiveFilter.value]
    setOptions(leadFilter, 1, leads.map(lead => [lead, lead]))
    setOptions(objectiveFilter, 2, listObjectives(record))
    setOptions(find("set=objective"), 1, listObjectives(record))
    ;[leadFilter, objectiveFilter].forEach((field, place) => {
      field.value = before[place]
      if (field.selectedIndex < 0) field.value = "" // nothing is left of what was chosen
    })
    show.parentElement.hidden = !items.some(({ status }) => status)
    leadFilter.parentElement.hidden = !leads.length
    objectiveFilter.parentElement.hidden = !record.objectives.length
    if (show.parentElement.hidden) show.value = "all"
    find("filters").hidden = !items.length
  }

  const showOrder = () => {
    for (const head of table.querySelectorAll("[data-column]")) {
      const isBy = head.dataset.column === order.by
      head.setAttribute("aria-sort", !isBy ? "none" : order.isDown ? "descending" : "ascending")
    }
    table.toggleAttribute("data-ordered", !!order.by)
  }

  let shown = [] // ids of the rows that are shown
  let isShowing = false
  const showRows = record => {
    showFilters(record)
    showOrder()
    const matching = list(record)
    const items = matching.slice(0, limit)
    shown = items.map(({ id }) => id)
    moreButton.hidden = items.length === matching.length
    moreButton.textContent = fillIn(moreButton.dataset.moreRows, { count: matching.length - items.length })
    const all = items.map(({ id }) => getRow(id))
    const place = plan.undoPlace()
    if (place !== null) all.splice(place, 0, undoRow)
    const focused = document.activeElement
    const bodies = () => [...table.tBodies]
    for (const body of bodies()) if (!all.includes(body) && body !== undoRow) body.remove()
    all.forEach((row, at) => { // a row in its place is not moved, because someone may be writing in it
      if (bodies()[at] !== row) table.insertBefore(row, bodies()[at] ?? null)
    })
    if (focused !== document.activeElement && table.contains(focused)) focused.focus()
    table.hidden = !all.length
    table.toggleAttribute("data-brief", !items.some(({ objective, lead, by }) => objective || lead || by))
    find("no-match").hidden = items.length > 0 || !record.items.length
    items.forEach((item, at) => {
      const row = getRow(item.id)
      row.querySelector("[data-do=up]").setAttribute("aria-disabled", at === 0)
      row.querySelector("[data-do=down]").setAttribute("aria-disabled", at === matching.length - 1)
      fillRow(row, item, record)
    })
    showChosen()
    find("filtered").hidden = !isFiltered() || !items.length
    find("filtered").textContent = fillIn(find("filtered").dataset.filtered, { count: matching.length, all: record.items.length })
  }
  plan.onUpdate(record => {
    if (isShowing) return // a field in a row that is taken away reports its value
    isShowing = true
    const hadFocus = table.contains(document.activeElement)
    showRows(record)
    isShowing = false
    if (hadFocus && document.activeElement === document.body && plan.undoPlace() === null) plan.focusView()
  })

  moreButton.addEventListener("click", () => {
    const before = limit
    limit += 100
    plan.update()
    table.tBodies[before]?.querySelector("a").focus()
  })
  /* Shows all rows that match, for paper. */
  plan.showAllRows = () => {
    limit = Infinity
    plan.update()
  }
  plan.shownIds = () => shown

  /* --- Several rows at once -------------------------------------------------------------------------------------- */

  const chooseAll = find("choose-all")
  const showChosen = () => {
    for (const id of chosen) if (!shown.includes(id)) chosen.delete(id) // only what the reader sees is changed
    const bar = find("chosen")
    bar.hidden = !chosen.size
    find("chosen-count").textContent = fillIn(bar.dataset.count, { count: chosen.size })
    chooseAll.checked = chosen.size > 0 && chosen.size === shown.length
    chooseAll.indeterminate = chosen.size > 0 && chosen.size < shown.length
  }
  table.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-choose], [data-choose-all]")) return
    for (const id of target === chooseAll ? shown : [target.closest("[data-action]").dataset.action]) {
      if (target.checked) chosen.add(id)
      else chosen.delete(id)
    }
    plan.update()
  })
  const chooseNone = () => {
    chosen.clear()
    for (const field of page.querySelectorAll("[data-set]")) field.value = ""
  }
  find("set=lead").addEventListener("keydown", ({ key }) => { if (key === "Enter") buttons.set() })
  buttons["choose-none"] = () => {
    chooseNone()
    plan.update()
    chooseAll.focus()
  }
  buttons.set = () => {
    const values = [...page.querySelectorAll("[data-set]")].filter(({ value }) => value).map(({ dataset, value }) => [dataset.set, value])
    const ids = [...chosen]
    if (!values.length) return find("set=status").focus()
    chooseNone()
    plan.stepSafely(record => {
      for (const item of record.items) if (ids.includes(item.id)) for (const [field, value] of values) item[field] = value
    }, fillIn(find("chosen").dataset.setTold, { count: ids.length }))
  }

  /* --- What the reader writes ------------------------------------------------------------------------------------ */

  const writeField = event => {
    const field = event.target
    const id = field.closest("[data-action]")?.dataset.action
    if (!id || !(field.dataset.field || field.dataset.way)) return
    // Half a date is no value yet, and the year 202 is the beginning of one. The last whole date stays.
    if (isHalf(field)) return
    const typed = field.value
    const [problem] = site.record.change(record => {
      const item = record.items.find(item => item.id === id)
      if (!item) return // another tab has just removed it
      const entry = field.dataset.way ? item.ways ??= {} : item
      const name = field.dataset.way ?? field.dataset.field
      if (field.value) entry[name] = field.value
      else delete entry[name]
      if (item.ways && !Object.keys(item.ways).length) delete item.ways
    }).refused
    if (problem) field.value = typed // it stays visible
    plan.showProblem(field, problem?.problem)
  }
  /* Whether a field for a day has a part of one, or a year that no plan is for. */
  const isHalf = ({ type, value, validity }) => type === "date" && (validity.badInput || (value && !/^(20|21)\d\d-/.test(value)))
  // When the reader leaves it so, they are told.
  table.addEventListener("focusout", ({ target }) => {
    if (target.type === "date") plan.showProblem(target, isHalf(target) ? { kind: "not-a-day" } : undefined)
  })
  table.addEventListener("input", writeField)
  table.addEventListener("change", writeField)

  /* --- Moving and removing --------------------------------------------------------------------------------------- */

  /* Moves an action past its neighbour among those that match. The focus goes with it. */
  const moveAction = (id, by, button) => {
    const record = plan.read()
    const ids = record.items.filter(item => plan.isKnown(item) && isShown(item, record)).map(item => item.id)
    const from = ids.indexOf(id)
    if (from < 0) return // another tab has just removed it
    const to = Math.min(Math.max(from + by, 0), ids.length - 1)
    limit = Math.max(limit, to + 1)
    site.record.change(({ items }) => {
      const item = items.splice(items.findIndex(item => item.id === id), 1)[0]
      const place = from === to ? from : items.findIndex(item => item.id === ids[to]) + (by > 0)
      items.splice(place, 0, item)
    })
    button.focus()
    const told = find("status").dataset.moved
    plan.showMessage(fillIn(told, { title: plan.nameOf(id), place: to + 1, all: ids.length }))
  }
  buttons.up = (id, button) => moveAction(id, -1, button)
  buttons.down = (id, button) => moveAction(id, 1, button)
  buttons.remove = id => {
    const place = shown.indexOf(id)
    const told = fillIn(find("status").dataset.removed, { title: plan.nameOf(id) })
    if (opened === id) opened = ""
    held = null
    plan.step(record => site.record.removeItems(record, [id]), told, place)
  }
}
