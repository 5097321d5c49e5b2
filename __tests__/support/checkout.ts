export * from '../../emulators/world/checkout.js'
