export const id = 225;
export const ids = [225];
export const modules = {

/***/ 2807:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Qz: () => (/* binding */ isAccessName),
/* harmony export */   S6: () => (/* binding */ parameterValueOutput),
/* harmony export */   TK: () => (/* binding */ accessSections),
/* harmony export */   VV: () => (/* binding */ accessParameters),
/* harmony export */   k4: () => (/* binding */ accessOfStack)
/* harmony export */ });
/* harmony import */ var _access_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1953);

const parameterValueOutput = 'SsmParameterValue';
const parameterId = 'LayerVersionParameter';
function accessSections({ ssmParameter, sharedWith }, layerName, versionId) {
    const hasParameter = ssmParameter !== null;
    return {
        parameters: {
            ...(hasParameter && { SsmParameter: { Type: 'String' } }),
            ...(sharedWith.length > 0 && { SharedWith: { Type: 'String' } })
        },
        resources: {
            ...Object.fromEntries(sharedWith.map(principal => [permissionId(principal), permission(principal, versionId)])),
            ...(hasParameter && { [parameterId]: parameter(layerName, versionId) })
        },
        outputs: hasParameter ? { [parameterValueOutput]: { Value: { 'Fn::GetAtt': [parameterId, 'Value'] } } } : {}
    };
}
function accessParameters({ ssmParameter, sharedWith }) {
    return {
        ...(ssmParameter !== null && { SsmParameter: ssmParameter }),
        ...(sharedWith.length > 0 && { SharedWith: sharedWith.join(',') })
    };
}
function accessOfStack(stack) {
    if (stack === null)
        return _access_js__WEBPACK_IMPORTED_MODULE_0__/* .noAccess */ .m0;
    const { SsmParameter = '', SharedWith = '' } = stack.parameters;
    return {
        ssmParameter: SsmParameter === '' ? null : SsmParameter,
        sharedWith: SharedWith === '' ? [] : SharedWith.split(',')
    };
}
function isAccessName(name) {
    return /^(?:SsmParameter(?:Value)?|LayerVersionParameter|SharedWith(?:\d{12}|Public|Organization[a-z0-9]+)?)$/.test(name);
}
function permissionId(principal) {
    const words = principal.startsWith('o-') ? `Organization${principal.slice(2)}` : principal;
    return `SharedWith${words === 'public' ? 'Public' : words}`;
}
function permission(principal, versionId) {
    const isAccount = /^\d{12}$/.test(principal);
    return {
        Type: 'AWS::Lambda::LayerVersionPermission',
        DeletionPolicy: 'Delete',
        UpdateReplacePolicy: 'Retain',
        Properties: {
            Action: 'lambda:GetLayerVersion',
            LayerVersionArn: { Ref: versionId },
            Principal: isAccount ? principal : '*',
            ...(principal.startsWith('o-') && { OrganizationId: principal })
        }
    };
}
function parameter(layerName, versionId) {
    return {
        Type: 'AWS::SSM::Parameter',
        DeletionPolicy: 'Delete',
        UpdateReplacePolicy: 'Delete',
        Properties: {
            Name: { Ref: 'SsmParameter' },
            Type: 'String',
            Description: `ARN of the current version of the Lambda layer ${layerName}, kept by layer-deploy-action`,
            Value: { Ref: versionId }
        }
    };
}


/***/ }),

/***/ 3717:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  gS: () => (/* binding */ generationOf),
  m4: () => (/* binding */ layerVersionArnOutput),
  mC: () => (/* binding */ parametersOf),
  FK: () => (/* binding */ stackTemplate)
});

// EXTERNAL MODULE: ./.build/publish-layers/own-template/json-value.js
var json_value = __webpack_require__(5303);
;// CONCATENATED MODULE: ./.build/publish-layers/own-template/rename-resource.js

