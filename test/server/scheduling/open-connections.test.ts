import { Registry } from 'prom-client'
import { expect, it } from 'vitest'
import { createUnexpectedErrors } from '../../../src/server/diagnostics/unexpected-errors.ts'
import { OpenConnections } from '../../../src/server/scheduling/open-connections.ts'
import { silentLog } from '../../support/log.ts'

/** Connections, and the names of those that were closed. */
function createConnections() {
  const connections = new OpenConnections(createUnexpectedErrors(silentLog, new Registry()))
  const closed: string[] = []
  const open = (name: string) => {
    const connection = { goAway: () => void closed.push(name) }
    connections.add(connection)
    return connection
  }
  return { connections, closed, open }
}

it('closes a share of the connections in each step', async () => {
  const { connections, closed, open } = createConnections()
  for (let index = 0; index < 100; index += 1) open(`${index}`)
  const all = connections.closeAll(500)
  expect(closed).toHaveLength(10)
  await all
  expect(closed).toHaveLength(100)
})

it('closes everything at once without time, and connections that come later', async () => {
  const { connections, closed, open } = createConnections()
  open('a')
  const all = connections.closeAll(0)
  expect(closed).toEqual(['a'])
  await all
  open('b')
  expect(closed).toEqual(['a', 'b'])
})

it('closes connections that are opened meanwhile, and none twice or after it was removed', async () => {
  const { connections, closed, open } = createConnections()
  open('a')
  const left = open('b')
  const all = connections.closeAll(100)
  expect(closed).toEqual(['a'])
  connections.remove(left)
  open('c')
  await all
  expect(closed).toEqual(['a', 'c'])
})

it('continues after a connection that cannot be closed', async () => {
  const { connections, closed, open } = createConnections()
  connections.add({
    goAway() {
      throw new Error('broken')
    },
  })
  open('a')
  await connections.closeAll(0)
  expect(closed).toEqual(['a'])
})
