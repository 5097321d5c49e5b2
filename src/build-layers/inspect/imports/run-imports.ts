import { CodedError } from '../../../model/errors.js'
import { runBuildCommand, type BuildDependencies } from '../../command/run-command.js'
import { runtimeStandIn } from './known-modules.js'
import { readPlainFile } from '../../../ports/plain-file.js'

/** What became of importing one module. */
export type ImportOutcome =
  | { readonly kind: 'imported' }
  /** `module` or something that it needs is not there, or cannot be what it should be. */
  | { readonly kind: 'broken'; readonly module: string; readonly importer: string; readonly why: string }
  /** It failed for a reason that need not hold in Lambda, or did not end. */
  | { readonly kind: 'unclear'; readonly why: string }

export interface ImportRun {
  /** Of the layer's Python. */
  readonly executable: string
  /** The layer's folders for `sys.path`, the first first. */
  readonly roots: readonly string[]
  readonly modules: readonly string[]
  /** An empty folder of the caller's. */
  readonly scratch: string
  /** More for the environment. */
  readonly env: Readonly<Record<string, string>>
}

/** Isolated (-I), without site-packages (-S), and without writing bytecode into the layer (-B). */
const options = ['-I', '-S', '-B'] as const
const longestSeconds = 120
const purpose = { what: 'the import of the layer', mend: 'correct its code', mendMissing: 'install Python' }

/** One process imports them all: what one needs another has often loaded. */
const program = `${runtimeStandIn}
import importlib, json, os, traceback
given = json.loads(sys.argv[1])
sys.argv = [""]
sys.path[:0] = given["roots"]
results = open(given["results"], "w", buffering=1)
def say(**line): results.write(json.dumps(line) + "\\n")
def importer_of(error, name):
    frames = [f for f, _ in traceback.walk_tb(error.__traceback__) if "__name__" in f.f_globals]
    names = [f.f_globals["__name__"] for f in frames]
    names = [n for n in names if n and not n.startswith(("importlib", "_frozen")) and n != "__main__"]
    return names[-1] if names else name
for name in given["modules"]:
    say(module=name, error="started")
    try:
        importlib.import_module(name)
        say(module=name, error=None)
    except BaseException as error:
        kinds = [c.__name__ for c in type(error).__mro__]
        kind = next((k for k in ("ModuleNotFoundError", "ImportError", "SyntaxError") if k in kinds), "other")
        say(module=name, error=kind, missing=getattr(error, "name", None), importer=importer_of(error, name),
            file=getattr(error, "filename", None), line=getattr(error, "lineno", None),
            why=(type(error).__name__ + ": " + str(error))[:500])
results.close()
os._exit(0)
`

/** `ast.parse` with `feature_version` refuses what came after it ("ast", Python's documentation; it says: best effort). */
const parser = `import ast, json, os, sys, warnings
warnings.simplefilter("ignore")
given = json.loads(sys.argv[1])
found = []
for index, name in enumerate(given["files"]):
    try:
        with open(os.path.join(given["root"], name), "rb") as file: source = file.read()
        ast.parse(source, name, feature_version=(3, given["minor"]))
    except (SyntaxError, ValueError) as error:
        found.append([index, "SyntaxError: %s (%s, line %s)" % (getattr(error, "msg", error), os.path.basename(name), getattr(error, "lineno", 1))])
with open(given["results"], "w") as results: json.dump(found, results)
`
/** An argument of a command has at most 128 KiB on Linux. */
const mostCharacters = 100_000

export interface Parsing {
  /** Of a Python that is at least as new. */
  readonly executable: string
  readonly minor: number
  /** Absolute; the files are relative to it. */
  readonly root: string
  readonly files: readonly string[]
  /** An empty folder of the caller's. */
  readonly scratch: string
}

