/* Opening saved files: to merge them with the reader's own record, to replace it, or to compare. Nothing changes before
   the reader chooses. */
site.addFiles = plan => {
  const { make, fillIn } = site
  const { find, buttons } = plan
  const panel = find("files")
  const texts = panel.dataset
  const LARGEST = 2_000_000 // bytes; a plan of 1,600 actions with notes has a fifth of that
  const WRITTEN = ["lead", "note", "evidence"] // of these, a merged record can have both texts

  let opened = [] // the files: name and record of each

  /* Returns the record in a file, or what is wrong with it. */
  const readFile = async file => {
    if (file.size > LARGEST) return { problem: fillIn(texts.tooLarge, { file: file.name }) }
    const { record, aside: [wrong], problem } = site.record.readFile(await file.arrayBuffer())
    if (record && !wrong) return { name: record.name || file.name.replace(/\.json$/, ""), file: file.name, record }
    const text = wrong ? texts[wrong.problem.kind] ?? texts.wrong : { newer: texts.newer, "too-large": texts.tooLarge }[problem.kind] ?? texts.notText
    return { problem: fillIn(text, { file: file.name, place: wrong?.place }) }
  }

  const findStrange = ({ record }) => [
    ...Object.keys(record).filter(field => !site.record.fields.record.includes(field)),
    ...record.items.flatMap(item => Object.keys(item)).filter(field => !site.record.fields.items.includes(field)),
    ...record.items.filter(item => !plan.isKnown(item)).map(({ id }) => id),
  ]

  /* Returns what to tell the reader about fields and ids that this site doesn't know. */
  const describeStrange = () => {
    const names = [...new Set(opened.flatMap(findStrange))]
    return names.length ? fillIn(texts.strange, { names: names.slice(0, 20).join(", ") }) : ""
  }

  /* Returns the values that an item has, by field; the ways of working each by itself. */
  const flatten = ({ id, ways = {}, ...fields } = {}) =>
    ({ ...fields, ...Object.fromEntries(Object.entries(ways).map(([way, text]) => [`ways.${way}`, text])) })

  /* Adds the objectives of another record to this one. Returns their ids here, by their ids there. The same text is the same objective. */
  const mergeObjectives = (record, other) => new Map(other.objectives.map(objective => {
    const same = record.objectives.find(({ text }) => text === objective.text)
    if (same) return [objective.id, same.id]
    let { id } = objective
    for (let number = 1; record.objectives.some(one => one.id === id); number++) id = `o${record.objectives.length + number}`
    record.objectives.push({ ...objective, id })
    return [objective.id, id]
  }))

  /* Merges records into one. Returns it with the conflicts: each with the item, the field, and who says what. */
  const merge = sources => {
    const record = structuredClone(sources[0].record)
    const said = new Map() // by item and field: for each value, who says it
    const all = sources.map(({ name, record: other }, number) => {
      const ids = number ? mergeObjectives(record, other) : new Map()
      if (number) {
        for (const [field, value] of Object.entries(other)) if (!Object.hasOwn(record, field) && !["saved", "edition"].includes(field)) record[field] = value
        record.disablers = [...new Set([...record.disablers, ...other.disablers])]
        site.record.keepItems(record, other.items.map(({ id }) => id))
      }
      return { name, items: other.items.map(item => item.objective ? { ...item, objective: ids.get(item.objective) ?? item.objective } : item) }
    })
    for (const { name, items } of all) {
      for (const item of items) {
        for (const [field, value] of Object.entries(flatten(item))) {
          const values = said.get(`${item.id} ${field}`) ?? new Map()
          values.set(value, [...values.get(value) ?? [], name])
          said.set(`${item.id} ${field}`, values)
        }
      }
    }
    const conflicts = []
    for (const [key, values] of said) {
      const [id, ...words] = key.split(" ") // a field that we don't know can have a name with spaces
      const field = words.join(" ")
      setField(record, id, field, values.keys().next().value)
      if (values.size > 1) conflicts.push({ id, field, values })
    }
    return { record, conflicts }
  }
  const setField = (record, id, field, value) => {
    const item = record.items.find(item => item.id === id)
    const way = field.match(/^ways\.(.*)/)?.[1]
    if (way) item.ways = { ...item.ways, [way]: value }
    else item[field] = value
  }

  const mineAnd = others => [{ name: texts.mine, record: site.record.read() }, ...others]
  const formatValue = (field, value, record) => ({
    status: plan.statusNames[value],
    by: field === "by" && value ? plan.formatDay(value) : "",
    objective: record.objectives.find(({ id }) => id === value)?.text,
  })[field] ?? String(typeof value === "object" ? JSON.stringify(value) : value)

  let pending = { conflicts: [] }
  const showConflicts = () => {
    pending = { basis: JSON.stringify(site.record.read()), ...merge(mineAnd(opened)) }
    const { record, conflicts } = pending
    find("conflicts").hidden = !conflicts.length
    find("choices").replaceChildren(...conflicts.map(({ id, field, values }, number) => {
      const choices = [...values].map(([value, names]) => [value, `${names.join(", ")}: ${formatValue(field, value, record)}`])
      if (WRITTEN.includes(field) || field.startsWith("ways.")) {
        choices.push([[...values].map(([value, names]) => `${names.join(", ")}: ${value}`).join("\n"), texts.both])
      }
      return make("fieldset", { className: "plan__conflict" },
        make("legend", { textContent: `${plan.nameOf(id)}: ${plan.fields.get(field) ?? field}` }),
        ...choices.map(([value, text], place) => {
          const box = make("input", { type: "radio", name: `conflict-${number}`, checked: !place })
          box.addEventListener("change", () => setField(pending.record, id, field, value))
          return make("label", { className: "tick" }, box, make("span", { textContent: text }))
        }))
    }))
  }

  // Another tab may change the record while the reader chooses.
  plan.views.push(() => {
    if (!panel.hidden && opened.length && pending.basis !== JSON.stringify(site.record.read())) showConflicts()
  })

  const close = () => {
    panel.hidden = true
    find("open").value = ""
  }
  const tell = (text, files) => {
    find("about-files").textContent = text
    panel.hidden = false
    for (const button of panel.querySelectorAll("[data-do]")) button.hidden = button.dataset.do !== "cancel" && !files.length
    panel.querySelector("[data-do=replace]").hidden = files.length !== 1
    panel.querySelector("[data-do=compare]").hidden = files.length !== 1
    find("conflicts").hidden ||= !files.length
    panel.focus()
  }

  find("open").addEventListener("change", async event => {
    const results = await Promise.all([...event.target.files].map(readFile))
    opened = results.filter(({ record }) => record)
    showConflicts()
    tell([
      ...results.flatMap(({ problem }) => problem ?? []),
      ...opened.length ? [fillIn(texts.opened, { file: opened.map(({ file }) => file).join(", ") })] : [],
      describeStrange(),
    ].join(" "), opened)
    // With nothing to lose, the file is simply opened.
    const own = site.record.read()
    if (opened.length === 1 && results.length === 1 && !own.items.length && !own.objectives.length) buttons.replace()
  })

  buttons.merge = () => {
    const { record } = pending
    close()
    site.versions.keep()
    plan.step(own => Object.assign(own, record), fillIn(texts.merged, { file: opened.map(({ file }) => file).join(", ") }))
  }
  buttons.replace = () => {
    const [{ file, record }] = opened
    close()
    site.versions.keep()
    plan.step(own => {
      site.record.replace(own, { ...record, removed: own.removed })
    }, `${fillIn(texts.opened, { file })} ${describeStrange()}`.trim())
  }
  buttons.compare = () => {
    close()
    plan.compare(opened[0])
  }
  buttons.cancel = () => {
    close()
    find("open").focus()
  }
}
