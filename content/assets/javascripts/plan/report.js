/* A draft for the annual report: for each objective its actions in the Commissioner's words, with what the reader entered. */
site.addReport = plan => {
  const { make, fillIn } = site
  const { find, buttons } = plan
  const report = find("report")
  const texts = report.dataset

  const sources = [...report.parentElement.querySelectorAll("[data-source-of]")]
  /* Returns a line that cites the documents which these actions are from. */
  const cite = items => {
    const journeys = new Set(items.map(({ id }) => site.actions.get(id).journey))
    const names = sources.filter(({ dataset }) => journeys.has(dataset.sourceOf)).map(({ textContent }) => textContent)
    return fillIn(texts.cited, { source: [...new Set(names)].join("; ") })
  }

  /* Returns the objectives that have some of these items, each with its name and its items, then those without one. */
  const group = (items, objectives) => [
    ...objectives.map((one, place) => [plan.nameObjective(one, place), items.filter(({ objective }) => objective === one.id)]),
    [texts.unassigned, items.filter(({ objective }) => !objectives.some(({ id }) => id === objective))],
  ].filter(([, some]) => some.length)

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
        .map(({ label, text }) => make("p", { className: "plan__typed" }, make("strong", { textContent: `${label}: ` }), text)),
    ]
  }

  let ready // a promise that the draft is complete
  let newest = 0
  const show = async ({ items, objectives, name: heading }) => {
    const mine = ++newest
    const parts = await Promise.all(group(items, objectives).map(async ([title, some]) => [
      make("h3", { textContent: title }),
      ...(await Promise.all(some.map(item => makeAction(item, objectives)))).flat(),
    ]))
    if (mine !== newest) return // there is a newer one
    report.replaceChildren(...heading ? [make("h2", { textContent: heading })] : [], ...parts.flat(),
      make("p", { className: "whose", textContent: cite(items) }))
  }

  plan.onUpdate(record => {
    // The report leaves out actions that the reader marked as not for their organisation.
    const items = record.items.filter(({ status }) => status !== "not-for-us")
    find("view=report").toggleAttribute("data-blank", !items.length)
    ready = show({ ...record, items })
  })

  /* Copies the draft with its headings and quotations; where the browser doesn't allow that, as plain text. */
  buttons["copy-report"] = async (_, button) => {
    await ready
    const types = { "text/html": report.innerHTML, "text/plain": report.innerText }
    const copyRich = async () => navigator.clipboard.write([new ClipboardItem(Object.fromEntries(
      Object.entries(types).map(([type, text]) => [type, new Blob([text], { type })])))])
    const done = await copyRich().then(() => true, () => site.sharing.copyText(report.innerText))
    plan.showMessage(done ? button.dataset.toldAfter : "")
  }

  const textOf = element => ({ text: element.innerText.trim(), lang: element.closest("[lang]")?.lang })
  /* Saves the draft as a Word file: for each objective its actions, and a table of them all. */
  buttons.word = async (_, button) => {
    await ready
    const template = await site.word.load()
    if (!template) return plan.showMessage(texts.noTemplate)
    const { items, objectives, name: heading } = plan.read()
    const known = items.filter(item => plan.isKnown(item) && item.status !== "not-for-us")
    const labels = Object.fromEntries(["status", "lead", "by"].map(field => [field, plan.fields.get(field)]))
    const describe = item => Object.fromEntries(plan.describeItem(item, objectives).map(({ name, text }) => [name, text]))
    const makeEntry = async item => {
      const { id } = item
      const holder = make("div", { innerHTML: (await site.actions.loadWording(id)).html })
      const wording = holder.querySelector(".official")
      const written = plan.describeItem(item, objectives)
        .filter(({ name, text }) => text && !["status", "lead", "by", "objective"].includes(name))
      const [grade] = site.actions.namesOf(site.actions.get(id), "grade")
      return {
        ...describe(item), title: textOf(site.actions.markLanguage(make("span", { textContent: plan.nameOf(id) }), plan.nameOf(id))),
        grade, address: site.sharing.pageToShare(`actions/${id}.html`), written,
        wording: wording ? [...wording.children].map(part => ({ text: part.textContent.trim(), lang: wording.closest("[lang]")?.lang ?? "en" })) : [],
      }
    }
    const file = site.word.make({
      title: heading || document.title, subtitle: [find("day").textContent], labels,
      table: {
        columns: [button.dataset.actionHead, ...["status", "objective", "lead", "by"].map(field => plan.fields.get(field))],
        rows: known.map(item => [plan.nameOf(item.id), ...["status", "objective", "lead", "by"].map(field => describe(item)[field])]),
      },
      sections: await Promise.all(group(known, objectives).map(async ([title, some]) => ({ heading: title, actions: await Promise.all(some.map(makeEntry)) }))),
      whose: texts.whose, source: cite(known),
    }, template)
    site.sharing.saveFile(file, `${button.dataset.file}.docx`, site.word.type)
    plan.showMessage(button.dataset.toldAfter)
  }
}
