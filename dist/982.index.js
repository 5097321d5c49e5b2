export const id = 982;
export const ids = [982];
export const modules = {

/***/ 5339:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ mendOfMessage),
/* harmony export */   Kp: () => (/* binding */ denial),
/* harmony export */   Z9: () => (/* binding */ denialOf)
/* harmony export */ });
const notAuthorized = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z*]+)(?: on resource: "?([^\s"]+)"?)?/i;
const deniedByS3 = /denied by S3.*? permission to (\w+) for ([^\s]+?)\.? /;
function denialOf(message, partition = 'aws') {
    const [, action, resource] = notAuthorized.exec(message) ?? [];
    if (action !== undefined) {
        const unnamed = action.startsWith('kms:')
            ? 'the KMS key that encrypts it'
            : action.startsWith('sts:')
                ? 'the role'
                : '*';
        return denial(action, resource ?? unnamed, message);
    }
    const [, s3Action, place] = deniedByS3.exec(message) ?? [];
    if (s3Action === undefined || place === undefined)
        return null;
    return denial(`s3:${s3Action}`, `arn:${partition}:s3:::${place}`, message);
}
function denial(action, resource, message) {
    const decider = deciders.find(({ says }) => says.test(message));
    return { action, resource, mend: (decider?.mend ?? allow)({ action, resource }) };
}
function allow({ action, resource }) {
    if (action.startsWith('sts:AssumeRole')) {
        return 'correct the trust policy of the role: its conditions (aud, sub, ref, repository_id) must admit this repository, branch and environment';
    }
    const inPolicy = `allow ${action} on ${resource} in the policy of the role that the workflow assumes`;
    return action.startsWith('kms:') ? `${inPolicy}, and admit the role in the policy of the key, too` : inPolicy;
}
const deciders = [
    {
        says: /(?:explicit deny in a|no) service control polic/i,
        mend: ({ action }) => `have the service control policy (SCP) of the organization let ${action} pass: whoever manages the AWS organization can, no policy of the role`
    },
    {
        says: /(?:explicit deny in a|no) resource control polic/i,
        mend: ({ action }) => `have the resource control policy (RCP) of the organization let ${action} pass: whoever manages the AWS organization can, no policy of the role`
    },
    {
        says: /(?:explicit deny in a|no) permissions boundar/i,
        mend: ({ action, resource }) => `let the permissions boundary of the role pass ${action} on ${resource}: the policy of the role alone cannot`
    },
    {
        says: /(?:explicit deny in a|no) session polic/i,
        mend: ({ action, resource }) => `let the session policy pass ${action} on ${resource} (inline-session-policy and managed-session-policies of aws-actions/configure-aws-credentials)`
    },
    {
        says: /(?:explicit deny in a|no) VPC endpoint polic/i,
        mend: ({ action, resource }) => `let the policy of the VPC endpoint of this runner pass ${action} on ${resource}`
    },
    { says: /explicit deny in a resource-based polic/i, mend: liftResourceDeny },
    {
        says: /no resource-based polic|resource-based policy explicitly denies|associated with this ciphertext/i,
        mend: asked => asked.action.startsWith('kms:')
            ? `admit the role with ${asked.action} in the policy of the KMS key and in its own, and see that the key is there in this region`
            : `${allow(asked)}, and admit the role in the policy of the resource where that lies in another account`
    },
    {
        says: /explicit deny in an identity-based polic/i,
        mend: ({ action, resource }) => `take away the statement that denies ${action} on ${resource} from the policies of the role: an Allow beside it does not help`
    },
    {
        says: /explicit deny/i,
        mend: ({ action, resource }) => `find the statement that denies ${action} on ${resource} (of the role, its permissions boundary, the organization, the bucket or the key) and lift it: an Allow beside it does not help`
    }
];
function liftResourceDeny({ action, resource }) {
    if (action.startsWith('kms:'))
        return `take away the statement that denies ${action} from the policy of the key ${resource}`;
    if (!action.startsWith('s3:'))
        return `take away the statement that denies ${action} from the policy of ${resource}`;
    return `see the Deny statements of the policy of the bucket: one that demands encryption is met with the key encryption of the environment, any other must let ${action} on ${resource} pass; an Allow in the policy of the role does not help`;
}
const ownBucket = 'give each region a bucket of its own in that region, for example artifact-bucket: name-{region}';
const later = 'run again later; what was done already is found and kept';
const causes = [
    {
        says: /KMS\.?Disabled|\bkey\/\S+ is disabled/i,
        mend: 'enable the KMS key (aws kms enable-key), or encrypt the bucket, or the environment, with another one'
    },
    {
        says: /KMS\.?(?:KMS)?InvalidState|pending (?:deletion|import)/i,
        mend: 'bring the KMS key back into use (aws kms cancel-key-deletion, then enable-key), or encrypt with another one'
    },
    {
        says: /KMS\.?NotFound|\bkey\b.*arn:.*does not exist/i,
        mend: 'name a KMS key that exists in this account and region'
    },
    {
        says: /Unzipped size must be smaller/i,
        mend: 'make the layer smaller, for example with build.exclude: AWS Lambda takes 262,144,000 bytes unzipped'
    },
    {
        says: /could not unzip/i,
        mend: 'delete the archive from the bucket and run again: what lies there is no zip that AWS Lambda can read'
    },
    {
        says: /NoSuchKey|specified key does not exist/i,
        mend: 'run again, the archive is uploaded anew; see that no lifecycle rule removes what lies below layer-deploy/'
    },
    {
        says: /PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint|bucket is in this region/i,
        mend: ownBucket
    },
    { says: /NoSuchBucket/, mend: 'create the bucket, or correct artifact-bucket' },
    {
        says: /CodeStorageExceeded|code storage limit/i,
        mend: 'delete layer versions that nobody uses (the command prune), or have the quota raised'
    },
    {
        says: /compatibleRuntimes|compatibleArchitectures/i,
        mend: 'correct compatible-runtimes and compatible-architectures to what AWS Lambda has in this region'
    },
    {
        says: /RequestEntityTooLarge|EntityTooLarge/,
        mend: 'make the layer smaller (build.exclude what is not needed at run time)'
    },
    { says: /PolicyLengthExceeded/, mend: 'share with an organization id in place of its accounts (share-with)' },
    {
        says: /InsufficientCapabilities/,
        mend: 'name the capability that the message asks for under template.capabilities of the layer'
    },
    {
        says: /\bLimitExceeded/,
        mend: 'delete stacks that nobody uses, or have the quota of AWS CloudFormation raised'
    },
    {
        says: /RegionDisabled|OptInRequired/,
        mend: 'enable the region for the account (AWS account settings), or take it out of regions'
    },
    {
        says: /BadDigest|ContentSHA256Mismatch|checksum.*(?:did not match|mismatch)/i,
        mend: 'run again: what arrived is not what was sent; where it returns, see what stands between the runner and AWS'
    },
    {
        says: /AccountProblem|AllAccessDisabled|NotSignedUp|InvalidPayer/,
        mend: 'ask AWS Support: the account itself may not do this'
    },
    {
        says: /Throttling|TooManyRequests|Rate exceeded|SlowDown/i,
        mend: `lower concurrency of the environment, or ${later}`
    },
    { says: /ServiceUnavailable|InternalFailure|InternalError|ServiceException|InternalServerError/i, mend: later }
];
function mendOfMessage(message) {
    return causes.find(({ says }) => says.test(message))?.mend ?? null;
}


