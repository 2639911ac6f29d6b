import { expect, it } from 'vitest'
import { z } from 'zod'
import { encodeId } from '../../src/domain/ids.ts'
import { readConversation } from './support/conversation.ts'
import { openRecipe, UNSUPPORTED } from './support/recipe.ts'
import {
  asAnn,
  asBen,
  openRecipeGateway,
  type Provider,
  providers,
  roomId,
} from './support/recipe-gateway.ts'

type Morning = Awaited<ReturnType<typeof openMorning>>

/** Two visitors wait, as nobody accepts rooms. */
async function openMorning(provider: Provider) {
  const gateway = await openRecipeGateway()
  const { rocketChat, liveChat, agents, departments } = gateway
  const { workspace } = rocketChat
  const { chats } = liveChat
  /** At LiveChat rooms wait while nobody accepts any. */
  const setAccepting = (isAccepting: boolean) => {
    const status = isAccepting ? 'accepting_chats' : 'not_accepting_chats'
    for (const { id } of chats.agents) chats.setRoutingStatus(id, status)
  }
  const open = (name: string): string => {
    if (provider === 'livechat') {
      const { id } = chats.start({ customer: { name }, say: 'hello' })
      chats.requeue(id)
      return id
    }
    const { token } = workspace.createVisitor({ name })
    return workspace.openRoom({ token, agentId: null })._id
  }
  setAccepting(false)
  workspace.setLivechatStatus(agents.rocketchat.ann.nativeId, 'not-available')
  const [nativeId, later] = [open('Vera'), open('Otto')]
  const { ann, ben } = agents[provider]
  return {
    provider,
    /** Global ids of the two rooms. The first has waited longer. */
    oldest: roomId(provider, nativeId),
    later: roomId(provider, later),
    ann,
    annId: encodeId({ type: 'Agent', provider, agentId: ann.nativeId }),
    ben,
    benId: encodeId({ type: 'Agent', provider, agentId: ben.nativeId }),
    orders: departments[provider],
    ordersId: encodeId({ type: 'Department', provider, departmentId: departments[provider] }),
    setAccepting,
    recipe: openRecipe("An agent's morning", gateway, [provider]),
    stored: () => readConversation(gateway, provider, nativeId),
  }
}

it.each(providers)('an agent’s morning at %s', async (provider) => {
  const morning = await openMorning(provider)
  await startWork(morning)
  await takeOldest(morning)
  await answer(morning)
  await handOn(morning)
  await finish(morning)
  expect(morning.recipe.unused()).toEqual([])
})

async function startWork({ recipe, ann, annId }: Morning): Promise<void> {
  const team = await recipe.send('Team', asAnn)
  expect(team.data).toMatchObject({
    viewer: { agents: expect.arrayContaining([expect.objectContaining({ id: annId, name: ann.name })]) },
    agents: expect.arrayContaining([
      expect.objectContaining({ id: annId, acceptingChats: false, activeRooms: 0 }),
    ]),
  })
  const start = await recipe.send('StartWork', asAnn, { 'own agent id': annId })
  expect(start.data).toEqual({ setAgentStatus: { agent: { acceptingChats: true } } })
}

const waitingRooms = z.object({
  rooms: z.object({
    nodes: z.array(
      z.object({
        id: z.string(),
        queue: z.object({ since: z.string() }),
        capabilities: z.array(z.object({ capability: z.string(), allowed: z.boolean() })),
      }),
    ),
  }),
})

async function takeOldest({ provider, recipe, oldest, later, ann, stored }: Morning): Promise<void> {
  const waiting = await recipe.send('Waiting', asAnn)
  const { nodes } = waitingRooms.parse(waiting.data).rooms
  const byWait = [...nodes].sort((a, b) => Date.parse(a.queue.since) - Date.parse(b.queue.since))
  expect(byWait.map(({ id }) => id)).toEqual([oldest, later])
  const note = byWait[0]?.capabilities.find(({ capability }) => capability === 'SEND_NOTE')
  expect(note?.allowed).toBe(provider === 'livechat')
  const taken = await recipe.send('Take', asAnn, { 'room id': oldest })
  expect(taken.data).toMatchObject({
    takeRoom: { room: { status: 'OPEN', agents: [{ nativeId: ann.nativeId }] } },
  })
  expect(stored().servedBy).toEqual([ann.nativeId])
}

async function answer({ provider, recipe, oldest, ann, stored }: Morning): Promise<void> {
  const room = { 'room id': oldest }
  await recipe.send('Answer', asAnn, { ...room, 'answer key': '7f0f3c66-7a3c-4f0e-9d57-6a4f6a4e0a01' })
  const written = { text: 'Good morning, how can I help?', by: ann.nativeId, isNote: false }
  expect(stored().texts.at(-1)).toEqual(written)

  const note = await recipe.send('Note', asAnn, room)
  if (provider === 'livechat') {
    expect(note.data).toMatchObject({ sendMessage: { message: { visibility: 'AGENTS' } } })
    expect(stored().texts.at(-1)).toEqual({ text: 'Called twice last week.', by: ann.nativeId, isNote: true })
  } else {
    expect(note.data).toMatchObject({ sendMessage: UNSUPPORTED })
    expect(stored().texts.at(-1)).toEqual(written)
  }

  const tagged = await recipe.send('Tag', asAnn, room)
  expect(tagged.data).toEqual({ setRoomTags: { room: { tags: ['support', 'vip'] } } })
  expect(stored().tags).toEqual(['support', 'vip'])
}

/** To the department Orders, there to Ben, and back into the queue. */
async function handOn({ recipe, oldest, ben, benId, orders, ordersId, setAccepting, stored }: Morning) {
  const room = { 'room id': oldest }
  setAccepting(true)
  const transferred = await recipe.send('ToDepartment', asAnn, { ...room, 'department id': ordersId })
  expect(transferred.data).toMatchObject({ transferRoom: { room: { department: { name: 'Orders' } } } })
  expect(stored().departmentId).toBe(orders)

  const handed = await recipe.send('AssignRoom', asAnn, { ...room, 'colleague id': benId })
  expect(handed.data).toMatchObject({ assignRoom: { room: { agents: [{ nativeId: ben.nativeId }] } } })
  expect(stored().servedBy).toEqual([ben.nativeId])

  setAccepting(false)
  const returned = await recipe.send('PutBack', asBen, room)
  expect(returned.data).toEqual({ requeueRoom: { room: { status: 'QUEUED', agents: [] } } })
  expect(stored().servedBy).toEqual([])
}

async function finish({ recipe, oldest, ann, stored }: Morning): Promise<void> {
  const room = { 'room id': oldest }
  await recipe.send('Take', asAnn, room)
  expect(stored().servedBy).toEqual([ann.nativeId])
  const finished = await recipe.send('Finish', asAnn, room)
  expect(finished.data).toMatchObject({
    closeRoom: { room: { status: 'CLOSED', closedBy: { nativeId: ann.nativeId } } },
  })
  expect(stored()).toMatchObject({ isOpen: false, tags: ['complaint', 'support', 'vip'] })
}
