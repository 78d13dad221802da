/* Earlier versions of the record, which the reader can look at and bring back: the five newest, at least ten minutes apart. */
site.versions = (() => {
  const { storage } = site
  const MOST = { count: 5, size: 1_000_000 } // the size of all, in characters
  const APART = 10 * 60 * 1000 // milliseconds
  const isEmpty = ({ items, objectives, removed, disablers, name }) => ![...items, ...objectives, ...removed, ...disablers].length && !name

  /* Returns the texts of all versions by key, the newest first. */
  const findAll = () => [...storage.find(/^version:/)].sort().reverse()
  const parse = text => {
    try {
      const version = { ...site.record.makeEmpty(), ...JSON.parse(text) }
      site.record.clean(version)
      return version
    } catch { return null }
  }

  /* Stores a record as a version, if it is not empty and not the same as the newest. Older ones make room for it. */
  const store = version => {
    const text = JSON.stringify(version)
    const others = findAll()
    if (isEmpty(version) || text.length > MOST.size || text === others[0]?.[1]) return
    let size = text.length
    const kept = others.slice(0, MOST.count - 1).filter(([, other]) => (size += other.length) <= MOST.size)
    for (const [key] of others.slice(kept.length)) storage.set(key, null)
    // Two versions of the same moment, and a clock that was put back, must not replace a newer one.
    const newest = Date.parse(others[0]?.[0].slice("version:".length)) || 0
    const when = new Date(Math.max(Date.now(), newest + 1)).toISOString()
    while (!storage.set(`version:${when}`, text) && kept.length) storage.set(kept.pop()[0], null)
  }

  return {
    /* Keeps the record as it is now. For what removes or replaces much. */
    keep: () => store(site.record.read()),

    /* Keeps a record that is about to change, if the last version is old enough. */
    keepIfDue(before) {
      const [newest] = findAll()
      const age = newest ? Math.abs(Date.now() - Date.parse(newest[0].slice("version:".length))) : Infinity
      if (!(age < APART)) store(before)
    },

    /* Returns what there is, the newest first: when, as text, and the numbers of items and objectives. */
    list: () => findAll().flatMap(([key, text]) => {
      const version = parse(text)
      return version ? { when: key.slice("version:".length), items: version.items.length, objectives: version.objectives.length } : []
    }),

    /* Returns the record as it was then, or null if it is no longer there. */
    get: when => parse(new Map(findAll()).get(`version:${when}`)),

    /* Makes the record what it was then. What it is now becomes a version. Returns what `site.record.change` does. */
    bringBack(when) {
      const version = site.versions.get(when)
      if (!version) return undefined
      store(site.record.read())
      return site.record.change(own => site.record.replace(own, version))
    },

    /* Deletes all versions. */
    forgetAll: () => { for (const [key] of findAll()) storage.set(key, null) },
  }
})()
