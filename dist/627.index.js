export const id = 627;
export const ids = [627];
export const modules = {

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

/***/ 2627:
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
// EXTERNAL MODULE: ./.build/publish-layers/recorded-versions.js
var recorded_versions = __webpack_require__(4041);
// EXTERNAL MODULE: ./.build/publish-layers/target.js
var publish_layers_target = __webpack_require__(3406);
// EXTERNAL MODULE: ./.build/model/settle.js
var settle = __webpack_require__(3257);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/build-layers/archive/read-archive.js
var read_archive = __webpack_require__(3704);
// EXTERNAL MODULE: ./.build/build-layers/inspect-archive.js
var inspect_archive = __webpack_require__(5402);
// EXTERNAL MODULE: ./.build/model/digest.js
var digest = __webpack_require__(8074);
;// CONCATENATED MODULE: ./.build/operate/rollback/find-content.js










const headsAtOnce = 8;
async function findContent(search) {
    for (const candidate of await candidates(search)) {
        const judged = await judge(search, candidate);
        if (judged !== null)
            return judged;
    }
    return fromVersion(search);
}
async function candidates({ region, target, wanted }) {
    const bucket = { bucket: target.bucket, owner: target.accountId };
    const named = (0,content_marker/* contentDigestOf */.Vp)(wanted.description);
    const prefix = (0,publish_layers_target/* artifactKey */.Wf)(target.layerName, '').replace(/\.zip$/, '');
    const inventory = await region.inventory();
    const keys = named === null ? await inventory.keys(bucket, prefix) : [(0,publish_layers_target/* artifactKey */.Wf)(target.layerName, named)];
    const limit = (0,p_limit/* default */.A)(headsAtOnce);
    const looks = keys.map(key => limit(async () => {
        const place = { ...bucket, key };
        const contentDigest = /\/([0-9a-f]{64})\.zip$/.exec(key)?.[1];
        if (contentDigest === undefined)
            return [];
        const head = await region.objects.head(place);
        return head === null ? [] : [{ place, contentDigest, head }];
    }));
    return (await Promise.all(looks)).flat().filter(({ head }) => mayBe(head, wanted));
}
function mayBe({ sha256, metadata }, wanted) {
    return sha256 === wanted.codeSha256 || metadata['artifact-sha256'] === wanted.codeSha256;
}
async function judge(search, { place, contentDigest, head }) {
    const { region, wanted } = search;
    const address = `s3://${place.bucket}/${place.key}`;
    if (head.sizeBytes > read_archive/* maximumArchiveBytes */.yK)
        return { kind: 'altered', found: `${address} of ${head.sizeBytes} bytes` };
    const object = await region.objects.get(place, head.sizeBytes);
    if (object === null)
        return null;
    const sha256 = (0,digest/* sha256Hex */.fg)(object.body);
    if (sha256 !== wanted.codeSha256)
        return { kind: 'altered', found: `${address} with SHA-256 ${sha256}` };
    const inspected = await inspectVersion(search, object.body);
    if ('why' in inspected)
        return { kind: 'gone', found: `${address} with the version's bytes, ${inspected.why}` };
    if (inspected.contentDigest !== contentDigest)
        return null;
    return { kind: 'stored', place, sha256, sizeBytes: object.body.byteLength, ...inspected, ...notes(head) };
}
async function fromVersion(search) {
    const { region, target, wanted, scratchDirectory } = search;
    const gone = `no such artifact in s3://${target.bucket}`;
    const zip = await (await region.inventory()).download(target.layerName, wanted.version);
    if (zip === null)
        return { kind: 'gone', found: `${gone}, and a version that AWS Lambda does not give out` };
    const sha256 = (0,digest/* sha256Hex */.fg)(zip);
    if (sha256 !== wanted.codeSha256) {
        return { kind: 'altered', found: `${gone}, and SHA-256 ${sha256} in what AWS Lambda gives out` };
    }
    const inspected = await inspectVersion(search, zip);
    if ('why' in inspected) {
        return { kind: 'gone', found: `${gone}, and a version whose zip cannot be read: ${inspected.why}` };
    }
    const { contentDigest } = inspected;
    const place = (0,stored_artifact/* placeOf */.$t)(target, contentDigest);
    const head = await region.objects.head(place);
    if (head !== null)
        return underItsKey(search, place, head, inspected);
    const file = (0,external_node_path_.join)(scratchDirectory, `${target.layerName}-${target.region}.zip`);
    await (0,promises_.writeFile)(file, zip);
    return { kind: 'from-version', file, sha256, sizeBytes: zip.byteLength, ...inspected, sourceCommit: null };
}
async function underItsKey(search, place, head, inspected) {
    try {
        const stored = await (0,stored_artifact/* readStored */.CL)(search.region, place, head, inspected.contentDigest, zip => Promise.resolve({ contentDigest: (0,read_archive/* contentDigestOfZip */.uZ)(zip), verdicts: [] }));
        if (stored === null)
            return { kind: 'gone', found: `s3://${place.bucket}/${place.key}, which went meanwhile` };
        const { sha256, sizeBytes } = stored;
        return { kind: 'stored', place, sha256, sizeBytes, ...inspected, ...notes(head) };
    }
    catch (error) {
        if (!(error instanceof model_errors/* CodedError */.AK) || error.code !== 'ARTIFACT_ALTERED')
            throw error;
        return { kind: 'altered', found: `s3://${place.bucket}/${place.key} with ${error.finding.found}` };
    }
}
async function inspectVersion(search, zip) {
    const { layer, wanted, target, scratchDirectory } = search;
    const { compatibleRuntimes, compatibleArchitectures } = (0,content_marker/* declaredProperties */.qD)(wanted);
    const folder = (0,external_node_path_.join)(scratchDirectory, `${target.layerName}-${target.region}-inspected`);
    await (0,promises_.mkdir)(folder, { recursive: true });
    try {
        const declared = { ...layer, compatibleRuntimes, compatibleArchitectures };
        const { contentDigest, verdicts } = await (0,inspect_archive/* inspectArchive */.N)(declared, zip, folder);
        return { contentDigest, verdicts };
    }
    catch (error) {
        if (error instanceof model_errors/* CodedError */.AK)
            throw error;
        return { why: error instanceof Error ? error.message : 'no archive' };
    }
}
function notes({ metadata }) {
    const sourceCommit = metadata['source-commit'] ?? '';
    return { sourceCommit: /^[0-9a-f]{40,64}$/.test(sourceCommit) ? sourceCommit : null };
}

;// CONCATENATED MODULE: ./.build/operate/rollback/plan-rollback.js





function rollbackSource(version, contentDigest) {
    return (0,digest/* sha256Hex */.fg)((0,digest/* canonicalJson */.dj)({ rolledBackTo: version, contentDigest }));
}
function planRollback(run, facts, verdicts) {
    const found = facts.flatMap(fact => [
        versionVerdict(run, fact),
        ...recordVerdicts(run, fact),
        ...contentVerdicts(fact),
        ...templateVerdicts(fact)
    ]);
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
    const record = {
        sourceDigest: rollbackSource(wanted.version, content.contentDigest),
        contentDigest: content.contentDigest,
        artifactSha256: content.sha256,
        commit: run.headCommit,
        sourceCommit: content.sourceCommit ?? 'unknown',
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
function recordVerdicts(run, { target, deployed, wanted }) {
    if (wanted === null)
        return [];
    const { version } = wanted;
    const { promoteFrom, name } = run.environment;
    const isRecorded = version === deployed?.version || (0,recorded_versions/* isAmong */.F)(deployed?.earlierVersions, version);
    const subject = (0,publish_layers_target/* targetKey */.hD)(target);
    const which = `version ${version} of ${target.layerName}`;
    const found = 'a version that no record names: published by hand, or left by a run that ended before it was recorded';
    if (isRecorded) {
        const passed = { subject, passed: true, detail: `version ${version} was on record` };
        return promoteFrom === null ? [] : [{ guard: 'NOT_PROMOTED', ...passed }];
    }
    if (promoteFrom !== null) {
        const expected = `${which} to have been deployed to ${name} under promote-from: ${promoteFrom}`;
        const mend = `deploy its source to ${promoteFrom} first, then to ${name}`;
        return [{ guard: 'NOT_PROMOTED', subject, passed: false, finding: { expected, found, mend } }];
    }
    if (run.unrecorded === true)
        return [];
    const expected = `${which} to have been deployed by this repository`;
    const mend = 'name a version that was, or previous; on the command line --unrecorded returns to any version';
    return [{ guard: 'VERSION_NOT_FOUND', subject, passed: false, finding: { expected, found, mend } }];
}
function contentVerdicts({ target, wanted, content }) {
    if (wanted === null || content === null)
        return [];
    const subject = (0,publish_layers_target/* targetKey */.hD)(target);
    const expected = `the content of version ${wanted.version} of ${target.layerName}, SHA-256 ${wanted.codeSha256}`;
    switch (content.kind) {
        case 'stored':
        case 'from-version':
            return [
                { guard: 'ARTIFACT_GONE', subject, passed: true, detail: `content ${content.contentDigest}` },
                ...content.verdicts.map(verdict => ({ ...verdict, subject }))
            ];
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
        const content = await findContent({ region, target, wanted, layer: layerOf(request, target), scratchDirectory });
        return { facts: { target, deployed, wanted, content }, verdicts };
    }
    catch (error) {
        if (!(error instanceof model_errors/* CodedError */.AK) || error.code !== 'BUCKET_OWNER_MISMATCH')
            throw error;
        const refused = { guard: error.code, subject: (0,publish_layers_target/* targetKey */.hD)(target), passed: false, finding: error.finding };
        return { ...nothing, facts: { ...nothing.facts, wanted }, verdicts: [...verdicts, refused] };
    }
}
function layerOf({ layers }, { layerId }) {
    const layer = layers.find(({ id }) => id === layerId);
    if (layer === undefined)
        throw new Error(`no layer ${layerId}`);
    return layer;
}
function isOwn({ run }, { lastRun }) {
    const id = run.split('/')[0] ?? '';
    return id !== 'local' && lastRun?.split('/')[0] === id;
}
async function previous(region, target, deployed, sha256) {
    const from = deployed.rolledBackTo ?? deployed.version;
    const older = (await region.layers.list(target.layerName)).filter(({ version }) => version < from && (0,recorded_versions/* isAmong */.F)(deployed.earlierVersions, version));
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
    const target = { environment, headCommit, repository, run, version, unrecorded: request.unrecorded === true };
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
    return (0,stored_artifact/* storeArtifact */.iY)(aws.region(target.region), target, { file, contentDigest, artifactSha256, sizeBytes }, record, null);
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
