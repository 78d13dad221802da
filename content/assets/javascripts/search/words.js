/* Compares words for the search, and marks them in texts. `words.py` splits texts into words in the same way, and has the
   rules: which words are common, and what other forms a word has in each language. */
site.words = (() => {
  let rules = { common: new Set(), weak: new Set(), aside: new Set(), joined: /(?!)/g, spellings: [], vocabularies: {} } // until they are loaded
  let loading

  const prepare = ({ common, weak, aside, joined, spellings, vocabularies }) => ({
    common: new Set(common),
    weak: new Set(weak),
    aside: new Set(aside),
    joined: new RegExp(`([\\p{L}\\p{N}])['’](?:${joined.join("|")})(?![\\p{L}\\p{N}])`, "gu"),
    spellings: spellings.map(([pattern, spelling]) => [new RegExp(pattern), `$1${spelling}`]),
    vocabularies: Object.fromEntries(Object.entries(vocabularies).map(([name, { endings, after, both, ...others }]) => [name, {
      ...others,
      endings: endings.map(([pattern, starts]) => [new RegExp(`^(?:${pattern})$`), starts]),
      after: new RegExp(`^(?:${after})$`),
      both: new RegExp(`^(?:${both})$`),
    }])),
  })

  /* Returns a promise of the list of pages that the search can find, when the rules, which come with it, can be used.
     It is undefined if the list can't be loaded. */
  const load = () => loading ??= site.data.load("search/pages").then(data => {
    if (data) rules = prepare(data.rules)
    return data
  })

  const unifySpelling = word => rules.spellings.reduce((word, [pattern, spelling]) => word.replace(pattern, spelling), word)
  const separate = text => text.toLowerCase().replace(rules.joined, "$1").replace(/['’]/g, "")
  const simplify = text => separate(text).normalize("NFKD").replace(/[\u0300-\u036f]/g, "")
  const findWords = text => text.match(/[\p{L}\p{N}]+/gu) ?? []
  const splitWords = text => findWords(simplify(text)).map(unifySpelling)

  /* Returns the words of a question that matter for what it asks. */
  const readQuestion = query => splitWords(query).filter(word => !rules.aside.has(word))

  /* Returns the words that a query looks for, each once. Common words are left out, unless there are no others. An accent
     makes another word: hyn is common in Welsh, but hŷn means older. */
  const readQuery = query => {
    const all = [...new Set(splitWords(query))]
    const typed = new Set(findWords(separate(query).normalize("NFC")))
    const meaningful = all.filter(word => !rules.common.has(word) || !typed.has(word))
    return meaningful.length ? meaningful : all
  }

  /* Returns a word and all forms of which it may be a mutation: nghymunedau, cymunedau. */
  const unmutate = (word, { mutations }) => [word, ...[3, 2, 1].flatMap(length =>
    word.length > length ? (mutations[word.slice(0, length)] ?? []).map(start => start + word.slice(length)) : [])]

  /* Returns a word and what it may be a mutation of, if its language has some: henghraifft, enghraifft. */
  const listForms = (word, language) => unmutate(word, rules.vocabularies[language] ?? rules.vocabularies.words)

  /* Whether a word says little about a subject. */
  const isWeak = word => rules.common.has(word) ||
    Object.keys(rules.vocabularies).some(name => listForms(word, name).some(form => rules.weak.has(form)))

  /* Returns how a word and its other forms begin. */
  const findBeginnings = (word, { endings }) => {
    for (const [pattern, starts] of endings) {
      const found = word.match(pattern)
      if (found) return starts.map(start => found[1] + start)
    }
    return [word]
  }

  /* Whether two words are forms of one that begins like this: arriv, arrive, arrivals. */
  const areForms = (word, form, beginning, { after, both }) => {
    if (beginning.length < 4) return false
    if (word.startsWith(beginning) && after.test(word.slice(beginning.length))) return true
    if (word.length >= 4 && form.startsWith(word) && after.test(form.slice(word.length))) return true
    let at = 0
    while (at < word.length && word[at] === form[at]) at++
    for (let length = at; length >= 5; length--) {
      if (both.test(word.slice(length)) && both.test(form.slice(length))) return true
    }
    return false
  }

  /* Returns what looks for a word of the query in a vocabulary: the letters with which words like it begin, and a function
     that says what another word counts for it: 1 for the same word, at least SURE for a form of it, at least TYPING for a
     longer word that begins with it, less for one that begins like it, 0 for none. */
  const SURE = 0.8
  const TYPING = 0.4
  const makeComparison = (wanted, vocabulary) => {
    const forms = unmutate(wanted, vocabulary).map(form => ({ form, beginnings: findBeginnings(form, vocabulary) }))
    const compareForm = ({ form, beginnings }, word) => {
      if (word === form) return 1
      if (word[0] !== form[0]) return 0
      if (beginnings.includes(word)) return vocabulary.stem
      if (beginnings.some(beginning => areForms(word, form, beginning, vocabulary))) return SURE
      const beginning = beginnings.find(one => word.startsWith(one))
      if (!(beginning?.length >= 3)) return 0
      return (form === wanted && word.startsWith(form) ? TYPING : 0.2) + 0.2 * beginning.length / word.length
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

  return { SURE, TYPING, load, splitWords, readQuery, readQuestion, isWeak, listForms, readLine, getComparison, isTypingError, addMarked, addMarkedText, markAll, hasAll, findExcerpt }
})()
