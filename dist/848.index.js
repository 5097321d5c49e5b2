export const id = 848;
export const ids = [848];
export const modules = {

/***/ 232:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   B3: () => (/* binding */ tagPrefix),
/* harmony export */   Fg: () => (/* binding */ tagsOf),
/* harmony export */   Pf: () => (/* binding */ fieldsOf),
/* harmony export */   aE: () => (/* binding */ readRecord)
/* harmony export */ });
const fields = {
    sourceDigest: 'source-digest',
    contentDigest: 'content-digest',
    artifactSha256: 'artifact-sha256',
    commit: 'commit',
    sourceCommit: 'source-commit',
    run: 'run',
    repository: 'repository'
};
const entries = Object.entries(fields);
const tagPrefix = 'layer-deploy:';
function tagsOf(record) {
    return Object.fromEntries(entries.map(([field, name]) => [tagPrefix + name, record[field]]));
}
function fieldsOf(record) {
    return Object.fromEntries(entries.map(([field, name]) => [name, record[field]]));
}
function readRecord(values, prefix) {
    return Object.fromEntries(entries.flatMap(([field, name]) => {
        const value = values[prefix + name];
        return typeof value === 'string' && value !== '' ? [[field, value]] : [];
    }));
}


/***/ }),

/***/ 5848:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createCloudFormationEngine: () => (/* binding */ createCloudFormationEngine)
});

// EXTERNAL MODULE: ./.build/publish-layers/deploy-record.js
var deploy_record = __webpack_require__(232);
;// CONCATENATED MODULE: ./.build/publish-layers/stack-template.js
const layerVersionArnOutput = 'LayerVersionArn';
function stackTemplate(layerName, properties, generation) {
    const logicalId = generation === 1 ? 'LayerVersion' : `LayerVersion${generation}`;
    const template = {
        AWSTemplateFormatVersion: '2010-09-09',
        Description: `Lambda layer ${layerName}, kept by layer-deploy-action`,
        Parameters: {
            ArtifactBucket: { Type: 'String' },
            ArtifactKey: { Type: 'String' },
            Generation: { Type: 'String', Default: '1' }
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
                    CompatibleArchitectures: properties.compatibleArchitectures,
                    ...(properties.description === '' ? {} : { Description: properties.description }),
                    ...(properties.licenseInfo === '' ? {} : { LicenseInfo: properties.licenseInfo })
                }
            }
        },
        Outputs: { [layerVersionArnOutput]: { Value: { Ref: logicalId } } }
    };
    return JSON.stringify(template, null, 1);
}
function parametersOf(parameters, generation) {
    return {
        ArtifactBucket: parameters.artifactBucket,
        ArtifactKey: parameters.artifactKey,
        Generation: String(generation)
    };
}
function generationOf(parameters) {
    const generation = Number(parameters['Generation'] ?? '1');
    return Number.isSafeInteger(generation) && generation > 0 ? generation : 1;
}

;// CONCATENATED MODULE: ./.build/publish-layers/stack-status.js
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
    throw new Error(`unknown stack status: ${JSON.stringify(status)}`);
}
function notReady(stackName, status) {
    const mends = {
        ROLLBACK_COMPLETE: `delete the stack ${stackName} (its creation failed, it holds no version) and run again`,
        UPDATE_ROLLBACK_FAILED: `continue the rollback of ${stackName} (aws cloudformation continue-update-rollback) and run again`
    };
    return {
        expected: `the stack ${stackName} in a state that an update can start from`,
        found: status,
        mend: mends[status] ?? `look at the events of ${stackName}, mend or delete it, and run again`
    };
}

// EXTERNAL MODULE: ./.build/publish-layers/target.js
var publish_layers_target = __webpack_require__(3406);
// EXTERNAL MODULE: ./.build/errors.js
var errors = __webpack_require__(9243);
// EXTERNAL MODULE: ./.build/sha256.js
var sha256 = __webpack_require__(5711);
// EXTERNAL MODULE: ./.build/publish-layers/engines/poll.js
var poll = __webpack_require__(1374);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/change-set.js





