import { unreachable } from '../../model/errors.js'
import type { Engine as EngineName } from '../../model/index.js'
import type { Engine, EngineContext } from './engine.js'

export async function createEngine(name: EngineName, context: EngineContext): Promise<Engine> {
  switch (name) {
    case 'cloudformation':
      return (await import('./cloudformation/cloudformation.js')).createCloudFormationEngine(context)
    case 'lambda':
      return (await import('./lambda/lambda.js')).createLambdaEngine(context)
    default:
      return unreachable(name)
  }
}
