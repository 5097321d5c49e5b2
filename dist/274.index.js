export const id = 274;
export const ids = [274,907];
export const modules = {

/***/ 7907:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ observeChecks),
  observeCoverage: () => (/* binding */ observeCoverage)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/ports/github.js
var ports_github = __webpack_require__(890);
;// CONCATENATED MODULE: ./.build/publish-layers/gates/coverage-report.js
function readCoverageReport(text) {
    const content = text.replace(/^\uFEFF/, '').trim();
    if (content === '')
        return unreadable('an empty file');
    if (content.startsWith('<'))
        return readCobertura(content);
    if (content.startsWith('{'))
        return readCoveragePy(content);
    return readLcov(content);
}
function readCobertura(content) {
    const plain = content.replace(/<!--[\s\S]*?-->/g, '');
    const root = /^(?:<\?[\s\S]*?\?>\s*|<!DOCTYPE[^>[]*>\s*)*<coverage(?=[\s/>])((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>/.exec(plain);
    if (root === null)
        return unreadable('XML whose root is no <coverage>');
    const attributes = root[1] ?? '';
    if (!attributes.trimEnd().endsWith('/') && !plain.endsWith('</coverage>'))
        return unreadable('XML that is cut off');
    const value = (name) => {
        const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
        return found === null ? null : numberOf(found[1] ?? found[2] ?? '');
    };
    const [covered, total, rate] = [value('lines-covered'), value('lines-valid'), value('line-rate')];
    if (covered !== null && total !== null)
        return rateOf(covered, total);
    return rate === null ? unreadable('a <coverage> without line-rate') : rateOf(rate, 1);
}
function readCoveragePy(content) {
    let document;
    try {
        document = JSON.parse(content);
    }
    catch {
        return unreadable('JSON that is broken or cut off');
    }
    const totals = field(document, 'totals');
    const statements = field(totals, 'num_statements');
    if (statements === 0)
        return unreadable('a report of no lines at all');
    const percent = field(totals, 'percent_covered');
    if (typeof percent !== 'number')
        return unreadable('JSON without totals.percent_covered');
    return rateOf(percent, 100);
}
function field(value, name) {
    const known = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
    return known ? value[name] : undefined;
}
function readLcov(content) {
    const lines = content.split(/\r\n|\r|\n/).map(line => line.trim());
    if (!lines.some(line => line.startsWith('SF:')))
        return unreadable('neither Cobertura XML nor coverage.py JSON nor LCOV');
    if (lines.at(-1) !== 'end_of_record')
        return unreadable('an LCOV file that is cut off');
    let [covered, total] = [0, 0];
    let record = emptyRecord();
    for (const line of lines) {
        const [, key = '', value = ''] = /^([A-Z]+):(.*)$/.exec(line) ?? [];
        if (key === 'LF')
            record.found = numberOf(value);
        else if (key === 'LH')
            record.hit = numberOf(value);
        else if (key === 'DA') {
            const hits = numberOf(value.split(',')[1] ?? '');
            record.lines += 1;
            record.hitLines += hits !== null && hits > 0 ? 1 : 0;
        }
        else if (line === 'end_of_record') {
            covered += record.hit ?? record.hitLines;
            total += record.found ?? record.lines;
            record = emptyRecord();
        }
    }
    return rateOf(covered, total);
}
function emptyRecord() {
    return { found: null, hit: null, lines: 0, hitLines: 0 };
}
function numberOf(text) {
    return /^\d{1,15}(?:\.\d+)?$/.test(text.trim()) ? Number(text) : null;
}
function rateOf(covered, total) {
    if (total === 0)
        return unreadable('a report of no lines at all');
    if (!(covered >= 0 && covered <= total))
        return unreadable(`${covered} covered of ${total}`);
    return { kind: 'rate', rate: { covered, total } };
}
function unreadable(why) {
    return { kind: 'unreadable', why };
}
function percentText({ covered, total }) {
    const hundredths = Math.floor((covered * 10_000) / total + 1e-9);
    return `${hundredths / 100} %`;
}
function reaches({ covered, total }, minimum) {
    return covered * 100 >= minimum * total;
}

;// CONCATENATED MODULE: ./.build/publish-layers/gates/gate-verdicts.js

function coverageVerdict(layerId, coverage, report) {
    const guard = 'COVERAGE_BELOW_MINIMUM';
    const expected = `a coverage of at least ${coverage.minimum} % in ${coverage.report}`;
    const refused = (found, mend) => {
        return { guard, subject: layerId, passed: false, finding: { expected, found, mend } };
    };
    if (report === null)
        return refused('no such file', `run the tests of ${layerId} in a step before this one, and write the report there`);
    if (report.kind === 'unreadable')
        return refused(report.why, 'write Cobertura XML, coverage.py JSON or LCOV');
    const shown = percentText(report.rate);
    if (!reaches(report.rate, coverage.minimum))
        return refused(shown, `test more of ${layerId}, or lower coverage.minimum`);
    return { guard, subject: layerId, passed: true, detail: `${shown} (minimum ${coverage.minimum} %)` };
}
function findChecks(required, checks) {
    return required.names.map(name => {
        const exact = checks.filter(check => check.name === name);
        const meant = exact.length > 0 ? exact : checks.filter(check => isOfMatrix(check.name, name));
        const states = meant.map(check => stateOf(check, required));
        const worst = ['failed', 'pending', 'success'].find(state => states.includes(state)) ?? 'missing';
        const deciding = meant.find((_check, index) => states[index] === worst);
        return { name, state: worst, outcome: deciding?.outcome ?? 'no such check' };
    });
}
function isOfMatrix(checkName, name) {
    return checkName.startsWith(`${name} (`) && checkName.endsWith(')');
}
function stateOf({ outcome }, { skipped }) {
    if (outcome === 'success' || outcome === 'neutral')
        return 'success';
    if (outcome === 'skipped')
        return skipped === 'success' ? 'success' : 'failed';
    return outcome === 'pending' ? 'pending' : 'failed';
}
function checkVerdicts(required, commit, found) {
    const guard = 'REQUIRED_CHECKS';
    if (found.kind === 'unreadable') {
        const expected = `the checks ${required.names.join(', ')} to have succeeded for ${commit}`;
        const mend = 'give the job the permissions checks: read and statuses: read, and run again';
        return [{ guard, subject: '', passed: false, finding: { expected, found: found.why, mend } }];
    }
    return found.findings.map(({ name, state, outcome }) => {
        if (state === 'success')
            return { guard, subject: name, passed: true, detail: outcome };
        const expected = `the check ${name} to have succeeded for ${commit}`;
        return {
            guard,
            subject: name,
            passed: false,
            finding: { expected, found: outcome, mend: mendOf(name, state, required) }
        };
    });
}
function mendOf(name, state, { waitMinutes }) {
    switch (state) {
        case 'missing':
            return `report ${name} for this commit from a workflow, or correct the name under required-checks`;
        case 'pending':
            return `wait until ${name} has ended and run again, or raise wait-minutes (${waitMinutes})`;
        case 'failed':
        case 'success':
            return `mend what ${name} found and push, or run it again`;
    }
}

;// CONCATENATED MODULE: ./.build/publish-layers/gates/observe-gates.js





const largestReportBytes = 100_000_000;
const pollMilliseconds = 15_000;
async function observeCoverage(layers, workspace, mode) {
    const verdicts = [];
    for (const { id, coverage } of layers) {
        if (coverage === undefined || coverage === null)
            continue;
        const report = await readReport((0,external_node_path_.join)(workspace, coverage.report));
        if (report !== null || mode === 'deploy')
            verdicts.push(coverageVerdict(id, coverage, report));
    }
    return verdicts;
}
async function readReport(file) {
    try {
        const { size } = await (0,promises_.stat)(file);
        if (size > largestReportBytes)
            return { kind: 'unreadable', why: `a file of ${size} bytes` };
        return readCoverageReport(await (0,promises_.readFile)(file, 'utf8'));
    }
    catch (error) {
        const { code, message } = error;
        return code === 'ENOENT' || code === 'ENOTDIR' ? null : { kind: 'unreadable', why: message };
    }
}
async function observeChecks(required, commit, { github, clock, log, signal }) {
    if (required === null || required === undefined)
        return [];
    if (github === null) {
        return checkVerdicts(required, commit, { kind: 'unreadable', why: 'no GitHub token to read the checks with' });
    }
    const deadline = clock.now() + required.waitMinutes * 60_000;
    try {
        for (;;) {
            const findings = findChecks(required, await readChecks(github, commit, required));
            const waiting = findings.filter(({ state }) => state === 'pending' || state === 'missing');
            const hopeless = findings.some(({ state }) => state === 'failed');
            if (waiting.length === 0 || hopeless || clock.now() + pollMilliseconds > deadline) {
                return checkVerdicts(required, commit, { kind: 'read', findings });
            }
            log.info(`Waiting for ${waiting.map(({ name, outcome }) => `${name} (${outcome})`).join(', ')}`);
            await clock.sleep(pollMilliseconds, signal);
        }
    }
    catch (error) {
        if (!(error instanceof ports_github/* GitHubError */.y))
            throw error;
        return checkVerdicts(required, commit, { kind: 'unreadable', why: `checks that cannot be read (${error.message})` });
    }
}
async function readChecks(github, commit, required) {
    const runs = await github.listCheckRuns(commit);
    if (findChecks(required, runs).every(({ state }) => state !== 'missing'))
        return runs;
    const statuses = await github.listStatuses(commit);
    return [
        ...runs,
        ...statuses.map(({ context, state, targetUrl }) => ({ name: context, outcome: state, url: targetUrl }))
    ];
}


/***/ }),

/***/ 2274:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  observeDeploy: () => (/* binding */ observeDeploy)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(370);
// EXTERNAL MODULE: ./.build/errors.js
var errors = __webpack_require__(9243);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __webpack_require__(5919);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(8522);
;// CONCATENATED MODULE: ./.build/build-layers/inspect/file-traits.js
const elfMachines = {
    3: 'i386',
    8: 'mips',
    20: 'ppc',
    21: 'ppc64',
    22: 's390x',
    40: 'arm (32 bit)',
    62: 'x86_64',
    183: 'arm64',
    243: 'riscv64',
    258: 'loongarch64'
};
const loadedElfTypes = [2, 3];
const extensionModule = /\.(so|pyd)$/;
function traitsOf(path, start) {
    if (/\.dist-info\/WHEEL$/.test(path))
        return { wheelTags: wheelTags(new TextDecoder().decode(start)) };
    const machine = elfMachine(start) ?? (extensionModule.test(path) ? foreignSystem(start) : null);
    return machine === null ? null : { machine };
}
function elfMachine(start) {
    const isElf = start[0] === 0x7f && start[1] === 0x45 && start[2] === 0x4c && start[3] === 0x46;
    if (!isElf || start.byteLength < 20)
        return null;
    const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
    const littleEndian = start[5] === 1;
    if (!loadedElfTypes.includes(view.getUint16(16, littleEndian)))
        return null;
    const machine = view.getUint16(18, littleEndian);
    return elfMachines[machine] ?? `machine ${machine}`;
}
function foreignSystem(start) {
    const magic = start.subarray(0, 4).reduce((number, byte) => number * 256 + byte, 0);
    if ([0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe].includes(magic))
        return 'macOS';
    return start[0] === 0x4d && start[1] === 0x5a ? 'Windows' : null;
}
function wheelTags(text) {
    return [...text.matchAll(/^Tag:\s*(\S+)\s*$/gm)].map(([, tag = '']) => tag);
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/anchor-search.js
const windowBytes = 4;
const stride = windowBytes - 1;
function anchorSearch(anchors) {
    const words = anchors.map(anchor => new TextEncoder().encode(anchor));
    const places = [[]];
    const placesOf = new Uint16Array(0x10000);
    words.forEach((word, anchor) => {
        const start = rarestWindow(word, windowBytes);
        for (let offset = start; offset < start + stride; offset++) {
            const pair = (word[offset] ?? 0) | ((word[offset + 1] ?? 0) << 8);
            const index = (placesOf[pair] ||= places.push([]) - 1);
            places[index]?.push({ word, anchor, offset });
        }
    });
    return text => {
        const hits = [];
        for (let index = 0, end = text.length - 1; index < end; index += stride) {
            const found = placesOf[text[index] | (text[index + 1] << 8)];
            if (found === 0)
                continue;
            for (const { word, anchor, offset } of places[found] ?? []) {
                const at = index - offset;
                if (text[at] === word[0] && text[at + 1] === word[1] && standsAt(text, at, word))
                    hits.push({ anchor, at });
            }
        }
        return hits;
    };
}
function rarestWindow(word, length) {
    let best = 0;
    let bestRare = -1;
    for (let start = 0; start + length <= word.length; start++) {
        const rare = word.subarray(start, start + length).filter(byte => byte < 0x61 || byte > 0x7a).length;
        if (rare > bestRare)
            [best, bestRare] = [start, rare];
    }
    return best;
}
function standsAt(text, at, word) {
    if (at < 0 || at + word.length > text.length)
        return false;
    for (let index = 0; index < word.length; index++)
        if (text[at + index] !== word[index])
            return false;
    return true;
}

// EXTERNAL MODULE: ./.build/sha256.js
var _build_sha256 = __webpack_require__(5711);
;// CONCATENATED MODULE: ./.build/build-layers/inspect/secret-rules.js

const nameRules = [
    { what: 'git data', path: /(^|\/)\.git(\/|$)/i },
    { what: 'environment file', path: /(^|\/)\.env(\.(?!(example|sample|template|dist|defaults?)$)[^/]+)?$/i },
    { what: 'SSH private key', path: /(^|\/)id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/i },
    { what: 'stored git password', path: /(^|\/)\.git-credentials$/i },
    { what: 'AWS credentials file', path: /(^|\/)\.aws\/credentials$/i }
];
const publishedKeys = new Set([
    '3089f2c85afed62dbb472dd8af6063d72adbee3002749794c120cadacccf8621',
    'a83b76f995591c5ef84c4b76d57071dd307669796b6c721c13c4bb7cab324fb7',
    'd9e23841ae3d8dc9370e6c2a5609274a82b83dfa48c3eaec390d0431cc3dad94',
    '0bda6a714b4d10815e99b308c27ee8977302254ed52b1481aa91bc034e14f629'
]);
const contextBytes = 256;
const contentRules = [
    {
        what: 'AWS access key id',
        anchors: ['AKIA', 'ASIA'],
        pattern: /(?<![A-Za-z0-9+/=_])(?:AKIA|ASIA)(?![A-Z2-7]*EXAMPLE)[A-Z2-7]{16}(?![A-Za-z0-9+/=_])/,
        path: null
    },
    {
        what: 'private key',
        anchors: ['PRIVATE KEY'],
        pattern: /-----BEGIN [A-Z0-9 ]{0,20}PRIVATE KEY(?: BLOCK)?-----(?:\\[rn]|["'\s]|(?:Proc-Type|DEK-Info|Version|Comment): [^\r\n\\]{1,80})*(?!(?:\\[rn]|["'\s])*EXAMPLE)((?:(?:\\[rn]|["']|\r?\n[ \t]*)*[A-Za-z0-9+/]){64})(?![A-Za-z0-9+/\\\s"']*[.])/,
        path: null,
        isPublic: ([, body = '']) => publishedKeys.has((0,_build_sha256/* sha256Hex */.fg)(body.replace(/\\[rn]|[^A-Za-z0-9+/]/g, '').slice(0, 64)))
    },
    {
        what: 'GitHub token',
        anchors: ['ghp_', 'gho_', 'ghs_', 'ghu_', 'ghr_', 'github_pat_'],
        pattern: /(?<![A-Za-z0-9_])(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?![A-Za-z0-9_])/,
        path: null
    },
    {
        what: 'AWS secret access key',
        anchors: ['secret_access_key', 'SECRET_ACCESS_KEY', 'ecretAccessKey'],
        pattern: /(?:secret_access_key|SECRET_ACCESS_KEY|[sS]ecretAccessKey)["']?\s{0,4}(?:=|:)\s{0,4}["']?(?![A-Za-z0-9/+]{0,33}EXAMPLE)(?=[A-Za-z0-9/+]{0,39}\d)(?=[A-Za-z0-9/+]{0,39}[a-z])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/,
        path: null
    },
    {
        what: 'GitLab token',
        anchors: ['glpat-'],
        pattern: /(?<![A-Za-z0-9_-])glpat-(?=[A-Za-z_-]{0,20}\d)[A-Za-z0-9_-]{20}(?![A-Za-z0-9_-])/,
        path: null
    },
    {
        what: 'Slack token',
        anchors: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-'],
        pattern: /(?<![A-Za-z0-9])xox[bpars]-\d{9,13}-[A-Za-z0-9-]{20,80}(?![A-Za-z0-9-])/,
        path: null
    },
    {
        what: 'Stripe live key',
        anchors: ['sk_live_', 'rk_live_'],
        pattern: /(?<![A-Za-z0-9])[rs]k_live_(?=[A-Za-z]{0,23}\d)[A-Za-z0-9]{24,99}(?![A-Za-z0-9])/,
        path: null
    },
    {
        what: 'PyPI token',
        anchors: ['pypi-AgEIcHlwaS5vcmc'],
        pattern: /pypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50}/,
        path: null
    },
    {
        what: 'npm token',
        anchors: ['npm_'],
        pattern: /(?<![A-Za-z0-9_])npm_(?=[A-Za-z]{0,35}\d)[A-Za-z0-9]{36}(?![A-Za-z0-9_])/,
        path: null
    },
    {
        what: 'Azure storage key',
        anchors: ['AccountKey='],
        pattern: /AccountKey=(?!Eby8vdM02xNOcqF)[A-Za-z0-9+/]{86}==/,
        path: null
    },
    {
        what: 'registry password',
        anchors: null,
        pattern: /_(?:authToken|auth|password)\s*=\s*(?!["']?\$\{)[^\s"']/,
        path: /(^|\/)\.npmrc$/
    },
    { what: 'registry password', anchors: null, pattern: /^\s*password\s*[=:]\s*\S/im, path: /(^|\/)\.pypirc$/ },
    { what: 'password', anchors: null, pattern: /\bpassword\s+\S/, path: /(^|\/)[._]netrc$/ },
    { what: 'registry password', anchors: null, pattern: /"auth"\s*:\s*"[^"]+"/, path: /(^|\/)\.docker\/config\.json$/ }
];

;// CONCATENATED MODULE: ./.build/build-layers/inspect/secret-scan.js


const carriedBytes = 2 * contextBytes;
const wholeFileBytes = 64 * 1024;
function secretScan(searchFor = anchorSearch, rules = contentRules) {
    const anchored = rules.flatMap(rule => (rule.anchors ?? []).map(anchor => ({ rule, anchor })));
    const search = searchFor(anchored.map(({ anchor }) => anchor));
    const named = rules.filter(rule => rule.anchors === null);
    return (bytes, stretches) => {
        const findings = new Map();
        for (const stretch of stretches) {
            if (!stretch.first)
                continue;
            const rule = named.find(one => one.path?.test(stretch.path) !== false && holdsWhole(one, bytes, stretch));
            if (rule !== undefined)
                findings.set(stretch.path, rule.what);
        }
        for (const { anchor, at } of search(bytes)) {
            const stretch = stretchAt(stretches, at);
            const rule = anchored[anchor]?.rule;
            if (stretch === undefined || rule === undefined || findings.has(stretch.path))
                continue;
            if (rule.path?.test(stretch.path) !== false && holdsAround(rule, bytes, stretch, at)) {
                findings.set(stretch.path, rule.what);
            }
        }
        return [...findings];
    };
}
function holdsWhole(rule, bytes, { start, end }) {
    return rule.pattern.test(latin1(bytes, start, Math.min(end, start + wholeFileBytes)));
}
function holdsAround(rule, bytes, { start, end, last }, at) {
    if (!last && at + contextBytes > end)
        return false;
    const text = latin1(bytes, Math.max(start, at - contextBytes), Math.min(end, at + contextBytes));
    const { pattern, isPublic } = rule;
    if (isPublic === undefined)
        return pattern.test(text);
    return [...text.matchAll(new RegExp(pattern, 'g'))].some(match => !isPublic(match));
}
function stretchAt(stretches, at) {
    let [low, high] = [0, stretches.length];
    while (low < high) {
        const middle = (low + high) >> 1;
        if ((stretches[middle]?.end ?? 0) <= at)
            low = middle + 1;
        else
            high = middle;
    }
    const stretch = stretches[low];
    return stretch !== undefined && stretch.start <= at ? stretch : undefined;
}
function latin1(bytes, start, end) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end);
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/anchor-tables.js

const anchor_tables_windowBytes = 3;
const groups = 8;
function anchorTables(anchors) {
    const windows = anchors.map((text, anchor) => {
        const word = new TextEncoder().encode(text);
        const offset = rarestWindow(word, anchor_tables_windowBytes);
        return { word, anchor, offset, window: word.subarray(offset, offset + anchor_tables_windowBytes) };
    });
    windows.sort((a, b) => keyAt(a.window, 0) - keyAt(b.window, 0));
    const tables = new Uint8Array(2 * anchor_tables_windowBytes * 16);
    const places = new Map();
    windows.forEach((one, index) => {
        const bit = 1 << Math.floor((index * groups) / windows.length);
        one.window.forEach((byte, position) => {
            for (const at of [32 * position + (byte & 15), 32 * position + 16 + (byte >> 4)]) {
                tables[at] = (tables[at] ?? 0) | bit;
            }
        });
        const key = keyAt(one.window, 0);
        places.set(key, [...(places.get(key) ?? []), one]);
    });
    return {
        tables,
        collect(text, place, hits) {
            for (const { word, anchor, offset } of places.get(keyAt(text, place)) ?? []) {
                if (standsAt(text, place - offset, word))
                    hits.push({ anchor, at: place - offset });
            }
        }
    };
}
function keyAt(text, at) {
    return ((text[at] ?? 0) << 16) | ((text[at + 1] ?? 0) << 8) | (text[at + 2] ?? 0);
}

;// CONCATENATED MODULE: ./.build/build-layers/archive/libdeflate-wasm.js
const libdeflateWasm = 'AGFzbQEAAAABOglgBH9/f38AYAF/AGAGf39/f39/AGAFf39/f38AYAABf2AAAGADf39/AGAGf39/f39/AX9gAn9/AX8DDw4AAAECAwQEBQYHBAQECAQFAXABAwMFAwEALQYIAX8BQYCABAsHXQoGbWVtb3J5AgAFaW5wdXQABQZvdXRwdXQABgVzdGFydAAHBmVmZm9ydAAICGNvbXByZXNzAAkGdGFibGVzAAoGcGxhY2VzAAsIc2VhcmNoZWQADAZzZWFyY2gADQkIAQBBAQsCAQAKgL0BDoghCAh/AnsWfwF+BH8CewV/AXsjgICAgABBgAJrIgQkgICAgAAgACgCFCEFIAEgACgCGCIGayEHAkAgACgCICIIQYCAAkkNAANAQQAhCQNAIAAgCWoiCkHAL2oiCyAL/QABAP0MAAAAAAAAAAAAAAAAAAAAACIM/ZgB/QwAgACAAIAAgACAAIAAgACAIg39UP0LAQAgCkHQL2oiCyAL/QABACAM/ZgBIA39UP0LAQAgCkHgL2oiCyAL/QABACAM/ZgBIA39UP0LAQAgCkHwL2oiCiAK/QABACAM/ZgBIA39UP0LAQAgCUHAAGoiCUGAgBBHDQALIAhBgIB+aiIIQf//AUsNAAsgACAINgIgCyAFQYICSSEOIAEgAmohDyAHIAhrIRACQAJAIAZFDQAgBkEFaiAPIAdrSw0AIABBwC9qIQggByAQayEKQQAhEUEAIRIgByECA0ACQCAKQYCAAkcNAEEAIQkDQCAAIAlqIgpBwC9qIgsgC/0AAQD9DAAAAAAAAAAAAAAAAAAAAAAiDP2YAf0MAIAAgACAAIAAgACAAIAAgCIN/VD9CwEAIApB0C9qIgsgC/0AAQAgDP2YASAN/VD9CwEAIApB4C9qIgsgC/0AAQAgDP2YASAN/VD9CwEAIApB8C9qIgogCv0AAQAgDP2YASAN/VD9CwEAIAlBwABqIglBgIAQRw0ACyAQQYCAAmohEEEAIQoLIAggEUEBdGogCjsBACAIIApBAXRqQYCADGogCCASQQF0akGAgARqIgkvAQA7AQAgCSAKOwEAIApBAWohCiACKAABIglBvc/W8QFsQRB2IRIgCUH///8HcUG9z9bxAWxBEXYhESACQQFqIQIgBkF/aiIGDQAMAgsLQQAhEkEAIRELIAVBggIgDhshEyAAQcDkKGohFCAAQSRqIRUgAEGkCmohFiAAQcCvEGohFyAAQcAvaiEIQYICIRggAEH0CmohGQNAIAD9DAAAAAAAAAAAAAAAAAAAAAAiDf0LAtQKIAAgDf0LAqQKIAAgDf0LAuQKIAAgDf0LAsQKIAAgDf0LArQKIBlCADcCACAVQQBBgAr8CwAgAEEANgLArxAgACgCECEaIARBAEGAAvwLAEEDIRsCQCAPIAFB4KcSaiAPIAFrQejOEkkbIhwgAWsiCkGABEkNACAKQYAgIApBgCBJGyIKQQNxIQtBACEJAkAgCkF/akEDSQ0AIApB/D9xIQJBACEJA0AgBCABIAlqIgotAABqQQE6AAAgBCAKQQFqLQAAakEBOgAAIAQgCkECai0AAGpBAToAACAEIApBA2otAABqQQE6AAAgAiAJQQRqIglHDQALCwJAIAtFDQAgASAJaiEKA0AgBCAKLQAAakEBOgAAIApBAWohCiALQX9qIgsNAAsLQQAhCQNAIA39DAAAAAAAAAAAAAAAAAAAAAAiDCAEIAlqIgr9AAQA/Q0QAQIDEQUGBxIJCgsTDQ4P/a4BIAwgCkEEav1cAgD9DRABAgMRBQYHEgkKCxMNDg/9rgEgDCAKQQhq/V0DAP0NEAECAxEFBgcSCQoLEw0OD/2uASAMIApBDGr9XAIA/Q0QAQIDEQUGBxIJCgsTDQ4P/a4BIQ0gCUEQaiIJQYACRw0AC0EDIRsgDSANIAz9DQgJCgsMDQ4PAAECAwABAgP9rgEiDCAMIAz9DQQFBgcAAQIDAAECAwABAgP9rgH9GwAiCkHPAEsNACAKQZCJhIAAai0AACEbIBpBD0sNAAJAIBpBBEsNACAbQQQgCkFTakEjSRshGwwBCwJAIBpBCUsNACAbQQUgCkFwakHAAEkbIRsMAQsgG0EHIApBeGpByABJGyEbCyAaQX9qIR0gG0F/aiEeQQAhHyAXISAgASEFA0ACQCAPIAVrIgpBgQJLDQAgEyAKIBMgCkkbIRMgCiEYCwJAIAUgEGsiCkGAgAJHDQBBACEJA0AgACAJaiIKQcAvaiILIAv9AAEA/QwAAAAAAAAAAAAAAAAAAAAAIgz9mAH9DACAAIAAgACAAIAAgACAAIAiDf1Q/QsBACAKQdAvaiILIAv9AAEAIAz9mAEgDf1Q/QsBACAKQeAvaiILIAv9AAEAIAz9mAEgDf1Q/QsBACAKQfAvaiIKIAr9AAEAIAz9mAEgDf1Q/QsBACAJQcAAaiIJQYCAEEcNAAsgEEGAgAJqIRBBACEKCwJAAkAgGEEFSQ0AIApBgIB+aiIJIAcgEEF/c2oiCyAJIAtKGyECIAggEUEBdGoiCy4BACEGIAggEkEBdGpBgIAEaiISLgEAIQkgCyAKOwEAIBIgCjsBACAIIApBAXRqQYCADGogCTsBACAFKAABIgpBvc/W8QFsQRB2IRIgCkH///8HcUG9z9bxAWxBEXYhEQJAAkACQCAeQQNLDQAgAiAGTg0DIAUoAAAhIUEDIQ4gBSELAkAgHkECSw0AIAUgECAGaiIKIAooAAAgIXNB////B3EiChshCyAeQQMgChshDgsgAiAJTg0EIB0hBgJAA0AgBiEKIBAgCcEiCWoiIigAACAhRg0BIAIgCCAJQf//AXFBAXRqQYCADGouAQAiCU4NBiAKQX9qIQYgCg0ADAYLCwJAAkACQAJAIBhBXGoiI0FfTQ0AQQQhDgwBC0EEIQsgBSkABCAiKQAEhSIkQgBSDQFBDCELIAUpAAwgIikADIUiJEIAUg0BQRQhCyAFKQAUICIpABSFIiRCAFINAUEcIQsgBSkAHCAiKQAchSIkQgBSDQFBJCEOCyAQIAlqISUDQAJAIA5BCGoiCyAYTQ0AIA4gGE8NAwNAICUgDmotAAAgBSAOai0AAEcNBCAOQQFqIg4gGEkNAAsgGCEODAMLICUgDmohBiAFIA5qISEgCyEOICEpAAAgBikAAIUiJFANAAsgC0F4aiELCyAkeqdBA3YgC2ohDgsgDiATTw0CIAIgCCAJQf//AXFBAXRqQYCADGouAQAiCU4NAiAKDQEMAgsgHiATTw0CIAIgCU4NAiAYQVxqISMgBSEiIBohCiAeIQ4LIAVBfWohIQNAIApBf2ohCyAhIA5qKAAAIQYCQANAIAshCgJAIBAgCcEiCWoiCyAOakF9aigAACAGRw0AIAsoAAAgBSgAAEYNAgsgAiAIIAlB//8BcUEBdGpBgIAMai4BACIJTg0DIApBf2ohCyAKDQAMAwsLAkACQAJAAkAgI0FfTQ0AQQQhBgwBC0EEIQYgBSkABCALKQAEhSIkQgBSDQFBDCEGIAUpAAwgCykADIUiJEIAUg0BQRQhBiAFKQAUIAspABSFIiRCAFINAUEcIQYgBSkAHCALKQAchSIkQgBSDQFBJCEGCyAQIAlqISYDQAJAIAZBCGoiJSAYTQ0AIAYgGE8NAwNAICYgBmotAAAgBSAGai0AAEcNBCAGQQFqIgYgGEkNAAsgGCEGDAMLICYgBmohJyAFIAZqISggJSEGICgpAAAgJykAAIUiJFANAAsgJUF4aiEGCyAkeqdBA3YgBmohBgsCQCAGIA5NDQAgCyEiIAYhDiAGIBNJDQAgBiEODAQLIAIgCCAJQf//AXFBAXRqQYCADGouAQAiCU4NASAKDQALCyAiIQsMAQsgBSELIB4hDgsCQAJAIA4gG0kNACAFIAtrIQoCQCAOQQNLDQAgCkGAIEsNAQsgDkGAgISAAGotAABBAnQgFWpBhAhqIgkgCSgCAEEBajYCACAAQYACIAprQR12IglBAXQgCkF/aiAJdkGQgoSAAGotAABqIglBAnRqQaQJaiILIAsoAgBBAWo2AgAgFkEkQSAgDkEISxtqIgsgCygCAEEBajYCACAgIAo7AQQgICAJOwEGIBkgGSgCAEEBaiIfNgIAICBBADYCCCAgICAoAgAgDkEXdHI2AgACQCAOQQRqIA8gBUEBaiICa0sNACACIBBrIQogDkF/aiEGA0ACQCAKQYCAAkcNAEEAIQkDQCAAIAlqIgpBwC9qIgsgC/0AAQD9DAAAAAAAAAAAAAAAAAAAAAAiDP2YAf0MAIAAgACAAIAAgACAAIAAgCIN/VD9CwEAIApB0C9qIgsgC/0AAQAgDP2YASAN/VD9CwEAIApB4C9qIgsgC/0AAQAgDP2YASAN/VD9CwEAIApB8C9qIgogCv0AAQAgDP2YASAN/VD9CwEAIAlBwABqIglBgIAQRw0ACyAQQYCAAmohEEEAIQoLIAggEUEBdGogCjsBACAIIApBAXRqQYCADGogCCASQQF0akGAgARqIgkvAQA7AQAgCSAKOwEAIApBAWohCiACKAABIglBvc/W8QFsQRB2IRIgCUH///8HcUG9z9bxAWxBEXYhESACQQFqIQIgBkF/aiIGDQALCyAgQQhqISAgBSAOaiEFDAELIBUgBS0AACIKQQJ0aiIJIAkoAgBBAWo2AgAgFiAKQQV2QQZxIApBAXFyQQJ0aiIKIAooAgBBAWo2AgAgGSAfQQFqIh82AgAgICAgKAIAQQFqNgIAIAVBAWohBQsCQAJAAkAgBSAcTw0AICAgFEkNAQsgBSABayEJDAELIB9BgARJDQEgBSABayIJQYgnSA0BIA8gBWtBiCdIDQECQAJAIAAoAvgKIgoNACAA/QACzAohDCAA/QACpAohDSAAKALwCiEGIAAoAsgKIQ4gACgC7AohIiAAKALECiEhIAD9AALcCiEpIAD9AAK0CiEqIB8hCwwBCyAAKALICiIOIApsIgsgACgC8AoiBiAfbCICayACIAtrIAsgAksbISMgACgCxAoiISAKbCILIAAoAuwKIiIgH2wiAmsgAiALayALIAJLGyElIAD9AAK0CiIq/RsDIApsIgsgAP0AAtwKIin9GwMgH2wiAmsgAiALayALIAJLGyEnICr9GwIgCmwiCyAp/RsCIB9sIgJrIAIgC2sgCyACSxshKCAq/RsBIApsIgsgKf0bASAfbCICayACIAtrIAsgAksbISYgKv0bACAKbCILICn9GwAgH2wiAmsgAiALayALIAJLGyErIAD9AAKkCiIN/RsDIApsIgsgAP0AAswKIgz9GwMgH2wiAmsgAiALayALIAJLGyEsIA39GwIgCmwiCyAM/RsCIB9sIgJrIAIgC2sgCyACSxshLSAN/RsBIApsIgsgDP0bASAfbCICayACIAtrIAsgAksbIS4gDf0bACAKbCILIAz9GwAgH2wiAmsgAiALayALIAJLGyEvIAogH2ohCyAKIB9ByAFsQQl2bCECAkAgCUGPzgBLDQAgC0H/P0sNACACQYDAACALa60gAq1+Qg2Ip2ohAgsgLyAKIAlBDHZsaiAuaiAtaiAsaiAraiAmaiAoaiAnaiAlaiAjaiACTw0BCyAA/QwAAAAAAAAAAAAAAAAAAAAAIjD9CwKkCiAAIDD9CwK0CiAAIAs2AvgKIABCADcCxAogACAqICn9rgH9CwLcCiAAIA0gDP2uAf0LAswKIAAgISAiajYC7AogACAOIAZqNgLwCkEAIR8gGUEANgIADAELCwJAAkAgBSAPRw0AIAAgAyABIAkgFyAALQAcEIOAgIAAIA8hBQwBCyAAIAMgASAJIBdBABCDgICAACAFIQEgAy0AFEUNAQsLIAAgBSAQazYCICAEQYACaiSAgICAAAvZOQgIfwJ7GH8Bfgd/AnsCfwF7I4CAgIAAQYACayIEJICAgIAAIAAoAhQhBSABIAAoAhgiBmshBwJAIAAoAiAiCEGAgAJJDQADQEEAIQkDQCAAIAlqIgpBwC9qIgsgC/0AAQD9DAAAAAAAAAAAAAAAAAAAAAAiDP2YAf0MAIAAgACAAIAAgACAAIAAgCIN/VD9CwEAIApB0C9qIgsgC/0AAQAgDP2YASAN/VD9CwEAIApB4C9qIgsgC/0AAQAgDP2YASAN/VD9CwEAIApB8C9qIgogCv0AAQAgDP2YASAN/VD9CwEAIAlBwABqIglBgIAQRw0ACyAIQYCAfmoiCEH//wFLDQALIAAgCDYCIAsgBUGCAkkhDiABIAJqIQ8gByAIayECAkACQCAGRQ0AIAZBBWogDyAHa0sNACAAQcAvaiEIIAcgAmshCkEAIRBBACERIAchEgNAAkAgCkGAgAJHDQBBACEJA0AgACAJaiIKQcAvaiILIAv9AAEA/QwAAAAAAAAAAAAAAAAAAAAAIgz9mAH9DACAAIAAgACAAIAAgACAAIAiDf1Q/QsBACAKQdAvaiILIAv9AAEAIAz9mAEgDf1Q/QsBACAKQeAvaiILIAv9AAEAIAz9mAEgDf1Q/QsBACAKQfAvaiIKIAr9AAEAIAz9mAEgDf1Q/QsBACAJQcAAaiIJQYCAEEcNAAsgAkGAgAJqIQJBACEKCyAIIBBBAXRqIAo7AQAgCCAKQQF0akGAgAxqIAggEUEBdGpBgIAEaiIJLwEAOwEAIAkgCjsBACAKQQFqIQogEigAASIJQb3P1vEBbEEQdiERIAlB////B3FBvc/W8QFsQRF2IRAgEkEBaiESIAZBf2oiBg0ADAILC0EAIRFBACEQCyAFQYICIA4bIRMgAEHA5ChqIRQgAEEkaiEVIABBpApqIRYgAEHArxBqIRcgAEHAL2ohCEGCAiEYIABB9ApqIRkDQCAA/QwAAAAAAAAAAAAAAAAAAAAAIg39CwLUCiAAIA39CwKkCiAAIA39CwLkCiAAIA39CwLECiAAIA39CwK0CiAZQgA3AgAgFUEAQYAK/AsAIABBADYCwK8QIAAoAhAhGiAEQQBBgAL8CwAgDyABayIKQZDOACAKQZDOAEgbIQZBAyEbAkAgDyABQeCnEmogCkHozhJJGyIcIAFrIgpBgARJDQAgCkGAICAKQYAgSRsiCkEDcSELQQAhCQJAIApBf2pBA0kNACAKQfw/cSESQQAhCQNAIAQgASAJaiIKLQAAakEBOgAAIAQgCkEBai0AAGpBAToAACAEIApBAmotAABqQQE6AAAgBCAKQQNqLQAAakEBOgAAIBIgCUEEaiIJRw0ACwsCQCALRQ0AIAEgCWohCgNAIAQgCi0AAGpBAToAACAKQQFqIQogC0F/aiILDQALC0EAIQkDQCAN/QwAAAAAAAAAAAAAAAAAAAAAIgwgBCAJaiIK/QAEAP0NEAECAxEFBgcSCQoLEw0OD/2uASAMIApBBGr9XAIA/Q0QAQIDEQUGBxIJCgsTDQ4P/a4BIAwgCkEIav1dAwD9DRABAgMRBQYHEgkKCxMNDg/9rgEgDCAKQQxq/VwCAP0NEAECAxEFBgcSCQoLEw0OD/2uASENIAlBEGoiCUGAAkcNAAtBAyEbIA0gDSAM/Q0ICQoLDA0ODwABAgMAAQID/a4BIgwgDCAM/Q0EBQYHAAECAwABAgMAAQID/a4B/RsAIgpBzwBLDQAgCkGQiYSAAGotAAAhGyAaQQ9LDQACQCAaQQRLDQAgG0EEIApBU2pBI0kbIRsMAQsCQCAaQQlLDQAgG0EFIApBcGpBwABJGyEbDAELIBtBByAKQXhqQcgASRshGwsgASAGaiEdIBpBf2ohHiAaQQF2Ih9Bf2ohIEEAISEgFyEiIAEhEgNAAkAgEiAdSQ0AIAD9AAKUCCAA/QAChAggAP0AAvQHIAD9AALkByAA/QAC1AcgAP0AAsQHIAD9AAK0ByAA/QACpAcgAP0AApQHIAD9AAKEByAA/QAC9AYgAP0AAuQGIAD9AALUBiAA/QACxAYgAP0AArQGIAD9AAKkBiAA/QAClAYgAP0AAoQGIAD9AAL0BSAA/QAC5AUgAP0AAtQFIAD9AALEBSAA/QACtAUgAP0AAqQFIAD9AAKUBSAA/QAChAUgAP0AAvQEIAD9AALkBCAA/QAC1AQgAP0AAsQEIAD9AAK0BCAA/QACpAQgAP0AApQEIAD9AAKEBCAA/QAC9AMgAP0AAuQDIAD9AALUAyAA/QACxAMgAP0AArQDIAD9AAKkAyAA/QAClAMgAP0AAoQDIAD9AAL0AiAA/QAC5AIgAP0AAtQCIAD9AALEAiAA/QACtAIgAP0AAqQCIAD9AAKUAiAA/QAChAIgAP0AAvQBIAD9AALkASAA/QAC1AEgAP0AAsQBIAD9AAK0ASAA/QACpAEgAP0AApQBIAD9AAKEASAA/QACdCAA/QACZCAA/QACVCAA/QACRCAA/QACNCAA/QACJP2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uAf2uASIMIAwgDP0NCAkKCwwNDg8AAQIDAAECA/2uASIMIAwgDP0NBAUGBwABAgMAAQIDAAECA/2uAf0bAEEKdv0RIQz9DAAAAAAAAAAAAAAAAAAAAAAhDUEAIQkDQCANIAAgCWoiCkEkav0AAgAgDP08/bEBIApBNGr9AAIAIAz9PP2xASAKQcQAav0AAgAgDP08/bEBIApB1ABq/QACACAM/Tz9sQEhDSAJQcAAaiIJQYAIRw0AC0EDIRsCQCANIA0gDP0NCAkKCwwNDg8AAQIDAAECA/2uASIMIAwgDP0NBAUGBwABAgMAAQIDAAECA/2uAf0bACIKQc8ASw0AIApBkImEgABqLQAAIRsgGkEPSw0AAkAgGkEESw0AIBtBBCAKQVNqQSNJGyEbDAELAkAgGkEJSw0AIBtBBSAKQXBqQcAASRshGwwBCyAbQQcgCkF4akHIAEkbIRsLIB0gDyAdayIKIBIgAWsiCSAKIAlIG2ohHQsCQCAPIBJrIgpBgQJLDQAgEyAKIBMgCkkbIRMgCiEYCwJAIBIgAmsiCkGAgAJHDQBBACEJA0AgACAJaiIKQcAvaiILIAv9AAEA/QwAAAAAAAAAAAAAAAAAAAAAIgz9mAH9DACAAIAAgACAAIAAgACAAIAiDf1Q/QsBACAKQdAvaiILIAv9AAEAIAz9mAEgDf1Q/QsBACAKQeAvaiILIAv9AAEAIAz9mAEgDf1Q/QsBACAKQfAvaiIKIAr9AAEAIAz9mAEgDf1Q/QsBACAJQcAAaiIJQYCAEEcNAAsgAkGAgAJqIQJBACEKCyAbQX9qIQYCQAJAIBhBBU8NACASIQsMAQsgCkGAgH5qIgkgByACQX9zaiILIAkgC0obIQUgCCAQQQF0aiILLgEAISMgCCARQQF0akGAgARqIhEuAQAhCSALIAo7AQAgESAKOwEAIAggCkEBdGpBgIAMaiAJOwEAIBIoAAEiCkG9z9bxAWxBEHYhESAKQf///wdxQb3P1vEBbEERdiEQAkACQAJAIAZBA0sNAAJAIAUgI0gNACASIQsMBAsgEigAACEOQQMhJCASIQsCQCAGQQJLDQAgEiACICNqIgogCigAACAOc0H///8HcSIKGyELIAZBAyAKGyEkCwJAIAUgCUgNACAkIQYMBAsgHiEGAkADQCAGIQogAiAJwSIJaiIjKAAAIA5GDQECQCAFIAggCUH//wFxQQF0akGAgAxqLgEAIglIDQAgJCEGDAYLIApBf2ohBiAKDQALICQhBgwECwJAAkACQAJAIBhBXGoiJUFfTQ0AQQQhBgwBC0EEIQsgEikABCAjKQAEhSImQgBSDQFBDCELIBIpAAwgIykADIUiJkIAUg0BQRQhCyASKQAUICMpABSFIiZCAFINAUEcIQsgEikAHCAjKQAchSImQgBSDQFBJCEGCyACIAlqIScDQAJAIAZBCGoiCyAYTQ0AIAYgGE8NAwNAICcgBmotAAAgEiAGai0AAEcNBCAGQQFqIgYgGEkNAAsgGCEGDAMLICcgBmohDiASIAZqISQgCyEGICQpAAAgDikAAIUiJlANAAsgC0F4aiELCyAmeqdBA3YgC2ohBgsgBiATTw0CIAUgCCAJQf//AXFBAXRqQYCADGouAQAiCU4NAiAKDQEMAgsCQCAGIBNJDQAgEiELDAMLAkAgBSAJSA0AIBIhCwwDCyAYQVxqISUgEiEjIBohCgsgEkF9aiEkA0AgCkF/aiELICQgBmooAAAhDgJAA0AgCyEKAkAgAiAJwSIJaiILIAZqQX1qKAAAIA5HDQAgCygAACASKAAARg0CCyAFIAggCUH//wFxQQF0akGAgAxqLgEAIglODQMgCkF/aiELIAoNAAwDCwsCQAJAAkACQCAlQV9NDQBBBCEODAELQQQhDiASKQAEIAspAASFIiZCAFINAUEMIQ4gEikADCALKQAMhSImQgBSDQFBFCEOIBIpABQgCykAFIUiJkIAUg0BQRwhDiASKQAcIAspAByFIiZCAFINAUEkIQ4LIAIgCWohKANAAkAgDkEIaiInIBhNDQAgDiAYTw0DA0AgKCAOai0AACASIA5qLQAARw0EIA5BAWoiDiAYSQ0ACyAYIQ4MAwsgKCAOaiEpIBIgDmohKiAnIQ4gKikAACApKQAAhSImUA0ACyAnQXhqIQ4LICZ6p0EDdiAOaiEOCwJAIA4gBk0NACALISMgDiEGIA4gE0kNACAOIQYMAwsgBSAIIAlB//8BcUEBdGpBgIAMai4BACIJTg0BIAoNAAsLICMhCwsCQAJAAkAgBiAbSQ0AIBIgC2shJSAGQQNHDQEgJUGBwABJDQELIBUgEi0AACIKQQJ0aiIJIAkoAgBBAWo2AgAgFiAKQQV2QQZxIApBAXFyQQJ0aiIKIAooAgBBAWo2AgAgGSAhQQFqIiE2AgAgIiAiKAIAQQFqNgIAIBJBAWohEgwBCyASQQFqIQUCQCAGIBNPDQADQAJAIA8gBWsiCkGBAksNACATIAogEyAKSRshEyAKIRgLAkAgBSACayIKQYCAAkcNAEEAIQkDQCAAIAlqIgpBwC9qIgsgC/0AAQD9DAAAAAAAAAAAAAAAAAAAAAAiDP2YAf0MAIAAgACAAIAAgACAAIAAgCIN/VD9CwEAIApB0C9qIgsgC/0AAQAgDP2YASAN/VD9CwEAIApB4C9qIgsgC/0AAQAgDP2YASAN/VD9CwEAIApB8C9qIgogCv0AAQAgDP2YASAN/VD9CwEAIAlBwABqIglBgIAQRw0ACyACQYCAAmohAkEAIQoLIAZBf2ohEiAFQQFqISQCQAJAIBhBBU8NACAFIQsMAQsgCkGAgH5qIgkgByACQX9zaiILIAkgC0obIQ4gCCAQQQF0aiILLgEAIScgCCARQQF0akGAgARqIhEuAQAhCSALIAo7AQAgESAKOwEAIAggCkEBdGpBgIAMaiAJOwEAICQoAAAiCkG9z9bxAWxBEHYhESAKQf///wdxQb3P1vEBbEERdiEQAkACQAJAIBJBA0sNAAJAIA4gJ0gNACAFIQsMBAsgBSgAACEjQQMhKSAFIQsCQCASQQJLDQAgBSACICdqIgogCigAACAjc0H///8HcSIKGyELIBJBAyAKGyEpCwJAIA4gCUgNACApIRIMBAsgICESAkADQCASIQogAiAJwSIJaiInKAAAICNGDQECQCAOIAggCUH//wFxQQF0akGAgAxqLgEAIglIDQAgKSESDAYLIApBf2ohEiAKDQALICkhEgwECwJAAkACQAJAIBhBXGoiKkFfTQ0AQQQhEgwBC0EEIQsgBSkABCAnKQAEhSImQgBSDQFBDCELIAUpAAwgJykADIUiJkIAUg0BQRQhCyAFKQAUICcpABSFIiZCAFINAUEcIQsgBSkAHCAnKQAchSImQgBSDQFBJCESCyACIAlqISgDQAJAIBJBCGoiCyAYTQ0AIBIgGE8NAwNAICggEmotAAAgBSASai0AAEcNBCASQQFqIhIgGEkNAAsgGCESDAMLICggEmohIyAFIBJqISkgCyESICkpAAAgIykAAIUiJlANAAsgC0F4aiELCyAmeqdBA3YgC2ohEgsgEiATTw0CIA4gCCAJQf//AXFBAXRqQYCADGouAQAiCU4NAiAKDQEMAgsCQCASIBNJDQAgBSELDAMLAkAgDiAJSA0AIAUhCwwDCyAYQVxqISogBSEnIB8hCgsgBUF9aiEpA0AgCkF/aiELICkgEmooAAAhIwJAA0AgCyEKAkAgAiAJwSIJaiILIBJqQX1qKAAAICNHDQAgCygAACAFKAAARg0CCyAOIAggCUH//wFxQQF0akGAgAxqLgEAIglODQMgCkF/aiELIAoNAAwDCwsCQAJAAkACQCAqQV9NDQBBBCEjDAELQQQhIyAFKQAEIAspAASFIiZCAFINAUEMISMgBSkADCALKQAMhSImQgBSDQFBFCEjIAUpABQgCykAFIUiJkIAUg0BQRwhIyAFKQAcIAspAByFIiZCAFINAUEkISMLIAIgCWohKwNAAkAgI0EIaiIoIBhNDQAgIyAYTw0DA0AgKyAjai0AACAFICNqLQAARw0EICNBAWoiIyAYSQ0ACyAYISMMAwsgKyAjaiEsIAUgI2ohLSAoISMgLSkAACAsKQAAhSImUA0ACyAoQXhqISMLICZ6p0EDdiAjaiEjCwJAICMgEk0NACALIScgIyESICMgE0kNACAjIRIMAwsgDiAIIAlB//8BcUEBdGpBgIAMai4BACIJTg0BIAoNAAsLICchCwsCQCASIAZJDQAgBSALayIJZyAlZ2sgEiAGa0ECdGpBA0gNACAVIAVBf2otAAAiCkECdGoiCyALKAIAQQFqNgIAIBYgCkEFdkEGcSAKQQFxckECdGoiCiAKKAIAQQFqNgIAIBkgIUEBaiIhNgIAICIgIigCAEEBajYCACAJISUgJCEFIBIhBiASIBNPDQIMAQsLIAZBgICEgABqLQAAQQJ0IBVqQYQIaiIKIAooAgBBAWo2AgAgAEGAAiAla0EddiIKQQF0ICVBf2ogCnZBkIKEgABqLQAAaiIKQQJ0akGkCWoiCSAJKAIAQQFqNgIAIBZBJEEgIAZBCEsbaiIJIAkoAgBBAWo2AgAgIiAlOwEEICIgCjsBBiAZIBkoAgBBAWoiITYCACAiQQA2AgggIiAiKAIAIAZBF3RyNgIAIAZBfmohBQJAIAZBA2ogDyAka0sNACAkIAJrIQogJCESIAUhBgNAAkAgCkGAgAJHDQBBACEJA0AgACAJaiIKQcAvaiILIAv9AAEA/QwAAAAAAAAAAAAAAAAAAAAAIgz9mAH9DACAAIAAgACAAIAAgACAAIAiDf1Q/QsBACAKQdAvaiILIAv9AAEAIAz9mAEgDf1Q/QsBACAKQeAvaiILIAv9AAEAIAz9mAEgDf1Q/QsBACAKQfAvaiIKIAr9AAEAIAz9mAEgDf1Q/QsBACAJQcAAaiIJQYCAEEcNAAsgAkGAgAJqIQJBACEKCyAIIBBBAXRqIAo7AQAgCCAKQQF0akGAgAxqIAggEUEBdGpBgIAEaiIJLwEAOwEAIAkgCjsBACAKQQFqIQogEigAASIJQb3P1vEBbEEQdiERIAlB////B3FBvc/W8QFsQRF2IRAgEkEBaiESIAZBf2oiBg0ACwsgIkEIaiEiICQgBWohEgwBCyAGQYCAhIAAai0AAEECdCAVakGECGoiCiAKKAIAQQFqNgIAIABBgAIgJWtBHXYiCkEBdCAlQX9qIAp2QZCChIAAai0AAGoiCkECdGpBpAlqIgkgCSgCAEEBajYCACAWQSRBICAGQQhLG2oiCSAJKAIAQQFqNgIAICIgJTsBBCAiIAo7AQYgGSAZKAIAQQFqIiE2AgAgIkEANgIIICIgIigCACAGQRd0cjYCACAGQX9qIQ4CQCAGQQRqIA8gBWtLDQAgBSACayEKIAUhEiAOIQYDQAJAIApBgIACRw0AQQAhCQNAIAAgCWoiCkHAL2oiCyAL/QABAP0MAAAAAAAAAAAAAAAAAAAAACIM/ZgB/QwAgACAAIAAgACAAIAAgACAIg39UP0LAQAgCkHQL2oiCyAL/QABACAM/ZgBIA39UP0LAQAgCkHgL2oiCyAL/QABACAM/ZgBIA39UP0LAQAgCkHwL2oiCiAK/QABACAM/ZgBIA39UP0LAQAgCUHAAGoiCUGAgBBHDQALIAJBgIACaiECQQAhCgsgCCAQQQF0aiAKOwEAIAggCkEBdGpBgIAMaiAIIBFBAXRqQYCABGoiCS8BADsBACAJIAo7AQAgCkEBaiEKIBIoAAEiCUG9z9bxAWxBEHYhESAJQf///wdxQb3P1vEBbEERdiEQIBJBAWohEiAGQX9qIgYNAAsLICJBCGohIiAFIA5qIRILAkACQAJAIBIgHE8NACAiIBRJDQELIBIgAWshCQwBCyAhQYAESQ0BIBIgAWsiCUGIJ0gNASAPIBJrQYgnSA0BAkACQCAAKAL4CiIKDQAgAP0AAswKIQwgAP0AAqQKIQ0gACgC8AohBSAAKALICiEOIAAoAuwKISMgACgCxAohJCAA/QAC3AohLiAA/QACtAohLyAhIQsMAQsgACgCyAoiDiAKbCILIAAoAvAKIgUgIWwiBmsgBiALayALIAZLGyElIAAoAsQKIiQgCmwiCyAAKALsCiIjICFsIgZrIAYgC2sgCyAGSxshJyAA/QACtAoiL/0bAyAKbCILIAD9AALcCiIu/RsDICFsIgZrIAYgC2sgCyAGSxshKSAv/RsCIApsIgsgLv0bAiAhbCIGayAGIAtrIAsgBksbISogL/0bASAKbCILIC79GwEgIWwiBmsgBiALayALIAZLGyEoIC/9GwAgCmwiCyAu/RsAICFsIgZrIAYgC2sgCyAGSxshLCAA/QACpAoiDf0bAyAKbCILIAD9AALMCiIM/RsDICFsIgZrIAYgC2sgCyAGSxshLSAN/RsCIApsIgsgDP0bAiAhbCIGayAGIAtrIAsgBksbISsgDf0bASAKbCILIAz9GwEgIWwiBmsgBiALayALIAZLGyEwIA39GwAgCmwiCyAM/RsAICFsIgZrIAYgC2sgCyAGSxshMSAKICFqIQsgCiAhQcgBbEEJdmwhBgJAIAlBj84ASw0AIAtB/z9LDQAgBkGAwAAgC2utIAatfkINiKdqIQYLIDEgCiAJQQx2bGogMGogK2ogLWogLGogKGogKmogKWogJ2ogJWogBk8NAQsgAP0MAAAAAAAAAAAAAAAAAAAAACIy/QsCpAogACAy/QsCtAogACALNgL4CiAAQgA3AsQKIAAgLyAu/a4B/QsC3AogACANIAz9rgH9CwLMCiAAICQgI2o2AuwKIAAgDiAFajYC8ApBACEhIBlBADYCAAwBCwsCQAJAIBIgD0cNACAAIAMgASAJIBcgAC0AHBCDgICAACAPIRIMAQsgACADIAEgCSAXQQAQg4CAgAAgEiEBIAMtABRFDQELCyAAIBIgAms2AiAgBEGAAmokgICAgAALrwgDAnsBfwF7IAD9DAIAAAACAAAAAgAAAAIAAAAiAf0LAiQgAEGUCmr9DAEAAAABAAAAAQAAAAEAAAAiAv0LAgAgAEGECmogAv0LAgAgAEH0CWogAv0LAgAgAEHkCWogAv0LAgAgAEHUCWogAv0LAgAgAEHECWogAv0LAgAgAEG0CWogAv0LAgAgAEGkCWoiAyAC/QsCACAAQZQJaiAB/QsCACAAQYQJaiAB/QsCACAAQfQIav0MBAAAAAQAAAAEAAAABAAAACIE/QsCACAAQeQIaiAE/QsCACAAQdQIaiAE/QsCACAAQcQIaiAE/QsCACAAQbQIaiAE/QsCACAAQaQIaiAE/QsCACAAQZQIaiAC/QsCACAAQYQIaiAC/QsCACAAQfQHaiAC/QsCACAAQeQHaiAC/QsCACAAQdQHaiAC/QsCACAAQcQHaiAC/QsCACAAQbQHaiAC/QsCACAAQaQHaiAC/QsCACAAQZQHaiAC/QsCACAAQYQHaiAC/QsCACAAQfQGaiAC/QsCACAAQeQGaiAC/QsCACAAQdQGaiAC/QsCACAAQcQGaiAC/QsCACAAQbQGaiAC/QsCACAAQaQGaiAC/QsCACAAQZQGaiAC/QsCACAAQYQGaiAC/QsCACAAQfQFaiAC/QsCACAAQeQFaiAC/QsCACAAQdQFaiAC/QsCACAAQcQFaiAC/QsCACAAQbQFaiAC/QsCACAAQaQFaiAC/QsCACAAQZQFaiAC/QsCACAAQYQFaiAC/QsCACAAQfQEaiAC/QsCACAAQeQEaiAC/QsCACAAQdQEaiAB/QsCACAAQcQEaiAB/QsCACAAQbQEaiAB/QsCACAAQaQEaiAB/QsCACAAQZQEaiAB/QsCACAAQYQEaiAB/QsCACAAQfQDaiAB/QsCACAAQeQDaiAB/QsCACAAQdQDaiAB/QsCACAAQcQDaiAB/QsCACAAQbQDaiAB/QsCACAAQaQDaiAB/QsCACAAQZQDaiAB/QsCACAAQYQDaiAB/QsCACAAQfQCaiAB/QsCACAAQeQCaiAB/QsCACAAQdQCaiAB/QsCACAAQcQCaiAB/QsCACAAQbQCaiAB/QsCACAAQaQCaiAB/QsCACAAQZQCaiAB/QsCACAAQYQCaiAB/QsCACAAQfQBaiAB/QsCACAAQeQBaiAB/QsCACAAQdQBaiAB/QsCACAAQcQBaiAB/QsCACAAQbQBaiAB/QsCACAAQaQBaiAB/QsCACAAQZQBaiAB/QsCACAAQYQBaiAB/QsCACAAQfQAaiAB/QsCACAAQeQAaiAB/QsCACAAQdQAaiAB/QsCACAAQcQAaiAB/QsCACAAQTRqIAH9CwIAQaACQQ4gAEEkaiAAQbwhaiAAQbwXahCEgICAAEEgQQ8gAyAAQdwjaiAAQbwgahCEgICAAAu2PgkFfwF+CX8BfgV/A3sBfhR7AX4gAEGkCGoiBiAGKAIAQQFqNgIAQaACIQdBoAJBDiAAQSRqIABB/BRqIgggAEH8CmoiCRCEgICAAEEgIQZBIEEPIABBpAlqIABBnBdqIgogAEH8E2oQhICAgAAgASkDACELIAEoAgghDCABKAIQIQ0gASgCDCEOIABBqC9qQaACNgIAIA0gDmshDwJAIABBmxdqLQAAIhANAEGfAiEHIABBnwI2AqgvIABBmhdqLQAADQBBngIhByAAQZ4CNgKoLyAAQZkXai0AAA0AQZ0CIQcgAEGdAjYCqC8gAEGYF2otAAANAEGcAiEHIABBnAI2AqgvIABBlxdqLQAADQBBmwIhByAAQZsCNgKoLyAAQZYXai0AAA0AQZoCIQcgAEGaAjYCqC8gAEGVF2otAAANAEGZAiEHIABBmQI2AqgvIABBlBdqLQAADQBBmAIhByAAQZgCNgKoLyAAQZMXai0AAA0AQZcCIQcgAEGXAjYCqC8gAEGSF2otAAANAEGWAiEHIABBlgI2AqgvIABBkRdqLQAADQBBlQIhByAAQZUCNgKoLyAAQZAXai0AAA0AQZQCIQcgAEGUAjYCqC8gAEGPF2otAAANAEGTAiEHIABBkwI2AqgvIABBjhdqLQAADQBBkgIhByAAQZICNgKoLyAAQY0Xai0AAA0AQZECIQcgAEGRAjYCqC8gAEGMF2otAAANAEGQAiEHIABBkAI2AqgvIABBixdqLQAADQBBjwIhByAAQY8CNgKoLyAAQYoXai0AAA0AQY4CIQcgAEGOAjYCqC8gAEGJF2otAAANAEGNAiEHIABBjQI2AqgvIABBiBdqLQAADQBBjAIhByAAQYwCNgKoLyAAQYcXai0AAA0AQYsCIQcgAEGLAjYCqC8gAEGGF2otAAANAEGKAiEHIABBigI2AqgvIABBhRdqLQAADQBBiQIhByAAQYkCNgKoLyAAQYQXai0AAA0AQYgCIQcgAEGIAjYCqC8gAEGDF2otAAANAEGHAiEHIABBhwI2AqgvIABBghdqLQAADQBBhgIhByAAQYYCNgKoLyAAQYEXai0AAA0AQYUCIQcgAEGFAjYCqC8gAEGAF2otAAANAEGEAiEHIABBhAI2AqgvIABB/xZqLQAADQBBgwIhByAAQYMCNgKoLyAAQf4Wai0AAA0AIABBggJBgQIgAEH9FmotAAAbIgc2AqgvCyAPQQdIIREgAEGsL2pBIDYCAAJAIABBuxdqLQAADQBBHyEGIABBHzYCrC8gAEG6F2otAAANAEEeIQYgAEEeNgKsLyAAQbkXai0AAA0AQR0hBiAAQR02AqwvIABBuBdqLQAADQBBHCEGIABBHDYCrC8gAEG3F2otAAANAEEbIQYgAEEbNgKsLyAAQbYXai0AAA0AQRohBiAAQRo2AqwvIABBtRdqLQAADQBBGSEGIABBGTYCrC8gAEG0F2otAAANAEEYIQYgAEEYNgKsLyAAQbMXai0AAA0AQRchBiAAQRc2AqwvIABBshdqLQAADQBBFiEGIABBFjYCrC8gAEGxF2otAAANAEEVIQYgAEEVNgKsLyAAQbAXai0AAA0AQRQhBiAAQRQ2AqwvIABBrxdqLQAADQBBEyEGIABBEzYCrC8gAEGuF2otAAANAEESIQYgAEESNgKsLyAAQa0Xai0AAA0AQREhBiAAQRE2AqwvIABBrBdqLQAADQBBECEGIABBEDYCrC8gAEGrF2otAAANAEEPIQYgAEEPNgKsLyAAQaoXai0AAA0AQQ4hBiAAQQ42AqwvIABBqRdqLQAADQBBDSEGIABBDTYCrC8gAEGoF2otAAANAEEMIQYgAEEMNgKsLyAAQacXai0AAA0AQQshBiAAQQs2AqwvIABBphdqLQAADQBBCiEGIABBCjYCrC8gAEGlF2otAAANAEEJIQYgAEEJNgKsLyAAQaQXai0AAA0AQQghBiAAQQg2AqwvIABBoxdqLQAADQBBByEGIABBBzYCrC8gAEGiF2otAAANAEEGIQYgAEEGNgKsLyAAQaEXai0AAA0AQQUhBiAAQQU2AqwvIABBoBdqLQAADQBBBCEGIABBBDYCrC8gAEGfF2otAAANAEEDIQYgAEEDNgKsLyAAQZ4Xai0AAA0AIABBAkEBIABBnRdqLQAAGyIGNgKsLwsgD0EHIBEbIQ8gAEH8I2ohEgJAIBANACAIIAdqIAogBvwKAAAgACgCrC8hBiAAKAKoLyEHCyANIA9rIRMgAiADaiEUIAytIRVBACENIBJBAEHMAPwLACAAQf0UaiEWIAcgBmoiF0F/aiEYIABBqCVqIhkhBgNAIAggDWotAAAhDyANIQcCQANAAkAgGCAHRw0AIBghGiAXIRAMAgsgFiAHaiERIAdBAWoiECEHIA8gES0AAEYNAAsgEEF/aiEaCyAQIA1rIQcCQAJAAkAgDw0AAkAgB0ELSQ0AA0AgACAAKALEJEEBajYCxCQgBiAHQXVqIgdB/wAgB0H/AEkbIgdBBXRBEnI2AgAgBkEEaiEGIBAgDSAHakELaiINayIHQQpLDQALCyAHQQNJDQEgACAAKALAJEEBajYCwCQgBiAHQQV0QbF/ajYCACAGQQRqIQYgECENDAILIAdBBEkNACASIA9BAnRqIgcgBygCAEEBajYCACAGIA82AgAgGkF+aiERIA1BAWohDSAGQQRqIQYDQCAAIAAoArwkQQFqNgK8JCAGIBEgDWsiB0EDIAdBA0kbIgdBBXRBEHI2AgAgBkEEaiEGIBAgDSAHakEDaiINa0ECSw0ACwsCQCANIBBHDQAgECENDAELIBIgD0ECdGohBwJAIBogDWsiEUEBakEDcSIQRQ0AA0AgByAHKAIAQQFqNgIAIAYgDzYCACANQQFqIQ0gBkEEaiEGIBBBf2oiEA0ACwsCQCARQQNJDQAgGiANa0EBaiENA0AgByAHKAIAQQFqNgIAIAYgDzYCACAHIAcoAgBBAWo2AgAgBkEEaiAPNgIAIAcgBygCAEEBajYCACAGQQhqIA82AgAgByAHKAIAQQFqNgIAIAZBDGogDzYCACAGQRBqIQYgDUF8aiINDQALCyAaQQFqIQ0LIA0gF0cNAAsgAEG0L2ogBiAZa0ECdTYCAEETIQ9BE0EHIBIgAEGUJWogAEHIJGoQhICAgAACQCAAQaMlai0AAA0AQRIhDyAAQZUlai0AAA0AQREhDyAAQaIlai0AAA0AQRAhDyAAQZYlai0AAA0AQQ8hDyAAQaElai0AAA0AQQ4hDyAAQZclai0AAA0AQQ0hDyAAQaAlai0AAA0AQQwhDyAAQZglai0AAA0AQQshDyAAQZ8lai0AAA0AQQohDyAAQZklai0AAA0AQQkhDyAAQZ4lai0AAA0AQQghDyAAQZolai0AAA0AQQchDyAAQZ0lai0AAA0AQQYhDyAAQZslai0AAA0AQQVBBCAAQZwlai0AABshDwsgACAPNgKwLwJAIAAoAqgvIgZBoAJGDQAgCiAIIAZqIAAoAqwv/AoAACAAKAKwLyEPC/0MAAAAAAAAAAAAAAAAAAAAACIbIABBpiVqLQAAQQdqIAAoAsQkbCAA/QAC/CP9DAAAAAAAAAAAAAAAAAAAAAAiHCAA/QAAlCUiHf0NEAECAxEFBgcSCQoLEw0OD/21ASAAQZwkav0AAgAgHSAc/Q0IERITCRUWFwoZGhsLHR4f/bUB/a4BIABBjCRq/QACACAdIBz9DQQREhMFFRYXBhkaGwcdHh/9tQEgAEGsJGr9AAIAIB0gHP0NDBESEw0VFhcOGRobDx0eH/21Af2uAf2uASIdIB0gHP0NCAkKCwwNDg8AAQIDAAECA/2uASIdIB0gHP0NBAUGBwABAgMAAQIDAAECA/2uAf0bACAPQQNsaiAAQaQlai0AACIHQQJqIAAoArwkbCAAQaUlai0AAEEDaiAAKALAJGxqampBEWr9HAAhHSAAQTRqIQYgB60hHv0MAwAAAAAAAAAAAAAAAAAAACEfQQAhBwNAIAb9AAIAIiBBA/2rASAGQXBq/QACACIhQQP9qwEgH/2uAf2uASEfICAgHCAAIAdqIg1BgBVq/VwAAP0NEAECAxEFBgcSCQoLEw0OD/21ASAhIBwgDUH8FGr9XAAA/Q0QAQIDEQUGBxIJCgsTDQ4P/bUBIB39rgH9rgEhHSAGQSBqIQYgB0EIaiIHQZABRw0ACyAfIB8gHP0NCAkKCwwNDg8AAQIDAAECA/2uASIfIB8gHP0NBAUGBwABAgMAAQIDAAECA/2uASAb/Q0AAQIDFBUWFxgZGhscHR4fIR8gHSAdIBz9DQgJCgsMDQ4PAAECAwABAgP9rgEiHSAdIBz9DQQFBgcAAQIDAAECAwABAgP9rgEgG/0NAAECAxQVFhcYGRobHB0eHyEdIABBkBZqIQZBACEHA0AgACAHaiINQfQEav0AAgAiICAcIAb9XAAA/Q0QAQIDEQUGBxIJCgsTDQ4P/bUBIA1B5ARq/QACACIhIBwgBkF8av1cAAD9DRABAgMRBQYHEgkKCxMNDg/9tQEgHf2uAf2uASEdICD9DAkAAAAJAAAACQAAAAkAAAAiIv21ASAhICL9tQEgH/2uAf2uASEfIAZBCGohBiAHQSBqIgdBwANHDQALAkAgDCAAQbkXai0AAEENaiAAQZgKaigCACIGbCAAQbgXai0AAEENaiAAQZQKaigCACIHbCAcIABBtBdq/VwAAP0NEAECAxEFBgcSCQoLEw0OD/0MCwAAAAsAAAAMAAAADAAAAP2uASAAQYQKav0AAgAiIf21ASAcIABBsBdq/VwAAP0NEAECAxEFBgcSCQoLEw0OD/0MCQAAAAkAAAAKAAAACgAAAP2uASAAQfQJav0AAgAiIv21ASAcIABBrBdq/VwAAP0NEAECAxEFBgcSCQoLEw0OD/0MBwAAAAcAAAAIAAAACAAAAP2uASAAQeQJav0AAgAiI/21ASAcIABBqBdq/VwAAP0NEAECAxEFBgcSCQoLEw0OD/0MBQAAAAUAAAAGAAAABgAAAP2uASAAQdQJav0AAgAiJP21ASAcIABBpBdq/VwAAP0NEAECAxEFBgcSCQoLEw0OD/0MAwAAAAMAAAAEAAAABAAAAP2uASAAQcQJav0AAgAiJf21ASAcIABBoBdq/VwAAP0NEAECAxEFBgcSCQoLEw0OD/0MAQAAAAEAAAACAAAAAgAAAP2uASAAQbQJav0AAgAiJv21ASAAQaQJav0AAgAiJyAcIABBnBdq/VwAAP0NEAECAxEFBgcSCQoLEw0OD/21ASAbIABBmAlqKAIAIg0gAEGZF2otAABsIBwgAEGVF2r9XAAA/Q0QAQIDEQUGBxIJCgsTDQ4P/QwFAAAABQAAAAUAAAAFAAAAIiD9rgEgAEGICWr9AAIAIij9tQEgHCAAQZEXav1cAAD9DRABAgMRBQYHEgkKCxMNDg/9DAQAAAAEAAAABAAAAAQAAAAiKf2uASAAQfgIav0AAgAiKv21ASAcIABBjRdq/VwAAP0NEAECAxEFBgcSCQoLEw0OD/0MAwAAAAMAAAADAAAAAwAAACIr/a4BIABB6Ahq/QACACIs/bUBIBwgAEGJF2r9XAAA/Q0QAQIDEQUGBxIJCgsTDQ4P/QwCAAAAAgAAAAIAAAACAAAAIi39rgEgAEHYCGr9AAIAIi79tQEgHCAAQYUXav1cAAD9DRABAgMRBQYHEgkKCxMNDg/9DAEAAAABAAAAAQAAAAEAAAAiL/2uASAAQcgIav0AAgAiMP21ASAAQbgIav0AAgAiMSAcIABBgRdq/VwAAP0NEAECAxEFBgcSCQoLEw0OD/21ASAAQagIav0AAgAiMiAcIABB/RZq/VwAAP0NEAECAxEFBgcSCQoLEw0OD/21ASAbIB0gHSAc/Q0ICQoLDA0ODwABAgMAAQID/a4BIh0gHSAc/Q0EBQYHAAECAwABAgMAAQID/a4B/RsAIABB/BZqLQAAav0cAP2uAf2uAf2uAf2uAf2uAf2uAf2uASIdIB0gHP0NCAkKCwwNDg8AAQIDAAECA/2uASIdIB0gHP0NBAUGBwABAgMAAQIDAAECA/2uAf0bAGr9HAD9rgH9rgH9rgH9rgH9rgH9rgH9rgEiHSAdIBz9DQgJCgsMDQ4PAAECAwABAgP9rgEiHSAdIBz9DQQFBgcAAQIDAAECAwABAgP9rgH9GwBqaiIQIAZBEmwgB0ESbCAh/QwQAAAAEAAAABEAAAARAAAA/bUBICL9DA4AAAAOAAAADwAAAA8AAAD9tQEgI/0MDAAAAAwAAAANAAAADQAAAP21ASAk/QwKAAAACgAAAAsAAAALAAAA/bUBICX9DAgAAAAIAAAACQAAAAkAAAD9tQEgJv0MBgAAAAYAAAAHAAAABwAAAP21ASAnICD9tQEgGyANIABB2SNqLQAAbCAcIABB1SNq/VwAAP0NEAECAxEFBgcSCQoLEw0ODyAg/a4BICj9tQEgHCAAQdEjav1cAAD9DRABAgMRBQYHEgkKCxMNDg8gKf2uASAq/bUBIBwgAEHNI2r9XAAA/Q0QAQIDEQUGBxIJCgsTDQ4PICv9rgEgLP21ASAcIABBySNq/VwAAP0NEAECAxEFBgcSCQoLEw0ODyAt/a4BIC79tQEgHCAAQcUjav1cAAD9DRABAgMRBQYHEgkKCxMNDg8gL/2uASAw/bUBIDEgHCAAQcEjav1cAAD9DRABAgMRBQYHEgkKCxMNDg/9tQEgMiAcIABBvSNq/VwAAP0NEAECAxEFBgcSCQoLEw0OD/21ASAbIB8gHyAc/Q0ICQoLDA0ODwABAgMAAQID/a4BIhwgHCAc/Q0EBQYHAAECAwABAgMAAQID/a4B/RsAQQdq/RwA/a4B/a4B/a4B/a4B/a4B/a4B/a4BIhwgHCAc/Q0ICQoLDA0ODwABAgMAAQID/a4BIhwgHCAc/Q0EBQYHAAECAwABAgMAAQID/a4B/RsAav0cAP2uAf2uAf2uAf2uAf2uAf2uAf2uASIcIBwgHP0NCAkKCwwNDg8AAQIDAAECA/2uASIcIBwgHP0NBAUGBwABAgMAAQIDAAECA/2uAf0bAGpqIgcgA0EDdCADQf7/A2pB//8DbkEobGpBBSAMa0EHcXJBe2oiBiAHIAZJGyINIBAgDUkbIg1qQQdqQQN2IAEoAhAgDmtNDQAgAUEBOgAUDwsCQAJAIA0gBkcNACAOIAsgA0GAgARJIgYgBXEgDHSthDwAACADQf//AyAGGyEGAkACQCAMQQZPDQAgDkEBaiEHDAELIA5BADoAASAOQQJqIQcLIAcgBjsAACAHIAZBf3M7AAIgB0EEaiIHIAIgBvwKAAAgByAGaiEOQgAhC0EAIQ8gBiADRg0BIAIgBmohBwNAIA4gFCAHayIGQf//AyAGQYCABEkiDRsiBjsAASAOIA0gBXE6AAAgDiAGQX9zOwADIA5BBWoiDSAHIAb8CgAAIA0gBmohDiAHIAZqIgcgFEcNAAwCCwsgBa0gFYYhFSAMQQFqrSEzAkACQCANIAdHDQAgDEEDaiEHIABBvBdqIQkgC0IBIDOGhCAVhCELAkACQCAOIBNJDQACQCAHQQhPDQAgByEGDAQLAkAgDEF7aiINQQN2QQFqQQNxIgZFDQADQCAOIAs8AAAgC0IIiCELIAdBeGohByAOQQFqIQ4gBkF/aiIGDQALCyANQRhPDQEgByEGDAMLIA4gCzcAACAHQQdxIQYgDiAHQQN2aiEOIAsgB0F4ca2IIQsMAgsDQCAOIAs+AAAgC0IgiCELIA5BBGohDiAHQWBqIgdBB0sNAAsgByEGDAELQgIgM4YgD0F8aq0gDEENaq2GhCAeIAxBEWqthoQgACgCqC9B/31qrSAMQQNqrYaEIAAoAqwvQX9qrSAMQQhqrYaEIAuEIBWEIQsgDEEUaiEQIAAoArQvIRECQAJAIA4gE0kNACAQQQhJDQECQCAMQQxqIgdBA3ZBAWpBA3EiBkUNAANAIA4gCzwAACALQgiIIQsgEEF4aiEQIA5BAWohDiAGQX9qIgYNAAsLIAdBGEkNAQNAIA4gCz4AACALQiCIIQsgDkEEaiEOIBBBYGoiEEEHSw0ADAILCyAOIAs3AAAgDiAQQQN2aiEOIAsgEEF4ca2IIQsgEEEHcSEQC0EBIQYgD0ECIA9BAksbIgdBf2oiDUEBcSEYIAdBA2whFgJAAkAgD0EDTw0AIBAhBwwBC0EAIA1BfnFrIQ8gAEGUJWohDUEBIQYgECEHA0AgDSAGQfGGhIAAai0AAGoxAAAgB0EDaq2GIA0gBkHwhoSAAGotAABqMQAAIAethiALhIQhCyAHQQZqIQcgDyAGQQJqIgZqQQFHDQALCyAQIBZqIQ0CQCAYRQ0AIAAgBkHwhoSAAGotAABqQZQlajEAACAHrYYgC4QhCwsgDUF9aiEGAkACQCAOIBNJDQAgBkEISQ0BAkAgDUF1aiINQQN2QQFqQQNxIgdFDQADQCAOIAs8AAAgC0IIiCELIAZBeGohBiAOQQFqIQ4gB0F/aiIHDQALCyANQRhJDQEDQCAOIAs+AAAgC0IgiCELIA5BBGohDiAGQWBqIgZBB0sNAAwCCwsgDiALNwAAIA4gBkEDdmohDiALIAZBeHGtiCELIAZBB3EhBgsgEUEBIBFBAUsbIRZBACENIABB/CNqIQ8DQCAGIA8gDyANQQJ0akGsAWooAgAiEUEfcSIQakGYAWotAABqIhggEEGQhoSAAGotAABqIQcgDyAQQQJ0akHMAGo1AgAgBq2GIAuEIBFBBXatIBithoQhCwJAAkAgDiATSQ0AIAchBiAHQQhJDQEDQCAOIAs8AAAgC0IIiCELIA5BAWohDiAGQXhqIgZBB0sNAAwCCwsgDiALNwAAIAdBB3EhBiAOIAdBA3ZqIQ4gCyAHQXhxrYghCwsgDUEBaiINIBZHDQALCyAAQYgsaiEWIAlBgApqIQdBiCQhD0GLLCENA0AgACAPaiANIA1B+NODgABqLQAAIhBBAnRBkIiEgABqKAIAa0H4U2ogByAQQYECaiIRaiIYLQAAdCAJIBFBAnRqKAIAcjYCACAAIA1qIBBBsIaEgABqLQAAIBgtAABqOgAAIA1BAWohDSAPQQRqIg9BiCxHDQALA0ACQCAEKAIAIhBB////A3EiDUEESQ0AA0AgCSACLQAAIg9BAnRqNQIAIAathiALhCAJIAItAAEiAEECdGo1AgAgBiAHIA9qLQAAaiIGrYaEIAkgAi0AAiIPQQJ0ajUCACAGIAcgAGotAABqIgathoQgCSACLQADIgBBAnRqNQIAIAYgByAPai0AAGoiBq2GhCELIAYgByAAai0AAGohBgJAAkAgDiATSQ0AIAZBCEkNAQNAIA4gCzwAACALQgiIIQsgDkEBaiEOIAZBeGoiBkEHSw0ADAILCyAOIAs3AAAgDiAGQQN2aiEOIAsgBkF4ca2IIQsgBkEHcSEGCyACQQRqIQIgDUF8aiINQQNLDQALCwJAAkAgDQ0AIAIhAAwBCyAGIAcgAi0AACIAai0AAGohDyAJIABBAnRqNQIAIAathiALhCELAkACQCANQQFHDQAgAkEBaiEADAELIA8gByACLQABIgBqLQAAaiEGIAkgAEECdGo1AgAgD62GIAuEIQsCQCANQQJHDQAgAkECaiEAIAYhDwwBCyACQQNqIQAgBiAHIAItAAIiDWotAABqIQ8gCSANQQJ0ajUCACAGrYYgC4QhCwsCQCAOIBNJDQACQCAPQQhJDQACQCAPQXhqIg1BA3ZBAWpBA3EiBkUNAANAIA4gCzwAACALQgiIIQsgD0F4aiEPIA5BAWohDiAGQX9qIgYNAAsLIA1BGEkNAANAIA4gCz4AACALQiCIIQsgDkEEaiEOIA9BYGoiD0EHSw0ACwsgDyEGDAELIA4gCzcAACAPQQdxIQYgDiAPQQN2aiEOIAsgD0F4ca2IIQsLAkACQAJAAkAgEEGAgIAESQ0AIBIgEEEXdiINQQJ0ajUCACAGrYYgCSAELwEGIg9BAnQiEGpBgAlqNQIAIAYgFiANai0AAGoiBq2GhCAELwEEIBBBkIeEgABqKAIAa60gBiAJIA9qQaAMai0AAGoiBq2GhCALhCELIAYgD0HQhoSAAGotAABqIQYgDiATSQ0BIAZBCEkNAwNAIA4gCzwAACALQgiIIQsgDkEBaiEOIAZBeGoiBkEHSw0ADAQLCyAGIAlBgAxqLQAAIgdqIQ8gCTUCgAggBq2GIAuEIQsgDiATSQ0BIA9BCEkNBAJAIAYgB2pBeGoiB0EDdkEBakEDcSIGRQ0AA0AgDiALPAAAIAtCCIghCyAPQXhqIQ8gDkEBaiEOIAZBf2oiBg0ACwsgB0EYSQ0EA0AgDiALPgAAIAtCIIghCyAOQQRqIQ4gD0FgaiIPQQdLDQAMBQsLIA4gCzcAACAOIAZBA3ZqIQ4gCyAGQXhxrYghCyAGQQdxIQYMAQsgDiALNwAAIA4gD0EDdmohDiALIA9BeHGtiCELIA9BB3EhDwwCCyAEQQhqIQQgACANaiECDAALCyABIA42AgwgASAPNgIIIAEgCzcDAAu2EwEOfyOAgICAAEHACWsiBSSAgICAAEEAIQYgBUHAAGpBACAAQQJ0Igf8CwACQAJAIAANAEF/IQgMAQsgAEEBcSEJAkACQCAAQX9qIggNAEEAIQoMAQsgAEF+cSELQQAhCiACIQwDQCAFQcAAaiAMKAIAIg0gCCANIAhJG0ECdGoiDSANKAIAQQFqNgIAIAVBwABqIAxBBGooAgAiDSAIIA0gCEkbQQJ0aiINIA0oAgBBAWo2AgAgDEEIaiEMIAsgCkECaiIKRw0ACwsCQCAJRQ0AIAVBwABqIAIgCkECdGooAgAiDCAIIAwgCEkbQQJ0aiIMIAwoAgBBAWo2AgALQQAhBgJAIABBAkkNACAIQQNxIQoCQAJAIABBfmpBA08NAEEAIQZBASEMDAELIAhBfHEhDiAFQcAAakEQaiEMQQAhBkEAIQ0DQCAMQXRqIgsoAgAhCSALIAY2AgAgDEF4aiILKAIAIQ8gCyAJIAZqIgk2AgAgDEF8aiILKAIAIQYgCyAPIAlqIgk2AgAgDCgCACELIAwgBiAJaiIJNgIAIAsgCWohBiAMQRBqIQwgDiANQQRqIg1HDQALIA1BAWohDAsgCkUNACAFQcAAaiAMQQJ0aiEMA0AgDCgCACENIAwgBjYCACAMQQRqIQwgDSAGaiEGIApBf2oiCg0ACwtBACEMA0ACQAJAIAIoAgAiCkUNACAFQcAAaiAKIAggCiAISRtBAnRqIg0gDSgCACINQQFqNgIAIAQgDUECdGogCkEKdCAMcjYCAAwBCyADIAxqQQA6AAALIAJBBGohAiAAIAxBAWoiDEcNAAsLAkAgBUHAAGogCEECdGooAgAgByAFQcAAampBeGooAgAiCGsiCkECSQ0AIAQgCEECdGoiD0F8aiEIIApBAXYhCQNAIAggCUECdGooAgAhCyAJIQICQCAJQQF0IgwgCksNACAJIQ0DQAJAAkAgDCAKSQ0AIAwhAgwBCyAMQQFyIgIgDCAIIAJBAnRqKAIAIAggDEECdGooAgBLGyECCwJAIAsgCCACQQJ0aigCACIMSQ0AIA0hAgwCCyAIIA1BAnRqIAw2AgAgAiENIAJBAXQiDCAKTQ0ACwsgCCACQQJ0aiALNgIAIAlBf2oiCQ0ACyAKQQJJDQAgCCAKQQJ0aiICKAIAIQsgAiAPKAIANgIAIA8gCzYCACAKQQJGDQADQCAKQX9qIQpBAiEMQQEhDQNAAkACQCAMIApJDQAgDCECDAELIAxBAXIiAiAMIAggAkECdGooAgAgCCAMQQJ0aigCAEsbIQILAkACQCALIAggAkECdGooAgAiDEkNACANIQIMAQsgCCANQQJ0aiAMNgIAIAIhDSACQQF0IgwgCk0NAQsLIAggAkECdGogCzYCACAIIApBAnRqIgIoAgAhCyACIA8oAgA2AgAgDyALNgIAIApBAkcNAAsLAkACQCAGQQFLDQACQAJAIAZFDQAgBCgCAEH/B3EiCA0BC0EBIQgLIARBADYCACADQQE6AAAgBCAIQQJ0akEBNgIAIAMgCGpBAToAAAwBCyAGQX9qIQtBACENIAQhCEEAIQJBACEMQQAhCgNAAkACQCACQQFqIg8gC0sNACAEIA9BAnRqKAIAQYB4cSEJAkAgCiAMRg0AIAkgBCAMQQJ0aigCAEGAeHFLDQELIAQgAkECdGooAgBBgHhxIAlqIQkgAkECaiECDAELAkACQCAMQQJqIgcgCk0NACAMQQFqIQ4gBCACQQJ0aigCAEGAeHEhCQwBCyAEIAxBAWoiDkECdGoiECgCACIRQYB4cSESAkAgAiALSw0AIBIgBCACQQJ0aigCAEGAeHEiCU8NAQsgECANIBFB/wdxajYCACAEIAxBAnRqIgwgDSAMKAIAIgxB/wdxajYCACAMQYB4cSASaiEJIAchDAwBCyAEIAxBAnRqIgIgDSACKAIAIgJB/wdxajYCACACQYB4cSAJaiEJIA8hAiAOIQwLIAggCCgCAEH/B3EgCXI2AgAgCEEEaiEIIA1BgAhqIQ0gCyAKQQFqIgpHDQALQQAhDAJAAkAgAUEBaiIKQQRJDQAgBSEIIApBfHEiDCECA0AgCP0MAAAAAAAAAAAAAAAAAAAAAP0LBAAgCEEQaiEIIAJBfGoiAg0ACyAKIAxGDQELIAEgDGtBAWohAiAFIAxBAnRqIQgDQCAIQQA2AgAgCEEEaiEIIAJBf2oiAg0ACwsgBUECNgIEIAZBAnQgBGpBeGoiCCAIKAIAQf8HcTYCAAJAIAZBfWoiCkEASA0AIAFBAnQgBWpBfGohCwNAIAQgCkECdGoiCCAEIAgoAgAiCEEIdkH8//8HcWooAgBBCnZBAWoiDUEKdCAIQf8HcXI2AgAgCyEIIAEhAgJAAkAgDSABTw0AIAUgDUECdGooAgAhDCANIQIMAQsDQCACQX9qIQIgCCgCACEMIAhBfGohCCAMRQ0ACwsgBSACQQJ0aiIIIAxBf2o2AgAgCEEEaiIIIAgoAgBBAmo2AgAgCkF/aiIKQX9KDQALCwJAAkAgAUUNAEEAIQwgASECA0ACQCAFIAJBAnRqKAIAIgtFDQACQAJAIAtBA3EiDQ0AIAshCgwBCyAEIAxBAnRqIQggCyEKA0AgAyAIKAIAQf8HcWogAjoAACAIQQRqIQggDEEBaiEMIApBf2ohCiANQX9qIg0NAAsLIAtBBEkNACAEIAxBAnRqIQgDQCADIAgoAgBB/wdxaiACOgAAIAMgCEEEaigCAEH/B3FqIAI6AAAgAyAIQQhqKAIAQf8HcWogAjoAACADIAhBDGooAgBB/wdxaiACOgAAIAhBEGohCCAMQQRqIQwgCkF8aiIKDQALCyACQX9qIgINAAsgBUIANwNAQQIhCCABQQJJDQEgAUF/aiICQQFxIQtBACEMAkAgAUECRg0AIAJBfnEhDSAFQQhyIQggBUHAAGpBDHIhAkEAIQxBACEKA0AgAkF8aiAIQXxqKAIAIAxqQQF0Igw2AgAgAiAIKAIAIAxqQQF0Igw2AgAgCEEIaiEIIAJBCGohAiANIApBAmoiCkcNAAsgCkECaiEICyALRQ0BIAVBwABqIAhBAnQiCGogCCAFakF8aigCACAMakEBdDYCAAwBCyAFQgA3A0ALIABFDQADQCAFQcAAaiADLQAAIgJBAnRqIgggCCgCACIIQQFqNgIAIAQgCEH/AXFBkISEgABqLQAAQQh0IAhBCHZBkISEgABqLQAAckEQIAJrdjYCACADQQFqIQMgBEEEaiEEIABBf2oiAA0ACwsgBUHACWokgICAgAALCABBgIqEgAALCABBwIrGgAALvQECAX8Be0EAIQBBAEEnNgKMi4qBAEGAi4qBABCCgICAAANAIABBsLuKgQBq/QwAgACAAIAAgACAAIAAgACAIgH9CwQAIABBoLuKgQBqIAH9CwQAIABBkLuKgQBqIAH9CwQAIABBgLuKgQBqIAH9CwQAIABB8LqKgQBqIAH9CwQAIABB4LqKgQBqIAH9CwQAIABB0LqKgQBqIAH9CwQAIABBwLqKgQBqIAH9CwQAIABBgAFqIgBBgIAMRw0ACwswAEEAIAI2ApSLioEAQQAgATYCkIuKgQBBAEGBgICAAEGCgICAACAAGzYCgIuKgQAL0wIBAn8jgICAgABBIGsiBiSAgICAAEEAIQcgBkEAOgAcIAZBADYCECAGQgA3AwggBiAEQcCKxoAAaiIENgIUIAYgBCAFajYCGAJAQQAoAoyLioEAIAFPDQBBACEHQQAgAjYCmIuKgQBBACADQQBHOgCci4qBAEGAi4qBACAAQYCKhIAAaiABIAZBCGpBACgCgIuKgQARgICAgAAAIAYtABwNAAJAAkAgAw0AIAYoAhggBigCFCIBa0EGSA0CIAYgAUEBajYCFCABIAYpAwg8AAACQCAGKAIQQQZJDQAgBiAGKAIUIgdBAWo2AhQgB0EAOgAACyAGKAIUQQA7AAAgBigCFEH//wM7AAIgBiAGKAIUQQRqNgIUDAELIAYoAhBFDQAgBiAGKAIUIgdBAWo2AhQgByAGKQMIPAAACyAGKAIUIARrIQcLIAZBIGokgICAgAAgBwsIAEHg77KBAAsIAEHA8LKBAAsLAEEAKALA8LOBAAuCAwQGewJ/AnsCfwJAIAAgAUkNAEEAIAA2AsDws4EAQQAPC0EA/QAEsPCygQAhAkEA/QAEoPCygQAhA0EA/QAEkPCygQAhBEEA/QAEgPCygQAhBUEA/QAE8O+ygQAhBkEA/QAE4O+ygQAhB0EAIQgDQAJAIAZBgIqEgAAgAGoiCf0AAAAiCkEE/W39DiAHIAr9DA8PDw8PDw8PDw8PDw8PDw8iC/1O/Q79TiAFIAn9AAABIgogC/1O/Q79TiAEIApBBP1t/Q79TiADIAn9AAACIgogC/1O/Q79TiACIApBBP1t/Q79TiIL/VNFDQAgC/0MAAAAAAAAAAAAAAAAAAAAAP0j/WRB//8DcyIJRQ0AIAlpIgwgCGohDSAMQQFqIQwgCEECdEHA8LKBAGohCANAIAggCWggAGo2AgAgCEEEaiEIIAlBf2ogCXEhCSAMQX9qIgxBAUsNAAsgDSEICwJAIABBEGoiACABTw0AIAhB8R9JDQELC0EAIAA2AsDws4EAIAgLC+kJAQBBgIAEC+AJAAAAAAECAwQFBgcICAkJCgoLCwwMDAwNDQ0NDg4ODg8PDw8QEBAQEBAQEBEREREREREREhISEhISEhITExMTExMTExQUFBQUFBQUFBQUFBQUFBQVFRUVFRUVFRUVFRUVFRUVFhYWFhYWFhYWFhYWFhYWFhcXFxcXFxcXFxcXFxcXFxcYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBgYGBkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGRkZGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhoaGhobGxsbGxsbGxsbGxsbGxsbGxsbGxsbGxsbGxsbGxsbHAAAAAAAAAAAAAAAAAAAAQIDBAQFBQYGBgYHBwcHCAgICAgICAgJCQkJCQkJCQoKCgoKCgoKCgoKCgoKCgoLCwsLCwsLCwsLCwsLCwsLDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwNDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ0NDQ4ODg4ODg4ODg4ODg4ODg4ODg4ODg4ODg4ODg4ODg4ODg4ODg4ODg4ODg4ODg4ODg4ODg4ODg4ODg4ODg4ODg4PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PDw8PAIBAwCCgYOAQkFDQMLBw8AiISMgoqGjoGJhY2Di4ePgEhETEJKRk5BSUVNQ0tHT0DIxMzCysbOwcnFzcPLx8/AKCQsIiomLiEpJS0jKycvIKikrKKqpq6hqaWto6unr6BoZGxiamZuYWllbWNrZ29g6OTs4urm7uHp5e3j6+fv4BgUHBIaFh4RGRUdExsXHxCYlJySmpaekZmVnZObl5+QWFRcUlpWXlFZVV1TW1dfUNjU3NLa1t7R2dXd09vX39A4NDwyOjY+MTk1PTM7Nz8wuLS8srq2vrG5tb2zu7e/sHh0fHJ6dn5xeXV9c3t3f3D49Pzy+vb+8fn1/fP79//wAAAAAAAAAAAAAAAAAAAAACAwcAAAAAAAAAAAAAAAAAAAAAAAAAAAABAQEBAgICAgMDAwMEBAQEBQUFBQAAAAAAAAAAAQECAgMDBAQFBQYGBwcICAkJCgoLCwwMDQ0AABAREgAIBwkGCgULBAwDDQIOAQ8AAAAAAAAAAAAAAAAAAQAAAAIAAAADAAAABAAAAAUAAAAHAAAACQAAAA0AAAARAAAAGQAAACEAAAAxAAAAQQAAAGEAAACBAAAAwQAAAAEBAACBAQAAAQIAAAEDAAABBAAAAQYAAAEIAAABDAAAARAAAAEYAAABIAAAATAAAAFAAAABYAAAAAAAAAAAAAADAAAABAAAAAUAAAAGAAAABwAAAAgAAAAJAAAACgAAAAsAAAANAAAADwAAABEAAAATAAAAFwAAABsAAAAfAAAAIwAAACsAAAAzAAAAOwAAAEMAAABTAAAAYwAAAHMAAACDAAAAowAAAMMAAADjAAAAAgEAAAAAAAAAAAAAAAAAAAkJCQkJCQgIBwcGBgYGBgYFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE';

;// CONCATENATED MODULE: ./.build/build-layers/archive/deflate.js




const pieceBytes = 1024 * 1024;
const dictionaryBytes = 32 * 1024;
const dataOffset = dictionaryBytes;
const inputBytes = dataOffset + pieceBytes;
const outputBytes = pieceBytes + 64 * 1024;
const textEffort = [1, 24, 48];
const machineCodeEffort = [0, 24, 48];
const shortEffort = [0, 16, 30];
const shortBytes = 8 * 1024;
function newDeflater(host = globalThis) {
    if (host.WebAssembly === undefined)
        return zlibDeflater();
    try {
        return libdeflateDeflater(host.WebAssembly);
    }
    catch (thrown) {
        if (thrown instanceof Error && thrown.name === 'RangeError')
            return zlibDeflater();
        throw thrown;
    }
}
function libdeflateDeflater({ Module, Instance }) {
    const wasm = new Instance(new Module(Buffer.from(libdeflateWasm, 'base64')), {}).exports;
    wasm.start();
    let effort;
    const input = Buffer.from(wasm.memory.buffer, wasm.input(), inputBytes);
    return {
        input,
        output: Buffer.from(wasm.memory.buffer, wasm.output(), outputBytes),
        deflate(piece, to) {
            const { at, dataBytes, beforeBytes, last } = piece;
            const wanted = effortFor(piece);
            if (effort !== wanted)
                wasm.effort(...(effort = wanted));
            return wasm.compress(at, dataBytes, beforeBytes, last ? 1 : 0, to, Math.max(0, dataBytes - 1));
        },
        searchFor: anchors => searchIn(wasm, input, anchors)
    };
}
function searchIn(wasm, input, anchors) {
    const { tables, collect } = anchorTables(anchors);
    const usedTables = new Uint8Array(wasm.memory.buffer, wasm.tables(), tables.byteLength);
    const places = new Uint32Array(wasm.memory.buffer, wasm.places(), mostPlaces);
    return text => {
        const start = text.byteOffset - input.byteOffset;
        if (text.buffer !== input.buffer || start < 0)
            throw new Error('the text is not in the input');
        usedTables.set(tables);
        const hits = [];
        for (let at = start, end = start + text.byteLength; at < end; at = wasm.searched()) {
            const count = wasm.search(at, end);
            for (let index = 0; index < count; index++)
                collect(text, places[index] - start, hits);
        }
        return hits;
    };
}
const mostPlaces = 4096;
function effortFor({ machineCode, last, beforeBytes, dataBytes }) {
    if (machineCode)
        return machineCodeEffort;
    return last && beforeBytes === 0 && dataBytes <= shortBytes ? shortEffort : textEffort;
}
function zlibDeflater() {
    const input = Buffer.alloc(inputBytes);
    const output = Buffer.alloc(outputBytes);
    return {
        input,
        output,
        deflate({ at, dataBytes, beforeBytes, last }, to) {
            const deflated = (0,external_node_zlib_.deflateRawSync)(input.subarray(at, at + dataBytes), {
                level: 6,
                finishFlush: last ? external_node_zlib_.constants.Z_FINISH : external_node_zlib_.constants.Z_SYNC_FLUSH,
                ...(beforeBytes === 0 ? {} : { dictionary: input.subarray(at - beforeBytes, at) })
            });
            return deflated.byteLength < dataBytes ? deflated.copy(output, to) : 0;
        },
        searchFor: anchorSearch
    };
}

;// CONCATENATED MODULE: ./.build/build-layers/machine-error.js

const mends = {
    ENOSPC: 'free space on the disk',
    EDQUOT: 'free space on the disk',
    EFBIG: 'free space on the disk, or raise the size that a file may have (ulimit -f)',
    EMFILE: 'raise the number of files that may be open (ulimit -n), or build fewer layers at once with the input layers',
    ENFILE: 'raise the number of files that may be open on this machine',
    EROFS: 'let the runner have a temporary folder that can be written to (RUNNER_TEMP)'
};
const otherwise = 'make the files readable and the scratch folder writable';
function machineError(thrown, what) {
    if (typeof thrown !== 'object' || thrown === null || thrown instanceof errors/* CodedError */.AK)
        return thrown;
    const { code, syscall, message = '' } = thrown;
    const startsNoWorker = code === 'ERR_WORKER_INIT_FAILED';
    if (code === undefined || (syscall === undefined && !startsNoWorker))
        return thrown;
    const known = startsNoWorker ? (/\bE[A-Z]+\b/.exec(message)?.[0] ?? '') : code;
    const finding = { expected: what, found: message, mend: mends[known] ?? otherwise };
    return new errors/* CodedError */.AK('BUILD_FAILED', finding, { cause: thrown });
}

;// CONCATENATED MODULE: ./.build/build-layers/archive/read-unchanged.js



function fingerprintOf({ dev, ino, size, ctimeMs }) {
    return `${dev}:${ino}:${size}:${ctimeMs}`;
}
function openUnchanged(root, entry) {
    const handle = (0,external_node_fs_.openSync)(`${root}/${entry.path}`, external_node_fs_.constants.O_RDONLY | external_node_fs_.constants.O_NOFOLLOW | external_node_fs_.constants.O_NONBLOCK);
    const assertUnchanged = () => {
        if (fingerprintOf((0,external_node_fs_.fstatSync)(handle)) !== entry.fingerprint)
            throw changedWhilePacked(entry.path);
    };
    return {
        readInto(target) {
            for (let filled = 0; filled < target.byteLength;) {
                const read = (0,external_node_fs_.readSync)(handle, target, filled, target.byteLength - filled, null);
                if (read === 0)
                    throw changedWhilePacked(entry.path);
                filled += read;
            }
        },
        assertUnchanged,
        close: () => {
            (0,external_node_fs_.closeSync)(handle);
        }
    };
}
function changedWhilePacked(path) {
    return new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: 'the content to stay as it is while it is packed',
        found: `${path} changed`,
        mend: 'end the build only after everything that it started has stopped writing'
    });
}
function packingError(thrown) {
    const { code, path } = (thrown ?? {});
    if (code === 'ENOENT' || code === 'ELOOP' || code === 'ENXIO')
        return changedWhilePacked(path ?? 'a file');
    return machineError(thrown, 'the layer to be packed');
}

;// CONCATENATED MODULE: ./.build/build-layers/archive/stored.js
const storedBlockBytes = 0xffff;
const compressedNames = /\.(gz|tgz|bz2|xz|zst|br|lz4|7z|zip|whl|egg|jar|png|jpe?g|gif|webp|woff2?|mp[34]|webm|ogg|parquet|npz)$/i;
function isCompressed(path) {
    return compressedNames.test(path);
}
function writeStoredBlocks(data, last, output) {
    const count = Math.max(1, Math.ceil(data.byteLength / storedBlockBytes));
    let at = 0;
    for (let index = 0; index < count; index++) {
        const block = data.subarray(index * storedBlockBytes, (index + 1) * storedBlockBytes);
        at = output.writeUInt8(last && index === count - 1 ? 1 : 0, at);
        at = output.writeUInt16LE(block.byteLength, at);
        at = output.writeUInt16LE(~block.byteLength & 0xffff, at);
        output.set(block, at);
        at += block.byteLength;
    }
    return at;
}

;// CONCATENATED MODULE: ./.build/build-layers/archive/zip-records.js
const max32 = 0xffffffff;
const max16 = 0xffff;
const utf8Flag = 0x0800;
const streamedFlag = 0x0008;
const version20 = 20;
const version45 = 45;
const madeByUnix = 3 << 8;
const dosTime = 0;
const dosDate = (1 << 5) | 1;
function isLarge(sizeBytes) {
    return sizeBytes >= max32 - 0x100000;
}
function headerBytesAtMost(name) {
    return 46 + 3 * name.length + 28;
}
function localHeaderBytes(name) {
    return 30 + Buffer.byteLength(name);
}
function localHeader(entry) {
    const header = Buffer.allocUnsafe(headerBytesAtMost(entry.name));
    return header.subarray(0, writeLocalHeader(header, 0, entry));
}
function writeLocalHeader(target, at, entry) {
    const large = isLarge(entry.sizeBytes);
    const { crc32, compressedBytes, sizeBytes } = entry.streamed ? unknownYet : entry;
    const nameBytes = target.write(entry.name, at + 30);
    const extra = large ? [sizeBytes, compressedBytes] : [];
    target.writeUInt32LE(0x04034b50, at);
    target.writeUInt16LE(large ? version45 : version20, at + 4);
    writeSharedFields(target, at + 6, entry);
    target.writeUInt32LE(crc32, at + 14);
    target.writeUInt32LE(large ? max32 : compressedBytes, at + 18);
    target.writeUInt32LE(large ? max32 : sizeBytes, at + 22);
    target.writeUInt16LE(nameBytes, at + 26);
    target.writeUInt16LE(zip64Bytes(extra), at + 28);
    return writeZip64(target, at + 30 + nameBytes, extra);
}
const unknownYet = { crc32: 0, compressedBytes: 0, sizeBytes: 0 };
function dataDescriptor(entry) {
    const large = isLarge(entry.sizeBytes);
    const descriptor = Buffer.alloc(large ? 24 : 16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(entry.crc32, 4);
    if (large) {
        descriptor.writeBigUInt64LE(BigInt(entry.compressedBytes), 8);
        descriptor.writeBigUInt64LE(BigInt(entry.sizeBytes), 16);
    }
    else {
        descriptor.writeUInt32LE(entry.compressedBytes, 8);
        descriptor.writeUInt32LE(entry.sizeBytes, 12);
    }
    return descriptor;
}
function writeCentralHeader(target, at, entry) {
    const large = isLarge(entry.sizeBytes);
    const far = entry.offset >= max32;
    const extra = [...(large ? [entry.sizeBytes, entry.compressedBytes] : []), ...(far ? [entry.offset] : [])];
    const version = extra.length > 0 ? version45 : version20;
    const nameBytes = target.write(entry.name, at + 46);
    target.writeUInt32LE(0x02014b50, at);
    target.writeUInt16LE(madeByUnix | version, at + 4);
    target.writeUInt16LE(version, at + 6);
    writeSharedFields(target, at + 8, entry);
    target.writeUInt32LE(entry.crc32, at + 16);
    target.writeUInt32LE(large ? max32 : entry.compressedBytes, at + 20);
    target.writeUInt32LE(large ? max32 : entry.sizeBytes, at + 24);
    target.writeUInt16LE(nameBytes, at + 28);
    target.writeUInt16LE(zip64Bytes(extra), at + 30);
    target.fill(0, at + 32, at + 38);
    target.writeUInt32LE((entry.mode << 16) >>> 0, at + 38);
    target.writeUInt32LE(far ? max32 : entry.offset, at + 42);
    return writeZip64(target, at + 46 + nameBytes, extra);
}
function endOfCentralDirectory(count, directoryBytes, directoryOffset) {
    const large = count >= max16 || directoryBytes >= max32 || directoryOffset >= max32;
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(Math.min(count, max16), 8);
    end.writeUInt16LE(Math.min(count, max16), 10);
    end.writeUInt32LE(Math.min(directoryBytes, max32), 12);
    end.writeUInt32LE(Math.min(directoryOffset, max32), 16);
    if (!large)
        return end;
    const end64 = Buffer.alloc(56);
    end64.writeUInt32LE(0x06064b50, 0);
    end64.writeBigUInt64LE(44n, 4);
    end64.writeUInt16LE(madeByUnix | version45, 12);
    end64.writeUInt16LE(version45, 14);
    end64.writeBigUInt64LE(BigInt(count), 24);
    end64.writeBigUInt64LE(BigInt(count), 32);
    end64.writeBigUInt64LE(BigInt(directoryBytes), 40);
    end64.writeBigUInt64LE(BigInt(directoryOffset), 48);
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50, 0);
    locator.writeBigUInt64LE(BigInt(directoryOffset + directoryBytes), 8);
    locator.writeUInt32LE(1, 16);
    return Buffer.concat([end64, locator, end]);
}
function writeSharedFields(header, at, entry) {
    header.writeUInt16LE(utf8Flag | (entry.streamed ? streamedFlag : 0), at);
    header.writeUInt16LE(entry.method === 'deflated' ? 8 : 0, at + 2);
    header.writeUInt16LE(dosTime, at + 4);
    header.writeUInt16LE(dosDate, at + 6);
}
function zip64Bytes(values) {
    return values.length === 0 ? 0 : 4 + 8 * values.length;
}
function writeZip64(target, at, values) {
    if (values.length === 0)
        return at;
    target.writeUInt16LE(0x0001, at);
    target.writeUInt16LE(8 * values.length, at + 2);
    values.forEach((value, index) => target.writeBigUInt64LE(BigInt(value), at + 4 + 8 * index));
    return at + zip64Bytes(values);
}

;// CONCATENATED MODULE: ./.build/build-layers/archive/pack-job.js








function newSlotMemory() {
    return { input: new SharedArrayBuffer(inputBytes), output: new SharedArrayBuffer(outputBytes) };
}
function jobBytes(entry) {
    const contentLength = entry.kind === 'file' ? entry.sizeBytes : 3 * entry.target.length;
    return Math.max(contentLength + 3 * entry.path.length + headerBytes, smallestShare);
}
const headerBytes = 64;
const smallestShare = 2048;
function newPacker(makeDeflater = newDeflater) {
    let tools;
    return (job, memory) => {
        tools ??= makeTools(makeDeflater());
        return job.kind === 'files' ? packFiles(tools, job, memory) : packPiece(tools, job, memory);
    };
}
function makeTools(deflater) {
    return { deflater, findSecrets: secretScan(deflater.searchFor) };
}
function packPiece({ deflater, findSecrets }, job, memory) {
    const { path, dataBytes, beforeBytes, first, last, machineCode } = job;
    const { input } = deflater;
    input.set(new Uint8Array(memory.input, dataOffset - beforeBytes, beforeBytes + dataBytes), dataOffset - beforeBytes);
    const data = input.subarray(dataOffset, dataOffset + dataBytes);
    const piece = { at: dataOffset, dataBytes, beforeBytes, last, machineCode };
    const deflated = isCompressed(path) ? 0 : deflater.deflate(piece, 0);
    const output = Buffer.from(memory.output);
    if (deflated > 0)
        deflater.output.copy(output, 0, 0, deflated);
    const written = deflated > 0 ? deflated : writeStoredBlocks(data, last, output);
    const carried = Math.min(beforeBytes, carriedBytes);
    const text = input.subarray(dataOffset - carried, dataOffset + dataBytes);
    const secrets = findSecrets(text, [{ path, start: 0, end: text.byteLength, first, last }]);
    const traits = first ? traitsOf(path, data) : null;
    return {
        outputBytes: written,
        files: [],
        secrets,
        traits: traits === null ? [] : [[path, traits]]
    };
}
function packFiles({ deflater, findSecrets }, job, memory) {
    const { input, output } = deflater;
    const files = [];
    const traits = [];
    const stretches = [];
    let read = dataOffset;
    let written = 0;
    for (const entry of job.entries) {
        const start = read;
        read += readEntry(job.root, entry, input.subarray(start));
        const found = entry.kind === 'file' ? traitsOf(entry.path, input.subarray(start, read)) : null;
        if (found !== null)
            traits.push([entry.path, found]);
        const file = packFile(deflater, entry, { start, end: read, machineCode: found?.machine !== undefined }, written);
        written = file.end;
        files.push(file.packed);
        stretches.push({ path: entry.path, start, end: read, first: true, last: true });
    }
    const secrets = findSecrets(input.subarray(0, read), stretches);
    output.copy(new Uint8Array(memory.output), 0, 0, written);
    return { outputBytes: written, files, secrets, traits };
}
function readEntry(root, entry, target) {
    if (entry.kind === 'symlink')
        return target.write(entry.target);
    const reader = openUnchanged(root, entry);
    try {
        reader.readInto(target.subarray(0, entry.sizeBytes));
        reader.assertUnchanged();
        return entry.sizeBytes;
    }
    finally {
        reader.close();
    }
}
function packFile(deflater, entry, { start, end, machineCode }, offset) {
    const { input, output } = deflater;
    const data = input.subarray(start, end);
    const sizeBytes = data.byteLength;
    const dataStart = offset + localHeaderBytes(entry.path);
    const deflates = entry.kind === 'file' && sizeBytes > 0 && !isCompressed(entry.path);
    const piece = { at: start, dataBytes: sizeBytes, beforeBytes: 0, last: true, machineCode };
    const deflated = deflates ? deflater.deflate(piece, dataStart) : 0;
    if (deflated === 0)
        output.set(data, dataStart);
    const packed = {
        offset,
        deflated: deflated > 0,
        compressedBytes: deflated > 0 ? deflated : sizeBytes,
        sizeBytes,
        crc32: (0,external_node_zlib_.crc32)(data),
        sha256: (0,external_node_crypto_.hash)('sha256', data, 'hex')
    };
    const { compressedBytes } = packed;
    const sums = { crc32: packed.crc32, compressedBytes, sizeBytes, offset: 0 };
    const header = { name: entry.path, mode: modeOf(entry), method: methodOf(packed), streamed: false, ...sums };
    writeLocalHeader(output, offset, header);
    return { packed, end: dataStart + compressedBytes };
}
function methodOf({ deflated }) {
    return deflated ? 'deflated' : 'stored';
}
function modeOf(entry) {
    if (entry.kind === 'symlink')
        return 0o120777;
    return entry.executable ? 0o100755 : 0o100644;
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./.build/build-layers/archive/packers.js


function packersOnThisThread() {
    const pack = newPacker();
    const memory = newSlotMemory();
    let free = Promise.resolve();
    return {
        threads: 1,
        async acquire() {
            const before = free;
            let release = () => undefined;
            free = new Promise(resolve => {
                release = resolve;
            });
            await before;
            await (0,external_node_timers_promises_.setImmediate)();
            return {
                memory,
                run: async (job) => pack(job, memory),
                release
            };
        },
        close: () => Promise.resolve()
    };
}

;// CONCATENATED MODULE: ./.build/build-layers/archive/portable-error.js

function portableError(thrown) {
    if (thrown instanceof CodedError)
        return { kind: 'coded', code: thrown.code, finding: thrown.finding };
    if (!(thrown instanceof Error))
        return { kind: 'defect', message: String(thrown), stack: '' };
    const { message, code, syscall, path = null, stack = '' } = thrown;
    if (code === undefined || syscall === undefined)
        return { kind: 'defect', message, stack };
    return { kind: 'system', message, code, syscall, path };
}
function fromPortable(error) {
    switch (error.kind) {
        case 'coded':
            return new errors/* CodedError */.AK(error.code, error.finding);
        case 'system': {
            const { code, syscall, path } = error;
            return Object.assign(new Error(error.message), { code, syscall, ...(path === null ? {} : { path }) });
        }
        case 'defect':
            return Object.assign(new Error(error.message), { stack: error.stack });
    }
}

;// CONCATENATED MODULE: ./.build/build-layers/archive/worker-packers.js






const mostWorkers = 8;
const jobsPerWorker = 2;
function workerPackers(choice = {}) {
    const count = choice.workers ?? Math.min((0,external_node_os_.availableParallelism)(), mostWorkers);
    const program = choice.program ?? new URL(bundledProgram, import.meta.url);
    if (count < 2 || !(0,external_node_fs_.existsSync)(program))
        return packersOnThisThread();
    const memories = Array.from({ length: count * jobsPerWorker + 2 }, newSlotMemory);
    const free = memories.map((_, slot) => slot);
    const wanting = [];
    let crew;
    const slotAt = (slot) => ({
        memory: memories[slot] ?? newSlotMemory(),
        run: job => enqueue((crew ??= startCrew(count, program, memories)), slot, job),
        release: () => {
            const next = wanting.shift();
            if (next === undefined)
                free.push(slot);
            else
                next(slot);
        }
    });
    return {
        threads: count,
        async acquire() {
            crew ??= startCrew(count, program, memories);
            return slotAt(free.shift() ?? (await new Promise(resolve => wanting.push(resolve))));
        },
        async close() {
            const ended = crew;
            crew = undefined;
            if (ended !== undefined)
                await endCrew(ended);
        }
    };
}
const bundledProgram = './pack-worker.js';
function startCrew(count, program, memories) {
    const options = {
        workerData: memories,
        execArgv: [],
        env: {},
        resourceLimits: { maxYoungGenerationSizeMb: 4 }
    };
    const workers = Array.from({ length: count }, () => ({
        thread: new external_node_worker_threads_.Worker(program, options),
        busy: new Set()
    }));
    const crew = { workers, running: new Map(), waiting: [], failure: null };
    for (const { thread, busy } of workers) {
        thread.unref();
        thread.on('message', (answer) => {
            busy.delete(answer.slot);
            const pending = crew.running.get(answer.slot);
            crew.running.delete(answer.slot);
            if (answer.result !== undefined)
                pending?.resolve(answer.result);
            else if (answer.error !== undefined)
                pending?.reject(fromPortable(answer.error));
            dispatch(crew);
        });
        thread.on('error', error => {
            fail(crew, error instanceof Error ? error : new Error(String(error)));
        });
        thread.on('exit', code => {
            fail(crew, new Error(`a packing worker ended with code ${code}`));
        });
    }
    return crew;
}
function enqueue(crew, slot, job) {
    return new Promise((resolve, reject) => {
        if (crew.failure !== null) {
            reject(crew.failure);
            return;
        }
        crew.waiting.push({ job, slot, resolve, reject });
        dispatch(crew);
    });
}
function dispatch(crew) {
    while (crew.waiting.length > 0) {
        const [idlest] = [...crew.workers].sort((a, b) => a.busy.size - b.busy.size);
        if (idlest === undefined || idlest.busy.size >= jobsPerWorker)
            return;
        const pending = crew.waiting.shift();
        if (pending === undefined)
            return;
        idlest.busy.add(pending.slot);
        crew.running.set(pending.slot, pending);
        idlest.thread.ref();
        idlest.thread.postMessage({ slot: pending.slot, job: pending.job });
    }
    for (const { thread, busy } of crew.workers)
        if (busy.size === 0)
            thread.unref();
}
function fail(crew, error) {
    crew.failure ??= error;
    for (const pending of [...crew.running.values(), ...crew.waiting])
        pending.reject(error);
    crew.running.clear();
    crew.waiting.length = 0;
}
async function endCrew(crew) {
    fail(crew, new Error('packing was ended'));
    await Promise.all(crew.workers.map(({ thread }) => thread.terminate()));
}

// EXTERNAL MODULE: external "node:buffer"
var external_node_buffer_ = __webpack_require__(4573);
// EXTERNAL MODULE: ./node_modules/picomatch/index.js
var picomatch = __webpack_require__(4006);
;// CONCATENATED MODULE: ./.build/build-layers/archive/list-content.js





async function listContent(root, exclude = []) {
    const excluded = exclude.length === 0 ? () => false : picomatch([...exclude], { dot: true });
    const entries = [];
    const folders = [''];
    for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
        for (const { name, isFolder, isReadable } of namesIn(`${root}/${folder}`)) {
            const path = folder === '' ? name : `${folder}/${name}`;
            if (name === '.git' || excluded(path))
                continue;
            if (!isReadable)
                entries.push({ kind: 'refused', path, why: 'its name is not UTF-8' });
            else if (isFolder)
                folders.push(path);
            else
                entries.push(entryAt(`${root}/${path}`, path));
        }
        await (0,external_node_timers_promises_.setImmediate)();
    }
    return sortByPath(entries);
}
function namesIn(folder) {
    const dirents = (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true });
    if (!dirents.some(({ name }) => name.includes('\ufffd'))) {
        return dirents.map(dirent => ({ name: dirent.name, isFolder: dirent.isDirectory(), isReadable: true }));
    }
    return (0,external_node_fs_.readdirSync)(folder, { withFileTypes: true, encoding: 'buffer' }).map(dirent => {
        return { name: dirent.name.toString(), isFolder: dirent.isDirectory(), isReadable: (0,external_node_buffer_.isUtf8)(dirent.name) };
    });
}
function entryAt(absolute, path) {
    const stats = (0,external_node_fs_.lstatSync)(absolute);
    if (stats.isFile()) {
        const executable = (stats.mode & 0o100) !== 0;
        return { kind: 'file', path, executable, sizeBytes: stats.size, fingerprint: fingerprintOf(stats) };
    }
    if (stats.isSymbolicLink()) {
        const target = (0,external_node_fs_.readlinkSync)(absolute, { encoding: 'buffer' });
        return (0,external_node_buffer_.isUtf8)(target)
            ? { kind: 'symlink', path, target: target.toString() }
            : { kind: 'refused', path, why: "its link's target is not UTF-8" };
    }
    return { kind: 'refused', path, why: `it is ${specialKind(stats)}` };
}
function specialKind(stats) {
    if (stats.isFIFO())
        return 'a FIFO';
    if (stats.isSocket())
        return 'a socket';
    if (stats.isBlockDevice() || stats.isCharacterDevice())
        return 'a device';
    return 'neither a file nor a link';
}
function sortByPath(entries) {
    if (!entries.some(({ path }) => /[\ud800-\udfff]/.test(path))) {
        return [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
    }
    return entries
        .map(entry => ({ entry, key: Buffer.from(entry.path) }))
        .sort((a, b) => Buffer.compare(a.key, b.key))
        .map(({ entry }) => entry);
}

;// CONCATENATED MODULE: ./.build/build-layers/archive/archive-sink.js


const gatherBytes = 256 * 1024;
function archiveSink(file) {
    const handle = (0,external_node_fs_.openSync)(file, 'wx', 0o600);
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const gathered = Buffer.allocUnsafe(gatherBytes);
    let gatheredBytes = 0;
    let offset = 0;
    const put = (data) => {
        hash.update(data);
        for (let written = 0; written < data.byteLength;)
            written += (0,external_node_fs_.writeSync)(handle, data, written);
    };
    const flush = () => {
        put(gathered.subarray(0, gatheredBytes));
        gatheredBytes = 0;
    };
    return {
        offset: () => offset,
        write(data) {
            offset += data.byteLength;
            if (gatheredBytes + data.byteLength > gatherBytes)
                flush();
            if (data.byteLength > gatherBytes)
                put(data);
            else
                gatheredBytes += data.copy(gathered, gatheredBytes);
        },
        finish() {
            flush();
            return { sha256: hash.digest('hex'), sizeBytes: offset };
        },
        close: () => {
            (0,external_node_fs_.closeSync)(handle);
        }
    };
}

;// CONCATENATED MODULE: ./.build/build-layers/archive/central-directory.js


const central_directory_gatherBytes = 256 * 1024;
function centralDirectory() {
    const full = [];
    let gathered = Buffer.allocUnsafe(central_directory_gatherBytes);
    let at = 0;
    let count = 0;
    let bytes = 0;
    let unzippedBytes = 0;
    return {
        add(path, mode, file, offset, streamed) {
            if (at + headerBytesAtMost(path) > central_directory_gatherBytes) {
                full.push(gathered.subarray(0, at));
                gathered = Buffer.allocUnsafe(central_directory_gatherBytes);
                bytes += at;
                at = 0;
            }
            const { crc32, compressedBytes, sizeBytes } = file;
            const method = methodOf(file);
            const entry = { name: path, mode, method, streamed, crc32, compressedBytes, sizeBytes, offset };
            at = writeCentralHeader(gathered, at, entry);
            unzippedBytes += file.sizeBytes;
            count++;
        },
        unzippedBytes: () => unzippedBytes,
        finish: offset => [...full, gathered.subarray(0, at), endOfCentralDirectory(count, bytes + at, offset)]
    };
}

;// CONCATENATED MODULE: ./.build/build-layers/archive/write-archive.js











const worthWorkersBytes = 3 * 1024 * 1024;
async function writeArchive(root, entries, file, options = {}) {
    const writing = {
        root,
        packers: isWorthWorkers(entries) ? (options.packers ?? packersOnThisThread()) : packersOnThisThread(),
        signal: options.signal,
        sink: openSink(file),
        directory: centralDirectory(),
        digests: [],
        secrets: new Map(),
        traits: new Map(),
        written: Promise.resolve(),
        failed: false
    };
    let complete = false;
    try {
        for (const group of groupsOf(entries)) {
            await (Array.isArray(group) ? addFiles(writing, group) : addLongFile(writing, group));
            if (writing.failed)
                break;
        }
        await writing.written;
        const archive = finish(writing);
        complete = true;
        return archive;
    }
    catch (thrown) {
        await writing.written.catch(() => undefined);
        throw packingError(thrown);
    }
    finally {
        writing.sink.close();
        if (!complete)
            (0,external_node_fs_.rmSync)(file, { force: true });
    }
}
function isWorthWorkers(entries) {
    let bytes = 0;
    for (const entry of entries)
        if ((bytes += jobBytes(entry)) > worthWorkersBytes)
            return true;
    return false;
}
function openSink(file) {
    try {
        return archiveSink(file);
    }
    catch (thrown) {
        throw packingError(thrown);
    }
}
function* groupsOf(entries) {
    let group = [];
    let bytes = 0;
    for (const entry of entries) {
        const long = entry.kind === 'file' && entry.sizeBytes > pieceBytes;
        if (group.length > 0 && (long || bytes + jobBytes(entry) > pieceBytes)) {
            yield group;
            group = [];
            bytes = 0;
        }
        if (long)
            yield entry;
        else {
            group.push(entry);
            bytes += jobBytes(entry);
        }
    }
    if (group.length > 0)
        yield group;
}
async function freeSlot({ packers, signal }) {
    signal?.throwIfAborted();
    return packers.acquire();
}
async function addFiles(writing, entries) {
    const slot = await freeSlot(writing);
    write_archive_enqueue(writing, slot, { kind: 'files', root: writing.root, entries }, (result, output) => {
        const start = writing.sink.offset();
        writing.sink.write(output);
        result.files.forEach((file, index) => {
            const entry = entries[index];
            if (entry === undefined)
                return;
            const mode = modeOf(entry);
            writing.directory.add(entry.path, mode, file, start + file.offset, false);
            writing.digests.push([entry.path, digestMode(mode), file.sha256]);
        });
    });
}
async function addLongFile(writing, entry) {
    const { path, sizeBytes } = entry;
    const mode = modeOf(entry);
    const sums = { crc32: 0, compressedBytes: 0, sizeBytes, offset: 0 };
    const header = () => ({ ...sums, name: path, mode, method: 'deflated', streamed: true });
    const hash = (0,external_node_crypto_.createHash)('sha256');
    const reader = openUnchanged(writing.root, entry);
    let machineCode = false;
    let before = new Uint8Array(0);
    try {
        for (let at = 0; at < sizeBytes && !writing.failed; at += pieceBytes) {
            const slot = await freeSlot(writing);
            const data = Buffer.from(slot.memory.input, dataOffset, Math.min(pieceBytes, sizeBytes - at));
            const [first, last] = [at === 0, at + pieceBytes >= sizeBytes];
            try {
                reader.readInto(data);
                if (last)
                    reader.assertUnchanged();
            }
            catch (thrown) {
                slot.release();
                throw thrown;
            }
            hash.update(data);
            sums.crc32 = (0,external_node_zlib_.crc32)(data, sums.crc32);
            if (first)
                machineCode = data.subarray(0, 4).equals(elfMagic);
            new Uint8Array(slot.memory.input).set(before, dataOffset - before.byteLength);
            before = new Uint8Array(data.subarray(-dictionaryBytes));
            const beforeBytes = first ? 0 : dictionaryBytes;
            const job = { kind: 'piece', path, dataBytes: data.byteLength, beforeBytes, first, last, machineCode };
            write_archive_enqueue(writing, slot, job, (_result, output) => {
                if (first) {
                    sums.offset = writing.sink.offset();
                    writing.sink.write(localHeader(header()));
                }
                writing.sink.write(output);
                sums.compressedBytes += output.byteLength;
                if (!last)
                    return;
                writing.sink.write(dataDescriptor(header()));
                const sha256 = hash.digest('hex');
                writing.directory.add(path, mode, { ...sums, deflated: true, sha256 }, sums.offset, true);
                writing.digests.push([path, digestMode(mode), sha256]);
            });
        }
    }
    finally {
        reader.close();
    }
}
const elfMagic = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);
function digestMode(mode) {
    return mode === 0o120777 ? '120000' : mode.toString(8);
}
function write_archive_enqueue(writing, slot, job, write) {
    const { written } = writing;
    const packed = slot.run(job);
    packed.catch(() => undefined);
    const turn = async () => {
        try {
            const [, result] = await Promise.all([written, packed]);
            write(result, Buffer.from(slot.memory.output, 0, result.outputBytes));
            for (const [path, what] of result.secrets)
                if (!writing.secrets.has(path))
                    writing.secrets.set(path, what);
            for (const [path, traits] of result.traits)
                writing.traits.set(path, traits);
        }
        catch (thrown) {
            writing.failed = true;
            await packed.catch(() => undefined);
            throw thrown;
        }
        finally {
            slot.release();
        }
    };
    writing.written = turn();
    writing.written.catch(() => undefined);
}
function finish(writing) {
    const { sink, directory, digests, secrets, traits } = writing;
    for (const piece of directory.finish(sink.offset()))
        sink.write(piece);
    const { sha256, sizeBytes } = sink.finish();
    return {
        contentDigest: (0,_build_sha256/* sha256Hex */.fg)(JSON.stringify(digests)),
        artifactSha256: sha256,
        sizeBytes,
        unzippedBytes: directory.unzippedBytes(),
        fileCount: digests.length,
        secrets,
        traits,
        threads: writing.packers.threads
    };
}

