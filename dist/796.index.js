export const id = 796;
export const ids = [796,370];
export const modules = {

/***/ 3704:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R8: () => (/* binding */ filesOf),
/* harmony export */   lt: () => (/* binding */ digestLine),
/* harmony export */   ol: () => (/* binding */ digestOf),
/* harmony export */   uZ: () => (/* binding */ contentDigestOfZip),
/* harmony export */   yK: () => (/* binding */ maximumArchiveBytes)
/* harmony export */ });
/* harmony import */ var node_buffer__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4573);
/* harmony import */ var node_zlib__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8522);
/* harmony import */ var _model_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8074);



const maximumArchiveBytes = 262_144_000;
function contentDigestOfZip(zip) {
    return digestOf([...filesOf(zip)].map(digestLine));
}
function* filesOf(zip) {
    const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.byteLength);
    const { entries, directoryOffset } = directoryOf(bytes);
    const stated = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    demand(stated <= maximumArchiveBytes, `${stated} bytes unzipped`);
    assertNames(entries);
    assertNothingBetween(bytes, entries, directoryOffset);
    const files = entries.filter(({ name }) => name.at(-1) !== slash).sort((a, b) => Buffer.compare(a.name, b.name));
    for (const entry of files) {
        yield { path: entry.name.toString('utf8'), mode: modeOf(entry), content: contentOf(bytes, entry) };
    }
}
function digestLine({ path, mode, content }) {
    return [path, mode, (0,_model_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256Hex */ .fg)(content)];
}
function digestOf(lines) {
    return (0,_model_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256Hex */ .fg)((0,_model_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .canonicalJson */ .dj)(lines));
}
const slash = 0x2f;
const endBytes = 22;
function directoryOf(zip) {
    const tail = zip.subarray(-endBytes - 0xffff);
    const end = tail.lastIndexOf(Buffer.from('PK\u0005\u0006'));
    const at = end === -1 ? -1 : zip.length - tail.length + end;
    demand(at !== -1 && at + endBytes <= zip.length, 'no end of central directory');
    demand(at + endBytes + zip.readUInt16LE(at + 20) === zip.length, 'bytes after its end');
    const count = zip.readUInt16LE(at + 10);
    const directoryOffset = zip.readUInt32LE(at + 16);
    demand(count !== 0xffff && directoryOffset !== 0xffffffff, 'a zip64 archive');
    let offset = directoryOffset;
    const entries = Array.from({ length: count }, () => {
        demand(offset + 46 <= at && zip.readUInt32LE(offset) === 0x02014b50, 'no entry where one must be');
        const [nameBytes = 0, extra = 0, comment = 0] = [28, 30, 32].map(field => zip.readUInt16LE(offset + field));
        const entry = {
            name: zip.subarray(offset + 46, offset + 46 + nameBytes),
            flags: zip.readUInt16LE(offset + 8),
            mode: zip.readUInt32LE(offset + 38) >>> 16,
            method: zip.readUInt16LE(offset + 10),
            crc32: zip.readUInt32LE(offset + 16),
            compressedBytes: zip.readUInt32LE(offset + 20),
            sizeBytes: zip.readUInt32LE(offset + 24),
            localOffset: zip.readUInt32LE(offset + 42)
        };
        offset += 46 + nameBytes + extra + comment;
        return entry;
    });
    demand(offset === at, 'bytes between its directory and its end');
    return { entries, directoryOffset };
}
function assertNames(entries) {
    const files = new Set();
    const folders = new Set();
    for (const { name } of entries) {
        demand((0,node_buffer__WEBPACK_IMPORTED_MODULE_0__.isUtf8)(name), 'a name that is not UTF-8');
        const path = name.toString('utf8');
        const isFolder = path.endsWith('/');
        const parts = (isFolder ? path.slice(0, -1) : path).split('/');
        const isPlain = parts.every(part => part !== '' && part !== '.' && part !== '..');
        demand(isPlain && !/[\\\0]/.test(path), `the name ${JSON.stringify(path.slice(0, 100))}`);
        if (isFolder)
            folders.add(parts.join('/'));
        else {
            demand(!files.has(path), `${JSON.stringify(path.slice(0, 100))} twice`);
            files.add(path);
        }
        for (let depth = 1; depth < parts.length; depth++)
            folders.add(parts.slice(0, depth).join('/'));
    }
    for (const path of files)
        demand(!folders.has(path), `${JSON.stringify(path.slice(0, 100))} as file and as folder`);
}
function assertNothingBetween(zip, entries, directoryOffset) {
    let expected = 0;
    for (const entry of entries.toSorted((a, b) => a.localOffset - b.localOffset)) {
        const { localOffset: at, name, method, flags, compressedBytes } = entry;
        demand(at === expected, 'bytes that belong to no file');
        demand(at + 30 <= directoryOffset && zip.readUInt32LE(at) === 0x04034b50, 'no file where one must be');
        const start = dataOffset(zip, at);
        demand(zip.subarray(at + 30, at + 30 + zip.readUInt16LE(at + 26)).equals(name), 'a file of two names');
        demand(zip.readUInt16LE(at + 8) === method && (flags & 1) === 0, 'a file that is packed in two ways, or encrypted');
        expected = start + compressedBytes;
        demand(expected <= directoryOffset, 'a file that ends outside of it');
        if ((flags & 8) !== 0)
            expected += zip.length >= expected + 4 && zip.readUInt32LE(expected) === 0x08074b50 ? 16 : 12;
    }
    demand(expected === directoryOffset, 'bytes that belong to no file');
}
function dataOffset(zip, at) {
    return at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
}
function contentOf(zip, entry) {
    const { localOffset, compressedBytes, sizeBytes, method } = entry;
    const start = dataOffset(zip, localOffset);
    const stored = zip.subarray(start, start + compressedBytes);
    demand(method === 0 || method === 8, `compression method ${method}`);
    const content = method === 0 ? stored : (0,node_zlib__WEBPACK_IMPORTED_MODULE_1__.inflateRawSync)(stored, { maxOutputLength: Math.max(1, sizeBytes) });
    demand(content.length === sizeBytes, 'a file of another size than stated');
    demand((0,node_zlib__WEBPACK_IMPORTED_MODULE_1__.crc32)(content) === entry.crc32, 'a file whose checksum is not that of its bytes');
    return content;
}
function modeOf({ mode }) {
    if ((mode & 0o170000) === 0o120000)
        return '120000';
    return (mode & 0o111) === 0 ? '100644' : '100755';
}
function demand(holds, found) {
    if (!holds)
        throw new Error(`not a zip that can be read: ${found}`);
}


