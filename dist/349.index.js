export const id = 349;
export const ids = [349,370];
export const modules = {

/***/ 5349:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  discover: () => (/* binding */ discover)
});

// EXTERNAL MODULE: ./.build/publish-layers/result.js
var result = __webpack_require__(5518);
// EXTERNAL MODULE: ./.build/select-environment/selected-layers.js
var selected_layers = __webpack_require__(901);
// EXTERNAL MODULE: ./.build/operate/reading-scope.js
var reading_scope = __webpack_require__(8360);
;// CONCATENATED MODULE: ./.build/operate/discover/estate.js
function stragglers({ places }) {
    return places.flatMap(place => place.layers.flatMap(layer => {
        const current = layer.deployedVersion ?? layer.versions[0]?.version;
        if (current === undefined)
            return [];
        return layer.versions
            .filter(({ version }) => version < current)
            .flatMap(({ version, users }) => users.map(user => ({ place, layer, version, current, user })));
    }));
}
function userText({ functionName, version, aliases }) {
    const which = version === '$LATEST' ? functionName : `${functionName}:${version}`;
    return aliases.length === 0 ? which : `${which} (${aliases.join(', ')})`;
}
function adoption(name, rendered, template) {
    const [before = '', after = ''] = rendered.split('{layer}');
    const fits = rendered.includes('{layer}') && name.startsWith(before) && name.endsWith(after);
    const id = fits ? name.slice(before.length, name.length - after.length).replace(/-/g, '_') : '';
    if (/^[a-z_][a-z0-9_]*$/i.test(id))
        return `layers:\n  ${id}:\n    path: ${id} # the folder or submodule that it is built from`;
    return `# ${name} does not follow the layer-name ${template}: give an environment a layer-name that it follows,\n# or publish its source under a new name and move its functions`;
}

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(370);
// EXTERNAL MODULE: ./.build/config/names.js
var config_names = __webpack_require__(8245);
// EXTERNAL MODULE: ./.build/model/errors.js
var errors = __webpack_require__(8125);
// EXTERNAL MODULE: ./.build/publish-layers/deploy-record.js
var deploy_record = __webpack_require__(232);
// EXTERNAL MODULE: ./.build/publish-layers/engines/lambda/content-marker.js
var content_marker = __webpack_require__(5513);
// EXTERNAL MODULE: ./.build/publish-layers/engines/lambda/state-file.js
var state_file = __webpack_require__(4045);
// EXTERNAL MODULE: ./.build/publish-layers/target.js
var publish_layers_target = __webpack_require__(3406);
// EXTERNAL MODULE: ./.build/operate/layer-users.js
var layer_users = __webpack_require__(8917);
;// CONCATENATED MODULE: ./.build/operate/discover/observe-estate.js










