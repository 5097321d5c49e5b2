export const id = 98;
export const ids = [98,370];
export const modules = {

/***/ 6908:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ layerSource),
/* harmony export */   h: () => (/* binding */ watchedPaths)
/* harmony export */ });
/* harmony import */ var _model_digest_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8074);

function layerSource(layer, entries) {
    const paths = new Set(watchedPaths([layer]));
    const own = [...new Map(entries.filter(entry => paths.has(entry.path)).map(entry => [entry.path, entry])).values()];
    own.sort((a, b) => (a.path < b.path ? -1 : 1));
    const listing = own.map(({ path, mode, objectId }) => [path, mode, objectId]);
    return {
        layerId: layer.id,
        root: own.find(entry => entry.path === layer.path) ?? null,
        entries: own,
        sourceDigest: (0,_model_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .sha256Hex */ .fg)((0,_model_digest_js__WEBPACK_IMPORTED_MODULE_0__/* .canonicalJson */ .dj)({ entries: listing, recipe: recipeOf(layer) }))
    };
}
function watchedPaths(layers) {
    return [...new Set(layers.flatMap(layer => [layer.path, ...layer.alsoWatch, ...templatePath(layer)]))];
}
function templatePath({ path, template }) {
    return template == null || template.file.startsWith(`${path}/`) ? [] : [template.file];
}
function recipeOf(layer) {
    const { build, template } = layer;
    if (template != null)
        return { build, template };
    return {
        build: layer.build,
        compatibleRuntimes: layer.compatibleRuntimes,
        compatibleArchitectures: layer.compatibleArchitectures,
        description: layer.description,
        licenseInfo: layer.licenseInfo
    };
}


/***/ }),

/***/ 3257:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   g: () => (/* binding */ settled)
/* harmony export */ });
async function settled(started) {
    const results = await Promise.allSettled(started);
    for (const result of results)
        if (result.status === 'rejected')
            throw result.reason;
    return results.map(result => result.value);
}


/***/ }),

/***/ 9843:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ isRefused),
/* harmony export */   d: () => (/* binding */ identityVerdicts)
/* harmony export */ });
/* harmony import */ var _publish_layers_plan_guards_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7973);

async function identityVerdicts({ environment, regions }, aws) {
    const { accountId } = await aws.callerIdentity();
    return [(0,_publish_layers_plan_guards_js__WEBPACK_IMPORTED_MODULE_0__/* .accountVerdict */ .RI)(environment, accountId), ...(0,_publish_layers_plan_guards_js__WEBPACK_IMPORTED_MODULE_0__/* .regionVerdicts */ .HE)(environment, regions)];
}
function isRefused(verdicts) {
    return verdicts.some(({ passed }) => passed !== true);
}


/***/ }),

/***/ 4098:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rollback: () => (/* binding */ rollback)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(370);
// EXTERNAL MODULE: ./.build/model/errors.js
var model_errors = __webpack_require__(8125);
// EXTERNAL MODULE: ./.build/ports/github.js
var ports_github = __webpack_require__(890);
// EXTERNAL MODULE: ./.build/publish-layers/access.js
var access = __webpack_require__(1953);
// EXTERNAL MODULE: ./.build/publish-layers/engines/lambda/content-marker.js
var content_marker = __webpack_require__(5513);
// EXTERNAL MODULE: ./.build/publish-layers/promotion/active-deployments.js
var active_deployments = __webpack_require__(7813);
// EXTERNAL MODULE: ./.build/publish-layers/promotion/promotion.js
var promotion_promotion = __webpack_require__(5444);
// EXTERNAL MODULE: ./.build/publish-layers/apply/stored-artifact.js
var stored_artifact = __webpack_require__(5956);
// EXTERNAL MODULE: ./.build/operate/identity.js
var operate_identity = __webpack_require__(9843);
// EXTERNAL MODULE: ./.build/publish-layers/observe/branch-tip.js
var branch_tip = __webpack_require__(9718);
// EXTERNAL MODULE: ./.build/publish-layers/plan/stale-run.js
var stale_run = __webpack_require__(7750);
// EXTERNAL MODULE: ./.build/publish-layers/target.js
var publish_layers_target = __webpack_require__(3406);
// EXTERNAL MODULE: ./.build/model/settle.js
var settle = __webpack_require__(3257);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/model/digest.js
var digest = __webpack_require__(8074);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./.build/operate/rollback/zip-content.js


