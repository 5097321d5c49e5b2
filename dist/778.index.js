export const id = 778;
export const ids = [778];
export const modules = {

/***/ 5778:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  observeHistory: () => (/* binding */ observeHistory)
});

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(370);
// EXTERNAL MODULE: ./.build/model/errors.js
var errors = __webpack_require__(8125);
// EXTERNAL MODULE: ./.build/ports/github.js
var ports_github = __webpack_require__(890);
// EXTERNAL MODULE: ./.build/publish-layers/engines/lambda/content-marker.js
var content_marker = __webpack_require__(5513);
// EXTERNAL MODULE: ./.build/publish-layers/promotion/promotion.js
var promotion = __webpack_require__(5444);
// EXTERNAL MODULE: ./.build/publish-layers/target.js
var publish_layers_target = __webpack_require__(3406);
;// CONCATENATED MODULE: ./.build/operate/history/history.js
function historyOf(facts) {
    const { versions } = facts;
    return versions.map((version, index) => entryOf(facts, version, versions[index - 1], versions.slice(index + 1)));
}
function entryOf({ deployed, artifacts, deployments, gitlinks }, version, newer, older) {
    const isDeployed = deployed?.version === version.version;
    const record = isDeployed ? deployed : null;
    const artifact = artifacts.find(each => holds(version, each)) ?? null;
    const deployment = deploymentOf(version, newer, older[0], deployments);
    const commit = deployment?.commit ?? record?.commit ?? artifact?.commit ?? null;
    const witness = deployment !== null ? 'deployment' : record?.commit != null ? 'record' : 'artifact';
    const deploymentRun = runOf(deployment?.runUrl ?? null);
    const recordRun = record !== null && record.commit === commit ? record.run : null;
    return {
        version: version.version,
        arn: version.arn,
        publishedAt: version.createdAt,
        deployed: isDeployed,
        codeSha256: version.codeSha256,
        contentDigest: version.contentDigest ?? record?.contentDigest ?? artifact?.contentDigest ?? deployment?.contentDigest ?? null,
        sourceDigest: deployment?.sourceDigest ?? record?.sourceDigest ?? artifact?.sourceDigest ?? null,
        commit,
        sourceCommit: sourceCommitOf({ record, artifact, deployment }, commit, gitlinks),
        run: deploymentRun === null || record?.run?.startsWith(`${deploymentRun}/`) === true ? recordRun : deploymentRun,
        runUrl: deployment?.runUrl ?? null,
        witness: commit === null ? null : witness,
        sameAs: sameAs(version, older)
    };
}
function sourceCommitOf({ record, artifact, deployment }, commit, gitlinks) {
    const recorded = record !== null && record.commit === commit ? record.sourceCommit : null;
    const sameSource = deployment !== null && deployment.sourceDigest === artifact?.sourceDigest;
    const built = sameSource || deployment === null ? (artifact?.sourceCommit ?? null) : null;
    const found = recorded ?? built ?? (commit === null ? null : gitlinks.get(commit)) ?? artifact?.sourceCommit ?? null;
    return found === 'unknown' ? null : found;
}
function holds(version, content) {
    return version.codeSha256 === null
        ? version.contentDigest === content.contentDigest
        : version.codeSha256 === content.artifactSha256;
}
const secondsOnly = 1000;
function deploymentOf(version, newer, older, deployments) {
    const [from, at, to] = [older?.createdAt, version.createdAt, newer?.createdAt].map(time => Date.parse(time ?? ''));
    const near = deployments
        .filter(each => holds(version, each))
        .map(each => ({ each, time: Date.parse(each.createdAt) }))
        .filter(({ time }) => !(time + secondsOnly < (from ?? NaN)) && !(time > (to ?? NaN)))
        .sort((a, b) => Math.abs(a.time - (at ?? 0)) - Math.abs(b.time - (at ?? 0)));
    return near[0]?.each ?? null;
}
function sameAs({ codeSha256 }, older) {
    if (codeSha256 === null)
        return null;
    return older.filter(each => each.codeSha256 === codeSha256).at(-1)?.version ?? null;
}
function runOf(url) {
    const [, run, attempt] = /\/actions\/runs\/(\d+)(?:\/attempts\/(\d+))?/.exec(url ?? '') ?? [];
    return run === undefined ? null : attempt === undefined ? run : `${run}/${attempt}`;
}

;// CONCATENATED MODULE: ./.build/operate/history/observe-history.js