const callsAtOnce = 8;
async function observeEstate(config, environments, filter, openAws) {
    const notes = [];
    const { read, unread } = await (0,reading_scope/* readEach */.e)(environments, openAws, async (environment, aws) => {
        const note = (why) => void notes.push({ environment: environment.name, why });
        const regions = environment.regions.filter(name => filter.regions?.includes(name) ?? true);
        const places = [];
        for (const name of regions)
            places.push(await observePlace(config, { environment, note }, filter, aws.region(name)));
        return places;
    });
    return { places: read.flat(), unread: [...unread, ...notes] };
}
async function observePlace(config, { environment, note }, filter, region) {
    const inventory = await region.inventory();
    const [names, functions, stacks] = await Promise.all([
        inventory.layerNames(),
        inventory.functionVersions(),
        inventory.stacks()
    ]);
    const found = { config, environment, note, region, functions, stacks };
    const layers = [];
    const wanted = filter.layers?.map(layer => (0,config_names/* layerNameOf */.wt)(environment, layer));
    for (const name of names.filter(each => wanted?.includes(each) ?? true))
        layers.push(await observeLayer(found, name));
    const bucket = (0,config_names/* artifactBucketOf */.yc)(environment, region.region);
    return { environment: environment.name, accountId: environment.accountId, region: region.region, bucket, layers };
}
async function observeLayer(found, name) {
    const { config, environment, region, stacks } = found;
    const versions = await (await region.inventory()).versions(name);
    const limit = (0,p_limit/* default */.A)(callsAtOnce);
    const details = await Promise.all(versions.map(version => limit(() => observeVersion(found, name, version))));
    const configured = config.layers.find(layer => (0,config_names/* layerNameOf */.wt)(environment, layer) === name);
    const stack = stacks.find(({ tags, outputs }) => (0,deploy_record/* readRecord */.aE)(tags, deploy_record/* tagPrefix */.B3).repository !== undefined &&
        Object.values(outputs).some(value => (0,layer_users/* layerVersionArns */.C)(value).some(arn => versions.some(each => each.arn === arn))));
    const fromStack = versions.find(({ arn }) => stack !== undefined && Object.values(stack.outputs).includes(arn));
    const fromState = configured === undefined || stack !== undefined ? null : await stateVersion(found, configured.id);
    const template = environment.layerNameTemplate;
    const rendered = template.replaceAll('{stage}', environment.stage).replaceAll('{environment}', environment.name);
    return {
        name,
        layerId: configured?.id ?? null,
        stack: stack?.name ?? null,
        deployedVersion: fromStack?.version ?? fromState,
        versions: details,
        adopt: configured === undefined ? adoption(name, rendered.replaceAll('{region}', region.region), template) : null
    };
}
async function stateVersion({ environment, config, region, note }, layerId) {
    const layers = config.layers.filter(({ id }) => id === layerId);
    const target = (0,publish_layers_target/* targetsOf */.QR)(environment, layers, [region.region])[0];
    if (environment.engine !== 'lambda' || target === undefined)
        return null;
    try {
        return (await (0,state_file/* readState */.un)(region.objects, target)).state.version;
    }
    catch (error) {
        if (error instanceof errors/* CodedError */.AK && /^(ACCESS_DENIED|BUCKET_OWNER_MISMATCH)$/.test(error.code)) {
            note(`which version of ${target.layerName} is deployed is not known: ${error.message}`);
            return null;
        }
        throw error;
    }
}
async function observeVersion(found, name, version) {
    const { region, functions, stacks } = found;
    const detail = await region.layers.get(name, version.version);
    const tags = stacks.find(({ outputs }) => Object.values(outputs).includes(version.arn))?.tags ?? {};
    return {
        version: version.version,
        arn: version.arn,
        createdAt: version.createdAt,
        codeSha256: detail?.codeSha256 ?? '',
        contentDigest: (0,content_marker/* contentDigestOf */.Vp)(version.description) ?? (0,deploy_record/* readRecord */.aE)(tags, deploy_record/* tagPrefix */.B3).contentDigest ?? null,
        users: await Promise.all(functions.filter(({ layers }) => layers.includes(version.arn)).map(each => userOf(region, each)))
    };
}
async function userOf(region, { functionName, version }) {
    const aliases = await (await region.inventory()).aliases(functionName);
    const pointing = Object.entries(aliases).filter(([, to]) => to === version);
    return { functionName, version, aliases: pointing.map(([alias]) => alias) };
}

// EXTERNAL MODULE: ./.build/report/escape.js
var report_escape = __webpack_require__(3046);
;// CONCATENATED MODULE: ./.build/operate/discover/render-estate.js


