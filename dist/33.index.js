export const id = 33;
export const ids = [33];
export const modules = {

/***/ 3033:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  commandLine: () => (/* binding */ commandLine),
  openTerminal: () => (/* reexport */ openTerminal)
});

// EXTERNAL MODULE: ./node_modules/commander/esm.mjs
var esm = __webpack_require__(8179);
;// CONCATENATED MODULE: ./.build/cli/exit-codes.js
const exitCodes = {
    success: 0,
    failure: 1,
    usage: 2,
    cancelled: 130
};
function exitCodeOf(result) {
    if (result.errors.some(({ code }) => code === 'CANCELLED'))
        return exitCodes.cancelled;
    return result.conclusion === 'failure' ? exitCodes.failure : exitCodes.success;
}

;// CONCATENATED MODULE: ./.build/cli/completion/scripts.js
const shells = ['bash', 'zsh', 'fish'];
function completionScript(shell, program) {
    return scripts[shell](program);
}
const scripts = {
    bash: program => `# source <(${program} completion bash)
_layer_deploy() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("$line")
  done < <("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _layer_deploy ${program}
`,
    zsh: program => `#compdef ${program}
# source <(${program} completion zsh), after compinit
_layer_deploy() {
  local -a found
  found=("\${(@f)$("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -Q -a found
}
compdef _layer_deploy ${program}
`,
    fish: program => `# ${program} completion fish | source
function __layer_deploy_complete
  set -l words (commandline -opc) (commandline -ct)
  $words[1] complete -- $words[2..] 2>/dev/null
end
complete -c ${program} -f -a '(__layer_deploy_complete)'
`
};

;// CONCATENATED MODULE: ./.build/cli/completion/candidates.js
function candidates(program, words, known) {
    const typed = words.at(-1) ?? '';
    const before = words.slice(0, -1);
    const command = program.commands.find(each => before.includes(each.name()));
    if (command === undefined) {
        const names = program.createHelp().visibleCommands(program);
        return matching(names.map(each => each.name()), typed);
    }
    const option = command.options.find(({ short, long }) => [short, long].includes(before.at(-1)));
    if (option !== undefined && takesValue(option))
        return matching(valuesOf(option, known), typed);
    if (typed.startsWith('-'))
        return matching([...command.options.flatMap(longName), '--help'], typed);
    const argument = command.registeredArguments[0];
    const values = argument?.argChoices ?? (argument?.name() === 'layers' ? known.layers : undefined) ?? [];
    return matching(values, typed).filter(value => !before.includes(value));
}
function takesValue(option) {
    return option.required || option.optional;
}
function longName({ long, hidden }) {
    return long === undefined || long === null || hidden ? [] : [long];
}
function valuesOf(option, known) {
    const name = option.name();
    if (option.argChoices !== undefined)
        return option.argChoices;
    return Object.hasOwn(known, name) ? (known[name] ?? []) : [];
}
function matching(values, prefix) {
    return values.filter(value => value.startsWith(prefix));
}

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./.build/config/check/nearest.js
var nearest = __webpack_require__(6884);
// EXTERNAL MODULE: ./.build/model/errors.js
var errors = __webpack_require__(8125);
;// CONCATENATED MODULE: ./.build/adapters/aws/credentials/profiles.js





