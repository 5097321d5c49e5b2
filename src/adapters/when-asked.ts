/** Adapters whose code is loaded at the first question that is asked of them: a run with nothing to do asks none. */

export interface WhenAsked<Port> {
  readonly port: Port
  readonly open: () => Promise<Port>
  /** What was loaded; `null`: nothing was asked yet. */
  readonly loaded: () => Promise<Port> | null
}

/** @param methods every method of the port. All return promises; the caller replaces what does not. */
export function whenAsked<Port extends object>(
  methods: { readonly [Name in keyof Port]: true },
  load: () => Promise<Port>
): WhenAsked<Port> {
  let loading: Promise<Port> | null = null
  const open = (): Promise<Port> => (loading ??= load())
  const method =
    (name: keyof Port) =>
    async (...questions: readonly unknown[]): Promise<unknown> =>
      ((await open())[name] as (...asked: readonly unknown[]) => unknown)(...questions)
  const names = Object.keys(methods) as (keyof Port)[]
  return { port: Object.fromEntries(names.map(name => [name, method(name)])) as Port, open, loaded: () => loading }
}
