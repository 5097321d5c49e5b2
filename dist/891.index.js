export const id = 891;
export const ids = [891];
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

/***/ 7891:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  rollout: () => (/* binding */ rollout)
});

// EXTERNAL MODULE: ./.build/model/errors.js
var model_errors = __webpack_require__(8125);
// EXTERNAL MODULE: ./.build/publish-layers/target.js
var publish_layers_target = __webpack_require__(3406);
// EXTERNAL MODULE: ./.build/operate/identity.js
var operate_identity = __webpack_require__(9843);
;// CONCATENATED MODULE: ./.build/operate/rollout/move-function.js

async function moveFunction(step, context) {
    const { functions } = context;
    const { functionName, layersBefore, layersAfter, revisionId } = step;
    const before = await settled(step, context);
    if (sameList(before, layersAfter) && before.update === 'successful')
        return;
    if (!sameList(before, layersBefore))
        throw changedMeanwhile(step);
    await functions.setLayers(functionName, layersAfter, before.update === 'successful' ? revisionId : before.revisionId);
    const after = await settled(step, context);
    if (sameList(after, layersAfter) && after.update === 'successful')
        return;
    if (!sameList(after, layersAfter))
        throw changedMeanwhile(step);
    throw updateFailed(step, after, await putBack(step, after, context));
}
async function putBack(step, after, context) {
    await context.functions.setLayers(step.functionName, step.layersBefore, after.revisionId);
    const back = await settled(step, context);
    return sameList(back, step.layersBefore) && back.update === 'successful';
}
async function settled(step, { functions, clock, signal }) {
    for (let waitMilliseconds = 200;; waitMilliseconds = Math.min(waitMilliseconds * 1.5, 2_000)) {
        signal.throwIfAborted();
        const state = await functions.read(step.functionName);
        if (state === null)
            throw changedMeanwhile(step);
        if (state.update !== 'in-progress')
            return state;
        await clock.sleep(waitMilliseconds, signal);
    }
}
function sameList({ layers }, wanted) {
    return layers.length === wanted.length && layers.every(({ arn }, index) => arn === wanted[index]);
}
function changedMeanwhile({ functionName, target }) {
    return new model_errors/* CodedError */.AK('STALE_RUN', {
        expected: `the function ${functionName} in ${target.region} to be as it was when this rollout was planned`,
        found: 'that somebody else changed it since',
        mend: 'run again to plan anew'
    });
}
function updateFailed({ functionName, target, to }, after, back) {
    return new model_errors/* CodedError */.AK('AWS_FAILED', {
        expected: `the function ${functionName} in ${target.region} to take version ${to} of ${target.layerName}`,
        found: `a failed update: ${after.updateReason === '' ? 'no reason given' : after.updateReason}`,
        mend: back
            ? 'remove what the reason names and run again; the function has its former layers'
            : `give the function its former layers by hand: AWS did not take them either`
    });
}

