/** The client of CloudFormation in one account and region: whoever asks, they share its rate budgets. */
import type * as CloudFormation from '@aws-sdk/client-cloudformation'
import { systemClock } from '../../process/clock.js'
import { watched } from '../answers.js'
import { clientOptions, type AwsSession } from '../credentials/client-options.js'
import { rateBudget, withinBudget, type RateBudget } from '../lambda/rate-budget.js'

/**
 * AWS publishes no rate for CloudFormation ("AWS CloudFormation quotas" names none) and throttles each action for itself: support told
 * users of 5 DescribeStacks a second (github.com/aws/aws-sam-cli, issue 2671). What is throttled all the same, the SDK repeats.
 */
const describeStacksPerSecond = 5
/** Of each other action. */
const requestsPerSecond = 10

export interface LoadedCloudFormation {
  readonly sdk: typeof CloudFormation
  readonly client: CloudFormation.CloudFormationClient
}

export type CloudFormationClient = () => Promise<LoadedCloudFormation>

export function cloudFormationClient(region: string, aws: AwsSession): CloudFormationClient {
  const budgets = new Map<string, RateBudget>()
  const budgetOf = (action: string): RateBudget => {
    const perSecond = action === 'DescribeStacks' ? describeStacksPerSecond : requestsPerSecond
    const budget = budgets.get(action) ?? rateBudget(perSecond, systemClock)
    budgets.set(action, budget)
    return budget
  }
  const load = async (): Promise<LoadedCloudFormation> => {
    const sdk = await import('@aws-sdk/client-cloudformation')
    const client = watched(new sdk.CloudFormationClient(clientOptions(region, aws)))
    return { sdk, client: withinBudget(client, budgetOf, aws.signal) }
  }
  let loading: Promise<LoadedCloudFormation> | undefined
  return () => (loading ??= load())
}
