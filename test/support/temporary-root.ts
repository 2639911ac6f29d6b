import { statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'

/** A file system in memory, on Linux. */
const IN_MEMORY = '/dev/shm'
/** Bytes of the databases, browser profiles and directories of a run, many times over. Containers often have 64 MB there. */
const MIN_FREE = 2 * 1024 ** 3

/**
 * The directory below which tests create their files: in memory if there is enough, because each commit to a database waits
 * for its disk. Tests kill processes, not machines, so nothing depends on the disk. TMPDIR overrides it.
 */
export function findTemporaryRoot(): string {
  return process.env['TMPDIR'] === undefined && hasMemory() ? IN_MEMORY : tmpdir()
}

function hasMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY)
    return bavail * bsize > MIN_FREE
  } catch {
    return false
  }
}
