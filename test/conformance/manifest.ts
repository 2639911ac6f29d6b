import assert from 'node:assert/strict'
import { capabilities, roomCapabilities } from '../../src/domain/capability.ts'
import { assertFailsWith, type ConformanceCheck, callAs, newestMessages } from './check.ts'

export const manifestChecks: readonly ConformanceCheck[] = [
  {
    id: 'M01',
    name: 'MUST state for every capability who may use it, and why others may not',
    requiredCapabilities: [],
    async run({ adapter }) {
      for (const capability of capabilities) {
        const { roles, denialReason } = adapter.supports[capability]
        assert.ok(roles.length === 3 || denialReason !== '', `${capability} has no reason for the others`)
      }
    },
  },
  {
    id: 'M02',
    name: 'MUST refuse with UNSUPPORTED every capability that its manifest gives to no role',
    requiredCapabilities: [],
    async run({ adapter, caller }) {
      const draft = { roomId: 'r', text: 't', idempotencyKey: null }
      const offline = { name: 'n', email: 'a@b.example', text: 't', department: null, host: null }
      const ref = { roomId: 'r', threadId: null, messageId: 'm' }
      const attempts = {
        SEND_MESSAGE: () => adapter.sendMessage(draft, callAs(caller)),
        SEND_NOTE: () => adapter.sendMessage({ ...draft, visibility: 'AGENTS' }, callAs(caller)),
        UPDATE_MESSAGE: () => adapter.updateMessage(ref, 't', callAs(caller)),
        DELETE_MESSAGE: () => adapter.deleteMessage(ref, callAs(caller)),
        SET_TAGS: () => adapter.setRoomTags('r', ['t'], callAs(caller)),
        RATE_ROOM: () => adapter.rateRoom('r', { score: 5, comment: null }, callAs(caller)),
        REQUEST_TRANSCRIPT: () => adapter.requestTranscript('r', 'a@b.example', callAs(caller)),
        LIST_AGENTS: () => adapter.listAgents(callAs(caller)),
        SET_AGENT_STATUS: () => adapter.setAgentStatus('a', true, callAs(caller)),
        RENEW_VISITOR: () => adapter.renewVisitor('v', callAs(caller)),
        SEND_OFFLINE_MESSAGE: () => adapter.sendOfflineMessage(offline, callAs(caller)),
      }
      for (const [capability, attempt] of Object.entries(attempts)) {
        const known = capabilities.find((name) => name === capability)
        if (known && adapter.supports[known].roles.length === 0) {
          await assertFailsWith(attempt(), ['UNSUPPORTED'], adapter.name)
        }
      }
    },
  },
  {
    id: 'M03',
    name: 'MUST give a reason for every room capability that is not allowed, and none for an allowed one',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const { adapter, caller } = subject
      const [room] = await adapter.getRooms([await subject.openRoom()], callAs(caller))
      assert.ok(room && 'type' in room)
      const roomState = await adapter.getRoomCapabilities(room, callAs(caller))
      assert.deepEqual(roomState.map(({ capability }) => capability).sort(), [...roomCapabilities].sort())
      for (const { allowed, reason } of roomState) assert.equal(allowed, reason === null)
    },
  },
  {
    id: 'M04',
    name: 'MUST NOT start anything for a caller that has disconnected',
    requiredCapabilities: ['READ_MESSAGES'],
    async run(subject) {
      const roomId = await subject.openRoom()
      const call = callAs(subject.caller, AbortSignal.abort())
      await assert.rejects(subject.adapter.listMessages(roomId, newestMessages(1), call))
    },
  },
  {
    id: 'M05',
    name: 'MUST report its health without failing',
    requiredCapabilities: [],
    async run({ adapter, caller }) {
      const { status } = await adapter.getHealth(callAs(caller))
      assert.ok(['UP', 'DEGRADED', 'DOWN', 'UNKNOWN'].includes(status))
    },
  },
]
