/* The reader's record: the actions that they keep, with the status and all that they write about them, and their
   objectives. Saved files have it as one JSON text:

   {"format": "journey-plan", "version": 1, "name": "For the Board", "edition": "2026-11-23", "saved": "2026-11-25",
    "objectives": [{"id": "o1", "text": "…"}], "disablers": ["…"],
    "items": [{"id": "empty-homes", "status": "planned", "objective": "o1", "lead": "…", "by": "2027-03-31",
               "note": "…", "evidence": "…", "ways": {"prevention": "…"}}],
    "removed": [items that the reader removed, in case they keep them again]}

   `site/kept.js` says how it is stored, and has what other pages than the plan do with it. Every value is checked before it is
   stored and when it is read. One that doesn't pass never costs another: it is refused, or set aside. */
site.record = (() => {
  const FORMAT = "journey-plan"
  const VERSION = 1
  const MOST = { entries: 5000, text: 100_000, record: 1_500_000 }
  const LISTS = ["items", "removed", "objectives"]
  const makeEmpty = () => ({ format: FORMAT, version: VERSION, objectives: [], disablers: [], items: [], removed: [] })
  const isObject = value => typeof value === "object" && value !== null && !Array.isArray(value)

  /* --- What a record can contain --------------------------------------------------------------------------------- */

  const checkText = value => {
    if (typeof value !== "string") return { kind: "not-text" }
    if (value.length > MOST.text) return { kind: "too-long", most: MOST.text }
  }
  const checkBy = (fits, kind) => value => checkText(value) ?? (fits(value) ? undefined : { kind })
  const checkId = checkBy(id => /^[a-z0-9-]{1,80}$/.test(id), "not-an-id")
  const checkStatus = checkBy(status => site.statuses.some(({ id }) => id === status), "unknown-status")
  // A day that doesn't exist, such as 30 February, comes back as another one or not at all.
  const checkDay = checkBy(day => !day || (/^[1-9]\d{3}-\d\d-\d\d$/.test(day)
    && new Date(Date.parse(day) || 0).toISOString().startsWith(day)), "not-a-day")
  const checkTexts = value => Array.isArray(value) ? value.map(checkText).find(Boolean) : { kind: "not-a-list" }
  const checkWays = value => isObject(value) ? undefined : { kind: "not-an-entry" }

  const texts = (...names) => names.map(name => [name, checkText])
  const FIELDS = {
    record: new Map([...texts("name", "edition", "saved"), ["disablers", checkTexts]]),
    items: new Map([["id", checkId], ["status", checkStatus], ["by", checkDay], ["ways", checkWays],
      ...texts("objective", "lead", "note", "evidence")]),
    objectives: new Map(texts("id", "text")),
  }
  FIELDS.removed = FIELDS.items

  /* Returns what is wrong with the value of a field, such as {kind: "too-long", most: 100000}; undefined if nothing is.
     `kind` is one of `FIELDS`, or "ways". Any field that we don't know can have any value. */
  const check = (kind, field, value) => {
    if (field === "__proto__") return { kind: "not-a-name" } // scripts would take it for something else
    const fits = kind === "ways" || field.startsWith("ways.") ? checkText : FIELDS[kind].get(field)
    return fits?.(value)
  }

  const nameOf = (kind, { id }) => `${kind === "objectives" ? "objective" : "item"} ${id}`

  /* Takes out of a record what doesn't pass the check. Returns it: for each value the place, text, problem and value, and
     where it is known the id of the entry and the field. `before` is the record before a change: its values stay instead. */
  const clean = (record, before) => {
    const out = []
    const takeOut = (value, problem, place, about) => out.push(
      { ...about, place, problem, value, text: typeof value === "string" ? value : JSON.stringify(value) ?? "" })
    const cleanFields = (kind, entry, old, place, about) => {
      for (const [field, value] of Object.entries(entry)) {
        const problem = value === undefined ? undefined : check(kind, field, value)
        if (problem) {
          takeOut(value, problem, `${place} ${field}`.trim(), { ...about, field: kind === "ways" ? `ways.${field}` : field })
          if (old && Object.hasOwn(old, field)) entry[field] = old[field]
          else if (field === "disablers" && Array.isArray(value)) entry[field] = value.filter(one => !checkText(one))
          else delete entry[field]
        } else if (value === undefined) delete entry[field]
        else if (field === "ways" && kind !== "record") {
          const count = out.length
          cleanFields("ways", value, undefined, `${place} ${field}`, about)
          if (out.length > count && old?.ways) entry.ways = old.ways
        }
      }
    }
    // What the reader removed can come back, and the other way round.
    const entriesBefore = new Map(LISTS.flatMap(kind => before?.[kind].map(entry => [nameOf(kind, entry), entry]) ?? []))
    for (const kind of LISTS) {
      const given = record[kind] ?? (before ? null : [])
      const good = new Map()
      const count = out.length
      if (!Array.isArray(given)) takeOut(given, { kind: "not-a-list" }, kind, { kind })
      else if (given.length > MOST.entries) {
        takeOut(given.splice(MOST.entries), { kind: "too-many", most: MOST.entries }, kind, { kind })
      }
      for (const [number, entry] of Array.isArray(given) ? given.entries() : []) {
        const place = `${kind} ${number + 1}`
        const problem = isObject(entry) ? check(kind, "id", entry.id) : { kind: "not-an-entry" }
        if (problem) takeOut(entry, problem, place + (isObject(entry) ? " id" : ""), { kind })
        else if (good.has(entry.id)) takeOut(entry, { kind: "twice" }, `${kind} ${entry.id}`, { kind, id: entry.id })
        else good.set(entry.id, entry)
      }
      record[kind] = before && out.length > count ? before[kind] : [...good.values()]
      for (const [number, entry] of record[kind].entries()) {
        cleanFields(kind, entry, entriesBefore.get(nameOf(kind, entry)), `${kind} ${number + 1}`, { kind, id: entry.id })
      }
    }
    cleanFields("record", record, before, "", { kind: "record" })
    record.disablers ??= []
    return out
  }

  /* --- Where it is stored ---------------------------------------------------------------------------------------- */

  /* Reads the record. Returns it with what is needed to store it again: its parts as they are stored and its places, what is to
     be set aside, and other changes that are to be stored with it. */
  const load = () => {
    const parts = site.storage.find(/^(item|objective|field|item-place|objective-place):/)
    const places = { item: site.kept.findPlaces(parts, "item"), objective: site.kept.findPlaces(parts, "objective") }
    const found = { item: new Map(), objective: new Map(), field: new Map() }
    const aside = []
    for (const [key, text] of parts) {
      const kind = key.split(":", 1)[0]
      if (!(kind in found)) continue
      const id = key.slice(kind.length + 1)
      let value
      try { value = JSON.parse(text) } catch { /* it is set aside */ }
      if (kind === "field" && value !== undefined) found.field.set(id, value)
      else if (isObject(value)) {
        const { id: _, ...rest } = value
        found[kind].set(id, rest)
      } else aside.push({ kind: { item: "items", objective: "objectives", field: "record" }[kind], id, place: id, text, problem: { kind: "not-an-entry" } })
    }
    const makeEntry = kind => id => ({ id, ...found[kind].get(id) })
    const list = (kind, ids) => [...ids].map(makeEntry(kind))
    const withoutPlace = kind => [...found[kind].keys()].filter(id => !places[kind].has(id))
    const record = {
      ...makeEmpty(), ...Object.fromEntries(found.field), version: VERSION,
      objectives: list("objective", [...places.objective.keys(), ...withoutPlace("objective")]),
      items: list("item", places.item.keys()),
      removed: list("item", withoutPlace("item")),
    }
    aside.push(...clean(record))
    const others = new Map()
    aside.push(...site.addOldRecords(record, others))
    if (site.kept.isSplit) keepItems(record, site.kept.readInbox())
    return { record, parts, places, aside, others }
  }

  /* Adds items for these ids at the end of a record, with what the reader had written before they removed them. */
  const keepItems = (record, ids) => {
    for (const id of ids) {
      if (record.items.some(item => item.id === id)) continue
      record.items.push(record.removed.find(item => item.id === id) ?? { id })
      record.removed = record.removed.filter(item => item.id !== id)
    }
  }

  /* Takes items out of a record. What the reader wrote about them stays, in case they keep them again. */
  const removeItems = (record, ids) => {
    for (const item of record.items.filter(({ id }) => ids.includes(id))) {
      if (Object.keys(item).length > 1) record.removed = [...record.removed.filter(({ id }) => id !== item.id), item]
    }
    record.items = record.items.filter(({ id }) => !ids.includes(id))
  }

  /* Sets the status of an action in a record. The first one also keeps the action. */
  const setStatus = (record, id, status) => {
    if (status) keepItems(record, [id])
    const item = record.items.find(item => item.id === id)
    if (status) item.status = status
    else delete item?.status
  }

  /* Changes the record with a function, and stores only the parts that it changed, so that no tab overwrites what another one
     stored. Returns the record `before` and `after`, what was `refused` (as `clean` describes it; the value before stays), and
     whether the browser `isFull`: then the change is only held until the reader leaves. */
  const change = edit => {
    const { record, parts, places, aside, others } = load()
    const before = structuredClone(record)
    edit(record)
    let refused = clean(record, before)
    const isKept = ({ id }) => record.items.some(item => item.id === id)
    record.removed = record.removed.filter(item => Object.keys(item).length > 1 && !isKept(item))
    if (JSON.stringify(record).length > MOST.record) {
      refused = [{ kind: "record", place: "", problem: { kind: "too-much", most: MOST.record } }]
      for (const field of Object.keys(record)) delete record[field]
      Object.assign(record, structuredClone(before))
    }
    const after = site.kept.divide(record, places)
    const changes = new Map(others)
    for (const key of [...parts.keys(), ...after.keys()]) {
      if (after.get(key) !== parts.get(key)) changes.set(key, after.get(key) ?? null)
    }
    const last = Math.max(0, ...[...site.storage.find(/^aside:/).keys()].map(key => Number(key.slice(6)) || 0))
    for (const [number, { value: _, ...one }] of aside.entries()) {
      changes.set(`aside:${Math.max(Date.now() * 1000, last + 1) + number}`, JSON.stringify(one))
    }
    let isFull = false
    if (changes.size || !site.storage.isLasting()) {
      site.versions.keepIfDue(before)
      isFull = !site.storage.change(changes)
    }
    if (site.kept.isSplit && !isFull) site.kept.clearInbox()
    document.dispatchEvent(new Event("record"))
    if (refused.length) document.dispatchEvent(new CustomEvent("refused", { detail: refused }))
    return { before, after: structuredClone(record), refused, isFull }
  }

  return {
    /* The names of the fields that a record and its entries can have. */
    fields: Object.fromEntries(Object.entries(FIELDS).map(([kind, fields]) => [kind, [...fields.keys(), ...kind === "record" ? Object.keys(makeEmpty()) : []]])),
    most: MOST,
    isSplit: site.kept.isSplit,
    check,
    clean,
    makeEmpty,
    keepItems,
    removeItems,
    setStatus,
    change,
    readFile: content => site.readPlanFile(content),

    /* Returns the record. */
    read: () => load().record,

    /* Returns what will be set aside at the next change. */
    findAside: () => load().aside,

    /* Replaces everything in a record by what another one has. */
    replace(record, other) {
      for (const field of Object.keys(record)) delete record[field]
      Object.assign(record, structuredClone({ ...makeEmpty(), ...other }))
    },

    /* Whether there is a record, even an empty one. There is none before the reader keeps the first action, or where the
       browser lost it. */
    exists: () => load().parts.has("field:version"),

    /* Whether the record will still be there at the next visit. */
    isLasting: () => site.storage.isLasting(),
  }
})()
