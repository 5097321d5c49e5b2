/**
 * Everything that was started is awaited before the first failure is thrown: what still runs would write into folders that the
 * caller cleans, and its own error would hide the one that counts.
 */
export async function settled<const T extends readonly unknown[]>(
  started: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const results = await Promise.allSettled(started)
  for (const result of results) if (result.status === 'rejected') throw result.reason
  return results.map(result => (result as PromiseFulfilledResult<unknown>).value) as {
    -readonly [K in keyof T]: Awaited<T[K]>
  }
}
