/* Opening saved files, which the reader chooses or drops on the page: to merge them with their own record, to replace it, or to
   compare. Nothing changes before the reader chooses. `changed-table.js` shows tables. */
site.addFiles = plan => {
  const { make, fillIn, merging } = site
  const { find, buttons } = plan
  const panel = find("files")
  const texts = panel.dataset
  const whys = JSON.parse(texts.whys)
  const LARGEST = 6_000_000 // bytes: no file of two million characters is larger

  let opened = [] // the files: the name, and what `site.record.readFile` returns
  const choices = new Map() // by conflict, the value that the reader chose

  const listFiles = () => opened.map(({ file }) => file).join(", ")
  const describeField = (id, field) => [plan.nameOf(id), plan.fields.get(field) ?? field].filter(Boolean).join(": ")

  /* Returns a value in words. `record` has the objectives. */
  plan.formatValue = (field, value, record) => {
    if (!value) return texts.nothing
    const known = {
      status: () => plan.statusNames[value],
      by: () => plan.formatDay(value),
      objective: () => record.objectives.find(({ id }) => id === value)?.text,
    }[field]?.()
    return known ?? (typeof value === "string" ? value : JSON.stringify(value))
  }

  /* Changes the record so that the reader can undo it, and says what could not be stored. What was there before is an earlier
     version. */
  plan.stepSafely = (edit, message) => {
    let refused = []
    const listen = event => { refused = event.detail }
    document.addEventListener("refused", listen)
    site.versions.keep()
    plan.step(edit, message)
    document.removeEventListener("refused", listen)
    if (refused.some(({ problem }) => problem.kind === "too-much")) plan.showMessage(texts.tooMuch)
    else if (refused.length) {
      const names = refused.map(({ id, field, place }) => id ? describeField(id, field) : place).join("; ")
      plan.showMessage(`${message} ${fillIn(texts.tooLong, { names })}`)
    }
    if (!document.activeElement.matches("[data-do=undo]")) find("open").focus() // nothing changed, so there is nothing to undo
  }

  /* --- Reading files --------------------------------------------------------------------------------------------- */

  const tellProblem = (text, file) => ({ problem: fillIn(text, { file: file.name }) })

  /* Returns what is in a file, or what is wrong with it. */
  const readFile = async (file, _, { length }) => {
    if (file.size > LARGEST) return tellProblem(texts.tooLarge, file)
    if (/\.(xls[xmb]?|ods|numbers)$/i.test(file.name)) return tellProblem(texts.workbook, file)
    let content
    try { content = await file.arrayBuffer() } catch { return tellProblem(texts.notText, file) }
    const result = site.record.readFile(content)
    if (result.record) return { ...result, file: file.name }
    if (result.problem.kind === "not-ours" && /\.(csv|tsv|txt)$/i.test(file.name)) {
      return length > 1 ? tellProblem(texts.oneTable, file) : { table: content, file: file.name }
    }
    return tellProblem({ newer: texts.newer, "too-large": texts.tooLarge, encoding: texts.encoding }[result.problem.kind] ?? texts.notText, file)
  }

  /* Returns what to tell the reader about names and ids that this site doesn't know. */
  const describeStrange = () => {
    const names = [...new Set(opened.flatMap(({ record, unknown }) =>
      [...unknown, ...record.items.filter(item => !plan.isKnown(item)).map(({ id }) => id)]))]
    return names.length ? fillIn(texts.strange, { names: names.slice(0, 20).join(", ") }) : ""
  }

  /* Returns a line about a value that was set aside. */
  const describeAside = ({ kind, id, field, place, text, problem }) => {
    const name = id && ["items", "removed"].includes(kind) ? describeField(id, field) : place
    const short = text.length > 200 ? `${text.slice(0, 200)}…` : text
    return `${name}: ${fillIn(whys[problem.kind] ?? whys.other, { most: problem.most })} ${short}`
  }

  /* --- Merging --------------------------------------------------------------------------------------------------- */

  /* Returns the sources of a merge, each with a name of its own: that of the plan, or else of the file. */
  const nameSources = own => {
    const all = [{ file: texts.mine, record: own }, ...opened]
      .map(({ file, record }) => ({ file, record, name: record.name || file.replace(/\.json$/i, "") }))
    const isAlone = name => all.filter(other => other.name === name).length === 1
    return all.map(({ file, record, name }) => ({ record, name: isAlone(name) || name === file ? name : `${name} (${file})` }))
  }

  const keyOf = ({ id, field }) => JSON.stringify([id, field])
  /* Merges the files into a record, as the reader chose. */
  const merge = own => {
    const merged = merging.merge(nameSources(own))
    for (const conflict of merged.conflicts) {
      const { id, field, options, both } = conflict
      const all = [...options.map(({ value }) => value), ...both ? [both] : []]
      const chosen = choices.get(keyOf(conflict))
      conflict.chosen = Math.max(0, all.findIndex(value => JSON.stringify(value) === chosen))
      merging.setValue(merged.record.items.find(item => item.id === id), field, all[conflict.chosen])
    }
    return merged
  }

  let basis = "" // the record that the conflicts are about
  const showConflicts = () => {
    const own = site.record.read()
    basis = JSON.stringify(own)
    const { record, conflicts, news } = merge(own)
    const lines = [[texts.newActions, news.actions], [texts.newObjectives, news.objectives], [texts.newValues, news.values]]
      .filter(([, count]) => count)
      .map(([text, count]) => make("li", { textContent: fillIn(text, { count }) }))
    find("merge-news").textContent = lines.length ? texts.news : texts.noNews
    find("merge-news").hidden = !lines.length && conflicts.length > 0
    find("merge-list").replaceChildren(...lines)
    find("merge-list").hidden = !lines.length
    find("conflicts").hidden = !conflicts.length
    find("choices").replaceChildren(...conflicts.map((conflict, number) => {
      const { id, field, options, both, chosen } = conflict
      const problem = both ? site.record.check("items", field, both) : undefined
      const lines = options.map(({ value, names }) => [value, `${names.join(", ")}: ${plan.formatValue(field, value, record)}`])
      if (both && !problem) lines.push([both, texts.both])
      return make("fieldset", { className: "plan__conflict" },
        make("legend", { textContent: describeField(id, field) }),
        ...lines.map(([value, text], place) => {
          const box = make("input", { type: "radio", name: `conflict-${number}`, checked: place === chosen })
          box.addEventListener("change", () => choices.set(keyOf(conflict), JSON.stringify(value)))
          return make("label", { className: "tick" }, box, make("span", { textContent: text }))
        }),
        ...problem ? [make("p", { className: "whose", textContent: fillIn(texts.bothTooLong, problem) })] : [])
    }))
  }

  // Another tab may change the record while the reader chooses.
  plan.onUpdate(() => {
    if (!panel.hidden && opened.length && basis !== JSON.stringify(site.record.read())) showConflicts()
  })

  /* --- The panel ------------------------------------------------------------------------------------------------- */

  const close = () => { panel.hidden = true }
  /* Shows the panel with these lines, what was left out, and the buttons of these names. */
  plan.showPanel = (lines, leftOut, names) => {
    find("about-files").replaceChildren(...lines.filter(Boolean).map(textContent => make("p", { textContent })))
    find("left-out").replaceChildren(...leftOut.map(textContent => make("li", { textContent })))
    find("left-out").hidden = !leftOut.length
    for (const button of panel.querySelectorAll("[data-do]")) button.hidden = ![...names, "cancel"].includes(button.dataset.do)
    find("changes").hidden = !names.includes("apply-table")
    find("merging").hidden = !names.includes("merge")
    panel.hidden = false
    panel.focus()
  }
  plan.closePanel = close

  const openFiles = async files => {
    const results = await Promise.all([...files].map(readFile))
    opened = results.filter(({ record }) => record)
    choices.clear()
    const [{ table, file } = {}] = results.filter(result => result.table)
    if (table) return plan.showTable(table, file)
    const problems = results.flatMap(({ problem }) => problem ?? [])
    const aside = opened.flatMap(one => one.aside.map(describeAside))
    // With nothing to lose, the file is simply opened.
    const own = site.record.read()
    if (opened.length === 1 && !problems.length && !aside.length && !own.items.length && !own.objectives.length) return buttons.replace()
    if (opened.length) showConflicts()
    const about = opened.length ? [fillIn(texts.opened, { file: listFiles() }), describeStrange(), aside.length ? texts.someAside : ""] : []
    plan.showPanel([...problems, ...about], aside, opened.length ? ["merge", ...opened.length === 1 ? ["replace", "compare"] : []] : [])
  }

  find("open").addEventListener("change", ({ target }) => {
    const files = [...target.files]
    target.value = "" // so that the reader can open the same file again, when they have changed it
    if (files.length) openFiles(files)
  })

  const showDrop = isOver => { find("drop").hidden = !isOver }
  const hasFiles = event => [...event.dataTransfer?.types ?? []].includes("Files") // other things can be dropped in fields
  document.addEventListener("dragover", event => {
    if (!hasFiles(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = "copy"
    showDrop(true)
  })
  document.addEventListener("dragleave", event => event.relatedTarget ?? showDrop(false))
  document.addEventListener("drop", event => {
    showDrop(false)
    if (!hasFiles(event)) return
    event.preventDefault()
    openFiles(event.dataTransfer.files)
  })

  /* --- What the reader can do with files ------------------------------------------------------------------------- */

  buttons.merge = () => {
    close()
    plan.stepSafely(own => site.record.replace(own, merge(own).record), fillIn(texts.merged, { file: listFiles() }))
  }
  buttons.replace = () => {
    const [{ file, record }] = opened
    close()
    plan.stepSafely(own => {
      const has = ({ id }) => [...record.items, ...record.removed].some(item => item.id === id)
      site.record.replace(own, { ...record, removed: [...record.removed, ...own.removed.filter(item => !has(item))] })
    }, `${fillIn(texts.opened, { file })} ${describeStrange()}`.trim())
  }
  // The focus stays on the button. What the file could change goes, so that the result is near.
  buttons.compare = () => {
    find("merging").hidden = true
    for (const name of ["merge", "replace"]) panel.querySelector(`[data-do=${name}]`).hidden = true
    plan.compare(opened[0])
    panel.scrollIntoView()
  }
  find("compare-file").addEventListener("change", async ({ target }) => {
    const [file] = target.files
    target.value = ""
    if (!file) return
    const { problem, ...earlier } = await readFile(file, 0, [file])
    if (earlier.record) plan.compare(earlier)
    else plan.showPanel([problem ?? fillIn(texts.notText, { file: file.name })], [], [])
  })
  buttons.cancel = () => {
    close()
    find("open").focus()
  }

  site.addChangedTable(plan)
}
