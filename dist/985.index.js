export const id = 985;
export const ids = [985];
export const modules = {

/***/ 985:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  doctor: () => (/* binding */ doctor),
  findingLine: () => (/* reexport */ findingLine)
});

// EXTERNAL MODULE: ./.build/model/errors.js
var errors = __webpack_require__(8125);
// EXTERNAL MODULE: ./.build/config/names.js
var names = __webpack_require__(8245);
// EXTERNAL MODULE: ./.build/config/regions.js
var regions = __webpack_require__(8400);
;// CONCATENATED MODULE: ./.build/setup/doctor/finding.js

const ok = (check, found) => ({ check, level: 'ok', found, mend: null });
const skipped = (check, found) => ({ check, level: 'skipped', found, mend: null });
const warning = (check, found, mend) => ({
    check,
    level: 'warning',
    found,
    mend
});
const problem = (check, found, mend) => ({
    check,
    level: 'problem',
    found,
    mend
});
function findingOf(check, error) {
    if (!(error instanceof errors/* CodedError */.AK) || error.code === 'INTERNAL')
        throw error;
    const { found, mend } = error.finding;
    return error.code === 'ACCESS_DENIED'
        ? warning(check, `not known: ${error.code}, ${error.finding.expected}`, mend)
        : problem(check, `${error.code}: ${found}`, mend);
}
function findingLine({ check, level, found, mend }) {
    const text = `${level.padEnd(8)}${check}: ${found}${mend === null ? '' : `; ${mend}`}`;
    return text.replace(/[\r\n\u2028\u2029]+/g, ' ');
}

;// CONCATENATED MODULE: ./.build/setup/doctor/check-access-key.js

const oldestDays = 90;
const dayMilliseconds = 24 * 60 * 60 * 1000;
const mend = "make a new key and delete the old one, or change to a role with GitHub's OIDC (layer-deploy iam-policy)";
async function checkAccessKey({ inspection, now }, caller) {
    const userName = /^arn:[^:]+:iam::\d+:user\/(?:.*\/)?([^/]+)$/.exec(caller.arn)?.[1];
    if (userName === undefined)
        return ok('access key', 'none: the credentials are temporary');
    const check = `access keys of ${userName}`;
    try {
        const active = (await inspection.accessKeys(userName)).filter(key => key.active);
        const old = active
            .map(({ id, createdAt }) => ({ id, days: Math.floor((now - createdAt) / dayMilliseconds) }))
            .filter(({ days }) => days > oldestDays);
        if (old.length === 0)
            return ok(check, `${active.length} active, none older than ${oldestDays} days`);
        const ages = old.map(({ id, days }) => `…${id.slice(-4)} is ${days} days old`).join(', ');
        return warning(check, ages, mend);
    }
    catch (error) {
        const finding = findingOf(check, error);
        return finding.level === 'warning' ? skipped(check, finding.found) : finding;
    }
}

// EXTERNAL MODULE: ./.build/setup/iam-policy/policy.js + 4 modules
var policy = __webpack_require__(1115);
;// CONCATENATED MODULE: ./.build/setup/doctor/check-permissions.js


async function checkPermissions(inspection, config, environment, caller) {
    const check = `permissions in ${environment.name}`;
    const { permissions } = (0,policy/* policyFor */.K)(config, environment, 'deploy');
    const needed = permissions.filter(({ effect }) => effect === 'Allow');
    try {
        const missing = [];
        for (const permission of needed)
            missing.push(...(await missingOf(inspection, permission, environment, caller)));
        if (missing.length === 0)
            return [ok(check, `all ${needed.flatMap(({ actions }) => actions).length} that a deploy needs`)];
        const mend = `allow it in the policy of ${caller.arn} (layer-deploy iam-policy --environment ${environment.name})`;
        return missing.map(what => problem(check, `no permission for ${what}`, mend));
    }
    catch (error) {
        const finding = findingOf(check, error);
        return [finding.level === 'warning' ? skipped(check, finding.found) : finding];
    }
}
async function missingOf(inspection, { actions, resources, condition }, { accountId, regions }, caller) {
    const ordinary = {
        'aws:RequestedRegion': [regions[0] ?? ''],
        'aws:SecureTransport': ['true'],
        's3:if-none-match': ['*'],
        's3:ResourceAccount': [accountId]
    };
    const answers = await inspection.simulate(policySource(caller.arn), {
        actions,
        resources: resources.map(resource => (resource === '*' ? resource : resource.replaceAll('*', '1'))),
        context: { ...ordinary, ...contextOf(condition) }
    });
    return answers.filter(({ allowed }) => !allowed).map(({ action, resource }) => `${action} on ${resource}`);
}
function contextOf(condition) {
    const entries = Object.values(condition).flatMap(keys => Object.entries(keys));
    return Object.fromEntries(entries.map(([key, values]) => [key, [values].flat().map(value => value.replaceAll('*', '1'))]));
}
function policySource(callerArn) {
    const session = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(callerArn);
    if (session === null)
        return callerArn;
    const [, partition = '', account = '', role = ''] = session;
    return `arn:${partition}:iam::${account}:role/${role}`;
}

