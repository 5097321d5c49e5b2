export const id = 546;
export const ids = [546];
export const modules = {

/***/ 9658:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Sz: () => (/* binding */ answerWatch),
/* harmony export */   VI: () => (/* binding */ watched),
/* harmony export */   jq: () => (/* binding */ isForeign)
/* harmony export */ });
/* harmony import */ var node_async_hooks__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6698);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7075);


const keptCharacters = 2_000;
const watches = new node_async_hooks__WEBPACK_IMPORTED_MODULE_0__.AsyncLocalStorage();
function answerWatch() {
    const watch = { last: null };
    return { run: work => watches.run(watch, work), last: () => watch.last };
}
function watched(client) {
    const keepWords = (next) => async (args) => {
        const result = await next(args);
        const watch = watches.getStore();
        const { response } = result;
        if (watch === undefined)
            return result;
        const body = isDocument(response) && response.body instanceof node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable ? await collected(response.body) : null;
        if (body !== null)
            response.body = node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable.from([body]);
        watch.last = { status: response.statusCode, text: body?.subarray(0, keptCharacters).toString() ?? '' };
        return result;
    };
    client.middlewareStack.add(keepWords, { name: 'keepWords', step: 'deserialize', priority: 'low' });
    return client;
}
function isDocument({ statusCode, headers }) {
    return statusCode >= 300 || /xml|json|html|text\/|^$/.test(headers['content-type'] ?? '');
}
async function collected(body) {
    const chunks = [];
    for await (const chunk of body)
        chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
}
function isForeign(error, last) {
    if (last === null || !(error instanceof Error))
        return false;
    if (error instanceof SyntaxError || error.name === 'UnreadableAnswer')
        return true;
    if (error.message.includes('XML parse error') || error.message.includes('Deserialization error'))
        return true;
    return /^(Unknown|UnknownError|Error)$/.test(error.name) && last.status >= 300 && '$metadata' in error;
}


/***/ }),

/***/ 106:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   GQ: () => (/* binding */ deadlineExceeded),
/* harmony export */   Is: () => (/* binding */ errorName),
/* harmony export */   gT: () => (/* binding */ noCredentials),
/* harmony export */   nG: () => (/* binding */ httpStatus),
/* harmony export */   pc: () => (/* binding */ codedAwsError)
/* harmony export */ });
/* harmony import */ var _model_aws_refusals_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5339);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8125);
/* harmony import */ var _answers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9658);



const firstCharacters = 120;
function errorName(error) {
    if (error === null || typeof error !== 'object')
        return '';
    const name = error.name;
    return typeof name === 'string' ? name : '';
}
function httpStatus(error) {
    const metadata = error?.$metadata;
    return metadata?.httpStatusCode ?? null;
}
const denied = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'AuthorizationError']);
const expired = new Set(['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired']);
const unauthenticated = new Set([
    'InvalidClientTokenId',
    'InvalidAccessKeyId',
    'UnrecognizedClientException',
    'MissingAuthenticationToken',
    'MissingAuthenticationTokenException',
    'SignatureDoesNotMatch',
    'InvalidSignatureException',
    'AuthFailure',
    'RequestTimeTooSkewed',
    'RequestExpired'
]);
function codedAwsError(subject, error, last = null) {
    if (error instanceof _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .CodedError */ .AK)
        return error;
    const name = errorName(error);
    const message = error instanceof Error ? error.message : String(error);
    if ((0,_answers_js__WEBPACK_IMPORTED_MODULE_2__/* .isForeign */ .jq)(error, last))
        return notFromAws(subject, last, error);
    if (name === 'CredentialsProviderError')
        return noCredentials(message, error);
    if (expired.has(name))
        return expiredCredentials(subject, name, error);
    if (unauthenticated.has(name)) {
        return noCredentials(`credentials that AWS refuses (${name}: ${message})`, error, mendOfCredentials(name, message));
    }
    if (denied.has(name) || httpStatus(error) === 403)
        return accessDenied(subject, name, message, error);
    const finding = {
        expected: `${subject.action} on ${subject.resource} to succeed`,
        found: `${name}: ${message}`,
        mend: (0,_model_aws_refusals_js__WEBPACK_IMPORTED_MODULE_0__/* .mendOfMessage */ .$)(`${name}: ${message}`) ?? 'run again; what was done already is found and kept'
    };
    return new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .CodedError */ .AK('AWS_FAILED', finding, { cause: error });
}
function accessDenied(subject, name, message, cause) {
    const partition = subject.resource.split(':')[1] ?? 'aws';
    const { action, resource, mend } = (0,_model_aws_refusals_js__WEBPACK_IMPORTED_MODULE_0__/* .denialOf */ .Z9)(message, partition) ?? (0,_model_aws_refusals_js__WEBPACK_IMPORTED_MODULE_0__/* .denial */ .Kp)(subject.action, subject.resource, message);
    const finding = {
        expected: `permission for ${action} on ${resource}`,
        found: message === '' ? name : message,
        mend
    };
    return new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .CodedError */ .AK('ACCESS_DENIED', finding, { cause });
}
function mendOfCredentials(name, message) {
    if (/Skewed|RequestExpired/.test(name) || /signature (?:expired|not yet current)/i.test(message)) {
        return 'set the clock of this machine (NTP): AWS takes requests for a few minutes around its own time';
    }
    if (/Signature/.test(name)) {
        return 'give the whole AWS_SECRET_ACCESS_KEY that belongs to AWS_ACCESS_KEY_ID, and see that no proxy changes requests';
    }
    return 'give credentials that exist and are active, or, where other regions take them, enable this region for the account';
}
function expiredCredentials(subject, name, cause) {
    const finding = {
        expected: `credentials that last until ${subject.action} on ${subject.resource}`,
        found: `credentials that expired (${name})`,
        mend: 'run again, what was done already is found and kept; raise role-duration-seconds of aws-actions/configure-aws-credentials where this returns'
    };
    return new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .CodedError */ .AK('NO_CREDENTIALS', finding, { cause });
}
function notFromAws(subject, { status, text }, cause) {
    const words = text.replace(/\s+/g, ' ').trim().slice(0, firstCharacters);
    const finding = {
        expected: `an answer of AWS to ${subject.action} on ${subject.resource}`,
        found: `one that is not of AWS: status ${status}, ${words === '' ? 'empty' : JSON.stringify(words)}`,
        mend: 'see what answers in place of AWS: a proxy (HTTPS_PROXY, NO_PROXY), an endpoint (AWS_ENDPOINT_URL) or a sign-in page of the network; then run again, what was done already is found and kept'
    };
    return new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .CodedError */ .AK('AWS_FAILED', finding, { cause });
}
function noCredentials(found, cause, mend = 'add the step aws-actions/configure-aws-credentials with role-to-assume before this one') {
    const finding = {
        expected: 'AWS credentials in one of: the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_WEB_IDENTITY_TOKEN_FILE with AWS_ROLE_ARN, a profile in ~/.aws (AWS_PROFILE), the container endpoint, the instance metadata',
        found,
        mend
    };
    return new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .CodedError */ .AK('NO_CREDENTIALS', finding, { cause });
}
function deadlineExceeded({ action, resource }, seconds, cause) {
    const finding = {
        expected: `an answer to ${action} on ${resource} within ${seconds} s`,
        found: 'none',
        mend: 'run again; what was done already is found and kept'
    };
    return new _model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .CodedError */ .AK('DEADLINE_EXCEEDED', finding, { cause });
}


