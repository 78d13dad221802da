/* A report as a Word file (.docx): a zip of XML files. `word_template.py` makes all of them but the text, with placeholders
   such as {body}. This script makes the text and the zip, and nothing in it depends on the day or the browser.

   A report is an object. Each of its texts is a string, or { text, lang } if it is in another language than the page.
   Whatever is missing or empty is left out.
   - title; subtitle: lines below it; whose: whose words are quoted; source: what they are quoted from
   - table: { heading, columns: [text], rows: [[text]] }
   - labels: { status, lead, by }: what to write before these values of an action
   - sections: [{ heading, paragraphs: [text], actions: [action] }]
   - an action: { title, grade, status, lead, by, wording: [text], address, written: [{ label, text }] } */
site.word = (() => {
  const NOT_XML = /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
  const LINE_ENDS = /\r\n|[\n\r\v\f\u2028\u2029]/
  const WEB_ADDRESS = /(https?:\/\/[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’])/
  const PAGE_WIDTH = 9070 // between the margins, in twentieths of a point
  const LETTERS = 92 // as many fit there in a table

  /* Returns a text for XML. */
  const escape = text => String(text).replace(NOT_XML, "").replace(/[&<>"]/g, sign => `&#${sign.charCodeAt()};`)
  /* Returns { text, lang } of a text. */
  const split = given => typeof given === "object" && given ? given : { text: given ?? "" }

  /* --- Text ------------------------------------------------------------------------------------------------------ */

  /* Returns an address as a relationship can have it, or "" if it is no web address. Word refuses a file with a wrong one. */
  const cleanAddress = address => {
    let url
    try { url = new URL(address) } catch { return "" }
    const { href, hostname } = url
    if (!/^[\w.-]+$/.test(hostname) || href.length > 2000) return ""
    const [start, ...rest] = href.split("#")
    return [start, rest.join("%23")].filter(Boolean).join("#")
      .replace(/%(?![\da-f]{2})/gi, "%25").replace(/[^\w\-.~:/?#@!$&'()*+,;=%]/g, encodeURIComponent)
  }

  /* Returns functions that make the XML of paragraphs and tables, and the links and numbered lists that they use. */
  const makeWriter = () => {
    const links = new Map() // ids by address
    const numbers = [] // the first number of each numbered list

    const makeRun = (text, style, lang) => {
      const properties = (style ? `<w:rStyle w:val="${style}"/>` : "") +
        (lang ? `<w:lang w:val="${escape(lang.includes("-") ? lang : `${lang}-GB`)}"/>` : "")
      const parts = text.split("\t").map(part => part && `<w:t xml:space="preserve">${escape(part)}</w:t>`)
      return `<w:r>${properties && `<w:rPr>${properties}</w:rPr>`}${parts.join("<w:tab/>")}</w:r>`
    }
    const makeLine = (text, lang) => text.split(WEB_ADDRESS).map((part, place) => {
      const address = place % 2 ? cleanAddress(part) : ""
      if (!address) return part && makeRun(part, "", lang)
      if (!links.has(address)) links.set(address, `link${links.size + 1}`)
      return `<w:hyperlink r:id="${links.get(address)}" w:history="1">${makeRun(part, "Hyperlink", lang)}</w:hyperlink>`
    }).join("")
    const makeLines = given => {
      const { text, lang } = split(given)
      return String(text).split(LINE_ENDS).map(line => makeLine(line, lang)).join("<w:r><w:br/></w:r>")
    }
    const wrap = (style, content, more = "") =>
      `<w:p>${style || more ? `<w:pPr>${style && `<w:pStyle w:val="${style}"/>`}${more}</w:pPr>` : ""}${content}</w:p>`
    const isEmpty = given => !String(split(given).text).trim()

    /* A paragraph with a text as it is. */
    const makeParagraph = (style, given, more) => isEmpty(given) ? "" : wrap(style, makeLines(given), more)

    /* What a person typed: lines that begin with "- " or "1. " are lists, and an empty line starts a new paragraph. */
    const makeTyped = given => {
      const { text, lang } = split(given)
      const blocks = []
      let lines = []
      let next = 0 // the number that would continue the list
      const close = () => {
        if (lines.length) blocks.push(wrap("", lines.join("<w:r><w:br/></w:r>")))
        lines = []
      }
      for (const line of String(text).split(LINE_ENDS)) {
        const [, number, item] = line.match(/^\s*(?:[-*•]|(\d{1,3})\.)\s+(\S.*)/) ?? []
        if (item === undefined) {
          if (line.trim()) lines.push(makeLine(line, lang))
          else close()
          continue
        }
        close()
        if (!number) {
          blocks.push(wrap("ListBullet", makeLine(item, lang)))
          continue
        }
        if (Number(number) !== next) numbers.push(Number(number))
        next = Number(number) + 1
        const list = `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${numbers.length + 2}"/></w:numPr>`
        blocks.push(wrap("ListNumber", makeLine(item, lang), list))
      }
      close()
      return blocks.join("")
    }

    /* Returns the width of each column: room for its longest word or short text, and a share of what is left for
       longer texts. */
    const measure = rows => {
      const sizes = rows[0].map((_, at) => {
        const texts = rows.map(row => String(split(row[at]).text))
        const longest = (all, most) => 3 + Math.min(Math.max(...all.map(({ length }) => length)), most)
        return { word: longest(texts.flatMap(text => text.length < 10 ? text : text.split(/\s/)), 18), text: longest(texts, 60) }
      })
      const sum = kind => sizes.reduce((all, size) => all + size[kind], 0)
      const share = Math.min(1, Math.max(0, LETTERS - sum("word")) / Math.max(1, sum("text") - sum("word")))
      const widths = sizes.map(({ word, text }) => word + (text - word) * share)
      const all = widths.reduce((one, other) => one + other, 0)
      return widths.map(width => Math.floor(PAGE_WIDTH * width / all))
    }
    const makeTable = ({ heading, columns = [], rows = [] } = {}) => {
      if (!rows.length) return ""
      const widths = measure([columns, ...rows])
      const makeRow = (cells, more) => `<w:tr><w:trPr><w:cantSplit/>${more}</w:trPr>${columns.map((_, at) =>
        `<w:tc><w:tcPr><w:tcW w:w="${widths[at]}" w:type="dxa"/></w:tcPr>${wrap("", makeLines(cells[at]))}</w:tc>`).join("")}</w:tr>`
      return makeParagraph("Heading1", heading) +
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/>' +
        '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr>' +
        `<w:tblGrid>${widths.map(width => `<w:gridCol w:w="${width}"/>`).join("")}</w:tblGrid>` +
        `${makeRow(columns, "<w:tblHeader/>")}${rows.map(row => makeRow(row, "")).join("")}</w:tbl>` +
        wrap("", "") // Word needs a paragraph after a table
    }

    const makeAction = (action, labels) => {
      const { text, lang } = split(action.title)
      const grade = isEmpty(action.grade) ? "" : makeRun(` (${split(action.grade).text})`)
      const facts = ["status", "lead", "by"].filter(name => !isEmpty(action[name])).map(name =>
        (labels[name] ? makeRun(`${labels[name]}: `, "Strong") : "") + makeLines(action[name]))
      return wrap("Heading2", makeLine(String(text), lang) + grade) +
        (facts.length ? wrap("Facts", facts.join(makeRun(" · "))) : "") +
        (action.wording ?? []).map(words => makeParagraph("Quote", words, isEmpty(action.address) ? "" : "<w:keepNext/>")).join("") +
        makeParagraph("Source", action.address) +
        (action.written ?? []).filter(one => !isEmpty(one.text)).map(one => makeParagraph("Heading3", one.label) + makeTyped(one.text)).join("")
    }

    const makeBody = report => [
      makeParagraph("Title", report.title),
      ...(report.subtitle ?? []).map(line => makeParagraph("Subtitle", line)),
      makeTable(report.table),
      makeParagraph("Source", report.whose),
      ...(report.sections ?? []).flatMap(section => [
        makeParagraph("Heading1", section.heading),
        ...(section.paragraphs ?? []).map(makeTyped),
        ...(section.actions ?? []).map(action => makeAction(action, report.labels ?? {})),
      ]),
      makeParagraph("Source", report.source),
    ].join("")

    return { makeBody, links, numbers }
  }

  /* --- The zip --------------------------------------------------------------------------------------------------- */

  const CRC = Uint32Array.from({ length: 256 }, (_, number) => {
    let value = number
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
    return value
  })
  const checksum = bytes => ~bytes.reduce((crc, byte) => CRC[(crc ^ byte) & 255] ^ (crc >>> 8), -1) >>> 0

  /* Returns numbers in 2 or 4 bytes each, the lowest first. */
  const short = (...all) => all.flatMap(number => [number & 255, (number >>> 8) & 255])
  const long = (...all) => all.flatMap(number => [...short(number), ...short(number >>> 16)])

  /* Returns a zip of texts by their paths, not compressed. Each file has the first day that a zip can have. */
  const makeZip = texts => {
    const encoder = new TextEncoder()
    const files = []
    const directory = []
    let offset = 0
    for (const [path, text] of texts) {
      const [name, bytes] = [path, text].map(part => encoder.encode(part))
      const about = [...short(20, 0, 0, 0, 33), ...long(checksum(bytes), bytes.length, bytes.length), ...short(name.length, 0)]
      const start = [...long(0x04034b50), ...about, ...name]
      files.push(start, bytes)
      directory.push(...long(0x02014b50), ...short(20), ...about, ...short(0, 0, 0), ...long(0, offset), ...name)
      offset += start.length + bytes.length
    }
    const end = [...long(0x06054b50), ...short(0, 0, texts.length, texts.length), ...long(directory.length, offset), ...short(0)]
    const zip = new Uint8Array(offset + directory.length + end.length)
    let at = 0
    for (const part of [...files, directory, end]) {
      zip.set(part, at)
      at += part.length
    }
    return zip
  }

  return {
    type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",

    /* Returns a promise of the template, or of undefined if it can't be loaded. */
    load: () => site.data.load("plan/word"),

    /* Returns the bytes of a Word file with a report. */
    make(report, template) {
      const writer = makeWriter()
      const body = writer.makeBody(report)
      const values = {
        body: body || "<w:p/>",
        title: escape(split(report.title).text).replace(/\s+/g, " "),
        links: [...writer.links].map(([address, id]) => `<Relationship Id="${id}" Target="${escape(address)}" TargetMode="External" ` +
          'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"/>').join(""),
        numbers: writer.numbers.map((first, at) => `<w:num w:numId="${at + 3}"><w:abstractNumId w:val="1"/>` +
          `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="${first}"/></w:lvlOverride></w:num>`).join(""),
      }
      return makeZip(Object.entries(template).map(([path, text]) => [path, site.fillIn(text, values)]))
    },
  }
})()
