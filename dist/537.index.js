export const id = 537;
export const ids = [537];
export const modules = {

/***/ 4537:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  configProblems: () => (/* binding */ configProblems),
  parseConfig: () => (/* binding */ parseConfig)
});

// EXTERNAL MODULE: ./.build/model/errors.js
var errors = __webpack_require__(8125);
// EXTERNAL MODULE: ./.build/config/check/check-environments.js + 1 modules
var check_environments = __webpack_require__(4345);
// EXTERNAL MODULE: ./.build/config/check/check-layers.js + 1 modules
var check_layers = __webpack_require__(6796);
// EXTERNAL MODULE: ./.build/config/check/check-names.js
var check_names = __webpack_require__(2415);
// EXTERNAL MODULE: ./.build/config/schema/limits.js
var limits = __webpack_require__(8833);
// EXTERNAL MODULE: ./.build/config/check/misfit.js
var check_misfit = __webpack_require__(2902);
// EXTERNAL MODULE: ./.build/config/check/nearest.js
var nearest = __webpack_require__(6884);
// EXTERNAL MODULE: ./.build/config/regions.js
var regions = __webpack_require__(8400);
;// CONCATENATED MODULE: ./.build/config/schema/rules.js
const list = (of, example) => ({
    expected: `a list of at least one ${of}, each once`,
    mend: `write ${example}`
});
const rules = {
    mapping: { expected: 'a mapping of keys to values', mend: 'write keys and values, indented by spaces' },
    version: { expected: 'the number 1', mend: 'write version: 1, the only version that this action reads' },
    environments: { expected: 'at least one environment by name', mend: 'add an environment under environments' },
    layers: { expected: 'at least one layer by id', mend: 'add a layer under layers' },
    'environment-name': {
        expected: 'an environment name of 1 to 64 letters, digits, - and _ that begins with a letter and is not "plan"',
        mend: 'rename the environment'
    },
    'layer-id': {
        expected: 'a layer id of 1 to 100 letters, digits, - and _ that begins with a letter or _',
        mend: 'rename the layer; its folder is named by path'
    },
    branch: {
        expected: 'an exact branch name',
        mend: 'write the name as git branch shows it, without refs/heads/, patterns or commas; write several as a list'
    },
    branches: list('exact branch name', 'branch: test or branch: [test, develop]'),
    stage: {
        expected: 'a stage of 1 to 64 letters, digits, - and _ that begins with a letter or digit',
        mend: 'write the word that AWS names bear, for example stage: dev'
    },
    'account-id': {
        expected: 'an AWS account id of 12 digits in quotes',
        mend: 'write all 12 digits in quotes, for example account-id: "111122223333"'
    },
    region: { expected: 'a region of aws, aws-cn or aws-us-gov', mend: 'write the region as AWS names it: us-east-2' },
    regions: list('region', 'regions: [us-east-2]'),
    'artifact-bucket': {
        expected: 'the name of an S3 bucket',
        mend: 'write the name without s3:// and without a path, for example 111122223333-code-deployment'
    },
    engine: { expected: 'cloudformation or lambda', mend: 'write engine: cloudformation, or leave the key out' },
    template: {
        expected: 'a name template',
        mend: 'write text with placeholders, for example "{stage}-{layer}-layer"'
    },
    'promote-from': { expected: 'the name of another environment', mend: 'write the name of another environment' },
    'share-with': {
        expected: 'a list of account ids, or one organization id (o- and 10 to 32 lower-case letters and digits), or public',
        mend: 'write for example share-with: ["444455556666"], or share-with: o-a1b2c3d4e5'
    },
    'shared-accounts': {
        expected: 'a list of 1 to 50 account ids, each once',
        mend: 'write for example share-with: ["444455556666"]; share with more accounts by their organization id'
    },
    'share-publicly': {
        expected: 'true',
        mend: 'write share-publicly: true beside share-with: public, or delete the key'
    },
    'function-name': {
        expected: 'the name of a Lambda function, * for any letters',
        mend: 'write the name without account, region and version, for example orders or "billing-*"'
    },
    'function-names': list('function name', 'functions: [orders, "billing-*"]'),
    encryption: {
        expected: 'aes256, or a mapping with kms-key',
        mend: 'write encryption: aes256, or encryption: { kms-key: "arn:aws:kms:us-east-2:111122223333:key/…" }'
    },
    'kms-key': {
        expected: 'the ARN of a KMS key (not of an alias), in which {region} may stand for the region',
        mend: 'write the ARN that aws kms describe-key shows, in quotes'
    },
    boolean: { expected: 'true or false', mend: 'write true or false, without quotes' },
    'required-checks': {
        expected: 'a list of check names, or a mapping with names, skipped and wait-minutes',
        mend: 'write for example required-checks: [unit tests, lint]'
    },
    checks: list('name of a check or status context', '[unit tests, lint]'),
    check: {
        expected: 'the name of a check or the context of a status',
        mend: 'write the name as the pull request shows it, on one line of at most 255 characters'
    },
    skipped: { expected: 'success or failure', mend: 'write skipped: failure, or leave the key out' },
    'wait-minutes': { expected: 'a number of minutes from 0 to 60', mend: 'write for example wait-minutes: 10' },
    minimum: { expected: 'a percentage from 0 to 100', mend: 'write for example minimum: 80, without the sign' },
    concurrency: { expected: 'a whole number from 1 to 64', mend: 'write for example concurrency: 8' },
    runtime: {
        expected: 'a Lambda runtime identifier',
        mend: 'write it as AWS names it, for example python3.10'
    },
    runtimes: {
        expected: 'a list of 1 to 15 Lambda runtimes, each once',
        mend: 'write compatible-runtimes: [python3.10]'
    },
    architecture: { expected: 'x86_64 or arm64', mend: 'write compatible-architectures: [x86_64]' },
    architectures: list('architecture (x86_64, arm64)', 'compatible-architectures: [x86_64]'),
    path: {
        expected: 'a relative path with / between its parts, without .., ., .git, empty parts or a leading -, : or ~',
        mend: 'write the path as git ls-files shows it, for example libraries/da_flask'
    },
    paths: { expected: 'a list of relative paths, each once', mend: 'write for example [constraints.txt]' },
    source: list('relative path', 'source: [da_flask]'),
    description: {
        expected: 'a description of one line, 1 to 256 characters',
        mend: 'shorten the description, fold it with >-, or leave it out'
    },
    'license-info': {
        expected: 'a licence in one line of 1 to 512 characters',
        mend: 'write an SPDX identifier, the URL of the licence, or leave the key out'
    },
    command: { expected: 'a command', mend: 'write the command line as text, or leave the key out' },
    'own-template': {
        expected: 'the path of a template, or a mapping with file, parameters and capabilities',
        mend: 'write for example template: da_flask/template.yaml'
    },
    'template-parameters': {
        expected: 'at least one parameter by name',
        mend: 'write for example parameters: { Stage: "{stage}" }, or leave the key out'
    },
    'template-parameter-name': {
        expected: 'the name of a template parameter, 1 to 255 letters and digits',
        mend: 'write the name as it stands under Parameters in the template'
    },
    'template-parameter': {
        expected: 'the value of a template parameter as text in one line',
        mend: 'put the value in quotes'
    },
    capability: {
        expected: 'CAPABILITY_IAM, CAPABILITY_NAMED_IAM or CAPABILITY_AUTO_EXPAND',
        mend: 'write it as CloudFormation names it, or leave the key out'
    },
    capabilities: list('capability', 'capabilities: [CAPABILITY_IAM]'),
    'source-distributions': {
        expected: 'true or false',
        mend: 'write source-distributions: true, or leave the key out'
    },
    'build-method': {
        expected: 'project, requirements or prebuilt',
        mend: 'write one of them, or leave the key out: then the folder decides'
    },
    installer: { expected: 'auto, uv or pip', mend: 'write installer: auto, or leave the key out' },
    glob: {
        expected: 'a glob pattern that does not begin with !',
        mend: 'write patterns of what is left out, for example "**/tests/**"'
    },
    globs: { expected: 'a list of glob patterns, each once', mend: 'write for example exclude: ["**/tests/**"]' },
    'allowed-secret': {
        expected: 'a path or glob in the content whose last part is not made of wildcards alone, without a leading ! or /',
        mend: 'name the file that the error names, for example python/da_flask/example.pem, or a glob like python/x/tests/*.pem'
    },
    'build-variable': {
        expected: 'the name of a variable that is none of the keys of AWS, of the inputs of this action, and of the files and tokens of the runner',
        mend: 'name what the build needs, under a name of its own, for example environment: [PRIVATE_INDEX_TOKEN]'
    },
    'build-environment': {
        expected: 'a list of names of variables, each once',
        mend: 'write for example environment: [MY_SETTING]'
    },
    'allow-secrets': {
        expected: 'a list of paths or globs, each once',
        mend: 'write for example allow-secrets: [python/da_flask/example.pem]'
    }
};
function isRuleName(text) {
    return Object.hasOwn(rules, text);
}

