/* The head of the plan: its name, how far it is, and the menu of what can be done with it. */
site.addHead = plan => {
  const { find, buttons } = plan
  const name = find("name")
  const menu = find("share")

  plan.onUpdate(record => {
    if (name.value !== (record.name ?? "")) name.value = record.name ?? ""
    find("heading").textContent = record.name ?? ""
    const { items } = record
    find("overall").hidden = !items.some(({ status }) => status)
    plan.showStatuses(find("overall"), items, new Map(items.map(({ id, status }) => [id, status])))
    plan.showNumber("actions", items.length)
  })

  name.addEventListener("input", () => site.record.change(record => {
    if (name.value) record.name = name.value
    else delete record.name
  }))
  const showField = isShown => {
    find("naming").hidden = !isShown
    if (isShown) name.focus()
    else find("do=rename").focus()
  }
  buttons.rename = () => showField(find("naming").hidden)
  name.addEventListener("keydown", event => {
    if (!["Enter", "Escape"].includes(event.key)) return
    event.preventDefault()
    showField(false)
  })

  // A menu closes when the reader has chosen, goes elsewhere or presses Escape.
  menu.addEventListener("click", ({ target }) => {
    if (!target.closest("[data-do], a")) return
    menu.open = false
    menu.firstElementChild.focus()
  })
  menu.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false })
  document.addEventListener("pointerdown", ({ target }) => { if (!menu.contains(target)) menu.open = false })
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return
    menu.open = false
    menu.firstElementChild.focus()
  })
}
