/* Tables of actions, for spreadsheets and as text. */
site.table = (() => {
  const readText = (element, selector) => element.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? ""

  return {
    /* Returns a promise of one row for each action: its number, and what the guidance says about it. */
    makeRows: ids => Promise.all(ids.map(async (id, place) => {
      const action = site.actions.get(id)
      const { html, law } = await site.actions.loadWording(id)
      const wording = site.make("div", { innerHTML: html })
      const nameOf = field => site.actions.namesOf(action, field).join(", ")
      return [
        place + 1, action.title, nameOf("grade"), nameOf("scope"), nameOf("topic"), readText(wording, ".official"),
        readText(wording, ":scope > .notice"), law, site.sharing.pageToShare(`actions/${id}.html`),
      ]
    })),

    /* Saves a table as a file. A cell that begins like a formula gets an apostrophe, so that it stays text. */
    save(rows, name) {
      const escape = cell => String(cell).replace(/^[=+\-@\t\r\n＝＋－＠]/, "'$&").replaceAll('"', '""')
      const lines = rows.map(row => row.map(cell => `"${escape(cell)}"`).join(","))
      site.sharing.saveFile("\ufeff" + lines.map(line => `${line}\r\n`).join(""), name, "text/csv")
    },
  }
})()
