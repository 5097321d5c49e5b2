export const id = 811;
export const ids = [811];
export const modules = {

/***/ 5811:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  iamPolicy: () => (/* binding */ iamPolicy),
  iamPolicyFiles: () => (/* binding */ iamPolicyFiles)
});

// UNUSED EXPORTS: titleOf

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./.build/model/errors.js
var errors = __webpack_require__(8125);
// EXTERNAL MODULE: ./.build/setup/iam-policy/policy.js + 4 modules
var policy = __webpack_require__(1115);
;// CONCATENATED MODULE: ./.build/setup/iam-policy/table.js
function permissionTable(permissions) {
    const rows = permissions.flatMap(permission => permission.actions.map((action, index) => [
        `${permission.effect === 'Deny' ? 'deny ' : ''}\`${action}\``,
        resourceText(permission.resources),
        conditionText(permission.condition),
        permission.why[index] ?? ''
    ]));
    const lines = [['action', 'on', 'only where', 'why'], ['---', '---', '---', '---'], ...rows];
    return `${lines.map(cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n')}\n`;
}
function resourceText(resources) {
    const [shown, rest] = resources.length <= 4 ? [resources, 0] : [resources.slice(0, 2), resources.length - 2];
    return [...shown.map(quoted), ...(rest > 0 ? [`and ${rest} more`] : [])].join('<br>');
}
function conditionText(condition) {
    return Object.entries(condition)
        .flatMap(([operator, keys]) => Object.entries(keys).map(([key, values]) => `\`${key}\` ${operator} ${[values].flat().map(quoted).join(', ')}`))
        .join('<br>');
}
function quoted(value) {
    return `\`${value}\``;
}

;// CONCATENATED MODULE: ./.build/setup/iam-policy/trust.js
const providerHost = 'token.actions.githubusercontent.com';
const audience = 'sts.amazonaws.com';
function trustPolicy(environment, purpose, repository) {
    const { name, branches } = environment;
    const refs = branches.map(branch => `refs/heads/${branch}`);
    const inEnvironment = repository.subject(`environment:${name}`);
    const subjects = purpose === 'plan' ? [inEnvironment, repository.subject('pull_request')] : inEnvironment;
    const queues = branches.map(branch => `refs/heads/gh-readonly-queue/${branch}/*`);
    const onRefs = purpose === 'plan' ? {} : { [`${providerHost}:ref`]: refs.length === 1 ? (refs[0] ?? '') : refs };
    const condition = {
        StringEquals: {
            [`${providerHost}:aud`]: audience,
            [`${providerHost}:sub`]: subjects,
            [`${providerHost}:repository_id`]: repository.id,
            ...onRefs
        },
        ...(purpose === 'plan' && {
            StringLike: { [`${providerHost}:ref`]: ['refs/pull/*/merge', ...queues, ...refs] }
        })
    };
    return {
        Version: '2012-10-17',
        Statement: [
            {
                Effect: 'Allow',
                Principal: { Federated: repository.providerArn },
                Action: 'sts:AssumeRoleWithWebIdentity',
                Condition: condition
            }
        ]
    };
}
function knownRepository(environment, repository, repositoryId) {
    const { partition, accountId } = environment;
    return {
        subject: rest => `repo:${repository}:${rest}`,
        id: repositoryId,
        providerArn: `arn:${partition}:iam::${accountId}:oidc-provider/${providerHost}`
    };
}

;// CONCATENATED MODULE: ./.build/setup/iam-policy/template.js

