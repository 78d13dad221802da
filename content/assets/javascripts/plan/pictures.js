/* Pictures of where the reader stands: themes by grades, progress, what holds them back, and what could come next. */
site.addPictures = plan => {
  const { make, fillIn } = site
  const { find, statusNames } = plan
  const order = [...site.statuses.map(({ id }) => id).reverse(), ""] // the best first; last those without an answer
  const signs = Object.fromEntries(site.statuses.map(({ id, sign }) => [id, sign]))
  const SHOWN = 8 // suggestions; the others are shown on demand
  const actions = site.actions.all
  const grades = [...new Set(actions.map(({ grade }) => grade))]
  const statusesOf = items => new Map(items.map(({ id, status }) => [id, status ?? ""]))

  /* Returns how many of these actions have each status, with its sign and word, such as "● 2 Done". */
  const countStatuses = (some, statuses) => order.map(status => {
    const count = some.filter(({ id }) => (statuses.get(id) ?? "") === status).length
    const text = status ? `${signs[status]} ${count} ${statusNames[status]}` : fillIn(find("picture").dataset.left, { count })
    return count && make("li", { className: status ? `stand stand--${status}` : "stand", textContent: text })
  }).filter(Boolean)

  /* Shows in an element how many of these actions have each status: as a bar, and in words. */
  plan.showStatuses = (element, some, statuses) => {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "svg")
    bar.setAttribute("viewBox", `0 0 ${some.length} 1`)
    bar.setAttribute("preserveAspectRatio", "none")
    bar.setAttribute("aria-hidden", "true")
    let x = 0
    for (const status of order) {
      const width = some.filter(({ id }) => (statuses.get(id) ?? "") === status).length
      const part = document.createElementNS(bar.namespaceURI, "rect")
      for (const [name, value] of Object.entries({ x, width, height: 1, class: `bar--${status || "none"}` })) part.setAttribute(name, value)
      bar.append(part)
      x += width
    }
    element.replaceChildren(bar, make("ul", {}, ...countStatuses(some, statuses)))
  }

  const showPicture = statuses => {
    const { names } = site.actions
    find("picture").replaceChildren(...Object.entries(names.theme).map(([theme, name]) => make("tr", {},
      make("th", { scope: "row", textContent: name }),
      ...grades.map(grade => {
        const some = actions.filter(action => action.theme?.includes(theme) && action.grade === grade)
        const cell = make("td", {}, make("ul", {}, ...countStatuses(some, statuses)))
        cell.dataset.grade = names.grade[grade]
        return cell
      }))))
    find("progress").replaceChildren(...grades.map(grade => {
      const some = actions.filter(action => action.grade === grade)
      const line = make("li", {}, make("strong", { textContent: names.grade[grade] }), make("div"))
      plan.showStatuses(line.lastElementChild, some, statuses)
      return line
    }))
  }

  /* Returns what could come next, each with its reason: what the guidance links to what is done or under way, then Simple
     actions in themes where nothing has begun. */
  const suggest = statuses => {
    const texts = find("next").dataset
    const isOpen = id => ["", "not-yet", undefined].includes(statuses.get(id))
    const reasons = new Map()
    const add = (id, reason) => { if (isOpen(id)) reasons.set(id, [...reasons.get(id) ?? [], reason]) }
    for (const { id, title, next = [] } of actions) {
      const text = { done: texts.afterDone, "under-way": texts.afterUnderWay }[statuses.get(id)]
      if (text) for (const other of next) add(other, fillIn(text, { title }))
    }
    const begun = new Set(actions.filter(({ id }) => ["done", "under-way"].includes(statuses.get(id))).flatMap(({ theme }) => theme ?? []))
    for (const { id, grade, theme = [] } of actions) {
      const themes = theme.filter(one => !begun.has(one)).map(one => site.actions.names.theme[one])
      if (grade === "simple" && themes.length) add(id, fillIn(texts.unbegun, { themes: themes.join(", ") }))
    }
    return [...reasons]
  }

  const makeLink = id => site.actions.markLanguage(
    make("a", { href: site.actions.addressOf(id), textContent: plan.nameOf(id) }), plan.nameOf(id))
  const makeKeep = id => {
    const button = find("keep-button").content.firstElementChild.cloneNode(true)
    button.dataset.keep = id
    button.dataset.title = plan.nameOf(id)
    return button
  }
  const makeStatus = (id, statuses) => statuses.get(id) ? ` ${signs[statuses.get(id)]} ${statusNames[statuses.get(id)]}` : ""

  const showNext = (statuses, hasBegun) => {
    const focused = find("next").contains(document.activeElement) && document.activeElement.dataset.keep
    find("no-next").hidden = hasBegun
    const rows = (hasBegun ? suggest(statuses) : []).map(([id, reasons]) => make("li", {},
      makeKeep(id), makeLink(id), makeStatus(id, statuses), make("p", { className: "whose", textContent: `${reasons.join(". ")}.` })))
    find("next").replaceChildren(...rows.slice(0, SHOWN))
    find("more-next").replaceChildren(...rows.slice(SHOWN))
    find("more-next").parentElement.hidden = rows.length <= SHOWN
    if (focused) find("next").querySelector(`[data-keep="${focused}"]`)?.focus()
  }

  const showDisablers = ({ disablers }, statuses) => {
    const list = find("disablers")
    if (!list.children.length) {
      list.append(...site.actions.disablers.map(({ id, title, actions }) => {
        const box = make("input", { type: "checkbox", value: id })
        const countered = actions.length
          ? make("ul", { className: "actions" }, ...actions.map(other => make("li", {}, makeKeep(other), makeLink(other), make("span", {}))))
          : make("p", { className: "whose", textContent: list.dataset.noActions })
        return make("li", {}, make("label", { className: "tick" }, box, " ", site.actions.markLanguage(make("span", { textContent: title }), title)), countered)
      }))
    }
    for (const row of list.children) {
      const box = row.querySelector("input")
      box.checked = disablers.includes(box.value)
      row.lastElementChild.hidden = !box.checked
      for (const line of row.querySelectorAll("ul > li")) {
        line.lastElementChild.textContent = makeStatus(line.firstElementChild.dataset.keep, statuses)
      }
    }
  }
  find("disablers").addEventListener("change", ({ target }) => site.record.change(record => {
    record.disablers = record.disablers.filter(id => id !== target.value)
    if (target.checked) record.disablers.push(target.value)
  }))

  let shown = ""
  plan.onUpdate(record => {
    if (plan.isOther()) return
    const statuses = statusesOf(record.items)
    const basis = JSON.stringify([...statuses, record.disablers])
    if (basis === shown) return // a reader is writing
    shown = basis
    // On paper, parts in which the reader has entered nothing are left out.
    const hasStatus = [...statuses.values()].some(Boolean)
    for (const part of ["view=stand", "part=next"]) find(part).toggleAttribute("data-blank", !hasStatus)
    find("part=disablers").toggleAttribute("data-blank", !record.disablers.length)
    showPicture(statuses)
    showNext(statuses, hasStatus)
    showDisablers(record, statuses)
    site.keepButtons.update()
  })
}
