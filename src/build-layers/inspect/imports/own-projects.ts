import { normalizedName } from '../../../model/packages.js'
import { join } from 'node:path'
import { sourceText } from '../../source/source-text.js'

/** Where a project's own name stands (PyPA, "pyproject.toml specification"; Poetry "The pyproject.toml file"; setuptools "setup.cfg"). */
const places: readonly { readonly file: string; readonly table: RegExp | null }[] = [
  { file: 'pyproject.toml', table: /^\s*\[\s*(project|tool\.poetry|tool\.flit\.metadata)\s*\]/ },
  { file: 'setup.cfg', table: /^\s*\[\s*metadata\s*\]/ },
  { file: 'setup.py', table: null }
]

/** The names under which an installer would record the folder's own project, normalized; none where they are made up while it is built. */
export async function ownProjects(sourceDirectory: string): Promise<ReadonlySet<string>> {
  const names = new Set<string>()
  for (const { file, table } of places) {
    const text = await sourceText(join(sourceDirectory, file))
    let inside = table === null
    for (const line of text.split('\n')) {
      if (table !== null && /^\s*\[/.test(line)) inside = table.test(line)
      const name = inside ? nameIn(line, file) : null
      if (name !== null) names.add(normalizedName(name))
    }
  }
  return names
}

function nameIn(line: string, file: string): string | null {
  const quoted =
    file === 'setup.py' ? /\bname\s*=\s*["']([^"']+)["']/ : /^\s*(?:name|module)\s*=\s*["']?([A-Za-z0-9._-]+)/
  return quoted.exec(line)?.[1] ?? null
}
