export const id = 450;
export const ids = [450,550,980];
export const modules = {

/***/ 7450:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  observeDeploy: () => (/* binding */ observeDeploy),
  observePreview: () => (/* binding */ observePreview)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/p-limit/index.js + 1 modules
var p_limit = __webpack_require__(370);
// EXTERNAL MODULE: ./.build/model/errors.js
var errors = __webpack_require__(8125);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:worker_threads"
var external_node_worker_threads_ = __webpack_require__(5919);
// EXTERNAL MODULE: ./.build/build-layers/archive/compress/pack-job.js + 3 modules
var pack_job = __webpack_require__(9302);
// EXTERNAL MODULE: ./.build/build-layers/archive/compress/packers.js
var packers = __webpack_require__(2015);
;// CONCATENATED MODULE: ./.build/build-layers/archive/compress/portable-error.js

function portableError(thrown) {
    if (thrown instanceof CodedError)
        return { kind: 'coded', code: thrown.code, finding: thrown.finding };
    if (!(thrown instanceof Error))
        return { kind: 'defect', message: String(thrown), stack: '' };
    const { message, code, syscall, path = null, stack = '' } = thrown;
    if (code === undefined || syscall === undefined)
        return { kind: 'defect', message, stack };
    return { kind: 'system', message, code, syscall, path };
}
function fromPortable(error) {
    switch (error.kind) {
        case 'coded':
            return new errors/* CodedError */.AK(error.code, error.finding);
        case 'system': {
            const { code, syscall, path } = error;
            return Object.assign(new Error(error.message), { code, syscall, ...(path === null ? {} : { path }) });
        }
        case 'defect':
            return Object.assign(new Error(error.message), { stack: error.stack });
    }
}

;// CONCATENATED MODULE: ./.build/build-layers/archive/compress/worker-packers.js






const mostWorkers = 8;
const jobsPerWorker = 2;
function workerPackers(choice = {}) {
    const count = choice.workers ?? Math.min((0,external_node_os_.availableParallelism)(), mostWorkers);
    const program = choice.program ?? new URL(bundledProgram, import.meta.url);
    if (count < 2 || !(0,external_node_fs_.existsSync)(program))
        return (0,packers/* packersOnThisThread */.B)();
    const memories = Array.from({ length: count * jobsPerWorker + 2 }, pack_job/* newSlotMemory */.w_);
    const free = memories.map((_, slot) => slot);
    const wanting = [];
    let crew;
    const slotAt = (slot) => ({
        memory: memories[slot] ?? (0,pack_job/* newSlotMemory */.w_)(),
        run: job => enqueue((crew ??= startCrew(count, program, memories)), slot, job),
        release: () => {
            const next = wanting.shift();
            if (next === undefined)
                free.push(slot);
            else
                next(slot);
        }
    });
    return {
        threads: count,
        async acquire() {
            crew ??= startCrew(count, program, memories);
            return slotAt(free.shift() ?? (await new Promise(resolve => wanting.push(resolve))));
        },
        async close() {
            const ended = crew;
            crew = undefined;
            if (ended !== undefined)
                await endCrew(ended);
        }
    };
}
const bundledProgram = './pack-worker.js';
function startCrew(count, program, memories) {
    const options = {
        workerData: memories,
        execArgv: [],
        env: {},
        resourceLimits: { maxYoungGenerationSizeMb: 4 }
    };
    const workers = Array.from({ length: count }, () => ({
        thread: new external_node_worker_threads_.Worker(program, options),
        busy: new Set()
    }));
    const crew = { workers, running: new Map(), waiting: [], failure: null };
    for (const { thread, busy } of workers) {
        thread.unref();
        thread.on('message', (answer) => {
            busy.delete(answer.slot);
            const pending = crew.running.get(answer.slot);
            crew.running.delete(answer.slot);
            if (answer.result !== undefined)
                pending?.resolve(answer.result);
            else if (answer.error !== undefined)
                pending?.reject(fromPortable(answer.error));
            dispatch(crew);
        });
        thread.on('error', error => {
            fail(crew, error instanceof Error ? error : new Error(String(error)));
        });
        thread.on('exit', code => {
            fail(crew, new Error(`a packing worker ended with code ${code}`));
        });
    }
    return crew;
}
function enqueue(crew, slot, job) {
    return new Promise((resolve, reject) => {
        if (crew.failure !== null) {
            reject(crew.failure);
            return;
        }
        crew.waiting.push({ job, slot, resolve, reject });
        dispatch(crew);
    });
}
function dispatch(crew) {
    while (crew.waiting.length > 0) {
        const [idlest] = [...crew.workers].sort((a, b) => a.busy.size - b.busy.size);
        if (idlest === undefined || idlest.busy.size >= jobsPerWorker)
            return;
        const pending = crew.waiting.shift();
        if (pending === undefined)
            return;
        idlest.busy.add(pending.slot);
        crew.running.set(pending.slot, pending);
        idlest.thread.ref();
        idlest.thread.postMessage({ slot: pending.slot, job: pending.job });
    }
    for (const { thread, busy } of crew.workers)
        if (busy.size === 0)
            thread.unref();
}
function fail(crew, error) {
    crew.failure ??= error;
    for (const pending of [...crew.running.values(), ...crew.waiting])
        pending.reject(error);
    crew.running.clear();
    crew.waiting.length = 0;
}
async function endCrew(crew) {
    fail(crew, new Error('packing was ended'));
    await Promise.all(crew.workers.map(({ thread }) => thread.terminate()));
}

// EXTERNAL MODULE: ./.build/build-layers/archive/list-content.js
var list_content = __webpack_require__(1383);
// EXTERNAL MODULE: ./.build/build-layers/archive/read-unchanged.js
var read_unchanged = __webpack_require__(3031);
// EXTERNAL MODULE: ./.build/build-layers/archive/write-archive.js + 2 modules
var write_archive = __webpack_require__(8801);
;// CONCATENATED MODULE: ./.build/build-layers/command/build-environment.js
const reproducible = {
    SOURCE_DATE_EPOCH: '315532800',
    PYTHONHASHSEED: '0',
    PYTHONDONTWRITEBYTECODE: '1',
    TZ: 'UTC',
    LC_ALL: 'C.UTF-8'
};
const buildEnvironment = reproducible;
const ordinary = new Set([
    ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'TMPDIR', 'TERM', 'HOSTNAME', 'LANG', 'LANGUAGE', 'NO_COLOR'],
    ...['CI', 'GITHUB_ACTIONS', 'GITHUB_WORKSPACE', 'GITHUB_SERVER_URL', 'GITHUB_REPOSITORY', 'GITHUB_SHA'],
    ...['GITHUB_REF', 'GITHUB_REF_NAME', 'RUNNER_OS', 'RUNNER_ARCH', 'RUNNER_TOOL_CACHE', 'AGENT_TOOLSDIRECTORY'],
    ...['CC', 'CXX', 'AR', 'CFLAGS', 'CPPFLAGS', 'CXXFLAGS', 'LDFLAGS', 'MAKEFLAGS', 'CMAKE_ARGS', 'CMAKE_PREFIX_PATH'],
    ...['PKG_CONFIG_PATH', 'LD_LIBRARY_PATH', 'LIBRARY_PATH', 'CPATH', 'RUSTFLAGS', 'CARGO_HOME', 'RUSTUP_HOME'],
    ...['RUSTUP_TOOLCHAIN', 'GOPATH', 'GOROOT', 'JAVA_HOME', 'NVM_DIR', 'VIRTUAL_ENV', 'CONDA_PREFIX'],
    ...['pythonLocation', 'Python_ROOT_DIR', 'Python2_ROOT_DIR', 'Python3_ROOT_DIR', 'PYENV_ROOT', 'PYENV_VERSION'],
    ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS', 'GIT_SSL_CAINFO'],
    ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'no_proxy', 'all_proxy'],
    ...['POETRY_HOME', 'POETRY_CACHE_DIR', 'PIPENV_CACHE_DIR', 'PDM_CACHE_DIR', 'NETRC']
]);
const installerSettings = /^(?:PIP|UV|XDG|LC)_/;
const publishing = /^UV_PUBLISH_|^PIP_.*_PUBLISH/;
function visibleToBuild(named) {
    const more = new Set(named);
    return name => more.has(name) || ordinary.has(name) || (installerSettings.test(name) && !publishing.test(name));
}

;// CONCATENATED MODULE: ./.build/build-layers/build-request.js


async function scratchFolder({ outputDirectory }, name) {
    const folder = (0,external_node_path_.join)(outputDirectory, name);
    await (0,promises_.mkdir)(folder);
    return folder;
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/imports/known-modules.js
const standard = 'abc aifc antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb binascii binhex bisect builtins bz2 cProfile calendar cgi cgitb chunk ' +
    'cmath cmd code codecs codeop collections colorsys compileall concurrent configparser contextlib contextvars copy copyreg crypt csv ctypes curses dataclasses ' +
    'datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc ' +
    'genericpath getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress itertools json ' +
    'keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap modulefinder multiprocessing netrc nis nntplib ntpath nturl2path numbers ' +
    'opcode operator optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath pprint profile pstats pty pwd ' +
    'py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter runpy sched secrets select selectors shelve shlex shutil ' +
    'signal site smtpd smtplib sndhdr socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep struct subprocess sunau ' +
    'symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios test textwrap this threading time timeit tkinter token tokenize trace traceback tracemalloc ' +
    'tty turtle turtledemo types typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib ' +
    'zoneinfo __future__ __main__ _abc _ast _asyncio _bisect _blake2 _bz2 _codecs _collections _collections_abc _compat_pickle _compression _contextvars _csv _ctypes ' +
    '_curses _curses_panel _datetime _dbm _decimal _elementtree _functools _gdbm _hashlib _heapq _imp _io _json _locale _lsprof _lzma _markupbase _md5 _multibytecodec ' +
    '_multiprocessing _opcode _operator _osx_support _pickle _posixshmem _posixsubprocess _py_abc _pydecimal _pyio _queue _random _sha1 _sha3 _signal _sitebuiltins ' +
    '_socket _sqlite3 _sre _ssl _stat _statistics _string _strptime _struct _symtable _sysconfigdata _thread _threading_local _tkinter _tracemalloc _uuid _warnings ' +
    '_weakref _weakrefset _zoneinfo';
const since = {
    graphlib: 9,
    zoneinfo: 9,
    _zoneinfo: 9,
    tomllib: 11,
    _tokenize: 11,
    _typing: 11,
    _pydatetime: 12,
    _pylong: 12,
    _sha2: 12,
    _colorize: 13,
    _interpreters: 13,
    _interpchannels: 13,
    _interpqueues: 13,
    _opcode_metadata: 13,
    _pyrepl: 13,
    _suggestions: 13,
    _sysconfig: 13,
    annotationlib: 14,
    compression: 14
};
const without = {
    formatter: 10,
    parser: 10,
    symbol: 10,
    binhex: 11,
    asynchat: 12,
    asyncore: 12,
    distutils: 12,
    imp: 12,
    smtpd: 12,
    ...Object.fromEntries(('aifc audioop cgi cgitb chunk crypt imghdr lib2to3 mailcap nis nntplib ossaudiodev pipes sndhdr spwd sunau ' +
        'telnetlib uu xdrlib')
        .split(' ')
        .map(name => [name, 13]))
};
const standardNames = new Set(standard.split(' '));
function isStandardModule(name, minor) {
    if (!standardNames.has(name) && !(name in since) && !(name in without))
        return false;
    return minor >= (since[name] ?? 0) && minor < (without[name] ?? Infinity);
}
const runtimeModules = [
    'boto3',
    'botocore',
    's3transfer',
    'jmespath',
    'dateutil',
    'urllib3',
    'six',
    'awslambdaric',
    'simplejson',
    'snapshot_restore_py'
];

;// CONCATENATED MODULE: ./.build/build-layers/inspect/imports/runtime-stand-in.js

const runtimeStandIn = `
import sys, types
from importlib.machinery import ModuleSpec

class _StandInType(type):
    def __getattr__(cls, name):
        if name.startswith("__"): raise AttributeError(name)
        return _stand_in(name)
    def __call__(cls, *args, **named):
        if len(args) == 1 and not named and isinstance(args[0], (type, types.FunctionType)): return args[0]
        made = Exception.__new__(cls)
        return made
    def __getitem__(cls, key): return cls
    def __iter__(cls): return iter(())
    def __or__(cls, other): return cls
    def __ror__(cls, other): return cls

def _stand_in(name):
    def attribute(self, name):
        if name.startswith("__"): raise AttributeError(name)
        return _stand_in(name)
    return _StandInType(name, (Exception,), {"__getattr__": attribute, "__call__": lambda self, *a, **k: self})

class _StandInModule(types.ModuleType):
    __version__ = "1.0.0"
    def __getattr__(self, name):
        if name.startswith("__"): raise AttributeError(name)
        return _stand_in(name)

class _RuntimeModules:
    names = ${JSON.stringify(runtimeModules)}
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in cls.names: return None
        if top != name and not isinstance(sys.modules.get(top), _StandInModule): return None
        return ModuleSpec(name, cls, is_package=True)
    @staticmethod
    def create_module(spec): return _StandInModule(spec.name)
    @staticmethod
    def exec_module(module): pass

sys.meta_path.append(_RuntimeModules)
`;

// EXTERNAL MODULE: ./.build/ports/process.js
var ports_process = __webpack_require__(4036);
;// CONCATENATED MODULE: ./.build/build-layers/command/reason.js
const besideThePoint = /^(?:note:|hint:|help:|\[notice\]|\[?end of output\]?|exit code:|╰─>|×? ?encountered error|This error originates|See above for|Traceback \(most recent|File ".*", line \d+|~*\^+~*$|WARNING:(?!.*\b40[137]\b)|If you|Try |The above exception|During handling)/i;
const says = /^WARNING: .*\b40[137]\b|^(?:\w+\.)*\w*(?:Error|Exception|Exit)\b: |\berror: |^error\b|^ERROR: |\bfatal(?: error)?: |×|command not found|No such file|: not found$|Permission denied|\bfailed\b|cannot find|undefined reference|^cause: /i;
const mostLines = 4;
const mostCharacters = 600;
function reasonOf(lines) {
    const clean = lines.map(line => line.replace(/^[\s│|]+/, '').trim()).filter(line => line !== '');
    const relevant = clean.filter(line => !besideThePoint.test(line));
    const telling = relevant.filter(line => says.test(line));
    const chosen = telling.length === 0 ? relevant.slice(-3) : firstAndLast(withNext(relevant, telling));
    return [...new Set(chosen)]
        .map(line => line.slice(0, 300))
        .join(' | ')
        .slice(0, mostCharacters);
}
function firstAndLast(lines) {
    const unique = [...new Set(lines)];
    return unique.length <= mostLines ? unique : [...unique.slice(0, 2), ...unique.slice(2 - mostLines)];
}
function withNext(relevant, telling) {
    return relevant.filter((line, index) => telling.includes(line) ||
        (index > 0 &&
            telling.includes(relevant[index - 1] ?? '') &&
            /[:×]$|^error:|^ERROR:|^×/.test(relevant[index - 1] ?? '')));
}

;// CONCATENATED MODULE: ./.build/build-layers/command/run-command.js




const buildTimeoutSeconds = 15 * 60;
const tailLines = 400;
const mendLines = 40;
async function runBuildCommand(command, purpose, { process, place = process, sees = visibleToBuild([]), log, commandSeconds = buildTimeoutSeconds }) {
    const tail = [];
    const onLine = (line) => {
        const shown = withoutCredentials(line);
        log.info(shown);
        if (shown.trim() !== '')
            tail.push(shown.trim());
        if (tail.length > tailLines)
            tail.shift();
    };
    const env = { ...buildEnvironment, ...command.env };
    let result;
    try {
        result = await place.run({ timeoutSeconds: commandSeconds, inherit: sees, ...command, env, onLine });
    }
    catch (thrown) {
        throw commandFailure(thrown, purpose, tail);
    }
    if (result.exitCode === 0)
        return result;
    throw new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: `${purpose.what} to exit with 0`,
        found: [`exit code ${result.exitCode}`, reasonOf(tail)].filter(text => text !== '').join(': '),
        mend: purpose.mendFor?.(tail.slice(-mendLines).join(' ')) ?? purpose.mend
    });
}
function commandFailure(thrown, purpose, tail) {
    if (!(thrown instanceof ports_process/* CommandFailed */.n))
        return thrown;
    if (thrown.reason === 'aborted') {
        if (thrown.cause instanceof errors/* CodedError */.AK)
            return thrown.cause;
        const mend = 'run the job again';
        const finding = { expected: `${purpose.what} to finish`, found: 'the run was cancelled', mend };
        return new errors/* CodedError */.AK('CANCELLED', finding, { cause: thrown });
    }
    const mend = mendOf(thrown, purpose);
    const said = tail.length === 0 ? '' : `; last it said: ${tail.slice(-3).join(' | ')}`;
    const finding = { expected: `${purpose.what} to finish`, found: `${withoutCredentials(thrown.message)}${said}`, mend };
    return new errors/* CodedError */.AK('BUILD_FAILED', finding, { cause: thrown });
}
function mendOf({ reason }, { mend, mendMissing }) {
    if (reason === 'not-found')
        return mendMissing;
    return reason === 'timed-out' ? 'find what it waits for in the log above, or raise the input timeout-minutes' : mend;
}
function withoutCredentials(line) {
    return line.replace(/(\b[a-z][a-z0-9+.-]*:\/\/)[^/\s@]+@/gi, '$1***@');
}
async function runShell(command, cwd, env, what, deps) {
    const mend = 'correct the command, or install what it needs before this action';
    const purpose = { what, mend, mendMissing: 'install bash or sh on this runner' };
    try {
        await runBuildCommand({ argv: ['bash', '-eo', 'pipefail', '-c', command], cwd, env }, purpose, deps);
    }
    catch (thrown) {
        const missing = thrown instanceof errors/* CodedError */.AK && thrown.cause instanceof ports_process/* CommandFailed */.n && thrown.cause;
        if (!missing || missing.reason !== 'not-found')
            throw thrown;
        await runBuildCommand({ argv: ['sh', '-ec', command], cwd, env }, purpose, deps);
    }
}
async function succeeded(argv, deps) {
    try {
        const { exitCode, stdout } = await deps.process.run({
            argv,
            inherit: deps.sees ?? visibleToBuild([]),
            env: buildEnvironment,
            timeoutSeconds: 60
        });
        return exitCode === 0 ? Buffer.from(stdout).toString() : null;
    }
    catch (thrown) {
        if (thrown instanceof ports_process/* CommandFailed */.n && thrown.reason !== 'aborted')
            return null;
        throw thrown;
    }
}
async function succeeds(argv, deps) {
    return (await succeeded(argv, deps)) !== null;
}

;// CONCATENATED MODULE: ./.build/build-layers/check-python.js





async function isolatedPython(request, { executable, version }, deps) {
    const environment = await scratchFolder(request, 'check-python');
    const bin = await scratchFolder(request, 'check-python/bin');
    const base = await baseOf(executable, deps);
    const settings = `home = ${(0,external_node_path_.dirname)(base)}\ninclude-system-site-packages = false\nversion = ${version}\n`;
    await (0,promises_.writeFile)((0,external_node_path_.join)(environment, 'pyvenv.cfg'), settings);
    for (const name of ['python', 'python3', `python${version}`])
        await (0,promises_.symlink)(base, (0,external_node_path_.join)(bin, name));
    return bin;
}
async function baseOf(executable, deps) {
    const program = 'import sys; print(getattr(sys, "_base_executable", None) or sys.executable)';
    const printed = (await succeeded([executable, '-I', '-c', program], deps))?.trim() ?? '';
    return printed.startsWith('/') ? (0,promises_.realpath)(printed).catch(() => executable) : executable;
}
async function isolatingSite(request) {
    const folder = await scratchFolder(request, 'check-site');
    const program = `import os, sys
kept = os.environ.get("PYTHONPATH", "").split(":")
library = os.path.dirname(os.__file__)
def stays(path):
    if path in kept or path in ("", os.getcwd()): return True
    return path.endswith(".zip") or (path + "/").startswith(library + "/") and "-packages" not in path[len(library):]
removed = [path for path in sys.path if not stays(path)]
sys.path[:] = [path for path in sys.path if stays(path)]
sys.meta_path[:] = [finder for finder in sys.meta_path if "__editable__" not in getattr(finder, "__module__", "")]
for name, module in list(sys.modules.items()):
    file = getattr(module, "__file__", None) or ""
    if any(file.startswith(path + "/") for path in removed if path): del sys.modules[name]
${runtimeStandIn}`;
    await (0,promises_.writeFile)((0,external_node_path_.join)(folder, 'sitecustomize.py'), program);
    return folder;
}

;// CONCATENATED MODULE: ./.build/build-layers/source/copy-source.js




async function copySource(sourceDirectory, sources, targetDirectory) {
    const root = await (0,promises_.realpath)(sourceDirectory);
    for (const source of sources) {
        const from = await insideOf(root, source);
        const name = (0,external_node_path_.basename)((0,external_node_path_.resolve)(root, source));
        const ownPython = (0,external_node_path_.join)(root, 'python');
        const merged = (0,external_node_path_.basename)(targetDirectory) === 'python' && from === ownPython;
        const to = from === root || merged ? targetDirectory : (0,external_node_path_.join)(targetDirectory, name);
        if (!(await (0,promises_.stat)(from)).isDirectory())
            await copyOne(from, to);
        else if (from !== root || (0,external_node_path_.basename)(targetDirectory) !== 'python')
            await copyFolder(from, to);
        else
            await copyAround(from, ownPython, to);
    }
}
async function copyAround(from, ownPython, to) {
    await copyFolder(from, to, ['**/__pycache__', 'python', 'python/**']);
    const kind = await (0,promises_.stat)(ownPython).catch(() => null);
    if (kind?.isDirectory() === true)
        await copyFolder(ownPython, to);
}
async function insideOf(root, source) {
    let real;
    try {
        real = await (0,promises_.realpath)((0,external_node_path_.resolve)(root, source));
    }
    catch (cause) {
        throw new errors/* CodedError */.AK('BUILD_FAILED', {
            expected: `${source} in the layer's folder`,
            found: 'no such file',
            mend: 'correct build in the configuration'
        }, { cause });
    }
    const away = (0,external_node_path_.relative)(root, real);
    if (away !== '..' && !away.startsWith(`..${external_node_path_.sep}`))
        return real;
    throw new errors/* CodedError */.AK('ARCHIVE_UNSAFE_PATH', {
        expected: `${source} to lie in the layer's folder`,
        found: 'a path that leads out of it',
        mend: 'move what the layer needs into its folder'
    });
}
async function copyFolder(from, to, exclude = ['**/__pycache__']) {
    await (0,promises_.mkdir)(to, { recursive: true });
    for (const entry of await (0,list_content/* listContent */.U)(from, exclude))
        await copyEntry(from, entry, to);
}
async function copyEntry(from, entry, to) {
    const target = (0,external_node_path_.join)(to, entry.path);
    switch (entry.kind) {
        case 'file':
            await copyOne((0,external_node_path_.join)(from, entry.path), target);
            return;
        case 'symlink':
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(target), { recursive: true });
            await (0,promises_.rm)(target, { recursive: true, force: true });
            await (0,promises_.symlink)(entry.target, target);
            return;
        case 'refused':
            throw new errors/* CodedError */.AK('ARCHIVE_UNSAFE_PATH', {
                expected: 'files, folders and links in the layer',
                found: `${entry.path} (${entry.why})`,
                mend: 'remove it from the layer'
            });
    }
}
async function copyOne(from, to) {
    await (0,promises_.mkdir)((0,external_node_path_.dirname)(to), { recursive: true });
    await (0,promises_.rm)(to, { recursive: true, force: true });
    await (0,promises_.copyFile)(from, to);
}

// EXTERNAL MODULE: ./.build/build-layers/inspect/wheel-tags.js
var wheel_tags = __webpack_require__(5102);
;// CONCATENATED MODULE: ./.build/build-layers/inspect/imports/module-files.js


