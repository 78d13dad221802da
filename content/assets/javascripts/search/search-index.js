/* Finds pages by words. It loads the files of `search.py`: the list of pages, and for each word those that begin with the
   same letter. */
site.searchIndex = (() => {
  const MOST_OTHERS = 10 // how many pages are found that match only a part of a query
  const WEAK = 0.3 // what a word that says little counts
  let list // the list of pages, and what else comes with it

  const load = async () => {
    list ??= await site.words.load()
    if (!list || list.asked) return
    const simplify = language => phrase => ({ language, parts: site.words.readQuestion(phrase).map(cutPlural) })
    list.asked = Object.entries(list.questions).flatMap(([language, phrases]) =>
      Object.entries(phrases).map(([words, number]) => ({ length: words.length, phrase: simplify(language)(words), number })))
    for (const subject of list.subjects) {
      subject.phrases = Object.keys(list.questions).flatMap(language => subject[language].map(simplify(language)))
    }
  }

  const cutPlural = word => word.replace(/(?<=....)s$/, "")

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
        if (!factor) continue
        const [own, near] = places.split("?")
        for (const [number, weight] of decode(own)) {
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
        // A page that is only about something like it is never surely meant.
        for (const [number, weight] of near && factor >= site.words.SURE ? decode(near) : []) {
          const before = found.get(number) ?? { isNear: true, value: 0 }
          found.set(number, { ...before, value: Math.max(before.value, share * factor * (weight >= title ? 10 : 7)) })
        }
      }
    }))
    const all = [...found.values()].filter(({ isNear }) => !isNear)
    if (all.some(({ isMeant }) => isMeant)) for (const each of all) each.isSure = true
    else if (all.length && !await isReal(wanted)) for (const each of all) each.isSure ||= each.isBegun
    else for (const each of all) if (!each.isSure) each.value *= 0.4
    return found
  }

  /* Returns the word of the pages for which a word is a typing error, if it isn't a real one. */
  const correct = async wanted => {
    if (wanted.length < 5 || /\d/.test(wanted) || await isReal(wanted)) return
    const findIn = letters => Promise.all(names().map(async name => Object.entries(await loadWords(name, letters))
      .filter(([word, places]) => !/^[~?]/.test(places) && site.words.isTypingError(wanted, word))))
    let found = (await findIn([wanted[0]])).flat()
    if (!found.length) { // the first letter may be wrong
      const all = (await site.data.load("search/all"))?.split(" ") ?? []
      found = (await findIn(all.filter(word => site.words.isTypingError(wanted, word)).map(word => word[0]))).flat()
    }
    return found.sort(([, a], [, b]) => b.length - a.length)[0]?.[0]
  }

  /* Returns `asked`, the question with the longest phrase that a query has, and `isWhole` if it asks for nothing else;
     `subjects`, those of which it has a phrase; and `others`, the other words that it is about.
     Words that say little can be between those of a phrase, unless these say little too: what should our team do first. */
  const readQuestions = query => {
    const typed = site.words.readQuestion(query)
    const words = typed.map(cutPlural)
    const isStrong = typed.map(word => !site.words.isWeak(word))
    const forms = Object.fromEntries(Object.keys(list.questions).map(language =>
      [language, words.map(word => site.words.listForms(word, language))]))
    const isAt = (at, part, language) => forms[language][at]?.includes(part)
    const isIn = (at, phrases) => phrases.some(({ parts, language }) => parts.some(part => isAt(at, part, language)))
    const listOthers = phrases => typed.filter((_, at) => isStrong[at] && !isIn(at, phrases))
    const startsAt = ({ parts, language }, start, canSkip) => {
      let at = start
      return parts.every(part => {
        while (canSkip && at > start && isStrong[at] === false && !isAt(at, part, language)) at++
        return isAt(at++, part, language)
      })
    }
    const has = phrase => {
      const left = listOthers([phrase]).length
      return words.some((_, start) => startsAt(phrase, start, !left || left < listOthers([]).length))
    }
    // One word alone can be a question, but among others it is one of many.
    const asked = list.asked.filter(({ phrase }) => has(phrase) && (phrase.parts.length > 1 || !listOthers([phrase]).length))
      .sort((a, b) => b.length - a.length)[0]
    const matches = list.subjects.map(subject => [subject, subject.phrases.filter(has)])
    const all = matches.flatMap(([, phrases]) => phrases)
    // Hate crime is no kind of crime here: the longer phrase counts.
    const isPart = ({ parts }) => all.some(other => other.parts.length > parts.length && parts.every(part => other.parts.includes(part)))
    const subjects = matches.filter(([, phrases]) => phrases.some(phrase => !isPart(phrase))).map(([subject]) => subject)
    return {
      asked,
      isWhole: !!asked && !listOthers([asked.phrase]).length,
      subjects,
      others: listOthers(asked && !subjects.length ? [asked.phrase] : all),
    }
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
    const typed = [...new Set(site.words.splitWords(query))]
    for (const [position, word] of typed.slice(1).entries()) {
      const [before, joined] = [typed[position], typed[position] + word]
      if (!wanted.includes(before)) continue
      const places = (await Promise.all(names().map(name => loadWords(name, joined[0]))))
        .flatMap(words => [joined, `${joined}s`, joined.replace(/s$/, "")].map(form => words[form]))
      for (const text of places) {
        const [own = "", near = ""] = text?.split("?") ?? []
        for (const part of [before, word].filter(one => wanted.includes(one))) {
          const count = counts[wanted.indexOf(part)]
          for (const [number] of decode(near)) count.set(number, { value: 8, ...count.get(number) })
          for (const [number, weight] of decode(own)) {
            const isSubject = weight >= rules.keyword
            count.set(number, { value: Math.max(count.get(number)?.value ?? 0, isSubject ? 16 : 3), isSure: true, isSubject })
          }
        }
      }
    }
    const strong = wanted.filter(word => !site.words.isWeak(word))
    const scores = new Map()
    for (const [at, count] of counts.entries()) {
      const isWeak = strong.length > 0 && !strong.includes(wanted[at])
      const rarity = Math.log(1 + pages.length / (1 + count.size)) * (isWeak ? WEAK : 1)
      for (const [number, { value, isSure, isSubject }] of count) {
        const [matched, subjects, score] = scores.get(number) ?? [0, 0, 0]
        scores.set(number, [matched + (!!isSure && !isWeak), subjects + (!!isSubject && !isWeak), score + value * rarity])
      }
    }
    const all = strong.length || wanted.length
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
        matched,
        isSubject: subjects > 0,
        // Pages about the site say a lot about other things: their sentences have words by chance.
        isFull: isTitle || (all > 0 && matched === all && (subjects > 0 || !address.startsWith("about/"))),
        score: (score + bonus) * (subjects || !address.startsWith("about/") ? 1 : 0.3) * boost * (isSection ? 0.6 : 1) + start,
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
    const { asked, isWhole, subjects, others } = readQuestions(query)
    const wanted = site.words.readQuery(query)
    const { found, corrected } = await findDocuments(query, asked && others.length ? others : wanted, isExact)
    const reasons = subjects.length ? await site.data.load("search/subjects") ?? [] : []
    const nearest = new Map(subjects.flatMap(subject => reasons[list.subjects.indexOf(subject)] ?? []))
    const closer = new Set(others.length > 1 ? found.filter(({ matched }) => matched > 1).map(({ number }) => number) : [])
    const first = [...nearest].sort(([a], [b]) => closer.has(b) - closer.has(a)).slice(0, 5).map(([number, why]) => ({ number, why, isFull: false }))
    const rest = found.filter(({ number }) => !nearest.has(number) && number !== asked?.number)
      .map(each => ({ ...each, isFull: each.isTitle || (each.isFull && !subjects.length && !isWhole) }))
    const full = rest.filter(({ isFull }) => isFull)
    const part = rest.filter(({ isFull }) => !isFull).slice(0, MOST_OTHERS)
    // A subject can be a part of what the query is about: bereavement in care homes. What has two words of the rest is closer.
    if (first.length && others.length && part[0]?.isSubject) first.splice(closer.has(part[0].number) ? 0 : 1, 0, part.shift())
    if (asked) full.splice(full.length && !isWhole ? 1 : full.findIndex(({ number }) => number === found[0]?.number && found[0].isTitle) + 1, 0, { number: asked.number, isFull: true })
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
