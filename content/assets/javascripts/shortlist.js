/* The page of the shortlist. All actions stand in it, hidden; those of the list are shown, in its order. The list is the
   reader's own, or, where the address brings another, that one, to be looked at until the reader decides. */
{
  const page = document.querySelector(".shortlist")
  const part = name => page.querySelector(`[data-${name}]`)
  const list = page.querySelector(".items")
  const rows = new Map([...list.querySelectorAll("[data-action]")].map(row => [row.dataset.action, row]))
  const undoRow = part("undo")
  const site = new URL(".", published ?? location.href)
  const root = site.protocol === "file:" ? "" : site.href

  let theirs = null // the list of the address, where that is not the reader's own
  let unknown = []
  let removed = [] // what Undo brings back: ids, places and notes
  const lost = new Set() // the actions whose notes the browser would not keep

  const known = ids => ids.filter(id => rows.has(id))
  const own = () => known(shortlist.read())
  const shown = () => theirs ?? own()
  const words = (row, selector) => row.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? ""
  const title = id => words(rows.get(id), "h2")
  const noteOf = id => rows.get(id).querySelector("textarea")
  const say = text => { part("said").textContent = text }

  const keepNote = (id, text) => {
    try {
      if (text) localStorage.setItem(`note:${id}`, text)
      else localStorage.removeItem(`note:${id}`)
      lost.delete(id)
    } catch { lost.add(id) }
  }
  const readNotes = () => {
    try {
      for (const id of rows.keys()) {
        const note = localStorage.getItem(`note:${id}`) ?? ""
        if (!lost.has(id) && noteOf(id).value !== note) noteOf(id).value = note
      }
    } catch { /* it keeps none */ }
  }

  const show = () => {
    readNotes()
    const ids = shown()
    const order = ids.map(id => rows.get(id))
    if (removed.length) order.splice(removed[0].place, 0, undoRow)
    order.forEach((row, place) => { // one that is in its place stays untouched: somebody may be writing in it
      if (list.children[place] !== row) list.insertBefore(row, list.children[place])
    })
    ;[...list.children].forEach((row, place) => { row.hidden = place >= order.length })
    ids.forEach((id, place) => {
      const row = rows.get(id)
      row.querySelector("[data-do=up]").setAttribute("aria-disabled", place === 0)
      row.querySelector("[data-do=down]").setAttribute("aria-disabled", place === ids.length - 1)
      row.querySelector("[data-note]").textContent = noteOf(id).value
    })
    page.toggleAttribute("data-theirs", !!theirs)
    part("other").hidden = !theirs
    part("empty").hidden = ids.length > 0
    part("full").hidden = !ids.length
    part("unsaved").hidden = !shortlist.unsaved && !lost.size
    part("unknown").hidden = !unknown.length
    part("unknown").textContent = fill(part("unknown").dataset.unknown, { ids: unknown.slice(0, 20).join(", ") })
    part("mail").href = "mailto:?subject=" + encodeURIComponent(part("mail").dataset.subject) +
      "&body=" + encodeURIComponent(addressOf(shortlist.hash(ids)))
    const hash = shortlist.hash(ids)
    const state = theirs ? null : "own"
    if (location.hash !== hash || history.state !== state) {
      history.replaceState(state, "", location.href.split("#")[0] + hash)
    }
  }

  /* What the address brings. One that this page wrote itself may be older than the list, but not where the browser has
     lost the list; any other counts. */
  const open = () => {
    const ids = shortlist.parse(history.state === "own" && shortlist.stored() !== null ? "" : shortlist.inAddress())
    const mine = own()
    unknown = (ids.length ? ids : shortlist.read()).filter(id => !rows.has(id))
    removed = []
    say("")
    theirs = known(ids).length && mine.length && String(known(ids)) !== String(mine) ? known(ids) : null
    if (known(ids).length && !mine.length) shortlist.write(known(ids))
    else show()
  }

  const move = (id, by, button) => {
    const ids = own()
    const from = ids.indexOf(id)
    if (from < 0) return // another tab removed it just now
    const to = Math.min(Math.max(from + by, 0), ids.length - 1)
    ids.splice(to, 0, ...ids.splice(from, 1))
    removed = []
    shortlist.write(ids)
    button.focus()
    say(fill(part("said").dataset.moved, { title: title(id), place: to + 1, all: ids.length }))
  }

  /* Takes `next` for the list; what it leaves out can be brought back. */
  const replace = next => {
    removed = []
    own().forEach((id, place) => {
      if (next.includes(id)) return
      removed.push({ id, place, note: noteOf(id).value })
      keepNote(id, "")
    })
    theirs = null
    if (removed.length) {
      const told = removed.length > 1
        ? fill(undoRow.dataset.undoAll, { count: removed.length })
        : fill(undoRow.dataset.undo, { title: title(removed[0].id) })
      undoRow.firstElementChild.textContent = told
      say(told)
    }
    shortlist.write(next)
    ;(removed.length ? undoRow.querySelector("button") : rows.get(next[0])?.querySelector("a"))?.focus()
  }

  const undo = () => {
    const ids = own()
    const [{ id }] = removed
    for (const gone of removed) {
      if (!ids.includes(gone.id)) ids.splice(gone.place, 0, gone.id)
      keepNote(gone.id, gone.note)
    }
    removed = []
    shortlist.write(ids)
    rows.get(id).querySelector("[data-do=remove]").focus()
    say(fill(part("said").dataset.moved, { title: title(id), place: ids.indexOf(id) + 1, all: ids.length }))
  }

  const columns = page.querySelector("[data-columns]").dataset.columns.split("|")
  const records = () => shown().map((id, place) => {
    const row = rows.get(id)
    return [
      place + 1, title(id), words(row, ".grade"), words(row, "[data-part=scope]"), words(row, "[data-part=topic]"),
      words(row, ".official"), row.querySelector("[data-statutory]:not(li)").dataset.statutory, words(row, ".address"),
      noteOf(id).value,
    ]
  })

  const asText = () => [
    `${document.title}\n${part("day").textContent}`,
    ...records().map(([number, name, grade, , , wording, , address, note]) => [
      `${number}. ${name}${grade && ` (${grade})`}`, wording, address, note && `${columns.at(-1)}: ${note}`,
    ].filter(Boolean).join("\n")),
  ].join("\n\n")

  /* For spreadsheets: a cell that begins like a formula gets an apostrophe, and is words. */
  const asCsv = () => "\ufeff" + [columns, ...records()].map(record =>
    record.map(cell => `"${String(cell).replace(/^[=+\-@\t\r]/, "'$&").replaceAll('"', '""')}"`).join(",") + "\r\n").join("")

  const save = () => {
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([asCsv()], { type: "text/csv" }))
    link.download = "shortlist.csv"
    link.click()
  }

  const acts = {
    up: (id, button) => move(id, -1, button),
    down: (id, button) => move(id, 1, button),
    remove: id => replace(own().filter(other => other !== id)),
    clear: () => replace([]),
    undo,
    add: () => replace([...new Set([...own(), ...theirs])]),
    use: () => replace(theirs),
    back: () => replace(own()),
    print: () => print(),
    copy: async (_, button) => say(await copy(asText()) ? button.dataset.copied : ""),
    save,
  }
  page.addEventListener("click", event => {
    const button = event.target.closest("[data-do]")
    if (button) acts[button.dataset.do](button.closest("[data-action]")?.dataset.action, button)
  })
  list.addEventListener("input", event => {
    const id = event.target.closest("[data-action]").dataset.action
    keepNote(id, event.target.value)
    show()
  })

  part("day").textContent = new Date().toLocaleDateString(`${document.documentElement.lang}-GB`, { dateStyle: "long" })
  part("disk").hidden = !!root
  for (const address of list.querySelectorAll("[data-address]")) address.textContent = root + address.dataset.address
  document.addEventListener("shortlist", show)
  addEventListener("popstate", open)
  open()
}