function contentDigestOfZip(zip) {
    const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
    const files = entriesOf(bytes)
        .filter(({ name }) => name.at(-1) !== 0x2f)
        .sort((a, b) => Buffer.compare(a.name, b.name));
    const digests = files.map(entry => [entry.name.toString('utf8'), modeOf(entry), (0,digest/* sha256Hex */.fg)(contentOf(bytes, entry))]);
    return (0,digest/* sha256Hex */.fg)((0,digest/* canonicalJson */.dj)(digests));
}
function entriesOf(zip) {
    const end = zip.subarray(-22 - 0xffff).lastIndexOf(Buffer.from('PK\u0005\u0006'));
    const at = end === -1 ? -1 : Math.max(0, zip.length - 22 - 0xffff) + end;
    zip_content_require(at !== -1 && at + 22 <= zip.length, 'no end of central directory');
    const count = zip.readUInt16LE(at + 10);
    let offset = zip.readUInt32LE(at + 16);
    zip_content_require(count !== 0xffff && offset !== 0xffffffff, 'a zip64 archive');
    return Array.from({ length: count }, () => {
        zip_content_require(offset + 46 <= zip.length && zip.readUInt32LE(offset) === 0x02014b50, 'no entry where one must be');
        const [nameBytes, extra, comment] = [28, 30, 32].map(field => zip.readUInt16LE(offset + field));
        const entry = {
            name: zip.subarray(offset + 46, offset + 46 + nameBytes),
            mode: zip.readUInt32LE(offset + 38) >>> 16,
            method: zip.readUInt16LE(offset + 10),
            compressedBytes: zip.readUInt32LE(offset + 20),
            sizeBytes: zip.readUInt32LE(offset + 24),
            localOffset: zip.readUInt32LE(offset + 42)
        };
        offset += 46 + nameBytes + extra + comment;
        return entry;
    });
}
function contentOf(zip, entry) {
    const { localOffset: at, compressedBytes, sizeBytes, method } = entry;
    zip_content_require(at + 30 <= zip.length && zip.readUInt32LE(at) === 0x04034b50, 'no file where one must be');
    const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
    const stored = zip.subarray(start, start + compressedBytes);
    zip_content_require(method === 0 || method === 8, `compression method ${method}`);
    const content = method === 0 ? stored : (0,external_node_zlib_.inflateRawSync)(stored, { maxOutputLength: Math.max(1, sizeBytes) });
    zip_content_require(content.length === sizeBytes, 'a file of another size than stated');
    return content;
}
function modeOf({ mode }) {
    if ((mode & 0o170000) === 0o120000)
        return '120000';
    return (mode & 0o111) === 0 ? '100644' : '100755';
}
function zip_content_require(holds, found) {
    if (!holds)
        throw new Error(`not a zip that can be read: ${found}`);
}

;// CONCATENATED MODULE: ./.build/operate/rollback/find-content.js







const headsAtOnce = 8;
async function findContent(region, target, wanted, scratchDirectory) {
    for (const { place, head } of await candidates(region, target, wanted)) {
        const judged = judge(place, head, wanted);
        if (judged !== null)
            return judged;
    }
    return fromVersion(region, target, wanted, scratchDirectory);
}
async function candidates(region, target, wanted) {
    const bucket = { bucket: target.bucket, owner: target.accountId };
    const named = (0,content_marker/* contentDigestOf */.Vp)(wanted.description);
    const prefix = (0,publish_layers_target/* artifactKey */.Wf)(target.layerName, '').replace(/\.zip$/, '');
    const inventory = await region.inventory();
    const keys = named === null ? await inventory.keys(bucket, prefix) : [(0,publish_layers_target/* artifactKey */.Wf)(target.layerName, named)];
    const limit = (0,p_limit/* default */.A)(headsAtOnce);
    const looks = keys.map(key => limit(async () => {
        const place = { ...bucket, key };
        const head = await region.objects.head(place);
        return head === null ? [] : [{ place, head }];
    }));
    return (await Promise.all(looks)).flat();
}
function judge(place, head, wanted) {
    const { metadata, sha256, sizeBytes } = head;
    const contentDigest = /\/([0-9a-f]{64})\.zip$/.exec(place.key)?.[1];
    if (contentDigest === undefined)
        return null;
    const address = `s3://${place.bucket}/${place.key}`;
    const claims = metadata['artifact-sha256'] === wanted.codeSha256;
    if (claims && sha256 !== wanted.codeSha256) {
        return { kind: 'altered', found: `${address} with ${sha256 === null ? 'no' : sha256} SHA-256` };
    }
    if (sha256 !== wanted.codeSha256)
        return null;
    if (!claims || metadata['content-digest'] !== contentDigest) {
        return { kind: 'altered', found: `${address} without the record of its writer` };
    }
    return { kind: 'stored', place, contentDigest, sha256, sizeBytes, metadata };
}
async function fromVersion(region, target, wanted, scratchDirectory) {
    const gone = `no such artifact in s3://${target.bucket}`;
    const zip = await (await region.inventory()).download(target.layerName, wanted.version);
    if (zip === null)
        return { kind: 'gone', found: `${gone}, and a version that AWS Lambda does not give out` };
    const sha256 = (0,digest/* sha256Hex */.fg)(zip);
    if (sha256 !== wanted.codeSha256) {
        return { kind: 'altered', found: `${gone}, and SHA-256 ${sha256} in what AWS Lambda gives out` };
    }
    let contentDigest;
    try {
        contentDigest = contentDigestOfZip(zip);
    }
    catch (error) {
        return { kind: 'gone', found: `${gone}, and a version whose zip cannot be read: ${error.message}` };
    }
    const place = { bucket: target.bucket, owner: target.accountId, key: (0,publish_layers_target/* artifactKey */.Wf)(target.layerName, contentDigest) };
    const head = await region.objects.head(place);
    if (head !== null) {
        const recorded = head.metadata['artifact-sha256'];
        if (recorded === undefined || recorded !== head.sha256 || head.metadata['content-digest'] !== contentDigest) {
            return { kind: 'altered', found: `s3://${place.bucket}/${place.key} with ${head.sha256 ?? 'no'} SHA-256` };
        }
        const { metadata, sizeBytes } = head;
        return { kind: 'stored', place, contentDigest, sha256: recorded, sizeBytes, metadata };
    }
    const file = (0,external_node_path_.join)(scratchDirectory, `${target.layerName}-${target.region}.zip`);
    await (0,promises_.writeFile)(file, zip);
    return { kind: 'from-version', file, contentDigest, sha256, sizeBytes: zip.byteLength, metadata: {} };
}

