import './scalars.ts'
import './viewer.ts'
import './provider.ts'
import './node.ts'
import './room/room.ts'
import './room/room-list.ts'
import './offline-message/offline-message-query.ts'
import './room/room-mutations.ts'
import './message/message-mutations.ts'
import './offline-message/offline-message.ts'
import './offline-message/offline-message-mutations.ts'
import './room/room-events.ts'
import './live-status.ts'
import { builder } from './builder.ts'
import { withMutationLimit } from './mutation-limit.ts'

/** The whole GraphQL schema; `schema.graphql` is printed from it. */
export const schema = withMutationLimit(builder.toSchema())
