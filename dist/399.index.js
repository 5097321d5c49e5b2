export const id = 399;
export const ids = [399];
export const modules = {

/***/ 5399:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8125);
/* harmony import */ var _main_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(764);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(5257);
/* harmony import */ var _ports_github_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(890);
/* harmony import */ var _report_status_check_run_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(4379);
/* harmony import */ var _report_deliver_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3934);
/* harmony import */ var _report_reporter_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9324);







async function post(environment) {
    const runner = (0,_main_js__WEBPACK_IMPORTED_MODULE_1__/* .openRunner */ .NH)(environment);
    try {
        await closeStatus(environment, runner);
    }
    catch (error) {
        runner.warning((0,_model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .asCodedError */ ._r)(error).message);
    }
    return 0;
}
async function closeStatus(environment, runner) {
    const open = readOpenStatus(environment[`STATE_${_report_reporter_js__WEBPACK_IMPORTED_MODULE_6__/* .openStatusState */ .S}`]);
    if (open === null)
        return;
    const context = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .readRunContext */ .$p)(environment);
    const inputs = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .readInputs */ .Ko)(environment);
    const opened = (0,_main_js__WEBPACK_IMPORTED_MODULE_1__/* .openGitHub */ .o6)(inputs, context);
    const github = opened !== null && inputs.checkRun ? (0,_report_status_check_run_js__WEBPACK_IMPORTED_MODULE_4__/* .withCheckRuns */ .x)(opened) : opened;
    if (github !== null && !(await isOpen(github, open, context.runUrl)))
        return;
    const status = {
        context: open.context,
        state: 'error',
        description: 'The run ended before it was finished: cancelled, timed out or killed',
        targetUrl: context.runUrl
    };
    const warning = await (0,_report_deliver_js__WEBPACK_IMPORTED_MODULE_5__/* .writeStatus */ .Kn)(open.commit, status, { github, runner });
    if (warning !== null)
        runner.warning(warning);
}
async function isOpen(github, open, runUrl) {
    let statuses;
    try {
        statuses = await github.listStatuses(open.commit);
    }
    catch (error) {
        if (!(error instanceof _ports_github_js__WEBPACK_IMPORTED_MODULE_3__/* .GitHubError */ .y))
            throw error;
        return true;
    }
    const latest = statuses.find(({ context }) => context === open.context);
    return latest === undefined || (latest.state === 'pending' && latest.targetUrl === runUrl);
}
function readOpenStatus(state) {
    if (state === undefined || state === '')
        return null;
    const { commit, context } = JSON.parse(state);
    return typeof commit === 'string' && typeof context === 'string' ? { commit, context } : null;
}


/***/ })

};