/***/ }),

/***/ 3552:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   T: () => (/* binding */ call),
/* harmony export */   y: () => (/* binding */ UnreadableAnswer)
/* harmony export */ });
/* harmony import */ var _answers_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9658);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(106);


class UnreadableAnswer extends Error {
    name = 'UnreadableAnswer';
}
async function call(subject, { signal, seconds, attempts = 3 }, work) {
    signal.throwIfAborted();
    const deadline = AbortSignal.timeout(Math.ceil(seconds * 1000));
    const options = { abortSignal: AbortSignal.any([signal, deadline]) };
    for (let attempt = 1;; attempt++) {
        const watch = (0,_answers_js__WEBPACK_IMPORTED_MODULE_0__/* .answerWatch */ .Sz)();
        try {
            return await watch.run(() => work(options));
        }
        catch (error) {
            if (signal.aborted)
                throw signal.reason;
            if (deadline.aborted || isTimeout(error))
                throw (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .deadlineExceeded */ .GQ)(subject, seconds, error);
            if (attempt >= attempts || !isUnreadable(error))
                throw (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .codedAwsError */ .pc)(subject, error, watch.last());
        }
    }
}
function isTimeout(error) {
    return (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorName */ .Is)(error) === 'TimeoutError' && error.code === undefined;
}
function isUnreadable(error) {
    if (error instanceof UnreadableAnswer || error instanceof SyntaxError)
        return true;
    if (error?.code === 'ECONNRESET')
        return true;
    const status = (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .httpStatus */ .nG)(error);
    return status !== null && status >= 200 && status < 300;
}


/***/ }),

/***/ 938:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ standardTiming),
/* harmony export */   s: () => (/* binding */ clientOptions)
/* harmony export */ });
const standardTiming = { connectSeconds: 5, attemptSeconds: 15, callSeconds: 60, publishSeconds: 50 };
function clientOptions(region, session, maxAttempts = 5) {
    const { timing, endpoint, profile } = session;
    return {
        region,
        ...(endpoint === null ? {} : { endpoint }),
        ...(profile === null ? {} : { profile }),
        retryMode: 'standard',
        maxAttempts,
        requestHandler: {
            connectionTimeout: timing.connectSeconds * 1000,
            requestTimeout: timing.attemptSeconds * 1000,
            throwOnRequestTimeout: true
        }
    };
}


/***/ }),

/***/ 2546:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createAws: () => (/* binding */ createAws)
});

// EXTERNAL MODULE: ./.build/adapters/aws/aws-errors.js
var aws_errors = __webpack_require__(106);
// EXTERNAL MODULE: ./.build/adapters/aws/answers.js
var answers = __webpack_require__(9658);
// EXTERNAL MODULE: ./.build/adapters/aws/calls.js
var calls = __webpack_require__(3552);
// EXTERNAL MODULE: ./.build/adapters/aws/credentials/client-options.js
var client_options = __webpack_require__(938);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
;// CONCATENATED MODULE: ./.build/adapters/aws/credentials/credential-sources.js



function credentialSources(environment) {
    const set = (name) => (environment[name] ?? '') !== '';
    const home = environment['HOME'] ?? (0,external_node_os_.homedir)();
    const file = (name, standard) => environment[name] ?? (0,external_node_path_.join)(home, '.aws', standard);
    const sources = [
        ['environment variables', ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'].some(set)],
        ['web identity', set('AWS_WEB_IDENTITY_TOKEN_FILE')],
        ['container', set('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI') || set('AWS_CONTAINER_CREDENTIALS_FULL_URI')],
        [
            'profile',
            set('AWS_PROFILE') ||
                holdsCredentials(file('AWS_SHARED_CREDENTIALS_FILE', 'credentials')) ||
                holdsCredentials(file('AWS_CONFIG_FILE', 'config'))
        ],
        ['instance metadata', environment['AWS_EC2_METADATA_DISABLED'] !== 'true' && onEc2()]
    ];
    return sources.filter(([, present]) => present).map(([name]) => name);
}
function holdsCredentials(file) {
    let inDefault = false;
    for (const line of readOrEmpty(file).split('\n')) {
        const text = line.trim();
        if (text.startsWith('['))
            inDefault = /^\[(?:profile\s+)?default\]/.test(text);
        else if (inDefault && credentialSettings.has(text.split('=')[0]?.trim() ?? ''))
            return true;
    }
    return false;
}
const credentialSettings = new Set([
    'aws_access_key_id',
    'aws_secret_access_key',
    'aws_session_token',
    'credential_process',
    'credential_source',
    'login_session',
    'role_arn',
    'source_profile',
    'sso_account_id',
    'sso_session',
    'sso_start_url',
    'web_identity_token_file'
]);
function onEc2() {
    return (readOrEmpty('/sys/class/dmi/id/sys_vendor').trim() === 'Amazon EC2' ||
        readOrEmpty('/sys/hypervisor/uuid').toLowerCase().startsWith('ec2'));
}
function readOrEmpty(file) {
    try {
        return (0,external_node_fs_.readFileSync)(file, 'utf8');
    }
    catch {
        return '';
    }
}

// EXTERNAL MODULE: ./.build/adapters/process/clock.js
var clock = __webpack_require__(9711);
;// CONCATENATED MODULE: ./.build/adapters/aws/lambda/rate-budget.js
function rateBudget(perSecond, clock) {
    let tokens = perSecond;
    let filledAt = clock.now();
    return async (signal) => {
        const now = clock.now();
        tokens = Math.min(perSecond, tokens + ((now - filledAt) / 1000) * perSecond);
        filledAt = now;
        tokens -= 1;
        if (tokens < 0)
            await clock.sleep((-tokens / perSecond) * 1000, signal);
    };
}

;// CONCATENATED MODULE: ./.build/adapters/aws/lambda/lambda-client.js




const requestsPerSecond = 15;
function lambdaClients(region, aws) {
    const budget = rateBudget(requestsPerSecond, clock/* systemClock */.m);
    const load = async (options) => {
        const sdk = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(696)]).then(__webpack_require__.t.bind(__webpack_require__, 1696, 19));
        const client = (0,answers/* watched */.VI)(new sdk.LambdaClient(options));
        client.middlewareStack.add(next => async (args) => {
            await budget(aws.signal);
            return next(args);
        }, { name: 'rateBudget', step: 'finalizeRequest', priority: 'low' });
        return { sdk, client };
    };
    let reading;
    let publishing;
    return {
        reader: () => (reading ??= load((0,client_options/* clientOptions */.s)(region, aws))),
        publisher: () => (publishing ??= load((0,client_options/* clientOptions */.s)(region, aws, 1)))
    };
}

// EXTERNAL MODULE: ./.build/config/regions.js
var regions = __webpack_require__(8400);
;// CONCATENATED MODULE: ./.build/adapters/aws/lambda/layer-permissions.js