;// CONCATENATED MODULE: ./.build/operate/rollout/plan-rollout.js
const maximumBytes = 262_144_000;
const pinTags = ['layer-deploy:pin', 'pin'];
function planRollout(facts) {
    const planned = facts.map(planOne);
    return {
        steps: planned.flatMap(({ steps }) => steps),
        verdicts: planned.flatMap(({ verdicts }) => verdicts),
        warnings: planned.flatMap(({ warnings }) => warnings)
    };
}
function planOne({ target, deployed, functions, missing }) {
    const warnings = missing.map(name => `Layer ${target.layerId} in ${target.region}: consumers names the function ${name}, which does not exist there`);
    if (functions.length === 0)
        return { steps: [], verdicts: [], warnings };
    if (deployed === null)
        return { steps: [], verdicts: [notDeployed(target)], warnings };
    const steps = functions.map(found => stepOf(target, deployed, found));
    const moving = functions.filter((_found, index) => steps[index]?.action === 'move');
    return { steps, verdicts: moving.flatMap(({ state }) => verdictsOf(target, deployed, state)), warnings };
}
function stepOf(target, deployed, { state, pinned }) {
    const layerArn = deployed.arn.slice(0, deployed.arn.lastIndexOf(':'));
    const before = state.layers.map(({ arn }) => arn);
    const used = before.find(arn => arn.startsWith(`${layerArn}:`));
    const from = used === undefined ? null : Number(used.slice(layerArn.length + 1));
    const step = {
        target,
        functionName: state.functionName,
        from,
        to: deployed.version,
        layersBefore: before,
        layersAfter: before,
        revisionId: state.revisionId
    };
    if (from === null)
        return { ...step, action: 'skip', why: 'uses no version of this layer' };
    if (from === deployed.version)
        return { ...step, action: 'keep', why: 'uses the deployed version' };
    if (from > deployed.version)
        return { ...step, action: 'skip', why: `uses version ${from}, newer than the deployed one` };
    if (pinned)
        return { ...step, action: 'skip', why: 'its tag pins the version' };
    const layersAfter = before.map(arn => (arn === used ? deployed.arn : arn));
    return { ...step, action: 'move', why: `uses version ${from}`, layersAfter };
}
function notDeployed({ layerId, layerName, region }) {
    return {
        guard: 'NOT_DEPLOYED',
        subject: `${layerId} in ${region}`,
        passed: false,
        finding: {
            expected: `a deployed version of ${layerName} in ${region} to move functions to`,
            found: 'none',
            mend: 'deploy the layer first'
        }
    };
}
function verdictsOf({ layerId, region }, deployed, state) {
    const { compatibleRuntimes = [], compatibleArchitectures = [] } = deployed.properties ?? {};
    const subject = `function ${state.functionName} in ${region}`;
    const refuse = (guard, expected, found, mend) => ({ guard, subject, passed: false, finding: { expected, found, mend } });
    const version = `version ${deployed.version} of layer ${layerId}`;
    const elsewhere = `set the tag ${String(pinTags[0])} on the function, or take it out of consumers`;
    const misfits = [
        ...(compatibleRuntimes.length > 0 && !compatibleRuntimes.includes(state.runtime)
            ? [[compatibleRuntimes.join(', '), state.runtime === '' ? 'a container image' : state.runtime]]
            : []),
        ...(compatibleArchitectures.length > 0 && !state.architectures.every(each => compatibleArchitectures.includes(each))
            ? [[compatibleArchitectures.join(', '), state.architectures.join(', ')]]
            : [])
    ];
    const zipped = state.codeBytes + state.layers.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    return [
        ...misfits.map(([wanted, found]) => refuse('WRONG_ARCHITECTURE', `${subject} to be what ${version} is for: ${wanted}`, found, elsewhere)),
        ...(zipped > maximumBytes
            ? [
                refuse('ARCHIVE_TOO_LARGE', `${subject} with its layers to have at most ${maximumBytes} bytes`, `${zipped} bytes zipped`, elsewhere)
            ]
            : [])
    ];
}
function namesFunction(pattern, functionName) {
    const [first = '', ...rest] = pattern.split('*');
    if (rest.length === 0)
        return first === functionName;
    const last = rest.pop() ?? '';
    if (!functionName.startsWith(first) || functionName.length < first.length + last.length)
        return false;
    if (!functionName.endsWith(last))
        return false;
    const middle = functionName.slice(first.length, functionName.length - last.length);
    let from = 0;
    return rest.every(part => {
        const at = middle.indexOf(part, from);
        from = at + part.length;
        return at !== -1;
    });
}

// EXTERNAL MODULE: ./.build/report/escape.js
var report_escape = __webpack_require__(3046);
;// CONCATENATED MODULE: ./.build/operate/rollout/rollout-text.js

