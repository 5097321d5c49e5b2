/** How many cases a property test takes: `normally`, or what PROPERTY_RUNS says (the bench says 10,000 and more). */
export function runs(normally: number): number {
  const asked = process.env['PROPERTY_RUNS']
  return asked === undefined ? normally : Number(asked)
}
