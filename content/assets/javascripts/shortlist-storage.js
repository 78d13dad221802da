/* Stores the reader's shortlist in the browser: the ids of its actions, in the reader's order, and the notes on them.

   The list is in localStorage. There are two exceptions:
   - Where localStorage is blocked or full, the list is in the name of the window, which all pages in that window share.
     It is lost when the window is closed.
   - Firefox gives each page that was opened from a folder a localStorage of its own, so there the list is in a cookie
     too, which all pages share. Without a server, the cookie is sent nowhere. Chromium has no cookies there, and one
     localStorage for all pages.
   Notes are in localStorage only. A note that cannot be stored lasts as long as the page.

   The event "shortlist" on the document says that the list may have changed, here or in another tab. */
const shortlistStorage = (() => {
  const isFromFolder = location.protocol === "file:"
  const unstoredNotes = new Map()
  let isListUnstored = false

  try { // a list needs less room than this; a full browser can still be read
    localStorage.setItem("room", " ".repeat(5000))
    localStorage.removeItem("room")
  } catch { isListUnstored = true }

  const readCookie = () => isFromFolder ? document.cookie.match(/(?:^|; )shortlist=([^;]*)/)?.[1] : undefined
  const readWindowName = () => isListUnstored ? window.name.match(/^ids=(.*)/)?.[1] : undefined
  const readList = () => {
    try { return readWindowName() ?? readCookie() ?? localStorage.getItem("shortlist") } catch { return null }
  }
  const announceList = () => document.dispatchEvent(new Event("shortlist"))

  for (const event of ["storage", "pageshow", "focus"]) addEventListener(event, announceList)

  return {
    /* Whether there is a list, even an empty one. There is none before the reader keeps the first action, or where the
       browser lost the list. */
    hasList: () => readList() !== null,

    readIds: () => parseIds(readList()),

    writeIds(ids) {
      const text = formatIds(ids)
      try {
        localStorage.setItem("shortlist", text)
        if (isFromFolder) document.cookie = `shortlist=${text}; path=/; max-age=31536000; SameSite=Strict`
        if (isListUnstored) window.name = ""
        isListUnstored = false
      } catch {
        isListUnstored = true
        window.name = `ids=${text}`
      }
      announceList()
    },

    /* Returns the note on an action, "" if there is none, or null if the browser doesn't tell. */
    readNote(id) {
      if (unstoredNotes.has(id)) return unstoredNotes.get(id)
      try { return localStorage.getItem(`note:${id}`) ?? "" } catch { return null }
    },

    /* Stores the note on an action. An empty text removes it. */
    writeNote(id, text) {
      try {
        if (text) localStorage.setItem(`note:${id}`, text)
        else localStorage.removeItem(`note:${id}`)
        unstoredNotes.delete(id)
      } catch { unstoredNotes.set(id, text) }
    },

    /* Whether the list and all notes will still be there at the next visit. */
    isLasting: () => !isListUnstored && !unstoredNotes.size,
  }
})()