function renameResource(value, from, to) {
    if ((0,json_value/* isList */.L)(value))
        return value.map(item => renameResource(item, from, to));
    if (!(0,json_value/* isObject */.G)(value))
        return value;
    const entries = Object.entries(value).map(([key, inner]) => {
        switch (key) {
            case 'Ref':
                return [key, inner === from ? to : renameResource(inner, from, to)];
            case 'DependsOn':
                return [key, renamedNames(inner, from, to)];
            case 'Fn::GetAtt':
                return [key, renamedAttribute(inner, from, to)];
            case 'Fn::Sub':
                return [key, renamedPattern(inner, from, to)];
            default:
                return [key, renameResource(inner, from, to)];
        }
    });
    return Object.fromEntries(entries);
}
function renamedNames(names, from, to) {
    if ((0,json_value/* isList */.L)(names))
        return names.map(name => (name === from ? to : name));
    return names === from ? to : names;
}
function renamedAttribute(argument, from, to) {
    if ((0,json_value/* isList */.L)(argument))
        return argument.map((part, index) => (index === 0 && part === from ? to : part));
    return typeof argument === 'string' && argument.startsWith(`${from}.`)
        ? `${to}${argument.slice(from.length)}`
        : argument;
}
function renamedPattern(argument, from, to) {
    const [pattern, ...rest] = (0,json_value/* isList */.L)(argument) ? argument : [argument];
    if (typeof pattern !== 'string')
        return renameResource(argument, from, to);
    const own = (0,json_value/* isObject */.G)(rest[0]) ? rest[0] : {};
    const renamed = pattern.replace(/\$\{([^}!.]*)(\.[^}]*)?\}/g, (whole, name, attribute) => name === from && !(`${name}${attribute ?? ''}` in own) ? `\${${to}${attribute ?? ''}}` : whole);
    return (0,json_value/* isList */.L)(argument) ? [renamed, ...rest.map(item => renameResource(item, from, to))] : renamed;
}

;// CONCATENATED MODULE: ./.build/publish-layers/own-template/merge-template.js


function mergeTemplate(base, logicalId, { rest, ...own }) {
    const renamed = asObject(renameResource(rest, own.logicalId, logicalId));
    const section = (name) => ({ ...asObject(renamed[name]), ...asObject(base[name]) });
    const resources = section('Resources');
    const attributes = asObject(renameResource(own.attributes, own.logicalId, logicalId));
    return {
        ...renamed,
        Parameters: section('Parameters'),
        Resources: { ...resources, [logicalId]: { ...asObject(resources[logicalId]), ...attributes } },
        Outputs: section('Outputs')
    };
}
function asObject(value) {
    return (0,json_value/* isObject */.G)(value) ? value : {};
}

// EXTERNAL MODULE: ./.build/publish-layers/engines/cloudformation/stack-access.js
var stack_access = __webpack_require__(2807);
;// CONCATENATED MODULE: ./.build/publish-layers/engines/cloudformation/stack-template.js


const layerVersionArnOutput = 'LayerVersionArn';
function stackTemplate(layerName, properties, generation, access, own = null) {
    const logicalId = generation === 1 ? 'LayerVersion' : `LayerVersion${generation}`;
    const { parameters, resources, outputs } = (0,stack_access/* accessSections */.TK)(access, layerName, logicalId);
    const template = {
        AWSTemplateFormatVersion: '2010-09-09',
        Description: `Lambda layer ${layerName}, kept by layer-deploy-action`,
        Parameters: {
            ArtifactBucket: { Type: 'String' },
            ArtifactKey: { Type: 'String' },
            Generation: { Type: 'String', Default: '1' },
            ...parameters
        },
        Resources: {
            [logicalId]: {
                Type: 'AWS::Lambda::LayerVersion',
                DeletionPolicy: 'Retain',
                UpdateReplacePolicy: 'Retain',
                Properties: {
                    LayerName: layerName,
                    Content: { S3Bucket: { Ref: 'ArtifactBucket' }, S3Key: { Ref: 'ArtifactKey' } },
                    CompatibleRuntimes: properties.compatibleRuntimes,
                    ...(properties.compatibleArchitectures.length === 0
                        ? {}
                        : { CompatibleArchitectures: properties.compatibleArchitectures }),
                    ...(properties.description === '' ? {} : { Description: properties.description }),
                    ...(properties.licenseInfo === '' ? {} : { LicenseInfo: properties.licenseInfo })
                }
            },
            ...resources
        },
        Outputs: { [layerVersionArnOutput]: { Value: { Ref: logicalId } }, ...outputs }
    };
    return own === null ? JSON.stringify(template, null, 1) : JSON.stringify(mergeTemplate(template, logicalId, own));
}
function parametersOf(parameters, generation, access) {
    return {
        ArtifactBucket: parameters.artifactBucket,
        ArtifactKey: parameters.artifactKey,
        Generation: String(generation),
        ...(0,stack_access/* accessParameters */.VV)(access)
    };
}
function generationOf(parameters) {
    const generation = Number(parameters['Generation'] ?? '1');
    return Number.isSafeInteger(generation) && generation > 0 ? generation : 1;
}


/***/ }),

/***/ 5303:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   G: () => (/* binding */ isObject),
/* harmony export */   L: () => (/* binding */ isList)
/* harmony export */ });
function isObject(value) {
    return value !== null && typeof value === 'object' && !Array.isArray(value);
}
function isList(value) {
    return Array.isArray(value);
}


/***/ }),

