/* The plan on paper: below the table, each action with its wording, its address, and what the reader wrote. On the screen it is
   only shown for a plan that is not the reader's own, without the wordings. */
site.addPaper = plan => {
  const { make } = site
  const { find, buttons } = plan
  const paper = find("paper")
  const inTable = ["status", "objective", "lead", "by"]

  const makeEntry = (item, objectives) => {
    const { id } = item
    const title = plan.nameOf(id)
    const html = site.actions.readWording(id)
    const wording = make("div", { innerHTML: html ?? "" }).querySelector(".official")
    const written = plan.describeItem(item, objectives).filter(({ name, text }) => text && !inTable.includes(name))
    // An earlier version is looked at by the reader alone.
    if (plan.page.hasAttribute("data-earlier") && item.note) written.push({ label: plan.fields.get("note"), text: item.note })
    const entry = make("section", { className: "plan__entry" },
      make("h3", {}, site.actions.markLanguage(make("span", { textContent: title }), title)),
      ...wording ? [wording] : [],
      ...html === undefined ? [make("p", { textContent: paper.dataset.missing })] : [],
      ...written.map(({ label, text }) => make("p", { className: "plan__typed" }, make("strong", { textContent: `${label}: ` }), text)),
      make("p", { className: "address", textContent: site.sharing.pageToShare(`actions/${id}.html`) }))
    entry.toggleAttribute("data-written", written.length > 0)
    return entry
  }

  const fill = () => {
    const { items, objectives } = plan.read()
    const ids = plan.shownIds()
    const shown = items.filter(({ id }) => ids.includes(id)).sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id))
    paper.replaceChildren(...shown.map(item => makeEntry(item, objectives)))
  }
  /* Returns a promise that the wordings of all actions of the plan are there, as far as they can be loaded. */
  const load = () => Promise.all(plan.read().items.filter(plan.isKnown).map(({ id }) => site.actions.loadWording(id)))

  // A browser's own print command doesn't wait, so all is made ready before.
  plan.onUpdate(() => load().then(fill))
  addEventListener("beforeprint", () => {
    plan.showAllRows()
    fill()
  })
  buttons.print = async () => {
    await load()
    print()
  }
}
