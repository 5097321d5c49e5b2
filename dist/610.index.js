export const id = 610;
export const ids = [610];
export const modules = {

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

/***/ 5513:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Vp: () => (/* binding */ contentDigestOf),
/* harmony export */   f$: () => (/* binding */ markedDescription),
/* harmony export */   qD: () => (/* binding */ declaredProperties)
/* harmony export */ });
const marker = / ?\[content:([0-9a-f]{64})\]$/;
function markedDescription(description, contentDigest) {
    return `${description} [content:${contentDigest}]`;
}
function contentDigestOf(description) {
    return marker.exec(description)?.[1] ?? null;
}
function declaredProperties(version) {
    const { licenseInfo, compatibleRuntimes, compatibleArchitectures } = version;
    const description = version.description.replace(marker, '');
    return { description, licenseInfo, compatibleRuntimes, compatibleArchitectures };
}


/***/ }),

/***/ 7610:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createLambdaEngine: () => (/* binding */ createLambdaEngine)
});

// EXTERNAL MODULE: ./.build/config/regions.js
var regions = __webpack_require__(8400);
// EXTERNAL MODULE: ./.build/publish-layers/access.js
var access = __webpack_require__(1953);
// EXTERNAL MODULE: ./.build/publish-layers/deploy-record.js
var deploy_record = __webpack_require__(232);
// EXTERNAL MODULE: ./.build/publish-layers/engines/lambda/content-marker.js
var content_marker = __webpack_require__(5513);
// EXTERNAL MODULE: ./.build/publish-layers/engines/poll.js
var poll = __webpack_require__(1374);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: ./.build/publish-layers/target.js
var target = __webpack_require__(3406);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/lambda/find-version.js


const mostSkipped = 10;
async function findVersions(job, state, thorough) {
    const after = state.version ?? 0;
    const { layers, order } = job;
    const seen = [...(await layers.list(order.target.layerName))];
    let newest = Math.max(after, ...seen.map(({ version }) => version));
    while (thorough) {
        const next = await layers.get(order.target.layerName, newest + 1);
        if (next === null)
            break;
        seen.push(next);
        newest = next.version;
    }
    const later = seen.filter(({ version }) => version > after);
    const [matching, others] = [later.filter(one => holdsOrder(job, one)), later.filter(one => !holdsOrder(job, one))];
    const strays = state.version === null ? [] : others.filter(({ description }) => (0,content_marker/* contentDigestOf */.Vp)(description) !== null);
    return { matching: numbersOf(matching), newest, strays: numbersOf(strays) };
}
async function findSkipped(job, newest, version) {
    const matching = [];
    for (let number = Math.max(newest + 1, version - mostSkipped); number < version; number++) {
        const found = await job.layers.get(job.order.target.layerName, number);
        if (found !== null && holdsOrder(job, found))
            matching.push(number);
    }
    return matching;
}
function numbersOf(versions) {
    return versions.map(({ version }) => version).sort((a, b) => a - b);
}
function holdsOrder({ order }, version) {
    return ((0,content_marker/* contentDigestOf */.Vp)(version.description) === order.record.contentDigest &&
        (0,target/* sameProperties */.OD)((0,content_marker/* declaredProperties */.qD)(version), order.properties));
}

// EXTERNAL MODULE: ./.build/publish-layers/engines/lambda/state-file.js
var state_file = __webpack_require__(4045);
// EXTERNAL MODULE: ./.build/publish-layers/engines/verify.js
var verify = __webpack_require__(8110);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/lambda/claim.js