function files(environment) {
    const folder = (0,external_node_path_.join)(environment['HOME'] ?? (0,external_node_os_.homedir)(), '.aws');
    return {
        config: environment['AWS_CONFIG_FILE'] ?? (0,external_node_path_.join)(folder, 'config'),
        credentials: environment['AWS_SHARED_CREDENTIALS_FILE'] ?? (0,external_node_path_.join)(folder, 'credentials')
    };
}
function profileNames(environment) {
    const { config, credentials } = files(environment);
    const names = [...sections(config, /^(?:profile\s+(\S.*)|(default))$/), ...sections(credentials, /^(.+)$/)];
    return [...new Set(names)].sort();
}
function assertProfile(profile, environment) {
    const names = profileNames(environment);
    if (names.includes(profile))
        return;
    const { config, credentials } = files(environment);
    const close = (0,nearest/* nearest */.p)(profile, names);
    throw new errors/* CodedError */.AK('PROFILE_NOT_FOUND', {
        expected: `the profile ${profile} in ${config} or ${credentials}`,
        found: names.length === 0 ? 'no profile at all' : `the profiles ${names.slice(0, 20).join(', ')}`,
        mend: close === null ? `add it (aws configure --profile ${profile})` : `write --profile ${close}, or add ${profile}`
    });
}
function sections(file, heading) {
    return read(file)
        .split(/\r?\n/)
        .flatMap(line => /^\[([^\]]+)\]/.exec(line.trim())?.[1]?.trim() ?? [])
        .flatMap(name => {
        const match = heading.exec(name);
        return (match?.[1] ?? match?.[2])?.replace(/^(["'])(.*)\1$/, '$2') ?? [];
    });
}
function read(file) {
    try {
        return (0,external_node_fs_.readFileSync)(file, 'utf8');
    }
    catch {
        return '';
    }
}

// EXTERNAL MODULE: ./.build/detect-changes/tree.js
var tree = __webpack_require__(7174);
// EXTERNAL MODULE: ./.build/adapters/git/command/run.js + 2 modules
var command_run = __webpack_require__(5142);
;// CONCATENATED MODULE: ./.build/adapters/git/locate.js



async function locateRepository(process, directory) {
    const run = (0,command_run/* gitRunner */.XZ)(process, directory);
    const where = ['rev-parse', '--show-toplevel', '--symbolic-full-name', 'HEAD'];
    const [top, remote] = await Promise.all([
        run({ args: where, answers: [128] }),
        run({ args: ['config', '--get', 'remote.origin.url'], answers: [1, 128] })
    ]);
    if (/not a git repository/i.test(top.stderr)) {
        throw new errors/* CodedError */.AK('GIT_FAILED', {
            expected: `a checkout of the superproject at ${directory}`,
            found: 'no git repository',
            mend: 'change into the checkout and run again'
        });
    }
    const lines = (0,tree/* decodePath */.q0)(top.stdout).replace(/\n$/, '');
    const [root, head] = [lines.slice(0, Math.max(0, lines.lastIndexOf('\n'))), lines.slice(lines.lastIndexOf('\n') + 1)];
    if (root === '')
        throw (0,command_run/* gitFailed */.gk)(where, directory, top);
    const branch = head.startsWith('refs/heads/') ? head.slice('refs/heads/'.length) : null;
    const url = (0,tree/* decodePath */.q0)(remote.stdout).replace(/\n$/, '');
    return { root, remoteUrl: remote.exitCode === 0 ? url : null, branch };
}

// EXTERNAL MODULE: ./.build/adapters/process/index.js + 1 modules
var adapters_process = __webpack_require__(6003);
// EXTERNAL MODULE: ./.build/config/read/config-file.js + 3 modules
var config_file = __webpack_require__(7987);
// EXTERNAL MODULE: ./.build/action/inputs.js + 2 modules
var action_inputs = __webpack_require__(5170);
;// CONCATENATED MODULE: ./.build/cli/completion/known-values.js





async function knownValues({ environment, directory }) {
    const profile = profileNames(environment);
    try {
        const { root } = await locateRepository((0,adapters_process/* processRunner */.q)({ signal: AbortSignal.timeout(2_000) }), directory);
        const place = { config: action_inputs/* inputDefaults */.V0.config, directory: root, workspace: root };
        const { config } = await (0,config_file/* loadConfig */.Z9)(place);
        return {
            profile,
            environment: config.environments.map(({ name }) => name),
            regions: [...new Set(config.environments.flatMap(({ regions }) => regions))],
            layers: config.layers.map(({ id }) => id)
        };
    }
    catch {
        return { profile };
    }
}

;// CONCATENATED MODULE: ./.build/cli/commands/setup/completion.js




function addCompletion(program, line) {
    program
        .command('completion')
        .helpGroup('Commands:')
        .summary('a completion script for your shell')
        .description('Prints a completion script, for example: source <(layer-deploy completion bash)')
        .addArgument(new esm/* Argument */.ef('<shell>', 'bash, zsh or fish').choices(shells))
        .action(line.action((shell) => {
        line.terminal.stdout(completionScript(shell, program.name()));
        return Promise.resolve(0);
    }));
    program
        .command('complete', { hidden: true })
        .argument('[words...]')
        .allowUnknownOption()
        .action(line.action(async (words) => {
        const found = candidates(program, words, await knownValues(line));
        line.terminal.stdout(found.map(each => `${each}\n`).join(''));
        return 0;
    }));
}

;// CONCATENATED MODULE: ./.build/cli/options.js

function scopeOptions(command) {
    return command
        .option('--config <path>', 'configuration, relative to the current folder (default .github/layer-deploy.yml)')
        .option('--repository <owner/name>', 'the repository on GitHub (default: from the remote origin)')
        .option('--json', 'the answer as JSON on standard output')
        .helpGroup('Commands:');
}
function accountOptions(command) {
    return scopeOptions(command)
        .option('-e, --environment <name>', 'environment of the configuration; must agree with the branch that is checked out')
        .option('-p, --profile <name>', 'profile of ~/.aws/config or ~/.aws/credentials')
        .option('--regions <names>', "comma-separated, a subset of the environment's regions")
        .option('--timeout-minutes <number>', 'deadline of the whole command (default 20)');
}
function readingOptions(command) {
    return scopeOptions(command)
        .option('-e, --environment <name>', 'only this environment of the configuration (default: all)')
        .option('-p, --profile <name>', 'profile of ~/.aws/config or ~/.aws/credentials; for several accounts <environment>=<name>, once for each', (value, before) => [...(before ?? []), value])
        .option('--regions <names>', "comma-separated, a subset of the environments' regions")
        .option('--timeout-minutes <number>', 'deadline of the whole command (default 20)');
}
const layersArgument = ['[layers...]', 'layer ids (default: all of the configuration)'];
function baseOption() {
    return new esm/* Option */.c$('--base <revision>', 'what to compare with where no deployed state can be read');
}
function dryRunOption() {
    return new esm/* Option */.c$('-n, --dry-run', 'show what would happen, write nothing');
}
function givenInputs(layers, options) {
    const { environment, regions, base, submodules, version, keep, timeoutMinutes, force, dryRun, preview } = options;
    const given = {
        ...{ environment, regions, base, submodules, version, keep },
        'timeout-minutes': timeoutMinutes,
        force: force === undefined ? undefined : 'true',
        'dry-run': dryRun === undefined ? undefined : 'true',
        preview: preview === undefined ? undefined : 'true',
        layers: layers.length === 0 ? undefined : layers.join(',')
    };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

// EXTERNAL MODULE: ./.build/publish-layers/result.js
var result = __webpack_require__(5518);
// EXTERNAL MODULE: ./.build/run/run.js + 7 modules
var run = __webpack_require__(8298);
// EXTERNAL MODULE: ./.build/adapters/runner/index.js
var adapters_runner = __webpack_require__(9102);
// EXTERNAL MODULE: ./.build/action/main.js + 16 modules
var main = __webpack_require__(3450);
;// CONCATENATED MODULE: ./.build/cli/session/cache-folder.js

function cacheFolder(environment, platform) {
    const set = environment['XDG_CACHE_HOME'] ?? '';
    if ((0,external_node_path_.isAbsolute)(set))
        return (0,external_node_path_.join)(set, 'layer-deploy');
    if (platform === 'win32') {
        const local = environment['LOCALAPPDATA'] ?? '';
        return local === '' ? null : (0,external_node_path_.join)(local, 'layer-deploy', 'cache');
    }
    const home = environment['HOME'] ?? '';
    if (!(0,external_node_path_.isAbsolute)(home))
        return null;
    return platform === 'darwin' ? (0,external_node_path_.join)(home, 'Library', 'Caches', 'layer-deploy') : (0,external_node_path_.join)(home, '.cache', 'layer-deploy');
}

;// CONCATENATED MODULE: ./.build/cli/session/profile-choice.js

function profileChoice(given, environment) {
    const names = profileNames(environment);
    const choices = [given ?? []].flat().map(text => {
        const [, of = null, name = text] = names.includes(text) ? [] : (/^([^=]+)=(.+)$/.exec(text) ?? []);
        assertProfile(name, environment);
        return { of, name };
    });
    return wanted => (choices.find(({ of }) => of === wanted) ?? choices.find(({ of }) => of === null))?.name ?? null;
}

;// CONCATENATED MODULE: ./.build/cli/session/remote.js
function parseRemote(url) {
    const match = /^(?:https?|ssh|git):\/\/(?:[^/@\s]*@)?([^/:\s]+)(?::\d+)?\/(.+)$/.exec(url) ??
        /^(?:[^/@\s]+@)?([^/:\s]+):(?!\/\/)(.+)$/.exec(url);
    const [, host = '', path = ''] = match ?? [];
    const parts = path
        .replace(/(?<!\/)\/+$/, '')
        .replace(/\.git$/, '')
        .split('/')
        .filter(part => part !== '');
    const repository = parts.slice(-2).join('/');
    return parts.length >= 2 && /^[\w.-]+\/[\w.-]+$/.test(repository) ? { host, repository } : null;
}
function serverOf(host) {
    const name = host.toLowerCase();
    return name === 'github.com'
        ? { serverUrl: 'https://github.com', apiUrl: 'https://api.github.com' }
        : { serverUrl: `https://${name}`, apiUrl: `https://${name}/api/v3` };
}

;// CONCATENATED MODULE: ./.build/cli/session/open-session.js










const voice = {
    nameOf: name => (name === 'layers' ? 'the layers' : `the option --${name}`),
    where: ''
};
async function openSession(given, options, { environment, directory }, screen) {
    const { config } = options;
    const profileOf = profileChoice(options.profile, environment);
    const processes = (0,adapters_process/* processRunner */.q)({ signal: new AbortController().signal });
    const { root, remoteUrl, branch } = await locateRepository(processes, directory);
    const remote = remoteUrl === null ? null : parseRemote(remoteUrl);
    const repository = repositoryOf(options.repository ?? environment['GITHUB_REPOSITORY'], remote?.repository ?? null);
    const server = serverOf(remote?.host ?? 'github.com');
    const inputs = (0,action_inputs/* parseInputs */.TL)(name => inputsHere(given, config, root, { environment, directory })[name], root, voice);
    const context = (0,action_inputs/* readRunContext */.$p)({
        ...{ GITHUB_SERVER_URL: server.serverUrl, GITHUB_API_URL: server.apiUrl },
        ...environment,
        GITHUB_REPOSITORY: repository,
        GITHUB_REPOSITORY_ID: repository === environment['GITHUB_REPOSITORY'] ? environment['GITHUB_REPOSITORY_ID'] : '',
        GITHUB_WORKSPACE: root
    });
    const runner = (0,adapters_runner/* createRunner */.ji)({ env: pick(environment, ['RUNNER_DEBUG']), stdout: screen.write, stderr: screen.write });
    const kept = cacheFolder(environment, process.platform);
    const keptDirectory = kept === null ? {} : { keptDirectory: (0,external_node_path_.join)(kept, 'submodules') };
    const wired = (0,main/* wire */.O)({ environment, inputs, context, runner, profileOf, ...keptDirectory });
    const event = { kind: 'command-line', branch };
    return { ...wired, event, progress: screen.progress };
}
function inputsHere(given, config, root, { environment, directory }) {
    return {
        ...given,
        config: config === undefined ? undefined : (0,external_node_path_.relative)(root, (0,external_node_path_.resolve)(directory, config)),
        'github-token': environment['GITHUB_TOKEN'] ?? environment['GH_TOKEN']
    };
}
function repositoryOf(given, remote) {
    const repository = given ?? remote;
    if (repository !== null && /^[\w.-]+\/[\w.-]+$/.test(repository))
        return repository;
    throw new errors/* CodedError */.AK('CONFIG_INVALID', {
        expected: 'owner/name of the repository, from the remote origin or the option --repository',
        found: repository === null ? 'a remote origin that names none' : JSON.stringify(repository),
        mend: 'pass --repository owner/name as on GitHub'
    });
}
function pick(from, names) {
    return Object.fromEntries(names.map(name => [name, from[name]]));
}

;// CONCATENATED MODULE: ./.build/cli/output/terminal.js
function openTerminal(stdout, stderr, environment) {
    const plain = environment['TERM'] === 'dumb' || (environment['CI'] ?? '') !== '';
    const noColour = (environment['NO_COLOR'] ?? '') !== '';
    const colour = (stream) => stream.isTTY === true && !plain && !noColour;
    return {
        stdout: text => void stdout.write(text),
        stderr: text => void stderr.write(text),
        live: stderr.isTTY === true && !plain,
        colour: { stdout: colour(stdout), stderr: colour(stderr) },
        columns: stderr.columns ?? 80,
        rows: stderr.rows ?? 24
    };
}
const codes = { bold: '1', dim: '2', red: '31', green: '32', yellow: '33' };
function paint(colour) {
    return (style, text) => (colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
}
function printable(text) {
    return text
        .replace(/\s+/g, ' ')
        .replace(/\p{Cc}|\p{Cf}/gu, '\ufffd')
        .replace(/^(\s*):(?=:)/, '$1:\u200b')
        .replace(/##(?=\[)/g, '#\u200b#');
}

;// CONCATENATED MODULE: ./.build/cli/output/screen.js

function openScreen(terminal) {
    return terminal.live ? liveScreen(terminal) : plainScreen(terminal);
}
function plainScreen(terminal) {
    return {
        write: terminal.stderr,
        progress: step => {
            terminal.stderr(`${subjectOf(step)}: ${printable(step.what)}\n`);
        },
        end: () => undefined
    };
}
function liveScreen(terminal) {
    const steps = new Map();
    let drawn = 0;
    const clear = () => (drawn === 0 ? '' : `\u001b[${drawn}A\u001b[0J`);
    const redraw = (above) => {
        const lines = liveLines([...steps.values()], terminal);
        terminal.stderr(clear() + above + lines.map(line => `${line}\n`).join(''));
        drawn = lines.length;
    };
    return {
        write: text => {
            redraw(text);
        },
        progress: step => {
            const subject = subjectOf(step);
            if (step.region !== null)
                steps.delete(step.layerId);
            steps.set(subject, step);
            redraw('');
        },
        end: () => {
            steps.clear();
            drawn = 0;
        }
    };
}
function liveLines(steps, terminal) {
    const room = Math.max(1, terminal.rows - 2);
    const ordered = [...steps.filter(({ ended }) => ended), ...steps.filter(({ ended }) => !ended)];
    const shown = ordered.slice(-room);
    const width = Math.max(0, ...shown.map(step => subjectOf(step).length));
    const style = paint(terminal.colour.stderr);
    return shown.map(step => {
        const text = `${subjectOf(step).padEnd(width)}  ${printable(step.what)}${step.ended ? '' : ' …'}`;
        const line = text.slice(0, Math.max(10, terminal.columns - 3));
        return step.ended ? `${style('dim', '·')} ${line}` : `${style('bold', '>')} ${line}`;
    });
}
function subjectOf({ layerId, region }) {
    return printable(region === null ? layerId : `${layerId} in ${region}`);
}

// EXTERNAL MODULE: ./.build/redaction/redactor.js
var redactor = __webpack_require__(1106);
;// CONCATENATED MODULE: ./.build/cli/output/render-json.js
function renderJson(result) {
    const { environment } = result;
    const document = {
        command: result.command,
        conclusion: result.conclusion,
        headline: result.headline,
        'dry-run': result.dryRun,
        environment: environment?.name ?? null,
        stage: environment?.stage ?? null,
        'account-id': environment?.accountId ?? null,
        regions: result.regions,
        branch: result.branch,
        'head-commit': result.headCommit,
        'changed-layers': result.changedLayers,
        layers: result.layers.map(row => ({
            layer: row.layerId,
            region: row.region,
            status: row.status,
            reason: row.reason,
            'layer-name': row.layerName,
            version: row.version,
            'previous-version': row.previousVersion,
            arn: row.arn,
            'artifact-sha256': row.artifactSha256,
            'content-digest': row.contentDigest,
            'source-digest': row.sourceDigest,
            'size-bytes': row.sizeBytes,
            ...(row.unzippedBytes === undefined ? {} : { 'unzipped-bytes': row.unzippedBytes }),
            from: row.fromCommit,
            to: row.toCommit,
            error: row.error === null ? null : errorDocument(row.error)
        })),
        errors: result.errors.map(errorDocument),
        warnings: result.warnings,
        plan: result.plan
    };
    return `${JSON.stringify(document, null, 2)}\n`;
}
function errorDocument(error) {
    const { code, finding, message, location } = error;
    return { code, ...finding, message, ...(location === undefined ? {} : { location }) };
}

// EXTERNAL MODULE: ./.build/report/status/annotations.js
var annotations = __webpack_require__(9646);
// EXTERNAL MODULE: ./.build/report/rows/render.js
var render = __webpack_require__(3671);
;// CONCATENATED MODULE: ./.build/cli/output/render-text.js



const styles = {
    published: 'green',
    'rolled-back': 'yellow',
    planned: 'yellow',
    failed: 'red',
    'not-attempted': 'red',
    skipped: 'dim',
    unchanged: 'dim'
};
function renderText(result, colour) {
    const style = paint(colour);
    const rows = (0,render/* rowsToShow */.A9)(result);
    const blocks = [
        placeLine(result, style),
        rows.length === 0 ? '' : layerTable(rows, style),
        style('bold', `${printable(result.headline)}${result.dryRun ? ' (dry run: nothing was written)' : ''}`)
    ];
    return `${blocks.filter(block => block !== '').join('\n')}\n`;
}
function renderNotes(result, colour) {
    const style = paint(colour);
    return (0,annotations/* annotationsOf */.I)(result)
        .map(({ level, message, place }) => {
        const at = place.file === undefined || message.startsWith(place.file) ? '' : `${place.file}: `;
        return `${style(level === 'error' ? 'red' : 'yellow', level)}: ${printable(at + message)}\n`;
    })
        .join('');
}
function placeLine({ environment, branch, headCommit }, style) {
    if (environment === null)
        return '';
    const where = `${environment.name} (${environment.accountId}, ${environment.stage})`;
    const commit = headCommit === null ? '' : ` at ${(0,render/* shortCommit */.Ax)(headCommit)}`;
    return style('dim', printable(`${where}${branch === null ? '' : `, branch ${branch}${commit}`}`));
}
function layerTable(rows, style) {
    const cells = rows.map(row => [
        row.layerId,
        row.region,
        render/* statusWords */.o7[row.status].word,
        versionText(row),
        row.error === null ? render/* reasonWords */.IK[row.reason] : row.error.code
    ]);
    return table(['LAYER', 'REGION', 'STATUS', 'VERSION', 'WHY'], cells, (text, row, column) => {
        const status = rows[row]?.status;
        return column === 2 && status !== undefined ? style(styles[status] ?? 'dim', text) : text;
    });
}
function versionText({ version, previousVersion }) {
    if (version === null)
        return previousVersion === null ? '-' : String(previousVersion);
    return previousVersion === null || previousVersion === version ? String(version) : `${previousVersion} -> ${version}`;
}
function table(head, rows, draw = text => text) {
    const texts = [head, ...rows].map(row => row.map(printable));
    const widths = head.map((_, column) => Math.max(...texts.map(row => (row[column] ?? '').length)));
    return texts
        .map((row, index) => row
        .map((text, column) => {
        const padded = column === head.length - 1 ? text : text.padEnd(widths[column] ?? 0);
        return index === 0 ? padded : draw(padded, index - 1, column);
    })
        .join('  ')
        .trimEnd())
        .join('\n');
}

;// CONCATENATED MODULE: ./.build/cli/output/terminal-report.js




function terminalReport(terminal, screen, show) {
    return {
        start: () => undefined,
        deliver: (unredacted) => {
            screen.end();
            const result = (0,redactor/* redactResult */.rd)(unredacted, show.redact);
            terminal.stderr(renderNotes(result, terminal.colour.stderr));
            terminal.stdout(show.json ? renderJson(result) : renderText(result, terminal.colour.stdout));
            return Promise.resolve(exitCodeOf(result));
        }
    };
}

;// CONCATENATED MODULE: ./.build/cli/session/run-command.js





async function runCommand(command, given, options, line, onPage = () => undefined) {
    const { terminal } = line;
    const screen = openScreen(terminal);
    const json = options.json === true;
    let session;
    try {
        const opened = await openSession({ ...given, command }, options, line, screen);
        session = { ...opened, inputs: { ...opened.inputs, unrecorded: options.unrecorded === true } };
    }
    catch (error) {
        const report = terminalReport(terminal, screen, { json, redact: text => text });
        return report.deliver((0,result/* resultOfFailure */.Zy)({ ...result/* unknownSubject */.dH, command }, error));
    }
    const { runner, limits, git } = session;
    try {
        const report = terminalReport(terminal, screen, { json, redact: text => runner.redact(text) });
        const showDetails = (markdown, page = '') => {
            onPage(runner.redact(page));
            if (!json)
                terminal.stdout(`${runner.redact(markdown)}\n`);
        };
        return await (0,run/* run */.N)({ ...session, openReport: () => report, showDetails });
    }
    finally {
        limits.end();
        await git.close();
    }
}

;// CONCATENATED MODULE: ./.build/cli/commands/deploy.js


function addDeploy(program, line) {
    accountOptions(program.command('deploy'))
        .summary('publish the layers that changed')
        .description('Publishes the layers that changed, from the commit that is checked out, with the guards of the action. The working tree must be clean.')
        .argument(...layersArgument)
        .addOption(dryRunOption())
        .option('--force', 'publish every layer named, changed or not')
        .addOption(baseOption())
        .option('--submodules <mode>', 'auto: check out the submodules that are built; none (default auto)')
        .action(line.action((layers, options) => runCommand('deploy', givenInputs(layers, options), options, line)));
}

;// CONCATENATED MODULE: ./.build/cli/commands/detect.js


function addDetect(program, line) {
    accountOptions(program.command('detect'))
        .summary('which layers changed')
        .description('Which layers changed against what the account runs, or against a base revision without credentials.')
        .argument(...layersArgument)
        .addOption(baseOption())
        .action(line.action((layers, options) => runCommand('detect', givenInputs(layers, options), options, line)));
}

// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
;// CONCATENATED MODULE: ./.build/cli/commands/discover.js




function addDiscover(program, line) {
    readingOptions(program.command('discover'))
        .summary('what runs where, and who uses it')
        .description('Layers and their versions with digests, stacks and the functions that use them, in the accounts and regions of the configuration that the credentials reach. Markdown on standard output, or --json.')
        .argument(...layersArgument)
        .option('--html <file>', 'also write a page')
        .action(line.action(async (layers, options) => {
        const { html } = options;
        let page = '';
        const exitCode = await runCommand('discover', givenInputs(layers, options), options, line, made => (page = made));
        if (html !== undefined && page !== '')
            await (0,promises_.writeFile)((0,external_node_path_.resolve)(line.directory, html), page);
        return exitCode;
    }));
}

// EXTERNAL MODULE: ./.build/config/regions.js
var regions = __webpack_require__(8400);
// EXTERNAL MODULE: ./.build/adapters/aws/aws-errors.js
var aws_errors = __webpack_require__(106);
// EXTERNAL MODULE: ./.build/adapters/aws/calls.js
var calls = __webpack_require__(3552);
// EXTERNAL MODULE: ./.build/adapters/aws/credentials/client-options.js
var client_options = __webpack_require__(938);
;// CONCATENATED MODULE: ./.build/adapters/aws/account-inspection.js




function createAccountInspection(options) {
    const { environment, signal, accountId, homeRegion, profile } = options;
    const customEndpoint = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3'].some(name => (environment[name] ?? '') !== '');
    const ends = { customEndpoint, endpoint: null, profile, encryption: null };
    const session = { accountId, signal, timing: client_options/* standardTiming */.a, ...ends };
    const limits = { signal, seconds: session.timing.callSeconds };
    const askBucket = (action, place, work) => {
        const resource = `arn:${(0,regions/* partitionOf */.iQ)(place.region)}:s3:::${place.bucket}`;
        return (0,calls/* call */.T)({ action, resource }, limits, async (callOptions) => {
            const sdk = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(711)]).then(__webpack_require__.t.bind(__webpack_require__, 3711, 19));
            const client = new sdk.S3Client({ ...(0,client_options/* clientOptions */.s)(place.region, session), forcePathStyle: customEndpoint });
            return work({ sdk, client }, { Bucket: place.bucket, ExpectedBucketOwner: place.owner }, callOptions);
        });
    };
    const askIam = (action, resource, work) => (0,calls/* call */.T)({ action, resource }, limits, async (callOptions) => {
        const sdk = await Promise.all(/* import() */[__webpack_require__.e(861), __webpack_require__.e(764)]).then(__webpack_require__.t.bind(__webpack_require__, 6764, 19));
        return work(sdk, new sdk.IAMClient((0,client_options/* clientOptions */.s)(homeRegion, session)), callOptions);
    });
    const userArn = (name) => `arn:${(0,regions/* partitionOf */.iQ)(homeRegion)}:iam::${accountId}:user/${name}`;
    return {
        ...bucketQuestions(askBucket),
        accessKeys: userName => askIam('iam:ListAccessKeys', userArn(userName), async (sdk, client, callOptions) => {
            const answer = await client.send(new sdk.ListAccessKeysCommand({ UserName: userName }), callOptions);
            return (answer.AccessKeyMetadata ?? []).map(key => ({
                id: key.AccessKeyId ?? '',
                active: key.Status === 'Active',
                createdAt: key.CreateDate?.getTime() ?? 0
            }));
        }),
        simulate: (principalArn, question) => simulate(askIam, principalArn, question)
    };
}
function simulate(ask, principalArn, question) {
    return ask('iam:SimulatePrincipalPolicy', principalArn, async (sdk, client, options) => {
        const request = new sdk.SimulatePrincipalPolicyCommand({
            PolicySourceArn: principalArn,
            ActionNames: [...question.actions],
            ResourceArns: [...question.resources],
            MaxItems: 1000,
            ContextEntries: Object.entries(question.context).map(([key, values]) => ({
                ContextKeyName: key,
                ContextKeyType: values.length === 1 ? 'string' : 'stringList',
                ContextKeyValues: [...values]
            }))
        });
        const answer = await client.send(request, options);
        return (answer.EvaluationResults ?? []).map((result) => ({
            action: result.EvalActionName ?? '',
            resource: result.EvalResourceName ?? '',
            allowed: result.EvalDecision === 'allowed'
        }));
    });
}
function bucketQuestions(ask) {
    return {
        bucket: (place) => ask('s3:ListBucket', place, async ({ sdk, client }, where, options) => {
            try {
                await client.send(new sdk.HeadBucketCommand(where), options);
                return { kind: 'ours' };
            }
            catch (error) {
                return standingOf(error);
            }
        }),
        bucketVersioning: (place) => ask('s3:GetBucketVersioning', place, async ({ sdk, client }, where, options) => {
            const answer = await client.send(new sdk.GetBucketVersioningCommand(where), options);
            return answer.Status === 'Enabled';
        }),
        publicAccessBlocked: (place) => ask('s3:GetBucketPublicAccessBlock', place, async ({ sdk, client }, where, options) => {
            const answer = await client
                .send(new sdk.GetPublicAccessBlockCommand(where), options)
                .catch(nullWhere('NoSuchPublicAccessBlockConfiguration'));
            const block = answer?.PublicAccessBlockConfiguration;
            const settings = [block?.BlockPublicAcls, block?.BlockPublicPolicy, block?.IgnorePublicAcls];
            return [...settings, block?.RestrictPublicBuckets].every(setting => setting === true);
        }),
        bucketEncryption: (place) => ask('s3:GetEncryptionConfiguration', place, async ({ sdk, client }, where, options) => {
            const answer = await client
                .send(new sdk.GetBucketEncryptionCommand(where), options)
                .catch(nullWhere('ServerSideEncryptionConfigurationNotFoundError'));
            const [rule] = answer?.ServerSideEncryptionConfiguration?.Rules ?? [];
            return rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? null;
        })
    };
}
function standingOf(error) {
    switch ((0,aws_errors/* httpStatus */.nG)(error)) {
        case 404:
            return { kind: 'missing' };
        case 403:
            return { kind: 'foreign' };
        case 301: {
            const headers = error.$response?.headers;
            return { kind: 'other-region', region: headers?.['x-amz-bucket-region'] ?? null };
        }
        default:
            throw error;
    }
}
function nullWhere(name) {
    return error => {
        if ((0,aws_errors/* errorName */.Is)(error) === name)
            return null;
        throw error;
    };
}

// EXTERNAL MODULE: ./.build/adapters/aws/index.js + 10 modules
var aws = __webpack_require__(2546);
;// CONCATENATED MODULE: ./.build/adapters/git/shallow.js

async function isShallow(process, directory) {
    const { stdout } = await (0,command_run/* gitRunner */.XZ)(process, directory)({ args: ['rev-parse', '--is-shallow-repository'] });
    return new TextDecoder().decode(stdout).trim() === 'true';
}

// EXTERNAL MODULE: ./.build/adapters/git/index.js + 25 modules
var git = __webpack_require__(137);
// EXTERNAL MODULE: ./.build/adapters/github/index.js + 7 modules
var github = __webpack_require__(2521);
;// CONCATENATED MODULE: ./.build/adapters/process/working-files.js


const longestBytes = 1024 * 1024;
function workingFiles(root) {
    return {
        async list(folder) {
            const entries = await (0,promises_.readdir)((0,external_node_path_.join)(root, folder), { withFileTypes: true }).catch(nothing([]));
            return entries.map(entry => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
        },
        async read(path) {
            const file = (0,external_node_path_.join)(root, path);
            const found = await (0,promises_.stat)(file).catch(nothing(null));
            if (found === null || !found.isFile() || found.size > longestBytes)
                return null;
            return (0,promises_.readFile)(file, 'utf8');
        },
        async create(path, text) {
            const file = (0,external_node_path_.join)(root, path);
            await (0,promises_.mkdir)((0,external_node_path_.dirname)(file), { recursive: true });
            try {
                await (0,promises_.writeFile)(file, text, { flag: 'wx' });
                return 'created';
            }
            catch (error) {
                if (error.code === 'EEXIST')
                    return 'exists';
                throw error;
            }
        }
    };
}
function nothing(value) {
    return error => {
        if (['ENOENT', 'ENOTDIR'].includes(error.code ?? ''))
            return value;
        throw error;
    };
}

;// CONCATENATED MODULE: ./.build/cli/session/open-checkout.js













async function openCheckout(options, { environment, directory }) {
    const process = (0,adapters_process/* processRunner */.q)({ signal: new AbortController().signal });
    const { root, remoteUrl } = await locateRepository(process, directory);
    const remote = remoteUrl === null ? null : parseRemote(remoteUrl);
    const repository = options.repository ?? environment['GITHUB_REPOSITORY'] ?? remote?.repository ?? null;
    const token = environment['GITHUB_TOKEN'] ?? environment['GH_TOKEN'] ?? '';
    const apiUrl = environment['GITHUB_API_URL'] ?? serverOf(remote?.host ?? 'github.com').apiUrl;
    const config = options.config === undefined ? action_inputs/* inputDefaults */.V0.config : (0,external_node_path_.relative)(root, (0,external_node_path_.resolve)(directory, options.config));
    return {
        root,
        repository,
        process,
        git: (0,git/* createGit */.l)({ process, directory: root, scratchDirectory: environment['RUNNER_TEMP'] ?? (0,external_node_os_.tmpdir)() }),
        files: workingFiles(root),
        github: token === '' || repository === null ? null : (0,github/* createGitHub */.C)({ token, repository, apiUrl }),
        config: async () => (await (0,config_file/* loadConfig */.Z9)({ config, directory: root, workspace: root })).config
    };
}
async function sayingErrors(line, work) {
    try {
        return await work();
    }
    catch (error) {
        const coded = (0,errors/* asCodedError */._r)(error);
        const { stderr, colour } = line.terminal;
        for (const { message } of [coded, ...(0,errors/* furtherProblems */.pU)(coded)]) {
            stderr(`${paint(colour.stderr)('red', 'error')}: ${printable(message)}\n`);
        }
        return exitCodeOf({ conclusion: 'failure', errors: [coded] });
    }
}

;// CONCATENATED MODULE: ./.build/cli/commands/setup/doctor.js








const doctor_styles = { ok: 'green', warning: 'yellow', problem: 'red', skipped: 'dim' };
function addDoctor(program, line) {
    scopeOptions(program.command('doctor'))
        .summary('check everything that a deploy relies on')
        .description('Looks at configuration, checkout, credentials, account, bucket, permissions, token and workflow. Changes nothing.')
        .option('-e, --environment <name>', 'only this environment of the configuration')
        .option('-p, --profile <name>', 'profile of ~/.aws/config or ~/.aws/credentials')
        .action(line.action((options) => sayingErrors(line, () => doctor_run(options, line))));
}
async function doctor_run(options, line) {
    const { doctor, findingLine } = await __webpack_require__.e(/* import() */ 985).then(__webpack_require__.bind(__webpack_require__, 985));
    const { profile = null } = options;
    if (profile !== null)
        assertProfile(profile, line.environment);
    const checkout = await openCheckout(options, line);
    const ports = {
        ...checkout,
        isShallow: () => isShallow(checkout.process, checkout.root),
        account: (config) => accountPorts(config, options.environment ?? null, profile, line)
    };
    const findings = await doctor(ports, checkout.config, options.environment ?? null);
    const { stdout, colour } = line.terminal;
    const style = paint(colour.stdout);
    if (options.json === true)
        stdout(`${JSON.stringify(findings, null, 2)}\n`);
    else
        for (const finding of findings)
            stdout(`${style(doctor_styles[finding.level], aligned(printable(findingLine(finding))))}\n`);
    return findings.some(({ level }) => level === 'problem') ? exitCodes.failure : exitCodes.success;
}
function accountPorts(config, name, profile, { environment }) {
    const [first] = config.environments.filter(each => name === null || each.name === name);
    const region = environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? null;
    const homeRegion = first?.regions[0] ?? region ?? 'us-east-1';
    const signal = AbortSignal.timeout(5 * 60_000);
    const options = { environment, signal, homeRegion, accountId: first?.accountId ?? '', profile };
    return { aws: (0,aws.createAws)(options), inspection: createAccountInspection(options), now: Date.now(), region };
}
function aligned(line) {
    return line.replace(/^\S+ /, level => level.padEnd(8));
}

// EXTERNAL MODULE: ./.build/adapters/process/clock.js
var clock = __webpack_require__(9711);
// EXTERNAL MODULE: ./.build/operate/reading-scope.js
var reading_scope = __webpack_require__(8360);
// EXTERNAL MODULE: ./.build/run/limits.js
var run_limits = __webpack_require__(2374);
// EXTERNAL MODULE: ./.build/select-environment/selected-layers.js
var selected_layers = __webpack_require__(901);
;// CONCATENATED MODULE: ./.build/cli/output/render-history.js



const head = ['VERSION', 'PUBLISHED', 'CONTENT', 'COMMIT', 'SOURCE', 'RUN', 'NOTE'];
function historyText(layers, colour) {
    const style = paint(colour);
    const blocks = layers.map(({ environment, accountId, region, layerId, layerName, versions, olderVersions }) => {
        const title = style('bold', printable(`${layerId}: ${layerName} in ${environment} (${accountId}, ${region})`));
        if (versions.length === 0)
            return `${title}\nno version`;
        const rows = table(head, versions.map(cells), (text, row) => versions[row]?.deployed === true ? style('green', text) : text);
        const older = olderVersions === 0 ? '' : `\n${style('dim', `and ${olderVersions} older: --limit shows more`)}`;
        return `${title}\n${rows}${older}`;
    });
    return `${blocks.join('\n\n')}\n`;
}
function cells(version) {
    const { publishedAt, contentDigest, codeSha256, commit, sourceCommit, run, witness } = version;
    return [
        String(version.version),
        `${publishedAt.slice(0, 10)} ${publishedAt.slice(11, 16)}`,
        contentDigest?.slice(0, 12) ?? (codeSha256 === null ? '-' : `sha ${codeSha256.slice(0, 8)}`),
        commit === null ? '-' : (0,render/* shortCommit */.Ax)(commit),
        sourceCommit === null ? '-' : (0,render/* shortCommit */.Ax)(sourceCommit),
        run ?? '-',
        [
            version.deployed ? 'deployed' : '',
            version.sameAs === null ? '' : `content of version ${version.sameAs}`,
            witness === 'artifact' ? 'first built at that commit' : ''
        ]
            .filter(note => note !== '')
            .join(', ')
    ];
}

;// CONCATENATED MODULE: ./.build/cli/commands/history.js












function addHistory(program, line) {
    readingOptions(program.command('history'))
        .summary('where each version comes from')
        .description('Each version of a layer, newest first: its content, the commits of superproject and submodule, and the run. Reads only.')
        .argument(...layersArgument)
        .option('--limit <number>', 'versions to tell of each layer', '20')
        .action(line.action((layers, options) => sayingErrors(line, () => history_run(layers, options, line))));
}
async function history_run(ids, options, line) {
    const profileOf = profileChoice(options.profile, line.environment);
    const checkout = await openCheckout(options, line);
    const config = await checkout.config();
    const regions = options.regions?.split(',').map(each => each.trim()) ?? null;
    const environments = (0,reading_scope/* environmentsToRead */.M)(config, { environment: options.environment ?? null, regions });
    const layers = (0,selected_layers/* selectedLayers */.Eo)(config.layers, ids.length === 0 ? null : ids);
    const limit = positive(options.limit, '--limit');
    const limits = (0,run_limits/* runLimits */.g)(positive(options.timeoutMinutes ?? '20', '--timeout-minutes'));
    const { signal } = limits;
    const openAws = ({ name, accountId, regions: [homeRegion = ''] }) => Promise.resolve((0,aws.createAws)({ environment: line.environment, signal, homeRegion, accountId, profile: profileOf(name) }));
    try {
        const { observeHistory } = await __webpack_require__.e(/* import() */ 778).then(__webpack_require__.bind(__webpack_require__, 5778));
        const { createEngine } = await __webpack_require__.e(/* import() */ 923).then(__webpack_require__.bind(__webpack_require__, 8923));
        const work = (0,reading_scope/* readEach */.e)(environments, openAws, async (environment, aws) => {
            const identity = { repository: checkout.repository ?? '', run: 'local' };
            const info = (text) => {
                line.terminal.stderr(`${text}\n`);
            };
            const context = {
                region: (name) => aws.region(name),
                clock: clock/* systemClock */.m,
                signal,
                log: { info },
                ...identity
            };
            const engine = await createEngine(environment.engine, context);
            const places = environment.regions.filter(name => regions?.includes(name) ?? true);
            return observeHistory({ environment, layers, regions: places, limit }, { ...checkout, aws, engine });
        });
        const { read, unread } = await limits.within(work);
        show(read, unread, options, line.terminal);
        return exitCodes.success;
    }
    catch (error) {
        throw signal.aborted ? signal.reason : error;
    }
    finally {
        limits.end();
    }
}
function show(read, unread, { json }, { stdout, stderr, colour }) {
    const layers = read.flatMap(each => each.layers);
    const notes = [...new Set(read.flatMap(each => each.notes))];
    if (json === true)
        stdout(`${JSON.stringify({ layers, unread, notes }, null, 2)}\n`);
    else
        stdout(historyText(layers, colour.stdout));
    const warn = paint(colour.stderr)('yellow', 'warning');
    for (const { environment, why } of unread)
        stderr(`${warn}: ${printable(`${environment} was not read: ${why}`)}\n`);
    for (const note of notes)
        stderr(`${warn}: ${printable(note)}\n`);
}
function positive(text, option) {
    if (/^[1-9]\d{0,5}$/.test(text))
        return Number(text);
    const finding = { expected: `a whole number from 1 on for the option ${option}`, found: JSON.stringify(text) };
    throw new errors/* CodedError */.AK('CONFIG_INVALID', { ...finding, mend: 'write it in digits' });
}

;// CONCATENATED MODULE: ./.build/cli/commands/setup/iam-policy.js






function addIamPolicy(program, line) {
    scopeOptions(program.command('iam-policy'))
        .summary('the least permissions that a plan and a deploy need')
        .description('Policies, trust and a CloudFormation template for each environment, with the reason for each action.')
        .option('-e, --environment <name>', 'only this environment of the configuration')
        .addOption(new esm/* Option */.c$('--for <who>', 'a role assumed by OIDC, or an IAM user').choices(['role', 'user']).default('role'))
        .option('--purpose <names>', `comma-separated, of ${purposeNames.join(', ')} (default plan,deploy)`, purposesOf)
        .option('--repository-id <number>', "GitHub's number of the repository: gh api repos/OWNER/NAME --jq .id")
        .option('-o, --output <folder>', 'write files into this folder; none is written over')
        .action(line.action((options) => sayingErrors(line, () => iam_policy_run(options, line))));
}
async function iam_policy_run(options, line) {
    const { iamPolicy, iamPolicyFiles } = await __webpack_require__.e(/* import() */ 811).then(__webpack_require__.bind(__webpack_require__, 5811));
    const checkout = await openCheckout(options, line);
    const request = {
        for: options.for,
        ...(options.purpose !== undefined && { purposes: options.purpose }),
        environments: options.environment === undefined ? null : [options.environment],
        repository: checkout.repository,
        repositoryId: options.repositoryId ?? line.environment['GITHUB_REPOSITORY_ID'] ?? null
    };
    const config = await checkout.config();
    const { stdout } = line.terminal;
    if (options.output !== undefined) {
        const folder = workingFiles((0,external_node_path_.resolve)(line.directory, options.output));
        for (const { path, text } of iamPolicyFiles(config, request)) {
            if ((await folder.create(path, text)) === 'exists')
                throw exists(`${options.output}/${path}`);
            stdout(`${options.output}/${path}\n`);
        }
    }
    else if (options.json === true)
        stdout(`${JSON.stringify(iamPolicy(config, request), null, 2)}\n`);
    else
        for (const access of iamPolicy(config, request))
            stdout(`${shown(access)}\n`);
    return 0;
}
function shown(access) {
    const documents = access.access.flatMap(({ purpose, policy, trust }) => [
        [`Policy for a ${purpose}`, policy],
        [`Trust of a ${purpose}`, trust]
    ]);
    const blocks = documents.flatMap(([title, document]) => document === null ? [] : [`## ${title}\n\n\`\`\`json\n${JSON.stringify(document, null, 2)}\n\`\`\`\n`]);
    return [access.comment, ...blocks].join('\n');
}
const purposeNames = [
    'plan',
    'deploy',
    'rollback',
    'prune',
    'discover',
    'history',
    'rollout'
];
function purposesOf(text) {
    return text.split(',').map(word => {
        const purpose = purposeNames.find(name => name === word.trim());
        if (purpose === undefined)
            throw new esm/* InvalidArgumentError */.Di(`There is no ${JSON.stringify(word)}.`);
        return purpose;
    });
}
function exists(path) {
    const finding = {
        expected: `no file at ${path}`,
        found: 'one',
        mend: 'name another folder, or remove the old files first'
    };
    return new errors/* CodedError */.AK('FILE_EXISTS', finding);
}

;// CONCATENATED MODULE: ./.build/cli/commands/setup/init.js


function addInit(program, line) {
    program
        .command('init')
        .helpGroup('Commands:')
        .summary('write the configuration and a workflow')
        .description('Reads the repository and writes .github/layer-deploy.yml and a workflow. Writes over nothing.')
        .option('--sandbox-account <id>', '12 digits')
        .option('--production-account <id>', '12 digits')
        .option('--region <names>', 'comma-separated (default: AWS_REGION)')
        .option('--runtime <name>', 'for example python3.12 (default: what .python-version or requires-python says)')
        .option('--action <reference>', 'this action as the workflow names it', 'org/layer-deploy-action@v1')
        .addOption(dryRunOption())
        .action(line.action((options) => sayingErrors(line, () => init_run(options, line))));
}
async function init_run(options, line) {
    const { init } = await __webpack_require__.e(/* import() */ 845).then(__webpack_require__.bind(__webpack_require__, 7845));
    const checkout = await openCheckout({}, line);
    const region = options.region ?? line.environment['AWS_REGION'] ?? '';
    const answers = {
        sandboxAccount: options.sandboxAccount ?? null,
        productionAccount: options.productionAccount ?? null,
        regions: region
            .split(',')
            .map(each => each.trim())
            .filter(each => each !== ''),
        runtime: options.runtime ?? null,
        action: options.action
    };
    const { files, next } = await init(checkout, answers, options.dryRun === true);
    const { stdout } = line.terminal;
    for (const { path, text } of files)
        stdout(options.dryRun === true ? `# ${path}\n${text}\n` : `wrote ${path}\n`);
    stdout(`\nNext:\n${next.map((step, index) => `${index + 1}. ${step}\n`).join('')}`);
    return 0;
}

;// CONCATENATED MODULE: ./.build/cli/commands/plan.js


function addPlan(program, line) {
    accountOptions(program.command('plan'))
        .summary('what a deploy would do')
        .description('What a deploy of the commit that is checked out would do. Reads only; builds nothing without --preview.')
        .argument(...layersArgument)
        .addOption(baseOption())
        .option('--preview', 'build what changed and show what would be in it; nothing is written to AWS')
        .action(line.action((layers, options) => runCommand('plan', givenInputs(layers, options), options, line)));
}

;// CONCATENATED MODULE: ./.build/cli/commands/prune.js


function addPrune(program, line) {
    accountOptions(program.command('prune'))
        .summary('delete layer versions that nobody uses')
        .description('Shows which versions of the configured layers are old and used by no function, alias or stack output of the account and region. Deletes them with --yes only.')
        .argument(...layersArgument)
        .option('--keep <number>', 'versions to keep of each layer, the newest (default 10)')
        .option('-y, --yes', 'delete what is shown')
        .action(line.action(async (layers, options) => {
        const given = givenInputs(layers, options);
        const exitCode = await runCommand('prune', options.yes === true ? given : { ...given, 'dry-run': 'true' }, options, line);
        if (options.yes !== true && exitCode === 0)
            line.terminal.stderr('To delete them, run again with --yes.\n');
        return exitCode;
    }));
}

;// CONCATENATED MODULE: ./.build/cli/commands/rollback.js


function addRollback(program, line) {
    accountOptions(program.command('rollback'))
        .summary('return to an earlier version')
        .description('Publishes the content of an earlier layer version again, as the newest one. Stack, tags and state follow.')
        .argument(...layersArgument)
        .requiredOption('--to <version>', 'a version number, or previous: the content that ran before')
        .option('--unrecorded', 'also to a version that no record of this repository names')
        .addOption(dryRunOption())
        .action(line.action((layers, options) => runCommand('rollback', givenInputs(layers, { ...options, version: options.to }), options, line)));
}

;// CONCATENATED MODULE: ./.build/cli/commands/rollout.js


function addRollout(program, line) {
    accountOptions(program.command('rollout'))
        .summary('move functions to the deployed layer version')
        .description('Moves the functions that the configuration names under consumers from an older version of the layer to the deployed one: one after the other, the first failure ends it and that function gets its former layers back.')
        .argument(...layersArgument)
        .addOption(dryRunOption())
        .action(line.action((layers, options) => runCommand('rollout', givenInputs(layers, options), options, line)));
}

;// CONCATENATED MODULE: ./.build/cli/version.js
const programVersion = '0.1.0';

;// CONCATENATED MODULE: ./.build/cli/program.js














function createProgram(line) {
    const { terminal } = line;
    const program = new esm/* Command */.uB('layer-deploy')
        .description('Keeps AWS Lambda layers in step with the git submodules they are built from.')
        .version(programVersion, '-V, --version')
        .showSuggestionAfterError()
        .showHelpAfterError('(--help shows what there is)')
        .configureOutput({
        writeOut: terminal.stdout,
        writeErr: terminal.stderr,
        getOutHasColors: () => terminal.colour.stdout,
        getErrHasColors: () => terminal.colour.stderr
    })
        .exitOverride();
    addDetect(program, line);
    addPlan(program, line);
    addDeploy(program, line);
    addRollback(program, line);
    addRollout(program, line);
    addPrune(program, line);
    addDiscover(program, line);
    addHistory(program, line);
    addInit(program, line);
    addDoctor(program, line);
    addIamPolicy(program, line);
    addCompletion(program, line);
    return program;
}

;// CONCATENATED MODULE: ./.build/cli/index.js




async function commandLine(words, environment, terminal, directory) {
    let exitCode = exitCodes.success;
    const line = {
        ...{ environment, terminal, directory },
        action: work => async (...args) => {
            exitCode = await work(...args);
        }
    };
    const program = createProgram(line);
    try {
        if (words.length === 0)
            program.outputHelp();
        else
            await program.parseAsync(words, { from: 'user' });
        return exitCode;
    }
    catch (error) {
        if (error instanceof esm/* CommanderError */.b7)
            return error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
        throw error;
    }
}


/***/ }),

/***/ 8360:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ environmentsToRead),
/* harmony export */   e: () => (/* binding */ readEach)
/* harmony export */ });
/* harmony import */ var _model_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8125);
/* harmony import */ var _publish_layers_plan_guards_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7973);


