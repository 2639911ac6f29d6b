import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type LiveChatSandbox, startLiveChatSandbox, type Ticket } from '../../livechat/index.ts'
import { ownAgent, post } from './v3-client.ts'

const NOON = Date.parse('2026-03-10T12:00:00Z')
let sandbox: LiveChatSandbox
beforeEach(async () => {
  sandbox = await startLiveChatSandbox({ seed: false, now: () => NOON })
})
afterEach(() => sandbox.close())

const get = (path: string) =>
  fetch(`${sandbox.url}/v1${path}`, { headers: { authorization: ownAgent(sandbox) } })
const list = async (query = '') => (await (await get(`/tickets${query}`)).json()) as Ticket[]
const create = (body: unknown) =>
  post<Ticket>(`${sandbox.url}/v1/tickets`, body, { authorization: ownAgent(sandbox) })
const add = (count: number, more: { silo?: 'spam'; status?: 'solved' } = {}) =>
  Array.from({ length: count }, (_, n) =>
    sandbox.addTicket({
      requester: { email: `v${n}@x.test` },
      text: `t${n}`,
      // Pairs share a moment: only the ID tells them apart.
      at: NOON - (count - (n >> 1)) * 60_000,
      ...more,
    }),
  )

describe('the list', () => {
  it('is a bare array, newest first, 20 a page, with the pages counted in a header', async () => {
    const tickets = add(45)
    const response = await get('/tickets')
    expect(response.headers.get('x-total-pages')).toBe('3')
    const page = (await response.json()) as Ticket[]
    expect(page).toHaveLength(20)
    expect(page[0]?.createdAt).toBe(tickets.at(-1)?.createdAt)
  })

  it.each(['desc', 'asc'])('is walked by value and ID of the last row, both ways (%s)', async (order) => {
    add(45)
    const pages = [await list(`?order=${order}&pageSize=10`)]
    for (let last = pages[0]?.at(-1); last; last = pages.at(-1)?.at(-1)) {
      const next = `next.value=${encodeURIComponent(last.createdAt)}&next.ID=${last.ID}`
      pages.push(await list(`?order=${order}&pageSize=10&${next}`))
    }
    expect(pages.map((page) => page.length)).toEqual([10, 10, 10, 10, 5, 0])
    const ids = pages.flat().map(({ ID }) => ID)
    expect(new Set(ids).size).toBe(45)
    const times = pages.flat().map(({ createdAt }) => createdAt)
    expect(times).toEqual(order === 'asc' ? times.toSorted() : times.toSorted().toReversed())
    const first = pages[1]?.[0]
    const back = await list(`?order=${order}&pageSize=10&prev.value=${first?.createdAt}&prev.ID=${first?.ID}`)
    expect(back).toEqual(pages[0])
  })

  it('is walked by page number too', async () => {
    add(5)
    const pages = await Promise.all([1, 2, 3, 4].map((page) => list(`?pageSize=2&page=${page}`)))
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1, 0])
  })

  it('shows one silo, and one status if asked', async () => {
    add(2)
    add(3, { silo: 'spam' })
    add(4, { status: 'solved' })
    expect(await list()).toHaveLength(6)
    expect(await list('?silo=spam')).toHaveLength(3)
    expect(await list('?status=solved')).toHaveLength(4)
  })

  it.each([
    'pageSize=101',
    'pageSize=0',
    'silo=inbox',
    'sortBy=subject',
    'order=up',
    'next.value=2026-03-10T12:00:00.000Z',
    'next.ID=x',
    'next.value=soon&next.ID=x',
    'page=0',
    'requester=x',
  ])('refuses %s', async (query) => {
    expect((await get(`/tickets?${query}`)).status).toBe(400)
  })
})

describe('a new ticket', () => {
  const requester = { email: 'ada@x.test', name: 'Ada' }
  const message = { text: 'Two lines\nof text 🙏' }

  it('comes back whole, and can be read by its ID', async () => {
    const { status, body } = await create({ requester, message, author: { type: 'client' }, subject: 'Help' })
    expect(status).toBe(201)
    expect(body).toMatchObject({
      ID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      shortID: expect.any(String),
      subject: 'Help',
      status: 'open',
      requester,
      createdAt: '2026-03-10T12:00:00.000Z',
      lastMessageAt: '2026-03-10T12:00:00.000Z',
      assignment: { team: { ID: sandbox.teams[0]?.ID } },
      events: [{ type: 'message', message, author: { type: 'client', name: 'Ada' }, isPrivate: false }],
    })
    expect(await (await get(`/tickets/${body.ID}`)).json()).toEqual(body)
    expect((await get('/tickets/nosuch')).status).toBe(404)
  })

  it('with teams but no assignment is given to the default team, and refused for it', async () => {
    const [standard, sales] = sandbox.teams.map(({ ID }) => ID)
    expect((await create({ requester, message, teamIDs: [sales] })).status).toBe(400)
    expect((await create({ requester, message, teamIDs: [sales, standard] })).status).toBe(201)
    const assigned = { teamIDs: [sales], assignment: { team: { ID: sales }, agent: null } }
    expect((await create({ requester, message, ...assigned })).status).toBe(201)
    expect((await create({ requester, message, teamIDs: [sales], assignment: null })).status).toBe(201)
  })

  it.each<[string, unknown]>([
    ['no requester', { message }],
    ['no text', { requester, message: {} }],
    ['a requester without an address', { requester: { name: 'Ada' }, message }],
    ['an unknown status', { requester, message, status: 'new' }],
    ['an odd priority', { requester, message, priority: 5 }],
    ['an unknown team', { requester, message, teamIDs: ['x'] }],
    ['no JSON', '{'],
  ])('is refused for %s', async (_what, body) => {
    expect((await create(body)).status).toBe(400)
  })
})

describe('who may ask', () => {
  it('agents, by either token; nobody else', async () => {
    const ask = async (authorization: string) =>
      (await fetch(`${sandbox.url}/v1/tickets`, { headers: { authorization } })).status
    expect(await ask(ownAgent(sandbox))).toBe(200)
    expect(await ask(`Bearer ${sandbox.credentials.accessToken}`)).toBe(200)
    expect(await ask(`Bearer ${sandbox.tokens.customerToken(sandbox.chats.addCustomer().id)}`)).toBe(401)
  })
})

describe('errors', () => {
  it.each([
    ['nested', { error: { message: 'Ticket not found' } }],
    ['message', { message: 'Ticket not found' }],
    ['error', { error: 'Ticket not found' }],
  ] as const)('can be worded %s', async (form, body) => {
    sandbox.switches.helpdeskErrorForm = form
    expect(await (await get('/tickets/nosuch')).json()).toEqual(body)
  })

  it('can be bare text', async () => {
    sandbox.switches.helpdeskErrorForm = 'text'
    expect(await (await get('/tickets/nosuch')).text()).toBe('Ticket not found')
  })
})
