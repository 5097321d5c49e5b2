import fs from 'node:fs'

// The first run is the main step: it leaves the state that tells the second that it is the post step.
const isPost = process.env.STATE_isPost === 'true'
if (!isPost) fs.appendFileSync(process.env.GITHUB_STATE, 'isPost=true\n')
const body = process.env[isPost ? 'INPUT_POST' : 'INPUT_MAIN']
// Loading the toolkit takes most of such a step's time.
const core = body.includes('core.') ? await import('@actions/core') : undefined
const AsyncFunction = (async () => undefined).constructor
await AsyncFunction('core', 'fs', 'process', body)(core, fs, process)
