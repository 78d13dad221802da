/* The plan on paper: below the table, each action with its wording, its address, and what the reader wrote. On the screen it is
   only shown for a plan that is not the reader's own, without the wordings. */
site.addPaper = plan => {
  const { make } = site
  const { find, buttons } = plan
  const paper = find("paper")
  const inTable = ["status", "objective", "lead", "by"]

  const makeLine = (label, text, kind = "") => make("p", { className: `plan__typed ${kind}` }, make("strong", { textContent: `${label}: ` }), text)
  const makeEntry = (item, objectives) => {
    const { id } = item
    const title = plan.nameOf(id)
    const html = site.actions.readWording(id)
    const wording = make("div", { innerHTML: html ?? "" }).querySelector(".official")
    const written = plan.describeItem(item, objectives).filter(({ name, text }) => text && !inTable.includes(name))
    const isEarlier = plan.page.hasAttribute("data-earlier")
    const entry = make("section", { className: "plan__entry" },
      make("h3", {}, site.actions.markLanguage(make("span", { textContent: title }), title)),
      ...wording ? [wording] : [],
      ...html === undefined ? [make("p", { textContent: paper.dataset.missing })] : [],
      ...written.map(({ label, text }) => makeLine(label, text)),
      // The reader sees the private note of an earlier version, but never on paper.
      ...isEarlier && item.note ? [makeLine(plan.fields.get("note"), item.note, "plan__private")] : [],
      make("p", { className: "address", textContent: site.sharing.pageToShare(`actions/${id}.html`) }))
    entry.toggleAttribute("data-written", written.length > 0 || (isEarlier && !!item.note))
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