/***/ }),

/***/ 232:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B3: () => (/* binding */ tagPrefix),
/* harmony export */   Fg: () => (/* binding */ tagsOf),
/* harmony export */   ID: () => (/* binding */ rollbackOf),
/* harmony export */   Pf: () => (/* binding */ fieldsOf),
/* harmony export */   aE: () => (/* binding */ readRecord),
/* harmony export */   jz: () => (/* binding */ succeeding),
/* harmony export */   om: () => (/* binding */ historyOf)
/* harmony export */ });
/* harmony import */ var _recorded_versions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4041);

const fields = {
    sourceDigest: 'source-digest',
    contentDigest: 'content-digest',
    artifactSha256: 'artifact-sha256',
    commit: 'commit',
    sourceCommit: 'source-commit',
    run: 'run',
    repository: 'repository',
    repositoryId: 'repository-id',
    versions: 'versions',
    rolledBackTo: 'rolled-back-to'
};
const entries = Object.entries(fields);
const tagPrefix = 'layer-deploy:';
function tagsOf(record, others = {}) {
    const ours = new Set(entries.map(([, name]) => tagPrefix + name));
    const theirs = Object.entries(others).filter(([name]) => !ours.has(name));
    return { ...Object.fromEntries(theirs), ...prefixed(record, tagPrefix) };
}
function fieldsOf(record) {
    return prefixed(record, '');
}
function prefixed(record, prefix) {
    return Object.fromEntries(entries.flatMap(([field, name]) => {
        const value = record[field];
        return value === undefined ? [] : [[prefix + name, value]];
    }));
}
function succeeding(record, before, version, repositoryId = null) {
    const id = repositoryId ?? before?.record.repositoryId ?? record.repositoryId;
    const versions = before === null || before.version === version || before.record.contentDigest === undefined
        ? before?.record.versions
        : (0,_recorded_versions_js__WEBPACK_IMPORTED_MODULE_0__/* .withVersion */ .$)(before.record.versions, before.version);
    const { repositoryId: _id, versions: _versions, ...own } = record;
    return { ...own, ...(id !== undefined && { repositoryId: id }), ...(versions !== undefined && { versions }) };
}
function historyOf({ versions }) {
    return versions === undefined ? {} : { earlierVersions: versions };
}
function rollbackOf({ rolledBackTo, run }) {
    const version = Number(rolledBackTo);
    return Number.isSafeInteger(version) && version > 0
        ? { rolledBackTo: version, ...(run !== undefined && { lastRun: run }) }
        : {};
}
function readRecord(values, prefix) {
    return Object.fromEntries(entries.flatMap(([field, name]) => {
        const value = values[prefix + name];
        return typeof value === 'string' && value !== '' ? [[field, value]] : [];
    }));
}


/***/ }),

/***/ 4982:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createCloudFormationEngine: () => (/* binding */ createCloudFormationEngine)
});

// EXTERNAL MODULE: ./.build/publish-layers/access.js
var publish_layers_access = __webpack_require__(1953);
// EXTERNAL MODULE: ./.build/publish-layers/deploy-record.js
var deploy_record = __webpack_require__(232);
// EXTERNAL MODULE: ./.build/publish-layers/engines/cloudformation/stack-access.js
var stack_access = __webpack_require__(2807);
// EXTERNAL MODULE: ./.build/publish-layers/engines/cloudformation/stack-template.js + 2 modules
var stack_template = __webpack_require__(3717);
// EXTERNAL MODULE: ./.build/model/errors.js
var errors = __webpack_require__(8125);
// EXTERNAL MODULE: ./.build/model/digest.js
var digest = __webpack_require__(8074);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/cloudformation/stack-status.js

const readiness = {
    REVIEW_IN_PROGRESS: 'create',
    DELETE_COMPLETE: 'create',
    CREATE_COMPLETE: 'proceed',
    UPDATE_COMPLETE: 'proceed',
    IMPORT_COMPLETE: 'proceed',
    UPDATE_ROLLBACK_COMPLETE: 'failed',
    IMPORT_ROLLBACK_COMPLETE: 'failed',
    CREATE_IN_PROGRESS: 'wait',
    UPDATE_IN_PROGRESS: 'wait',
    UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'wait',
    UPDATE_ROLLBACK_IN_PROGRESS: 'wait',
    UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'wait',
    ROLLBACK_IN_PROGRESS: 'wait',
    DELETE_IN_PROGRESS: 'wait',
    IMPORT_IN_PROGRESS: 'wait',
    IMPORT_ROLLBACK_IN_PROGRESS: 'wait',
    CREATE_FAILED: 'stop',
    ROLLBACK_COMPLETE: 'stop',
    ROLLBACK_FAILED: 'stop',
    DELETE_FAILED: 'stop',
    UPDATE_FAILED: 'stop',
    UPDATE_ROLLBACK_FAILED: 'stop',
    IMPORT_ROLLBACK_FAILED: 'stop'
};
function stackReadiness(status) {
    if (Object.hasOwn(readiness, status))
        return readiness[status];
    throw new errors/* CodedError */.AK('STACK_NOT_READY', {
        expected: 'a stack status that AWS CloudFormation documents',
        found: `an unknown stack status: ${JSON.stringify(status)}`,
        mend: 'look at the stack in the console; where AWS has a new status, update this action'
    });
}
function notReady(stackName, status) {
    const mends = {
        ROLLBACK_COMPLETE: `delete the stack ${stackName} (its creation failed), or set recreate-failed-stacks: true for the environment, and run again`,
        UPDATE_ROLLBACK_FAILED: `continue the rollback of ${stackName} (aws cloudformation continue-update-rollback) and run again`
    };
    return {
        expected: `the stack ${stackName} in a state that an update can start from`,
        found: status,
        mend: mends[status] ?? `look at the events of ${stackName}, mend or delete it, and run again`
    };
}

// EXTERNAL MODULE: ./.build/model/aws-refusals.js
var aws_refusals = __webpack_require__(5339);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/cloudformation/change/denied-in-stack.js


function deniedInStack({ id, name: stackName }, reason) {
    const [, partition = 'aws'] = id.split(':');
    const denied = (0,aws_refusals/* denialOf */.Z9)(reason, partition);
    if (denied === null)
        return null;
    return new errors/* CodedError */.AK('ACCESS_DENIED', {
        expected: askedByCloudFormation(denied),
        found: `the stack ${stackName} failed: ${reason}`,
        mend: `${denied.mend}; a stack that failed to be created (ROLLBACK_COMPLETE) must be deleted before the next run`
    });
}
function askedByCloudFormation({ action, resource }) {
    return `permission for ${action} on ${resource}, asked for by CloudFormation with the caller's rights`;
}

;// CONCATENATED MODULE: ./.build/publish-layers/engines/cloudformation/change/left-behind.js



