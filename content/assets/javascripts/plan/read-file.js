/* Reading a saved file. What doesn't pass the check is set aside, and everything else is read. */
site.readPlanFile = (() => {
  const MOST = 2_000_000 // characters: more than a record can have

  /* Returns a text as JSON; undefined if it isn't JSON. */
  const parse = text => {
    try { return JSON.parse(text.replace(/^\uFEFF/, "")) } catch { return undefined }
  }

  /* Returns the names in a record that this site doesn't know. */
  const findUnknown = record => {
    const { fields } = site.record
    const findIn = (kind, entry) => Object.keys(entry).filter(name => !fields[kind].includes(name))
    return [...new Set([
      ...findIn("record", record),
      ...["items", "removed", "objectives"].flatMap(kind => record[kind].flatMap(entry => findIn(kind, entry))),
    ])]
  }

  /* Returns the record in a file, from its bytes (an ArrayBuffer) or its text. Also returns what was set `aside`, as a list of place,
     text and problem, with kind, id and field where these are known, and the names that are `unknown` here, whose values are
     kept. If the file cannot be read at all, there is no record, but a `problem`: its kind is "not-ours", "newer", "too-large" or
     "encoding", for a file that another program has saved in another encoding than UTF-8. */
  return content => {
    const fail = (kind, more) => ({ aside: [], unknown: [], problem: { kind, ...more } })
    const decode = (encoding, options) => typeof content === "string" ? content : new TextDecoder(encoding, options).decode(content)
    if ((content.length ?? content.byteLength) > MOST * 3) return fail("too-large", { most: MOST })
    let text, isForeign
    try { text = decode("utf-8", { fatal: true }) } catch {
      isForeign = true
      text = decode("windows-1252")
    }
    if (text.length > MOST) return fail("too-large", { most: MOST })
    const data = parse(text)
    if (data?.format !== "journey-plan" || !Number.isInteger(data.version) || data.version < 1) return fail("not-ours")
    if (isForeign) return fail("encoding")
    if (data.version > site.record.makeEmpty().version) return fail("newer")
    const record = { ...site.record.makeEmpty(), ...data }
    const aside = site.record.clean(record)
    return { record, aside, unknown: findUnknown(record) }
  }
})()
