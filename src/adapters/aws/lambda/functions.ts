/** Functions over the SDK: read, and their layers replaced. Loaded by `rollout` only. */
import type * as Lambda from '@aws-sdk/client-lambda'
import { partitionOf } from '../../../model/naming/regions.js'
import type { Functions, FunctionState } from '../../../ports/aws.js'
import { errorName, UnreadableAnswer } from '../aws-errors.js'
import { call } from '../calls.js'
import type { AwsSession } from '../client-options.js'
import { type LambdaClients, type LoadedLambda, nullIfMissing } from './lambda-client.js'

/** A loop over pages must end; no account has as many as these hold. */
const maximumPages = 2_000

const overtaken = new Set(['PreconditionFailedException', 'ResourceConflictException'])

type Options = { readonly abortSignal: AbortSignal }

export function createFunctions(region: string, aws: AwsSession, clients: LambdaClients): Functions {
  const arnOf = (name: string): string =>
    `arn:${partitionOf(region)}:lambda:${region}:${aws.accountId}:function:${name}`
  const run = <T>(action: string, resource: string, work: (loaded: LoadedLambda, options: Options) => Promise<T>) => {
    const limits = { signal: aws.signal, seconds: aws.timing.callSeconds }
    return call({ action: `lambda:${action}`, resource }, limits, async options =>
      work(await clients.reader(), options)
    )
  }
  return {
    list: () => run('ListFunctions', '*', listAll),
    read: FunctionName =>
      run('GetFunctionConfiguration', arnOf(FunctionName), async ({ sdk, client }, options) => {
        const answer = await client
          .send(new sdk.GetFunctionConfigurationCommand({ FunctionName }), options)
          .catch(nullIfMissing)
        return answer === null ? null : functionState(answer)
      }),
    tags: name =>
      run('ListTags', arnOf(name), async ({ sdk, client }, options) => {
        const { Tags } = await client.send(new sdk.ListTagsCommand({ Resource: arnOf(name) }), options)
        return { ...Tags }
      }),
    setLayers: (FunctionName, layers, RevisionId) =>
      run('UpdateFunctionConfiguration', arnOf(FunctionName), async ({ sdk, client }, options) => {
        const request = new sdk.UpdateFunctionConfigurationCommand({ FunctionName, Layers: [...layers], RevisionId })
        try {
          await client.send(request, options)
          return 'accepted'
        } catch (error) {
          // The retry of a request whose answer was lost finds its own update under way, or its own new revision.
          if (overtaken.has(errorName(error))) return 'changed'
          throw error
        }
      })
  }
}

async function listAll({ sdk, client }: LoadedLambda, options: Options): ReturnType<Functions['list']> {
  const found = new Map<string, readonly string[]>()
  let marker: string | undefined
  for (let page = 0; page < maximumPages; page++) {
    const answer = await client.send(
      new sdk.ListFunctionsCommand(marker === undefined ? {} : { Marker: marker }),
      options
    )
    if (answer.Functions === undefined) throw new UnreadableAnswer('a page of lambda:ListFunctions without its list')
    for (const { FunctionName, Layers = [] } of answer.Functions) {
      if (FunctionName === undefined) throw new UnreadableAnswer('a function without a name')
      found.set(
        FunctionName,
        Layers.flatMap(({ Arn }) => Arn ?? [])
      )
    }
    if (answer.NextMarker === undefined || answer.NextMarker === '') return found
    marker = answer.NextMarker
  }
  throw new Error(`lambda:ListFunctions has more than ${maximumPages} pages`)
}

function functionState(answer: Lambda.FunctionConfiguration): FunctionState {
  const { FunctionName, RevisionId, LastUpdateStatus } = answer
  if (FunctionName === undefined || RevisionId === undefined)
    throw new UnreadableAnswer('a function without a name or a revision')
  return {
    functionName: FunctionName,
    runtime: answer.Runtime ?? '',
    architectures: answer.Architectures ?? ['x86_64'],
    layers: (answer.Layers ?? []).map(({ Arn = '', CodeSize = 0 }) => ({ arn: Arn, sizeBytes: CodeSize })),
    codeBytes: answer.CodeSize ?? 0,
    revisionId: RevisionId,
    update: LastUpdateStatus === 'InProgress' ? 'in-progress' : LastUpdateStatus === 'Failed' ? 'failed' : 'successful',
    updateReason: answer.LastUpdateStatusReason ?? ''
  }
}
