/* The reader's own well-being objectives, and how many actions each has. */
site.addObjectives = plan => {
  const { make, fillIn } = site
  const { find, buttons } = plan
  const list = find("objectives")
  const texts = list.dataset
  const rows = new Map()

  const makeRow = ({ id }) => {
    const field = make("input", { type: "text", autocomplete: "off" })
    field.addEventListener("input", () => {
      const typed = field.value
      const [problem] = site.record.change(({ objectives }) => {
        const objective = objectives.find(other => other.id === id)
        if (objective) objective.text = typed
      }).refused
      if (problem) field.value = typed // it stays visible
      plan.showProblem(field, problem?.problem)
    })
    const button = make("button", { type: "button", className: "quiet", textContent: texts.remove })
    button.addEventListener("click", () => plan.step(record => {
      record.objectives = record.objectives.filter(other => other.id !== id)
      for (const item of record.items) if (item.objective === id) delete item.objective
    }, fillIn(texts.removed, { title: field.value })))
    return make("li", {}, field, " ", make("span", {}), " ", button)
  }

  plan.onUpdate(({ objectives, items }) => {
    for (const objective of objectives) if (!rows.has(objective.id)) rows.set(objective.id, makeRow(objective))
    const order = objectives.map(({ id }) => rows.get(id))
    order.forEach((row, place) => { if (list.children[place] !== row) list.insertBefore(row, list.children[place] ?? null) })
    while (list.children.length > order.length) list.lastChild.remove()
    objectives.forEach(({ id, text }, place) => {
      const [field, count, button] = ["input", "span", "button"].map(name => rows.get(id).querySelector(name))
      if (field.value !== text && !plan.isRefused(field)) field.value = text
      field.setAttribute("aria-label", fillIn(texts.label, { number: place + 1 }))
      button.setAttribute("aria-label", `${texts.remove}: ${text || place + 1}`)
      const number = items.filter(({ objective }) => objective === id).length
      count.textContent = number ? fillIn(texts.count, { count: number }) : texts.none
    })
    find("view=objectives").toggleAttribute("data-blank", !objectives.length)
    plan.showNumber("objectives", objectives.length)
    const left = items.filter(({ objective }) => !objectives.some(({ id }) => id === objective))
    const line = find("unassigned")
    line.hidden = !objectives.length || !left.length
    line.textContent = fillIn(line.dataset.unassigned, { titles: left.map(({ id }) => plan.nameOf(id)).join("; ") })
  })

  buttons["add-objective"] = () => {
    site.record.change(({ objectives }) => {
      let number = objectives.length + 1
      while (objectives.some(({ id }) => id === `o${number}`)) number++
      objectives.push({ id: `o${number}`, text: "" })
    })
    plan.update()
    list.lastElementChild.firstElementChild.focus()
  }
}
