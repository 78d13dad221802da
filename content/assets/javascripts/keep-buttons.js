/* The shortlist on every page: the link to it with the number of its actions, and the buttons that keep an action for
   later. */
const keepButtons = (() => {
  /* Shows what is kept. Pages that add buttons call it. */
  const update = () => {
    const ids = shortlistStorage.readIds()
    const link = document.querySelector("[data-shortlist]")
    link.hash = formatHash(ids)
    const number = link.querySelector("[data-kept]")
    // The number is read aloud when its text is set, so it is set only when it changes.
    if (number.textContent !== String(ids.length)) number.textContent = ids.length
    for (const button of document.querySelectorAll("[data-keep]")) {
      button.setAttribute("aria-pressed", ids.includes(button.dataset.keep))
    }
  }

  document.addEventListener("shortlist", update)
  document.addEventListener("click", event => {
    const id = event.target.closest("[data-keep]")?.dataset.keep
    if (!id) return
    const ids = shortlistStorage.readIds()
    shortlistStorage.writeIds(ids.includes(id) ? ids.filter(other => other !== id) : [...ids, id])
  })
  update()
  return { update }
})()