;// CONCATENATED MODULE: ./.build/setup/doctor/check-account.js





async function checkAccount(ports, config, only) {
    const environments = config.environments.filter(({ name }) => only === null || name === only);
    const sources = ports.aws.credentialSources();
    if (sources.length === 0) {
        const mend = 'run it with the credentials of an environment (--profile) to have the account looked at, too';
        return [warning('credentials', 'none in any of the places that the AWS SDK looks in', mend)];
    }
    let caller;
    try {
        caller = await ports.aws.callerIdentity();
    }
    catch (error) {
        return [findingOf('credentials', error)];
    }
    const findings = [ok('credentials', `${caller.arn}, from ${sources[0] ?? ''}`)];
    const own = environments.filter(({ accountId }) => accountId === caller.accountId);
    findings.push(accountFinding(environments, own, caller), regionFinding(own, ports.region));
    findings.push(await checkAccessKey(ports, caller));
    for (const environment of environments) {
        if (!own.includes(environment)) {
            findings.push(skipped(`environment ${environment.name}`, `account ${environment.accountId}: not that of the credentials`));
            continue;
        }
        findings.push(...(await checkBuckets(ports, environment)));
        findings.push(...(await checkPermissions(ports.inspection, config, environment, caller)));
    }
    return findings;
}
function accountFinding(all, own, caller) {
    if (own.length > 0)
        return ok('account', `${caller.accountId}, of ${own.map(({ name }) => name).join(' and ')}`);
    const wanted = all.map(({ name, accountId }) => `${accountId} (${name})`).join(' or ');
    return problem('account', `${caller.accountId}, which no environment names`, `use credentials of ${wanted}`);
}
function regionFinding(own, region) {
    const regions = [...new Set(own.flatMap(each => each.regions))];
    if (region === null || regions.length === 0)
        return skipped('region', 'no default region is set; the configuration names them');
    if (regions.includes(region))
        return ok('region', region);
    const mend = `set aws-region to one of ${regions.join(', ')}`;
    return warning('region', `${region}, in which no environment of the account deploys`, mend);
}
async function checkBuckets(ports, environment) {
    const findings = [];
    for (const region of environment.regions) {
        const place = { bucket: (0,names/* artifactBucketOf */.yc)(environment, region), owner: environment.accountId, region };
        try {
            findings.push(...(await checkBucket(ports.inspection, place, environment)));
        }
        catch (error) {
            findings.push(findingOf(`bucket ${place.bucket}`, error));
        }
    }
    return findings;
}
async function checkBucket(inspection, place, environment) {
    const check = `bucket ${place.bucket}`;
    const standing = await inspection.bucket(place);
    switch (standing.kind) {
        case 'missing':
            return [
                problem(check, 'does not exist', `make it in account ${place.owner} (layer-deploy iam-policy gives a template)`)
            ];
        case 'foreign': {
            const mend = `set artifact-bucket to a bucket of the account, or allow s3:ListBucket on arn:${(0,regions/* partitionOf */.iQ)(place.region)}:s3:::${place.bucket}`;
            return [problem(check, `is not of account ${place.owner}, or not for this caller`, mend)];
        }
        case 'other-region': {
            const mend = `use a bucket in ${place.region}: Lambda reads code from no other`;
            return [problem(check, `lies in ${standing.region ?? 'another region'}, not in ${place.region}`, mend)];
        }
        case 'ours': {
            const settings = await Promise.all([
                versioning(inspection, place),
                publicAccess(inspection, place),
                encryption(inspection, place, environment)
            ]);
            return [ok(check, `of account ${place.owner}, in ${place.region}`), ...settings];
        }
    }
}
const versioning = (inspection, place) => setting(place, 'versioning', async (check) => (await inspection.bucketVersioning(place))
    ? ok(check, 'on')
    : warning(check, 'off: what is deleted or altered is gone', 'turn versioning on'));
