import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createPushServer, type PushControl } from '../../push-server.ts'
import type { Workspace } from '../workspace/workspace.ts'
import type { DdpContext } from './context.ts'
import { Heartbeat } from './heartbeat.ts'
import { publishInquiries } from './inquiry-queue.ts'
import { publishLivechatRoom } from './livechat-room.ts'
import type { DdpOptions } from './options.ts'
import { handleFrame } from './protocol.ts'
import { DdpRateLimiter } from './rate-limiter.ts'
import { publishMessages } from './room-messages.ts'
import { publishRoomNotifications } from './room-notifications.ts'
import { DdpSession } from './session.ts'
import { Streams } from './streams.ts'
import { endSubscriptions } from './subscriptions.ts'
import { publishUserRooms } from './user-rooms.ts'
import { publishUserStatus } from './user-status.ts'

/** The subscriptions of all DDP clients, for tests. */
export interface DdpSubscriptions {
  /** The number of live ones by `stream/event`. */
  counts(): Record<string, number>
  /** The highest number of subscriptions that were live at a time. */
  readonly peak: number
}

/** The DDP side of the emulator, on the HTTP server of its REST API. */
export interface DdpServer {
  readonly control: PushControl
  readonly subscriptions: DdpSubscriptions
  /** Accepts or refuses an upgrade of the HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

/** Starts the emulator of Rocket.Chat's DDP (docs/providers/rocketchat.md 7.2 and 21) at `/websocket`. */
export function startDdpServer(workspace: Workspace, options: DdpOptions = {}): DdpServer {
  const streams = new Streams()
  const sessions = new Set<DdpSession>()
  const limiter = new DdpRateLimiter(workspace.settings, workspace.host.now)
  const server = createPushServer({
    acceptsPath: (path) => path === '/websocket',
    onConnection(connection) {
      const session = new DdpSession(connection)
      const heartbeat = new Heartbeat(session, options)
      sessions.add(session)
      return {
        onFrame(text) {
          heartbeat.onFrame()
          handleFrame(context, session, text)
        },
        onPing: () => {},
        onClose() {
          heartbeat.stop()
          sessions.delete(session)
          endSubscriptions(context, session)
        },
      }
    },
  })
  const context: DdpContext = { workspace, streams, limiter, faults: server.faults, options }
  /** Meteor ends the connections of a login token that is removed. */
  const onLoggedOut = (token: string): void => {
    for (const session of sessions) if (session.login?.token === token) session.connection.close()
  }
  const publishers = [
    publishMessages,
    publishRoomNotifications,
    publishLivechatRoom,
    publishInquiries,
    publishUserRooms,
    publishUserStatus,
  ]
  const stops = publishers.map((publish) => publish(workspace, streams))
  workspace.events.on('loggedOut', onLoggedOut)
  return {
    control: server.control,
    subscriptions: streams,
    upgrade: server.upgrade,
    close() {
      workspace.events.off('loggedOut', onLoggedOut)
      for (const stop of stops) stop()
      server.close()
    },
  }
}