/***/ 9225:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  isTemplated: () => (/* binding */ isTemplated),
  observeTemplates: () => (/* binding */ observeTemplates),
  planTemplates: () => (/* binding */ planTemplates)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/model/errors.js
var errors = __webpack_require__(8125);
// EXTERNAL MODULE: ./.build/publish-layers/engines/cloudformation/stack-template.js + 2 modules
var stack_template = __webpack_require__(3717);
// EXTERNAL MODULE: ./.build/publish-layers/own-template/json-value.js
var json_value = __webpack_require__(5303);
;// CONCATENATED MODULE: ./.build/publish-layers/own-template/content-folder.js

function contentFolder(document, { logicalId, isSam, properties }, { path }) {
    const key = isSam ? 'ContentUri' : 'Content';
    const content = properties[key];
    if (isArtifact(content, isSam))
        return '';
    const refuse = (found) => document.error(['Resources', logicalId, 'Properties', key], {
        expected: `${key} of ${logicalId} to name a folder at or below ${path}, relative to the template`,
        found,
        mend: `write the path of the layer's folder, as seen from ${document.file}; it is built and packed by this action`
    });
    if (typeof content !== 'string')
        throw refuse(content === undefined ? 'none' : 'something else than a path');
    if (content.startsWith('/') || content.includes('://') || content.includes('\\'))
        throw refuse(JSON.stringify(content));
    const folder = resolved([...document.file.split('/').slice(0, -1), ...content.split('/')]);
    if (folder === path)
        return '';
    if (folder?.startsWith(`${path}/`) !== true)
        throw refuse(JSON.stringify(content));
    return folder.slice(path.length + 1);
}
function isArtifact(content, isSam) {
    if (!(0,json_value/* isObject */.G)(content) || Object.keys(content).length !== 2)
        return false;
    const [bucket, key] = isSam ? [content['Bucket'], content['Key']] : [content['S3Bucket'], content['S3Key']];
    return (0,json_value/* isObject */.G)(bucket) && bucket['Ref'] === 'ArtifactBucket' && (0,json_value/* isObject */.G)(key) && key['Ref'] === 'ArtifactKey';
}
function resolved(parts) {
    const path = [];
    for (const part of parts) {
        if (part === '' || part === '.')
            continue;
        if (part !== '..')
            path.push(part);
        else if (path.pop() === undefined)
            return null;
    }
    return path.join('/');
}

// EXTERNAL MODULE: ./.build/config/schema/limits.js
var limits = __webpack_require__(8833);
// EXTERNAL MODULE: ./.build/config/check/misfit.js
var misfit = __webpack_require__(2902);
;// CONCATENATED MODULE: ./.build/publish-layers/own-template/known-value.js

const noValue = 'AWS::NoValue';
function knownValue(expression, names) {
    if (expression === undefined)
        return { kind: 'absent' };
    if ((0,json_value/* isList */.L)(expression))
        return knownList(expression, names);
    if (!(0,json_value/* isObject */.G)(expression))
        return knownText(expression);
    const [name = '', ...others] = Object.keys(expression);
    const argument = expression[name] ?? null;
    if (others.length > 0)
        return unknown('a mapping');
    switch (name) {
        case 'Ref':
            return argument === noValue ? { kind: 'absent' } : named(argument, names);
        case 'Fn::Sub':
            return substituted(argument, names);
        case 'Fn::Join':
            return joined(argument, names);
        default:
            return unknown(name);
    }
}
function knownText(value) {
    if (typeof value === 'string' && value.includes('{{resolve:'))
        return unknown('a dynamic reference');
    return { kind: 'known', value: typeof value === 'number' ? String(value) : value };
}
function knownList(items, names) {
    const values = [];
    for (const item of items) {
        const known = knownValue(item, names);
        if (known.kind === 'unknown')
            return known;
        if (known.kind === 'known')
            values.push(known.value);
    }
    return { kind: 'known', value: values };
}
function named(name, names) {
    const value = typeof name === 'string' ? names.get(name) : undefined;
    return value === undefined ? unknown(`a Ref of ${JSON.stringify(name)}`) : { kind: 'known', value };
}
function substituted(argument, names) {
    const [pattern, variables = {}] = (0,json_value/* isList */.L)(argument) ? argument : [argument];
    if (typeof pattern !== 'string' || !(0,json_value/* isObject */.G)(variables))
        return unknown('a Fn::Sub without a text');
    let failed = null;
    const value = pattern.replace(/\$\{([^}]*)\}/g, (_whole, name) => {
        if (name.startsWith('!'))
            return `\${${name.slice(1)}}`;
        const known = name in variables ? knownValue(variables[name], names) : named(name, names);
        if (known.kind === 'known' && typeof known.value === 'string')
            return known.value;
        failed = unknown(`\${${name}} in a Fn::Sub`);
        return '';
    });
    return failed ?? knownText(value);
}
function joined(argument, names) {
    const [delimiter, list] = (0,json_value/* isList */.L)(argument) ? argument : [];
    const items = list === undefined ? unknown('a Fn::Join without a list') : knownValue(list, names);
    if (typeof delimiter !== 'string' || items.kind !== 'known' || !(0,json_value/* isList */.L)(items.value)) {
        return items.kind === 'unknown' ? items : unknown('a Fn::Join without a list');
    }
    return items.value.every(item => typeof item === 'string')
        ? knownText(items.value.join(delimiter))
        : unknown('a Fn::Join of other things than texts');
}
function unknown(why) {
    return { kind: 'unknown', why };
}