const sharedAction = 'lambda:GetLayerVersion';
function createLayerPermissions(region, aws, clients) {
    const layerArn = `arn:${(0,regions/* partitionOf */.iQ)(region)}:lambda:${region}:${aws.accountId}:layer`;
    const run = (action, layerName, version, work) => {
        const subject = { action: `lambda:${action}`, resource: `${layerArn}:${layerName}:${version}` };
        const limits = { signal: aws.signal, seconds: aws.timing.callSeconds };
        return (0,calls/* call */.T)(subject, limits, async (options) => work(await clients.reader(), options));
    };
    return {
        list: (LayerName, VersionNumber) => run('GetLayerVersionPolicy', LayerName, VersionNumber, async ({ sdk, client }, options) => {
            const request = new sdk.GetLayerVersionPolicyCommand({ LayerName, VersionNumber });
            const answer = await client.send(request, options).catch(nullIfMissing);
            return answer === null ? [] : readPolicy(answer);
        }),
        add: (LayerName, VersionNumber, permission) => run('AddLayerVersionPermission', LayerName, VersionNumber, async ({ sdk, client }, options) => {
            const request = { LayerName, VersionNumber, ...wirePermission(permission) };
            try {
                await client.send(new sdk.AddLayerVersionPermissionCommand(request), options);
                return 'added';
            }
            catch (error) {
                if ((0,aws_errors/* errorName */.Is)(error) === 'ResourceConflictException')
                    return 'exists';
                throw error;
            }
        }),
        remove: (LayerName, VersionNumber, StatementId) => run('RemoveLayerVersionPermission', LayerName, VersionNumber, async ({ sdk, client }, options) => {
            const request = new sdk.RemoveLayerVersionPermissionCommand({ LayerName, VersionNumber, StatementId });
            await client.send(request, options).catch(nullIfMissing);
        })
    };
}
function wirePermission({ statementId: StatementId, principal }) {
    const organization = principal.startsWith('o-') ? { OrganizationId: principal } : {};
    const Principal = /^\d{12}$/.test(principal) ? principal : '*';
    return { StatementId, Action: sharedAction, Principal, ...organization };
}
function readPolicy({ Policy }) {
    const document = parsed(Policy ?? '');
    if (!Array.isArray(document?.Statement))
        throw new calls/* UnreadableAnswer */.y('a policy without statements');
    return document.Statement.map((statement) => {
        const { Sid } = statement;
        return { statementId: typeof Sid === 'string' ? Sid : '', principal: principalOf(statement) };
    });
}
function parsed(policy) {
    try {
        return JSON.parse(policy);
    }
    catch {
        throw new calls/* UnreadableAnswer */.y('a policy that is no JSON');
    }
}
function principalOf(statement) {
    const { Effect, Action, Principal, Condition } = statement;
    if (Effect === 'Allow' && Action === sharedAction) {
        const aws = typeof Principal === 'string' ? Principal : Principal?.AWS;
        const account = typeof aws === 'string' ? /^(?:arn:[^:]+:iam::(\d{12}):root|(\d{12}))$/.exec(aws) : null;
        if (account !== null && Condition === undefined)
            return account[1] ?? account[2] ?? '';
        if (aws === '*') {
            if (Condition === undefined)
                return 'public';
            const organization = /^\{"StringEquals":\{"aws:PrincipalOrgID":"(o-[a-z0-9]+)"\}\}$/.exec(JSON.stringify(Condition));
            if (organization?.[1] !== undefined)
                return organization[1];
        }
    }
    return JSON.stringify({ Effect, Action, Principal, Condition });
}
function nullIfMissing(error) {
    if ((0,aws_errors/* errorName */.Is)(error) === 'ResourceNotFoundException')
        return null;
    throw error;
}

// EXTERNAL MODULE: ./.build/adapters/aws/lambda/layer-versions.js
var layer_versions = __webpack_require__(4500);
// EXTERNAL MODULE: ./.build/model/errors.js
var errors = __webpack_require__(8125);
// EXTERNAL MODULE: ./.build/model/digest.js
var digest = __webpack_require__(8074);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(370);
;// CONCATENATED MODULE: ./.build/adapters/aws/s3/bucket-errors.js


function bucketMissing(place, cause) {
    const finding = {
        expected: `the bucket ${place.bucket} in account ${place.owner}`,
        found: 'no such bucket',
        mend: 'create the bucket in that account, or correct artifact-bucket'
    };
    return new errors/* CodedError */.AK('BUCKET_OWNER_MISMATCH', finding, { cause });
}
function deniedError(place, error) {
    const message = error instanceof Error ? error.message : '';
    if ((0,aws_errors/* errorName */.Is)(error) !== 'AccessDenied' || /not authorized to perform|explicit deny/i.test(message))
        return error;
    const finding = {
        expected: `the bucket ${place.bucket} to belong to account ${place.owner} and to admit the caller`,
        found: message === '' ? 'AccessDenied' : message,
        mend: "set artifact-bucket to a bucket of the environment's account, or allow the role to use it"
    };
    return new errors/* CodedError */.AK('BUCKET_OWNER_MISMATCH', finding, { cause: error });
}
function wrongRegion(place, region, cause) {
    const finding = {
        expected: `the bucket ${place.bucket} in region ${region}`,
        found: 'a bucket in another region',
        mend: 'give each region a bucket of its own, for example artifact-bucket: name-{region}'
    };
    return new errors/* CodedError */.AK('BUCKET_OWNER_MISMATCH', finding, { cause });
}

;// CONCATENATED MODULE: ./.build/adapters/aws/s3/s3-session.js