const maximumAttempts = 5;
async function applyChangeSet(context, before, change) {
    const { stackName } = change.target;
    const stacks = context.region(change.target.region).stacks;
    const name = changeSetName(change, before);
    for (let attempt = 1; attempt <= maximumAttempts; attempt++) {
        await stacks.createChangeSet({
            stackName,
            changeSetName: name,
            type: before === null || stackReadiness(before.status) === 'create' ? 'CREATE' : 'UPDATE',
            token: `${name}-${attempt}`,
            description: 'layer-deploy-action',
            ...change
        });
        const changeSet = await finishedChangeSet(context, stacks, stackName, name);
        if (changeSet === null)
            continue;
        if (changeSet.status === 'FAILED') {
            await stacks.deleteChangeSet(stackName, name);
            if (isWithoutChanges(changeSet))
                return 'no-changes';
            throw changeSetFailed(stackName, changeSet);
        }
        if (changeSet.executionStatus !== 'AVAILABLE') {
            if (changeSet.executionStatus === 'OBSOLETE') {
                await stacks.deleteChangeSet(stackName, name);
                continue;
            }
            return 'overtaken';
        }
        await assertKeepsVersions(stacks, stackName, name, changeSet);
        const token = (0,sha256/* sha256Hex */.fg)(`${name} ${changeSet.id}`);
        const started = await stacks.executeChangeSet(stackName, name, token);
        await finishedOperation(context, stacks, change, token);
        return started === 'started' ? 'executed' : 'overtaken';
    }
    throw new errors/* CodedError */.AK('AWS_FAILED', {
        expected: `the change set ${name} of ${stackName} to stay until it is executed`,
        found: `a change set that vanished ${maximumAttempts} times`,
        mend: 'see who else changes this stack, and run again'
    });
}
function changeSetName(change, before) {
    const content = change.tags[`${deploy_record/* tagPrefix */.B3}content-digest`] ?? '';
    const rest = (0,sha256/* sha256Hex */.fg)((0,sha256/* canonicalJson */.dj)([
        change.templateBody,
        change.parameters,
        change.tags[`${deploy_record/* tagPrefix */.B3}source-digest`],
        before?.outputs ?? {}
    ]));
    return `layer-deploy-${content.slice(0, 32)}-${rest.slice(0, 16)}`;
}
function finishedChangeSet(context, stacks, stackName, name) {
    return (0,poll/* pollUntil */.g)(context, async () => {
        const changeSet = await stacks.describeChangeSet(stackName, name);
        const pending = changeSet !== null && /_(PENDING|IN_PROGRESS)$/.test(changeSet.status);
        return pending ? undefined : changeSet;
    });
}
function isWithoutChanges(changeSet) {
    return /didn't contain changes|no updates are to be performed/i.test(changeSet.statusReason);
}
async function finishedOperation(context, stacks, change, token) {
    const { stackName } = change.target;
    const wanted = Object.entries(change.tags).filter(([key]) => key === `${deploy_record/* tagPrefix */.B3}source-digest` || key === `${deploy_record/* tagPrefix */.B3}content-digest`);
    const failure = await (0,poll/* pollUntil */.g)(context, async () => {
        const stack = await stacks.describe(stackName);
        if (stack === null)
            return undefined;
        switch (stackReadiness(stack.status)) {
            case 'wait':
            case 'create':
                return undefined;
            case 'proceed':
                return wanted.every(([key, value]) => stack.tags[key] === value) ? 'none' : undefined;
            case 'failed':
            case 'stop':
                return operationFailure(stacks, stackName, stack.status, token);
        }
    });
    if (failure !== 'none')
        throw failure;
}
async function operationFailure(stacks, stackName, status, token) {
    const events = (await stacks.events(stackName)).filter(event => event.token === token);
    if (events.length === 0)
        return undefined;
    const failed = events.filter(event => event.status.endsWith('_FAILED')).at(-1);
    return new errors/* CodedError */.AK('AWS_FAILED', {
        expected: `the stack ${stackName} to take the change`,
        found: failed === undefined ? status : `${status}: ${failed.logicalId} ${failed.status}: ${failed.reason}`,
        mend: 'mend what the reason names and run again; the version that was deployed before is untouched'
    });
}
async function assertKeepsVersions(stacks, stackName, name, changeSet) {
    const deleting = changeSet.changes.find(change => change.resourceType === 'AWS::Lambda::LayerVersion' && /Delete|Snapshot/.test(change.policyAction ?? ''));
    if (deleting === undefined)
        return;
    await stacks.deleteChangeSet(stackName, name);
    throw new errors/* CodedError */.AK('TEMPLATE_DELETES_VERSIONS', {
        expected: `every layer version of ${stackName} to be retained`,
        found: `${deleting.action} of ${deleting.logicalId} with the policy ${deleting.policyAction ?? ''}`,
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

// EXTERNAL MODULE: ./.build/publish-layers/engines/verify.js
var verify = __webpack_require__(8110);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/cloudformation.js








function createCloudFormationEngine(context) {
    return {
        observe: (target, wait) => observe(context, target, wait),
        publish: order => publish(context, order),
        refreshRecord: async (order) => {
            const stack = await settledStack(context, order.target);
            (0,verify/* assertNotOvertaken */.Px)(order.target, order.previous, stack === null ? null : deployedOf(stack));
            if (stack === null)
                return;
            await applyChangeSet(context, stack, {
                target: order.target,
                templateBody: stackTemplate(order.target.layerName, order.properties, generationOf(stack.parameters)),
                parameters: stack.parameters,
                tags: {
                    ...stack.tags,
                    ...(0,deploy_record/* tagsOf */.Fg)({ ...order.record, artifactSha256: stackSha256(stack, order.record.artifactSha256) })
                }
            });
        }
    };
}
async function observe(context, target, wait) {
    const stack = wait ? await settledStack(context, target) : await describe(context, target);
    const verdicts = [ownership(context, target, stack), readinessVerdict(target, stack)];
    const recorded = stack === null ? null : deployedOf(stack);
    if (recorded === null)
        return { deployed: null, verdicts };
    const detail = await context.region(target.region).layers.get(target.layerName, recorded.version);
    if (detail === null)
        return { deployed: recorded, verdicts };
    const { description, licenseInfo, compatibleRuntimes, compatibleArchitectures } = detail;
    const properties = { description, licenseInfo, compatibleRuntimes, compatibleArchitectures };
    return { deployed: { ...recorded, sizeBytes: detail.sizeBytes, properties }, verdicts };
}
async function publish(context, order) {
    const { target } = order;
    const before = await settledStack(context, target);
    const current = before === null ? null : deployedOf(before);
    if (isDone(order, current))
        return verified(context, order, current, 'adopted');
    (0,verify/* assertNotOvertaken */.Px)(target, order.previous, current);
    const outcome = await applyChangeSet(context, before, stackChange(order, before));
    const after = await settledStack(context, target);
    const deployed = after === null ? null : deployedOf(after);
    if (deployed === null)
        throw new Error(`the stack ${target.stackName} has no output ${layerVersionArnOutput}`);
    (0,verify/* assertNotOvertaken */.Px)(target, isDone(order, deployed) ? deployed : order.previous, deployed);
    return verified(context, order, deployed, outcome === 'executed' ? 'published' : 'adopted');
}
function isDone(order, current) {
    return (current !== null &&
        current.version !== order.previous?.version &&
        current.contentDigest === order.record.contentDigest &&
        current.sourceDigest === order.record.sourceDigest);
}
function stackChange(order, before) {
    const current = before === null ? 1 : generationOf(before.parameters);
    const generation = order.previous !== null && order.previous.properties === null ? current + 1 : current;
    return {
        target: order.target,
        templateBody: stackTemplate(order.target.layerName, order.properties, generation),
        parameters: parametersOf({ artifactBucket: order.artifact.bucket, artifactKey: order.artifact.key }, generation),
        tags: { ...(before?.tags ?? {}), ...(0,deploy_record/* tagsOf */.Fg)(order.record) }
    };
}
function verified(context, order, deployed, outcome) {
    const layers = context.region(order.target.region).layers;
    return (0,verify/* verifyPublished */.uf)(layers, order.target, deployed.version, order.artifact, outcome);
}
function describe(context, target) {
    return context.region(target.region).stacks.describe(target.stackName);
}
function settledStack(context, target) {
    return (0,poll/* pollUntil */.g)(context, async () => {
        const stack = await describe(context, target);
        if (stack === null)
            return null;
        switch (stackReadiness(stack.status)) {
            case 'wait':
                return undefined;
            case 'create':
            case 'proceed':
            case 'failed':
            case 'stop':
                return stack;
        }
    });
}
function deployedOf(stack) {
    const arn = stack.outputs[layerVersionArnOutput];
    if (arn === undefined)
        return null;
    const record = (0,deploy_record/* readRecord */.aE)(stack.tags, deploy_record/* tagPrefix */.B3);
    return {
        version: (0,verify/* versionOfArn */.py)(arn),
        arn,
        sourceDigest: record.sourceDigest ?? null,
        contentDigest: record.contentDigest ?? null,
        artifactSha256: record.artifactSha256 ?? null,
        commit: record.commit ?? null,
        sourceCommit: record.sourceCommit ?? null,
        sizeBytes: null,
        properties: null
    };
}
function stackSha256(stack, otherwise) {
    return (0,deploy_record/* readRecord */.aE)(stack.tags, deploy_record/* tagPrefix */.B3).artifactSha256 ?? otherwise;
}
function ownership(context, target, stack) {
    const subject = (0,publish_layers_target/* targetKey */.hD)(target);
    const guard = 'STACK_NOT_OURS';
    if (stack === null || stackReadiness(stack.status) === 'create') {
        return { guard, subject, passed: true, detail: `no stack ${target.stackName} yet` };
    }
    const owner = (0,deploy_record/* readRecord */.aE)(stack.tags, deploy_record/* tagPrefix */.B3).repository;
    if (owner === context.repository)
        return { guard, subject, passed: true, detail: `${target.stackName} belongs to ${owner}` };
    const finding = {
        expected: `the stack ${target.stackName} with the tag ${deploy_record/* tagPrefix */.B3}repository=${context.repository}`,
        found: owner === undefined ? 'a stack without that tag' : `a stack of ${owner}`,
        mend: `give the layer another stack-name, or tag ${target.stackName} with ${deploy_record/* tagPrefix */.B3}repository=${context.repository} to hand it over`
    };
    return { guard, subject, passed: false, finding };
}
function readinessVerdict(target, stack) {
    const subject = (0,publish_layers_target/* targetKey */.hD)(target);
    const guard = 'STACK_NOT_READY';
    if (stack !== null && stackReadiness(stack.status) === 'stop') {
        return { guard, subject, passed: false, finding: notReady(target.stackName, stack.status) };
    }
    return { guard, subject, passed: true, detail: stack?.status ?? 'no stack yet' };
}


/***/ }),

/***/ 1374:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ pollUntil)
/* harmony export */ });
async function pollUntil(context, ask) {
    for (let waitMilliseconds = 200;; waitMilliseconds = Math.min(waitMilliseconds * 1.5, 2_000)) {
        context.signal.throwIfAborted();
        const answer = await ask();
        if (answer !== undefined)
            return answer;
        await context.clock.sleep(waitMilliseconds, context.signal);
    }
}


