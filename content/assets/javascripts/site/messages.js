/* Messages for readers. Their texts are in the templates, so that they can be translated. */

/* Replaces each {name} in a text by the value of that name. */
const fillIn = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])

/* Returns a message with a number. `forms` has a text for each number that has one of its own, and for all others. */
const countIn = (forms, count) => {
  const texts = JSON.parse(forms)
  return fillIn(texts[count] ?? texts.other, { count })
}

/* The language of the page, and the one in which some of its texts may be. */
const pageLanguage = document.documentElement.lang
const otherLanguage = pageLanguage === "en" ? "cy" : "en"