const slowestBytesPerSecond = 1_000_000;
function openS3(region, aws) {
    let loaded;
    const load = async () => {
        const sdk = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(711)]).then(__webpack_require__.t.bind(__webpack_require__, 3711, 19));
        return {
            sdk,
            client: (0,answers/* watched */.VI)(new sdk.S3Client({ ...(0,client_options/* clientOptions */.s)(region, aws), forcePathStyle: aws.customEndpoint }))
        };
    };
    return { ...aws, region, s3: () => (loaded ??= load()) };
}
function where(place) {
    return { Bucket: place.bucket, Key: place.key, ExpectedBucketOwner: place.owner };
}
function encrypted({ encryption, region }) {
    if (encryption === null)
        return {};
    if (encryption.kind === 'aes256')
        return { ServerSideEncryption: 'AES256' };
    return { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: encryption.arn.replaceAll('{region}', region) };
}
function runS3(session, action, place, work, seconds = session.timing.callSeconds) {
    const subject = { action, resource: `arn:${(0,regions/* partitionOf */.iQ)(session.region)}:s3:::${place.bucket}/${place.key}` };
    return (0,calls/* call */.T)(subject, { signal: session.signal, seconds }, async (options) => {
        const loaded = await session.s3();
        return work(loaded, options).catch((error) => explain(session, loaded, place, error, options));
    });
}
async function explain(session, { sdk, client }, place, error, options) {
    const status = (0,aws_errors/* httpStatus */.nG)(error);
    if ((0,aws_errors/* errorName */.Is)(error) === 'NoSuchBucket')
        throw bucketMissing(place, error);
    if (status === 301)
        throw wrongRegion(place, session.region, error);
    if (status !== 403 && !(status === 400 && isNameless(error)))
        throw error;
    if ((0,aws_errors/* errorName */.Is)(error) === 'AccessDenied')
        throw deniedError(place, error);
    const told = await client
        .send(new sdk.GetObjectCommand(where(place)), options)
        .catch((second) => second);
    throw told instanceof Error ? deniedError(place, told) : error;
}
function isNameless(error) {
    return ['', '400', 'BadRequest', 'UnknownError', 'Unknown', 'Error'].includes((0,aws_errors/* errorName */.Is)(error));
}
function etagOf(answer) {
    if (answer.ETag === undefined)
        throw new calls/* UnreadableAnswer */.y('an answer about an object without ETag');
    return answer.ETag;
}
function s3_session_nullIfMissing(place) {
    return error => {
        if ((0,aws_errors/* httpStatus */.nG)(error) !== 404)
            throw error;
        if ((0,aws_errors/* errorName */.Is)(error) === 'NoSuchBucket')
            throw bucketMissing(place, error);
        return null;
    };
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./.build/adapters/aws/s3/write-conflict.js


const attemptsAtConflict = 6;
function isConflict(error) {
    return (0,aws_errors/* httpStatus */.nG)(error) === 409;
}
async function afterConflict(attempt, signal) {
    await (0,external_node_timers_promises_.setTimeout)(Math.random() * Math.min(3_000, 200 * 2 ** (attempt - 1)), undefined, { signal });
}

;// CONCATENATED MODULE: ./.build/adapters/aws/s3/multipart-upload.js








const multipartBytes = 16 * 1024 * 1024;
const partBytes = 8 * 1024 * 1024;
const partsAtOnce = 4;
const abortSeconds = 4;
async function isCutOf(composite, local) {
    if (composite.split('-')[1] !== String(Math.ceil(local.sizeBytes / partBytes)))
        return false;
    const file = await (0,promises_.open)(local.file);
    try {
        return (await measureParts(file, local)).composite === composite;
    }
    finally {
        await file.close();
    }
}
async function putInParts(session, place, object) {
    const file = await (0,promises_.open)(object.file);
    try {
        const measured = await measureParts(file, object);
        for (let attempt = 1;; attempt++) {
            const outcome = await uploadOnce(session, place, file, { ...measured, object });
            if (outcome !== 'conflict')
                return outcome;
            if (attempt === attemptsAtConflict)
                throw conflictError(place);
            await afterConflict(attempt, session.signal);
        }
    }
    finally {
        await file.close();
    }
}
async function uploadOnce(session, place, file, cut) {
    const uploadId = await begin(session, place, { ...cut.object.metadata });
    try {
        const etags = await sendParts(session, place, uploadId, file, cut.parts);
        const outcome = await complete(session, place, { ...cut, uploadId, etags });
        if (outcome !== 'created')
            await abandon(session, place, uploadId);
        return outcome;
    }
    catch (error) {
        await abandon(session, place, uploadId);
        throw error;
    }
}
function conflictError(place) {
    return new errors/* CodedError */.AK('AWS_FAILED', {
        expected: `one write of s3://${place.bucket}/${place.key} to get its turn`,
        found: `${attemptsAtConflict} times another one that was under way (ConditionalRequestConflict)`,
        mend: 'see who else writes there, and run again'
    });
}
async function measureParts(file, object) {
    const parts = [];
    const whole = (0,external_node_crypto_.createHash)('sha256');
    const overParts = (0,external_node_crypto_.createHash)('sha256');
    for (let offset = 0; offset < object.sizeBytes; offset += partBytes) {
        const data = await readPart(file, offset, Math.min(partBytes, object.sizeBytes - offset));
        whole.update(data);
        const digest = (0,external_node_crypto_.createHash)('sha256').update(data).digest();
        overParts.update(digest);
        parts.push({ number: parts.length + 1, offset, bytes: data.byteLength, sha256: digest.toString('base64') });
    }
    if (whole.digest('hex') !== object.sha256) {
        throw new errors/* CodedError */.AK('BUILD_FAILED', {
            expected: `${object.file} as it was packed, SHA-256 ${object.sha256}`,
            found: 'other bytes',
            mend: 'let nothing write to the scratch folder while the action runs'
        });
    }
    return { parts, composite: `${overParts.digest('base64')}-${parts.length}` };
}
async function readPart(file, offset, bytes) {
    const data = Buffer.allocUnsafe(bytes);
    for (let filled = 0; filled < bytes;) {
        const { bytesRead } = await file.read(data, filled, bytes - filled, offset + filled);
        if (bytesRead === 0)
            return data.subarray(0, filled);
        filled += bytesRead;
    }
    return data;
}
function begin(session, place, metadata) {
    return runS3(session, 's3:PutObject', place, async ({ sdk, client }, options) => {
        const request = new sdk.CreateMultipartUploadCommand({
            ...where(place),
            ...encrypted(session),
            ContentType: 'application/zip',
            ChecksumAlgorithm: 'SHA256',
            ChecksumType: 'COMPOSITE',
            Metadata: metadata
        });
        const { UploadId } = await client.send(request, options);
        if (UploadId === undefined)
            throw new calls/* UnreadableAnswer */.y('a new upload without an id');
        return UploadId;
    });
}
async function sendParts(session, place, uploadId, file, parts) {
    const failed = new AbortController();
    const sending = { ...session, signal: AbortSignal.any([session.signal, failed.signal]) };
    const limit = (0,p_limit/* default */.A)(partsAtOnce);
    const sent = parts.map(part => limit(() => sendPart(sending, place, uploadId, file, part)));
    try {
        return await Promise.all(sent);
    }
    catch (error) {
        failed.abort(error);
        await Promise.allSettled(sent);
        throw error;
    }
}
function sendPart(session, place, uploadId, file, part) {
    return runS3(session, 's3:PutObject', place, async ({ sdk, client }, options) => {
        const request = new sdk.UploadPartCommand({
            ...where(place),
            UploadId: uploadId,
            PartNumber: part.number,
            Body: await readPart(file, part.offset, part.bytes),
            ChecksumSHA256: part.sha256
        });
        return etagOf(await client.send(request, { ...options, requestTimeout: session.timing.callSeconds * 1000 }));
    });
}
async function complete(session, place, upload) {
    const { uploadId, parts, etags, composite, object } = upload;
    return runS3(session, 's3:PutObject', place, async ({ sdk, client }, options) => {
        const request = new sdk.CompleteMultipartUploadCommand({
            ...where(place),
            UploadId: uploadId,
            IfNoneMatch: '*',
            MpuObjectSize: object.sizeBytes,
            ChecksumSHA256: composite,
            ChecksumType: 'COMPOSITE',
            MultipartUpload: {
                Parts: parts.map(({ number, sha256 }, index) => {
                    return { PartNumber: number, ETag: etags[index], ChecksumSHA256: sha256 };
                })
            }
        });
        try {
            const answer = await client.send(request, options);
            etagOf(answer);
            return 'created';
        }
        catch (error) {
            if ((0,aws_errors/* httpStatus */.nG)(error) === 412)
                return 'exists';
            if (isConflict(error))
                return 'conflict';
            if ((0,aws_errors/* httpStatus */.nG)(error) !== 404)
                throw error;
            const head = new sdk.HeadObjectCommand({ ...where(place), ChecksumMode: 'ENABLED' });
            const stored = await client.send(head, options).catch(s3_session_nullIfMissing(place));
            if (stored === null)
                throw error;
            return stored.ChecksumSHA256 === composite ? 'created' : 'exists';
        }
    });
}
async function abandon(session, place, uploadId) {
    const last = { ...session, signal: new AbortController().signal };
    const work = runS3(last, 's3:AbortMultipartUpload', place, async ({ sdk, client }, options) => {
        await client.send(new sdk.AbortMultipartUploadCommand({ ...where(place), UploadId: uploadId }), options);
    }, abortSeconds);
    await work.catch(() => undefined);
}

;// CONCATENATED MODULE: ./.build/adapters/aws/s3/put-object.js






function putIfAbsent(session, place, object) {
    return object.sizeBytes > multipartBytes ? putInParts(session, place, object) : putWhole(session, place, object);
}
function putWhole(session, place, object) {
    const { attemptSeconds, callSeconds } = session.timing;
    const uploadSeconds = object.sizeBytes / slowestBytesPerSecond;
    const work = async ({ sdk, client }, options) => {
        const request = new sdk.PutObjectCommand({
            ...where(place),
            ...encrypted(session),
            Body: await (0,promises_.readFile)(object.file),
            ContentType: 'application/zip',
            ChecksumAlgorithm: 'SHA256',
            ChecksumSHA256: (0,digest/* hexToBase64 */.OG)(object.sha256),
            IfNoneMatch: '*',
            Metadata: { ...object.metadata }
        });
        for (let attempt = 1;; attempt++) {
            try {
                etagOf(await client.send(request, { ...options, requestTimeout: (attemptSeconds + uploadSeconds) * 1000 }));
                return 'created';
            }
            catch (error) {
                if ((0,aws_errors/* httpStatus */.nG)(error) === 412)
                    return 'exists';
                if (!isConflict(error) || attempt === attemptsAtConflict)
                    throw error;
                await afterConflict(attempt, options.abortSignal);
            }
        }
    };
    return runS3(session, 's3:PutObject', place, work, Math.max(callSeconds, attemptSeconds + uploadSeconds));
}

;// CONCATENATED MODULE: ./.build/adapters/aws/s3/objects.js






function createObjectStore(region, aws) {
    const session = openS3(region, aws);
    return {
        head: (place, like) => head(session, place, like),
        get: (place, maximumBytes) => get(session, place, maximumBytes),
        putIfAbsent: (place, object) => putIfAbsent(session, place, object),
        replace: (place, body, etag) => replace(session, place, body, etag)
    };
}
function head(session, place, like) {
    return runS3(session, 's3:GetObject', place, async ({ sdk, client }, options) => {
        const request = new sdk.HeadObjectCommand({ ...where(place), ChecksumMode: 'ENABLED' });
        const answer = await client.send(request, options).catch(s3_session_nullIfMissing(place));
        if (answer === null)
            return null;
        etagOf(answer);
        const { ChecksumSHA256: checksum, ContentLength: sizeBytes = 0, Metadata: metadata = {} } = answer;
        return { sha256: await sha256Of(checksum, sizeBytes, like), sizeBytes, metadata };
    });
}
function get(session, place, maximumBytes) {
    const { callSeconds, attemptSeconds } = session.timing;
    const work = async ({ sdk, client }, options) => {
        const command = new sdk.GetObjectCommand(where(place));
        let date;
        command.middlewareStack.add(next => async (args) => {
            const answer = await next(args);
            date = answer.response.headers?.['date'];
            return answer;
        }, { name: 'storeClock', step: 'deserialize', priority: 'low' });
        const answer = await client.send(command, options).catch(s3_session_nullIfMissing(place));
        if (answer === null)
            return null;
        const body = await readBounded(place, answer.Body, maximumBytes);
        return { body, etag: etagOf(answer), ageSeconds: ageSeconds(date, answer.LastModified) };
    };
    const seconds = Math.max(callSeconds, attemptSeconds + maximumBytes / slowestBytesPerSecond);
    return runS3(session, 's3:GetObject', place, work, seconds);
}
async function readBounded(place, body, maximumBytes) {
    const parts = [];
    let bytes = 0;
    for await (const part of body ?? []) {
        bytes += part.byteLength;
        if (bytes > maximumBytes) {
            body?.destroy();
            throw new errors/* CodedError */.AK('AWS_FAILED', {
                expected: `s3://${place.bucket}/${place.key} of at most ${maximumBytes} bytes`,
                found: 'a larger object',
                mend: 'find out who wrote there, delete the object and run again'
            });
        }
        parts.push(part);
    }
    return Buffer.concat(parts);
}
function ageSeconds(date, lastModified) {
    const seconds = (Date.parse(date ?? '') - (lastModified?.getTime() ?? Number.NaN)) / 1000 - 1;
    return seconds > 0 ? seconds : 0;
}
async function sha256Of(checksum, sizeBytes, like) {
    if (checksum === undefined)
        return null;
    if (!checksum.includes('-'))
        return (0,digest/* base64ToHex */.Qf)(checksum);
    const same = like !== undefined && like.sizeBytes === sizeBytes && (await isCutOf(checksum, like));
    return same ? like.sha256 : null;
}
function replace(session, place, body, etag) {
    return runS3(session, 's3:PutObject', place, async ({ sdk, client }, options) => {
        const request = new sdk.PutObjectCommand({
            ...where(place),
            ...encrypted(session),
            Body: body,
            ContentType: 'application/json',
            ChecksumAlgorithm: 'SHA256',
            ...(etag === null ? { IfNoneMatch: '*' } : { IfMatch: etag })
        });
        try {
            return { etag: etagOf(await client.send(request, options)) };
        }
        catch (error) {
            const lost = [404, 409, 412].includes((0,aws_errors/* httpStatus */.nG)(error) ?? 0) && (0,aws_errors/* errorName */.Is)(error) !== 'NoSuchBucket';
            if (lost)
                return 'conflict';
            throw error;
        }
    });
}

// EXTERNAL MODULE: ./.build/adapters/aws/stacks.js
var stacks = __webpack_require__(8572);
;// CONCATENATED MODULE: ./.build/adapters/aws/index.js










function createAws(options) {
    process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
    const { environment, signal, accountId, homeRegion, timing = client_options/* standardTiming */.a } = options;
    const { endpoint = null, profile = null, encryption = null } = options;
    const endpoints = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3'];
    const customEndpoint = endpoint !== null || endpoints.some(name => (environment[name] ?? '') !== '');
    const session = { accountId, signal, timing, customEndpoint, endpoint, profile, encryption };
    const sources = profile === null ? credentialSources(environment) : ['profile'];
    const regions = new Map();
    return {
        credentialSources: () => sources,
        callerIdentity: () => callerIdentity(session, sources, homeRegion),
        region: region => {
            const known = regions.get(region);
            if (known !== undefined)
                return known;
            const lambda = lambdaClients(region, session);
            const created = {
                region,
                objects: createObjectStore(region, session),
                layers: (0,layer_versions/* createLayerVersions */.d)(region, session, lambda),
                permissions: createLayerPermissions(region, session, lambda),
                stacks: (0,stacks/* createStacks */.i)(region, session),
                inventory: once(async () => (await __webpack_require__.e(/* import() */ 733).then(__webpack_require__.bind(__webpack_require__, 7733))).createInventory(region, session, lambda)),
                functions: once(async () => (await __webpack_require__.e(/* import() */ 376).then(__webpack_require__.bind(__webpack_require__, 1376))).createFunctions(region, session, lambda))
            };
            regions.set(region, created);
            return created;
        }
    };
}
async function callerIdentity(session, sources, region) {
    if (sources.length === 0)
        throw (0,aws_errors/* noCredentials */.gT)('none of them');
    const subject = { action: 'sts:GetCallerIdentity', resource: '*' };
    const limits = { signal: session.signal, seconds: session.timing.callSeconds };
    return (0,calls/* call */.T)(subject, limits, async (options) => {
        const { STSClient, GetCallerIdentityCommand } = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(695)]).then(__webpack_require__.t.bind(__webpack_require__, 1695, 19));
        const client = (0,answers/* watched */.VI)(new STSClient((0,client_options/* clientOptions */.s)(region, session)));
        const { Account, Arn } = await client.send(new GetCallerIdentityCommand({}), options);
        if (Account === undefined || Arn === undefined)
            throw new calls/* UnreadableAnswer */.y('an identity without an account');
        return { accountId: Account, arn: Arn };
    });
}
function once(make) {
    let made;
    return () => (made ??= make());
}