function deletes(changeSet) {
    return changeSet.changes.some(isDeletion);
}
function isDeletion({ action, replacement, policyAction }) {
    if (policyAction !== null)
        return !/^(ReplaceAnd)?Retain$/.test(policyAction);
    return action === 'Remove' || (action === 'Modify' && replacement !== 'False');
}
async function assertNothingLeft(stacks, stack, token) {
    const { name: stackName } = stack;
    const events = await stacks.events(stackName);
    const left = events.find(event => event.token === token && event.status === 'DELETE_FAILED');
    if (left === undefined)
        return;
    const what = `${left.logicalId} (${left.resourceType})`;
    const byHand = `delete ${what} by hand: the stack no longer holds it`;
    const denied = (0,aws_refusals/* denialOf */.Z9)(left.reason, stack.id.split(':')[1]);
    if (denied !== null) {
        throw new errors/* CodedError */.AK('ACCESS_DENIED', {
            expected: askedByCloudFormation(denied),
            found: `${what} left behind: ${left.reason}`,
            mend: `${denied.mend}, and ${byHand}`
        });
    }
    throw new errors/* CodedError */.AK('AWS_FAILED', {
        expected: `the stack ${stackName} to let go of ${what}`,
        found: left.reason,
        mend: byHand
    });
}

// EXTERNAL MODULE: ./.build/publish-layers/engines/poll.js
var poll = __webpack_require__(1374);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/cloudformation/change/stack-operation.js





function settledStack(context, target) {
    const { stacks } = context.region(target.region);
    let status = '';
    const what = () => `the stack ${target.stackName} (${status}), which an operation is changing`;
    return (0,poll/* pollUntil */.g)(context, what, async () => {
        const stack = await stacks.describe(target.stackName);
        status = stack?.status ?? '';
        return stack !== null && stackReadiness(stack.status) === 'wait' ? undefined : stack;
    });
}
const agreeingReads = 3;
async function endOfOperation(context, stacks, stackName, execution) {
    let status = '';
    let readsAfterEnd = 0;
    const what = () => `the stack ${stackName} (${status}) to take the change set ${execution.changeSetName}`;
    const end = await (0,poll/* pollUntil */.g)(context, what, async () => {
        const stack = await stacks.describe(stackName);
        if (stack === null)
            return vanished(stackName);
        status = stack.status;
        switch (stackReadiness(stack.status)) {
            case 'wait':
            case 'create':
                return undefined;
            case 'proceed': {
                const { changeSetId } = stack;
                if (changeSetId !== null && changeSetId !== execution.changeSetBefore)
                    return stack;
                if (readsAfterEnd > 0 && (changeSetId === null || readsAfterEnd >= agreeingReads))
                    return stack;
                const ended = readsAfterEnd > 0 ? 'complete' : await executionEnd(stacks, stackName, execution);
                if (ended === 'complete')
                    readsAfterEnd += 1;
                return ended === 'failed' ? operationFailure(stacks, stack, execution) : undefined;
            }
            case 'failed':
            case 'stop':
                return operationFailure(stacks, stack, execution);
        }
    });
    if (end instanceof errors/* CodedError */.AK)
        throw end;
    return end;
}
async function executionEnd(stacks, stackName, { changeSetName, token }) {
    const changeSet = await stacks.describeChangeSet(stackName, changeSetName);
    switch (changeSet?.executionStatus) {
        case 'EXECUTE_COMPLETE':
            return 'complete';
        case 'EXECUTE_FAILED':
            return 'failed';
        case 'EXECUTE_IN_PROGRESS':
            return 'not yet';
        default: {
            const ofStack = (await stacks.events(stackName)).filter(event => event.token === token && event.resourceType === 'AWS::CloudFormation::Stack');
            const last = ofStack[0]?.status ?? '';
            if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(last))
                return 'complete';
            return /(ROLLBACK_COMPLETE|_FAILED)$/.test(last) ? 'failed' : 'not yet';
        }
    }
}
async function operationFailure(stacks, stack, { changeSetName, token }) {
    const { name, status, statusReason } = stack;
    const events = (await stacks.events(name)).filter(event => event.token === token);
    if (events.length === 0) {
        const changeSet = await stacks.describeChangeSet(name, changeSetName);
        if (changeSet?.executionStatus !== 'EXECUTE_FAILED')
            return undefined;
    }
    const failed = events.filter(event => event.status.endsWith('_FAILED')).at(-1);
    const reason = failed === undefined ? statusReason : `${failed.logicalId} ${failed.status}: ${failed.reason}`;
    const denied = deniedInStack(stack, reason);
    if (denied !== null)
        return denied;
    return new errors/* CodedError */.AK('AWS_FAILED', {
        expected: `the stack ${name} to take the change`,
        found: reason === '' ? status : `${status}: ${reason}`,
        mend: (0,aws_refusals/* mendOfMessage */.$)(reason) ??
            'mend what the reason names and run again; the version that was deployed before is untouched'
    });
}
function vanished(stackName) {
    return new errors/* CodedError */.AK('AWS_FAILED', {
        expected: `the stack ${stackName} to take the change`,
        found: 'no such stack any more',
        mend: 'find out who deleted it, and run again'
    });
}

;// CONCATENATED MODULE: ./.build/publish-layers/engines/cloudformation/change/change-set.js