// EXTERNAL MODULE: ./node_modules/zod/v4/core/api.js + 1 modules
var api = __webpack_require__(3305);
// EXTERNAL MODULE: ./node_modules/zod/v4/mini/schemas.js + 5 modules
var schemas = __webpack_require__(8395);
// EXTERNAL MODULE: ./.build/config/schema/defaults.js
var defaults = __webpack_require__(368);
// EXTERNAL MODULE: ./node_modules/zod/v4/core/core.js
var core = __webpack_require__(8532);
;// CONCATENATED MODULE: ./.build/config/schema/schema-parts.js



core/* config */.$W({ jitless: true });
const schema_parts_text = (rule, pattern, longest) => {
    const shaped = schemas/* string */.YjP({ error: rule }).check(api/* _regex */.Fk(pattern, { error: rule }));
    return longest === undefined ? shaped : shaped.check(api/* _maxLength */.Eb(longest, { error: rule }));
};
const path = schema_parts_text('path', limits/* pathPattern */.s$);
const schema_parts_list = (rule, entry, least = 1) => schemas/* array */.YOg(entry, { error: rule }).check(api/* _minLength */.m9(least, { error: rule }), schemas/* refine */.YPB(entries => new Set(entries).size === entries.length, { error: rule }), schemas/* meta */.mIj({ uniqueItems: true }));
const named = (rule, name, value) => schemas/* record */.g1P(name, value, { error: rule }).check(schemas/* refine */.YPB(entries => Object.keys(entries).length > 0, { error: rule }), schemas/* meta */.mIj({ minProperties: 1 }));
const recreateFailedStacks = schemas/* optional */.lqM(schemas/* boolean */.zMY({ error: 'boolean' }))
    .check(schemas/* describe */.q0y('Delete a stack of ours whose creation failed (`ROLLBACK_COMPLETE`) and that holds no layer version, and create it anew. ' +
    'Engine `cloudformation` only.'), schemas/* meta */.mIj({ default: defaults/* configDefaults */.b.recreateFailedStacks }));
