/** Which folder may import which (ARCHITECTURE.md, "Rules"). Types count: what a type cycle joins cannot be read apart. */

/** What every folder may see: values, interfaces, and what makes foreign text harmless. */
const bottom = ['model', 'ports', 'redaction']

/** Folder → what it may import besides itself and `bottom`. A folder that is not named here is refused. */
const above = {
  config: [],
  'select-environment': [],
  'detect-changes': [],
  'build-layers': [],
  'publish-layers': [],
  report: [],
  operate: ['select-environment', 'build-layers', 'publish-layers'],
  setup: ['config'],
  adapters: [],
  run: ['config', 'select-environment', 'detect-changes', 'build-layers', 'publish-layers', 'report', 'operate'],
  action: ['config', 'run', 'publish-layers', 'report', 'adapters', 'cli'],
  cli: [
    ...['config', 'run', 'select-environment', 'publish-layers', 'report', 'operate', 'setup', 'action'],
    'adapters'
  ]
}

/** What breaks the rule today, file by file, and why. Nothing is added here without its reason. */
const allowedSo = [
  {
    because: 'The facts of a deploy hold what it built: the builds are started where they are gathered.',
    from: 'src/publish-layers/observe/observe-deploy.ts',
    to: 'src/build-layers/'
  },
  {
    because: 'What the bucket or the account holds is an archive too, and read and judged as a built one.',
    from: 'src/publish-layers/(observe/contents/|apply/stored-artifact.ts)',
    to: 'src/build-layers/(archive/|inspect|bill-of-materials/)'
  },
  {
    because: 'What a newer commit of the branch wants is told by the same digest that changes are told by.',
    from: 'src/publish-layers/observe/branch-tip.ts',
    to: 'src/detect-changes/source-digest.ts'
  },
  {
    because: 'A template of the team is text under the same bounds as the configuration, with the same refusals.',
    from: 'src/publish-layers/own-template/',
    to: 'src/config/read/text.ts'
  },
  {
    because: 'The policy allows the calls that the engines make, and takes from them which those are.',
    from: 'src/setup/iam-policy/permissions.ts',
    to: 'src/publish-layers/engines/listing.ts'
  }
]

const inFolders = folders => `^src/(${folders.join('|')})/`
const exact = path => `^${path}`

function mayImport(folder, others) {
  const exceptions = allowedSo.filter(({ from }) => from.startsWith(`src/${folder}/`))
  const allowed = inFolders([folder, ...bottom, ...others])
  const rule = (name, from, to) => ({
    name,
    severity: 'error',
    comment: `${folder} imports ${[...bottom, ...others].join(', ')} alone`,
    from,
    to: { path: '^(src|emulators|scripts|__tests__)/', pathNot: [allowed, ...to] }
  })
  return [
    rule(
      folder,
      {
        path: inFolders([folder]),
        ...(exceptions.length === 0 ? {} : { pathNot: exceptions.map(({ from }) => exact(from)) })
      },
      []
    ),
    ...exceptions.map(({ from, to }, index) => rule(`${folder}-${index + 1}`, { path: exact(from) }, [exact(to)]))
  ]
}

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'Two files that need each other are one idea, or hide a third',
      from: { path: '^(src|emulators)/' },
      to: { circular: true }
    },
    {
      name: 'model',
      severity: 'error',
      comment: 'The core types import nothing else of ours',
      from: { path: '^src/model/' },
      to: { path: '^(src|emulators)/', pathNot: '^src/model/' }
    },
    ...['ports', 'redaction'].map(folder => ({
      name: folder,
      severity: 'error',
      comment: `${folder} imports model alone`,
      from: { path: `^src/${folder}/` },
      to: { path: '^(src|emulators)/', pathNot: `^src/(model|${folder})/` }
    })),
    ...Object.entries(above).flatMap(([folder, others]) => mayImport(folder, others)),
    {
      name: 'new-folder',
      severity: 'error',
      comment: 'A folder of src/ has its place in the list above',
      from: { path: '^src/', pathNot: inFolders([...bottom, ...Object.keys(above)]) },
      to: {}
    },
    {
      name: 'emulators',
      severity: 'error',
      comment: 'An emulator knows nothing of what it tests but the digest',
      from: { path: '^emulators/' },
      to: { path: '^src/', pathNot: '^src/model/' }
    }
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node:|node_modules/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'] }
  }
}
