export const id = 10;
export const ids = [10];
export const modules = {

/***/ 8010:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var _main_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8502);
/* harmony import */ var _inputs_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7026);
/* harmony import */ var _report_deliver_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4665);
/* harmony import */ var _report_reporter_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(9324);




async function post(environment) {
    const runner = (0,_main_js__WEBPACK_IMPORTED_MODULE_0__/* .openRunner */ .NH)(environment);
    const open = readOpenStatus(environment[`STATE_${_report_reporter_js__WEBPACK_IMPORTED_MODULE_3__/* .openStatusState */ .S}`]);
    if (open === null)
        return 0;
    const context = (0,_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .readRunContext */ .$p)(environment);
    const github = (0,_main_js__WEBPACK_IMPORTED_MODULE_0__/* .openGitHub */ .o6)((0,_inputs_js__WEBPACK_IMPORTED_MODULE_1__/* .readInputs */ .Ko)(environment), context);
    const status = {
        context: open.context,
        state: 'error',
        description: 'The run ended before it was finished: cancelled, timed out or killed',
        targetUrl: context.runUrl
    };
    const warning = await (0,_report_deliver_js__WEBPACK_IMPORTED_MODULE_2__/* .writeStatus */ .Kn)(open.commit, status, { github, runner });
    if (warning !== null)
        runner.warning(warning);
    return 0;
}
function readOpenStatus(state) {
    if (state === undefined || state === '')
        return null;
    const { commit, context } = JSON.parse(state);
    return typeof commit === 'string' && typeof context === 'string' ? { commit, context } : null;
}


/***/ })

};