class ModuleFinder {
    roots;
    minor;
    kinds = new Map();
    constructor(roots, minor) {
        this.roots = roots;
        this.minor = minor;
    }
    find(name) {
        const parts = name.split('.');
        let folders = this.roots;
        let found = null;
        for (const part of parts) {
            found = this.findIn(folders, part);
            if (found === null)
                return null;
            folders = found.folders;
        }
        return found;
    }
    findIn(folders, name) {
        const namespace = [];
        for (const folder of folders) {
            const path = (0,external_node_path_.join)(folder, name);
            const isFolder = this.kindOf(path) === 'folder';
            const initial = isFolder ? this.codeAt((0,external_node_path_.join)(path, '__init__')) : null;
            if (initial !== null)
                return { ...initial, folders: [path] };
            const module = this.codeAt(path);
            if (module !== null)
                return module;
            if (isFolder)
                namespace.push(path);
        }
        return namespace.length === 0 ? null : { kind: 'namespace', file: null, folders: namespace };
    }
    codeAt(stem) {
        const isFile = (suffix) => this.kindOf(`${stem}${suffix}`) === 'file';
        if (isFile('.py'))
            return { kind: 'source', file: `${stem}.py`, folders: [] };
        if (isFile('.abi3.so') || isFile('.so') || isFile('.pyc') || this.hasTaggedModule(stem))
            return { kind: 'compiled', file: null, folders: [] };
        return null;
    }
    listings = new Map();
    hasTaggedModule(stem) {
        const slash = stem.lastIndexOf('/');
        const folder = stem.slice(0, slash);
        let names = this.listings.get(folder);
        if (names === undefined) {
            names = readNames(folder).filter(name => name.endsWith('.so'));
            this.listings.set(folder, names);
        }
        const start = `${stem.slice(slash + 1)}.cpython-3${this.minor}-`;
        return names.some(name => name.startsWith(start));
    }
    kindOf(path) {
        const known = this.kinds.get(path);
        if (known !== undefined)
            return known;
        const stats = (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false });
        const kind = stats?.isFile() === true ? 'file' : stats?.isDirectory() === true ? 'folder' : null;
        this.kinds.set(path, kind);
        return kind;
    }
}
function readNames(folder) {
    try {
        return (0,external_node_fs_.readdirSync)(folder);
    }
    catch {
        return [];
    }
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/imports/layer-modules.js



const notImported = /^(tests?|testing|conftest|setup|docs?|examples?|benchmarks?|noxfile|toxfile|__pycache__|__main__)$/;
const notPackages = /^(bin|lib|lib64|include|share|etc|data|docs?)$/;
const sharedLibrary = /^lib[^.]*\.so$/;
const mostModules = 2000;
const identifier = /^[^\W\d]\w*$/;
function layerModules(content, roots, minor, installed, projects) {
    const foreign = [...installed].flatMap(([path, { name }]) => (projects.has(normalized(name)) ? [] : [path]));
    const byInstaller = new Set(foreign.flatMap(path => [path, ...foldersOf(path)]));
    const found = { own: new Set(), installed: new Set(), inside: new Set() };
    for (const root of roots) {
        for (const { name, path, kind } of modulesIn(root, '', minor)) {
            if (kind === 'namespace' && notPackages.test(name))
                continue;
            for (const module of importable(name, path, kind, minor)) {
                const place = (0,external_node_path_.relative)(content, module.path);
                const set = byInstaller.has(place) ? found.installed : found.own;
                set.add(module.name);
                if (set === found.own && module.kind === 'package')
                    addInside(module.name, module.path, minor, found.inside);
            }
        }
    }
    const list = (set) => [...set].sort().slice(0, mostModules);
    return { own: list(found.own), installed: list(found.installed), inside: list(found.inside) };
}
function normalized(name) {
    return name.toLowerCase().replace(/[-_.]+/g, '-');
}
function foldersOf(path) {
    const folders = [];
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
        folders.push(path.slice(0, slash));
    return folders;
}
function modulesIn(folder, before, minor) {
    const names = readNames(folder);
    return names.flatMap((entry) => {
        const path = (0,external_node_path_.join)(folder, entry);
        const [, plain = entry, tag] = /^(.+?)(?:\.(?:abi3|cpython-(\d+)(?:[A-Za-z-][\w-]*)?))?\.(?:py|so)$/.exec(entry) ?? [];
        if (tag !== undefined && tag !== `3${minor}`)
            return [];
        if (!identifier.test(plain) || notImported.test(plain) || sharedLibrary.test(entry))
            return [];
        const name = `${before}${plain}`;
        if (plain !== entry)
            return [{ name, path, kind: 'module' }];
        if ((0,external_node_fs_.statSync)(path, { throwIfNoEntry: false })?.isDirectory() !== true)
            return [];
        return [{ name, path, kind: isPackage(path) ? 'package' : 'namespace' }];
    });
}
function isPackage(folder) {
    return readNames(folder).some(name => /^__init__\.(py|pyc|[\w.-]*so)$/.test(name));
}
function importable(name, path, kind, minor, depth = 0) {
    if (kind !== 'namespace')
        return [{ name, path, kind }];
    if (depth > 5)
        return [];
    return modulesIn(path, `${name}.`, minor).flatMap(inner => importable(inner.name, inner.path, inner.kind, minor, depth + 1));
}
function addInside(name, path, minor, inside) {
    for (const module of modulesIn(path, `${name}.`, minor)) {
        if (inside.size >= mostModules || module.name.endsWith('.__init__'))
            continue;
        if (module.kind !== 'namespace')
            inside.add(module.name);
        if (module.kind !== 'module')
            addInside(module.name, module.path, minor, inside);
    }
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/imports/python-source.js
function importSteps(source, minor) {
    const statements = logicalLines(source);
    return stepsOf(blocksOf(statements, { next: 0 }, -1), minor);
}
function importsInFunctions(source) {
    const found = [];
    const look = (blocks, inFunction) => {
        blocks.forEach(({ text, body }, index) => {
            if (inFunction && /^(?:import|from)\b/.test(text))
                found.push(...importsOf(text));
            const clauses = /^try\b/.test(text) ? followers(blocks, index + 1, 'try') : [];
            const caught = clauses.some(clause => clause.text.startsWith('except') && catchesImportError(clause.text));
            look(body, caught ? false : inFunction || /^(?:async\s+)?def\b/.test(text));
        });
    };
    look(blocksOf(logicalLines(source), { next: 0 }, -1), false);
    return found;
}
function logicalLines(source) {
    const statements = [];
    let text = '';
    let indent = 0;
    let depth = 0;
    const end = () => {
        if (text.trim() !== '')
            statements.push({ indent, text: text.trim() });
        text = '';
    };
    for (let at = source.charCodeAt(0) === 0xfeff ? 1 : 0; at < source.length; at++) {
        const character = source[at] ?? '';
        if (text === '' && depth === 0 && !/\s/.test(character))
            indent = indentAt(source, at);
        if (character === '#') {
            const newline = source.indexOf('\n', at);
            at = (newline === -1 ? source.length : newline) - 1;
        }
        else if (character === '"' || character === "'") {
            at = endOfString(source, at) - 1;
            text += '""';
        }
        else if (character === '\\' && /[\r\n]/.test(source[at + 1] ?? '')) {
            at += source.startsWith('\r\n', at + 1) ? 2 : 1;
            text += ' ';
        }
        else if (character === '\n') {
            if (depth > 0)
                text += ' ';
            else
                end();
        }
        else {
            if (text === '' && depth === 0 && /\s/.test(character))
                continue;
            if ('([{'.includes(character))
                depth++;
            else if (')]}'.includes(character))
                depth = Math.max(0, depth - 1);
            text += character;
        }
    }
    end();
    return statements;
}
function indentAt(source, at) {
    let width = 0;
    for (let from = source.lastIndexOf('\n', at - 1) + 1; from < at; from++)
        width = source[from] === '\t' ? (Math.floor(width / 8) + 1) * 8 : width + 1;
    return width;
}
function endOfString(source, at) {
    const quote = source[at] ?? '';
    const triple = source.startsWith(quote.repeat(3), at);
    for (let next = at + (triple ? 3 : 1); next < source.length; next++) {
        const character = source[next];
        if (character === '\\')
            next++;
        else if (triple ? source.startsWith(quote.repeat(3), next) : character === quote)
            return next + (triple ? 3 : 1);
        else if (!triple && character === '\n')
            return next;
    }
    return source.length;
}
function blocksOf(statements, position, outer) {
    const blocks = [];
    for (let each = statements[position.next]; each !== undefined; each = statements[position.next]) {
        if (each.indent <= outer)
            break;
        position.next++;
        const { indent, text } = each;
        const compound = /^(?:if|elif|else|try|except|finally|with|async|class|def|for|while|match)\b/.test(text);
        if (!compound) {
            for (const one of text.split(';'))
                if (one.trim() !== '')
                    blocks.push({ indent, text: one.trim(), body: [] });
            continue;
        }
        const colon = headerEnd(text);
        const header = text.slice(0, colon);
        const inline = text.slice(colon + 1).split(';');
        const body = inline.flatMap(one => (one.trim() === '' ? [] : [{ indent: indent + 1, text: one.trim(), body: [] }]));
        blocks.push({ indent, text: header, body: body.length > 0 ? body : blocksOf(statements, position, indent) });
    }
    return blocks;
}
function headerEnd(text) {
    let depth = 0;
    for (let at = 0; at < text.length; at++) {
        const character = text[at] ?? '';
        if ('([{'.includes(character))
            depth++;
        else if (')]}'.includes(character))
            depth--;
        else if (character === ':' && depth === 0)
            return at;
    }
    return text.length;
}
function stepsOf(blocks, minor) {
    const steps = [];
    for (let next = 0; next < blocks.length; next++) {
        const block = blocks[next];
        if (block === undefined)
            break;
        const keyword = /^\w+/.exec(block.text)?.[0] ?? '';
        const clauses = followers(blocks, next + 1, keyword);
        next += clauses.length;
        if (keyword === 'import' || keyword === 'from')
            steps.push(...importsOf(block.text));
        else if (keyword === 'class')
            steps.push(...stepsOf(block.body, minor));
        else if (keyword === 'with' && !/suppress|ignor|raises/i.test(block.text))
            steps.push(...stepsOf(block.body, minor));
        else if (keyword === 'if')
            steps.push(...branchSteps([block, ...clauses], minor));
        else if (keyword === 'try')
            steps.push(...trySteps(block, clauses, minor));
    }
    return steps;
}
function followers(blocks, from, keyword) {
    const belongs = { if: /^(elif|else)\b/, try: /^(except|else|finally)\b/ }[keyword];
    let end = from;
    while (belongs?.test(blocks[end]?.text ?? '') === true)
        end++;
    return blocks.slice(from, end);
}
function branchSteps(branches, minor) {
    for (const { text, body } of branches) {
        const holds = text.startsWith('else') ? true : conditionHolds(text.replace(/^(el)?if\b/, '').trim(), minor);
        if (holds === true)
            return stepsOf(body, minor);
        if (holds === null)
            return [];
    }
    return [];
}
function conditionHolds(condition, minor) {
    const plain = condition.replace(/^\((.*)\)$/, '$1').trim();
    if (/^not\b/.test(plain)) {
        const inner = conditionHolds(plain.slice(3).trim(), minor);
        return inner === null ? null : !inner;
    }
    if (/^(\w+\.)?TYPE_CHECKING$/.test(plain) || plain === 'False')
        return false;
    if (plain === 'True')
        return true;
    const [, operator = '', numbers = ''] = /^(?:\w+\.)?version_info(?:\[:2\])?(>=|<=|>|<)\((\d+(?:,\d+)*),?\)$/.exec(plain.replace(/\s/g, '')) ?? [];
    if (operator === '')
        return null;
    const [major = 0, least = 0, ...rest] = numbers.split(',').map(Number);
    const difference = major !== 3 ? 3 - major : minor - least;
    if (difference !== 0)
        return difference > 0 === operator.startsWith('>');
    return rest.length > 0 ? null : operator.startsWith('>');
}
const otherExceptions = /^(KeyError|ValueError|AttributeError|TypeError|NameError|OSError|IOError|EnvironmentError|FileNotFoundError|PermissionError|RuntimeError|IndexError|LookupError|UnicodeError|UnicodeDecodeError|NotImplementedError|AssertionError|ArithmeticError|StopIteration|KeyboardInterrupt)$/;
function trySteps(block, clauses, minor) {
    const body = stepsOf(block.body, minor);
    const handler = clauses.find(({ text }) => text.startsWith('except') && catchesImportError(text));
    const after = clauses.find(({ text }) => text.startsWith('finally'));
    const always = after === undefined ? [] : stepsOf(after.body, minor);
    const otherwise = clauses.find(({ text }) => text.startsWith('else'));
    const whole = [...body, ...(otherwise === undefined ? [] : stepsOf(otherwise.body, minor))];
    if (handler === undefined)
        return [...whole, ...always];
    const raises = handler.body.some(({ text }) => /^raise\b/.test(text));
    return [{ kind: 'try', body: whole, otherwise: raises ? null : stepsOf(handler.body, minor) }, ...always];
}
function catchesImportError(clause) {
    const names = clause
        .replace(/^except\*?/, '')
        .replace(/\bas\s+\w+\s*$/, '')
        .match(/[\w.]+/g);
    return names === null || !names.every(name => otherExceptions.test(name));
}
function importsOf(statement) {
    if (statement.startsWith('from')) {
        const keyword = statement.search(/\bimport\b/);
        if (keyword === -1)
            return [];
        const from = statement.slice('from'.length, keyword).replace(/\s/g, '');
        const module = from.replace(/^\.+/, '');
        const listed = statement.slice(keyword + 'import'.length).replace(/[()]/g, ' ');
        const names = namesOf(listed).filter(name => name !== '*');
        return from === '' ? [] : [{ kind: 'import', level: from.length - module.length, module, names }];
    }
    return namesOf(statement.replace(/^import\b/, '')).map(name => ({
        kind: 'import',
        level: 0,
        module: name,
        names: null
    }));
}
function namesOf(listed) {
    return listed.split(',').flatMap(each => /^\s*([\w.]+|\*)/.exec(each)?.[1] ?? []);
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/imports/resolve-imports.js




const maxSourceBytes = 2_000_000;
const dynamicNames = /__getattr__|__path__|sys\s*\.\s*modules|meta_path|globals\s*\(|setattr\s*\(|exec\s*\(|lazy/i;
class ImportResolver {
    minor;
    finder;
    results = new Map();
    sources = new Map();
    constructor(roots, minor) {
        this.minor = minor;
        this.finder = new ModuleFinder(roots, minor);
    }
    resolve(module, importer) {
        const parts = module.split('.');
        for (let count = 1; count <= parts.length; count++) {
            const name = parts.slice(0, count).join('.');
            const files = this.finder.find(name);
            if (files === null)
                return this.missing(parts, count, importer);
            const failed = this.load(name, files);
            if (failed !== null)
                return failed;
        }
        return null;
    }
    missing(parts, count, importer) {
        const [top = ''] = parts;
        const module = parts.slice(0, count).join('.');
        const failed = { module, importer, why: `no module named ${module}` };
        if (count === 1)
            return isStandardModule(top, this.minor) || runtimeModules.includes(top) ? null : failed;
        const parent = this.finder.find(parts.slice(0, count - 1).join('.'));
        return parent === null || this.isDynamic(parent) ? null : failed;
    }
    isDynamic({ kind, file }) {
        return kind === 'compiled' || (file !== null && dynamicNames.test(this.read(file)));
    }
    load(name, files) {
        const known = this.results.get(name);
        if (known !== undefined)
            return known;
        this.results.set(name, null);
        if (files.file === null)
            return null;
        const isPackage = files.folders.length > 0;
        const failed = this.run(importSteps(this.read(files.file), this.minor), name, isPackage);
        this.results.set(name, failed);
        return failed;
    }
    run(steps, name, isPackage) {
        for (const step of steps) {
            const failed = step.kind === 'import' ? this.follow(step, name, isPackage) : this.attempt(step, name, isPackage);
            if (failed !== null)
                return failed;
        }
        return null;
    }
    attempt(step, name, isPackage) {
        const failed = this.run(step.body, name, isPackage);
        if (failed === null || step.otherwise === null)
            return failed;
        return this.run(step.otherwise, name, isPackage);
    }
    follow({ level, module, names }, importer, isPackage) {
        const base = absoluteName(level, module, importer, isPackage);
        if (base === null) {
            const shown = '.'.repeat(level) + module;
            return { module: shown, importer, why: `${shown} leads out of the package` };
        }
        const failed = this.resolve(base, importer);
        if (failed !== null)
            return failed;
        for (const name of names ?? []) {
            const missing = this.nameFrom(base, name, importer);
            if (missing !== null)
                return missing;
        }
        return null;
    }
    nameFrom(base, name, importer) {
        const files = this.finder.find(base);
        const source = files?.file == null ? '' : this.read(files.file);
        const submodule = `${base}.${name}`;
        if (this.finder.find(submodule) !== null) {
            const code = source === '' ? [] : logicalLines(source);
            return code.some(({ text }) => mentions(text, name)) ? null : this.resolve(submodule, importer);
        }
        if (files === null || files.kind === 'compiled' || hasName(source, name))
            return null;
        const why = files.kind === 'namespace' ? `no module named ${submodule}` : `cannot import name ${name} from ${base}`;
        return { module: submodule, importer, why };
    }
    read(file) {
        const known = this.sources.get(file);
        if (known !== undefined)
            return known;
        const size = (0,external_node_fs_.statSync)(file, { throwIfNoEntry: false })?.size ?? 0;
        const source = size > maxSourceBytes ? '__getattr__' : (0,external_node_fs_.readFileSync)(file, 'utf8');
        this.sources.set(file, source);
        return source;
    }
}
function hasName(source, name) {
    return /^__\w+__$/.test(name) || dynamicNames.test(source) || /import[\s(]*\*/.test(source) || mentions(source, name);
}
function mentions(text, name) {
    return new RegExp(`(?<![\\w])${name}(?![\\w])`).test(text);
}
function absoluteName(level, module, importer, isPackage) {
    if (level === 0)
        return module;
    const parts = importer.split('.');
    const up = isPackage ? level - 1 : level;
    if (up >= parts.length)
        return null;
    const base = parts.slice(0, parts.length - up).join('.');
    return module === '' ? base : `${base}.${module}`;
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/imports/run-imports.js




const options = ['-I', '-S', '-B'];
const longestSeconds = 120;
const purpose = { what: 'the import of the layer', mend: 'correct its code', mendMissing: 'install Python' };
const program = `${runtimeStandIn}
import importlib, json, os, traceback
given = json.loads(sys.argv[1])
sys.argv = [""]
sys.path[:0] = given["roots"]
results = open(given["results"], "w", buffering=1)
def say(**line): results.write(json.dumps(line) + "\\n")
def importer_of(error, name):
    frames = [f for f, _ in traceback.walk_tb(error.__traceback__) if "__name__" in f.f_globals]
    names = [f.f_globals["__name__"] for f in frames]
    names = [n for n in names if n and not n.startswith(("importlib", "_frozen")) and n != "__main__"]
    return names[-1] if names else name
for name in given["modules"]:
    say(module=name, error="started")
    try:
        importlib.import_module(name)
        say(module=name, error=None)
    except BaseException as error:
        kinds = [c.__name__ for c in type(error).__mro__]
        kind = next((k for k in ("ModuleNotFoundError", "ImportError", "SyntaxError") if k in kinds), "other")
        say(module=name, error=kind, missing=getattr(error, "name", None), importer=importer_of(error, name),
            file=getattr(error, "filename", None), line=getattr(error, "lineno", None),
            why=(type(error).__name__ + ": " + str(error))[:500])
results.close()
os._exit(0)
`;
async function runImports({ executable, roots, modules, scratch, env }, deps) {
    const results = `${scratch}/imports.jsonl`;
    const given = JSON.stringify({ roots, modules, results });
    let ended = 'it ended Python';
    try {
        const argv = [executable, ...options, '-c', program, given];
        const command = { argv, cwd: scratch, env, timeoutSeconds: longestSeconds };
        const info = (line) => {
            deps.log.debug(line);
        };
        await runBuildCommand(command, purpose, { ...deps, log: { ...deps.log, info } });
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* CodedError */.AK) || thrown.code !== 'BUILD_FAILED')
            throw thrown;
        ended = thrown.finding.found;
    }
    const text = await (0,promises_.readFile)(results, 'utf8').catch(() => '');
    const lines = text.split('\n').flatMap(line => (line.endsWith('}') ? [JSON.parse(line)] : []));
    const outcomes = new Map(modules.map(module => [module, { kind: 'unclear', why: ended }]));
    for (const line of lines)
        outcomes.set(line.module, outcomeOf(line, ended));
    return outcomes;
}
const loadersWords = /cannot open shared object|version `\w+_[\d.]+' not found|undefined symbol|wrong ELF|ELF header|module export function/;
function outcomeOf({ module, error, missing, importer = module, why = '' }, ended) {
    switch (error) {
        case null:
            return { kind: 'imported' };
        case 'started':
            return { kind: 'unclear', why: ended };
        case 'ModuleNotFoundError':
            return {
                kind: 'broken',
                module: missing ?? module,
                importer,
                why: missing == null ? why : `no module named ${missing}`
            };
        case 'ImportError':
            if (loadersWords.test(why))
                return { kind: 'unclear', why };
            return { kind: 'broken', module: missing ?? module, importer, why };
        case 'SyntaxError':
            return { kind: 'broken', module: importer, importer, why };
        case 'other':
            return { kind: 'unclear', why };
    }
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/imports/check-imports.js








const anyPython = [9, 14];
const shown = 3;
async function checkImports(request, subject, pythonFor, deps) {
    const { layer } = request;
    if (layer.build.check === 'none')
        return passed(layer, 'not looked at, by build.check: none');
    const declared = (0,wheel_tags/* declaredPythons */.oC)(layer).map(({ minor }) => minor);
    const failures = new Map();
    let count = 0;
    let refuses = subject.onFailure === 'refuse';
    for (const minor of declared.length > 0 ? declared : anyPython) {
        const roots = rootsFor(subject.content, minor);
        const modules = layerModules(subject.content, roots, minor, subject.installed, subject.projects);
        const tried = refuses && modules.own.length > 0 ? modules.own : [...modules.own, ...modules.installed];
        if (modules.own.length === 0)
            refuses = false;
        if (tried.length === 0)
            continue;
        count = Math.max(count, tried.length);
        const python = declared.length > 0 ? await pythonFor(minor) : null;
        failures.set(minor, await failuresOf(request, { roots, minor, tried, modules, python, subject }, deps));
    }
    const all = [...failures.values()];
    const counted = declared.length > 0 ? all.flat() : (all[0] ?? []).filter(one => all.every(each => has(each, one)));
    if (counted.length === 0)
        return passed(layer, count === 0 ? 'nothing to import' : `${count} modules can be imported`);
    const finding = findingOf(layer, counted);
    if (refuses)
        return { guard: 'LAYER_NOT_IMPORTABLE', subject: layer.id, passed: false, finding };
    deps.log.warning(`Layer ${layer.id}: ${finding.found}; to have it imported, ${finding.mend}`);
    return passed(layer, `with a warning: ${finding.found}`);
}
function passed(layer, detail) {
    return { guard: 'LAYER_NOT_IMPORTABLE', subject: layer.id, passed: true, detail };
}
function rootsFor(content, minor) {
    const folders = [(0,external_node_path_.join)(content, `python/lib/python3.${minor}/site-packages`), (0,external_node_path_.join)(content, 'python')];
    return folders.filter(folder => (0,external_node_fs_.statSync)(folder, { throwIfNoEntry: false })?.isDirectory() === true);
}
async function failuresOf(request, trial, deps) {
    const { roots, minor, tried, modules, python, subject } = trial;
    const resolver = new ImportResolver(roots, minor);
    const outcomes = python === null ? null : await runs(request, trial, python, deps);
    const failures = tried.flatMap(module => {
        const outcome = outcomes?.get(module);
        if (outcome?.kind === 'imported')
            return [];
        if (outcome?.kind === 'broken' && !lacksOnRunner(outcome, minor))
            return [outcome];
        const failed = resolver.resolve(module, module);
        if (outcome !== undefined && failed === null)
            deps.log.warning(unclearText(request.layer, module, outcome));
        return failed === null ? [] : [failed];
    });
    if (modules.own.length > 0 && failures.length === 0 && subject.onFailure === 'refuse')
        tellInside(request.layer, modules.inside, resolver, deps);
    return failures;
}
async function runs(request, { roots, tried, minor, subject }, python, deps) {
    const scratch = (0,external_node_path_.join)(request.outputDirectory, `imports-${minor}`);
    await (0,promises_.mkdir)(scratch);
    const env = {
        HOME: scratch,
        AWS_REGION: 'us-east-1',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_EC2_METADATA_DISABLED: 'true',
        LD_LIBRARY_PATH: (0,external_node_path_.join)(subject.content, 'lib')
    };
    return runImports({ executable: python.executable, roots, modules: tried, scratch, env }, deps);
}
function lacksOnRunner({ module }, minor) {
    const top = module.split('.')[0] ?? '';
    return isStandardModule(top, minor) || runtimeModules.includes(top);
}
function unclearText({ id }, module, outcome) {
    const why = outcome.kind === 'imported' ? '' : outcome.why;
    return `Layer ${id}: importing ${module} on this runner ended in ${why}; in Lambda it may succeed, so the layer is not refused for it`;
}
function tellInside(layer, inside, resolver, deps) {
    const failures = inside.flatMap(module => resolver.resolve(module, module) ?? []);
    if (failures.length === 0)
        return;
    deps.log.warning(`Layer ${layer.id}: ${listed(failures)}; the layer is published, as nothing imports that at its top: add it to the layer if a function needs it`);
}
function has(failures, { module, importer }) {
    return failures.some(other => other.module === module && other.importer === importer);
}
function findingOf(layer, failures) {
    const runtimes = layer.compatibleRuntimes.filter(runtime => runtime.startsWith('python')).join(', ') || 'Python';
    const names = [...new Set(failures.map(({ module }) => module.split('.')[0] ?? module))].slice(0, shown);
    return {
        expected: `the modules of the layer to be importable under ${runtimes} with nothing but the layer, the standard library and what Lambda brings`,
        found: listed(failures),
        mend: `add ${names.join(', ')} to what the layer installs or copies, in a version that fits; where another layer brings it, set build.check: none`
    };
}
function listed(failures) {
    const texts = [...new Set(failures.map(({ importer, why }) => `${importer}: ${why}`))];
    const more = texts.length - shown;
    return texts.slice(0, shown).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/imports/own-projects.js



const places = [
    { file: 'pyproject.toml', table: /^\s*\[\s*(project|tool\.poetry|tool\.flit\.metadata)\s*\]/ },
    { file: 'setup.cfg', table: /^\s*\[\s*metadata\s*\]/ },
    { file: 'setup.py', table: null }
];
async function ownProjects(sourceDirectory) {
    const names = new Set();
    for (const { file, table } of places) {
        const text = await (0,promises_.readFile)((0,external_node_path_.join)(sourceDirectory, file), 'utf8').catch(() => '');
        let inside = table === null;
        for (const line of text.split('\n')) {
            if (table !== null && /^\s*\[/.test(line))
                inside = table.test(line);
            const name = inside ? nameIn(line, file) : null;
            if (name !== null)
                names.add(normalized(name));
        }
    }
    return names;
}
function nameIn(line, file) {
    const quoted = file === 'setup.py' ? /\bname\s*=\s*["']([^"']+)["']/ : /^\s*(?:name|module)\s*=\s*["']?([A-Za-z0-9._-]+)/;
    return quoted.exec(line)?.[1] ?? null;
}

;// CONCATENATED MODULE: ./.build/build-layers/install/python/find-python.js



function suits(target, python) {
    return python.version === target.version && python.machine === `linux-${target.architecture}`;
}
async function findPython(version, ordinary, environment, deps) {
    for (const candidate of [ordinary, `python${version}`, ...(await inToolCache(version, environment))]) {
        const found = await readPython(candidate, deps);
        if (found?.version === version)
            return found;
    }
    const known = await succeeded(['uv', 'python', 'find', '--no-python-downloads', '--no-project', version], deps);
    const found = known === null ? null : await readPython(known.trim(), deps);
    return found?.version === version ? found : null;
}
async function readPython(python, deps) {
    const program = "import platform,sys; print(sys.executable, '%d.%d' % sys.version_info[:2], sys.platform + '-' + platform.machine(), sep='\\n')";
    const printed = await succeeded([python, '-c', program], deps);
    const [executable, version, machine] = (printed ?? '').trim().split('\n');
    if (executable === undefined || version === undefined || machine === undefined)
        return null;
    return { executable, version, machine };
}
async function inToolCache(version, environment) {
    const cache = environment['RUNNER_TOOL_CACHE'];
    if (cache === undefined || cache === '')
        return [];
    const installed = await (0,promises_.readdir)((0,external_node_path_.join)(cache, 'Python')).catch(() => []);
    const patch = (release) => Number(release.split('.')[2]);
    const releases = installed.filter(name => new RegExp(`^${version.replace('.', '[.]')}[.]\\d+$`).test(name));
    releases.sort((a, b) => patch(b) - patch(a));
    const architecture = process.arch;
    return releases.map(release => (0,external_node_path_.join)(cache, 'Python', release, architecture, 'bin', `python${version}`));
}

;// CONCATENATED MODULE: ./.build/build-layers/install/python/machine-environment.js

async function readMachineEnvironment(deps) {
    return parsed(await succeeded(['env', '-0'], deps));
}
function readJobEnvironment(deps) {
    return readMachineEnvironment({ ...deps, sees: () => true });
}
function parsed(printed) {
    const environment = {};
    for (const pair of (printed ?? '').split('\0')) {
        const equals = pair.indexOf('=');
        if (equals > 0)
            environment[pair.slice(0, equals)] = pair.slice(equals + 1);
    }
    return environment;
}

;// CONCATENATED MODULE: ./.build/build-layers/install/python/python-target.js
const oldestGlibcMinor = 17;
function pythonTarget(layer) {
    const version = layer.compatibleRuntimes.map(runtime => /^python(3\.\d+)$/.exec(runtime)?.[1]).find(Boolean);
    if (version === undefined)
        return null;
    const architecture = layer.compatibleArchitectures[0] === 'arm64' ? 'aarch64' : 'x86_64';
    const glibcMinor = Number(version.split('.')[1]) >= 12 ? 34 : 26;
    return { version, architecture, glibcMinor };
}
function uvGlibcMinor({ glibcMinor }) {
    return glibcMinor >= 34 ? 34 : 17;
}
function platformTags(target) {
    const { architecture, glibcMinor } = target;
    const same = uvGlibcMinor(target);
    const tags = [];
    for (let minor = same; minor >= oldestGlibcMinor; minor--)
        tags.push(`manylinux_2_${minor}_${architecture}`);
    tags.push(`manylinux2014_${architecture}`, `linux_${architecture}`);
    for (let minor = glibcMinor; minor > same; minor--)
        tags.push(`manylinux_2_${minor}_${architecture}`);
    return tags;
}
function markerEnvironment({ version, architecture }) {
    return {
        implementation_name: 'cpython',
        implementation_version: `${version}.0`,
        os_name: 'posix',
        platform_machine: architecture,
        platform_python_implementation: 'CPython',
        platform_system: 'Linux',
        python_full_version: `${version}.0`,
        python_version: version,
        sys_platform: 'linux'
    };
}

;// CONCATENATED MODULE: ./.build/build-layers/check-content.js













async function checkContent(request, staged, deps) {
    const { build } = request.layer;
    const { kind, installed } = staged;
    const nothing = build.check === 'none' || build.exclude.length === 0;
    const content = nothing ? staged.content : await withoutExcluded(request, staged.content, build.exclude);
    if (build.check !== null && build.check !== 'none')
        await runCheck(request, build.check, content, deps);
    const projects = kind === 'prebuilt' ? new Set() : await ownProjects(request.sourceDirectory);
    const onFailure = kind === 'prebuilt' ? 'warn' : 'refuse';
    const subject = { content, installed, projects, onFailure };
    return checkImports(request, subject, minor => importingPython(request, content, minor, deps), deps);
}
async function runCheck(request, check, content, deps) {
    const { id } = request.layer;
    const machine = await readMachineEnvironment(deps);
    const target = pythonTarget(request.layer);
    const python = target === null ? null : await pythonFor(target, request, deps);
    const path = [
        ...(python === null ? [] : [await isolatedPython(request, python, deps)]),
        ...(await existing([(0,external_node_path_.join)(content, 'bin')])),
        machine['PATH'] ?? ''
    ];
    const libraries = await existing([(0,external_node_path_.join)(content, 'lib')]);
    const roots = pythonRoots(request, content);
    const env = {
        PATH: path.join(':'),
        PYTHONPATH: [await isolatingSite(request), ...roots].join(':'),
        PYTHONNOUSERSITE: '1',
        PYTHONHOME: '',
        NODE_PATH: (0,external_node_path_.join)(content, 'nodejs/node_modules'),
        LAYER_SOURCE_DIR: request.sourceDirectory,
        ...(libraries.length === 0 ? {} : { LD_LIBRARY_PATH: libraries.join(':') })
    };
    await runShell(check, await scratchFolder(request, 'check'), env, `build.check of layer ${id}`, deps);
}
function pythonRoots({ layer }, content) {
    const [first] = (0,wheel_tags/* declaredPythons */.oC)(layer);
    return first === undefined ? [(0,external_node_path_.join)(content, 'python')] : rootsFor(content, first.minor);
}
async function withoutExcluded(request, content, exclude) {
    const checked = await scratchFolder(request, 'checked');
    await copyFolder(content, checked, exclude);
    return checked;
}
async function pythonFor(target, { python = 'python3', layer }, deps) {
    const found = (await knownPython(target.version, python, deps)) ?? (await readPython(python, deps));
    if (found === null || suits(target, found))
        return found;
    deps.log.warning(`build.check of layer ${layer.id} runs under Python ${found.version} on ${found.machine}, the layer is for ${target.version} on ` +
        `${target.architecture}: packages with compiled code may not load; add actions/setup-python with python-version ${target.version}` +
        ' on a runner of that architecture for a check that counts');
    return found;
}
async function importingPython({ layer, python = 'python3' }, content, minor, deps) {
    const version = `3.${minor}`;
    const found = await knownPython(version, python, deps);
    if (found === null)
        return null;
    const target = pythonTarget({ ...layer, compatibleRuntimes: [`python${version}`] });
    const loadsIt = target !== null && suits(target, found);
    return loadsIt || !hasCompiledModules((0,external_node_path_.join)(content, 'python')) ? found : null;
}
const searches = new WeakMap();
function knownPython(version, ordinary, deps) {
    const known = searches.get(deps.process) ?? new Map();
    searches.set(deps.process, known);
    const key = `${version} ${ordinary}`;
    const search = known.get(key) ?? readMachineEnvironment(deps).then(machine => findPython(version, ordinary, machine, deps));
    known.set(key, search);
    return search;
}
function hasCompiledModules(folder) {
    if ((0,external_node_fs_.statSync)(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
        return false;
    return (0,external_node_fs_.readdirSync)(folder, { recursive: true }).some(path => String(path).endsWith('.so'));
}
async function existing(folders) {
    const kinds = await Promise.all(folders.map(folder => (0,promises_.stat)(folder).catch(() => null)));
    return folders.filter((_, index) => kinds[index]?.isDirectory() === true);
}

// EXTERNAL MODULE: ./.build/build-layers/inspect/secrets/found-secrets.js
var found_secrets = __webpack_require__(9587);
// EXTERNAL MODULE: ./.build/build-layers/inspect/inspect-content.js + 5 modules
var inspect_content = __webpack_require__(7932);
;// CONCATENATED MODULE: ./.build/build-layers/inspect/elf.js
const segment = { load: 1, dynamic: 2 };
const tag = {
    needed: 1,
    strings: 5,
    soname: 14,
    rpath: 15,
    runpath: 29,
    versions: 0x6ffffffe,
    versionCount: 0x6fffffff
};
const weak = 2;
const most = 10_000;
const mostTableBytes = 1 << 20;
const outOfRange = /^(ERR_BUFFER_OUT_OF_BOUNDS|ERR_OUT_OF_RANGE|EINVAL)$/;
function elfNeeds(read) {
    try {
        return needsOf(read);
    }
    catch (thrown) {
        if (outOfRange.test(thrown.code ?? ''))
            return null;
        throw thrown;
    }
}
function needsOf(read) {
    const header = read(0, 64);
    if (header.readUInt32BE(0) !== 0x7f454c46)
        return null;
    const layout = { wide: header[4] === 2, little: header[5] === 1 };
    const segments = segmentsOf(read, header, layout);
    const dynamic = segments.find(({ type }) => type === segment.dynamic);
    if (dynamic === undefined)
        return null;
    const entries = dynamicEntries(read(dynamic.offset, Math.min(dynamic.size, mostTableBytes)), layout);
    const offsetOf = (address) => {
        const home = segments.find(({ type, address: start, size }) => type === segment.load && address >= start && address < start + size);
        return home === undefined ? address : address - home.address + home.offset;
    };
    const first = (wanted) => entries.find(([each]) => each === wanted)?.[1];
    const strings = offsetOf(first(tag.strings) ?? 0);
    const text = (at) => {
        const bytes = read(strings + at, 4096);
        return bytes.subarray(0, Math.max(0, bytes.indexOf(0))).toString();
    };
    const paths = first(tag.runpath) ?? first(tag.rpath);
    const soname = first(tag.soname);
    const versions = first(tag.versions);
    return {
        libraries: entries.filter(([each]) => each === tag.needed).map(([, at]) => text(at)),
        soname: soname === undefined ? null : text(soname),
        searchPaths: paths === undefined ? [] : text(paths).split(':'),
        versions: versions === undefined ? [] : versionNeeds(read, offsetOf(versions), first(tag.versionCount) ?? 0, layout, text)
    };
}
function segmentsOf(read, header, layout) {
    const { wide } = layout;
    const start = wide ? elf_long(header, 32, layout) : word(header, 28, layout);
    const [size, count] = [half(header, wide ? 54 : 42, layout), half(header, wide ? 56 : 44, layout)];
    const table = read(start, Math.min(size * count, mostTableBytes));
    return Array.from({ length: count }, (_, index) => {
        const at = index * size;
        const field = (wideAt, narrowAt) => wide ? elf_long(table, at + wideAt, layout) : word(table, at + narrowAt, layout);
        return { type: word(table, at, layout), offset: field(8, 4), address: field(16, 8), size: field(32, 16) };
    });
}
function dynamicEntries(table, layout) {
    const width = layout.wide ? 8 : 4;
    const number = layout.wide ? elf_long : word;
    const entries = [];
    for (let at = 0; at + 2 * width <= table.byteLength; at += 2 * width) {
        const each = number(table, at, layout);
        if (each === 0)
            break;
        entries.push([each, number(table, at + width, layout)]);
    }
    return entries;
}
function versionNeeds(read, start, count, layout, text) {
    const needs = [];
    let at = start;
    for (let file = 0; file < Math.min(count, most); file++) {
        const need = read(at, 16);
        const library = text(word(need, 4, layout));
        let next = at + word(need, 8, layout);
        for (let index = 0; index < half(need, 2, layout); index++) {
            const one = read(next, 16);
            if ((half(one, 4, layout) & weak) === 0)
                needs.push({ library, version: text(word(one, 8, layout)) });
            if (word(one, 12, layout) === 0)
                break;
            next += word(one, 12, layout);
        }
        if (word(need, 12, layout) === 0)
            break;
        at += word(need, 12, layout);
    }
    return needs;
}
function half(bytes, at, { little }) {
    return little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
}
function word(bytes, at, { little }) {
    return little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
}
function elf_long(bytes, at, { little }) {
    return Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
}

;// CONCATENATED MODULE: ./.build/build-layers/read-content.js



function readElfNeeds(content, paths) {
    const needs = new Map();
    for (const path of paths) {
        const file = (0,external_node_fs_.openSync)((0,external_node_path_.join)(content, path), 'r');
        try {
            const found = elfNeeds((offset, length) => {
                const bytes = Buffer.alloc(length);
                return bytes.subarray(0, (0,external_node_fs_.readSync)(file, bytes, 0, length, offset));
            });
            if (found !== null)
                needs.set(path, found);
        }
        finally {
            (0,external_node_fs_.closeSync)(file);
        }
    }
    return needs;
}
const pointerFile = /(^|\/)([^/]+\.(pth|egg-link)|_*editable_[^/]*\.py|[^/]*_editable_(loader|finder|impl)[^/]*\.py)$/i;
const mostBytes = 1_000_000;
function absolutePointers(content, files) {
    return files
        .filter(({ path, sizeBytes }) => pointerFile.test(path) && sizeBytes <= mostBytes)
        .map(({ path }) => path)
        .filter(path => pointsOut(path, (0,external_node_fs_.readFileSync)((0,external_node_path_.join)(content, path), 'utf8')));
}
function pointsOut(path, text) {
    if (/["'](?:\/(?!opt\/)[^"'\n]+\/|[A-Za-z]:[\\/])/.test(text))
        return true;
    return !path.endsWith('.py') && /^[ \t]*(?:\/(?!opt\/)|[A-Za-z]:[\\/]|file:)/m.test(text);
}

;// CONCATENATED MODULE: ./.build/build-layers/inspect/imports/optional-modules.js





const optional_modules_maxSourceBytes = 2_000_000;
const mostFiles = 20_000;
function optionalModules(roots, minor, files) {
    const uses = new Map();
    for (const root of roots)
        readUses(root, '', minor, uses);
    return new Set(files.filter(file => {
        const names = roots.flatMap(root => moduleName(root, file) ?? []);
        return names.length > 0 && names.every(name => isOptional(name, uses));
    }));
}
function moduleName(root, file) {
    const path = (0,external_node_path_.relative)(root, file);
    const [, stem] = /^((?:\w+\/)*\w+)(?:\.[\w-]+)?\.so$/.exec(path) ?? [];
    return stem === undefined ? null : stem.replaceAll('/', '.');
}
function isOptional(module, all) {
    const broken = new Set([module]);
    const fails = (name) => prefixesOf(name).some(each => broken.has(each));
    for (let before = 0; before !== broken.size;) {
        before = broken.size;
        for (const [name, { outright }] of all)
            if (!broken.has(name) && (fails(name) || outright.some(fails)))
                broken.add(name);
    }
    const sound = [...all].filter(([name]) => !broken.has(name)).map(([, uses]) => uses);
    if (sound.some(({ inFunctions }) => inFunctions.some(fails)))
        return false;
    const caught = new Set(sound.flatMap(({ guarded }) => guarded.filter(name => broken.has(name))));
    for (const name of caught)
        for (const next of all.get(name)?.outright ?? [])
            if (broken.has(next))
                caught.add(next);
    return [...broken].every(name => caught.has(name));
}
function readUses(folder, before, minor, uses) {
    for (const entry of readNames(folder)) {
        const path = (0,external_node_path_.join)(folder, entry);
        const [, name, isSource] = /^([^\W\d]\w*)(\.py)?$/.exec(entry) ?? [];
        if (name === undefined || uses.size >= mostFiles)
            continue;
        const stats = (0,external_node_fs_.statSync)(path, { throwIfNoEntry: false });
        if (isSource === undefined) {
            if (stats?.isDirectory() === true)
                readUses(path, `${before}${name}.`, minor, uses);
        }
        else if (stats?.isFile() === true && stats.size <= optional_modules_maxSourceBytes) {
            const isPackage = name === '__init__' && before !== '';
            const module = isPackage ? before.slice(0, -1) : `${before}${name}`;
            uses.set(module, usesOf((0,external_node_fs_.readFileSync)(path, 'utf8'), module, isPackage, minor));
        }
    }
}
function usesOf(source, module, isPackage, minor) {
    const outright = [];
    const guarded = [];
    const names = (one) => importedNames(one, module, isPackage);
    const collect = (steps, into) => {
        for (const step of steps) {
            if (step.kind === 'import')
                into.push(...names(step));
            else {
                collect(step.body, step.otherwise === null ? into : guarded);
                collect(step.otherwise ?? [], into);
            }
        }
    };
    collect(importSteps(source, minor), outright);
    return { outright, guarded, inFunctions: importsInFunctions(source).flatMap(names) };
}
function importedNames({ level, module, names }, importer, isPackage) {
    const base = absoluteName(level, module, importer, isPackage);
    return base === null ? [] : [...prefixesOf(base), ...(names ?? []).map(name => `${base}.${name}`)];
}
function prefixesOf(name) {
    const parts = name.split('.');
    return parts.map((_, index) => parts.slice(0, index + 1).join('.'));
}

// EXTERNAL MODULE: ./.build/build-layers/inspect/installed-packages.js
var installed_packages = __webpack_require__(3053);
// EXTERNAL MODULE: ./.build/build-layers/inspect/package-sizes.js
var package_sizes = __webpack_require__(2326);
;// CONCATENATED MODULE: ./.build/build-layers/isolation/enter.js
const gatheringPlace = '/tmp/layer-deploy-build';
const insideProgram = `
set -e
at=${gatheringPlace} cwd=$1 path=$2 drop=$3 more=$4
shift 4
mount -t tmpfs -o mode=0755 layer-deploy "$at"
mkdir "$at/.shown"
while [ "$1" != -- ]; do
  case $1 in
    place) mkdir -p "$3"; mount --bind "$2" "$3" ;;
    hide) if [ -d "$2" ]; then mount -t tmpfs -o mode=1777 hidden "$2"; elif [ -e "$2" ]; then mount --bind /dev/null "$2"; fi ;;
    keep) if [ -d "$2" ]; then mkdir "$at/.shown/$3"; else : > "$at/.shown/$3"; fi; mount --bind "$2" "$at/.shown/$3" ;;
    show) if [ -d "$at/.shown/$3" ]; then mkdir -p "$2"; else mkdir -p "\${2%/*}"; : >> "$2"; fi; mount --bind "$at/.shown/$3" "$2" ;;
  esac
  shift 3
done
shift
cd "$cwd"
[ "$path" = "" ] || export PATH="$path"
set +e
$more setpriv --no-new-privs --inh-caps=-all $drop -- "$@"
exit $?
`;
const rootKeeps = '--bounding-set=-all,+chown,+dac_override,+fowner,+fsetid,+setuid,+setgid,+kill';
function enterArgv(entrance, inside, argv) {
    const { before, drop, more } = passage(entrance);
    const changes = orderedChanges(inside.changes);
    return [
        ...before,
        'sh',
        '-c',
        insideProgram,
        'sh',
        inside.cwd,
        inside.path ?? '',
        drop,
        more,
        ...changes,
        '--',
        ...argv
    ];
}
function orderedChanges(changes) {
    const shown = changes.flatMap(change => (change.kind === 'show' ? [change.path] : []));
    return [
        ...shown.flatMap((path, number) => ['keep', path, String(number)]),
        ...changes.flatMap(change => (change.kind === 'place' ? ['place', change.from, change.to] : [])),
        ...changes.flatMap(change => (change.kind === 'hide' ? ['hide', change.path, ''] : [])),
        ...shown.flatMap((path, number) => ['show', path, String(number)])
    ];
}
const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
function passage(entrance) {
    switch (entrance.kind) {
        case 'root':
            return { before: ['unshare', ...namespaces], drop: rootKeeps, more: '' };
        case 'user': {
            const { uid, gid } = entrance;
            const before = ['unshare', '--user', '--map-root-user', ...namespaces];
            return { before, drop: '--bounding-set=-all', more: `unshare --user --map-user=${uid} --map-group=${gid}` };
        }
        case 'sudo': {
            const { uid, gid } = entrance;
            const before = ['sudo', '-n', '--preserve-env', 'unshare', ...namespaces];
            return { before, drop: `--reuid=${uid} --regid=${gid} --init-groups --bounding-set=-all`, more: '' };
        }
    }
}

// EXTERNAL MODULE: external "node:timers/promises"
var external_node_timers_promises_ = __webpack_require__(8500);
;// CONCATENATED MODULE: ./.build/build-layers/isolation/fixed-path.js




const longestWaitSeconds = 20 * 60;
const lookAgainMilliseconds = 100;
async function atFixedPath(folders, run) {
    const [first] = folders;
    const release = first === undefined ? null : await lock((0,external_node_path_.dirname)(first.to));
    if (release === null)
        return run(command => command);
    const moved = [];
    try {
        for (const folder of folders)
            if (await moveThere(folder))
                moved.push(folder);
        return await run(command => translated(command, moved));
    }
    finally {
        for (const { from, to } of moved) {
            await (0,promises_.rm)(from);
            await (0,promises_.rename)(to, from);
        }
        await release();
    }
}
async function moveThere({ from, to }) {
    try {
        await (0,promises_.rm)(to, { recursive: true, force: true });
        await (0,promises_.rename)(from, to);
    }
    catch {
        return false;
    }
    await (0,promises_.symlink)(to, from);
    return true;
}
async function lock(place) {
    const file = `${place}.lock`;
    const own = String(process.pid);
    const until = Date.now() + longestWaitSeconds * 1000;
    try {
        await (0,promises_.mkdir)(gatheringPlace, { recursive: true });
        await (0,promises_.chmod)(gatheringPlace, 0o1777).catch(() => undefined);
        while (!(await claim(file, own))) {
            const holder = await (0,promises_.readFile)(file, 'utf8').catch(() => '');
            if (holder !== '' && !isAlive(Number(holder)))
                await takeFrom(file, holder);
            else if (Date.now() > until)
                return null;
            else
                await (0,external_node_timers_promises_.setTimeout)(lookAgainMilliseconds);
        }
    }
    catch {
        return null;
    }
    try {
        await (0,promises_.mkdir)(place, { recursive: true, mode: 0o700 });
    }
    catch {
        await (0,promises_.rm)(file, { force: true });
        return null;
    }
    return () => (0,promises_.rm)(file, { force: true });
}
async function claim(file, own) {
    try {
        await (0,promises_.writeFile)(file, own, { flag: 'wx' });
        return true;
    }
    catch (thrown) {
        if (thrown.code === 'EEXIST')
            return false;
        throw thrown;
    }
}
async function takeFrom(file, holder) {
    const aside = `${file}.${process.pid}`;
    await (0,promises_.rename)(file, aside).catch(() => undefined);
    const taken = await (0,promises_.readFile)(aside, 'utf8').catch(() => holder);
    if (taken === holder)
        await (0,promises_.rm)(aside, { force: true });
    else
        await (0,promises_.rename)(aside, file);
}
function isAlive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    }
    catch (thrown) {
        return thrown.code === 'EPERM';
    }
}
function translated(command, folders) {
    const there = (text) => folders.reduce((result, { from, to }) => result.replaceAll(from, to), text);
    const [program, ...args] = command.argv;
    const env = Object.entries(command.env ?? {}).map(([name, value]) => [name, value === undefined ? value : there(value)]);
    return {
        ...command,
        argv: [program, ...args.map(there)],
        env: Object.fromEntries(env),
        ...(command.cwd === undefined ? {} : { cwd: there(command.cwd) })
    };
}

;// CONCATENATED MODULE: ./.build/build-layers/isolation/hidden-paths.js


const secretFiles = [
    ...['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE', 'AWS_WEB_IDENTITY_TOKEN_FILE'],
    ...['AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', 'SSH_AUTH_SOCK', 'KUBECONFIG', 'DOCKER_CONFIG', 'AZURE_CONFIG_DIR'],
    ...['GOOGLE_APPLICATION_CREDENTIALS', 'GOOGLE_GHA_CREDS_PATH', 'CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE'],
    ...['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_OUTPUT', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY', 'GITHUB_EVENT_PATH']
];
const secretsAtHome = [
    ...['.aws', '.azure', '.config/gcloud', '.config/gh', '.config/hub', '.docker', '.kube', '.gnupg', '.pypirc'],
    ...['.cargo/credentials', '.cargo/credentials.toml']
];
const noKey = /^(known_hosts.*|config|.*\.pub)$/;
const containerSockets = ['docker.sock', 'containerd/containerd.sock', 'podman/podman.sock'].flatMap(name => [
    `/run/${name}`,
    `/var/run/${name}`
]);
const runnersOwn = ['.credentials', '.credentials_rsaparams', '.runner', '_diag'];
const mostFolders = 500;
async function hiddenPaths(job, named, checkout) {
    const byVariable = secretFiles.filter(name => !named.includes(name)).map(name => job[name]);
    const commandFiles = byVariable.map(path => (path === undefined ? undefined : commandFolder(path)));
    const home = job['HOME'];
    const candidates = [
        ...byVariable,
        ...commandFiles,
        ...(home === undefined ? [] : [...secretsAtHome.map(name => (0,external_node_path_.join)(home, name)), ...(await sshKeys(home))]),
        ...(named.includes('DOCKER_HOST') ? [] : containerSockets),
        ...runnerFolders(job),
        ...(await gitFolders([checkout, job['GITHUB_WORKSPACE']]))
    ];
    const absolute = candidates.filter((path) => path !== undefined && (0,external_node_path_.isAbsolute)(path));
    const there = await Promise.all(absolute.map(path => (0,promises_.realpath)(path).catch(() => null)));
    const paths = [...new Set(there.filter(path => path !== null && path !== '/' && path !== home))];
    return paths.filter(path => !paths.some(other => path.startsWith(`${other}/`)));
}
function commandFolder(path) {
    const folder = (0,external_node_path_.dirname)(path);
    return (0,external_node_path_.basename)(folder) === '_runner_file_commands' ? folder : undefined;
}
function runnerFolders(job) {
    const temporary = job['RUNNER_TEMP'];
    if (temporary === undefined || job['GITHUB_ACTIONS'] !== 'true')
        return [];
    const root = (0,external_node_path_.dirname)((0,external_node_path_.dirname)((0,external_node_path_.resolve)(temporary)));
    return [temporary, ...runnersOwn.map(name => (0,external_node_path_.join)(root, name))];
}
async function sshKeys(home) {
    const names = await (0,promises_.readdir)((0,external_node_path_.join)(home, '.ssh')).catch(() => []);
    return names.filter(name => !noKey.test(name)).map(name => (0,external_node_path_.join)(home, '.ssh', name));
}
async function gitFolders(roots) {
    const folders = [...new Set(roots.filter(root => root !== undefined && root !== ''))].map(path => ({
        path: path ?? '',
        depth: 0
    }));
    const found = [];
    for (let next = 0; next < folders.length && next < mostFolders; next++) {
        const { path, depth } = folders[next] ?? { path: '', depth: 2 };
        const entries = await (0,promises_.readdir)(path, { withFileTypes: true }).catch(() => []);
        if (entries.some(({ name }) => name === '.git'))
            found.push(...(await gitFolderOf((0,external_node_path_.join)(path, '.git'))));
        if (depth === 2)
            continue;
        for (const entry of entries) {
            if (entry.isDirectory() && entry.name !== '.git')
                folders.push({ path: (0,external_node_path_.join)(path, entry.name), depth: depth + 1 });
        }
    }
    return found;
}
async function gitFolderOf(path) {
    if ((await (0,promises_.stat)(path).catch(() => null))?.isDirectory() === true)
        return [path];
    const named = /^gitdir: (.+)$/m.exec(await (0,promises_.readFile)(path, 'utf8').catch(() => ''))?.[1];
    if (named === undefined)
        return [];
    const own = (0,external_node_path_.resolve)((0,external_node_path_.dirname)(path), named);
    const common = (await (0,promises_.readFile)((0,external_node_path_.join)(own, 'commondir'), 'utf8').catch(() => '')).trim();
    return common === '' ? [own] : [own, (0,external_node_path_.resolve)(own, common)];
}
function pathsInUse(visible, hidden) {
    const below = (path) => hidden.some(folder => path.startsWith(`${folder}/`));
    const paths = Object.entries(visible).flatMap(([name, value = '']) => {
        if (name === 'RUNNER_TEMP' || name === 'TMPDIR')
            return [];
        return value
            .split(':')
            .flatMap(path => ((0,external_node_path_.basename)(path) === 'bin' && below((0,external_node_path_.dirname)(path)) ? [(0,external_node_path_.dirname)(path)] : [path]));
    });
    return [...new Set(paths.filter(path => (0,external_node_path_.isAbsolute)(path) && below((0,external_node_path_.resolve)(path))).map(path => (0,external_node_path_.resolve)(path)))];
}

;// CONCATENATED MODULE: ./.build/build-layers/isolation/build-place.js






function fixedFolders(layerId, folders) {
    return Object.entries(folders).map(([name, from]) => ({ from, to: `${gatheringPlace}/${layerId}/${name}` }));
}
async function buildPlace(request, process) {
    const { isolation, fixed, sees: inherit } = request;
    if (isolation.kind === 'none') {
        return { run: command => atFixedPath(fixed, at => process.run({ ...at(command), inherit })) };
    }
    const hidden = await hiddenPaths(request.job, request.named, request.checkout);
    const visible = Object.fromEntries(Object.entries(request.job).filter(([name]) => request.sees(name)));
    const changes = [
        ...fixed.map(({ from, to }) => ({ kind: 'place', from, to })),
        ...hidden.map(path => ({ kind: 'hide', path })),
        ...pathsInUse({ ...visible, folders: fixed.map(({ from }) => from).join(':') }, hidden).map(path => ({ kind: 'show', path }))
    ];
    return {
        run: async (command) => {
            const { argv, cwd = '/', env, ...rest } = translated(command, fixed);
            const path = env?.['PATH'] ?? request.job['PATH'];
            await mustExist(argv, path);
            const inside = { cwd, path: path ?? null, changes };
            return process.run({ ...rest, argv: enterArgv(isolation, inside, argv), env: { ...env }, inherit });
        }
    };
}
async function mustExist(argv, path) {
    const [program] = argv;
    if (program.includes('/') && !(0,external_node_path_.isAbsolute)(program))
        return;
    const candidates = (0,external_node_path_.isAbsolute)(program)
        ? [program]
        : (path ?? '')
            .split(external_node_path_.delimiter)
            .filter(external_node_path_.isAbsolute)
            .map(folder => (0,external_node_path_.join)(folder, program));
    for (const candidate of candidates) {
        if (await (0,promises_.access)(candidate, promises_.constants.X_OK).then(() => true, () => false))
            return;
    }
    throw new ports_process/* CommandFailed */.n('not-found', argv, `${program}: not found on PATH`);
}

;// CONCATENATED MODULE: ./.build/build-layers/isolation/find-isolation.js




const looksAround = 'read -r pid rest < /proc/self/stat; [ "$pid" = "$$" ] && readlink /proc/self/ns/pid';
async function findIsolation({ process }) {
    const here = await (0,promises_.readlink)('/proc/self/ns/pid').catch(() => null);
    if (here === null)
        return { kind: 'none', why: 'this system has no namespaces of processes' };
    await (0,promises_.mkdir)(gatheringPlace, { recursive: true }).catch(() => undefined);
    let why = '';
    for (const entrance of candidates()) {
        const seen = await goThrough(process, entrance);
        if (seen.kind === 'inside' && seen.namespace !== here && seen.namespace.startsWith('pid:'))
            return entrance;
        why = seen.kind === 'refused' ? seen.why : 'the namespace is the same inside';
    }
    return { kind: 'none', why };
}
function candidates() {
    const { uid, gid } = (0,external_node_os_.userInfo)();
    if (uid === 0)
        return [{ kind: 'root' }];
    return [
        { kind: 'user', uid, gid },
        { kind: 'sudo', uid, gid }
    ];
}
async function goThrough(process, entrance) {
    const argv = enterArgv(entrance, { cwd: '/', path: null, changes: [] }, ['sh', '-c', looksAround]);
    try {
        const { exitCode, stdout, stderr } = await process.run({ argv, timeoutSeconds: 20 });
        if (exitCode === 0)
            return { kind: 'inside', namespace: Buffer.from(stdout).toString().trim() };
        return { kind: 'refused', why: stderr.trim().split('\n')[0] ?? `exit code ${exitCode}` };
    }
    catch (thrown) {
        if (thrown instanceof ports_process/* CommandFailed */.n && thrown.reason !== 'aborted')
            return { kind: 'refused', why: thrown.message };
        throw thrown;
    }
}

// EXTERNAL MODULE: ./.build/build-layers/command/machine-error.js
var machine_error = __webpack_require__(9882);
;// CONCATENATED MODULE: ./.build/build-layers/source/layer-folder.js


async function readLayerFolder(directory) {
    const names = (await (0,promises_.readdir)(directory)).filter(name => name !== '.git');
    const entries = await Promise.all(names.map(name => readEntry(directory, name)));
    const pyproject = await textOf((0,external_node_path_.join)(directory, 'pyproject.toml'));
    return { entries, pyproject, unmetLists: await unmetLists(directory, entries) };
}
async function readEntry(directory, name) {
    const path = (0,external_node_path_.join)(directory, name);
    const isLink = await (0,promises_.readlink)(path).then(() => true, () => false);
    const leadsOut = isLink && !(await staysIn(directory, path));
    const kind = leadsOut ? 'other' : await kindOf(path);
    const entry = { name, kind, isPackage: false, ...(leadsOut ? { leadsOut } : {}) };
    if (kind !== 'folder')
        return entry;
    if ((await kindOf((0,external_node_path_.join)(path, '__init__.py'))) === 'file')
        return { ...entry, isPackage: true };
    return (await holdsCode(path, deepest)) ? { ...entry, isPackage: true, isNamespace: true } : entry;
}
const deepest = 4;
async function holdsCode(folder, depth) {
    const inside = await (0,promises_.readdir)(folder, { withFileTypes: true }).catch(() => []);
    if (inside.some(each => each.isFile() && /^(?!test_|conftest)\w+(\.(cpython-|abi3)[\w-]*)?\.(py|so)$/.test(each.name)))
        return true;
    for (const each of depth > 0 ? inside : []) {
        if (each.isDirectory() && /^[A-Za-z]\w*$/.test(each.name) && (await holdsCode((0,external_node_path_.join)(folder, each.name), depth - 1)))
            return true;
    }
    return false;
}
async function staysIn(directory, path) {
    const [root, real] = [await (0,promises_.realpath)(directory), await (0,promises_.realpath)(path).catch(() => null)];
    const away = real === null ? '..' : (0,external_node_path_.relative)(root, real);
    return away !== '..' && !away.startsWith(`..${external_node_path_.sep}`);
}
async function kindOf(path) {
    const stats = await (0,promises_.stat)(path).catch(() => null);
    return stats?.isFile() === true ? 'file' : stats?.isDirectory() === true ? 'folder' : 'other';
}
function textOf(path) {
    return (0,promises_.readFile)(path, 'utf8').catch(() => '');
}
const dependencyList = /^(requirements([-_.](prod|production|base|main|common|runtime|lambda|layer))?\.(txt|in)|Pipfile(\.lock)?|(poetry|uv|pdm)\.lock|pylock(\.[\w-]+)?\.toml|environment\.ya?ml)$/;
const projectFile = /^(pyproject\.toml|setup\.py|setup\.cfg)$/;
async function unmetLists(directory, entries) {
    const inPython = await (0,promises_.readdir)((0,external_node_path_.join)(directory, 'python')).catch(() => []);
    const installed = installedVersions(await installedFolders(directory, inPython));
    const lists = [
        ...entries.filter(({ kind }) => kind === 'file').map(({ name }) => name),
        ...inPython.filter(name => dependencyList.test(name) || projectFile.test(name)).map(name => `python/${name}`)
    ];
    const unmet = [];
    for (const path of lists) {
        const text = await textOf((0,external_node_path_.join)(directory, path));
        if (!isMet(path, text, installed))
            unmet.push(path);
    }
    return unmet;
}
async function installedFolders(directory, inPython) {
    const library = (0,external_node_path_.join)(directory, 'python/lib');
    const versions = await (0,promises_.readdir)(library).catch(() => []);
    const more = await Promise.all(versions.map(version => (0,promises_.readdir)((0,external_node_path_.join)(library, version, 'site-packages')).catch(() => [])));
    return [...inPython, ...more.flat()];
}
function installedVersions(names) {
    const found = names.flatMap(name => {
        const [, project = '', version = ''] = /^(.+?)-([^-]+)\.(?:dist|egg)-info$/.exec(name) ?? [];
        return project === '' ? [] : [[layer_folder_normalized(project), version]];
    });
    return new Map(found);
}
function isMet(path, text, installed) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (name === 'pyproject.toml')
        return !declaresDependencies(text);
    if (name === 'setup.cfg')
        return !/^[ \t]*install_requires[ \t]*=/m.test(text);
    if (name === 'setup.py')
        return !path.includes('/');
    if (!dependencyList.test(name))
        return true;
    if (!name.startsWith('requirements'))
        return false;
    return requirementLines(text).every(line => {
        const [, project, pinned] = /^([A-Za-z0-9][\w.-]*)\s*(?:\[[^\]]*\])?\s*(?:===?\s*([\w.+!-]+))?/.exec(line) ?? [];
        const version = project === undefined || / @ |:\/\//.test(line) ? undefined : installed.get(layer_folder_normalized(project));
        return version !== undefined && (pinned === undefined || pinned === version);
    });
}
function requirementLines(text) {
    return (text
        .replace(/\\\r?\n/g, ' ')
        .split(/\r?\n/)
        .map(line => line.replace(/(^|\s)#.*$/, '').trim())
        .filter(line => line !== '' && !/^(-c|-i|--(?!requirement|editable))/.test(line))
        .filter(line => !/^(-e\s*|--editable[\s=]+)?\.\/?(\[[^\]]*\])?$/.test(line)));
}
function layer_folder_normalized(name) {
    return name.toLowerCase().replace(/[-_.]+/g, '-');
}
function declaresDependencies(pyproject) {
    const project = tableOf(pyproject, 'project');
    const listed = /^[ \t]*dependencies[ \t]*=[ \t]*\[([^\]]*)\]/m.exec(project)?.[1] ?? '';
    const dynamic = /^[ \t]*dynamic[ \t]*=[ \t]*\[([^\]]*)\]/m.exec(project)?.[1] ?? '';
    const poetry = tableOf(pyproject, 'tool\\.poetry\\.dependencies');
    return (/["']/.test(listed) ||
        /["']dependencies["']/.test(dynamic) ||
        /^[ \t]*(?!python\b)["']?[A-Za-z][\w.-]*["']?[ \t]*=/m.test(poetry));
}
function tableOf(toml, name) {
    const start = new RegExp(`^[ \\t]*\\[[ \\t]*${name}[ \\t]*\\][^\\n]*\\n`, 'm').exec(toml);
    if (start === null)
        return '';
    const rest = toml.slice(start.index + start[0].length);
    const end = /^[ \t]*\[/m.exec(rest);
    return end === null ? rest : rest.slice(0, end.index);
}

;// CONCATENATED MODULE: ./.build/build-layers/source/own-code.js

const notPartOfProject = /^(tests?|docs?|documentation|examples?|benchmarks?|bench|build|dist|venv|env|htmlcov|conftest|setup|toxfile|noxfile|fabfile|tasks|node_modules|__pycache__|.*[.](egg|dist)-info|[.].*)$/;
const notNamespaces = /^(ci|bin|lib|scripts?|infra|infrastructure|terraform|cdk|deploy|deployment|debian|changelog|news|newsfragments)$/;
const aroundProject = /^([.].*|readme.*|licen[cs]e.*|copying.*|notice.*|authors.*|contributors.*|contributing.*|change(s|log).*|history.*|security.*|code_of_conduct.*|codeowners|owners|version|makefile|dockerfile.*|justfile|procfile|(docker-)?compose.*|jenkinsfile|manifest\.in|tox\.ini|pytest\.ini|mypy\.ini|setup\.cfg|pyproject\.toml|package(-lock)?\.json|tsconfig.*\.json|pyrightconfig\.json|renovate\.json|cdk\.json|cdk\.context\.json|template\.(ya?ml|json)|samconfig\.(toml|ya?ml)|serverless\.ya?ml|buildspec.*|(codecov|mkdocs|netlify|azure-pipelines|bitbucket-pipelines|appveyor|cloudbuild|sonar-project|catalog-info|environment)\.(ya?ml|properties)|(requirements|constraints)[\w.-]*|.*\.(md|rst|adoc|lock|cfg|ini|sh|bat|ps1|tf|tfvars|log|patch|diff))$/i;
const dataFile = /\.(json|jsonl|ya?ml|toml|csv|tsv|xml|xsd|wsdl|sql|html?|css|js|jinja2?|j2|tmpl|txt|pem|crt|der|p12|parquet|avro|avsc|proto|npy|npz|pkl|pickle|joblib|onnx|h5|db|sqlite3?|mo|po|ttf|otf|png|jpe?g|gif|svg|ico|pdf|xlsx?|docx?|zip|gz|bin|dat|pb)$/i;
function packagesOf(folder) {
    return folder
        .filter(isCode)
        .filter(({ kind }) => kind !== 'other')
        .map(({ name }) => name)
        .sort();
}
function codeIn(folder) {
    return folder.filter(isCode);
}
function isCode({ name, kind, isPackage, isNamespace, leadsOut }) {
    const stem = name.replace(/\.(py|so)$/, '');
    if (notPartOfProject.test(stem))
        return false;
    if (leadsOut === true)
        return !aroundProject.test(name);
    if (kind === 'file')
        return name.endsWith('.py') || (name.endsWith('.so') && /^\w+(\.(cpython-|abi3)[\w.-]*)?$/.test(stem));
    return isPackage && !(isNamespace === true && notNamespaces.test(name));
}
function dataIn(folder) {
    return folder.filter(({ name, kind, isPackage }) => {
        if (notPartOfProject.test(name) || aroundProject.test(name) || dependencyList.test(name))
            return false;
        if (kind === 'file')
            return dataFile.test(name);
        return kind === 'folder' && !isPackage && !notNamespaces.test(name);
    });
}
function beside(folder, taken) {
    const tops = new Set(taken.map(path => path.split('/')[0]));
    return folder.filter(({ name }) => !tops.has(name));
}
function own_code_namesOf(folder) {
    const names = folder.map(({ name, kind }) => (kind === 'folder' ? `${name}/` : name)).sort();
    return names.slice(0, 5).join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
}

;// CONCATENATED MODULE: ./.build/build-layers/source/choose-method.js




const lockFiles = ['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml', 'Pipfile.lock'];
const layoutFolders = ['python', 'nodejs', 'java', 'ruby', 'bin', 'lib', 'extensions'];
const otherRuntimeFolders = ['nodejs', 'java', 'ruby', 'bin', 'lib'];
function chooseMethod(build, folder) {
    if (build.kind === 'command')
        return build;
    const method = build.kind === 'requirements' ? 'requirements' : build.method;
    if (method === 'project')
        return forcedProject(build, folder);
    if (method === 'prebuilt')
        return prebuilt(folder, build.source ?? [], false);
    return method === 'requirements' ? forcedRequirements(build, folder) : detected(build, folder);
}
function detected(build, folder) {
    const { pyproject } = folder;
    const buildable = /^[ \t]*\[[ \t]*build-system[ \t]*\]/m.test(pyproject) || holds(folder, 'file', 'setup.py');
    if (holds(folder, 'folder', 'python') && !buildable)
        return prebuilt(folder, build.source ?? [], true);
    if (buildable || (holds(folder, 'file', 'pyproject.toml') && isProject(pyproject)))
        return project(build, folder);
    const requirements = ['pylock.toml', 'Pipfile.lock', 'requirements.txt'].find(name => holds(folder, 'file', name));
    if (requirements !== undefined)
        return requirementsMethod(build, requirements, folder);
    if (holds(folder, 'folder', ...otherRuntimeFolders))
        return prebuilt(folder, build.source ?? [], true);
    throw nothingToBuildFrom(folder);
}
function nothingToBuildFrom({ entries }) {
    return new errors/* CodedError */.AK('ARCHIVE_LAYOUT', {
        expected: `python/, pyproject.toml, setup.py, requirements.txt, or one of ${otherRuntimeFolders.map(name => `${name}/`).join(', ')} in the layer's folder`,
        found: entries.length === 0 ? 'an empty folder' : `only ${own_code_namesOf(entries)}`,
        mend: 'add one of them, or say with build.command how the layer is built'
    });
}
function holds({ entries }, kind, ...names) {
    return entries.some(entry => entry.kind === kind && names.includes(entry.name));
}
function prebuilt(folder, source, complete) {
    const layout = layoutFolders.filter(name => holds(folder, 'folder', name));
    if (layout.length === 0) {
        throw new errors/* CodedError */.AK('ARCHIVE_LAYOUT', {
            expected: `one of ${layoutFolders.map(name => `${name}/`).join(', ')} for build.method: prebuilt`,
            found: `only ${own_code_namesOf(folder.entries)}`,
            mend: 'put the content under python/, or delete build.method'
        });
    }
    const taken = [...layout, ...source.filter(path => !layout.includes(path))];
    if (!complete)
        return { kind: 'prebuilt', taken };
    const list = folder.unmetLists.find(path => dependencyList.test(path) || path.includes('/') || path === 'pyproject.toml' || path === 'setup.cfg');
    if (list !== undefined)
        throw unmetList(list);
    const left = beside(folder.entries, taken);
    const code = codeIn(left);
    if (code.length > 0) {
        throw leftOut('all code of the layer in the folders that Lambda mounts', `${own_code_namesOf(code)} beside ${layout.map(name => `${name}/`).join(', ')}`, 'move it under python/, or set build.method: prebuilt if it is no part of the layer');
    }
    return { kind: 'prebuilt', taken };
}
function unmetList(list) {
    const installable = list.endsWith('.txt') || list.endsWith('.lock');
    return leftOut('python/ to hold all that the layer needs', `${list}, which names what is not in python/`, `${installable ? `set build.requirements: ${list} to install it into a copy of python/` : 'install it with build.command'}, or build.method: prebuilt if python/ is complete`);
}
function leftOut(expected, found, mend) {
    return new errors/* CodedError */.AK('ARCHIVE_LAYOUT', { expected, found, mend });
}
function forcedProject(build, folder) {
    if (!holds(folder, 'file', 'pyproject.toml', 'setup.py')) {
        throw leftOut('pyproject.toml or setup.py for build.method: project', `only ${own_code_namesOf(folder.entries)}`, 'add one of them, or delete build.method');
    }
    const lock = projectLock(folder);
    return { kind: 'project', ...choiceOf(build), lock };
}
function choiceOf({ installer, sourceDistributions }) {
    return { installer, sourceDistributions: sourceDistributions === true };
}
function projectLock(folder) {
    return (['uv.lock', 'poetry.lock', 'pdm.lock', 'pylock.toml'].find(name => holds(folder, 'file', name)) ?? null);
}
function project(build, folder) {
    const { pyproject, entries, unmetLists } = folder;
    const outside = entries.filter(({ leadsOut }) => leadsOut === true);
    if (codeIn(outside).length > 0)
        throw linkOut(codeIn(outside));
    const lock = projectLock(folder);
    const saysNothing = !holds(folder, 'file', 'setup.py', 'setup.cfg') && !declaresDependencies(pyproject);
    const list = unmetLists.find(path => path === 'requirements.txt' || path === 'Pipfile.lock');
    if (saysNothing && list !== undefined) {
        throw leftOut('one list of what the layer needs', `a pyproject.toml that names no dependencies beside ${list}`, `name them in pyproject.toml, or set build.requirements: ${list} to install them and copy the code, or build.method: project if the layer needs none`);
    }
    const packaged = lock === null || holds(folder, 'file', 'setup.py') || choose_method_isPackage(lock, pyproject);
    return packaged ? { kind: 'project', ...choiceOf(build), lock } : requirementsMethod(build, lock, folder);
}
function linkOut(links) {
    return leftOut("the layer's code in its folder", `${own_code_namesOf(links)}, a link that leads out of it or to nothing`, 'put the code itself there, or build with build.command and name the other folder in also-watch');
}
function forcedRequirements(build, folder) {
    if (build.kind === 'requirements')
        return requirementsMethod(build, build.requirements, folder);
    const found = ['requirements.txt', ...lockFiles].find(name => holds(folder, 'file', name));
    if (found !== undefined)
        return requirementsMethod(build, found, folder);
    throw leftOut(`requirements.txt or ${lockFiles.join(', ')} for build.method: requirements`, `only ${own_code_namesOf(folder.entries)}`, 'name the file in build.requirements');
}
function requirementsMethod(build, requirements, folder) {
    const name = requirements.slice(requirements.lastIndexOf('/') + 1);
    const lock = lockFiles.find(each => each === name);
    const hasPython = holds(folder, 'folder', 'python');
    const source = build.source ?? [...(hasPython ? ['python'] : []), ...allPackages(folder, hasPython)];
    const layout = hasPython ? ['bin', 'lib', 'extensions'].filter(each => holds(folder, 'folder', each)) : [];
    const copied = { source, ...(layout.length === 0 ? {} : { besidePython: layout }) };
    if (lock === undefined)
        return { kind: 'requirements', ...choiceOf(build), requirements, ...copied };
    return { kind: 'locked', ...choiceOf(build), lock, folder: requirements.slice(0, -name.length) || '.', ...copied };
}
function allPackages({ entries }, hasPython) {
    const others = hasPython ? beside(entries, layoutFolders) : entries;
    const links = codeIn(others.filter(({ leadsOut }) => leadsOut === true));
    if (links.length > 0)
        throw linkOut(links);
    if (others.some(({ name, isNamespace }) => name === 'src' && isNamespace === true)) {
        throw leftOut("the layer's packages at the top of its folder", 'packages in src/', 'name them in build.source, for example [src/da_flask], or add a pyproject.toml with a build backend');
    }
    const packages = packagesOf(others);
    const data = packages.some(name => name.endsWith('.py')) ? dataIn(others) : [];
    if (data.length > 0) {
        throw leftOut('only code beside the modules of the layer', `${own_code_namesOf(data)} beside ${packages
            .filter(name => name.endsWith('.py'))
            .slice(0, 3)
            .join(', ')}`, 'name all that belongs to the layer in build.source, modules too');
    }
    return packages;
}
function isProject(pyproject) {
    return hasTable(pyproject, 'project|build-system|tool[.]poetry');
}
function choose_method_isPackage(lock, pyproject) {
    if (lock === 'poetry.lock')
        return !/^[ \t]*package-mode[ \t]*=[ \t]*false\b/m.test(pyproject);
    const distribution = lock === 'pdm.lock' ? 'distribution' : 'package';
    return (hasTable(pyproject, 'build-system') &&
        !new RegExp(`^[ \\t]*${distribution}[ \\t]*=[ \\t]*false\\b`, 'm').test(pyproject));
}
function hasTable(toml, name) {
    return new RegExp(`^[ \\t]*\\[[ \\t]*(?:${name})[ \\t]*[\\].]`, 'm').test(toml);
}

