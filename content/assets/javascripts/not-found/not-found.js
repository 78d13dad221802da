/* Some mail and chat programs write "%23" for the "#" in a link. Then there is no page at its address, so this tries it again. */
{
  const address = location.pathname.replace(/%(25)*23/i, "#")
  if (address !== location.pathname) location.replace(location.origin + address + location.search + location.hash)
}
