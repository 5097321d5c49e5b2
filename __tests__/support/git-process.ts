export * from '../../emulators/world/git-process.js'
