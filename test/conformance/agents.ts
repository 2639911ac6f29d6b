import assert from 'node:assert/strict'
import { assertFailsWith, type ConformanceCheck, callAs } from './check.ts'

export const agentChecks: readonly ConformanceCheck[] = [
  {
    id: 'G01',
    name: 'MUST list each agent once, as its own',
    requiredCapabilities: ['LIST_AGENTS'],
    async run({ adapter, caller }) {
      const agents = await adapter.listAgents(callAs(caller))
      assert.ok(agents.length > 0, 'the account has agents')
      for (const { provider } of agents) assert.equal(provider, adapter.name)
      const ids = agents.map(({ nativeId }) => nativeId)
      assert.deepEqual(ids, [...new Set(ids)])
    },
  },
  {
    id: 'G02',
    name: 'MUST write as the agent that it names as the caller’s own',
    requiredCapabilities: ['LIST_AGENTS', 'SEND_MESSAGE'],
    async run(subject) {
      const { adapter, caller } = subject
      const roomId = await subject.openRoom()
      const draft = { roomId, text: 'Good day', idempotencyKey: null }
      const { author } = await adapter.sendMessage(draft, callAs(caller))
      const own = await adapter.findOwnAgent(callAs(caller))
      assert.equal(own?.nativeId, author?.nativeId)
      assert.equal(await adapter.findOwnAgentId(callAs(caller)), author?.nativeId)
    },
  },
  {
    id: 'G03',
    name: 'MUST count a room for the agents that serve it, by their ids',
    requiredCapabilities: ['LIST_AGENTS', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const [room] = await adapter.getRooms([await subject.openRoom()], callAs(caller))
      assert.ok(room && 'type' in room && room.agents.length > 0, 'an agent serves the room')
      const counts = await adapter.countActiveRooms(callAs(caller))
      if (counts === null) return
      for (const { nativeId } of room.agents) assert.equal(counts.get(nativeId), 1)
    },
  },
  {
    id: 'G04',
    name: 'MUST list an agent with the status that was set, at once',
    requiredCapabilities: ['LIST_AGENTS', 'SET_AGENT_STATUS'],
    async run({ adapter, caller }) {
      const accepting = async () =>
        (await adapter.listAgents(callAs(caller))).filter(({ acceptingChats }) => acceptingChats)
      const [agent] = await accepting()
      assert.ok(agent, 'an agent accepts chats')
      const isListed = async () => (await accepting()).some(({ nativeId }) => nativeId === agent.nativeId)
      for (const acceptingChats of [false, false, true]) {
        await adapter.setAgentStatus(agent.nativeId, acceptingChats, callAs(caller))
        assert.equal(await isListed(), acceptingChats)
      }
    },
  },
  {
    id: 'G05',
    name: 'MUST refuse to set the status of an absent agent with NOT_FOUND',
    requiredCapabilities: ['SET_AGENT_STATUS'],
    async run({ adapter, caller }) {
      await assertFailsWith(
        adapter.setAgentStatus('nobody@nowhere.example', true, callAs(caller)),
        ['NOT_FOUND'],
        adapter.name,
      )
    },
  },
  {
    id: 'G06',
    name: 'MUST say of each department, in the order of the ids, whether it is online, or null',
    requiredCapabilities: [],
    async run({ adapter, caller }) {
      const call = callAs(caller)
      const departments = await adapter.listDepartments(call).catch(() => [])
      const ids = [...departments.map(({ nativeId }) => nativeId), 'no-department']
      const online = await adapter.getDepartmentsOnline(ids, call)
      assert.equal(online.length, ids.length)
      for (const state of online) assert.ok(state === null || typeof state === 'boolean')
      assert.deepEqual(await adapter.getDepartmentsOnline(ids.toReversed(), call), online.toReversed())
    },
  },
  {
    id: 'G07',
    name: 'MUST count a room as open, and once it is closed as closed, in the entry of the whole provider',
    requiredCapabilities: ['LIST_ROOMS', 'READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const read = async (from: Date) => {
        const [whole, ...departments] = await adapter.readStatistics({ from, to: null }, callAs(caller))
        assert.ok(whole && whole.departmentId === null && whole.provider === adapter.name)
        const ids = departments.map(({ departmentId }) => departmentId)
        assert.ok(!ids.includes(null))
        assert.deepEqual(ids, [...new Set(ids)])
        return whole
      }
      const [room] = await adapter.getRooms([await subject.openRoom()], callAs(caller))
      assert.ok(room && 'type' in room && room.status === 'OPEN')
      assert.equal((await read(new Date(0))).open, 1)
      await subject.receiveMessage(room.nativeId, 'hello')
      await subject.closeRoom(room.nativeId)
      // Bounds that were not read before, as results are shared for some seconds.
      assert.equal((await read(new Date(1))).closed, 1)
      assert.equal((await read(new Date(Date.now() + 86_400_000))).closed, 0)
    },
  },
]
