/** Query parameters → the members of a call, checked. What the emulator does not carry out is refused by name. */
import { Capability } from '@aws-sdk/client-cloudformation'
import { z } from 'zod'
import { AwsError } from '../lambda/aws-error.js'

type Tree = Map<string, Tree | string>

/** Throws `ValidationError`; `Action` and `Version` are left out. */
export function readMembers<Members>(parameters: URLSearchParams, schema: z.ZodType<Members>): Members {
  const tree: Tree = new Map()
  for (const [path, value] of parameters) {
    if (path !== 'Action' && path !== 'Version') insert(tree, path.split('.'), value)
  }
  const parsed = schema.safeParse(plain(tree))
  if (parsed.success) return parsed.data
  throw new AwsError('ValidationError', violation(parsed.error.issues[0]))
}

const stackNamePattern = /^(?:[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*)$/
const changeSetNamePattern = /^(?:[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/]*)$/
const tokenPattern = /^[a-zA-Z0-9][-a-zA-Z0-9]*$/

const lists = <Item extends z.ZodType>(item: Item) => z.preprocess(value => (value === '' ? [] : value), z.array(item))

/** A name of a new stack or change set, at most 128 characters; ARNs are longer. */
export const newName = z
  .string()
  .max(128)
  .regex(/^[a-zA-Z][-a-zA-Z0-9]*$/)
export const stackName = z.string().min(1).max(1600).regex(stackNamePattern)
export const changeSetName = z.string().min(1).max(1600).regex(changeSetNamePattern)
export const token = z.string().min(1).max(128).regex(tokenPattern)
export const flag = z.enum(['true', 'false']).transform(text => text === 'true')
export const texts = lists(z.string())
export const capabilities = lists(z.enum(Object.values(Capability)))
export const parameterList = lists(
  z
    .strictObject({
      ParameterKey: z.string(),
      ParameterValue: z.string().optional(),
      UsePreviousValue: flag.optional()
    })
    .refine(one => (one.ParameterValue === undefined) === (one.UsePreviousValue === true), {
      message: 'give either ParameterValue or UsePreviousValue'
    })
    .transform(one => ({ key: one.ParameterKey, value: one.ParameterValue ?? null }))
)

/** "Tag" in the CloudFormation API Reference; the characters are those of "Tag naming and usage conventions". */
const tagText = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u
export const tagList = lists(
  z.strictObject({
    Key: z
      .string()
      .min(1)
      .max(128)
      .regex(tagText)
      .refine(key => !/^aws:/i.test(key), { message: 'aws: prefixed tag key names are not allowed for external use.' }),
    Value: z.string().min(1).max(256).regex(tagText)
  })
)
  .refine(tags => tags.length <= 50, { message: 'Member must have length less than or equal to 50' })
  .refine(tags => new Set(tags.map(tag => tag.Key)).size === tags.length, { message: 'Duplicate tag keys found' })
  .transform(tags => new Map(tags.map(tag => [tag.Key, tag.Value])))

function insert(tree: Tree, path: readonly string[], value: string): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) {
    if (tree.has(name)) throw new AwsError('MalformedInput', `Duplicate parameter ${name}`)
    tree.set(name, value)
    return
  }
  const inner = tree.get(name) ?? new Map<string, Tree | string>()
  if (typeof inner === 'string') throw new AwsError('MalformedInput', `${name} is given as a text and as a structure`)
  tree.set(name, inner)
  insert(inner, rest, value)
}

/** A structure whose one member is `member` is a list; its items are numbered from 1 without gaps. */
function plain(node: Tree | string): unknown {
  if (typeof node === 'string') return node
  const items = node.get('member')
  if (items instanceof Map && node.size === 1) {
    return Array.from({ length: items.size }, (_, index) => {
      const item = items.get(String(index + 1))
      if (item === undefined) throw new AwsError('MalformedInput', `A list has no item number ${index + 1}`)
      return plain(item)
    })
  }
  return Object.fromEntries([...node].map(([name, value]) => [name, plain(value)]))
}

function violation(issue: z.core.$ZodIssue | undefined): string {
  if (issue?.code === 'unrecognized_keys')
    return `The emulator does not implement the parameter ${issue.keys.join(', ')}`
  const member = (issue?.path ?? [])
    .map((part, index) => (index === 0 ? lowerFirst(String(part)) : String(part)))
    .join('.')
  return `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${issue?.message ?? 'invalid'}`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
