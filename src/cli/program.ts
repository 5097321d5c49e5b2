/** The command line's grammar. The commands are in commands/, each added here by one line. */
import { Command } from 'commander'
import type { CommandLine } from './command-line.js'
import { addCompletion } from './commands/setup/completion.js'
import { addDeploy, addDetect, addPlan } from './commands/deploy.js'
import { addHistory } from './commands/history.js'
import { addDoctor } from './commands/setup/doctor.js'
import { addIamPolicy } from './commands/setup/iam-policy.js'
import { addInit } from './commands/setup/init.js'
import { addDiscover, addPrune, addRollback, addRollout } from './commands/operate.js'
import { addSbom } from './commands/sbom.js'
import { examplesHelp, exitCodesHelp } from './examples.js'
import { programVersion } from './version.js'

export function createProgram(line: CommandLine): Command {
  const { terminal } = line
  const program = new Command('layer-deploy')
    .description('Keeps AWS Lambda layers in step with the git submodules they are built from.')
    .version(programVersion, '-V, --version')
    // Behind a command, --version is the command's own.
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .showHelpAfterError('(--help shows what there is)')
    .configureOutput({
      writeOut: terminal.stdout,
      writeErr: terminal.stderr,
      getOutHasColors: () => terminal.colour.stdout,
      getErrHasColors: () => terminal.colour.stderr
    })
    .exitOverride()
  addDetect(program, line)
  addPlan(program, line)
  addDeploy(program, line)
  addRollback(program, line)
  addRollout(program, line)
  addPrune(program, line)
  addDiscover(program, line)
  addHistory(program, line)
  addSbom(program, line)
  addInit(program, line)
  addDoctor(program, line)
  addIamPolicy(program, line)
  addCompletion(program, line)
  for (const command of program.commands) command.addHelpText('after', examplesHelp(command.name()))
  program.addHelpText('after', exitCodesHelp)
  return program
}
