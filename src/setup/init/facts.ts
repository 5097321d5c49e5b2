/** What the repository says by itself: where its layers are, which branches it has, for which Python it is. */
import { CodedError } from '../../model/errors.js'
import type { Git } from '../../ports/git.js'
import type { WorkingFiles } from '../../ports/process.js'

export interface InitFacts {
  readonly layers: readonly FoundLayer[]
  /** The branch that deploys to production; `null`: none of the usual names exists. */
  readonly productionBranch: string | null
  readonly sandboxBranch: string | null
  /** Of the layers: those that git reaches over SSH. */
  readonly sshSubmodules: readonly string[]
  /** `python3.12`; `null`: no file says. */
  readonly runtime: string | null
}

export interface FoundLayer {
  readonly path: string
  readonly kind: 'submodule' | 'folder'
}

const productionBranches = ['main', 'master', 'production']
const sandboxBranches = ['test', 'sandbox', 'staging', 'develop', 'dev']
/** What a folder holds from which a layer can be built, see docs/building.md. */
const signs = ['python/', 'pyproject.toml', 'setup.py', 'requirements.txt']
/** Folders of a repository that are there for another purpose. */
const otherPurposes = /^(\.|_|(docs?|tests?|scripts?|tools?|examples?|bench|node_modules|venv|build|dist)\/)/

export async function initFacts(
  git: Pick<Git, 'headCommit' | 'readGitlinks' | 'remoteBranchTip' | 'resolveCommit' | 'sshSubmodules'>,
  files: WorkingFiles
): Promise<InitFacts> {
  const head = await git.headCommit()
  const gitlinks = await git.readGitlinks(head, ['.'])
  const overSsh = gitlinks.length === 0 ? [] : await git.sshSubmodules(head)
  const submodules = gitlinks.map(({ path }): FoundLayer => ({ path, kind: 'submodule' }))
  const folders = (await foldersOf(files)).filter(path => !submodules.some(one => one.path === path))
  const hasBranch = branchesOf(git)
  const layers = [...submodules, ...folders.map((path): FoundLayer => ({ path, kind: 'folder' }))]
  return {
    layers,
    productionBranch: await firstBranch(hasBranch, productionBranches),
    sandboxBranch: await firstBranch(hasBranch, sandboxBranches),
    sshSubmodules: overSsh.filter(path => submodules.some(one => one.path === path)),
    runtime: await runtimeOf(files, ['', ...layers.map(({ path }) => `${path}/`)])
  }
}

async function foldersOf(files: WorkingFiles): Promise<readonly string[]> {
  const folders = (await files.list('.')).filter(name => name.endsWith('/') && !otherPurposes.test(name))
  const holding = await Promise.all(folders.map(async name => ({ name, holds: await files.list(name.slice(0, -1)) })))
  return holding.filter(({ holds }) => signs.some(sign => holds.includes(sign))).map(({ name }) => name.slice(0, -1))
}

type HasBranch = (name: string) => Promise<boolean>

/** Whether the remote has a branch; where it does not answer, whether this clone knew one when it last did. */
function branchesOf(git: Pick<Git, 'remoteBranchTip' | 'resolveCommit'>): HasBranch {
  let isSilent = false
  return async name => {
    if (!isSilent) {
      try {
        return (await git.remoteBranchTip(name)) !== null
      } catch (error) {
        if (!(error instanceof CodedError) || error.code !== 'GIT_FAILED') throw error
        isSilent = true
      }
    }
    const known = [`refs/remotes/origin/${name}`, `refs/heads/${name}`].map(ref => git.resolveCommit(ref))
    return (await Promise.all(known)).some(commit => commit !== null)
  }
}

async function firstBranch(hasBranch: HasBranch, names: readonly string[]): Promise<string | null> {
  for (const name of names) if (await hasBranch(name)) return name
  return null
}

/** The first file that tells: `.python-version` exactly, `requires-python` its lowest version. */
async function runtimeOf(files: WorkingFiles, folders: readonly string[]): Promise<string | null> {
  for (const folder of folders) {
    const exact = /^\s*(3\.\d+)/.exec((await files.read(`${folder}.python-version`)) ?? '')
    const project = /^requires-python\s*=\s*["'][^"']*?(3\.\d+)/m.exec(
      (await files.read(`${folder}pyproject.toml`)) ?? ''
    )
    const version = exact?.[1] ?? project?.[1]
    if (version !== undefined) return `python${version}`
  }
  return null
}
