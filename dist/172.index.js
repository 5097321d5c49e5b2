export const id = 172;
export const ids = [172];
export const modules = {

/***/ 172:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   withConsumers: () => (/* binding */ withConsumers)
/* harmony export */ });
async function withConsumers(result, aws) {
    const regions = [...new Set(result.layers.map(({ region }) => region))];
    const read = await Promise.all(regions.map(async (region) => {
        try {
            const inventory = await aws.region(region).inventory();
            const rows = result.layers.filter(row => row.region === region);
            return { consumers: await consumersIn(inventory, rows), warning: [] };
        }
        catch (error) {
            const why = error instanceof Error ? error.message : String(error);
            return { consumers: [], warning: [`Who uses the layers in ${region} was not read: ${why}`] };
        }
    }));
    return {
        ...result,
        consumers: read.flatMap(({ consumers }) => consumers),
        warnings: [...result.warnings, ...read.flatMap(({ warning }) => warning)]
    };
}
async function consumersIn(inventory, rows) {
    const versioned = rows.filter(({ version, arn }) => version !== null && arn !== null);
    if (versioned.length === 0)
        return [];
    const functions = await inventory.functionVersions();
    const found = versioned.map(row => ({ row, users: functions.flatMap(each => olderUse(each, row)) }));
    const aliases = new Map();
    for (const name of new Set(found.flatMap(({ users }) => users.map(({ functionName }) => functionName)))) {
        aliases.set(name, await inventory.aliases(name));
    }
    return found.flatMap(({ row: { layerId, region }, users }) => {
        const consumers = users.map(user => ({ ...user, aliases: aliasesOf(aliases.get(user.functionName), user) }));
        return consumers.length === 0 ? [] : [{ layerId, region, consumers: consumers.sort(byVersion) }];
    });
}
function olderUse({ functionName, version, layers }, row) {
    const { arn, version: current } = row;
    if (arn === null || current === null)
        return [];
    const prefix = arn.slice(0, arn.lastIndexOf(':') + 1);
    return layers
        .filter(used => used.startsWith(prefix))
        .map(used => Number(used.slice(prefix.length)))
        .filter(layerVersion => layerVersion < current)
        .map(layerVersion => ({ functionName, functionVersion: version, layerVersion, status: 'older' }));
}
function aliasesOf(aliases = {}, { functionVersion }) {
    return Object.entries(aliases)
        .filter(([, version]) => version === functionVersion)
        .map(([name]) => name)
        .sort();
}
function byVersion(a, b) {
    if (a.layerVersion !== b.layerVersion)
        return b.layerVersion - a.layerVersion;
    return a.functionName < b.functionName ? -1 : a.functionName > b.functionName ? 1 : 0;
}


/***/ })

};
