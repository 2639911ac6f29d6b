import './scalars.ts'
import './viewer.ts'
import './provider.ts'
import './node.ts'
import './room/room.ts'
import './room/room-list.ts'
import './room/room-mutations.ts'
import './room/room-subscriptions.ts'
import './message/message-mutations.ts'
import './offline-message/offline-message-query.ts'
import './offline-message/send-offline-message.ts'
import './offline-message/offline-message-mutations.ts'
import './offline-message/offline-message-subscription.ts'
import './live-status.ts'
import { builder } from './builder.ts'
import { withMutationMiddleware } from './mutation-middleware.ts'

/** The GraphQL schema. `npm run schema` prints it to `schema.graphql`. */
export const schema = withMutationMiddleware(builder.toSchema())
