/* Finds pages by words. It loads the files of `search.py`: the list of pages, and for each word those that begin with the
   same letter. */
site.searchIndex = (() => {
  let list // the list of pages, and what else comes with it

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

  /* Returns the words of a vocabulary with each of these first letters, and the documents that they are in. */
  const loadWords = async (name, letters) => Object.assign({}, ...await Promise.all(
    [...new Set(letters)].filter(letter => list.letters[name].includes(letter)).map(letter =>
      site.data.load(`search/${name}-${letter.codePointAt(0)}`))))

  /* Returns the words that are one letter away from a word of the query, or that begin with such a word. */
  const findTypingErrors = (wanted, words) => Object.keys(words).filter(word => site.words.isTypingError(wanted, word) ||
    (word.length > wanted.length && site.words.isTypingError(wanted, word.slice(0, wanted.length)))).map(word => [words[word], 0.3])

  /* Returns the documents that match a word of the query, each with the word's weight there. */
  const findWord = async wanted => {
    const names = Object.keys(list.letters)
    const comparisons = names.map(name => site.words.getComparison(wanted, name))
    const likely = await Promise.all(names.map((name, place) => loadWords(name, comparisons[place].letters)))
    let found = likely.flatMap((words, place) =>
      Object.keys(words).map(word => [words[word], comparisons[place].compare(word)]).filter(([, factor]) => factor))
    if (!found.length && wanted.length >= 5) {
      found = likely.flatMap(words => findTypingErrors(wanted, words))
      if (!found.length) { // the first letter may be wrong
        const all = await Promise.all(names.map(name => loadWords(name, list.letters[name])))
        found = all.flatMap(words => findTypingErrors(wanted, words))
      }
    }
    const { title, keyword } = list.rules
    const counts = new Map()
    for (const [places, factor] of found) {
      for (const [number, weight] of decode(places)) {
        const bonus = (weight >= keyword ? 8 : 0) + (weight >= title ? 4 : 0)
        const count = factor * (bonus + Math.log(1 + weight % keyword))
        counts.set(number, Math.max(counts.get(number) ?? 0, count))
      }
    }
    return counts
  }

  /* Returns the documents that match a query, the best first. Those that match all words, which have `isFull`, come
     before the others. Each has its address, title, label (HTML) and the number of its text. */
  const find = async query => {
    list ??= await site.words.load()
    if (!list) return []
    const { pages, labels, rules } = list
    const pasted = query.match(/([a-z0-9-]+)\.html/)
    const all = [...new Set(site.words.splitWords(query))]
    const wanted = site.words.readQuery(query)
    const counts = await Promise.all(wanted.map(word => findWord(word)))
    // Two words can be one word on a page: place making, placemaking.
    for (const [position, word] of all.slice(1).entries()) {
      const [before, joined] = [all[position], all[position] + word]
      const places = (await loadWords("words", joined[0]))[joined]
      for (const [number, weight] of places ? decode(places) : []) {
        for (const part of [before, word].filter(one => wanted.includes(one))) {
          const count = counts[wanted.indexOf(part)]
          count.set(number, Math.max(count.get(number) ?? 0, weight >= rules.keyword ? 12 : 3))
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
      const words = site.words.splitWords(site.words.readLine(title).text).join(" ")
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
  const loadText = async number => {
    const { chunk } = list.rules
    return (await site.data.load(`search/text-${Math.floor(number / chunk)}`))?.[number % chunk] ?? ""
  }

  return { find, loadText }
})()
