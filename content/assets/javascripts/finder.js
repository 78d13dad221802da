/* The finder: of the actions that stand in the page, shows those that fit. What is chosen stands in the address behind #,
   as the form would send it; any other anchor is the page's own, and where its place is hidden, all actions are shown. */
{
  const form = document.querySelector(".finder")
  const count = document.querySelector("[data-count]")
  const none = document.querySelector("[data-none]")
  const loosen = none.querySelector("[data-loosen]")
  const more = form.querySelector("details")
  const said = form.querySelector("[data-said]")

  /* Words without their accents, each behind a space, so that " " and a beginning find a word. */
  const split = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const searched = (element, parts) =>
    " " + split([...element.querySelectorAll(parts)].map(part => part.textContent).join(" ")).join(" ")
  const items = [...document.querySelectorAll("[data-action]")].map(element => ({
    element,
    text: searched(element, "a, .official"),
    examples: element.querySelector("details"),
    within: searched(element, "details :is(.official, .concerns a)"),
  }))

  /* Within a filter any of its values will do; of the words, and of the filters, all are needed. */
  const chosen = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()))
  const fits = (item, wanted) => [...new Set(wanted.keys())].every(name => {
    if (name === "words") return split(wanted.get(name)).every(word => item.text.includes(" " + word))
    const values = item.element.getAttribute(`data-${name}`).split(" ")
    return wanted.getAll(name).some(value => values.includes(value))
  })

  const show = () => {
    const wanted = chosen()
    const words = split(wanted.get("words") ?? "")
    let found = 0
    for (const item of items) {
      item.element.hidden = !fits(item, wanted)
      found += !item.element.hidden
      const holds = words.some(word => item.within.includes(" " + word))
      if (holds || item.opened) item.examples.open = item.opened = holds // what the reader opened stays open
    }
    for (const list of document.querySelectorAll(".items")) {
      list.hidden = list.previousElementSibling.hidden = !list.querySelector(".item:not([hidden])")
    }
    const told = fill(count.dataset.count, { count: found, all: items.length })
    if (count.textContent !== told) count.textContent = told
    said.textContent = ""
    form.querySelector("[data-by-hand]").hidden = true
    none.hidden = found > 0
    loosen.replaceChildren(...found ? [] : ways(wanted))
  }

  /* A button for each filter without which something is left; where no single one will do, one for all of them. */
  const ways = wanted => {
    const without = name => {
      const rest = new URLSearchParams(wanted)
      rest.delete(name)
      return rest
    }
    const left = rest => items.filter(item => fits(item, rest)).length
    const names = [...new Set(wanted.keys())].filter(name => left(without(name)))
    return names.length
      ? names.map(name => way(without(name), "loosen", { filter: called(name), count: left(without(name)) }))
      : [way(new URLSearchParams(), "clear")]
  }
  const way = (rest, words, values) => {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "control"
    button.textContent = fill(loosen.dataset[words], { ...values, all: items.length })
    button.addEventListener("click", () => {
      choose(rest)
      history.pushState(null, "", address())
      count.focus()
    })
    return button
  }
  const called = name => [...form.elements].filter(field => field.name === name).flatMap(field => {
    if (field.type === "checkbox" && !field.checked) return []
    return field.name === "words" ? field.value : (field.selectedOptions ?? field.labels)[0].textContent.replace(/\(\d+\)/, "")
  }).map(name => name.trim()).join(", ")

  /* Fills the form: what it does not know falls away. */
  const choose = wanted => {
    for (const field of form.elements) {
      const values = wanted.getAll(field.name)
      if (field.type === "checkbox") field.checked = values.includes(field.value)
      else if (field.name === "words") field.value = (values[0] ?? "").slice(0, field.maxLength)
      else if (field.name) field.value = [...field.options].find(option => values.includes(option.value))?.value ?? ""
    }
    show()
  }
  const hash = () => String(chosen()) && `#${chosen()}`
  const address = () => location.href.split("#")[0] + hash()
  const restore = () => {
    const anchor = location.hash.includes("=") ? "" : location.hash.slice(1)
    const place = document.getElementById(anchor)
    if (!place || place.closest("[hidden]")) choose(new URLSearchParams(anchor ? "" : location.hash.slice(1, 5000)))
    more.open ||= [...more.querySelectorAll("input, select")].some(field => field.checked ?? field.value)
    if (location.hash !== hash() && (hash() || !anchor)) history.replaceState(null, "", address())
    place?.scrollIntoView()
  }

  let typing
  form.addEventListener("input", event => {
    clearTimeout(typing)
    const typed = event.target.name === "words"
    const act = () => {
      show()
      history[typed ? "replaceState" : "pushState"](null, "", address())
    }
    if (typed) typing = setTimeout(act, 250)
    else act()
  })
  form.addEventListener("change", () => history.replaceState(null, "", address())) // a link may be followed before that
  form.addEventListener("reset", event => {
    event.preventDefault()
    clearTimeout(typing)
    choose(new URLSearchParams())
    history.pushState(null, "", address())
  })
  form.addEventListener("submit", event => event.preventDefault())
  form.querySelector("[data-copy]").addEventListener("click", async event => {
    said.textContent = await copy(addressOf(hash())) ? event.target.dataset.copy : ""
  })
  addEventListener("popstate", restore)
  more.open = matchMedia("(min-width: 40em)").matches
  restore()
}
