/** The numbered faults and figures that tests name: what each is, and what is expected. One line each, `number | text`. */
const faultLines = `
1 | a configuration that does not exist: CONFIG_NOT_FOUND with the path
2 | bad YAML, duplicate keys, an alias bomb, more than the limit: CONFIG_INVALID with line and column
3 | an unknown key or a wrong type: refused, with the nearest known key
4 | a branch in two environments; two environments with one account and one stage: refused
5 | an account id without quotes or not of 12 digits: refused
6 | an empty list, a stray comma or blanks where an allow-list is meant: refused, never "all"
7 | a region that is none, or of another partition: refused
8 | names and descriptions over AWS's limits: refused before anything is built
9 | two layers with one layer name or stack: refused
10 | yes for a boolean: refused
11 | a pull request that edits the environment map: the plan says so; a deploy reads the committed one
12 | keys such as __proto__: names like any other
13 | a push without a commit before: every layer is looked at
14 | a forced push whose base is gone: base-unknown
15 | a deleted ref: nothing, exit 0
16 | a tag, also one named like a branch: nothing, exit 0
17 | a merge group: plans
18 | a workflow_run that failed, came from a fork or a pull request, or is not the branch's tip: refused
19 | a pull request of a fork: read only, summary in place of the comment
20 | pull_request_target: never deploys
21 | a dispatch whose environment is not its branch's: refused
22 | a schedule: a drift report
23 | an old run that is started again: STALE_RUN, the branch's tip decides
24 | an event file that is missing or corrupt: EVENT_INVALID
25 | Main, look-alike letters, main/x: not the branch main
26 | more than 256 layers and regions: the matrix shares entries
27 | a shallow clone that lacks the base: a bounded fetch by id, then base-unknown
28 | a submodule added, removed, renamed, with another URL, changed to a folder and back: seen
29 | a submodule that is not checked out: its commit is fetched, or SOURCE_NOT_CHECKED_OUT; never an empty layer
30 | a submodule at another commit, changed files: the gitlink's commit is built; SOURCE_DIRTY on the command line
31 | a gitlink that its remote does not have: refused with the commit
32 | paths with newline, quote, bytes that are no UTF-8: carried through
33 | paths that leave the repository, are absolute or begin with a dash: refused
34 | hostile submodule URLs, names and update commands: never run
35 | credentials in a URL: redacted everywhere
36 | git absent, hung, failing, of dubious ownership: a coded error
37 | links out of the tree, loops, devices, FIFOs: ARCHIVE_UNSAFE_PATH
38 | private keys, access keys, tokens, .env in the content: SECRET_IN_ARCHIVE, the file's name alone
39 | more than 262,144,000 bytes unzipped: ARCHIVE_TOO_LARGE
40 | empty, or without a folder of the runtime: ARCHIVE_LAYOUT
41 | names equal but for case, duplicates: refused
42 | a file that changes while it is packed: refused
43 | the same input gives the same bytes: any folder, user, umask, time zone, locale, file order, Node version
44 | disk full, too many open files: a coded error, nothing left behind
45 | shared objects of another architecture or Python than declared: WRONG_ARCHITECTURE
46 | the wrong account: ACCOUNT_MISMATCH before anything else
47 | no credentials: the sources that were tried are named
48 | a token that ends in mid-run: a failure that the next run completes
49 | a clock that is off by an hour: told as such
50 | a denied call: ACCESS_DENIED with action and ARN, no retry
51 | throttling: retries with jitter under one rate budget
52 | a publish that is acknowledged late or never: found again by its digest
53 | lists that lag behind: no silent duplicate
54 | an artifact that exists: its bytes are compared
55 | a bucket of another owner or region, a denied key: refused
56 | an upload whose checksum differs: nothing is published
57 | a CodeSha256 that differs from ours: PUBLISH_UNVERIFIED, no ARN is given out
58 | code storage exceeded: told with the command that helps
59 | a version that somebody deleted: published again
60 | a stack in REVIEW_IN_PROGRESS: created
61 | ROLLBACK_COMPLETE: STACK_NOT_READY; recreated only where that is configured and no version is held
62 | UPDATE_ROLLBACK_FAILED: STACK_NOT_READY
63 | an operation in progress: waited for up to the deadline, then a failure
64 | a change set without changes: unchanged
65 | a change that would delete a version: TEMPLATE_DELETES_VERSIONS
66 | a stack of somebody else: STACK_NOT_OURS
67 | a change set of that name exists: adopted or deleted
68 | every status of a stack means proceed, wait, recover or stop
69 | a missing permission of the token: the deploy's result stays, a warning names it
70 | GitHub's secondary rate limit: waited for
71 | an error while a comment is created: looked for before it is created again
72 | two runs that create at once: one comment
73 | our marker in somebody else's comment: ignored
74 | 300 comments: all pages are read
75 | a comment over 65,536 characters: cut at a row
76 | a status description over 140 characters: cut by whole characters
77 | a summary over 1 MiB, outputs over 1 MB: cut, JSON stays valid
78 | a killed run: the next one closes its pending status
79 | addresses of GitHub Enterprise Server: used as given
80 | a pull request that is closed or locked: no failure
81 | squash, rebase, merge commit, several pull requests for one commit: the result lands on the right one
82 | a pending run that concurrency dropped: the newest deploys everything since
83 | workflow commands and newlines in foreign text: neutral
84 | mentions, pipes, backticks, comments, links, HTML in foreign text: escaped
85 | an output that contains its delimiter: kept whole
86 | names of 10,000 characters: cut
88 | every attempt of a run that is killed: its status closes
89 | a path that is not in the commit: CONFIG_INVALID with the nearest one; a deployed layer's is said in the headline
90 | paths below a submodule: its gitlink stands for what lies below it
91 | a working directory anywhere in the repository: paths are relative to it
92 | what has no counterpart at the base: never-deployed or base-unknown, without credentials too
93 | credentials that were given and do not work: an error, never a comparison with the base
94 | a gitlink's commit that the checkout lacks: fetched outside the workspace, which stays byte by byte as it was
95 | the committed URL of a submodule wins over an old one of the clone
96 | a Git LFS pointer that would go into a layer: LFS_POINTER
97 | settings of the machine that rewrite files: the committed bytes are built
98 | repositories with SHA-256 object ids: served in their own format
99 | git settings of the environment: none changes what a read means
100 | a submodule inside a submodule: fetched like its parent, or refused
101 | base as a remote tag; reasons and advice that were established
102 | one run makes at most one comment, whatever the list shows
103 | rows and sections that are configured no longer leave the comment
104 | required checks behind any number of check runs: asked by name
105 | every problem of a configuration is told
106 | what part of a fan-out a job is: an explicit input
107 | a deploy without a token: told at once that no proof is recorded
108 | everything that was started is awaited before anything is cleaned
109 | <id>_published is true only where this run published
110 | a merge queue: what this entry adds and what lies below it, apart
111 | an unexpected answer of AWS or GitHub: a coded error that blames nobody without evidence
112 | a module that cannot be imported: LAYER_NOT_IMPORTABLE
113 | build.check sees the layer and the standard library alone
114 | own code or a list of dependencies that would be left out: ARCHIVE_LAYOUT
115 | editable installs become copies; pointers to absolute paths are refused
116 | the folder of every declared runtime is looked for
117 | compiled code that the runtime cannot load: NOT_LOADABLE
118 | a project with a C extension: the same bytes twice
119 | files beside what Lambda mounts: no new version
120 | locks with path, workspace or git members: installed, or refused by name
121 | a member's name on the index: never a stranger's package
122 | a Poetry project without runtime dependencies: built
123 | a version that is derived from git: handed over, the same for the same commit
124 | the reason of a failed build stands in the error
125 | the end of a stack operation: established whatever the service leaves out
126 | encryption: sent with every object
127 | an artifact without a stored checksum: hashed, not called altered
128 | a conditional write that conflicts: retried
129 | each documented refusal of AWS: the advice that helps
130 | a build finds no way to the checkout's credentials; pip is not patched
131 | a build sees no secret of the job
132 | an answer that is not the service's: told with status and first words
133 | a stack that somebody deleted: said, and published anew
134 | a main that dies at any moment: the post step writes at most a status
135 | only the event's commit is deployed; a proof from elsewhere is none
136 | stored bytes that are not the built or proven content: ARTIFACT_ALTERED
137 | a layer of another repository: LAYER_NOT_OURS
138 | a hostile build finds no secret in environment, /proc, files
139 | a proof is found in three calls behind any number of deployments
140 | the deadline bounds the whole step
141 | input that would hang or eat memory: bounded
142 | includes of foreign git configuration: not followed
143 | told to wait by GitHub: waited, else the next run closes the status
144 | overtaken between plan and apply: neutral
145 | outputs or state that cannot be written: a failure after the report
146 | a token that ended, an archived repository, disabled issues: the true cause
147 | credentials that end in mid-run: what was written is reported
148 | killed for memory while packing: the next run completes
149 | proxies: honoured by every call, their credentials masked
150 | the branch's tip decides what an older run may write
151 | rollback previous: the version that was on record before
152 | what a version declares is compared on every run; a rollback's record is its own
153 | deployments that never end: ended by the next run, one stays active
`

const figureLines = `
1 | killed before and after each remote call, then run again: one new version, nothing lost
2 | each call once in each way in which it can go wrong
3 | many deploys of one commit at once: one version
4 | stale lists, stopped and continued processes: no silent duplicate
5 | the wrong account, region or bucket owner: refused
6 | an older run after a newer one: never overwrites
7 | cancelled at each boundary: the final status in time
8 | a hang anywhere: ends by its deadline, as a failure
9 | secret canaries in everything that leaves the run: none
10 | properties of every parser and of the plan; branches and mutations of what decides
11 | the generated policies: suffice, and nothing in them can be spared
12 | dist/ built again: the same bytes in two folders and on every Node
13 | real processes killed at random moments
`

export interface FaultRow {
  readonly number: number
  readonly text: string
}

const rowsOf = (lines: string): readonly FaultRow[] =>
  lines
    .trim()
    .split('\n')
    .map(line => {
      const [number = '', text = ''] = line.split(' | ')
      return { number: Number(number), text }
    })

export const faultRows = rowsOf(faultLines)
export const figureRows = rowsOf(figureLines)
