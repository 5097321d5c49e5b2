const Q=5138,tt=[5138],nt={5138:((function(Z,E,f){f.d(E,{init:()=>z});var _=f(5148),h=f(1303);function x(t,n){const e=(i,r=null)=>({text:i,option:r}),o=n.regions.map(d).join(", "),s=(i,{account:r,branch:c,stage:a,bucket:l})=>[e(`  ${i}:`),e(`    branch: ${d(c)}`,`--${i}-branch`),e(`    stage: ${d(a)}`,`--${i}-stage`),e(`    account-id: ${JSON.stringify(r)}`,`--${i}-account`),e(`    regions: [${o}]`,"--region"),e(`    artifact-bucket: ${d(l)}`,`--${i}-bucket`)];return[e("version: 1"),e("environments:"),...s("sandbox",n.sandbox),...s("production",n.production),e("    promote-from: sandbox"),e("defaults:"),e(`  compatible-runtimes: [${d(n.runtime)}]`,"--runtime"),e("layers:"),...N(t).map(({id:i,path:r})=>e(`  ${i}: { path: ${d(r)} }`))]}function d(t){return/^[A-Za-z][\w./-]*$/.test(t)&&!/^(true|false|null|yes|no|on|off|y|n)$/i.test(t)?t:JSON.stringify(t)}function N(t){const n=t.map(({path:o})=>g(o.split("/").at(-1)??o)),e=new Set;return t.map(({path:o},s)=>{const i=n[s]??"";let r=n.filter(c=>p(c)===p(i)).length===1?i:g(o);for(let c=2;e.has(p(r));c++)r=`${g(o).slice(0,95)}_${c}`;return e.add(p(r)),{id:r,path:o}})}function g(t){const n=t.replace(/[^A-Za-z0-9_-]+/g,"_").slice(0,99);return/^[A-Za-z_]/.test(n)?n:`_${n}`}function p(t){return t.replaceAll("_","-").toLowerCase()}const b={sandbox:"111122223333",production:"444455556666",region:"us-east-2",runtime:"python3.12"};function R(t,n){const e=n.runtime??t.runtime,o=[...t.layers.length===0?["a submodule, or a folder with python/, pyproject.toml or requirements.txt"]:[],...n.sandboxAccount===null?["--sandbox-account (12 digits)"]:[],...n.productionAccount===null?["--production-account (12 digits)"]:[],...n.regions.length===0?["--region"]:[],...e===null?["--runtime (for example python3.12; neither .python-version nor requires-python says it)"]:[]],s=n.regions.length===0?[b.region]:n.regions,i={sandbox:v("sandbox",n,t,s),production:v("production",n,t,s),regions:s,runtime:e??b.runtime,action:n.action,needsSshKey:t.sshSubmodules.length>0},r=[...o.length===0?[]:[m({expected:"all that a configuration needs, from the repository or the command line",found:`nothing for ${o.join(", ")}`,mend:"add each of them"})],...B(t,i),...P(n.action)];if(r.length>0)throw(0,h.dn)(r);return i}function v(t,n,e,o){const s=t==="sandbox",i=(s?n.sandboxAccount:n.productionAccount)??b[t],r=s?n.sandboxBranch??e.sandboxBranch??"test":n.productionBranch??e.productionBranch??"main",c=(s?n.sandboxStage:n.productionStage)??(s?"dev":"prod"),a=o.length===1?`${i}-code-deployment`:`${i}-code-deployment-{region}`;return{account:i,branch:r,stage:c,bucket:(s?n.sandboxBucket:n.productionBucket)??a}}function B(t,n){const e=x(t.layers.length===0?[{path:"layer",kind:"folder"}]:t.layers,n),o=e.map(r=>r.text).join(`
`),s=new Map;for(const{finding:r,location:c}of(0,_.t)(`${o}
`,"layer-deploy.yml")){const a=e[(c?.line??1)-1]?.option??null,l=`${a??r.expected}: ${r.found}`;if(s.has(l))continue;const u={...r,expected:`${r.expected} for ${a}`,mend:`give ${a} such a value`};s.set(l,m(a===null?r:u))}const i=[...s.values()];return n.sandbox.account!==n.production.account?i:[...i,m({expected:"two accounts, so that what is tried in the sandbox cannot reach production",found:`${n.sandbox.account} for --sandbox-account and for --production-account`,mend:"give the account of the other environment, or write .github/layer-deploy.yml by hand for one account"})]}function P(t){return/^[\w-][\w.-]*\/[\w.-]+(\/[\w./-]+)?@[\w./-]+( # \S+)?$/.test(t)?[]:[m({expected:"owner/name@ref for --action",found:JSON.stringify(t),mend:"name the repository of the action and a release or commit: --action OWNER/layer-deploy-action@v1"})]}function m(t){return new h.cn("CONFIG_INVALID",t)}const I=["main","master","production"],W=["test","sandbox","staging","develop","dev"],j=["python/","pyproject.toml","setup.py","requirements.txt"],D=/^(\.|_|(docs?|tests?|scripts?|tools?|examples?|bench|node_modules|venv|build|dist)\/)/;async function T(t,n){const e=await t.headCommit(),o=await t.readGitlinks(e,["."]),s=o.length===0?[]:await t.sshSubmodules(e),i=o.map(({path:l})=>({path:l,kind:"submodule"})),r=(await C(n)).filter(l=>!i.some(u=>u.path===l)),c=H(t),a=[...i,...r.map(l=>({path:l,kind:"folder"}))];return{layers:a,productionBranch:await A(c,I),sandboxBranch:await A(c,W),sshSubmodules:s.filter(l=>i.some(u=>u.path===l)),runtime:await M(n,["",...a.map(({path:l})=>`${l}/`)])}}async function C(t){const n=(await t.list(".")).filter(e=>e.endsWith("/")&&!D.test(e));return(await Promise.all(n.map(async e=>({name:e,holds:await t.list(e.slice(0,-1))})))).filter(({holds:e})=>j.some(o=>e.includes(o))).map(({name:e})=>e.slice(0,-1))}function H(t){let n=!1;return async e=>{if(!n)try{return await t.remoteBranchTip(e)!==null}catch(s){if(!(s instanceof h.cn)||s.code!=="GIT_FAILED")throw s;n=!0}const o=[`refs/remotes/origin/${e}`,`refs/heads/${e}`].map(s=>t.resolveCommit(s));return(await Promise.all(o)).some(s=>s!==null)}}async function A(t,n){for(const e of n)if(await t(e))return e;return null}async function M(t,n){for(const e of n){const o=/^\s*(3\.\d+)/.exec(await t.read(`${e}.python-version`)??""),s=/^requires-python\s*=\s*["'][^"']*?(3\.\d+)/m.exec(await t.read(`${e}pyproject.toml`)??""),i=o?.[1]??s?.[1];if(i!==void 0)return`python${i}`}return null}const S="actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",O="aws-actions/configure-aws-credentials@e3dd6a429d7300a6a4c196c26e071d42e0343502 # v4.0.2";function q({sandbox:t,production:n,regions:e,action:o,needsSshKey:s}){const i=`[${[...new Set([t.branch,n.branch])].map(l=>JSON.stringify(l)).join(", ")}]`,r=n.branch.replaceAll("'","''"),c=`github.base_ref == '${r}' || github.event.merge_group.base_ref == 'refs/heads/${r}'`,a=e[0]??"";return`name: Layers
on:
  pull_request: { branches: ${i} }
  merge_group: { branches: ${i} }
  push: { branches: ${i} }
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
      PLAN_ROLE: \${{ (${c}) && vars.AWS_PLAN_ROLE_PRODUCTION || vars.AWS_PLAN_ROLE_SANDBOX }}
    steps:
      - uses: ${S}
        with: { persist-credentials: true } # zizmor: ignore[artipacked] submodules that a layer is built from are fetched with them
      - uses: ${O}
        if: env.PLAN_ROLE != '' && github.event.pull_request.head.repo.fork != true
        with:
          role-to-assume: \${{ env.PLAN_ROLE }}
          aws-region: ${a}
      - uses: ${o}
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
      - uses: ${S}
        with: { persist-credentials: true } # zizmor: ignore[artipacked] submodules that a layer is built from are fetched with them
      - uses: ${O}
        with:
          role-to-assume: \${{ vars.AWS_ROLE_ARN }} # a variable of each environment
          aws-region: ${a}
      - uses: ${o}
${s?G:""}`}const G=`        with:
          ssh-key: \${{ secrets.LAYERS_SSH_KEY }}
          ssh-known-hosts: \${{ secrets.LAYERS_KNOWN_HOSTS }}
`;async function z({git:t,files:n},e,o,s=!0){const i=[y,$],r=await Promise.all(i.map(async u=>({path:u,text:await n.read(u)}))),c=r.filter(({text:u})=>u!==null).map(({path:u})=>u);if(o==="write"&&c.length>0)throw L(c);const a=await T(t,n),l=J(a,F(e,o==="compare"?r[0]?.text??null:null));if(o==="write"){for(const{path:u,text:w}of l)if(await n.create(u,w)==="exists")throw L([u])}return{files:l,differences:l.map(({path:u,text:w},X)=>U(u,r[X]?.text??null,w)),leftAlone:(await n.list(".github/workflows")).map(u=>`.github/workflows/${u}`).filter(u=>/\.ya?ml$/.test(u)&&(o!=="write"||u!==".github/workflows/layers.yml")),next:K(a,e,s)}}function K(t,{action:n,sandboxBranch:e},o){return[...(e??t.sandboxBranch)===null?["git push origin HEAD:test: no branch for the sandbox exists yet"]:[],...o?[]:[`in ${$} replace ${n} by OWNER/NAME@COMMIT of the repository that you take the action from`],...t.sshSubmodules.length===0?[]:[`on GitHub set the secrets LAYERS_SSH_KEY (a deploy key that reads ${t.sshSubmodules.join(", ")}) and LAYERS_KNOWN_HOSTS (from ssh-keyscan)`],"layer-deploy iam-policy --output iam, then deploy each iam/<environment>/access.template.yml in its account","on GitHub make the environments sandbox and production, each with the variable AWS_ROLE_ARN (DeployRoleArn of its stack)","on GitHub set the repository variables AWS_PLAN_ROLE_SANDBOX and AWS_PLAN_ROLE_PRODUCTION (PlanRoleArn of each stack)","layer-deploy doctor"]}function F(t,n){const e=n===null?null:Y(n),o=r=>e?.environments.find(c=>c.name===r),[s,i]=[o("sandbox"),o("production")];return{...t,sandboxAccount:t.sandboxAccount??s?.accountId??null,productionAccount:t.productionAccount??i?.accountId??null,regions:t.regions.length>0?t.regions:s?.regions??[],runtime:t.runtime??e?.layers[0]?.compatibleRuntimes[0]??null,sandboxBranch:t.sandboxBranch??s?.branches[0]??null,productionBranch:t.productionBranch??i?.branches[0]??null}}function Y(t){try{return(0,_.n)(t,y)}catch(n){if(n instanceof h.cn&&n.code==="CONFIG_INVALID")return null;throw n}}function L(t){return new h.cn("FILE_EXISTS",{expected:`no file at ${t.join(" and ")}`,found:`${t.length===1?"one":"both"}, left alone; nothing was written`,mend:"see what init would write with --diff, and edit the file by hand, or move it away and run init again"})}const y=".github/layer-deploy.yml",$=".github/workflows/layers.yml";function J(t,n){const e=R(t,n),o=x(t.layers,e).map(({text:s})=>`${s}
`);return[{path:y,text:o.join("")},{path:$,text:q(e)}]}function U(t,n,e){if(n===e)return"";const o=V(n===null?[]:k(n),k(e));return`${[n===null?"--- /dev/null":`--- a/${t}`,`+++ b/${t}`,...o].join(`
`)}
`}function k(t){return t.replace(/\n$/,"").split(`
`)}function V(t,n){if(t.length*n.length>4e6)return[...t.map(c=>`-${c}`),...n.map(c=>`+${c}`)];const e=Array.from({length:t.length+1},()=>new Array(n.length+1).fill(0)),o=(c,a)=>e[c]?.[a]??0;for(let c=t.length-1;c>=0;c--)for(let a=n.length-1;a>=0;a--){const l=t[c]===n[a]?o(c+1,a+1)+1:Math.max(o(c+1,a),o(c,a+1)),u=e[c];u!==void 0&&(u[a]=l)}const s=[];let[i,r]=[0,0];for(;i<t.length||r<n.length;)i<t.length&&r<n.length&&t[i]===n[r]?(s.push(` ${t[i++]??""}`),r++):r>=n.length||i<t.length&&o(i+1,r)>=o(i,r+1)?s.push(`-${t[i++]??""}`):s.push(`+${n[r++]??""}`);return s}}))};export{Q as id,tt as ids,nt as modules};
