export const id = 104;
export const ids = [104,923];
export const modules = {

/***/ 8104:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   runOperation: () => (/* binding */ runOperation)
/* harmony export */ });
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1455);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6760);
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8125);
/* harmony import */ var _publish_layers_engines_index_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8923);
/* harmony import */ var _run_identity_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(6736);





async function runOperation(command, session, selected) {
    const { inputs, context, runner, limits, git, github, clock, progress } = session;
    const { environment, branch } = selected.selection;
    const { subject, layers } = selected;
    const { signal } = limits;
    const aws = await session.openAws(environment);
    const identity = (0,_run_identity_js__WEBPACK_IMPORTED_MODULE_4__/* .identityOf */ .c)(context);
    const engineContext = { region: (name) => aws.region(name), clock, signal, log: runner, ...identity };
    const engine = await (0,_publish_layers_engines_index_js__WEBPACK_IMPORTED_MODULE_3__.createEngine)(environment.engine, engineContext);
    const scratchDirectory = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.mkdtemp)((0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(context.temporaryDirectory, 'layer-deploy-'));
    try {
        const operation = await operationOf(command);
        const { result, details } = await operation({
            ...{ subject, environment, branch, layers, ...identity },
            headCommit: subject.headCommit ?? '',
            named: inputs.layers !== null,
            regions: inputs.regions,
            dryRun: inputs.dryRun,
            version: inputs.version,
            unrecorded: inputs.unrecorded,
            keep: inputs.keep,
            runUrl: context.runUrl
        }, { aws, engine, git, github, clock, log: runner, progress, signal, scratchDirectory });
        if (details !== undefined)
            session.showDetails(details);
        return result;
    }
    finally {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_0__.rm)(scratchDirectory, { recursive: true, force: true });
    }
}
async function operationOf(command) {
    switch (command) {
        case 'rollback':
            return (await Promise.all(/* import() */[__webpack_require__.e(6), __webpack_require__.e(21), __webpack_require__.e(796), __webpack_require__.e(627)]).then(__webpack_require__.bind(__webpack_require__, 2627))).rollback;
        case 'prune':
            return (await __webpack_require__.e(/* import() */ 418).then(__webpack_require__.bind(__webpack_require__, 3418))).prune;
        case 'rollout':
            return (await __webpack_require__.e(/* import() */ 891).then(__webpack_require__.bind(__webpack_require__, 7891))).rollout;
        default:
            return (0,_model_errors_js__WEBPACK_IMPORTED_MODULE_2__/* .unreachable */ .HB)(command);
    }
}


/***/ }),

/***/ 8923:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createEngine: () => (/* binding */ createEngine)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8125);

async function createEngine(name, context) {
    switch (name) {
        case 'cloudformation':
            return (await __webpack_require__.e(/* import() */ 982).then(__webpack_require__.bind(__webpack_require__, 4982))).createCloudFormationEngine(context);
        case 'lambda':
            return (await __webpack_require__.e(/* import() */ 610).then(__webpack_require__.bind(__webpack_require__, 7610))).createLambdaEngine(context);
        default:
            return (0,_model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .unreachable */ .HB)(name);
    }
}


/***/ })

};