;// CONCATENATED MODULE: ./.build/publish-layers/own-template/declared-properties.js




const common = ['LayerName', 'Description', 'LicenseInfo', 'CompatibleRuntimes', 'CompatibleArchitectures'];
const known = {
    cloudformation: [...common, 'Content'],
    sam: [...common, 'ContentUri', 'RetentionPolicy']
};
function declaredProperties(document, layer, target, parameters) {
    const { logicalId, isSam, properties } = layer;
    const allowed = known[isSam ? 'sam' : 'cloudformation'];
    const at = (name) => ['Resources', logicalId, 'Properties', name];
    const stray = Object.keys(properties).find(name => !allowed.includes(name));
    if (stray !== undefined) {
        const expected = `one of the properties ${allowed.join(', ')}`;
        throw document.error(at(stray), { expected, found: (0,misfit/* quoted */.TL)(stray), mend: 'delete the property' });
    }
    const names = new Map([...parameters, ...pseudoParameters(target)]);
    const refuse = (name, expected, found, mend) => document.error(at(name), { expected: `${name} of ${logicalId} to be ${expected}`, found, mend });
    const valueOf = (name) => {
        const value = knownValue(properties[name], names);
        if (value.kind === 'absent')
            return undefined;
        if (value.kind === 'known')
            return value.value;
        throw refuse(name, 'known before the deploy', value.why, 'write text, a Ref of a parameter, Fn::Sub or Fn::Join');
    };
    const text = (name, longest) => {
        const value = valueOf(name) ?? '';
        if (typeof value === 'string' && value.length <= longest)
            return value;
        throw refuse(name, `a text of at most ${longest} characters`, (0,misfit/* shown */.SP)(value), 'correct or shorten it');
    };
    const list = (name, expected, isRight) => {
        const value = valueOf(name) ?? [];
        if ((0,json_value/* isList */.L)(value) && value.every(item => typeof item === 'string' && isRight(item)))
            return value;
        throw refuse(name, expected, (0,json_value/* isList */.L)(value) ? `a list with ${(0,misfit/* quoted */.TL)(JSON.stringify(value))}` : (0,misfit/* shown */.SP)(value), 'correct it');
    };
    assertName(target, valueOf('LayerName'), refuse);
    const runtimes = list('CompatibleRuntimes', 'a list of Lambda runtimes', item => limits/* runtimePattern */.fo.test(item));
    if (runtimes.length === 0 || runtimes.length > limits/* maxRuntimes */.Gk) {
        const mend = 'add for example CompatibleRuntimes: [python3.10], which the build goes by, too';
        throw refuse('CompatibleRuntimes', `a list of 1 to ${limits/* maxRuntimes */.Gk} Lambda runtimes`, `${runtimes.length}`, mend);
    }
    return {
        description: text('Description', limits/* maxDescriptionLength */.T3),
        licenseInfo: text('LicenseInfo', limits/* maxLicenseInfoLength */.AP),
        compatibleRuntimes: runtimes,
        compatibleArchitectures: list('CompatibleArchitectures', 'a list of x86_64, arm64', item => ['x86_64', 'arm64'].includes(item))
    };
}
function assertName(target, name, refuse) {
    if (name === target.layerName)
        return;
    const expected = `${(0,misfit/* quoted */.TL)(target.layerName)}, the layer-name of ${target.layerId} in this environment`;
    const found = name === undefined ? 'none' : (0,misfit/* shown */.SP)((0,json_value/* isObject */.G)(name) ? 'a mapping' : name);
    const given = typeof name === 'string' && limits/* layerNamePattern */.JC.test(name) ? ', or layer-name in the configuration' : '';
    throw refuse('LayerName', expected, found, `correct LayerName or template.parameters${given}`);
}
function pseudoParameters({ accountId, region, stackName }) {
    return [
        ['AWS::AccountId', accountId],
        ['AWS::Region', region],
        ['AWS::StackName', stackName]
    ];
}

