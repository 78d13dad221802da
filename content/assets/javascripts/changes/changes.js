/* The page of changes: readers choose the edition from which on they want to see what changed. */
{
  const field = document.querySelector("[data-since]")
  const sections = [...document.querySelectorAll("[data-until]")]
  field?.addEventListener("change", () => {
    for (const section of sections) {
      section.hidden = !!field.value && section.dataset.until <= field.value // "now" comes after every date
      const { id } = section.querySelector("h2")
      const link = document.querySelector(`.contents a[href="#${id}"]`)
      if (link) link.parentElement.hidden = section.hidden
    }
    document.querySelector("[data-nothing]").hidden = sections.some(section => !section.hidden)
  })
}