/***/ }),

/***/ 6908:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   AD: () => (/* binding */ layerSources),
/* harmony export */   DU: () => (/* binding */ layerSource),
/* harmony export */   _f: () => (/* binding */ entryAt),
/* harmony export */   hR: () => (/* binding */ watchedPaths),
/* harmony export */   nL: () => (/* binding */ indexEntries)
/* harmony export */ });
/* harmony import */ var _tree_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7174);
/* harmony import */ var _model_digest_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8074);


function indexEntries(entries) {
    return new Map(entries.map(entry => [entry.path, entry]));
}
function layerSources(layers, entries) {
    const index = indexEntries(entries);
    return layers.map(layer => layerSource(layer, index));
}
function layerSource(layer, index) {
    const found = new Map();
    for (const path of watchedPaths([layer])) {
        const entry = entryAt(index, path);
        if (entry !== null)
            found.set(entry.path, entry);
    }
    const own = [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    const listing = own.map(({ path, mode, objectId }) => [path, mode, objectId]);
    return {
        layerId: layer.id,
        root: entryAt(index, layer.path),
        entries: own,
        sourceDigest: (0,_model_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .sha256Hex */ .fg)((0,_model_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .canonicalJson */ .dj)({ entries: listing, recipe: recipeOf(layer) }))
    };
}
function entryAt(index, path) {
    const exact = index.get(path);
    if (exact !== undefined)
        return exact;
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        const above = index.get(path.slice(0, end));
        if (above !== undefined)
            return (0,_tree_js__WEBPACK_IMPORTED_MODULE_0__/* .isGitlink */ .Z$)(above) ? above : null;
    }
    return null;
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

/***/ 5956:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $t: () => (/* binding */ placeOf),
/* harmony export */   CL: () => (/* binding */ readStored),
/* harmony export */   FC: () => (/* binding */ findStored),
/* harmony export */   iY: () => (/* binding */ storeArtifact)
/* harmony export */ });
/* harmony import */ var _build_layers_archive_read_archive_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3704);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8125);
/* harmony import */ var _model_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8074);
/* harmony import */ var _target_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3406);