const publicAccess = (inspection, place) => setting(place, 'public access', async (check) => (await inspection.publicAccessBlocked(place))
    ? ok(check, 'blocked')
    : problem(check, 'not blocked', 'turn all four settings of Block Public Access on'));
const encryption = (inspection, place, environment) => setting(place, 'encryption', async (check) => {
    const algorithm = await inspection.bucketEncryption(place);
    const said = environment.encryption;
    if (said !== null) {
        const asked = said.kind === 'aes256' ? 'AES256' : `aws:kms, ${(0,names/* kmsKeyOf */.MT)(environment, place.region) ?? ''}`;
        return ok(check, `${algorithm ?? 'none'} by default; every object is written with ${asked}`);
    }
    return algorithm === null ? warning(check, 'none', 'turn default encryption on') : ok(check, algorithm);
});
async function setting({ bucket }, name, look) {
    const check = `${name} of bucket ${bucket}`;
    try {
        return await look(check);
    }
    catch (error) {
        const finding = findingOf(check, error);
        return finding.level === 'warning' ? skipped(check, finding.found) : finding;
    }
}

;// CONCATENATED MODULE: ./.build/setup/doctor/check-checkout.js

async function checkCheckout(ports, layers) {
    try {
        const head = await ports.git.headCommit();
        const depth = (await ports.isShallow())
            ? ok('checkout', `shallow at ${head.slice(0, 12)}; a base revision is fetched by its id when it is needed`)
            : ok('checkout', `whole history at ${head.slice(0, 12)}`);
        const found = await Promise.all(layers.map(layer => checkLayer(ports, layer, head)));
        return [depth, ...found];
    }
    catch (error) {
        return [findingOf('checkout', error)];
    }
}
async function checkLayer({ git }, { id, path }, head) {
    const check = `layer ${id}`;
    const [entry] = await git.readEntries(head, [path]);
    if (entry === undefined) {
        return problem(check, `the commit holds nothing at ${path}`, `correct path of the layer ${id}, or commit the folder`);
    }
    if (entry.mode !== '160000')
        return ok(check, `the folder ${path}`);
    const state = await git.checkoutState(path);
    if (state.kind === 'missing')
        return ok(check, `the submodule ${path}, fetched when it is built`);
    if (state.kind === 'not-initialised')
        return ok(check, `the submodule ${path}, fetched when it is built`);
    if (state.commit !== entry.objectId) {
        const mend = `commit the new gitlink if it is meant to be deployed`;
        return warning(check, `${path} is checked out at another commit than the superproject names, which is what is built`, mend);
    }
    if (state.dirtyPaths.length > 0) {
        return warning(check, `${path} holds changes that no commit has: ${state.dirtyPaths.join(', ')}`, 'commit or remove them');
    }
    return ok(check, `the submodule ${path} at ${entry.objectId.slice(0, 12)}`);
}

// EXTERNAL MODULE: ./.build/ports/github.js
var github = __webpack_require__(890);
;// CONCATENATED MODULE: ./.build/setup/doctor/check-token.js


