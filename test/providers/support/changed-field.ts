import fc from 'fast-check'
import { expect } from 'vitest'
import type { ChatAdapter } from '../../../src/domain/adapter.ts'
import {
  fieldChanges,
  leafPathsOf,
  type Path,
  startRewritingProxy,
  withChangedField,
} from './rewriting-proxy.ts'

const RUNS = 25

/** Items by id, in order. */
export type Items = ReadonlyMap<string, unknown>

/** A sandbox, and how to open an adapter for it. */
export interface ProviderUnderTest {
  /** Opens a new adapter with empty caches. */
  openAdapter(url: string): ChatAdapter
  readonly url: string
}

/** A read of a list. */
export interface ListRead {
  /** Path of the request whose response changes. */
  readonly path: string
  read(adapter: ChatAdapter): Promise<Items>
  /** Fields that lead to the list, and the fields without which an item cannot be read. */
  readonly list: Path
  readonly requiredFields: readonly string[]
  /** Whether a leaf is the id of something that holds several items. */
  readonly holdsSeveralItems?: (leaf: Path) => boolean
}

/**
 * Reads again and again, each time with one leaf of the answer as it is not documented, and checks that no item is
 * gone but one that lost what it cannot be without, and no item is other but the one that the leaf is of.
 */
export async function expectOnlyChangedFieldLost(scene: ProviderUnderTest, reading: ListRead): Promise<void> {
  const proxy = await startRewritingProxy(scene.url)
  const readOnce = async (): Promise<Items> => {
    const adapter = scene.openAdapter(proxy.url)
    try {
      return await reading.read(adapter)
    } finally {
      await adapter.close()
    }
  }
  const whole = await readOnce()
  expect(whole.size).toBeGreaterThan(1)
  const leaves = leafPathsOf(proxy.longestResponse(reading.path))
  expect(leaves.length).toBeGreaterThan(10)
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...leaves), fc.constantFrom(...fieldChanges), async (leaf, drift) => {
      fc.pre(!reading.holdsSeveralItems?.(leaf))
      proxy.rewrite(reading.path, (answer) => withChangedField(answer, leaf, drift))
      const read = await readOnce()
      proxy.rewrite(reading.path, null)
      const { changed, gone } = difference(whole, read)
      // A changed id that is valid makes another item.
      const isKey = reading.requiredFields.includes(String(leaf.at(-1)))
      expect(gone.length).toBeLessThanOrEqual(isKey ? 1 : 0)
      expect([...read.keys()].filter((id) => !whole.has(id)).length).toBeLessThanOrEqual(gone.length)
      expect(changed.length).toBeLessThanOrEqual(isWithin(leaf, reading.list) ? 1 : 0)
    }),
    { numRuns: RUNS },
  )
}

function difference(whole: Items, read: Items) {
  const gone = [...whole.keys()].filter((id) => !read.has(id))
  const changed = [...whole.keys()].filter(
    (id) => read.has(id) && JSON.stringify(read.get(id)) !== JSON.stringify(whole.get(id)),
  )
  return { gone, changed }
}

/** Whether a leaf lies in an item of the list. */
function isWithin(leaf: Path, list: Path): boolean {
  return list.every((key, index) => leaf[index] === key) && typeof leaf[list.length] === 'number'
}
