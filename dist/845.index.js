export const id = 845;
export const ids = [845];
export const modules = {

/***/ 7845:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  init: () => (/* binding */ init)
});

// EXTERNAL MODULE: ./.build/model/errors.js
var errors = __webpack_require__(8125);
;// CONCATENATED MODULE: ./.build/setup/init/facts.js
const productionBranches = ['main', 'master', 'production'];
const sandboxBranches = ['test', 'sandbox', 'staging', 'develop', 'dev'];
const signs = ['python/', 'pyproject.toml', 'setup.py', 'requirements.txt'];
const otherPurposes = /^(\.|_|(docs?|tests?|scripts?|tools?|examples?|bench|node_modules|venv|build|dist)\/)/;
async function initFacts(git, files) {
    const gitlinks = await git.readGitlinks(await git.headCommit(), ['.']);
    const submodules = gitlinks.map(({ path }) => ({ path, kind: 'submodule' }));
    const folders = (await foldersOf(files)).filter(path => !submodules.some(one => one.path === path));
    const layers = [...submodules, ...folders.map((path) => ({ path, kind: 'folder' }))];
    return {
        layers,
        productionBranch: await firstBranch(git, productionBranches),
        sandboxBranch: await firstBranch(git, sandboxBranches),
        runtime: await runtimeOf(files, ['', ...layers.map(({ path }) => `${path}/`)])
    };
}
async function foldersOf(files) {
    const folders = (await files.list('.')).filter(name => name.endsWith('/') && !otherPurposes.test(name));
    const holding = await Promise.all(folders.map(async (name) => ({ name, holds: await files.list(name.slice(0, -1)) })));
    return holding.filter(({ holds }) => signs.some(sign => holds.includes(sign))).map(({ name }) => name.slice(0, -1));
}
async function firstBranch(git, names) {
    for (const name of names)
        if ((await git.remoteBranchTip(name)) !== null)
            return name;
    return null;
}
async function runtimeOf(files, folders) {
    for (const folder of folders) {
        const exact = /^\s*(3\.\d+)/.exec((await files.read(`${folder}.python-version`)) ?? '');
        const project = /^requires-python\s*=\s*["'][^"']*?(3\.\d+)/m.exec((await files.read(`${folder}pyproject.toml`)) ?? '');
        const version = exact?.[1] ?? project?.[1];
        if (version !== undefined)
            return `python${version}`;
    }
    return null;
}

;// CONCATENATED MODULE: ./.build/setup/init/layer-ids.js
const longest = 100;
function withLayerIds(layers) {
    const short = layers.map(({ path }) => idOf(path.split('/').at(-1) ?? path));
    const taken = new Set();
    return layers.map(({ path }, index) => {
        const own = short[index] ?? '';
        const isUnique = short.filter(other => nameOf(other) === nameOf(own)).length === 1;
        let id = isUnique ? own : idOf(path);
        for (let number = 2; taken.has(nameOf(id)); number++)
            id = `${idOf(path).slice(0, longest - 5)}_${number}`;
        taken.add(nameOf(id));
        return { id, path };
    });
}
function idOf(text) {
    const plain = text.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, longest - 1);
    return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
}
function nameOf(id) {
    return id.replaceAll('_', '-').toLowerCase();
}

;// CONCATENATED MODULE: ./.build/setup/init/workflow.js
const checkout = 'actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2';
const credentials = 'aws-actions/configure-aws-credentials@e3dd6a429d7300a6a4c196c26e071d42e0343502 # v4.0.2';
function workflowText({ sandboxBranch, productionBranch, regions, action }) {
    const branches = `[${[...new Set([sandboxBranch, productionBranch])].map(branch => JSON.stringify(branch)).join(', ')}]`;
    const production = productionBranch.replaceAll("'", "''");
    const isProduction = `github.base_ref == '${production}' || github.event.merge_group.base_ref == 'refs/heads/${production}'`;
    const region = regions[0] ?? '';
    return `name: Layers
on:
  pull_request: { branches: ${branches} }
  merge_group: { branches: ${branches} }
  push: { branches: ${branches} }
concurrency:
  group: layers-\${{ github.event_name }}-\${{ github.event.pull_request.number || github.ref }}
  cancel-in-progress: false
permissions: {}
jobs:
  plan:
    if: github.event_name != 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 25
    permissions:
      contents: read
      deployments: read
      id-token: write
      pull-requests: write
      statuses: write
    env:
      # Variables of the repository. Without them a plan compares with the base revision instead of the account.
      PLAN_ROLE: \${{ (${isProduction}) && vars.AWS_PLAN_ROLE_PRODUCTION || vars.AWS_PLAN_ROLE_SANDBOX }}
    steps:
      - uses: ${checkout}
        with: { persist-credentials: true } # submodules that a layer is built from are fetched with them
      - uses: ${credentials}
        if: env.PLAN_ROLE != '' && github.event.pull_request.head.repo.fork != true
        with:
          role-to-assume: \${{ env.PLAN_ROLE }}
          aws-region: ${region}
      - uses: ${action}
  deploy:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 25
    environment: \${{ github.ref_name == '${production}' && 'production' || 'sandbox' }}
    permissions:
      contents: read
      id-token: write
      deployments: write
      pull-requests: write
      statuses: write
    steps:
      - uses: ${checkout}
        with: { persist-credentials: true } # submodules that a layer is built from are fetched with them
      - uses: ${credentials}
        with:
          role-to-assume: \${{ vars.AWS_ROLE_ARN }} # a variable of each environment
          aws-region: ${region}
      - uses: ${action}
`;
}

