/**
 * A `python` that stands in for the tools that CI installs: it notes what it is asked, and fails where a framework's folder
 * holds the file that says so. The shell of the workflow's steps is the real one.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface FrameworkTools {
  /** To be put on the path. */
  readonly folder: string
  /** What was asked since the last time: `black --check da_flask`. */
  readonly asked: () => Promise<readonly string[]>
  /** What pip was asked, ever since. */
  readonly installed: () => Promise<readonly string[]>
  readonly close: () => Promise<void>
}

const script = (log: string): string => `#!/bin/bash
[ "$1" = -m ] || exit 64
shift
echo "$*" >> ${log}
case "$1" in
  pip)
    while [ $# -gt 0 ]; do
      if [ "$1" = --target ]; then mkdir -p "$2"; echo 'BUILT = 1' > "$2/built.py"; fi
      shift
    done
    exit 0 ;;
  black) [ ! -e "$FRAMEWORK/UNFORMATTED" ] ;;
  isort) exit 0 ;;
  flake8) [ ! -e "$FRAMEWORK/UNUSED_IMPORT" ] ;;
  pytest)
    covered=$(cat "$FRAMEWORK/COVERAGE" 2>/dev/null || echo 100)
    minimum=\${!#}
    # As pytest-cov writes it, which is Cobertura.
    echo "<?xml version=\\"1.0\\" ?><coverage lines-valid=\\"100\\" lines-covered=\\"$covered\\" line-rate=\\"0\\"></coverage>" > "$REPORT"
    [ "$covered" -ge "\${minimum#--cov-fail-under=}" ] ;;
  *) exit 64 ;;
esac
`

export async function frameworkTools(): Promise<FrameworkTools> {
  const folder = await mkdtemp(join(tmpdir(), 'framework-tools-'))
  const log = join(folder, 'asked')
  await writeFile(log, '')
  const linesOf = async (): Promise<readonly string[]> => (await readFile(log, 'utf8')).split('\n').filter(Boolean)
  await writeFile(join(folder, 'python'), script(log), { mode: 0o755 })
  return {
    folder,
    installed: async () => (await linesOf()).filter(line => line.startsWith('pip ')),
    asked: async () => {
      const lines = await linesOf()
      await writeFile(log, '')
      return lines.filter(line => !line.startsWith('pip '))
    },
    close: () => rm(folder, { recursive: true, force: true })
  }
}
