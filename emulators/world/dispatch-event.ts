import { surroundings, type EventPlace } from './event-objects.js'
import type { WorkflowEvent } from './workflow-event.js'

/** Started by hand on a branch or tag. */
export function workflowDispatch(
  options: EventPlace & { readonly ref?: string; readonly sha: string; readonly inputs?: Record<string, string> }
): WorkflowEvent {
  const { ref = 'refs/heads/test', sha, inputs = null } = options
  const payload = { inputs, ref, workflow: '.github/workflows/layers.yml', ...surroundings(options) }
  return { eventName: 'workflow_dispatch', payload, ref, sha }
}