const mostPictured = 60;
function estateMarkdown(estate) {
    const moves = stragglers(estate).map(({ layer, version, current, user }) => `- ${(0,report_escape/* inlineCode */.ti)(userText(user))} is on version ${version} of ${(0,report_escape/* inlineCode */.ti)(layer.name)}; version ${current} is current`);
    const unread = estate.unread.map(({ environment, why }) => `- ${(0,report_escape/* inlineCode */.ti)(environment)}: ${(0,report_escape/* markdownText */.p7)(why, 300)}`);
    const blocks = [
        '## Lambda layers',
        ...estate.places.map(placeMarkdown),
        moves.length === 0 ? 'No function is on an old version.' : `### Who must move\n\n${moves.join('\n')}`,
        unread.length === 0 ? '' : `### Not read\n\n${unread.join('\n')}`
    ];
    return `${blocks.filter(block => block !== '').join('\n\n')}\n`;
}
function placeMarkdown(place) {
    const title = `### ${(0,report_escape/* inlineCode */.ti)(place.environment)}: account ${place.accountId}, ${place.region}, bucket ${(0,report_escape/* inlineCode */.ti)(place.bucket)}`;
    const rows = place.layers.flatMap(layer => layer.versions.map(({ version, codeSha256, contentDigest, users }) => {
        const mark = version === layer.deployedVersion ? `**${version}** (deployed)` : String(version);
        const digests = `${(0,report_escape/* inlineCode */.ti)(codeSha256.slice(0, 12))} ${contentDigest === null ? '' : (0,report_escape/* inlineCode */.ti)(contentDigest.slice(0, 12))}`;
        const used = users.map(user => (0,report_escape/* inlineCode */.ti)(userText(user))).join(', ');
        const kept = layer.stack === null ? '–' : (0,report_escape/* inlineCode */.ti)(layer.stack);
        return `| ${(0,report_escape/* inlineCode */.ti)(layer.name)} | ${mark} | ${digests} | ${kept} | ${used === '' ? '–' : used} |`;
    }));
    const table = ['| Layer | Version | SHA-256, content | Stack | Used by |', '| --- | --- | --- | --- | --- |', ...rows];
    const foreign = place.layers.filter(({ adopt }) => adopt !== null);
    return [
        title,
        rows.length === 0 ? 'No layer.' : table.join('\n'),
        picture(place),
        foreign.length === 0 ? '' : `Not in the configuration:\n\n${foreign.map(adoptMarkdown).join('\n\n')}`
    ]
        .filter(block => block !== '')
        .join('\n\n');
}
function adoptMarkdown({ name, adopt }) {
    return `${(0,report_escape/* inlineCode */.ti)(name)}:\n\n\`\`\`yaml\n${adopt ?? ''}\n\`\`\``;
}
function picture({ layers }) {
    const lines = [];
    layers.forEach((layer, index) => {
        for (const { version, users } of layer.versions) {
            if (users.length === 0 && version !== layer.deployedVersion)
                continue;
            const node = `l${index}v${version}`;
            const state = version === layer.deployedVersion ? ', deployed' : '';
            lines.push(`  ${node}["${label(layer.name)} ${version}${state}"]`);
            for (const user of users)
                lines.push(`  ${node} --> f_${idOf(userText(user))}(["${label(userText(user))}"])`);
        }
    });
    if (lines.length === 0)
        return '';
    const shown = lines.slice(0, mostPictured);
    const left = lines.length - shown.length;
    const rest = left === 0 ? '' : `\n\n*${left} more are not pictured.*`;
    return `\`\`\`mermaid\nflowchart LR\n${shown.join('\n')}\n\`\`\`${rest}`;
}
function label(text) {
    return text.replace(/[^\w .,:()$-]/g, '');
}
function idOf(text) {
    return Array.from(text, letter => (/\w/.test(letter) ? letter : letter.charCodeAt(0).toString(16))).join('');
}
function estatePage(estate) {
    const places = estate.places.map(place => `<h2>${escapeHtml(place.environment)} <small>${place.accountId} · ${place.region} · ${escapeHtml(place.bucket)}</small></h2>${table(place)}`);
    const moves = stragglers(estate).map(({ layer, version, current, user }) => `<li><b>${escapeHtml(userText(user))}</b>: ${escapeHtml(layer.name)} ${version} → ${current}</li>`);
    const unread = estate.unread.map(({ environment, why }) => `<li>${escapeHtml(environment)}: ${escapeHtml(why)}</li>`);
    return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Lambda layers</title>
<style>body{font:16px/1.5 system-ui;margin:2rem;max-width:75rem}table{border-collapse:collapse;width:100%}
td,th{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}small{font-weight:400;color:#666}
.deployed{background:#e6f4ea}.old{background:#fdecea}code{font-size:.85em}
@media(prefers-color-scheme:dark){body{background:#111;color:#ddd}.deployed{background:#143}.old{background:#511}}</style></head><body>
<h1>Lambda layers</h1>
${places.join('\n')}
<h2>Who must move</h2>${moves.length === 0 ? '<p>Nobody.</p>' : `<ul>${moves.join('')}</ul>`}
${unread.length === 0 ? '' : `<h2>Not read</h2><ul>${unread.join('')}</ul>`}
</body></html>
`;
}
function table({ layers }) {
    const rows = layers.flatMap(layer => layer.versions.map(({ version, codeSha256, createdAt, users }) => {
        const deployed = version === layer.deployedVersion;
        const state = deployed
            ? 'deployed'
            : users.length > 0 && version < (layer.deployedVersion ?? version)
                ? 'old'
                : '';
        const cells = [
            layer.name + (layer.layerId === null ? ' (not configured)' : ''),
            `${version}${deployed ? ' (deployed)' : ''}`,
            createdAt.slice(0, 10),
            codeSha256.slice(0, 16),
            layer.stack ?? '',
            users.map(userText).join(', ')
        ];
        return `<tr class="${state}">${cells.map(cell => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`;
    }));
    return `<table><tr><th>Layer<th>Version<th>Published<th>SHA-256<th>Stack<th>Used by</tr>${rows.join('\n')}</table>`;
}
function escapeHtml(text) {
    return text.replace(/[&<>"']/g, letter => `&#${letter.charCodeAt(0)};`);
}

;// CONCATENATED MODULE: ./.build/operate/discover/discover.js






async function discover(session, config) {
    const { environment, regions, layers: ids } = session.inputs;
    const environments = (0,reading_scope/* environmentsToRead */.M)(config, { environment, regions });
    const filter = { regions, layers: ids === null ? null : (0,selected_layers/* selectedLayers */.Eo)(config.layers, ids) };
    const estate = await observeEstate(config, environments, filter, session.openAws);
    session.showDetails(estateMarkdown(estate), estatePage(estate));
    const behind = stragglers(estate);
    const layers = estate.places.reduce((sum, place) => sum + place.layers.length, 0);
    const unread = estate.unread.map(each => `Not read in ${each.environment}: ${each.why}`);
    const [only] = environments;
    return {
        ...result/* unknownSubject */.dH,
        command: 'discover',
        environment: environments.length === 1 && only !== undefined ? only : null,
        regions: [...new Set(estate.places.map(({ region }) => region))],
        conclusion: 'success',
        headline: headlineOf(layers, estate.places.length, behind.length),
        changedLayers: [],
        layers: [],
        verdicts: [],
        errors: [],
        warnings: unread,
        plan: {
            ...estate,
            'who-must-move': behind.map(({ place, layer, version, current, user }) => ({
                ...{ environment: place.environment, region: place.region, layer: layer.name, version, current },
                function: user.functionName,
                'function-version': user.version
            }))
        }
    };
}
function headlineOf(layers, regions, behind) {
    const found = `${counted(layers, 'layer')} in ${counted(regions, 'region')}`;
    if (behind === 0)
        return `${found}; no function is on an old layer version`;
    return `${found}; ${counted(behind, 'function version')} ${behind === 1 ? 'is' : 'are'} on an old layer version`;
}
function counted(count, what) {
    return `${count} ${what}${count === 1 ? '' : 's'}`;
}


/***/ }),

/***/ 8917:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   C: () => (/* binding */ layerVersionArns),
/* harmony export */   W: () => (/* binding */ layerUsers)
/* harmony export */ });
async function layerUsers(inventory) {
    const [functions, stacks] = await Promise.all([inventory.functionVersions(), inventory.stacks()]);
    const users = new Map();
    const add = (arn, user) => {
        users.set(arn, [...(users.get(arn) ?? []), user]);
    };
    for (const { functionName, version, layers } of functions) {
        for (const arn of layers)
            add(arn, `function ${functionName}${version === '$LATEST' ? '' : `:${version}`}`);
    }
    for (const { name, outputs } of stacks) {
        for (const [key, value] of Object.entries(outputs)) {
            for (const arn of layerVersionArns(value))
                add(arn, `output ${key} of stack ${name}`);
        }
    }
    return users;
}
function layerVersionArns(text) {
    return text.match(/arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[A-Za-z0-9_-]+:\d+/g) ?? [];
}


/***/ }),

