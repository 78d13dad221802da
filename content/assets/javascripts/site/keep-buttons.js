/* The plan on every page: the link to it with the number of its actions, the buttons that add an action, and the
   fields for its status. */
site.keepButtons = (() => {
  const link = document.querySelector("[data-plan-link]")

  /* Shows what is kept. Pages that add buttons call it. */
  const update = () => {
    const items = site.kept.list()
    const byId = new Map(items.map(item => [item.id, item]))
    if (!site.kept.isInbox) link.hash = site.idList.formatHash(items)
    const number = link.querySelector("[data-kept]")
    const count = !site.kept.isInbox ? String(items.length) : items.length ? `+${items.length}` : "…"
    // The number is read aloud when its text is set, so it is set only when it changes.
    if (number.textContent !== count) number.textContent = count
    for (const button of document.querySelectorAll("[data-keep]")) {
      const isKept = byId.has(button.dataset.keep)
      button.setAttribute("aria-pressed", isKept)
      const { added, toAdd, title } = button.dataset
      const words = isKept ? added : toAdd
      button.lastElementChild.textContent = button.title = words
      button.setAttribute("aria-label", `${words}: ${title}`)
      if (button.nextElementSibling?.matches("[data-plan-here]")) button.nextElementSibling.hidden = !isKept
    }
    for (const field of document.querySelectorAll("select[data-status-of]")) {
      const item = byId.get(field.dataset.statusOf)
      field.value = item?.status ?? ""
      field.closest("[data-with-status]").hidden = site.kept.isInbox || (field.hasAttribute("data-if-kept") && !item)
    }
  }

  /* Keeps actions. Where this page can only pass them to the plan, tells the reader to open it. */
  const keep = (ids, button) => {
    const done = site.kept.add(ids)
    const { dataset } = link
    if (site.kept.isInbox) site.tellAt(button, done ? dataset.waiting : dataset.full, 5)
    return done
  }

  document.addEventListener("DOMContentLoaded", update)
  document.addEventListener("record", update)
  document.addEventListener("click", event => {
    const button = event.target.closest("[data-keep], [data-keep-all]")
    if (!button) return
    if (button.hasAttribute("data-keep-all")) {
      const ids = button.dataset.keepAll.split(" ")
      if (keep(ids, button)) site.tellAt(button, site.countIn(link.dataset.keptAll, ids.length), 5)
    } else if (button.getAttribute("aria-pressed") === "true") {
      site.kept.remove(button.dataset.keep)
    } else keep([button.dataset.keep], button)
  })
  document.addEventListener("change", event => {
    const { statusOf } = event.target.dataset
    if (statusOf) site.kept.setStatus(statusOf, event.target.value)
  })

  return { update, keep }
})()