;// CONCATENATED MODULE: ./.build/build-layers/build-request.js


async function scratchFolder({ outputDirectory }, name) {
    const folder = (0,external_node_path_.join)(outputDirectory, name);
    await (0,promises_.mkdir)(folder);
    return folder;
}

;// CONCATENATED MODULE: ./.build/build-layers/copy-source.js




async function copySource(sourceDirectory, sources, targetDirectory) {
    const root = await (0,promises_.realpath)(sourceDirectory);
    for (const source of sources) {
        const from = await insideOf(root, source);
        const to = from === root ? targetDirectory : (0,external_node_path_.join)(targetDirectory, (0,external_node_path_.basename)((0,external_node_path_.resolve)(root, source)));
        if ((await (0,promises_.stat)(from)).isDirectory())
            await copyFolder(from, to);
        else
            await copyOne(from, to);
    }
}
async function insideOf(root, source) {
    let real;
    try {
        real = await (0,promises_.realpath)((0,external_node_path_.resolve)(root, source));
    }
    catch (cause) {
        throw new errors/* CodedError */.AK('BUILD_FAILED', {
            expected: `${source} in the layer's folder`,
            found: 'no such file',
            mend: 'correct build in the configuration'
        }, { cause });
    }
    const away = (0,external_node_path_.relative)(root, real);
    if (away !== '..' && !away.startsWith(`..${external_node_path_.sep}`))
        return real;
    throw new errors/* CodedError */.AK('ARCHIVE_UNSAFE_PATH', {
        expected: `${source} to lie in the layer's folder`,
        found: 'a path that leads out of it',
        mend: 'move what the layer needs into its folder'
    });
}
async function copyFolder(from, to, exclude = ['**/__pycache__']) {
    await (0,promises_.mkdir)(to, { recursive: true });
    for (const entry of await listContent(from, exclude))
        await copyEntry(from, entry, to);
}
async function copyEntry(from, entry, to) {
    const target = (0,external_node_path_.join)(to, entry.path);
    switch (entry.kind) {
        case 'file':
            await copyOne((0,external_node_path_.join)(from, entry.path), target);
            return;
        case 'symlink':
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(target), { recursive: true });
            await (0,promises_.rm)(target, { recursive: true, force: true });
            await (0,promises_.symlink)(entry.target, target);
            return;
        case 'refused':
            throw new errors/* CodedError */.AK('ARCHIVE_UNSAFE_PATH', {
                expected: 'files, folders and links in the layer',
                found: `${entry.path} (${entry.why})`,
                mend: 'remove it from the layer'
            });
    }
}
async function copyOne(from, to) {
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(to), { recursive: true });
    await (0,promises_.rm)(to, { recursive: true, force: true });
    await (0,promises_.copyFile)(from, to);
}

