/* Messages for readers. Their texts are in the templates, so that they can be translated. */

/* The language of the page. */
site.language = document.documentElement.lang

/* Replaces each {name} in a text by the value of that name. */
site.fillIn = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])

/* Returns a message with a number. `forms` is JSON: texts for some numbers, and `other` for the rest. */
site.countIn = (forms, count) => {
  const texts = JSON.parse(forms)
  return site.fillIn(texts[count] ?? texts.other, { count })
}

/* Shows a message beside the button that the reader pressed, for some seconds. Screen readers announce it. */
site.tellAt = (button, text, seconds = 3) => {
  document.querySelector("[data-page-status]").textContent = text
  button.dataset.told = text
  setTimeout(() => delete button.dataset.told, seconds * 1000)
}
