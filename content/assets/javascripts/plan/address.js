/* The list of actions in an address. Mail and chat programs change addresses, so this reads what is left of them. */
site.idList.findInAddress = () => {
  /* Decodes what was encoded, up to three times over. A "%" that encodes nothing stays. */
  const decode = text => [1, 2, 3].reduce(
    one => one.replace(/%([0-7][0-9a-f])/gi, (_, code) => String.fromCharCode(parseInt(code, 16))), text)
  const text = decode(location.hash.slice(1, 50000)).toLowerCase().replace(/&(amp;|#38;)+/g, "&")
  const get = field => text.match(new RegExp(`(?:^|[&#?])${field}=([^&]*)`))?.[1] ?? ""

  /* Returns the parts between characters that can't be in an id. A line break can be in the middle of one. */
  const split = (list, isKnown) => list.split(/[^a-z0-9.\s+-]+/).flatMap(part => {
    const whole = part.replace(/[\s+]+/g, "")
    return isKnown(whole) ? whole : part.split(/[\s+]+/)
  })
  const letters = new Map(split(get("status"), () => true).map(part => part.split(".")))
  const ids = split(get("ids"), id => site.actions.has(id.replace(/\.+$/, ""))).join()
  return site.idList.parse(ids).map(id => {
    const status = site.statuses.find(({ letter }) => letter === letters.get(id))?.id
    return status ? { id, status } : { id }
  })
}