const words = {
    older: 'uses an older version',
    current: 'up to date',
    planned: '**would move**',
    moved: '**moved**',
    skipped: 'skipped',
    failed: '**failed**, has its former layers',
    'not-attempted': 'not attempted'
};
function rolloutHeadline({ environment, dryRun }, outcomes, errors) {
    const where = `${environment.name} (${environment.accountId})`;
    const count = (status) => outcomes.filter(outcome => outcome.status === status).length;
    if (errors[0] !== undefined && count('moved') === 0)
        return `${errors[0].code}: no function was moved in ${where}`;
    const moved = dryRun ? `${functions(count('planned'))} would move` : `${functions(count('moved'))} moved`;
    const further = [
        count('failed') > 0 ? `${count('failed')} failed` : '',
        count('not-attempted') > 0 ? `${count('not-attempted')} not attempted` : '',
        count('current') > 0 ? `${count('current')} up to date` : '',
        count('skipped') > 0 ? `${count('skipped')} skipped` : ''
    ].filter(part => part !== '');
    return `${[moved, ...further].join(', ')}, in ${where}`;
}
function functions(count) {
    return count === 1 ? '1 function' : `${count} functions`;
}
function rolloutDetails(outcomes) {
    if (outcomes.length === 0)
        return '## Functions\n\nNo function of the configuration was found.\n';
    const rows = outcomes.map(({ step, status, error }) => {
        const { target, functionName, from, to, why } = step;
        const versions = from === null ? '-' : from === to ? String(to) : `${from} → ${to}`;
        const cells = [
            (0,report_escape/* inlineCode */.ti)(functionName),
            (0,report_escape/* inlineCode */.ti)(target.layerName),
            (0,report_escape/* inlineCode */.ti)(target.region),
            versions,
            words[status]
        ];
        return `| ${[...cells, (0,report_escape/* markdownText */.p7)(error?.message ?? why, 500)].join(' | ')} |`;
    });
    return [
        '## Functions',
        '',
        '| Function | Layer | Region | Version | | Why |',
        '| --- | --- | --- | --- | --- | --- |',
        ...rows,
        '',
        'A rollout changes `$LATEST`. Published function versions, and aliases that point to them, keep their layers.',
        ''
    ].join('\n');
}
function rolloutDocument(outcomes) {
    return outcomes.map(({ step, status }) => ({
        function: step.functionName,
        layer: step.target.layerId,
        region: step.target.region,
        from: step.from,
        to: step.to,
        status,
        why: step.why
    }));
}

;// CONCATENATED MODULE: ./.build/operate/rollout/rollout.js






