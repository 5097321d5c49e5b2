import js from '@eslint/js'
import regexp from 'eslint-plugin-regexp'
import tseslint from 'typescript-eslint'

/** The pure folders: values in, values out. They may not see the process, the network, the disk or the clock. */
const pure = [
  'src/{model,config,select-environment,detect-changes,redaction,report,setup}/**',
  'src/publish-layers/{plan,promotion,own-template}/**',
  'src/publish-layers/*.ts',
  'src/build-layers/inspect/{*,secrets/*}.ts'
]
/** What reads the world, or digests it, in a pure folder: each named for it. */
const impure = [
  'src/model/digest.ts',
  'src/config/read/config-file.ts',
  'src/redaction/neutral-commands.ts',
  'src/report/comment/deliver-comment.ts',
  'src/publish-layers/own-template/observe-templates.ts',
  'src/build-layers/inspect/installed-packages.ts',
  'src/build-layers/inspect/secrets/secret-scan.ts'
]
const effects = ['node:*', 'fs', 'path', 'child_process', '@actions/*', '@aws-sdk/*', '@octokit/*']

export default tseslint.config(
  { ignores: ['dist/', '.build/', '.ci/', 'node_modules/', 'demo-output/', 'coverage/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/dot-notation': 'off',
      // There are no enums and hardly a class here: a quarter of the time for what cannot be found.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true }]
    }
  },
  {
    // Texts of commits, environments, files and servers may be long and hostile: every expression takes linear time (F141).
    files: ['src/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'certain' }],
      'regexp/no-super-linear-move': 'error'
    }
  },
  {
    files: pure,
    ignores: impure,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group: effects, message: 'A pure file: values in, values out.', allowTypeImports: true }]
        }
      ],
      'no-restricted-globals': ['error', 'process', 'Buffer', 'fetch', 'setTimeout', 'setInterval'],
      'no-restricted-properties': ['error', { object: 'Date', property: 'now' }, { object: 'Math', property: 'random' }]
    }
  },
  {
    files: ['__tests__/**', 'bench/**'],
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off'
    }
  },
  {
    files: ['**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } }
  }
)