;// CONCATENATED MODULE: ./.build/build-layers/install/clean-installed.js



const installerNotes = /^(INSTALLER|REQUESTED|direct_url\.json|uv_cache\.json|uv_build\.json)$/;
async function cleanInstalled(directory) {
    const entries = await (0,list_content/* listContent */.U)(directory);
    const bytecode = new Set(entries.map(({ path }) => /^(.*\/)?__pycache__(?=\/)/.exec(path)?.[0] ?? ''));
    bytecode.delete('');
    for (const path of [...bytecode, '.lock'])
        await (0,promises_.rm)((0,external_node_path_.join)(directory, path), { recursive: true, force: true });
    const scripts = new Map();
    for (const name of await (0,promises_.readdir)(directory)) {
        if (!name.endsWith('.dist-info'))
            continue;
        await cleanMetadata(directory, name);
        const entryPoints = await (0,promises_.readFile)((0,external_node_path_.join)(directory, name, 'entry_points.txt'), 'utf8').catch(() => '');
        for (const [script, text] of entryPointScripts(entryPoints))
            scripts.set(script, text);
    }
    for (const entry of entries) {
        const name = /^bin\/([^/]+)$/.exec(entry.path)?.[1];
        if (entry.kind === 'file' && name !== undefined)
            await cleanScript(directory, entry, scripts.get(name));
    }
}
async function cleanMetadata(directory, distInfo) {
    for (const name of await (0,promises_.readdir)((0,external_node_path_.join)(directory, distInfo))) {
        const file = (0,external_node_path_.join)(directory, distInfo, name);
        if (installerNotes.test(name))
            await (0,promises_.rm)(file);
        else if (name === 'RECORD')
            await (0,promises_.writeFile)(file, cleanRecord(await (0,promises_.readFile)(file, 'utf8')));
    }
}
function cleanRecord(record) {
    const lines = record
        .split(/\r?\n/)
        .filter(line => line !== '')
        .filter(line => !/(^|\/)__pycache__\//.test(line))
        .filter(line => !installerNotes.test(/^[^/]+\.dist-info\/([^/,]+),/.exec(line)?.[1] ?? ''))
        .map(line => line.replace(/^(?:\.\.\/)*(bin\/[^,]+),.*$/, '$1,,'));
    return lines
        .sort()
        .map(line => `${line}\n`)
        .join('');
}
async function cleanScript(directory, entry, ours) {
    const file = (0,external_node_path_.join)(directory, entry.path);
    const script = await (0,promises_.readFile)(file, 'latin1');
    const generated = ours?.split('\n').find(line => line.startsWith('from '));
    const isGenerated = generated !== undefined && script.includes(`\n${generated}\n`);
    const cleaned = ours !== undefined && isGenerated ? ours : cleanShebang(script);
    if (cleaned !== script)
        await (0,promises_.writeFile)(file, cleaned, 'latin1');
}
function entryPointScripts(entryPoints) {
    const scripts = new Map();
    let section = '';
    for (const line of entryPoints.split(/\r?\n/)) {
        section = /^\[(.*)\]\s*$/.exec(line)?.[1] ?? section;
        if (section !== 'console_scripts' && section !== 'gui_scripts')
            continue;
        const [, name, module, attribute] = /^([^#;=\s][^=]*)=\s*([\w.]+)\s*:\s*([\w.]+)/.exec(line) ?? [];
        if (name === undefined || module === undefined || attribute === undefined)
            continue;
        const imported = attribute.split('.')[0] ?? attribute;
        scripts.set(name.trimEnd(), `${shebang}import sys\nfrom ${module} import ${imported}\nif __name__ == "__main__":\n    sys.exit(${attribute}())\n`);
    }
    return scripts;
}
const shebang = '#!/usr/bin/env python3\n';
function cleanShebang(script) {
    return script
        .replace(/^#!\/bin\/sh\n'''exec' [^\n]*python[^\n]*\n' '''\n/, shebang)
        .replace(/^#![^\n]*\/python[^\n]*\n/, shebang);
}

// EXTERNAL MODULE: ./.build/build-layers/source/package-folders.js
var package_folders = __webpack_require__(8670);
;// CONCATENATED MODULE: ./.build/build-layers/command/command-content.js







async function commandContent(request, command, deps) {
    const { sourceDirectory, outputDirectory, layer } = request;
    const content = await scratchFolder(request, 'content');
    const what = `build.command of layer ${layer.id}`;
    const before = { output: await (0,promises_.readdir)(outputDirectory), source: await (0,promises_.readdir)(sourceDirectory) };
    await runShell(command, sourceDirectory, { LAYER_BUILD_DIR: content }, what, deps);
    const beside = (await (0,promises_.readdir)(outputDirectory)).filter(name => !before.output.includes(name));
    const stillThere = (await (0,promises_.lstat)(content).catch(() => null))?.isDirectory() === true;
    if (beside.length > 0 || !stillThere) {
        throw new errors/* CodedError */.AK('BUILD_FAILED', {
            expected: `${what} to write only below $LAYER_BUILD_DIR`,
            found: stillThere ? `${command_content_listed(beside)} beside it` : 'that folder replaced or removed',
            mend: 'write into "$LAYER_BUILD_DIR" with the command, and leave the folder itself'
        });
    }
    if ((await (0,promises_.readdir)(content)).length > 0) {
        for (const folder of await (0,package_folders/* packageFolders */.s)(content))
            await cleanInstalled((0,external_node_path_.join)(content, folder));
        return content;
    }
    const elsewhere = (await (0,promises_.readdir)(sourceDirectory)).filter(name => !before.source.includes(name));
    throw new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: `${what} to write into $LAYER_BUILD_DIR`,
        found: elsewhere.length === 0 ? 'nothing in it' : `nothing in it, but ${command_content_listed(elsewhere)} in the layer's folder`,
        mend: 'write python/ (or the folder of its runtime) into "$LAYER_BUILD_DIR" with the command'
    });
}
function command_content_listed(names) {
    return names.slice(0, 5).sort().join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
}

;// CONCATENATED MODULE: ./.build/build-layers/install/project/compiler-environment.js


function compilerEnvironment(machine) {
    const flags = [
        '-O2',
        '-g0',
        `-ffile-prefix-map=${gatheringPlace}=/layer`,
        `-fdebug-prefix-map=${gatheringPlace}=/layer`
    ];
    const with_ = (name, more) => ({
        [name]: [machine[name] ?? '', ...more].filter(Boolean).join(' ')
    });
    return {
        ...with_('CFLAGS', flags),
        ...with_('CXXFLAGS', flags),
        ...((0,external_node_os_.platform)() === 'linux' ? with_('LDFLAGS', ['-Wl,--build-id=none']) : {}),
        ZERO_AR_DATE: '1'
    };
}

;// CONCATENATED MODULE: ./.build/build-layers/install/hashes.js


const hashes_mostFiles = 100;
async function givesHashes(requirements) {
    const files = [requirements];
    for (let next = 0; next < files.length && next < hashes_mostFiles; next++) {
        const file = files[next] ?? '';
        const text = await (0,promises_.readFile)(file, 'utf8').catch(() => '');
        if (hasHash(text))
            return true;
        for (const included of includedFiles(text)) {
            const path = (0,external_node_path_.resolve)((0,external_node_path_.dirname)(file), included);
            if (!files.includes(path))
                files.push(path);
        }
    }
    return false;
}
function hasHash(text) {
    return /^(?:[^#\r\n\u2028\u2029]*\s)?--hash[= ]/m.test(text);
}
function includedFiles(text) {
    return [...text.matchAll(/^[ \t]*(?:-[rc]|--(?:requirement|constraint))[ \t=]*([^\s#]+)/gm)]
        .map(match => match[1] ?? '')
        .filter(name => !/^[a-z]+:\/\//i.test(name));
}

;// CONCATENATED MODULE: ./.build/build-layers/install/installer-argv.js

function pipInstallArgv(installation) {
    const { python, targetDirectory, target, wheelsOnly } = installation;
    return [
        ...[python, '-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', '--no-compile'],
        ...['--no-warn-script-location', '--no-warn-conflicts'],
        ...['--target', targetDirectory, ...(target === null || !wheelsOnly ? [] : pipTags(target))],
        ...common(installation)
    ];
}
function pipTags(target) {
    const platforms = platformTags(target).map(tag => `--platform=${tag}`);
    return ['--implementation=cp', `--python-version=${target.version}`, ...platforms];
}
function pipForeignArgvs(installation, target, wheels) {
    const { python, targetDirectory } = installation;
    const quiet = ['--no-input', '--disable-pip-version-check'];
    const download = ['download', ...quiet, '--dest', wheels, ...pipTags(target), ...common(installation)];
    const install = [
        'install',
        ...quiet,
        '--no-compile',
        '--no-warn-script-location',
        '--no-warn-conflicts',
        '--no-deps',
        '--no-index'
    ];
    const unpack = [
        ...install,
        '--ignore-requires-python',
        '--target',
        targetDirectory,
        ...pipTags(target),
        '--only-binary=:all:'
    ];
    return [
        [python, '-m', 'pip', ...download],
        ['sh', '-c', 'wheels=$1; shift; exec "$@" "$wheels"/*.whl', 'sh', wheels, python, '-m', 'pip', ...unpack]
    ];
}
function uvInstallArgv(installation) {
    const { python, targetDirectory, target } = installation;
    return [
        ...['uv', 'pip', 'install'],
        ...['--no-progress', '--color=never', '--link-mode=copy', '--no-python-downloads', '--python', python],
        ...['--target', targetDirectory],
        ...(target === null ? [] : [`--python-version=${target.version}`, `--python-platform=${uvPlatform(target)}`]),
        ...common(installation)
    ];
}
function common({ requirements, wheelsOnly, requireHashes, complete = false }) {
    return [
        ...(wheelsOnly ? ['--only-binary=:all:'] : []),
        ...(requireHashes ? ['--require-hashes'] : []),
        ...(complete ? ['--no-deps'] : []),
        ...requirements.flatMap(file => ['-r', file])
    ];
}
function wheelArgv(program, python, project, wheelDirectory) {
    if (program === 'pip') {
        const wheel = ['wheel', '--no-input', '--disable-pip-version-check', '--no-deps', '--wheel-dir', wheelDirectory];
        return [python, '-m', 'pip', ...wheel, project];
    }
    const quiet = ['--no-progress', '--color=never', '--no-python-downloads'];
    return ['uv', 'build', '--wheel', ...quiet, '--python', python, '--out-dir', wheelDirectory, project];
}
function uvPlatform(target) {
    const minor = uvGlibcMinor(target);
    return `${target.architecture}-${minor === 17 ? 'manylinux2014' : `manylinux_2_${minor}`}`;
}

;// CONCATENATED MODULE: ./.build/build-layers/install/installer-environment.js
const installerEnvironment = {
    PIP_PROGRESS_BAR: 'off',
    PIP_NO_COLOR: '1',
    PIP_ROOT_USER_ACTION: 'ignore',
    PIP_USER: '0',
    PIP_REQUIRE_VIRTUALENV: '0'
};

;// CONCATENATED MODULE: ./.build/build-layers/install/python/machine-index.js

const uvVariables = {
    'index-url': 'UV_DEFAULT_INDEX',
    'extra-index-url': 'UV_INDEX',
    cert: 'SSL_CERT_FILE',
    'trusted-host': 'UV_INSECURE_HOST'
};
const uvIndexVariables = [
    'UV_DEFAULT_INDEX',
    'UV_INDEX',
    'UV_INDEX_URL',
    'UV_EXTRA_INDEX_URL',
    'UV_NO_INDEX',
    'UV_CONFIG_FILE'
];
async function uvIndexEnvironment(python, environment, deps) {
    if (uvIndexVariables.some(name => environment[name] !== undefined))
        return {};
    const config = await succeeded([python, '-m', 'pip', 'config', 'list'], deps);
    return uvSettings({ ...pipSettings(config ?? ''), ...pipVariables(environment) }, environment);
}
function pipSettings(listed) {
    const settings = {};
    for (const section of ['global', 'install', ':env:']) {
        for (const line of listed.split(/\r?\n/)) {
            const [, in_, name, value] = /^([^=]*)\.([a-z-]+)=(?:'(.*)'|"(?:.*)")$/.exec(line) ?? [];
            if (in_ === section && isSetting(name) && value !== undefined)
                settings[name] = words(value.replace(/\\n/g, ' '));
        }
    }
    return settings;
}
function pipVariables(environment) {
    const given = Object.keys(uvVariables).flatMap(name => {
        const value = environment[`PIP_${name.toUpperCase().replaceAll('-', '_')}`];
        return value === undefined || value === '' ? [] : [[name, words(value)]];
    });
    return Object.fromEntries(given);
}
function uvSettings(settings, environment) {
    const pairs = Object.entries(uvVariables).flatMap(([name, variable]) => {
        const value = settings[name];
        return value === undefined || environment[variable] !== undefined ? [] : [[variable, value]];
    });
    return Object.fromEntries(pairs);
}
function isSetting(name) {
    return name !== undefined && name in uvVariables;
}
function words(value) {
    return value.split(/\s+/).filter(Boolean).join(' ');
}

;// CONCATENATED MODULE: ./.build/build-layers/install/requirements/markers.js
const tokenPattern = /\s*(\(|\)|'[^']*'|"[^"]*"|<=|>=|==={0,1}|!=|~=|<|>|not\s+in\b|in\b|and\b|or\b|[A-Za-z_][A-Za-z0-9_.]*)/y;
function markerHolds(marker, environment) {
    const tokens = tokenize(marker);
    let next = 0;
    const take = () => tokens[next++] ?? '';
    const or = () => {
        let holds = and();
        while (tokens[next] === 'or') {
            next++;
            const right = and();
            holds = holds || right;
        }
        return holds;
    };
    const and = () => {
        let holds = one();
        while (tokens[next] === 'and') {
            next++;
            const right = one();
            holds = holds && right;
        }
        return holds;
    };
    const one = () => {
        if (tokens[next] === '(') {
            next++;
            const holds = or();
            if (take() !== ')')
                throw new Error(`no condition: ${marker}`);
            return holds;
        }
        const [left, operator, right] = [take(), take(), take()];
        return compare(left, operator, right, environment);
    };
    const holds = or();
    if (next < tokens.length)
        throw new Error(`no condition: ${marker}`);
    return holds;
}
function tokenize(marker) {
    const tokens = [];
    const text = marker.trim();
    tokenPattern.lastIndex = 0;
    while (tokenPattern.lastIndex < text.length) {
        const token = tokenPattern.exec(text)?.[1];
        if (token === undefined)
            throw new Error(`no condition: ${marker}`);
        tokens.push(token.replace(/\s+/, ' '));
    }
    return tokens;
}
const isText = (token) => /^['"]/.test(token);
function compare(left, operator, right, environment) {
    const valueOf = (token) => (isText(token) ? token.slice(1, -1) : (environment[token] ?? ''));
    const [a, b] = [valueOf(left), valueOf(right)];
    if (!/^([<>=!~]=|<|>|===|in|not in)$/.test(operator) || right === '')
        throw new Error(`no comparison: ${operator}`);
    if (operator === 'in')
        return b.includes(a);
    if (operator === 'not in')
        return !b.includes(a);
    const names = [left, right].filter(token => !isText(token));
    const ordered = names.some(name => /version$/.test(name) && name !== 'platform_version');
    if (!ordered)
        return operator === '!=' ? a !== b : a === b;
    const order = compareVersions(a, b.replace(/\.\*$/, ''), b.endsWith('.*'));
    switch (operator) {
        case '==':
        case '===':
            return order === 0;
        case '!=':
            return order !== 0;
        case '<':
            return order < 0;
        case '<=':
            return order <= 0;
        case '>':
            return order > 0;
        case '>=':
            return order >= 0;
        case '~=': {
            const series = b.split('.').slice(0, -1).join('.');
            return order >= 0 && compareVersions(a, series, true) === 0;
        }
        default:
            throw new Error(`no comparison: ${operator}`);
    }
}
function compareVersions(a, b, prefix) {
    const [left, right] = [numbers(a), numbers(b)];
    const length = prefix ? right.length : Math.max(left.length, right.length);
    for (let index = 0; index < length; index++) {
        const difference = (left[index] ?? 0) - (right[index] ?? 0);
        if (difference !== 0)
            return difference;
    }
    return 0;
}
function numbers(version) {
    return version.split('.').map(part => Number.parseInt(part, 10) || 0);
}

// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(3136);
;// CONCATENATED MODULE: ./.build/build-layers/install/requirements/requirement-list.js



const requirement_list_mostFiles = 100;
async function readRequirements(file, folder = (0,external_node_path_.dirname)(file), root = folder, seen = new Set()) {
    if (seen.has(file) || seen.size >= requirement_list_mostFiles)
        return [];
    seen.add(file);
    const lines = [];
    for (const text of requirement_list_logicalLines(await (0,promises_.readFile)(file, 'utf8'))) {
        const included = /^(?:-r|--requirement)\s*(?:=\s*)?(\S+)$/.exec(text)?.[1];
        if (included !== undefined && !/^[a-z]+:\/\//i.test(included)) {
            const path = (0,external_node_path_.resolve)(folder, included);
            lines.push(...(await readRequirements(path, (0,external_node_path_.dirname)(path), root, seen)));
        }
        else
            lines.push(await parseRequirement(text, folder, root));
    }
    return lines;
}
async function exists(path) {
    return (await (0,promises_.stat)(path).catch(() => null)) !== null;
}
function requirement_list_logicalLines(text) {
    return text
        .replace(/\\\r?\n/g, ' ')
        .split(/\r?\n/)
        .map(line => line.replace(/(^|\s)#.*$/, '').trim())
        .filter(line => line !== '');
}
async function parseRequirement(text, folder, root = folder) {
    const editable = /^(?:-e|--editable)\s*(?:=\s*)?(\S.*)$/.exec(text)?.[1];
    if (editable === undefined && text.startsWith('-'))
        return { kind: 'option', text: withAbsolutePath(text, folder) };
    const [what, condition] = splitMarker(editable ?? text);
    const digests = condition.indexOf(' --hash');
    const marker = (digests === -1 ? condition : condition.slice(0, digests)).trim();
    const [, name = '', nameExtras = '', url] = /^([\w.-]+)\s*(?:(\[[^\]]*\])\s*)?@\s*(\S+)/.exec(what) ?? [];
    const target = url ?? what.replace(/\s--hash.*$/, '').trim();
    const repository = repositoryOf(target);
    if (repository !== null)
        return { kind: 'repository', repository, extras: nameExtras, marker };
    const [, location = target, extras = nameExtras] = /^([^[]*)(\[[^\]]*\])$/.exec(target) ?? [];
    const fromRoot = pathOf(location, root);
    const path = fromRoot !== null && (await exists(fromRoot)) ? fromRoot : pathOf(location, folder);
    const found = path === null ? null : await (0,promises_.stat)(path).catch(() => null);
    if (path !== null && found?.isDirectory() === true)
        return { kind: 'folder', path, extras, marker };
    const own = name === '' ? (/^[\w.-]+/.exec(what)?.[0] ?? '') : name;
    const plain = editable ?? text;
    const absolute = path === null || url !== undefined || found?.isFile() !== true ? plain : plain.replace(location, path);
    return { kind: 'named', name: own, text: absolute, marker };
}
function formatRequirement(line) {
    return line.text;
}
function requirement_list_normalized(name) {
    return name.toLowerCase().replace(/[-_.]+/g, '-');
}
function splitMarker(text) {
    const at = /@/.test(text) || /:\/\//.test(text) ? text.search(/\s;/) : text.indexOf(';');
    if (at === -1)
        return [text, ''];
    return [text.slice(0, at).trim(), text.slice(text.indexOf(';', at) + 1)];
}
function repositoryOf(target) {
    if (!target.startsWith('git+'))
        return null;
    const [address = '', fragment = ''] = target.slice('git+'.length).split('#', 2);
    const subdirectory = /(?:^|&)subdirectory=([^&]+)/.exec(fragment)?.[1] ?? '';
    const slash = address.indexOf('/', address.indexOf('://') + 3);
    const at = address.lastIndexOf('@');
    if (at <= slash || slash === -1)
        return { url: address, revision: '', subdirectory };
    return { url: address.slice(0, at), revision: address.slice(at + 1), subdirectory };
}
function pathOf(location, folder) {
    if (location.startsWith('file:')) {
        if (location.startsWith('file:///'))
            return (0,external_node_url_.fileURLToPath)(new URL(location.split('#', 1)[0] ?? ''));
        return (0,external_node_path_.resolve)(folder, location.slice('file:'.length));
    }
    if (/^[a-z][a-z0-9+.-]*:/i.test(location))
        return null;
    const isPath = /^[./~]/.test(location) || location.includes('/') || /\.(whl|zip|tar\.gz)$/.test(location);
    return isPath ? (0,external_node_path_.resolve)(folder, location) : null;
}
function withAbsolutePath(text, folder) {
    const [, option = '', between = '', path = ''] = /^(-c|--constraint|-f|--find-links)(\s*(?:=\s*)?)(\S+)$/.exec(text) ?? [];
    if (option === '' || (0,external_node_path_.isAbsolute)(path) || /^[a-z]+:/i.test(path))
        return text;
    return `${option}${between === '' ? ' ' : between}${(0,external_node_path_.join)(folder, path)}`;
}

;// CONCATENATED MODULE: ./.build/build-layers/install/requirements/verify-conditions.js






function forTarget(lines, target) {
    return lines.flatMap(line => {
        if (line.kind === 'option' || line.marker === '')
            return [line];
        if (!markerHolds(line.marker, markerEnvironment(target)))
            return [];
        return [line.kind === 'named' ? { ...line, marker: '', text: withoutMarker(line.text) } : { ...line, marker: '' }];
    });
}
function withoutMarker(text) {
    const [requirement = '', ...digests] = text.split(/\s(?=--hash)/);
    const at = requirement.includes('://') ? requirement.search(/\s;/) : requirement.indexOf(';');
    return [requirement.slice(0, at === -1 ? undefined : at).trim(), ...digests].join(' ');
}
async function verifyConditions(directory, target, runs) {
    const installed = new Set();
    const needs = [];
    for (const folder of await (0,promises_.readdir)(directory)) {
        if (!folder.endsWith('.dist-info'))
            continue;
        const metadata = await (0,promises_.readFile)((0,external_node_path_.join)(directory, folder, 'METADATA'), 'utf8').catch(() => '');
        const by = /^Name:\s*(\S+)/m.exec(metadata)?.[1] ?? folder;
        installed.add(requirement_list_normalized(by));
        for (const [, what = '', marker = ''] of metadata.matchAll(/^Requires-Dist:\s*([\w.-]+)(?:[^\w.;\n-][^;\n]*)?;([^\n]*)$/gm)) {
            needs.push({ by, what, marker });
        }
    }
    const there = markerEnvironment(target);
    const here = {
        ...markerEnvironment({ ...target, version: runs.version }),
        platform_machine: runs.machine.replace(/^[^-]*-/, '')
    };
    const missing = needs.find(({ what, marker }) => !installed.has(requirement_list_normalized(what)) && markerHolds(marker, there) && !markerHolds(marker, here));
    if (missing === undefined)
        return;
    throw new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: `pip under Python ${target.version} on ${target.architecture}, or uv, which needs neither, for a package with conditions`,
        found: `${missing.by} needs ${missing.what} only there (${missing.marker.trim()}), and pip ran under Python ${runs.version} on ${runs.machine}`,
        mend: `add actions/setup-python with python-version ${target.version}, install uv, or name ${missing.what} in the requirements`
    });
}

;// CONCATENATED MODULE: ./.build/build-layers/install/install-packages.js












async function setUpInstaller(installer, target, ordinary, builds, deps) {
    const program = await findInstaller(installer, ordinary, deps);
    const machine = await readMachineEnvironment(deps);
    const matters = builds || program === 'pip';
    const found = target === null || !matters ? null : await findPython(target.version, ordinary, machine, deps);
    const usable = found !== null && (program === 'uv' || (await hasPip(found.executable, deps)));
    const python = usable ? found.executable : ordinary;
    const index = program === 'uv' ? await uvIndexEnvironment(ordinary, machine, deps) : {};
    const native = target === null || (usable && suits(target, found));
    const runs = program === 'uv' || target === null ? null : usable ? found : await readPython(ordinary, deps);
    const environment = { ...installerEnvironment, ...compilerEnvironment(machine), ...index };
    return { program, python, native, runs, environment };
}
async function findInstaller(installer, python, deps) {
    if (installer !== 'pip' && (await succeeds(['uv', '--version'], deps)))
        return 'uv';
    if (installer !== 'uv' && (await hasPip(python, deps)))
        return 'pip';
    const wanted = { auto: `uv, or ${python} with pip`, uv: 'uv', pip: `${python} with pip` }[installer];
    const step = installer === 'uv' ? 'uv (astral-sh/setup-uv)' : 'Python (actions/setup-python)';
    throw new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: `${wanted} to install the layer's packages`,
        found: installer === 'auto' ? 'neither' : 'none that runs',
        mend: `add a step that installs ${step} before this action`
    });
}
function hasPip(python, deps) {
    return succeeds([python, '-m', 'pip', '--version'], deps);
}
async function installPackages(setup, request, cwd, deps) {
    const { program, python, environment } = setup;
    const { sourceDistributions, target, requirements } = request;
    if (sourceDistributions && !setup.native)
        throw cannotCompile(target);
    const hashes = await Promise.all(requirements.map(givesHashes));
    const installation = { ...request, python, wheelsOnly: !sourceDistributions, requireHashes: hashes.includes(true) };
    const purpose = {
        ...purposeOf(`${program} install`, installMend(request)),
        mendFor: (words) => mendForWords(words, request)
    };
    const run = (argv, env) => runBuildCommand({ argv, cwd, env: { ...environment, ...env } }, purpose, deps);
    if (program === 'uv') {
        await run(uvInstallArgv(installation), {});
        return;
    }
    const argv = pipInstallArgv(installation);
    if (target === null)
        await run(argv, {});
    else if (sourceDistributions)
        await run(argv, await glibcLimit(request.targetDirectory, target));
    else
        await pipForeign(installation, target, setup, run);
}
async function pipForeign(installation, target, { runs }, run) {
    try {
        await run(pipInstallArgv(installation), {});
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* CodedError */.AK) || !/requires a different python/i.test(thrown.message))
            throw thrown;
        const wheels = (0,external_node_path_.join)((0,external_node_path_.dirname)(installation.targetDirectory), '..', 'wheels');
        await (0,promises_.mkdir)(wheels);
        const [download, unpack] = pipForeignArgvs(installation, target, wheels);
        await run(download, {});
        if ((await (0,promises_.readdir)(wheels)).length > 0)
            await run(unpack, {});
    }
    if (runs !== null && !suits(target, runs))
        await verifyConditions(installation.targetDirectory, target, runs);
}
async function glibcLimit(targetDirectory, { glibcMinor }) {
    const folder = (0,external_node_path_.join)((0,external_node_path_.dirname)(targetDirectory), '..', 'glibc');
    await (0,promises_.mkdir)(folder);
    const program = `def manylinux_compatible(major, minor, arch):\n    return (major, minor) <= (2, ${glibcMinor})\n`;
    await (0,promises_.writeFile)((0,external_node_path_.join)(folder, '_manylinux.py'), program);
    return { PYTHONPATH: folder };
}
function cannotCompile(target) {
    const version = target?.version ?? '3';
    return new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: `python${version} on ${target?.architecture ?? 'this runner'} for source-distributions: true`,
        found: 'none on this runner',
        mend: `add actions/setup-python with python-version ${version} on such a runner, or delete source-distributions`
    });
}
function installMend({ target, sourceDistributions }) {
    if (target === null || sourceDistributions)
        return 'correct the requirements, or the index that they are taken from';
    return (`name packages that exist as wheels for python${target.version} on ${target.architecture} and glibc 2.${target.glibcMinor} at most, ` +
        'or set source-distributions: true on a runner of that kind');
}
const knownFailures = [
    {
        words: /40[13] Error|credentials not correct|invalid credentials|could not find.*credentials|401 unauthorized|403 forbidden/i,
        mend: 'correct the user and password of the index (in PIP_INDEX_URL or UV_DEFAULT_INDEX, netrc or keyring), and see that they may read it',
        first: true
    },
    {
        words: /hash(?:es)? (?:mismatch|do not match)|do not match the hashes|require-hashes|hashes are required|have a hash/i,
        mend: 'give every requirement the digest of the file that the index has, for example with `uv pip compile --generate-hashes`'
    },
    {
        words: /max retries exceeded|error sending request|failed to establish a new connection|connection (?:refused|reset|error|timed out)|name resolution|dns error|failed to fetch|could not fetch url|timed out|40[13] (?:client error|unauthorized|forbidden)|HTTP status (?:client|server) error/i,
        mend: 'make the index reachable from this runner (PIP_INDEX_URL or UV_DEFAULT_INDEX, with its credentials), then run again'
    },
    {
        words: /ResolutionImpossible|conflicting dependencies|requirements are unsatisfiable|are incompatible/i,
        mend: 'make the versions in the requirements agree'
    }
];
function mendForWords(words, request) {
    const noWheel = /no (?:usable |matching )?wheels?|no wheels with a matching|only-binary/i.test(words);
    const known = knownFailures.find(failure => failure.words.test(words));
    return known === undefined || (noWheel && known.first !== true) ? installMend(request) : known.mend;
}
async function buildWheel({ program, python, environment }, project, wheelDirectory, deps) {
    const argv = wheelArgv(program, python, project, wheelDirectory);
    const purpose = purposeOf(`building the wheel with ${program}`, 'correct pyproject.toml or setup.py');
    await runBuildCommand({ argv, cwd: wheelDirectory, env: environment }, purpose, deps);
}
function purposeOf(what, mend) {
    return { what, mend, mendMissing: 'add a step that installs Python (actions/setup-python) or uv before this action' };
}

// EXTERNAL MODULE: ./node_modules/smol-toml/dist/index.js + 8 modules
var dist = __webpack_require__(3292);
;// CONCATENATED MODULE: ./.build/build-layers/install/project/project-sources.js



function parsePyproject(text) {
    try {
        return (0,dist/* parse */.qg)(text);
    }
    catch (cause) {
        const found = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
        throw new errors/* CodedError */.AK('BUILD_FAILED', { expected: 'TOML in pyproject.toml', found, mend: 'correct the file' }, { cause });
    }
}
function namedSources(pyproject, memberNames = []) {
    const tool = table(pyproject['tool']);
    const uv = table(tool['uv']);
    const poetry = table(tool['poetry']);
    const members = (where, of) => memberNames.length === 0
        ? [{ table: where, name: null, tool: of }]
        : memberNames.map(name => ({ table: where, name: requirement_list_normalized(name), tool: of }));
    const all = Object.keys(table(uv['sources'])).map(name => source('tool.uv.sources', name, 'uv'));
    if (uv['workspace'] !== undefined)
        all.push(...members('tool.uv.workspace', 'uv'));
    if (notEmpty(uv['index']))
        all.push({ table: 'tool.uv.index', name: null, tool: 'uv' });
    for (const key of ['index-url', 'extra-index-url', 'find-links', 'override-dependencies'])
        if (notEmpty(uv[key]))
            all.push({ table: `tool.uv.${key}`, name: null, tool: 'uv' });
    const groups = Object.values(table(poetry['group'])).map(group => table(table(group)['dependencies']));
    for (const dependencies of [table(poetry['dependencies']), ...groups]) {
        for (const [name, wanted] of Object.entries(dependencies)) {
            if (isElsewhere(wanted))
                all.push(source('tool.poetry.dependencies', name, 'other'));
        }
    }
    if (notEmpty(poetry['source']))
        all.push({ table: 'tool.poetry.source', name: null, tool: 'other' });
    const pdm = table(tool['pdm']);
    if (notEmpty(pdm['source']))
        all.push({ table: 'tool.pdm.source', name: null, tool: 'other' });
    for (const name of Object.keys(table(table(pdm['resolution'])['overrides'])))
        all.push(source('tool.pdm.resolution.overrides', name, 'other'));
    const rye = table(tool['rye']);
    if (notEmpty(rye['sources']))
        all.push({ table: 'tool.rye.sources', name: null, tool: 'other' });
    if (rye['workspace'] !== undefined)
        all.push(...members('tool.rye.workspace', 'other'));
    const environments = table(table(tool['hatch'])['envs']);
    if ([tool['hatch'], ...Object.values(environments)].some(each => table(each)['workspace'] !== undefined))
        all.push(...members('tool.hatch workspace', 'other'));
    return all;
}
function memberGlobs(pyproject) {
    const tool = table(pyproject['tool']);
    const lists = [
        table(table(tool['uv'])['workspace'])['members'],
        table(table(tool['rye'])['workspace'])['members'],
        ...Object.values(table(table(tool['hatch'])['envs'])).map(each => table(table(each)['workspace'])['members'])
    ];
    return lists.flatMap(list => Array.isArray(list) ? list.map(each => (typeof each === 'string' ? each : String(table(each)['path']))) : []);
}
function dependencyNames(pyproject) {
    const project = table(pyproject['project']);
    const poetry = table(table(table(pyproject['tool'])['poetry'])['dependencies']);
    const listed = Array.isArray(project['dependencies']) ? project['dependencies'] : [];
    const names = listed.flatMap(each => (typeof each === 'string' ? (/^\s*([\w.-]+)/.exec(each)?.[1] ?? []) : []));
    return [...names, ...Object.keys(poetry)].filter(name => name !== 'python').map(requirement_list_normalized);
}
function projectName(pyproject) {
    const poetry = table(table(pyproject['tool'])['poetry']);
    const name = table(pyproject['project'])['name'] ?? poetry['name'];
    return typeof name === 'string' ? name : null;
}
function strangersRefused(sources, program) {
    const shown = sources.slice(0, 3).map(({ table: where, name }) => `[${where}]${name === null ? '' : ` for ${name}`}`);
    const tool = sources.every(each => each.tool === 'uv') ? 'uv, which reads it,' : 'a lock of its tool, committed,';
    return new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: `${tool} where pyproject.toml says where packages come from`,
        found: `${shown.join(', ')} and ${program}, which would take a package of that name from the index, whoever put it there`,
        mend: sources.every(each => each.tool === 'uv')
            ? 'add a step that installs uv (astral-sh/setup-uv) and leave out installer: pip, or commit uv.lock'
            : 'commit the lock that the tool makes (poetry.lock, pdm.lock, uv.lock), or name the packages by address in the dependencies'
    });
}
function isElsewhere(wanted) {
    if (Array.isArray(wanted))
        return wanted.some(isElsewhere);
    const keys = Object.keys(table(wanted));
    return keys.some(key => ['path', 'git', 'url', 'file', 'source', 'hg', 'svn'].includes(key));
}
function source(where, name, tool) {
    return { table: where, name: requirement_list_normalized(name), tool };
}
function table(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
}
function notEmpty(value) {
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '';
}

// EXTERNAL MODULE: ./.build/model/digest.js
var digest = __webpack_require__(8074);
;// CONCATENATED MODULE: ./.build/build-layers/install/requirements/built-members.js










function hasMembers(lines) {
    return lines.some(({ kind }) => kind === 'folder' || kind === 'repository');
}
async function withBuiltMembers(lines, { request, setup, copy, locked = false }, deps) {
    const hashed = locked || lines.some(line => line.kind === 'named' && /\s--hash[= ]/.test(line.text));
    const texts = [];
    for (const [number, line] of lines.entries()) {
        if (line.kind === 'option' || line.kind === 'named') {
            texts.push(formatRequirement(line));
            continue;
        }
        const folder = await scratchFolder(request, `member-${number}`);
        if (line.kind === 'folder')
            await copySource(await memberFolder(line.path, request, copy), ['.'], folder);
        else
            await cloneRepository(line.repository, folder, deps);
        const project = line.kind === 'repository' ? (0,external_node_path_.join)(folder, line.repository.subdirectory) : folder;
        await insideOf(await (0,promises_.realpath)(folder), project);
        const wheel = await builtWheel(setup, project, await scratchFolder(request, `member-${number}-wheel`), deps);
        const condition = line.marker === '' ? '' : ` ; ${line.marker}`;
        texts.push(`${requirementOf(wheel, line.extras)}${condition}${hashed ? ` --hash=sha256:${(0,digest/* sha256Hex */.fg)(await (0,promises_.readFile)(wheel))}` : ''}`);
    }
    return texts.map(text => `${text}\n`).join('');
}
async function memberFolder(path, request, copy) {
    const roots = [
        copy,
        request.sourceDirectory,
        ...(request.baseDirectory === undefined ? [] : [(0,external_node_path_.join)(request.baseDirectory, 'source')])
    ];
    const real = await (0,promises_.realpath)(path);
    for (const root of roots) {
        if (root === undefined)
            continue;
        const away = (0,external_node_path_.relative)(await (0,promises_.realpath)(root).catch(() => root), real);
        if (away !== '..' && !away.startsWith(`..${external_node_path_.sep}`))
            return real;
    }
    return insideOf(await (0,promises_.realpath)(request.sourceDirectory), path);
}
async function cloneRepository({ url, revision }, folder, deps) {
    const purpose = {
        what: 'fetching a repository that the requirements name',
        mend: 'let git reach it from this runner, with credentials that a build can see (~/.netrc, git configuration)',
        mendMissing: 'install git on this runner'
    };
    const git = (...args) => runBuildCommand({ argv: ['git', ...args], cwd: folder, env: { GIT_TERMINAL_PROMPT: '0' } }, purpose, deps);
    await git('init', '--quiet');
    const wanted = revision === '' ? 'HEAD' : revision;
    try {
        await git('fetch', '--quiet', '--depth=1', '--', url, wanted);
    }
    catch (thrown) {
        if (!(thrown instanceof errors/* CodedError */.AK) || thrown.code !== 'BUILD_FAILED')
            throw thrown;
        await git('fetch', '--quiet', '--', url, '+refs/*:refs/remotes/all/*');
        await git('checkout', '--quiet', '--detach', wanted);
        return;
    }
    await git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
}
async function builtWheel(setup, project, wheelDirectory, deps, env = {}) {
    await buildWheel({ ...setup, environment: { ...setup.environment, ...env } }, project, wheelDirectory, deps);
    const name = (await (0,promises_.readdir)(wheelDirectory)).find(each => each.endsWith('.whl'));
    if (name !== undefined)
        return (0,external_node_path_.join)(wheelDirectory, name);
    throw new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: "the project's build to write a wheel",
        found: 'none',
        mend: 'correct build-system in pyproject.toml'
    });
}
function requirementOf(wheel, extras = '') {
    const name = wheel.slice(wheel.lastIndexOf('/') + 1).split('-')[0] ?? '';
    return `${name}${extras} @ ${(0,external_node_url_.pathToFileURL)(wheel).href}`;
}
async function writeList(request, name, text) {
    const file = (0,external_node_path_.join)(await scratchFolder(request, name), 'requirements.txt');
    await (0,promises_.writeFile)(file, text);
    return file;
}

