const Z=5138,Q=[5138],tt={5138:((X,N,g)=>{g.d(N,{init:()=>F});var w=g(5148),m=g(2008);function k(t,n,e){if(n===e)return"";const o=R(n===null?[]:x(n),x(e));return`${[n===null?"--- /dev/null":`--- a/${t}`,`+++ b/${t}`,...o].join(`
`)}
`}function x(t){return t.replace(/\n$/,"").split(`
`)}function R(t,n){if(t.length*n.length>4e6)return[...t.map(s=>`-${s}`),...n.map(s=>`+${s}`)];const e=Array.from({length:t.length+1},()=>new Array(n.length+1).fill(0)),o=(s,a)=>e[s]?.[a]??0;for(let s=t.length-1;s>=0;s--)for(let a=n.length-1;a>=0;a--){const l=t[s]===n[a]?o(s+1,a+1)+1:Math.max(o(s+1,a),o(s,a+1)),u=e[s];u!==void 0&&(u[a]=l)}const c=[];let[i,r]=[0,0];for(;i<t.length||r<n.length;)i<t.length&&r<n.length&&t[i]===n[r]?(c.push(` ${t[i++]??""}`),r++):r>=n.length||i<t.length&&o(i+1,r)>=o(i,r+1)?c.push(`-${t[i++]??""}`):c.push(`+${n[r++]??""}`);return c}const B=["main","master","production"],P=["test","sandbox","staging","develop","dev"],I=["python/","pyproject.toml","setup.py","requirements.txt"],j=/^(\.|_|(docs?|tests?|scripts?|tools?|examples?|bench|node_modules|venv|build|dist)\/)/;async function W(t,n){const e=await t.headCommit(),o=await t.readGitlinks(e,["."]),c=o.length===0?[]:await t.sshSubmodules(e),i=o.map(({path:a})=>({path:a,kind:"submodule"})),r=(await D(n)).filter(a=>!i.some(l=>l.path===a)),s=[...i,...r.map(a=>({path:a,kind:"folder"}))];return{layers:s,productionBranch:await v(t,B),sandboxBranch:await v(t,P),sshSubmodules:c.filter(a=>i.some(l=>l.path===a)),runtime:await T(n,["",...s.map(({path:a})=>`${a}/`)])}}async function D(t){const n=(await t.list(".")).filter(e=>e.endsWith("/")&&!j.test(e));return(await Promise.all(n.map(async e=>({name:e,holds:await t.list(e.slice(0,-1))})))).filter(({holds:e})=>I.some(o=>e.includes(o))).map(({name:e})=>e.slice(0,-1))}async function v(t,n){for(const e of n)if(await t.remoteBranchTip(e)!==null)return e;return null}async function T(t,n){for(const e of n){const o=/^\s*(3\.\d+)/.exec(await t.read(`${e}.python-version`)??""),c=/^requires-python\s*=\s*["'][^"']*?(3\.\d+)/m.exec(await t.read(`${e}pyproject.toml`)??""),i=o?.[1]??c?.[1];if(i!==void 0)return`python${i}`}return null}function C(t){const n=t.map(({path:o})=>b(o.split("/").at(-1)??o)),e=new Set;return t.map(({path:o},c)=>{const i=n[c]??"";let r=n.filter(s=>f(s)===f(i)).length===1?i:b(o);for(let s=2;e.has(f(r));s++)r=`${b(o).slice(0,95)}_${s}`;return e.add(f(r)),{id:r,path:o}})}function b(t){const n=t.replace(/[^A-Za-z0-9_-]+/g,"_").slice(0,99);return/^[A-Za-z_]/.test(n)?n:`_${n}`}function f(t){return t.replaceAll("_","-").toLowerCase()}function A(t,n){const e=(i,r=null)=>({text:i,option:r}),o=n.regions.map(d).join(", "),c=(i,{account:r,branch:s,stage:a,bucket:l})=>[e(`  ${i}:`),e(`    branch: ${d(s)}`,`--${i}-branch`),e(`    stage: ${d(a)}`,`--${i}-stage`),e(`    account-id: ${JSON.stringify(r)}`,`--${i}-account`),e(`    regions: [${o}]`,"--region"),e(`    artifact-bucket: ${d(l)}`,`--${i}-bucket`)];return[e("version: 1"),e("environments:"),...c("sandbox",n.sandbox),...c("production",n.production),e("    promote-from: sandbox"),e("defaults:"),e(`  compatible-runtimes: [${d(n.runtime)}]`,"--runtime"),e("layers:"),...C(t).map(({id:i,path:r})=>e(`  ${i}: { path: ${d(r)} }`))]}function d(t){return/^[A-Za-z][\w./-]*$/.test(t)&&!/^(true|false|null|yes|no|on|off|y|n)$/i.test(t)?t:JSON.stringify(t)}const y={sandbox:"111122223333",production:"444455556666",region:"us-east-2",runtime:"python3.12"};function q(t,n){const e=n.runtime??t.runtime,o=[...t.layers.length===0?["a submodule, or a folder with python/, pyproject.toml or requirements.txt"]:[],...n.sandboxAccount===null?["--sandbox-account (12 digits)"]:[],...n.productionAccount===null?["--production-account (12 digits)"]:[],...n.regions.length===0?["--region"]:[],...e===null?["--runtime (no .python-version and no requires-python says it)"]:[]],c=n.regions.length===0?[y.region]:n.regions,i={sandbox:S("sandbox",n,t,c),production:S("production",n,t,c),regions:c,runtime:e??y.runtime,action:n.action,needsSshKey:t.sshSubmodules.length>0},r=[...o.length===0?[]:[h({expected:"all that a configuration needs, from the repository or the command line",found:`nothing for ${o.join(", ")}`,mend:"give what is named"})],...H(t,i),...M(n.action)];if(r.length>0)throw(0,m.an)(r);return i}function S(t,n,e,o){const c=t==="sandbox",i=(c?n.sandboxAccount:n.productionAccount)??y[t],r=c?n.sandboxBranch??e.sandboxBranch??"test":n.productionBranch??e.productionBranch??"main",s=(c?n.sandboxStage:n.productionStage)??(c?"dev":"prod"),a=o.length===1?`${i}-code-deployment`:`${i}-code-deployment-{region}`;return{account:i,branch:r,stage:s,bucket:(c?n.sandboxBucket:n.productionBucket)??a}}function H(t,n){const e=A(t.layers.length===0?[{path:"layer",kind:"folder"}]:t.layers,n),o=e.map(s=>s.text).join(`
`),c=(0,w.t)(`${o}
`,"layer-deploy.yml").map(({finding:s,location:a})=>{const l=e[(a?.line??1)-1]?.option??null;return h(l===null?s:{...s,expected:`${s.expected} for ${l}`,mend:`give ${l} such a value`})}),i=new Set,r=c.filter(({message:s})=>!i.has(s)&&i.add(s));return n.sandbox.account!==n.production.account?r:[...r,h({expected:"two accounts, so that what is tried in the sandbox cannot reach production",found:`${n.sandbox.account} for --sandbox-account and for --production-account`,mend:"give the account of the other environment, or write .github/layer-deploy.yml by hand for one account"})]}function M(t){return/^[\w-][\w.-]*\/[\w.-]+(\/[\w./-]+)?@[\w./-]+( # \S+)?$/.test(t)?[]:[h({expected:"owner/name@ref for --action",found:JSON.stringify(t),mend:"name the repository of the action and a release or commit: --action OWNER/layer-deploy-action@v1"})]}function h(t){return new m.nn("CONFIG_INVALID",t)}const O="actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",L="aws-actions/configure-aws-credentials@e3dd6a429d7300a6a4c196c26e071d42e0343502 # v4.0.2";function K({sandbox:t,production:n,regions:e,action:o,needsSshKey:c}){const[i,r]=[t.branch,n.branch],s=`[${[...new Set([i,r])].map(p=>JSON.stringify(p)).join(", ")}]`,a=r.replaceAll("'","''"),l=`github.base_ref == '${a}' || github.event.merge_group.base_ref == 'refs/heads/${a}'`,u=e[0]??"";return`name: Layers
on:
  pull_request: { branches: ${s} }
  merge_group: { branches: ${s} }
  push: { branches: ${s} }
concurrency:
  group: layers-\${{ github.event_name }}-\${{ github.event.pull_request.number || github.ref }}
  cancel-in-progress: false
permissions: {}
jobs:
  plan:
    if: github.event_name != 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 25
    permissions:
      contents: read
      deployments: read
      id-token: write
      pull-requests: write
      statuses: write
    env:
      # Variables of the repository. Without them a plan compares with the base revision instead of the account.
      PLAN_ROLE: \${{ (${l}) && vars.AWS_PLAN_ROLE_PRODUCTION || vars.AWS_PLAN_ROLE_SANDBOX }}
    steps:
      - uses: ${O}
        with: { persist-credentials: true } # submodules that a layer is built from are fetched with them
      - uses: ${L}
        if: env.PLAN_ROLE != '' && github.event.pull_request.head.repo.fork != true
        with:
          role-to-assume: \${{ env.PLAN_ROLE }}
          aws-region: ${u}
      - uses: ${o}
  deploy:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 25
    environment: \${{ github.ref_name == '${a}' && 'production' || 'sandbox' }}
    permissions:
      contents: read
      id-token: write
      deployments: write
      pull-requests: write
      statuses: write
    steps:
      - uses: ${O}
        with: { persist-credentials: true } # submodules that a layer is built from are fetched with them
      - uses: ${L}
        with:
          role-to-assume: \${{ vars.AWS_ROLE_ARN }} # a variable of each environment
          aws-region: ${u}
      - uses: ${o}
${c?G:""}`}const G=`        with:
          ssh-key: \${{ secrets.LAYERS_SSH_KEY }}
          ssh-known-hosts: \${{ secrets.LAYERS_KNOWN_HOSTS }}
`,$=".github/layer-deploy.yml",_=".github/workflows/layers.yml";function Y(t,n){const e=q(t,n),o=A(t.layers,e).map(({text:c})=>`${c}
`);return[{path:$,text:o.join("")},{path:_,text:K(e)}]}async function F({git:t,files:n},e,o,c=!0){const i=[$,_],r=await Promise.all(i.map(async u=>({path:u,text:await n.read(u)}))),s=r.filter(({text:u})=>u!==null).map(({path:u})=>u);if(o==="write"&&s.length>0)throw E(s);const a=await W(t,n),l=Y(a,U(e,o==="compare"?r[0]?.text??null:null));if(o==="write"){for(const{path:u,text:p}of l)if(await n.create(u,p)==="exists")throw E([u])}return{files:l,differences:l.map(({path:u,text:p},z)=>k(u,r[z]?.text??null,p)),leftAlone:(await n.list(".github/workflows")).map(u=>`.github/workflows/${u}`).filter(u=>/\.ya?ml$/.test(u)&&(o!=="write"||u!==".github/workflows/layers.yml")),next:J(a,e,c)}}function J(t,{action:n,sandboxBranch:e},o){return[...(e??t.sandboxBranch)===null?["git push origin HEAD:test: no branch for the sandbox exists yet"]:[],...o?[]:[`in ${_} replace ${n} by OWNER/NAME@COMMIT of the repository that you take the action from`],...t.sshSubmodules.length===0?[]:[`on GitHub set the secrets LAYERS_SSH_KEY (a deploy key that reads ${t.sshSubmodules.join(", ")}) and LAYERS_KNOWN_HOSTS (from ssh-keyscan)`],"layer-deploy iam-policy --output iam, then deploy each iam/<environment>/access.template.yml in its account","on GitHub make the environments sandbox and production, each with the variable AWS_ROLE_ARN (DeployRoleArn of its stack)","on GitHub set the repository variables AWS_PLAN_ROLE_SANDBOX and AWS_PLAN_ROLE_PRODUCTION (PlanRoleArn of each stack)","layer-deploy doctor"]}function U(t,n){const e=n===null?null:V(n),o=r=>e?.environments.find(s=>s.name===r),[c,i]=[o("sandbox"),o("production")];return{...t,sandboxAccount:t.sandboxAccount??c?.accountId??null,productionAccount:t.productionAccount??i?.accountId??null,regions:t.regions.length>0?t.regions:c?.regions??[],runtime:t.runtime??e?.layers[0]?.compatibleRuntimes[0]??null,sandboxBranch:t.sandboxBranch??c?.branches[0]??null,productionBranch:t.productionBranch??i?.branches[0]??null}}function V(t){try{return(0,w.n)(t,$)}catch(n){if(n instanceof m.nn&&n.code==="CONFIG_INVALID")return null;throw n}}function E(t){return new m.nn("FILE_EXISTS",{expected:`no file at ${t.join(" and ")}`,found:`${t.length===1?"one":"both"}, left alone; nothing was written`,mend:"see what init would write with --diff, and edit the file by hand, or move it away and run init again"})}})};export{Z as id,Q as ids,tt as modules};