const again = (why) => ({ kind: 'again', why });
const layerVersionType = 'AWS::Lambda::LayerVersion';
async function applyChangeSet(context, before, change, attempt) {
    const { target, templateBody, parameters, tags, brings } = change;
    const { stackName } = target;
    const stacks = context.region(target.region).stacks;
    const name = changeSetName(change, before);
    const created = await stacks.createChangeSet({
        stackName,
        changeSetName: name,
        type: before === null || stackReadiness(before.status) === 'create' ? 'CREATE' : 'UPDATE',
        token: (0,digest/* sha256Hex */.fg)(`${name} ${context.run} ${attempt}`),
        description: 'layer-deploy-action',
        capabilities: target.template?.capabilities ?? [],
        ...{ templateBody, parameters, tags }
    });
    if (created === 'not-now')
        return again('a change set that was refused, because the stack is not as it was described');
    const changeSet = await finishedChangeSet(context, stacks, stackName, name);
    if (changeSet === null)
        return again('a change set that was gone as soon as it was made');
    const { status, executionStatus } = changeSet;
    const found = `a change set in the status ${status} with the execution status ${executionStatus}`;
    if (executionStatus === 'EXECUTE_IN_PROGRESS' || executionStatus === 'EXECUTE_COMPLETE')
        return again(found);
    if (status === 'FAILED' || executionStatus !== 'AVAILABLE') {
        await stacks.deleteChangeSet(stackName, name);
        if (status !== 'FAILED')
            return again(found);
        if (isWithoutChanges(changeSet))
            return { kind: 'no-changes' };
        throw changeSetFailed(stackName, changeSet);
    }
    if (!(await isMadeOn(stacks, stackName, before, changeSet, brings))) {
        await stacks.deleteChangeSet(stackName, name);
        return again('a change set that was made on another stack than the one that was described');
    }
    await assertKeepsVersions(stacks, stackName, changeSet, name);
    const token = (0,digest/* sha256Hex */.fg)(`${name} ${changeSet.id}`);
    if ((await stacks.executeChangeSet(stackName, name, token)) === 'not-executable') {
        return again('a change set that could not be executed');
    }
    const execution = {
        changeSetId: changeSet.id,
        changeSetName: name,
        changeSetBefore: before?.changeSetId ?? null,
        token
    };
    const stack = await endOfOperation(context, stacks, stackName, execution);
    if (deletes(changeSet))
        await assertNothingLeft(stacks, stack, token);
    return { kind: 'executed', stack };
}
function changeSetName(change, before) {
    const { templateBody, parameters, tags } = change;
    const { [`${deploy_record/* tagPrefix */.B3}run`]: _run, ...lasting } = tags;
    const content = tags[`${deploy_record/* tagPrefix */.B3}content-digest`] ?? '';
    const rest = (0,digest/* sha256Hex */.fg)((0,digest/* canonicalJson */.dj)([templateBody, parameters, lasting, before?.outputs ?? {}]));
    return `layer-deploy-${content.slice(0, 32)}-${rest.slice(0, 16)}`;
}
function finishedChangeSet(context, stacks, stackName, name) {
    return (0,poll/* pollUntil */.g)(context, `the change set ${name} of the stack ${stackName}`, async () => {
        const changeSet = await stacks.describeChangeSet(stackName, name);
        const pending = changeSet !== null && /_(PENDING|IN_PROGRESS)$/.test(changeSet.status);
        return pending ? undefined : changeSet;
    });
}
function isWithoutChanges(changeSet) {
    return /didn't contain changes|no updates are to be performed/i.test(changeSet.statusReason);
}
async function isMadeOn(stacks, stackName, before, changeSet, brings) {
    const proven = brings === 'version' ? replaces(before, changeSet) : null;
    if (proven === false)
        return false;
    if (proven === true && before?.outputs[stack_template/* layerVersionArnOutput */.m4] === undefined)
        return true;
    return isUntouched(stacks, stackName, before);
}
function replaces(before, changeSet) {
    const changes = changeSet.changes.filter(({ resourceType }) => resourceType === layerVersionType);
    const old = changes.flatMap(({ physicalId }) => (physicalId === null || physicalId === '' ? [] : [physicalId]));
    const described = before?.outputs[stack_template/* layerVersionArnOutput */.m4];
    if (changes.length === 0)
        return false;
    if (described === undefined || old.includes(described))
        return true;
    return old.length === 0 ? null : false;
}
async function isUntouched(stacks, stackName, before) {
    const seen = (stack) => (0,digest/* canonicalJson */.dj)([stack?.changeSetId ?? null, stack?.status ?? null, stack?.tags ?? {}]);
    return seen(await stacks.describe(stackName)) === seen(before);
}
function endsVersion({ resourceType, action, replacement, policyAction }) {
    if (resourceType !== layerVersionType)
        return false;
    if (policyAction !== null)
        return !/^(ReplaceAnd)?Retain$/.test(policyAction);
    return action === 'Remove' || (action === 'Modify' && replacement !== 'False');
}
async function assertKeepsVersions(stacks, stackName, changeSet, name) {
    const deleting = changeSet.changes.find(endsVersion);
    if (deleting === undefined)
        return;
    await stacks.deleteChangeSet(stackName, name);
    throw new errors/* CodedError */.AK('TEMPLATE_DELETES_VERSIONS', {
        expected: `every layer version of ${stackName} to be retained`,
        found: `${deleting.action} of ${deleting.logicalId} with the policy ${deleting.policyAction ?? 'Delete'}`,
        mend: 'set DeletionPolicy and UpdateReplacePolicy of the layer version to Retain in the deployed template first'
    });
}
function changeSetFailed(stackName, changeSet) {
    return new errors/* CodedError */.AK('AWS_FAILED', {
        expected: `a change set for the stack ${stackName}`,
        found: changeSet.statusReason === '' ? changeSet.status : changeSet.statusReason,
        mend: 'mend what the reason names and run again; nothing was changed'
    });
}

;// CONCATENATED MODULE: ./.build/publish-layers/engines/cloudformation/current-version.js



function currentOf(stack) {
    const arn = stack?.outputs[stack_template/* layerVersionArnOutput */.m4];
    if (stack === null || arn === undefined)
        return null;
    return { arn, version: versionOfArn(arn, stack.name), record: (0,deploy_record/* readRecord */.aE)(stack.tags, deploy_record/* tagPrefix */.B3) };
}
function versionOfArn(arn, stackName) {
    const match = /^arn:[^:]+:lambda:[^:]+:\d{12}:layer:[^:]+:([1-9]\d*)$/.exec(arn);
    if (match?.[1] === undefined)
        throw withoutVersion(stackName, JSON.stringify(arn.slice(0, 200)));
    return Number(match[1]);
}
function withoutVersion(stackName, found) {
    return new errors/* CodedError */.AK('PUBLISH_UNVERIFIED', {
        expected: `the ARN of a layer version as the output ${stack_template/* layerVersionArnOutput */.m4} of the stack ${stackName}`,
        found,
        mend: `look at the outputs and the events of ${stackName} for who changes it, or its template, beside this action, and run again; where it stays so, delete the stack (its versions are retained)`
    });
}
function deployedOf({ version, arn, record }, access) {
    return {
        version,
        arn,
        sourceDigest: record.sourceDigest ?? null,
        contentDigest: record.contentDigest ?? null,
        artifactSha256: record.artifactSha256 ?? null,
        commit: record.commit ?? null,
        run: record.run ?? null,
        sourceCommit: record.sourceCommit ?? null,
        sizeBytes: null,
        ...(0,deploy_record/* rollbackOf */.ID)(record),
        ...(0,deploy_record/* historyOf */.om)(record),
        properties: null,
        access
    };
}

// EXTERNAL MODULE: ./.build/publish-layers/target.js
var publish_layers_target = __webpack_require__(3406);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/cloudformation/stack-definition.js




function publishedStack({ target, properties, artifact, previous }, before, generation, access) {
    const { layerName, template } = target;
    const place = { artifactBucket: artifact.bucket, artifactKey: artifact.key };
    const parameters = (0,stack_template/* parametersOf */.mC)(place, generation, access);
    if (template === null)
        return { templateBody: (0,stack_template/* stackTemplate */.FK)(layerName, properties, generation, access), parameters };
    if (template.read !== null) {
        const templateBody = (0,stack_template/* stackTemplate */.FK)(layerName, properties, generation, access, template.read);
        return { templateBody, parameters: { ...template.parameters, ...parameters } };
    }
    const declared = previous?.properties ?? null;
    if (before === null || declared === null || !(0,publish_layers_target/* sameProperties */.OD)(declared, properties)) {
        throw onlyByDeploy(layerName);
    }
    return { templateBody: null, parameters: { ...kept(before), ...(0,stack_template/* parametersOf */.mC)(place, generation, publish_layers_access/* noAccess */.m0) } };
}
function recordedStack(target, properties, before) {
    const { layerName, template, access } = target;
    const generation = (0,stack_template/* generationOf */.gS)(before.parameters);
    const { ArtifactBucket = '', ArtifactKey = '' } = before.parameters;
    const parameters = (0,stack_template/* parametersOf */.mC)({ artifactBucket: ArtifactBucket, artifactKey: ArtifactKey }, generation, access);
    if (template === null)
        return { templateBody: (0,stack_template/* stackTemplate */.FK)(layerName, properties, generation, access), parameters };
    if (template.read === null)
        return { templateBody: null, parameters: kept(before) };
    const templateBody = (0,stack_template/* stackTemplate */.FK)(layerName, properties, generation, access, template.read);
    return { templateBody, parameters: { ...template.parameters, ...parameters } };
}
function kept({ parameters }) {
    return Object.fromEntries(Object.keys(parameters).map(name => [name, null]));
}
function onlyByDeploy(layerName) {
    return new errors/* CodedError */.AK('CONFIG_INVALID', {
        expected: `the stack of ${layerName} to declare already what the version declares`,
        found: 'an own template that declares something else',
        mend: 'revert the change of the template and push: a deploy brings content and template together'
    });
}

