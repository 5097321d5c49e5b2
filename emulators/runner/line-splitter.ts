import { StringDecoder } from 'node:string_decoder'

/**
 * Splits a stream of bytes into lines as the runner does: a bare carriage return ends a line too, so text with one in it
 * can start a workflow command.
 */
export function createLineSplitter(onLine: (line: string) => void): { push(bytes: Buffer): void; end(): void } {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  const take = (text: string): void => {
    // A carriage return at the very end may be the first half of a line end: it waits for the next bytes.
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) onLine(line)
  }
  return {
    push: bytes => {
      take(decoder.write(bytes))
    },
    end: () => {
      take(decoder.end())
      const last = rest.replace(/\r$/, '')
      if (rest !== '') onLine(last)
      rest = ''
    }
  }
}
