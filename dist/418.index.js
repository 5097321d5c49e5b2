export const id = 418;
export const ids = [418,370];
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

/***/ 3418:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  prune: () => (/* binding */ prune)
});

// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(370);
// EXTERNAL MODULE: ./.build/model/errors.js
var model_errors = __webpack_require__(8125);
// EXTERNAL MODULE: ./.build/publish-layers/target.js
var target = __webpack_require__(3406);
// EXTERNAL MODULE: ./.build/operate/identity.js
var operate_identity = __webpack_require__(9843);
// EXTERNAL MODULE: ./.build/operate/layer-users.js
var layer_users = __webpack_require__(8917);
;// CONCATENATED MODULE: ./.build/operate/prune/plan-prune.js
const youngMilliseconds = 24 * 60 * 60 * 1000;
function planPrune(facts, keep, now) {
    return facts.map(fact => ({ target: fact.target, decisions: decide(fact, keep, now) }));
}
function decide({ deployed, versions, users }, keep, now) {
    const newestFirst = [...versions].sort((a, b) => b.version - a.version);
    return newestFirst.map(({ version, arn, createdAt }, index) => {
        const used = users.get(arn) ?? [];
        const age = now - Date.parse(createdAt);
        const reasons = [
            deployed !== null && version === deployed.version ? 'deployed' : '',
            deployed === null || version > deployed.version ? 'not older than what is deployed' : '',
            used.length > 0 ? `used by ${used.join(', ')}` : '',
            index < keep ? `one of the newest ${keep}` : '',
            age >= youngMilliseconds ? '' : 'younger than a day'
        ].filter(reason => reason !== '');
        const why = reasons.length === 0 ? 'nobody uses it' : reasons.join('; ');
        return { version, arn, createdAt, action: reasons.length === 0 ? 'delete' : 'keep', why };
    });
}
function pruneDocument(steps) {
    return steps.map(({ target, decisions }) => ({
        layer: target.layerId,
        region: target.region,
        'layer-name': target.layerName,
        versions: decisions.map(({ version, action, why, createdAt }) => ({ version, action, why, created: createdAt }))
    }));
}

// EXTERNAL MODULE: ./.build/report/escape.js
var report_escape = __webpack_require__(3046);
;// CONCATENATED MODULE: ./.build/operate/prune/prune-text.js

function pruneHeadline({ environment, dryRun }, steps, deleted, errors) {
    const where = `${environment.name} (${environment.accountId})`;
    const all = steps.flatMap(({ decisions }) => decisions);
    if (errors[0] !== undefined && deleted === 0)
        return `${errors[0].code}: no version was deleted in ${where}`;
    const wanted = all.filter(({ action }) => action === 'delete').length;
    const gone = dryRun ? wanted : deleted;
    return `${count(gone)} ${dryRun ? 'would be deleted' : 'deleted'}, ${all.length - gone} kept, in ${where}`;
}
function count(versions) {
    return versions === 1 ? '1 layer version' : `${versions} layer versions`;
}
function pruneDetails(steps, planned) {
    const blocks = steps.map(({ target, decisions }) => {
        const rows = decisions.map(({ version, createdAt, action, why }) => {
            const what = action === 'keep' ? 'kept' : planned ? '**would be deleted**' : '**deleted**';
            return `| ${version} | ${createdAt.slice(0, 10)} | ${what} | ${(0,report_escape/* markdownText */.p7)(why, 500)} |`;
        });
        const head = `### ${(0,report_escape/* inlineCode */.ti)(target.layerName)} in ${(0,report_escape/* inlineCode */.ti)(target.region)}`;
        const table = ['| Version | Published | | Why |', '| --- | --- | --- | --- |', ...rows].join('\n');
        return rows.length === 0 ? `${head}\n\nNo version.` : `${head}\n\n${table}`;
    });
    return `${['## Layer versions', ...blocks].join('\n\n')}\n`;
}

;// CONCATENATED MODULE: ./.build/operate/prune/prune.js