const buildMethod = schemas/* optional */.lqM(schemas/* enum */.k5n(['project', 'requirements', 'prebuilt'], { error: 'build-method' }))
    .check(schemas/* describe */.q0y('Forces one way: `project` installs the folder itself, `requirements` a list and copies the packages, `prebuilt` takes `python/` and the like as they are.'));
const reportConsumers = schemas/* optional */.lqM(schemas/* boolean */.zMY({ error: 'boolean' }))
    .check(schemas/* describe */.q0y('Name the functions and aliases of the account that use an older version of a layer, in the report of a plan and a deploy. See [rollout.md](rollout.md).'), schemas/* meta */.mIj({ default: defaults/* configDefaults */.b.reportConsumers }));
const functionName = schema_parts_text('function-name', /^(?!\*+$)[A-Za-z0-9_*-]{1,64}$/);
const consumers = schemas/* strictObject */.rej({
    functions: schema_parts_list('function-names', functionName).check(schemas/* describe */.q0y('Names of functions that `rollout` may move; `*` stands for any letters.'))
}, { error: 'mapping' });
const encryptionByKey = schemas/* strictObject */.rej({ 'kms-key': schema_parts_text('kms-key', limits/* kmsKeyPattern */.dQ).check(schemas/* describe */.q0y('The ARN of the key; `{region}` is replaced.')) }, { error: 'mapping' });
const encryption = schemas/* optional */.lqM(schemas/* union */.KCZ([schemas/* literal */.euz('aes256', { error: 'encryption' }), encryptionByKey], { error: 'encryption' }))
    .check(schemas/* describe */.q0y('What is said with every object that is written to the bucket: `aes256`, or a mapping with `kms-key`. Needed where a ' +
    'policy demands it; without it the bucket decides.'));