function accessTemplate(request) {
    const { environment } = request;
    const forRole = request.for === 'role';
    return {
        AWSTemplateFormatVersion: '2010-09-09',
        Description: `What layer-deploy-action needs in account ${environment.accountId} for environment ${environment.name}`,
        Parameters: { ...(forRole ? roleParameters(request) : userParameters), ...sharedParameters },
        Rules: { RightAccount: rightAccount(environment) },
        Conditions: {
            ...(forRole && { MakeProvider: isTrue('CreateProvider') }),
            MakeAccess: isTrue('CreateAccess'),
            MakeBucket: isTrue('CreateBucket')
        },
        Resources: { ...(forRole ? roleResources(request) : userResources(request)), ...bucketResources(environment) },
        ...(forRole && {
            Outputs: Object.fromEntries(request.policies.map(({ purpose }) => [
                `${roleId(purpose)}Arn`,
                { Condition: 'MakeAccess', Value: { 'Fn::GetAtt': [roleId(purpose), 'Arn'] } }
            ]))
        })
    };
}
const yesOrNo = (standard, description) => ({
    Type: 'String',
    AllowedValues: ['true', 'false'],
    Default: standard,
    Description: description
});
const sharedParameters = {
    CreateAccess: yesOrNo('true', 'IAM is global: "true" in one region of the environment, "false" in each further one'),
    CreateBucket: yesOrNo('true', "The artifact bucket of the stack's region; false where it exists")
};
const userParameters = { UserName: { Type: 'String', Description: 'The IAM user that deploys today' } };
function roleParameters({ repository, repositoryId }) {
    return {
        Repository: {
            Type: 'String',
            Description: 'owner/name of the superproject on GitHub',
            AllowedPattern: '[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+',
            ...(repository !== null && { Default: repository })
        },
        RepositoryId: {
            Type: 'String',
            Description: "GitHub's number of the repository: gh api repos/OWNER/NAME --jq .id",
            AllowedPattern: '[0-9]+',
            ...(repositoryId !== null && { Default: repositoryId })
        },
        CreateProvider: yesOrNo('true', 'An account has one provider for GitHub; false where it exists')
    };
}
function rightAccount({ accountId }) {
    return {
        Assertions: [
            {
                Assert: { 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, accountId] },
                AssertDescription: `This template belongs to account ${accountId}`
            }
        ]
    };
}
function roleResources({ environment, policies }) {
    const { partition, accountId, name } = environment;
    const repository = {
        subject: rest => ({ 'Fn::Sub': `repo:\${Repository}:${rest}` }),
        id: { Ref: 'RepositoryId' },
        providerArn: `arn:${partition}:iam::${accountId}:oidc-provider/${providerHost}`
    };
    const role = (purpose) => ({
        Type: 'AWS::IAM::Role',
        Condition: 'MakeAccess',
        Properties: {
            RoleName: `layer-deploy-${name}-${purpose}`,
            Description: `layer-deploy-action, ${purpose} in ${name}`,
            MaxSessionDuration: 3600,
            AssumeRolePolicyDocument: trustPolicy(environment, purpose, repository),
            ManagedPolicyArns: [{ Ref: policyId(purpose) }]
        }
    });
    return {
        Provider: {
            Type: 'AWS::IAM::OIDCProvider',
            Condition: 'MakeProvider',
            DeletionPolicy: 'Retain',
            UpdateReplacePolicy: 'Retain',
            Properties: { Url: `https://${providerHost}`, ClientIdList: [audience] }
        },
        ...Object.fromEntries(policies.map(({ purpose, document }) => [policyId(purpose), managedPolicy(environment, purpose, document)])),
        ...Object.fromEntries(policies.map(({ purpose }) => [roleId(purpose), role(purpose)]))
    };
}
function userResources({ environment, policies }) {
    const asked = policies.map(({ purpose }) => purpose);
    const held = (purpose) => (purpose === 'plan' && (asked.includes('deploy') || asked.includes('rollback'))) ||
        (purpose === 'deploy' && asked.includes('rollback'));
    const attached = { Users: [{ Ref: 'UserName' }] };
    return Object.fromEntries(policies
        .filter(({ purpose }) => !held(purpose))
        .map(({ purpose, document }) => [policyId(purpose), managedPolicy(environment, purpose, document, attached)]));
}
const policyId = (purpose) => `${capital(purpose)}Policy`;
const roleId = (purpose) => `${capital(purpose)}Role`;
const capital = (word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
function managedPolicy(environment, purpose, document, attached = {}) {
    return {
        Type: 'AWS::IAM::ManagedPolicy',
        Condition: 'MakeAccess',
        Properties: {
            ManagedPolicyName: `layer-deploy-${environment.name}-${purpose}`,
            PolicyDocument: document,
            ...attached
        }
    };
}
function bucketResources(environment) {
    const { partition, artifactBucketTemplate, stage, name } = environment;
    const bucketName = artifactBucketTemplate.replaceAll('{stage}', stage).replaceAll('{environment}', name);
    const regional = bucketName.includes('{region}');
    const named = regional ? { 'Fn::Sub': bucketName.replaceAll('{region}', '${AWS::Region}') } : bucketName;
    const arn = (path) => ({ 'Fn::Sub': `arn:${partition}:s3:::\${Bucket}${path}` });
    const key = environment.encryption?.kind === 'kms-key' ? environment.encryption.arn : null;
    const keyId = key?.includes('{region}') === true ? { 'Fn::Sub': key.replaceAll('{region}', '${AWS::Region}') } : key;
    const byDefault = key === null ? { SSEAlgorithm: 'AES256' } : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyId };
    return {
        Bucket: {
            Type: 'AWS::S3::Bucket',
            Condition: 'MakeBucket',
            DeletionPolicy: 'Retain',
            UpdateReplacePolicy: 'Retain',
            Properties: {
                BucketName: named,
                VersioningConfiguration: { Status: 'Enabled' },
                PublicAccessBlockConfiguration: {
                    BlockPublicAcls: true,
                    BlockPublicPolicy: true,
                    IgnorePublicAcls: true,
                    RestrictPublicBuckets: true
                },
                BucketEncryption: {
                    ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: byDefault }]
                },
                OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
                LifecycleConfiguration: {
                    Rules: [{ Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }]
                }
            }
        },
        BucketPolicy: {
            Type: 'AWS::S3::BucketPolicy',
            Condition: 'MakeBucket',
            Properties: {
                Bucket: { Ref: 'Bucket' },
                PolicyDocument: {
                    Version: '2012-10-17',
                    Statement: [
                        {
                            Sid: 'TlsOnly',
                            Effect: 'Deny',
                            Principal: '*',
                            Action: 's3:*',
                            Resource: [arn(''), arn('/*')],
                            Condition: { Bool: { 'aws:SecureTransport': 'false' } }
                        }
                    ]
                }
            }
        }
    };
}
function isTrue(parameter) {
    return { 'Fn::Equals': [{ Ref: parameter }, 'true'] };
}

