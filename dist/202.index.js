export const id = 202;
export const ids = [202];
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

/***/ 6202:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  claimSeconds: () => (/* binding */ claimSeconds),
  contentDigestOf: () => (/* binding */ contentDigestOf),
  createLambdaEngine: () => (/* binding */ createLambdaEngine),
  markedDescription: () => (/* binding */ markedDescription),
  settleSeconds: () => (/* binding */ settleSeconds)
});

// EXTERNAL MODULE: ./.build/errors.js
var errors = __webpack_require__(9243);
// EXTERNAL MODULE: ./.build/publish-layers/engines/poll.js
var poll = __webpack_require__(1374);
// EXTERNAL MODULE: ./.build/publish-layers/deploy-record.js
var deploy_record = __webpack_require__(232);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/state-file.js


const emptyState = { version: null, record: {}, claim: null };
async function readState(objects, target) {
    const object = await objects.get(statePlace(target));
    if (object === null)
        return { state: emptyState, etag: null };
    return { state: parseState(new TextDecoder().decode(object.body), target), etag: object.etag };
}
async function writeState(objects, target, before, state) {
    const written = await objects.replace(statePlace(target), renderState(state, target), before.etag);
    return written === 'conflict' ? null : { state, etag: written.etag };
}
function statePlace(target) {
    return { bucket: target.bucket, owner: target.accountId, key: `layer-deploy/state/${target.layerName}.json` };
}
function renderState(state, target) {
    const { record, claim } = state;
    const document = {
        'layer-name': target.layerName,
        version: state.version,
        ...(isComplete(record) ? (0,deploy_record/* fieldsOf */.Pf)(record) : {}),
        claim: claim === null
            ? null
            : { 'content-digest': claim.contentDigest, run: claim.run, at: new Date(claim.at).toISOString() }
    };
    return `${JSON.stringify(document, null, 2)}\n`;
}
function isComplete(record) {
    return record.contentDigest !== undefined && record.repository !== undefined;
}
function parseState(text, target) {
    const corrupt = (found) => new errors/* CodedError */.AK('PUBLISH_UNVERIFIED', {
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
    return { version, record: (0,deploy_record/* readRecord */.aE)(values, ''), claim: parseClaim(values['claim'], corrupt) };
}
function parseClaim(value, corrupt) {
    if (value === null || value === undefined)
        return null;
    const claim = value;
    const { 'content-digest': contentDigest, run, at } = claim;
    const time = typeof at === 'string' ? Date.parse(at) : Number.NaN;
    if (typeof contentDigest !== 'string' || typeof run !== 'string' || Number.isNaN(time))
        throw corrupt('a claim that cannot be read');
    return { contentDigest, run, at: time };
}

// EXTERNAL MODULE: ./.build/publish-layers/engines/verify.js
var verify = __webpack_require__(8110);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/lambda.js




const claimSeconds = 30;
const settleSeconds = 10;
function createLambdaEngine(context) {
    return {
        observe: target => observe(context, target),
        publish: order => publish(context, order),
        refreshRecord: async (order) => {
            const { objects } = context.region(order.target.region);
            const read = await readState(objects, order.target);
            (0,verify/* assertNotOvertaken */.Px)(order.target, order.previous, currentOf(read.state));
            const artifactSha256 = order.previous.artifactSha256 ?? order.record.artifactSha256;
            const record = { ...order.record, artifactSha256 };
            const written = await writeState(objects, order.target, read, { ...read.state, record });
            if (written === null)
                await assertStillCurrent(context, order.target, order.previous);
        }
    };
}
async function observe(context, target) {
    const { objects, layers } = context.region(target.region);
    const { state } = await readState(objects, target);
    if (state.version === null) {
        const newest = (await layers.list(target.layerName))[0];
        return { deployed: newest === undefined ? null : unrecorded(newest), verdicts: [] };
    }
    const detail = await layers.get(target.layerName, state.version);
    const { record } = state;
    const deployed = {
        version: state.version,
        arn: detail?.arn ?? layerVersionArn(target, state.version),
        sourceDigest: record.sourceDigest ?? null,
        contentDigest: record.contentDigest ?? null,
        artifactSha256: record.artifactSha256 ?? null,
        commit: record.commit ?? null,
        sourceCommit: record.sourceCommit ?? null,
        sizeBytes: detail?.sizeBytes ?? null,
        properties: detail === null ? null : declared(detail)
    };
    return { deployed, verdicts: [] };
}
async function publish(context, order) {
    const { layers } = context.region(order.target.region);
    const claimed = await claim(context, order);
    if (claimed.kind === 'done')
        return (0,verify/* verifyPublished */.uf)(layers, order.target, claimed.version, order.artifact, 'adopted');
    const after = claimed.read.state.version ?? 0;
    const found = lowest(await layers.list(order.target.layerName), order, after);
    const published = found === undefined
        ? await publishOnce(context, order, after)
        : await (0,verify/* verifyPublished */.uf)(layers, order.target, found.version, order.artifact, 'adopted');
    const final = { version: published.version, record: order.record, claim: null };
    const written = await writeState(context.region(order.target.region).objects, order.target, claimed.read, final);
    if (written === null)
        await assertStillCurrent(context, order.target, { version: published.version });
    return published;
}
function claim(context, order) {
    const { target, record } = order;
    const { objects } = context.region(target.region);
    return (0,poll/* pollUntil */.g)(context, async () => {
        const read = await readState(objects, target);
        const { state } = read;
        if (state.version !== null &&
            state.version !== order.previous?.version &&
            state.record.contentDigest === record.contentDigest) {
            return { kind: 'done', version: state.version };
        }
        if (state.version !== null || order.previous?.sourceDigest != null)
            (0,verify/* assertNotOvertaken */.Px)(target, order.previous, currentOf(state));
        const now = context.clock.now();
        const { claim: other } = state;
        if (other !== null && other.run !== context.run && now - other.at < claimSeconds * 1000)
            return undefined;
        const ours = { contentDigest: record.contentDigest, run: context.run, at: now };
        const written = await writeState(objects, target, read, { ...state, claim: ours });
        return written === null ? undefined : { kind: 'ours', read: written };
    });
}
async function publishOnce(context, order, after) {
    const { layers } = context.region(order.target.region);
    const description = markedDescription(order.properties.description, order.record.contentDigest);
    let detail;
    try {
        const { bucket, key } = order.artifact;
        detail = await layers.publish({ ...order.properties, description, layerName: order.target.layerName, bucket, key });
    }
    catch (error) {
        if (isRefusal(error))
            throw error;
        const found = await findSettled(context, order, after);
        if (found === undefined)
            throw error;
        return (0,verify/* verifyPublished */.uf)(layers, order.target, found.version, order.artifact, 'published');
    }
    return (0,verify/* comparePublished */.k8)(order.target, detail.version, detail, order.artifact, 'published');
}
function isRefusal(error) {
    const refusals = ['ACCESS_DENIED', 'NO_CREDENTIALS', 'BUCKET_OWNER_MISMATCH'];
    const coded = (0,errors/* asCodedError */._r)(error);
    const status = coded.cause?.$metadata?.httpStatusCode ?? 0;
    return refusals.includes(coded.code) || (status >= 400 && status < 500);
}
async function findSettled(context, order, after) {
    const until = context.clock.now() + settleSeconds * 1000;
    const found = await (0,poll/* pollUntil */.g)(context, async () => {
        const version = lowest(await context.region(order.target.region).layers.list(order.target.layerName), order, after);
        return version ?? (context.clock.now() >= until ? 'none' : undefined);
    });
    return found === 'none' ? undefined : found;
}
function lowest(versions, order, after) {
    return versions
        .filter(version => version.version > after && contentDigestOf(version.description) === order.record.contentDigest)
        .at(-1);
}
async function assertStillCurrent(context, target, ours) {
    const { state } = await readState(context.region(target.region).objects, target);
    if (state.version === ours.version)
        return;
    throw new errors/* CodedError */.AK('STALE_RUN', {
        expected: `version ${ours.version} of ${target.layerName} in ${target.region} in the state file`,
        found: `version ${state.version ?? 'none'}, written by another run meanwhile`,
        mend: 'let the newer run stand, or run again to plan anew'
    });
}
function currentOf(state) {
    return state.version === null ? null : { version: state.version, commit: state.record.commit ?? null };
}
function unrecorded(version) {
    return {
        version: version.version,
        arn: version.arn,
        sourceDigest: null,
        contentDigest: contentDigestOf(version.description),
        artifactSha256: null,
        commit: null,
        sourceCommit: null,
        sizeBytes: null,
        properties: declared(version)
    };
}
const marker = / ?\[content:([0-9a-f]{64})\]$/;
function markedDescription(description, contentDigest) {
    return `${description} [content:${contentDigest}]`;
}
function contentDigestOf(description) {
    return marker.exec(description)?.[1] ?? null;
}
function declared(version) {
    const { licenseInfo, compatibleRuntimes, compatibleArchitectures } = version;
    return {
        description: version.description.replace(marker, ''),
        licenseInfo,
        compatibleRuntimes,
        compatibleArchitectures
    };
}
function layerVersionArn(target, version) {
    const partition = target.region.startsWith('cn-')
        ? 'aws-cn'
        : target.region.startsWith('us-gov-')
            ? 'aws-us-gov'
            : 'aws';
    return `arn:${partition}:lambda:${target.region}:${target.accountId}:layer:${target.layerName}:${version}`;
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
