/* What could not be read and was set aside, until the reader deletes it. */
site.aside = (() => {
  const { storage } = site
  return {
    /* Returns what was set aside, the oldest first: the number to forget it by, the text, what is wrong with it and, if known, the kind
       and id of the entry and the field. What is found now has no number before the next change stores it. */
    list() {
      const stored = [...storage.find(/^aside:/)].sort().map(([key, text]) => {
        let one
        try { one = JSON.parse(text) } catch { /* another program has changed it */ }
        return { text, problem: { kind: "not-json" }, ...one, number: Number(key.slice(6)) }
      })
      return [...stored, ...site.record.findAside()]
    },

    /* Deletes what has this number. */
    forget: number => storage.change(new Map([[`aside:${number}`, null]])),

    /* Deletes all. */
    forgetAll() {
      site.record.change(() => {}) // what has no number yet gets one
      storage.change(new Map([...storage.find(/^aside:/).keys()].map(key => [key, null])))
    },
  }
})()