const deletionsAtOnce = 4;
const prune = async (request, ports) => {
    const identity = await (0,operate_identity/* identityVerdicts */.d)(request, ports.aws);
    const observed = (0,operate_identity/* isRefused */.H)(identity) ? { facts: [], verdicts: [] } : await observe(request, ports);
    const verdicts = [...identity, ...observed.verdicts];
    const steps = planPrune(observed.facts, request.keep, ports.clock.now());
    const refused = (0,operate_identity/* isRefused */.H)(verdicts);
    const outcomes = refused || request.dryRun ? [] : await apply(steps, request, ports);
    const rows = steps.map(step => rowOf(step, observed.facts, outcomes));
    const refusals = verdicts.flatMap(verdict => verdict.passed === true ? [] : [new model_errors/* CodedError */.AK(verdict.guard, verdict.finding)]);
    const interruption = ports.signal.aborted ? [(0,model_errors/* asCodedError */._r)(ports.signal.reason)] : [];
    const errors = [...interruption, ...refusals, ...rows.flatMap(({ error }) => error ?? [])];
    const deleted = outcomes.filter(({ error }) => error === null).length;
    return {
        details: pruneDetails(steps, request.dryRun || refused),
        result: {
            ...request.subject,
            conclusion: errors.length > 0 ? 'failure' : 'success',
            headline: pruneHeadline(request, steps, deleted, errors),
            changedLayers: [],
            layers: rows,
            verdicts,
            errors,
            warnings: [],
            plan: { keep: request.keep, layers: pruneDocument(steps) }
        }
    };
};
async function observe(request, { engine, aws }) {
    const { environment, layers } = request;
    const regions = request.regions ?? environment.regions;
    const limit = (0,p_limit/* default */.A)(environment.concurrency);
    const users = new Map(await Promise.all(regions.map(async (name) => [name, await usersIn(name, { aws })])));
    const observed = await Promise.all((0,target/* targetsOf */.QR)(environment, layers, regions).map(target => limit(async () => {
        const { deployed, verdicts } = await engine.observe(target, true);
        const inventory = await aws.region(target.region).inventory();
        const versions = await inventory.versions(target.layerName);
        return { facts: { target, deployed, versions, users: users.get(target.region) ?? new Map() }, verdicts };
    })));
    return { facts: observed.map(({ facts }) => facts), verdicts: observed.flatMap(({ verdicts }) => verdicts) };
}
async function usersIn(region, { aws }) {
    return (0,layer_users/* layerUsers */.W)(await aws.region(region).inventory());
}
async function apply(steps, request, ports) {
    const regions = [...new Set(steps.map(({ target }) => target.region))];
    const done = await Promise.all(regions.map(async (region) => {
        const doomed = steps.filter(({ target }) => target.region === region).flatMap(doomedOf);
        if (doomed.length === 0)
            return [];
        const users = await usersIn(region, ports);
        const limit = (0,p_limit/* default */.A)(deletionsAtOnce);
        const free = doomed.filter(({ decision }) => !users.has(decision.arn));
        return Promise.all(free.map(each => limit(() => remove(each, ports))));
    }));
    return done.flat();
}
function doomedOf(step) {
    return step.decisions.filter(({ action }) => action === 'delete').map(decision => ({ step, decision }));
}
async function remove({ step, decision }, { aws, engine, signal, progress }) {
    const { target } = step;
    const { arn, version } = decision;
    try {
        signal.throwIfAborted();
        const { deployed } = await engine.observe(target, false);
        if (deployed?.version === version)
            throw nowDeployed(target.layerName, version);
        await (await aws.region(target.region).inventory()).deleteVersion(target.layerName, version);
        progress({ layerId: target.layerId, region: target.region, what: `version ${version} deleted`, ended: true });
        return { arn, error: null };
    }
    catch (error) {
        return { arn, error: (0,model_errors/* asCodedError */._r)(error) };
    }
}
function nowDeployed(layerName, version) {
    return new model_errors/* CodedError */.AK('STALE_RUN', {
        expected: `version ${version} of ${layerName} to be an old one, as when this prune was planned`,
        found: 'the deployed version',
        mend: 'run again to plan anew'
    });
}
function rowOf({ target }, facts, outcomes) {
    const fact = facts.find(each => each.target === target);
    const arns = new Set(fact?.versions.map(({ arn }) => arn));
    const error = outcomes.find(outcome => arns.has(outcome.arn) && outcome.error !== null)?.error ?? null;
    const deployed = fact?.deployed ?? null;
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