async function checkToken(github, head) {
    const check = 'token';
    if (github === null) {
        return [
            warning(check, 'none, or no repository on GitHub', 'set GITHUB_TOKEN, for example to the output of: gh auth token')
        ];
    }
    if (head === null)
        return [skipped(check, 'no commit to ask about')];
    const questions = [
        ['commit statuses', () => github.listStatuses(head)],
        ['deployments', () => firstPage(github)]
    ];
    return Promise.all(questions.map(([what, ask]) => answerOf(`${check}: ${what}`, ask)));
}
async function firstPage(github) {
    for await (const _page of github.deployments({ environment: 'doctor', task: 'layer-deploy' }))
        return;
}
async function answerOf(check, ask) {
    try {
        await ask();
        return ok(check, 'readable');
    }
    catch (error) {
        if (!(error instanceof github/* GitHubError */.y))
            throw error;
        const mend = error.permission === null ? error.mend : `give the token the permission ${error.permission}`;
        if (error.kind === 'permission' || error.kind === 'not-found')
            return problem(check, error.message, mend);
        if (error.kind === 'validation')
            return skipped(check, 'the commit is not on GitHub');
        return warning(check, error.message, error.kind === 'unavailable' ? 'run doctor again' : error.mend);
    }
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
;// CONCATENATED MODULE: ./.build/setup/doctor/check-workflows.js


const ownAction = /(^|\/)layer-deploy-action(@|$)/;
const ownWorkflow = /(^|\/)layer-deploy-action\/\.github\/workflows\/[^@]+(@|$)/;
const credentialsAction = /^aws-actions\/configure-aws-credentials(@|$)/;
function checkWorkflows(files) {
    const findings = files.flatMap(checkWorkflow);
    if (findings.length > 0)
        return findings;
    return [
        warning('workflow', 'no file of .github/workflows uses this action', 'run layer-deploy init, or add the workflow of the README')
    ];
}
function checkWorkflow({ path, text }) {
    const document = (0,dist/* parseDocument */.Tp)(text);
    if (document.errors.length > 0) {
        if (!text.includes('layer-deploy-action'))
            return [];
        return [problem(path, `no YAML: ${document.errors[0]?.message.split('\n')[0] ?? ''}`, 'mend the file')];
    }
    const workflow = mapping(document.toJS());
    const jobs = Object.entries(mapping(workflow['jobs']))
        .map(([id, job]) => ({ id, job: mapping(job), steps: list(mapping(job)['steps']).map(mapping) }))
        .filter(({ job, steps }) => ownWorkflow.test(usesOf(job)) || steps.some(step => ownAction.test(usesOf(step))));
    if (jobs.length === 0)
        return [];
    const findings = [...triggers(path, workflow), ...jobs.flatMap(job => checkJob(path, workflow, job))];
    return findings.length > 0
        ? findings
        : [ok(path, 'concurrency, permissions, pinned actions and credentials are right')];
}
function triggers(path, workflow) {
    const on = workflow['on'];
    const names = typeof on === 'string' ? [on] : Array.isArray(on) ? on.map(String) : Object.keys(mapping(on));
    return names.includes('pull_request_target')
        ? [problem(path, 'pull_request_target runs with secrets on the code of strangers', 'use pull_request')]
        : [];
}
function checkJob(path, workflow, { id, job, steps }) {
    const place = `${path} job ${id}`;
    return [
        ...concurrency(place, job['concurrency'] ?? workflow['concurrency']),
        ...permissions(place, job['permissions'] ?? workflow['permissions'], job, steps),
        ...[job, ...steps].flatMap(each => pinned(place, usesOf(each))),
        ...steps.flatMap(step => credentials(place, step))
    ];
}
function concurrency(place, value) {
    if (value === undefined || value === null) {
        return [
            warning(place, 'no concurrency: runs of one branch overlap', 'add concurrency: { group: "layers-${{ github.ref }}" }')
        ];
    }
    const cancels = mapping(value)['cancel-in-progress'];
    return cancels === true
        ? [warning(place, 'cancel-in-progress ends a deploy half-way', 'set cancel-in-progress: false')]
        : [];
}
function permissions(place, value, job, steps) {
    if (value === undefined || value === null) {
        return [
            warning(place, "no permissions: the repository's default holds", 'add permissions as in docs/permissions.md')
        ];
    }
    if (value === 'write-all')
        return [warning(place, 'permissions: write-all', 'name just those of docs/permissions.md')];
    if (ownWorkflow.test(usesOf(job)))
        return [];
    const isDeploy = 'environment' in job;
    const byRole = steps.some(step => credentialsAction.test(usesOf(step)) && 'role-to-assume' in mapping(step['with']));
    const needed = [
        ['contents', 'read'],
        ['statuses', 'write'],
        ['pull-requests', 'write'],
        ...(isDeploy ? [['deployments', 'write']] : []),
        ...(byRole ? [['id-token', 'write']] : [])
    ];
    const granted = mapping(value);
    return needed
        .filter(([name = '', access]) => value !== 'read-all' || access === 'write' || name === 'id-token')
        .filter(([name = '', access]) => granted[name] !== 'write' && granted[name] !== access)
        .filter(([name]) => !(value === 'read-all' && name === 'contents'))
        .map(([name = '', access = '']) => problem(place, `no permission ${name}: ${access}`, `add ${name}: ${access} to permissions`));
}
function pinned(place, uses) {
    if (uses === '' || uses.startsWith('./') || uses.startsWith('docker://'))
        return [];
    return /@[0-9a-f]{40}$/.test(uses)
        ? []
        : [warning(place, `${uses} is not pinned`, `name a full commit id: ${uses.split('@')[0] ?? ''}@<commit> # version`)];
}
function credentials(place, step) {
    const given = mapping(step['with']);
    if (!credentialsAction.test(usesOf(step)) || !('aws-access-key-id' in given))
        return [];
    return [
        warning(place, 'an access key that does not end by itself', 'assume a role with OIDC (layer-deploy iam-policy)')
    ];
}
function usesOf(step) {
    return typeof step['uses'] === 'string' ? step['uses'] : '';
}
function mapping(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}
function list(value) {
    return Array.isArray(value) ? value : [];
}

;// CONCATENATED MODULE: ./.build/setup/doctor/index.js







async function doctor(ports, loadConfig, environment) {
    const { config, findings } = await configuration(loadConfig, environment);
    const head = await ports.git.headCommit().catch(() => null);
    const [checkout, account, token, workflows] = await Promise.all([
        checkCheckout(ports, config?.layers ?? []),
        config === null ? [] : checkAccount(ports.account(config), config, environment),
        checkToken(ports.github, head),
        workflowFiles(ports.files)
    ]);
    return [...findings, ...checkout, ...account, ...token, ...checkWorkflows(workflows)];
}
async function configuration(loadConfig, environment) {
    const check = 'configuration';
    try {
        const config = await loadConfig();
        const names = config.environments.map(({ name }) => name);
        if (environment !== null && !names.includes(environment)) {
            const found = `no environment ${JSON.stringify(environment)}`;
            return { config: null, findings: [problem(check, found, `name one of ${names.join(', ')}`)] };
        }
        const summary = `${names.length} environments (${names.join(', ')}), ${config.layers.length} layers`;
        return { config, findings: [ok(check, summary)] };
    }
    catch (error) {
        if (!(error instanceof errors/* CodedError */.AK) || error.code === 'INTERNAL')
            throw error;
        return { config: null, findings: [error, ...(0,errors/* furtherProblems */.pU)(error)].map(each => configurationProblem(each)) };
    }
}
function configurationProblem({ code, finding, location }) {
    const place = location === undefined ? '' : `${location.file}:${location.line}:${location.column}: `;
    return problem('configuration', `${place}${code}: Expected ${finding.expected}, found ${finding.found}`, finding.mend);
}
async function workflowFiles(files) {
    const folder = '.github/workflows';
    const names = (await files.list(folder)).filter(name => /\.ya?ml$/.test(name));
    const texts = await Promise.all(names.map(async (name) => ({ path: `${folder}/${name}`, text: await files.read(`${folder}/${name}`) })));
    return texts.flatMap(({ path, text }) => (text === null ? [] : [{ path, text }]));
}


/***/ }),

