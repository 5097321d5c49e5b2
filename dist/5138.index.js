const Z=5138,Q=[5138],tt={5138:((X,E,f)=>{f.d(E,{init:()=>Y});var _=f(5148),p=f(2008);function N(t,n,e){if(n===e)return"";const i=R(n===null?[]:x(n),x(e));return`${[n===null?"--- /dev/null":`--- a/${t}`,`+++ b/${t}`,...i].join(`
`)}
`}function x(t){return t.replace(/\n$/,"").split(`
`)}function R(t,n){if(t.length*n.length>4e6)return[...t.map(s=>`-${s}`),...n.map(s=>`+${s}`)];const e=Array.from({length:t.length+1},()=>new Array(n.length+1).fill(0)),i=(s,c)=>e[s]?.[c]??0;for(let s=t.length-1;s>=0;s--)for(let c=n.length-1;c>=0;c--){const l=t[s]===n[c]?i(s+1,c+1)+1:Math.max(i(s+1,c),i(s,c+1)),u=e[s];u!==void 0&&(u[c]=l)}const a=[];let[o,r]=[0,0];for(;o<t.length||r<n.length;)o<t.length&&r<n.length&&t[o]===n[r]?(a.push(` ${t[o++]??""}`),r++):r>=n.length||o<t.length&&i(o+1,r)>=i(o,r+1)?a.push(`-${t[o++]??""}`):a.push(`+${n[r++]??""}`);return a}const B=["main","master","production"],P=["test","sandbox","staging","develop","dev"],I=["python/","pyproject.toml","setup.py","requirements.txt"],W=/^(\.|_|(docs?|tests?|scripts?|tools?|examples?|bench|node_modules|venv|build|dist)\/)/;async function j(t,n){const e=await t.headCommit(),i=await t.readGitlinks(e,["."]),a=i.length===0?[]:await t.sshSubmodules(e),o=i.map(({path:c})=>({path:c,kind:"submodule"})),r=(await D(n)).filter(c=>!o.some(l=>l.path===c)),s=[...o,...r.map(c=>({path:c,kind:"folder"}))];return{layers:s,productionBranch:await v(t,B),sandboxBranch:await v(t,P),sshSubmodules:a.filter(c=>o.some(l=>l.path===c)),runtime:await T(n,["",...s.map(({path:c})=>`${c}/`)])}}async function D(t){const n=(await t.list(".")).filter(e=>e.endsWith("/")&&!W.test(e));return(await Promise.all(n.map(async e=>({name:e,holds:await t.list(e.slice(0,-1))})))).filter(({holds:e})=>I.some(i=>e.includes(i))).map(({name:e})=>e.slice(0,-1))}async function v(t,n){for(const e of n)if(await t.remoteBranchTip(e)!==null)return e;return null}async function T(t,n){for(const e of n){const i=/^\s*(3\.\d+)/.exec(await t.read(`${e}.python-version`)??""),a=/^requires-python\s*=\s*["'][^"']*?(3\.\d+)/m.exec(await t.read(`${e}pyproject.toml`)??""),o=i?.[1]??a?.[1];if(o!==void 0)return`python${o}`}return null}function C(t){const n=t.map(({path:i})=>g(i.split("/").at(-1)??i)),e=new Set;return t.map(({path:i},a)=>{const o=n[a]??"";let r=n.filter(s=>m(s)===m(o)).length===1?o:g(i);for(let s=2;e.has(m(r));s++)r=`${g(i).slice(0,95)}_${s}`;return e.add(m(r)),{id:r,path:i}})}function g(t){const n=t.replace(/[^A-Za-z0-9_-]+/g,"_").slice(0,99);return/^[A-Za-z_]/.test(n)?n:`_${n}`}function m(t){return t.replaceAll("_","-").toLowerCase()}function A(t,n){const e=(o,r=null)=>({text:o,option:r}),i=n.regions.map(d).join(", "),a=(o,{account:r,branch:s,stage:c,bucket:l})=>[e(`  ${o}:`),e(`    branch: ${d(s)}`,`--${o}-branch`),e(`    stage: ${d(c)}`,`--${o}-stage`),e(`    account-id: ${JSON.stringify(r)}`,`--${o}-account`),e(`    regions: [${i}]`,"--region"),e(`    artifact-bucket: ${d(l)}`,`--${o}-bucket`)];return[e("version: 1"),e("environments:"),...a("sandbox",n.sandbox),...a("production",n.production),e("    promote-from: sandbox"),e("defaults:"),e(`  compatible-runtimes: [${d(n.runtime)}]`,"--runtime"),e("layers:"),...C(t).map(({id:o,path:r})=>e(`  ${o}: { path: ${d(r)} }`))]}function d(t){return/^[A-Za-z][\w./-]*$/.test(t)&&!/^(true|false|null|yes|no|on|off|y|n)$/i.test(t)?t:JSON.stringify(t)}const b={sandbox:"111122223333",production:"444455556666",region:"us-east-2",runtime:"python3.12"};function H(t,n){const e=n.runtime??t.runtime,i=[...t.layers.length===0?["a submodule, or a folder with python/, pyproject.toml or requirements.txt"]:[],...n.sandboxAccount===null?["--sandbox-account (12 digits)"]:[],...n.productionAccount===null?["--production-account (12 digits)"]:[],...n.regions.length===0?["--region"]:[],...e===null?["--runtime (no .python-version and no requires-python says it)"]:[]],a=n.regions.length===0?[b.region]:n.regions,o={sandbox:S("sandbox",n,t,a),production:S("production",n,t,a),regions:a,runtime:e??b.runtime,action:n.action,needsSshKey:t.sshSubmodules.length>0},r=[...i.length===0?[]:[h({expected:"all that a configuration needs, from the repository or the command line",found:`nothing for ${i.join(", ")}`,mend:"give what is named"})],...q(t,o),...M(n.action)];if(r.length>0)throw(0,p.an)(r);return o}function S(t,n,e,i){const a=t==="sandbox",o=(a?n.sandboxAccount:n.productionAccount)??b[t],r=a?n.sandboxBranch??e.sandboxBranch??"test":n.productionBranch??e.productionBranch??"main",s=(a?n.sandboxStage:n.productionStage)??(a?"dev":"prod"),c=i.length===1?`${o}-code-deployment`:`${o}-code-deployment-{region}`;return{account:o,branch:r,stage:s,bucket:(a?n.sandboxBucket:n.productionBucket)??c}}function q(t,n){const e=A(t.layers.length===0?[{path:"layer",kind:"folder"}]:t.layers,n),i=e.map(s=>s.text).join(`
`),a=(0,_.t)(`${i}
`,"layer-deploy.yml").map(({finding:s,location:c})=>{const l=e[(c?.line??1)-1]?.option??null;return h(l===null?s:{...s,expected:`${s.expected} for ${l}`,mend:`give ${l} such a value`})}),o=new Set,r=a.filter(({message:s})=>!o.has(s)&&o.add(s));return n.sandbox.account!==n.production.account?r:[...r,h({expected:"two accounts, so that what is tried in the sandbox cannot reach production",found:`${n.sandbox.account} for --sandbox-account and for --production-account`,mend:"give the account of the other environment, or write .github/layer-deploy.yml by hand for one account"})]}function M(t){return/^[\w-][\w.-]*\/[\w.-]+(\/[\w./-]+)?@[\w./-]+( # \S+)?$/.test(t)?[]:[h({expected:"owner/name@ref for --action",found:JSON.stringify(t),mend:"name the repository of the action and a release or commit: --action OWNER/layer-deploy-action@v1"})]}function h(t){return new p.nn("CONFIG_INVALID",t)}const O="actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",L="aws-actions/configure-aws-credentials@e3dd6a429d7300a6a4c196c26e071d42e0343502 # v4.0.2";function z({sandbox:t,production:n,regions:e,action:i,needsSshKey:a}){const o=`[${[...new Set([t.branch,n.branch])].map(l=>JSON.stringify(l)).join(", ")}]`,r=n.branch.replaceAll("'","''"),s=`github.base_ref == '${r}' || github.event.merge_group.base_ref == 'refs/heads/${r}'`,c=e[0]??"";return`name: Layers
on:
  pull_request: { branches: ${o} }
  merge_group: { branches: ${o} }
  push: { branches: ${o} }
concurrency:
  group: layers-\${{ github.event_name }}-\${{ github.event.pull_request.number || github.ref }}
  cancel-in-progress: false
permissions: {}
jobs:
  plan:
    name: plan
    if: github.event_name != 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 25
    permissions:
      contents: read
      deployments: read # what was deployed before
      id-token: write # the AWS role is assumed with it
      pull-requests: write # the comment
      statuses: write # the commit status
    env:
      # Variables of the repository. Without them a plan compares with the base revision instead of the account.
      PLAN_ROLE: \${{ (${s}) && vars.AWS_PLAN_ROLE_PRODUCTION || vars.AWS_PLAN_ROLE_SANDBOX }}
    steps:
      - uses: ${O}
        with: { persist-credentials: true } # zizmor: ignore[artipacked] submodules that a layer is built from are fetched with them
      - uses: ${L}
        if: env.PLAN_ROLE != '' && github.event.pull_request.head.repo.fork != true
        with:
          role-to-assume: \${{ env.PLAN_ROLE }}
          aws-region: ${c}
      - uses: ${i}
  deploy:
    name: deploy
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 25
    environment: \${{ github.ref_name == '${r}' && 'production' || 'sandbox' }}
    permissions:
      contents: read
      id-token: write # the AWS role is assumed with it
      deployments: write # the deployment that GitHub shows
      pull-requests: write # the comment
      statuses: write # the commit status
    steps:
      - uses: ${O}
        with: { persist-credentials: true } # zizmor: ignore[artipacked] submodules that a layer is built from are fetched with them
      - uses: ${L}
        with:
          role-to-assume: \${{ vars.AWS_ROLE_ARN }} # a variable of each environment
          aws-region: ${c}
      - uses: ${i}
${a?G:""}`}const G=`        with:
          ssh-key: \${{ secrets.LAYERS_SSH_KEY }}
          ssh-known-hosts: \${{ secrets.LAYERS_KNOWN_HOSTS }}
`,y=".github/layer-deploy.yml",$=".github/workflows/layers.yml";function K(t,n){const e=H(t,n),i=A(t.layers,e).map(({text:a})=>`${a}
`);return[{path:y,text:i.join("")},{path:$,text:z(e)}]}async function Y({git:t,files:n},e,i,a=!0){const o=[y,$],r=await Promise.all(o.map(async u=>({path:u,text:await n.read(u)}))),s=r.filter(({text:u})=>u!==null).map(({path:u})=>u);if(i==="write"&&s.length>0)throw k(s);const c=await j(t,n),l=K(c,J(e,i==="compare"?r[0]?.text??null:null));if(i==="write"){for(const{path:u,text:w}of l)if(await n.create(u,w)==="exists")throw k([u])}return{files:l,differences:l.map(({path:u,text:w},V)=>N(u,r[V]?.text??null,w)),leftAlone:(await n.list(".github/workflows")).map(u=>`.github/workflows/${u}`).filter(u=>/\.ya?ml$/.test(u)&&(i!=="write"||u!==".github/workflows/layers.yml")),next:F(c,e,a)}}function F(t,{action:n,sandboxBranch:e},i){return[...(e??t.sandboxBranch)===null?["git push origin HEAD:test: no branch for the sandbox exists yet"]:[],...i?[]:[`in ${$} replace ${n} by OWNER/NAME@COMMIT of the repository that you take the action from`],...t.sshSubmodules.length===0?[]:[`on GitHub set the secrets LAYERS_SSH_KEY (a deploy key that reads ${t.sshSubmodules.join(", ")}) and LAYERS_KNOWN_HOSTS (from ssh-keyscan)`],"layer-deploy iam-policy --output iam, then deploy each iam/<environment>/access.template.yml in its account","on GitHub make the environments sandbox and production, each with the variable AWS_ROLE_ARN (DeployRoleArn of its stack)","on GitHub set the repository variables AWS_PLAN_ROLE_SANDBOX and AWS_PLAN_ROLE_PRODUCTION (PlanRoleArn of each stack)","layer-deploy doctor"]}function J(t,n){const e=n===null?null:U(n),i=r=>e?.environments.find(s=>s.name===r),[a,o]=[i("sandbox"),i("production")];return{...t,sandboxAccount:t.sandboxAccount??a?.accountId??null,productionAccount:t.productionAccount??o?.accountId??null,regions:t.regions.length>0?t.regions:a?.regions??[],runtime:t.runtime??e?.layers[0]?.compatibleRuntimes[0]??null,sandboxBranch:t.sandboxBranch??a?.branches[0]??null,productionBranch:t.productionBranch??o?.branches[0]??null}}function U(t){try{return(0,_.n)(t,y)}catch(n){if(n instanceof p.nn&&n.code==="CONFIG_INVALID")return null;throw n}}function k(t){return new p.nn("FILE_EXISTS",{expected:`no file at ${t.join(" and ")}`,found:`${t.length===1?"one":"both"}, left alone; nothing was written`,mend:"see what init would write with --diff, and edit the file by hand, or move it away and run init again"})}})};export{Z as id,Q as ids,tt as modules};
