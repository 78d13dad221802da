/* The page of the shortlist. It shows the reader's own list. If the address brings a different list, the page shows that one until the reader decides which to
   keep. */
{
  const page = document.querySelector(".shortlist")
  const findPart = name => page.querySelector(`[data-${name}]`)
  const list = page.querySelector(".items")
  const rows = new Map()
  const undoRow = findPart("undo")

  let otherList = null // the list in the address, if it differs from the reader's own
  /* What the reader can undo, the newest step last: the list before and after, the notes that were removed, the place of
     the Undo button in the list, and what the reader was told. */
  const undoSteps = []

  const isKnown = id => actionRows.has(id)
  const isUnknown = id => !actionRows.has(id)
  const ownIds = () => shortlistStorage.readIds().filter(isKnown)
  const shownIds = () => otherList ?? ownIds()
  const getRow = id => {
    if (!rows.has(id)) {
      const action = actionRows.get(id)
      const row = actionRows.make(id, ["scope", "topic"].flatMap(field => actionRows.namesOf(action, field)))
      row.querySelector(".address").textContent = pageToShare(`actions/${id}.html`)
      rows.set(id, row)
      list.insertBefore(row, undoRow)
      actionRows.showWording(id, row.querySelector("[data-wording]"), ".item__more")
    }
    return rows.get(id)
  }
  const titleOf = id => actionRows.get(id).title
  const noteField = id => getRow(id).querySelector("textarea")
  const noteToShare = id => otherList ? "" : noteField(id).value // the reader's notes don't belong to another list
  const setStatus = text => {
    findPart("status").textContent = text
    // Where the same text is visible beside Undo, only screen readers need the status.
    findPart("status").classList.toggle("unseen", text === undoSteps.at(-1)?.message)
  }

  /* A note stays stored when its action is removed, here or in another tab, and comes back with the action. */
  const setNote = (id, text) => {
    if (noteField(id).value !== text) noteField(id).value = text
    shortlistStorage.writeNote(id, text)
  }
  const showNotes = () => {
    for (const id of shownIds()) {
      const note = shortlistStorage.readNote(id)
      if (note !== null && noteField(id).value !== note) noteField(id).value = note
    }
  }
  const readNotes = () => actionRows.ids.map(id => [id, shortlistStorage.readNote(id)]).filter(([, note]) => note)

  const showRows = ids => {
    const order = ids.map(getRow)
    const step = undoSteps.at(-1)
    if (step) {
      undoRow.firstElementChild.textContent = step.message
      order.splice(step.place, 0, undoRow)
    }
    order.forEach((row, place) => { // a row in its place is not moved, because someone may be writing in it
      if (list.children[place] !== row) list.insertBefore(row, list.children[place])
    })
    ;[...list.children].forEach((row, place) => { row.hidden = place >= order.length })
    ids.forEach((id, place) => {
      const row = getRow(id)
      row.querySelector("[data-do=up]").setAttribute("aria-disabled", place === 0)
      row.querySelector("[data-do=down]").setAttribute("aria-disabled", place === ids.length - 1)
      row.querySelector("[data-note]").textContent = noteToShare(id)
    })
  }

  const showList = () => {
    showNotes()
    const ids = shownIds()
    showRows(ids)
    page.toggleAttribute("data-theirs", !!otherList)
    findPart("other").hidden = !otherList
    findPart("empty").hidden = ids.length > 0
    findPart("full").hidden = !ids.length
    findPart("notes").hidden = ids.length > 0 || !readNotes().length
    findPart("unsaved").hidden = shortlistStorage.isLasting()
    const mail = findPart("mail")
    mail.href = "mailto:?subject=" + encodeURIComponent(mail.dataset.subject) +
      // Windows passes on 2,000 characters, so commas are kept short.
      "&body=" + encodeURIComponent(addressToShare(formatHash(ids))).replaceAll("%2C", ",")
    if (!findPart("by-hand").hidden) {
      formatText().then(text => { findPart("by-hand").hidden ||= findPart("by-hand").lastElementChild.value !== text })
    }
    const hash = formatHash(ids)
    const state = otherList ? null : "own"
    if (location.hash !== hash || history.state !== state) {
      history.replaceState(state, "", location.href.split("#")[0] + hash)
    }
  }

  /* Reads the list in the address. If this page wrote that address itself, the stored list is as new or newer and is used
     instead, unless the browser lost it. */
  const readAddress = () => {
    const ids = history.state === "own" && shortlistStorage.hasList() ? [] : idsInAddress()
    const known = ids.filter(isKnown)
    const own = ownIds()
    const dropped = shortlistStorage.readIds().filter(isUnknown)
    const unknown = ids.filter(isUnknown).filter(id => !dropped.includes(id))
    const listIds = (text, ids) => ids.length ? fillIn(text, { ids: ids.slice(0, 20).join(", ") }) : ""
    const warning = findPart("unknown")
    warning.textContent = [
      listIds(warning.dataset.unknown, unknown),
      listIds(warning.dataset.dropped, dropped),
    ].join(" ").trim()
    warning.hidden = !warning.textContent
    undoSteps.length = 0
    setStatus("")
    otherList = known.length && own.length && String(known) !== String(own) ? known : null
    shortlistStorage.writeIds(own.length ? own : known)
  }

  const moveAction = (id, by, button) => {
    const ids = ownIds()
    const from = ids.indexOf(id)
    if (from < 0) return // another tab has just removed it
    const to = Math.min(Math.max(from + by, 0), ids.length - 1)
    ids.splice(to, 0, ...ids.splice(from, 1))
    shortlistStorage.writeIds(ids)
    button.focus()
    setStatus(fillIn(findPart("status").dataset.moved, { title: titleOf(id), place: to + 1, all: ids.length }))
  }

  /* Makes `after` the reader's list, and lets the reader undo that. */
  const replaceList = (after, message, removedNotes = []) => {
    const before = ownIds()
    const place = [...before, ""].findIndex((id, place) => id !== after[place])
    const isChanged = String(after) !== String(before) || removedNotes.length
    if (isChanged) undoSteps.push({ before, after, removedNotes, place, message })
    otherList = null
    shortlistStorage.writeIds(after)
    ;(isChanged ? undoRow.querySelector("button") : rows.get(after[0])?.querySelector("a"))?.focus()
    setStatus(message)
  }

  /* Undoes the newest step. If the list has changed since, for example in another tab, those changes stay. */
  const undo = () => {
    const { before, after, removedNotes } = undoSteps.pop()
    const removed = before.filter(id => !after.includes(id))
    let ids = before
    if (String(ownIds()) !== String(after)) {
      ids = ownIds().filter(id => before.includes(id) || !after.includes(id))
      for (const id of removed) if (!ids.includes(id)) ids.splice(before.indexOf(id), 0, id)
    }
    for (const [id, note] of removedNotes) setNote(id, noteField(id).value || note)
    shortlistStorage.writeIds(ids)
    rows.get(removed[0] ?? ids[0])?.querySelector("[data-do=remove]").focus()
    setStatus(fillIn(undoRow.dataset.undone, { count: ids.length }))
  }

  /* Clears the list and all notes, even those on actions removed before: other people may use the same computer. */
  const clear = () => {
    const notes = readNotes()
    for (const [id] of notes) setNote(id, "")
    replaceList([], undoRow.dataset.cleared, notes)
  }

  const columns = findPart("columns").dataset.columns.split("|")
  const makeTable = () => actionTable.makeRows(shownIds(), noteToShare)
  const formatText = async () => [
    `${document.title}\n${findPart("day").textContent}`,
    ...(await makeTable()).map(([number, title, grade, , , wording, ourNote, , address, note]) => [
      `${number}. ${title}${grade && ` (${grade})`}`, wording, ourNote, address, note && `${columns.at(-1)}: ${note}`,
    ].filter(Boolean).join("\n")),
  ].join("\n\n")

  const removeAction = id =>
    replaceList(ownIds().filter(other => other !== id), fillIn(undoRow.dataset.undo, { title: titleOf(id) }))

  /* What each button does, by its data-do. */
  const buttonActions = {
    up: (id, button) => moveAction(id, -1, button),
    down: (id, button) => moveAction(id, 1, button),
    remove: removeAction,
    clear,
    undo,
    add: (_, button) => replaceList([...new Set([...ownIds(), ...otherList])], button.dataset.told),
    use: (_, button) => replaceList(otherList, button.dataset.told),
    back: (_, button) => replaceList(ownIds(), button.dataset.told),
    print: () => print(),
    copy: async (_, button) => setStatus(await copyText(await formatText()) ? button.dataset.copied : ""),
    save: async () => actionTable.save([columns, ...await makeTable()], "shortlist.csv"),
  }
  page.addEventListener("click", event => {
    const button = event.target.closest("[data-do]")
    if (button) buttonActions[button.dataset.do](button.closest("[data-action]")?.dataset.action, button)
  })
  list.addEventListener("input", event => {
    setNote(event.target.closest("[data-action]").dataset.action, event.target.value)
    showList()
  })

  findPart("day").textContent = new Date().toLocaleDateString(`${document.documentElement.lang}-GB`, { dateStyle: "long" })
  findPart("disk").hidden = !!publishedAddress || location.protocol !== "file:"
  document.addEventListener("shortlist", showList)
  addEventListener("popstate", readAddress)
  readAddress()
}
