/* A list of actions as text: their ids with commas between them. The address of the plan has it after "#ids=", and after
   "&status=" the ids of those that have a status, each with a letter for it. */

const STATUS_LETTERS = { n: "not-for-us", y: "not-yet", p: "planned", u: "under-way", d: "done" }

/* Returns the ids in a text, each once. Mail programs change addresses, so whatever cannot be in an id separates ids. */
const parseIds = text =>
  [...new Set((text ?? "").split(/[^a-z0-9-]+/, 1000).filter(id => id && id.length <= 80))]

const formatIds = ids => ids.join(",")

/* Returns the part of an address that has these items of a record, from "#" on: nothing that a person typed. */
const formatHash = items => {
  const letterOf = status => Object.keys(STATUS_LETTERS).find(letter => STATUS_LETTERS[letter] === status)
  const statuses = items.filter(({ status }) => status).map(({ id, status }) => `${id}.${letterOf(status)}`)
  return (items.length ? `#ids=${formatIds(items.map(({ id }) => id))}` : "") + (statuses.length ? `&status=${statuses}` : "")
}

/* Returns the items in the address of this page. */
const itemsInAddress = () => {
  const fields = new URLSearchParams(location.hash.slice(1, 50000).toLowerCase())
  const statuses = new Map((fields.get("status") ?? "").split(/[^a-z0-9.-]+/).map(part => part.split(".")))
  return parseIds(fields.get("ids")).map(id => {
    const status = Object.hasOwn(STATUS_LETTERS, statuses.get(id)) && STATUS_LETTERS[statuses.get(id)]
    return status ? { id, status } : { id }
  })
}
