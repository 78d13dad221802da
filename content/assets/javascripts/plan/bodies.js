/* The saved files of several bodies side by side: actions down, bodies across. The files are only read. They stay open until
   the reader leaves the page, and nothing here changes the reader's own plan. */
site.addBodies = plan => {
  const { make, fillIn } = site
  const { buttons, statusNames } = plan
  const section = plan.find("view=bodies")
  const find = name => section.querySelector(`[data-bodies-${name}]`)
  const texts = section.dataset
  const fields = Object.fromEntries(["order", "grade", "theme"].map(name => [name, find(name)]))
  const ownBox = find("own")
  const views = [...section.querySelectorAll("[data-bodies-view]")]
  const order = [...site.statuses.map(({ id }) => id).reverse(), "", "none"] // the best first; last what is not in a plan
  const signs = Object.fromEntries(site.statuses.map(({ id, sign }) => [id, sign]))
  const LARGEST = 2_000_000 // bytes

  let opened = [] // the files: name of the plan, name of the file, its text and its statuses by action
  let shown = { bodies: [], rows: [] }
  let view = "listed"

  /* --- Opening files --------------------------------------------------------------------------------------------- */

  const readStatuses = ({ items }) => new Map(items.map(({ id, status = "" }) => [id, status]))

  /* Adds a file to those that are open. Returns what to tell the reader about it. */
  const openFile = async file => {
    const tell = (kind, values) => [fillIn(texts[kind], { file: file.name, ...values })]
    if (file.size > LARGEST) return tell("tooLarge")
    let content
    try { content = await file.arrayBuffer() } catch { return tell("notRead") }
    const { record, aside, problem } = site.record.readFile(content)
    if (!record) return tell({ "too-large": "tooLarge", newer: "newer", encoding: "encoding" }[problem.kind] ?? "notOurs")
    const text = JSON.stringify(record)
    if (opened.some(one => one.file === file.name && one.text === text)) return tell("twice")
    opened.push({ name: record.name?.trim() || file.name.replace(/\.json$/i, ""), file: file.name, text, statuses: readStatuses(record) })
    const strange = record.items.filter(item => !plan.isKnown(item)).map(({ id }) => id)
    return [
      ...aside.length ? tell("partly", { places: aside.slice(0, 20).map(({ place }) => place).join(", ") }) : [],
      ...strange.length ? tell("strange", { ids: strange.slice(0, 20).join(", ") }) : [],
    ]
  }

  const openFiles = async files => {
    const messages = []
    for (const file of files) messages.push(...await openFile(file))
    update()
    find("told").replaceChildren(
      make("p", { textContent: fillIn(texts.opened, { count: opened.length }) }),
      ...messages.length ? [make("ul", {}, ...messages.map(text => make("li", { textContent: text })))] : [])
  }

  /* --- Counting -------------------------------------------------------------------------------------------------- */

  /* Gives each body a name of its own: the plan's, with the file's if two plans have the same, and then a number. */
  const nameBodies = bodies => {
    const names = new Map()
    const isShared = body => bodies.some(one => one !== body && one.name === body.name)
    return bodies.map(body => {
      const name = isShared(body) && body.file ? `${body.name} (${body.file})` : body.name
      const count = (names.get(name) ?? 0) + 1
      names.set(name, count)
      return { ...body, name: count > 1 ? `${name} ${count}` : name }
    })
  }

  const isBegun = status => ["done", "under-way"].includes(status)
  const isInView = {
    listed: row => row.statuses.some(status => status !== "none"),
    most: ({ begun }, bodies) => begun > bodies.length / 2,
    nobody: ({ begun }) => !begun,
    differ: ({ statuses }) => new Set(statuses.map(status => status === "none" ? "" : status)).size > 1,
    all: () => true,
  }
  const compareRows = { most: (a, b) => b.begun - a.begun, least: (a, b) => a.begun - b.begun }

  /* Returns the bodies and, for each action that the fields for grade and theme let through, its statuses. */
  const makeTable = () => {
    const own = ownBox.checked ? [{ name: texts.ownName, statuses: readStatuses(site.record.read()) }] : []
    const bodies = nameBodies([...own, ...opened])
    const known = new Set(site.actions.all.map(({ id }) => id))
    const listed = bodies.flatMap(({ statuses }) => [...statuses.keys()])
    const retired = [...new Set(listed)].filter(id => !known.has(id) && site.actions.has(id)).map(site.actions.get)
    const { grade, theme } = fields
    const actions = [...site.actions.all, ...retired].filter(action =>
      (!grade.value || action.grade === grade.value) && (!theme.value || action.theme?.includes(theme.value)))
    const rows = actions.map(action => {
      const statuses = bodies.map(body => body.statuses.get(action.id) ?? "none")
      return { action, statuses, begun: statuses.filter(isBegun).length }
    })
    return { bodies, rows: rows.sort(compareRows[fields.order.value] ?? (() => 0)) }
  }

  const nameStatus = status => status === "none" ? texts.notInPlan : statusNames[status]
  const count = (statuses, status) => statuses.filter(one => one === status).length
  const sum = numbers => numbers.reduce((total, number) => total + number, 0)
  /* Returns for each body how many of these actions are done or under way. */
  const countBegun = ({ bodies, rows }) => bodies.map((_, place) => rows.filter(({ statuses }) => isBegun(statuses[place])).length)
  /* Returns the other totals of the rows: a line for each status that somebody has, with a number for each body and for all. */
  const makeTotals = ({ bodies, rows }) => order.map(status => {
    const counts = bodies.map((_, place) => count(rows.map(({ statuses }) => statuses[place]), status))
    return { status, counts, all: sum(counts) }
  }).filter(({ all }) => all)

  /* --- Showing --------------------------------------------------------------------------------------------------- */

  const makeStatus = status => make("td", { className: signs[status] ? `bodies__${status}` : "" }, ...signs[status]
    ? [make("span", { ariaHidden: "true", className: "bodies__sign", textContent: signs[status] }), " ", make("span", { textContent: statusNames[status] })]
    : [make("span", { className: "bodies__none", textContent: nameStatus(status) })])
  const makeTitle = action => {
    const title = plan.nameOf(action.id)
    return make("th", { scope: "row" },
      site.actions.markLanguage(make("a", { href: site.actions.addressOf(action.id), textContent: title }), title),
      make("span", { className: "whose", textContent: site.actions.namesOf(action, "grade").join(", ") }))
  }

  const update = () => {
    find("open").hidden = !opened.length
    if (!opened.length) return
    const { bodies, rows } = makeTable()
    for (const button of views) {
      const { bodiesView, words } = button.dataset
      button.textContent = fillIn(words, { count: rows.filter(row => isInView[bodiesView](row, bodies)).length })
      button.setAttribute("aria-pressed", bodiesView === view)
    }
    shown = { bodies, rows: rows.filter(row => isInView[view](row, bodies)) }
    const pressed = views.find(({ dataset }) => dataset.bodiesView === view).textContent
    const chosen = [fields.grade, fields.theme].filter(({ value }) => value).map(({ selectedOptions }) => selectedOptions[0].text)
    find("caption").textContent = [pressed, ...chosen, fillIn(texts.count, { count: bodies.length }), plan.formatDay(new Date())].join(" · ")
    find("table").toggleAttribute("data-many", bodies.length > 7)
    find("head").replaceChildren(make("th", { scope: "col", textContent: texts.actionHead }),
      ...[...bodies.map(({ name }) => name), texts.begun].map(name => make("th", { scope: "col" }, make("span", { textContent: name }))))
    find("body").replaceChildren(...shown.rows.map(({ action, statuses, begun }) => make("tr", {}, makeTitle(action),
      ...statuses.map(makeStatus), make("td", { textContent: fillIn(texts.of, { number: begun, all: bodies.length }) }))))
    const begun = countBegun(shown)
    const all = shown.rows.length
    const totals = [...begun.map(number => [number, all]), [sum(begun), all * bodies.length]]
    find("totals").replaceChildren(make("tr", {}, make("th", { scope: "row", textContent: texts.begun }),
      ...totals.map(([number, all]) => make("td", { textContent: fillIn(texts.of, { number, all }) }))), ...makeTotals(shown).map(({ status, counts, all }) => make("tr", {},
      make("th", { scope: "row", textContent: [signs[status], nameStatus(status)].filter(Boolean).join(" ") }),
      ...[...counts, all].map(number => make("td", { textContent: number })))))
    find("none").hidden = shown.rows.length > 0
    find("table").hidden = !shown.rows.length
  }

  /* --- What the reader can do ------------------------------------------------------------------------------------ */

  for (const name of ["grade", "theme"]) {
    for (const [value, text] of Object.entries(site.actions.names[name])) fields[name].append(site.actions.markLanguage(make("option", { value, textContent: text }), text))
  }
  for (const field of [...Object.values(fields), ownBox]) field.addEventListener("change", update)
  plan.onUpdate(() => { if (ownBox.checked) update() })

  const files = find("files")
  files.addEventListener("change", async () => {
    await openFiles([...files.files])
    files.value = "" // so that the same file can be opened again
  })
  const hasFiles = ({ dataTransfer }) => dataTransfer?.types.includes("Files")
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    section.addEventListener(name, event => {
      if (!hasFiles(event)) return
      event.preventDefault()
      event.stopPropagation() // elsewhere on the page, files are for the reader's own plan
      section.toggleAttribute("data-dropping", name === "dragenter" || name === "dragover")
      plan.find("drop").hidden = true
      if (name === "drop") openFiles([...event.dataTransfer.files])
    })
  }

  buttons["bodies-view"] = (_, button) => {
    view = button.dataset.bodiesView
    update()
  }
  buttons["bodies-close"] = () => {
    opened = []
    update()
    find("told").replaceChildren(make("p", { textContent: texts.closed }))
    files.focus()
  }
  /* Saves what the table shows, and how many bodies have each status. */
  buttons["bodies-table"] = () => {
    const { bodies, rows } = shown
    const describe = ({ action, statuses, begun }) => [
      plan.nameOf(action.id), ...["grade", "theme"].map(field => site.actions.namesOf(action, field).join(", ")),
      ...statuses.map(nameStatus), begun, ...order.map(status => count(statuses, status)),
      site.sharing.pageToShare(`actions/${action.id}.html`),
    ]
    site.table.save([
      [texts.actionHead, texts.gradeHead, texts.themeHead, ...bodies.map(({ name }) => name), texts.begun, ...order.map(nameStatus), texts.addressHead],
      ...rows.map(describe),
      [texts.begun, "", "", ...countBegun(shown), sum(countBegun(shown)), ...order.map(() => ""), ""],
      ...makeTotals(shown).map(({ status, counts, all }) => [nameStatus(status), "", "", ...counts, "", ...order.map(one => one === status ? all : ""), ""]),
    ], `${texts.file}.csv`)
  }
  update()
}