/***/ }),

/***/ 4500:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   d: () => (/* binding */ createLayerVersions),
/* harmony export */   z: () => (/* binding */ summary)
/* harmony export */ });
/* harmony import */ var _config_regions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8400);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(8125);
/* harmony import */ var _model_digest_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8074);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(106);
/* harmony import */ var _calls_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(3552);





const maximumPages = 2_000;
function createLayerVersions(region, aws, clients) {
    const session = {
        ...aws,
        ...clients,
        layerArn: name => `arn:${(0,_config_regions_js__WEBPACK_IMPORTED_MODULE_0__/* .partitionOf */ .iQ)(region)}:lambda:${region}:${aws.accountId}:layer:${name}`
    };
    return {
        list: layerName => list(session, layerName),
        get: (layerName, version) => get(session, layerName, version),
        publish: request => publish(session, request)
    };
}
function list(session, layerName) {
    const subject = { action: 'lambda:ListLayerVersions', resource: '*' };
    return (0,_calls_js__WEBPACK_IMPORTED_MODULE_4__/* .call */ .T)(subject, { signal: session.signal, seconds: session.timing.callSeconds }, async (options) => {
        const { sdk, client } = await session.reader();
        const versions = [];
        let marker;
        for (let page = 0; page < maximumPages; page++) {
            const request = { LayerName: layerName, ...(marker === undefined ? {} : { Marker: marker }) };
            const answer = await client.send(new sdk.ListLayerVersionsCommand(request), options).catch(nullIfMissing);
            if (answer === null)
                break;
            if (answer.LayerVersions === undefined)
                throw new _calls_js__WEBPACK_IMPORTED_MODULE_4__/* .UnreadableAnswer */ .y('a list without versions');
            versions.push(...answer.LayerVersions.map(summary));
            marker = answer.NextMarker;
            if (marker === undefined || marker === '')
                break;
        }
        return versions.sort((a, b) => b.version - a.version);
    });
}
function get(session, layerName, version) {
    const subject = { action: 'lambda:GetLayerVersion', resource: `${session.layerArn(layerName)}:${version}` };
    return (0,_calls_js__WEBPACK_IMPORTED_MODULE_4__/* .call */ .T)(subject, { signal: session.signal, seconds: session.timing.callSeconds }, async (options) => {
        const { sdk, client } = await session.reader();
        const request = new sdk.GetLayerVersionCommand({ LayerName: layerName, VersionNumber: version });
        const answer = await client.send(request, options).catch(nullIfMissing);
        return answer === null ? null : detail(answer);
    });
}
async function publish(session, request) {
    const subject = { action: 'lambda:PublishLayerVersion', resource: session.layerArn(request.layerName) };
    const limits = { signal: session.signal, seconds: session.timing.publishSeconds, attempts: 1 };
    try {
        const version = await (0,_calls_js__WEBPACK_IMPORTED_MODULE_4__/* .call */ .T)(subject, limits, async (options) => {
            const { sdk, client } = await session.publisher();
            const command = new sdk.PublishLayerVersionCommand({
                LayerName: request.layerName,
                Description: request.description,
                ...(request.licenseInfo === '' ? {} : { LicenseInfo: request.licenseInfo }),
                CompatibleRuntimes: [...request.compatibleRuntimes],
                CompatibleArchitectures: [...request.compatibleArchitectures],
                Content: { S3Bucket: request.bucket, S3Key: request.key }
            });
            return detail(await client.send(command, { ...options, requestTimeout: limits.seconds * 1000 }));
        });
        return { kind: 'published', version };
    }
    catch (error) {
        if (session.signal.aborted)
            throw error;
        const coded = (0,_model_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .asCodedError */ ._r)(error);
        const { cause } = coded;
        if (isHeldBack(cause))
            return { kind: 'throttled', error: coded };
        const status = (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .httpStatus */ .nG)(cause) ?? 0;
        if (coded.code === 'NO_CREDENTIALS' || (status >= 400 && status < 500))
            throw coded;
        return { kind: 'unknown', error: coded };
    }
}
function isHeldBack(error) {
    const corrected = error?.$metadata;
    return ((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .httpStatus */ .nG)(error) === 429 ||
        ['ThrottlingException', 'TooManyRequestsException'].includes((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .errorName */ .Is)(error)) ||
        corrected?.clockSkewCorrected === true);
}
function properties(wire) {
    return {
        description: wire.Description ?? '',
        licenseInfo: wire.LicenseInfo ?? '',
        compatibleRuntimes: wire.CompatibleRuntimes ?? [],
        compatibleArchitectures: wire.CompatibleArchitectures ?? []
    };
}
function summary(wire) {
    if (wire.Version === undefined || wire.LayerVersionArn === undefined)
        throw new _calls_js__WEBPACK_IMPORTED_MODULE_4__/* .UnreadableAnswer */ .y(`a layer version without number or ARN: ${JSON.stringify(wire)}`);
    return { version: wire.Version, arn: wire.LayerVersionArn, ...properties(wire) };
}
function detail(wire) {
    const { CodeSha256, CodeSize } = wire.Content ?? {};
    if (CodeSha256 === undefined || CodeSize === undefined)
        throw new _calls_js__WEBPACK_IMPORTED_MODULE_4__/* .UnreadableAnswer */ .y('a layer version without content');
    return { ...summary(wire), codeSha256: (0,_model_digest_js__WEBPACK_IMPORTED_MODULE_2__/* .base64ToHex */ .Qf)(CodeSha256), sizeBytes: CodeSize };
}
function nullIfMissing(error) {
    if ((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .errorName */ .Is)(error) === 'ResourceNotFoundException')
        return null;
    throw error;
}