// EXTERNAL MODULE: ./.build/ports/process.js
var ports_process = __webpack_require__(4036);
;// CONCATENATED MODULE: ./.build/build-layers/build-environment.js
const reproducible = {
    SOURCE_DATE_EPOCH: '315532800',
    PYTHONHASHSEED: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    TZ: 'UTC',
    LC_ALL: 'C.UTF-8'
};
const withheldVariables = [
    'INPUT_GITHUB-TOKEN',
    'INPUT_SSH-KEY',
    'GITHUB_TOKEN',
    'GH_TOKEN',
    'GH_ENTERPRISE_TOKEN',
    'GITHUB_ENTERPRISE_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_RUNTIME_URL',
    'ACTIONS_RESULTS_URL',
    'ACTIONS_CACHE_URL',
    'GITHUB_ENV',
    'GITHUB_PATH',
    'GITHUB_OUTPUT',
    'GITHUB_STATE',
    'GITHUB_STEP_SUMMARY',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_SECURITY_TOKEN',
    'AWS_PROFILE',
    'AWS_DEFAULT_PROFILE',
    'AWS_SHARED_CREDENTIALS_FILE',
    'AWS_CONFIG_FILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_ROLE_ARN',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'
];
const buildEnvironment = {
    ...reproducible,
    ...Object.fromEntries(withheldVariables.map(name => [name, undefined]))
};

