/** The emulated sandbox account: started with its credentials in the environment, and looked at past its API. */
import { startAwsEmulator, type AwsEmulator, type AwsEmulatorOptions } from '../../emulators/aws/index.js'
import { listStacks } from '../../emulators/aws/cloudformation/reader.js'
import { listLayers, type LayerVersionView } from '../../emulators/aws/lambda/reader.js'

export const accountId = '111122223333'
export const otherAccountId = '444455556666'
export const region = 'us-east-2'
const credentials = {
  AWS_ACCESS_KEY_ID: 'AKIASANDBOXEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret-of-sandbox-EXAMPLE',
  AWS_EC2_METADATA_DISABLED: 'true'
}
export const bucketName = `${accountId}-code-deployment`

export interface Account {
  readonly emulator: AwsEmulator
  /** Live versions, oldest first. */
  versions(layerName: string): readonly LayerVersionView[]
  stack(stackName: string): ReturnType<typeof listStacks>[number] | undefined
  /** `null`: there is no state file. */
  state(layerName: string): Readonly<Record<string, unknown>> | null
  /** Which version the account's own record of the layer names, whatever the engine; `null`: none. */
  pointer(layerName: string): number | null
  /** Writes since the last `resetCalls()`, as the API names them. */
  writes(): readonly string[]
  close(): Promise<void>
}

/** The account, with its credentials and address in this process's environment until it is closed. */
export async function openAccount(options: Partial<AwsEmulatorOptions> = {}): Promise<Account> {
  const account = await openWorld(options)
  const restore = useEnvironment(account.emulator.env(accountId, region))
  return {
    ...account,
    close: async () => {
      restore()
      await account.close()
    }
  }
}

/** One of many accounts in a process: a deploy finds it by its `endpoint`, all have the same credentials. */
export async function openWorld(options: Partial<AwsEmulatorOptions> = {}): Promise<Account> {
  const emulator = await startAwsEmulator({
    accounts: [
      {
        accountId,
        accessKeyId: credentials.AWS_ACCESS_KEY_ID,
        secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY
      },
      { accountId: otherAccountId, accessKeyId: 'AKIAOTHEREXAMPLE', secretAccessKey: 'secret-of-other-EXAMPLE' }
    ],
    buckets: [{ name: bucketName, ownerAccountId: accountId, region }],
    ...options
  })
  const { world } = emulator
  const versions = (layerName: string) =>
    listLayers(world, accountId, region).find(({ name }) => name === layerName)?.versions ?? []
  const stack = (stackName: string) =>
    listStacks(world, accountId, region).find(({ name, status }) => name === stackName && status !== 'DELETE_COMPLETE')
  const state = (layerName: string) => {
    const object = world.buckets.get(bucketName)?.objects.get(`layer-deploy/state/${layerName}.json`)
    return object === undefined ? null : (JSON.parse(object.body.toString()) as Record<string, unknown>)
  }
  return {
    emulator,
    versions,
    stack,
    state,
    pointer: layerName => {
      const fromStack = stack(layerName)?.outputs['LayerVersionArn']?.split(':').at(-1)
      const named = fromStack === undefined ? state(layerName)?.['version'] : Number(fromStack)
      return typeof named === 'number' ? named : null
    },
    writes: () => emulator.writes().map(({ api }) => api),
    close: () => emulator.close()
  }
}

/** The credentials of every `openWorld`; a deploy there names its endpoint itself. Returns what takes them back. */
export function useCredentials(): () => void {
  return useEnvironment({ ...credentials, AWS_ENDPOINT_URL: undefined, AWS_SESSION_TOKEN: undefined })
}

/** Sets variables of this process. Returns what takes them back. */
export function useEnvironment(variables: Readonly<Record<string, string | undefined>>): () => void {
  const before = Object.fromEntries(Object.keys(variables).map(name => [name, process.env[name]]))
  assign(variables)
  return () => {
    assign(before)
  }
}

function assign(variables: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (value === undefined) Reflect.deleteProperty(process.env, name)
    else process.env[name] = value
  }
}