;// CONCATENATED MODULE: ./.build/build-layers/install/requirements/pylock.js


function requirementsOfPylock(text) {
    const lock = readable(text);
    if (!/^1\./.test(String(lock['lock-version'])))
        throw unreadable(`lock-version ${JSON.stringify(lock['lock-version'])}`);
    const packages = Array.isArray(lock['packages']) ? lock['packages'] : [];
    return packages.map(each => `${requirement(each)}\n`).join('');
}
function requirement(each) {
    const name = pylock_textOf(each['name']);
    const marker = typeof each['marker'] === 'string' ? each['marker'] : '';
    if (/\b(extras|dependency_groups)\b/.test(marker))
        throw unreadable(`a condition of ${name} on extras or groups`);
    const condition = marker === '' ? '' : ` ; ${marker}`;
    const { directory, vcs, archive, version } = each;
    if (isTable(directory))
        return `${name} @ file:${pylock_textOf(directory['path'])}${condition}`;
    if (isTable(vcs)) {
        if (vcs['type'] !== 'git')
            throw unreadable(`${name} from ${pylock_textOf(vcs['type'])}`);
        const below = vcs['subdirectory'] === undefined ? '' : `#subdirectory=${pylock_textOf(vcs['subdirectory'])}`;
        const address = pylock_textOf(vcs['url'] ?? vcs['path']);
        return `${name} @ git+${address}@${pylock_textOf(vcs['commit-id'])}${below}${condition}`;
    }
    if (isTable(archive)) {
        const address = archive['url'] === undefined ? `file:${pylock_textOf(archive['path'])}` : pylock_textOf(archive['url']);
        return `${name} @ ${address}${condition}${digests([archive])}`;
    }
    const wheels = Array.isArray(each['wheels']) ? each['wheels'] : [];
    const files = [...wheels, ...(isTable(each['sdist']) ? [each['sdist']] : [])];
    if (typeof version !== 'string' || files.length === 0)
        throw unreadable(`${name} without a version and files`);
    return `${name}==${version}${condition}${digests(files)}`;
}
function digests(files) {
    const all = files.flatMap(file => {
        const hashes = isTable(file['hashes']) ? file['hashes'] : {};
        return typeof hashes['sha256'] === 'string' ? [hashes['sha256']] : [];
    });
    if (all.length === 0)
        throw unreadable('a file without a SHA-256');
    return [...new Set(all)].map(digest => ` --hash=sha256:${digest}`).join('');
}
function readable(text) {
    try {
        return (0,dist/* parse */.qg)(text);
    }
    catch (cause) {
        throw unreadable(cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause));
    }
}
function unreadable(found) {
    return new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: 'a pylock.toml of version 1 that pins every package for one use',
        found,
        mend: 'export the lock for the layer alone, or name a requirements file in build.requirements'
    });
}
function pylock_textOf(value) {
    if (typeof value === 'string')
        return value;
    throw unreadable('a package without a name or an address');
}
function isTable(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}

