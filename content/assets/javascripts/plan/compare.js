/* Compares an earlier file with the reader's plan: what moved, what is new, and what changed in the guidance since. */
site.addComparison = plan => {
  const { make, fillIn } = site
  const { find } = plan
  const place = find("compared")
  const texts = place.dataset
  const [moved, added, gone, reworded, newInGuidance, retired] = texts.titles.split("|")

  const makeList = (title, lines) => [
    make("h3", { textContent: title }),
    lines.length ? make("ul", {}, ...lines.map(line => make("li", { textContent: line }))) : make("p", { textContent: texts.same }),
  ]

  plan.compare = ({ file, record: before }) => {
    const now = site.record.read()
    const find = (record, id) => record.items.find(item => item.id === id)
    const nameStatus = ({ status = "" }) => plan.statusNames[status]
    const both = now.items.filter(item => find(before, item.id) && (find(before, item.id).status ?? "") !== (item.status ?? ""))
    const { edition } = before
    const changes = site.actions.editions[edition]
    const nameAll = ids => ids.map(plan.nameOf)
    place.replaceChildren(
      make("p", { textContent: fillIn(texts.with, { file }) }),
      ...makeList(moved, both.map(item => `${plan.nameOf(item.id)}: ${nameStatus(find(before, item.id))} → ${nameStatus(item)}`)),
      ...makeList(added, nameAll(now.items.filter(({ id }) => !find(before, id)).map(({ id }) => id))),
      ...makeList(gone, nameAll(before.items.filter(({ id }) => !find(now, id)).map(({ id }) => id))),
      make("p", { textContent: edition ? fillIn(texts.edition, { day: Number.isNaN(Date.parse(edition)) ? edition : plan.formatDay(edition) }) : texts.noEdition }),
      ...changes ? [
        ...makeList(reworded, nameAll(changes.reworded)),
        ...makeList(newInGuidance, nameAll(changes.added)),
        ...makeList(retired, nameAll(changes.retired)),
      ] : [])
    document.getElementById("compare").scrollIntoView()
    plan.showMessage(fillIn(texts.with, { file }))
  }
}
