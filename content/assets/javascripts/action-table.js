/* Tables of actions, for spreadsheets and as text. */
const actionTable = (() => {
  const readText = (element, selector) => element.querySelector(selector)?.textContent.replace(/\s+/g, " ").trim() ?? ""

  return {
    /* Returns a promise of one row for each action: its number, what is known of it, and the reader's note. */
    makeRows: (ids, noteOf = () => "") => Promise.all(ids.map(async (id, place) => {
      const action = actionRows.get(id)
      const { html, law = "" } = await actionRows.loadWording(action)
      const wording = document.createElement("div")
      wording.innerHTML = html
      const nameOf = field => actionRows.namesOf(action, field).join(", ")
      return [
        place + 1, action.title, nameOf("grade"), nameOf("scope"), nameOf("topic"), readText(wording, ".official"),
        readText(wording, ":scope > .gap"), law, pageToShare(`actions/${id}.html`), noteOf(id),
      ]
    })),

    /* Saves a table as a file. A cell that begins like a formula gets an apostrophe, so that it stays text. */
    save(rows, name) {
      const text = "\ufeff" + rows.map(row => row.map(cell =>
        `"${String(cell).replace(/^[=+\-@\t\r\n＝＋－＠]/, "'$&").replaceAll('"', '""')}"`).join(",") + "\r\n").join("")
      const link = document.createElement("a")
      link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }))
      link.download = name
      link.click()
    },
  }
})()