const rollout = async (request, ports) => {
    assertConsumers(request);
    const identity = await (0,operate_identity/* identityVerdicts */.d)(request, ports.aws);
    const observed = (0,operate_identity/* isRefused */.H)(identity) ? { facts: [], verdicts: [] } : await observe(request, ports);
    const plan = planRollout(observed.facts);
    const verdicts = [...identity, ...observed.verdicts, ...plan.verdicts];
    const refused = (0,operate_identity/* isRefused */.H)(verdicts);
    const outcomes = await apply(plan.steps, refused ? 'refused' : request.dryRun ? 'planned' : 'apply', ports);
    const refusals = verdicts.flatMap(verdict => verdict.passed === true ? [] : [new model_errors/* CodedError */.AK(verdict.guard, verdict.finding)]);
    const interruption = ports.signal.aborted ? [(0,model_errors/* asCodedError */._r)(ports.signal.reason)] : [];
    const errors = [...interruption, ...refusals, ...outcomes.flatMap(({ error }) => error ?? [])];
    return {
        details: rolloutDetails(outcomes),
        result: {
            ...request.subject,
            conclusion: errors.length > 0 ? 'failure' : 'success',
            headline: rolloutHeadline(request, outcomes, errors),
            changedLayers: [],
            layers: observed.facts.map(fact => rowOf(fact, outcomes)),
            verdicts,
            errors,
            warnings: plan.warnings,
            consumers: consumersOf(outcomes),
            plan: { functions: rolloutDocument(outcomes) }
        }
    };
};
function assertConsumers({ layers }) {
    if (layers.some(({ consumers }) => consumers !== undefined))
        return;
    throw new model_errors/* CodedError */.AK('CONFIG_INVALID', {
        expected: 'consumers with functions at one of the selected layers at least',
        found: 'none',
        mend: 'add consumers: { functions: [name] } to the layer whose functions are to move'
    });
}
async function observe({ environment, layers, regions }, { engine, aws }) {
    const facts = [];
    const verdicts = [];
    for (const region of regions ?? environment.regions) {
        const functions = await aws.region(region).functions();
        const listed = await functions.list();
        for (const layer of layers) {
            const patterns = layer.consumers?.functions ?? [];
            const [target] = (0,publish_layers_target/* targetsOf */.QR)(environment, [layer], [region]);
            if (patterns.length === 0 || target === undefined)
                continue;
            const observation = await engine.observe(target, true);
            verdicts.push(...observation.verdicts);
            const named = [...listed.keys()].filter(name => patterns.some(pattern => namesFunction(pattern, name))).sort();
            const found = [];
            for (const name of named) {
                const state = await functions.read(name);
                if (state === null)
                    continue;
                const mayMove = observation.deployed !== null && usesAnother(state.layers, observation.deployed.arn);
                const tags = mayMove ? await functions.tags(name) : {};
                found.push({ state, pinned: pinTags.some(tag => Object.hasOwn(tags, tag)) });
            }
            const missing = patterns.filter(pattern => !pattern.includes('*') && !listed.has(pattern));
            facts.push({ target, deployed: observation.deployed, functions: found, missing });
        }
    }
    return { facts, verdicts };
}
function usesAnother(layers, deployedArn) {
    const layerArn = deployedArn.slice(0, deployedArn.lastIndexOf(':') + 1);
    return layers.some(({ arn }) => arn.startsWith(layerArn) && arn !== deployedArn);
}
async function apply(steps, mode, ports) {
    const outcomes = [];
    let failed = false;
    for (const step of steps) {
        if (step.action !== 'move') {
            outcomes.push({ step, status: step.action === 'keep' ? 'current' : 'skipped', error: null });
        }
        else if (mode === 'planned') {
            outcomes.push({ step, status: 'planned', error: null });
        }
        else if (mode === 'refused' || failed || ports.signal.aborted) {
            outcomes.push({ step, status: 'not-attempted', error: null });
        }
        else {
            const outcome = await moved(step, ports);
            failed = outcome.error !== null;
            outcomes.push(outcome);
        }
    }
    return outcomes;
}
async function moved(step, { aws, clock, signal, progress }) {
    const { target, functionName, to } = step;
    const tell = (what, ended) => {
        progress({ layerId: target.layerId, region: target.region, what: `function ${functionName}: ${what}`, ended });
    };
    try {
        tell(`moving to version ${to}`, false);
        const functions = await aws.region(target.region).functions();
        await moveFunction(step, { functions, clock, signal });
        tell(`moved to version ${to}`, true);
        return { step, status: 'moved', error: null };
    }
    catch (error) {
        const coded = (0,model_errors/* asCodedError */._r)(error);
        tell(coded.message, true);
        return { step, status: 'failed', error: coded };
    }
}
function consumersOf(outcomes) {
    const places = new Map();
    for (const { step, status } of outcomes) {
        if (step.from === null)
            continue;
        const key = `${step.target.layerId}\n${step.target.region}`;
        const place = places.get(key) ?? { target: step.target, consumers: [] };
        const layerVersion = status === 'moved' ? step.to : step.from;
        place.consumers.push({
            functionName: step.functionName,
            functionVersion: '$LATEST',
            aliases: [],
            layerVersion,
            status
        });
        places.set(key, place);
    }
    return [...places.values()].map(({ target: { layerId, region }, consumers }) => ({ layerId, region, consumers }));
}
function rowOf({ target, deployed }, outcomes) {
    const error = outcomes.find(({ step, error }) => step.target === target && error !== null)?.error ?? null;
    return {
        layerId: target.layerId,
        region: target.region,
        layerName: target.layerName,
        status: error === null ? 'unchanged' : 'failed',
        reason: error === null ? 'unchanged' : 'failed',
        version: deployed?.version ?? null,
        arn: deployed?.arn ?? null,
        previousVersion: deployed?.version ?? null,
        artifactSha256: deployed?.artifactSha256 ?? null,
        contentDigest: deployed?.contentDigest ?? null,
        sourceDigest: deployed?.sourceDigest ?? null,
        sizeBytes: deployed?.sizeBytes ?? null,
        fromCommit: deployed?.sourceCommit ?? null,
        toCommit: deployed?.sourceCommit ?? null,
        error
    };
}


/***/ })

};