const claimSeconds = 70;
const usableSeconds = 15;
function claim(job, held) {
    const { context, order, objects } = job;
    const { clock } = context;
    const id = (0,external_node_crypto_.randomUUID)();
    let until = 0;
    let seen = null;
    const what = `the run that holds the claim on ${order.target.layerName} in ${order.target.region}`;
    return (0,poll/* pollUntil */.g)(context, what, async () => {
        const read = await (0,state_file/* readState */.un)(objects, order.target);
        const { state } = read;
        (0,state_file/* assertOwn */.p0)(order.target, context, state);
        const current = (0,state_file/* currentOf */.$c)(state);
        if ((0,verify/* isDone */.$L)(order, current))
            return { kind: 'done', version: current.version };
        assertPlannedOn(job, read);
        const other = state.claim;
        if (other?.id === id)
            return { kind: 'ours', id, read, takenOver: seen !== null, until };
        if (other !== null && other.id !== held) {
            if (seen?.id !== other.id)
                seen = { id: other.id, since: clock.now() - read.ageSeconds * 1000 };
            if (clock.now() - seen.since < claimSeconds * 1000) {
                const { matching } = await findVersions(job, read.state, true);
                return matching.length > 0 ? { kind: 'landed', read, versions: matching } : undefined;
            }
        }
        const at = clock.now();
        until = at + usableSeconds * 1000;
        const ours = { id, contentDigest: order.record.contentDigest, run: context.run, at };
        const written = await (0,state_file/* writeState */.Jq)(objects, order.target, read, {
            ...state,
            record: (0,state_file/* ownedBy */.LW)(context, state),
            claim: ours
        });
        return written === null ? undefined : { kind: 'ours', id, read: written, takenOver: seen !== null, until };
    });
}
function assertPlannedOn({ order }, { state }) {
    const { previous, target } = order;
    if (state.version === null && previous?.sourceDigest == null)
        return;
    (0,verify/* assertNotOvertaken */.Px)(target, previous, (0,state_file/* currentOf */.$c)(state));
}
async function release(job, claimed) {
    try {
        const { state } = claimed.read;
        await (0,state_file/* writeState */.Jq)(job.objects, job.order.target, claimed.read, { ...state, claim: null });
    }
    catch {
    }
}

;// CONCATENATED MODULE: ./.build/publish-layers/engines/lambda/pointer.js





function pointTo(job, read, version) {
    const { context, order, objects } = job;
    const replaced = new Set();
    let known = read;
    return (0,poll/* pollUntil */.g)(context, `a turn to write the state of ${order.target.layerName}`, async () => {
        const now = known ?? (await (0,state_file/* readState */.un)(objects, order.target));
        known = null;
        (0,state_file/* assertOwn */.p0)(order.target, context, now.state);
        const named = (0,state_file/* currentOf */.$c)(now.state);
        if ((0,verify/* isDone */.$L)(order, named)) {
            if (named.version <= version)
                return { version: named.version, replaced: [...replaced] };
            replaced.add(named.version);
        }
        else
            assertPlannedOn(job, now);
        const sharedWith = now.state.version === version ? now.state.sharedWith : [];
        const record = (0,deploy_record/* succeeding */.jz)(order.record, named, version, context.repositoryId);
        const state = { version, record, sharedWith, claim: null };
        const written = await (0,state_file/* writeState */.Jq)(objects, order.target, now, state);
        return written === null ? undefined : { version, replaced: [...replaced] };
    });
}

;// CONCATENATED MODULE: ./.build/publish-layers/engines/lambda/publish-once.js






