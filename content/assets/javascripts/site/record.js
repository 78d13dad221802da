/* The reader's record: the actions that they keep, with the status and all that they write about them, and their
   objectives. It is one JSON text, in the browser and in saved files:

   {"format": "journey-plan", "version": 1, "name": "For the Board", "edition": "2026-11-23", "saved": "2026-11-25",
    "objectives": [{"id": "o1", "text": "…"}], "disablers": ["…"],
    "items": [{"id": "empty-homes", "status": "planned", "objective": "o1", "lead": "…", "by": "2027-03-31",
               "note": "…", "evidence": "…", "ways": {"prevention": "…"}}],
    "removed": [items that the reader removed, in case they keep them again]}

   Where it is stored:
   - in localStorage;
   - where that is blocked or full, in the name of the window, which all pages in that window share;
   - in Firefox, when the site was opened from a folder, each page has a localStorage of its own. There, only the plan
     has the record. Other pages pass what the reader keeps to it in a cookie, the inbox. Without a server, the cookie is
     sent nowhere. Chromium has no cookies there, and one localStorage for all pages.

   The event "record" on the document says that the record may have changed, here or in another tab. */
site.record = (() => {
  const FORMAT = "journey-plan"
  const VERSION = 1
  const MOST = { items: 5000, text: 10000, cookie: 3900 }
  const isPlan = !!document.querySelector(".plan")

  /* --- What a record can contain --------------------------------------------------------------------------------- */

  const makeEmpty = () => ({ format: FORMAT, version: VERSION, objectives: [], disablers: [], items: [], removed: [] })
  const isObject = value => typeof value === "object" && value !== null && !Array.isArray(value)
  const isId = value => /^[a-z0-9-]{1,80}$/.test(value)
  const isText = value => typeof value === "string" && value.length <= MOST.text
  const isDay = value => value === "" || (/^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)))
  const isStatus = value => site.statuses.some(({ id }) => id === value)
  const KINDS = {
    record: { name: isText, edition: isText, saved: isText },
    items: { id: isId, status: isStatus, objective: isText, lead: isText, by: isDay, note: isText, evidence: isText },
    objectives: { id: isText, text: isText },
  }
  KINDS.removed = KINDS.items

  /* Returns what is wrong with a record, as the place and a word for the mistake, or undefined if nothing is. Fields that
     we don't know are no mistake. */
  const findMistake = data => {
    if (!isObject(data) || data.format !== FORMAT) return { kind: "format" }
    if (!Number.isInteger(data.version)) return { kind: "format" }
    if (data.version > VERSION) return { kind: "newer" }
    const findIn = (entry, kind, place) => {
      if (!isObject(entry)) return { kind: "value", place }
      for (const [field, fits] of Object.entries(KINDS[kind])) {
        const isMissing = entry[field] === undefined && field !== "id"
        if (!isMissing && !(typeof entry[field] === "string" && fits(entry[field]))) return { kind: "value", place: `${place} ${field}` }
      }
      if (entry.ways !== undefined && !(isObject(entry.ways) && Object.values(entry.ways).every(isText))) {
        return { kind: "value", place: `${place} ways` }
      }
    }
    for (const kind of ["items", "removed", "objectives"]) {
      const entries = data[kind] ?? []
      if (!Array.isArray(entries) || entries.length > MOST.items) return { kind: "value", place: kind }
      for (const [number, entry] of entries.entries()) {
        const mistake = findIn(entry, kind, `${kind} ${number + 1}`)
        if (mistake) return mistake
      }
      const ids = entries.map(({ id }) => id)
      const twice = ids.find((id, place) => ids.indexOf(id) !== place)
      if (twice !== undefined) return { kind: "twice", place: `${kind} ${twice}` }
    }
    if (!(Array.isArray(data.disablers ?? []) && (data.disablers ?? []).every(isText))) return { kind: "value", place: "disablers" }
    return findIn(data, "record", "")
  }

  /* Returns a record from its text, or null if the text is not one. */
  const parse = text => {
    try {
      const data = JSON.parse(text)
      return findMistake(data) ? null : { ...makeEmpty(), ...data }
    } catch { return null }
  }

  /* --- Where it is stored ---------------------------------------------------------------------------------------- */

  let isUnstored = false
  try { // a record needs less room than this; a full browser can still be read
    localStorage.setItem("room", " ".repeat(5000))
    localStorage.removeItem("room")
  } catch { isUnstored = true }

  const getStored = key => { try { return localStorage.getItem(key) } catch { return null } }
  const readCookie = () => document.cookie.match(/(?:^|; )shortlist=([^;]*)/)?.[1] ?? ""
  const writeCookie = text => { document.cookie = `shortlist=${text}; path=/; max-age=${text ? 31536000 : 0}; SameSite=Strict` }
  const hasCookies = () => {
    document.cookie = "try=1; path=/; max-age=60; SameSite=Strict"
    return document.cookie.includes("try=1")
  }
  const isSplit = location.protocol === "file:" && hasCookies()
  const isInbox = isSplit && !isPlan

  const announce = () => document.dispatchEvent(new Event("record"))
  for (const event of ["storage", "pageshow", "focus"]) addEventListener(event, announce)

  /* Adds to a record what earlier versions of this site stored: a list of ids, and notes by id. */
  const addOld = record => {
    keepItems(record, site.idList.parse(window.name.match(/^ids=(.*)/)?.[1] ?? getStored("shortlist")))
    try {
      for (const key of Object.keys(localStorage).filter(key => key.startsWith("note:") && isId(key.slice(5)))) {
        const note = localStorage.getItem(key).slice(0, MOST.text)
        const item = [...record.items, ...record.removed].find(({ id }) => id === key.slice(5))
        if (item) item.note ??= note
        else record.removed.push({ id: key.slice(5), note })
      }
    } catch { /* then there are none */ }
  }
  const removeOld = () => {
    for (const key of Object.keys(localStorage)) {
      if (key === "shortlist" || key.startsWith("note:")) localStorage.removeItem(key)
    }
  }

  const getText = () => window.name.match(/^plan=(.*)/s)?.[1] ?? getStored("plan")

  const read = () => {
    if (isInbox) return { ...makeEmpty(), items: site.idList.parse(readCookie()).map(id => ({ id })) }
    const text = getText()
    const record = parse(text) ?? makeEmpty()
    addOld(record)
    if (isSplit) keepItems(record, site.idList.parse(readCookie()))
    return record
  }

  const write = record => {
    if (isInbox) {
      const ids = site.idList.format(record.items.map(({ id }) => id))
      if (ids.length > MOST.cookie) return false
      writeCookie(ids)
      return true
    }
    const text = JSON.stringify(record)
    try {
      const before = localStorage.getItem("plan")
      if (before !== null && !parse(before)) localStorage.setItem("plan-unreadable", before)
      localStorage.setItem("plan", text)
      removeOld()
      window.name = ""
      isUnstored = false
    } catch {
      isUnstored = true
      window.name = `plan=${text}`
    }
    if (isSplit) writeCookie("")
    return true
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

  return {
    /* The names of the fields that a record and its items can have. */
    fields: { record: [...Object.keys(makeEmpty()), ...Object.keys(KINDS.record)], items: [...Object.keys(KINDS.items), "ways"] },
    /* Whether this page can only pass ids to the plan. */
    isInbox,
    isSplit,
    findMistake,
    makeEmpty,
    keepItems,
    removeItems,
    setStatus,
    read,

    /* Whether there is a record, even an empty one. There is none before the reader keeps the first action, or where the
       browser lost it. */
    exists: () => getText() !== null || getStored("shortlist") !== null || window.name.startsWith("ids=") || !!(isSplit && readCookie()),

    /* Whether what is stored can't be read. It is kept under another name when the record is stored again. */
    isUnreadable: () => !isInbox && getText() !== null && !parse(getText()),
    getUnreadable: getText,

    /* Changes the stored record with a function, so that no tab overwrites what another one stored. Returns false if the
       browser has no room for more. */
    change(edit) {
      const record = read()
      edit(record)
      const done = write(record)
      announce()
      return done
    },

    /* Whether the record will still be there at the next visit. */
    isLasting: () => !isUnstored,
  }
})()
