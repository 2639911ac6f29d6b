import { expect, it } from 'vitest'
import { z } from 'zod'
import { encodeId } from '../../src/domain/ids.ts'
import { openRecipe, UNSUPPORTED } from './support/recipe.ts'
import { asAnn, openRecipeGateway, providers, roomId } from './support/recipe-gateway.ts'

type Day = Awaited<ReturnType<typeof openDay>>

/** At each provider a room that waits, one that Ann serves, and one that she is about to close as a complaint. */
async function openDay() {
  const startedAt = Date.now()
  const gateway = await openRecipeGateway()
  const { rocketChat, liveChat, agents } = gateway
  const { workspace } = rocketChat
  const { chats } = liveChat
  const openRoom = (name: string, agentId: string | null): string => {
    const { token } = workspace.createVisitor({ name })
    const { _id } = workspace.openRoom({ token, agentId })
    workspace.visitorSends(_id, 'Where is my order?')
    return roomId('rocketchat', _id)
  }
  const startChat = (name: string, agentId: string | null): string => {
    const { id } = chats.start({ customer: { name }, say: 'Where is my order?' })
    if (agentId) chats.transfer(id, { agentId })
    else chats.requeue(id)
    return roomId('livechat', id)
  }
  for (const { id } of chats.agents) chats.setRoutingStatus(id, 'not_accepting_chats')
  const rooms = (name: string, isServed: boolean) => ({
    rocketchat: openRoom(name, isServed ? agents.rocketchat.ann.nativeId : null),
    livechat: startChat(name, isServed ? agents.livechat.ann.nativeId : null),
  })
  return {
    ...gateway,
    startedAt,
    recipe: openRecipe("A dashboard's numbers", gateway, providers),
    waiting: rooms('Vera', false),
    served: rooms('Otto', true),
    complaints: rooms('Ida', true),
  }
}

it('a dashboard’s numbers', async () => {
  const day = await openDay()
  await closeComplaints(day)
  await readNumbers(day)
  await countRooms(day)
  await reviewClosedRooms(day)
  expect(day.recipe.unused()).toEqual([])
})

/** Ann closes them with the last step of her morning. */
async function closeComplaints(day: Day): Promise<void> {
  for (const provider of providers) {
    const morning = openRecipe("An agent's morning", day, [provider])
    const closed = await morning.send('Finish', asAnn, { 'room id': day.complaints[provider] })
    expect(closed.data).toMatchObject({ closeRoom: { room: { status: 'CLOSED' } } })
  }
}

/** At each provider one room waits, one is open and one is closed. */
async function readNumbers({ recipe, startedAt }: Day): Promise<void> {
  const numbers = await recipe.send('Numbers', asAnn, {
    'start of the day': new Date(startedAt).toISOString(),
  })
  const counts = { department: null, open: 1, queued: 1, closed: 1, longestWaitMs: expect.any(Number) }
  expect(numbers.data).toMatchObject({
    statistics: expect.arrayContaining([
      expect.objectContaining({ ...counts, provider: { name: 'rocketchat' }, onHold: 0, agentsAccepting: 2 }),
      expect.objectContaining({
        ...counts,
        provider: { name: 'livechat' },
        onHold: null,
        agentsAccepting: 0,
      }),
    ]),
  })
}

async function countRooms({ recipe, waiting, served, agents }: Day): Promise<void> {
  const now = await recipe.send('WaitingNow', asAnn)
  expect(now.data).toMatchObject({ rooms: { totalCount: 2 } })
  expect(roomsOf(now.data)).toEqual([waiting.rocketchat, waiting.livechat].sort())
  for (const provider of providers) {
    const agentId = encodeId({ type: 'Agent', provider, agentId: agents[provider].ann.nativeId })
    const open = await recipe.send('RoomsOfAgent', asAnn, { 'agent id': agentId }, [provider])
    expect(open.data).toMatchObject({ rooms: { totalCount: 1 } })
    expect(roomsOf(open.data)).toEqual([served[provider]])
  }
}

async function reviewClosedRooms({ recipe, complaints, startedAt }: Day): Promise<void> {
  const closed = await recipe.send('Complaints', asAnn, {
    'start of the day': new Date(startedAt).toISOString(),
    'end of the day': new Date(startedAt + 86_400_000).toISOString(),
  })
  expect(roomsOf(closed.data)).toEqual([complaints.rocketchat, complaints.livechat].sort())

  const found = await recipe.sendPartly('Search', asAnn, { phrase: 'order' })
  expect(roomsOf(found.data)).toEqual([complaints.livechat])
  expect(found.errors).toEqual([{ ...UNSUPPORTED, provider: 'rocketchat' }])
}

const roomPage = z.object({ rooms: z.object({ nodes: z.array(z.object({ id: z.string() })) }) })

/** The ids of the rooms on a page, sorted. */
function roomsOf(data: unknown): readonly string[] {
  return roomPage
    .parse(data)
    .rooms.nodes.map(({ id }) => id)
    .sort()
}