/***/ 1115:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  K: () => (/* binding */ policyFor)
});

// UNUSED EXPORTS: maximumPolicyCharacters

// EXTERNAL MODULE: ./.build/config/names.js
var names = __webpack_require__(8245);
;// CONCATENATED MODULE: ./.build/setup/iam-policy/permission.js
function allow(sid, resources, actions, condition = {}) {
    return { sid, effect: 'Allow', actions: Object.keys(actions), resources, condition, why: Object.values(actions) };
}

;// CONCATENATED MODULE: ./.build/setup/iam-policy/access-permissions.js


const throughStacks = {
    'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' }
};
function accessPermissions(environment, layers, versionArns) {
    return [...sharing(environment, versionArns), ...parameters(environment, layers)];
}
function sharing({ shareWith, engine }, versionArns) {
    if (shareWith.length === 0)
        return [];
    const actions = {
        'lambda:AddLayerVersionPermission': 'share-with is configured: lets those use the version',
        'lambda:RemoveLayerVersionPermission': 'takes it back from who is no longer configured'
    };
    const condition = engine === 'cloudformation' ? throughStacks : {};
    return [
        allow('ShareVersions', versionArns, actions, condition),
        allow('ReadSharing', versionArns, {
            'lambda:GetLayerVersionPolicy': 'who may use the version is read back, by the run and by CloudFormation'
        })
    ];
}
function parameters(environment, layers) {
    const { partition, accountId, regions } = environment;
    const resources = regions.flatMap(region => layers.flatMap(layer => {
        const name = (0,names/* ssmParameterOf */.G)(environment, layer, region);
        return name === null ? [] : [`arn:${partition}:ssm:${region}:${accountId}:parameter/${name.replace(/^\//, '')}`];
    }));
    if (resources.length === 0)
        return [];
    const actions = {
        'ssm:PutParameter': 'ssm-parameter is configured: holds the current ARN',
        'ssm:GetParameters': 'CloudFormation reads back what it wrote',
        'ssm:DeleteParameter': 'a parameter that got another name, or is no longer configured',
        'ssm:AddTagsToResource': 'CloudFormation gives it the tags of its stack',
        'ssm:RemoveTagsFromResource': 'and takes off those that the stack lost (after a rollback)'
    };
    return [allow('NameVersions', resources, actions, throughStacks)];
}