;// CONCATENATED MODULE: ./.build/operate/rollback/plan-rollback.js



const unknownSource = '0'.repeat(64);
function planRollback(run, facts, verdicts) {
    const found = facts.flatMap(fact => [versionVerdict(run, fact), ...contentVerdicts(fact), ...templateVerdicts(fact)]);
    const ambiguous = ambiguity(run, facts);
    const steps = facts.flatMap(fact => stepOf(run, fact) ?? []);
    return { environment: run.environment, verdicts: [...verdicts, ...found, ...ambiguous], steps };
}
function runsAlready(deployed, codeSha256, wanted) {
    return (deployed !== null &&
        deployed.properties !== null &&
        codeSha256 === wanted.codeSha256 &&
        (0,publish_layers_target/* sameProperties */.OD)(deployed.properties, (0,content_marker/* declaredProperties */.qD)(wanted)));
}
function stepOf(run, { target, deployed, wanted, content }) {
    if (wanted === null)
        return null;
    if (content === null)
        return { kind: 'keep', target, deployed, wanted };
    if (content.kind !== 'stored' && content.kind !== 'from-version')
        return null;
    const { metadata } = content;
    const record = {
        sourceDigest: metadata['source-digest'] ?? unknownSource,
        contentDigest: content.contentDigest,
        artifactSha256: content.sha256,
        commit: run.headCommit,
        sourceCommit: metadata['source-commit'] ?? 'unknown',
        run: run.run,
        repository: run.repository,
        rolledBackTo: String(wanted.version)
    };
    return { kind: 'publish', target, deployed, wanted, content, record };
}
function versionVerdict({ version }, { target, deployed, wanted }) {
    const [guard, subject] = ['VERSION_NOT_FOUND', (0,publish_layers_target/* targetKey */.hD)(target)];
    if (wanted !== null)
        return { guard, subject, passed: true, detail: `version ${wanted.version} is there` };
    const runs = deployed === null ? 'nothing deployed' : `version ${deployed.version} deployed`;
    const finding = {
        expected: version === 'previous'
            ? `a version of ${target.layerName} in ${target.region} before the deployed one, with another content`
            : `version ${version} of ${target.layerName} in ${target.region}`,
        found: `no such version, ${runs}`,
        mend: 'see the versions (aws lambda list-layer-versions --layer-name …) and name one of them'
    };
    return { guard, subject, passed: false, finding };
}
function contentVerdicts({ target, wanted, content }) {
    if (wanted === null || content === null)
        return [];
    const subject = (0,publish_layers_target/* targetKey */.hD)(target);
    const expected = `the content of version ${wanted.version} of ${target.layerName}, SHA-256 ${wanted.codeSha256}`;
    switch (content.kind) {
        case 'stored':
        case 'from-version':
            return [{ guard: 'ARTIFACT_GONE', subject, passed: true, detail: `content ${content.contentDigest}` }];
        case 'gone': {
            const finding = { expected, found: content.found, mend: 'roll back to another version, or revert and push' };
            return [{ guard: 'ARTIFACT_GONE', subject, passed: false, finding }];
        }
        case 'altered': {
            const mend = 'find out who wrote there, delete that object, and run again: the version itself still has the content';
            return [{ guard: 'ARTIFACT_ALTERED', subject, passed: false, finding: { expected, found: content.found, mend } }];
        }
    }
}
function templateVerdicts({ target, deployed, wanted, content }) {
    if (target.template === null || wanted === null || content === null)
        return [];
    const declared = deployed?.properties ?? null;
    if (declared !== null && (0,publish_layers_target/* sameProperties */.OD)(declared, (0,content_marker/* declaredProperties */.qD)(wanted)))
        return [];
    const finding = {
        expected: `version ${wanted.version} of ${target.layerName} to declare what the stack's own template declares`,
        found: declared === null ? 'a stack whose version is gone' : 'another description, license, runtime or architecture',
        mend: 'revert the change of the template and push: a deploy brings content and template together'
    };
    return [{ guard: 'CONFIG_INVALID', subject: (0,publish_layers_target/* targetKey */.hD)(target), passed: false, finding }];
}
function ambiguity({ version }, facts) {
    const contents = new Map(facts.flatMap(({ target, wanted }) => (wanted === null ? [] : [[target.region, wanted]])));
    const digests = new Set([...contents.values()].map(({ codeSha256 }) => codeSha256));
    if (version === 'previous' || digests.size <= 1)
        return [];
    const found = [...contents].map(([region, { codeSha256 }]) => `${codeSha256.slice(0, 12)} in ${region}`).join(', ');
    const finding = {
        expected: `version ${version} to hold the same content in every region`,
        found: `SHA-256 ${found}`,
        mend: 'name one region in the input regions, and the other with its own version number'
    };
    return [{ guard: 'CONFIG_INVALID', subject: '', passed: false, finding }];
}
function assertSpecified(version, layers, named) {
    const refuse = (expected, found, mend) => new model_errors/* CodedError */.AK('CONFIG_INVALID', { expected, found, mend });
    if (version === null)
        throw refuse('the version to roll back to', 'none', 'set the input version to a number or to previous');
    const ids = layers.map(({ id }) => id).join(', ');
    if (!named && layers.length > 1) {
        throw refuse('the layers to roll back by name', `none of ${ids}`, 'name them in the input layers');
    }
    if (version !== 'previous' && layers.length > 1) {
        throw refuse('one layer, since version numbers are of each layer its own', ids, 'roll back one layer at a time, or all of them to previous');
    }
    return version;
}