;// CONCATENATED MODULE: ./.build/publish-layers/engines/cloudformation/change/no-turn.js

function noTurn(stackName, turns) {
    const states = new Set(turns.map(({ before }) => stateOf(before)));
    const why = turns.at(-1)?.why ?? 'no attempt';
    const expected = `a change of the stack ${stackName} to get its turn`;
    if (states.size > 1) {
        return new errors/* CodedError */.AK('AWS_FAILED', {
            expected,
            found: `a stack that others changed meanwhile, in ${turns.length} attempts`,
            mend: 'see who else changes this stack, and run again'
        });
    }
    return new errors/* CodedError */.AK('AWS_FAILED', {
        expected,
        found: `${why}, in each of ${turns.length} attempts, while the stack stayed as it was`,
        mend: `look at the change sets of ${stackName} and at what answers in place of AWS CloudFormation (AWS_ENDPOINT_URL, a proxy), delete its change sets and run again`
    });
}
function stateOf(stack) {
    if (stack === null)
        return '';
    const { id, status, changeSetId, outputs, tags, parameters } = stack;
    return JSON.stringify([id, status, changeSetId, outputs, tags, parameters]);
}

// EXTERNAL MODULE: ./.build/publish-layers/engines/ownership.js
var ownership = __webpack_require__(6126);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/cloudformation/stack-verdicts.js





function stackVerdicts(target, owner, stack, held = null) {
    return [stack_verdicts_ownership(target, owner, stack), stack_verdicts_readiness(target, stack, held)];
}
function isRecreatable(target, owner, stack) {
    return (target.recreateFailedStack &&
        stack?.status === 'ROLLBACK_COMPLETE' &&
        !stack.terminationProtection &&
        stack_verdicts_ownership(target, owner, stack).passed === true);
}
function assertWritable(target, owner, stack, held = null) {
    for (const verdict of stackVerdicts(target, owner, stack, held)) {
        if (verdict.passed !== true)
            throw new errors/* CodedError */.AK(verdict.guard, verdict.finding);
    }
}
function stack_verdicts_ownership(target, owner, stack) {
    const [guard, subject] = ['STACK_NOT_OURS', (0,publish_layers_target/* targetKey */.hD)(target)];
    const { stackName } = target;
    if (stack === null || stackReadiness(stack.status) === 'create') {
        return { guard, subject, passed: true, detail: `no stack ${stackName} yet` };
    }
    const recorded = (0,deploy_record/* readRecord */.aE)(stack.tags, deploy_record/* tagPrefix */.B3);
    if ((0,ownership/* isOwn */.NP)(owner, recorded))
        return { guard, subject, passed: true, detail: `${stackName} belongs to ${(0,ownership/* ownerText */.dP)(owner)}` };
    const tag = `${deploy_record/* tagPrefix */.B3}repository=${owner.repository}`;
    const id = owner.repositoryId == null ? '' : ` and ${deploy_record/* tagPrefix */.B3}repository-id=${owner.repositoryId}`;
    const finding = {
        expected: `the stack ${stackName} of ${(0,ownership/* ownerText */.dP)(owner)}`,
        found: (0,ownership/* isUnowned */.lv)(recorded) ? `a stack without the tag ${deploy_record/* tagPrefix */.B3}repository` : `a stack of ${(0,ownership/* ownerText */.dP)(recorded)}`,
        mend: `give the layer another stack-name, or tag ${stackName} with ${tag}${id} to hand it over (docs/ownership.md)`
    };
    return { guard, subject, passed: false, finding };
}
function stack_verdicts_readiness(target, stack, held) {
    const [guard, subject] = ['STACK_NOT_READY', (0,publish_layers_target/* targetKey */.hD)(target)];
    if (stack !== null && held !== null) {
        const detail = `${stack.status}, holds no version: ${stack.name} is created anew`;
        if (held.length === 0)
            return { guard, subject, passed: true, detail };
        return { guard, subject, passed: false, finding: holdsVersions(stack, held) };
    }
    if (stack !== null && stackReadiness(stack.status) === 'stop') {
        return { guard, subject, passed: false, finding: notReady(target.stackName, stack.status) };
    }
    return { guard, subject, passed: true, detail: stack?.status ?? 'no stack yet' };
}
function holdsVersions({ name, status }, held) {
    return {
        expected: `the stack ${name} without a layer version, to create it anew`,
        found: `${status} with ${held.join(', ')}`,
        mend: `delete the stack ${name} by hand once nobody uses that version, and run again`
    };
}

// EXTERNAL MODULE: ./.build/publish-layers/engines/verify.js
var verify = __webpack_require__(8110);
// EXTERNAL MODULE: ./.build/publish-layers/engines/verify-access.js
var verify_access = __webpack_require__(269);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/cloudformation/cloudformation.js












