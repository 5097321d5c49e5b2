/** No test may see the developer's credentials, configuration or cloud metadata service. */
for (const name of Object.keys(process.env)) {
  if (/^(AWS_|GITHUB_|INPUT_|STATE_|ACTIONS_|RUNNER_)/.test(name)) Reflect.deleteProperty(process.env, name)
}
process.env['AWS_EC2_METADATA_DISABLED'] = 'true'
process.env['AWS_CONFIG_FILE'] = '/dev/null'
process.env['AWS_SHARED_CREDENTIALS_FILE'] = '/dev/null'
process.env['GIT_CONFIG_GLOBAL'] = '/dev/null'
process.env['GIT_CONFIG_NOSYSTEM'] = '1'
process.env['GIT_TERMINAL_PROMPT'] = '0'
// The Node binaries of other versions that the tests run the bundle on come with a `node` in node_modules/.bin.
process.env['PATH'] = (process.env['PATH'] ?? '')
  .split(':')
  .filter(folder => !folder.endsWith('/node_modules/.bin'))
  .join(':')
