/* Changes a query on its way to the theme's search, so that a question finds what it asks about. The search matches the
   beginnings of words, looks for every word of a question, and knows no other form of a word. So the common words of
   questions are left out, longer words lose their endings (volunteers also finds volunteering), and a whole word counts
   for more than a beginning. A query with the search's own signs (" + - * ~ ^ :) is not changed. */
{
  const QUERY = 2 // the type of the messages with which the theme sends queries to its worker
  const COMMON_WORDS = new Set(
    `a about all am an and any anyone anything are around as at be been being between but by can could did do does doing
    done each else every everyone for from get gets getting give gives go good got had has have having help helps how i if
    in into is it its just know like look make makes making many may me more most much must my near need needs new no not
    of off on one or our out over own people please say see shall she should show so some someone something tell than
    that the their them there these they thing things this those to too up us use used using very want wants was way ways
    we were what when where whether which who whom whose why will with without would you your`.split(/\s+/))

  const removeEnding = word => {
    if (/^[^s]{2,3}s$/.test(word)) return word.slice(0, -1) // GPs
    if (word.length < 5) return word
    if (word.endsWith("ies")) return word.slice(0, -3) + "y"
    if (/(ch|sh|x|ss)es$/.test(word)) return word.slice(0, -2)
    if (/[^su]s$/.test(word)) return word.slice(0, -1)
    if (/..[^aeiou]{1,2}ing$/.test(word)) return word.slice(0, -3)
    return word
  }

  const rewriteQuery = query => {
    if (/["+*~^:]|(^|\s)-/.test(query)) return query
    const words = query.toLowerCase().replace(/['’]s\b/g, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean)
    const meaningful = words.filter(word => !COMMON_WORDS.has(word))
    const wanted = meaningful.length ? meaningful : words
    return wanted.flatMap(word => {
      const beginning = removeEnding(word)
      if (beginning.length < 3) return [`${beginning}^8`] // too many words begin with two letters
      return beginning === word ? [`${word}^4`, word] : [beginning]
    }).join(" ")
  }

  const send = Worker.prototype.postMessage
  Worker.prototype.postMessage = function (message, ...rest) {
    const changed = message?.type === QUERY ? { ...message, data: rewriteQuery(message.data) } : message
    return send.call(this, changed, ...rest)
  }
}
