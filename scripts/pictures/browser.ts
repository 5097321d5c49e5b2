/** Photographs a page with a headless Chromium. */
import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']

/** @throws Error saying what to install */
export async function findBrowser(searchPath = process.env['PATH'] ?? ''): Promise<string> {
  const candidates = searchPath.split(delimiter).flatMap(folder => names.map(name => join(folder, name)))
  for (const file of candidates) {
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false
    )
    if (runs) return file
  }
  throw new Error(
    `Expected Chromium on PATH to take the pictures with, found none of ${names.join(', ')}. To fix: install one (Debian: apt-get install chromium).`
  )
}

export interface Photograph {
  readonly browser: string
  /** A folder for the browser's profile. */
  readonly scratch: string
  /** An HTML file. */
  readonly page: string
  /** CSS pixels; the height is the page's. */
  readonly width: number
  /** Of the picture to CSS pixels. */
  readonly scale: number
  /** A PNG file. */
  readonly output: string
}

/** Taken when all scripts of the page are done. Twice, because only the page knows how high it is. */
export async function photograph({ browser, scratch, page, width, scale, output }: Photograph): Promise<void> {
  const run = promisify(execFile)
  // A page of our own: as root Chromium starts without its sandbox or not at all.
  const alone = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const common = ['--headless', ...alone, '--hide-scrollbars', '--disable-gpu', '--virtual-time-budget=10000']
  const folders = [`--user-data-dir=${join(scratch, 'profile')}`]
  const address = pathToFileURL(page).href
  const shoot = (...args: string[]) =>
    run(browser, [...common, ...folders, ...args, address], { maxBuffer: 64 << 20, timeout: 60_000 })
  const { stdout } = await shoot(`--window-size=${width},600`, '--dump-dom')
  const height = /<body[^>]* data-height="(\d+)"/.exec(stdout)?.[1]
  if (height === undefined) throw new Error(`the page ${page} does not say how high it is`)
  await shoot(`--window-size=${width},${height}`, `--force-device-scale-factor=${scale}`, `--screenshot=${output}`)
}
