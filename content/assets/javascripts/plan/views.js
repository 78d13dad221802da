/* The views of the plan, one shown at a time. The address says which: the id of anything in it, such as #report. At all other
   addresses, such as that of a list, it is the first one: the actions. */
site.addViews = plan => {
  const { page, find } = plan
  const views = [...page.querySelectorAll("[data-view]")]

  const show = () => {
    const [, topic] = location.hash.match(/^#assess=(.+)$/) ?? []
    const isAssessing = site.actions.all.some(action => action.topic === topic)
    const named = document.getElementById(isAssessing ? "stand" : location.hash.slice(1))?.closest("[data-view]")
    const view = named && !plan.isOther() ? named : views[0]
    if (page.dataset.shown === view.dataset.view) return // what readers type is shown again and again
    page.dataset.shown = view.dataset.view
    for (const other of views) other.hidden = other !== view
    for (const link of find("views").children) {
      if (link.hash === `#${page.dataset.shown}`) {
        link.setAttribute("aria-current", "true")
        find("views").scrollLeft = link.offsetLeft - find("views").offsetLeft - 32
      } else link.removeAttribute("aria-current")
    }
  }

  /* Shows a view. The focus stays where it is. */
  plan.goTo = name => {
    if (page.dataset.shown === name) return
    history.pushState(null, "", `#${name}`)
    plan.update()
  }

  /* Says in the link to a view how much it has. */
  plan.showNumber = (name, number) => { find(`number="${name}"`).textContent = number ? ` (${number})` : "" }

  plan.onUpdate(show)
}