;// CONCATENATED MODULE: ./.build/operate/rollback/observe-rollback.js









const mostLooks = 50;
async function observeRollback(request, version, ports) {
    const { environment, layers } = request;
    const limit = (0,p_limit/* default */.A)(environment.concurrency);
    const targets = (0,publish_layers_target/* targetsOf */.QR)(environment, layers, request.regions ?? environment.regions);
    const observed = await (0,settle/* settled */.g)(targets.map(target => limit(() => observeTarget(request, target, version, ports))));
    const stale = await observeAge(request, observed.flatMap(({ facts }) => facts.deployed?.commit ?? []), layers.map(({ id }) => id), ports);
    return {
        facts: observed.map(({ facts }) => facts),
        verdicts: [...stale, ...observed.flatMap(({ verdicts }) => verdicts)]
    };
}
async function observeTarget(request, target, version, { engine, aws, progress, scratchDirectory }) {
    progress({ layerId: target.layerId, region: target.region, what: 'looking for the version', ended: false });
    const region = aws.region(target.region);
    const { deployed, verdicts } = await engine.observe(target, true);
    const nothing = { facts: { target, deployed, wanted: null, content: null }, verdicts };
    if (deployed === null)
        return nothing;
    const current = await region.layers.get(target.layerName, deployed.version);
    const sha256 = current?.codeSha256 ?? deployed.artifactSha256 ?? '';
    if (version === 'previous' && isOwn(request, deployed) && current !== null && deployed.rolledBackTo !== undefined) {
        return {
            facts: { target, deployed, wanted: { ...current, version: deployed.rolledBackTo }, content: null },
            verdicts
        };
    }
    const wanted = version === 'previous'
        ? await previous(region, target, deployed, sha256)
        : await region.layers.get(target.layerName, version);
    if (wanted === null)
        return nothing;
    if (runsAlready(deployed, sha256, wanted))
        return { facts: { target, deployed, wanted, content: null }, verdicts };
    try {
        const content = await findContent(region, target, wanted, scratchDirectory);
        return { facts: { target, deployed, wanted, content }, verdicts };
    }
    catch (error) {
        if (!(error instanceof model_errors/* CodedError */.AK) || error.code !== 'BUCKET_OWNER_MISMATCH')
            throw error;
        const refused = { guard: error.code, subject: (0,publish_layers_target/* targetKey */.hD)(target), passed: false, finding: error.finding };
        return { ...nothing, facts: { ...nothing.facts, wanted }, verdicts: [...verdicts, refused] };
    }
}
function isOwn({ run }, { lastRun }) {
    const id = run.split('/')[0] ?? '';
    return id !== 'local' && lastRun?.split('/')[0] === id;
}
async function previous(region, target, deployed, sha256) {
    const from = deployed.rolledBackTo ?? deployed.version;
    const older = (await region.layers.list(target.layerName)).filter(({ version }) => version < from);
    for (const { version } of older.slice(0, mostLooks)) {
        const detail = await region.layers.get(target.layerName, version);
        if (detail === null)
            continue;
        const same = deployed.properties !== null && (0,publish_layers_target/* sameProperties */.OD)(deployed.properties, (0,content_marker/* declaredProperties */.qD)(detail));
        if (detail.codeSha256 !== sha256 || !same)
            return detail;
    }
    return null;
}
async function observeAge({ headCommit, branch, dryRun }, deployed, layerIds, ports) {
    if (dryRun)
        return [];
    const tip = await (0,branch_tip/* observeTip */.I5)({ headCommit, branch, deployed }, ports);
    const verdict = (0,stale_run/* staleVerdict */.x)({ headCommit, branch, tip, differing: layerIds, everything: true });
    if (verdict.passed !== 'stand-aside')
        return [verdict];
    const expected = `${headCommit} at the tip of ${branch}`;
    const found = tip.kind === 'newer' ? `${tip.commit}, which descends from it` : verdict.finding.found;
    const mend = `start the rollback anew on the tip of ${branch}`;
    return [{ ...verdict, passed: false, finding: { expected, found, mend } }];
}

;// CONCATENATED MODULE: ./.build/operate/rollback/rollback-result.js