/***/ }),

/***/ 8572:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ stackDescription),
/* harmony export */   i: () => (/* binding */ createStacks)
/* harmony export */ });
/* harmony import */ var _config_regions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8400);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(106);
/* harmony import */ var _answers_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(9658);
/* harmony import */ var _calls_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3552);
/* harmony import */ var _credentials_client_options_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(938);





const maximumPages = 100;
function createStacks(region, aws) {
    let loading;
    const load = async () => {
        const sdk = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(805)]).then(__webpack_require__.t.bind(__webpack_require__, 3805, 19));
        return { sdk, client: (0,_answers_js__WEBPACK_IMPORTED_MODULE_2__/* .watched */ .VI)(new sdk.CloudFormationClient((0,_credentials_client_options_js__WEBPACK_IMPORTED_MODULE_4__/* .clientOptions */ .s)(region, aws))) };
    };
    const run = (action, stackName, work) => {
        const resource = `arn:${(0,_config_regions_js__WEBPACK_IMPORTED_MODULE_0__/* .partitionOf */ .iQ)(region)}:cloudformation:${region}:${aws.accountId}:stack/${stackName}/*`;
        const limits = { signal: aws.signal, seconds: aws.timing.callSeconds };
        return (0,_calls_js__WEBPACK_IMPORTED_MODULE_3__/* .call */ .T)({ action: `cloudformation:${action}`, resource }, limits, async (options) => work({ ...(await (loading ??= load())), options }));
    };
    return {
        describe: stackName => describe(run, stackName),
        createChangeSet: request => createChangeSet(run, request),
        describeChangeSet: (stackName, changeSetName) => run('DescribeChangeSet', stackName, loaded => describeChangeSet(loaded, stackName, changeSetName)),
        executeChangeSet: (stackName, changeSetName, token) => executeChangeSet(run, stackName, changeSetName, token),
        deleteChangeSet: (StackName, ChangeSetName) => run('DeleteChangeSet', StackName, async ({ sdk, client, options }) => {
            const request = new sdk.DeleteChangeSetCommand({ StackName, ChangeSetName });
            await client.send(request, options).catch((error) => {
                if (!isGone(error) && !isNotNow(error))
                    throw error;
            });
        }),
        protect: (StackName, EnableTerminationProtection) => run('UpdateTerminationProtection', StackName, async ({ sdk, client, options }) => {
            await client.send(new sdk.UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection }), options);
        }),
        heldVersions: stackName => heldVersions(run, stackName),
        delete: (stackName, StackName) => run('DeleteStack', stackName, async ({ sdk, client, options }) => {
            await client.send(new sdk.DeleteStackCommand({ StackName }), options);
        }),
        events: stackName => events(run, stackName)
    };
}
function describe(run, stackName) {
    return run('DescribeStacks', stackName, async ({ sdk, client, options }) => {
        const answer = await client
            .send(new sdk.DescribeStacksCommand({ StackName: stackName }), options)
            .catch(nullIfNoStack);
        if (answer === null)
            return null;
        const stack = answer.Stacks?.[0];
        if (stack === undefined)
            throw new _calls_js__WEBPACK_IMPORTED_MODULE_3__/* .UnreadableAnswer */ .y('a description without a stack');
        return stackDescription(stack);
    });
}
function createChangeSet(run, request) {
    return run('CreateChangeSet', request.stackName, async ({ sdk, client, options }) => {
        const command = new sdk.CreateChangeSetCommand({
            StackName: request.stackName,
            ChangeSetName: request.changeSetName,
            ChangeSetType: request.type,
            ClientToken: request.token,
            ...(request.templateBody === null ? { UsePreviousTemplate: true } : { TemplateBody: request.templateBody }),
            Description: request.description,
            Parameters: Object.entries(request.parameters).map(([ParameterKey, value]) => value === null ? { ParameterKey, UsePreviousValue: true } : { ParameterKey, ParameterValue: value }),
            ...(request.capabilities.length === 0 ? {} : { Capabilities: [...request.capabilities] }),
            Tags: Object.entries(request.tags).map(([Key, Value]) => ({ Key, Value }))
        });
        try {
            await client.send(command, options);
            return 'created';
        }
        catch (error) {
            if ((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorName */ .Is)(error) === 'AlreadyExistsException')
                return 'exists';
            if (isNotNow(error))
                return 'not-now';
            throw error;
        }
    });
}
function executeChangeSet(run, StackName, ChangeSetName, ClientRequestToken) {
    return run('ExecuteChangeSet', StackName, async ({ sdk, client, options }) => {
        try {
            await client.send(new sdk.ExecuteChangeSetCommand({ StackName, ChangeSetName, ClientRequestToken }), options);
            return 'started';
        }
        catch (error) {
            if (isGone(error) || isNotNow(error))
                return 'not-executable';
            throw error;
        }
    });
}
function heldVersions(run, StackName) {
    return run('DescribeStackResources', StackName, async ({ sdk, client, options }) => {
        const answer = await client.send(new sdk.DescribeStackResourcesCommand({ StackName }), options).catch(nullIfNoStack);
        return (answer?.StackResources ?? []).flatMap(({ ResourceType, ResourceStatus, PhysicalResourceId = '' }) => ResourceType === 'AWS::Lambda::LayerVersion' && ResourceStatus !== 'DELETE_COMPLETE' && PhysicalResourceId !== ''
            ? [PhysicalResourceId]
            : []);
    });
}
function events(run, StackName) {
    return run('DescribeStackEvents', StackName, async ({ sdk, client, options }) => {
        const answer = await client.send(new sdk.DescribeStackEventsCommand({ StackName }), options);
        return (answer.StackEvents ?? []).map(event => ({
            time: event.Timestamp?.toISOString() ?? '',
            logicalId: event.LogicalResourceId ?? '',
            resourceType: event.ResourceType ?? '',
            status: event.ResourceStatus ?? '',
            reason: event.ResourceStatusReason ?? '',
            token: event.ClientRequestToken ?? ''
        }));
    });
}
async function describeChangeSet({ sdk, client, options }, stackName, changeSetName) {
    const changes = [];
    let token;
    for (let page = 0; page < maximumPages; page++) {
        const request = new sdk.DescribeChangeSetCommand({
            StackName: stackName,
            ChangeSetName: changeSetName,
            ...(token === undefined ? {} : { NextToken: token })
        });
        const answer = await client.send(request, options).catch(nullIfNoChangeSet);
        if (answer === null)
            return null;
        if (answer.Status === undefined)
            throw new _calls_js__WEBPACK_IMPORTED_MODULE_3__/* .UnreadableAnswer */ .y('a change set without a status');
        for (const { ResourceChange: change } of answer.Changes ?? []) {
            if (change === undefined)
                continue;
            changes.push({
                action: change.Action ?? '',
                logicalId: change.LogicalResourceId ?? '',
                physicalId: change.PhysicalResourceId ?? null,
                resourceType: change.ResourceType ?? '',
                replacement: change.Replacement ?? null,
                policyAction: change.PolicyAction ?? null
            });
        }
        token = answer.NextToken;
        if (token === undefined) {
            return {
                id: answer.ChangeSetId ?? '',
                status: answer.Status,
                executionStatus: answer.ExecutionStatus ?? '',
                statusReason: answer.StatusReason ?? '',
                changes
            };
        }
    }
    throw new Error(`the change set ${changeSetName} has more than ${maximumPages} pages`);
}
function stackDescription(stack) {
    return {
        id: stack.StackId ?? '',
        name: stack.StackName ?? '',
        status: stack.StackStatus ?? '',
        statusReason: stack.StackStatusReason ?? '',
        parameters: record(stack.Parameters ?? [], parameter => [parameter.ParameterKey, parameter.ParameterValue]),
        outputs: record(stack.Outputs ?? [], output => [output.OutputKey, output.OutputValue]),
        tags: record(stack.Tags ?? [], tag => [tag.Key, tag.Value]),
        changeSetId: stack.ChangeSetId ?? null,
        terminationProtection: stack.EnableTerminationProtection ?? false
    };
}
function record(items, entry) {
    return Object.fromEntries(items.map(entry).filter((pair) => pair[0] !== undefined && pair[1] !== undefined));
}
function nullIfNoStack(error) {
    if (isNoStack(error))
        return null;
    throw error;
}
function nullIfNoChangeSet(error) {
    if (isGone(error))
        return null;
    throw error;
}
function isNoStack(error) {
    return isValidationError(error, /does not exist/);
}
function isGone(error) {
    return isNoStack(error) || (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorName */ .Is)(error).startsWith('ChangeSetNotFound');
}
function isNotNow(error) {
    return (/^(InvalidChangeSetStatus|OperationInProgress)(Exception)?$/.test((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorName */ .Is)(error)) ||
        isValidationError(error, /already exists and cannot be created again|state and can ?not be updated|does not exist/));
}
function isValidationError(error, message) {
    return (0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorName */ .Is)(error) === 'ValidationError' && error instanceof Error && message.test(error.message);
}


