/** How a command is started where it sees neither the job's processes nor its secrets: the arguments of util-linux's `unshare`, and what is done inside. */

/** Who makes the namespaces. Each is tried on the machine before it is believed. */
export type Entrance =
  /** By root, as in a container job that may do it. */
  | { readonly kind: 'root' }
  /** By anybody, in a user namespace of their own. */
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number }
  /** By root through sudo, back to the user at once: the hosted runners of GitHub, where AppArmor forbids the former. */
  | { readonly kind: 'sudo'; readonly uid: number; readonly gid: number }

/** One change of what the command sees of the file system. Paths are absolute. */
export type Change =
  /** `from` is seen at `to`, a path below the gathering place, too. */
  | { readonly kind: 'place'; readonly from: string; readonly to: string }
  /** An empty folder, or an empty file, is seen instead. */
  | { readonly kind: 'hide'; readonly path: string }
  /** Stays as it is although something above it is hidden. */
  | { readonly kind: 'show'; readonly path: string }

/** Below it lie the folders at fixed paths. It must exist, and holds nothing outside of the namespaces. */
export const gatheringPlace = '/tmp/layer-deploy-build'

/**
 * Process 1 of the namespace. It stays, since a process 1 ignores the signals that others die of, and with it all that the command has left behind ends. What is to
 * stay visible is set aside before anything is hidden.
 */
const insideProgram = `
set -e
at=${gatheringPlace} cwd=$1 path=$2 drop=$3 more=$4
shift 4
mount -t tmpfs -o mode=0755 layer-deploy "$at"
mkdir "$at/.shown"
while [ "$1" != -- ]; do
  case $1 in
    place) mkdir -p "$3"; mount --bind "$2" "$3" ;;
    hide) if [ -d "$2" ]; then mount -t tmpfs -o mode=1777 hidden "$2"; elif [ -e "$2" ]; then mount --bind /dev/null "$2"; fi ;;
    keep) if [ -d "$2" ]; then mkdir "$at/.shown/$3"; else : > "$at/.shown/$3"; fi; mount --bind "$2" "$at/.shown/$3" ;;
    show) if [ -d "$at/.shown/$3" ]; then mkdir -p "$2"; else mkdir -p "\${2%/*}"; : >> "$2"; fi; mount --bind "$at/.shown/$3" "$2" ;;
  esac
  shift 3
done
shift
cd "$cwd"
[ "$path" = "" ] || export PATH="$path"
set +e
$more setpriv --no-new-privs --inh-caps=-all $drop -- "$@"
exit $?
`

/** What root keeps in its own container: enough to write files of any owner and to change them, nothing that undoes what is hidden. */
const rootKeeps = '--bounding-set=-all,+chown,+dac_override,+fowner,+fsetid,+setuid,+setgid,+kill'

/** `argv` as one that runs it inside. `path`: where its programs are looked up, `null` for the variable as it stands. */
export function enterArgv(
  entrance: Entrance,
  inside: { readonly cwd: string; readonly path: string | null; readonly changes: readonly Change[] },
  argv: readonly string[]
): readonly [string, ...string[]] {
  const { before, drop, more } = passage(entrance)
  const changes = orderedChanges(inside.changes)
  return [
    ...before,
    'sh',
    '-c',
    insideProgram,
    'sh',
    inside.cwd,
    inside.path ?? '',
    drop,
    more,
    ...changes,
    '--',
    ...argv
  ]
}

/** Set aside, place, hide, show again. */
function orderedChanges(changes: readonly Change[]): readonly string[] {
  const shown = changes.flatMap(change => (change.kind === 'show' ? [change.path] : []))
  return [
    ...shown.flatMap((path, number) => ['keep', path, String(number)]),
    ...changes.flatMap(change => (change.kind === 'place' ? ['place', change.from, change.to] : [])),
    ...changes.flatMap(change => (change.kind === 'hide' ? ['hide', change.path, ''] : [])),
    ...shown.flatMap((path, number) => ['show', path, String(number)])
  ]
}

const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'] as const

function passage(entrance: Entrance): {
  readonly before: readonly [string, ...string[]]
  readonly drop: string
  readonly more: string
} {
  switch (entrance.kind) {
    case 'root':
      return { before: ['unshare', ...namespaces], drop: rootKeeps, more: '' }
    case 'user': {
      const { uid, gid } = entrance
      const before = ['unshare', '--user', '--map-root-user', ...namespaces] as const
      // Back to the user's own number: what unpacks archives as root wants to give the files away.
      return { before, drop: '--bounding-set=-all', more: `unshare --user --map-user=${uid} --map-group=${gid}` }
    }
    case 'sudo': {
      const { uid, gid } = entrance
      const before = ['sudo', '-n', '--preserve-env', 'unshare', ...namespaces] as const
      return { before, drop: `--reuid=${uid} --regid=${gid} --init-groups --bounding-set=-all`, more: '' }
    }
  }
}
