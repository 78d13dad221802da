/* Compares words for the search, and marks them in texts. `words.py` splits texts into words in the same way, and has the
   rules: which words are common, and what other forms a word has in each language. */
site.words = (() => {
  let rules = { common: new Set(), joined: /(?!)/g, spellings: [], vocabularies: {} } // until they are loaded
  let loading

  const prepare = ({ common, joined, spellings, vocabularies }) => ({
    common: new Set(common),
    joined: new RegExp(`([\\p{L}\\p{N}])['’](?:${joined.join("|")})(?![\\p{L}\\p{N}])`, "gu"),
    spellings: spellings.map(([pattern, spelling]) => [new RegExp(pattern), `$1${spelling}`]),
    vocabularies: Object.fromEntries(Object.entries(vocabularies).map(([name, { endings, ...others }]) =>
      [name, { ...others, endings: endings.map(([pattern, starts]) => [new RegExp(`^(?:${pattern})$`), starts]) }])),
  })

  /* Returns a promise of the list of pages that the search can find, when the rules, which come with it, can be used.
     It is undefined if the list can't be loaded. */
  const load = () => loading ??= site.data.load("search/pages").then(data => {
    if (data) rules = prepare(data.rules)
    return data
  })

  const unifySpelling = word => rules.spellings.reduce((word, [pattern, spelling]) => word.replace(pattern, spelling), word)
  const simplify = text => text.toLowerCase().replace(rules.joined, "$1").replace(/['’]/g, "").normalize("NFD").replace(/[\u0300-\u036f]/g, "")
  const splitWords = text => (simplify(text).match(/[\p{L}\p{N}]+/gu) ?? []).map(unifySpelling)

  /* Returns the words that a query looks for, each once. Common words are left out, unless there are no others. */
  const readQuery = query => {
    const all = [...new Set(splitWords(query))]
    const meaningful = all.filter(word => !rules.common.has(word))
    return meaningful.length ? meaningful : all
  }

  /* Returns a word and all forms of which it may be a mutation: nghymunedau, cymunedau. */
  const unmutate = (word, { mutations }) => [word, ...[3, 2, 1].flatMap(length =>
    word.length > length ? (mutations[word.slice(0, length)] ?? []).map(start => start + word.slice(length)) : [])]

  /* Returns how a word and its other forms begin. */
  const findBeginnings = (word, { endings }) => {
    for (const [pattern, starts] of endings) {
      const found = word.match(pattern)
      if (found) return starts.map(start => found[1] + start)
    }
    return [word]
  }

  /* Returns what looks for a word of the query in a vocabulary: the letters with which words like it begin, and a function
     that says what another word counts for it: 1 for the same word, 0 for none. */
  const makeComparison = (wanted, vocabulary) => {
    const forms = unmutate(wanted, vocabulary).map(form => ({ form, beginnings: findBeginnings(form, vocabulary) }))
    const compareForm = ({ form, beginnings }, word) => {
      if (word === form) return 1
      const beginning = beginnings.find(one => word.startsWith(one))
      if (word === beginning) return vocabulary.stem
      return beginning?.length >= 3 ? 0.5 + 0.4 * beginning.length / word.length : 0
    }
    return {
      letters: forms.map(({ form }) => form[0]),
      compare: word => Math.max(...forms.map(form => compareForm(form, word))),
    }
  }
  const comparisons = new Map()
  const getComparison = (wanted, name) => {
    const key = `${name} ${wanted}`
    if (!comparisons.has(key)) comparisons.set(key, makeComparison(wanted, rules.vocabularies[name]))
    return comparisons.get(key)
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

  /* Whether a word of a text is one that the query looks for, by the rules for all languages or those of the text's own. */
  const isWanted = (word, wanted, language) => Object.entries(rules.vocabularies).some(([name, vocabulary]) =>
    (name === "words" || name === language) &&
    wanted.some(one => unmutate(word, vocabulary).some(getComparison(one, name).compare)))

  /* Returns a line of a text without its mark, and its language: a line in another language than the page begins with its
     code and a tab. */
  const readLine = line => {
    const [, language = site.language, text] = line.match(/^(?:([a-z]+)\t)?(.*)/)
    return { text, language }
  }

  /* Adds a line of a text to an element, with the words of the query marked, and its language if it isn't the page's. */
  const addMarked = (element, line, wanted) => {
    const { text, language } = readLine(line)
    if (language !== site.language) element.lang = language
    addMarkedText(element, text, wanted, language)
  }
  const addMarkedText = (element, text, wanted, language) => {
    for (const piece of text.split(/([\p{L}\p{N}'’]+)/u)) {
      const isMarked = splitWords(piece).some(word => isWanted(word, wanted, language))
      element.append(isMarked ? site.make("mark", { textContent: piece }) : piece)
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

  /* Returns which words of the query a line of a text has. */
  const findWanted = (line, wanted) => {
    const { text, language } = readLine(line)
    const words = splitWords(text)
    return wanted.filter(one => words.some(word => isWanted(word, [one], language)))
  }

  /* Whether a text has all words of the query. */
  const hasAll = (line, wanted) => findWanted(line, wanted).length === wanted.length

  /* Returns the line of a text with most words of the query, shortened around the first of them. */
  const findExcerpt = (text, wanted) => {
    const count = line => findWanted(line, wanted).length
    const lines = text.split("\n")
    const best = lines.reduce((best, line) => count(line) > count(best) ? line : best, lines[0] ?? "")
    const { text: shown } = readLine(best)
    if (shown.length < 200) return best
    const mark = best.slice(0, -shown.length)
    const words = shown.split(" ")
    const at = Math.max(0, words.findIndex(word => count(mark + word)) - 12)
    return mark + (at ? "… " : "") + words.slice(at, at + 30).join(" ") + (words.length > at + 30 ? " …" : "")
  }

  return { load, splitWords, readQuery, readLine, getComparison, isTypingError, addMarked, addMarkedText, markAll, hasAll, findExcerpt }
})()
