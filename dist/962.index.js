export const id = 962;
export const ids = [962,923];
export const modules = {

/***/ 8923:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createEngine: () => (/* binding */ createEngine)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8125);

async function createEngine(name, context) {
    switch (name) {
        case 'cloudformation':
            return (await __webpack_require__.e(/* import() */ 982).then(__webpack_require__.bind(__webpack_require__, 4982))).createCloudFormationEngine(context);
        case 'lambda':
            return (await __webpack_require__.e(/* import() */ 610).then(__webpack_require__.bind(__webpack_require__, 7610))).createLambdaEngine(context);
        default:
            return (0,_model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .unreachable */ .HB)(name);
    }
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

/***/ 3594:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ differingAt),
/* harmony export */   u: () => (/* binding */ observeAge)
/* harmony export */ });
/* harmony import */ var _plan_stale_run_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7750);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3406);
/* harmony import */ var _branch_tip_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9718);



async function observeAge(request, facts, ports) {
    if (request.dryRun)
        return { aside: new Set(), verdicts: [], isOver: false };
    const { headCommit, branch } = request;
    const isWrite = (change) => change.changed || facts.astray.has((0,_target_js__WEBPACK_IMPORTED_MODULE_0__/* .targetKey */ .hD)(change));
    const writes = facts.changes.filter(change => change.reason !== 'removed' && isWrite(change));
    const deployed = [...facts.deployed.values()].flatMap(version => version?.commit ?? []);
    const tip = await (0,_branch_tip_js__WEBPACK_IMPORTED_MODULE_1__/* .observeTip */ .I5)({ headCommit, branch, deployed }, ports);
    const aside = tip.kind === 'newer' ? await differingAt(tip.commit, writes.map(_target_js__WEBPACK_IMPORTED_MODULE_0__/* .targetKey */ .hD), request, facts, ports) : [];
    const layerIds = writes.filter(change => aside.includes((0,_target_js__WEBPACK_IMPORTED_MODULE_0__/* .targetKey */ .hD)(change))).map(({ layerId }) => layerId);
    const everything = aside.length === writes.length;
    const verdict = (0,_plan_stale_run_js__WEBPACK_IMPORTED_MODULE_2__/* .staleVerdict */ .x)({ headCommit, branch, tip, differing: [...new Set(layerIds)], everything });
    return { aside: new Set(aside), verdicts: [verdict], isOver: verdict.passed === 'stand-aside' && everything };
}
async function differingAt(commit, keys, { environment, branch, configAt }, facts, { git }) {
    const there = await (0,_branch_tip_js__WEBPACK_IMPORTED_MODULE_1__/* .wantedAt */ .J9)(commit, { environment: environment.name, branch, configAt }, git);
    const here = new Map(facts.targets.map(target => [
        (0,_target_js__WEBPACK_IMPORTED_MODULE_0__/* .targetKey */ .hD)(target),
        (0,_branch_tip_js__WEBPACK_IMPORTED_MODULE_1__/* .wantedText */ .z1)(facts.sources.get(target.layerId)?.sourceDigest, target)
    ]));
    return keys.filter(key => there.get(key) === undefined || there.get(key) !== here.get(key));
}


/***/ }),

/***/ 962:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  apply: () => (/* reexport */ apply),
  buildPlan: () => (/* reexport */ plan/* buildPlan */.G),
  changesSinceBase: () => (/* reexport */ changesSinceBase),
  createEngine: () => (/* reexport */ engines.createEngine),
  endWith: () => (/* reexport */ endWith),
  observeRun: () => (/* reexport */ observeRun),
  readBack: () => (/* reexport */ readBack),
  startRecord: () => (/* reexport */ startRecord)
});

// EXTERNAL MODULE: ./.build/model/errors.js
var model_errors = __webpack_require__(8125);
;// CONCATENATED MODULE: ./.build/detect-changes/changes.js

function detectChanges(input) {
    const sources = new Map(input.sources.map(source => [source.layerId, source]));
    const compare = comparison(input.baseline);
    return input.layers.flatMap(layer => input.regions.map(region => {
        const source = sources.get(layer.id);
        const to = source?.root?.objectId ?? null;
        if (source === undefined || to === null) {
            return { layerId: layer.id, region, changed: false, reason: 'removed', from: null, to: null };
        }
        const { reason, from } = compare(layer, region, source);
        const shown = input.force && (reason === 'unchanged' || reason === 'access-changed') ? 'forced' : reason;
        return { layerId: layer.id, region, changed: shown !== 'unchanged', reason: shown, from, to };
    }));
}
function comparison(baseline) {
    switch (baseline.kind) {
        case 'deployed': {
            const known = byPlace(baseline.layers);
            return (layer, region, source) => againstDeployed(layer, source, known.get(placeKey(layer.id, region)));
        }
        case 'revision': {
            const known = byPlace(baseline.layers);
            return (layer, region, source) => againstRevision(source, known.get(placeKey(layer.id, region)));
        }
        case 'unknown':
            return () => ({ reason: 'base-unknown', from: null });
        default:
            return (0,model_errors/* unreachable */.HB)(baseline);
    }
}
function byPlace(layers) {
    return new Map(layers.map(each => [placeKey(each.layerId, each.region), each]));
}
function placeKey(layerId, region) {
    return `${layerId} ${region}`;
}
function againstDeployed(layer, source, region) {
    if (region === undefined)
        return { reason: 'base-unknown', from: null };
    const { deployed, accessDiffers = false, propertiesDiffer = false } = region;
    if (deployed === null)
        return { reason: 'never-deployed', from: null };
    const from = deployed.sourceCommit;
    if (deployed.sourceDigest === source.sourceDigest) {
        if (deployed.properties === null)
            return { reason: 'version-missing', from };
        if (propertiesDiffer)
            return { reason: 'recipe-changed', from };
        return { reason: accessDiffers ? 'access-changed' : 'unchanged', from };
    }
    if (deployed.sourceDigest === null)
        return { reason: 'base-unknown', from };
    const sameSource = layer.alsoWatch.length === 0 && from === source.root?.objectId;
    return { reason: sameSource ? 'recipe-changed' : 'source-changed', from };
}
function againstRevision(source, base) {
    if (base === undefined || base.source === 'unknown')
        return { reason: 'base-unknown', from: null };
    if (base.source === null || base.source.root === null)
        return { reason: 'never-deployed', from: null };
    const from = base.source.root.objectId;
    if (base.source.sourceDigest === source.sourceDigest)
        return { reason: 'unchanged', from };
    const sameEntries = JSON.stringify(listing(base.source)) === JSON.stringify(listing(source));
    return { reason: sameEntries ? 'recipe-changed' : 'source-changed', from };
}
function listing(source) {
    return source.entries.map(({ path, mode, objectId }) => [path, mode, objectId]);
}