;// CONCATENATED MODULE: ./.build/build-layers/install/locked-requirements.js






const lockTools = {
    'uv.lock': {
        program: 'uv',
        mend: 'add a step that installs uv (astral-sh/setup-uv) before this action',
        argv: file => [
            ...[
                'uv',
                'export',
                '--frozen',
                '--no-dev',
                '--no-default-groups',
                '--no-emit-project',
                '--no-editable'
            ],
            ...['--format=requirements-txt', '--no-header', '--no-annotate', '--no-progress', '--color=never', '--quiet'],
            ...['--no-python-downloads', '--output-file', file]
        ],
        prints: false
    },
    'poetry.lock': {
        program: 'poetry',
        mend: 'add a step that installs poetry and poetry-plugin-export before this action',
        argv: file => [
            ...['poetry', 'export', '--no-interaction', '--no-ansi'],
            ...['--format=requirements.txt', '--output', file]
        ],
        prints: false
    },
    'pdm.lock': {
        program: 'pdm',
        mend: 'add a step that installs pdm before this action',
        argv: file => ['pdm', 'export', '--prod', '--format', 'requirements', '--output', file],
        prints: false
    },
    'Pipfile.lock': {
        program: 'pipenv',
        mend: 'add a step that installs pipenv before this action',
        argv: () => ['pipenv', 'requirements', '--hash'],
        prints: true
    }
};
async function exportLock(lock, folder, scratch, deps) {
    const file = (0,external_node_path_.join)(scratch, 'locked-requirements.txt');
    if (lock === 'pylock.toml') {
        await (0,promises_.writeFile)(file, requirementsOfPylock(await (0,promises_.readFile)((0,external_node_path_.join)(folder, lock), 'utf8')));
        return file;
    }
    const tool = lockTools[lock];
    const { program } = tool;
    const orElse = `or name a requirements file in build.requirements, or delete ${lock}`;
    if (!(await succeeds([program, '--version'], deps))) {
        throw new errors/* CodedError */.AK('BUILD_FAILED', {
            expected: `${program} to export ${lock}`,
            found: 'none that runs',
            mend: `${tool.mend}, ${orElse}`
        });
    }
    const purpose = {
        what: `exporting ${lock} with ${program}`,
        mend: `${tool.mend} in a version that reads this ${lock}, ${orElse}`,
        mendMissing: tool.mend
    };
    const command = { argv: tool.argv(file), cwd: folder, env: { ...installerEnvironment, ...exportEnvironment } };
    const { stdout } = await runBuildCommand(command, purpose, tool.prints ? withoutLog(deps) : deps);
    if (tool.prints) {
        await (0,promises_.writeFile)(file, requirementsOf(Buffer.from(stdout).toString(), await (0,promises_.readFile)((0,external_node_path_.join)(folder, lock), 'utf8')));
    }
    else if (deps.outside !== undefined) {
        await (0,promises_.writeFile)(file, deps.outside(await (0,promises_.readFile)(file, 'utf8')));
    }
    return file;
}
const exportEnvironment = {
    PIPENV_IGNORE_VIRTUALENVS: '1',
    PIPENV_VERBOSITY: '-1',
    PIPENV_YES: '1',
    POETRY_VIRTUALENVS_CREATE: 'false',
    PDM_CHECK_UPDATE: '0',
    PDM_NO_SELF: '1'
};
function requirementsOf(printed, lock) {
    const onlyTemplate = sourceNames(lock).every(name => name === 'pypi');
    const lines = printed.split(/\r?\n/).filter(line => !(onlyTemplate && /^(-i|--index-url)[ =]/.test(line)));
    return lines.join('\n');
}
function sourceNames(lock) {
    const { _meta } = JSON.parse(lock);
    return (_meta?.sources ?? []).map(({ name }) => name);
}
function withoutLog(deps) {
    const info = (message) => {
        deps.log.debug(message);
    };
    return { ...deps, log: { ...deps.log, info } };
}

