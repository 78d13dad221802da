/* Compares words for the search, and marks them in texts. `search.py` splits texts into words by the same rules. */
site.words = (() => {
  const COMMON_WORDS = new Set([
    // English
    `a about all am an and any anyone anything are around as at be been being between but by can could did do does doing
    done each else every everyone for from get gets getting give gives go good got had has have having help helps how i if
    in into is it its just know like look make makes making many may me more most much must my near need needs new no not
    of off on one or our out over own people please say see shall she should show so some someone something tell than
    that the their them there these they thing things this those to too up us use used using very want wants was way ways
    we were what when where whether which who whom whose why will with without would you your`,
    // Welsh, as simplified
    `a ac ag all allwch allwn am angen ar at beth ble bod chi chwi cael dim dros drwy dy ddim ei ein eich er eto eu fel fod
    fy gall gallwch gallwn gan gyda gwneud heb hefyd hoffwn hon hwn hyn i iawn ichi mae maent mewn mwy neu nhw ni nid o oes
    ond os pa pan pam pob pwy rhai rhwng rydym rydyn sut sy sydd syn trwy un wedi wneud wrth y ydi ydw ydych ydym ydyn yma yn
    yna yr yw`,
  ].join(" ").split(/\s+/))

  const unifySpelling = word => word.replace(/is(?=(e|es|ed|ing|er|ation)s?$)/, "iz").replace(/([a-z]{3})our(?=s?$)/, "$1or")
  // What Welsh joins to the word before is left out: cau'r, sy'n.
  const simplify = text => text.toLowerCase().replace(/([\p{L}])['’](?:r|n|i|u|m|w|ch)(?![\p{L}\p{N}])/gu, "$1").replace(/['’]/g, "").normalize("NFD").replace(/[\u0300-\u036f]/g, "")
  const splitWords = text => (simplify(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(unifySpelling)

  /* Returns how a word and its other forms begin: volunteers also finds volunteering, and party finds parties. */
  const findBeginnings = word => {
    if (/^\w{1,3}[^aeious]s$/.test(word)) return [word.slice(0, -1)] // GPs, PSBs
    if (word.length < 5) return [word]
    const withY = word.match(/^(.*[^aeiou])(?:y|ies)$/)
    if (withY) return [`${withY[1]}y`, `${withY[1]}ie`]
    if (/(ch|sh|x|ss)es$/.test(word)) return [word.slice(0, -2)]
    if (/[^su]s$/.test(word)) return [word.slice(0, -1)]
    if (/..[^aeiou]{1,2}ing$/.test(word)) return [word.slice(0, -3)]
    return [word]
  }

  /* What Welsh words that begin with these letters may begin with in a dictionary, as in search.py. */
  const UNMUTATED = {
    b: ["p"], d: ["t"], g: ["c"], f: ["b", "m"], dd: ["d"], l: ["ll", "gl"], r: ["rh", "gr"],
    mh: ["p"], nh: ["t"], ngh: ["c"], m: ["b"], n: ["d", "gn"], ng: ["g"], ph: ["p"], th: ["t"], ch: ["c"],
    ...Object.fromEntries([..."aeiouwy"].flatMap(vowel => [[vowel, [`g${vowel}`]], [`h${vowel}`, [vowel]]])),
  }

  /* Returns a Welsh word and all forms of which it may be a mutation: nghymunedau, cymunedau. */
  const unmutate = word => [word, ...[3, 2, 1].flatMap(length =>
    word.length > length ? (UNMUTATED[word.slice(0, length)] ?? []).map(start => start + word.slice(length)) : [])]

  /* Returns what a Welsh word counts for a word of the query, like `compare`, whatever their mutations and endings. */
  const compareWelsh = (wanted, word) => {
    const stem = wanted.replace(/(iadau|iau|au|oedd|ion|on|wyr|ydd|u|i|o)$/, "").replace(/nn$/, "n")
    const beginning = stem.length >= 4 ? stem : wanted
    if (word === wanted) return 1
    return beginning.length >= 3 && word.startsWith(beginning) ? 0.5 + 0.4 * beginning.length / word.length : 0
  }

  /* Whether two words differ by one letter: added, left out, replaced, or swapped with its neighbour. */
  const isTypingError = (one, other) => {
    if (Math.abs(one.length - other.length) > 1) return false
    let at = 0
    while (at < one.length && one[at] === other[at]) at++
    const [a, b] = [one.slice(at), other.slice(at)]
    return a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1) ||
      (a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2))
  }

  /* Returns what a word of the vocabulary counts for a word of the query: 1 for the same word, 0 for none. */
  const compare = (wanted, word) => {
    if (word === wanted) return 1
    const beginning = findBeginnings(wanted).find(one => word.startsWith(one))
    if (word === beginning) return 0.95
    return beginning?.length >= 3 ? 0.5 + 0.4 * beginning.length / word.length : 0
  }

  /* Returns the words that a query looks for, each once. Common words are left out, unless there are no others. */
  const readQuery = query => {
    const all = [...new Set(splitWords(query))]
    const meaningful = all.filter(word => !COMMON_WORDS.has(word))
    return meaningful.length ? meaningful : all
  }

  /* Whether a word of a text is one that the query looks for. */
  const isWanted = (word, wanted, language) => wanted.some(one => compare(one, word) ||
    (language === "cy" && unmutate(one).some(form => unmutate(word).some(other => compareWelsh(form, other)))))

  /* Returns a line of a text without its mark, and its language: lines in another language than the page begin with a tab. */
  const readLine = line =>
    line.startsWith("\t") ? { text: line.slice(1), language: (site.language === "en" ? "cy" : "en") } : { text: line, language: site.language }

  /* Adds a line of a text to an element, with the words of the query marked, and its language if it isn't the page's. */
  const addMarked = (element, line, wanted) => {
    const { text, language } = readLine(line)
    if (language !== site.language) element.lang = language
    addMarkedText(element, text, wanted, language)
  }
  const addMarkedText = (element, text, wanted, language) => {
    for (const piece of text.split(/([\p{L}\p{N}'’]+)/u)) {
      const isMarked = splitWords(piece).some(word => isWanted(word, wanted, language))
      element.append(isMarked ? Object.assign(document.createElement("mark"), { textContent: piece }) : piece)
    }
  }

  /* Marks the words of the query in all texts of an element. Returns the marks. */
  const markAll = (element, wanted) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, node =>
      node.parentElement.closest("script, form, textarea, mark, svg") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT)
    const nodes = []
    while (wanted.length && walker.nextNode()) nodes.push(walker.currentNode)
    for (const node of nodes) {
      const parts = document.createDocumentFragment()
      addMarkedText(parts, node.textContent, wanted, node.parentElement.closest("[lang]").lang)
      if (parts.querySelector("mark")) node.replaceWith(parts)
    }
    return element.querySelectorAll("mark")
  }

  /* Whether a text has all words of the query. */
  const hasAll = (line, wanted) => {
    const { text, language } = readLine(line)
    const words = splitWords(text)
    return wanted.every(one => words.some(word => isWanted(word, [one], language)))
  }

  /* Returns the line of a text with most words of the query, shortened around the first of them. */
  const findExcerpt = (text, wanted) => {
    const count = line => {
      const { text, language } = readLine(line)
      const words = splitWords(text)
      return wanted.filter(one => words.some(word => isWanted(word, [one], language))).length
    }
    const lines = text.split("\n")
    const best = lines.reduce((best, line) => count(line) > count(best) ? line : best, lines[0] ?? "")
    if (best.length < 200) return best
    const mark = best.startsWith("\t") ? "\t" : ""
    const words = best.slice(mark.length).split(" ")
    const at = Math.max(0, words.findIndex(word => count(mark + word)) - 12)
    return mark + (at ? "… " : "") + words.slice(at, at + 30).join(" ") + (words.length > at + 30 ? " …" : "")
  }

  return { splitWords, isTypingError, compare, unmutate, compareWelsh, readQuery, addMarked, addMarkedText, markAll, hasAll, findExcerpt }
})()
