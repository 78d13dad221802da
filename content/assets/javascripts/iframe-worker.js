/* Search from disk. Browsers give no worker to a page that was opened from a folder, so there the script of the search
   runs in a hidden frame instead, behind the same interface. The theme looks for the name IFrameWorker. */
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
        const inside = frame.contentWindow
        inside.postMessage = data => this.dispatchEvent(new MessageEvent("message", { data }))
        inside.importScripts = (...urls) => urls.reduce((last, next) => last.then(() => this.run(next)), Promise.resolve())
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
        const inside = this.frame.contentWindow
        inside.dispatchEvent(new inside.MessageEvent("message", { data }))
      })
    }

    terminate() {
      this.frame.remove()
    }
  }
}