function resultOfRollback({ subject, branch }, plan, rows) {
    const refusals = plan.verdicts
        .filter((verdict) => verdict.passed === false)
        .map(({ guard, finding }) => new model_errors/* CodedError */.AK(guard, finding));
    const errors = [...refusals, ...rows.flatMap(({ error }) => error ?? [])];
    return {
        ...subject,
        conclusion: errors.length > 0 ? 'failure' : 'success',
        headline: headlineOf(plan, rows, errors),
        changedLayers: [...new Set(plan.steps.filter(({ kind }) => kind === 'publish').map(step => step.target.layerId))],
        layers: rows,
        verdicts: plan.verdicts,
        errors,
        warnings: rows.some(({ status }) => status === 'rolled-back')
            ? [`The next push to ${branch} deploys forward again, unless its source is the one that was returned to`]
            : [],
        plan: {
            outcome: refusals.length > 0 ? 'refuse' : 'apply',
            steps: plan.steps.map(step => ({
                layer: step.target.layerId,
                region: step.target.region,
                action: step.kind === 'publish' ? 'publish again' : 'keep',
                'deployed-version': step.deployed?.version ?? null,
                'to-version': step.wanted.version,
                'content-digest': step.kind === 'publish' ? step.record.contentDigest : null
            }))
        }
    };
}
function headlineOf({ environment, steps }, rows, errors) {
    const where = `${environment.name} (${environment.accountId})`;
    const done = rows.filter(({ status }) => status === 'rolled-back' || status === 'planned');
    if (done.length === 0) {
        if (errors[0] !== undefined)
            return `${errors[0].code}: nothing was rolled back in ${where}`;
        return `Nothing to roll back in ${where}: it runs what is wanted`;
    }
    const would = done.some(({ status }) => status === 'planned');
    const [only] = done;
    const failed = rows.filter(({ status }) => status === 'failed' || status === 'not-attempted').length;
    const rest = failed === 0 ? '' : `, ${failed} failed`;
    if (done.length > 1 || only === undefined) {
        return `${done.length} layers ${would ? 'would be rolled back' : 'rolled back'} in ${where}${rest}`;
    }
    const step = steps.find(({ target }) => target.layerId === only.layerId && target.region === only.region);
    const to = `version ${step?.wanted.version ?? ''}`;
    const said = would ? `would be rolled back to ${to}` : `rolled back to ${to} (as version ${only.version ?? ''})`;
    return `${only.layerId} ${said} in ${where}${rest}`;
}

;// CONCATENATED MODULE: ./.build/operate/rollback/rollback.js













const rollback = async (request, ports) => {
    const version = assertSpecified(request.version, request.layers, request.named);
    const { environment, headCommit, repository, run } = request;
    const target = { environment, headCommit, repository, run, version };
    const identity = await (0,operate_identity/* identityVerdicts */.d)(request, ports.aws);
    if ((0,operate_identity/* isRefused */.H)(identity))
        return { result: resultOfRollback(request, refusal(request, identity), []) };
    await (0,promises_.mkdir)(ports.scratchDirectory, { recursive: true });
    const { facts, verdicts } = await observeRollback(request, version, ports);
    const plan = planRollback(target, facts, [...identity, ...verdicts]);
    const rows = await applyRollback(plan, request, ports);
    const result = resultOfRollback(request, plan, rows);
    const warning = await recordRollback(plan, rows, request, ports);
    return { result: withInterruption({ ...result, warnings: [...result.warnings, ...warning] }, ports.signal) };
};
function refusal({ environment }, verdicts) {
    return { environment, verdicts, steps: [] };
}
async function applyRollback(plan, request, ports) {
    const refused = (0,operate_identity/* isRefused */.H)(plan.verdicts);
    const limit = (0,p_limit/* default */.A)(plan.environment.concurrency);
    return Promise.all(plan.steps.map(step => limit(async () => {
        if (step.kind === 'keep')
            return row(step, { status: 'unchanged', reason: 'same-content' });
        if (refused)
            return row(step, { status: 'not-attempted', reason: 'refused' });
        if (request.dryRun)
            return row(step, { status: 'planned', reason: 'rolled-back' });
        if (ports.signal.aborted)
            return row(step, { status: 'not-attempted', reason: 'cancelled' });
        return publish(step, ports);
    })));
}
async function publish(step, ports) {
    const { target, wanted, deployed, record } = step;
    const tell = (what, ended = false) => {
        ports.progress({ layerId: target.layerId, region: target.region, what, ended });
    };
    try {
        tell(`publishing the content of version ${wanted.version}`);
        const artifact = await inBucket(step, ports);
        const published = await ports.engine.publish({
            target,
            artifact,
            properties: (0,content_marker/* declaredProperties */.qD)(wanted),
            record: { ...record, artifactSha256: artifact.sha256 },
            previous: deployed
        });
        tell(`version ${wanted.version} is back, as version ${published.version}`, true);
        return row(step, {
            status: 'rolled-back',
            reason: 'rolled-back',
            version: published.version,
            arn: published.arn,
            artifactSha256: published.codeSha256,
            contentDigest: record.contentDigest,
            sizeBytes: published.sizeBytes
        });
    }
    catch (error) {
        const coded = (0,model_errors/* asCodedError */._r)(error);
        tell(coded.message, true);
        return row(step, { status: 'failed', reason: 'failed', error: coded, version: null, arn: null });
    }
}
async function inBucket({ target, content, record }, { aws }) {
    if (content.kind === 'stored') {
        const { bucket, key } = content.place;
        return { bucket, key, sha256: content.sha256, sizeBytes: content.sizeBytes };
    }
    const { file, contentDigest, sha256: artifactSha256, sizeBytes } = content;
    return (0,stored_artifact/* storeArtifact */.i)(aws.region(target.region), target, { file, contentDigest, artifactSha256, sizeBytes }, record, null);
}
function row(step, changes) {
    const { target, deployed } = step;
    const record = step.kind === 'publish' ? step.record : null;
    return {
        layerId: target.layerId,
        region: target.region,
        layerName: target.layerName,
        version: deployed?.version ?? null,
        arn: deployed?.arn ?? null,
        previousVersion: deployed?.version ?? null,
        artifactSha256: deployed?.artifactSha256 ?? null,
        contentDigest: record?.contentDigest ?? deployed?.contentDigest ?? null,
        sourceDigest: record?.sourceDigest ?? deployed?.sourceDigest ?? null,
        sizeBytes: deployed?.sizeBytes ?? null,
        fromCommit: deployed?.sourceCommit ?? null,
        toCommit: record?.sourceCommit ?? deployed?.sourceCommit ?? null,
        ...(0,access/* shownAccess */.uc)(target.access),
        error: null,
        ...changes
    };
}
async function recordRollback(plan, rows, { environment, headCommit, run, runUrl }, { github, signal }) {
    const done = rows.filter(({ status }) => status === 'rolled-back').map(({ layerId }) => layerId);
    const promotion = new Map(plan.steps.flatMap(step => step.kind === 'publish' && done.includes(step.target.layerId) ? [[step.target.layerId, step.record]] : []));
    if (github === null || promotion.size === 0 || signal.aborted)
        return [];
    try {
        const deployment = await github.createDeployment({
            commit: headCommit,
            environment: environment.name,
            task: promotion_promotion/* deploymentTask */.RD,
            payload: (0,promotion_promotion/* payloadOf */.Md)(promotion),
            description: `Rolled back: ${[...promotion.keys()].join(', ')}`.slice(0, 140),
            production: environment.promoteFrom !== null
        });
        const description = 'Rolled back and verified';
        await github.createDeploymentStatus(deployment.id, { state: 'success', description, logUrl: runUrl });
        const listed = await (0,active_deployments/* listDeployments */.Jn)(github, environment.name);
        await (0,active_deployments/* endAll */.XZ)(github, (0,active_deployments/* endingsOf */.iv)(listed, run, deployment.id), runUrl);
        return [];
    }
    catch (error) {
        if (!(error instanceof ports_github/* GitHubError */.y))
            throw error;
        return [`The rollback was not recorded on GitHub: ${error.message}`];
    }
}
function withInterruption(result, signal) {
    if (!signal.aborted)
        return result;
    const error = (0,model_errors/* asCodedError */._r)(signal.reason);
    return { ...result, conclusion: 'failure', errors: [error, ...result.errors] };
}