;// CONCATENATED MODULE: ./.build/setup/iam-policy/operation-permissions.js

const operationPurposes = ['rollback', 'prune', 'discover', 'history', 'rollout'];
function operationPermissions(purpose, environment, base, resources) {
    const further = furtherOf(purpose, environment, resources);
    const named = new Set(further.map(({ sid }) => sid));
    return [...base.filter(({ sid }) => !named.has(sid)), ...further];
}
function furtherOf(purpose, environment, { versions, artifacts, functions: movable, keys }) {
    const { partition, accountId, regions } = environment;
    const listed = (sid, actions) => allow(sid, ['*'], actions, { StringEquals: { 'aws:RequestedRegion': regions } });
    const everywhere = (resource) => regions.map(region => `arn:${partition}:lambda:${region}:${accountId}:${resource}`);
    const listVersions = (why) => listed('ListVersions', { 'lambda:ListLayerVersions': why });
    const readStacks = listed('ReadStacks', {
        'cloudformation:DescribeStacks': "every stack's outputs: one may name a layer version",
        'cloudformation:ListStacks': 'asked for along with DescribeStacks of a call that names no stack'
    });
    const functions = { 'lambda:ListFunctions': 'who uses which version; IAM knows no resource for it' };
    switch (purpose) {
        case 'rollback':
            return [listVersions('finds the version before, and what a killed run left; IAM knows no resource for it')];
        case 'prune':
            return [
                listVersions('which versions there are; IAM knows no resource for it'),
                listed('ListFunctions', functions),
                readStacks,
                allow('DeleteVersions', versions, {
                    'lambda:DeleteLayerVersion': 'the prune itself, of configured layers only'
                })
            ];
        case 'discover':
            return [
                listVersions('which versions there are; IAM knows no resource for it'),
                listed('ListFunctions', { ...functions, 'lambda:ListLayers': 'layers that nobody configured are shown, too' }),
                readStacks,
                allow('ReadVersions', everywhere('layer:*:*'), { 'lambda:GetLayerVersion': 'the SHA-256 of each version' }),
                allow('ReadAliases', everywhere('function:*'), {
                    'lambda:ListAliases': 'which alias points to a function version that uses a layer'
                })
            ];
        case 'rollout':
            return [
                listed('ListFunctions', {
                    'lambda:ListFunctions': 'which functions the names mean; IAM knows no resource for it'
                }),
                ...(movable.length === 0 ? [] : [moveFunctions(movable)])
            ];
        case 'history':
            return [
                listVersions('which versions there are; IAM knows no resource for it'),
                allow('ReadArtifacts', artifacts, { 's3:GetObject': 'the record beside an archive names the commit that built it' }, { StringEquals: { 's3:ResourceAccount': accountId } }),
                ...(keys.length === 0 ? [] : [allow('ReadWithKey', keys, { 'kms:Decrypt': 'the archives are encrypted' })])
            ];
    }
}
function moveFunctions(movable) {
    return allow('MoveFunctions', movable, {
        'lambda:GetFunctionConfiguration': 'the layers of a function, and whether its update has finished',
        'lambda:ListTags': 'the tag that pins the version',
        'lambda:UpdateFunctionConfiguration': 'the rollout itself, of the functions that the configuration names'
    });
}

;// CONCATENATED MODULE: ./.build/setup/iam-policy/permissions.js