const maximumAttempts = 6;
const maximumLost = 3;
const settleSeconds = 10;
async function publishOnce(job) {
    const { order, layers } = job;
    let held = null;
    let failure = null;
    let lost = 0;
    for (let attempt = 1; attempt <= maximumAttempts; attempt++) {
        const claimed = await claim(job, held);
        if (claimed.kind === 'done')
            return (0,verify/* verifyPublished */.uf)(layers, order.target, claimed.version, order.artifact, 'adopted');
        if (claimed.kind === 'landed')
            return adopt(job, claimed.read, claimed.versions, 'adopted');
        held = claimed.id;
        const outcome = await publishClaimed(job, claimed, claimed.takenOver || failure !== null);
        if (outcome.kind === 'published')
            return outcome.published;
        failure = outcome.error ?? failure;
        if (outcome.kind === 'lost' && ++lost === maximumLost)
            break;
        if (outcome.kind === 'throttled')
            await backOff(job, attempt);
    }
    throw failure ?? new Error(`no turn to publish ${order.target.layerName}`);
}
async function publishClaimed(job, claimed, thorough) {
    const { context, order, layers } = job;
    const { read } = claimed;
    const { matching, newest, strays } = await findVersions(job, read.state, thorough);
    const done = async (...found) => {
        return { kind: 'published', published: { ...(await adopt(...found)), strays } };
    };
    if (matching.length > 0)
        return done(job, read, matching, 'adopted');
    if (context.clock.now() > claimed.until)
        return { kind: 'overdue' };
    const { bucket, key } = order.artifact;
    const description = (0,content_marker/* markedDescription */.f$)(order.properties.description, order.record.contentDigest);
    const request = { ...order.properties, description, layerName: order.target.layerName, bucket, key };
    const answer = await layers.publish(request).catch(async (refusal) => {
        await release(job, claimed);
        throw refusal;
    });
    switch (answer.kind) {
        case 'published': {
            const { version } = answer.version;
            const made = (0,verify/* comparePublished */.k8)(order.target, version, answer.version, order.artifact, 'published');
            const skipped = await findSkipped(job, newest, version);
            return done(job, read, [...skipped, version], 'published', made);
        }
        case 'throttled':
            return { kind: 'throttled', error: answer.error };
        case 'unknown': {
            const settled = await findSettled(job, read.state);
            return settled.length === 0 ? { kind: 'lost', error: answer.error } : done(job, read, settled, 'published');
        }
    }
}
async function adopt(job, read, versions, outcome, made = null) {
    const { order, layers } = job;
    const verified = (version) => (0,verify/* verifyPublished */.uf)(layers, order.target, version, order.artifact, outcome);
    const lowest = Math.min(...versions);
    const ours = made?.version === lowest ? made : await verified(lowest);
    const { version, replaced } = await pointTo(job, read, lowest);
    const published = version === lowest ? ours : await verified(version);
    const all = new Set([...versions, ...replaced]);
    return { ...published, duplicates: [...all].filter(other => other !== version) };
}
async function findSettled(job, state) {
    const { clock } = job.context;
    const until = clock.now() + settleSeconds * 1000;
    const what = `a version of ${job.order.target.layerName} whose publish AWS did not answer`;
    return (0,poll/* pollUntil */.g)(job.context, what, async () => {
        const { matching } = await findVersions(job, state, true);
        return matching.length > 0 || clock.now() >= until ? matching : undefined;
    });
}
async function backOff({ context }, attempt) {
    await context.clock.sleep(Math.random() * Math.min(8_000, 1_000 * 2 ** (attempt - 1)), context.signal);
}

;// CONCATENATED MODULE: ./.build/publish-layers/engines/lambda/share-version.js
const ours = 'layer-deploy-';
async function shareVersion(permissions, target, version) {
    const { layerName, access } = target;
    const wanted = access.sharedWith.map((principal) => ({ statementId: ours + principal, principal }));
    const present = await permissions.list(layerName, version);
    for (const { statementId } of present.filter(one => one.statementId.startsWith(ours) && !isAmong(wanted, one))) {
        await permissions.remove(layerName, version, statementId);
    }
    for (const permission of wanted.filter(one => !isAmong(present, one))) {
        await permissions.add(layerName, version, permission);
    }
}
function isAmong(permissions, { statementId, principal }) {
    return permissions.some(one => one.statementId === statementId && one.principal === principal);
}

// EXTERNAL MODULE: ./.build/publish-layers/engines/verify-access.js
var verify_access = __webpack_require__(269);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/lambda/lambda.js