/***/ }),

/***/ 5956:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ storeArtifact),
/* harmony export */   j: () => (/* binding */ headArtifact)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8125);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3406);


function headArtifact(region, target, contentDigest) {
    return region.objects.head(placeOf(target, contentDigest));
}
async function storeArtifact(region, target, artifact, record, known) {
    const place = placeOf(target, artifact.contentDigest);
    if (known !== null)
        return usable(place, known, artifact.contentDigest);
    const metadata = {
        commit: record.commit,
        'source-commit': record.sourceCommit,
        'source-digest': record.sourceDigest,
        'content-digest': record.contentDigest,
        'artifact-sha256': artifact.artifactSha256
    };
    const { file, artifactSha256: sha256, sizeBytes } = artifact;
    const outcome = await region.objects.putIfAbsent(place, { file, sha256, sizeBytes, metadata });
    if (outcome === 'created')
        return { bucket: place.bucket, key: place.key, sha256, sizeBytes };
    const stored = await region.objects.head(place);
    if (stored === null)
        throw altered(place, 'an object that vanished between two calls');
    return usable(place, stored, artifact.contentDigest);
}
function usable(place, head, contentDigest) {
    const recorded = head.metadata['artifact-sha256'];
    if (recorded === undefined)
        throw altered(place, 'an object without the metadata of this action');
    if (head.metadata['content-digest'] !== contentDigest)
        throw altered(place, 'an object recorded for another content');
    if (head.sha256 !== recorded)
        throw altered(place, `an object with ${head.sha256 ?? 'no'} SHA-256`, recorded);
    return { bucket: place.bucket, key: place.key, sha256: recorded, sizeBytes: head.sizeBytes };
}
function altered(place, found, recorded) {
    return new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('PUBLISH_UNVERIFIED', {
        expected: `s3://${place.bucket}/${place.key} as this action wrote it${recorded === undefined ? '' : `, SHA-256 ${recorded}`}`,
        found,
        mend: 'find out who wrote there, delete the object and run again'
    });
}
function placeOf(target, contentDigest) {
    return { bucket: target.bucket, owner: target.accountId, key: (0,_target_js__WEBPACK_IMPORTED_MODULE_1__/* .artifactKey */ .Wf)(target.layerName, contentDigest) };
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

/***/ 9718:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   I5: () => (/* binding */ observeTip),
/* harmony export */   J9: () => (/* binding */ wantedAt),
/* harmony export */   z1: () => (/* binding */ wantedText)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8125);
/* harmony import */ var _detect_changes_source_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6908);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3406);



