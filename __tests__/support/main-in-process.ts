/** The action in this process: a thousand runs in the time of fifty. */
import { main } from '../../src/action/main.js'

/** @returns what it printed, and its exit code; the variables of this process are as before */
export async function mainInProcess(
  environment: Record<string, string>
): Promise<{ printed: string; exitCode: number }> {
  const [before, write] = [{ ...process.env }, process.stdout.write.bind(process.stdout)]
  let printed = ''
  const set = (variables: Readonly<Record<string, string | undefined>>): void => {
    for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name)
    for (const [name, value] of Object.entries(variables)) if (value !== undefined) process.env[name] = value
  }
  process.stdout.write = (text: string) => {
    printed += text
    return true
  }
  set(environment)
  try {
    return { exitCode: await main(environment), printed }
  } finally {
    process.stdout.write = write
    set(before)
  }
}
