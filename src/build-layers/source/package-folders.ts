import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The folders of a layer's content that Lambda's Python looks in, `python` and `python/lib/python3.x/site-packages`, as far as they exist
 * (AWS Lambda Developer Guide, "Layer paths for each Lambda runtime"). Relative to `content`.
 */
export async function packageFolders(content: string): Promise<readonly string[]> {
  const versions = (await readdir(join(content, 'python/lib')).catch(() => [])).filter(name =>
    /^python3[.]\d+$/.test(name)
  )
  const folders = ['python', ...versions.map(version => `python/lib/${version}/site-packages`)]
  const kinds = await Promise.all(folders.map(folder => lstat(join(content, folder)).catch(() => null)))
  return folders.filter((_, index) => kinds[index]?.isDirectory() === true)
}
