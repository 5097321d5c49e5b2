/** The files of a checkout, by paths relative to its root, `/` as separator. */
export interface WorkingFiles {
  /** Names in a folder, sorted, folders with a `/` at the end; none where there is no such folder. */
  list(folder: string): Promise<readonly string[]>
  /** `null` where there is no such file, or none that is read as text (over 1 MiB). */
  read(path: string): Promise<string | null>
  /** Never writes over anything. */
  create(path: string, text: string): Promise<'created' | 'exists'>
}