// EXTERNAL MODULE: ./.build/model/settle.js
var settle = __webpack_require__(3257);
// EXTERNAL MODULE: ./.build/config/names.js
var names = __webpack_require__(8245);
// EXTERNAL MODULE: ./.build/detect-changes/source-digest.js
var source_digest = __webpack_require__(6908);
;// CONCATENATED MODULE: ./.build/detect-changes/base-layers.js



async function readBaseLayers(wanted, base, git) {
    const watched = (0,source_digest/* watchedPaths */.hR)(wanted.layers);
    const [before, entries] = await (0,settle/* settled */.g)([base.configAt(base.commit), git.readEntries(base.commit, watched)]);
    if (before.kind === 'absent')
        return everywhere(wanted, () => null);
    if (before.kind === 'unreadable')
        return everywhere(wanted, () => 'unknown');
    if (before.kind === 'elsewhere') {
        const sources = new Map((0,source_digest/* layerSources */.AD)(wanted.layers, entries).map(source => [source.layerId, source]));
        return everywhere(wanted, layer => sources.get(layer.id) ?? null);
    }
    const places = placesOf(before.config, wanted);
    const layersBefore = [...new Set([...places.values()].flatMap(({ layer }) => layer ?? []))];
    const known = new Set(watched);
    const further = (0,source_digest/* watchedPaths */.hR)(layersBefore).filter(path => !known.has(path));
    const all = further.length === 0 ? entries : [...entries, ...(await git.readEntries(base.commit, further))];
    const index = (0,source_digest/* indexEntries */.nL)(all);
    const sources = new Map(layersBefore.map(layer => [layer, (0,source_digest/* layerSource */.DU)(layer, index)]));
    return everywhere(wanted, (layer, region) => {
        const place = places.get(placeOf(wanted.environment, layer, region));
        if (place === undefined)
            return null;
        const sameWay = place.way === wayOf(wanted.environment, layer);
        return sameWay && place.layer !== null ? (sources.get(place.layer) ?? 'unknown') : 'unknown';
    });
}
function everywhere({ layers, regions }, sourceOf) {
    return layers.flatMap(layer => regions.map(region => ({ layerId: layer.id, region, source: sourceOf(layer, region) })));
}
function placesOf({ environments, layers }, { environment, regions }) {
    const places = new Map();
    for (const before of environments.filter(({ accountId }) => accountId === environment.accountId)) {
        for (const region of before.regions.filter(each => regions.includes(each))) {
            for (const layer of layers) {
                const place = placeOf(before, layer, region);
                places.set(place, { layer: places.has(place) ? null : layer, way: wayOf(before, layer) });
            }
        }
    }
    return places;
}
function placeOf(environment, layer, region) {
    return `${environment.accountId} ${region} ${(0,names/* layerNameOf */.wt)(environment, layer)}`;
}
function wayOf(environment, layer) {
    return environment.engine === 'lambda' ? 'lambda' : `cloudformation ${(0,names/* stackNameOf */.bX)(environment, layer)}`;
}

// EXTERNAL MODULE: ./.build/detect-changes/base-revision.js
var base_revision = __webpack_require__(4585);
// EXTERNAL MODULE: ./.build/config/check/nearest.js
var nearest = __webpack_require__(6884);
;// CONCATENATED MODULE: ./.build/detect-changes/missing-paths.js



async function refuseMissingPaths({ headCommit, layers, named, places }, sources, baseline, git) {
    const absent = new Set(sources.filter(({ root }) => root === null).map(({ layerId }) => layerId));
    if (absent.size === 0)
        return;
    const existed = layersBefore(baseline);
    const wrong = layers.filter(({ id }) => absent.has(id) && (named || !existed.has(id)));
    if (wrong.length === 0)
        return;
    const folders = await git.folderPaths(headCommit);
    throw (0,model_errors/* errorOfAll */.h5)(wrong.slice(0, mostProblems).map(layer => {
        const { id, path } = layer;
        const near = nearestFolder(path, folders);
        const finding = {
            expected: `layers.${id}.path to be a folder or submodule of commit ${headCommit.slice(0, 12)}`,
            found: `nothing at ${JSON.stringify(path)}`,
            mend: near === null
                ? `correct the path, or delete the layer ${id} from the configuration`
                : `write path: ${near} if that is what you mean; else correct the path or delete the layer`
        };
        return new model_errors/* CodedError */.AK('CONFIG_INVALID', finding, { location: places(['layers', id, 'path']) });
    }));
}
const mostProblems = 100;
function layersBefore(baseline) {
    switch (baseline.kind) {
        case 'deployed':
            return new Set(baseline.layers.flatMap(({ layerId, deployed }) => (deployed === null ? [] : [layerId])));
        case 'revision':
            return new Set(baseline.layers.flatMap(({ layerId, source }) => source !== null && source !== 'unknown' && source.root !== null ? [layerId] : []));
        case 'unknown':
            return new Set();
    }
}
const mostCompared = 20_000;
function nearestFolder(path, folders) {
    const name = (of) => of.slice(of.lastIndexOf('/') + 1).toLowerCase();
    const sameName = folders.filter(folder => name(folder) === name(path));
    return (0,nearest/* nearest */.p)(path, folders.slice(0, mostCompared)) ?? (sameName.length === 1 ? (sameName[0] ?? null) : null);
}
function unmatchedPaths(layers, sources, places) {
    const entriesOf = new Map(sources.map(({ layerId, entries }) => [layerId, entries]));
    const warnings = [];
    for (const { id, alsoWatch } of layers) {
        if (alsoWatch.length === 0 || warnings.length >= mostProblems)
            continue;
        const index = (0,source_digest/* indexEntries */.nL)(entriesOf.get(id) ?? []);
        for (const [at, path] of alsoWatch.entries()) {
            if ((0,source_digest/* entryAt */._f)(index, path) !== null)
                continue;
            const { file, line, column } = places(['layers', id, 'also-watch', at]);
            const what = `layers.${id}.also-watch names ${JSON.stringify(path)}, and nothing is there in this commit`;
            warnings.push(`${file}:${line}:${column}: ${what}: a change of it is not noticed. Correct the path or delete it`);
        }
    }
    return warnings;
}

