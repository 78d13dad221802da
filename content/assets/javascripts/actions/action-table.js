/* Tables of actions, for spreadsheets and as text. */

/* Saves a text as a file of the reader's. */
const saveFile = (text, name, type) => {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(new Blob([text], { type }))
  link.download = name
  link.click()
}

const actionTable = (() => {
  const readText = (element, selector) => element.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? ""

  return {
    /* Returns a promise of one row for each action: its number, and what the guidance says about it. */
    makeRows: ids => Promise.all(ids.map(async (id, place) => {
      const action = actionRows.get(id)
      const { html, law = "" } = await actionRows.loadWording(action)
      const wording = document.createElement("div")
      wording.innerHTML = html
      const nameOf = field => actionRows.namesOf(action, field).join(", ")
      return [
        place + 1, action.title, nameOf("grade"), nameOf("scope"), nameOf("topic"), readText(wording, ".official"),
        readText(wording, ":scope > .gap"), law, pageToShare(`actions/${id}.html`),
      ]
    })),

    /* Saves a table as a file. A cell that begins like a formula gets an apostrophe, so that it stays text. */
    save(rows, name) {
      saveFile("\ufeff" + rows.map(row => row.map(cell =>
        `"${String(cell).replace(/^[=+\-@\t\r\n＝＋－＠]/, "'$&").replaceAll('"', '""')}"`).join(",") + "\r\n").join(""), name, "text/csv")
    },
  }
})()