const checks = schema_parts_list('checks', schema_parts_text('check', limits/* linePattern */.HE, 255));
const requiredChecks = schemas/* strictObject */.rej({
    names: checks.check(schemas/* describe */.q0y('Names of checks or contexts of statuses. The name of a matrix job means all its jobs: `test` means `test (3.10)` too.')),
    skipped: schemas/* optional */.lqM(schemas/* enum */.k5n(['success', 'failure'], { error: 'skipped' }))
        .check(schemas/* describe */.q0y('What a skipped check counts as.'), schemas/* meta */.mIj({ default: defaults/* configDefaults */.b.skippedCheck })),
    'wait-minutes': schemas/* optional */.lqM(schemas/* number */.aig({ error: 'wait-minutes' })
        .check(api/* _gte */.qm(0, { error: 'wait-minutes' }), api/* _lte */.Zm(60, { error: 'wait-minutes' })))
        .check(schemas/* describe */.q0y('How long a check that has not ended, or not begun, is waited for.'), schemas/* meta */.mIj({ default: defaults/* configDefaults */.b.waitMinutes }))
}, { error: 'mapping' });

;// CONCATENATED MODULE: ./.build/config/schema/build-schema.js




const command = schema_parts_text('command', limits/* commandPattern */.s5, 10_000);
const build = schemas/* strictObject */.rej({
    command: schemas/* optional */.lqM(command)
        .check(schemas/* describe */.q0y('A command that writes the content into `$LAYER_BUILD_DIR`. Excludes the next five keys.')),
    requirements: schemas/* optional */.lqM(path)
        .check(schemas/* describe */.q0y("A requirements file, or a lock (`uv.lock`, `poetry.lock`, `pdm.lock`, `pylock.toml`, `Pipfile.lock`), relative to the layer's folder, that " +
        'is installed under `python/`.')),
    method: buildMethod,
    installer: schemas/* optional */.lqM(schemas/* enum */.k5n(['auto', 'uv', 'pip'], { error: 'installer' }))
        .check(schemas/* describe */.q0y('What installs.'), schemas/* meta */.mIj({ default: defaults/* configDefaults */.b.installer })),
    'source-distributions': schemas/* optional */.lqM(schemas/* boolean */.zMY({ error: 'source-distributions' }))
        .check(schemas/* describe */.q0y('Also build packages that have no suitable wheel, on a runner with the Python and the architecture of the layer.'), schemas/* meta */.mIj({ default: defaults/* configDefaults */.b.sourceDistributions })),
    source: schemas/* optional */.lqM(schema_parts_list('source', path))
        .check(schemas/* describe */.q0y("With `requirements`: what of the layer's folder is copied under `python/`, by default its packages. Of a prebuilt folder: what is taken beside `python/` and the like.")),
    exclude: schemas/* optional */.lqM(schema_parts_list('globs', schema_parts_text('glob', limits/* globPattern */.hp, 1024), 0))
        .check(schemas/* describe */.q0y('Globs of what is left out of the archive.')),
    'allow-secrets': schemas/* optional */.lqM(schema_parts_list('allow-secrets', schema_parts_text('allowed-secret', limits/* allowedSecretPattern */.zC, 1024), 0))
        .check(schemas/* describe */.q0y('Paths or globs in the content, for example `python/x/tests/*.pem`: what looks like a secret there is none. Everything else is still refused.')),
    environment: schemas/* optional */.lqM(schema_parts_list('build-environment', schema_parts_text('build-variable', limits/* buildVariablePattern */.lt, 255), 0))
        .check(schemas/* describe */.q0y('Names of variables of the step that the commands of the build may see, beside the ordinary ones. See [building.md](building.md#what-a-build-sees).')),
    check: schemas/* optional */.lqM(command)
        .check(schemas/* describe */.q0y('A command that must succeed with nothing but the built layer and the standard library. `none`: the layer is not even imported.'))
}, { error: 'mapping' });

;// CONCATENATED MODULE: ./.build/config/schema/schema.js






