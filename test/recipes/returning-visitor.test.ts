import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { createTestDirectory } from '../support/temporary-directory.ts'
import { asAnonymous, asVisitor } from '../support/test-gateway.ts'
import { readConversation } from './support/conversation.ts'
import { openRecipe } from './support/recipe.ts'
import { nativeRoomId, openRecipeGateway, type Provider, providers } from './support/recipe-gateway.ts'

const FILE = Buffer.from('%PDF-1.7 0123456789')

type Shop = Awaited<ReturnType<typeof openShop>>

interface FirstVisit {
  readonly roomId: string
  readonly token: string
  readonly renewalToken: string | null
}

/** The gateway, and what happens at the provider's sandbox meanwhile. */
async function openShop(provider: Provider) {
  const gateway = await openRecipeGateway()
  const { rocketChat, liveChat } = gateway
  const { workspace } = rocketChat
  workspace.defineCustomField({ _id: 'plan' })
  const isRocketChat = provider === 'rocketchat'
  return {
    provider,
    recipe: openRecipe('A returning visitor', gateway, [provider]),
    stored: (nativeId: string) => readConversation(gateway, provider, nativeId),
    /** The name, phone number and fields of the visitor of a room. */
    visitorOf(nativeId: string) {
      if (!isRocketChat) return liveChat.chats.customerOf(nativeId)
      return workspace.visitor(workspace.room(nativeId).v.token)
    },
    close: (nativeId: string) =>
      isRocketChat ? void workspace.closeRoom(nativeId) : liveChat.chats.close(nativeId, 'agent'),
    expireTokens: () => liveChat.tokens.expireAll(),
    /** Addresses to which transcripts of a room went. LiveChat mails them when the conversation ends. */
    transcripts(nativeId: string): unknown[] {
      if (isRocketChat) return workspace.transcripts.filter(({ rid }) => rid === nativeId).map(({ to }) => to)
      const events = liveChat.chats.get(nativeId).threads.at(-1)?.events ?? []
      return events
        .filter(({ fields }) => fields['system_message_type'] === 'transcript_sent')
        .map(({ fields }) => JSON.stringify(fields['text_vars']))
    },
  }
}

const keys = [
  '0b7cf7ac-1a43-4f12-9d0b-3d9cbe7f4c11',
  '5d2f6a0e-6c52-4a55-8d7c-0d6a52b6a7d2',
  'c0a1f7d2-52f4-4b8e-a1b5-2f8f0d9d3e33',
] as const

it.each(providers)('a returning visitor at %s', async (provider) => {
  const shop = await openShop(provider)
  const first = await start(shop)
  shop.close(nativeRoomId(first.roomId))
  const token = await returnLater(shop, first)
  const roomId = await startAgain(shop, first.roomId, token)
  await sendFile(shop, roomId, token)
  await rate(shop, roomId, token)
  expect(shop.recipe.unused()).toEqual(provider === 'rocketchat' ? ['Renew'] : [])
})

async function start({ provider, recipe, stored, visitorOf }: Shop): Promise<FirstVisit> {
  const { data, text } = await recipe.send('Start', asAnonymous, { provider, 'random UUID': keys[0] })
  const roomId = text('startRoom.room.id')
  const nativeId = nativeRoomId(roomId)
  expect(visitorOf(nativeId)).toMatchObject(
    provider === 'rocketchat'
      ? { name: 'Vera', phone: [{ phoneNumber: '+48123456789' }], livechatData: { plan: 'pro' } }
      : { name: 'Vera', phoneNumber: '+48123456789', sessionFields: [{ plan: 'pro' }] },
  )
  expect(stored(nativeId)).toMatchObject({ isOpen: true, texts: [{ text: 'Hello' }] })
  const token = text('startRoom.visitorToken')
  if (provider === 'livechat') return { roomId, token, renewalToken: text('startRoom.renewalToken') }
  expect(data).toMatchObject({ startRoom: { renewalToken: null } })
  return { roomId, token, renewalToken: null }
}