/***/ 8360:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ environmentsToRead),
/* harmony export */   e: () => (/* binding */ readEach)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8125);
/* harmony import */ var _publish_layers_plan_guards_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7973);


function environmentsToRead({ environments }, { environment, regions }) {
    const wanted = environments.filter(({ name }) => environment === null || name === environment);
    if (wanted.length === 0) {
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('ENVIRONMENT_MAPPED', {
            expected: `an environment of the configuration (${environments.map(({ name }) => name).join(', ')})`,
            found: JSON.stringify(environment),
            mend: 'correct the environment, or leave it out'
        });
    }
    const known = new Set(wanted.flatMap(each => each.regions));
    const unknown = regions?.find(name => !known.has(name));
    if (unknown !== undefined) {
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('REGION_NOT_ALLOWED', {
            expected: `a region of the configuration (${[...known].join(', ')})`,
            found: JSON.stringify(unknown),
            mend: 'correct the regions, or leave them out'
        });
    }
    return wanted;
}
const ownToOne = new Set([
    'NO_CREDENTIALS',
    'ACCESS_DENIED',
    'AWS_FAILED',
    'ACCOUNT_MISMATCH',
    'BUCKET_OWNER_MISMATCH',
    'PUBLISH_UNVERIFIED'
]);
async function readEach(environments, openAws, read) {
    const done = [];
    const failed = [];
    for (const environment of environments) {
        try {
            const aws = await openAws(environment);
            const { accountId } = await aws.callerIdentity();
            const verdict = (0,_publish_layers_plan_guards_js__WEBPACK_IMPORTED_MODULE_1__/* .accountVerdict */ .RI)(environment, accountId);
            if (verdict.passed === false)
                throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK(verdict.guard, verdict.finding);
            done.push(await read(environment, aws));
        }
        catch (error) {
            if (!(error instanceof _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK) || !ownToOne.has(error.code))
                throw error;
            failed.push({ environment, error });
        }
    }
    const [first] = failed;
    if (done.length === 0 && first !== undefined)
        throw first.error;
    return {
        read: done,
        unread: failed.map(({ environment: { name }, error }) => ({ environment: name, why: error.message }))
    };
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
