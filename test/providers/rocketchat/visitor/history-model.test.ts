import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Message } from '../../../../sandbox/rocketchat/index.ts'
import { History } from '../support/visitor-documents.ts'
import { openVisitorGateway, type TestVisitor, type VisitorGateway } from '../support/visitor-gateway.ts'

const START = Date.parse('2026-01-05T10:00:00.000Z')
const iso = (ms: number | null) => (ms === null ? null : new Date(START + ms).toISOString())

/** Few milliseconds for many messages, so that most of them share one. */
const millisecond = fc.integer({ min: 0, max: 5 })
const room = fc.array(
  fc.record({ ms: millisecond, kind: fc.constantFrom('said', 'answered', 'system', 'hidden') }),
  { maxLength: 24 },
)
const border = fc.option(fc.integer({ min: -1, max: 7 }), { freq: 2 })
/** Index of the message that a cursor is taken from, as a fraction of all; null for no cursor. */
const place = fc.option(fc.double({ min: 0, max: 0.999, noNaN: true }), { freq: 2 })
const walk = fc.record({
  room,
  size: fc.integer({ min: 1, max: 6 }),
  forward: fc.boolean(),
  since: border,
  until: border,
  after: place,
  before: place,
})
type Walk = typeof walk extends fc.Arbitrary<infer T> ? T : never

it('paging visits each message within its bounds once and in order', async () => {
  const gateway = await openVisitorGateway({ rocketChat: { now: () => START } })
  await fc.assert(
    fc.asyncProperty(walk, async (chosen) => {
      const guest = gateway.addVisitor('Vera')
      fill(gateway, guest.rid, chosen.room)
      await expectWholeChain(gateway, guest, chosen)
    }),
    { numRuns: 60 },
  )
})

function fill({ workspace, ada }: VisitorGateway, rid: string, messages: Walk['room']): void {
  messages.forEach(({ ms, kind }, index) => {
    workspace.insertMessage({
      rid,
      from: kind === 'answered' ? ada._id : 'visitor',
      msg: `line ${index}`,
      ts: new Date(START + ms),
      // Later edits reorder messages of one millisecond in the server's index.
      _updatedAt: new Date(START + ((index * 7) % 11)),
      ...(kind === 'system' ? { t: 'uj' } : {}),
      ...(kind === 'hidden' ? { _hidden: true } : {}),
    })
  })
}

/** Follows the pages to their end and compares each with the model. */
async function expectWholeChain(gateway: VisitorGateway, guest: TestVisitor, chosen: Walk): Promise<void> {
  const { size, forward } = chosen
  const visible = [...gateway.workspace.messages(guest.rid)].filter(({ _hidden }) => !_hidden).sort(inOrder)
  const list = visible.filter(({ ts }) => isBetween(ts.getTime() - START, chosen))
  const cursors = await cursorsOf(guest, visible)
  const from = pick(visible, chosen.after)
  const to = pick(visible, chosen.before)
  const wanted = list.filter((one) => (!from || inOrder(one, from) > 0) && (!to || inOrder(one, to) < 0))

  const seen: string[] = []
  let [low, high] = [from, to]
  for (;;) {
    const page = await readPage(guest, {
      ...(forward ? { first: size } : { last: size }),
      after: low ? (cursors.get(low._id) ?? null) : null,
      before: high ? (cursors.get(high._id) ?? null) : null,
      since: iso(chosen.since),
      until: iso(chosen.until),
    })
    const ids = page.nodes.map(({ nativeId }) => nativeId)
    if (forward) seen.push(...ids)
    else seen.unshift(...ids)
    const more = seen.length < wanted.length
    expect(page.pageInfo[forward ? 'hasNextPage' : 'hasPreviousPage']).toBe(more)
    // There is nothing between crossed cursors, and `hasPreviousPage` is not defined for them.
    const crossed = low && high && inOrder(low, high) >= 0
    if (forward && !crossed) {
      expect(page.pageInfo.hasPreviousPage).toBe(list.some((one) => low && inOrder(one, low) <= 0))
    }
    if (!forward) expect(page.pageInfo.hasNextPage).toBe(high !== undefined && isBelowUntil(high, chosen))
    if (!more) break
    expect(ids).toHaveLength(size)
    if (forward) low = visible.find(({ _id }) => _id === ids.at(-1))
    else high = visible.find(({ _id }) => _id === ids[0])
  }
  expect(seen).toEqual(wanted.map(({ _id }) => _id))
}

async function cursorsOf(
  guest: TestVisitor,
  visible: readonly Message[],
): Promise<ReadonlyMap<string, string>> {
  const { edges, nodes } = await readPage(guest, { last: 100 })
  expect(nodes.map(({ nativeId }) => nativeId)).toEqual(visible.map(({ _id }) => _id))
  return new Map(nodes.map(({ nativeId }, index) => [nativeId, edges[index]?.cursor ?? '']))
}

async function readPage(guest: TestVisitor, args: Record<string, unknown>) {
  const { data, errors } = await guest.ask(History, { id: guest.roomId, ...args })
  if (!data?.room) throw new Error(`no page: ${JSON.stringify(errors)}`)
  return data.room.messages
}

function inOrder(a: Message, b: Message): number {
  if (a.ts.getTime() !== b.ts.getTime()) return a.ts.getTime() - b.ts.getTime()
  return a._id < b._id ? -1 : a._id > b._id ? 1 : 0
}

function isBetween(ms: number, { since, until }: Pick<Walk, 'since' | 'until'>): boolean {
  return (since === null || ms >= since) && (until === null || ms < until)
}

function isBelowUntil({ ts }: Message, { until }: Pick<Walk, 'until'>): boolean {
  return until === null || ts.getTime() - START < until
}

function pick(visible: readonly Message[], share: number | null): Message | undefined {
  return share === null ? undefined : visible[Math.floor(share * visible.length)]
}
