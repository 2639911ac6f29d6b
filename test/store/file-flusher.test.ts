import { statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { FileFlusher } from '../../src/store/databases/file-flusher.ts'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { openTestStore, wideLimits } from './databases.ts'
import { acceptance } from './store-setup.ts'

/** A flusher whose syncs end on demand: `syncs` contains those in progress and done, oldest first. */
async function openSlowDisk() {
  const path = join(createTestDirectory(), 'log')
  writeFileSync(path, 'written')
  const probe = await open(path)
  const datasync = vi.spyOn(Object.getPrototypeOf(probe), 'datasync')
  await probe.close()
  const syncs: { end(): void; fail(): void }[] = []
  const started: (() => void)[] = []
  datasync.mockImplementation(() => {
    for (const notify of started.splice(0)) notify()
    return new Promise<void>((resolve, reject) => {
      syncs.push({ end: resolve, fail: () => reject(new Error('EIO')) })
    })
  })
  const repairs: string[] = []
  const disk = new FileFlusher(path, () => void repairs.push(`before sync ${syncs.length + 1}`))
  onTestFinished(async () => {
    datasync.mockRestore()
    await disk.close()
  })
  const nextSync = () => new Promise<void>((resolve) => started.push(resolve))
  return { disk, syncs, nextSync, repairs }
}

it('syncs once for all simultaneous calls', async () => {
  const { disk, syncs, nextSync } = await openSlowDisk()
  const started = nextSync()
  const flushed = Promise.all(Array.from({ length: 16 }, () => disk.flush()))
  await started
  syncs[0]?.end()
  await flushed
  expect(syncs).toHaveLength(1)
})

it('completes no call with a sync that began before it', async () => {
  const { disk, syncs, nextSync } = await openSlowDisk()
  const began = nextSync()
  const first = disk.flush()
  await began
  const order: string[] = []
  const second = disk.flush().then(() => order.push('second'))
  const beganAgain = nextSync()
  syncs[0]?.end()
  await first
  order.push('first')
  await beganAgain
  syncs[1]?.end()
  await second
  expect(order).toEqual(['first', 'second'])
})

it('fails the calls that waited for a failed sync, and relies on the next one only after a repair', async () => {
  const { disk, syncs, nextSync, repairs } = await openSlowDisk()
  const began = nextSync()
  const first = disk.flush()
  await began
  const beganAgain = nextSync()
  const second = disk.flush()
  syncs[0]?.fail()
  await expect(first).rejects.toThrow('EIO')
  await beganAgain
  syncs[1]?.end()
  await expect(second).resolves.toBeUndefined()
  expect(repairs).toEqual(['before sync 2'])
})

it('repairs a SQLite store by a checkpoint of its write-ahead log', async () => {
  const directory = createTestDirectory()
  const store = await openTestStore({ dataDir: directory })
  const log = join(directory, 'switchboard.db-wal')
  const probe = await open(log)
  const datasync = vi.spyOn(Object.getPrototypeOf(probe), 'datasync')
  await probe.close()
  onTestFinished(() => datasync.mockRestore())
  datasync.mockRejectedValueOnce(new Error('EIO'))
  await expect(store.accept(acceptance({ id: 'first' }), wideLimits)).rejects.toMatchObject({
    mayHaveBeenStored: true,
  })
  let logBytesAtSync = -1
  datasync.mockImplementationOnce(async () => {
    logBytesAtSync = statSync(log).size
  })
  await store.accept(acceptance({ id: 'second' }), wideLimits)
  expect(logBytesAtSync).toBe(0)
  expect(await store.find(['first', 'second'])).toMatchObject([{ id: 'first' }, { id: 'second' }])
})

it('opens a file again that could not be opened', async () => {
  const path = join(createTestDirectory(), 'log')
  const disk = new FileFlusher(path, () => {})
  await expect(disk.flush()).rejects.toMatchObject({ code: 'ENOENT' })
  writeFileSync(path, 'written')
  await expect(disk.flush()).resolves.toBeUndefined()
  await disk.close()
})
