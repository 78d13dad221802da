/* Messages for readers. Their texts are in the templates, so that they can be translated. */

/* Replaces each {name} in a text by the value of that name. */
const fillIn = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])
