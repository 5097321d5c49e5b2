export const id = 980;
export const ids = [980];
export const modules = {

/***/ 2980:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   foretellPromotion: () => (/* binding */ foretellPromotion),
/* harmony export */   q: () => (/* binding */ observePromotion)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8125);
/* harmony import */ var _ports_github_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(890);
/* harmony import */ var _plan_guards_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7973);
/* harmony import */ var _promotion_promotion_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(5444);




async function observePromotion(request, wanted, ports) {
    const { environment, promotionOverride: override } = request;
    const { promoteFrom } = environment;
    if (promoteFrom === null || wanted.size === 0)
        return [];
    const proven = await readProofs(promoteFrom, request, wanted, ports);
    return [...wanted].map(([layerId, layer]) => (0,_plan_guards_js__WEBPACK_IMPORTED_MODULE_2__/* .promotedVerdict */ .EI)(promoteFrom, layerId, layer, proven(layerId), override));
}
async function foretellPromotion(request, wanted, ports) {
    const { promoteFrom } = request.environment;
    if (promoteFrom === null || wanted.size === 0)
        return [];
    const proven = await readProofs(promoteFrom, request, wanted, ports);
    return [...wanted].map(([layerId, layer]) => (0,_plan_guards_js__WEBPACK_IMPORTED_MODULE_2__/* .foretoldVerdict */ .tD)(promoteFrom, layerId, layer, proven(layerId)));
}
async function readProofs(promoteFrom, { sourceBranches, tokenName }, wanted, { github, git }) {
    if (github === null) {
        const why = `no GitHub token to read the deployments of ${promoteFrom} with`;
        return () => ({ kind: 'unreadable', why, mend: `give a token that may read deployments in ${tokenName}` });
    }
    try {
        const { layers, searched, elsewhere } = await (0,_promotion_promotion_js__WEBPACK_IMPORTED_MODULE_3__/* .readProven */ .Lb)(github, promoteFrom, wanted, heldBy(sourceBranches, git));
        const where = `the newest ${searched} deployments of ${promoteFrom} with the task ${_promotion_promotion_js__WEBPACK_IMPORTED_MODULE_3__/* .deploymentTask */ .RD}`;
        return layerId => ({
            kind: 'read',
            layer: layers.get(layerId) ?? null,
            searched: where,
            elsewhere: elsewhere.includes(layerId)
        });
    }
    catch (error) {
        return unreadable(error);
    }
}
function unreadable(error) {
    if (error instanceof _ports_github_js__WEBPACK_IMPORTED_MODULE_1__/* .GitHubError */ .y) {
        const why = `deployments that cannot be read (${error.message})`;
        return () => ({ kind: 'unreadable', why, mend: error.mend });
    }
    if (error instanceof _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK && error.code === 'GIT_FAILED') {
        const why = `a branch that cannot be read (${error.finding.found})`;
        return () => ({ kind: 'unreadable', why, mend: error.finding.mend });
    }
    throw error;
}
function heldBy(branches, git) {
    return async (commits) => {
        const held = new Set();
        for (const branch of branches) {
            const open = commits.filter(commit => !held.has(commit));
            const tip = open.length === 0 ? null : await git.readBranchTip(branch);
            for (const commit of tip === null ? [] : await git.ancestorsAmong(tip, open))
                held.add(commit);
        }
        return [...held];
    };
}


/***/ })

};
