/* Tables that were changed in a spreadsheet, and what changed in them. Nothing here changes a record. */
site.csv = (() => {
  /* --- Reading a file -------------------------------------------------------------------------------------------- */

  const decode = buffer => {
    const bytes = new Uint8Array(buffer)
    const mark = bytes[0] << 8 | bytes[1]
    const encoding = { 0xfffe: "utf-16le", 0xfeff: "utf-16be" }[mark] ?? "utf-8"
    try { return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding } } catch {
      return { text: new TextDecoder("windows-1252").decode(bytes), encoding: "windows-1252" }
    }
  }

  /* Returns the rows of a table (RFC 4180), and whether the last quotation mark is closed. */
  const readRows = (text, separator) => {
    const rows = []
    let row = []
    let cell = ""
    let isQuoted = false
    const endRow = () => {
      rows.push([...row, cell])
      row = []
      cell = ""
    }
    for (let at = 0; at < text.length; at++) {
      const sign = text[at]
      if (isQuoted) {
        if (sign !== '"') cell += sign
        else if (text[at + 1] === '"') cell += text[++at]
        else isQuoted = false
      } else if (sign === '"' && !cell) isQuoted = true
      else if (sign === separator) {
        row.push(cell)
        cell = ""
      } else if (sign === "\n" || (sign === "\r" && text[at + 1] !== "\n")) endRow()
      else if (sign !== "\r") cell += sign
    }
    if (cell || row.length) endRow()
    return { rows, isWhole: !isQuoted }
  }

  /* --- Comparing cells ------------------------------------------------------------------------------------------- */

  /* Letters that are not in Windows-1252. */
  const FOREIGN = /[^\t\n\r -\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/g
  const hasForeign = text => text.search(FOREIGN) >= 0
  /* A text as a spreadsheet saves it in Windows-1252: with ? for each letter that is not there, or with a similar letter. */
  const narrow = text => [text.replace(FOREIGN, "?"), text.replace(FOREIGN, sign => sign.normalize("NFD").match(/^[ -~]/)?.[0] ?? "?")]

  /* A text without what makes no difference: line endings, and spaces at the end of a line. */
  const tidy = text => text.normalize().replace(/\p{Surrogate}/gu, "\ufffd").split(/\r\n?|\n/).map(line => line.trimEnd()).join("\n").trimEnd()
  /* Without the apostrophe that `table.js` puts before a cell that looks like a formula. */
  const unescape = text => text.replace(/^'(?=[=+\-@\t\r\n＝＋－＠]|$)/, "")
  const isSame = (cell, value) => tidy(unescape(cell)) === tidy(unescape(value))
  const isName = (cell, name) => [name, ...narrow(name.normalize())].some(one => isSame(cell.toLowerCase().trim(), one.toLowerCase()))

  /* --- Dates ----------------------------------------------------------------------------------------------------- */

  /* Returns a day as 2027-03-31, or "" if there is no such day. Browsers read 31 February as 3 March. */
  const makeDay = (year, month, day) => {
    const parts = [year.length === 2 ? `20${year}` : year, ...[month, day].map(part => String(part).padStart(2, "0"))]
    const time = Date.UTC(parts[0], parts[1] - 1, parts[2])
    return new Date(time).toISOString().startsWith(parts.join("-")) && parts[0] >= "1900" ? parts.join("-") : ""
  }
  /* Returns a month's number, from a name of at least three letters in one of the languages. */
  const findMonth = (word, months) => {
    const isPrefix = name => name.toLowerCase().startsWith(word.toLowerCase())
    const found = new Set(months.flatMap(names => [...names.keys()].filter(at => word.length > 2 && isPrefix(names[at]))))
    return found.size === 1 ? [...found][0] + 1 : 0
  }

  /* Returns the days that a cell can mean, as { british, american }: the second only if the first two numbers could be
     the other way round. A cell without a day has neither. */
  const readDay = (text, months) => {
    const make = (year, month, day) => ({ british: makeDay(year, month, day) })
    let found = text.match(/^(\d{4})([-/.])(\d\d?)\2(\d\d?)(?:[T ][\d:.]+)?$/)
    if (found) return make(found[1], found[3], found[4])
    found = text.match(/^(\d\d?)([-/. ])(\d\d?)\2(\d{4}|\d\d)(?: [\d:.]+)?$/)
    if (found) return { ...make(found[4], found[3], found[1]), american: makeDay(found[4], found[1], found[3]) }
    found = text.match(/^(\d\d?)\p{L}{0,3}[-/. ]+(\p{L}+)[-/., ]+(\d{4}|\d\d)$/u)
    if (found) return make(found[3], findMonth(found[2], months), found[1])
    found = text.match(/^(\p{L}+)[. ]+(\d\d?)\p{L}{0,3},? +(\d{4})$/u)
    if (found) return make(found[3], findMonth(found[1], months), found[2])
    // How spreadsheets count days. The first one is that of 1 January 2000.
    const number = /^\d{5}(?:\.0+)?$/.test(text) ? Number(text) : 0
    return number >= 36526 && number < 73051 ? { british: new Date((number - 25569) * 86_400_000).toISOString().slice(0, 10) } : {}
  }

  /* --- What changed ---------------------------------------------------------------------------------------------- */

  /* Returns { after }, what a cell says, or { why }, why it can't be used. `before` is what the record says.
     - "choice": it is none of the words for this column
     - "day": it is no day
     - "doubtful": it could be two different days
     - "letters": the spreadsheet lost letters such as ŵ, and nothing else changed
     - "long": it is longer than the column allows */
  const readers = {
    text(cell, before, { most = Infinity }, { isNarrow }) {
      if (isSame(cell, before)) return { after: before }
      if (isNarrow && hasForeign(before) && narrow(before.normalize()).some(text => isSame(cell, text))) return { why: "letters" }
      const after = tidy(unescape(cell))
      return after.length > most ? { why: "long" } : { after }
    },
    choice(cell, before, { values }) {
      const ids = Object.keys(values).filter(id => [id, ...values[id]].some(name => isName(cell, name)))
      if (ids.includes(before) || isSame(cell, before)) return { after: before }
      if (!cell.trim()) return { after: "" }
      return ids.length ? { after: ids[0] } : { why: "choice" }
    },
    day(cell, before, { months }, { isAmerican }) {
      const text = unescape(cell).trim()
      if (text === before || !text) return { after: text }
      const { british, american } = readDay(text, months)
      if (!american || american === british) return british ? { after: british } : { why: "day" }
      if (american === before && (isAmerican || !british)) return { after: before }
      if (!british) return { why: "day" }
      return american === before || isAmerican ? { why: "doubtful" } : { after: british }
    },
  }

  const isRead = ({ kind }) => kind in readers
  const getValue = (item, field) => {
    const [name, way] = field.split(".")
    return (way ? item.ways?.[way] : item[name]) ?? ""
  }

  return {
    /* Returns a promise of the columns of the plan's table: see `findChanges`. Their names and choices are in all languages,
       first in that of the page. The choices of "objective" are the reader's own: add their texts, by their ids. */
    load: () => site.data.load("plan/table"),

    /* Returns the rows of a table for `site.table.save`, the headings first. `describe(id, field)` returns what the guidance
       says about an action. In a table for others, leave out the column "note". */
    makeRows: (columns, items, describe) => [columns.map(({ names }) => names[0]), ...items.map(item => columns.map(column => {
      const { field, values } = column
      if (!isRead(column)) return field === "id" ? item.id : describe(item.id, field)
      const value = getValue(item, field)
      return (value && values?.[value]?.[0]) || value
    }))],

    /* Returns { rows, encoding, isWhole } from an ArrayBuffer or a text. A row is a list of texts. `encoding` is
       "windows-1252" if the file isn't Unicode: then some letters may be lost. `isWhole` is false if the end is missing. */
    parse(file) {
      const { text, encoding } = typeof file === "string" ? { text: file.replace(/^\ufeff/, "") } : decode(file)
      const [, named] = text.match(/^sep=(.)\r?\n/) ?? []
      const [head] = text.replace(/"[^"]*"/g, "").trimStart().split(/[\r\n]/)
      const [separator] = named ?? [",", ";", "\t"].sort((one, other) => head.split(other).length - head.split(one).length)
      return { ...readRows(named ? text.slice(text.indexOf("\n") + 1) : text, separator), encoding }
    },

    /* Compares the rows of a table with the items of a record. Columns are found by their names, in any order, and rows by
       the action's id or address. A column is { field, kind, names }, and `kind` is one of
       - "id" or "address", by which rows are found; "fixed", which is not read
       - "text", with `most`, how long it can be
       - "choice", with `values`: the words for each value, by its id
       - "day", with `months`: the twelve names of the months, for each language
       Returns
       - changes: [{ id, field, before, after }]; the field of a way of working begins with "ways."
       - unknownRows: [{ row, id }], which belong to no item; `row` is a spreadsheet's number of the row
       - missingColumns: fields; unknownColumns: headings
       - problems: [{ row, id, field, text, why }]: cells that were not used, with a reason of `readers`, or "twice" for a
         second row of an item */
    findChanges(rows, columns, items) {
      const start = rows.findIndex(row => row.some(cell => cell.trim()))
      const header = rows[start] ?? []
      const places = columns.map(({ names }) => header.findIndex(cell => names.some(name => isName(cell, name))))
      const file = {
        isNarrow: !rows.some(row => row.some(hasForeign)),
        isAmerican: columns.some(({ kind, months }, at) => kind === "day" && rows.some(row => {
          const { british, american } = readDay(unescape(row[places[at]] ?? "").trim(), months)
          return !british && american
        })),
      }
      const result = {
        changes: [], unknownRows: [], problems: [],
        missingColumns: columns.filter((column, at) => places[at] < 0 && (isRead(column) || column.kind === "id")).map(({ field }) => field),
        unknownColumns: header.filter((cell, at) => cell.trim() && !places.includes(at)),
      }
      const findIds = row => columns.flatMap(({ kind }, at) => {
        const cell = unescape(row[places[at]] ?? "").trim().toLowerCase()
        return { id: [cell], address: [cell.match(/actions\/([a-z0-9-]+)\.html/)?.[1]] }[kind] ?? []
      }).filter(Boolean)
      const seen = new Set()
      for (const [at, row] of rows.entries()) {
        if (at <= start || !row.some(cell => cell.trim())) continue
        const ids = findIds(row)
        const item = items.find(({ id }) => ids[0] === id) ?? items.find(({ id }) => ids.includes(id))
        const id = item?.id ?? ids[0] ?? ""
        if (!item) {
          result.unknownRows.push({ row: at + 1, id })
          continue
        }
        if (seen.has(id)) {
          result.problems.push({ row: at + 1, id, field: "id", text: id, why: "twice" })
          continue
        }
        seen.add(id)
        for (const [place, column] of columns.entries()) {
          const text = row[places[place]]
          if (text === undefined || !isRead(column)) continue // spreadsheets leave out empty cells at the end of a row
          const { field, kind } = column
          const before = getValue(item, field)
          const { after, why } = readers[kind](text, before, column, file)
          if (why) result.problems.push({ row: at + 1, id, field, text, why })
          else if (after !== before) result.changes.push({ id, field, before, after })
        }
      }
      return result
    },
  }
})()