const purposes = ['plan', 'deploy', ...operationPurposes];
function permissionsFor(config, environment, purpose, scope) {
    const names = namesOf(config, environment, scope);
    if (purpose !== 'plan' && purpose !== 'deploy') {
        const base = permissionsFor(config, environment, purpose === 'rollback' ? 'deploy' : 'plan', scope);
        const withLists = purpose === 'history' ? [listBuckets(names), ...base.filter(({ sid }) => sid !== bucketLists)] : base;
        const resources = {
            versions: layerArns(names, ':*'),
            artifacts: objects(names, 'artifacts', '/*'),
            functions: functionArns(config, environment),
            keys: kmsKeys(environment)
        };
        return operationPermissions(purpose, environment, withLists, resources);
    }
    const engine = environment.engine === 'cloudformation' ? stackPermissions : directPermissions;
    const layers = scope === 'exact' ? config.layers : [{ id: '*' }];
    const access = purpose === 'plan' ? [] : accessPermissions(environment, layers, layerArns(names, ':*'));
    return [...engine(names, purpose), ...encryptionKey(environment, purpose), ...access, ...guardRails(names, purpose)];
}
function functionArns(config, { partition, accountId, regions }) {
    const named = unique(config.layers.flatMap(({ consumers }) => consumers?.functions ?? []));
    return regions.flatMap(region => named.map(name => `arn:${partition}:lambda:${region}:${accountId}:function:${name}`));
}
function namesOf(config, environment, scope) {
    const layers = scope === 'exact' ? config.layers : [{ id: '*' }];
    return {
        environment,
        layers: unique(layers.map(layer => (0,names/* layerNameOf */.wt)(environment, layer))),
        stacks: unique(layers.map(layer => (0,names/* stackNameOf */.bX)(environment, layer))),
        buckets: unique(environment.regions.map(region => (0,names/* artifactBucketOf */.yc)(environment, region)))
    };
}
function stackPermissions(names, purpose) {
    const stacks = regional(names, 'cloudformation', names.stacks.map(name => `stack/${name}/*`));
    const reading = [
        allow('ReadStacks', stacks, { 'cloudformation:DescribeStacks': 'what is deployed: status, tags, output' }),
        ...(names.environment.recreateFailedStacks
            ? [
                allow('ReadFailedStacks', stacks, {
                    'cloudformation:DescribeStackResources': 'recreate-failed-stacks: whether a failed stack holds a version'
                })
            ]
            : []),
        readVersions(names)
    ];
    if (purpose === 'plan')
        return reading;
    return [
        ...reading,
        ...(names.environment.recreateFailedStacks
            ? [
                allow('DeleteFailedStacks', stacks, {
                    'cloudformation:DeleteStack': 'recreate-failed-stacks is configured'
                })
            ]
            : []),
        allow('ReadStackEvents', stacks, { 'cloudformation:DescribeStackEvents': 'why a stack failed' }),
        allow('ChangeStacks', stacks, {
            'cloudformation:CreateChangeSet': 'every change goes through a change set',
            'cloudformation:DescribeChangeSet': 'what it would do, before it is executed',
            'cloudformation:ExecuteChangeSet': 'the deploy itself',
            'cloudformation:DeleteChangeSet': 'change sets that bring nothing, or that a killed run left'
        }, { StringLike: { 'cloudformation:ChangeSetName': 'layer-deploy-*' } }),
        ...(names.environment.terminationProtection === null
            ? []
            : [
                allow('ProtectStacks', stacks, {
                    'cloudformation:UpdateTerminationProtection': 'termination-protection is configured'
                })
            ]),
        allow('TagStacks', stacks, { 'cloudformation:TagResource': 'digests and commits stand in stack tags' }),
        allow('PublishThroughStacks', layerArns(names, ''), { 'lambda:PublishLayerVersion': "CloudFormation publishes with the caller's rights, and only it may" }, { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'cloudformation.amazonaws.com' } }),
        artifacts(names),
        listBuckets(names)
    ];
}
function directPermissions(names, purpose) {
    const state = objects(names, 'state', '.json');
    const reading = [
        allow('ListVersions', ['*'], { 'lambda:ListLayerVersions': 'finds a version that a killed run left; IAM knows no resource for it' }, { StringEquals: { 'aws:RequestedRegion': names.environment.regions } }),
        readVersions(names),
        listBuckets(names)
    ];
    if (purpose === 'plan') {
        return [
            ...reading,
            inAccount(names, 'ReadState', state, { 's3:GetObject': 'what is deployed stands in a state file' })
        ];
    }
    return [
        ...reading,
        inAccount(names, 'State', state, {
            's3:GetObject': 'what is deployed stands in a state file',
            's3:PutObject': 'replaces the state file by compare and swap'
        }),
        allow('Publish', layerArns(names, ''), { 'lambda:PublishLayerVersion': 'the deploy itself' }),
        artifacts(names)
    ];
}
function readVersions(names) {
    const why = 'the CodeSha256 of the version is compared with ours, by the run and by CloudFormation';
    return allow('ReadVersions', layerArns(names, ':*'), { 'lambda:GetLayerVersion': why });
}
function artifacts(names) {
    return inAccount(names, 'Artifacts', objects(names, 'artifacts', '/*'), {
        's3:GetObject': "the stored checksum is compared; Lambda reads the archive with the caller's rights",
        's3:PutObject': 'uploads the archive',
        's3:AbortMultipartUpload': 'removes the parts of an upload that failed'
    });
}
function encryptionKey(environment, purpose) {
    const keys = kmsKeys(environment);
    if (keys.length === 0 || (purpose === 'plan' && environment.engine !== 'lambda'))
        return [];
    const decrypt = { 'kms:Decrypt': "reads what is encrypted; Lambda reads the archive with the caller's rights" };
    return [
        purpose === 'plan'
            ? allow('ReadWithKey', keys, decrypt)
            : allow('EncryptWithKey', keys, { 'kms:GenerateDataKey': 'encryption is configured', ...decrypt })
    ];
}
function kmsKeys(environment) {
    return unique(environment.regions.flatMap(region => (0,names/* kmsKeyOf */.MT)(environment, region) ?? []));
}
const bucketLists = 'NotFoundInsteadOfDenied';
function listBuckets(names) {
    return allow(bucketLists, bucketArns(names), { 's3:ListBucket': 'an object that is not there yet is told from one that is denied' }, {
        StringEquals: { 's3:ResourceAccount': names.environment.accountId },
        StringLikeIfExists: { 's3:prefix': 'layer-deploy/*' }
    });
}
function guardRails(names, purpose) {
    const tls = {
        sid: 'TlsOnly',
        effect: 'Deny',
        actions: ['*'],
        resources: ['*'],
        condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } },
        why: ['nothing is asked for without TLS']
    };
    if (purpose === 'plan')
        return [tls];
    const writeOnce = {
        sid: 'ArtifactsWriteOnce',
        effect: 'Deny',
        actions: ['s3:PutObject'],
        resources: bucketArns(names).map(arn => `${arn}/layer-deploy/artifacts/*`),
        condition: { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } },
        why: ['an archive is never written over']
    };
    return [writeOnce, tls];
}
function inAccount(names, sid, resources, actions) {
    return allow(sid, resources, actions, { StringEquals: { 's3:ResourceAccount': names.environment.accountId } });
}
function layerArns(names, suffix) {
    return regional(names, 'lambda', names.layers.map(name => `layer:${name}${suffix}`));
}
function regional({ environment }, service, resources) {
    const { partition, accountId, regions } = environment;
    return regions.flatMap(region => resources.map(name => `arn:${partition}:${service}:${region}:${accountId}:${name}`));
}
function bucketArns({ environment, buckets }) {
    return buckets.map(bucket => `arn:${environment.partition}:s3:::${bucket}`);
}
function objects(names, folder, suffix) {
    return bucketArns(names).flatMap(arn => names.layers.map(name => `${arn}/layer-deploy/${folder}/${name}${suffix}`));
}
function unique(texts) {
    return [...new Set(texts)];
}

;// CONCATENATED MODULE: ./.build/setup/iam-policy/policy.js

const maximumPolicyCharacters = 6_144;
function policyFor(config, environment, purpose) {
    const exact = policyOf(config, environment, purpose, 'exact');
    const fits = JSON.stringify(exact.document).length <= maximumPolicyCharacters;
    return fits ? exact : policyOf(config, environment, purpose, 'pattern');
}
function policyOf(config, environment, purpose, scope) {
    const permissions = permissionsFor(config, environment, purpose, scope);
    return { document: { Version: '2012-10-17', Statement: permissions.map(statementOf) }, permissions, scope };
}
function statementOf({ sid, effect, actions, resources, condition }) {
    return {
        Sid: sid,
        Effect: effect,
        Action: single(actions),
        Resource: single(resources),
        ...(Object.keys(condition).length > 0 && { Condition: condition })
    };
}
function single(texts) {
    return texts.length === 1 ? (texts[0] ?? '') : texts;
}


/***/ })

};
