/** What holds where the configuration is silent: one table for the code, the JSON Schema and the documentation. */
export const configDefaults = {
  engine: 'cloudformation',
  layerName: '{stage}-{layer}-layer',
  concurrency: 8,
  recreateFailedStacks: false,
  reportConsumers: false,
  installer: 'auto',
  sourceDistributions: false,
  skippedCheck: 'failure',
  waitMinutes: 10,
  compatibleArchitectures: ['x86_64']
} as const
