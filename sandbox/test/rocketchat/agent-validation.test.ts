import { beforeAll, describe, expect, test } from 'vitest'
import { PROFILES } from '../../rocketchat/profiles.ts'
import * as shapes from '../../rocketchat/wire/agent-shapes.ts'
import { firstViolation, type Shape } from '../../rocketchat/wire/request-shape.ts'
import { loadVendorValidators } from './vendor-validators.ts'

let ask: Awaited<ReturnType<typeof loadVendorValidators>>
beforeAll(async () => {
  ask = await loadVendorValidators()
})

const checked = PROFILES['6.13']

/** Our shapes by the vendor's names for them, with queries and bodies of every kind. */
const PAIRS: readonly [string, Shape<unknown>, readonly object[]][] = [
  [
    'isGETLivechatRoomsParams',
    shapes.rooms(checked),
    [
      {},
      { open: 'maybe', onhold: 'true', queued: 'true', count: '7', offset: '', sort: '{}' },
      { agents: ['a'], tags: ['t'], departmentId: 'd', roomName: 'n', createdAt: '{}', closedAt: null },
      { agents: 'a' },
      { departmentId: ['d', 'e'] },
      { rids: 'a' },
      { count: 'x' },
    ],
  ],
  [
    'isLivechatRidMessagesProps',
    shapes.roomMessages(checked),
    [{}, { count: '5', offset: '1', sort: '{}', searchTerm: 'x' }, { searchText: 'x' }],
  ],
  [
    'isGETLivechatVisitorsChatHistoryRoomRoomIdVisitorVisitorIdParams',
    shapes.chatHistory(checked),
    [{}, { count: '5', offset: '1', sort: '{}' }, { count: 'x' }, { searchText: 'x' }],
  ],
  ['isLiveChatRoomJoinProps', shapes.joinedRoom(checked), [{}, { roomId: 'r' }, { roomId: 'r', x: 1 }]],
  [
    'isPOSTLivechatRoomCloseByUserParams',
    shapes.closedRoom,
    [{}, { rid: 'r' }, { rid: 'r', comment: null, tags: ['t'] }, { rid: 'r', tags: 't' }, { rid: 'r', x: 1 }],
  ],
  [
    'isLiveChatRoomSaveInfoProps',
    shapes.savedRoomInfo,
    [
      {},
      { guestData: { _id: 'v' } },
      { guestData: { _id: 'v' }, roomData: { _id: 'r' } },
      { guestData: { _id: 'v' }, roomData: { _id: 'r', tags: ['t'], topic: null } },
      { guestData: { _id: 'v', name: null, livechatData: { k: 1 } }, roomData: { _id: 'r', tags: 't' } },
      { guestData: { _id: 'v', x: 1 }, roomData: { _id: 'r' } },
    ],
  ],
  [
    'isPOSTLivechatTranscriptRequestParams',
    shapes.requestedTranscript,
    [{}, { email: 'e' }, { email: 'e', subject: 's' }, { email: 'e', subject: 's', x: 1 }],
  ],
  [
    'isPOSTLivechatInquiriesTakeParams',
    shapes.takenInquiry,
    [{}, { inquiryId: 'i' }, { inquiryId: 'i', x: 1 }],
  ],
  [
    'isGETLivechatInquiriesGetOneParams',
    shapes.oneInquiry(checked),
    [{}, { roomId: 'r' }, { roomId: 'r', x: '1' }],
  ],
  [
    'isLiveChatRoomForwardProps',
    shapes.forwardedRoom,
    [
      {},
      { roomId: 'r' },
      { roomId: 'r', userId: 'u', comment: 'c', clientAction: true },
      { roomId: 'r', departmentId: 'd', x: 1 },
      { roomId: 'r', userId: 1 },
    ],
  ],
  ['isGETLivechatInquiriesListParams', shapes.inquiries(checked), [{}, { department: 'd' }, { x: '1' }]],
  [
    'isGETLivechatDepartmentProps',
    shapes.departments(checked),
    [{}, { enabled: 'x', text: 't', onlyMyDepartments: 'true' }, { onlyMyDepartments: 'x' }, { ids: ['a'] }],
  ],
  ['isLivechatDepartmentIdProps', shapes.department(checked), [{}, { includeAgents: 'false' }, { x: '1' }]],
  [
    'isLivechatUsersManagerGETProps',
    shapes.agents(checked),
    [{}, { text: 't', onlyAvailable: 'true' }, { x: '1' }],
  ],
  [
    'isLivechatQueueProps',
    shapes.queue(checked),
    [
      {},
      { count: '5', offset: '0', sort: '{}', includeOfflineAgents: 'true', agentId: 'a' },
      { count: '5', offset: '0', sort: '{}', x: '1' },
    ],
  ],
  [
    'isPOSTLivechatAgentStatusProps',
    shapes.agentStatus,
    [{}, { status: 'available', agentId: 'a' }, { status: 'busy' }, { agentId: 'a', x: 1 }],
  ],
  [
    'isLivechatVisitorsInfoProps',
    shapes.visitorInfo(checked),
    [{}, { visitorId: 'v' }, { visitorId: 'v', x: '1' }],
  ],
]

describe.each(PAIRS)('%s', (name, shape, values) => {
  test.each(values.map((value) => [value]))('says the same of %j as our shape', (value) => {
    const [ours, theirs] = [structuredClone(value), structuredClone(value)]
    const violation = firstViolation(shape.schema, ours)
    expect(ask(name, theirs).violation).toBe(violation)
    expect(ours).toEqual(theirs)
  })
})
