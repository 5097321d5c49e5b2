export * from '../../emulators/world/superproject.js'
