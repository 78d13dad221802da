/* Earlier versions of the plan, and what could not be read: the reader can look at both, bring them back or delete them. */
site.addVersions = plan => {
  const { make, fillIn } = site
  const { find, buttons } = plan
  const list = find("versions")
  const texts = list.dataset
  const aside = find("aside")

  const formatTime = when => {
    const date = new Date(when)
    return `${plan.formatDay(date)}, ${String(date.getHours()).padStart(2, "0")}:${String(date.getMinutes()).padStart(2, "0")}`
  }
  const makeButton = (name, words, label, value) => {
    const button = make("button", { type: "button", className: "quiet", textContent: words })
    button.dataset.do = name
    button.dataset.of = value
    button.setAttribute("aria-label", `${words}: ${label}`)
    return button
  }

  plan.onUpdate(() => {
    const versions = site.versions.list()
    list.replaceChildren(...versions.map(({ when, items }) => {
      const label = `${formatTime(when)} (${fillIn(texts.count, { count: items })})`
      return make("li", {}, label, " ", makeButton("look-back", texts.look, label, when), " ", makeButton("bring-back", texts.back, label, when))
    }))
    find("no-versions").hidden = versions.length > 0
    if (versions.length) find("clearable").hidden = false // other people may use the same computer
    const left = site.aside.list()
    aside.hidden = !left.length
    find("aside-list").replaceChildren(...left.map(({ text, kind, id, field }) => {
      const name = kind === "items" && id ? [plan.nameOf(id), plan.fields.get(field) ?? field].filter(Boolean).join(", ") : ""
      return make("li", {}, make("strong", { textContent: name }), name ? ": " : "", text.slice(0, 500))
    }))
  })

  buttons["look-back"] = (_, { dataset }) => {
    const version = site.versions.get(dataset.of)
    if (version) plan.show(version, fillIn(texts.looking, { day: formatTime(dataset.of) }), dataset.of)
  }
  buttons["bring-back"] = (_, { dataset }) => {
    const version = site.versions.get(dataset.of)
    site.versions.keep()
    if (version) plan.step(own => site.record.replace(own, version), fillIn(texts.brought, { day: formatTime(dataset.of) }))
  }
  /* Clears all, even what the reader wrote about actions that they removed: other people may use the same computer. */
  buttons.clear = () => {
    plan.step(record => site.record.replace(record, {}), find("status").dataset.cleared)
    site.versions.forgetAll()
    site.aside.forgetAll()
    plan.goTo("actions")
  }
  buttons["save-unreadable"] = () => site.sharing.saveFile(site.aside.list().map(({ text }) => text).join("\n\n"), "plan-unreadable.txt", "text/plain")
  buttons["forget-aside"] = (_, button) => {
    site.aside.forgetAll()
    plan.update()
    plan.focusView()
    plan.showMessage(button.dataset.toldAfter)
  }
}
