/* Finds pages by words. It loads the files of `search.py`: the list of pages, and for each word those that begin with the
   same letter. */
site.searchIndex = (() => {
  const CHUNK = 32 // as in search.py

  /* Returns the documents with a word, and what the word counts in each, from the text that search.py writes. */
  const decode = text => {
    const places = []
    let number = 0
    for (const [, distance, weight] of text.matchAll(/(\d*)\.(\d+)/g)) {
      number += distance ? Number(distance) : 1
      places.push([number, Number(weight)])
    }
    return places
  }

  /* Returns the words with each of these first letters, and the documents that they are in. */
  const loadWords = async (kind, first, letters) => Object.assign({}, ...await Promise.all(
    [...new Set(first)].filter(letter => letters[kind].includes(letter)).map(letter =>
      site.data.load(`search/${kind}-${letter.codePointAt(0)}`))))

  /* Returns the words that differ from a word of the query by one letter, also those that go on after it. */
  const findTypingErrors = (wanted, words) => Object.keys(words).filter(word => site.words.isTypingError(wanted, word) ||
    (word.length > wanted.length && site.words.isTypingError(wanted, word.slice(0, wanted.length)))).map(word => [words[word], 0.3])

  const findMatches = (words, compare) => Object.keys(words).map(word => [words[word], compare(word)]).filter(([, factor]) => factor)

  /* Returns the documents that match a word of the query, each with what the word counts there. */
  const findWord = async (wanted, letters) => {
    const forms = site.words.unmutate(wanted)
    const words = await loadWords("words", wanted[0], letters)
    const welsh = await loadWords("welsh", forms.map(form => form[0]), letters)
    let found = [
      ...findMatches(words, word => site.words.compare(wanted, word)),
      ...findMatches(welsh, word => Math.max(...forms.map(form => site.words.compareWelsh(form, word)))),
    ]
    if (!found.length && wanted.length >= 5) {
      found = [words, welsh].flatMap(some => findTypingErrors(wanted, some))
      if (!found.length) { // the first letter may be wrong
        const all = await Promise.all(Object.keys(letters).map(kind => loadWords(kind, letters[kind], letters)))
        found = all.flatMap(some => findTypingErrors(wanted, some))
      }
    }
    const counts = new Map()
    for (const [places, factor] of found) {
      for (const [number, weight] of decode(places)) {
        const count = factor * (weight >= 8 ? 8 : 0) + factor * (weight >= 16 ? 4 : 0) + factor * Math.log(1 + weight % 8)
        counts.set(number, Math.max(counts.get(number) ?? 0, count))
      }
    }
    return counts
  }

  /* Returns the documents that match a query, the best first. Those that match all words, which have `isFull`, come
     before the others. Each has its address, title, label (HTML) and the number of its text. */
  const find = async query => {
    const { pages, labels, letters } = await site.data.load("search/pages") ??
      { pages: [], labels: [], letters: { words: "", welsh: "" } }
    const pasted = query.match(/([a-z0-9-]+)\.html/)
    const all = [...new Set(site.words.splitWords(query))]
    const wanted = site.words.readQuery(query)
    const counts = await Promise.all(wanted.map(word => findWord(word, letters)))
    // Two words can be one word on a page: place making, placemaking.
    for (const [position, word] of all.slice(1).entries()) {
      const [before, joined] = [all[position], all[position] + word]
      const places = (await loadWords("words", joined[0], letters))[joined]
      for (const [number, weight] of places ? decode(places) : []) {
        for (const part of [before, word].filter(one => wanted.includes(one))) {
          const count = counts[wanted.indexOf(part)]
          count.set(number, Math.max(count.get(number) ?? 0, weight >= 8 ? 12 : 3))
        }
      }
    }
    const scores = new Map()
    for (const count of counts) {
      const rarity = Math.log(1 + pages.length / (1 + count.size))
      for (const [number, value] of count) {
        const [matched, score] = scores.get(number) ?? [0, 0]
        scores.set(number, [matched + 1, score + value * rarity])
      }
    }
    const phrase = site.words.splitWords(query).join(" ")
    const rank = ([number, [matched, score]]) => {
      const [address, title, , boost] = pages[number]
      const words = site.words.splitWords(title).join(" ")
      const isTitle = words === phrase || (pasted && address.endsWith(`${pasted[1]}.html`))
      const isSection = address.includes("#")
      const bonus = ` ${words} `.includes(` ${phrase} `) ? 20 : 0
      const start = !isSection && `${words} `.startsWith(`${phrase} `) ? 30 : 0
      return [isTitle && !isSection ? 1 : 0, matched, (score + bonus) * boost * (isSection ? 0.6 : 1) + start, number]
    }
    return [...scores].map(rank)
      .sort((a, b) => b[0] - a[0] || b[1] - a[1] || b[2] - a[2] || a[3] - b[3])
      .map(([isTitle, matched, , number]) => {
        const [address, title, label] = pages[number]
        return { number, address, title, label: labels[label], isFull: isTitle || matched === wanted.length }
      })
  }

  /* Returns the text of a document: sentences, separated by line breaks. */
  const loadText = async number => (await site.data.load(`search/text-${Math.floor(number / CHUNK)}`))?.[number % CHUNK] ?? ""

  return { find, loadText }
})()
