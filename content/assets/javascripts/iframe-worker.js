/* The search on a site opened from a folder. Browsers don't allow workers there, so the theme's search runs in a hidden
   frame that has the same methods as a worker. The theme looks for the name IFrameWorker. */
if (location.protocol === "file:") {
  window.Worker = window.IFrameWorker = class IFrameWorker extends EventTarget {
    constructor(url) {
      super()
      const frame = document.createElement("iframe")
      frame.hidden = true
      frame.title = "Search"
      const loaded = new Promise(resolve => frame.addEventListener("load", resolve, { once: true }))
      document.body.append(frame)
      this.frame = frame
      this.ready = loaded.then(() => {
        const frameWindow = frame.contentWindow
        frameWindow.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }))
        frameWindow.importScripts = (...urls) =>
          urls.reduce((earlier, next) => earlier.then(() => this.run(next)), Promise.resolve())
        return this.run(new URL(url, document.baseURI))
      })
    }

    run(url) {
      return new Promise((resolve, reject) => {
        const script = this.frame.contentDocument.createElement("script")
        script.src = url
        script.onload = resolve
        script.onerror = () => reject(new Error(`${url} could not be read`))
        this.frame.contentDocument.head.append(script)
      })
    }

    postMessage(data) {
      this.ready.then(() => {
        const frameWindow = this.frame.contentWindow
        frameWindow.dispatchEvent(new frameWindow.MessageEvent("message", { data }))
      })
    }

    terminate() {
      this.frame.remove()
    }
  }
}
