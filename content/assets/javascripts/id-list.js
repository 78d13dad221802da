/* A list of actions as text: their ids with commas between them. The browser stores this text, and the address of the
   shortlist has it after "#ids=". */

/* Returns the ids in a text, each once. Mail programs change addresses, so whatever cannot be in an id separates ids. */
const parseIds = text =>
  [...new Set((text ?? "").split(/[^a-z0-9-]+/, 1000).filter(id => id && id.length <= 80))]

const formatIds = ids => ids.join(",")

/* Returns the part of an address that has these ids, from "#" on. */
const formatHash = ids => ids.length ? "#ids=" + formatIds(ids) : ""

/* Returns the ids in the address of this page. */
const idsInAddress = () => parseIds(new URLSearchParams(location.hash.slice(1, 50000).toLowerCase()).get("ids"))
