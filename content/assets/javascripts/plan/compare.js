/* Compares an earlier file with the reader's plan: every field that changed, and what changed in the guidance since. */
site.addComparison = plan => {
  const { make, fillIn } = site
  const { find } = plan
  const place = find("compared")
  const texts = place.dataset
  const [changed, added, gone, objectives, reworded, newInGuidance, retired] = texts.titles.split("|")

  const makeList = lines => make("ul", {}, ...lines.map(line => typeof line === "string" ? make("li", { textContent: line }) : line))
  const makePart = (title, lines) => lines.length ? [make("h4", { textContent: title }), makeList(lines)] : []
  const makeGuidancePart = (title, lines) => [make("h4", { textContent: title }), lines.length ? makeList(lines) : make("p", { textContent: texts.none })]
  const get = (list, id) => list.find(entry => entry.id === id)

  /* Returns a line for each field of an item that changed. Each record has its own objectives. */
  const findChanges = (item, old, now, before) => {
    const hasNotes = before.items.some(({ note }) => note) // a copy for others has none
    const [values, oldValues] = [item, old].map(site.merging.listValues)
    return [...new Set([...plan.fields.keys(), ...Object.keys(values), ...Object.keys(oldValues)])]
      .filter(field => field !== "note" || hasNotes)
      .map(field => [field, plan.formatValue(field, oldValues[field], before), plan.formatValue(field, values[field], now)])
      .filter(([, one, other]) => one !== other)
      .map(([field, one, other]) => make("li", { className: field === "note" ? "plan__private" : "",
        textContent: `${plan.fields.get(field) ?? field}: ${one} → ${other}` }))
  }

  /* Returns a line for each objective that is new, gone or reworded. The same text is the same objective. */
  const findObjectives = (now, before) => {
    const isIn = ({ text }, { objectives }) => objectives.some(other => other.text === text)
    const news = now.objectives.filter(one => !isIn(one, before))
    const olds = before.objectives.filter(one => !isIn(one, now))
    const isReworded = ({ id }) => get(news, id) && get(olds, id)
    return [
      ...news.filter(isReworded).map(({ id, text }) => `${get(olds, id).text} → ${text}`),
      ...news.filter(one => !isReworded(one)).map(({ text }) => fillIn(texts.newObjective, { text })),
      ...olds.filter(one => !isReworded(one)).map(({ text }) => fillIn(texts.goneObjective, { text })),
    ]
  }

  let compared // the file
  plan.onUpdate(() => { if (compared && !plan.isOther()) show(compared) })
  plan.compare = opened => {
    compared = opened
    plan.showOwn()
    plan.goTo("compare")
    plan.showMessage(fillIn(texts.with, opened))
  }

  const show = ({ file, record: before }) => {
    const now = site.record.read()
    const changes = now.items.flatMap(item => {
      const old = get(before.items, item.id)
      const lines = old ? findChanges(item, old, now, before) : []
      return lines.length ? make("li", {}, make("strong", { textContent: plan.nameOf(item.id) }), makeList(lines)) : []
    })
    const { edition } = before
    const inGuidance = site.actions.editions[edition]
    const nameAll = ids => ids.map(plan.nameOf)
    const parts = [
      ...makePart(changed, changes),
      ...makePart(added, nameAll(now.items.filter(({ id }) => !get(before.items, id)).map(({ id }) => id))),
      ...makePart(gone, nameAll(before.items.filter(({ id }) => !get(now.items, id)).map(({ id }) => id))),
      ...makePart(objectives, findObjectives(now, before)),
    ]
    place.replaceChildren(
      make("h3", { textContent: fillIn(texts.with, { file }) }),
      ...parts.length ? parts : [make("p", { textContent: texts.same })],
      make("p", { textContent: edition ? fillIn(texts.edition, { day: Number.isNaN(Date.parse(edition)) ? edition : plan.formatDay(edition) }) : texts.noEdition }),
      ...inGuidance ? [
        ...makeGuidancePart(reworded, nameAll(inGuidance.reworded)),
        ...makeGuidancePart(newInGuidance, nameAll(inGuidance.added)),
        ...makeGuidancePart(retired, nameAll(inGuidance.retired)),
      ] : [])
  }
}
