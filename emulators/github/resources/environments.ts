/** What protects a branch and an environment. Source: REST API, "Deployment environments" and "Rules". */
import { list, notFound, one, type Operation } from '../operation.js'
import { timestamp } from '../world.js'
import { nodeId } from './users.js'
import { repositoryUrl } from './repositories.js'

export const environmentOperations: readonly Operation[] = [
  {
    id: 'repos/get-environment',
    needs: [['actions', 'read']],
    handle(request) {
      const { world, repository } = request
      const name = request.params['environment_name'] ?? ''
      const found = world.state.environments.find(each => each.repository === repository.fullName && each.name === name)
      if (found === undefined) throw notFound()
      const times = { created_at: timestamp(0), updated_at: timestamp(0) }
      const rules = found.rules.map((type, index) => ({ id: index + 1, node_id: nodeId('GA', index + 1), type }))
      return one({
        ...{ id: found.id, node_id: nodeId('EN', found.id), name, ...times },
        url: `${repositoryUrl(world, repository.fullName)}/environments/${encodeURIComponent(name)}`,
        html_url: `${world.htmlUrl}/${repository.fullName}/deployments/activity_log?environments_filter=${name}`,
        protection_rules: rules,
        deployment_branch_policy: found.branches
      })
    }
  },
  {
    id: 'repos/get-branch-rules',
    needs: [['metadata', 'read']],
    handle(request) {
      const { world, repository } = request
      const name = request.params['branch'] ?? ''
      const branch = world.state.branches.find(each => each.repository === repository.fullName && each.name === name)
      const source = { ruleset_source_type: 'Repository', ruleset_source: repository.fullName, ruleset_id: 1 }
      return list(branch?.rules ?? [], type => ({ type, ...source }))
    }
  }
]