function environmentsToRead({ environments }, { environment, regions }) {
    const wanted = environments.filter(({ name }) => environment === null || name === environment);
    if (wanted.length === 0) {
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('ENVIRONMENT_MAPPED', {
            expected: `an environment of the configuration (${environments.map(({ name }) => name).join(', ')})`,
            found: JSON.stringify(environment),
            mend: 'correct the environment, or leave it out'
        });
    }
    const known = new Set(wanted.flatMap(each => each.regions));
    const unknown = regions?.find(name => !known.has(name));
    if (unknown !== undefined) {
        throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK('REGION_NOT_ALLOWED', {
            expected: `a region of the configuration (${[...known].join(', ')})`,
            found: JSON.stringify(unknown),
            mend: 'correct the regions, or leave them out'
        });
    }
    return wanted;
}
const ownToOne = new Set([
    'NO_CREDENTIALS',
    'ACCESS_DENIED',
    'AWS_FAILED',
    'ACCOUNT_MISMATCH',
    'BUCKET_OWNER_MISMATCH',
    'PUBLISH_UNVERIFIED'
]);
async function readEach(environments, openAws, read) {
    const done = [];
    const failed = [];
    for (const environment of environments) {
        try {
            const aws = await openAws(environment);
            const { accountId } = await aws.callerIdentity();
            const verdict = (0,_publish_layers_plan_guards_js__WEBPACK_IMPORTED_MODULE_1__/* .accountVerdict */ .RI)(environment, accountId);
            if (verdict.passed === false)
                throw new _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK(verdict.guard, verdict.finding);
            done.push(await read(environment, aws));
        }
        catch (error) {
            if (!(error instanceof _model_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .CodedError */ .AK) || !ownToOne.has(error.code))
                throw error;
            failed.push({ environment, error });
        }
    }
    const [first] = failed;
    if (done.length === 0 && first !== undefined)
        throw first.error;
    return {
        read: done,
        unread: failed.map(({ environment: { name }, error }) => ({ environment: name, why: error.message }))
    };
}


/***/ })

};
