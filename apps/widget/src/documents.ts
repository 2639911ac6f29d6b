import type { TypedDocument } from '@switchboard/client'
import type * as operations from '../generated/operations.ts'

/** A document whose types are generated from its text. */
type Document<Data, Variables> = TypedDocument<Data, Variables>

// One line for what belongs together: the texts are part of the script, as they are here.

const errorFields = /* GraphQL */ `
fragment WidgetError on UserError { code ... on InvalidInputError { field } ... on RateLimitedError { retryAfterMs } }`

const formFields = /* GraphQL */ `
fragment WidgetPreChatForm on PreChatForm { fields { key kind label required options { value label } } }`

const messageFields = /* GraphQL */ `
fragment WidgetMessage on Message {
id kind systemEvent text state createdAt author { nativeId name role }
attachments { id url externalUrl name contentType size } buttons { text url }
}`

const stateFields = /* GraphQL */ `
fragment WidgetRoomState on Room {
status provider { kind } agents { nativeId name } queue { position } rating { score } capabilities { capability allowed }
}`

export const providersDocument: Document<
  operations.WidgetProvidersQuery,
  operations.WidgetProvidersQueryVariables
> = /* GraphQL */ `
query WidgetProviders { providers { id name kind capabilities online departments { id nativeId name online } } }`

export const formDocument: Document<operations.WidgetFormQuery, operations.WidgetFormQueryVariables> =
  /* GraphQL */ `
query WidgetForm($id: ID!) {
node(id: $id) {
... on Provider { preChatForm { ...WidgetPreChatForm } } ... on Department { preChatForm { ...WidgetPreChatForm } }
} }${formFields}`

export const startDocument: Document<
  operations.WidgetStartMutation,
  operations.WidgetStartMutationVariables
> = /* GraphQL */ `
mutation WidgetStart($input: StartRoomInput!) {
startRoom(input: $input) { ... on StartRoomPayload { visitorToken renewalToken room { id } } ...WidgetError } }${errorFields}`

export const renewDocument: Document<
  operations.WidgetRenewMutation,
  operations.WidgetRenewMutationVariables
> = /* GraphQL */ `
mutation WidgetRenew($input: RenewVisitorInput!) {
renewVisitor(input: $input) { ... on RenewVisitorPayload { visitorToken renewalToken } ...WidgetError } }${errorFields}`

export const pageDocument: Document<operations.WidgetRoomQuery, operations.WidgetRoomQueryVariables> =
  /* GraphQL */ `
query WidgetRoom($roomId: ID!, $before: String) {
room(id: $roomId) { ...WidgetRoomState messages(last: 50, before: $before) {
nodes { ...WidgetMessage } pageInfo { endCursor startCursor hasPreviousPage } } } }${stateFields}${messageFields}`

export const eventsDocument: Document<
  operations.WidgetEventsSubscription,
  operations.WidgetEventsSubscriptionVariables
> = /* GraphQL */ `
subscription WidgetEvents($roomId: ID!, $after: String) {
roomEvents(roomId: $roomId, after: $after) { __typename cursor
... on MessageAddedEvent { message { ...WidgetMessage } }
... on MessageUpdatedEvent { message { ...WidgetMessage } }
... on MessageDeletedEvent { messageId }
... on RoomUpdatedEvent { room { ...WidgetRoomState } }
... on GapEvent { reason from } } }${stateFields}${messageFields}`

export const signalsDocument: Document<
  operations.WidgetSignalsSubscription,
  operations.WidgetSignalsSubscriptionVariables
> = /* GraphQL */ `
subscription WidgetSignals($roomId: ID!) {
roomSignals(roomId: $roomId) {
... on TypingSignal { typing participant { nativeId name role } } ... on QueueSignal { queue { position } } } }`

export const sendDocument: Document<operations.WidgetSendMutation, operations.WidgetSendMutationVariables> =
  /* GraphQL */ `
mutation WidgetSend($input: SendMessageInput!) {
sendMessage(input: $input) { ... on SendMessagePayload { message { ...WidgetMessage } } ...WidgetError } }${errorFields}${messageFields}`

export const typingDocument: Document<
  operations.WidgetTypingMutation,
  operations.WidgetTypingMutationVariables
> = /* GraphQL */ `
mutation WidgetTyping($input: SetTypingInput!) { setTyping(input: $input) { __typename } }`

export const seenDocument: Document<operations.WidgetSeenMutation, operations.WidgetSeenMutationVariables> =
  /* GraphQL */ `
mutation WidgetSeen($input: MarkSeenInput!) { markSeen(input: $input) { __typename } }`

export const closeDocument: Document<
  operations.WidgetCloseMutation,
  operations.WidgetCloseMutationVariables
> = /* GraphQL */ `
mutation WidgetClose($input: CloseRoomInput!) { closeRoom(input: $input) { ...WidgetError } }${errorFields}`

export const rateDocument: Document<operations.WidgetRateMutation, operations.WidgetRateMutationVariables> =
  /* GraphQL */ `
mutation WidgetRate($input: RateRoomInput!) { rateRoom(input: $input) { ...WidgetError } }${errorFields}`

export const transcriptDocument: Document<
  operations.WidgetTranscriptMutation,
  operations.WidgetTranscriptMutationVariables
> = /* GraphQL */ `
mutation WidgetTranscript($input: RequestTranscriptInput!) { requestTranscript(input: $input) { ...WidgetError } }${errorFields}`

export const offlineDocument: Document<
  operations.WidgetOfflineMutation,
  operations.WidgetOfflineMutationVariables
> = /* GraphQL */ `
mutation WidgetOffline($input: SendOfflineMessageInput!) {
sendOfflineMessage(input: $input) { ... on SendOfflineMessagePayload { offlineMessage { delivery { state } } } ...WidgetError } }${errorFields}`