const accountIdPattern = /^[0-9]{12}$/;
const branch = schema_parts_text('branch', limits/* branchPattern */.LX);
const template = schema_parts_text('template', limits/* linePattern */.HE, 256);
const runtimes = schema_parts_list('runtimes', schema_parts_text('runtime', limits/* runtimePattern */.fo)).check(api/* _maxLength */.Eb(limits/* maxRuntimes */.Gk, { error: 'runtimes' }), schemas/* describe */.q0y('Lambda runtimes that the layer is for, at most 15. Required here or under `defaults`.'));
const architectures = schema_parts_list('architectures', schemas/* enum */.k5n(['x86_64', 'arm64'], { error: 'architecture' })).check(schemas/* describe */.q0y('Instruction sets that the layer is for.'), schemas/* meta */.mIj({ default: defaults/* configDefaults */.b.compatibleArchitectures }));
const capabilities = ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'];
const sharedAccounts = schema_parts_list('shared-accounts', schema_parts_text('account-id', accountIdPattern)).check(api/* _maxLength */.Eb(limits/* maxSharedAccounts */.st, { error: 'shared-accounts' }));
const organizationOrPublic = schema_parts_text('share-with', new RegExp(`${limits/* organizationPattern */.eA.source}|^public$`));
const coverage = schemas/* strictObject */.rej({
    report: path.check(schemas/* describe */.q0y("Cobertura XML, coverage.py JSON or LCOV, relative to the superproject's root, outside the layer's folder.")),
    minimum: schemas/* number */.aig({ error: 'minimum' })
        .check(api/* _gte */.qm(0, { error: 'minimum' }), api/* _lte */.Zm(100, { error: 'minimum' }), schemas/* describe */.q0y('In percent.'))
}, { error: 'mapping' });
const environment = schemas/* strictObject */.rej({
    branch: schemas/* union */.KCZ([branch, schema_parts_list('branches', branch)], { error: 'branches' })
        .check(schemas/* describe */.q0y('Exact name, or list of names, of the branches that deploy here. A branch maps to one environment.')),
    stage: schema_parts_text('stage', /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/).check(schemas/* describe */.q0y('The word that stands in AWS names: `dev`, `prod`.')),
    'account-id': schema_parts_text('account-id', accountIdPattern).check(schemas/* describe */.q0y('The AWS account, 12 digits in quotes. Nothing is written to any other.')),
    regions: schema_parts_list('regions', schema_parts_text('region', regions/* regionPattern */.xY)).check(schemas/* describe */.q0y('The regions to publish in, all of one partition.')),
    'artifact-bucket': schema_parts_text('artifact-bucket', limits/* linePattern */.HE, 256).check(schemas/* describe */.q0y('Bucket for the archives, owned by the account. Lambda reads only from a bucket in its own region: with several ' +
        'regions the name holds `{region}`. May also hold `{stage}` and `{environment}`.')),
    engine: schemas/* optional */.lqM(schemas/* enum */.k5n(['cloudformation', 'lambda'], { error: 'engine' }))
        .check(schemas/* describe */.q0y('How a version is published: through one stack per layer and region, or directly.'), schemas/* meta */.mIj({ default: defaults/* configDefaults */.b.engine })),
    'layer-name': schemas/* optional */.lqM(template)
        .check(schemas/* describe */.q0y('Template of the layer names: `{stage}`, `{layer}`, `{environment}`. `_` in the layer id becomes `-`.'), schemas/* meta */.mIj({ default: defaults/* configDefaults */.b.layerName })),
    'stack-name': schemas/* optional */.lqM(template)
        .check(schemas/* describe */.q0y('Template of the stack names, engine `cloudformation` only. By default the layer name.')),
    'promote-from': schemas/* optional */.lqM(schema_parts_text('promote-from', limits/* linePattern */.HE, 64))
        .check(schemas/* describe */.q0y('Another environment: content that it has not proven is refused.')),
    'required-checks': schemas/* optional */.lqM(schemas/* union */.KCZ([checks, requiredChecks], { error: 'required-checks' }))
        .check(schemas/* describe */.q0y('Checks and statuses that must have succeeded for the very commit that is deployed: a list of names, or a mapping. See below.')),
    concurrency: schemas/* optional */.lqM(schemas/* number */.aig({ error: 'concurrency' })
        .check(schemas/* refine */.YPB(Number.isInteger, { error: 'concurrency' }), api/* _gte */.qm(1, { error: 'concurrency' }), api/* _lte */.Zm(64, { error: 'concurrency' })))
        .check(schemas/* describe */.q0y('How many layers × regions are worked on at once, 1 to 64.'), schemas/* meta */.mIj({ type: 'integer', default: defaults/* configDefaults */.b.concurrency })),
    'termination-protection': schemas/* optional */.lqM(schemas/* boolean */.zMY({ error: 'boolean' }))
        .check(schemas/* describe */.q0y('Whether the stacks are protected from deletion, engine `cloudformation` only. Without it they stay as they are.')),
    'ssm-parameter': schemas/* optional */.lqM(template)
        .check(schemas/* describe */.q0y('Template of the name of an SSM parameter that holds the current layer version ARN, engine `cloudformation` only: ' +
        '`{stage}`, `{layer}`, `{region}`, `{environment}`. See [sharing.md](sharing.md).')),
    'share-with': schemas/* optional */.lqM(schemas/* union */.KCZ([sharedAccounts, organizationOrPublic], { error: 'share-with' }))
        .check(schemas/* describe */.q0y('Who may use the layer versions: a list of account ids in quotes, or one organization id, or `public`. See ' +
        '[sharing.md](sharing.md).')),
    'share-publicly': schemas/* optional */.lqM(schemas/* literal */.euz(true, { error: 'share-publicly' }))
        .check(schemas/* describe */.q0y('Confirms `share-with: public`, and stands nowhere else.')),
    'recreate-failed-stacks': recreateFailedStacks,
    'report-consumers': reportConsumers,
    encryption: encryption
}, { error: 'mapping' });
const ownTemplate = schemas/* strictObject */.rej({
    file: path.check(schemas/* describe */.q0y("The template, relative to the superproject's root; it may lie inside the layer's submodule.")),
    parameters: schemas/* optional */.lqM(named('template-parameters', schema_parts_text('template-parameter-name', /^[A-Za-z0-9]{1,255}$/), schema_parts_text('template-parameter', /^[^\p{Cc}]{0,4096}$/u)))
        .check(schemas/* describe */.q0y("Values of the template's parameters, in quotes. `{stage}`, `{layer}` and `{environment}` are replaced.")),
    capabilities: schemas/* optional */.lqM(schema_parts_list('capabilities', schemas/* enum */.k5n(capabilities, { error: 'capability' })))
        .check(schemas/* describe */.q0y('What CloudFormation wants acknowledged, for example where the template makes IAM roles.'))
}, { error: 'mapping' });
const schema_layer = schemas/* strictObject */.rej({
    path: path.check(schemas/* describe */.q0y("A submodule, or any folder, relative to the superproject's root.")),
    'also-watch': schemas/* optional */.lqM(schema_parts_list('paths', path, 0))
        .check(schemas/* describe */.q0y('Further files and folders that the layer is built from.')),
    description: schemas/* optional */.lqM(schema_parts_text('description', limits/* linePattern */.HE, limits/* maxDescriptionLength */.T3))
        .check(schemas/* describe */.q0y('At most 256 characters, with engine `lambda` at most 181.')),
    'license-info': schemas/* optional */.lqM(schema_parts_text('license-info', limits/* linePattern */.HE, limits/* maxLicenseInfoLength */.AP))
        .check(schemas/* describe */.q0y('SPDX identifier, URL or text of the licence.')),
    'compatible-runtimes': schemas/* optional */.lqM(runtimes),
    'compatible-architectures': schemas/* optional */.lqM(architectures),
    coverage: schemas/* optional */.lqM(coverage)
        .check(schemas/* describe */.q0y('What its tests must have covered: `report` and `minimum`. Checked where the layer changed.')),
    build: schemas/* optional */.lqM(build).check(schemas/* describe */.q0y('How the folder becomes a layer. See below for what holds without it.')),
    template: schemas/* optional */.lqM(schemas/* union */.KCZ([path, ownTemplate], { error: 'own-template' }))
        .check(schemas/* describe */.q0y('An own CloudFormation or SAM template of the stack: its path, or a mapping. [More](templates.md).')),
    consumers: schemas/* optional */.lqM(consumers).check(schemas/* describe */.q0y('Who uses the layer: what `rollout` may move. [More](rollout.md).'))
}, { error: 'mapping' });
const configSchema = schemas/* strictObject */.rej({
    version: schemas/* literal */.euz(1, { error: 'version' }).check(schemas/* describe */.q0y('Version of this format.')),
    environments: named('environments', schema_parts_text('environment-name', /^(?!plan$)[A-Za-z][A-Za-z0-9_-]{0,63}$/), environment).check(schemas/* describe */.q0y('Where to deploy, by name.')),
    defaults: schemas/* optional */.lqM(schemas/* strictObject */.rej({ 'compatible-runtimes': schemas/* optional */.lqM(runtimes), 'compatible-architectures': schemas/* optional */.lqM(architectures) }, { error: 'mapping' }))
        .check(schemas/* describe */.q0y('What holds for every layer that does not say otherwise.')),
    layers: named('layers', schema_parts_text('layer-id', /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/), schema_layer).check(schemas/* describe */.q0y('What to deploy, by layer id.'))
}, { error: 'mapping' });
const knownKeys = {
    '': Object.keys(configSchema.shape),
    'environments.<name>': Object.keys(environment.shape),
    defaults: ['compatible-runtimes', 'compatible-architectures'],
    'layers.<id>': Object.keys(schema_layer.shape),
    'layers.<id>.build': Object.keys(build.shape),
    'layers.<id>.template': Object.keys(ownTemplate.shape),
    'environments.<name>.encryption': Object.keys(encryptionByKey.shape),
    'environments.<name>.required-checks': Object.keys(requiredChecks.shape),
    'layers.<id>.coverage': Object.keys(coverage.shape),
    'layers.<id>.consumers': Object.keys(consumers.shape)
};

