/**
 * V8 reads a function twice: when its file is read, to find where it ends, and again at its first call, unless it has the form of one that is called at
 * once, `(function () { … })`; arrow functions do not count. Every module of a bundle is such a function, and is called.
 * v8.dev/blog/preparser, "Optimizing: possibly-invoked function expressions".
 */
import { parseAst } from 'rolldown/parseAst'

/** @param text of a bundle of webpack, whose modules are arrow functions under numbers @returns the same program, its modules read once */
export function withEagerModules(text) {
  const modules = modulesIn(parseAst(text).body)
  let eager = text
  for (const { start, end, params, body } of modules.toReversed()) {
    const names = params.length === 0 ? '' : text.slice(params[0].start, params.at(-1).end)
    eager = `${eager.slice(0, start)}(function(${names})${text.slice(body.start, body.end)})${eager.slice(end)}`
  }
  return eager
}

/** In the order of the text. What lies within a function is not looked at. */
function modulesIn(node) {
  if (Array.isArray(node)) return node.flatMap(modulesIn)
  if (node === null || typeof node !== 'object' || /Function/.test(node.type)) return []
  if (node.type === 'Property' && isModule(node)) return [node.value]
  return Object.values(node).flatMap(modulesIn)
}

function isModule({ key, value }) {
  const isNumbered = key.type === 'Literal' && typeof key.value === 'number'
  return isNumbered && value.type === 'ArrowFunctionExpression' && value.body.type === 'BlockStatement'
}