;// CONCATENATED MODULE: ./.build/setup/init/files.js



const configPath = '.github/layer-deploy.yml';
const workflowPath = '.github/workflows/layers.yml';
function initFiles(facts, answers) {
    const known = complete(facts, answers);
    return [
        { path: configPath, text: configText(facts.layers, known) },
        { path: workflowPath, text: workflowText(known) }
    ];
}
function complete(facts, answers) {
    const { sandboxAccount, productionAccount, regions, action } = answers;
    const runtime = answers.runtime ?? facts.runtime;
    const missing = [
        ...(facts.layers.length === 0 ? ['a submodule, or a folder with python/, pyproject.toml or requirements.txt'] : []),
        ...(isAccount(sandboxAccount) ? [] : ['--sandbox-account (12 digits)']),
        ...(isAccount(productionAccount) ? [] : ['--production-account (12 digits)']),
        ...(regions.length === 0 ? ['--region'] : []),
        ...(runtime === null ? ['--runtime (no .python-version and no requires-python says it)'] : [])
    ];
    if (missing.length > 0 || sandboxAccount === null || productionAccount === null || runtime === null) {
        throw new errors/* CodedError */.AK('CONFIG_INVALID', {
            expected: 'all that a configuration needs, from the repository or the command line',
            found: `nothing for ${missing.join(', ')}`,
            mend: 'give what is named'
        });
    }
    const { sandboxBranch, productionBranch } = facts;
    const branches = { sandboxBranch: sandboxBranch ?? 'test', productionBranch: productionBranch ?? 'main' };
    return { sandboxAccount, productionAccount, regions, runtime, action, ...branches };
}
function isAccount(text) {
    return text !== null && /^\d{12}$/.test(text);
}
function configText(layers, known) {
    const { sandboxAccount, productionAccount, sandboxBranch, productionBranch, runtime } = known;
    const environment = (name, branch, stage, accountId) => [
        `  ${name}:`,
        `    branch: ${quoted(branch)}`,
        `    stage: ${stage}`,
        `    account-id: ${quoted(accountId)}`,
        `    regions: [${known.regions.join(', ')}]`,
        `    artifact-bucket: ${bucket(accountId, known.regions)}`
    ];
    return `${[
        'version: 1',
        'environments:',
        ...environment('sandbox', sandboxBranch, 'dev', sandboxAccount),
        ...environment('production', productionBranch, 'prod', productionAccount),
        '    promote-from: sandbox',
        'defaults:',
        `  compatible-runtimes: [${runtime}]`,
        'layers:',
        ...withLayerIds(layers).map(({ id, path }) => `  ${id}: { path: ${quoted(path)} }`)
    ].join('\n')}\n`;
}
function bucket(accountId, regions) {
    return quoted(regions.length === 1 ? `${accountId}-code-deployment` : `${accountId}-code-deployment-{region}`);
}
function quoted(text) {
    return /^[A-Za-z][\w./-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
        ? text
        : JSON.stringify(text);
}

;// CONCATENATED MODULE: ./.build/setup/init/index.js



async function init({ git, files }, answers, dryRun) {
    for (const path of [configPath, workflowPath]) {
        if ((await files.read(path)) !== null)
            throw exists(path);
    }
    const facts = await initFacts(git, files);
    const generated = initFiles(facts, answers);
    if (!dryRun) {
        for (const { path, text } of generated)
            if ((await files.create(path, text)) === 'exists')
                throw exists(path);
    }
    const branchMissing = facts.sandboxBranch === null ? ['git push origin HEAD:test: no branch for the sandbox exists yet'] : [];
    return {
        files: generated,
        next: [
            ...branchMissing,
            'layer-deploy iam-policy --output iam, then deploy each iam/<environment>/access.template.yml in its account',
            'on GitHub make the environments sandbox and production, each with the variable AWS_ROLE_ARN (DeployRoleArn of its stack)',
            'on GitHub set the repository variables AWS_PLAN_ROLE_SANDBOX and AWS_PLAN_ROLE_PRODUCTION (PlanRoleArn of each stack)',
            'layer-deploy doctor'
        ]
    };
}
function exists(path) {
    return new errors/* CodedError */.AK('FILE_EXISTS', {
        expected: `no file at ${path}`,
        found: 'one',
        mend: 'keep it and edit it by hand, or move it away and run init again'
    });
}


/***/ })

};
