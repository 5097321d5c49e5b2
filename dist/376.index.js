export const id = 376;
export const ids = [376];
export const modules = {

/***/ 1376:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createFunctions: () => (/* binding */ createFunctions)
/* harmony export */ });
/* harmony import */ var _config_regions_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8400);
/* harmony import */ var _aws_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(106);
/* harmony import */ var _calls_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(3552);



const maximumPages = 2_000;
const overtaken = new Set(['PreconditionFailedException', 'ResourceConflictException']);
function createFunctions(region, aws, clients) {
    const arnOf = (name) => `arn:${(0,_config_regions_js__WEBPACK_IMPORTED_MODULE_0__/* .partitionOf */ .iQ)(region)}:lambda:${region}:${aws.accountId}:function:${name}`;
    const run = (action, resource, work) => {
        const limits = { signal: aws.signal, seconds: aws.timing.callSeconds };
        return (0,_calls_js__WEBPACK_IMPORTED_MODULE_2__/* .call */ .T)({ action: `lambda:${action}`, resource }, limits, async (options) => work(await clients.reader(), options));
    };
    return {
        list: () => run('ListFunctions', '*', listAll),
        read: FunctionName => run('GetFunctionConfiguration', arnOf(FunctionName), async ({ sdk, client }, options) => {
            const answer = await client
                .send(new sdk.GetFunctionConfigurationCommand({ FunctionName }), options)
                .catch(nullIfMissing);
            return answer === null ? null : functionState(answer);
        }),
        tags: name => run('ListTags', arnOf(name), async ({ sdk, client }, options) => {
            const { Tags } = await client.send(new sdk.ListTagsCommand({ Resource: arnOf(name) }), options);
            return { ...Tags };
        }),
        setLayers: (FunctionName, layers, RevisionId) => run('UpdateFunctionConfiguration', arnOf(FunctionName), async ({ sdk, client }, options) => {
            const request = new sdk.UpdateFunctionConfigurationCommand({ FunctionName, Layers: [...layers], RevisionId });
            try {
                await client.send(request, options);
                return 'accepted';
            }
            catch (error) {
                if (overtaken.has((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorName */ .Is)(error)))
                    return 'changed';
                throw error;
            }
        })
    };
}
async function listAll({ sdk, client }, options) {
    const found = new Map();
    let marker;
    for (let page = 0; page < maximumPages; page++) {
        const answer = await client.send(new sdk.ListFunctionsCommand(marker === undefined ? {} : { Marker: marker }), options);
        if (answer.Functions === undefined)
            throw new _calls_js__WEBPACK_IMPORTED_MODULE_2__/* .UnreadableAnswer */ .y('a page of lambda:ListFunctions without its list');
        for (const { FunctionName, Layers = [] } of answer.Functions) {
            if (FunctionName === undefined)
                throw new _calls_js__WEBPACK_IMPORTED_MODULE_2__/* .UnreadableAnswer */ .y('a function without a name');
            found.set(FunctionName, Layers.flatMap(({ Arn }) => Arn ?? []));
        }
        if (answer.NextMarker === undefined || answer.NextMarker === '')
            return found;
        marker = answer.NextMarker;
    }
    throw new Error(`lambda:ListFunctions has more than ${maximumPages} pages`);
}
function functionState(answer) {
    const { FunctionName, RevisionId, LastUpdateStatus } = answer;
    if (FunctionName === undefined || RevisionId === undefined)
        throw new _calls_js__WEBPACK_IMPORTED_MODULE_2__/* .UnreadableAnswer */ .y('a function without a name or a revision');
    return {
        functionName: FunctionName,
        runtime: answer.Runtime ?? '',
        architectures: answer.Architectures ?? ['x86_64'],
        layers: (answer.Layers ?? []).map(({ Arn = '', CodeSize = 0 }) => ({ arn: Arn, sizeBytes: CodeSize })),
        codeBytes: answer.CodeSize ?? 0,
        revisionId: RevisionId,
        update: LastUpdateStatus === 'InProgress' ? 'in-progress' : LastUpdateStatus === 'Failed' ? 'failed' : 'successful',
        updateReason: answer.LastUpdateStatusReason ?? ''
    };
}
function nullIfMissing(error) {
    if ((0,_aws_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .errorName */ .Is)(error) === 'ResourceNotFoundException')
        return null;
    throw error;
}


/***/ })

};
