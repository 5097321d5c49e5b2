export const id = 550;
export const ids = [550];
export const modules = {

/***/ 550:
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
;// CONCATENATED MODULE: ./.build/publish-layers/plan/gates/coverage-report.js
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

;// CONCATENATED MODULE: ./.build/publish-layers/plan/gates/gate-verdicts.js

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
        return [{ guard, subject: '', passed: false, finding: { expected, found: found.why, mend: found.mend } }];
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

;// CONCATENATED MODULE: ./.build/publish-layers/observe/observe-gates.js





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
        return checkVerdicts(required, commit, {
            kind: 'unreadable',
            why: 'no GitHub token to read the checks with',
            mend: 'give the input github-token a token with the permissions checks: read and statuses: read'
        });
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
        const { message, mend } = error;
        return checkVerdicts(required, commit, { kind: 'unreadable', why: `checks that cannot be read (${message})`, mend });
    }
}
async function readChecks(github, commit, required) {
    const runs = await github.listCheckRuns(commit, required.names);
    if (findChecks(required, runs).every(({ state }) => state !== 'missing'))
        return runs;
    const statuses = await github.listStatuses(commit);
    return [
        ...runs,
        ...statuses.map(({ context, state, targetUrl }) => ({ name: context, outcome: state, url: targetUrl }))
    ];
}


/***/ })

};
