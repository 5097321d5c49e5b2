export const id = 733;
export const ids = [733];
export const modules = {

/***/ 7733:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createInventory: () => (/* binding */ createInventory)
/* harmony export */ });
/* harmony import */ var _config_regions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8400);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(106);
/* harmony import */ var _calls_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3552);
/* harmony import */ var _credentials_client_options_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(938);
/* harmony import */ var _lambda_layer_versions_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4500);
/* harmony import */ var _stacks_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(8572);






const maximumPages = 2_000;
const downloadSeconds = 300;
function createInventory(region, aws, { reader }) {
    const session = {
        ...aws,
        region,
        arn: resource => `arn:${(0,_config_regions_js__WEBPACK_IMPORTED_MODULE_0__/* .partitionOf */ .iQ)(region)}:lambda:${region}:${aws.accountId}:${resource}`,
        lambda: reader
    };
    return {
        layerNames: () => layerNames(session),
        versions: layerName => versions(session, layerName),
        functionVersions: () => functionVersions(session),
        aliases: functionName => aliases(session, functionName),
        stacks: () => stacks(session),
        keys: (place, prefix) => keys(session, place, prefix),
        deleteVersion: (layerName, version) => deleteVersion(session, layerName, version),
        download: (layerName, version) => download(session, layerName, version)
    };
}
async function pages(session, subject, ask, read) {
    const found = [];
    let marker;
    for (let page = 0; page < maximumPages; page++) {
        const limits = { signal: session.signal, seconds: session.timing.callSeconds };
        const { items, next } = await (0,_calls_js__WEBPACK_IMPORTED_MODULE_2__/* .call */ .T)(subject, limits, async (options) => {
            const answer = read(await ask(marker, options));
            if (answer.items === undefined)
                throw new _calls_js__WEBPACK_IMPORTED_MODULE_2__/* .UnreadableAnswer */ .y(`a page of ${subject.action} without its list`);
            return { items: answer.items, next: answer.next };
        });
        found.push(...items);
        if (next === undefined || next === '')
            return found;
        marker = next;
    }
    throw new Error(`${subject.action} has more than ${maximumPages} pages`);
}
const everything = (action) => ({ action, resource: '*' });
async function layerNames(session) {
    const { sdk, client } = await session.lambda();
    const names = await pages(session, everything('lambda:ListLayers'), (Marker, options) => client.send(new sdk.ListLayersCommand(Marker === undefined ? {} : { Marker }), options), page => ({ items: page.Layers, next: page.NextMarker }));
    return names.flatMap(({ LayerName }) => LayerName ?? []).sort();
}
async function versions(session, LayerName) {
    const { sdk, client } = await session.lambda();
    const found = await pages(session, everything('lambda:ListLayerVersions'), (Marker, options) => client.send(new sdk.ListLayerVersionsCommand({ LayerName, ...(Marker !== undefined && { Marker }) }), options), page => ({
        items: page.LayerVersions?.map(version => ({ ...(0,_lambda_layer_versions_js__WEBPACK_IMPORTED_MODULE_4__/* .summary */ .z)(version), createdAt: timeOf(version.CreatedDate) })),
        next: page.NextMarker
    }));
    return [...found].sort((a, b) => b.version - a.version);
}
function timeOf(text) {
    const time = new Date((text ?? '').replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
    if (Number.isNaN(time.getTime()))
        throw new _calls_js__WEBPACK_IMPORTED_MODULE_2__/* .UnreadableAnswer */ .y(`a layer version created at ${JSON.stringify(text)}`);
    return time.toISOString();
}
async function functionVersions(session) {
    const { sdk, client } = await session.lambda();
    const found = await pages(session, everything('lambda:ListFunctions'), (Marker, options) => {
        const request = { FunctionVersion: 'ALL', ...(Marker !== undefined && { Marker }) };
        return client.send(new sdk.ListFunctionsCommand(request), options);
    }, page => ({ items: page.Functions?.map(functionVersion), next: page.NextMarker }));
    return found;
}
function functionVersion({ FunctionName, Version, Layers }) {
    if (FunctionName === undefined || Version === undefined)
        throw new _calls_js__WEBPACK_IMPORTED_MODULE_2__/* .UnreadableAnswer */ .y('a function without name or version');
    return { functionName: FunctionName, version: Version, layers: (Layers ?? []).flatMap(({ Arn }) => Arn ?? []) };
}
async function aliases(session, FunctionName) {
    const { sdk, client } = await session.lambda();
    const found = await pages(session, { action: 'lambda:ListAliases', resource: session.arn(`function:${FunctionName}`) }, (Marker, options) => client.send(new sdk.ListAliasesCommand({ FunctionName, ...(Marker !== undefined && { Marker }) }), options), page => ({ items: page.Aliases, next: page.NextMarker }));
    return Object.fromEntries(found.map(({ Name, FunctionVersion }) => [Name ?? '', FunctionVersion ?? '']));
}
async function stacks(session) {
    const sdk = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(805)]).then(__webpack_require__.t.bind(__webpack_require__, 3805, 19));
    const client = new sdk.CloudFormationClient((0,_credentials_client_options_js__WEBPACK_IMPORTED_MODULE_3__/* .clientOptions */ .s)(session.region, session));
    const found = await pages(session, everything('cloudformation:DescribeStacks'), (token, options) => client.send(new sdk.DescribeStacksCommand(token === undefined ? {} : { NextToken: token }), options), page => ({ items: page.Stacks, next: page.NextToken }));
    return found.map(_stacks_js__WEBPACK_IMPORTED_MODULE_5__/* .stackDescription */ .h);
}
async function keys(session, place, prefix) {
    const sdk = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(711)]).then(__webpack_require__.t.bind(__webpack_require__, 3711, 19));
    const client = new sdk.S3Client({
        ...(0,_credentials_client_options_js__WEBPACK_IMPORTED_MODULE_3__/* .clientOptions */ .s)(session.region, session),
        forcePathStyle: session.customEndpoint
    });
    const bucket = { Bucket: place.bucket, ExpectedBucketOwner: place.owner, Prefix: prefix };
    const found = await pages(session, { action: 's3:ListBucket', resource: `arn:${(0,_config_regions_js__WEBPACK_IMPORTED_MODULE_0__/* .partitionOf */ .iQ)(session.region)}:s3:::${place.bucket}` }, (token, options) => client.send(new sdk.ListObjectsV2Command({ ...bucket, ...(token !== undefined && { ContinuationToken: token }) }), options), page => ({ items: page.Contents ?? (page.KeyCount === 0 ? [] : undefined), next: page.NextContinuationToken }));
    return found.flatMap(({ Key }) => Key ?? []);
}
function deleteVersion(session, LayerName, VersionNumber) {
    const resource = session.arn(`layer:${LayerName}:${VersionNumber}`);
    const subject = { action: 'lambda:DeleteLayerVersion', resource };
    return (0,_calls_js__WEBPACK_IMPORTED_MODULE_2__/* .call */ .T)(subject, { signal: session.signal, seconds: session.timing.callSeconds }, async (options) => {
        const { sdk, client } = await session.lambda();
        try {
            await client.send(new sdk.DeleteLayerVersionCommand({ LayerName, VersionNumber }), options);
        }
        catch (error) {
            if ((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorName */ .Is)(error) !== 'ResourceNotFoundException')
                throw error;
        }
    });
}
function download(session, LayerName, VersionNumber) {
    const subject = { action: 'lambda:GetLayerVersion', resource: session.arn(`layer:${LayerName}:${VersionNumber}`) };
    return (0,_calls_js__WEBPACK_IMPORTED_MODULE_2__/* .call */ .T)(subject, { signal: session.signal, seconds: downloadSeconds }, async ({ abortSignal }) => {
        const { sdk, client } = await session.lambda();
        const request = new sdk.GetLayerVersionCommand({ LayerName, VersionNumber });
        const version = await client.send(request, { abortSignal }).catch((error) => {
            if ((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorName */ .Is)(error) === 'ResourceNotFoundException')
                return null;
            throw error;
        });
        if (version === null)
            return null;
        const { Location } = version.Content ?? {};
        if (Location === undefined)
            throw new _calls_js__WEBPACK_IMPORTED_MODULE_2__/* .UnreadableAnswer */ .y('a layer version without a link to its content');
        const answer = await fetch(Location, { signal: abortSignal });
        if (answer.status === 403 || answer.status === 404)
            return null;
        if (!answer.ok)
            throw new _calls_js__WEBPACK_IMPORTED_MODULE_2__/* .UnreadableAnswer */ .y(`status ${answer.status} for the content of a layer version`);
        return new Uint8Array(await answer.arrayBuffer());
    });
}


/***/ })

};
