/* The statuses that an action can have in a record, each with its letter in links and its sign in pictures. `statuses.py`
   lists them, and the header of every page has them. */
site.statuses = document.querySelector("[data-statuses]").dataset.statuses.split("|").map(text => {
  const [id, letter, sign] = text.split(" ")
  return { id, letter, sign }
})