;// CONCATENATED MODULE: ./.build/build-layers/run-command.js



const buildTimeoutSeconds = 15 * 60;
const tailLines = 8;
async function runBuildCommand(command, purpose, { process, log, commandSeconds = buildTimeoutSeconds }) {
    const tail = [];
    const onLine = (line) => {
        const shown = withoutCredentials(line);
        log.info(shown);
        if (shown.trim() !== '')
            tail.push(shown.trim());
        if (tail.length > tailLines)
            tail.shift();
    };
    const env = { ...buildEnvironment, ...command.env };
    let result;
    try {
        result = await process.run({ timeoutSeconds: commandSeconds, ...command, env, onLine });
    }
    catch (thrown) {
        throw commandFailure(thrown, purpose);
    }
    if (result.exitCode === 0)
        return result;
    throw new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: `${purpose.what} to exit with 0`,
        found: [`exit code ${result.exitCode}`, lastWords(tail)].filter(text => text !== '').join(': '),
        mend: purpose.mendFor?.(tail.join(' ')) ?? purpose.mend
    });
}
function commandFailure(thrown, purpose) {
    if (!(thrown instanceof ports_process/* CommandFailed */.n))
        return thrown;
    if (thrown.reason === 'aborted') {
        if (thrown.cause instanceof errors/* CodedError */.AK)
            return thrown.cause;
        const mend = 'run the job again';
        const finding = { expected: `${purpose.what} to finish`, found: 'the run was cancelled', mend };
        return new errors/* CodedError */.AK('CANCELLED', finding, { cause: thrown });
    }
    const mend = mendOf(thrown, purpose);
    const finding = { expected: `${purpose.what} to finish`, found: withoutCredentials(thrown.message), mend };
    return new errors/* CodedError */.AK('BUILD_FAILED', finding, { cause: thrown });
}
function mendOf({ reason }, { mend, mendMissing }) {
    if (reason === 'not-found')
        return mendMissing;
    return reason === 'timed-out' ? 'find what it waits for in the log above, or raise the input timeout-minutes' : mend;
}
function lastWords(tail) {
    const first = tail.findIndex(line => /\b(error|failed)\b|×/i.test(line));
    return (first === -1 ? tail.slice(-3) : tail.slice(first, first + 4)).join(' | ');
}
function withoutCredentials(line) {
    return line.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi, '$1***@');
}
async function runShell(command, cwd, env, what, deps) {
    const mend = 'correct the command, or install what it needs before this action';
    const purpose = { what, mend, mendMissing: 'install bash or sh on this runner' };
    try {
        await runBuildCommand({ argv: ['bash', '-eo', 'pipefail', '-c', command], cwd, env }, purpose, deps);
    }
    catch (thrown) {
        const missing = thrown instanceof errors/* CodedError */.AK && thrown.cause instanceof ports_process/* CommandFailed */.n && thrown.cause;
        if (!missing || missing.reason !== 'not-found')
            throw thrown;
        await runBuildCommand({ argv: ['sh', '-ec', command], cwd, env }, purpose, deps);
    }
}
async function succeeded(argv, { process }) {
    try {
        const { exitCode, stdout } = await process.run({ argv, env: buildEnvironment, timeoutSeconds: 60 });
        return exitCode === 0 ? Buffer.from(stdout).toString() : null;
    }
    catch (thrown) {
        if (thrown instanceof ports_process/* CommandFailed */.n && thrown.reason !== 'aborted')
            return null;
        throw thrown;
    }
}
async function succeeds(argv, deps) {
    return (await succeeded(argv, deps)) !== null;
}

