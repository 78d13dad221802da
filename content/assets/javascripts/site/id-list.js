/* A list of actions as text: their ids with commas between them. The address of the plan has it after "#ids=", and after
   "&status=" the ids of those that have a status, each with a letter for it. */
site.idList = (() => {
  /* Returns the ids in a text, each once. Mail programs change addresses, so whatever cannot be in an id separates ids. */
  const parse = text =>
    [...new Set((text ?? "").split(/[^a-z0-9-]+/, 1000).filter(id => id && id.length <= 80))]

  const format = ids => ids.join(",")

  /* Returns the part of an address that has these items of a record, from "#" on: nothing that a person typed. */
  const formatHash = items => {
    const letterOf = status => site.statuses.find(({ id }) => id === status)?.letter
    const statuses = items.filter(({ status }) => status).map(({ id, status }) => `${id}.${letterOf(status)}`)
    return (items.length ? `#ids=${format(items.map(({ id }) => id))}` : "") + (statuses.length ? `&status=${statuses}` : "")
  }

  return { parse, format, formatHash }
})()
