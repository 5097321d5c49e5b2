/** `npm run bench`: figures as ratios within this run, and counts. Wall times alone say little about another machine. */
import { countCalls } from './calls.js'
import { measureComment } from './comment.js'
import { measureStartUp } from './start-up.js'

const startUp = await measureStartUp(25)
console.log(`Node ${process.version}, median of 25, floor \`node -e 0\` ${startUp.floor.toFixed(0)} ms\n`)
console.log('| run | times `node -e 0` |\n| --- | --- |')
console.log(`| nothing to do | ${startUp.nothing.toFixed(2)} |\n| detect | ${startUp.detect.toFixed(2)} |\n`)
console.log('| run | AWS calls | of them looks | of them writes | GitHub calls |\n| --- | --- | --- | --- | --- |')
for (const { run, aws, polls, awsWrites, github } of await countCalls())
  console.log(`| ${run} | ${aws} | ${polls} | ${awsWrites} | ${github} |`)
console.log(
  `\nA comment of 200 layers, rendered and merged (best of 25): ${measureComment(200, 25).toFixed(1)} ms, goal 50 ms`
)
