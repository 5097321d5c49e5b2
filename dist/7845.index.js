const F=7845,G=[7845],U={7845:((C,O,p)=>{p.d(O,{init:()=>T});var m=p(8125);const L=["main","master","production"],k=["test","sandbox","staging","develop","dev"],N=["python/","pyproject.toml","setup.py","requirements.txt"],P=/^(\.|_|(docs?|tests?|scripts?|tools?|examples?|bench|node_modules|venv|build|dist)\/)/;async function R(e,t){const n=(await e.readGitlinks(await e.headCommit(),["."])).map(({path:a})=>({path:a,kind:"submodule"})),r=(await B(t)).filter(a=>!n.some(s=>s.path===a)),i=[...n,...r.map(a=>({path:a,kind:"folder"}))];return{layers:i,productionBranch:await f(e,L),sandboxBranch:await f(e,k),runtime:await S(t,["",...i.map(({path:a})=>`${a}/`)])}}async function B(e){const t=(await e.list(".")).filter(n=>n.endsWith("/")&&!P.test(n));return(await Promise.all(t.map(async n=>({name:n,holds:await e.list(n.slice(0,-1))})))).filter(({holds:n})=>N.some(r=>n.includes(r))).map(({name:n})=>n.slice(0,-1))}async function f(e,t){for(const o of t)if(await e.remoteBranchTip(o)!==null)return o;return null}async function S(e,t){for(const o of t){const n=/^\s*(3\.\d+)/.exec(await e.read(`${o}.python-version`)??""),r=/^requires-python\s*=\s*["'][^"']*?(3\.\d+)/m.exec(await e.read(`${o}pyproject.toml`)??""),i=n?.[1]??r?.[1];if(i!==void 0)return`python${i}`}return null}const b=100;function E(e){const t=e.map(({path:n})=>h(n.split("/").at(-1)??n)),o=new Set;return e.map(({path:n},r)=>{const i=t[r]??"";let s=t.filter(c=>l(c)===l(i)).length===1?i:h(n);for(let c=2;o.has(l(s));c++)s=`${h(n).slice(0,b-5)}_${c}`;return o.add(l(s)),{id:s,path:n}})}function h(e){const t=e.replace(/[^A-Za-z0-9_-]+/g,"_").slice(0,b-1);return/^[A-Za-z_]/.test(t)?t:`_${t}`}function l(e){return e.replaceAll("_","-").toLowerCase()}const y="actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",g="aws-actions/configure-aws-credentials@e3dd6a429d7300a6a4c196c26e071d42e0343502 # v4.0.2";function q({sandboxBranch:e,productionBranch:t,regions:o,action:n}){const r=`[${[...new Set([e,t])].map(c=>JSON.stringify(c)).join(", ")}]`,i=t.replaceAll("'","''"),a=`github.base_ref == '${i}' || github.event.merge_group.base_ref == 'refs/heads/${i}'`,s=o[0]??"";return`name: Layers
on:
  pull_request: { branches: ${r} }
  merge_group: { branches: ${r} }
  push: { branches: ${r} }
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
      PLAN_ROLE: \${{ (${a}) && vars.AWS_PLAN_ROLE_PRODUCTION || vars.AWS_PLAN_ROLE_SANDBOX }}
    steps:
      - uses: ${y}
        with: { persist-credentials: true } # submodules that a layer is built from are fetched with them
      - uses: ${g}
        if: env.PLAN_ROLE != '' && github.event.pull_request.head.repo.fork != true
        with:
          role-to-assume: \${{ env.PLAN_ROLE }}
          aws-region: ${s}
      - uses: ${n}
  deploy:
    if: github.event_name == 'push'
    runs-on: ubuntu-latest
    timeout-minutes: 25
    environment: \${{ github.ref_name == '${i}' && 'production' || 'sandbox' }}
    permissions:
      contents: read
      id-token: write
      deployments: write
      pull-requests: write
      statuses: write
    steps:
      - uses: ${y}
        with: { persist-credentials: true } # submodules that a layer is built from are fetched with them
      - uses: ${g}
        with:
          role-to-assume: \${{ vars.AWS_ROLE_ARN }} # a variable of each environment
          aws-region: ${s}
      - uses: ${n}
`}const w=".github/layer-deploy.yml",$=".github/workflows/layers.yml";function j(e,t){const o=W(e,t);return[{path:w,text:D(e.layers,o)},{path:$,text:q(o)}]}function W(e,t){const{sandboxAccount:o,productionAccount:n,regions:r,action:i}=t,a=t.runtime??e.runtime,s=[...e.layers.length===0?["a submodule, or a folder with python/, pyproject.toml or requirements.txt"]:[],..._(o)?[]:["--sandbox-account (12 digits)"],..._(n)?[]:["--production-account (12 digits)"],...r.length===0?["--region"]:[],...a===null?["--runtime (no .python-version and no requires-python says it)"]:[]];if(s.length>0||o===null||n===null||a===null)throw new m.AK("CONFIG_INVALID",{expected:"all that a configuration needs, from the repository or the command line",found:`nothing for ${s.join(", ")}`,mend:"give what is named"});const{sandboxBranch:c,productionBranch:u}=e;return{sandboxAccount:o,productionAccount:n,regions:r,runtime:a,action:i,...{sandboxBranch:c??"test",productionBranch:u??"main"}}}function _(e){return e!==null&&/^\d{12}$/.test(e)}function D(e,t){const{sandboxAccount:o,productionAccount:n,sandboxBranch:r,productionBranch:i,runtime:a}=t,s=(c,u,A,x)=>[`  ${c}:`,`    branch: ${d(u)}`,`    stage: ${A}`,`    account-id: ${d(x)}`,`    regions: [${t.regions.join(", ")}]`,`    artifact-bucket: ${I(x,t.regions)}`];return`${["version: 1","environments:",...s("sandbox",r,"dev",o),...s("production",i,"prod",n),"    promote-from: sandbox","defaults:",`  compatible-runtimes: [${a}]`,"layers:",...E(e).map(({id:c,path:u})=>`  ${c}: { path: ${d(u)} }`)].join(`
`)}
`}function I(e,t){return d(t.length===1?`${e}-code-deployment`:`${e}-code-deployment-{region}`)}function d(e){return/^[A-Za-z][\w./-]*$/.test(e)&&!/^(true|false|null|yes|no|on|off|y|n)$/i.test(e)?e:JSON.stringify(e)}async function T({git:e,files:t},o,n){for(const s of[w,$])if(await t.read(s)!==null)throw v(s);const r=await R(e,t),i=j(r,o);if(!n){for(const{path:s,text:c}of i)if(await t.create(s,c)==="exists")throw v(s)}const a=r.sandboxBranch===null?["git push origin HEAD:test: no branch for the sandbox exists yet"]:[];return{files:i,next:[...a,"layer-deploy iam-policy --output iam, then deploy each iam/<environment>/access.template.yml in its account","on GitHub make the environments sandbox and production, each with the variable AWS_ROLE_ARN (DeployRoleArn of its stack)","on GitHub set the repository variables AWS_PLAN_ROLE_SANDBOX and AWS_PLAN_ROLE_PRODUCTION (PlanRoleArn of each stack)","layer-deploy doctor"]}}function v(e){return new m.AK("FILE_EXISTS",{expected:`no file at ${e}`,found:"one",mend:"keep it and edit it by hand, or move it away and run init again"})}})};export{F as id,G as ids,U as modules};
