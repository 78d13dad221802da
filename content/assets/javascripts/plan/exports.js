/* What readers take away: text, mail, a table, and their record as a file. */
site.addExports = plan => {
  const { fillIn } = site
  const { find, buttons } = plan
  /* Returns a promise of what is known of each action: the item, what the guidance says, and what the reader wrote. */
  const readAll = async () => {
    const { items, objectives } = plan.read()
    const known = items.filter(plan.isKnown)
    const told = await site.table.makeRows(known.map(({ id }) => id))
    return known.map((item, place) => ({ item, told: told[place], written: plan.describeItem(item, objectives) }))
  }

  /* Returns a promise of a table with a row for each action, which can be changed in a spreadsheet and opened again. It may go
     to others, so it doesn't have the note. Of null, if a file of this site is missing. */
  const makeTable = async () => {
    const record = plan.read()
    const columns = await plan.loadColumns(record)
    const known = record.items.filter(plan.isKnown)
    const told = new Map((await site.table.makeRows(known.map(({ id }) => id))).map(
      ([, title, grade, scope, topic, wording, note, law, address], at) => [known[at].id, { title, grade, scope, topic, wording, "our-note": note, law, address }]))
    return columns ? site.csv.makeRows(columns.filter(({ field }) => field !== "note"), known, (id, field) => told.get(id)[field]) : null
  }

  /* Returns a promise of the list as text. */
  const formatText = async () => [
    `${document.title}\n${find("day").textContent}`,
    ...(await readAll()).map(({ told: [number, title, grade, , , wording, ourNote, , address], written }) => [
      `${number}. ${title}${grade && ` (${grade})`}`, wording, ourNote, address,
      ...written.filter(({ text }) => text).map(({ label, text }) => `${label}: ${text}`),
    ].filter(Boolean).join("\n")),
  ].join("\n\n")

  /* Returns the text of a mail: the titles and grades, as many as Windows passes on, and the link. From a folder without a
     published address there is no link: it would name the reader's own folders. */
  const formatMail = items => {
    const link = site.sharing.hasPublicLinks ? site.sharing.addressToShare(site.idList.formatHash(items)) : ""
    const encode = text => encodeURIComponent(text).replaceAll("%2C", ",")
    const end = count => (count ? `${fillIn(find("mail").dataset.rest, { count })}\n` : "") + (link && `\n${link}`)
    let text = ""
    for (const [place, { id }] of items.entries()) {
      const action = site.actions.get(id)
      const line = `${place + 1}. ${[action.title, ...site.actions.namesOf(action, "grade").map(grade => `(${grade})`)].join(" ")}\n`
      const left = items.length - place
      if (encode(text + line + end(left - 1)).length > 1650) return encode(text + end(left))
      text += line
    }
    return encode(text + end(0))
  }

  plan.onUpdate(({ items, saved }) => {
    const mail = find("mail")
    mail.href = `mailto:?subject=${encodeURIComponent(mail.dataset.subject)}&body=${formatMail(items)}`
    const { last, never } = find("saved").dataset
    find("saved").textContent = Date.parse(saved) ? fillIn(last, { day: plan.formatDay(saved) }) : never
    if (find("by-hand").hidden) return
    formatText().then(text => { find("by-hand").hidden ||= find("by-hand").lastElementChild.value !== text })
  })
  find("disk").hidden = site.sharing.hasPublicLinks

  buttons.copy = async (_, button) => plan.showMessage(await site.sharing.copyText(await formatText()) ? button.dataset.toldAfter : "")
  buttons.table = async () => {
    const rows = await makeTable()
    if (rows) site.table.save(rows, "plan-actions.csv")
    else plan.showMessage(find("changes").dataset.noColumns)
  }
  /* Saves a record as a file. */
  const saveRecord = ({ removed, ...record }, kind) => {
    if (removed?.length) record.removed = removed
    const name = (record.name ?? "").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60)
    const file = [kind, name, record.saved].filter(Boolean).join("-")
    site.sharing.saveFile(JSON.stringify(record, null, 1), `${file}.json`, "application/json")
  }
  /* The reader's backup has everything. */
  buttons.save = () => {
    site.record.change(record => {
      record.saved = new Date().toLocaleDateString("sv") // as 2026-11-25
      if (site.actions.edition) record.edition = site.actions.edition
    })
    saveRecord(site.record.read(), "plan")
  }
  /* A copy for others has neither the private notes nor what the reader removed. */
  buttons["save-copy"] = () => {
    const { removed, items, ...record } = site.record.read()
    saveRecord({ ...record, items: items.map(({ note, ...item }) => item), ...site.actions.edition && { edition: site.actions.edition } }, "plan-copy")
  }
  /* The dates as a calendar file. */
  buttons.calendar = (_, button) => {
    const { items, objectives, name } = site.record.read()
    const entries = items.filter(item => plan.isKnown(item) && item.by).map(item => {
      const written = new Map(plan.describeItem(item, objectives).map(({ name, label, text }) => [name, text && `${label}: ${text}`]))
      return { id: item.id, title: plan.nameOf(item.id), by: item.by, isDone: item.status === "done", lead: written.get("lead"),
        status: written.get("status"), address: site.sharing.pageToShare(`actions/${item.id}.html`) }
    })
    if (!entries.length) return plan.showMessage(button.dataset.none)
    site.sharing.saveFile(site.calendar.make(entries, { name: name || document.title, uid: site.storage.prefix.replace(/:$/, "") }), `${button.dataset.file}.ics`, "text/calendar")
  }
}