;// CONCATENATED MODULE: ./.build/setup/iam-policy/index.js






function iamPolicy(config, options) {
    checkRepository(options);
    return selected(config, options).map(environment => accessOf(config, environment, options));
}
function iamPolicyFiles(config, options) {
    return iamPolicy(config, options).flatMap(access => {
        const documents = [
            ...access.access.map(({ purpose, policy }) => [`${purpose}-policy.json`, policy]),
            ...access.access.map(({ purpose, trust }) => [`${purpose}-trust.json`, trust])
        ];
        const files = documents.flatMap(([name, document]) => document === null
            ? []
            : [{ path: `${access.environment}/${name}`, text: `${JSON.stringify(document, null, 2)}\n` }]);
        return [
            ...files,
            { path: `${access.environment}/access.template.yml`, text: access.template },
            { path: `${access.environment}/permissions.md`, text: access.comment }
        ];
    });
}
function accessOf(config, environment, options) {
    const plan = (0,policy/* policyFor */.K)(config, environment, 'plan');
    const deploy = (0,policy/* policyFor */.K)(config, environment, 'deploy');
    const { repository, repositoryId } = options;
    const trust = (purpose) => options.for === 'user' || repository === null || repositoryId === null
        ? null
        : trustPolicy(environment, purpose, knownRepository(environment, repository, repositoryId));
    const asked = options.purposes ?? defaultPurposes;
    const policies = asked.map(purpose => ({ purpose, ...(0,policy/* policyFor */.K)(config, environment, purpose) }));
    const template = accessTemplate({
        environment,
        policies,
        for: options.for,
        repository,
        repositoryId
    });
    return {
        environment: environment.name,
        accountId: environment.accountId,
        plan: plan.document,
        deploy: deploy.document,
        planTrust: trust('plan'),
        deployTrust: trust('deploy'),
        access: policies.map(({ purpose, document }) => ({ purpose, policy: document, trust: trust(purpose) })),
        template: (0,dist/* stringify */.As)(template, { lineWidth: 120, aliasDuplicateObjects: false }),
        comment: commentOf(environment, options, policies)
    };
}
function commentOf(environment, options, policies) {
    const { name, accountId, regions, engine } = environment;
    const notes = [
        ...(policies.some(({ scope }) => scope === 'pattern')
            ? ['The configuration names more layers than a policy can hold: `*` stands in place of the layer id.']
            : []),
        ...(options.for === 'user'
            ? [
                "An access key does not end by itself: renew it at least every 90 days, or change to a role with GitHub's OIDC."
            ]
            : [])
    ];
    return [
        `# Permissions of environment ${name}`,
        `Account ${accountId}, ${regions.join(', ')}, engine \`${engine}\`. \`sts:GetCallerIdentity\` needs no permission.`,
        ...notes,
        ...[...policies].sort(deployFirst).flatMap(({ purpose, permissions }) => {
            return [`## ${titleOf(purpose)}`, permissionTable(permissions).trimEnd()];
        })
    ]
        .join('\n\n')
        .concat('\n');
}
const defaultPurposes = ['plan', 'deploy'];
function deployFirst(a, b) {
    return Number(b.purpose === 'deploy') - Number(a.purpose === 'deploy');
}
function titleOf(purpose) {
    return `${purpose.slice(0, 1).toUpperCase()}${purpose.slice(1)}`;
}
function selected(config, { environments }) {
    if (environments === null)
        return config.environments;
    return environments.map(name => {
        const found = config.environments.find(environment => environment.name === name);
        if (found !== undefined)
            return found;
        throw new errors/* CodedError */.AK('CONFIG_INVALID', {
            expected: `an environment of the configuration: ${config.environments.map(known => known.name).join(', ')}`,
            found: JSON.stringify(name),
            mend: 'name one of them'
        });
    });
}
function checkRepository({ repository, repositoryId }) {
    if (repository !== null && !/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/.test(repository)) {
        throw new errors/* CodedError */.AK('CONFIG_INVALID', {
            expected: 'a repository as owner/name',
            found: JSON.stringify(repository),
            mend: 'give the owner and the name of the superproject on GitHub'
        });
    }
    if (repositoryId !== null && !/^[1-9][0-9]*$/.test(repositoryId)) {
        throw new errors/* CodedError */.AK('CONFIG_INVALID', {
            expected: "GitHub's number of the repository",
            found: JSON.stringify(repositoryId),
            mend: 'take it from: gh api repos/OWNER/NAME --jq .id'
        });
    }
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
