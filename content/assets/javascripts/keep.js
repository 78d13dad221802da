/* The shortlist on every page: which actions are kept, in the reader's order. A list is the ids of its actions with commas
   between them, in the browser's storage and, behind `#ids=`, in the address of the shortlist. */
const shortlist = {
  /* Where the browser keeps nothing, the list stands in the name of the window, which all pages in it share. */
  unsaved: false,

  /* A mail may have changed letters and signs of an address: it is read as far as it can be. */
  parse: text => [...new Set((text ?? "").split(/[^a-z0-9-]+/, 1000).filter(id => id && id.length <= 80))],
  inAddress: () => new URLSearchParams(location.hash.slice(1, 50000).toLowerCase()).get("ids"),
  hash: ids => ids.length ? "#ids=" + ids.join(",") : "",

  /* Firefox gives each page that was opened from a folder a storage of its own. A cookie is common to them, and as there
     is no server it is sent nowhere. Chromium has no cookies there, and one storage. */
  fromFolder: location.protocol === "file:",
  cookie() { return this.fromFolder ? document.cookie.match(/(?:^|; )shortlist=([^;]*)/)?.[1] : undefined },

  /* What is kept: "" where the reader left nothing, null where nothing was ever kept, or the browser lost it. */
  stored() {
    const named = this.unsaved ? window.name.match(/^ids=(.*)/)?.[1] : undefined
    try { return named ?? this.cookie() ?? localStorage.getItem("shortlist") } catch { return null }
  },
  read() { return this.parse(this.stored()) },
  write(ids) {
    const text = ids.join(",")
    try {
      localStorage.setItem("shortlist", text)
      if (this.fromFolder) document.cookie = `shortlist=${text}; path=/; max-age=31536000; SameSite=Strict`
      if (this.unsaved) window.name = ""
      this.unsaved = false
    } catch {
      this.unsaved = true
      window.name = `ids=${text}`
    }
    this.show()
  },

  show() {
    const ids = this.read()
    const link = document.querySelector("[data-shortlist]")
    link.hash = this.hash(ids)
    const number = link.querySelector("[data-kept]")
    if (number.textContent !== String(ids.length)) number.textContent = ids.length
    for (const button of document.querySelectorAll("[data-keep]")) {
      button.setAttribute("aria-pressed", ids.includes(button.dataset.keep))
    }
    document.dispatchEvent(new Event("shortlist"))
  },
}

/* The words of the page with what belongs between their braces. */
const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name])

/* The address of this page for somebody else: where the site is published, or else where it was opened. */
const published = document.querySelector("link[rel=canonical]")?.href
const addressOf = hash => (published ?? location.href.split("#")[0]) + hash

/* Copies text, or else shows it in a field, selected. Tells whether it copied. */
const copy = async text => {
  const field = document.querySelector("[data-by-hand]")
  const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false)
  field.hidden = !!copied
  if (copied) return true
  field.lastElementChild.value = text
  field.lastElementChild.focus()
  field.lastElementChild.select()
  return false
}

{
  try { // a browser that is full can be read; a list needs less room than this
    localStorage.setItem("room", " ".repeat(5000))
    localStorage.removeItem("room")
  } catch { shortlist.unsaved = true }
  const show = () => shortlist.show()
  show()
  for (const event of ["storage", "pageshow", "focus"]) addEventListener(event, show) // another tab may have changed it
  document.addEventListener("click", event => {
    const id = event.target.closest("[data-keep]")?.dataset.keep
    if (!id) return
    const ids = shortlist.read()
    shortlist.write(ids.includes(id) ? ids.filter(other => other !== id) : [...ids, id])
  })
}
