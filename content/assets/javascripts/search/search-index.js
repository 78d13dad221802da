/* Finds pages by words. It loads the files of `search.py`: the list of pages, and for each word those that begin with the
   same letter. */
site.searchIndex = (() => {
  const MOST_OTHERS = 10 // how many pages are found that match only a part of a query
  let list // the list of pages, and what else comes with it

  const load = async () => {
    list ??= await site.words.load()
    if (!list || list.questions) return
    const { phrases, subjects } = list
    const simplify = phrase => site.words.readQuestion(phrase).join(" ")
    list.questions = Object.entries(phrases).map(([phrase, number]) => ({ phrase: simplify(phrase), number }))
    for (const subject of subjects) subject.phrases = subject.phrases.map(simplify)
  }

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
  const names = () => Object.keys(list.letters)

  /* Whether a word that no page has is a real one. */
  const isReal = async wanted => ` ${await site.data.load(`search/real-${wanted.codePointAt(0)}`)} `.includes(` ${wanted} `)

  /* Returns the documents that match a word of the query: what the word counts in each, and whether it surely is what is
     meant. The beginning of a longer word is, because the reader may still be typing, unless it is a real word itself. */
  const findWord = async (wanted, share = 1) => {
    const { title, keyword } = list.rules
    const found = new Map()
    await Promise.all(names().map(async name => {
      const { letters, compare } = site.words.getComparison(wanted, name)
      for (const [word, places] of Object.entries(await loadWords(name, letters))) {
        const factor = compare(word)
        for (const [number, weight] of factor ? decode(places) : []) {
          const bonus = (weight >= keyword ? 8 : 0) + (weight >= title ? 4 : 0)
          const value = share * factor * (bonus + Math.log(1 + weight % keyword))
          const before = found.get(number)
          found.set(number, {
            value: Math.max(before?.value ?? 0, value),
            isSure: before?.isSure || factor >= site.words.SURE,
            isMeant: before?.isMeant || (factor >= site.words.SURE && places[0] !== "~"),
            isBegun: before?.isBegun || (factor >= site.words.TYPING && places[0] !== "~"),
            isSubject: before?.isSubject || (factor >= site.words.SURE && weight >= keyword),
          })
        }
      }
    }))
    const all = [...found.values()]
    if (all.some(({ isMeant }) => isMeant)) for (const each of all) each.isSure = true
    else if (all.length && !await isReal(wanted)) for (const each of all) each.isSure ||= each.isBegun
    return found
  }

  /* Returns the word of the pages for which a word is a typing error, if it isn't a real one. */
  const correct = async wanted => {
    if (wanted.length < 5 || /\d/.test(wanted) || await isReal(wanted)) return
    const findIn = letters => Promise.all(names().map(async name => Object.entries(await loadWords(name, letters))
      .filter(([word, places]) => places[0] !== "~" && site.words.isTypingError(wanted, word))))
    let found = (await findIn([wanted[0]])).flat()
    if (!found.length) { // the first letter may be wrong
      const all = (await site.data.load("search/all"))?.split(" ") ?? []
      found = (await findIn(all.filter(word => site.words.isTypingError(wanted, word)).map(word => word[0]))).flat()
    }
    return found.sort(([, a], [, b]) => b.length - a.length)[0]?.[0]
  }

  /* Returns the words of a query that say what it asks, the question with the longest phrase that it has, and the subjects. */
  const readQuestions = query => {
    const words = ` ${site.words.readQuestion(query).join(" ")} `
    const has = phrase => words.includes(` ${phrase} `)
    // One word alone can be a question, but among others it is one of many.
    const asked = list.questions.filter(({ phrase }) => has(phrase) && (phrase.includes(" ") || phrase === words.trim())).sort((a, b) => b.phrase.length - a.phrase.length)
    // Hate crime is no kind of crime here: the longer phrase counts.
    const matches = list.subjects.map(subject => [subject, subject.phrases.filter(has)])
    const longest = matches.flatMap(([, phrases]) => phrases)
    const isPart = phrase => longest.some(other => other !== phrase && ` ${other} `.includes(` ${phrase} `))
    const subjects = matches.filter(([, phrases]) => phrases.some(phrase => !isPart(phrase))).map(([subject]) => subject)
    return { words: words.trim(), asked: asked[0], subjects }
  }

  /* Returns the documents that match words, the best first. `isFull` says whether one matches all of them. */
  const findDocuments = async (query, wanted, isExact) => {
    const { pages, rules } = list
    const corrected = new Map()
    const counts = await Promise.all(wanted.map(async word => {
      const found = await findWord(word)
      if (found.size) return found
      const other = isExact ? undefined : await correct(word)
      if (!other) return found
      corrected.set(word, other)
      return findWord(other, 0.5)
    }))
    // Two words can be one word on a page: place making, placemaking. In titles and keywords, all pairs are, too.
    const all = [...new Set(site.words.splitWords(query))]
    for (const [position, word] of all.slice(1).entries()) {
      const [before, joined] = [all[position], all[position] + word]
      const places = await Promise.all(names().map(async name => (await loadWords(name, joined[0]))[joined]))
      for (const [number, weight] of places.flatMap(text => text ? decode(text) : [])) {
        for (const part of [before, word].filter(one => wanted.includes(one))) {
          const count = counts[wanted.indexOf(part)]
          const value = Math.max(count.get(number)?.value ?? 0, weight >= rules.keyword ? 12 : 3)
          count.set(number, { value, isSure: true, isSubject: weight >= rules.keyword })
        }
      }
    }
    const scores = new Map()
    for (const count of counts) {
      const rarity = Math.log(1 + pages.length / (1 + count.size))
      for (const [number, { value, isSure, isSubject }] of count) {
        const [matched, subjects, score] = scores.get(number) ?? [0, 0, 0]
        scores.set(number, [matched + isSure, subjects + isSubject, score + value * rarity])
      }
    }
    const pasted = query.match(/([a-z0-9-]+)\.html/)
    const phrase = site.words.splitWords(query).join(" ")
    const rank = ([number, [matched, subjects, score]]) => {
      const [address, title, , boost] = pages[number]
      const words = site.words.splitWords(site.words.readLine(title).text).join(" ")
      const isTitle = words === phrase || (pasted && address.endsWith(`${pasted[1]}.html`))
      const isSection = address.includes("#")
      const bonus = ` ${words} `.includes(` ${phrase} `) ? 20 : 0
      const start = !isSection && `${words} `.startsWith(`${phrase} `) ? 30 : 0
      return {
        number,
        isTitle: isTitle && !isSection,
        // Pages about the site say a lot about other things: their sentences have words by chance.
        isFull: isTitle || (wanted.length > 0 && matched === wanted.length && (subjects > 0 || !address.startsWith("about/"))),
        score: (score + bonus) * boost * (isSection ? 0.6 : 1) + start,
      }
    }
    const found = [...scores].map(rank)
      .sort((a, b) => b.isTitle - a.isTitle || b.isFull - a.isFull || b.score - a.score || a.number - b.number)
    return { found, corrected }
  }

  /* Finds what a query asks for. Returns
     - `results`, the best first, each with its address, title, label (HTML), the number of its text, and `isFull` if it
       matches all words: these come before the others, of which there are at most ten. A result that comes nearest to a
       subject that the guidance has no action about has `why`, which says why;
     - `subjects`, the names of these subjects;
     - `query`, with typing errors corrected unless `isExact`; and `wanted`, the words that are marked. */
  const find = async (query, isExact = false) => {
    await load()
    if (!list) return { results: [], subjects: [], query, wanted: [] }
    const { pages, labels } = list
    const { words, asked, subjects } = readQuestions(query)
    const isWholeQuestion = asked?.phrase === words
    const wanted = site.words.readQuery(query)
    const askedFor = new Set(asked?.phrase.split(" "))
    const others = wanted.filter(word => !askedFor.has(word.replace(/(?<=....)s$/, "")))
    const { found, corrected } = await findDocuments(query, asked && others.length ? others : wanted, isExact)
    const reasons = subjects.length ? await site.data.load("search/subjects") ?? [] : []
    const nearest = new Map(subjects.flatMap(subject => reasons[list.subjects.indexOf(subject)] ?? []))
    const isAsked = number => asked?.number === number
    const first = [...nearest].slice(0, 5).map(([number, why]) => ({ number, why, isFull: false }))
    const rest = found.filter(({ number }) => !nearest.has(number) && !isAsked(number))
      .map(({ number, isFull, isTitle }) => ({ number, isFull: isTitle || (isFull && !subjects.length && !isWholeQuestion) }))
    const full = rest.filter(({ isFull }) => isFull)
    const part = rest.filter(({ isFull }) => !isFull).slice(0, MOST_OTHERS)
    if (asked) full.splice(full.length && !isWholeQuestion ? 1 : full.findIndex(({ number }) => number === found[0]?.number && found[0].isTitle) + 1, 0, { number: asked.number, isFull: true })
    const results = [...full, ...first, ...part].map(result => {
      const [address, title, label] = pages[result.number]
      return { ...result, address, title, label: labels[label] }
    })
    return {
      results,
      subjects: subjects.map(({ name }) => name),
      query: correctQuery(query, corrected),
      wanted: wanted.map(word => corrected.get(word) ?? word),
    }
  }

  /* Returns a query with the words in place of which others were looked for replaced. */
  const correctQuery = (query, corrected) => corrected.size
    ? query.trim().split(/\s+/).map(piece => {
      const words = site.words.splitWords(piece)
      return words.some(word => corrected.has(word)) ? words.map(word => corrected.get(word) ?? word).join(" ") : piece
    }).join(" ")
    : query

  /* Returns the text of a document: sentences, separated by line breaks. */
  const loadText = async number => {
    const { chunk } = list.rules
    return (await site.data.load(`search/text-${Math.floor(number / chunk)}`))?.[number % chunk] ?? ""
  }

  return { find, loadText }
})()
