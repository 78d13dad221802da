/* Data files of the site. They are scripts that call `site.data.receive`, because a page opened from a folder can load no
   other data. Their names are their addresses, from the root of the site, without ".js". */
site.data = (() => {
  const root = new URL(".", document.querySelector(".top__name").href)
  const received = new Map()
  const loading = new Map()
  return {
    /* The address of the site's root. */
    root,

    receive: (name, data) => received.set(name, data),

    /* Returns the data of a file that has been loaded. */
    get: name => received.get(name),

    /* Returns a promise of the data of a file, or of undefined if it can't be loaded. */
    load(name) {
      if (!loading.has(name)) {
        loading.set(name, received.has(name) || new Promise(resolve => {
          const script = document.createElement("script")
          script.src = new URL(`${name}.js`, root)
          script.onload = resolve
          script.onerror = () => resolve(loading.delete(name)) // next time, it is tried again
          document.head.append(script)
        }))
      }
      return Promise.resolve(loading.get(name)).then(() => received.get(name))
    },
  }
})()
