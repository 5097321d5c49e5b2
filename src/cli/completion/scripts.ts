/** The scripts only ask `layer-deploy complete`: they never go out of step with the options. */
export const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

export function completionScript(shell: Shell, program: string): string {
  return scripts[shell](program)
}

const scripts: Readonly<Record<Shell, (program: string) => string>> = {
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
}