/** Renews the token at LiveChat, where it has expired, and finds the room. Returns the token. */
async function returnLater(
  shop: Shop,
  { roomId, token: firstToken, renewalToken }: FirstVisit,
): Promise<string> {
  const { recipe } = shop
  let token = firstToken
  if (renewalToken !== null) {
    shop.expireTokens()
    const renewed = await recipe.send('Renew', asAnonymous, { 'renewal token': renewalToken })
    token = renewed.text('renewVisitor.visitorToken')
  }
  const mine = await recipe.send('MyRooms', asVisitor(token))
  expect(mine.data).toMatchObject({ viewer: { rooms: [{ id: roomId, status: 'CLOSED' }] } })
  return token
}

/** LiveChat resumes the conversation, Rocket.Chat opens a new room of the same visitor. Returns the id of the room. */
async function startAgain(
  { provider, recipe, stored, visitorOf }: Shop,
  firstRoomId: string,
  token: string,
): Promise<string> {
  const again = await recipe.send('StartAgain', asVisitor(token), { provider, 'random UUID': keys[1] })
  expect(again.text('startRoom.visitorToken')).toBe(token)
  const roomId = again.text('startRoom.room.id')
  const nativeId = nativeRoomId(roomId)
  expect(roomId === firstRoomId).toBe(provider === 'livechat')
  expect(visitorOf(nativeId)).toEqual(visitorOf(nativeRoomId(firstRoomId)))
  expect(stored(nativeId)).toMatchObject({ isOpen: true })
  expect(stored(nativeId).texts.at(-1)).toMatchObject({ text: 'Me again' })
  return roomId
}

async function sendFile({ recipe }: Shop, roomId: string, token: string): Promise<void> {
  const directory = createTestDirectory()
  writeFileSync(join(directory, 'invoice.pdf'), FILE)
  const visitor = { 'visitor token': token }
  const room = { 'room id': roomId }
  const printed = await recipe.runCommand('Send a file', directory, {
    ...visitor,
    ...room,
    'random UUID': keys[2],
  })
  expect(JSON.parse(printed)).toMatchObject({ message: { attachments: [{ name: 'invoice.pdf' }] } })

  const conversation = await recipe.send('Conversation', asVisitor(token), room)
  const attachments = { 'attachment url': lastAttachmentUrl(conversation.data), 'file name': 'received.pdf' }
  await recipe.runCommand('Read a file', directory, { ...visitor, ...attachments })
  expect(readFileSync(join(directory, 'received.pdf'))).toEqual(FILE)
}

async function rate(shop: Shop, roomId: string, token: string): Promise<void> {
  const { provider, recipe, stored } = shop
  const nativeId = nativeRoomId(roomId)
  const rated = await recipe.send('Rate', asVisitor(token), { 'room id': roomId })
  expect(rated.data).toEqual({ rateRoom: { room: { rating: { score: 5, comment: 'Fast and friendly' } } } })
  expect(stored(nativeId).rating).toMatchObject(
    provider === 'rocketchat' ? { satisfaction: '5' } : { score: 1, comment: 'Fast and friendly' },
  )
  const transcript = await recipe.send('Transcript', asVisitor(token), { 'room id': roomId })
  expect(transcript.data).toEqual({ requestTranscript: { email: 'vera@example.com' } })
  if (provider === 'livechat') shop.close(nativeId)
  expect(shop.transcripts(nativeId)).toEqual([expect.stringContaining('vera@example.com')])
}

const conversationPage = z.object({
  room: z.object({
    messages: z.object({
      nodes: z.array(z.object({ attachments: z.array(z.object({ url: z.string() })) })),
    }),
  }),
})

function lastAttachmentUrl(data: unknown): string {
  const { nodes } = conversationPage.parse(data).room.messages
  return nodes.flatMap(({ attachments }) => attachments).at(-1)?.url ?? ''
}
