/* A table that was changed in a spreadsheet: shows what changed, and applies what the reader ticks. */
site.addChangedTable = plan => {
  const { make, fillIn } = site
  const { find, buttons } = plan
  const texts = find("changes").dataset
  const whys = JSON.parse(texts.whys)
  let found = [] // the changes, each with its box

  /* Returns a promise of the columns of the table, with the reader's objectives; undefined if they can't be loaded. */
  plan.loadColumns = async ({ objectives }) => (await site.csv.load())?.map(column => column.field !== "objective" ? column
    : { ...column, values: { ...column.values, ...Object.fromEntries(objectives.map((one, place) => [one.id, [plan.nameObjective(one, place)]])) } })

  const describeProblem = ({ row, id, field, text, why }, columns) => {
    const { names: [name], values, most } = columns.find(column => column.field === field)
    const choices = Object.values(values ?? {}).map(([first]) => first).join(", ")
    const short = text.length > 200 ? `${text.slice(0, 200)}…` : text
    return `${fillIn(texts.cell, { row, title: plan.nameOf(id), name, text: short })} ${fillIn(whys[why], { choices, most })}`
  }

  const showChanges = (changes, record) => {
    const formatValue = (field, value) => plan.formatValue(field, value, record)
    found = changes.map(change => ({ ...change, box: make("input", { type: "checkbox", checked: true }) }))
    find("changed").replaceChildren(...[...new Set(changes.map(({ id }) => id))].map(id => make("fieldset", { className: "plan__conflict" },
      make("legend", { textContent: plan.nameOf(id) }),
      ...found.filter(change => change.id === id).map(({ field, before, after, box }) => make("label", { className: "tick" }, box, make("span", {},
        make("strong", { textContent: `${plan.fields.get(field) ?? field}: ` }), make(before ? "del" : "span", { textContent: formatValue(field, before) }), " → ",
        make("ins", { textContent: formatValue(field, after) })))))))
  }

  /* Shows what changed in a table, from the bytes of its file. */
  plan.showTable = async (content, file) => {
    const record = site.record.read()
    const columns = await plan.loadColumns(record)
    if (!columns) return plan.showPanel([texts.noColumns], [], [])
    const { rows, encoding, isWhole } = site.csv.parse(content)
    const { changes, unknownRows, problems, missingColumns } = site.csv.findChanges(rows, columns, record.items)
    const isForeign = !rows.length || unknownRows.some(({ id }) => !id) && !changes.length && !problems.length
    if (isForeign) return plan.showPanel([fillIn(texts.noReference, { file, name: columns.find(({ field }) => field === "id").names[0] })], [], [])
    const missing = missingColumns.filter(field => !["id", "note"].includes(field)).map(field => columns.find(column => column.field === field).names[0])
    const others = unknownRows.map(({ row, id }) => fillIn(texts.otherRow, { row, title: plan.nameOf(id) }))
    showChanges(changes, record)
    plan.showPanel([
      fillIn(changes.length ? texts.opened : texts.unchanged, { file, count: changes.length }),
      missing.length ? fillIn(texts.missing, { names: missing.join(", ") }) : "",
      encoding === "windows-1252" ? texts.encoding : "",
      isWhole ? "" : texts.cut,
      problems.length || others.length ? texts.problems : "",
    ], [...problems.map(problem => describeProblem(problem, columns)), ...others], changes.length ? ["apply-table"] : [])
  }

  buttons["apply-table"] = () => {
    const chosen = found.filter(({ box }) => box.checked)
    plan.closePanel()
    plan.stepSafely(record => {
      for (const { id, field, after } of chosen) {
        const item = record.items.find(item => item.id === id)
        if (item) site.merging.setValue(item, field, after) // another tab may have removed it
      }
    }, fillIn(texts.applied, { count: chosen.length }))
  }
}