async function observeTip(request, { git, log }) {
    const { headCommit, branch } = request;
    try {
        const tip = await git.readBranchTip(branch);
        if (tip === headCommit)
            return { kind: 'head' };
        if (tip === null)
            return { kind: 'elsewhere', commit: null };
        const isOnIt = (await git.ancestorsAmong(tip, [headCommit])).includes(headCommit);
        return { kind: isOnIt ? 'newer' : 'elsewhere', commit: tip };
    }
    catch (error) {
        if (!isGitFailure(error))
            throw error;
        log.warning(`The tip of ${branch} is not read: ${error.message}`);
        const deployed = await relationsOf(request, git);
        return { kind: 'unreadable', why: error.finding.found, deployed };
    }
}
async function relationsOf({ headCommit, deployed }, git) {
    const relations = [];
    for (const commit of new Set(deployed)) {
        relations.push({ commit, relation: await relationOr(git, headCommit, commit) });
    }
    return relations;
}
async function relationOr(git, head, commit) {
    try {
        return await git.relation(head, commit);
    }
    catch (error) {
        if (isGitFailure(error))
            return 'unknown';
        throw error;
    }
}
async function wantedAt(commit, wanted, git) {
    const read = async (files) => {
        const config = await wanted.configAt(commit, files);
        const environment = config?.environments.find(({ branches }) => branches.includes(wanted.branch));
        if (config === null || environment?.name !== wanted.environment)
            return new Map();
        const entries = await files.readEntries(commit, (0,_detect_changes_source_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .watchedPaths */ .h)(config.layers));
        const digests = new Map(config.layers.map(layer => [layer.id, (0,_detect_changes_source_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .layerSource */ .D)(layer, entries).sourceDigest]));
        const targets = (0,_target_js__WEBPACK_IMPORTED_MODULE_2__/* .targetsOf */ .QR)(environment, config.layers, environment.regions);
        return new Map(targets.map(target => [(0,_target_js__WEBPACK_IMPORTED_MODULE_2__/* .targetKey */ .hD)(target), wantedText(digests.get(target.layerId), target)]));
    };
    return (await git.readCommit(commit, read)) ?? new Map();
}
function wantedText(sourceDigest, target) {
    return JSON.stringify([sourceDigest, target]);
}
function isGitFailure(error) {
    return error instanceof _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK && error.code === 'GIT_FAILED';
}


/***/ }),

/***/ 7750:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   x: () => (/* binding */ staleVerdict)
/* harmony export */ });
const guard = 'STALE_RUN';
function staleVerdict({ headCommit, branch, tip, differing, everything }) {
    switch (tip.kind) {
        case 'head':
            return passes(`tip of ${branch}`);
        case 'newer': {
            if (differing.length === 0)
                return passes(`its layers have the same source at ${tip.commit}, the tip of ${branch}`);
            const finding = {
                expected: `${headCommit} at the tip of ${branch}, or the same source of ${differing.join(', ')} there`,
                found: `another source at ${tip.commit}, which descends from it`,
                mend: `let the newer commit stand; to go back, revert on ${branch} and push, or run the command rollback`
            };
            return { guard, subject: everything ? '' : differing.join(', '), passed: 'stand-aside', finding };
        }
        case 'elsewhere':
            return refused({
                expected: `${headCommit} on the branch ${branch} of the remote`,
                found: tip.commit === null
                    ? `no branch ${branch} there`
                    : `${tip.commit} at its tip, which does not descend from it`,
                mend: `push what is to be deployed to ${branch}: the run of its tip deploys`
            });
        case 'unreadable':
            return unreadable(headCommit, branch, tip);
    }
}
function unreadable(headCommit, branch, tip) {
    const newer = tip.deployed.find(({ relation }) => relation !== 'same' && relation !== 'ancestor');
    if (newer === undefined)
        return passes(`the tip of ${branch} cannot be read, and no other line of commits is deployed`);
    return refused({
        expected: `the tip of ${branch} from the remote, since ${newer.commit} is deployed and is not known as an ancestor of ${headCommit}`,
        found: tip.why,
        mend: 'let the checkout keep its credentials (persist-credentials), see that the runner reaches the remote, and run again'
    });
}
function passes(detail) {
    return { guard, subject: '', passed: true, detail };
}
function refused(finding) {
    return { guard, subject: '', passed: false, finding };
}


/***/ }),

/***/ 7813:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Jn: () => (/* binding */ listDeployments),
/* harmony export */   XZ: () => (/* binding */ endAll),
/* harmony export */   Yq: () => (/* binding */ withRun),
/* harmony export */   iv: () => (/* binding */ endingsOf)
/* harmony export */ });
/* harmony import */ var _promotion_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5444);

const mostEndings = 40;
const going = ['in_progress', 'pending', 'queued'];
function withRun(description, run) {
    return run === 'local' ? description : `${description} (run ${run})`;
}
function endingsOf({ records, outcomes }, run, own) {
    const isSuccess = ({ id }) => id === own || outcomes.get(id)?.state === 'success';
    const newest = Math.max(0, ...records.filter(isSuccess).map(({ id }) => id), own ?? 0);
    return records
        .flatMap((record) => {
        const { id } = record;
        const { state = null, logUrl = null } = outcomes.get(id) ?? {};
        const mine = id === own;
        const age = mine ? 'own' : ageOf(runOf(record.description, logUrl), run);
        if (id === newest || age === 'sibling')
            return [];
        if (isSuccess(record)) {
            return [{ id, state: 'inactive', description: 'A later deployment took its place', logUrl }];
        }
        const isGoing = state === null ? outcomes.has(id) : going.includes(state);
        const isOver = age === 'earlier' || (age === 'unknown' && (own === null || id < own));
        return isGoing && isOver
            ? [{ id, state: 'error', description: 'The run ended before it was finished', logUrl }]
            : [];
    })
        .slice(0, mostEndings);
}
async function listDeployments(github, environment) {
    for await (const records of github.deployments({ environment, task: _promotion_js__WEBPACK_IMPORTED_MODULE_0__/* .deploymentTask */ .RD })) {
        return { records, outcomes: await github.deploymentOutcomes(records) };
    }
    return { records: [], outcomes: new Map() };
}
async function endAll(github, endings, logUrl) {
    for (const { id, ...status } of endings) {
        await github.createDeploymentStatus(id, { ...status, logUrl: status.logUrl ?? logUrl });
    }
}
function runOf(description, logUrl) {
    const found = /\(run (\d+)\/(\d+)\)$/.exec(description) ?? /\/actions\/runs\/(\d+)(?:\/attempts\/(\d+))?$/.exec(logUrl ?? '');
    if (found === null)
        return null;
    return { id: Number(found[1]), attempt: found[2] === undefined ? null : Number(found[2]) };
}
function ageOf(other, run) {
    const [id = Number.NaN, attempt = Number.NaN] = run.split('/').map(Number);
    if (other === null)
        return 'unknown';
    if (Number.isNaN(id))
        return 'later';
    if (other.id !== id)
        return other.id < id ? 'earlier' : 'later';
    if (other.attempt === null || other.attempt === attempt)
        return 'sibling';
    return other.attempt < attempt ? 'earlier' : 'later';
}


