/* What a phone shows when a reader puts the site on its home screen: name and icon. Browsers refuse to read this file for a
   page that is opened from a folder, and report that as an error, so only pages from a server name it. */
document.addEventListener("DOMContentLoaded", () => {
  if (!location.protocol.startsWith("http")) return
  document.head.append(site.make("link", { rel: "manifest", href: new URL("manifest.webmanifest", site.data.root).href }))
})
