import js from '@eslint/js'
import tseslint from 'typescript-eslint'

/** The pure part: values in, values out. It may not see the process, the network, the disk or the clock. */
const pure = [
  'src/model.ts',
  'src/errors.ts',
  'src/config/**',
  'src/detect-changes/{gitlink-diff,source-digest,changes,base-revision,tree}.ts',
  'src/select-environment/**',
  'src/operate/iam-policy/**',
  'src/operate/init/**',
  'src/operate/doctor/**',
  'src/build-layers/choose-method.ts',
  'src/build-layers/install/python-target.ts',
  'src/build-layers/inspect/{inspect-content,found-secrets,package-sizes,unsafe-paths,secret-rules,compiled-code,wheel-tags,file-traits,anchor-search,anchor-tables}.ts',
  'src/publish-layers/{plan,plan-sizes,guards,names,template,stack-status,deployed,access,stack-access}.ts',
  'src/report/{annotations,render,comment,comment-document,comment-merge,summary,promotion-picture,escape,redact,context,outputs,matrix,status,call-budget,row-detail,access-text,sizes,submodule-repository}.ts',
  'src/publish-layers/own-template/!(observe-templates).ts',
  'src/publish-layers/gates/{coverage-report,gate-verdicts,gate-config}.ts'
]
const adapters = ['**/adapters/*', '**/adapters/**']
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
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 60, skipComments: true }]
    }
  },
  {
    files: ['src/**'],
    ignores: ['src/main.ts', 'src/post.ts', 'src/index.ts', 'src/cli/**', 'src/adapters/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: adapters, message: 'Only main, cli and post wire adapters.' }] }
      ]
    }
  },
  {
    files: pure,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: adapters, message: 'Only main, cli and post wire adapters.' },
            { group: effects, message: 'A pure file: values in, values out.', allowTypeImports: true }
          ]
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