const maximumAttempts = 10;
function createCloudFormationEngine(context) {
    return {
        observe: (target, wait) => observe(context, target, wait),
        publish: order => publish(context, order),
        refreshRecord: order => refreshRecord(context, order),
        adjust: target => adjust(context, target)
    };
}
async function observe(context, target, wait) {
    const { layers, stacks } = context.region(target.region);
    const stack = wait ? await settledStack(context, target) : await stacks.describe(target.stackName);
    const recreatable = isRecreatable(target, context, stack);
    const held = recreatable ? await stacks.heldVersions(target.stackName) : null;
    const verdicts = stackVerdicts(target, context, stack, held);
    const current = currentOf(stack);
    if (current === null)
        return { deployed: null, verdicts, astray: false };
    const astray = isAstray(target, stack);
    const recorded = deployedOf(current, (0,stack_access/* accessOfStack */.k4)(stack));
    const detail = await layers.get(target.layerName, current.version);
    if (detail === null)
        return { deployed: recorded, verdicts, astray };
    const { description, licenseInfo, compatibleRuntimes, compatibleArchitectures, sizeBytes } = detail;
    const properties = { description, licenseInfo, compatibleRuntimes, compatibleArchitectures };
    const bytes = (0,verify/* storedBytesVerdict */.gY)(target, recorded.artifactSha256, detail);
    return { deployed: { ...recorded, sizeBytes, properties }, verdicts: [...verdicts, bytes], astray };
}
function isAstray({ terminationProtection }, stack) {
    return stack !== null && terminationProtection !== null && stack.terminationProtection !== terminationProtection;
}
async function adjust(context, target) {
    const stack = await settledStack(context, target);
    assertWritable(target, context, stack);
    await settle(context, target, stack);
}
async function settle(context, target, stack) {
    if (!isAstray(target, stack))
        return;
    const { stacks } = context.region(target.region);
    await stacks.protect(target.stackName, target.terminationProtection === true);
}
async function publish(context, order) {
    const { target, previous } = order;
    let created = false;
    const { stack, changed } = await bring(context, target, before => {
        const current = currentOf(before);
        if ((0,verify/* isDone */.$L)(order, current))
            return null;
        (0,verify/* assertNotOvertaken */.Px)(target, previous, current);
        created = before === null;
        return publishChange(context, order, before);
    });
    const current = currentOf(stack);
    if (current === null)
        throw withoutVersion(target.stackName, 'a stack without it');
    if (changed && !(0,verify/* isDone */.$L)(order, current))
        (0,verify/* assertNotOvertaken */.Px)(target, previous, current);
    const { layers } = context.region(target.region);
    await settle(context, target, stack);
    const published = await (0,verify/* verifyPublished */.uf)(layers, target, current.version, order.artifact, changed ? 'published' : 'adopted');
    await openAccess(context, order, stack);
    const anewOf = created && changed ? await sameContentBefore(layers, published, target) : null;
    return anewOf === null ? published : { ...published, anewOf };
}
async function sameContentBefore(layers, { version, codeSha256 }, { layerName }) {
    const before = version > 1 ? await layers.get(layerName, version - 1) : null;
    return before?.codeSha256 === codeSha256 ? before.version : null;
}
async function openAccess(context, order, stack) {
    const { target, record, properties } = order;
    const opened = (0,publish_layers_access/* sameAccess */.FU)((0,stack_access/* accessOfStack */.k4)(stack), target.access);
    if (!opened && target.template?.read === null)
        return;
    const settled = opened
        ? stack
        : await bring(context, target, before => {
            if ((0,publish_layers_access/* sameAccess */.FU)((0,stack_access/* accessOfStack */.k4)(before), target.access))
                return null;
            const current = currentOf(before);
            if (!(0,verify/* isDone */.$L)(order, current))
                (0,verify/* assertNotOvertaken */.Px)(target, order.previous, current);
            return before === null ? null : recordChange(context, before, { target, record, properties });
        }).then(brought => brought.stack);
    await verifyAccess(context, target, settled);
}
async function verifyAccess(context, target, stack, before) {
    const current = currentOf(stack);
    if (stack === null || current === null)
        return;
    (0,verify_access/* verifyParameter */.x)(target, current.arn, stack);
    await (0,verify_access/* verifySharing */.e)(context.region(target.region).permissions, target, current.version, before);
}
async function refreshRecord(context, { target, previous, record, properties }) {
    const { stack } = await bring(context, target, before => {
        const current = currentOf(before);
        const opened = (0,publish_layers_access/* sameAccess */.FU)((0,stack_access/* accessOfStack */.k4)(before), target.access);
        if (opened && current?.version === previous.version && (0,verify/* sameOrigin */.Nm)(current.record, record))
            return null;
        (0,verify/* assertNotOvertaken */.Px)(target, previous, current);
        if (before === null)
            return null;
        const artifactSha256 = current?.record.artifactSha256 ?? record.artifactSha256;
        return recordChange(context, before, { target, properties, record: { ...record, artifactSha256 } });
    });
    await settle(context, target, stack);
    await verifyAccess(context, target, stack, previous.access);
}
function recordChange(context, before, { target, properties, record }) {
    const current = currentOf(before);
    return {
        target,
        brings: 'record',
        ...recordedStack(target, properties, before),
        tags: (0,deploy_record/* tagsOf */.Fg)((0,deploy_record/* succeeding */.jz)(record, current, current?.version ?? null, context.repositoryId), before.tags)
    };
}
async function bring(context, target, decide) {
    const turns = [];
    for (let attempt = 1; attempt <= maximumAttempts; attempt++) {
        const before = await settledStack(context, target);
        if (await removeFailed(context, target, before))
            continue;
        const change = decide(before);
        if (change === null)
            return { stack: before, changed: false };
        assertWritable(target, context, before);
        const outcome = await applyChangeSet(context, before, change, attempt);
        if (outcome.kind === 'executed')
            return { stack: outcome.stack, changed: true };
        if (outcome.kind === 'no-changes')
            return { stack: before, changed: false };
        turns.push({ before, why: outcome.why });
        await context.clock.sleep(100 + Math.random() * 400, context.signal);
    }
    throw noTurn(target.stackName, turns);
}
async function removeFailed(context, target, stack) {
    if (stack === null || !isRecreatable(target, context, stack))
        return false;
    const { stacks } = context.region(target.region);
    const held = await stacks.heldVersions(stack.name);
    assertWritable(target, context, stack, held);
    await stacks.delete(stack.name, stack.id);
    return true;
}
function publishChange(context, order, before) {
    const { target, properties, artifact, record, previous } = order;
    const current = before === null ? 1 : (0,stack_template/* generationOf */.gS)(before.parameters);
    const generation = previous !== null && previous.properties === null ? current + 1 : current;
    const access = (0,publish_layers_access/* carriedOver */.l9)((0,stack_access/* accessOfStack */.k4)(before), target.access);
    return {
        target,
        brings: 'version',
        ...publishedStack({ target, properties, artifact, previous }, before, generation, access),
        tags: (0,deploy_record/* tagsOf */.Fg)((0,deploy_record/* succeeding */.jz)(record, currentOf(before), null, context.repositoryId), before?.tags)
    };
}


/***/ }),

/***/ 2807:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qz: () => (/* binding */ isAccessName),
/* harmony export */   S6: () => (/* binding */ parameterValueOutput),
/* harmony export */   TK: () => (/* binding */ accessSections),
/* harmony export */   VV: () => (/* binding */ accessParameters),
/* harmony export */   k4: () => (/* binding */ accessOfStack)
/* harmony export */ });
/* harmony import */ var _access_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1953);

const parameterValueOutput = 'SsmParameterValue';
const parameterId = 'LayerVersionParameter';
function accessSections({ ssmParameter, sharedWith }, layerName, versionId) {
    const hasParameter = ssmParameter !== null;
    return {
        parameters: {
            ...(hasParameter && { SsmParameter: { Type: 'String' } }),
            ...(sharedWith.length > 0 && { SharedWith: { Type: 'String' } })
        },
        resources: {
            ...Object.fromEntries(sharedWith.map(principal => [permissionId(principal), permission(principal, versionId)])),
            ...(hasParameter && { [parameterId]: parameter(layerName, versionId) })
        },
        outputs: hasParameter ? { [parameterValueOutput]: { Value: { 'Fn::GetAtt': [parameterId, 'Value'] } } } : {}
    };
}
function accessParameters({ ssmParameter, sharedWith }) {
    return {
        ...(ssmParameter !== null && { SsmParameter: ssmParameter }),
        ...(sharedWith.length > 0 && { SharedWith: sharedWith.join(',') })
    };
}
function accessOfStack(stack) {
    if (stack === null)
        return _access_js__WEBPACK_IMPORTED_MODULE_0__/* .noAccess */ .m0;
    const { SsmParameter = '', SharedWith = '' } = stack.parameters;
    return {
        ssmParameter: SsmParameter === '' ? null : SsmParameter,
        sharedWith: SharedWith === '' ? [] : SharedWith.split(',')
    };
}
function isAccessName(name) {
    return /^(?:SsmParameter(?:Value)?|LayerVersionParameter|SharedWith(?:\d{12}|Public|Organization[a-z0-9]+)?)$/.test(name);
}
function permissionId(principal) {
    const words = principal.startsWith('o-') ? `Organization${principal.slice(2)}` : principal;
    return `SharedWith${words === 'public' ? 'Public' : words}`;
}
function permission(principal, versionId) {
    const isAccount = /^\d{12}$/.test(principal);
    return {
        Type: 'AWS::Lambda::LayerVersionPermission',
        DeletionPolicy: 'Delete',
        UpdateReplacePolicy: 'Retain',
        Properties: {
            Action: 'lambda:GetLayerVersion',
            LayerVersionArn: { Ref: versionId },
            Principal: isAccount ? principal : '*',
            ...(principal.startsWith('o-') && { OrganizationId: principal })
        }
    };
}
function parameter(layerName, versionId) {
    return {
        Type: 'AWS::SSM::Parameter',
        DeletionPolicy: 'Delete',
        UpdateReplacePolicy: 'Delete',
        Properties: {
            Name: { Ref: 'SsmParameter' },
            Type: 'String',
            Description: `ARN of the current version of the Lambda layer ${layerName}, kept by layer-deploy-action`,
            Value: { Ref: versionId }
        }
    };
}


