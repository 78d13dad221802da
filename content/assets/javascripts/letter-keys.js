/* Turns off the theme's shortcuts of a single letter. People who speak to their computer would set them off by accident
   (WCAG 2.1.4). Letters still reach the fields that people type in. */
window.addEventListener("keydown", event => {
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]")
  if (event.key.length === 1 && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.stopImmediatePropagation()
  }
}, true)