;// CONCATENATED MODULE: ./.build/config/schema/issues.js






const mostKeys = 100;
function misfitsOf(issues, writtenAt) {
    const misfits = issues.flatMap(issue => misfitsOfIssue(issue, writtenAt, []));
    const mistyped = new Set(misfits.map(({ meant }) => meant).filter(meant => meant !== undefined));
    return misfits.filter(({ path, meant }) => meant !== undefined || !mistyped.has((0,check_misfit/* dotted */.Bs)(path)));
}
function misfitsOfIssue(issue, writtenAt, parent) {
    const path = [...parent, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
        return issue.keys.slice(0, mostKeys).map(key => unknownKey(path, key));
    }
    if (issue.code === 'invalid_union') {
        const fitting = issue.errors.find(errors => errors.every(({ code, path: inner }) => code !== 'invalid_type' || inner.length > 0));
        if (fitting !== undefined)
            return fitting.flatMap(inner => misfitsOfIssue(inner, writtenAt, path));
    }
    const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? '') : issue.message;
    const rule = isRuleName(message) ? message : 'mapping';
    if (issue.code === 'invalid_key') {
        const key = String(path.at(-1));
        return [{ path, at: 'key', finding: { ...rules[rule], found: (0,check_misfit/* quoted */.TL)(key) } }];
    }
    return [{ path, finding: valueFinding(path, rule, writtenAt(path)) }];
}
function valueFinding(path, rule, written) {
    const { expected, mend } = rules[rule];
    const key = path.at(-1);
    if (written.value === undefined && typeof key === 'string') {
        const where = path.length === 1 ? 'at the top level' : `under ${(0,check_misfit/* dotted */.Bs)(path.slice(0, -1))}`;
        return { expected: `the key ${key} ${where} (${expected})`, found: 'no such key', mend: `add ${key}: ${mend}` };
    }
    const name = path.length === 0 ? 'the file' : (0,check_misfit/* dotted */.Bs)(path);
    const finding = { expected: `${name} to be ${expected}`, found: found(written, rule), mend };
    const near = suggestion(rule, written.value);
    if (near !== null)
        return { ...finding, mend: `write ${near} if that is what you mean; else ${mend}` };
    if (rule === 'account-id' && /^[0-9]{12}$/.test(written.source ?? '') && typeof written.value === 'number') {
        const quotes = `"${written.source ?? ''}"`;
        return { ...finding, mend: `put the number in quotes: ${key === 'account-id' ? `account-id: ${quotes}` : quotes}` };
    }
    return finding;
}
function found({ value, source }, rule) {
    const what = (0,check_misfit/* shown */.SP)(value, source);
    if (rule === 'account-id' && typeof value === 'number') {
        return `${what} without quotes (YAML then drops leading zeros and reads 0o… as octal)`;
    }
    if (Array.isArray(value) && new Set(value).size < value.length) {
        const twice = value.find((entry, index) => value.indexOf(entry) !== index);
        return `${(0,check_misfit/* shown */.SP)(twice)} twice`;
    }
    if (Array.isArray(value) && value.length > 0)
        return `a list of ${value.length}`;
    if (rule === 'boolean')
        return `${what}${yesNote(value)}`;
    return typeof value === 'string' && value.length > 80 ? `${what} (${value.length} characters)` : what;
}
function suggestion(rule, value) {
    if (typeof value !== 'string')
        return null;
    const candidates = {
        region: regions/* knownRegions */.fr,
        runtime: limits/* knownRuntimes */.Dn,
        architecture: ['x86_64', 'arm64'],
        engine: ['cloudformation', 'lambda'],
        'share-with': ['public'],
        'build-method': ['project', 'requirements', 'prebuilt'],
        installer: ['auto', 'uv', 'pip'],
        capability: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND']
    };
    return (0,nearest/* nearest */.p)(value, candidates[rule] ?? []);
}
function unknownKey(parent, key) {
    const section = sectionOf(parent);
    const misfit = { path: [...parent, key], at: 'key' };
    const known = knownKeys[section];
    const where = section === '' ? 'at the top level' : `under ${(0,check_misfit/* dotted */.Bs)(parent)}`;
    const expected = `one of the keys ${known.join(', ')} ${where}`;
    const near = (0,nearest/* nearest */.p)(key, known);
    if (near !== null) {
        const found = `${(0,check_misfit/* quoted */.TL)(key)} (did you mean ${near}?)`;
        return {
            ...misfit,
            meant: (0,check_misfit/* dotted */.Bs)([...parent, near]),
            finding: { expected, found, mend: `write ${near}, or delete the key` }
        };
    }
    const sections = Object.keys(knownKeys);
    const elsewhere = sections.find(other => knownKeys[other].includes(key));
    const mend = elsewhere === undefined
        ? 'rename or delete the key'
        : `move ${key} to ${elsewhere === '' ? 'the top level' : elsewhere}`;
    return { ...misfit, finding: { expected, found: `the unknown key ${(0,check_misfit/* quoted */.TL)(key)}`, mend } };
}
function sectionOf(path) {
    if (path.length === 0)
        return '';
    if (path[0] === 'environments') {
        if (path.length <= 2)
            return 'environments.<name>';
        return path[2] === 'encryption' ? 'environments.<name>.encryption' : 'environments.<name>.required-checks';
    }
    if (path[0] === 'defaults')
        return 'defaults';
    if (path.length <= 2)
        return 'layers.<id>';
    if (path[2] === 'template')
        return 'layers.<id>.template';
    return path[2] === 'coverage' ? 'layers.<id>.coverage' : 'layers.<id>.build';
}
function yesNote(value) {
    return typeof value === 'string' && /^(?:y|n|yes|no|on|off)$/i.test(value) ? ', which YAML 1.2 reads as text' : '';
}