/***/ }),

/***/ 3717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  gS: () => (/* binding */ generationOf),
  m4: () => (/* binding */ layerVersionArnOutput),
  mC: () => (/* binding */ parametersOf),
  FK: () => (/* binding */ stackTemplate)
});

// EXTERNAL MODULE: ./.build/publish-layers/own-template/json-value.js
var json_value = __webpack_require__(5303);
;// CONCATENATED MODULE: ./.build/publish-layers/own-template/rename-resource.js

function renameResource(value, from, to) {
    if ((0,json_value/* isList */.L)(value))
        return value.map(item => renameResource(item, from, to));
    if (!(0,json_value/* isObject */.G)(value))
        return value;
    const entries = Object.entries(value).map(([key, inner]) => {
        switch (key) {
            case 'Ref':
                return [key, inner === from ? to : renameResource(inner, from, to)];
            case 'DependsOn':
                return [key, renamedNames(inner, from, to)];
            case 'Fn::GetAtt':
                return [key, renamedAttribute(inner, from, to)];
            case 'Fn::Sub':
                return [key, renamedPattern(inner, from, to)];
            default:
                return [key, renameResource(inner, from, to)];
        }
    });
    return Object.fromEntries(entries);
}
function renamedNames(names, from, to) {
    if ((0,json_value/* isList */.L)(names))
        return names.map(name => (name === from ? to : name));
    return names === from ? to : names;
}
function renamedAttribute(argument, from, to) {
    if ((0,json_value/* isList */.L)(argument))
        return argument.map((part, index) => (index === 0 && part === from ? to : part));
    return typeof argument === 'string' && argument.startsWith(`${from}.`)
        ? `${to}${argument.slice(from.length)}`
        : argument;
}
function renamedPattern(argument, from, to) {
    const [pattern, ...rest] = (0,json_value/* isList */.L)(argument) ? argument : [argument];
    if (typeof pattern !== 'string')
        return renameResource(argument, from, to);
    const own = (0,json_value/* isObject */.G)(rest[0]) ? rest[0] : {};
    const renamed = pattern.replace(/\$\{([^}!.]*)(\.[^}]*)?\}/g, (whole, name, attribute) => name === from && !(`${name}${attribute ?? ''}` in own) ? `\${${to}${attribute ?? ''}}` : whole);
    return (0,json_value/* isList */.L)(argument) ? [renamed, ...rest.map(item => renameResource(item, from, to))] : renamed;
}

;// CONCATENATED MODULE: ./.build/publish-layers/own-template/merge-template.js


function mergeTemplate(base, logicalId, { rest, ...own }) {
    const renamed = asObject(renameResource(rest, own.logicalId, logicalId));
    const section = (name) => ({ ...asObject(renamed[name]), ...asObject(base[name]) });
    const resources = section('Resources');
    const attributes = asObject(renameResource(own.attributes, own.logicalId, logicalId));
    return {
        ...renamed,
        Parameters: section('Parameters'),
        Resources: { ...resources, [logicalId]: { ...asObject(resources[logicalId]), ...attributes } },
        Outputs: section('Outputs')
    };
}
function asObject(value) {
    return (0,json_value/* isObject */.G)(value) ? value : {};
}

// EXTERNAL MODULE: ./.build/publish-layers/engines/cloudformation/stack-access.js
var stack_access = __webpack_require__(2807);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/cloudformation/stack-template.js


const layerVersionArnOutput = 'LayerVersionArn';
function stackTemplate(layerName, properties, generation, access, own = null) {
    const logicalId = generation === 1 ? 'LayerVersion' : `LayerVersion${generation}`;
    const { parameters, resources, outputs } = (0,stack_access/* accessSections */.TK)(access, layerName, logicalId);
    const template = {
        AWSTemplateFormatVersion: '2010-09-09',
        Description: `Lambda layer ${layerName}, kept by layer-deploy-action`,
        Parameters: {
            ArtifactBucket: { Type: 'String' },
            ArtifactKey: { Type: 'String' },
            Generation: { Type: 'String', Default: '1' },
            ...parameters
        },
        Resources: {
            [logicalId]: {
                Type: 'AWS::Lambda::LayerVersion',
                DeletionPolicy: 'Retain',
                UpdateReplacePolicy: 'Retain',
                Properties: {
                    LayerName: layerName,
                    Content: { S3Bucket: { Ref: 'ArtifactBucket' }, S3Key: { Ref: 'ArtifactKey' } },
                    CompatibleRuntimes: properties.compatibleRuntimes,
                    ...(properties.compatibleArchitectures.length === 0
                        ? {}
                        : { CompatibleArchitectures: properties.compatibleArchitectures }),
                    ...(properties.description === '' ? {} : { Description: properties.description }),
                    ...(properties.licenseInfo === '' ? {} : { LicenseInfo: properties.licenseInfo })
                }
            },
            ...resources
        },
        Outputs: { [layerVersionArnOutput]: { Value: { Ref: logicalId } }, ...outputs }
    };
    return own === null ? JSON.stringify(template, null, 1) : JSON.stringify(mergeTemplate(template, logicalId, own));
}
function parametersOf(parameters, generation, access) {
    return {
        ArtifactBucket: parameters.artifactBucket,
        ArtifactKey: parameters.artifactKey,
        Generation: String(generation),
        ...(0,stack_access/* accessParameters */.VV)(access)
    };
}
function generationOf(parameters) {
    const generation = Number(parameters['Generation'] ?? '1');
    return Number.isSafeInteger(generation) && generation > 0 ? generation : 1;
}


/***/ }),

/***/ 6126:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   NP: () => (/* binding */ isOwn),
/* harmony export */   dP: () => (/* binding */ ownerText),
/* harmony export */   lv: () => (/* binding */ isUnowned)
/* harmony export */ });
function isOwn({ repository, repositoryId = null }, recorded) {
    if (repositoryId !== null && recorded.repositoryId !== undefined)
        return repositoryId === recorded.repositoryId;
    return recorded.repository?.toLowerCase() === repository.toLowerCase();
}
function isUnowned({ repository, repositoryId }) {
    return repository === undefined && repositoryId === undefined;
}
function ownerText({ repository, repositoryId }) {
    const id = repositoryId ?? undefined;
    return id === undefined
        ? (repository ?? 'an unnamed repository')
        : `${repository ?? 'a repository'} (repository id ${id})`;
}


/***/ }),

