export * from '../../emulators/world/git-commit.js'
