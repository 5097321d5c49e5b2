/** Errors on their way between threads: a structured clone keeps neither class nor the fields of a system error. */
import { CodedError, type ErrorCode, type Finding } from '../../../model/errors.js'

export type PortableError =
  | { readonly kind: 'coded'; readonly code: ErrorCode; readonly finding: Finding }
  | {
      readonly kind: 'system'
      readonly message: string
      readonly code: string
      readonly syscall: string
      readonly path: string | null
    }
  | { readonly kind: 'defect'; readonly message: string; readonly stack: string }

export function portableError(thrown: unknown): PortableError {
  if (thrown instanceof CodedError) return { kind: 'coded', code: thrown.code, finding: thrown.finding }
  if (!(thrown instanceof Error)) return { kind: 'defect', message: String(thrown), stack: '' }
  const { message, code, syscall, path = null, stack = '' } = thrown as NodeJS.ErrnoException
  if (code === undefined || syscall === undefined) return { kind: 'defect', message, stack }
  return { kind: 'system', message, code, syscall, path }
}

/** The error as it would have been thrown on this thread. */
export function fromPortable(error: PortableError): Error {
  switch (error.kind) {
    case 'coded':
      return new CodedError(error.code, error.finding)
    case 'system': {
      const { code, syscall, path } = error
      return Object.assign(new Error(error.message), { code, syscall, ...(path === null ? {} : { path }) })
    }
    case 'defect':
      return Object.assign(new Error(error.message), { stack: error.stack })
  }
}