;// CONCATENATED MODULE: ./.build/build-layers/install/find-python.js



function suits(target, python) {
    return python.version === target.version && python.machine === `linux-${target.architecture}`;
}
async function findPython(version, ordinary, environment, deps) {
    for (const candidate of [ordinary, `python${version}`, ...(await inToolCache(version, environment))]) {
        const found = await readPython(candidate, deps);
        if (found?.version === version)
            return found;
    }
    const known = await succeeded(['uv', 'python', 'find', '--no-python-downloads', '--no-project', version], deps);
    const found = known === null ? null : await readPython(known.trim(), deps);
    return found?.version === version ? found : null;
}
async function readPython(python, deps) {
    const program = "import platform,sys; print(sys.executable, '%d.%d' % sys.version_info[:2], sys.platform + '-' + platform.machine(), sep='\\n')";
    const printed = await succeeded([python, '-c', program], deps);
    const [executable, version, machine] = (printed ?? '').trim().split('\n');
    if (executable === undefined || version === undefined || machine === undefined)
        return null;
    return { executable, version, machine };
}
async function inToolCache(version, environment) {
    const cache = environment['RUNNER_TOOL_CACHE'];
    if (cache === undefined || cache === '')
        return [];
    const installed = await (0,promises_.readdir)((0,external_node_path_.join)(cache, 'Python')).catch(() => []);
    const patch = (release) => Number(release.split('.')[2]);
    const releases = installed.filter(name => new RegExp(`^${version.replace('.', '[.]')}[.]\\d+$`).test(name));
    releases.sort((a, b) => patch(b) - patch(a));
    const architecture = process.arch;
    return releases.map(release => (0,external_node_path_.join)(cache, 'Python', release, architecture, 'bin', `python${version}`));
}

