import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Takes a directory away when the pipe to this process breaks, however this process ends. */
const RUN = 'cat >/dev/null; rm -rf "$1"'

let directoryOfProcess: string | null = null

/** A new directory that goes with this process at the latest, be it killed. */
export function createProcessDirectory(): string {
  directoryOfProcess ??= openDirectoryOfProcess()
  return mkdtempSync(join(directoryOfProcess, 'data-'))
}

/** A new directory that goes with the test. */
export function createTestDirectory(): string {
  const directory = createProcessDirectory()
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}

function openDirectoryOfProcess(): string {
  const directory = mkdtempSync(join(tmpdir(), 'switchboard-test-'))
  // In a group of its own: a Ctrl-C is not for it.
  const remover = spawn('sh', ['-c', RUN, 'sh', directory], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  // It must not keep this process alive.
  remover.unref()
  if (remover.stdin instanceof Socket) remover.stdin.unref()
  return directory
}
