import type { CallContext } from '../../../domain/adapter.ts'
import type { FileApi } from '../files/file-api.ts'
import type { ProviderOrigin } from '../map.ts'
import type { RoomApi } from '../room-api.ts'
import type { VisitorApi } from '../visitor/visitor-api.ts'
import type { AgentClient } from './agent-client.ts'
import { AgentDepartments } from './agent-departments.ts'
import { AgentDirectory } from './agent-directory.ts'
import { AgentFiles } from './agent-files.ts'
import { AgentHistory } from './agent-history.ts'
import { AgentMessages } from './agent-messages.ts'
import { AgentNames } from './agent-names.ts'
import { AgentRoomWork } from './agent-room-work.ts'
import { AgentRooms } from './agent-rooms.ts'
import { AgentStatistics } from './agent-statistics.ts'
import { AgentTags } from './agent-tags.ts'
import { AgentTranscripts } from './agent-transcripts.ts'
import { AgentVisitorDetails } from './visitor-details.ts'
import { VisitorHistory } from './visitor-history.ts'

/** Requests of operators. The service account reads; the operator's own agent writes, else the service account. */
export interface AgentApi {
  readonly rooms: AgentRooms
  readonly history: AgentHistory
  readonly visitorHistory: VisitorHistory
  readonly visitorDetails: AgentVisitorDetails
  readonly messages: AgentMessages
  readonly tags: AgentTags
  readonly transcripts: AgentTranscripts
  readonly files: FileApi
  readonly departments: AgentDepartments
  readonly directory: AgentDirectory
  readonly statistics: AgentStatistics
  readonly roomWork: AgentRoomWork
  /** Why the server rejects the service account; null unless its last response did. */
  readonly rejectionReason: () => string | null
}

/** Creates the agent API of one server. `visitor` reads the histories and requests transcripts. */
export function createAgentApi(client: AgentClient, origin: ProviderOrigin, visitor: VisitorApi): AgentApi {
  const departments = new AgentDepartments(client, origin.provider)
  const directory = new AgentDirectory(client, origin.provider)
  const rooms = new AgentRooms(client, origin, new AgentNames(directory, origin.provider), departments)
  const history = new AgentHistory(client, rooms, visitor.rooms)
  const messages = new AgentMessages(client, rooms, origin.provider)
  return {
    rooms,
    departments,
    directory,
    history,
    visitorHistory: new VisitorHistory(client, rooms),
    visitorDetails: new AgentVisitorDetails(client),
    messages,
    files: new AgentFiles(client, history, messages, origin.provider),
    statistics: new AgentStatistics(rooms, directory, origin.provider),
    roomWork: new AgentRoomWork(client, rooms, origin.provider),
    tags: new AgentTags(client, rooms, origin.provider),
    transcripts: new AgentTranscripts(rooms, visitor.feedback, origin.provider),
    rejectionReason: () => client.rejectionReason,
  }
}

/** Creates the room API of operators. */
export function agentRoomApi(agent: AgentApi, call: CallContext): RoomApi {
  const { rooms, history, messages, transcripts } = agent
  return {
    findRoom: (roomId) => rooms.find(roomId, call),
    readHistory: (roomId, end, limit) => history.read(roomId, end, limit, call),
    closeRoom: (roomId, closing) => rooms.close(roomId, closing, call),
    requestTranscript: (roomId, email) => transcripts.request(roomId, email, call),
    findMessage: (ref) => messages.find(ref, call),
    assertCanPost: (roomId) => messages.assertCanPost(roomId, call),
    sendMessage: (message) => messages.send(message, call),
    updateMessage: (ref, text) => messages.update(ref, text, call),
    deleteMessage: (ref) => messages.delete(ref, call),
    withCallerAsAuthor: (wire) => wire,
  }
}