/***/ 1374:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ pollUntil)
/* harmony export */ });
const silentMilliseconds = 10_000;
const repeatMilliseconds = 60_000;
async function pollUntil(context, what, ask) {
    const { clock, signal, log } = context;
    const began = clock.now();
    let tellAt = began + silentMilliseconds;
    for (let waitMilliseconds = 200;; waitMilliseconds = Math.min(waitMilliseconds * 1.5, 2_000)) {
        signal.throwIfAborted();
        const answer = await ask();
        if (answer !== undefined)
            return answer;
        const now = clock.now();
        if (now >= tellAt) {
            const seconds = Math.round((now - began) / 1000);
            log.info(`Waiting for ${typeof what === 'string' ? what : what()}, for ${seconds} s now`);
            tellAt = now + repeatMilliseconds;
        }
        await clock.sleep(waitMilliseconds, signal);
    }
}


/***/ }),

/***/ 269:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ verifySharing),
/* harmony export */   x: () => (/* binding */ verifyParameter)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8125);
/* harmony import */ var _access_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1953);
/* harmony import */ var _cloudformation_stack_access_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2807);



async function verifySharing(permissions, target, version, before = _access_js__WEBPACK_IMPORTED_MODULE_1__/* .noAccess */ .m0) {
    const { sharedWith } = target.access;
    if (sharedWith.length === 0 && before.sharedWith.length === 0)
        return;
    const found = (await permissions.list(target.layerName, version)).map(({ principal }) => principal);
    if ((0,_access_js__WEBPACK_IMPORTED_MODULE_1__/* .samePrincipals */ .eK)(sharedWith, found))
        return;
    throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('PUBLISH_UNVERIFIED', {
        expected: `version ${version} of ${target.layerName} in ${target.region} to be shared with ${words(sharedWith)}`,
        found: `a policy for ${words(found)}`,
        mend: 'correct share-with, or remove what was added beside this action (aws lambda remove-layer-version-permission), and run again'
    });
}
function verifyParameter(target, arn, stack) {
    const { ssmParameter } = target.access;
    const found = stack.outputs[_cloudformation_stack_access_js__WEBPACK_IMPORTED_MODULE_2__/* .parameterValueOutput */ .S6];
    if (ssmParameter === null || found === arn)
        return;
    throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('PUBLISH_UNVERIFIED', {
        expected: `the parameter ${ssmParameter} in ${target.region} to hold ${arn}`,
        found: found ?? `a stack ${stack.name} without the output ${_cloudformation_stack_access_js__WEBPACK_IMPORTED_MODULE_2__/* .parameterValueOutput */ .S6}`,
        mend: `look for who changes the stack ${stack.name} beside this action, and run again`
    });
}
function words(principals) {
    return principals.length === 0 ? 'nobody' : principals.join(', ');
}


/***/ }),

/***/ 8110:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $L: () => (/* binding */ isDone),
/* harmony export */   Nm: () => (/* binding */ sameOrigin),
/* harmony export */   Px: () => (/* binding */ assertNotOvertaken),
/* harmony export */   cO: () => (/* binding */ Overtaken),
/* harmony export */   gY: () => (/* binding */ storedBytesVerdict),
/* harmony export */   k8: () => (/* binding */ comparePublished),
/* harmony export */   uf: () => (/* binding */ verifyPublished)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8125);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3406);


async function verifyPublished(layers, target, version, artifact, outcome) {
    return comparePublished(target, version, await layers.get(target.layerName, version), artifact, outcome);
}
function comparePublished(target, version, detail, artifact, outcome) {
    if (detail === null || detail.codeSha256 !== artifact.sha256) {
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('PUBLISH_UNVERIFIED', unverified(target, version, artifact.sha256, detail));
    }
    const { arn, codeSha256, sizeBytes } = detail;
    return { outcome, version, arn, codeSha256, sizeBytes, duplicates: [], strays: [] };
}
function storedBytesVerdict(target, recordedSha256, detail) {
    const [guard, subject] = ['PUBLISH_UNVERIFIED', (0,_target_js__WEBPACK_IMPORTED_MODULE_1__/* .targetKey */ .hD)(target)];
    if (recordedSha256 === null || recordedSha256 === detail.codeSha256) {
        return { guard, subject, passed: true, detail: `version ${detail.version} holds the recorded bytes` };
    }
    return { guard, subject, passed: false, finding: unverified(target, detail.version, recordedSha256, detail) };
}
function unverified(target, version, sha256, detail) {
    const { layerName, region } = target;
    return {
        expected: `version ${version} of ${layerName} in ${region} with the SHA-256 ${sha256}`,
        found: detail === null ? 'no such version' : `SHA-256 ${detail.codeSha256}`,
        mend: `look for who changes the artifact bucket or the layer beside this action, delete version ${version} of ${layerName} and run again`
    };
}
function isDone(order, current) {
    const { record, previous } = order;
    if (current === null || !sameOrigin(current.record, record))
        return false;
    return previous === null || previous.version !== current.version || !sameOrigin(recordOf(previous), record);
}
function sameOrigin(a, b) {
    return a.contentDigest === b.contentDigest && a.sourceDigest === b.sourceDigest;
}
function recordOf({ contentDigest, sourceDigest }) {
    return { ...(contentDigest !== null && { contentDigest }), ...(sourceDigest !== null && { sourceDigest }) };
}
class Overtaken extends _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK {
    current;
    constructor(finding, current) {
        super('STALE_RUN', finding);
        this.current = current;
    }
}
function assertNotOvertaken(target, planned, current) {
    const sameVersion = (planned?.version ?? null) === (current?.version ?? null);
    const sameCommit = (planned?.commit ?? null) === (current?.record.commit ?? null);
    if (sameVersion && sameCommit)
        return;
    const name = (version) => (version === undefined ? 'no version' : `version ${version}`);
    const commit = current?.record.commit;
    const finding = {
        expected: `${name(planned?.version)} of ${target.layerName} in ${target.region}, as when this run was planned`,
        found: `${name(current?.version)}${commit === undefined ? '' : ` of commit ${commit}`}, deployed by another run meanwhile`,
        mend: 'run again to plan anew, or leave what the newer run made'
    };
    throw new Overtaken(finding, current);
}


/***/ }),

/***/ 5303:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ isObject),
/* harmony export */   L: () => (/* binding */ isList)
/* harmony export */ });
function isObject(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
}
function isList(value) {
    return Array.isArray(value);
}


/***/ }),

/***/ 4041:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ withVersion),
/* harmony export */   F: () => (/* binding */ isAmong)
/* harmony export */ });
const maximumCharacters = 256;
function withVersion(text, version) {
    const ranges = [...rangesOf(text), [version, version]].sort((a, b) => a[0] - b[0]);
    const joined = [];
    for (const [first, last] of ranges) {
        const before = joined.at(-1);
        if (before !== undefined && first <= before[1] + 1)
            joined[joined.length - 1] = [before[0], Math.max(before[1], last)];
        else
            joined.push([first, last]);
    }
    let shown = joined.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
    while (shown.join(' ').length > maximumCharacters)
        shown = shown.slice(1);
    return shown.join(' ');
}
function isAmong(text, version) {
    return rangesOf(text).some(([first, last]) => first <= version && version <= last);
}
function rangesOf(text = '') {
    return text
        .slice(0, maximumCharacters)
        .split(' ')
        .flatMap(part => {
        const [, first, last = first] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part) ?? [];
        return first === undefined ? [] : [[Number(first), Number(last)]];
    });
}


/***/ })

};
