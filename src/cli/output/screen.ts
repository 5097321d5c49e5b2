/** Standard error while work goes on: a live line per layer on a terminal, plain lines everywhere else. */
import type { Progress, ProgressStep } from '../../ports/runner.js'
import { paint, printable, type Terminal } from './terminal.js'

export interface Screen {
  /** Lines of a log, above the live ones. `text` ends in a line break. */
  readonly write: (text: string) => void
  readonly progress: Progress
  /** What goes on while no layer has a line yet. Gone with the first of them, and at the end. */
  readonly waiting: (what: string) => void
  /** Leaves the live lines as they are: nothing more is drawn. */
  readonly end: () => void
}

export function openScreen(terminal: Terminal): Screen {
  return terminal.live ? liveScreen(terminal) : plainScreen(terminal)
}

function plainScreen(terminal: Terminal): Screen {
  return {
    write: terminal.stderr,
    progress: step => {
      terminal.stderr(`${subjectOf(step)}: ${printable(step.what)}\n`)
    },
    waiting: () => undefined,
    end: () => undefined
  }
}

function liveScreen(terminal: Terminal): Screen {
  const steps = new Map<string, ProgressStep>()
  let drawn = 0
  let idle: string | null = null
  const clear = (): string => (drawn === 0 ? '' : `\u001b[${drawn}A\u001b[0J`)
  const redraw = (above: string): void => {
    const lines =
      steps.size > 0 || idle === null ? liveLines([...steps.values()], terminal) : [idleLine(idle, terminal)]
    terminal.stderr(clear() + above + lines.map(line => `${line}\n`).join(''))
    drawn = lines.length
  }
  return {
    write: text => {
      redraw(text)
    },
    progress: step => {
      const subject = subjectOf(step)
      // What is built for all regions makes room for the lines of the regions.
      if (step.region !== null) steps.delete(step.layerId)
      steps.set(subject, step)
      redraw('')
    },
    waiting: what => {
      idle = what
      redraw('')
    },
    end: () => {
      if (steps.size === 0) terminal.stderr(clear())
      idle = null
      steps.clear()
      drawn = 0
    }
  }
}

function idleLine(what: string, terminal: Pick<Terminal, 'columns' | 'colour'>): string {
  const text = printable(`${what} …`).slice(0, Math.max(10, terminal.columns - 3))
  return `${paint(terminal.colour.stderr)('bold', '>')} ${text}`
}

/** What is under way comes last, and is what is shown where there is no room for all. */
export function liveLines(
  steps: readonly ProgressStep[],
  terminal: Pick<Terminal, 'columns' | 'rows' | 'colour'>
): readonly string[] {
  const room = Math.max(1, terminal.rows - 2)
  const ordered = [...steps.filter(({ ended }) => ended), ...steps.filter(({ ended }) => !ended)]
  const shown = ordered.slice(-room)
  const width = Math.max(0, ...shown.map(step => subjectOf(step).length))
  const style = paint(terminal.colour.stderr)
  return shown.map(step => {
    const text = `${subjectOf(step).padEnd(width)}  ${printable(step.what)}${step.ended ? '' : ' …'}`
    const line = text.slice(0, Math.max(10, terminal.columns - 3))
    return step.ended ? `${style('dim', '·')} ${line}` : `${style('bold', '>')} ${line}`
  })
}

function subjectOf({ layerId, region }: ProgressStep): string {
  return printable(region === null ? layerId : `${layerId} in ${region}`)
}
