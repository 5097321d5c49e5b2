/** Before all tests: the machine's Python itself comes first on PATH. pyenv's stand-in starts seventy processes for each question. */
import { execFileSync } from 'node:child_process'
import { delimiter, dirname } from 'node:path'

export default () => {
  const program = 'import os, sys; print(os.path.abspath(sys.executable))'
  const python = execFileSync('python3', ['-c', program], { encoding: 'utf8' }).trim()
  const others = (process.env.PATH ?? '').split(delimiter).filter(folder => !folder.endsWith('/shims'))
  process.env.PATH = [dirname(python), ...others].join(delimiter)
}
