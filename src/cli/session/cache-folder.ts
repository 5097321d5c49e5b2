/** Where this user's programs keep what they can fetch again. */
import { isAbsolute, join } from 'node:path'

/**
 * XDG Base Directory Specification on Linux; the folders that macOS and Windows have for it there.
 * @returns our folder in it; `null`: the environment names no home
 */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string
): string | null {
  const set = environment['XDG_CACHE_HOME'] ?? ''
  if (isAbsolute(set)) return join(set, 'layer-deploy')
  if (platform === 'win32') {
    const local = environment['LOCALAPPDATA'] ?? ''
    return local === '' ? null : join(local, 'layer-deploy', 'cache')
  }
  const home = environment['HOME'] ?? ''
  if (!isAbsolute(home)) return null
  return platform === 'darwin' ? join(home, 'Library', 'Caches', 'layer-deploy') : join(home, '.cache', 'layer-deploy')
}