;// CONCATENATED MODULE: ./.build/publish-layers/own-template/own-template.js
const layerVersionType = 'AWS::Lambda::LayerVersion';
const samLayerType = 'AWS::Serverless::LayerVersion';
const samTransform = 'AWS::Serverless-2016-10-31';
const reservedParameters = ['ArtifactBucket', 'ArtifactKey', 'Generation'];

;// CONCATENATED MODULE: ./.build/publish-layers/own-template/layer-resource.js


const layerTypes = [layerVersionType, samLayerType];
function layerResource(document) {
    const { value, error } = document;
    const { Resources: resources } = value;
    if (!(0,json_value/* isObject */.G)(resources)) {
        const expected = 'the section Resources with one layer version';
        throw error(['Resources'], { expected, found: 'none', mend: `add a resource of the type ${layerVersionType}` });
    }
    for (const [id, resource] of Object.entries(resources)) {
        if ((0,json_value/* isObject */.G)(resource) && typeof resource['Type'] === 'string' && !id.startsWith('Fn::'))
            continue;
        const expected = 'resources that are written out, each with a Type';
        throw error(['Resources', id], { expected, found: `${id} without one`, mend: 'write the resources out' });
    }
    const found = Object.entries(resources).flatMap(([id, resource]) => (0,json_value/* isObject */.G)(resource) && layerTypes.includes(resource['Type'] ?? null) ? [[id, resource]] : []);
    const [first, second] = found;
    if (first === undefined || second !== undefined)
        throw error(...numberFinding(found.map(([id]) => id)));
    return checked(document, ...first);
}
function numberFinding(ids) {
    const expected = `exactly one resource of the type ${layerVersionType} or ${samLayerType}`;
    const [, second] = ids;
    if (second === undefined)
        return [['Resources'], { expected, found: 'none', mend: 'add the layer version' }];
    const mend = 'give each layer a template of its own';
    return [['Resources', second], { expected, found: `${ids.length}: ${ids.join(', ')}`, mend }];
}
function checked({ value, error }, logicalId, resource) {
    const path = ['Resources', logicalId];
    const isSam = resource['Type'] === samLayerType;
    if (isSam && !transformsOf(value).includes(samTransform)) {
        const mend = `add Transform: ${samTransform} at the top of the template`;
        const found = `${samLayerType} without it`;
        throw error([...path, 'Type'], { expected: `the transform ${samTransform}`, found, mend });
    }
    if (resource['Condition'] !== undefined) {
        const expected = 'a layer version that is always made';
        const mend = 'take the Condition away; which environments get the layer is said in the configuration';
        throw error([...path, 'Condition'], { expected, found: 'a Condition', mend });
    }
    const { Properties: properties } = resource;
    if ((0,json_value/* isObject */.G)(properties))
        return { logicalId, isSam, resource, properties };
    throw error(path, { expected: `Properties of ${logicalId}`, found: 'none', mend: 'add LayerName and the content' });
}
function transformsOf(template) {
    const { Transform: transform } = template;
    if (transform === undefined)
        return [];
    return (0,json_value/* isList */.L)(transform) ? transform : [transform];
}
function retentionVerdict(document, { logicalId, isSam, resource, properties }, layerId) {
    const [guard, subject] = ['TEMPLATE_DELETES_VERSIONS', layerId];
    const deletion = isSam
        ? retentionOf(properties['RetentionPolicy'] ?? resource['DeletionPolicy'] ?? 'Retain')
        : (resource['DeletionPolicy'] ?? null);
    const replacement = resource['UpdateReplacePolicy'] ?? null;
    if (deletion === 'Retain' && replacement === 'Retain') {
        return { guard, subject, passed: true, detail: `both policies of ${logicalId} are Retain` };
    }
    const deletionName = isSam ? 'RetentionPolicy' : 'DeletionPolicy';
    const missing = [
        ...(deletion === 'Retain' ? [] : [`${deletionName}: Retain`]),
        ...(replacement === 'Retain' ? [] : ['UpdateReplacePolicy: Retain beside Type'])
    ];
    const samNote = isSam && replacement === null
        ? '; SAM sets DeletionPolicy only, and an update deletes the version that it replaces'
        : '';
    const finding = {
        expected: `DeletionPolicy and UpdateReplacePolicy Retain on ${logicalId} in ${document.placeOf(['Resources', logicalId])}`,
        found: `${deletionName} ${shown(deletion)} and UpdateReplacePolicy ${shown(replacement)}${samNote}`,
        mend: `write ${missing.join(' and ')} on ${logicalId}`
    };
    return { guard, subject, passed: false, finding };
}
function retentionOf(policy) {
    return typeof policy === 'string' && policy.toLowerCase() === 'retain' ? 'Retain' : policy;
}
function shown(policy) {
    return policy === null ? 'not given' : typeof policy === 'string' ? policy : JSON.stringify(policy);
}

