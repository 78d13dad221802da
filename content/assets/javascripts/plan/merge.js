/* Merging records. Nothing here changes the reader's own. */
site.merging = (() => {
  const JOINED = { lead: "; " } // the lead is one line; other texts can have several
  const WRITTEN = ["lead", "note", "evidence"] // of these, and of ways of working, a merged record can have both texts

  /* Returns the values of an item by field. The name of a way of working begins with "ways.". */
  const listValues = ({ id, ways = {}, ...fields } = {}) =>
    ({ ...fields, ...Object.fromEntries(Object.entries(ways).map(([way, text]) => [`ways.${way}`, text])) })

  /* Sets a value of an item. An empty one is taken out. */
  const setValue = (item, field, value) => {
    const way = field.match(/^ways\.(.*)/s)?.[1]
    const entry = way === undefined ? item : item.ways ??= {}
    if (value === "") delete entry[way ?? field]
    else entry[way ?? field] = value
    if (item.ways && !Object.keys(item.ways).length) delete item.ways
  }

  /* Adds the objectives of another record to this one. Returns their ids here, by their ids there. The same text is the same
     objective. */
  const mergeObjectives = (record, other) => new Map(other.objectives.map(objective => {
    const same = record.objectives.find(({ text }) => text === objective.text)
    if (same) return [objective.id, same.id]
    let { id } = objective
    for (let number = 1; record.objectives.some(one => one.id === id); number++) id = `o${record.objectives.length + number}`
    record.objectives.push({ ...objective, id })
    return [objective.id, id]
  }))

  /* Returns all texts of a field as one, with a blank line between them. A text that is part of another comes only once. */
  const joinTexts = (field, texts) => {
    const between = JOINED[field] ?? "\n\n"
    const isIn = (text, other) => `${between}${other}${between}`.includes(`${between}${text}${between}`)
    return texts.filter(text => !texts.some(other => other !== text && isIn(text, other))).join(between)
  }

  return {
    listValues,
    setValue,

    /* Merges records into one. `sources` are { name, record }, the reader's own first. Returns
       - record: it has the reader's own name and, where records differ, the value that comes first
       - conflicts: [{ id, field, options, both }]; an option is { value, names }, and `both` is a text of all, if there can be one
       - news: how many items, objectives, and values of the reader's own items come new */
    merge([own, ...others]) {
      const record = structuredClone(own.record)
      const lists = others.map(({ name, record: other }) => {
        const ids = mergeObjectives(record, other)
        for (const [field, value] of Object.entries(other)) {
          if (!Object.hasOwn(record, field) && !["name", "saved", "edition"].includes(field)) record[field] = structuredClone(value)
        }
        record.disablers = [...new Set([...record.disablers, ...other.disablers])]
        site.record.keepItems(record, other.items.map(({ id }) => id))
        return { name, items: other.items.map(item => item.objective ? { ...item, objective: ids.get(item.objective) ?? item.objective } : item) }
      })
      // By now, the items have what the reader had written about those that they removed.
      const said = new Map() // by id and field, the options
      for (const { name, items } of [{ name: own.name, items: structuredClone(record.items) }, ...lists]) {
        for (const item of items) {
          for (const [field, value] of Object.entries(listValues(item))) {
            if (value === "") continue
            const key = JSON.stringify([item.id, field])
            const options = said.get(key) ?? []
            const same = options.find(option => JSON.stringify(option.value) === JSON.stringify(value))
            if (same) same.names.push(name)
            else said.set(key, [...options, { value, names: [name] }])
          }
        }
      }
      const items = new Map(record.items.map(item => [item.id, item]))
      const before = new Map(own.record.items.map(item => [item.id, item]))
      const conflicts = []
      let values = 0
      for (const [key, options] of said) {
        const [id, field] = JSON.parse(key)
        setValue(items.get(id), field, options[0].value)
        if (before.has(id) && !listValues(before.get(id))[field]) values++
        if (options.length < 2) continue
        const isWritten = WRITTEN.includes(field) || field.startsWith("ways.")
        conflicts.push({ id, field, options, both: isWritten ? joinTexts(field, options.map(({ value }) => value)) : "" })
      }
      const news = { actions: record.items.length - before.size, objectives: record.objectives.length - own.record.objectives.length, values }
      return { record, conflicts, news }
    },
  }
})()
