export * from '../../emulators/world/event-objects.js'
