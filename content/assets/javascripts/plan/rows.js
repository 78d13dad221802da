/* The reader's list: a row for each action, with what they write about it. */
site.addRows = plan => {
  const { make, fillIn } = site
  const { page, find, buttons } = plan
  const list = page.querySelector(".items")
  const undoRow = list.querySelector("[data-undo]")
  const show = find("show")
  const moreButton = find("more-rows")
  const rows = new Map()
  const refused = new Map() // by field, the line that says why its value is not stored
  const loading = [] // promises of the wordings
  let limit = 30 // how many rows are shown; more on demand, and all on paper
  const fieldsOf = row => [...row.querySelectorAll("[data-field], [data-way]")]

  const getRow = id => {
    if (!rows.has(id)) {
      const action = site.actions.get(id)
      const row = site.actions.makeRow(id, ["scope", "topic"].flatMap(field => site.actions.namesOf(action, field)))
      row.querySelector(".address").textContent = site.sharing.pageToShare(`actions/${id}.html`)
      row.querySelector("[data-field=by]").type = "date" // not in the template: the HTML checker warns of old browsers
      rows.set(id, row)
      list.insertBefore(row, undoRow)
      loading.push(site.actions.showWording(id, row.querySelector("[data-wording]"), ".item__more"))
    }
    return rows.get(id)
  }

  const fillRow = (row, item, { objectives }) => {
    const choice = row.querySelector("[data-field=objective]")
    const labels = objectives.map((one, place) => [one.id, plan.nameObjective(one, place)])
    if (String(labels) !== choice.dataset.labels) {
      choice.replaceChildren(choice.options[0], ...labels.map(([value, text]) => make("option", { value, text })))
      choice.dataset.labels = String(labels)
    }
    for (const field of fieldsOf(row)) {
      if (refused.has(field)) continue // what the reader typed stays visible
      const value = (field.dataset.way ? item.ways?.[field.dataset.way] : item[field.dataset.field]) ?? ""
      if (field.value !== value) field.value = value
    }
    row.querySelector("[data-said]").replaceChildren(...plan.describeItem(item, objectives).filter(({ text }) => text)
      .map(({ label, text }) => make("p", {}, make("strong", { textContent: `${label}: ` }), make("span", { textContent: text }))))
  }

  const isShown = ({ status = "" }) => show.value === "all" || show.value === status

  plan.views.push(record => {
    const chosen = record.items.filter(isShown)
    const items = chosen.slice(0, limit)
    moreButton.hidden = items.length === chosen.length
    moreButton.textContent = fillIn(moreButton.dataset.moreRows, { count: chosen.length - items.length })
    find("filter").hidden = !record.items.some(({ status }) => status)
    const order = items.map(({ id }) => getRow(id))
    const place = plan.undoPlace()
    if (place !== null) order.splice(place, 0, undoRow)
    order.forEach((row, at) => { // a row in its place is not moved, because someone may be writing in it
      if (list.children[at] !== row) list.insertBefore(row, list.children[at])
    })
    ;[...list.children].forEach((row, at) => { row.hidden = at >= order.length })
    items.forEach((item, at) => {
      const row = getRow(item.id)
      row.querySelector("[data-do=up]").setAttribute("aria-disabled", at === 0)
      row.querySelector("[data-do=down]").setAttribute("aria-disabled", at === chosen.length - 1)
      fillRow(row, item, record)
    })
  })
  show.addEventListener("change", plan.update)
  moreButton.addEventListener("click", () => {
    const before = limit
    limit += 100
    plan.update()
    list.children[before]?.querySelector("a").focus()
  })
  const showAll = () => {
    limit = Infinity
    plan.update()
    return Promise.all(loading)
  }
  addEventListener("beforeprint", showAll)
  buttons.print = async () => {
    await showAll()
    print()
  }

  /* Says beside a field why its value is not stored, or takes that back. */
  const showProblem = (field, problem) => {
    const line = refused.get(field) ?? make("p", { className: "plan__refused" })
    if (!problem) {
      line.remove()
      refused.delete(field)
      field.removeAttribute("aria-invalid")
      return
    }
    const texts = find("refused").dataset
    const text = { "too-long": texts.long, "not-a-day": texts.noDay }[problem.kind] ?? texts.else
    line.textContent = fillIn(text, problem)
    if (refused.has(field)) return
    line.setAttribute("role", "alert")
    field.setAttribute("aria-invalid", true)
    field.after(line)
    refused.set(field, line)
  }

  const writeField = event => {
    const field = event.target
    const id = field.closest("[data-action]")?.dataset.action
    if (!id || !(field.dataset.field || field.dataset.way)) return
    // Half a date is no value yet. When the reader leaves it so, they are told. The last whole one stays.
    if (field.validity.badInput) return event.type === "change" && showProblem(field, { kind: "not-a-day" })
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
    showProblem(field, problem?.problem)
  }
  list.addEventListener("input", writeField)
  list.addEventListener("change", writeField)

  /* Moves an action past its neighbour among those that are shown. */
  const moveAction = (id, by, button) => {
    const ids = site.record.read().items.filter(item => plan.isKnown(item) && isShown(item)).map(item => item.id)
    const from = ids.indexOf(id)
    if (from < 0) return // another tab has just removed it
    const to = Math.min(Math.max(from + by, 0), ids.length - 1)
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
    const place = [...list.children].filter(row => row.dataset.action && !row.hidden).findIndex(row => row.dataset.action === id)
    const told = fillIn(find("status").dataset.removed, { title: plan.nameOf(id) })
    plan.step(record => site.record.removeItems(record, [id]), told, place)
  }
}