// EXTERNAL MODULE: ./.build/publish-layers/engines/cloudformation/stack-access.js
var stack_access = __webpack_require__(2807);
;// CONCATENATED MODULE: ./.build/publish-layers/own-template/read-own-template.js







function judgeTemplate(document, layer, target) {
    const found = layerResource(document);
    const given = target.template?.parameters ?? {};
    const parameters = parameterValues(document, given);
    const properties = declaredProperties(document, found, target, parameters);
    checkOwnNames(document, found);
    checkCapabilities(document, layer.template);
    return {
        template: takenApart(document, found),
        properties,
        contentFolder: contentFolder(document, found, layer),
        retention: retentionVerdict(document, found, layer.id)
    };
}
function parameterValues({ value, error }, given) {
    const declared = (0,json_value/* isObject */.G)(value['Parameters']) ? value['Parameters'] : {};
    const stray = Object.keys(given).find(name => !Object.hasOwn(declared, name));
    if (stray !== undefined) {
        const expected = `the parameter ${stray} in the template, as template.parameters names it`;
        const mend = 'add it under Parameters, or delete it from template.parameters';
        throw error(['Parameters'], { expected, found: 'no such parameter', mend });
    }
    const values = new Map();
    for (const [name, declaration] of Object.entries(declared)) {
        const type = (0,json_value/* isObject */.G)(declaration) ? declaration['Type'] : undefined;
        const fallback = (0,json_value/* isObject */.G)(declaration) ? declaration['Default'] : undefined;
        if (reservedParameters.includes(name)) {
            if (type === 'String')
                continue;
            const expected = `${name}, which the deploy sets, to be of the type String`;
            throw error(['Parameters', name], { expected, found: JSON.stringify(type ?? null), mend: 'correct or rename it' });
        }
        const own = given[name] ?? (fallback === undefined ? undefined : textOf(fallback));
        if (own === undefined) {
            const expected = `a value of the parameter ${name}`;
            const mend = `add ${name} to template.parameters in the configuration, or give it a Default`;
            throw error(['Parameters', name], { expected, found: 'none, and no Default', mend });
        }
        if (type === 'String' || type === 'Number')
            values.set(name, own);
    }
    return values;
}
function textOf(value) {
    return typeof value === 'string' ? value : JSON.stringify(value);
}
function checkOwnNames(document, layer) {
    const { value, error } = document;
    const { logicalId } = layer;
    for (const section of ['Parameters', 'Resources', 'Outputs']) {
        const names = (0,json_value/* isObject */.G)(value[section]) ? Object.keys(value[section]) : [];
        const shared = names.find(stack_access/* isAccessName */.Qz);
        if (shared === undefined)
            continue;
        const expected = `no ${shared}, as share-with and ssm-parameter name what they add to the stack`;
        throw error([section, shared], { expected, found: shared, mend: 'rename it' });
    }
    const resources = (0,json_value/* isObject */.G)(value['Resources']) ? Object.keys(value['Resources']) : [];
    const taken = resources.find(id => id !== logicalId && /^LayerVersion\d*$/.test(id));
    if (taken !== undefined) {
        const expected = 'no other resource named LayerVersion, as the layer version is named in the stack';
        throw error(['Resources', taken], { expected, found: taken, mend: 'rename that resource' });
    }
    const outputs = (0,json_value/* isObject */.G)(value['Outputs']) ? value['Outputs'] : {};
    const output = outputs[stack_template/* layerVersionArnOutput */.m4];
    if (output === undefined)
        return;
    const names = (0,json_value/* isObject */.G)(output) ? output['Value'] : undefined;
    const attribute = (0,json_value/* isObject */.G)(names) ? names['Fn::GetAtt'] : undefined;
    const arn = [logicalId, 'LayerVersionArn'];
    const isArn = ((0,json_value/* isObject */.G)(names) && names['Ref'] === logicalId) ||
        attribute === arn.join('.') ||
        JSON.stringify(attribute) === JSON.stringify(arn);
    if (isArn)
        return;
    const expected = `the output ${stack_template/* layerVersionArnOutput */.m4} to be a Ref of ${logicalId}`;
    const mend = 'correct the output, rename it, or leave it out: it is added where it is missing';
    throw error(['Outputs', stack_template/* layerVersionArnOutput */.m4], { expected, found: JSON.stringify(names ?? null), mend });
}
function checkCapabilities({ value, error }, { capabilities }) {
    if (capabilities.some(one => one === 'CAPABILITY_IAM' || one === 'CAPABILITY_NAMED_IAM'))
        return;
    const resources = (0,json_value/* isObject */.G)(value['Resources']) ? Object.entries(value['Resources']) : [];
    const [id] = resources.find(([, one]) => (0,json_value/* isObject */.G)(one) && /^AWS::IAM::/.test(textOf(one['Type'] ?? ''))) ?? [];
    if (id === undefined)
        return;
    const expected = 'CAPABILITY_IAM among template.capabilities, since the template changes permissions';
    const mend = 'look at what it permits, and add capabilities: [CAPABILITY_IAM], or CAPABILITY_NAMED_IAM';
    throw error(['Resources', id], { expected, found: `${id} without it`, mend });
}
function takenApart({ value }, { logicalId, resource }) {
    const { [logicalId]: _layer, ...others } = (0,json_value/* isObject */.G)(value['Resources']) ? value['Resources'] : {};
    const { DependsOn, Metadata } = resource;
    const attributes = { ...(DependsOn !== undefined && { DependsOn }), ...(Metadata !== undefined && { Metadata }) };
    return { rest: { ...withoutIdleTransform(value, others), Resources: others }, logicalId, attributes };
}
function withoutIdleTransform(template, others) {
    const needed = Object.values(others).some(one => (0,json_value/* isObject */.G)(one) && /^AWS::Serverless::/.test(textOf(one['Type'] ?? '')));
    if (needed)
        return template;
    const { Transform, Globals: _globals, ...rest } = template;
    if (Transform === undefined)
        return template;
    const left = transformsOf(template).filter(transform => transform !== samTransform);
    return left.length === 0 ? rest : { ...rest, Transform: left };
}

