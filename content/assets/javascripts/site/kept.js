/* The actions that the reader keeps in their plan, with a status. The rest of the record is only for the page of the plan:
   `plan/record.js` says what a record can contain. Its keys, so that two tabs that change different parts lose nothing:
   - `item:<id>` and `objective:<id>`: what the reader wrote, as JSON without the id;
   - `item-place:<id>` and `objective-place:<id>`: a number, by which they are ordered. An item is kept while it has one;
   - `field:<name>`: every other field, as JSON;
   - `aside:<number>`: what could not be read, as JSON;
   - `version:<time>`: the record as it was then.

   In Firefox, when the site was opened from a folder, each page has a storage of its own. There, only the plan has the
   record. Other pages pass the ids of what the reader keeps to it in a cookie, the inbox. Without a server, the cookie is
   sent nowhere. Chromium has no cookies there, and one storage for all pages.

   The event "record" on the document says that the record may have changed, here or in another tab. */
site.kept = (() => {
  // Firefox's limit for a cookie, in characters, is a little more.
  const MOST = 3900
  const COOKIE = document.documentElement.dataset.prefix.slice(0, -1)
  const writeCookie = (text, name = COOKIE) => { document.cookie = `${name}=${text}; path=/; max-age=${text ? 31536000 : 0}; SameSite=Strict` }
  const readInbox = () => site.idList.parse(document.cookie.split(`${COOKIE}=`)[1]?.split(";")[0])
  const hasCookies = () => {
    writeCookie("yes", `${COOKIE}-try`)
    return document.cookie.includes("-try=yes")
  }
  const isSplit = location.protocol === "file:" && hasCookies()
  const isInbox = isSplit && !document.querySelector(".plan")

  const announce = () => document.dispatchEvent(new Event("record"))
  for (const event of ["storage", "pageshow", "focus"]) addEventListener(event, announce)

  const isObject = value => typeof value === "object" && value !== null && !Array.isArray(value)

  /* Returns the object that a text is in JSON, or null if it isn't one. */
  const parse = text => {
    try {
      const value = JSON.parse(text)
      return isObject(value) ? value : null
    } catch { return null }
  }

  /* Returns the places of a kind of entry by id, in order. Those that two tabs gave at the same moment can be the same. */
  const findPlaces = (all, kind) => {
    const start = `${kind}-place:`
    const places = [...all].filter(([key]) => key.startsWith(start)).map(([key, text]) => [key.slice(start.length), Number(text) || Infinity])
    return new Map(places.sort().sort(([, one], [, other]) => one < other ? -1 : one > other))
  }

  /* Adds to changes the places of these items after those that have one. */
  const addPlaces = (changes, all, ids) => {
    const places = findPlaces(all, "item")
    let last = Math.max(0, ...[...places.values()].filter(Number.isFinite))
    for (const id of ids) if (!places.has(id)) changes.set(`item-place:${id}`, String(++last))
    // There is a record now, even if it becomes empty.
    changes.set("field:version", "1")
  }

  /* Returns the texts of a record by key. `places` are those that entries have, by kind: they keep them if these are in order. */
  const divide = ({ format, items, removed, objectives, ...fields }, places) => {
    const parts = new Map(Object.entries(fields).map(([field, value]) => [`field:${field}`, JSON.stringify(value)]))
    for (const [kind, entries] of [["item", removed], ["item", items], ["objective", objectives]]) {
      let last = 0
      for (const { id, ...rest } of entries) {
        if (Object.keys(rest).length) parts.set(`${kind}:${id}`, JSON.stringify(rest))
        if (entries === removed) continue
        const place = places?.[kind].get(id)
        last = place > last && place < Infinity ? place : last + 1
        parts.set(`${kind}-place:${id}`, String(last))
      }
    }
    return parts
  }

  /* Returns the record that an earlier version of this site stored as one text, under the key "plan" or in the name of the window.
     Another page on the same host may have a key of this name. */
  const findOld = () => [site.storage.find(/^plan$/).get("plan"), window.name.match(/^plan=(.*)/s)?.[1]]
    .map(text => text && parse(text)).find(old => old?.format === "journey-plan" && old.version === 1)

  /* Takes over an old record if there is no other. The plan does so with the rest: what a tab of an earlier version, which is
     still open, adds later, and what needs a check. */
  const takeOver = () => {
    const old = site.storage.find(/^field:version$/).size ? undefined : findOld()
    const lists = ["items", "removed", "objectives"].map(kind => old && (old[kind] ??= []))
    if (lists.every(list => Array.isArray(list) && list.every(entry => typeof entry?.id === "string"))) {
      site.storage.change(divide(old).set("plan", null))
    }
  }

  /* Returns the kept actions: the id of each, and its status if it has one. */
  const list = () => {
    if (isInbox) return readInbox().map(id => ({ id }))
    takeOver()
    const all = site.storage.find(/^item/)
    return [...findPlaces(all, "item").keys()].map(id => {
      const status = parse(all.get(`item:${id}`) ?? "{}")?.status
      return site.statuses.some(({ id }) => id === status) ? { id, status } : { id }
    })
  }

  /* Keeps actions, after those that are kept, with what the reader had written before they removed them. Returns false if this
     page can only pass them to the plan and there is no room for more. */
  const add = ids => {
    const text = site.idList.format([...new Set([...readInbox(), ...ids])])
    if (isInbox && text.length > MOST) return false
    if (isInbox) writeCookie(text)
    else {
      const changes = new Map()
      addPlaces(changes, site.storage.find(/^item/), ids)
      site.storage.change(changes)
    }
    announce()
    return true
  }

  /* Removes an action. What the reader wrote about it stays, in case they keep it again. */
  const remove = id => {
    if (isInbox) writeCookie(site.idList.format(readInbox().filter(other => other !== id)))
    else site.storage.change(new Map([[`item-place:${id}`, null]]))
    announce()
  }

  /* Sets the status of an action. The first one also keeps it. What cannot be read stays for the plan to set aside. */
  const setStatus = (id, status) => {
    const key = `item:${id}`
    const all = site.storage.find(/^item/)
    const changes = new Map()
    const item = parse(all.get(key) ?? "{}")
    if (item) {
      delete item.status
      if (status) item.status = status
      changes.set(key, Object.keys(item).length ? JSON.stringify(item) : null)
    }
    if (status) addPlaces(changes, all, [id])
    site.storage.change(changes)
    announce()
  }

  return { isInbox, isSplit, readInbox, clearInbox: () => writeCookie(""), findPlaces, findOld, divide, list, add, remove, setStatus }
})()