const callsAtOnce = 8;
const mostArtifacts = 1_000;
async function observeHistory(request, ports) {
    const { environment, layers, regions } = request;
    const targets = (0,publish_layers_target/* targetsOf */.QR)(environment, layers, regions);
    const notes = new Set();
    const listed = await Promise.all(targets.map(target => observeTarget(request, target, ports)));
    const times = listed.flatMap(({ versions }) => versions.map(({ createdAt }) => Date.parse(createdAt)));
    const deployments = await readDeployments(environment.name, Math.min(...times), ports, notes);
    const limit = (0,p_limit/* default */.A)(callsAtOnce);
    const histories = await Promise.all(listed.map(async ({ target, versions, older, deployed }) => {
        const ofLayer = deployments.get(target.layerId) ?? [];
        const region = ports.aws.region(target.region);
        const artifacts = await readArtifacts(region, target, { versions, deployed, deployments: ofLayer }, limit, notes);
        const facts = { versions, deployed, artifacts, deployments: ofLayer, gitlinks: new Map() };
        const commits = historyOf(facts).flatMap(({ commit }) => commit ?? []);
        const path = layers.find(({ id }) => id === target.layerId)?.path ?? '';
        const gitlinks = await readGitlinks(ports.git, path, commits);
        return {
            ...{ environment: environment.name, accountId: environment.accountId, region: target.region },
            ...{ layerId: target.layerId, layerName: target.layerName, olderVersions: older },
            versions: historyOf({ ...facts, gitlinks })
        };
    }));
    return { layers: histories, notes: [...notes] };
}
async function observeTarget({ limit: most }, target, { aws, engine }) {
    const region = aws.region(target.region);
    const [{ deployed }, all] = await Promise.all([
        engine.observe(target, false),
        region.inventory().then(inventory => inventory.versions(target.layerName))
    ]);
    const limit = (0,p_limit/* default */.A)(callsAtOnce);
    const versions = await Promise.all(all.slice(0, most).map(({ version, arn, createdAt, description }) => limit(async () => {
        const detail = await region.layers.get(target.layerName, version);
        const contentDigest = (0,content_marker/* contentDigestOf */.Vp)(description);
        return { version, arn, createdAt, contentDigest, codeSha256: detail?.codeSha256 ?? null };
    })));
    return { target, deployed, versions, older: all.length - versions.length };
}
async function readDeployments(environment, oldest, { github }, notes) {
    const found = new Map();
    if (!Number.isFinite(oldest))
        return found;
    if (github === null) {
        notes.add('Without GITHUB_TOKEN only the run of the deployed version is known: set it, for example by gh auth token');
        return found;
    }
    try {
        for await (const page of github.deployments({ environment, task: promotion/* deploymentTask */.RD })) {
            const outcomes = await github.deploymentOutcomes(page);
            for (const { id, commit, createdAt, payload } of page) {
                const runUrl = outcomes.get(id)?.logUrl ?? null;
                for (const [layerId, layer] of (0,promotion/* readPromotion */.e$)(payload)) {
                    found.set(layerId, [...(found.get(layerId) ?? []), { commit, createdAt, runUrl, ...layer }]);
                }
            }
            if (page.some(({ createdAt }) => Date.parse(createdAt) < oldest - 3_600_000))
                break;
        }
    }
    catch (error) {
        if (!(error instanceof ports_github/* GitHubError */.y))
            throw error;
        notes.add(`GitHub's deployments of ${environment} were not read: ${error.message}`);
    }
    return found;
}
async function readArtifacts(region, target, known, limit, notes) {
    const bucket = { bucket: target.bucket, owner: target.accountId };
    const head = (key) => limit(async () => {
        const object = await region.objects.head({ ...bucket, key });
        return object === null ? [] : artifactRecord(object.metadata);
    });
    const digests = [...known.versions, known.deployed, ...known.deployments].flatMap(each => each?.contentDigest ?? []);
    const named = [...new Set(digests)].map(digest => (0,publish_layers_target/* artifactKey */.Wf)(target.layerName, digest));
    try {
        const first = (await Promise.all(named.map(head))).flat();
        const wanted = known.versions.flatMap(({ codeSha256 }) => codeSha256 ?? []);
        const have = new Set(first.map(({ artifactSha256 }) => artifactSha256));
        if (wanted.every(sha256 => have.has(sha256)))
            return first;
        const prefix = (0,publish_layers_target/* artifactKey */.Wf)(target.layerName, '').replace(/\.zip$/, '');
        const keys = await (await region.inventory()).keys(bucket, prefix);
        const further = keys.filter(key => !named.includes(key)).slice(0, mostArtifacts);
        return [...first, ...(await Promise.all(further.map(head))).flat()];
    }
    catch (error) {
        if (!(error instanceof errors/* CodedError */.AK) || !/^(ACCESS_DENIED|BUCKET_OWNER_MISMATCH)$/.test(error.code))
            throw error;
        notes.add(`The artifacts in ${target.bucket} were not read, so older commits may be missing: ${error.message}`);
        return [];
    }
}
function artifactRecord(metadata) {
    const { 'content-digest': contentDigest, 'artifact-sha256': artifactSha256 } = metadata;
    if (contentDigest === undefined || artifactSha256 === undefined)
        return [];
    const { commit = null, 'source-digest': sourceDigest = null, 'source-commit': sourceCommit = null } = metadata;
    return [{ contentDigest, artifactSha256, sourceDigest, commit, sourceCommit }];
}
async function readGitlinks(git, path, commits) {
    const found = new Map();
    for (const commit of new Set(commits)) {
        if (!/^[0-9a-f]{40,64}$/.test(commit) || !(await git.hasCommit(commit)))
            continue;
        const [entry] = await git.readEntries(commit, [path]);
        if (entry !== undefined)
            found.set(commit, entry.objectId);
    }
    return found;
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


/***/ })

};
