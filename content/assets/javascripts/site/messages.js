/* Messages for readers. Their texts are in the templates, so that they can be translated. */

/* The language of the page. */
site.language = document.documentElement.lang

/* Replaces each {name} in a text by the value of that name. */
site.fillIn = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])

/* Returns a message with a number. `forms` has a text for each number that has one of its own, and for all others. */
site.countIn = (forms, count) => {
  const texts = JSON.parse(forms)
  return site.fillIn(texts[count] ?? texts.other, { count })
}

/* Tells the reader something at the button that they pressed, for some seconds, and to screen readers. */
site.tellAt = (button, text, seconds = 3) => {
  document.querySelector("[data-page-status]").textContent = text
  button.dataset.told = text
  setTimeout(() => delete button.dataset.told, seconds * 1000)
}
