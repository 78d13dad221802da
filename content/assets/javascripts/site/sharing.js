/* What readers pass on: the address of a page, texts that they copy, and files. */
site.sharing = (() => {
  /* The address at which the site is published, if it is known. */
  const publishedAddress = document.querySelector("link[rel=canonical]")?.href

  /* Whether a link leads other people to the site. From a folder it names the reader's own folders. */
  const hasPublicLinks = !!publishedAddress || location.protocol !== "file:"

  /* The address of this page for other people: the published one, or else the one at which it was opened. */
  const addressToShare = hash => (publishedAddress ?? location.href.split("#")[0]) + hash

  /* Returns the address of another page of the site for other people, from a path that starts at its root. Where the site
     was opened from a folder, returns the path: the folder is nobody else's business. */
  const pageToShare = path => {
    const home = document.querySelector(".top__name").getAttribute("href")
    if (publishedAddress) return new URL(path, new URL(home, publishedAddress)).href
    return hasPublicLinks ? new URL(path, site.data.root).href : path
  }

  /* Puts a text where the reader can paste it from. Returns whether the browser allowed that. On plain http only the old way
     works. */
  const write = text => navigator.clipboard ? navigator.clipboard.writeText(text).then(() => true, () => false) : writeOldWay(text)
  const writeOldWay = text => {
    const focused = document.activeElement
    const field = site.make("textarea", { value: text, className: "unseen" })
    document.body.append(field)
    field.select()
    const done = document.execCommand("copy")
    field.remove()
    focused?.focus()
    return done
  }

  /* Copies a text. Where the browser doesn't allow that, shows the text selected in a field, to copy by hand.
     Returns whether the text was copied. */
  const copyText = async text => {
    const label = document.querySelector("[data-by-hand]")
    const copied = await write(text)
    label.hidden = !!copied
    if (copied) return true
    const field = label.lastElementChild
    field.value = text
    field.focus()
    field.select()
    return false
  }

  /* Saves a text as a file on the reader's computer. */
  const saveFile = (text, name, type) => {
    const link = document.createElement("a")
    link.href = URL.createObjectURL(new Blob([text], { type }))
    link.download = name
    link.click()
  }

  /* The link beside a heading goes to the heading, and copies its address. Another link copies the address of the page.
     The button below a citation copies it, or selects it where the browser doesn't allow that. */
  document.addEventListener("click", async event => {
    const source = event.target.closest(".anchor, [data-copy-address], [data-copies]")
    if (!source) return
    const quoted = source.dataset.copies && document.querySelector(`#${source.dataset.copies} .cite`)
    const text = quoted ? quoted.textContent.replace(/\s+/g, " ").trim() : addressToShare(source.matches(".anchor") ? source.hash : "")
    if (await write(text)) site.tellAt(source, document.getElementById("__content").dataset.copied)
    else if (quoted) getSelection().selectAllChildren(quoted)
  })

  return { hasPublicLinks, addressToShare, pageToShare, copyText, saveFile }
})()
