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
  let steps = [] // what Undo takes back, the last one first: the list before and after, and what was told
  const lost = new Set() // the actions whose notes the browser would not keep

  const known = ids => ids.filter(id => rows.has(id))
  const strange = ids => ids.filter(id => !rows.has(id))
  const own = () => known(shortlist.read())
  const shown = () => theirs ?? own()
  const words = (row, selector) => row.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? ""
  const title = id => words(rows.get(id), "h2")
  const noteOf = id => rows.get(id).querySelector("textarea")
  const printed = id => theirs ? "" : noteOf(id).value // whoever looks at another's list takes no note of their own along
  const say = text => {
    part("said").textContent = text
    part("said").classList.toggle("unseen", text === steps.at(-1)?.told) // it stands beside Undo
  }

  /* A note stays when its action is removed, here or elsewhere, and is there again when the action is kept again. */
  const keepNote = (id, text) => {
    if (noteOf(id).value !== text) noteOf(id).value = text
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

  const notes = () => [...rows.keys()].map(id => [id, noteOf(id).value]).filter(([, note]) => note)

  const show = () => {
    readNotes()
    const ids = shown()
    const order = ids.map(id => rows.get(id))
    const step = steps.at(-1)
    if (step) {
      undoRow.firstElementChild.textContent = step.told
      order.splice(step.place, 0, undoRow)
    }
    order.forEach((row, place) => { // one that is in its place stays untouched: somebody may be writing in it
      if (list.children[place] !== row) list.insertBefore(row, list.children[place])
    })
    ;[...list.children].forEach((row, place) => { row.hidden = place >= order.length })
    ids.forEach((id, place) => {
      const row = rows.get(id)
      row.querySelector("[data-do=up]").setAttribute("aria-disabled", place === 0)
      row.querySelector("[data-do=down]").setAttribute("aria-disabled", place === ids.length - 1)
      row.querySelector("[data-note]").textContent = printed(id)
    })
    page.toggleAttribute("data-theirs", !!theirs)
    part("other").hidden = !theirs
    part("empty").hidden = ids.length > 0
    part("full").hidden = !ids.length
    part("notes").hidden = ids.length > 0 || !notes().length
    part("unsaved").hidden = !shortlist.unsaved && !lost.size
    part("mail").href = "mailto:?subject=" + encodeURIComponent(part("mail").dataset.subject) +
      "&body=" + encodeURIComponent(addressOf(shortlist.hash(ids))).replaceAll("%2C", ",") // Windows passes 2,000 signs on
    part("by-hand").hidden ||= part("by-hand").lastElementChild.value !== asText()
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
    const dropped = strange(shortlist.read())
    const told = (words, ids) => ids.length ? fill(words, { ids: ids.slice(0, 20).join(", ") }) : ""
    const unknown = part("unknown")
    unknown.textContent = [
      told(unknown.dataset.unknown, strange(ids).filter(id => !dropped.includes(id))),
      told(unknown.dataset.dropped, dropped),
    ].join(" ").trim()
    unknown.hidden = !unknown.textContent
    steps = []
    say("")
    theirs = known(ids).length && mine.length && String(known(ids)) !== String(mine) ? known(ids) : null
    shortlist.write(mine.length ? mine : known(ids))
  }

  const move = (id, by, button) => {
    const ids = own()
    const from = ids.indexOf(id)
    if (from < 0) return // another tab removed it just now
    const to = Math.min(Math.max(from + by, 0), ids.length - 1)
    ids.splice(to, 0, ...ids.splice(from, 1))
    shortlist.write(ids)
    button.focus()
    say(fill(part("said").dataset.moved, { title: title(id), place: to + 1, all: ids.length }))
  }

  /* Takes `next` for the list. */
  const replace = (next, told, cleared = []) => {
    const before = own()
    const place = [...before, ""].findIndex((id, place) => id !== next[place])
    const changed = String(next) !== String(before) || cleared.length
    if (changed) steps.push({ before, after: next, place, told, cleared })
    theirs = null
    shortlist.write(next)
    ;(changed ? undoRow.querySelector("button") : rows.get(next[0])?.querySelector("a"))?.focus()
    say(told)
  }

  /* Takes the last step back. Where the list has changed since, all else stays as it is. */
  const undo = () => {
    const { before, after, cleared } = steps.pop()
    const gone = before.filter(id => !after.includes(id))
    let ids = before
    if (String(own()) !== String(after)) {
      ids = own().filter(id => before.includes(id) || !after.includes(id))
      for (const id of gone) if (!ids.includes(id)) ids.splice(before.indexOf(id), 0, id)
    }
    for (const [id, note] of cleared) keepNote(id, noteOf(id).value || note)
    shortlist.write(ids)
    rows.get(gone[0] ?? ids[0])?.querySelector("[data-do=remove]").focus()
    say(fill(undoRow.dataset.undone, { count: ids.length }))
  }

  /* Whoever clears all may share the machine: their notes go too, those on actions removed before among them. */
  const clear = () => {
    const cleared = notes()
    for (const [id] of cleared) keepNote(id, "")
    replace([], undoRow.dataset.cleared, cleared)
  }

  const columns = page.querySelector("[data-columns]").dataset.columns.split("|")
  const records = () => shown().map((id, place) => {
    const row = rows.get(id)
    return [
      place + 1, title(id), words(row, ".grade"), words(row, "[data-part=scope]"), words(row, "[data-part=topic]"),
      words(row, ".official"), row.querySelector("[data-statutory]:not(li)").dataset.statutory, words(row, ".address"),
      printed(id),
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
    remove: id => replace(own().filter(other => other !== id), fill(undoRow.dataset.undo, { title: title(id) })),
    clear,
    undo,
    add: (_, button) => replace([...new Set([...own(), ...theirs])], button.dataset.told),
    use: (_, button) => replace(theirs, button.dataset.told),
    back: (_, button) => replace(own(), button.dataset.told),
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