// EXTERNAL MODULE: ./.build/config/read/text.js
var read_text = __webpack_require__(1219);
// EXTERNAL MODULE: ./.build/config/read/to-config.js
var to_config = __webpack_require__(4448);
// EXTERNAL MODULE: ./.build/config/read/yaml-document.js
var yaml_document = __webpack_require__(241);
;// CONCATENATED MODULE: ./.build/config/load.js









const mostProblems = 100;
const mostCompared = 1000;
function parseConfig(text, file) {
    const read = readConfig(text, file);
    if ('config' in read)
        return read.config;
    throw (0,errors/* errorOfAll */.h5)(read.problems);
}
function configProblems(text, file) {
    const read = readConfig(text, file);
    return 'config' in read ? [] : read.problems;
}
function readConfig(text, file) {
    const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
    const refused = (0,read_text/* refusedText */.cN)(body, file);
    if (refused !== null)
        return { problems: [refused] };
    const document = (0,yaml_document/* readYaml */.g)(body);
    if ('findings' in document)
        return { problems: problemsIn(file, document.findings) };
    const place = (misfits) => problemsIn(file, misfits.slice(0, mostCompared).map(({ path, at, finding }) => ({ finding, ...document.placeOf(path, at) })));
    const parsed = configSchema.safeParse(document.value);
    if (!parsed.success) {
        const writtenAt = (path) => ({ value: valueAt(document, path), source: document.sourceOf(path) });
        return { problems: place(misfitsOf(parsed.error.issues.slice(0, mostCompared), writtenAt)) };
    }
    const config = (0,to_config/* toConfig */.q)(parsed.data);
    const misfits = [...(0,check_environments/* checkEnvironments */.p)(parsed.data), ...(0,check_layers/* checkLayers */.H)(parsed.data, config)];
    const all = misfits.length > 0 ? misfits : (0,check_names/* checkNames */.L)(parsed.data, config);
    return all.length > 0 ? { problems: place(all) } : { config };
}
function problemsIn(file, findings) {
    return findings
        .toSorted((a, b) => a.line - b.line || a.column - b.column)
        .slice(0, mostProblems)
        .map(({ line, column, finding }) => new errors/* CodedError */.AK('CONFIG_INVALID', finding, { location: { file, line, column } }));
}
function valueAt(document, path) {
    return path.reduce((value, key) => typeof value === 'object' && value !== null ? value[key] : undefined, document.value);
}


/***/ })

};
