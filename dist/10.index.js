export const id = 10;
export const ids = [10];
export const modules = {

/***/ 8010:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9243);
/* harmony import */ var _main_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2398);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7026);
/* harmony import */ var _report_deliver_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4665);
/* harmony import */ var _report_reporter_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9324);





async function post(environment) {
    const runner = (0,_main_js__WEBPACK_IMPORTED_MODULE_1__/* .openRunner */ .NH)(environment);
    try {
        await closeStatus(environment, runner);
    }
    catch (error) {
        runner.warning((0,_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .asCodedError */ ._r)(error).message);
    }
    return 0;
}
async function closeStatus(environment, runner) {
    const open = readOpenStatus(environment[`STATE_${_report_reporter_js__WEBPACK_IMPORTED_MODULE_4__/* .openStatusState */ .S}`]);
    if (open === null)
        return;
    const context = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .readRunContext */ .$p)(environment);
    const github = (0,_main_js__WEBPACK_IMPORTED_MODULE_1__/* .openGitHub */ .o6)((0,_inputs_js__WEBPACK_IMPORTED_MODULE_2__/* .readInputs */ .Ko)(environment), context);
    const status = {
        context: open.context,
        state: 'error',
        description: 'The run ended before it was finished: cancelled, timed out or killed',
        targetUrl: context.runUrl
    };
    const warning = await (0,_report_deliver_js__WEBPACK_IMPORTED_MODULE_3__/* .writeStatus */ .Kn)(open.commit, status, { github, runner });
    if (warning !== null)
        runner.warning(warning);
}
function readOpenStatus(state) {
    if (state === undefined || state === '')
        return null;
    const { commit, context } = JSON.parse(state);
    return typeof commit === 'string' && typeof context === 'string' ? { commit, context } : null;
}


/***/ })

};
