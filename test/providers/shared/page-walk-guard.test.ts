import { expect, it } from 'vitest'
import { PageWalkGuard } from '../../../src/providers/shared/page-walk.ts'

const readPage = (guard: PageWalkGuard, ...ids: string[]) => {
  guard.countPage()
  guard.requireNewRows(() => ids)
}

it('ends a walk at the third page in a row without a new row', () => {
  const guard = new PageWalkGuard()
  readPage(guard, 'a', 'b')
  readPage(guard, 'b')
  readPage(guard, 'c')
  readPage(guard, 'a')
  readPage(guard)
  expect(() => readPage(guard, 'c')).toThrow('pages without anything new')
})

it('compares with a first page that was read before the walk', () => {
  const guard = new PageWalkGuard()
  guard.requireNewRows(() => ['a', 'b'])
  readPage(guard, 'a')
  readPage(guard, 'b')
  expect(() => readPage(guard, 'a', 'b')).toThrow('pages without anything new')
})

it('reads the ids of the first page only if there is a second one', () => {
  const guard = new PageWalkGuard()
  let reads = 0
  guard.countPage()
  guard.requireNewRows(() => {
    reads += 1
    return []
  })
  expect(reads).toBe(0)
  readPage(guard)
  expect(reads).toBe(1)
  expect(() => readPage(guard)).toThrow('pages without anything new')
})
