/** Sections between `<!-- generated:name -->` and `<!-- /generated:name -->`. */
const marker = /^<!-- (\/?)generated:([a-z-]+) -->$/gm

/** Puts each section's body between its markers. Throws where a marker is unknown, unclosed, or closes what is not open. */
export function replaceSections(text: string, bodies: Readonly<Record<string, string>>, page: string): string {
  let open: string | null = null
  let done = 0
  let result = ''
  for (const { 0: whole, 1: slash, 2: name = '', index } of text.matchAll(marker)) {
    if (slash === '/') {
      if (open !== name) throw new Error(`${page}: ${whole} closes a section that is not open`)
      result += `\n${bodies[name]?.trimEnd() ?? ''}\n\n${whole}`
      open = null
    } else {
      if (open !== null) throw new Error(`${page}: ${whole} before the end of the section ${open}`)
      if (!Object.hasOwn(bodies, name)) throw new Error(`${page}: no generated section is called ${name}`)
      result += `${text.slice(done, index)}${whole}\n`
      open = name
    }
    done = index + whole.length
  }
  if (open !== null) throw new Error(`${page}: the section ${open} has no end marker`)
  return result + text.slice(done)
}