;// CONCATENATED MODULE: ./.build/build-layers/install/machine-environment.js

async function readMachineEnvironment(deps) {
    const printed = await succeeded(['env', '-0'], deps);
    const environment = {};
    for (const pair of (printed ?? '').split('\0')) {
        const equals = pair.indexOf('=');
        if (equals > 0)
            environment[pair.slice(0, equals)] = pair.slice(equals + 1);
    }
    return environment;
}

;// CONCATENATED MODULE: ./.build/build-layers/install/python-target.js
const oldestGlibcMinor = 17;
function pythonTarget(layer) {
    const version = layer.compatibleRuntimes.map(runtime => /^python(3\.\d+)$/.exec(runtime)?.[1]).find(Boolean);
    if (version === undefined)
        return null;
    const architecture = layer.compatibleArchitectures[0] === 'arm64' ? 'aarch64' : 'x86_64';
    const glibcMinor = Number(version.split('.')[1]) >= 12 ? 34 : 26;
    return { version, architecture, glibcMinor };
}
function uvGlibcMinor({ glibcMinor }) {
    return glibcMinor >= 34 ? 34 : 17;
}
function platformTags(target) {
    const { architecture, glibcMinor } = target;
    const same = uvGlibcMinor(target);
    const tags = [];
    for (let minor = same; minor >= oldestGlibcMinor; minor--)
        tags.push(`manylinux_2_${minor}_${architecture}`);
    tags.push(`manylinux2014_${architecture}`, `linux_${architecture}`);
    for (let minor = glibcMinor; minor > same; minor--)
        tags.push(`manylinux_2_${minor}_${architecture}`);
    return tags;
}
function markerEnvironment({ version, architecture }) {
    return {
        implementation_name: 'cpython',
        implementation_version: `${version}.0`,
        os_name: 'posix',
        platform_machine: architecture,
        platform_python_implementation: 'CPython',
        platform_system: 'Linux',
        python_full_version: `${version}.0`,
        python_version: version,
        sys_platform: 'linux'
    };
}

;// CONCATENATED MODULE: ./.build/build-layers/check-content.js








async function checkContent(request, content, deps) {
    const { build, id } = request.layer;
    if (build.check === null)
        return;
    const checked = build.exclude.length === 0 ? content : await withoutExcluded(request, content, build.exclude);
    const machine = await readMachineEnvironment(deps);
    const target = pythonTarget(request.layer);
    const python = target === null ? null : await pythonFor(target, request, machine, deps);
    const path = [
        ...(python === null ? [] : [await commandsFor(request, python)]),
        ...(await existing([(0,external_node_path_.join)(checked, 'bin')])),
        machine['PATH'] ?? ''
    ];
    const libraries = await existing([(0,external_node_path_.join)(checked, 'lib')]);
    const env = {
        PATH: path.join(':'),
        PYTHONPATH: pythonPath(checked, target).join(':'),
        NODE_PATH: (0,external_node_path_.join)(checked, 'nodejs/node_modules'),
        LAYER_SOURCE_DIR: request.sourceDirectory,
        ...(libraries.length === 0 ? {} : { LD_LIBRARY_PATH: libraries.join(':') })
    };
    await runShell(build.check, await scratchFolder(request, 'check'), env, `build.check of layer ${id}`, deps);
}
function pythonPath(content, target) {
    const own = target === null ? [] : [(0,external_node_path_.join)(content, 'python/lib', `python${target.version}`, 'site-packages')];
    return [(0,external_node_path_.join)(content, 'python'), ...own];
}
async function withoutExcluded(request, content, exclude) {
    const checked = await scratchFolder(request, 'checked');
    await copyFolder(content, checked, exclude);
    return checked;
}
async function pythonFor(target, { python = 'python3', layer }, machine, deps) {
    const found = (await findPython(target.version, python, machine, deps)) ?? (await readPython(python, deps));
    if (found === null || suits(target, found))
        return found;
    deps.log.warning(`build.check of layer ${layer.id} runs under Python ${found.version} on ${found.machine}, the layer is for ${target.version} on ` +
        `${target.architecture}: packages with compiled code may not load; add actions/setup-python with python-version ${target.version}` +
        ' on a runner of that architecture for a check that counts');
    return found;
}
async function commandsFor(request, { executable, version }) {
    const folder = await scratchFolder(request, 'check-bin');
    const script = `#!/bin/sh\nexec '${executable.replaceAll("'", `'\\''`)}' "$@"\n`;
    for (const name of ['python', 'python3', `python${version}`]) {
        await (0,promises_.writeFile)((0,external_node_path_.join)(folder, name), script);
        await (0,promises_.chmod)((0,external_node_path_.join)(folder, name), 0o755);
    }
    return folder;
}
async function existing(folders) {
    const kinds = await Promise.all(folders.map(folder => (0,promises_.stat)(folder).catch(() => null)));
    return folders.filter((_, index) => kinds[index]?.isDirectory() === true);
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/found-secrets.js


const testCode = /(^|\/)(tests?|testing|SelfTest|unittests?)\/|(^|\/)(test_[^/]*|[^/]*_test|conftest)\.py$/;
function judgeSecrets(entries, secrets, isInstalled, allow) {
    const matchers = allow.map(entry => {
        const glob = picomatch(entry, { dot: true });
        return { entry, matches: (path) => path === entry || glob(path) };
    });
    const used = new Set();
    const refused = [];
    const allowed = [];
    for (const { path } of entries) {
        const named = nameRules.find(rule => rule.path.test(path))?.what;
        const what = named ?? secrets.get(path);
        if (what === undefined)
            continue;
        if (named === undefined && what === 'private key' && testCode.test(path) && isInstalled(path))
            continue;
        const allowing = matchers.filter(({ matches }) => matches(path));
        for (const { entry } of allowing)
            used.add(entry);
        (allowing.length > 0 ? allowed : refused).push({ path, what });
    }
    return { refused, allowed, unused: allow.filter(entry => !used.has(entry)) };
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/wheel-tags.js
function declaredPythons({ compatibleRuntimes }) {
    return compatibleRuntimes.flatMap(runtime => {
        const minor = /^python3\.(\d+)$/.exec(runtime)?.[1];
        if (minor === undefined)
            return [];
        return [{ version: `3.${minor}`, minor: Number(minor), glibcMinor: Number(minor) >= 12 ? 34 : 26 }];
    });
}
function suitsWheel(tag, python, architecture) {
    const [interpreters = '', abis = '', platforms = ''] = tag.split('-');
    const some = (joined, suits) => joined.split('.').some(suits);
    return (some(platforms, platform => suitsPlatform(platform, python, architecture)) &&
        some(interpreters, interpreter => some(abis, abi => suitsInterpreter(interpreter, abi, python))));
}
function suitsInterpreter(interpreter, abi, { minor }) {
    const [, kind, major, minorText] = /^(py|cp)(\d)(\d*)$/.exec(interpreter) ?? [];
    if (kind === undefined || major !== '3')
        return false;
    const least = minorText === '' ? 0 : Number(minorText);
    if (kind === 'py' || abi === 'abi3' || abi === 'none')
        return least <= minor;
    return least === minor && new RegExp(`^cp3${minor}m?$`).test(abi);
}
function suitsPlatform(platform, { glibcMinor }, architecture) {
    if (platform === 'any')
        return true;
    const name = architecture === 'arm64' ? 'aarch64' : architecture;
    if (platform === `linux_${name}` || new RegExp(`^manylinux(1|2010|2014)_${name}$`).test(platform))
        return true;
    const glibc = new RegExp(`^manylinux_2_(\\d+)_${name}$`).exec(platform)?.[1];
    return glibc !== undefined && Number(glibc) <= glibcMinor;
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/compiled-code.js

function unfitFiles(layer, paths, traits) {
    const judged = [...traits].filter(([path]) => !isChosenAtRunTime(path));
    const pythons = declaredPythons(layer);
    const unfit = [
        ...wrongMachines(layer.compatibleArchitectures, judged),
        ...wrongModules(pythons, paths),
        ...wrongWheels(pythons, layer.compatibleArchitectures, judged)
    ];
    return [...new Map(unfit.map(file => [file.path, file])).values()];
}
function wrongMachines(architectures, files) {
    const compiled = files.flatMap(([path, { machine }]) => (machine === undefined ? [] : [{ path, machine }]));
    const foreign = compiled.filter(({ machine }) => !architectures.includes(machine));
    const present = new Set(compiled.map(({ machine }) => machine));
    const missing = architectures.filter(architecture => !present.has(architecture));
    const lone = compiled.find(({ machine }) => architectures.includes(machine));
    return [
        ...foreign.map(({ path, machine }) => ({ path, why: `it is for ${machine}` })),
        ...(lone === undefined
            ? []
            : missing.map(other => ({ ...lone, why: `it is for ${lone.machine}, none is for ${other}` })))
    ];
}
const extensionName = /^(.*?)(?:\.abi3|\.cpython-(\d)(\d+)([a-z]*)(?:-[a-z0-9_-]+)?)?\.so$/;
function wrongModules(pythons, paths) {
    if (pythons.length === 0)
        return [];
    const modules = new Map();
    for (const path of paths) {
        if (!path.endsWith('.so'))
            continue;
        const [, stem = '', major, minor, flags = ''] = extensionName.exec(path) ?? [];
        const version = minor === undefined ? null : `${major ?? ''}.${minor}${flags.includes('t') ? 't' : ''}`;
        modules.set(stem, [...(modules.get(stem) ?? []), { path, version }]);
    }
    return [...modules.values()].flatMap(files => {
        const missing = pythons.filter(python => !files.some(({ version }) => version === null || version === python.version));
        const [first] = files;
        if (first === undefined || missing.length === 0)
            return [];
        const found = [...new Set(files.map(({ version }) => version))].join(', ');
        return [
            { path: first.path, why: `it is for Python ${found}, not ${missing.map(({ version }) => version).join(', ')}` }
        ];
    });
}
function wrongWheels(pythons, architectures, files) {
    return files.flatMap(([path, { wheelTags }]) => {
        if (wheelTags === undefined || wheelTags.length === 0)
            return [];
        for (const python of pythons) {
            for (const architecture of architectures) {
                if (wheelTags.some(tag => suitsWheel(tag, python, architecture)))
                    continue;
                return [
                    { path, why: `its wheel is for ${wheelTags.join(', ')}, not Python ${python.version} on ${architecture}` }
                ];
            }
        }
        return [];
    });
}
const platformFolder = /(^|\/)(((linux|linuxmusl|musllinux|darwin|macos|osx|win|win32|windows|android|freebsd)[-_]?)?(x64|x86|x86_64|amd64|arm64|aarch64|arm|armv[5-8][a-z]*|ia32|i[36]86|ppc64(le)?|s390x|riscv64|loong64|universal2?)([-_](musl|gnu|glibc))?|darwin|macos|osx|win32|windows)\//i;
function isChosenAtRunTime(path) {
    return platformFolder.test(path);
}

// EXTERNAL MODULE: ./.build/build-layers/inspect/package-sizes.js
var package_sizes = __webpack_require__(2326);
;// CONCATENATED MODULE: ./.build/build-layers/inspect/unsafe-paths.js
const maxNameBytes = 255;
const maxPathBytes = 4090;
const maxLinks = 40;
function unsafePaths(entries) {
    const byPath = new Map(entries.map(entry => [entry.path, entry]));
    const folders = new Set(entries.flatMap(({ path }) => parentsOf(path)));
    const spelling = new Map();
    const seen = new Set();
    const unsafe = [];
    for (const entry of entries) {
        const why = (entry.kind === 'refused' ? entry.why : null) ??
            unsafeName(entry.path) ??
            (seen.has(entry.path) ? 'it appears twice' : null) ??
            collision(entry.path, spelling) ??
            (entry.kind === 'symlink' ? unsafeLink(entry.path, entry.target, byPath, folders) : null);
        seen.add(entry.path);
        if (why !== null)
            unsafe.push({ path: entry.path, why });
    }
    return unsafe;
}
function unsafeName(path) {
    if (path.startsWith('/'))
        return 'it is absolute';
    if (path.includes('\\'))
        return 'it holds a backslash';
    if (/[\u0000-\u001f\u007f]/.test(path))
        return 'it holds a control character';
    const names = path.split('/');
    if (names.some(name => name === '' || name === '.' || name === '..'))
        return 'it is not a plain relative path';
    if (byteLength(path) > maxPathBytes)
        return `it is longer than ${maxPathBytes} bytes`;
    if (names.some(name => byteLength(name) > maxNameBytes))
        return `a name in it is longer than ${maxNameBytes} bytes`;
    return null;
}
function collision(path, spelling) {
    for (const part of [...parentsOf(path), path]) {
        const folded = part.normalize('NFC').toLowerCase();
        const other = spelling.get(folded);
        if (other === undefined)
            spelling.set(folded, part);
        else if (other !== part)
            return `it differs from ${other} only in case or composition`;
    }
    return null;
}
function unsafeLink(path, target, byPath, folders) {
    if (target === '')
        return 'it is a link to nothing';
    const at = path.split('/').slice(0, -1);
    const rest = target.split('/');
    let links = 1;
    if (target.startsWith('/'))
        return 'it is a link to an absolute path';
    for (let name = rest.shift(); name !== undefined; name = rest.shift()) {
        if (name === '' || name === '.')
            continue;
        if (name === '..') {
            if (at.pop() === undefined)
                return 'it is a link out of the layer';
            continue;
        }
        at.push(name);
        const here = at.join('/');
        const entry = byPath.get(here);
        if (entry?.kind === 'symlink') {
            if (++links > maxLinks)
                return 'it is a link that loops';
            if (entry.target.startsWith('/'))
                return 'it is a link to an absolute path';
            at.pop();
            rest.unshift(...entry.target.split('/'));
        }
        else if (entry === undefined && !folders.has(here)) {
            return 'it is a link to what is not in the layer';
        }
    }
    return null;
}
function parentsOf(path) {
    const parents = [];
    for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1)) {
        parents.push(path.slice(0, slash));
    }
    return parents;
}
function byteLength(text) {
    return new TextEncoder().encode(text).byteLength;
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/inspect-content.js



const maxUnzippedBytes = 262_144_000;
const everyRuntimesFolders = ['bin', 'lib', 'extensions'];
const runtimeFolders = [
    { runtime: /^python/, folder: 'python' },
    { runtime: /^nodejs/, folder: 'nodejs' },
    { runtime: /^java/, folder: 'java' },
    { runtime: /^ruby/, folder: 'ruby' }
];
const filesShown = 3;
const packagesShown = 5;
function foldersOfRuntimes(runtimes) {
    const matching = runtimeFolders.filter(({ runtime }) => runtimes.some(declared => runtime.test(declared)));
    const folders = (matching.length === 0 ? runtimeFolders : matching).map(({ folder }) => folder);
    return [...folders, ...everyRuntimesFolders];
}
function inspectContent(layer, content) {
    return [
        judge(layer.id, 'ARCHIVE_LAYOUT', layoutFinding(layer, content), 'has a folder of a declared runtime'),
        judge(layer.id, 'ARCHIVE_TOO_LARGE', sizeFinding(content), `${content.unzippedBytes} bytes unzipped`),
        judge(layer.id, 'ARCHIVE_UNSAFE_PATH', pathFinding(content), `${content.entries.length} paths, all safe`),
        judge(layer.id, 'SECRET_IN_ARCHIVE', secretFinding(content), secretDetail(content)),
        judge(layer.id, 'WRONG_ARCHITECTURE', compiledFinding(layer, content), compiledDetail(content))
    ];
}
function judge(subject, guard, finding, detail) {
    return finding === null ? { guard, subject, passed: true, detail } : { guard, subject, passed: false, finding };
}
function layoutFinding(layer, { entries }) {
    const folders = foldersOfRuntimes(layer.compatibleRuntimes);
    const reachable = entries.some(({ kind, path }) => {
        const [first = '', ...rest] = path.split('/');
        return folders.includes(first) && (rest.length > 0 || kind === 'symlink');
    });
    if (reachable)
        return null;
    const top = [...new Set(entries.map(({ path }) => path.split('/')[0] ?? ''))];
    return {
        expected: `a file in one of the folders that the runtime looks in (${folders.map(name => `${name}/`).join(', ')})`,
        found: entries.length === 0 ? 'an empty layer' : `only ${listed(top)}`,
        mend: 'put the content under python/ (or the folder of its runtime), or write it there with build'
    };
}
function sizeFinding({ unzippedBytes, packages, entries }) {
    if (unzippedBytes <= maxUnzippedBytes)
        return null;
    const files = entries.flatMap(entry => (entry.kind === 'file' ? [{ path: entry.path, bytes: entry.sizeBytes }] : []));
    const largest = files.sort((a, b) => b.bytes - a.bytes).slice(0, filesShown);
    const texts = largest.map(({ path, bytes }) => `${shown(path)} ${(0,package_sizes/* bytesText */.pV)(bytes)}`);
    return {
        expected: `at most ${maxUnzippedBytes} bytes unzipped`,
        found: `${unzippedBytes} bytes, the most in ${packages.slice(0, packagesShown).map(package_sizes/* packageText */.qg).join(', ')}; ` +
            `the largest files are ${texts.join(', ')}`,
        mend: 'leave out what the function does not need at run time with build.exclude, or split the layer'
    };
}
function pathFinding({ entries }) {
    const unsafe = unsafePaths(entries);
    if (unsafe.length === 0)
        return null;
    return {
        expected: 'plain relative paths, and links that stay in the layer',
        found: listed(unsafe.map(({ path, why }) => `${shown(path)} (${why})`)),
        mend: 'rename or remove them, or leave them out with build.exclude'
    };
}
function secretFinding({ secrets }) {
    if (secrets.refused.length === 0)
        return null;
    return {
        expected: 'no secret in the layer',
        found: listed(secrets.refused.map(secretText)),
        mend: 'remove them or leave them out with build.exclude, and revoke what was committed; a file that holds none is let pass by ' +
            'naming its path in build.allow-secrets'
    };
}
function secretDetail({ secrets: { allowed } }) {
    if (allowed.length === 0)
        return 'no secret found by name or content';
    return `no secret found but what build.allow-secrets names: ${listed(allowed.map(secretText))}`;
}
function secretText({ path, what }) {
    return `${shown(path)} (${what})`;
}
function compiledFinding(layer, { entries, traits }) {
    const paths = entries.filter(({ kind }) => kind === 'file').map(({ path }) => path);
    const unfit = unfitFiles(layer, paths, traits);
    if (unfit.length === 0)
        return null;
    const { compatibleRuntimes: runtimes, compatibleArchitectures: architectures } = layer;
    return {
        expected: `compiled files for ${[...architectures, ...runtimes].join(', ')}, as declared`,
        found: listed(unfit.map(({ path, why }) => `${shown(path)} (${why})`)),
        mend: 'install for the declared runtime and architecture, declare only what the files are for, or leave them out with build.exclude'
    };
}
function compiledDetail({ traits }) {
    const compiled = [...traits.values()].filter(({ machine }) => machine !== undefined).length;
    return compiled === 0 ? 'nothing compiled' : `${compiled} compiled files, all for what is declared`;
}
function listed(names) {
    const more = names.length - filesShown;
    return names.slice(0, filesShown).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
function shown(path) {
    const printable = path.replace(/\p{Cc}/gu, '\ufffd');
    return printable.length > 160 ? `${printable.slice(0, 80)}…${printable.slice(-79)}` : printable;
}

;// CONCATENATED MODULE: ./.build/build-layers/package-folders.js


async function packageFolders(content) {
    const versions = (await (0,promises_.readdir)((0,external_node_path_.join)(content, 'python/lib')).catch(() => [])).filter(name => /^python3[.]\d+$/.test(name));
    const folders = ['python', ...versions.map(version => `python/lib/${version}/site-packages`)];
    const kinds = await Promise.all(folders.map(folder => (0,promises_.lstat)((0,external_node_path_.join)(content, folder)).catch(() => null)));
    return folders.filter((_, index) => kinds[index]?.isDirectory() === true);
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/installed-packages.js



async function readInstalledFiles(content) {
    const files = new Map();
    for (const folder of await packageFolders(content)) {
        for (const distInfo of await (0,promises_.readdir)((0,external_node_path_.join)(content, folder))) {
            const [, name, version] = /^(.+)-([^-]+)\.dist-info$/.exec(distInfo) ?? [];
            if (name === undefined || version === undefined)
                continue;
            const record = await (0,promises_.readFile)((0,external_node_path_.join)(content, folder, distInfo, 'RECORD'), 'utf8').catch(() => '');
            const installed = { name, version };
            for (const path of recordedPaths(record))
                files.set(`${folder}/${path}`, installed);
        }
    }
    return files;
}
function recordedPaths(record) {
    return record.split(/\r?\n/).flatMap(line => {
        const quoted = /^"((?:[^"]|"")*)",/.exec(line)?.[1]?.replaceAll('""', '"');
        const path = quoted ?? line.slice(0, Math.max(0, line.indexOf(',')));
        return path === '' || path.startsWith('/') || /(^|\/)\.\.(\/|$)/.test(path) ? [] : [path];
    });
}

;// CONCATENATED MODULE: ./.build/build-layers/choose-method.js

const lockFiles = ['uv.lock', 'poetry.lock', 'Pipfile.lock'];
const notPartOfProject = /^(tests?|docs?|examples?|benchmarks?|build|dist|venv|htmlcov|conftest|setup|toxfile|noxfile|[.].*)$/;
const otherRuntimeFolders = ['nodejs', 'java', 'ruby', 'bin', 'lib'];
function chooseMethod(build, folder, pyproject) {
    if (build.kind === 'command')
        return build;
    const { installer, sourceDistributions = false } = build;
    const choice = { installer, sourceDistributions };
    if (build.kind === 'requirements')
        return requirementsMethod(build.requirements, choice, build.source, folder);
    const holds = (kind, ...names) => folder.some(entry => entry.kind === kind && names.includes(entry.name));
    if (holds('folder', 'python'))
        return { kind: 'prebuilt' };
    if ((holds('file', 'pyproject.toml') && isProject(pyproject)) || holds('file', 'setup.py')) {
        const lock = ['uv.lock', 'poetry.lock'].find(name => holds('file', name)) ?? null;
        if (lock === null || holds('file', 'setup.py') || isPackage(lock, pyproject))
            return { kind: 'project', ...choice, lock };
        return requirementsMethod(lock, choice, null, folder);
    }
    const requirements = ['Pipfile.lock', 'requirements.txt'].find(name => holds('file', name));
    if (requirements !== undefined)
        return requirementsMethod(requirements, choice, null, folder);
    if (holds('folder', ...otherRuntimeFolders))
        return { kind: 'prebuilt' };
    throw new errors/* CodedError */.AK('ARCHIVE_LAYOUT', {
        expected: `python/, pyproject.toml, setup.py, requirements.txt, or one of ${otherRuntimeFolders.map(name => `${name}/`).join(', ')} in the layer's folder`,
        found: folder.length === 0 ? 'an empty folder' : `only ${namesOf(folder)}`,
        mend: 'add one of them, or say with build.command how the layer is built'
    });
}
function requirementsMethod(requirements, choice, source, folder) {
    const name = requirements.slice(requirements.lastIndexOf('/') + 1);
    const lock = lockFiles.find(each => each === name);
    const copied = source ?? packagesOf(folder);
    if (lock === undefined)
        return { kind: 'requirements', ...choice, requirements, source: copied };
    return { kind: 'locked', ...choice, lock, folder: requirements.slice(0, -name.length) || '.', source: copied };
}
function isProject(pyproject) {
    return hasTable(pyproject, 'project|build-system|tool[.]poetry');
}
function isPackage(lock, pyproject) {
    if (lock === 'poetry.lock')
        return !/^\s*package-mode\s*=\s*false\b/m.test(pyproject);
    return hasTable(pyproject, 'build-system') && !/^\s*package\s*=\s*false\b/m.test(pyproject);
}
function hasTable(toml, name) {
    return new RegExp(`^[ \\t]*\\[[ \\t]*(?:${name})[ \\t]*[\\].]`, 'm').test(toml);
}
function packagesOf(folder) {
    return folder
        .filter(({ name, kind, isPackage }) => (kind === 'file' ? name.endsWith('.py') : isPackage))
        .map(({ name }) => name)
        .filter(name => !notPartOfProject.test(name.replace(/\.py$/, '')))
        .sort();
}
function namesOf(folder) {
    const names = folder.map(({ name, kind }) => (kind === 'folder' ? `${name}/` : name)).sort();
    return names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
}