/** Files that are not written in Python 3.`minor`, each with the parser's words. Nothing is run; a parser that fails says nothing of the files. */
export async function syntaxErrors(
  { executable, minor, root, files, scratch }: Parsing,
  deps: BuildDependencies
): Promise<readonly { readonly file: string; readonly why: string }[]> {
  let length = 0
  const parsed = files.filter(file => (length += file.length + 4) < mostCharacters)
  const results = `${scratch}/syntax.json`
  const argv = [executable, ...options, '-c', parser, JSON.stringify({ root, minor, files: parsed, results })] as const
  const info = (line: string): void => {
    deps.log.debug(line)
  }
  const command = { argv, cwd: scratch, timeoutSeconds: longestSeconds }
  try {
    await runBuildCommand(command, purpose, { ...deps, log: { ...deps.log, info } })
  } catch (thrown) {
    if (!(thrown instanceof CodedError) || thrown.code !== 'BUILD_FAILED') throw thrown
    return []
  }
  const text = await resultsText(results)
  const found = JSON.parse(text === '' ? '[]' : text) as readonly (readonly [number, string])[]
  return found.map(([index, why]) => ({ file: parsed[index] ?? '', why }))
}

/** The layer's own code ran beside it, and may have made anything of the file. */
async function resultsText(file: string): Promise<string> {
  return (await readPlainFile(file, mostResultBytes).catch(() => Buffer.alloc(0))).toString()
}
const mostResultBytes = 16 * 1024 * 1024

interface Line {
  readonly module: string
  readonly error: 'started' | 'ModuleNotFoundError' | 'ImportError' | 'SyntaxError' | 'other' | null
  readonly missing?: string | null
  readonly importer?: string
  readonly why?: string
}

/** Imports modules with the layer and the standard library, what Lambda's runtime brings being there. Module → outcome. */
export async function runImports(
  { executable, roots, modules, scratch, env }: ImportRun,
  deps: BuildDependencies
): Promise<ReadonlyMap<string, ImportOutcome>> {
  const results = `${scratch}/imports.jsonl`
  const given = JSON.stringify({ roots, modules, results })
  let ended = 'it ended Python'
  try {
    const argv = [executable, ...options, '-c', program, given] as const
    const command = { argv, cwd: scratch, env, timeoutSeconds: longestSeconds }
    const info = (line: string): void => {
      deps.log.debug(line)
    }
    await runBuildCommand(command, purpose, { ...deps, log: { ...deps.log, info } })
  } catch (thrown) {
    if (!(thrown instanceof CodedError) || thrown.code !== 'BUILD_FAILED') throw thrown
    ended = thrown.finding.found
  }
  const text = await resultsText(results)
  const lines = text.split('\n').flatMap(line => (line.endsWith('}') ? [JSON.parse(line) as Line] : []))
  const outcomes = new Map<string, ImportOutcome>(modules.map(module => [module, { kind: 'unclear', why: ended }]))
  for (const line of lines) outcomes.set(line.module, outcomeOf(line, ended))
  return outcomes
}

/** The dynamic loader's words: what is on the runner and what in Lambda are two things. */
const loadersWords =
  /cannot open shared object|version `\w+_[\d.]+' not found|undefined symbol|wrong ELF|ELF header|module export function/

function outcomeOf({ module, error, missing, importer = module, why = '' }: Line, ended: string): ImportOutcome {
  switch (error) {
    case null:
      return { kind: 'imported' }
    case 'started':
      return { kind: 'unclear', why: ended }
    case 'ModuleNotFoundError':
      return {
        kind: 'broken',
        module: missing ?? module,
        importer,
        why: missing == null ? why : `no module named ${missing}`
      }
    case 'ImportError':
      if (loadersWords.test(why)) return { kind: 'unclear', why }
      return { kind: 'broken', module: missing ?? module, importer, why }
    case 'SyntaxError':
      return { kind: 'broken', module: importer, importer, why }
    case 'other':
      return { kind: 'unclear', why }
  }
}