async function findStored(region, target, artifact, inspect) {
    const place = placeOf(target, artifact.contentDigest);
    const { file, artifactSha256: sha256, sizeBytes } = artifact;
    const head = await region.objects.head(place, { file, sha256, sizeBytes });
    if (head === null)
        return null;
    if (head.sha256 === sha256)
        return { bucket: place.bucket, key: place.key, sha256, sizeBytes: head.sizeBytes };
    return readStored(region, place, head, artifact.contentDigest, inspect);
}
async function readStored(region, place, head, contentDigest, inspect) {
    if (head.sizeBytes > _build_layers_archive_read_archive_js__WEBPACK_IMPORTED_MODULE_0__/* .maximumArchiveBytes */ .yK)
        throw altered(place, contentDigest, `${head.sizeBytes} bytes`);
    const object = await region.objects.get(place, head.sizeBytes);
    if (object === null)
        return null;
    const found = await inspect(object.body).catch((error) => {
        throw altered(place, contentDigest, error instanceof Error ? error.message : 'no archive');
    });
    if (found.contentDigest !== contentDigest)
        throw altered(place, contentDigest, `content ${found.contentDigest}`);
    for (const verdict of found.verdicts) {
        if (verdict.passed === false)
            throw altered(place, contentDigest, `${verdict.guard}: ${verdict.finding.found}`);
    }
    const { bucket, key } = place;
    return { bucket, key, sha256: (0,_model_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .sha256Hex */ .fg)(object.body), sizeBytes: object.body.byteLength };
}
async function storeArtifact(region, target, artifact, record, known) {
    if (known !== null)
        return known;
    const place = placeOf(target, artifact.contentDigest);
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
    const stored = await findStored(region, target, artifact, zip => Promise.resolve({ contentDigest: (0,_build_layers_archive_read_archive_js__WEBPACK_IMPORTED_MODULE_0__/* .contentDigestOfZip */ .uZ)(zip), verdicts: [] }));
    if (stored === null)
        throw altered(place, artifact.contentDigest, 'an object that vanished between two calls');
    return stored;
}
function altered({ bucket, key }, contentDigest, found) {
    return new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .CodedError */ .AK('ARTIFACT_ALTERED', {
        expected: `s3://${bucket}/${key} to hold the content ${contentDigest}`,
        found,
        mend: 'find out who wrote there, delete the object and run again'
    });
}
function placeOf(target, contentDigest) {
    return { bucket: target.bucket, owner: target.accountId, key: (0,_target_js__WEBPACK_IMPORTED_MODULE_3__/* .artifactKey */ .Wf)(target.layerName, contentDigest) };
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
        const at = await wanted.configAt(commit, files);
        if (at.kind !== 'read')
            return new Map();
        const { environments, layers } = at.config;
        const environment = environments.find(({ branches }) => branches.includes(wanted.branch));
        if (environment?.name !== wanted.environment)
            return new Map();
        const entries = await files.readEntries(commit, (0,_detect_changes_source_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .watchedPaths */ .hR)(layers));
        const digests = new Map((0,_detect_changes_source_digest_js__WEBPACK_IMPORTED_MODULE_1__/* .layerSources */ .AD)(layers, entries).map(source => [source.layerId, source.sourceDigest]));
        const targets = (0,_target_js__WEBPACK_IMPORTED_MODULE_2__/* .targetsOf */ .QR)(environment, layers, environment.regions);
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
async function listDeployments(github, environment, own = null) {
    for await (const records of github.deployments({ environment, task: _promotion_js__WEBPACK_IMPORTED_MODULE_0__/* .deploymentTask */ .RD })) {
        const others = records.some(({ id }) => id !== own);
        return { records, outcomes: others ? await github.deploymentOutcomes(records) : new Map() };
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
