/* What earlier versions of this site stored, under keys without a prefix. Other pages on the same host may use keys of the same
   names, so only what is certainly ours is taken over: then it is deleted when the record is stored. The rest is left alone.

   `site.addOldRecords` adds it to a record, and to a Map of changes the keys that are to be deleted when the record is stored. It
   returns what is to be set aside. */
site.addOldRecords = (record, changes) => {
  const { record: { check, clean, keepItems }, storage } = site
  const aside = []
  const findItem = id => [...record.items, ...record.removed].find(item => item.id === id)

  /* Adds to an entry what another version of it has. What differs is set aside. */
  const merge = (own, other, about, prefix = "") => {
    for (const [field, value] of Object.entries(other)) {
      const problem = { kind: "differs" }
      if (!Object.hasOwn(own, field)) own[field] = value
      else if (field === "ways") merge(own.ways, value, about, "ways.")
      else if (field === "disablers") own.disablers = [...new Set([...own.disablers, ...value])]
      else if (JSON.stringify(own[field]) !== JSON.stringify(value) && !["version", "edition", "saved"].includes(field)) {
        aside.push({ ...about, field: prefix + field, problem, text: typeof value === "string" ? value : JSON.stringify(value) })
      }
    }
  }

  /* The record as one text. A tab of an earlier version, which is still open, may store it at any time. */
  const old = site.kept.findOld()
  if (old) {
    aside.push(...clean(old))
    const { items, removed, objectives, ...fields } = old
    keepItems(record, items.map(({ id }) => id))
    for (const item of [...items, ...removed]) {
      if (findItem(item.id)) merge(findItem(item.id), item, { kind: "items", id: item.id })
      else record.removed.push(item)
    }
    for (const objective of objectives) {
      const own = record.objectives.find(({ id }) => id === objective.id)
      if (own) merge(own, objective, { kind: "objectives", id: own.id })
      else record.objectives.push(objective)
    }
    merge(record, fields, { kind: "record" })
    changes.set("plan", null)
  }

  /* A record that cannot be read. */
  for (const [key, text] of storage.find(/^plan(-unreadable)?$/)) {
    if (changes.has(key) || !/^\s*\{\s*"format":\s*"journey-plan"/.test(text)) continue
    aside.push({ kind: "record", place: "", text, problem: { kind: "not-json" } })
    changes.set(key, null)
  }

  /* A list of ids, and a note for each. */
  const ids = storage.find(/^shortlist$/).get("shortlist")?.split(",") ?? []
  if (ids.length && ids.every(site.actions.has)) {
    keepItems(record, ids)
    changes.set("shortlist", null)
  }
  for (const [key, note] of storage.find(/^note:/)) {
    const id = key.slice(5)
    if (!findItem(id) && !site.actions.has(id)) continue
    if (!findItem(id)) record.removed.push({ id })
    const problem = check("items", "note", note)
    if (problem) aside.push({ kind: "items", id, field: "note", text: note, problem })
    else merge(findItem(id), { note }, { kind: "items", id })
    changes.set(key, null)
  }
  return aside
}
