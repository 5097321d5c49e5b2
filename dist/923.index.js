export const id = 923;
export const ids = [923];
export const modules = {

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
