/** Inputs and permissions that a workflow is started with. */
import { mapValues, type InputDeclaration, type Permissions, type Raw } from './workflow-file.js'

/** @throws {Error} where GitHub would not start the workflow: an input is missing, unknown, or of another type */
export function givenInputs(
  declared: Readonly<Record<string, InputDeclaration>>,
  given: Readonly<Record<string, Raw>>
): Record<string, Raw> {
  const unknown = Object.keys(given).filter(name => !Object.hasOwn(declared, name))
  if (unknown.length > 0) throw new Error(`Invalid input, ${unknown.join(', ')} is not defined in the workflow`)
  return mapValues(declared, ({ type, required, default: preset }, name) => {
    const value = given[name] ?? preset
    if (value === undefined) {
      if (required) throw new Error(`Input ${name} is required, but not provided`)
      return { string: '', choice: '', boolean: false, number: 0 }[type]
    }
    const plain = type === 'choice' ? 'string' : type
    if (typeof value !== plain) throw new Error(`Input ${name} is ${JSON.stringify(value)}, not a ${plain}`)
    return value
  })
}

/** What is typed into the form of `workflow_dispatch` reaches the payload as text. */
export function dispatchedInputs(
  declared: Readonly<Record<string, InputDeclaration>>,
  payload: unknown
): Record<string, Raw> {
  const typed = (payload as { inputs?: Record<string, string> | null } | null)?.inputs ?? {}
  return givenInputs(
    declared,
    mapValues(typed, (text, name) => {
      const type = declared[name]?.type
      return type === 'boolean' ? text === 'true' : type === 'number' ? Number(text) : text
    })
  )
}

const ranks = { none: 0, read: 1, write: 2 }

/** @throws {Error} where a called workflow's job asks for more than its caller has: GitHub does not start the run */
export function checkGranted(job: string, asked: Permissions, granted: Permissions): void {
  for (const [name, access] of Object.entries(asked)) {
    const given = granted[name] ?? 'none'
    if (ranks[access] > ranks[given]) {
      throw new Error(
        `The nested job '${job}' is requesting '${name}: ${access}', but is only allowed '${name}: ${given}'`
      )
    }
  }
}