// EXTERNAL MODULE: ./node_modules/yaml/dist/index.js
var dist = __webpack_require__(8815);
// EXTERNAL MODULE: ./.build/config/read/text.js
var read_text = __webpack_require__(1219);
;// CONCATENATED MODULE: ./.build/publish-layers/own-template/template-document.js




function readTemplateDocument(bytes, file) {
    const text = (0,read_text/* decodeConfig */.Fu)(bytes, file);
    const lines = new dist/* LineCounter */.HN();
    const document = parse(text, file, lines);
    const locate = (offset) => {
        const { line, col } = lines.linePos(Math.min(offset, text.length));
        return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
    };
    const trouble = [...document.errors, ...document.warnings][0];
    if (trouble !== undefined) {
        const what = `${trouble.code.toLowerCase().replaceAll('_', ' ')} (${trouble.message.split('\n')[0] ?? ''})`;
        throw new errors/* CodedError */.AK('CONFIG_INVALID', syntax(what), { location: locate(trouble.pos[0]) });
    }
    const stray = prepare(document);
    if (stray !== null)
        throw new errors/* CodedError */.AK('CONFIG_INVALID', syntax('a key that is no text'), { location: locate(stray) });
    const value = plain(document, file);
    const error = (path, finding) => new errors/* CodedError */.AK('CONFIG_INVALID', finding, { location: locate(offsetOf(document, path)) });
    const placeOf = (path) => {
        const { line, column } = locate(offsetOf(document, path));
        return `${file}:${line}:${column}`;
    };
    if (!(0,json_value/* isObject */.G)(value)) {
        const found = value === null ? 'an empty file' : 'something else';
        throw error([], { expected: 'a template with Resources', found, mend: 'write the template into this file' });
    }
    return { file, value, error, placeOf };
}
function parse(text, file, lineCounter) {
    try {
        return (0,dist/* parseDocument */.Tp)(text, { schema: 'core', customTags: shortTags, prettyErrors: false, lineCounter });
    }
    catch (cause) {
        throw new errors/* CodedError */.AK('CONFIG_INVALID', syntax(String(cause)), { cause, location: { file, line: 1, column: 1 } });
    }
}
function plain(document, file) {
    try {
        const value = document.toJS({ maxAliasCount: 100 });
        JSON.stringify(value);
        return value;
    }
    catch (cause) {
        throw new errors/* CodedError */.AK('CONFIG_INVALID', syntax(String(cause)), { cause, location: { file, line: 1, column: 1 } });
    }
}
function syntax(found) {
    return { expected: 'a template in YAML or JSON', found, mend: 'correct the line' };
}
function prepare(document) {
    let stray = null;
    (0,dist/* visit */.YR)(document, {
        Scalar(_key, node) {
            if (typeof node.value === 'number' && node.source !== undefined && String(node.value) !== node.source) {
                node.value = node.source;
            }
        },
        Pair(_key, { key, value }) {
            if (typeof key === 'string' || ((0,dist/* isScalar */.jn)(key) && typeof key.value !== 'object'))
                return;
            const place = (0,dist/* isNode */.Ll)(key) ? key : (0,dist/* isNode */.Ll)(value) ? value : null;
            stray ??= place?.range?.[0] ?? 0;
        }
    });
    return stray;
}
function offsetOf(document, path) {
    let node = document.contents;
    let offset = document.contents?.range[0] ?? 0;
    for (const name of path) {
        const mapping = (0,dist/* isAlias */.Vj)(node) ? node.resolve(document) : node;
        if (!(0,dist/* isMap */.jh)(mapping))
            break;
        const pair = mapping.items.find(({ key }) => (0,dist/* isScalar */.jn)(key) && String(key.value) === name);
        if (pair === undefined)
            break;
        offset = (0,dist/* isScalar */.jn)(pair.key) ? (pair.key.range?.[0] ?? offset) : offset;
        node = pair.value;
    }
    return offset;
}
const functions = [
    ...['Base64', 'Cidr', 'FindInMap', 'GetAtt', 'GetAZs', 'ImportValue', 'Join', 'Length', 'Select', 'Split', 'Sub'],
    ...['ToJsonString', 'Transform', 'And', 'Equals', 'If', 'Not', 'Or']
];
const namesByTag = [
    ['!Ref', 'Ref'],
    ['!Condition', 'Condition'],
    ...functions.map(name => [`!${name}`, `Fn::${name}`])
];
const shortTags = namesByTag.flatMap(([tag, name]) => [
    { tag, resolve: text => ({ [name]: name === 'Fn::GetAtt' ? splitAttribute(text) : text }) },
    ...['seq', 'map'].map((collection) => {
        return {
            tag,
            collection,
            resolve(node) {
                const call = new dist/* YAMLMap */.CA();
                call.set(name, node);
                return call;
            }
        };
    })
]);
function splitAttribute(text) {
    const dot = text.indexOf('.');
    return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

;// CONCATENATED MODULE: ./.build/publish-layers/own-template/observe-templates.js





function isTemplated(layer) {
    return layer.template != null;
}
async function observeTemplates(layer, targets, destination) {
    const { file } = layer.template;
    const bytes = await (0,promises_.readFile)((0,external_node_path_.join)(destination, file)).catch(() => null);
    if (bytes === null) {
        throw new errors/* CodedError */.AK('CONFIG_INVALID', {
            expected: `the template ${file} of the layer ${layer.id} in the commit`,
            found: 'no such file',
            mend: `correct template, or add the submodule that holds it to also-watch`
        });
    }
    const judged = judgeAll(layer, targets, bytes);
    const [first] = judged;
    if (first === undefined)
        throw new Error(`no region for the layer ${layer.id}`);
    const { properties, contentFolder, retention } = first;
    const contentDirectory = (0,external_node_path_.join)(destination, layer.path, contentFolder);
    if (!(await isFolder(contentDirectory))) {
        throw new errors/* CodedError */.AK('CONFIG_INVALID', {
            expected: `the content of the layer ${layer.id} in ${(0,external_node_path_.join)(layer.path, contentFolder)}, as ${file} has it`,
            found: 'no such folder in the commit',
            mend: 'correct the path in the template'
        });
    }
    const { compatibleRuntimes, compatibleArchitectures } = properties;
    const architectures = compatibleArchitectures.length === 0 ? ['x86_64'] : compatibleArchitectures;
    return {
        layer: { ...layer, compatibleRuntimes, compatibleArchitectures: architectures },
        targets: judged.map(({ target }) => target),
        contentDirectory,
        verdicts: [retention]
    };
}
async function planTemplates(layers, targets, revision, git) {
    const verdicts = [];
    for (const layer of layers) {
        const bytes = await git.readFile(revision, layer.template.file);
        if (bytes === null)
            continue;
        const judged = judgeAll(layer, targets.filter(({ layerId }) => layerId === layer.id), bytes);
        verdicts.push(...judged.slice(0, 1).map(({ retention }) => retention));
    }
    return verdicts;
}
function judgeAll(layer, targets, bytes) {
    const document = readTemplateDocument(bytes, layer.template.file);
    return targets.map(target => {
        const judged = judgeTemplate(document, layer, target);
        const { properties, template: read } = judged;
        const template = target.template === null ? null : { ...target.template, read };
        return { ...judged, target: { ...target, properties, template } };
    });
}
async function isFolder(path) {
    return (0,promises_.stat)(path).then(stats => stats.isDirectory(), () => false);
}


/***/ })

};