function createLambdaEngine(context) {
    return {
        observe: target => observe(context, target),
        publish: async (order) => {
            const { objects, layers } = context.region(order.target.region);
            const published = await publishOnce({ context, order, objects, layers });
            if (order.target.access.sharedWith.length > 0)
                await share(context, order.target, published.version);
            return published;
        },
        refreshRecord: order => refreshRecord(context, order),
        adjust: () => Promise.resolve()
    };
}
async function observe(context, target) {
    const { objects, layers } = context.region(target.region);
    const { state } = await (0,state_file/* readState */.un)(objects, target);
    const owner = (0,state_file/* stateVerdict */.Fj)(target, context, state);
    if (state.version === null) {
        const newest = (await layers.list(target.layerName))[0];
        return { deployed: newest === undefined ? null : unrecorded(newest), verdicts: [owner], astray: false };
    }
    const { version, record } = state;
    const detail = await layers.get(target.layerName, version);
    const deployed = {
        version,
        arn: detail?.arn ?? layerVersionArn(target, version),
        sourceDigest: record.sourceDigest ?? null,
        contentDigest: record.contentDigest ?? null,
        artifactSha256: record.artifactSha256 ?? null,
        commit: record.commit ?? null,
        run: record.run ?? null,
        sourceCommit: record.sourceCommit ?? null,
        sizeBytes: detail?.sizeBytes ?? null,
        ...(0,deploy_record/* rollbackOf */.ID)(record),
        ...(0,deploy_record/* historyOf */.om)(record),
        properties: detail === null ? null : (0,content_marker/* declaredProperties */.qD)(detail),
        access: { ssmParameter: null, sharedWith: state.sharedWith }
    };
    return {
        deployed,
        astray: false,
        verdicts: detail === null ? [owner] : [owner, (0,verify/* storedBytesVerdict */.gY)(target, deployed.artifactSha256, detail)]
    };
}
async function share(context, target, version) {
    const { objects, permissions } = context.region(target.region);
    const { sharedWith } = target.access;
    await (0,poll/* pollUntil */.g)(context, `a turn to write the state of ${target.layerName}`, async () => {
        const read = await (0,state_file/* readState */.un)(objects, target);
        const { state } = read;
        (0,state_file/* assertOwn */.p0)(target, context, state);
        if (state.version !== version || (0,access/* samePrincipals */.eK)(state.sharedWith, sharedWith))
            return 'done';
        await shareVersion(permissions, target, version);
        await (0,verify_access/* verifySharing */.e)(permissions, target, version);
        return (await (0,state_file/* writeState */.Jq)(objects, target, read, { ...state, sharedWith })) === null ? undefined : 'done';
    });
}
async function refreshRecord(context, { target, previous, record }) {
    const { sharedWith } = target.access;
    const { objects, permissions } = context.region(target.region);
    await (0,poll/* pollUntil */.g)(context, `a turn to write the state of ${target.layerName}`, async () => {
        const read = await (0,state_file/* readState */.un)(objects, target);
        const { state } = read;
        (0,state_file/* assertOwn */.p0)(target, context, state);
        const shared = (0,access/* samePrincipals */.eK)(state.sharedWith, sharedWith);
        if (shared && state.version === previous.version && (0,verify/* sameOrigin */.Nm)(state.record, record))
            return 'done';
        (0,verify/* assertNotOvertaken */.Px)(target, previous, (0,state_file/* currentOf */.$c)(state));
        const artifactSha256 = state.record.artifactSha256 ?? record.artifactSha256;
        if (!shared) {
            await shareVersion(permissions, target, previous.version);
            await (0,verify_access/* verifySharing */.e)(permissions, target, previous.version, previous.access);
        }
        const kept = (0,deploy_record/* succeeding */.jz)({ ...record, artifactSha256 }, (0,state_file/* currentOf */.$c)(state), previous.version, context.repositoryId);
        const renewed = { ...state, sharedWith, record: kept };
        const written = await (0,state_file/* writeState */.Jq)(objects, target, read, renewed);
        return written === null ? undefined : 'done';
    });
}
function unrecorded(version) {
    return {
        version: version.version,
        arn: version.arn,
        sourceDigest: null,
        contentDigest: (0,content_marker/* contentDigestOf */.Vp)(version.description),
        artifactSha256: null,
        commit: null,
        run: null,
        sourceCommit: null,
        sizeBytes: null,
        properties: (0,content_marker/* declaredProperties */.qD)(version)
    };
}
function layerVersionArn({ region, accountId, layerName }, version) {
    return `arn:${(0,regions/* partitionOf */.iQ)(region)}:lambda:${region}:${accountId}:layer:${layerName}:${version}`;
}


/***/ }),

/***/ 4045:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $c: () => (/* binding */ currentOf),
/* harmony export */   Fj: () => (/* binding */ stateVerdict),
/* harmony export */   Jq: () => (/* binding */ writeState),
/* harmony export */   LW: () => (/* binding */ ownedBy),
/* harmony export */   p0: () => (/* binding */ assertOwn),
/* harmony export */   un: () => (/* binding */ readState)
/* harmony export */ });
/* unused harmony export parseState */
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8125);
/* harmony import */ var _deploy_record_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(232);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3406);
/* harmony import */ var _ownership_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6126);