;// CONCATENATED MODULE: ./.build/build-layers/install/requirements/installable-list.js






async function lockedList(request, lock, folder, setup, deps) {
    const file = await exportLock(lock, folder, await scratchFolder(request, 'lock'), deps);
    return asInstallable(request, setup, await readRequirements(file, folder), file, deps, folder);
}
async function asInstallable(request, setup, lines, file, deps, copy) {
    const target = pythonTarget(request.layer);
    const read = setup.program === 'pip' && target !== null ? forTarget(lines, target) : lines;
    const same = read.length === lines.length && read.every((line, index) => line === lines[index]);
    if (same && !hasMembers(lines))
        return file;
    const text = await withBuiltMembers(read, { request, setup, ...(copy === undefined ? {} : { copy, locked: true }) }, deps);
    return writeList(request, 'installable', text);
}

;// CONCATENATED MODULE: ./.build/build-layers/install/project/project-version.js
const versionTools = /setuptools[-_]scm|hatch-vcs|versioningit|\bpbr\b|poetry-dynamic-versioning|uv-dynamic-versioning|setuptools-git-versioning|\bsource\s*=\s*["']scm["']/;
function asksGitForVersion(texts) {
    return texts.some(text => versionTools.test(text));
}
async function versionOf({ objectId, tags }) {
    const versions = (await tags()).flatMap(tag => versionInTag(tag) ?? []).sort(byNumbers);
    return versions.at(-1) ?? `0.0.0+g${objectId.slice(0, 12)}`;
}
function versionInTag(tag) {
    return /(?:^|[-_/])v?(\d+(?:\.\d+)*(?:[-_.]?(?:a|b|rc|alpha|beta|post|dev)[-_.]?\d*)?)$/i.exec(tag)?.[1] ?? null;
}
function byNumbers(a, b) {
    return a.localeCompare(b, 'en', { numeric: true });
}
function versionEnvironment(version, name) {
    const own = name === null ? '' : `_FOR_${name.toUpperCase().replace(/[-_.]+/g, '_')}`;
    return {
        [`SETUPTOOLS_SCM_PRETEND_VERSION${own}`]: version,
        SETUPTOOLS_SCM_PRETEND_VERSION: version,
        PBR_VERSION: version,
        POETRY_DYNAMIC_VERSIONING_BYPASS: version,
        UV_DYNAMIC_VERSIONING_BYPASS: version,
        PDM_BUILD_SCM_VERSION: version
    };
}
function packageInfo(version, name) {
    return `Metadata-Version: 2.1\nName: ${name ?? 'unknown'}\nVersion: ${version}\n`;
}

;// CONCATENATED MODULE: ./.build/build-layers/install/project/project-lists.js












async function projectLists(request, method, setup, deps) {
    const project = await scratchFolder(request, 'project');
    await copySource(request.sourceDirectory, ['.'], project);
    const text = await (0,promises_.readFile)((0,external_node_path_.join)(project, 'pyproject.toml'), 'utf8').catch(() => '');
    const pyproject = parsePyproject(text);
    const needed = dependencyNames(pyproject);
    const sources = namedSources(pyproject, await memberNames(project, memberGlobs(pyproject)));
    const meant = needed.length === 0 ? [] : sources.filter(({ name }) => name === null || needed.includes(name));
    const readsThem = setup.program === 'uv' && meant.every(({ tool }) => tool === 'uv');
    if (method.lock === null && meant.length > 0 && !readsThem)
        throw strangersRefused(meant, setup.program);
    const env = await versionFor(request, project, projectName(pyproject), deps);
    const wheel = await builtWheel(setup, project, await scratchFolder(request, 'wheel'), deps, env);
    const own = requirementOf(wheel);
    if (method.lock === null && meant.length === 0) {
        return { files: [await writeList(request, 'own', `${own}\n`)], complete: false };
    }
    const hashed = `${own} --hash=sha256:${(0,digest/* sha256Hex */.fg)(await (0,promises_.readFile)(wheel))}\n`;
    const list = method.lock === null
        ? await resolvedList(request, project, setup, deps)
        : await lockedList(request, method.lock, project, setup, deps);
    return { files: [list, await writeList(request, 'own', hashed)], complete: true };
}
async function resolvedList(request, project, setup, deps) {
    const file = (0,external_node_path_.join)(await scratchFolder(request, 'resolved'), 'requirements.txt');
    const target = pythonTarget(request.layer);
    const argv = [
        ...[
            'uv',
            'pip',
            'compile',
            'pyproject.toml',
            '--quiet',
            '--generate-hashes',
            '--no-header',
            '--no-annotate'
        ],
        ...['--no-progress', '--color=never', '--no-python-downloads', '--python', setup.python, '--output-file', file],
        ...(target === null ? [] : versionArgs(target))
    ];
    const purpose = {
        what: 'resolving the project with uv',
        mend: 'correct the dependencies and [tool.uv.sources] in pyproject.toml, commit uv.lock, or watch the folder of the workspace with also-watch',
        mendMissing: 'add a step that installs uv (astral-sh/setup-uv) before this action'
    };
    await runBuildCommand({ argv, cwd: project, env: setup.environment }, purpose, deps);
    if (deps.outside !== undefined)
        await (0,promises_.writeFile)(file, deps.outside(await (0,promises_.readFile)(file, 'utf8')));
    return asInstallable(request, setup, await readRequirements(file, project), file, deps, project);
}
function versionArgs({ version, architecture }) {
    return [`--python-version=${version}`, `--python-platform=${architecture}-manylinux2014`];
}
async function memberNames(project, globs) {
    const names = [];
    for (const glob of globs) {
        const afterParent = glob.lastIndexOf('/') + 1;
        const [parent, last] = [glob.slice(0, afterParent), glob.slice(afterParent)];
        const folders = last.includes('*') ? await (0,promises_.readdir)((0,external_node_path_.join)(project, parent)).catch(() => []) : [last];
        for (const folder of folders) {
            const text = await (0,promises_.readFile)((0,external_node_path_.join)(project, parent, folder, 'pyproject.toml'), 'utf8').catch(() => '');
            const name = text === '' ? null : projectName(parsePyproject(text));
            if (name !== null)
                names.push(name);
        }
    }
    return names;
}
async function versionFor({ revision, layer }, project, name, deps) {
    const files = ['pyproject.toml', 'setup.cfg', 'setup.py'].map(file => (0,promises_.readFile)((0,external_node_path_.join)(project, file), 'utf8').catch(() => ''));
    if (revision === undefined || !asksGitForVersion(await Promise.all(files)))
        return {};
    const version = await versionOf(revision);
    deps.log.info(`The project of layer ${layer.id} takes its version from git: it is told ${version}, of ${revision.objectId}`);
    const info = (0,external_node_path_.join)(project, 'PKG-INFO');
    if ((await (0,promises_.stat)(info).catch(() => null)) === null)
        await (0,promises_.writeFile)(info, packageInfo(version, name));
    return versionEnvironment(version, name);
}

;// CONCATENATED MODULE: ./.build/build-layers/install/install-layer.js












async function installLayer(request, method, deps) {
    const { python = 'python3', layer } = request;
    const builds = method.kind === 'project' || method.sourceDistributions;
    const setup = await setUpInstaller(method.installer, pythonTarget(layer), python, builds, deps);
    switch (method.kind) {
        case 'project':
            return install(request, method, setup, await projectLists(request, method, setup, deps), deps);
        case 'requirements': {
            const root = await (0,promises_.realpath)(request.sourceDirectory);
            const file = await insideOf(root, method.requirements);
            const lines = await readRequirements(file, (0,external_node_path_.dirname)(file), root);
            await refuseStrangers(request, lines, setup);
            const files = [await asInstallable(request, setup, lines, file, deps)];
            return withSource(request, method, await install(request, method, setup, { files, complete: false }, deps));
        }
        case 'locked': {
            const root = await (0,promises_.realpath)(request.sourceDirectory);
            const folder = (0,external_node_path_.dirname)(await insideOf(root, (0,external_node_path_.join)(method.folder, method.lock)));
            const files = [await lockedList(request, method.lock, folder, setup, deps)];
            return withSource(request, method, await install(request, method, setup, { files, complete: true }, deps));
        }
    }
}
async function refuseStrangers({ sourceDirectory }, lines, { program }) {
    const text = await (0,promises_.readFile)((0,external_node_path_.join)(sourceDirectory, 'pyproject.toml'), 'utf8').catch(() => '');
    if (text === '')
        return;
    const names = lines.flatMap(line => line.kind === 'named' && !/@\s*[^\s@][^\s@:]*:/.test(line.text) ? [requirement_list_normalized(line.name)] : []);
    const meant = namedSources(parsePyproject(text)).filter(({ name }) => name !== null && names.includes(name));
    if (meant.length === 0)
        return;
    const refused = strangersRefused(meant, `${program} with a requirements file`);
    const mend = 'name the folder or the address in the requirements (./libs/inner), or build the project with its lock';
    throw new errors/* CodedError */.AK('BUILD_FAILED', { ...refused.finding, mend });
}
async function install(request, { sourceDistributions }, setup, { files, complete }, deps) {
    const content = await scratchFolder(request, 'content');
    const targetDirectory = (0,external_node_path_.join)(content, 'python');
    await (0,promises_.mkdir)(targetDirectory);
    const target = pythonTarget(request.layer);
    await installPackages(setup, { targetDirectory, requirements: files, target, sourceDistributions, complete }, request.sourceDirectory, deps);
    await cleanInstalled(targetDirectory);
    return content;
}
async function withSource({ sourceDirectory }, { source }, content) {
    await copySource(sourceDirectory, source, (0,external_node_path_.join)(content, 'python'));
    return content;
}

;// CONCATENATED MODULE: ./.build/build-layers/stage-content.js







function leftOutOf(method, { entries }) {
    switch (method.kind) {
        case 'command':
        case 'project':
            return [];
        case 'prebuilt':
            return beside(entries, method.taken).map(({ name }) => name);
        case 'requirements':
        case 'locked':
            if (method.source.includes('.'))
                return [];
            return beside(entries, [...method.source, ...(method.besidePython ?? [])]).map(({ name }) => name);
    }
}
async function stageContent(request, deps) {
    const { layer, sourceDirectory } = request;
    if (layer.build.kind === 'requirements')
        await insideOf(await (0,promises_.realpath)(sourceDirectory), layer.build.requirements);
    const folder = await readLayerFolder(sourceDirectory);
    const method = chooseMethod(layer.build, folder);
    deps.log.info(describe(method));
    const untaken = leftOutOf(method, folder);
    if (untaken.length > 0)
        deps.log.info(`Not in the layer: ${untaken.join(', ')}`);
    const content = await contentOf(request, method, deps);
    if ('besidePython' in method)
        await copySource(sourceDirectory, method.besidePython ?? [], content);
    return { content, kind: method.kind, taken: method.kind === 'prebuilt' ? method.taken : null };
}
async function contentOf(request, method, deps) {
    switch (method.kind) {
        case 'prebuilt':
            for (const path of method.taken)
                await insideOf(await (0,promises_.realpath)(request.sourceDirectory), path);
            return request.sourceDirectory;
        case 'command':
            return commandContent(request, method.command, deps);
        case 'project':
        case 'requirements':
        case 'locked':
            return installLayer(request, method, deps);
    }
}
function describe(method) {
    switch (method.kind) {
        case 'prebuilt':
            return `Taken as it is: ${method.taken.join(', ')}`;
        case 'command':
            return 'Running build.command';
        case 'project':
            return `Installing the project${method.lock === null ? '' : ` with what ${method.lock} pins`}`;
        case 'locked':
            return `Installing what ${method.lock} pins and copying ${method.source.join(', ') || 'no source'}`;
        case 'requirements':
            return `Installing ${method.requirements} and copying ${method.source.join(', ') || 'no source'}`;
    }
}

;// CONCATENATED MODULE: ./.build/build-layers/build-layer.js




















async function buildLayer(request, deps) {
    try {
        return await deps.log.group(`Build layer ${request.layer.id}`, async () => build(request, await inItsPlace(request, deps)));
    }
    catch (thrown) {
        throw (0,machine_error/* machineError */.K)(thrown, 'the layer to be built');
    }
}
async function inItsPlace(request, deps) {
    const { layer, sourceDirectory, outputDirectory } = request;
    const named = layer.build.environment ?? [];
    const sees = visibleToBuild(named);
    const temporary = await scratchFolder(request, 'tmp');
    const base = request.baseDirectory;
    const folders = base === undefined ? { source: sourceDirectory, output: outputDirectory } : { all: base };
    const { checkout } = deps;
    const fixed = fixedFolders(layer.id, folders);
    let place;
    const open = async () => {
        const isolation = await (deps.isolation?.() ?? findIsolation(deps));
        const job = await readJobEnvironment(deps);
        return buildPlace({ fixed, isolation, named, sees, job, checkout }, deps.process);
    };
    return {
        ...deps,
        sees,
        outside: text => fixed.reduce((result, { from, to }) => result.replaceAll(to, from), text),
        place: {
            run: async (command) => (await (place ??= open())).run({ ...command, env: { TMPDIR: temporary, ...command.env } })
        }
    };
}
async function build(request, deps) {
    const { layer, outputDirectory } = request;
    const { content, kind, taken } = await stageContent(request, deps);
    const installed = await (0,installed_packages/* readInstalledFiles */.g)(content);
    const importable = await checkContent(request, { content, kind, installed }, deps);
    const entries = (await list(content, layer.build.exclude)).filter(isTaken(taken));
    const file = (0,external_node_path_.join)(outputDirectory, 'layer.zip');
    const options = {
        ...(deps.signal === undefined ? {} : { signal: deps.signal }),
        ...(deps.packers === undefined ? {} : { packers: deps.packers })
    };
    const packed = await (0,write_archive/* writeArchive */._)(content, entries.filter(isPackable), file, options);
    const { secrets, traits, threads, ...archive } = packed;
    const { unzippedBytes } = archive;
    const { allowSecrets = [] } = layer.build;
    const judged = (0,found_secrets/* judgeSecrets */.V)(entries, secrets, path => installed.has(path), allowSecrets);
    for (const entry of judged.unused)
        deps.log.warning(unusedAllowance(layer.id, entry));
    const packages = (0,package_sizes/* largestPackages */.Ug)(entries.filter(isFile), installed);
    const compiled = [...traits].flatMap(([path, { machine }]) => (machine === undefined ? [] : [path]));
    const needs = readElfNeeds(content, compiled);
    const pointers = absolutePointers(content, entries.filter(isFile));
    const found = { entries, unzippedBytes, secrets: judged, traits, packages, needs, pointers };
    const inspected = { ...found, optional: optionalFiles(layer, content, (0,inspect_content/* loadabilityOf */.eA)(layer, found).unfit) };
    const verdicts = (0,inspect_content/* inspectContent */.IL)(layer, inspected);
    for (const each of (0,inspect_content/* loadabilityOf */.eA)(layer, inspected).unknown.slice(0, mostWarnings))
        deps.log.warning(`Layer ${layer.id}: ${each}`);
    deps.log.info(`Largest: ${packages.map(package_sizes/* packageText */.qg).join(', ')}`);
    deps.log.info(`${archive.fileCount} files, ${archive.unzippedBytes} bytes, zipped ${archive.sizeBytes}; content ${archive.contentDigest}; packed by ${threads === 1 ? 'one thread' : `${threads} threads`}`);
    return { layerId: layer.id, file, ...archive, packages, verdicts: [...verdicts, importable] };
}
async function list(content, exclude) {
    try {
        return await (0,list_content/* listContent */.U)(content, exclude);
    }
    catch (thrown) {
        throw (0,read_unchanged/* packingError */.er)(thrown);
    }
}
const mostWarnings = 5;
function optionalFiles(layer, content, unfit) {
    const modules = unfit.map(({ path }) => (0,external_node_path_.join)(content, path));
    if (modules.length === 0)
        return new Set();
    const byPython = (0,wheel_tags/* declaredPythons */.oC)(layer).map(({ minor }) => optionalModules(rootsFor(content, minor), minor, modules));
    const optional = modules.filter(file => byPython.length > 0 && byPython.every(files => files.has(file)));
    return new Set(optional.map(file => (0,external_node_path_.relative)(content, file)));
}
function isTaken(taken) {
    return ({ path }) => taken === null || taken.some(each => path === each || path.startsWith(`${each}/`));
}
function unusedAllowance(layerId, entry) {
    return `Layer ${layerId}: build.allow-secrets names ${entry}, where nothing looks like a secret: delete the entry, or correct its path`;
}
function isFile(entry) {
    return entry.kind === 'file';
}
function isPackable(entry) {
    return entry.kind !== 'refused';
}

// EXTERNAL MODULE: ./.build/detect-changes/tree.js
var tree = __webpack_require__(7174);
;// CONCATENATED MODULE: ./.build/build-layers/source/checkout-source.js


const guard = 'SOURCE_NOT_CHECKED_OUT';
async function prepareSource(layer, source, options) {
    const directory = (0,external_node_path_.join)(options.destination, layer.path);
    if (source.root === null || !isFolder(source.root)) {
        return { directory, verdicts: [notAFolder(layer, source.root)], warnings: [] };
    }
    const { git, destination } = options;
    const plain = source.entries.filter(entry => !(0,tree/* isGitlink */.Z$)(entry)).map(entry => entry.path);
    const folders = source.entries.filter(entry => entry.mode === '040000').map(entry => entry.path);
    const inside = folders.length === 0 ? [] : await git.readGitlinks('HEAD', folders);
    const gitlinks = new Map([...source.entries.filter(tree/* isGitlink */.Z$), ...inside].map(entry => [entry.path, entry]));
    const exported = [];
    if (plain.length > 0)
        exported.push(await git.exportPaths(plain, destination, !(0,tree/* isGitlink */.Z$)(source.root)));
    for (const { path, objectId } of gitlinks.values()) {
        exported.push(await git.exportSubmodule({ path, commit: objectId }, destination, options.submodules === 'auto'));
    }
    const missing = exported.flatMap(each => each.missing);
    const verdicts = missing.length > 0 ? missing.map(each => notHeld(layer, each)) : [held(layer, source.root)];
    const pointers = exported.flatMap(each => each.pointers);
    const warnings = [...(await checkout_source_leftOut(git, layer, source)), ...pointerWarning(layer, pointers)];
    return { directory, verdicts, warnings };
}
function isFolder(entry) {
    return (0,tree/* isGitlink */.Z$)(entry) || entry.mode === '040000';
}
function held(layer, root) {
    const detail = `${layer.path} is taken from ${(0,tree/* isGitlink */.Z$)(root) ? `its commit ${root.objectId}` : 'the commit'}`;
    return { guard, subject: layer.id, passed: true, detail };
}
function notHeld(layer, { path, commit }) {
    const mend = 'set `submodules: auto` here, or `submodules: true` (`recursive` for a submodule inside another) in actions/checkout';
    return refused(layer, `commit ${commit} in the submodule ${path}`, 'a submodule that is not checked out at it', mend);
}
async function checkout_source_leftOut(git, layer, source) {
    const found = [];
    for (const entry of source.entries) {
        const state = await git.checkoutState(entry.path);
        if (state.kind !== 'present' || ((0,tree/* isGitlink */.Z$)(entry) && state.commit !== entry.objectId))
            continue;
        found.push(...state.dirtyPaths.map(path => ((0,tree/* isGitlink */.Z$)(entry) ? `${entry.path}/${path}` : path)));
    }
    if (found.length === 0)
        return [];
    return [
        `${layer.id}: ${checkout_source_listed(found)} changed or new in the workspace, no part of the commit and hence not of the layer; commit them, or make them in build.command, if the layer needs them`
    ];
}
function pointerWarning(layer, pointers) {
    if (pointers.length === 0)
        return [];
    return [
        `${layer.id}: ${checkout_source_listed(pointers)}: Git LFS pointers whose content is not here; set \`lfs: true\` in actions/checkout, or install git-lfs on this runner, if the layer needs them`
    ];
}
function checkout_source_listed(paths) {
    const shown = paths.slice(0, 5).map(path => JSON.stringify(path));
    return shown.join(', ') + (paths.length > shown.length ? ` and ${paths.length - shown.length} more` : '');
}
function notAFolder(layer, root) {
    const found = root === null ? 'nothing there in the commit' : 'a file or a symbolic link';
    const mend = "set the layer's `path` to a submodule or folder, or remove the layer";
    return refused(layer, `a submodule or folder at ${layer.path}`, found, mend);
}
function refused(layer, expected, found, mend) {
    return { guard, subject: layer.id, passed: false, finding: { expected, found, mend } };
}

;// CONCATENATED MODULE: ./.build/build-layers/command/separate-logs.js
const heartbeatMilliseconds = 30_000;
function separateLogs(log, signal, { everyMilliseconds = heartbeatMilliseconds } = {}) {
    let shown = Promise.resolve();
    const showGroup = (title, lines) => {
        const show = () => log.group(title, () => {
            for (const { level, text } of lines)
                log[level](text);
            return Promise.resolve();
        });
        return (shown = shown.then(show, show));
    };
    return () => heldBack(log, signal, showGroup, everyMilliseconds);
}
function heldBack(log, signal, showGroup, everyMilliseconds) {
    let held = null;
    const say = (level, text) => {
        if (held === null)
            log[level](text);
        else
            held.push({ level, text });
    };
    return {
        ...log,
        debug: text => {
            say('debug', text);
        },
        info: text => {
            say('info', text);
        },
        group: async (title, work) => {
            held = [];
            const flush = () => {
                const lines = held ?? [];
                held = null;
                heartbeat.close();
                signal.removeEventListener('abort', onAbort);
                return lines.length === 0 ? Promise.resolve() : showGroup(title, lines);
            };
            const onAbort = () => void flush();
            const started = Date.now();
            const heartbeat = setInterval(() => {
                const seconds = Math.round((Date.now() - started) / 1000);
                log.info(`${title}: for ${seconds} seconds now, its log follows when it ends; last line: ${held?.at(-1)?.text ?? 'none'}`);
            }, everyMilliseconds).unref();
            signal.addEventListener('abort', onAbort);
            try {
                return await work();
            }
            finally {
                if (held !== null)
                    await flush();
            }
        }
    };
}

// EXTERNAL MODULE: ./.build/model/settle.js
var settle = __webpack_require__(3257);
// EXTERNAL MODULE: ./.build/publish-layers/observe/observe-gates.js + 2 modules
var observe_gates = __webpack_require__(550);
// EXTERNAL MODULE: ./.build/publish-layers/observe/observe-age.js
var observe_age = __webpack_require__(3594);
// EXTERNAL MODULE: ./.build/publish-layers/observe/observe-promotion.js
var observe_promotion = __webpack_require__(2980);
// EXTERNAL MODULE: ./.build/build-layers/inspect-archive.js
var inspect_archive = __webpack_require__(5402);
// EXTERNAL MODULE: ./.build/publish-layers/apply/stored-artifact.js
var stored_artifact = __webpack_require__(5956);
// EXTERNAL MODULE: ./.build/publish-layers/target.js
var publish_layers_target = __webpack_require__(3406);
;// CONCATENATED MODULE: ./.build/publish-layers/observe/observe-buckets.js








async function observeBuckets(facts, targets, artifacts, layers, ports) {
    const limit = (0,p_limit/* default */.A)(facts.environment.concurrency);
    const inspectOf = inspections(layers, ports);
    const looks = targets.flatMap(target => {
        const artifact = artifacts.get(target.layerId);
        if (artifact === undefined)
            return [];
        const region = ports.aws.region(target.region);
        const look = () => (0,stored_artifact/* findStored */.FC)(region, target, artifact, inspectOf(target.layerId));
        return [limit(async () => [target, await foundOrRefusal(look)])];
    });
    const stored = new Map();
    const verdicts = new Map();
    for (const [target, found] of await (0,settle/* settled */.g)(looks)) {
        const bucket = `${target.bucket} in ${target.region}`;
        const isBucket = !(found instanceof errors/* CodedError */.AK) || found.code !== 'BUCKET_OWNER_MISMATCH';
        if (!isBucket) {
            const { code: guard, finding } = found;
            verdicts.set(bucket, { guard, subject: bucket, passed: false, finding });
            continue;
        }
        if (!verdicts.has(bucket))
            verdicts.set(bucket, observe_buckets_passed('BUCKET_OWNER_MISMATCH', bucket, `owned by ${target.accountId}`));
        if (!(found instanceof errors/* CodedError */.AK)) {
            stored.set((0,publish_layers_target/* targetKey */.hD)(target), found);
            continue;
        }
        const subject = (0,publish_layers_target/* targetKey */.hD)(target);
        verdicts.set(subject, { guard: found.code, subject, passed: false, finding: found.finding });
    }
    return { stored, verdicts: [...verdicts.values()] };
}
function observe_buckets_passed(guard, subject, detail) {
    return { guard, subject, passed: true, detail };
}
async function foundOrRefusal(look) {
    try {
        return await look();
    }
    catch (error) {
        const refusals = ['BUCKET_OWNER_MISMATCH', 'ARTIFACT_ALTERED'];
        if (error instanceof errors/* CodedError */.AK && refusals.includes(error.code))
            return error;
        throw error;
    }
}
function inspections(layers, { scratchDirectory }) {
    const oneByOne = (0,p_limit/* default */.A)(1);
    return layerId => zip => oneByOne(async () => {
        const layer = layers.find(({ id }) => id === layerId);
        if (layer === undefined)
            throw new Error(`no layer ${layerId}`);
        return (0,inspect_archive/* inspectArchive */.N)(layer, zip, await (0,promises_.mkdtemp)((0,external_node_path_.join)(scratchDirectory, 'stored-')));
    });
}

;// CONCATENATED MODULE: ./.build/publish-layers/observe/watch-checkout.js

const pathsShown = 5;
async function watchCheckout(git, layers) {
    const suspects = layers.filter(({ build }) => build.kind === 'command' || build.check !== null);
    if (suspects.length === 0)
        return () => Promise.resolve(new Map());
    const before = new Set(await git.dirtyPaths());
    return async () => {
        const written = (await git.dirtyPaths()).filter(path => !before.has(path));
        if (written.length === 0)
            return new Map();
        return new Map(suspects.map(({ id }) => [id, straying(suspects, written)]));
    };
}
function straying(suspects, written) {
    const ids = suspects.map(({ id }) => id).join(', ');
    const more = written.length > pathsShown ? ` and ${written.length - pathsShown} more` : '';
    return new errors/* CodedError */.AK('BUILD_FAILED', {
        expected: `build.command and build.check of ${suspects.length === 1 ? `layer ${ids}` : `the layers ${ids}`} to leave the checkout as it is`,
        found: `${written.slice(0, pathsShown).join(', ')}${more} changed or new in it`,
        mend: 'write into "$LAYER_BUILD_DIR" or the working directory, which is a copy, with the command'
    });
}

;// CONCATENATED MODULE: ./.build/publish-layers/observe/observe-deploy.js

















const buildsAtOnce = 2;
async function observeDeploy(request, facts, ports) {
    const changed = facts.changes.filter(change => change.changed);
    if (changed.length === 0 && facts.astray.size === 0)
        return facts;
    const age = await (0,observe_age/* observeAge */.u)(request, facts, ports);
    const aged = { ...facts, aside: age.aside, verdicts: [...facts.verdicts, ...age.verdicts] };
    return age.isOver ? aged : observeBuilds(request, aged, ports);
}
async function observePreview(request, facts, ports) {
    const built = await buildAll(layersToBuild(request, facts), facts, ports);
    const wanted = new Map(facts.changes.filter(isBuilt).map(({ layerId }) => [layerId, wantedProof(facts, layerId, built.artifacts)]));
    const promoted = await (0,observe_promotion.foretellPromotion)(request, wanted, ports);
    const { targets, builds, verdicts } = built;
    return { ...facts, targets, builds, verdicts: [...facts.verdicts, ...verdicts, ...promoted] };
}
async function observeBuilds(request, facts, ports) {
    const layers = layersToBuild(request, facts);
    const [gates, built] = await (0,settle/* settled */.g)([observeGates(request, layers, ports), buildAll(layers, facts, ports)]);
    const { targets, builds, artifacts } = built;
    const wanted = new Map([...artifacts.keys()].map(layerId => [layerId, wantedProof(facts, layerId, artifacts)]));
    const [buckets, promoted] = await (0,settle/* settled */.g)([
        observeBuckets(facts, publishable(facts), artifacts, request.layers, ports),
        (0,observe_promotion/* observePromotion */.q)(request, wanted, ports)
    ]);
    const verdicts = [...facts.verdicts, ...gates, ...built.verdicts, ...buckets.verdicts, ...promoted];
    return { ...facts, targets, builds, stored: buckets.stored, verdicts };
}
function layersToBuild(request, facts) {
    const isLeft = (change) => change.changed && !facts.aside.has((0,publish_layers_target/* targetKey */.hD)(change));
    const templated = new Set(request.layers.filter(({ template }) => template != null).map(({ id }) => id));
    const isNeeded = (change) => isBuilt(change) || templated.has(change.layerId);
    const toBuild = new Set(facts.changes.filter(change => isLeft(change) && isNeeded(change)).map(({ layerId }) => layerId));
    return request.layers.filter(layer => toBuild.has(layer.id));
}
async function buildAll(layers, facts, ports) {
    const limit = (0,p_limit/* default */.A)(buildsAtOnce);
    const strayed = await watchCheckout(ports.git, layers);
    const packers = workerPackers();
    const logOf = layers.length > 1 ? separateLogs(ports.log, ports.signal) : () => ports.log;
    let found;
    const isolation = () => (found ??= isolationOf(ports));
    const building = layers.map(layer => limit(() => observe_deploy_build(layer, facts, { ...ports, log: logOf(), packers, isolation })));
    const finished = await (0,settle/* settled */.g)(building).finally(() => packers.close());
    const built = withStrays(finished, await strayed());
    const builds = new Map(built.flatMap(({ layerId, result }) => (result === null ? [] : [[layerId, result]])));
    const artifacts = new Map([...builds].filter((entry) => !(entry[1] instanceof Error)));
    const declared = new Map(built.flatMap(({ targets = [] }) => targets.map(target => [(0,publish_layers_target/* targetKey */.hD)(target), target])));
    const targets = facts.targets.map(target => declared.get((0,publish_layers_target/* targetKey */.hD)(target)) ?? target);
    return { builds, artifacts, targets, verdicts: built.flatMap(layer => layer.verdicts) };
}
function isBuilt({ changed, reason }) {
    return changed && reason !== 'access-changed';
}
function publishable({ changes, targets }) {
    const built = new Set(changes.filter(isBuilt).map(publish_layers_target/* targetKey */.hD));
    return targets.filter(target => built.has((0,publish_layers_target/* targetKey */.hD)(target)));
}
async function observeGates(request, layers, ports) {
    const coverage = await (0,observe_gates.observeCoverage)(layers, ports.workspace, 'deploy');
    if (coverage.some(({ passed }) => passed === false))
        return coverage;
    return [...coverage, ...(await (0,observe_gates/* observeChecks */.I)(request.environment.requiredChecks, request.headCommit, ports))];
}
async function isolationOf({ process, log }) {
    const isolation = await findIsolation({ process });
    if (isolation.kind === 'none') {
        log.warning(`Builds cannot be kept apart from this job's processes and files (${isolation.why}): build in an earlier job without credentials, see "What a build sees" in docs/building.md`);
    }
    else
        log.debug(`Builds run in namespaces of their own, made by way of ${isolation.kind}`);
    return isolation;
}
async function observe_deploy_build(layer, facts, ports) {
    const source = facts.sources.get(layer.id);
    if (source === undefined)
        return { layerId: layer.id, result: null, verdicts: [] };
    try {
        ports.signal.throwIfAborted();
        ports.progress?.({ layerId: layer.id, region: null, what: 'building', ended: false });
        const { git, workspace, submodules, process, log, signal, packers, isolation } = ports;
        const destination = (0,external_node_path_.join)(ports.scratchDirectory, layer.id, 'source');
        const prepared = await prepareSource(layer, source, { git, workspace, destination, submodules });
        for (const warning of prepared.warnings)
            log.warning(warning);
        if (prepared.verdicts.some(({ passed }) => passed !== true)) {
            return { layerId: layer.id, result: null, verdicts: prepared.verdicts };
        }
        const own = await ownTemplates(layer, facts, destination);
        const judged = [...prepared.verdicts, ...(own?.verdicts ?? [])];
        if (judged.some(({ passed }) => passed !== true))
            return { layerId: layer.id, result: null, verdicts: judged };
        const outputDirectory = (0,external_node_path_.join)(ports.scratchDirectory, layer.id, 'output');
        await (0,promises_.mkdir)(outputDirectory, { recursive: true });
        const artifact = await buildLayer({
            layer: own?.layer ?? layer,
            sourceDirectory: own?.contentDirectory ?? prepared.directory,
            outputDirectory,
            baseDirectory: (0,external_node_path_.join)(ports.scratchDirectory, layer.id),
            ...(source.root === null ? {} : { revision: revisionOf(source.root, git) })
        }, { process, log, signal, packers, isolation, checkout: workspace, commandSeconds: ports.commandSeconds });
        const what = `built, ${artifact.fileCount} files, ${artifact.sizeBytes} bytes`;
        ports.progress?.({ layerId: layer.id, region: null, what, ended: true });
        const verdicts = [...judged, ...artifact.verdicts];
        return { layerId: layer.id, result: artifact, verdicts, ...(own === null ? {} : { targets: own.targets }) };
    }
    catch (error) {
        if (ports.signal.aborted)
            throw ports.signal.reason;
        if (error instanceof errors/* CodedError */.AK && error.code === 'CONFIG_INVALID')
            throw error;
        return failedBuild(layer, error);
    }
}
function revisionOf(root, git) {
    const { path, mode, objectId } = root;
    return { objectId, tags: () => (mode === '160000' ? git.tagsOf(path, objectId) : Promise.resolve([])) };
}
async function ownTemplates(layer, facts, destination) {
    if (layer.template == null)
        return null;
    const { isTemplated, observeTemplates } = await __webpack_require__.e(/* import() */ 225).then(__webpack_require__.bind(__webpack_require__, 9225));
    const targets = facts.targets.filter(({ layerId }) => layerId === layer.id);
    return isTemplated(layer) ? observeTemplates(layer, targets, destination) : null;
}
function withStrays(built, strayed) {
    return built.map(one => {
        const error = strayed.get(one.layerId);
        return error === undefined || one.result === null ? one : { ...one, result: error };
    });
}
function failedBuild(layer, error) {
    const coded = (0,errors/* asCodedError */._r)((0,machine_error/* machineError */.K)(error, 'the layer to be built'));
    const guard = /^(ARCHIVE_|SECRET_|SOURCE_|WRONG_)/.test(coded.code);
    if (!guard)
        return { layerId: layer.id, result: coded, verdicts: [] };
    const verdict = { guard: coded.code, subject: layer.id, passed: false, finding: coded.finding };
    return { layerId: layer.id, result: null, verdicts: [verdict] };
}
function wantedProof(facts, layerId, artifacts) {
    const contentDigest = artifacts.get(layerId)?.contentDigest ?? '';
    return { contentDigest, sourceDigest: facts.sources.get(layerId)?.sourceDigest ?? '' };
}


/***/ }),