/***/ }),

/***/ 8110:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Px: () => (/* binding */ assertNotOvertaken),
/* harmony export */   k8: () => (/* binding */ comparePublished),
/* harmony export */   py: () => (/* binding */ versionOfArn),
/* harmony export */   uf: () => (/* binding */ verifyPublished)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9243);

async function verifyPublished(layers, target, version, artifact, outcome) {
    const detail = await layers.get(target.layerName, version);
    return comparePublished(target, version, detail, artifact, outcome);
}
function comparePublished(target, version, detail, artifact, outcome) {
    if (detail === null || detail.codeSha256 !== artifact.sha256) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('PUBLISH_UNVERIFIED', {
            expected: `version ${version} of ${target.layerName} in ${target.region} with the SHA-256 ${artifact.sha256}`,
            found: detail === null ? 'no such version' : `SHA-256 ${detail.codeSha256}`,
            mend: 'do not use this version; look for who changes the artifact bucket or the layer beside this action, and run again'
        });
    }
    return { outcome, version, arn: detail.arn, codeSha256: detail.codeSha256, sizeBytes: detail.sizeBytes };
}
function versionOfArn(arn) {
    const match = /^arn:[^:]+:lambda:[^:]+:\d{12}:layer:[^:]+:([1-9]\d*)$/.exec(arn);
    if (match?.[1] === undefined)
        throw new Error(`not a layer version ARN: ${JSON.stringify(arn)}`);
    return Number(match[1]);
}
function assertNotOvertaken(target, planned, current) {
    if ((planned?.version ?? null) === (current?.version ?? null))
        return;
    const name = (version) => (version === undefined ? 'no version' : `version ${version}`);
    throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('STALE_RUN', {
        expected: `${name(planned?.version)} of ${target.layerName} in ${target.region}, as when this run was planned`,
        found: `${name(current?.version)}${current?.commit == null ? '' : ` of commit ${current.commit}`}, deployed by another run meanwhile`,
        mend: 'let the newer run stand, or run again to plan anew'
    });
}


/***/ })

};
