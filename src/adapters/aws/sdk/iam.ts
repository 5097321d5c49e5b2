/** What is asked of the SDK's client: the bundle holds no more of it. */
export {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListAttachedRolePoliciesCommand,
  SimulatePrincipalPolicyCommand
} from '@aws-sdk/client-iam'
