/* What a reader types, made into what the search looks for. The theme's search matches the beginnings of words, every
   word of a question, and no other form of a word. So, on its way to the search, a query loses the little words of
   questions, longer words lose their endings (volunteers also finds volunteering), and whole words count for more than
   beginnings. Whoever uses the search's own signs (" + - * ~ ^ :) is left alone. */
{
  const QUERY = 2 // the kind of message with which the theme sends a query to its worker
  const LITTLE = new Set(
    `a about all am an and any anyone anything are around as at be been being between but by can could did do does doing
    done each else every everyone for from get gets getting give gives go good got had has have having help helps how i if
    in into is it its just know like look make makes making many may me more most much must my near need needs new no not
    of off on one or our out over own people please say see shall she should show so some someone something tell than
    that the their them there these they thing things this those to too up us use used using very want wants was way ways
    we were what when where whether which who whom whose why will with without would you your`.split(/\s+/))

  const stem = word => {
    if (/^[^s]{2,3}s$/.test(word)) return word.slice(0, -1) // GPs
    if (word.length < 5) return word
    if (word.endsWith("ies")) return word.slice(0, -3) + "y"
    if (/(ch|sh|x|ss)es$/.test(word)) return word.slice(0, -2)
    if (/[^su]s$/.test(word)) return word.slice(0, -1)
    if (/..[^aeiou]{1,2}ing$/.test(word)) return word.slice(0, -3)
    return word
  }

  const widen = query => {
    if (/["+*~^:]|(^|\s)-/.test(query)) return query
    const words = query.toLowerCase().replace(/['’]s\b/g, "").split(/[^\p{L}\p{N}]+/u).filter(Boolean)
    const telling = words.filter(word => !LITTLE.has(word))
    const typed = telling.length ? telling : words
    return typed.flatMap(word => {
      const root = stem(word)
      if (root.length < 3) return [`${root}^8`] // a beginning of two letters would begin too much
      return root === word ? [`${word}^4`, word] : [root]
    }).join(" ")
  }

  const send = Worker.prototype.postMessage
  Worker.prototype.postMessage = function (message, ...rest) {
    const widened = message?.type === QUERY ? { ...message, data: widen(message.data) } : message
    return send.call(this, widened, ...rest)
  }
}