/***/ 550:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  I: () => (/* binding */ observeChecks),
  observeCoverage: () => (/* binding */ observeCoverage)
});

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/ports/github.js
var ports_github = __webpack_require__(890);
;// CONCATENATED MODULE: ./.build/publish-layers/plan/gates/coverage-report.js
function readCoverageReport(text) {
    const content = text.replace(/^\uFEFF/, '').trim();
    if (content === '')
        return unreadable('an empty file');
    if (content.startsWith('<'))
        return readCobertura(content);
    if (content.startsWith('{'))
        return readCoveragePy(content);
    return readLcov(content);
}
function readCobertura(content) {
    const plain = content.replace(/<!--[\s\S]*?-->/g, '');
    const root = /^(?:<\?[\s\S]*?\?>\s*|<!DOCTYPE[^>[]*>\s*)*<coverage(?=[\s/>])((?:[^<>"']|"[^"<]*"|'[^'<]*')*)>/.exec(plain);
    if (root === null)
        return unreadable('XML whose root is no <coverage>');
    const attributes = root[1] ?? '';
    if (!attributes.trimEnd().endsWith('/') && !plain.endsWith('</coverage>'))
        return unreadable('XML that is cut off');
    const value = (name) => {
        const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
        return found === null ? null : numberOf(found[1] ?? found[2] ?? '');
    };
    const [covered, total, rate] = [value('lines-covered'), value('lines-valid'), value('line-rate')];
    if (covered !== null && total !== null)
        return rateOf(covered, total);
    return rate === null ? unreadable('a <coverage> without line-rate') : rateOf(rate, 1);
}
function readCoveragePy(content) {
    let document;
    try {
        document = JSON.parse(content);
    }
    catch {
        return unreadable('JSON that is broken or cut off');
    }
    const totals = field(document, 'totals');
    const statements = field(totals, 'num_statements');
    if (statements === 0)
        return unreadable('a report of no lines at all');
    const percent = field(totals, 'percent_covered');
    if (typeof percent !== 'number')
        return unreadable('JSON without totals.percent_covered');
    return rateOf(percent, 100);
}
function field(value, name) {
    const known = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
    return known ? value[name] : undefined;
}
function readLcov(content) {
    const lines = content.split(/\r\n|\r|\n/).map(line => line.trim());
    if (!lines.some(line => line.startsWith('SF:')))
        return unreadable('neither Cobertura XML nor coverage.py JSON nor LCOV');
    if (lines.at(-1) !== 'end_of_record')
        return unreadable('an LCOV file that is cut off');
    let [covered, total] = [0, 0];
    let record = emptyRecord();
    for (const line of lines) {
        const [, key = '', value = ''] = /^([A-Z]+):(.*)$/.exec(line) ?? [];
        if (key === 'LF')
            record.found = numberOf(value);
        else if (key === 'LH')
            record.hit = numberOf(value);
        else if (key === 'DA') {
            const hits = numberOf(value.split(',')[1] ?? '');
            record.lines += 1;
            record.hitLines += hits !== null && hits > 0 ? 1 : 0;
        }
        else if (line === 'end_of_record') {
            covered += record.hit ?? record.hitLines;
            total += record.found ?? record.lines;
            record = emptyRecord();
        }
    }
    return rateOf(covered, total);
}
function emptyRecord() {
    return { found: null, hit: null, lines: 0, hitLines: 0 };
}
function numberOf(text) {
    return /^\d{1,15}(?:\.\d+)?$/.test(text.trim()) ? Number(text) : null;
}
function rateOf(covered, total) {
    if (total === 0)
        return unreadable('a report of no lines at all');
    if (!(covered >= 0 && covered <= total))
        return unreadable(`${covered} covered of ${total}`);
    return { kind: 'rate', rate: { covered, total } };
}
function unreadable(why) {
    return { kind: 'unreadable', why };
}
function percentText({ covered, total }) {
    const hundredths = Math.floor((covered * 10_000) / total + 1e-9);
    return `${hundredths / 100} %`;
}
function reaches({ covered, total }, minimum) {
    return covered * 100 >= minimum * total;
}

;// CONCATENATED MODULE: ./.build/publish-layers/plan/gates/gate-verdicts.js

function coverageVerdict(layerId, coverage, report) {
    const guard = 'COVERAGE_BELOW_MINIMUM';
    const expected = `a coverage of at least ${coverage.minimum} % in ${coverage.report}`;
    const refused = (found, mend) => {
        return { guard, subject: layerId, passed: false, finding: { expected, found, mend } };
    };
    if (report === null)
        return refused('no such file', `run the tests of ${layerId} in a step before this one, and write the report there`);
    if (report.kind === 'unreadable')
        return refused(report.why, 'write Cobertura XML, coverage.py JSON or LCOV');
    const shown = percentText(report.rate);
    if (!reaches(report.rate, coverage.minimum))
        return refused(shown, `test more of ${layerId}, or lower coverage.minimum`);
    return { guard, subject: layerId, passed: true, detail: `${shown} (minimum ${coverage.minimum} %)` };
}
function findChecks(required, checks) {
    return required.names.map(name => {
        const exact = checks.filter(check => check.name === name);
        const meant = exact.length > 0 ? exact : checks.filter(check => isOfMatrix(check.name, name));
        const states = meant.map(check => stateOf(check, required));
        const worst = ['failed', 'pending', 'success'].find(state => states.includes(state)) ?? 'missing';
        const deciding = meant.find((_check, index) => states[index] === worst);
        return { name, state: worst, outcome: deciding?.outcome ?? 'no such check' };
    });
}
function isOfMatrix(checkName, name) {
    return checkName.startsWith(`${name} (`) && checkName.endsWith(')');
}
function stateOf({ outcome }, { skipped }) {
    if (outcome === 'success' || outcome === 'neutral')
        return 'success';
    if (outcome === 'skipped')
        return skipped === 'success' ? 'success' : 'failed';
    return outcome === 'pending' ? 'pending' : 'failed';
}
function checkVerdicts(required, commit, found) {
    const guard = 'REQUIRED_CHECKS';
    if (found.kind === 'unreadable') {
        const expected = `the checks ${required.names.join(', ')} to have succeeded for ${commit}`;
        return [{ guard, subject: '', passed: false, finding: { expected, found: found.why, mend: found.mend } }];
    }
    return found.findings.map(({ name, state, outcome }) => {
        if (state === 'success')
            return { guard, subject: name, passed: true, detail: outcome };
        const expected = `the check ${name} to have succeeded for ${commit}`;
        return {
            guard,
            subject: name,
            passed: false,
            finding: { expected, found: outcome, mend: mendOf(name, state, required) }
        };
    });
}
function mendOf(name, state, { waitMinutes }) {
    switch (state) {
        case 'missing':
            return `report ${name} for this commit from a workflow, or correct the name under required-checks`;
        case 'pending':
            return `wait until ${name} has ended and run again, or raise wait-minutes (${waitMinutes})`;
        case 'failed':
        case 'success':
            return `mend what ${name} found and push, or run it again`;
    }
}

;// CONCATENATED MODULE: ./.build/publish-layers/observe/observe-gates.js





const largestReportBytes = 100_000_000;
const pollMilliseconds = 15_000;
async function observeCoverage(layers, workspace, mode) {
    const verdicts = [];
    for (const { id, coverage } of layers) {
        if (coverage === undefined || coverage === null)
            continue;
        const report = await readReport((0,external_node_path_.join)(workspace, coverage.report));
        if (report !== null || mode === 'deploy')
            verdicts.push(coverageVerdict(id, coverage, report));
    }
    return verdicts;
}
async function readReport(file) {
    try {
        const { size } = await (0,promises_.stat)(file);
        if (size > largestReportBytes)
            return { kind: 'unreadable', why: `a file of ${size} bytes` };
        return readCoverageReport(await (0,promises_.readFile)(file, 'utf8'));
    }
    catch (error) {
        const { code, message } = error;
        return code === 'ENOENT' || code === 'ENOTDIR' ? null : { kind: 'unreadable', why: message };
    }
}
async function observeChecks(required, commit, { github, clock, log, signal }) {
    if (required === null || required === undefined)
        return [];
    if (github === null) {
        return checkVerdicts(required, commit, {
            kind: 'unreadable',
            why: 'no GitHub token to read the checks with',
            mend: 'give the input github-token a token with the permissions checks: read and statuses: read'
        });
    }
    const deadline = clock.now() + required.waitMinutes * 60_000;
    try {
        for (;;) {
            const findings = findChecks(required, await readChecks(github, commit, required));
            const waiting = findings.filter(({ state }) => state === 'pending' || state === 'missing');
            const hopeless = findings.some(({ state }) => state === 'failed');
            if (waiting.length === 0 || hopeless || clock.now() + pollMilliseconds > deadline) {
                return checkVerdicts(required, commit, { kind: 'read', findings });
            }
            log.info(`Waiting for ${waiting.map(({ name, outcome }) => `${name} (${outcome})`).join(', ')}`);
            await clock.sleep(pollMilliseconds, signal);
        }
    }
    catch (error) {
        if (!(error instanceof ports_github/* GitHubError */.y))
            throw error;
        const { message, mend } = error;
        return checkVerdicts(required, commit, { kind: 'unreadable', why: `checks that cannot be read (${message})`, mend });
    }
}
async function readChecks(github, commit, required) {
    const runs = await github.listCheckRuns(commit, required.names);
    if (findChecks(required, runs).every(({ state }) => state !== 'missing'))
        return runs;
    const statuses = await github.listStatuses(commit);
    return [
        ...runs,
        ...statuses.map(({ context, state, targetUrl }) => ({ name: context, outcome: state, url: targetUrl }))
    ];
}


/***/ }),

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