/***/ }),

/***/ 5339:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ mendOfMessage),
/* harmony export */   Kp: () => (/* binding */ denial),
/* harmony export */   Z9: () => (/* binding */ denialOf)
/* harmony export */ });
const notAuthorized = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z*]+)(?: on resource: "?([^\s"]+)"?)?/i;
const deniedByS3 = /denied by S3.*? permission to (\w+) for ([^\s]+?)\.? /;
function denialOf(message, partition = 'aws') {
    const [, action, resource] = notAuthorized.exec(message) ?? [];
    if (action !== undefined) {
        const unnamed = action.startsWith('kms:')
            ? 'the KMS key that encrypts it'
            : action.startsWith('sts:')
                ? 'the role'
                : '*';
        return denial(action, resource ?? unnamed, message);
    }
    const [, s3Action, place] = deniedByS3.exec(message) ?? [];
    if (s3Action === undefined || place === undefined)
        return null;
    return denial(`s3:${s3Action}`, `arn:${partition}:s3:::${place}`, message);
}
function denial(action, resource, message) {
    const decider = deciders.find(({ says }) => says.test(message));
    return { action, resource, mend: (decider?.mend ?? allow)({ action, resource }) };
}
function allow({ action, resource }) {
    if (action.startsWith('sts:AssumeRole')) {
        return 'correct the trust policy of the role: its conditions (aud, sub, ref, repository_id) must admit this repository, branch and environment';
    }
    const inPolicy = `allow ${action} on ${resource} in the policy of the role that the workflow assumes`;
    return action.startsWith('kms:') ? `${inPolicy}, and admit the role in the policy of the key, too` : inPolicy;
}
const deciders = [
    {
        says: /(?:explicit deny in a|no) service control polic/i,
        mend: ({ action }) => `have the service control policy (SCP) of the organization let ${action} pass: whoever manages the AWS organization can, no policy of the role`
    },
    {
        says: /(?:explicit deny in a|no) resource control polic/i,
        mend: ({ action }) => `have the resource control policy (RCP) of the organization let ${action} pass: whoever manages the AWS organization can, no policy of the role`
    },
    {
        says: /(?:explicit deny in a|no) permissions boundar/i,
        mend: ({ action, resource }) => `let the permissions boundary of the role pass ${action} on ${resource}: the policy of the role alone cannot`
    },
    {
        says: /(?:explicit deny in a|no) session polic/i,
        mend: ({ action, resource }) => `let the session policy pass ${action} on ${resource} (inline-session-policy and managed-session-policies of aws-actions/configure-aws-credentials)`
    },
    {
        says: /(?:explicit deny in a|no) VPC endpoint polic/i,
        mend: ({ action, resource }) => `let the policy of the VPC endpoint of this runner pass ${action} on ${resource}`
    },
    { says: /explicit deny in a resource-based polic/i, mend: liftResourceDeny },
    {
        says: /no resource-based polic|resource-based policy explicitly denies|associated with this ciphertext/i,
        mend: asked => asked.action.startsWith('kms:')
            ? `admit the role with ${asked.action} in the policy of the KMS key and in its own, and see that the key is there in this region`
            : `${allow(asked)}, and admit the role in the policy of the resource where that lies in another account`
    },
    {
        says: /explicit deny in an identity-based polic/i,
        mend: ({ action, resource }) => `take away the statement that denies ${action} on ${resource} from the policies of the role: an Allow beside it does not help`
    },
    {
        says: /explicit deny/i,
        mend: ({ action, resource }) => `find the statement that denies ${action} on ${resource} (of the role, its permissions boundary, the organization, the bucket or the key) and lift it: an Allow beside it does not help`
    }
];
function liftResourceDeny({ action, resource }) {
    if (action.startsWith('kms:'))
        return `take away the statement that denies ${action} from the policy of the key ${resource}`;
    if (!action.startsWith('s3:'))
        return `take away the statement that denies ${action} from the policy of ${resource}`;
    return `see the Deny statements of the policy of the bucket: one that demands encryption is met with the key encryption of the environment, any other must let ${action} on ${resource} pass; an Allow in the policy of the role does not help`;
}
const ownBucket = 'give each region a bucket of its own in that region, for example artifact-bucket: name-{region}';
const later = 'run again later; what was done already is found and kept';
const causes = [
    {
        says: /KMS\.?Disabled|\bkey\/\S+ is disabled/i,
        mend: 'enable the KMS key (aws kms enable-key), or encrypt the bucket, or the environment, with another one'
    },
    {
        says: /KMS\.?(?:KMS)?InvalidState|pending (?:deletion|import)/i,
        mend: 'bring the KMS key back into use (aws kms cancel-key-deletion, then enable-key), or encrypt with another one'
    },
    {
        says: /KMS\.?NotFound|\bkey\b.*arn:.*does not exist/i,
        mend: 'name a KMS key that exists in this account and region'
    },
    {
        says: /Unzipped size must be smaller/i,
        mend: 'make the layer smaller, for example with build.exclude: AWS Lambda takes 262,144,000 bytes unzipped'
    },
    {
        says: /could not unzip/i,
        mend: 'delete the archive from the bucket and run again: what lies there is no zip that AWS Lambda can read'
    },
    {
        says: /NoSuchKey|specified key does not exist/i,
        mend: 'run again, the archive is uploaded anew; see that no lifecycle rule removes what lies below layer-deploy/'
    },
    {
        says: /PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint|bucket is in this region/i,
        mend: ownBucket
    },
    { says: /NoSuchBucket/, mend: 'create the bucket, or correct artifact-bucket' },
    {
        says: /CodeStorageExceeded|code storage limit/i,
        mend: 'delete layer versions that nobody uses (the command prune), or have the quota raised'
    },
    {
        says: /compatibleRuntimes|compatibleArchitectures/i,
        mend: 'correct compatible-runtimes and compatible-architectures to what AWS Lambda has in this region'
    },
    {
        says: /RequestEntityTooLarge|EntityTooLarge/,
        mend: 'make the layer smaller (build.exclude what is not needed at run time)'
    },
    { says: /PolicyLengthExceeded/, mend: 'share with an organization id in place of its accounts (share-with)' },
    {
        says: /InsufficientCapabilities/,
        mend: 'name the capability that the message asks for under template.capabilities of the layer'
    },
    {
        says: /\bLimitExceeded/,
        mend: 'delete stacks that nobody uses, or have the quota of AWS CloudFormation raised'
    },
    {
        says: /RegionDisabled|OptInRequired/,
        mend: 'enable the region for the account (AWS account settings), or take it out of regions'
    },
    {
        says: /BadDigest|ContentSHA256Mismatch|checksum.*(?:did not match|mismatch)/i,
        mend: 'run again: what arrived is not what was sent; where it returns, see what stands between the runner and AWS'
    },
    {
        says: /AccountProblem|AllAccessDisabled|NotSignedUp|InvalidPayer/,
        mend: 'ask AWS Support: the account itself may not do this'
    },
    {
        says: /Throttling|TooManyRequests|Rate exceeded|SlowDown/i,
        mend: `lower concurrency of the environment, or ${later}`
    },
    { says: /ServiceUnavailable|InternalFailure|InternalError|ServiceException|InternalServerError/i, mend: later }
];
function mendOfMessage(message) {
    return causes.find(({ says }) => says.test(message))?.mend ?? null;
}


/***/ })

};
