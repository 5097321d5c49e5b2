/** Every mutant of a file in one text: `globalThis.isAlive` says which of them is alive (mutation testing by switches). */
import ts from 'typescript'

export interface Mutant {
  readonly id: number
  /** `guards.ts:31` */
  readonly place: string
  readonly before: string
  readonly after: string
}

const opposites: ReadonlyMap<ts.SyntaxKind, readonly ts.BinaryOperator[]> = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, [ts.SyntaxKind.ExclamationEqualsEqualsToken]],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, [ts.SyntaxKind.EqualsEqualsEqualsToken]],
  [ts.SyntaxKind.AmpersandAmpersandToken, [ts.SyntaxKind.BarBarToken]],
  [ts.SyntaxKind.BarBarToken, [ts.SyntaxKind.AmpersandAmpersandToken]],
  [ts.SyntaxKind.GreaterThanToken, [ts.SyntaxKind.GreaterThanEqualsToken, ts.SyntaxKind.LessThanEqualsToken]],
  [ts.SyntaxKind.LessThanToken, [ts.SyntaxKind.LessThanEqualsToken, ts.SyntaxKind.GreaterThanEqualsToken]]
])
const methods: ReadonlyMap<string, string> = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['includes', 'startsWith'],
  ['startsWith', 'endsWith'],
  ['flatMap', 'map']
])

/** The file as JavaScript with all its mutants in it, numbered from `firstId`. */
export function withMutants(file: string, text: string, firstId: number): { code: string; mutants: readonly Mutant[] } {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true)
  const mutants: Mutant[] = []
  const printer = ts.createPrinter({ removeComments: true })
  const { factory } = ts

  const transformer: ts.TransformerFactory<ts.SourceFile> = context => root => {
    const visit = (node: ts.Node): ts.Node => {
      if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node)) return node
      if (ts.isExportDeclaration(node)) return node
      const inner = ts.visitEachChild(node, visit, context)
      if (!ts.isExpression(node) || !isValue(node)) return inner
      return alternativesOf(node, inner as ts.Expression).reduce<ts.Expression>((whole, alternative) => {
        const id = firstId + mutants.length
        const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1
        const after = printer.printNode(ts.EmitHint.Expression, alternative.shown, source)
        const place = `${file.split('/').at(-1) ?? file}:${line}`
        mutants.push({ id, place, before: node.getText(source).slice(0, 120), after: after.slice(0, 120) })
        const isAlive = factory.createPropertyAccessExpression(factory.createIdentifier('globalThis'), 'isAlive')
        const alive = factory.createCallExpression(isAlive, undefined, [factory.createNumericLiteral(id)])
        const choice = factory.createConditionalExpression(alive, undefined, alternative.code, undefined, whole)
        return factory.createParenthesizedExpression(choice)
      }, inner as ts.Expression)
    }
    return ts.visitNode(root, visit) as ts.SourceFile
  }
  const [mutated] = ts.transform(source, [transformer]).transformed
  if (mutated === undefined) throw new Error(`${file}: nothing came of it`)
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022, verbatimModuleSyntax: false }
  const code = ts.transpileModule(ts.createPrinter().printFile(mutated), { compilerOptions: options }).outputText
  return { code, mutants }
}

/** Not a name, a key, a label of a `switch`, or the left of an assignment. */
function isValue(node: ts.Expression): boolean {
  const { parent } = node
  // `{ 'a-b': c } = …`
  if (ts.isBindingElement(parent) && parent.propertyName === node) return false
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node
  if (ts.isCaseClause(parent)) return parent.expression !== node
  return !ts.isExpressionStatement(parent) && !ts.isExpressionWithTypeArguments(parent)
}

interface Alternative {
  /** With the mutants inside of it. */
  readonly code: ts.Expression
  readonly shown: ts.Expression
}

function alternativesOf(node: ts.Expression, inner: ts.Expression): readonly Alternative[] {
  const { factory } = ts
  const same = (expression: ts.Expression): Alternative => ({ code: expression, shown: expression })
  if (ts.isBinaryExpression(node) && ts.isBinaryExpression(inner)) return binaryAlternatives(node, inner)
  if (ts.isConditionalExpression(node) && ts.isConditionalExpression(inner)) {
    return [
      { code: inner.whenTrue, shown: node.whenTrue },
      { code: inner.whenFalse, shown: node.whenFalse }
    ]
  }
  if (ts.isPrefixUnaryExpression(node) && ts.isPrefixUnaryExpression(inner)) {
    const negated = node.operator === ts.SyntaxKind.ExclamationToken
    return negated ? [{ code: inner.operand, shown: node.operand }] : []
  }
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [same(factory.createFalse())]
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [same(factory.createTrue())]
  if (ts.isStringLiteral(node)) return [same(factory.createStringLiteral(node.text === '' ? 'mutated' : ''))]
  if (ts.isTemplateExpression(node)) return [same(factory.createStringLiteral(''))]
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0)
    return [same(factory.createArrayLiteralExpression())]
  const condition = ts.isIfStatement(node.parent) && node.parent.expression === node
  if (condition) return [same(factory.createTrue()), same(factory.createFalse())]
  if (ts.isCallExpression(node) && ts.isCallExpression(inner)) return callAlternatives(node, inner)
  return []
}

function binaryAlternatives(node: ts.BinaryExpression, inner: ts.BinaryExpression): readonly Alternative[] {
  const { factory } = ts
  const kind = node.operatorToken.kind
  const swapped = (opposites.get(kind) ?? []).map(operator => ({
    code: factory.createParenthesizedExpression(factory.createBinaryExpression(inner.left, operator, inner.right)),
    shown: factory.createBinaryExpression(node.left, operator, node.right)
  }))
  const sides = [ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.AmpersandAmpersandToken, ts.SyntaxKind.BarBarToken]
  if (!sides.includes(kind)) return swapped
  return [...swapped, { code: inner.left, shown: node.left }, { code: inner.right, shown: node.right }]
}

function callAlternatives(node: ts.CallExpression, inner: ts.CallExpression): readonly Alternative[] {
  const { factory } = ts
  if (!ts.isPropertyAccessExpression(node.expression) || !ts.isPropertyAccessExpression(inner.expression)) return []
  const [called, calledInside] = [node.expression, inner.expression]
  // Without the call: the list as it was.
  if (called.name.text === 'filter') return [{ code: calledInside.expression, shown: called.expression }]
  const method = methods.get(called.name.text)
  if (method === undefined) return []
  const renamed = (access: ts.PropertyAccessExpression, call: ts.CallExpression): ts.Expression =>
    factory.createCallExpression(
      factory.createPropertyAccessExpression(access.expression, method),
      undefined,
      call.arguments
    )
  return [{ code: renamed(calledInside, inner), shown: renamed(called, node) }]
}