/***/ }),

/***/ 5444:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Lb: () => (/* binding */ readProven),
/* harmony export */   Md: () => (/* binding */ payloadOf),
/* harmony export */   RD: () => (/* binding */ deploymentTask),
/* harmony export */   S4: () => (/* binding */ judge),
/* harmony export */   ac: () => (/* binding */ sameLayer),
/* harmony export */   e$: () => (/* binding */ readPromotion)
/* harmony export */ });
const deploymentTask = 'layer-deploy';
const mostPages = 2;
async function readProven(github, environment, wanted, onBranch) {
    const records = [];
    let pages = 0;
    for await (const page of github.deployments({ environment, task: deploymentTask })) {
        records.push(...page);
        pages += 1;
        const named = new Set(records.filter(record => proves(record, wanted).length > 0).flatMap(each => proves(each, wanted)));
        if (pages >= mostPages || named.size === wanted.size)
            break;
    }
    const candidates = records.filter(record => proves(record, wanted).length > 0);
    const outcomes = await github.deploymentOutcomes(candidates);
    const successes = candidates.filter(({ id }) => outcomes.get(id)?.states.includes('success') === true);
    return judge(records, successes, wanted, onBranch);
}
async function judge(records, successes, wanted, onBranch) {
    const commits = [...new Set(successes.filter(each => proves(each, wanted).length > 0).map(({ commit }) => commit))];
    const held = new Set(commits.length === 0 ? [] : await onBranch(commits));
    const proven = new Set(successes.filter(({ commit }) => held.has(commit)).flatMap(record => proves(record, wanted)));
    const successful = new Set(successes.flatMap(record => proves(record, wanted)));
    const layers = [...wanted].map(([layerId, layer]) => {
        if (proven.has(layerId))
            return [layerId, layer];
        const newest = records.map(({ payload }) => readPromotion(payload).get(layerId)).find(found => found !== undefined);
        return [layerId, newest === undefined || sameLayer(newest, layer) ? null : newest];
    });
    const elsewhere = [...wanted.keys()].filter(layerId => successful.has(layerId) && !proven.has(layerId));
    return { layers: new Map(layers), searched: records.length, elsewhere };
}
function proves({ payload }, wanted) {
    const promotion = readPromotion(payload);
    return [...wanted].flatMap(([layerId, layer]) => (sameLayer(promotion.get(layerId), layer) ? [layerId] : []));
}
function sameLayer(a, b) {
    return a?.sourceDigest === b.sourceDigest && (b.contentDigest === '' || a.contentDigest === b.contentDigest);
}
function payloadOf(promotion) {
    return Object.fromEntries([...promotion].map(([layerId, layer]) => [
        layerId,
        {
            'source-digest': layer.sourceDigest,
            'content-digest': layer.contentDigest,
            'artifact-sha256': layer.artifactSha256
        }
    ]));
}
function readPromotion(payload) {
    if (payload === null || typeof payload !== 'object')
        return new Map();
    return new Map(Object.entries(payload).flatMap(([layerId, value]) => {
        if (value === null || typeof value !== 'object')
            return [];
        const fields = value;
        const { 'source-digest': sourceDigest, 'content-digest': contentDigest, 'artifact-sha256': artifactSha256 } = fields;
        if (!isDigest(sourceDigest) || !isDigest(contentDigest) || !isDigest(artifactSha256))
            return [];
        return [[layerId, { sourceDigest, contentDigest, artifactSha256 }]];
    }));
}
function isDigest(value) {
    return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}


/***/ }),

/***/ 370:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  A: () => (/* binding */ pLimit)
});

// UNUSED EXPORTS: limitFunction

;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

class Node {
	value;
	next;

	constructor(value) {
		this.value = value;
	}
}

class Queue {
	#head;
	#tail;
	#size;

	constructor() {
		this.clear();
	}

	enqueue(value) {
		const node = new Node(value);

		if (this.#head) {
			this.#tail.next = node;
			this.#tail = node;
		} else {
			this.#head = node;
			this.#tail = node;
		}

		this.#size++;
	}

	dequeue() {
		const current = this.#head;
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
		this.#size = 0;
	}

	get size() {
		return this.#size;
	}

	* [Symbol.iterator]() {
		let current = this.#head;

		while (current) {
			yield current.value;
			current = current.next;
		}
	}

	* drain() {
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
		if (activeCount < concurrency && queue.size > 0) {
			activeCount++;
			queue.dequeue().run();
		}
	};

	const next = () => {
		activeCount--;
		resumeNext();
	};

	const run = async (function_, resolve, arguments_) => {
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
		},
		map: {
			async value(iterable, function_) {
				const promises = [];

				try {
					Array.from(iterable, (value, index) => {
						const promise = generator(function_, value, index);
						promises.push(promise);
						return promise;
					});
				} catch (error) {
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}


/***/ })

};