const maximumStateBytes = 1024 * 1024;
const emptyState = { version: null, record: {}, sharedWith: [], claim: null };
async function readState(objects, target) {
    const object = await objects.get(statePlace(target), maximumStateBytes);
    if (object === null)
        return { state: emptyState, etag: null, ageSeconds: 0 };
    const { body, etag, ageSeconds } = object;
    return { state: parseState(new TextDecoder().decode(body), target), etag, ageSeconds };
}
async function writeState(objects, target, before, state) {
    const written = await objects.replace(statePlace(target), renderState(state, target), before.etag);
    return written === 'conflict' ? null : { state, etag: written.etag, ageSeconds: 0 };
}
function stateVerdict(target, owner, { record }) {
    const [guard, subject] = ['LAYER_NOT_OURS', (0,_target_js__WEBPACK_IMPORTED_MODULE_2__/* .targetKey */ .hD)(target)];
    const detail = `${target.layerName} belongs to ${(0,_ownership_js__WEBPACK_IMPORTED_MODULE_3__/* .ownerText */ .dP)(owner)}`;
    if ((0,_ownership_js__WEBPACK_IMPORTED_MODULE_3__/* .isUnowned */ .lv)(record) || (0,_ownership_js__WEBPACK_IMPORTED_MODULE_3__/* .isOwn */ .NP)(owner, record))
        return { guard, subject, passed: true, detail };
    const { bucket, key } = statePlace(target);
    const finding = {
        expected: `the layer ${target.layerName} in ${target.region} of ${(0,_ownership_js__WEBPACK_IMPORTED_MODULE_3__/* .ownerText */ .dP)(owner)}`,
        found: `a layer of ${(0,_ownership_js__WEBPACK_IMPORTED_MODULE_3__/* .ownerText */ .dP)(record)}`,
        mend: `give the layer another layer-name, or write the new owner into s3://${bucket}/${key} to hand it over (docs/ownership.md)`
    };
    return { guard, subject, passed: false, finding };
}
function assertOwn(target, owner, state) {
    const verdict = stateVerdict(target, owner, state);
    if (verdict.passed === false)
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK(verdict.guard, verdict.finding);
}
function ownedBy({ repository, repositoryId }, { record }) {
    if (!(0,_ownership_js__WEBPACK_IMPORTED_MODULE_3__/* .isUnowned */ .lv)(record))
        return record;
    return { ...record, repository, ...(repositoryId != null && { repositoryId }) };
}
function currentOf({ version, record }) {
    return version === null ? null : { version, record };
}
function statePlace(target) {
    return { bucket: target.bucket, owner: target.accountId, key: `layer-deploy/state/${target.layerName}.json` };
}
function renderState(state, target) {
    const { record, sharedWith, claim } = state;
    const document = {
        'layer-name': target.layerName,
        version: state.version,
        ...(0,_deploy_record_js__WEBPACK_IMPORTED_MODULE_1__/* .fieldsOf */ .Pf)(record),
        ...(sharedWith.length > 0 && { 'shared-with': sharedWith }),
        claim: claim === null
            ? null
            : { id: claim.id, 'content-digest': claim.contentDigest, run: claim.run, at: new Date(claim.at).toISOString() }
    };
    return `${JSON.stringify(document, null, 2)}\n`;
}
function parseState(text, target) {
    const corrupt = (found) => new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('PUBLISH_UNVERIFIED', {
        expected: `the state of ${target.layerName} in s3://${target.bucket}/layer-deploy/state/${target.layerName}.json`,
        found,
        mend: 'restore the file from an earlier object version, or delete it to start from the published versions'
    });
    let document;
    try {
        document = JSON.parse(text);
    }
    catch {
        throw corrupt('text that is no JSON');
    }
    if (document === null || typeof document !== 'object' || Array.isArray(document))
        throw corrupt('JSON that is no object');
    const values = document;
    const version = values['version'];
    if (version !== null && !(typeof version === 'number' && Number.isSafeInteger(version) && version > 0)) {
        throw corrupt(`the version ${JSON.stringify(version)}`);
    }
    const sharedWith = values['shared-with'] ?? [];
    if (!Array.isArray(sharedWith) || !sharedWith.every(one => typeof one === 'string')) {
        throw corrupt(`shared-with ${JSON.stringify(sharedWith)}`);
    }
    return { version, record: (0,_deploy_record_js__WEBPACK_IMPORTED_MODULE_1__/* .readRecord */ .aE)(values, ''), sharedWith, claim: parseClaim(values['claim'], corrupt) };
}
function parseClaim(value, corrupt) {
    if (value === null || value === undefined)
        return null;
    const claim = value;
    const { id, 'content-digest': contentDigest, run, at } = claim;
    const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
    const isText = typeof id === 'string' && typeof contentDigest === 'string' && typeof run === 'string';
    if (!isText || Number.isNaN(time))
        throw corrupt('a claim that cannot be read');
    return { id, contentDigest, run, at: time };
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