;// CONCATENATED MODULE: ./.build/detect-changes/observe-changes.js







async function observeChanges(request, deployed, ports) {
    const { layers, regions, force } = request;
    const [sources, against] = await (0,settle/* settled */.g)([
        readSources(request, ports),
        deployed === null ? revisionBaseline(request, ports) : { kind: 'deployed', layers: deployed }
    ]);
    await refuseMissingPaths(request, sources, against, ports.git);
    for (const warning of unmatchedPaths(layers, sources, request.places))
        ports.log.warning(warning);
    const changes = detectChanges({ layers, regions, sources, baseline: against, force });
    return { sources, changes: await withQueue(request, sources, changes, ports) };
}
async function readSources({ headCommit, layers }, { git }) {
    return (0,source_digest/* layerSources */.AD)(layers, await git.readEntries(headCommit, (0,source_digest/* watchedPaths */.hR)(layers)));
}
async function revisionBaseline(request, { git, log }) {
    const base = await baseOf(request, git);
    if (base.kind === 'unknown') {
        log.warning(`No base revision: ${base.why}. Every layer counts as changed.`);
        return base;
    }
    const { commit } = base;
    return { kind: 'revision', layers: await readBaseLayers(request, { commit, configAt: request.configAt }, git) };
}
async function baseOf(request, git) {
    const { event, base, headCommit } = request;
    const own = await (0,base_revision/* resolveBaseRevision */.V5)(git, event, base ?? '', headCommit);
    if (event.kind !== 'merge_group' || base !== null)
        return own;
    const tip = await branchTip(event.baseRef, git);
    return tip === null || tip === event.baseCommit ? own : await (0,base_revision/* presentCommit */.r3)(git, tip, 'merge-group');
}
async function branchTip(ref, git) {
    try {
        return await git.remoteBranchTip(ref.replace(/^refs\/heads\//, ''));
    }
    catch (error) {
        if (error instanceof model_errors/* CodedError */.AK && error.code === 'GIT_FAILED')
            return null;
        throw error;
    }
}
async function withQueue(request, sources, changes, { git }) {
    const { event, layers, regions } = request;
    if (event.kind !== 'merge_group' || !changes.some(({ changed }) => changed))
        return changes;
    const below = await (0,base_revision/* presentCommit */.r3)(git, event.baseCommit, 'merge-group');
    if (below.kind === 'unknown')
        return changes;
    const base = { commit: below.commit, configAt: request.configAt };
    const baseline = { kind: 'revision', layers: await readBaseLayers(request, base, git) };
    const own = detectChanges({ layers, regions, sources, baseline, force: false });
    return changes.map((change, index) => {
        if (!change.changed)
            return change;
        return { ...change, addedBy: own[index]?.changed === true ? 'this-entry' : 'entries-below' };
    });
}

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(370);
// EXTERNAL MODULE: ./.build/publish-layers/access.js
var publish_layers_access = __webpack_require__(1953);
// EXTERNAL MODULE: ./.build/publish-layers/plan/guards.js
var guards = __webpack_require__(7973);
// EXTERNAL MODULE: ./.build/publish-layers/target.js
var publish_layers_target = __webpack_require__(3406);
;// CONCATENATED MODULE: ./.build/publish-layers/observe/account.js





async function observeAccount(request, ports) {
    const { environment, layers } = request;
    const regions = (request.regions ?? environment.regions).filter(region => environment.regions.includes(region));
    const targets = (0,publish_layers_target/* targetsOf */.QR)(environment, layers, regions);
    const caller = await callerAccount(request, ports);
    const identity = [
        ...(caller === null ? [] : [(0,guards/* accountVerdict */.RI)(environment, caller)]),
        ...(0,guards/* regionVerdicts */.HE)(environment, request.regions)
    ];
    const trusted = identity.every(({ passed }) => passed === true);
    const observations = caller !== null && trusted ? await observeTargets(request, ports, targets) : null;
    if (observations === null) {
        return { regions, targets, trusted, verdicts: identity, deployed: new Map(), astray: new Set(), layers: null };
    }
    const deployed = new Map([...observations].map(([key, observation]) => [key, observation.deployed]));
    const astray = new Set([...observations].flatMap(([key, observation]) => (observation.astray ? [key] : [])));
    const verdicts = [...identity, ...[...observations.values()].flatMap(observation => observation.verdicts)];
    return { regions, targets, trusted, verdicts, deployed, astray, layers: deployedLayers(targets, deployed) };
}
async function callerAccount(request, { aws, log }) {
    const sources = aws.credentialSources();
    if (request.mode === 'plan' && sources.length === 0)
        return null;
    try {
        return (await aws.callerIdentity()).accountId;
    }
    catch (error) {
        const given = sources.some(source => source !== 'instance metadata');
        if (request.mode !== 'plan' || given || !(error instanceof model_errors/* CodedError */.AK) || error.code !== 'NO_CREDENTIALS')
            throw error;
        log.warning(`The deployed state is not read: ${error.message}`);
        return null;
    }
}
async function observeTargets(request, ports, targets) {
    const limit = (0,p_limit/* default */.A)(request.environment.concurrency);
    try {
        const observed = targets.map(target => limit(async () => [(0,publish_layers_target/* targetKey */.hD)(target), await ports.engine.observe(target, request.mode !== 'plan')]));
        return new Map(await Promise.all(observed));
    }
    catch (error) {
        limit.clearQueue();
        if (request.mode !== 'plan' || !(error instanceof model_errors/* CodedError */.AK) || error.code !== 'ACCESS_DENIED')
            throw error;
        ports.log.warning(`The deployed state is not read: ${error.message}`);
        return null;
    }
}
function deployedLayers(targets, deployed) {
    return targets.map(target => {
        const { layerId, region, access } = target;
        const version = deployed.get((0,publish_layers_target/* targetKey */.hD)(target)) ?? null;
        const accessDiffers = !(0,publish_layers_access/* sameAccess */.FU)(access, version?.access);
        return { layerId, region, deployed: version, accessDiffers, propertiesDiffer: declaresOtherwise(target, version) };
    });
}
function declaresOtherwise({ template, properties }, version) {
    const declared = version?.properties ?? null;
    return template === null && declared !== null && !(0,publish_layers_target/* sameProperties */.OD)(declared, properties);
}

;// CONCATENATED MODULE: ./.build/publish-layers/observe/observe.js
async function observe(request, account, { sources, changes }, ports) {
    const { environment, mode } = request;
    const facts = {
        mode: mode === 'deploy' ? 'deploy' : 'plan',
        dryRun: request.dryRun,
        environment,
        headCommit: request.headCommit,
        repository: request.repository,
        run: request.run,
        targets: account.targets,
        sources: new Map(sources.map(source => [source.layerId, source])),
        changes,
        deployed: account.deployed,
        astray: account.astray,
        aside: new Set(),
        builds: new Map(),
        stored: new Map(),
        verdicts: account.verdicts
    };
    if (mode === 'plan')
        return observePlan(request, facts, account.trusted, ports);
    if (mode !== 'deploy' || !account.trusted)
        return facts;
    const { observeDeploy } = await Promise.all(/* import() */[__webpack_require__.e(6), __webpack_require__.e(292), __webpack_require__.e(21), __webpack_require__.e(450)]).then(__webpack_require__.bind(__webpack_require__, 7450));
    return observeDeploy(request, facts, ports);
}
async function observePlan(request, facts, trusted, ports) {
    const coverage = await plannedCoverage(facts, request, ports);
    if (request.preview && trusted) {
        const { observePreview } = await Promise.all(/* import() */[__webpack_require__.e(6), __webpack_require__.e(292), __webpack_require__.e(21), __webpack_require__.e(450)]).then(__webpack_require__.bind(__webpack_require__, 7450));
        const previewed = await observePreview(request, facts, ports);
        return { ...previewed, verdicts: [...previewed.verdicts, ...coverage] };
    }
    const { layers, headCommit } = request;
    const promoted = await plannedPromotion(request, facts, ports);
    const changed = changedLayers(facts);
    const templated = layers.filter(({ id, template }) => changed.has(id) && template != null);
    const templates = templated.length === 0 ? [] : await plannedTemplates(templated, facts.targets, headCommit, ports.git);
    return { ...facts, verdicts: [...facts.verdicts, ...promoted, ...templates, ...coverage] };
}
function changedLayers({ changes }) {
    return new Set(changes.filter(change => change.changed).map(({ layerId }) => layerId));
}
async function plannedCoverage(facts, { layers }, { workspace }) {
    const changed = changedLayers(facts);
    const measured = layers.filter(({ id, coverage }) => changed.has(id) && coverage !== undefined && coverage !== null);
    if (measured.length === 0)
        return [];
    const { observeCoverage } = await __webpack_require__.e(/* import() */ 550).then(__webpack_require__.bind(__webpack_require__, 550));
    return observeCoverage(measured, workspace, 'plan');
}
async function plannedPromotion(request, { changes, sources }, ports) {
    if (request.environment.promoteFrom === null)
        return [];
    const published = changes.filter(change => change.changed && change.reason !== 'access-changed');
    const wanted = new Map(published.map(({ layerId }) => {
        return [layerId, { sourceDigest: sources.get(layerId)?.sourceDigest ?? '', contentDigest: '' }];
    }));
    const { foretellPromotion } = await __webpack_require__.e(/* import() */ 980).then(__webpack_require__.bind(__webpack_require__, 2980));
    return foretellPromotion(request, wanted, ports);
}
async function plannedTemplates(layers, targets, revision, git) {
    const { isTemplated, planTemplates } = await __webpack_require__.e(/* import() */ 225).then(__webpack_require__.bind(__webpack_require__, 9225));
    return planTemplates(layers.filter(isTemplated), targets, revision, git);
}

;// CONCATENATED MODULE: ./.build/run/observe.js





async function observeRun(request, ports) {
    const account = await observeAccount(request, ports);
    const changesRequest = { ...request, regions: account.regions };
    const detected = await observeChanges(changesRequest, account.layers, ports);
    return observe(request, account, detected, ports);
}
async function changesSinceBase(request, regions, { git, log }) {
    const changesRequest = { ...request, regions };
    const { layers } = request;
    const [sources, baseline] = await (0,settle/* settled */.g)([
        readSources(request, { git }),
        revisionBaseline(changesRequest, { git, log: quietLog(log) })
    ]);
    return detectChanges({ layers, regions, sources, baseline, force: false });
}
function quietLog(log) {
    return {
        ...log,
        warning: message => {
            log.debug(message);
        }
    };
}

// EXTERNAL MODULE: ./.build/publish-layers/plan/plan.js + 1 modules
var plan = __webpack_require__(6385);
// EXTERNAL MODULE: ./.build/publish-layers/engines/index.js
var engines = __webpack_require__(8923);
;// CONCATENATED MODULE: ./.build/publish-layers/apply/end-with.js
async function endWith(work, signal, milliseconds, otherwise) {
    let timer;
    let onAbort = () => undefined;
    const late = new Promise(resolve => {
        onAbort = () => {
            timer = setTimeout(() => {
                resolve(otherwise());
            }, milliseconds);
        };
        signal.addEventListener('abort', onAbort, { once: true });
        if (signal.aborted)
            onAbort();
    });
    try {
        return await Promise.race([work, late]);
    }
    finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
    }
}

// EXTERNAL MODULE: ./.build/publish-layers/engines/verify.js
var verify = __webpack_require__(8110);
// EXTERNAL MODULE: ./.build/publish-layers/apply/stored-artifact.js
var stored_artifact = __webpack_require__(5956);
;// CONCATENATED MODULE: ./.build/publish-layers/apply/apply.js






async function apply(plan, ports) {
    if (plan.outcome !== 'apply' || plan.mode !== 'deploy' || plan.dryRun)
        return plan.steps.map(step => rowWithoutWrite(plan, step));
    const limit = (0,p_limit/* default */.A)(plan.environment.concurrency);
    return Promise.all(plan.steps.map(step => limit(() => endWith(applyStep(plan, step, ports), ports.signal, endingMilliseconds, () => unended(step, ports)))));
}
const endingMilliseconds = 500;
function unended(step, { signal }) {
    return row(step, 'failed', 'failed', { error: (0,model_errors/* asCodedError */._r)(signal.reason), version: null, arn: null });
}
async function applyStep(plan, step, ports) {
    const writes = step.kind === 'publish' || step.kind === 'record' || step.kind === 'adjust';
    if (writes && ports.signal.aborted)
        return row(step, 'not-attempted', 'cancelled');
    try {
        switch (step.kind) {
            case 'publish':
                return await publish(step, ports);
            case 'record': {
                await ports.engine.refreshRecord({
                    target: step.target,
                    properties: step.target.properties,
                    record: step.record,
                    previous: step.deployed
                });
                return row(step, 'unchanged', recordReason(step), { contentDigest: step.record.contentDigest });
            }
            case 'adjust':
                await ports.engine.adjust(step.target);
                return row(step, 'unchanged', step.change.reason);
            case 'keep':
            case 'announce':
            case 'stand-aside':
            case 'fail':
                return rowWithoutWrite(plan, step);
            default:
                return (0,model_errors/* unreachable */.HB)(step);
        }
    }
    catch (error) {
        if (error instanceof verify/* Overtaken */.cO && (await standsAside(error, ports)))
            return overtakenRow(step, error);
        const coded = (0,model_errors/* asCodedError */._r)(error);
        tell(step, ports, coded.message, true);
        return row(step, 'failed', 'failed', { error: coded, version: null, arn: null });
    }
}
async function standsAside({ current }, { isNewer }) {
    const commit = current?.record.commit;
    if (commit === undefined || isNewer === undefined)
        return false;
    try {
        return await isNewer(commit);
    }
    catch {
        return false;
    }
}
function overtakenRow(step, { finding, current }) {
    const mend = 'nothing, the newer commit stands; to go back, revert on the branch and push';
    const { version = null, record = {} } = current ?? {};
    const before = step.deployed?.arn ?? null;
    return row(step, 'skipped', 'stale-run', {
        version,
        arn: version === null || before === null ? null : before.replace(/(?<=:)\d+$/, String(version)),
        contentDigest: record.contentDigest ?? null,
        artifactSha256: record.artifactSha256 ?? null,
        sizeBytes: null,
        aside: new model_errors/* CodedError */.AK('STALE_RUN', { ...finding, mend })
    });
}
async function publish(step, ports) {
    const { target, artifact, stored, deployed: previous } = step;
    tell(step, ports, 'uploading');
    const storedArtifact = await (0,stored_artifact/* storeArtifact */.iY)(ports.region(target.region), target, artifact, step.record, stored);
    const record = { ...step.record, artifactSha256: storedArtifact.sha256 };
    const order = { target, artifact: storedArtifact, properties: target.properties, record, previous };
    tell(step, ports, 'publishing');
    const published = await ports.engine.publish(order);
    const { version, outcome, duplicates, strays, anewOf } = published;
    const where = `${target.layerName} in ${target.region}`;
    tell(step, ports, `version ${version} ${outcome}`, true);
    if (duplicates.length > 0) {
        ports.log.warning(`${where}: version ${version} counts; the same content was published again as version ${duplicates.join(', ')}, which nobody needs: delete it.`);
    }
    if (strays.length > 0) {
        ports.log.warning(`${where}: version ${strays.join(', ')} was published by a run that ended before it could record it, and nobody needs it: delete it.`);
    }
    if (anewOf !== undefined) {
        ports.log.warning(`${where}: the stack ${target.stackName} is gone, and with it the record of version ${anewOf}; the same content was published anew as version ${version}.`);
    }
    const stood = version === previous?.version;
    const reason = anewOf === undefined ? step.change.reason : 'stack-gone';
    return row(step, stood ? 'unchanged' : 'published', stood ? 'same-content' : reason, {
        ...(anewOf === undefined ? {} : { previousVersion: anewOf }),
        version: published.version,
        arn: published.arn,
        artifactSha256: published.codeSha256,
        contentDigest: record.contentDigest,
        ...sizesOf(artifact),
        sizeBytes: published.sizeBytes
    });
}
function tell({ target }, { progress }, what, ended = false) {
    progress?.({ layerId: target.layerId, region: target.region, what, ended });
}
function rowWithoutWrite(plan, step) {
    if (step.kind === 'adjust')
        return row(step, 'unchanged', step.change.reason);
    if (step.kind === 'keep')
        return row(step, step.change.reason === 'removed' ? 'skipped' : 'unchanged', step.change.reason);
    if (step.kind === 'stand-aside')
        return row(step, 'skipped', 'stale-run');
    if (step.kind === 'fail')
        return row(step, 'failed', 'failed', { error: step.error });
    const known = {
        ...('record' in step ? { contentDigest: step.record.contentDigest } : {}),
        ...('artifact' in step ? { artifactSha256: artifactOf(step), ...sizesOf(step.artifact) } : {})
    };
    const outcome = plan.mode === 'plan' ? 'nothing' : plan.outcome;
    switch (outcome) {
        case 'refuse':
            return row(step, 'not-attempted', 'refused', known);
        case 'stand-aside':
            return row(step, 'skipped', 'stale-run', known);
        case 'apply':
        case 'nothing':
            return step.kind === 'record' && recordReason(step) === 'same-content'
                ? row(step, 'unchanged', 'same-content', known)
                : row(step, 'planned', step.change.reason, known);
        default:
            return (0,model_errors/* unreachable */.HB)(outcome);
    }
}
function artifactOf({ stored, record }) {
    return stored?.sha256 ?? record.artifactSha256;
}
function sizesOf({ sizeBytes, unzippedBytes, packages }) {
    return { sizeBytes, unzippedBytes, packages };
}
function recordReason({ change }) {
    return change.reason === 'access-changed' ? change.reason : 'same-content';
}
function row(step, status, reason, changes = {}) {
    const { deployed, target, change } = step;
    return {
        layerId: target.layerId,
        region: target.region,
        status,
        reason,
        layerName: target.layerName,
        version: deployed?.version ?? null,
        arn: deployed?.arn ?? null,
        previousVersion: deployed?.version ?? null,
        artifactSha256: deployed?.artifactSha256 ?? null,
        contentDigest: deployed?.contentDigest ?? null,
        sourceDigest: step.sourceDigest,
        sizeBytes: deployed?.sizeBytes ?? null,
        previousSizeBytes: deployed?.sizeBytes ?? null,
        fromCommit: change.from,
        toCommit: change.to,
        ...(0,publish_layers_access/* shownAccess */.uc)(target.access),
        error: null,
        ...changes
    };
}

// EXTERNAL MODULE: ./.build/ports/github.js
var github = __webpack_require__(890);
// EXTERNAL MODULE: ./.build/report/escape.js
var report_escape = __webpack_require__(3046);
// EXTERNAL MODULE: ./.build/ports/call-budget.js
var call_budget = __webpack_require__(8619);
// EXTERNAL MODULE: ./.build/publish-layers/result.js
var result = __webpack_require__(5518);
// EXTERNAL MODULE: ./.build/publish-layers/promotion/active-deployments.js
var active_deployments = __webpack_require__(7813);
// EXTERNAL MODULE: ./.build/publish-layers/promotion/promotion.js
var promotion_promotion = __webpack_require__(5444);
;// CONCATENATED MODULE: ./.build/publish-layers/promotion/record-run.js







const interruptedMilliseconds = 1_000;
function startRecord(recorder, plan) {
    const run = runOf(recorder, plan);
    const writes = plan.outcome === 'apply';
    const due = plan.mode === 'deploy' && !plan.dryRun && (writes || plan.outcome === 'nothing');
    if (run === null || !due)
        return { finish: () => Promise.resolve(null) };
    const started = writes ? start(run) : null;
    return {
        finish: async (rows, interrupted) => {
            const work = attempt(run, writes || run.isSource, () => finish(run, rows, started));
            return interrupted ? Promise.race([work, run.clock.sleep(interruptedMilliseconds).then(() => null)]) : work;
        }
    };
}
async function recordReadBack(recorder, plan, rows) {
    const run = runOf(recorder, plan);
    if (run === null || plan.outcome === 'refuse')
        return null;
    const published = rows.some(({ status }) => status === 'published');
    const due = { ...run, isSource: run.isSource || published };
    return attempt(due, due.isSource, () => finish(due, rows, null));
}
function runOf({ github, config, ...recorder }, plan) {
    const isSource = config.environments.some(({ promoteFrom }) => promoteFrom === plan.environment.name);
    return github === null ? null : { ...recorder, github, plan, isSource };
}
async function start(run) {
    try {
        const promotion = new Map(run.plan.steps.flatMap(promotedBy));
        const id = await create(run, promotion);
        await setState(run, id, 'in_progress', 'Deploying');
        return { id, promotion };
    }
    catch (error) {
        if (error instanceof github/* GitHubError */.y)
            return null;
        throw error;
    }
}
function promotedBy(step) {
    const { layerId } = step.target;
    if (step.kind === 'publish') {
        const artifactSha256 = step.stored?.sha256 ?? step.record.artifactSha256;
        return [[layerId, { ...step.record, artifactSha256 }]];
    }
    if (step.kind === 'record') {
        return [[layerId, { ...step.record, artifactSha256: step.deployed.artifactSha256 ?? step.record.artifactSha256 }]];
    }
    const { contentDigest = null, artifactSha256 = null } = step.deployed ?? {};
    const { sourceDigest } = step;
    const stays = step.kind === 'keep' || step.kind === 'adjust';
    if (!stays || sourceDigest === null || contentDigest === null || artifactSha256 === null)
        return [];
    return [[layerId, { sourceDigest, contentDigest, artifactSha256 }]];
}
async function finish(run, rows, starting) {
    const promotion = promotionOf(rows);
    const failed = rows.filter(({ status }) => status === 'failed' || status === 'not-attempted').length;
    const started = await starting;
    if (started === null) {
        await finishUnstarted(run, promotion, starting !== null);
    }
    else if (failed === 0 && samePromotion(promotion, started.promotion)) {
        await setState(run, started.id, 'success', 'Deployed and verified');
        await endOver(run, await (0,active_deployments/* listDeployments */.Jn)(run.github, run.plan.environment.name, started.id), started.id);
    }
    else {
        await setState(run, started.id, 'failure', failed === 0 ? 'Something else was deployed' : `${failed} layers failed`);
        const proves = promotion.size > 0 && (failed === 0 || (0,call_budget/* callBudget */.qI)(run.github, call_budget/* callsOfReport */.zN).allows(2));
        await endOver(run, await (0,active_deployments/* listDeployments */.Jn)(run.github, run.plan.environment.name), proves ? await succeed(run, promotion) : null);
    }
}
async function finishUnstarted(run, promotion, tried) {
    if (tried) {
        if (promotion.size === 0)
            return;
        await endOver(run, await (0,active_deployments/* listDeployments */.Jn)(run.github, run.plan.environment.name), await succeed(run, promotion));
        return;
    }
    const listed = await (0,active_deployments/* listDeployments */.Jn)(run.github, run.plan.environment.name);
    const lost = run.isSource && promotion.size > 0 && !(await isProven(listed, promotion, run.onBranch));
    await endOver(run, listed, lost ? await succeed(run, promotion) : null);
}
async function endOver({ github, run, logUrl }, listed, own) {
    await (0,active_deployments/* endAll */.XZ)(github, (0,active_deployments/* endingsOf */.iv)(listed, run, own), logUrl);
}
async function isProven({ records, outcomes }, promotion, onBranch) {
    const successes = records.filter(({ id }) => outcomes.get(id)?.states.includes('success') === true);
    const { layers } = await (0,promotion_promotion/* judge */.S4)(records, successes, promotion, onBranch);
    return [...promotion].every(([layerId, layer]) => (0,promotion_promotion/* sameLayer */.ac)(layers.get(layerId), layer));
}
async function succeed(run, promotion) {
    const id = await create(run, promotion);
    await setState(run, id, 'success', 'Deployed and verified');
    return id;
}
async function create({ github, plan, run }, promotion) {
    const { size } = promotion;
    const [override] = (0,result/* overridesOf */.FB)(plan.verdicts);
    const deployment = await github.createDeployment({
        commit: plan.headCommit,
        environment: plan.environment.name,
        task: promotion_promotion/* deploymentTask */.RD,
        payload: (0,promotion_promotion/* payloadOf */.Md)(promotion),
        description: override === undefined ? (0,active_deployments/* withRun */.Yq)(size === 1 ? '1 layer' : `${size} layers`, run) : (0,report_escape/* cutCharacters */.lD)(override, 140),
        production: plan.environment.promoteFrom !== null
    });
    return deployment.id;
}
function setState({ github, logUrl }, id, state, description) {
    return github.createDeploymentStatus(id, { state, description, logUrl });
}
async function attempt(run, isDue, work) {
    try {
        await work();
        return null;
    }
    catch (error) {
        if (!(error instanceof github/* GitHubError */.y) && !(error instanceof model_errors/* CodedError */.AK))
            throw error;
        if (!isDue)
            return null;
        const mend = error instanceof model_errors/* CodedError */.AK ? 'run the workflow again' : error.mend;
        const { name } = run.plan.environment;
        return `The deployment was not recorded on GitHub, so nothing can be promoted from ${name}: ${error.message}; ${mend}.`;
    }
}
function promotionOf(rows) {
    const failed = new Set(rows.filter(row => row.status !== 'published' && row.status !== 'unchanged').map(row => row.layerId));
    return new Map(rows.flatMap(({ layerId, sourceDigest, contentDigest, artifactSha256 }) => {
        if (failed.has(layerId) || sourceDigest === null || contentDigest === null || artifactSha256 === null)
            return [];
        return [[layerId, { sourceDigest, contentDigest, artifactSha256 }]];
    }));
}
function samePromotion(a, b) {
    const same = (one, other) => one.sourceDigest === other?.sourceDigest &&
        one.contentDigest === other.contentDigest &&
        one.artifactSha256 === other.artifactSha256;
    return a.size === b.size && [...a].every(([layerId, layer]) => same(layer, b.get(layerId)));
}

;// CONCATENATED MODULE: ./.build/publish-layers/observe/deployed-state.js



const namedRows = 5;
function resultOfDeployed(subject, state) {
    const { facts } = state;
    const targets = new Map(facts.targets.map(target => [(0,publish_layers_target/* targetKey */.hD)(target), target]));
    const rows = facts.changes.flatMap(change => {
        const target = targets.get((0,publish_layers_target/* targetKey */.hD)(change));
        return target === undefined ? [] : [rowOf(state, target, change)];
    });
    const refusals = facts.verdicts.filter(isRefusal);
    const missing = rows.filter(({ status }) => status === 'not-attempted');
    const aside = rows.filter(({ reason }) => reason === 'stale-run');
    const errors = [
        ...refusals.map(({ guard, finding }) => new model_errors/* CodedError */.AK(guard, finding)),
        ...(missing.length === 0 ? [] : [notDeployed(facts, missing)])
    ];
    const acted = ['published', 'failed', 'not-attempted'];
    return {
        ...subject,
        conclusion: errors.length > 0 ? 'failure' : aside.length > 0 ? 'neutral' : 'success',
        headline: headlineOf(facts, rows),
        changedLayers: [...new Set(rows.filter(row => acted.includes(row.status)).map(row => row.layerId))],
        layers: rows,
        verdicts: facts.verdicts,
        errors,
        warnings: aside.length === 0 ? [] : [staleWarning(state, aside)],
        plan: null
    };
}
function rowOf(state, target, change) {
    const { facts, relations } = state;
    const key = (0,publish_layers_target/* targetKey */.hD)(target);
    const deployed = facts.deployed.get(key) ?? null;
    const row = baseRow(facts, target, change, deployed);
    const refusal = facts.verdicts.filter(isRefusal).find(({ subject }) => subject === key);
    if (refusal !== undefined) {
        const error = new model_errors/* CodedError */.AK(refusal.guard, refusal.finding);
        const unverified = refusal.guard === 'PUBLISH_UNVERIFIED' ? { version: null, arn: null } : {};
        return { ...row, ...unverified, status: 'failed', reason: 'failed', error };
    }
    if (!facts.deployed.has(key))
        return { ...row, status: 'not-attempted', reason: 'refused' };
    if (change.reason === 'removed')
        return { ...row, status: 'skipped' };
    if (!change.changed)
        return ownRow(row, state.own.get(key));
    const isNewer = deployed?.commit != null && relations.get(deployed.commit) === 'descendant';
    if (isNewer || state.aside?.keys.includes(key) === true) {
        return { ...row, status: 'skipped', reason: 'stale-run' };
    }
    return { ...row, status: 'not-attempted' };
}
function baseRow(facts, target, change, deployed) {
    return {
        layerId: target.layerId,
        region: target.region,
        reason: change.reason,
        layerName: target.layerName,
        version: deployed?.version ?? null,
        arn: deployed?.arn ?? null,
        previousVersion: deployed?.version ?? null,
        artifactSha256: deployed?.artifactSha256 ?? null,
        contentDigest: deployed?.contentDigest ?? null,
        sourceDigest: facts.sources.get(target.layerId)?.sourceDigest ?? null,
        sizeBytes: deployed?.sizeBytes ?? null,
        fromCommit: change.from,
        toCommit: change.to,
        ...(0,publish_layers_access/* shownAccess */.uc)(target.access),
        error: null
    };
}
function ownRow(row, own) {
    if (own === undefined)
        return { ...row, status: 'unchanged', reason: 'unchanged' };
    if (own.reason === 'same-content')
        return { ...row, status: 'unchanged', reason: 'same-content' };
    const { previousVersion, reason, from } = own;
    return { ...row, status: 'published', reason, previousVersion, fromCommit: from };
}
function notDeployed(facts, missing) {
    const named = missing.slice(0, namedRows).map(row => `${(0,publish_layers_target/* targetKey */.hD)(row)} (${versionText(row)})`);
    const more = missing.length > namedRows ? ` and ${missing.length - namedRows} more` : '';
    return new model_errors/* CodedError */.AK('NOT_DEPLOYED', {
        expected: `every selected layer to run what ${facts.headCommit} wants in ${facts.environment.name}`,
        found: `other content, or none, in ${named.join(', ')}${more}`,
        mend: 'look at the deploy jobs of this run that failed, were cancelled or never started, and re-run them and this job'
    });
}
function versionText(row) {
    return row.version === null ? 'no version' : `version ${row.version}`;
}
function staleWarning({ facts, aside: left, relations }, aside) {
    const newer = aside.flatMap(row => {
        const commit = facts.deployed.get((0,publish_layers_target/* targetKey */.hD)(row))?.commit ?? '';
        return relations.get(commit) === 'descendant' ? [commit] : [];
    });
    const commits = [...new Set([...(left === null ? [] : [left.commit]), ...newer])];
    return `STALE_RUN: ${aside.length} × layer and region are left to a newer commit (${commits.slice(0, 3).join(', ')}): it stands`;
}
function headlineOf(facts, rows) {
    const count = (status) => rows.filter(row => row.status === status).length;
    const parts = ['published', 'failed', 'not-attempted', 'skipped', 'unchanged']
        .filter(status => count(status) > 0)
        .map(status => `${count(status)} ${status.replace('-', ' ')}`);
    const { name, accountId } = facts.environment;
    return `${name} (${accountId}): ${parts.length === 0 ? 'no layer selected' : parts.join(', ')}`;
}
function isRefusal(verdict) {
    return verdict.passed === false;
}

// EXTERNAL MODULE: ./.build/publish-layers/observe/branch-tip.js
var branch_tip = __webpack_require__(9718);
// EXTERNAL MODULE: ./.build/publish-layers/observe/observe-age.js
var observe_age = __webpack_require__(3594);
;// CONCATENATED MODULE: ./.build/publish-layers/observe/read-back.js








async function readBack(subject, request, facts, ports) {
    const [relations, aside, own] = await Promise.all([
        relationsOf(facts, ports),
        leftToTip(request, facts, ports),
        ownVersions(request, facts, ports)
    ]);
    const result = resultOfDeployed(subject, { facts, relations, aside, own });
    const warning = await recordReadBack(ports.recorder, (0,plan/* buildPlan */.G)(facts), result.layers);
    return warning === null ? result : { ...result, warnings: [...result.warnings, warning] };
}
async function relationsOf(facts, { git }) {
    const changed = facts.changes.filter(change => change.changed);
    const commits = new Set(changed.flatMap(change => facts.deployed.get((0,publish_layers_target/* targetKey */.hD)(change))?.commit ?? []));
    const relations = new Map();
    for (const commit of commits)
        relations.set(commit, await git.relation(facts.headCommit, commit));
    return relations;
}
async function leftToTip(request, facts, ports) {
    const keys = facts.changes.filter(change => change.changed).map(publish_layers_target/* targetKey */.hD);
    if (keys.length === 0)
        return null;
    const { headCommit, branch } = request;
    const warning = (message) => {
        ports.log.debug(message);
    };
    const tip = await (0,branch_tip/* observeTip */.I5)({ headCommit, branch, deployed: [] }, { git: ports.git, log: { warning } });
    if (tip.kind !== 'newer')
        return null;
    return { commit: tip.commit, keys: await (0,observe_age/* differingAt */.G)(tip.commit, keys, request, facts, ports) };
}
async function ownVersions(request, facts, ports) {
    const runId = runIdOf(request.run);
    const candidates = facts.changes.filter(change => {
        const run = facts.deployed.get((0,publish_layers_target/* targetKey */.hD)(change))?.run;
        return !change.changed && runId !== null && run != null && runIdOf(run) === runId;
    });
    if (candidates.length === 0)
        return new Map();
    const before = new Map((await ports.changesSinceBase()).map(change => [(0,publish_layers_target/* targetKey */.hD)(change), change]));
    const targets = new Map(facts.targets.map(target => [(0,publish_layers_target/* targetKey */.hD)(target), target]));
    const limit = (0,p_limit/* default */.A)(facts.environment.concurrency);
    const found = candidates.flatMap(change => {
        const key = (0,publish_layers_target/* targetKey */.hD)(change);
        const [target, deployed] = [targets.get(key), facts.deployed.get(key)];
        if (target === undefined || deployed == null)
            return [];
        const facets = { target, deployed, since: before.get(key), forced: request.force, headCommit: facts.headCommit };
        return [limit(async () => [key, await ownVersion(facets, ports)])];
    });
    return new Map(await Promise.all(found));
}
function runIdOf(run) {
    return run === 'local' ? null : (run.split('/')[0] ?? null);
}
async function ownVersion(version, { aws }) {
    const { target, deployed, since, forced, headCommit } = version;
    const region = aws.region(target.region);
    const from = since?.from ?? null;
    const { contentDigest } = deployed;
    const artifact = contentDigest === null ? null : await region.objects.head((0,stored_artifact/* placeOf */.$t)(target, contentDigest));
    const firstCommit = artifact?.metadata['commit'];
    if (deployed.version > 1 && firstCommit !== undefined && firstCommit !== headCommit) {
        return { previousVersion: deployed.version, reason: 'same-content', from };
    }
    const earlier = deployed.version === 1 ? null : await region.layers.get(target.layerName, deployed.version - 1);
    return { previousVersion: earlier?.version ?? null, reason: reasonOf(deployed, since, forced), from };
}
function reasonOf(deployed, since, forced) {
    if (deployed.version === 1)
        return 'never-deployed';
    if (since?.changed === true && since.reason !== 'base-unknown')
        return since.reason;
    return forced ? 'forced' : 'source-changed';
}

;// CONCATENATED MODULE: ./.build/run/deploy.js









/***/ })

};
