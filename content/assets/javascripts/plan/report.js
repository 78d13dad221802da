/* A draft for the annual report: for each objective its actions in the Commissioner's words, with what the reader entered. */
site.addReport = plan => {
  const { make, fillIn } = site
  const { page, find, buttons } = plan
  const report = find("report")
  const texts = report.dataset
  const name = find("name")
  const details = report.closest("details")

  const makeAction = async (item, objectives) => {
    const { title } = site.actions.get(item.id)
    const holder = make("div")
    holder.innerHTML = (await site.actions.loadWording(item.id)).html
    const [grade] = site.actions.namesOf(site.actions.get(item.id), "grade")
    const wording = holder.querySelector(".official")
    return [
      make("h4", {}, site.actions.markLanguage(make("span", { textContent: title }), title), grade ? ` (${grade})` : ""),
      ...wording ? [make("blockquote", {}, ...wording.childNodes)] : [],
      ...plan.describeItem(item, objectives).filter(({ name, text }) => text && name !== "objective")
        .map(({ label, text }) => make("p", {}, make("strong", { textContent: `${label}: ` }), text)),
    ]
  }

  let newest = 0
  const show = async ({ items, objectives, name: heading }) => {
    const mine = ++newest
    const groups = [...objectives.map((one, place) => [plan.nameObjective(one, place), items.filter(({ objective }) => objective === one.id)]),
      [texts.unassigned, items.filter(({ objective }) => !objectives.some(({ id }) => id === objective))]]
    const parts = await Promise.all(groups.filter(([, some], place) => some.length || place < objectives.length).map(async ([title, some]) => [
      make("h3", { textContent: title }),
      ...some.length ? (await Promise.all(some.map(item => makeAction(item, objectives)))).flat() : [make("p", { textContent: texts.empty })],
    ]))
    if (mine !== newest) return // there is a newer one
    report.replaceChildren(...heading ? [make("h2", { textContent: heading })] : [], ...parts.flat(),
      make("p", { className: "whose", textContent: fillIn(texts.cited, { source: texts.source }) }))
  }

  plan.views.push(record => {
    if (name.value !== (record.name ?? "")) name.value = record.name ?? ""
    find("heading").textContent = record.name ?? ""
    // The report leaves out actions that the reader marked as not for their organisation.
    find("part=report").toggleAttribute("data-blank", !details.open)
    if (details.open) show({ ...record, items: record.items.filter(({ status }) => status !== "not-for-us") })
  })
  details.addEventListener("toggle", plan.update)
  name.addEventListener("input", () => site.record.change(record => {
    if (name.value) record.name = name.value
    else delete record.name
  }))

  /* Copies the draft with its headings and quotations; where the browser doesn't allow that, as plain text. */
  buttons["copy-report"] = async (_, button) => {
    const types = { "text/html": report.innerHTML, "text/plain": report.innerText }
    const copyRich = async () => navigator.clipboard.write([new ClipboardItem(Object.fromEntries(
      Object.entries(types).map(([type, text]) => [type, new Blob([text], { type })])))])
    const done = await copyRich().then(() => true, () => site.sharing.copyText(report.innerText))
    plan.showMessage(done ? button.dataset.toldAfter : "")
  }
  buttons["print-report"] = () => {
    page.toggleAttribute("data-only-report", true)
    print()
    page.removeAttribute("data-only-report")
  }
}
