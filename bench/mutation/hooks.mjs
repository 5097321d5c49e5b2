/** Module hooks: the mutated files for those in `src`, our own few functions for `@jest/globals`. */
let replaced = { files: new Map(), tests: '' }

export function initialize(data) {
  replaced = data
}

export async function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: replaced.tests, shortCircuit: true }
  return next(specifier, context)
}

export async function load(url, context, next) {
  const source = replaced.files.get(url.split('?')[0])
  return source === undefined ? next(url, context) : { format: 'module', source, shortCircuit: true }
}
