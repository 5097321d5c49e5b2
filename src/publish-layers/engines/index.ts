import { unreachable } from '../../model/errors.js'
import type { Engine as EngineName } from '../../model/index.js'
import type { Engine, EngineContext } from './engine.js'

/** The engine of that name, loaded at its first call: a run that may not ask the account does not load it. */
export function createEngine(name: EngineName, context: EngineContext): Engine {
  let opening: Promise<Engine> | undefined
  const opened = (): Promise<Engine> => (opening ??= open(name, context))
  return {
    list: async targets => (await opened()).list(targets),
    observe: async (target, wait, known) => (await opened()).observe(target, wait, known),
    readVersion: async (target, deployed) => (await opened()).readVersion(target, deployed),
    publish: async order => (await opened()).publish(order),
    refreshRecord: async order => (await opened()).refreshRecord(order),
    adjust: async target => (await opened()).adjust(target)
  }
}

async function open(name: EngineName, context: EngineContext): Promise<Engine> {
  switch (name) {
    case 'cloudformation':
      return (await import('./cloudformation/cloudformation.js')).createCloudFormationEngine(context)
    case 'lambda':
      return (await import('./lambda/lambda.js')).createLambdaEngine(context)
    default:
      return unreachable(name)
  }
}
