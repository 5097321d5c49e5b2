#!/usr/bin/env node
process.argv.splice(2, 0, 'command-line')
await import('../index.js')
