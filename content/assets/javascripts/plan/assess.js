/* "Where do we stand?": the actions of a topic, one after another. The topic is in the address, as #assess=<topic>. */
site.addAssessment = plan => {
  const { fillIn } = site
  const { page, find, buttons } = plan
  const panel = find("assess")
  const heading = panel.querySelector("h2")
  const choices = [...panel.querySelectorAll("input")]
  let actions = []
  let at = 0

  const statusOf = ({ id }) => site.record.read().items.find(item => item.id === id)?.status ?? ""
  const show = () => {
    const action = actions[at]
    heading.textContent = fillIn(heading.dataset.count, { number: at + 1, all: actions.length })
    const link = panel.querySelector("h3 a")
    link.textContent = action.title
    site.actions.markLanguage(link, action.title)
    link.href = site.actions.addressOf(action.id)
    for (const choice of choices) choice.checked = choice.value === statusOf(action)
    panel.querySelector("[data-do=assess-back]").setAttribute("aria-disabled", at === 0)
    panel.querySelector("[data-do=assess-next]").hidden = at === actions.length - 1
    panel.querySelector("legend").textContent = `${heading.textContent}: ${action.title}`
    site.actions.showWording(action.id, panel.querySelector("[data-wording]"), ".item__more")
  }
  const go = to => {
    at = Math.min(Math.max(to, 0), actions.length - 1)
    show()
    choices.find(({ checked }) => checked).focus()
  }

  const readAddress = () => {
    const topic = location.hash.match(/^#assess=([a-z0-9-]+)$/)?.[1]
    actions = topic ? site.actions.all.filter(action => action.topic === topic) : []
    panel.hidden = !actions.length
    page.toggleAttribute("data-assessing", !panel.hidden)
    if (panel.hidden) return
    const open = actions.findIndex(action => !statusOf(action))
    go(Math.max(open, 0))
    panel.scrollIntoView()
  }

  panel.addEventListener("change", ({ target }) => {
    const { id } = actions[at]
    site.record.change(record => site.record.setStatus(record, id, target.value))
  })
  panel.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.target.localName !== "input") return
    event.preventDefault()
    if (at < actions.length - 1) go(at + 1)
    else buttons["assess-end"]()
  })
  buttons["assess-back"] = () => go(at - 1)
  buttons["assess-next"] = () => go(at + 1)
  buttons["assess-end"] = () => {
    history.pushState(null, "", "#stand")
    readAddress()
    plan.update()
    document.getElementById("stand").focus()
  }
  plan.onUpdate(() => { if (!panel.hidden) for (const choice of choices) choice.checked = choice.value === statusOf(actions[at]) })
  addEventListener("popstate", readAddress)
  readAddress()
}