;// CONCATENATED MODULE: ./.build/build-layers/install/clean-installed.js



const installerNotes = /^(INSTALLER|REQUESTED|direct_url\.json|uv_cache\.json|uv_build\.json)$/;
async function cleanInstalled(directory) {
    const entries = await listContent(directory);
    const bytecode = new Set(entries.map(({ path }) => /^(.*\/)?__pycache__(?=\/)/.exec(path)?.[0] ?? ''));
    bytecode.delete('');
    for (const path of [...bytecode, '.lock'])
        await (0,promises_.rm)((0,external_node_path_.join)(directory, path), { recursive: true, force: true });
    const scripts = new Map();
    for (const name of await (0,promises_.readdir)(directory)) {
        if (!name.endsWith('.dist-info'))
            continue;
        await cleanMetadata(directory, name);
        const entryPoints = await (0,promises_.readFile)((0,external_node_path_.join)(directory, name, 'entry_points.txt'), 'utf8').catch(() => '');
        for (const [script, text] of entryPointScripts(entryPoints))
            scripts.set(script, text);
    }
    for (const entry of entries) {
        const name = /^bin\/([^/]+)$/.exec(entry.path)?.[1];
        if (entry.kind === 'file' && name !== undefined)
            await cleanScript(directory, entry, scripts.get(name));
    }
}
async function cleanMetadata(directory, distInfo) {
    for (const name of await (0,promises_.readdir)((0,external_node_path_.join)(directory, distInfo))) {
        const file = (0,external_node_path_.join)(directory, distInfo, name);
        if (installerNotes.test(name))
            await (0,promises_.rm)(file);
        else if (name === 'RECORD')
            await (0,promises_.writeFile)(file, cleanRecord(await (0,promises_.readFile)(file, 'utf8')));
    }
}
function cleanRecord(record) {
    const lines = record
        .split(/\r?\n/)
        .filter(line => line !== '')
        .filter(line => !/(^|\/)__pycache__\//.test(line))
        .filter(line => !installerNotes.test(/^[^/]+\.dist-info\/([^/,]+),/.exec(line)?.[1] ?? ''))
        .map(line => line.replace(/^(?:\.\.\/)*(bin\/[^,]+),.*$/, '$1,,'));
    return lines
        .sort()
        .map(line => `${line}\n`)
        .join('');
}
async function cleanScript(directory, entry, ours) {
    const file = (0,external_node_path_.join)(directory, entry.path);
    const script = await (0,promises_.readFile)(file, 'latin1');
    const generated = ours?.split('\n').find(line => line.startsWith('from '));
    const isGenerated = generated !== undefined && script.includes(`\n${generated}\n`);
    const cleaned = ours !== undefined && isGenerated ? ours : cleanShebang(script);
    if (cleaned !== script)
        await (0,promises_.writeFile)(file, cleaned, 'latin1');
}
function entryPointScripts(entryPoints) {
    const scripts = new Map();
    let section = '';
    for (const line of entryPoints.split(/\r?\n/)) {
        section = /^\[(.*)\]\s*$/.exec(line)?.[1] ?? section;
        if (section !== 'console_scripts' && section !== 'gui_scripts')
            continue;
        const [, name, module, attribute] = /^([^#;=\s][^=]*?)\s*=\s*([\w.]+)\s*:\s*([\w.]+)/.exec(line) ?? [];
        if (name === undefined || module === undefined || attribute === undefined)
            continue;
        const imported = attribute.split('.')[0] ?? attribute;
        scripts.set(name, `${shebang}import sys\nfrom ${module} import ${imported}\nif __name__ == "__main__":\n    sys.exit(${attribute}())\n`);
    }
    return scripts;
}
const shebang = '#!/usr/bin/env python3\n';
function cleanShebang(script) {
    return script
        .replace(/^#!\/bin\/sh\n'''exec' [^\n]*python[^\n]*\n' '''\n/, shebang)
        .replace(/^#![^\n]*\/python[0-9.]*[^\n]*\n/, shebang);
}

;// CONCATENATED MODULE: ./.build/build-layers/command-content.js







async function commandContent(request, command, deps) {
    const { sourceDirectory, outputDirectory, layer } = request;
    const content = await scratchFolder(request, 'content');
    const temporary = await scratchFolder(request, 'tmp');
    const what = `build.command of layer ${layer.id}`;
    const before = { output: await (0,promises_.readdir)(outputDirectory), source: await (0,promises_.readdir)(sourceDirectory) };
    await runShell(command, sourceDirectory, { LAYER_BUILD_DIR: content, TMPDIR: temporary }, what, deps);
    const beside = (await (0,promises_.readdir)(outputDirectory)).filter(name => !before.output.includes(name));
    const stillThere = (await (0,promises_.lstat)(content).catch(() => null))?.isDirectory() === true;
    if (beside.length > 0 || !stillThere) {
        throw new errors/* CodedError */.AK('BUILD_FAILED', {
            expected: `${what} to write only below $LAYER_BUILD_DIR`,
            found: stillThere ? `${command_content_listed(beside)} beside it` : 'that folder replaced or removed',
            mend: 'write into "$LAYER_BUILD_DIR" with the command, and leave the folder itself'
        });
    }
    if ((await (0,promises_.readdir)(content)).length > 0) {
        for (const folder of await packageFolders(content))
            await cleanInstalled((0,external_node_path_.join)(content, folder));
        return content;
    }
    const elsewhere = (await (0,promises_.readdir)(sourceDirectory)).filter(name => !before.source.includes(name));
    throw new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: `${what} to write into $LAYER_BUILD_DIR`,
        found: elsewhere.length === 0 ? 'nothing in it' : `nothing in it, but ${command_content_listed(elsewhere)} in the layer's folder`,
        mend: 'write python/ (or the folder of its runtime) into "$LAYER_BUILD_DIR" with the command'
    });
}
function command_content_listed(names) {
    return names.slice(0, 5).sort().join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
}

// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
;// CONCATENATED MODULE: ./.build/build-layers/install/hashes.js


const mostFiles = 100;
async function givesHashes(requirements) {
    const files = [requirements];
    for (let next = 0; next < files.length && next < mostFiles; next++) {
        const file = files[next] ?? '';
        const text = await (0,promises_.readFile)(file, 'utf8').catch(() => '');
        if (hasHash(text))
            return true;
        for (const included of includedFiles(text)) {
            const path = (0,external_node_path_.resolve)((0,external_node_path_.dirname)(file), included);
            if (!files.includes(path))
                files.push(path);
        }
    }
    return false;
}
function hasHash(text) {
    return /^[^#\n]*(?:^|\s)--hash[= ]/m.test(text);
}
function includedFiles(text) {
    return [...text.matchAll(/^[ \t]*(?:-[rc]|--(?:requirement|constraint))[ \t=]*([^\s#]+)/gm)]
        .map(match => match[1] ?? '')
        .filter(name => !/^[a-z]+:\/\//i.test(name));
}

;// CONCATENATED MODULE: ./.build/build-layers/install/pip-for-target.js

const program = `
import sys
sys.path = [path for path in sys.path if path != ""]
import json, runpy, types
given = json.loads(sys.argv.pop(1))
try:
    import pip
except ImportError:
    sys.exit("No module named pip")
import pip._vendor.packaging.markers as markers
actual = markers.default_environment
markers.default_environment = lambda: {**actual(), **given["markers"]}
if given["version"]:
    from pip._internal.cli.req_command import RequirementCommand
    make_resolver = RequirementCommand.make_resolver.__func__
    version = {"py_version_info": tuple(given["version"])}
    RequirementCommand.make_resolver = classmethod(lambda cls, *a, **k: make_resolver(cls, *a, **{**k, **version}))
glibc = types.ModuleType("_manylinux")
glibc.manylinux_compatible = lambda major, minor, arch: (major, minor) <= (2, given["glibcMinor"])
sys.modules["_manylinux"] = glibc
sys.argv[0] = "pip"
runpy.run_module("pip", run_name="__main__", alter_sys=True)
`;
function runPipFor(python, target, foreign) {
    const { glibcMinor } = target;
    const version = foreign ? target.version.split('.').map(Number) : null;
    const markers = foreign ? markerEnvironment(target) : {};
    return [python, '-c', program, JSON.stringify({ markers, version, glibcMinor })];
}

;// CONCATENATED MODULE: ./.build/build-layers/install/installer-argv.js


function pipInstallArgv(installation) {
    const { python, targetDirectory, target, wheelsOnly } = installation;
    const run = target === null ? [python, '-m', 'pip'] : runPipFor(python, target, wheelsOnly);
    const tags = target === null || !wheelsOnly
        ? []
        : [
            '--implementation=cp',
            `--python-version=${target.version}`,
            ...platformTags(target).map(tag => `--platform=${tag}`)
        ];
    return [
        ...run,
        ...['install', '--no-input', '--disable-pip-version-check', '--no-compile'],
        ...['--no-warn-script-location', '--no-warn-conflicts'],
        ...['--target', targetDirectory, ...tags],
        ...common(installation)
    ];
}
function uvInstallArgv(installation) {
    const { python, targetDirectory, target } = installation;
    return [
        ...['uv', 'pip', 'install'],
        ...['--no-progress', '--color=never', '--link-mode=copy', '--no-python-downloads', '--python', python],
        ...['--target', targetDirectory],
        ...(target === null ? [] : [`--python-version=${target.version}`, `--python-platform=${uvPlatform(target)}`]),
        ...common(installation)
    ];
}
function common({ requirements, wheelsOnly, requireHashes }) {
    return [
        ...(wheelsOnly ? ['--only-binary=:all:'] : []),
        ...(requireHashes ? ['--require-hashes'] : []),
        ...requirements.flatMap(file => ['-r', file])
    ];
}
function wheelArgv(program, python, project, wheelDirectory) {
    if (program === 'pip') {
        const wheel = ['wheel', '--no-input', '--disable-pip-version-check', '--no-deps', '--wheel-dir', wheelDirectory];
        return [python, '-m', 'pip', ...wheel, project];
    }
    const quiet = ['--no-progress', '--color=never', '--no-python-downloads'];
    return ['uv', 'build', '--wheel', ...quiet, '--python', python, '--out-dir', wheelDirectory, project];
}
function uvPlatform(target) {
    const minor = uvGlibcMinor(target);
    return `${target.architecture}-${minor === 17 ? 'manylinux2014' : `manylinux_2_${minor}`}`;
}

;// CONCATENATED MODULE: ./.build/build-layers/install/installer-environment.js
const installerEnvironment = {
    PIP_PROGRESS_BAR: 'off',
    PIP_NO_COLOR: '1',
    PIP_ROOT_USER_ACTION: 'ignore',
    PIP_USER: '0',
    PIP_REQUIRE_VIRTUALENV: '0'
};

;// CONCATENATED MODULE: ./.build/build-layers/install/machine-index.js

const uvVariables = {
    'index-url': 'UV_DEFAULT_INDEX',
    'extra-index-url': 'UV_INDEX',
    cert: 'SSL_CERT_FILE',
    'trusted-host': 'UV_INSECURE_HOST'
};
const uvIndexVariables = [
    'UV_DEFAULT_INDEX',
    'UV_INDEX',
    'UV_INDEX_URL',
    'UV_EXTRA_INDEX_URL',
    'UV_NO_INDEX',
    'UV_CONFIG_FILE'
];
async function uvIndexEnvironment(python, environment, deps) {
    if (uvIndexVariables.some(name => environment[name] !== undefined))
        return {};
    const config = await succeeded([python, '-m', 'pip', 'config', 'list'], deps);
    return uvSettings({ ...pipSettings(config ?? ''), ...pipVariables(environment) }, environment);
}
function pipSettings(listed) {
    const settings = {};
    for (const section of ['global', 'install', ':env:']) {
        for (const line of listed.split(/\r?\n/)) {
            const [, in_, name, value] = /^([^=]*)\.([a-z-]+)=(?:'(.*)'|"(?:.*)")$/.exec(line) ?? [];
            if (in_ === section && isSetting(name) && value !== undefined)
                settings[name] = words(value.replace(/\\n/g, ' '));
        }
    }
    return settings;
}
function pipVariables(environment) {
    const given = Object.keys(uvVariables).flatMap(name => {
        const value = environment[`PIP_${name.toUpperCase().replaceAll('-', '_')}`];
        return value === undefined || value === '' ? [] : [[name, words(value)]];
    });
    return Object.fromEntries(given);
}
function uvSettings(settings, environment) {
    const pairs = Object.entries(uvVariables).flatMap(([name, variable]) => {
        const value = settings[name];
        return value === undefined || environment[variable] !== undefined ? [] : [[variable, value]];
    });
    return Object.fromEntries(pairs);
}
function isSetting(name) {
    return name !== undefined && name in uvVariables;
}
function words(value) {
    return value.split(/\s+/).filter(Boolean).join(' ');
}

;// CONCATENATED MODULE: ./.build/build-layers/install/install-packages.js








async function setUpInstaller(installer, target, ordinary, builds, deps) {
    const program = await findInstaller(installer, ordinary, deps);
    const machine = await readMachineEnvironment(deps);
    const found = target === null || !builds ? null : await findPython(target.version, ordinary, machine, deps);
    const usable = found !== null && (program === 'uv' || (await hasPip(found.executable, deps)));
    const python = usable ? found.executable : ordinary;
    const index = program === 'uv' ? await uvIndexEnvironment(ordinary, machine, deps) : {};
    const native = target === null || (usable && suits(target, found));
    return { program, python, native, environment: { ...installerEnvironment, ...index } };
}
async function findInstaller(installer, python, deps) {
    if (installer !== 'pip' && (await succeeds(['uv', '--version'], deps)))
        return 'uv';
    if (installer !== 'uv' && (await hasPip(python, deps)))
        return 'pip';
    const wanted = { auto: `uv, or ${python} with pip`, uv: 'uv', pip: `${python} with pip` }[installer];
    const step = installer === 'uv' ? 'uv (astral-sh/setup-uv)' : 'Python (actions/setup-python)';
    throw new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: `${wanted} to install the layer's packages`,
        found: installer === 'auto' ? 'neither' : 'none that runs',
        mend: `add a step that installs ${step} before this action`
    });
}
function hasPip(python, deps) {
    return succeeds([python, '-m', 'pip', '--version'], deps);
}
async function installPackages(setup, request, cwd, deps) {
    const { program, python, environment } = setup;
    const { sourceDistributions, target, requirements } = request;
    if (sourceDistributions && !setup.native)
        throw cannotCompile(target);
    const hashes = await Promise.all(requirements.map(givesHashes));
    const installation = { ...request, python, wheelsOnly: !sourceDistributions, requireHashes: hashes.includes(true) };
    const argv = (program === 'uv' ? uvInstallArgv : pipInstallArgv)(installation);
    const purpose = purposeOf(`${program} install`, installMend(request));
    const command = { argv, cwd, env: environment };
    await runBuildCommand(command, { ...purpose, mendFor: words => mendForWords(words, request) }, deps);
}
function cannotCompile(target) {
    const version = target?.version ?? '3';
    return new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: `python${version} on ${target?.architecture ?? 'this runner'} for source-distributions: true`,
        found: 'none on this runner',
        mend: `add actions/setup-python with python-version ${version} on such a runner, or delete source-distributions`
    });
}
function installMend({ target, sourceDistributions }) {
    if (target === null || sourceDistributions)
        return 'correct the requirements, or the index that they are taken from';
    return (`name packages that exist as wheels for python${target.version} on ${target.architecture}, ` +
        'or set source-distributions: true on a runner of that kind');
}
const knownFailures = [
    {
        words: /hash(?:es)? (?:mismatch|do not match)|do not match the hashes|require-hashes|hashes are required|have a hash/i,
        mend: 'give every requirement the digest of the file that the index has, for example with `uv pip compile --generate-hashes`'
    },
    {
        words: /max retries exceeded|error sending request|failed to establish a new connection|connection (?:refused|reset|error|timed out)|name resolution|dns error|failed to fetch|could not fetch url|timed out|40[13] (?:client error|unauthorized|forbidden)|HTTP status (?:client|server) error/i,
        mend: 'make the index reachable from this runner (PIP_INDEX_URL or UV_DEFAULT_INDEX, with its credentials), then run again'
    },
    {
        words: /ResolutionImpossible|conflicting dependencies|requirements are unsatisfiable|are incompatible/i,
        mend: 'make the versions in the requirements agree'
    }
];
function mendForWords(words, request) {
    const noWheel = /no (?:usable |matching )?wheels?|no wheels with a matching|only-binary/i.test(words);
    const known = knownFailures.find(failure => failure.words.test(words));
    return noWheel || known === undefined ? installMend(request) : known.mend;
}
async function buildWheel({ program, python, environment }, project, wheelDirectory, deps) {
    const argv = wheelArgv(program, python, project, wheelDirectory);
    const purpose = purposeOf(`building the wheel with ${program}`, 'correct pyproject.toml or setup.py');
    await runBuildCommand({ argv, cwd: wheelDirectory, env: environment }, purpose, deps);
}
function purposeOf(what, mend) {
    return { what, mend, mendMissing: 'add a step that installs Python (actions/setup-python) or uv before this action' };
}

;// CONCATENATED MODULE: ./.build/build-layers/install/locked-requirements.js





const lockTools = {
    'uv.lock': {
        program: 'uv',
        mend: 'add a step that installs uv (astral-sh/setup-uv) before this action',
        argv: file => [
            ...[
                'uv',
                'export',
                '--frozen',
                '--no-dev',
                '--no-default-groups',
                '--no-emit-project',
                '--no-editable'
            ],
            ...['--format=requirements-txt', '--no-header', '--no-annotate', '--no-progress', '--color=never', '--quiet'],
            ...['--no-python-downloads', '--output-file', file]
        ],
        prints: false
    },
    'poetry.lock': {
        program: 'poetry',
        mend: 'add a step that installs poetry and poetry-plugin-export before this action',
        argv: file => [
            ...['poetry', 'export', '--no-interaction', '--no-ansi', '--only=main'],
            ...['--format=requirements.txt', '--output', file]
        ],
        prints: false
    },
    'Pipfile.lock': {
        program: 'pipenv',
        mend: 'add a step that installs pipenv before this action',
        argv: () => ['pipenv', 'requirements', '--hash'],
        prints: true
    }
};
async function exportLock(lock, folder, scratch, deps) {
    const tool = lockTools[lock];
    const { program } = tool;
    const orElse = `or name a requirements file in build.requirements, or delete ${lock}`;
    if (!(await succeeds([program, '--version'], deps))) {
        throw new errors/* CodedError */.AK('BUILD_FAILED', {
            expected: `${program} to export ${lock}`,
            found: 'none that runs',
            mend: `${tool.mend}, ${orElse}`
        });
    }
    const file = (0,external_node_path_.join)(scratch, 'locked-requirements.txt');
    const purpose = {
        what: `exporting ${lock} with ${program}`,
        mend: `${tool.mend} in a version that reads this ${lock}, ${orElse}`,
        mendMissing: tool.mend
    };
    const command = { argv: tool.argv(file), cwd: folder, env: { ...installerEnvironment, ...exportEnvironment } };
    const { stdout } = await runBuildCommand(command, purpose, tool.prints ? withoutLog(deps) : deps);
    if (tool.prints)
        await (0,promises_.writeFile)(file, requirementsOf(Buffer.from(stdout).toString(), await (0,promises_.readFile)((0,external_node_path_.join)(folder, lock), 'utf8')));
    return file;
}
const exportEnvironment = {
    PIPENV_IGNORE_VIRTUALENVS: '1',
    PIPENV_VERBOSITY: '-1',
    PIPENV_YES: '1',
    POETRY_VIRTUALENVS_CREATE: 'false'
};
function requirementsOf(printed, lock) {
    const onlyTemplate = sourceNames(lock).every(name => name === 'pypi');
    const lines = printed.split(/\r?\n/).filter(line => !(onlyTemplate && /^(-i|--index-url)[ =]/.test(line)));
    return lines.join('\n');
}
function sourceNames(lock) {
    const { _meta } = JSON.parse(lock);
    return (_meta?.sources ?? []).map(({ name }) => name);
}
function withoutLog(deps) {
    const info = (message) => {
        deps.log.debug(message);
    };
    return { ...deps, log: { ...deps.log, info } };
}

;// CONCATENATED MODULE: ./.build/build-layers/install/install-layer.js











async function installLayer(request, method, deps) {
    const { python = 'python3', layer } = request;
    const builds = method.kind === 'project' || method.sourceDistributions;
    const setup = await setUpInstaller(method.installer, pythonTarget(layer), python, builds, deps);
    switch (method.kind) {
        case 'project':
            return installProject(request, method, setup, deps);
        case 'requirements': {
            const root = await (0,promises_.realpath)(request.sourceDirectory);
            const requirements = await insideOf(root, method.requirements);
            return withSource(request, method, await install(request, method, setup, [requirements], deps));
        }
        case 'locked': {
            const root = await (0,promises_.realpath)(request.sourceDirectory);
            const folder = (0,external_node_path_.dirname)(await insideOf(root, (0,external_node_path_.join)(method.folder, method.lock)));
            const requirements = await exportLock(method.lock, folder, await scratchFolder(request, 'lock'), deps);
            return withSource(request, method, await install(request, method, setup, [requirements], deps));
        }
    }
}
async function installProject(request, method, setup, deps) {
    const project = await scratchFolder(request, 'project');
    await copySource(request.sourceDirectory, ['.'], project);
    const wheelDirectory = await scratchFolder(request, 'wheel');
    await buildWheel(setup, project, wheelDirectory, deps);
    const name = (await (0,promises_.readdir)(wheelDirectory)).find(each => each.endsWith('.whl'));
    if (name === undefined) {
        throw new errors/* CodedError */.AK('BUILD_FAILED', {
            expected: "the project's build to write a wheel",
            found: 'none',
            mend: 'correct build-system in pyproject.toml'
        });
    }
    const own = (0,external_node_path_.join)(wheelDirectory, 'requirements.txt');
    const wheel = (0,external_node_path_.join)(wheelDirectory, name);
    if (method.lock === null) {
        await (0,promises_.writeFile)(own, `${requirementOf(wheel)}\n`);
        return install(request, method, setup, [own], deps);
    }
    await (0,promises_.writeFile)(own, `${requirementOf(wheel)} --hash=sha256:${(0,_build_sha256/* sha256Hex */.fg)(await (0,promises_.readFile)(wheel))}\n`);
    const locked = await exportLock(method.lock, project, await scratchFolder(request, 'lock'), deps);
    return install(request, method, setup, [locked, own], deps);
}
function requirementOf(wheel) {
    const name = wheel.slice(wheel.lastIndexOf('/') + 1).split('-')[0] ?? '';
    return `${name} @ ${(0,external_node_url_.pathToFileURL)(wheel).href}`;
}
async function install(request, { sourceDistributions }, setup, requirements, deps) {
    const content = await scratchFolder(request, 'content');
    const targetDirectory = (0,external_node_path_.join)(content, 'python');
    await (0,promises_.mkdir)(targetDirectory);
    const target = pythonTarget(request.layer);
    await installPackages(setup, { targetDirectory, requirements, target, sourceDistributions }, request.sourceDirectory, deps);
    await cleanInstalled(targetDirectory);
    return content;
}
async function withSource({ sourceDirectory }, { source }, content) {
    await copySource(sourceDirectory, source, (0,external_node_path_.join)(content, 'python'));
    return content;
}

;// CONCATENATED MODULE: ./.build/build-layers/stage-content.js





async function stageContent(request, deps) {
    const { layer, sourceDirectory } = request;
    const method = chooseMethod(layer.build, await readFolder(sourceDirectory), await readPyproject(sourceDirectory));
    deps.log.info(describe(method));
    switch (method.kind) {
        case 'prebuilt':
            return sourceDirectory;
        case 'command':
            return commandContent(request, method.command, deps);
        case 'project':
        case 'requirements':
        case 'locked':
            return installLayer(request, method, deps);
    }
}
async function readFolder(directory) {
    const names = (await (0,promises_.readdir)(directory)).filter(name => name !== '.git');
    return Promise.all(names.map(async (name) => {
        const kind = await kindOf((0,external_node_path_.join)(directory, name));
        const isPackage = kind === 'folder' && (await kindOf((0,external_node_path_.join)(directory, name, '__init__.py'))) === 'file';
        return { name, kind, isPackage };
    }));
}
async function readPyproject(directory) {
    return (0,promises_.readFile)((0,external_node_path_.join)(directory, 'pyproject.toml'), 'utf8').catch(() => '');
}
async function kindOf(path) {
    const stats = await (0,promises_.stat)(path).catch(() => null);
    return stats?.isFile() === true ? 'file' : stats?.isDirectory() === true ? 'folder' : 'other';
}
function describe(method) {
    switch (method.kind) {
        case 'prebuilt':
            return 'The folder is taken as it is';
        case 'command':
            return 'Running build.command';
        case 'project':
            return `Installing the project${method.lock === null ? '' : ` with what ${method.lock} pins`}`;
        case 'locked':
            return `Installing what ${method.lock} pins and copying ${method.source.join(', ') || 'no source'}`;
        case 'requirements':
            return `Installing ${method.requirements} and copying ${method.source.join(', ') || 'no source'}`;
    }
}

;// CONCATENATED MODULE: ./.build/build-layers/build-layer.js











async function buildLayer(request, deps) {
    try {
        return await deps.log.group(`Build layer ${request.layer.id}`, () => build(request, deps));
    }
    catch (thrown) {
        throw machineError(thrown, 'the layer to be built');
    }
}
async function build(request, deps) {
    const { layer, outputDirectory } = request;
    const content = await stageContent(request, deps);
    await checkContent(request, content, deps);
    const entries = await list(content, layer.build.exclude);
    const file = (0,external_node_path_.join)(outputDirectory, 'layer.zip');
    const options = {
        ...(deps.signal === undefined ? {} : { signal: deps.signal }),
        ...(deps.packers === undefined ? {} : { packers: deps.packers })
    };
    const packed = await writeArchive(content, entries.filter(isPackable), file, options);
    const { secrets, traits, threads, ...archive } = packed;
    const { unzippedBytes } = archive;
    const installed = await readInstalledFiles(content);
    const { allowSecrets = [] } = layer.build;
    const judged = judgeSecrets(entries, secrets, path => installed.has(path), allowSecrets);
    for (const entry of judged.unused)
        deps.log.warning(unusedAllowance(layer.id, entry));
    const packages = (0,package_sizes/* largestPackages */.Ug)(entries.filter(isFile), installed);
    const verdicts = inspectContent(layer, { entries, unzippedBytes, secrets: judged, traits, packages });
    deps.log.info(`Largest: ${packages.map(package_sizes/* packageText */.qg).join(', ')}`);
    deps.log.info(`${archive.fileCount} files, ${archive.unzippedBytes} bytes, zipped ${archive.sizeBytes}; content ${archive.contentDigest}; packed by ${threads === 1 ? 'one thread' : `${threads} threads`}`);
    return { layerId: layer.id, file, ...archive, packages, verdicts };
}
async function list(content, exclude) {
    try {
        return await listContent(content, exclude);
    }
    catch (thrown) {
        throw packingError(thrown);
    }
}
function unusedAllowance(layerId, entry) {
    return `Layer ${layerId}: build.allow-secrets names ${entry}, where nothing looks like a secret: delete the entry, or correct its path`;
}
function isFile(entry) {
    return entry.kind === 'file';
}
function isPackable(entry) {
    return entry.kind !== 'refused';
}

;// CONCATENATED MODULE: ./.build/detect-changes/gitlink-diff.js
const gitlinkMode = '160000';
function isGitlink(entry) {
    return entry.mode === gitlinkMode;
}
function diffGitlinks(base, head) {
    const before = new Map(base.map(entry => [entry.path, entry]));
    const after = new Map(head.map(entry => [entry.path, entry]));
    const changes = [];
    const appeared = [];
    for (const entry of head) {
        const old = before.get(entry.path);
        if (old === undefined) {
            if (isGitlink(entry))
                appeared.push(entry);
        }
        else {
            changes.push(...changeInPlace(old, entry));
        }
    }
    const vanished = base.filter(entry => isGitlink(entry) && !after.has(entry.path));
    changes.push(...pairRenames(vanished, appeared));
    return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}
function changeInPlace(old, entry) {
    const ids = { path: entry.path, from: old.objectId, to: entry.objectId };
    if (isGitlink(old) && isGitlink(entry))
        return ids.from === ids.to ? [] : [{ kind: 'bumped', ...ids }];
    if (isGitlink(entry))
        return [{ kind: 'became-submodule', ...ids }];
    return isGitlink(old) ? [{ kind: 'ceased-submodule', ...ids }] : [];
}
function pairRenames(vanished, appeared) {
    const byPath = (a, b) => (a.path < b.path ? -1 : 1);
    const gone = [...vanished].sort(byPath);
    const arrivals = [...appeared].sort(byPath).map((entry) => {
        const { path, objectId: to } = entry;
        const former = gone.find(old => old.objectId === to);
        if (former === undefined)
            return { kind: 'added', path, to };
        gone.splice(gone.indexOf(former), 1);
        return { kind: 'renamed', path, formerPath: former.path, to };
    });
    return [...arrivals, ...gone.map(({ path, objectId: from }) => ({ kind: 'removed', path, from }))];
}

;// CONCATENATED MODULE: ./.build/build-layers/checkout-source.js


async function prepareSource(layer, source, options) {
    const directory = (0,external_node_path_.join)(options.destination, layer.path);
    if (source.root === null || !isFolder(source.root)) {
        return { directory, verdicts: [notAFolder(layer, source.root)], warnings: [] };
    }
    const plain = source.entries.filter(entry => !isGitlink(entry)).map(entry => entry.path);
    const folders = source.entries.filter(entry => entry.mode === '040000').map(entry => entry.path);
    const inside = folders.length === 0 ? [] : await options.git.readGitlinks('HEAD', folders);
    const gitlinks = new Map([...source.entries.filter(isGitlink), ...inside].map(entry => [entry.path, entry]));
    const verdicts = [];
    for (const path of plain)
        verdicts.push(...judgeFolder(layer, path, await options.git.checkoutState(path)));
    for (const gitlink of gitlinks.values())
        verdicts.push(...(await judgeSubmodule(layer, gitlink, options)));
    if (verdicts.some(verdict => verdict.passed !== true))
        return { directory, verdicts, warnings: [] };
    if (plain.length > 0)
        await options.git.exportPaths(plain, options.destination);
    const leftOut = [];
    for (const path of gitlinks.keys()) {
        leftOut.push(...(await options.git.exportSubmodule(path, options.destination)).leftOut);
    }
    return { directory, verdicts, warnings: leftOut.map(path => leftOutWarning(layer, path)) };
}
function isFolder(entry) {
    return isGitlink(entry) || entry.mode === '040000';
}
function judgeFolder(layer, path, state) {
    const dirtyPaths = state.kind === 'present' ? state.dirtyPaths : [];
    return [checkedOut(layer, `${path} is committed`), cleanliness(layer, path, dirtyPaths)];
}
async function judgeSubmodule(layer, gitlink, options) {
    const { git } = options;
    let state = await git.checkoutState(gitlink.path);
    if (state.kind !== 'present' && options.submodules === 'auto') {
        await git.initialiseSubmodule(gitlink.path);
        state = await git.checkoutState(gitlink.path);
    }
    const expected = `commit ${gitlink.objectId} in the submodule ${gitlink.path}`;
    if (state.kind !== 'present') {
        const found = 'a submodule that is not checked out';
        const mend = 'set `submodules: auto` here, or `submodules: true` in actions/checkout';
        return [failed('SOURCE_NOT_CHECKED_OUT', layer, expected, found, mend)];
    }
    if (state.commit !== gitlink.objectId) {
        const mend = 'commit the submodule in the superproject, or remove the step that moves it';
        return [failed('SOURCE_NOT_CHECKED_OUT', layer, expected, `commit ${state.commit ?? 'unknown'}`, mend)];
    }
    const detail = `${gitlink.path} is at ${gitlink.objectId}`;
    return [checkedOut(layer, detail), cleanliness(layer, gitlink.path, state.dirtyPaths)];
}
function checkedOut(layer, detail) {
    return { guard: 'SOURCE_NOT_CHECKED_OUT', subject: layer.id, passed: true, detail };
}
function cleanliness(layer, path, dirtyPaths) {
    if (dirtyPaths.length === 0) {
        return {
            guard: 'SOURCE_DIRTY',
            subject: layer.id,
            passed: true,
            detail: `nothing differs from the commit in ${path}`
        };
    }
    const shown = dirtyPaths.slice(0, 5).map(each => JSON.stringify(each));
    const more = dirtyPaths.length > shown.length ? ', …' : '';
    const mend = 'commit the files, ignore them in .gitignore, or make them in `build.command`';
    return failed('SOURCE_DIRTY', layer, `${path} as committed`, `changed or untracked: ${shown.join(', ')}${more}`, mend);
}
function notAFolder(layer, root) {
    const found = root === null ? 'nothing there in the commit' : 'a file or a symbolic link';
    const mend = "set the layer's `path` to a submodule or folder, or remove the layer";
    return failed('SOURCE_NOT_CHECKED_OUT', layer, `a submodule or folder at ${layer.path}`, found, mend);
}
function failed(guard, layer, expected, found, mend) {
    return { guard, subject: layer.id, passed: false, finding: { expected, found, mend } };
}
function leftOutWarning(layer, path) {
    return `${layer.id}: ${path}, a submodule inside a submodule, is not checked out and will be missing from the layer; set \`submodules: recursive\` in actions/checkout if the layer needs it`;
}

;// CONCATENATED MODULE: ./.build/build-layers/separate-logs.js
const heartbeatMilliseconds = 30_000;
function separateLogs(log, signal, { everyMilliseconds = heartbeatMilliseconds } = {}) {
    let shown = Promise.resolve();
    const showGroup = (title, lines) => {
        const show = () => log.group(title, () => {
            for (const { level, text } of lines)
                log[level](text);
            return Promise.resolve();
        });
        return (shown = shown.then(show, show));
    };
    return () => heldBack(log, signal, showGroup, everyMilliseconds);
}
function heldBack(log, signal, showGroup, everyMilliseconds) {
    let held = null;
    const say = (level, text) => {
        if (held === null)
            log[level](text);
        else
            held.push({ level, text });
    };
    return {
        ...log,
        debug: text => {
            say('debug', text);
        },
        info: text => {
            say('info', text);
        },
        group: async (title, work) => {
            held = [];
            const flush = () => {
                const lines = held ?? [];
                held = null;
                heartbeat.close();
                signal.removeEventListener('abort', onAbort);
                return lines.length === 0 ? Promise.resolve() : showGroup(title, lines);
            };
            const onAbort = () => void flush();
            const started = Date.now();
            const heartbeat = setInterval(() => {
                const seconds = Math.round((Date.now() - started) / 1000);
                log.info(`${title}: for ${seconds} seconds now, its log follows when it ends; last line: ${held?.at(-1)?.text ?? 'none'}`);
            }, everyMilliseconds).unref();
            signal.addEventListener('abort', onAbort);
            try {
                return await work();
            }
            finally {
                if (held !== null)
                    await flush();
            }
        }
    };
}

// EXTERNAL MODULE: ./.build/ports/github.js
var ports_github = __webpack_require__(890);
// EXTERNAL MODULE: ./.build/publish-layers/gates/observe-gates.js + 2 modules
var observe_gates = __webpack_require__(7907);
// EXTERNAL MODULE: ./.build/publish-layers/guards.js
var guards = __webpack_require__(8865);
// EXTERNAL MODULE: ./.build/publish-layers/promotion.js
var promotion = __webpack_require__(7694);
// EXTERNAL MODULE: ./.build/publish-layers/stored-artifact.js
var stored_artifact = __webpack_require__(5959);
// EXTERNAL MODULE: ./.build/publish-layers/target.js
var publish_layers_target = __webpack_require__(3406);
;// CONCATENATED MODULE: ./.build/publish-layers/watch-checkout.js

const pathsShown = 5;
async function watchCheckout(git, layers) {
    const suspects = layers.filter(({ build }) => build.kind === 'command' || build.check !== null);
    if (suspects.length === 0)
        return () => Promise.resolve(new Map());
    const before = new Set(await git.dirtyPaths());
    return async () => {
        const written = (await git.dirtyPaths()).filter(path => !before.has(path));
        if (written.length === 0)
            return new Map();
        return new Map(suspects.map(({ id }) => [id, straying(suspects, written)]));
    };
}
function straying(suspects, written) {
    const ids = suspects.map(({ id }) => id).join(', ');
    const more = written.length > pathsShown ? ` and ${written.length - pathsShown} more` : '';
    return new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: `build.command and build.check of ${suspects.length === 1 ? `layer ${ids}` : `the layers ${ids}`} to leave the checkout as it is`,
        found: `${written.slice(0, pathsShown).join(', ')}${more} changed or new in it`,
        mend: 'write into "$LAYER_BUILD_DIR" or the working directory, which is a copy, with the command'
    });
}

;// CONCATENATED MODULE: ./.build/publish-layers/observe-deploy.js
















const buildsAtOnce = 2;
async function observeDeploy(request, facts, ports) {
    const changed = new Set(facts.changes.filter(change => change.changed).map(({ layerId }) => layerId));
    if (changed.size === 0 && facts.astray.size === 0)
        return facts;
    const templated = new Set(request.layers.filter(({ template }) => template != null).map(({ id }) => id));
    const isNeeded = (change) => isBuilt(change) || (change.changed && templated.has(change.layerId));
    const toBuild = new Set(facts.changes.filter(isNeeded).map(({ layerId }) => layerId));
    const stale = await observeAge(request, facts, ports);
    if (stale.passed === 'stand-aside')
        return { ...facts, verdicts: [...facts.verdicts, stale] };
    const limit = (0,p_limit/* default */.A)(buildsAtOnce);
    const layers = request.layers.filter(layer => toBuild.has(layer.id));
    const strayed = await watchCheckout(ports.git, layers);
    const packers = workerPackers();
    const logOf = layers.length > 1 ? separateLogs(ports.log, ports.signal) : () => ports.log;
    const building = layers.map(layer => limit(() => observe_deploy_build(layer, facts, { ...ports, log: logOf(), packers })));
    const [gates, finished] = await Promise.all([
        observeGates(request, layers, ports),
        Promise.all(building).finally(() => packers.close())
    ]);
    const built = withStrays(finished, await strayed());
    const builds = new Map(built.flatMap(({ layerId, result }) => (result === null ? [] : [[layerId, result]])));
    const artifacts = new Map([...builds].filter((entry) => !(entry[1] instanceof Error)));
    const [buckets, promoted] = await Promise.all([
        observeBuckets(facts, artifacts, ports),
        observePromotion(request, facts, artifacts, ports)
    ]);
    const verdicts = [
        ...facts.verdicts,
        stale,
        ...gates,
        ...built.flatMap(layer => layer.verdicts),
        ...buckets.verdicts,
        ...promoted
    ];
    const declared = new Map(built.flatMap(({ targets = [] }) => targets.map(target => [(0,publish_layers_target/* targetKey */.hD)(target), target])));
    const targets = facts.targets.map(target => declared.get((0,publish_layers_target/* targetKey */.hD)(target)) ?? target);
    return { ...facts, targets, builds, stored: buckets.stored, verdicts };
}
function isBuilt({ changed, reason }) {
    return changed && reason !== 'access-changed';
}
async function observeGates(request, layers, ports) {
    const coverage = await (0,observe_gates.observeCoverage)(layers, ports.workspace, 'deploy');
    if (coverage.some(({ passed }) => passed === false))
        return coverage;
    return [...coverage, ...(await (0,observe_gates/* observeChecks */.I)(request.environment.requiredChecks, request.headCommit, ports))];
}
async function observeAge(request, facts, { git }) {
    const commits = new Set([...facts.deployed.values()].flatMap(deployed => deployed?.commit ?? []));
    const deployed = [];
    for (const commit of commits)
        deployed.push({ commit, relation: await git.relation(request.headCommit, commit) });
    const parted = deployed.some(({ relation }) => relation === 'diverged' || relation === 'unknown');
    const branchTip = parted ? await git.remoteBranchTip(request.branch) : null;
    return (0,guards/* staleVerdict */.xP)({ headCommit: request.headCommit, branch: request.branch, branchTip, deployed });
}
async function observe_deploy_build(layer, facts, ports) {
    const source = facts.sources.get(layer.id);
    if (source === undefined)
        return { layerId: layer.id, result: null, verdicts: [] };
    try {
        ports.signal.throwIfAborted();
        ports.progress?.({ layerId: layer.id, region: null, what: 'building', ended: false });
        const { git, workspace, submodules, process, log, signal, packers } = ports;
        const destination = (0,external_node_path_.join)(ports.scratchDirectory, layer.id, 'source');
        const prepared = await prepareSource(layer, source, { git, workspace, destination, submodules });
        for (const warning of prepared.warnings)
            log.warning(warning);
        if (prepared.verdicts.some(({ passed }) => passed !== true)) {
            return { layerId: layer.id, result: null, verdicts: prepared.verdicts };
        }
        const own = await ownTemplates(layer, facts, destination);
        const judged = [...prepared.verdicts, ...(own?.verdicts ?? [])];
        if (judged.some(({ passed }) => passed !== true))
            return { layerId: layer.id, result: null, verdicts: judged };
        const outputDirectory = (0,external_node_path_.join)(ports.scratchDirectory, layer.id, 'output');
        await (0,promises_.mkdir)(outputDirectory, { recursive: true });
        const artifact = await buildLayer({ layer: own?.layer ?? layer, sourceDirectory: own?.contentDirectory ?? prepared.directory, outputDirectory }, { process, log, signal, packers, commandSeconds: ports.commandSeconds });
        const what = `built, ${artifact.fileCount} files, ${artifact.sizeBytes} bytes`;
        ports.progress?.({ layerId: layer.id, region: null, what, ended: true });
        const verdicts = [...judged, ...artifact.verdicts];
        return { layerId: layer.id, result: artifact, verdicts, ...(own === null ? {} : { targets: own.targets }) };
    }
    catch (error) {
        if (ports.signal.aborted)
            throw ports.signal.reason;
        if (error instanceof errors/* CodedError */.AK && error.code === 'CONFIG_INVALID')
            throw error;
        return failedBuild(layer, error);
    }
}
async function ownTemplates(layer, facts, destination) {
    if (layer.template == null)
        return null;
    const { isTemplated, observeTemplates } = await __webpack_require__.e(/* import() */ 225).then(__webpack_require__.bind(__webpack_require__, 9225));
    const targets = facts.targets.filter(({ layerId }) => layerId === layer.id);
    return isTemplated(layer) ? observeTemplates(layer, targets, destination) : null;
}
function withStrays(built, strayed) {
    return built.map(one => {
        const error = strayed.get(one.layerId);
        return error === undefined || one.result === null ? one : { ...one, result: error };
    });
}
function failedBuild(layer, error) {
    const coded = (0,errors/* asCodedError */._r)(machineError(error, 'the layer to be built'));
    const guard = /^(ARCHIVE_|SECRET_|SOURCE_|WRONG_)/.test(coded.code);
    if (!guard)
        return { layerId: layer.id, result: coded, verdicts: [] };
    const verdict = { guard: coded.code, subject: layer.id, passed: false, finding: coded.finding };
    return { layerId: layer.id, result: null, verdicts: [verdict] };
}
async function observeBuckets(facts, artifacts, { aws }) {
    const limit = (0,p_limit/* default */.A)(facts.environment.concurrency);
    const changed = new Set(facts.changes.filter(isBuilt).map(publish_layers_target/* targetKey */.hD));
    const looks = facts.targets.flatMap(target => {
        const artifact = artifacts.get(target.layerId);
        if (artifact === undefined || !changed.has((0,publish_layers_target/* targetKey */.hD)(target)))
            return [];
        const { contentDigest } = artifact;
        return [
            limit(async () => [target, await headOrRefusal(() => (0,stored_artifact/* headArtifact */.j)(aws.region(target.region), target, contentDigest))])
        ];
    });
    const stored = new Map();
    const verdicts = new Map();
    for (const [target, found] of await Promise.all(looks)) {
        const guard = 'BUCKET_OWNER_MISMATCH';
        const subject = `${target.bucket} in ${target.region}`;
        if (found instanceof errors/* CodedError */.AK)
            verdicts.set(subject, { guard, subject, passed: false, finding: found.finding });
        else {
            stored.set((0,publish_layers_target/* targetKey */.hD)(target), found);
            if (!verdicts.has(subject))
                verdicts.set(subject, { guard, subject, passed: true, detail: `owned by ${target.accountId}` });
        }
    }
    return { stored, verdicts: [...verdicts.values()] };
}
async function headOrRefusal(look) {
    try {
        return await look();
    }
    catch (error) {
        if (error instanceof errors/* CodedError */.AK && error.code === 'BUCKET_OWNER_MISMATCH')
            return error;
        throw error;
    }
}
async function observePromotion(request, facts, artifacts, { github }) {
    const { promoteFrom } = request.environment;
    const override = request.promotionOverride;
    if (promoteFrom === null || artifacts.size === 0)
        return [];
    const wanted = new Map([...artifacts].map(([layerId, { contentDigest }]) => [
        layerId,
        { contentDigest, sourceDigest: facts.sources.get(layerId)?.sourceDigest ?? '' }
    ]));
    const unreadable = (why) => [...wanted].map(([layerId, layer]) => (0,guards/* promotedVerdict */.EI)(promoteFrom, layerId, layer, { kind: 'unreadable', why }, override));
    if (github === null)
        return unreadable('no GitHub token to read the deployments with');
    try {
        const proven = await (0,promotion/* readProven */.Lb)(github, promoteFrom, wanted);
        return [...wanted].map(([layerId, layer]) => (0,guards/* promotedVerdict */.EI)(promoteFrom, layerId, layer, { kind: 'read', layer: proven.get(layerId) ?? null }, override));
    }
    catch (error) {
        if (error instanceof ports_github/* GitHubError */.y)
            return unreadable(`deployments that cannot be read (${error.message})`);
        throw error;
    }
}


/***/ })

};
