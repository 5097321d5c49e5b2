/** As in package.json; a test compares them. */
export const programVersion = '1.0.0'
