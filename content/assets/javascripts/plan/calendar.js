/* The dates of a plan as a calendar file (RFC 5545): a whole day for each action. */
site.calendar = (() => {
  const escape = text => String(text).replace(/\r\n?|[\u2028\u2029]/g, "\n").replace(/[^\P{Cc}\n\t]/gu, "")
    .replace(/[\\;,]/g, "\\$&").replaceAll("\n", "\\n")

  /* Breaks a line after at most 75 bytes, but never inside a letter. */
  const fold = line => {
    const encoder = new TextEncoder()
    let size = 0
    return [...line].map(letter => {
      const bytes = encoder.encode(letter).length
      size += bytes
      if (size <= 75) return letter
      size = bytes + 1
      return `\r\n ${letter}`
    }).join("")
  }

  const formatDay = day => day.replaceAll("-", "")
  const addDays = (day, days) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
  // Browsers read 30 February as 2 March.
  const isDay = day => /^\d{4}-\d\d-\d\d$/.test(day) && day < "9999" && !Number.isNaN(Date.parse(day)) && addDays(day, 0) === day
  const isLink = address => /^https?:\/\/[!-~]+$/.test(address)

  return {
    /* Returns a calendar as text. An entry is { id, title, by, lead, status, address, isDone }: `by` is like 2027-03-31,
       and an entry without such a day is left out. What is done keeps its day and gets a tick before its title, so that a
       calendar that had it before is put right. Of `lead` and `status`, give the words that people should read, with their
       labels. `name` is that of the calendar, and `now` a date. `uid` is what all copies of this site have in common and
       no other site has. With the id of an action it names the day, so a second import changes days instead of doubling
       them. */
    make(entries, { name, now = new Date(), uid = "journey-plan" }) {
      const stamp = now.toISOString().replace(/[-:]|\.\d+/g, "")
      const events = entries.filter(({ by }) => isDay(by)).flatMap(({ id, title, by, lead, status, address, isDone }) => [
        "BEGIN:VEVENT",
        `UID:${escape(`${id}@${uid}`)}`,
        `DTSTAMP:${stamp}`,
        `LAST-MODIFIED:${stamp}`,
        `SEQUENCE:${Math.floor(now / 60_000)}`, // some programs keep what they have unless this number is higher
        `DTSTART;VALUE=DATE:${formatDay(by)}`,
        `DTEND;VALUE=DATE:${formatDay(addDays(by, 1))}`,
        `SUMMARY:${isDone ? "✓ " : ""}${escape(title)}`,
        ...[lead, status, address].some(Boolean) ? [`DESCRIPTION:${escape([status, lead, address].filter(Boolean).join("\n"))}`] : [],
        ...isLink(address) ? [`URL:${address}`] : [],
        "TRANSP:TRANSPARENT", // the day stays free for meetings
        "END:VEVENT",
      ])
      const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//journey-plan//1//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        ...name ? [`X-WR-CALNAME:${escape(name)}`] : [], ...events, "END:VCALENDAR"]
      return lines.map(line => `${fold(line)}\r\n`).join("")
    },
  }
})()
