/**
 * A returning visitor. The tokens of the last conversation are kept in a file, as a widget keeps them in its storage. With
 * a token the visitor's rooms are listed and `startRoom` continues as the same visitor; an expired token is renewed first.
 *   PROVIDER=livechat TEXT='Hello' VISITOR_FILE=visitor.json node --import tsx examples/returning-visitor.ts
 */
import { readFile, writeFile } from 'node:fs/promises'

const {
  GATEWAY = 'http://127.0.0.1:4000/graphql',
  PROVIDER = 'rocketchat',
  TEXT = 'Hello',
  VISITOR_FILE = 'visitor.json',
} = process.env

interface Tokens {
  readonly visitorToken: string
  readonly renewalToken: string | null
}

/** The fields of a mutation's result that this recipe reads. */
interface Result extends Partial<Tokens> {
  readonly room?: { readonly id: string; readonly status: string }
  readonly code?: string
  readonly detail?: string
  readonly field?: string | null
}

interface Answer {
  readonly data?: {
    readonly viewer?: { readonly rooms: readonly { readonly id: string; readonly status: string }[] }
    readonly startRoom?: Result
    readonly renewVisitor?: Result
  } | null
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

const ROOMS = 'query($provider: String) { viewer { rooms(provider: $provider) { id status } } }'
const START = `mutation($input: StartRoomInput!) {
  startRoom(input: $input) {
    ... on StartRoomPayload { visitorToken renewalToken room { id status } }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
  }
}`
const RENEW = `mutation($input: RenewVisitorInput!) {
  renewVisitor(input: $input) {
    ... on RenewVisitorPayload { visitorToken renewalToken }
    ... on UserError { code detail }
    ... on InvalidInputError { field }
  }
}`

const tokens = await findTokens(await load())
const input = { provider: PROVIDER, text: TEXT, idempotencyKey: crypto.randomUUID() }
const { startRoom } = (await send(START, { input }, tokens)).data ?? {}
if (!startRoom?.visitorToken || !startRoom.room) throw new Error(startRoom?.detail ?? 'no room was started')
await save({ visitorToken: startRoom.visitorToken, renewalToken: startRoom.renewalToken ?? null })
process.stdout.write(`${tokens ? 'again in' : 'new in'} ${startRoom.room.id}, ${startRoom.room.status}\n`)

/** Returns valid tokens, renewed if necessary; null for a new visitor, or one that the provider does not know any more. */
async function findTokens(saved: Tokens | null): Promise<Tokens | null> {
  if (saved === null) return null
  const { data, errors = [] } = await send(ROOMS, { provider: PROVIDER }, saved)
  const isExpired = errors.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED')
  if (!isExpired) {
    for (const { id, status } of data?.viewer?.rooms ?? []) process.stdout.write(`room ${id}, ${status}\n`)
    return saved
  }
  if (saved.renewalToken === null) return null
  const renewal = { input: { renewalToken: saved.renewalToken } }
  const { renewVisitor } = (await send(RENEW, renewal, null)).data ?? {}
  if (renewVisitor?.visitorToken) {
    process.stdout.write('renewed\n')
    const renewed = {
      visitorToken: renewVisitor.visitorToken,
      renewalToken: renewVisitor.renewalToken ?? null,
    }
    await save(renewed)
    return findTokens(renewed)
  }
  // It will never work. Anything else may be temporary, so the tokens are kept.
  if (renewVisitor?.code === 'INVALID_INPUT' && renewVisitor.field === 'renewalToken') return null
  throw new Error(renewVisitor?.detail ?? 'the token could not be renewed')
}

async function send(
  query: string,
  variables: Readonly<Record<string, unknown>>,
  sender: Tokens | null,
): Promise<Answer> {
  const response = await fetch(GATEWAY, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(sender && { 'x-visitor-token': sender.visitorToken }),
    },
    body: JSON.stringify({ query, variables }),
  })
  return response.json()
}

async function load(): Promise<Tokens | null> {
  const text = await readFile(VISITOR_FILE, 'utf8').catch(() => 'null')
  return JSON.parse(text)
}

/** Both tokens are secrets of the visitor. */
async function save(changed: Tokens): Promise<void> {
  await writeFile(VISITOR_FILE, JSON.stringify(changed), { mode: 0o600 })
}
