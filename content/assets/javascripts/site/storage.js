/* The browser's storage, for the reader's record and for what readers choose. Other pages on the same host share it, so the
   name of each key begins with that of this site. It is the same in all languages and in all copies of the site.

   What cannot be stored, because the browser is full or stores nothing, is held in the name of the window, which all pages
   in that window share, until it can be stored or the reader leaves. */
site.storage = (() => {
  const { prefix } = document.documentElement.dataset
  const isOurs = name => name.startsWith(prefix)
  /* The keys that earlier versions of this site used for the record. Other pages may have keys of these names, too. */
  const isOld = name => /^(plan|plan-unreadable|shortlist|note:[a-z0-9-]+)$/.test(name)
  const nameOf = key => isOld(key) ? key : prefix + key

  const read = name => { try { return localStorage.getItem(name) } catch { return null } }
  const write = (name, text) => text === null ? localStorage.removeItem(name) : localStorage.setItem(name, text)

  let isLasting = true
  // A record needs less room than this. A full browser can still be read.
  try {
    write(nameOf("room"), " ".repeat(5000))
    write(nameOf("room"), null)
    isLasting = !isOurs(window.name)
  } catch { isLasting = false }

  /* Returns what is only held, as pairs of key and text. The text of a key that is to be deleted is null. */
  const readHeld = () => {
    try { return Object.entries(isOurs(window.name) ? JSON.parse(window.name.slice(prefix.length)) : {}) } catch { return [] }
  }

  /* Returns the texts of all keys that match a pattern, by key. */
  const find = pattern => {
    const found = new Map()
    try {
      for (const name of Object.keys(localStorage)) {
        const key = isOurs(name) ? name.slice(prefix.length) : name
        if (nameOf(key) === name && pattern.test(key)) found.set(key, read(name) ?? "")
      }
    } catch {
      // Then nothing is stored.
    }
    for (const [key, text] of readHeld()) {
      if (text === null) found.delete(key)
      else if (pattern.test(key)) found.set(key, text)
    }
    return found
  }

  /* Makes all of these changes, or none if there is no room for all. Returns whether there was. */
  const tryToWrite = changes => {
    const done = []
    try {
      for (const [key, text] of changes) {
        const name = nameOf(key)
        const before = read(name)
        write(name, text)
        done.unshift([name, before])
      }
      return true
    } catch {
      try { for (const [name, text] of done) write(name, text) } catch { return false }
      return false
    }
  }

  return {
    prefix,
    find,

    /* Returns the text of a key; if there is none, what an earlier version of this site stored under this name. */
    get: key => read(prefix + key) ?? read(key),

    /* Stores a text. Returns whether there was room for it. */
    set: (key, text) => tryToWrite([[key, text]]),

    /* Stores changes: a Map of texts by key, with null for what is to be deleted. Old versions of the plan make room for them,
       the oldest first. Returns whether all are stored; otherwise they are held. */
    change(changes) {
      // Nothing is deleted before the rest is stored.
      const all = [...new Map([...readHeld(), ...changes])].sort(([, one], [, other]) => (one === null) - (other === null))
      const versions = [...find(/^version:/).keys()].sort().map(key => [key, null])
      isLasting = [...versions, null].some((_, count) => tryToWrite([...versions.slice(0, count), ...all]))
      if (!isLasting) window.name = prefix + JSON.stringify(Object.fromEntries(all))
      else if (isOurs(window.name) || window.name.startsWith("plan=")) window.name = ""
      return isLasting
    },

    /* Whether what readers change will still be there at their next visit. */
    isLasting: () => isLasting,
  }
})()
