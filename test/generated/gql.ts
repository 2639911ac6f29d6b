/* eslint-disable */
import * as types from './graphql.ts';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query ClientTestPage($roomId: ID!, $before: String) {\n    room(id: $roomId) {\n      id\n      tags\n      visitor { name customFields { key value } }\n      messages(last: 2, before: $before) {\n        nodes { id text createdAt }\n        pageInfo { startCursor endCursor hasPreviousPage }\n      }\n    }\n  }\n": typeof types.ClientTestPageDocument,
    "\n  subscription ClientTestEvents($roomId: ID!, $after: String) {\n    roomEvents(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on MessageAddedEvent { message { id text createdAt } }\n      ... on MessageUpdatedEvent { message { id text createdAt } }\n      ... on MessageDeletedEvent { messageId }\n      ... on RoomUpdatedEvent { room { tags } }\n      ... on GapEvent { reason from }\n    }\n  }\n": typeof types.ClientTestEventsDocument,
    "subscription ClientTestActivity { roomActivity { id } }": typeof types.ClientTestActivityDocument,
    "mutation IdempotencySend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    __typename\n    ... on SendMessagePayload { message { id text } }\n    ... on UserError { code detail }\n  }\n}": typeof types.IdempotencySendDocument,
    "mutation IdempotencyStart($input: StartRoomInput!) {\n  startRoom(input: $input) {\n    __typename\n    ... on StartRoomPayload { visitorToken room { id nativeId } }\n    ... on UserError { code detail }\n  }\n}": typeof types.IdempotencyStartDocument,
    "mutation IdempotencyRenewable($input: StartRoomInput!) {\n  startRoom(input: $input) { ... on StartRoomPayload { renewalToken room { nativeId } } }\n}": typeof types.IdempotencyRenewableDocument,
    "mutation IdempotencyRenew($input: RenewVisitorInput!) {\n  renewVisitor(input: $input) { __typename ... on RenewVisitorPayload { visitorToken } ... on UserError { code } }\n}": typeof types.IdempotencyRenewDocument,
    "query IdempotencyRoom($provider: String!, $id: String!) {\n  roomByNativeId(provider: $provider, nativeId: $id) { id messages { nodes { text } } }\n}": typeof types.IdempotencyRoomDocument,
    "subscription ReplicaLimitsAdded($room: ID!) {\n  messageAdded(roomId: $room) { text }\n}": typeof types.ReplicaLimitsAddedDocument,
    "query ReplicaLimitsPage($nativeId: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $nativeId) { messages(last: 7) { nodes { text } } }\n}": typeof types.ReplicaLimitsPageDocument,
    "mutation DurabilitySend($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on SendOfflineMessagePayload { offlineMessage { id delivery { state attempts } } }\n    ... on UserError { code detail }\n  }\n}": typeof types.DurabilitySendDocument,
    "query DurabilityList {\n  offlineMessages { nodes { id text delivery { state attempts } } }\n}": typeof types.DurabilityListDocument,
    "mutation DurabilityRetry($input: RetryOfflineMessageInput!) {\n  retryOfflineMessage(input: $input) {\n    __typename\n    ... on RetryOfflineMessagePayload { offlineMessage { delivery { state attempts } } }\n  }\n}": typeof types.DurabilityRetryDocument,
    "\n  query ClientsRoomId($nativeId: String!) {\n    roomByNativeId(provider: \"rocketchat\", nativeId: $nativeId) {\n      id\n    }\n  }\n": typeof types.ClientsRoomIdDocument,
    "\n  subscription ClientsEvents($roomId: ID!) {\n    roomEvents(roomId: $roomId) {\n      cursor\n    }\n  }\n": typeof types.ClientsEventsDocument,
    "subscription LiveSourcesEvents($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    ... on MessageAddedEvent { message { nativeId text kind } }\n    ... on MessageUpdatedEvent { message { nativeId text } }\n    ... on MessageDeletedEvent { messageId }\n    ... on GapEvent { reason from to }\n  }\n}": typeof types.LiveSourcesEventsDocument,
    "subscription LiveSourcesActivity($providers: [String!]) {\n  roomActivity(providers: $providers) { nativeId status provider { name } visitor { name } }\n}": typeof types.LiveSourcesActivityDocument,
    "query LiveSourcesSources($provider: String!, $nativeId: String!) {\n  providers { name live { source latencyMs lagMs } }\n  roomByNativeId(provider: $provider, nativeId: $nativeId) { live { source latencyMs lagMs } }\n}": typeof types.LiveSourcesSourcesDocument,
    "query LiveSourcesEnd($provider: String!, $nativeId: String!) {\n  roomByNativeId(provider: $provider, nativeId: $nativeId) {\n    messages(last: 50) { nodes { nativeId } pageInfo { endCursor } }\n  }\n}": typeof types.LiveSourcesEndDocument,
    "mutation LiveSourcesSend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) { __typename }\n}": typeof types.LiveSourcesSendDocument,
    "subscription LiveSourcesRoomStates($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    ... on MessageAddedEvent { message { kind } }\n    ... on RoomUpdatedEvent { room { status tags agents { nativeId } } }\n    ... on GapEvent { reason from to }\n  }\n}": typeof types.LiveSourcesRoomStatesDocument,
    "subscription LiveSourcesStatusOfAll($room: ID!) {\n  roomEvents(roomId: $room) { __typename room { status } }\n}": typeof types.LiveSourcesStatusOfAllDocument,
    "mutation LiveSourcesClose($room: ID!) {\n  closeRoom(input: { roomId: $room }) { __typename }\n}": typeof types.LiveSourcesCloseDocument,
    "query LiveSourcesStatePage($provider: String!, $nativeId: String!) {\n  roomByNativeId(provider: $provider, nativeId: $nativeId) {\n    status\n    messages(last: 50) { nodes { kind } pageInfo { endCursor } }\n  }\n}": typeof types.LiveSourcesStatePageDocument,
    "query LivePage($rid: String!, $first: Int, $after: String, $last: Int) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $rid) {\n    id\n    messages(first: $first, after: $after, last: $last) {\n      edges { cursor }\n      nodes { nativeId }\n      pageInfo { endCursor }\n    }\n  }\n}": typeof types.LivePageDocument,
    "subscription LiveEvents($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    ... on MessageAddedEvent { message { nativeId text kind } }\n    ... on MessageUpdatedEvent { message { nativeId text } }\n    ... on MessageDeletedEvent { messageId }\n    ... on GapEvent { reason from to }\n  }\n}": typeof types.LiveEventsDocument,
    "subscription LiveMessages($room: ID!, $after: String) {\n  messageAdded(roomId: $room, after: $after) { nativeId text kind }\n}": typeof types.LiveMessagesDocument,
    "subscription LiveStatuses($room: ID!) {\n  roomEvents(roomId: $room) { __typename room { status } }\n}": typeof types.LiveStatusesDocument,
    "mutation LiveSend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) {\n    ... on SendMessagePayload { message { nativeId } }\n    ... on UserError { code detail }\n  }\n}": typeof types.LiveSendDocument,
    "subscription FeedbackStates($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename cursor\n    ... on RoomUpdatedEvent { room { tags rating { score comment } } }\n  }\n}": typeof types.FeedbackStatesDocument,
    "mutation OfflineSend($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on SendOfflineMessagePayload {\n      offlineMessage { id text delivery { state attempts lastError nextAttemptAt } }\n    }\n    ... on UserError { code detail }\n    ... on RateLimitedError { provider retryAfterMs }\n    ... on ProviderError { provider }\n    ... on OutcomeUnknownError { provider }\n  }\n}": typeof types.OfflineSendDocument,
    "query OfflineListPage($first: Int, $after: String, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, after: $after, filter: $filter) {\n    nodes {\n      id nativeId name email text rawText receivedAt receivedOn\n      provider { name }\n      delivery { state attempts lastError nextAttemptAt }\n    }\n    pageInfo { hasNextPage endCursor }\n  }\n}": typeof types.OfflineListPageDocument,
    "query OfflineListDepartments($filter: OfflineMessageFilter) {\n  offlineMessages(filter: $filter) { nodes { text department { name } } }\n}": typeof types.OfflineListDepartmentsDocument,
    "query OfflineListCount($filter: OfflineMessageFilter) {\n  offlineMessages(filter: $filter) { totalCount nodes { text } }\n}": typeof types.OfflineListCountDocument,
    "query OfflineListNode($id: ID!) {\n  node(id: $id) { id ... on OfflineMessage { text delivery { state } } }\n}": typeof types.OfflineListNodeDocument,
    "query OfflineListProviders {\n  providers { name capabilities departments { id nativeId name online } }\n}": typeof types.OfflineListProvidersDocument,
    "mutation OfflineListSend($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on SendOfflineMessagePayload { offlineMessage { id text receivedOn delivery { state attempts lastError } } }\n    ... on UserError { code detail }\n  }\n}": typeof types.OfflineListSendDocument,
    "mutation OfflineListRetry($input: RetryOfflineMessageInput!) {\n  retryOfflineMessage(input: $input) {\n    __typename\n    ... on RetryOfflineMessagePayload { offlineMessage { id delivery { state attempts lastError } } }\n    ... on UserError { code detail }\n  }\n}": typeof types.OfflineListRetryDocument,
    "mutation OfflineListDiscard($input: DiscardOfflineMessageInput!) {\n  discardOfflineMessage(input: $input) {\n    __typename\n    ... on DiscardOfflineMessagePayload { offlineMessage { id delivery { state } } }\n    ... on UserError { code detail }\n  }\n}": typeof types.OfflineListDiscardDocument,
    "mutation OfflineListErase($input: EraseOfflineMessagesInput!) {\n  eraseOfflineMessages(input: $input) {\n    __typename\n    ... on EraseOfflineMessagesPayload { count }\n    ... on UserError { code detail }\n  }\n}": typeof types.OfflineListEraseDocument,
    "subscription OfflineListAdded($providers: [String!]) {\n  offlineMessageAdded(providers: $providers) { id text provider { name } delivery { state } }\n}": typeof types.OfflineListAddedDocument,
    "subscription ProcessEvents($id: ID!) {\n  roomEvents(roomId: $id) { __typename ... on MessageAddedEvent { message { text } } }\n}": typeof types.ProcessEventsDocument,
    "subscription ProcessEventsAfter($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename cursor ... on MessageAddedEvent { message { text } } ... on GapEvent { reason }\n  }\n}": typeof types.ProcessEventsAfterDocument,
    "query ProcessPageEnd($id: ID!) {\n  room(id: $id) { messages(last: 1) { pageInfo { endCursor } } }\n}": typeof types.ProcessPageEndDocument,
    "mutation ProcessStart($input: StartRoomInput!) {\n  startRoom(input: $input) { __typename ... on UserError { code } }\n}": typeof types.ProcessStartDocument,
    "mutation ProcessSay($input: SendMessageInput!) {\n  sendMessage(input: $input) { __typename ... on UserError { code } }\n}": typeof types.ProcessSayDocument,
    "query ProcessRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) { id messages(last: 2) { nodes { text } } }\n}": typeof types.ProcessRoomDocument,
    "query ProcessInbox { offlineMessages(first: 2) { nodes { id text } } }": typeof types.ProcessInboxDocument,
    "mutation ProcessLeave($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) { __typename ... on UserError { code } }\n}": typeof types.ProcessLeaveDocument,
    "query ProcessMergedRooms {\n  rooms(first: 20) { nodes { nativeId provider { name } } }\n}": typeof types.ProcessMergedRoomsDocument,
    "query ProcessAccounts { providers { name kind health { status reason } } }": typeof types.ProcessAccountsDocument,
    "query ProcessWork {\n  viewer { agents { id provider { name } } }\n  rooms(first: 20, filter: { providers: [\"rocketchat\"], status: [QUEUED] }) { nodes { id } }\n}": typeof types.ProcessWorkDocument,
    "mutation ProcessStartWork($input: SetAgentStatusInput!) {\n  setAgentStatus(input: $input) {\n    ... on SetAgentStatusPayload { agent { acceptingChats } }\n    ... on UserError { code detail }\n  }\n}": typeof types.ProcessStartWorkDocument,
    "mutation ProcessTake($input: TakeRoomInput!) {\n  takeRoom(input: $input) {\n    ... on TakeRoomPayload { room { status agents { name } } }\n    ... on UserError { code detail }\n  }\n}": typeof types.ProcessTakeDocument,
    "query ProcessAnyNode($id: ID!) { node(id: $id) { id } }": typeof types.ProcessAnyNodeDocument,
    "query LiveChatDepartmentNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { ... on Department { nativeId online } }\n}": typeof types.LiveChatDepartmentNodesDocument,
    "query LiveChatOnline {\n  providers { online departments { nativeId online } }\n}": typeof types.LiveChatOnlineDocument,
    "query LivechatOfflineList($first: Int, $after: String, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, after: $after, filter: $filter) {\n    edges { cursor node { id nativeId receivedOn provider { name } } }\n    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n  }\n}": typeof types.LivechatOfflineListDocument,
    "query LivechatOfflineCount($first: Int, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, filter: $filter) { totalCount nodes { nativeId } }\n}": typeof types.LivechatOfflineCountDocument,
    "query LivechatOfflineDetails($first: Int, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, filter: $filter) {\n    nodes {\n      id nativeId name email text rawText receivedAt receivedOn\n      department { id nativeId name online }\n      delivery { state attempts lastError nextAttemptAt }\n    }\n  }\n}": typeof types.LivechatOfflineDetailsDocument,
    "query LivechatOfflineListBeside($first: Int, $after: String) {\n  viewer { role name }\n  providers { name kind }\n  offlineMessages(first: $first, after: $after) {\n    nodes { nativeId }\n    pageInfo { hasNextPage endCursor }\n  }\n}": typeof types.LivechatOfflineListBesideDocument,
    "query LivechatOfflineTwice {\n  one: offlineMessages(first: 5) { nodes { nativeId } }\n  other: offlineMessages(first: 5) { nodes { nativeId } }\n}": typeof types.LivechatOfflineTwiceDocument,
    "query LivechatHealth { providers { name health { status reason checkedAt } } }": typeof types.LivechatHealthDocument,
    "query LivechatOfflineNode($id: ID!) {\n  node(id: $id) {\n    __typename id\n    ... on OfflineMessage {\n      nativeId name email text rawText receivedAt receivedOn\n      provider { name }\n      department { nativeId }\n      delivery { state attempts lastError nextAttemptAt }\n    }\n  }\n}": typeof types.LivechatOfflineNodeDocument,
    "query LivechatOfflineNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on OfflineMessage { nativeId text rawText } }\n}": typeof types.LivechatOfflineNodesDocument,
    "mutation LivechatSendOffline($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on UserError { code detail }\n    ... on UnsupportedError { provider }\n  }\n}": typeof types.LivechatSendOfflineDocument,
    "query LivechatChatsRoomList($first: Int, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) {\n    edges { cursor node { nativeId lastActivityAt } }\n    pageInfo { hasNextPage endCursor }\n  }\n}": typeof types.LivechatChatsRoomListDocument,
    "query LivechatChatsDashboard($first: Int, $filter: RoomFilter) {\n  rooms(first: $first, filter: $filter) {\n    nodes {\n      id nativeId status createdAt closedAt lastActivityAt tags\n      visitor { nativeId name email avatarUrl role }\n      agents { nativeId name email role }\n      department { nativeId name online }\n      lastMessage { nativeId text kind visibility author { name role } }\n      capabilities { capability allowed reason }\n    }\n  }\n}": typeof types.LivechatChatsDashboardDocument,
    "query LivechatChatsRoomsWithMessages($rooms: Int, $messages: Int) {\n  rooms(first: $rooms) {\n    nodes { nativeId messages(last: $messages) { nodes { text author { name } } } }\n  }\n}": typeof types.LivechatChatsRoomsWithMessagesDocument,
    "query LivechatChatsRoom($id: String!) {\n  roomByNativeId(provider: \"livechat\", nativeId: $id) {\n    id nativeId status createdAt closedAt lastActivityAt tags\n    visitor { nativeId name email role }\n    agents { nativeId name email role }\n    department { nativeId name online }\n    lastMessage { nativeId text visibility }\n    capabilities { capability allowed reason }\n  }\n}": typeof types.LivechatChatsRoomDocument,
    "query LivechatChatsCountedRooms($first: Int, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) {\n    totalCount nodes { nativeId status } pageInfo { endCursor hasNextPage }\n  }\n}": typeof types.LivechatChatsCountedRoomsDocument,
    "query LivechatChatsRoomDetails($id: String!) {\n  room: roomByNativeId(provider: \"livechat\", nativeId: $id) {\n    status\n    queue { position estimatedWaitMs since }\n    closedBy { nativeId name role }\n    firstResponseAt unansweredSince\n    customFields { key value }\n    visitor { nativeId phone seenUpTo customFields { key value } }\n    agents { nativeId phone seenUpTo customFields { key value } }\n  }\n}": typeof types.LivechatChatsRoomDetailsDocument,
    "query LivechatChatsListedRoomDetails($filter: RoomFilter) {\n  rooms(filter: $filter) {\n    nodes {\n      nativeId status\n      queue { position estimatedWaitMs since }\n      closedBy { nativeId name role }\n      firstResponseAt unansweredSince\n      customFields { key value }\n      visitor { nativeId phone seenUpTo customFields { key value } }\n      agents { nativeId phone seenUpTo customFields { key value } }\n    }\n  }\n}": typeof types.LivechatChatsListedRoomDetailsDocument,
    "query LivechatChatsMessages(\n  $id: String!, $first: Int, $after: String, $last: Int, $before: String, $since: DateTime, $until: DateTime\n) {\n  roomByNativeId(provider: \"livechat\", nativeId: $id) {\n    messages(first: $first, after: $after, last: $last, before: $before, since: $since, until: $until) {\n      edges { cursor node { nativeId createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n}": typeof types.LivechatChatsMessagesDocument,
    "query LivechatChatsWholeMessages($id: String!, $last: Int) {\n  roomByNativeId(provider: \"livechat\", nativeId: $id) {\n    id\n    messages(last: $last) {\n      nodes {\n        id nativeId kind text visibility state createdAt editedAt\n        author { nativeId name email avatarUrl role }\n        attachments { url name contentType size }\n        form { label answer } buttons { text url } systemEvent\n        room { nativeId }\n      }\n      pageInfo { hasPreviousPage endCursor }\n    }\n  }\n}": typeof types.LivechatChatsWholeMessagesDocument,
    "query LivechatChatsMessageNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on Message { nativeId text author { name } } }\n}": typeof types.LivechatChatsMessageNodesDocument,
    "query LivechatChatsRoomNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on Room { nativeId status } }\n}": typeof types.LivechatChatsRoomNodesDocument,
    "mutation LivechatChatsSend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    __typename\n    ... on SendMessagePayload {\n      message { id nativeId text createdAt visibility author { nativeId name role } room { status } }\n    }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n    ... on RateLimitedError { retryAfterMs }\n  }\n}": typeof types.LivechatChatsSendDocument,
    "mutation LivechatChatsUpdate($input: UpdateMessageInput!) {\n  updateMessage(input: $input) { __typename ... on UserError { code detail } }\n}": typeof types.LivechatChatsUpdateDocument,
    "mutation LivechatChatsDelete($input: DeleteMessageInput!) {\n  deleteMessage(input: $input) {\n    __typename ... on DeleteMessagePayload { messageId deletedAt } ... on UserError { code detail }\n  }\n}": typeof types.LivechatChatsDeleteDocument,
    "mutation LivechatChatsClose($input: CloseRoomInput!) {\n  closeRoom(input: $input) {\n    __typename ... on CloseRoomPayload { room { nativeId status } } ... on UserError { code detail }\n  }\n}": typeof types.LivechatChatsCloseDocument,
    "mutation LivechatChatsStart($input: StartRoomInput!) {\n  startRoom(input: $input) {\n    __typename\n    ... on StartRoomPayload {\n      visitorToken renewalToken room { nativeId status visitor { name email } }\n    }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": typeof types.LivechatChatsStartDocument,
    "mutation LivechatChatsRenew($input: RenewVisitorInput!) {\n  renewVisitor(input: $input) {\n    __typename\n    ... on RenewVisitorPayload { visitorToken renewalToken }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n    ... on UnsupportedError { provider }\n  }\n}": typeof types.LivechatChatsRenewDocument,
    "query LivechatChatsProviders {\n  providers { name capabilities health { status reason } departments { id nativeId name online } }\n}": typeof types.LivechatChatsProvidersDocument,
    "query LivechatChatsHealth { providers { name health { status reason checkedAt } } }": typeof types.LivechatChatsHealthDocument,
    "query LivechatChatsOffline($first: Int, $after: String, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, after: $after, filter: $filter) {\n    totalCount\n    nodes { id nativeId name email text rawText receivedAt receivedOn department { nativeId } }\n    pageInfo { hasNextPage endCursor }\n  }\n}": typeof types.LivechatChatsOfflineDocument,
    "query LivechatChatsOfflineNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on OfflineMessage { nativeId text } }\n}": typeof types.LivechatChatsOfflineNodesDocument,
    "mutation LivechatChatsSendOffline($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on SendOfflineMessagePayload { offlineMessage { delivery { state } } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": typeof types.LivechatChatsSendOfflineDocument,
    "subscription LivechatChatsEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename cursor\n    ... on MessageAddedEvent { message { nativeId text visibility author { nativeId email } } }\n    ... on MessageDeletedEvent { messageId }\n  }\n}": typeof types.LivechatChatsEventsDocument,
    "query LivechatPushLiveStatus($id: ID!) {\n  room(id: $id) { live { source latencyMs } }\n}": typeof types.LivechatPushLiveStatusDocument,
    "query OwnAgentsRoomId($provider: String!, $nativeId: String!) {\n  roomByNativeId(provider: $provider, nativeId: $nativeId) { id }\n}": typeof types.OwnAgentsRoomIdDocument,
    "mutation OwnAgentsSend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    ... on SendMessagePayload { message { id nativeId text author { nativeId name role } } }\n    ... on UserError { code detail }\n  }\n}": typeof types.OwnAgentsSendDocument,
    "mutation OwnAgentsUpdate($input: UpdateMessageInput!) {\n  updateMessage(input: $input) {\n    ... on UpdateMessagePayload { message { text editedBy { nativeId } author { nativeId } } }\n    ... on UserError { code }\n  }\n}": typeof types.OwnAgentsUpdateDocument,
    "mutation OwnAgentsDelete($input: DeleteMessageInput!) {\n  deleteMessage(input: $input) { ... on DeleteMessagePayload { messageId } ... on UserError { code } }\n}": typeof types.OwnAgentsDeleteDocument,
    "mutation OwnAgentsClose($input: CloseRoomInput!) {\n  closeRoom(input: $input) { ... on CloseRoomPayload { room { status } } ... on UserError { code detail } }\n}": typeof types.OwnAgentsCloseDocument,
    "mutation OwnAgentsSetStatus($input: SetAgentStatusInput!) {\n  setAgentStatus(input: $input) {\n    ... on SetAgentStatusPayload { agent { nativeId acceptingChats } } ... on UserError { code detail }\n  }\n}": typeof types.OwnAgentsSetStatusDocument,
    "mutation OwnAgentsEveryWrite(\n  $room: ID!, $queued: ID!, $own: ID!, $other: ID!, $department: ID!\n) {\n  sendMessage(input: { roomId: $room, text: \"Hello\" }) { __typename }\n  note: sendMessage(input: { roomId: $room, text: \"Note\", visibility: AGENTS }) { __typename }\n  setRoomTags(input: { roomId: $room, tags: [\"vip\"] }) { __typename }\n  requestTranscript(input: { roomId: $room, email: \"vera@example.test\" }) { __typename }\n  setAgentStatus(input: { agentId: $own, acceptingChats: true }) { __typename }\n  takeRoom(input: { roomId: $queued }) { __typename }\n  assignRoom(input: { roomId: $room, agentId: $other }) { __typename }\n  transferRoom(input: { roomId: $room, departmentId: $department }) { __typename }\n  closeRoom(input: { roomId: $room, comment: \"Solved\" }) { __typename }\n}": typeof types.OwnAgentsEveryWriteDocument,
    "query OwnAgentsAuthor($id: ID!) {\n  node(id: $id) { ... on Message { author { nativeId } attachments { name } } }\n}": typeof types.OwnAgentsAuthorDocument,
    "query OwnAgentsHealth { providers { name health { status reason } } }": typeof types.OwnAgentsHealthDocument,
    "subscription PushedRoomWatch($room: ID!) {\n  roomEvents(roomId: $room) { cursor ... on MessageAddedEvent { message { text } } }\n}": typeof types.PushedRoomWatchDocument,
    "mutation PushedRoomSend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) { __typename ... on UserError { code } }\n}": typeof types.PushedRoomSendDocument,
    "query RocketchatAgentInbox($first: Int!, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) {\n    nodes {\n      id nativeId status tags createdAt closedAt lastActivityAt\n      visitor { nativeId name role } agents { nativeId name role } department { id name online }\n      lastMessage { text author { name role } }\n    }\n    pageInfo { endCursor hasNextPage }\n  }\n}": typeof types.RocketchatAgentInboxDocument,
    "query RocketchatAgentRoomIds($first: Int!, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) { nodes { nativeId } pageInfo { endCursor hasNextPage } }\n}": typeof types.RocketchatAgentRoomIdsDocument,
    "query RocketchatAgentBoards($first: Int!, $last: Int!) {\n  rooms(first: $first) { nodes { messages(last: $last) { nodes { text } } } }\n}": typeof types.RocketchatAgentBoardsDocument,
    "query RocketchatAgentRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) {\n    id status visitor { nativeId name } agents { name } department { name }\n    capabilities { capability allowed reason }\n  }\n}": typeof types.RocketchatAgentRoomDocument,
    "query RocketchatAgentCountedRooms($first: Int, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) {\n    totalCount nodes { nativeId status } pageInfo { endCursor hasNextPage }\n  }\n}": typeof types.RocketchatAgentCountedRoomsDocument,
    "query RocketchatAgentVisitorOfRoom($id: String!) {\n  room: roomByNativeId(provider: \"rocketchat\", nativeId: $id) { visitor { name email phone customFields { key value } } }\n}": typeof types.RocketchatAgentVisitorOfRoomDocument,
    "query RocketchatAgentRoomDetails($id: String!) {\n  room: roomByNativeId(provider: \"rocketchat\", nativeId: $id) {\n    status\n    queue { position estimatedWaitMs since }\n    closedBy { nativeId name role }\n    firstResponseAt unansweredSince\n    customFields { key value }\n    visitor { nativeId seenUpTo }\n    agents { nativeId phone seenUpTo customFields { key value } }\n  }\n}": typeof types.RocketchatAgentRoomDetailsDocument,
    "query RocketchatAgentListedRoomDetails($filter: RoomFilter) {\n  rooms(filter: $filter) {\n    nodes {\n      nativeId status\n      queue { position estimatedWaitMs since }\n      closedBy { nativeId name role }\n      firstResponseAt unansweredSince\n      customFields { key value }\n      visitor { nativeId seenUpTo }\n      agents { nativeId phone seenUpTo customFields { key value } }\n    }\n  }\n}": typeof types.RocketchatAgentListedRoomDetailsDocument,
    "query RocketchatAgentMessages($id: String!, $last: Int, $first: Int, $after: String, $before: String) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) {\n    messages(last: $last, first: $first, after: $after, before: $before) {\n      nodes {\n        id nativeId kind state text author { nativeId name role } editedBy { name }\n        form { label answer } buttons { text url } systemEvent\n      }\n      pageInfo { startCursor endCursor hasNextPage hasPreviousPage }\n    }\n  }\n}": typeof types.RocketchatAgentMessagesDocument,
    "query RocketchatAgentNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on Room { status } ... on Message { text author { role } } ... on Department { name } }\n}": typeof types.RocketchatAgentNodesDocument,
    "query RocketchatAgentHealth {\n  providers { capabilities health { status reason } }\n}": typeof types.RocketchatAgentHealthDocument,
    "query RocketchatAgentDepartments {\n  providers { departments { id name online } }\n}": typeof types.RocketchatAgentDepartmentsDocument,
    "mutation RocketchatAgentSend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    __typename\n    ... on SendMessagePayload { message { id nativeId text author { nativeId name role } } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": typeof types.RocketchatAgentSendDocument,
    "mutation RocketchatAgentUpdate($input: UpdateMessageInput!) {\n  updateMessage(input: $input) {\n    ... on UpdateMessagePayload { message { id text state editedBy { name } author { role } } }\n    ... on UserError { code detail }\n  }\n}": typeof types.RocketchatAgentUpdateDocument,
    "mutation RocketchatAgentDelete($input: DeleteMessageInput!) {\n  deleteMessage(input: $input) { ... on DeleteMessagePayload { messageId deletedAt } ... on UserError { code detail } }\n}": typeof types.RocketchatAgentDeleteDocument,
    "mutation RocketchatAgentClose($input: CloseRoomInput!) {\n  closeRoom(input: $input) {\n    ... on CloseRoomPayload { room { id status closedAt } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": typeof types.RocketchatAgentCloseDocument,
    "subscription RocketchatAgentEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename\n    room { id }\n    ... on MessageAddedEvent { message { text kind author { name role } } }\n    ... on MessageUpdatedEvent { message { text state } }\n    ... on MessageDeletedEvent { messageId }\n  }\n}": typeof types.RocketchatAgentEventsDocument,
    "\n  fragment RocketchatMessage on Message {\n    id\n    nativeId\n    kind\n    text\n    state\n    visibility\n    createdAt\n    editedAt\n    author { nativeId name role }\n    editedBy { nativeId role }\n  }\n": typeof types.RocketchatMessageFragmentDoc,
    "\n  fragment RocketchatRoom on Room {\n    id\n    nativeId\n    status\n    visitor { nativeId name role }\n    agents { nativeId name role }\n    tags\n    createdAt\n    closedAt\n    lastActivityAt\n    lastMessage { ...RocketchatMessage }\n    capabilities { capability allowed reason }\n  }\n": typeof types.RocketchatRoomFragmentDoc,
    "\n  mutation RocketchatSend($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      __typename\n      ... on SendMessagePayload { message { ...RocketchatMessage } }\n      ... on UserError { code detail }\n      ... on InvalidInputError { field }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n": typeof types.RocketchatSendDocument,
    "\n  mutation RocketchatUpdate($input: UpdateMessageInput!) {\n    updateMessage(input: $input) {\n      __typename\n      ... on UpdateMessagePayload { message { ...RocketchatMessage } }\n      ... on UserError { code detail }\n      ... on InvalidInputError { field }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n": typeof types.RocketchatUpdateDocument,
    "\n  mutation RocketchatDelete($input: DeleteMessageInput!) {\n    deleteMessage(input: $input) {\n      __typename\n      ... on DeleteMessagePayload { messageId deletedAt }\n      ... on UserError { code detail }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n": typeof types.RocketchatDeleteDocument,
    "\n  mutation RocketchatClose($input: CloseRoomInput!) {\n    closeRoom(input: $input) {\n      __typename\n      ... on CloseRoomPayload { room { ...RocketchatRoom } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n": typeof types.RocketchatCloseDocument,
    "\n  mutation RocketchatStart($input: StartRoomInput!) {\n    startRoom(input: $input) {\n      __typename\n      ... on StartRoomPayload { visitorToken room { ...RocketchatRoom department { id name } } }\n      ... on UserError { code detail }\n      ... on InvalidInputError { field }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n": typeof types.RocketchatStartDocument,
    "\n  mutation RocketchatOffline($input: SendOfflineMessageInput!) {\n    sendOfflineMessage(input: $input) {\n      __typename\n      ... on SendOfflineMessagePayload {\n        offlineMessage {\n          nativeId\n          name\n          email\n          text\n          rawText\n          delivery { state attempts lastError }\n        }\n      }\n      ... on UserError { code detail }\n      ... on InvalidInputError { field }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n": typeof types.RocketchatOfflineDocument,
    "\n  query RocketchatRoomById($id: ID!) {\n    room(id: $id) { ...RocketchatRoom }\n  }\n": typeof types.RocketchatRoomByIdDocument,
    "\n  query RocketchatRoomByNativeId($nativeId: String!) {\n    roomByNativeId(provider: \"rocketchat\", nativeId: $nativeId) {\n      id\n      status\n      messages { nodes { nativeId text } }\n    }\n  }\n": typeof types.RocketchatRoomByNativeIdDocument,
    "\n  query RocketchatHistory(\n    $id: ID!\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $since: DateTime\n    $until: DateTime\n  ) {\n    room(id: $id) {\n      messages(first: $first, after: $after, last: $last, before: $before, since: $since, until: $until) {\n        edges { cursor }\n        nodes { ...RocketchatMessage }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n": typeof types.RocketchatHistoryDocument,
    "\n  query RocketchatNode($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Room { status }\n      ... on Message { text state }\n      ... on Department { name online }\n    }\n  }\n": typeof types.RocketchatNodeDocument,
    "\n  query RocketchatNodes($ids: [ID!]!) {\n    nodes(ids: $ids) { __typename id ... on Message { text } }\n  }\n": typeof types.RocketchatNodesDocument,
    "\n  query RocketchatDepartments($provider: ID!) {\n    node(id: $provider) { ... on Provider { name departments { id nativeId name online } } }\n  }\n": typeof types.RocketchatDepartmentsDocument,
    "\n  query RocketchatRoomStatus($id: ID!) {\n    room(id: $id) { id status }\n  }\n": typeof types.RocketchatRoomStatusDocument,
    "\n  query RocketchatRoomAndDepartments($id: ID!, $provider: ID!) {\n    room(id: $id) { id status }\n    node(id: $provider) { ... on Provider { departments { name } } }\n  }\n": typeof types.RocketchatRoomAndDepartmentsDocument,
    "query ProvidersSized($id: ID!, $first: Int, $last: Int) {\n  room(id: $id) { messages(first: $first, last: $last) { nodes { id } } }\n}": typeof types.ProvidersSizedDocument,
    "query ProvidersByCursor($id: ID!, $after: String, $before: String) {\n  room(id: $id) { messages(after: $after, before: $before) { nodes { text } pageInfo { endCursor } } }\n}": typeof types.ProvidersByCursorDocument,
    "query ProvidersHostile($id: ID!) { node(id: $id) { id } }": typeof types.ProvidersHostileDocument,
    "query ProvidersByNativeId($provider: String!, $nativeId: String!) {\n  roomByNativeId(provider: $provider, nativeId: $nativeId) { id }\n}": typeof types.ProvidersByNativeIdDocument,
    "subscription ProvidersHappening($id: ID!) {\n  roomEvents(roomId: $id) {\n    __typename ... on MessageAddedEvent { message { text } } ... on MessageDeletedEvent { messageId }\n  }\n}": typeof types.ProvidersHappeningDocument,
    "fragment ProvidersRefusal on InvalidInputError { code detail field }": typeof types.ProvidersRefusalFragmentDoc,
    "mutation ProvidersStartRoom($input: StartRoomInput!) {\n  startRoom(input: $input) {\n    __typename ...ProvidersRefusal ... on StartRoomPayload { visitorToken room { id visitor { name } } }\n  }\n}": typeof types.ProvidersStartRoomDocument,
    "mutation ProvidersCloseRoom($input: CloseRoomInput!) {\n  closeRoom(input: $input) { __typename ...ProvidersRefusal }\n}": typeof types.ProvidersCloseRoomDocument,
    "mutation ProvidersSendMessage($input: SendMessageInput!) {\n  sendMessage(input: $input) { __typename ...ProvidersRefusal ... on SendMessagePayload { message { id text } } }\n}": typeof types.ProvidersSendMessageDocument,
    "mutation ProvidersUpdateMessage($input: UpdateMessageInput!) {\n  updateMessage(input: $input) { __typename ...ProvidersRefusal ... on UpdateMessagePayload { message { text } } }\n}": typeof types.ProvidersUpdateMessageDocument,
    "mutation ProvidersSendOfflineMessage($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename ...ProvidersRefusal ... on SendOfflineMessagePayload { offlineMessage { name text delivery { state } } }\n  }\n}": typeof types.ProvidersSendOfflineMessageDocument,
    "mutation ProvidersErase($input: EraseOfflineMessagesInput!) {\n  eraseOfflineMessages(input: $input) { __typename ...ProvidersRefusal }\n}": typeof types.ProvidersEraseDocument,
    "query ProvidersSearch($text: String) {\n  offlineMessages(filter: { text: $text }) { nodes { id } }\n}": typeof types.ProvidersSearchDocument,
    "mutation FeedbackSetTags($input: SetRoomTagsInput!) {\n  setRoomTags(input: $input) {\n    __typename\n    ... on SetRoomTagsPayload { room { id } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n    ... on RateLimitedError { provider retryAfterMs }\n  }\n}": typeof types.FeedbackSetTagsDocument,
    "mutation FeedbackClose($input: CloseRoomInput!) {\n  closeRoom(input: $input) {\n    __typename\n    ... on CloseRoomPayload { room { id status tags } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": typeof types.FeedbackCloseDocument,
    "mutation FeedbackRate($input: RateRoomInput!) {\n  rateRoom(input: $input) {\n    __typename\n    ... on RateRoomPayload { room { id } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": typeof types.FeedbackRateDocument,
    "mutation FeedbackTranscript($input: RequestTranscriptInput!) {\n  requestTranscript(input: $input) {\n    __typename\n    ... on RequestTranscriptPayload { email }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": typeof types.FeedbackTranscriptDocument,
    "query FeedbackRoom($id: ID!) {\n  room(id: $id) { status tags rating { score comment ratedAt } capabilities { capability allowed reason } }\n}": typeof types.FeedbackRoomDocument,
    "query FeedbackRooms {\n  rooms { nodes { nativeId tags rating { score comment ratedAt } } }\n}": typeof types.FeedbackRoomsDocument,
    "query TestPreChatForms {\n  providers {\n    name\n    preChatForm { ...TestPreChatForm }\n    departments { name preChatForm { ...TestPreChatForm } }\n  }\n}\nfragment TestPreChatForm on PreChatForm {\n  fields { key kind label required options { value label } }\n}": typeof types.TestPreChatFormsDocument,
    "query TestProviderForms {\n  providers { name online preChatForm { fields { key kind required } } }\n}": typeof types.TestProviderFormsDocument,
    "\n  query ReachabilityHealth {\n    providers {\n      health {\n        status\n        reason\n      }\n    }\n  }\n": typeof types.ReachabilityHealthDocument,
    "\n  mutation ReachabilityStart($input: StartRoomInput!) {\n    startRoom(input: $input) {\n      ... on StartRoomPayload {\n        visitorToken\n      }\n      ... on UserError {\n        code\n      }\n    }\n  }\n": typeof types.ReachabilityStartDocument,
    "query IsolationPage(\n  $id: ID!, $first: Int, $after: String, $last: Int, $before: String, $since: DateTime, $until: DateTime\n) {\n  room(id: $id) {\n    id nativeId status createdAt closedAt lastActivityAt tags\n    agents { name } lastMessage { id text visibility }\n    messages(first: $first, after: $after, last: $last, before: $before, since: $since, until: $until) {\n      edges { cursor node { id nativeId text visibility createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n}": typeof types.IsolationPageDocument,
    "query IsolationOne($id: ID!) { node(id: $id) { id ... on Message { text } } }": typeof types.IsolationOneDocument,
    "query IsolationMany($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on Message { text } }\n}": typeof types.IsolationManyDocument,
    "mutation IsolationRemove($id: ID!) {\n  deleteMessage(input: { messageId: $id }) { __typename ... on UserError { code detail } }\n}": typeof types.IsolationRemoveDocument,
    "subscription IsolationEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename cursor room { lastActivityAt lastMessage { text } }\n    ... on MessageAddedEvent { message { text } }\n    ... on MessageUpdatedEvent { message { text } }\n    ... on MessageDeletedEvent { messageId }\n  }\n}": typeof types.IsolationEventsDocument,
    "subscription IsolationAdded($id: ID!, $after: String) {\n  messageAdded(roomId: $id, after: $after) { text visibility }\n}": typeof types.IsolationAddedDocument,
    "mutation IsolationWrite($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    __typename\n    ... on SendMessagePayload { message { id nativeId text visibility } }\n    ... on UserError { code detail }\n  }\n}": typeof types.IsolationWriteDocument,
    "mutation IsolationEdit($id: ID!) {\n  updateMessage(input: { messageId: $id, text: \"changed\" }) { __typename ... on UserError { code detail } }\n}": typeof types.IsolationEditDocument,
    "mutation IsolationRate($id: ID!) {\n  rateRoom(input: { roomId: $id, score: 5 }) {\n    ... on RateRoomPayload {\n      room { status lastActivityAt lastMessage { text } messages(last: 3) { nodes { text } pageInfo { hasPreviousPage } } }\n    }\n    ... on UserError { code detail }\n  }\n}": typeof types.IsolationRateDocument,
    "query IsolationEverything($id: ID!, $nativeId: String!, $ids: [ID!]!) {\n  viewer { role rooms { id lastActivityAt lastMessage { text } } }\n  room(id: $id) { ...IsolationRoom }\n  roomByNativeId(provider: \"livechat\", nativeId: $nativeId) { ...IsolationRoom }\n  node(id: $id) { ...IsolationRoom }\n  nodes(ids: $ids) { id ... on Message { text room { lastMessage { text } } } }\n}\nfragment IsolationRoom on Room {\n  id status visitor { name } agents { nativeId name } department { id } tags createdAt closedAt lastActivityAt\n  rating { score } lastMessage { id text visibility } capabilities { capability allowed }\n  newest: messages(last: 5) {\n    edges { cursor node { id text visibility } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n  }\n  oldest: messages(first: 5) {\n    edges { cursor node { id text visibility } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n  }\n}": typeof types.IsolationEverythingDocument,
    "query AgentList($filter: AgentFilter) {\n  agents(filter: $filter) {\n    id nativeId name email avatarUrl acceptingChats maxRooms provider { name }\n  }\n}": typeof types.AgentListDocument,
    "query AgentsAtWork {\n  agents { nativeId activeRooms departments { nativeId name } }\n}": typeof types.AgentsAtWorkDocument,
    "query AgentNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { __typename ... on Agent { id nativeId name } }\n}": typeof types.AgentNodesDocument,
    "query AgentRoomAuthors($provider: String!, $id: String!) {\n  roomByNativeId(provider: $provider, nativeId: $id) {\n    agents { nativeId }\n    messages(last: 5) { nodes { text author { nativeId } } }\n  }\n}": typeof types.AgentRoomAuthorsDocument,
    "mutation AgentSetStatus($input: SetAgentStatusInput!) {\n  setAgentStatus(input: $input) {\n    __typename\n    ... on SetAgentStatusPayload { agent { nativeId acceptingChats } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": typeof types.AgentSetStatusDocument,
    "mutation AgentSetStatusOnly($input: SetAgentStatusInput!) {\n  setAgentStatus(input: $input) { __typename ... on UserError { code detail } }\n}": typeof types.AgentSetStatusOnlyDocument,
    "query IsMinePage($room: ID!) {\n  room(id: $room) { messages(last: 50) { nodes { text kind isMine } } }\n}": typeof types.IsMinePageDocument,
    "mutation IsMineSend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    ... on SendMessagePayload { message { text isMine } }\n    ... on UserError { detail }\n  }\n}": typeof types.IsMineSendDocument,
    "subscription IsMineEvents($room: ID!) {\n  roomEvents(roomId: $room) { __typename ... on MessageAddedEvent { message { text isMine } } }\n}": typeof types.IsMineEventsDocument,
    "query MarkupPage($room: ID!) {\n  room(id: $room) { messages(last: 50) { nodes { kind text markup } } }\n}": typeof types.MarkupPageDocument,
    "query ConversationRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) { id status messages(last: 5) { nodes { id text } pageInfo { endCursor } } }\n}": typeof types.ConversationRoomDocument,
    "mutation ConversationSend($input: SendMessageInput!) {\n  sendMessage(input: $input) { ... on SendMessagePayload { message { id text } } ... on UserError { code detail } }\n}": typeof types.ConversationSendDocument,
    "subscription ConversationEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) { __typename cursor ... on MessageAddedEvent { message { text } } }\n}": typeof types.ConversationEventsDocument,
    "query RoomFilterRooms($filter: RoomFilter) {\n  rooms(filter: $filter) { totalCount nodes { provider { name } nativeId } }\n}": typeof types.RoomFilterRoomsDocument,
    "mutation RoomWorkTake($input: TakeRoomInput!) {\n  result: takeRoom(input: $input) {\n    __typename\n    ... on TakeRoomPayload { room { id status agents { nativeId name } } }\n    ... on UserError { code detail }\n  }\n}": typeof types.RoomWorkTakeDocument,
    "mutation RoomWorkAssign($input: AssignRoomInput!) {\n  result: assignRoom(input: $input) {\n    __typename\n    ... on AssignRoomPayload { room { id status agents { nativeId name } } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": typeof types.RoomWorkAssignDocument,
    "mutation RoomWorkTransfer($input: TransferRoomInput!) {\n  result: transferRoom(input: $input) {\n    __typename\n    ... on TransferRoomPayload { room { id status agents { nativeId } department { id name } } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": typeof types.RoomWorkTransferDocument,
    "mutation RoomWorkRequeue($input: RequeueRoomInput!) {\n  result: requeueRoom(input: $input) {\n    __typename\n    ... on RequeueRoomPayload { room { id status agents { nativeId } } }\n    ... on UserError { code detail }\n  }\n}": typeof types.RoomWorkRequeueDocument,
    "mutation RoomWorkTakeId($input: TakeRoomInput!) {\n  result: takeRoom(input: $input) { ... on TakeRoomPayload { room { id } } ... on UserError { code detail } }\n}": typeof types.RoomWorkTakeIdDocument,
    "mutation RoomWorkAssignId($input: AssignRoomInput!) {\n  result: assignRoom(input: $input) { ... on AssignRoomPayload { room { id } } ... on UserError { code detail } }\n}": typeof types.RoomWorkAssignIdDocument,
    "mutation RoomWorkTransferId($input: TransferRoomInput!) {\n  result: transferRoom(input: $input) { ... on TransferRoomPayload { room { id } } ... on UserError { code detail } }\n}": typeof types.RoomWorkTransferIdDocument,
    "mutation RoomWorkRequeueId($input: RequeueRoomInput!) {\n  result: requeueRoom(input: $input) { ... on RequeueRoomPayload { room { id } } ... on UserError { code detail } }\n}": typeof types.RoomWorkRequeueIdDocument,
    "query RoomWorkCapabilities($provider: String!, $id: String!) {\n  roomByNativeId(provider: $provider, nativeId: $id) { capabilities { capability allowed reason } }\n}": typeof types.RoomWorkCapabilitiesDocument,
    "subscription RoomWorkEvents($id: ID!) {\n  roomEvents(roomId: $id) {\n    __typename\n    ... on RoomUpdatedEvent { room { status agents { nativeId } department { id } } }\n  }\n}": typeof types.RoomWorkEventsDocument,
    "subscription RoomWorkActivity($provider: String!) {\n  roomActivity(providers: [$provider]) { nativeId status agents { nativeId } }\n}": typeof types.RoomWorkActivityDocument,
    "query RoomWorkSources { providers { name live { source } } }": typeof types.RoomWorkSourcesDocument,
    "subscription SignalsOfRoom($room: ID!) {\n  roomSignals(roomId: $room) {\n    __typename\n    room { nativeId }\n    ... on TypingSignal { participant { nativeId role name } typing }\n    ... on SeenSignal { participant { nativeId role } upTo }\n    ... on QueueSignal { queue { position estimatedWaitMs since } }\n  }\n}": typeof types.SignalsOfRoomDocument,
    "subscription SignalStatuses($room: ID!) {\n  roomSignals(roomId: $room) { room { status } }\n}": typeof types.SignalStatusesDocument,
    "mutation SignalSetTyping($input: SetTypingInput!) {\n  setTyping(input: $input) {\n    __typename\n    ... on SetTypingPayload { roomId }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": typeof types.SignalSetTypingDocument,
    "mutation SignalMarkSeen($input: MarkSeenInput!) {\n  markSeen(input: $input) {\n    __typename\n    ... on MarkSeenPayload { roomId }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": typeof types.SignalMarkSeenDocument,
    "query Statistics($from: DateTime, $to: DateTime, $providers: [String!]) {\n  statistics(from: $from, to: $to, providers: $providers) {\n    provider { name } department { name }\n    open queued onHold closed longestWaitMs medianWaitMs medianFirstResponseMs agentsAccepting\n    offlineMessagesWaiting\n  }\n}": typeof types.StatisticsDocument,
    "query StatisticsNumbers($from: DateTime) {\n  statistics(from: $from) { open queued onHold closed medianFirstResponseMs agentsAccepting }\n}": typeof types.StatisticsNumbersDocument,
    "mutation StatisticsLeaveMessage($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) { __typename }\n}": typeof types.StatisticsLeaveMessageDocument,
    "query ViewerAgents {\n  viewer { role agents { provider { name } nativeId name } }\n}": typeof types.ViewerAgentsDocument,
    "query ViewerAgentsRooms { rooms(first: 5) { nodes { nativeId } } }": typeof types.ViewerAgentsRoomsDocument,
    "query VisitorOwnRoomIds($provider: String) {\n  viewer { role rooms(provider: $provider) { id nativeId } }\n}": typeof types.VisitorOwnRoomIdsDocument,
    "query VisitorOwnRooms($provider: String) {\n  viewer {\n    rooms(provider: $provider) {\n      nativeId status createdAt closedAt tags\n      visitor { name role }\n      lastMessage { text }\n      provider { name }\n    }\n  }\n}": typeof types.VisitorOwnRoomsDocument,
    "query VisitorOwnRoomMessages($last: Int) {\n  viewer { rooms { id messages(last: $last) { nodes { text } } } }\n}": typeof types.VisitorOwnRoomMessagesDocument,
    "query ServerViewer { viewer { role name } }": typeof types.ServerViewerDocument,
    "query ServerRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) { id status }\n}": typeof types.ServerRoomDocument,
    "mutation ServerSend($input: SendMessageInput!) {\n  sendMessage(input: $input) { __typename ... on SendMessagePayload { message { text } } ... on UserError { code } }\n}": typeof types.ServerSendDocument,
    "subscription ServerAdded($id: ID!) { messageAdded(roomId: $id) { text } }": typeof types.ServerAddedDocument,
    "query ServerRooms($filter: RoomFilter) { rooms(filter: $filter) { nodes { id } } }": typeof types.ServerRoomsDocument,
    "subscription FanoutEvents($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    ... on MessageAddedEvent { message { nativeId text } }\n    ... on GapEvent { reason from to }\n  }\n}": typeof types.FanoutEventsDocument,
    "subscription FanoutMessages($room: ID!, $after: String) {\n  messageAdded(roomId: $room, after: $after) { nativeId text }\n}": typeof types.FanoutMessagesDocument,
    "subscription FanoutStatuses($room: ID!) {\n  messageAdded(roomId: $room) { text room { status } }\n}": typeof types.FanoutStatusesDocument,
    "subscription FanoutEventStatuses($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    cursor\n    ... on MessageAddedEvent { message { text } room { status } }\n  }\n}": typeof types.FanoutEventStatusesDocument,
    "subscription FanoutNotes($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    ... on MessageAddedEvent { message { text visibility } }\n    ... on MessageUpdatedEvent { message { text } }\n    ... on MessageDeletedEvent { messageId }\n  }\n}": typeof types.FanoutNotesDocument,
    "subscription FanoutOwnCapabilities($room: ID!) {\n  messageAdded(roomId: $room) { text room { capabilities { capability allowed reason } } }\n}": typeof types.FanoutOwnCapabilitiesDocument,
    "subscription WebhooksEvents($room: ID!) {\n  roomEvents(roomId: $room) {\n    __typename\n    ... on MessageAddedEvent { message { text } }\n    ... on MessageUpdatedEvent { message { text } }\n    ... on RoomUpdatedEvent { room { status } }\n  }\n}": typeof types.WebhooksEventsDocument,
    "query HistoryPage($provider: String!, $room: String!, $last: Int!) {\n  roomByNativeId(provider: $provider, nativeId: $room) {\n    id\n    status\n    agents { nativeId }\n    tags\n    messages(last: $last) {\n      nodes { nativeId text kind state visibility }\n      pageInfo { endCursor }\n    }\n  }\n}": typeof types.HistoryPageDocument,
    "subscription HistoryEvents($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    room { id }\n    ... on MessageAddedEvent { message { id nativeId text kind visibility } }\n    ... on MessageUpdatedEvent { message { id nativeId text kind visibility } }\n    ... on MessageDeletedEvent { messageId }\n    ... on RoomUpdatedEvent { room { id status agents { nativeId } tags } }\n    ... on GapEvent { reason from to }\n  }\n}": typeof types.HistoryEventsDocument,
    "subscription HistoryMessages($room: ID!, $after: String) {\n  messageAdded(roomId: $room, after: $after) { id nativeId text kind visibility }\n}": typeof types.HistoryMessagesDocument,
    "mutation HistorySend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) { __typename }\n}": typeof types.HistorySendDocument,
    "subscription HistoryActivity {\n  roomActivity { id }\n}": typeof types.HistoryActivityDocument,
    "subscription HistoryOfflineAdded {\n  offlineMessageAdded { text }\n}": typeof types.HistoryOfflineAddedDocument,
    "mutation HistoryLeaveOffline($provider: String!, $text: String!) {\n  sendOfflineMessage(input: { provider: $provider, name: \"Visitor\", email: \"mail@visitor.test\", text: $text }) { __typename }\n}": typeof types.HistoryLeaveOfflineDocument,
    "subscription RateLimitAdded($room: ID!) {\n  messageAdded(roomId: $room) { text }\n}": typeof types.RateLimitAddedDocument,
    "query RateLimitPage($rid: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $rid) { messages(last: 7) { nodes { text } } }\n}": typeof types.RateLimitPageDocument,
    "mutation RateLimitSend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) {\n    __typename\n    ... on UserError { code detail }\n  }\n}": typeof types.RateLimitSendDocument,
    "query RateLimitLive { providers { name live { source latencyMs lagMs } } }": typeof types.RateLimitLiveDocument,
};
const documents: Documents = {
    "\n  query ClientTestPage($roomId: ID!, $before: String) {\n    room(id: $roomId) {\n      id\n      tags\n      visitor { name customFields { key value } }\n      messages(last: 2, before: $before) {\n        nodes { id text createdAt }\n        pageInfo { startCursor endCursor hasPreviousPage }\n      }\n    }\n  }\n": types.ClientTestPageDocument,
    "\n  subscription ClientTestEvents($roomId: ID!, $after: String) {\n    roomEvents(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on MessageAddedEvent { message { id text createdAt } }\n      ... on MessageUpdatedEvent { message { id text createdAt } }\n      ... on MessageDeletedEvent { messageId }\n      ... on RoomUpdatedEvent { room { tags } }\n      ... on GapEvent { reason from }\n    }\n  }\n": types.ClientTestEventsDocument,
    "subscription ClientTestActivity { roomActivity { id } }": types.ClientTestActivityDocument,
    "mutation IdempotencySend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    __typename\n    ... on SendMessagePayload { message { id text } }\n    ... on UserError { code detail }\n  }\n}": types.IdempotencySendDocument,
    "mutation IdempotencyStart($input: StartRoomInput!) {\n  startRoom(input: $input) {\n    __typename\n    ... on StartRoomPayload { visitorToken room { id nativeId } }\n    ... on UserError { code detail }\n  }\n}": types.IdempotencyStartDocument,
    "mutation IdempotencyRenewable($input: StartRoomInput!) {\n  startRoom(input: $input) { ... on StartRoomPayload { renewalToken room { nativeId } } }\n}": types.IdempotencyRenewableDocument,
    "mutation IdempotencyRenew($input: RenewVisitorInput!) {\n  renewVisitor(input: $input) { __typename ... on RenewVisitorPayload { visitorToken } ... on UserError { code } }\n}": types.IdempotencyRenewDocument,
    "query IdempotencyRoom($provider: String!, $id: String!) {\n  roomByNativeId(provider: $provider, nativeId: $id) { id messages { nodes { text } } }\n}": types.IdempotencyRoomDocument,
    "subscription ReplicaLimitsAdded($room: ID!) {\n  messageAdded(roomId: $room) { text }\n}": types.ReplicaLimitsAddedDocument,
    "query ReplicaLimitsPage($nativeId: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $nativeId) { messages(last: 7) { nodes { text } } }\n}": types.ReplicaLimitsPageDocument,
    "mutation DurabilitySend($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on SendOfflineMessagePayload { offlineMessage { id delivery { state attempts } } }\n    ... on UserError { code detail }\n  }\n}": types.DurabilitySendDocument,
    "query DurabilityList {\n  offlineMessages { nodes { id text delivery { state attempts } } }\n}": types.DurabilityListDocument,
    "mutation DurabilityRetry($input: RetryOfflineMessageInput!) {\n  retryOfflineMessage(input: $input) {\n    __typename\n    ... on RetryOfflineMessagePayload { offlineMessage { delivery { state attempts } } }\n  }\n}": types.DurabilityRetryDocument,
    "\n  query ClientsRoomId($nativeId: String!) {\n    roomByNativeId(provider: \"rocketchat\", nativeId: $nativeId) {\n      id\n    }\n  }\n": types.ClientsRoomIdDocument,
    "\n  subscription ClientsEvents($roomId: ID!) {\n    roomEvents(roomId: $roomId) {\n      cursor\n    }\n  }\n": types.ClientsEventsDocument,
    "subscription LiveSourcesEvents($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    ... on MessageAddedEvent { message { nativeId text kind } }\n    ... on MessageUpdatedEvent { message { nativeId text } }\n    ... on MessageDeletedEvent { messageId }\n    ... on GapEvent { reason from to }\n  }\n}": types.LiveSourcesEventsDocument,
    "subscription LiveSourcesActivity($providers: [String!]) {\n  roomActivity(providers: $providers) { nativeId status provider { name } visitor { name } }\n}": types.LiveSourcesActivityDocument,
    "query LiveSourcesSources($provider: String!, $nativeId: String!) {\n  providers { name live { source latencyMs lagMs } }\n  roomByNativeId(provider: $provider, nativeId: $nativeId) { live { source latencyMs lagMs } }\n}": types.LiveSourcesSourcesDocument,
    "query LiveSourcesEnd($provider: String!, $nativeId: String!) {\n  roomByNativeId(provider: $provider, nativeId: $nativeId) {\n    messages(last: 50) { nodes { nativeId } pageInfo { endCursor } }\n  }\n}": types.LiveSourcesEndDocument,
    "mutation LiveSourcesSend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) { __typename }\n}": types.LiveSourcesSendDocument,
    "subscription LiveSourcesRoomStates($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    ... on MessageAddedEvent { message { kind } }\n    ... on RoomUpdatedEvent { room { status tags agents { nativeId } } }\n    ... on GapEvent { reason from to }\n  }\n}": types.LiveSourcesRoomStatesDocument,
    "subscription LiveSourcesStatusOfAll($room: ID!) {\n  roomEvents(roomId: $room) { __typename room { status } }\n}": types.LiveSourcesStatusOfAllDocument,
    "mutation LiveSourcesClose($room: ID!) {\n  closeRoom(input: { roomId: $room }) { __typename }\n}": types.LiveSourcesCloseDocument,
    "query LiveSourcesStatePage($provider: String!, $nativeId: String!) {\n  roomByNativeId(provider: $provider, nativeId: $nativeId) {\n    status\n    messages(last: 50) { nodes { kind } pageInfo { endCursor } }\n  }\n}": types.LiveSourcesStatePageDocument,
    "query LivePage($rid: String!, $first: Int, $after: String, $last: Int) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $rid) {\n    id\n    messages(first: $first, after: $after, last: $last) {\n      edges { cursor }\n      nodes { nativeId }\n      pageInfo { endCursor }\n    }\n  }\n}": types.LivePageDocument,
    "subscription LiveEvents($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    ... on MessageAddedEvent { message { nativeId text kind } }\n    ... on MessageUpdatedEvent { message { nativeId text } }\n    ... on MessageDeletedEvent { messageId }\n    ... on GapEvent { reason from to }\n  }\n}": types.LiveEventsDocument,
    "subscription LiveMessages($room: ID!, $after: String) {\n  messageAdded(roomId: $room, after: $after) { nativeId text kind }\n}": types.LiveMessagesDocument,
    "subscription LiveStatuses($room: ID!) {\n  roomEvents(roomId: $room) { __typename room { status } }\n}": types.LiveStatusesDocument,
    "mutation LiveSend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) {\n    ... on SendMessagePayload { message { nativeId } }\n    ... on UserError { code detail }\n  }\n}": types.LiveSendDocument,
    "subscription FeedbackStates($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename cursor\n    ... on RoomUpdatedEvent { room { tags rating { score comment } } }\n  }\n}": types.FeedbackStatesDocument,
    "mutation OfflineSend($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on SendOfflineMessagePayload {\n      offlineMessage { id text delivery { state attempts lastError nextAttemptAt } }\n    }\n    ... on UserError { code detail }\n    ... on RateLimitedError { provider retryAfterMs }\n    ... on ProviderError { provider }\n    ... on OutcomeUnknownError { provider }\n  }\n}": types.OfflineSendDocument,
    "query OfflineListPage($first: Int, $after: String, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, after: $after, filter: $filter) {\n    nodes {\n      id nativeId name email text rawText receivedAt receivedOn\n      provider { name }\n      delivery { state attempts lastError nextAttemptAt }\n    }\n    pageInfo { hasNextPage endCursor }\n  }\n}": types.OfflineListPageDocument,
    "query OfflineListDepartments($filter: OfflineMessageFilter) {\n  offlineMessages(filter: $filter) { nodes { text department { name } } }\n}": types.OfflineListDepartmentsDocument,
    "query OfflineListCount($filter: OfflineMessageFilter) {\n  offlineMessages(filter: $filter) { totalCount nodes { text } }\n}": types.OfflineListCountDocument,
    "query OfflineListNode($id: ID!) {\n  node(id: $id) { id ... on OfflineMessage { text delivery { state } } }\n}": types.OfflineListNodeDocument,
    "query OfflineListProviders {\n  providers { name capabilities departments { id nativeId name online } }\n}": types.OfflineListProvidersDocument,
    "mutation OfflineListSend($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on SendOfflineMessagePayload { offlineMessage { id text receivedOn delivery { state attempts lastError } } }\n    ... on UserError { code detail }\n  }\n}": types.OfflineListSendDocument,
    "mutation OfflineListRetry($input: RetryOfflineMessageInput!) {\n  retryOfflineMessage(input: $input) {\n    __typename\n    ... on RetryOfflineMessagePayload { offlineMessage { id delivery { state attempts lastError } } }\n    ... on UserError { code detail }\n  }\n}": types.OfflineListRetryDocument,
    "mutation OfflineListDiscard($input: DiscardOfflineMessageInput!) {\n  discardOfflineMessage(input: $input) {\n    __typename\n    ... on DiscardOfflineMessagePayload { offlineMessage { id delivery { state } } }\n    ... on UserError { code detail }\n  }\n}": types.OfflineListDiscardDocument,
    "mutation OfflineListErase($input: EraseOfflineMessagesInput!) {\n  eraseOfflineMessages(input: $input) {\n    __typename\n    ... on EraseOfflineMessagesPayload { count }\n    ... on UserError { code detail }\n  }\n}": types.OfflineListEraseDocument,
    "subscription OfflineListAdded($providers: [String!]) {\n  offlineMessageAdded(providers: $providers) { id text provider { name } delivery { state } }\n}": types.OfflineListAddedDocument,
    "subscription ProcessEvents($id: ID!) {\n  roomEvents(roomId: $id) { __typename ... on MessageAddedEvent { message { text } } }\n}": types.ProcessEventsDocument,
    "subscription ProcessEventsAfter($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename cursor ... on MessageAddedEvent { message { text } } ... on GapEvent { reason }\n  }\n}": types.ProcessEventsAfterDocument,
    "query ProcessPageEnd($id: ID!) {\n  room(id: $id) { messages(last: 1) { pageInfo { endCursor } } }\n}": types.ProcessPageEndDocument,
    "mutation ProcessStart($input: StartRoomInput!) {\n  startRoom(input: $input) { __typename ... on UserError { code } }\n}": types.ProcessStartDocument,
    "mutation ProcessSay($input: SendMessageInput!) {\n  sendMessage(input: $input) { __typename ... on UserError { code } }\n}": types.ProcessSayDocument,
    "query ProcessRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) { id messages(last: 2) { nodes { text } } }\n}": types.ProcessRoomDocument,
    "query ProcessInbox { offlineMessages(first: 2) { nodes { id text } } }": types.ProcessInboxDocument,
    "mutation ProcessLeave($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) { __typename ... on UserError { code } }\n}": types.ProcessLeaveDocument,
    "query ProcessMergedRooms {\n  rooms(first: 20) { nodes { nativeId provider { name } } }\n}": types.ProcessMergedRoomsDocument,
    "query ProcessAccounts { providers { name kind health { status reason } } }": types.ProcessAccountsDocument,
    "query ProcessWork {\n  viewer { agents { id provider { name } } }\n  rooms(first: 20, filter: { providers: [\"rocketchat\"], status: [QUEUED] }) { nodes { id } }\n}": types.ProcessWorkDocument,
    "mutation ProcessStartWork($input: SetAgentStatusInput!) {\n  setAgentStatus(input: $input) {\n    ... on SetAgentStatusPayload { agent { acceptingChats } }\n    ... on UserError { code detail }\n  }\n}": types.ProcessStartWorkDocument,
    "mutation ProcessTake($input: TakeRoomInput!) {\n  takeRoom(input: $input) {\n    ... on TakeRoomPayload { room { status agents { name } } }\n    ... on UserError { code detail }\n  }\n}": types.ProcessTakeDocument,
    "query ProcessAnyNode($id: ID!) { node(id: $id) { id } }": types.ProcessAnyNodeDocument,
    "query LiveChatDepartmentNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { ... on Department { nativeId online } }\n}": types.LiveChatDepartmentNodesDocument,
    "query LiveChatOnline {\n  providers { online departments { nativeId online } }\n}": types.LiveChatOnlineDocument,
    "query LivechatOfflineList($first: Int, $after: String, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, after: $after, filter: $filter) {\n    edges { cursor node { id nativeId receivedOn provider { name } } }\n    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n  }\n}": types.LivechatOfflineListDocument,
    "query LivechatOfflineCount($first: Int, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, filter: $filter) { totalCount nodes { nativeId } }\n}": types.LivechatOfflineCountDocument,
    "query LivechatOfflineDetails($first: Int, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, filter: $filter) {\n    nodes {\n      id nativeId name email text rawText receivedAt receivedOn\n      department { id nativeId name online }\n      delivery { state attempts lastError nextAttemptAt }\n    }\n  }\n}": types.LivechatOfflineDetailsDocument,
    "query LivechatOfflineListBeside($first: Int, $after: String) {\n  viewer { role name }\n  providers { name kind }\n  offlineMessages(first: $first, after: $after) {\n    nodes { nativeId }\n    pageInfo { hasNextPage endCursor }\n  }\n}": types.LivechatOfflineListBesideDocument,
    "query LivechatOfflineTwice {\n  one: offlineMessages(first: 5) { nodes { nativeId } }\n  other: offlineMessages(first: 5) { nodes { nativeId } }\n}": types.LivechatOfflineTwiceDocument,
    "query LivechatHealth { providers { name health { status reason checkedAt } } }": types.LivechatHealthDocument,
    "query LivechatOfflineNode($id: ID!) {\n  node(id: $id) {\n    __typename id\n    ... on OfflineMessage {\n      nativeId name email text rawText receivedAt receivedOn\n      provider { name }\n      department { nativeId }\n      delivery { state attempts lastError nextAttemptAt }\n    }\n  }\n}": types.LivechatOfflineNodeDocument,
    "query LivechatOfflineNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on OfflineMessage { nativeId text rawText } }\n}": types.LivechatOfflineNodesDocument,
    "mutation LivechatSendOffline($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on UserError { code detail }\n    ... on UnsupportedError { provider }\n  }\n}": types.LivechatSendOfflineDocument,
    "query LivechatChatsRoomList($first: Int, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) {\n    edges { cursor node { nativeId lastActivityAt } }\n    pageInfo { hasNextPage endCursor }\n  }\n}": types.LivechatChatsRoomListDocument,
    "query LivechatChatsDashboard($first: Int, $filter: RoomFilter) {\n  rooms(first: $first, filter: $filter) {\n    nodes {\n      id nativeId status createdAt closedAt lastActivityAt tags\n      visitor { nativeId name email avatarUrl role }\n      agents { nativeId name email role }\n      department { nativeId name online }\n      lastMessage { nativeId text kind visibility author { name role } }\n      capabilities { capability allowed reason }\n    }\n  }\n}": types.LivechatChatsDashboardDocument,
    "query LivechatChatsRoomsWithMessages($rooms: Int, $messages: Int) {\n  rooms(first: $rooms) {\n    nodes { nativeId messages(last: $messages) { nodes { text author { name } } } }\n  }\n}": types.LivechatChatsRoomsWithMessagesDocument,
    "query LivechatChatsRoom($id: String!) {\n  roomByNativeId(provider: \"livechat\", nativeId: $id) {\n    id nativeId status createdAt closedAt lastActivityAt tags\n    visitor { nativeId name email role }\n    agents { nativeId name email role }\n    department { nativeId name online }\n    lastMessage { nativeId text visibility }\n    capabilities { capability allowed reason }\n  }\n}": types.LivechatChatsRoomDocument,
    "query LivechatChatsCountedRooms($first: Int, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) {\n    totalCount nodes { nativeId status } pageInfo { endCursor hasNextPage }\n  }\n}": types.LivechatChatsCountedRoomsDocument,
    "query LivechatChatsRoomDetails($id: String!) {\n  room: roomByNativeId(provider: \"livechat\", nativeId: $id) {\n    status\n    queue { position estimatedWaitMs since }\n    closedBy { nativeId name role }\n    firstResponseAt unansweredSince\n    customFields { key value }\n    visitor { nativeId phone seenUpTo customFields { key value } }\n    agents { nativeId phone seenUpTo customFields { key value } }\n  }\n}": types.LivechatChatsRoomDetailsDocument,
    "query LivechatChatsListedRoomDetails($filter: RoomFilter) {\n  rooms(filter: $filter) {\n    nodes {\n      nativeId status\n      queue { position estimatedWaitMs since }\n      closedBy { nativeId name role }\n      firstResponseAt unansweredSince\n      customFields { key value }\n      visitor { nativeId phone seenUpTo customFields { key value } }\n      agents { nativeId phone seenUpTo customFields { key value } }\n    }\n  }\n}": types.LivechatChatsListedRoomDetailsDocument,
    "query LivechatChatsMessages(\n  $id: String!, $first: Int, $after: String, $last: Int, $before: String, $since: DateTime, $until: DateTime\n) {\n  roomByNativeId(provider: \"livechat\", nativeId: $id) {\n    messages(first: $first, after: $after, last: $last, before: $before, since: $since, until: $until) {\n      edges { cursor node { nativeId createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n}": types.LivechatChatsMessagesDocument,
    "query LivechatChatsWholeMessages($id: String!, $last: Int) {\n  roomByNativeId(provider: \"livechat\", nativeId: $id) {\n    id\n    messages(last: $last) {\n      nodes {\n        id nativeId kind text visibility state createdAt editedAt\n        author { nativeId name email avatarUrl role }\n        attachments { url name contentType size }\n        form { label answer } buttons { text url } systemEvent\n        room { nativeId }\n      }\n      pageInfo { hasPreviousPage endCursor }\n    }\n  }\n}": types.LivechatChatsWholeMessagesDocument,
    "query LivechatChatsMessageNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on Message { nativeId text author { name } } }\n}": types.LivechatChatsMessageNodesDocument,
    "query LivechatChatsRoomNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on Room { nativeId status } }\n}": types.LivechatChatsRoomNodesDocument,
    "mutation LivechatChatsSend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    __typename\n    ... on SendMessagePayload {\n      message { id nativeId text createdAt visibility author { nativeId name role } room { status } }\n    }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n    ... on RateLimitedError { retryAfterMs }\n  }\n}": types.LivechatChatsSendDocument,
    "mutation LivechatChatsUpdate($input: UpdateMessageInput!) {\n  updateMessage(input: $input) { __typename ... on UserError { code detail } }\n}": types.LivechatChatsUpdateDocument,
    "mutation LivechatChatsDelete($input: DeleteMessageInput!) {\n  deleteMessage(input: $input) {\n    __typename ... on DeleteMessagePayload { messageId deletedAt } ... on UserError { code detail }\n  }\n}": types.LivechatChatsDeleteDocument,
    "mutation LivechatChatsClose($input: CloseRoomInput!) {\n  closeRoom(input: $input) {\n    __typename ... on CloseRoomPayload { room { nativeId status } } ... on UserError { code detail }\n  }\n}": types.LivechatChatsCloseDocument,
    "mutation LivechatChatsStart($input: StartRoomInput!) {\n  startRoom(input: $input) {\n    __typename\n    ... on StartRoomPayload {\n      visitorToken renewalToken room { nativeId status visitor { name email } }\n    }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": types.LivechatChatsStartDocument,
    "mutation LivechatChatsRenew($input: RenewVisitorInput!) {\n  renewVisitor(input: $input) {\n    __typename\n    ... on RenewVisitorPayload { visitorToken renewalToken }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n    ... on UnsupportedError { provider }\n  }\n}": types.LivechatChatsRenewDocument,
    "query LivechatChatsProviders {\n  providers { name capabilities health { status reason } departments { id nativeId name online } }\n}": types.LivechatChatsProvidersDocument,
    "query LivechatChatsHealth { providers { name health { status reason checkedAt } } }": types.LivechatChatsHealthDocument,
    "query LivechatChatsOffline($first: Int, $after: String, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, after: $after, filter: $filter) {\n    totalCount\n    nodes { id nativeId name email text rawText receivedAt receivedOn department { nativeId } }\n    pageInfo { hasNextPage endCursor }\n  }\n}": types.LivechatChatsOfflineDocument,
    "query LivechatChatsOfflineNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on OfflineMessage { nativeId text } }\n}": types.LivechatChatsOfflineNodesDocument,
    "mutation LivechatChatsSendOffline($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on SendOfflineMessagePayload { offlineMessage { delivery { state } } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": types.LivechatChatsSendOfflineDocument,
    "subscription LivechatChatsEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename cursor\n    ... on MessageAddedEvent { message { nativeId text visibility author { nativeId email } } }\n    ... on MessageDeletedEvent { messageId }\n  }\n}": types.LivechatChatsEventsDocument,
    "query LivechatPushLiveStatus($id: ID!) {\n  room(id: $id) { live { source latencyMs } }\n}": types.LivechatPushLiveStatusDocument,
    "query OwnAgentsRoomId($provider: String!, $nativeId: String!) {\n  roomByNativeId(provider: $provider, nativeId: $nativeId) { id }\n}": types.OwnAgentsRoomIdDocument,
    "mutation OwnAgentsSend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    ... on SendMessagePayload { message { id nativeId text author { nativeId name role } } }\n    ... on UserError { code detail }\n  }\n}": types.OwnAgentsSendDocument,
    "mutation OwnAgentsUpdate($input: UpdateMessageInput!) {\n  updateMessage(input: $input) {\n    ... on UpdateMessagePayload { message { text editedBy { nativeId } author { nativeId } } }\n    ... on UserError { code }\n  }\n}": types.OwnAgentsUpdateDocument,
    "mutation OwnAgentsDelete($input: DeleteMessageInput!) {\n  deleteMessage(input: $input) { ... on DeleteMessagePayload { messageId } ... on UserError { code } }\n}": types.OwnAgentsDeleteDocument,
    "mutation OwnAgentsClose($input: CloseRoomInput!) {\n  closeRoom(input: $input) { ... on CloseRoomPayload { room { status } } ... on UserError { code detail } }\n}": types.OwnAgentsCloseDocument,
    "mutation OwnAgentsSetStatus($input: SetAgentStatusInput!) {\n  setAgentStatus(input: $input) {\n    ... on SetAgentStatusPayload { agent { nativeId acceptingChats } } ... on UserError { code detail }\n  }\n}": types.OwnAgentsSetStatusDocument,
    "mutation OwnAgentsEveryWrite(\n  $room: ID!, $queued: ID!, $own: ID!, $other: ID!, $department: ID!\n) {\n  sendMessage(input: { roomId: $room, text: \"Hello\" }) { __typename }\n  note: sendMessage(input: { roomId: $room, text: \"Note\", visibility: AGENTS }) { __typename }\n  setRoomTags(input: { roomId: $room, tags: [\"vip\"] }) { __typename }\n  requestTranscript(input: { roomId: $room, email: \"vera@example.test\" }) { __typename }\n  setAgentStatus(input: { agentId: $own, acceptingChats: true }) { __typename }\n  takeRoom(input: { roomId: $queued }) { __typename }\n  assignRoom(input: { roomId: $room, agentId: $other }) { __typename }\n  transferRoom(input: { roomId: $room, departmentId: $department }) { __typename }\n  closeRoom(input: { roomId: $room, comment: \"Solved\" }) { __typename }\n}": types.OwnAgentsEveryWriteDocument,
    "query OwnAgentsAuthor($id: ID!) {\n  node(id: $id) { ... on Message { author { nativeId } attachments { name } } }\n}": types.OwnAgentsAuthorDocument,
    "query OwnAgentsHealth { providers { name health { status reason } } }": types.OwnAgentsHealthDocument,
    "subscription PushedRoomWatch($room: ID!) {\n  roomEvents(roomId: $room) { cursor ... on MessageAddedEvent { message { text } } }\n}": types.PushedRoomWatchDocument,
    "mutation PushedRoomSend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) { __typename ... on UserError { code } }\n}": types.PushedRoomSendDocument,
    "query RocketchatAgentInbox($first: Int!, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) {\n    nodes {\n      id nativeId status tags createdAt closedAt lastActivityAt\n      visitor { nativeId name role } agents { nativeId name role } department { id name online }\n      lastMessage { text author { name role } }\n    }\n    pageInfo { endCursor hasNextPage }\n  }\n}": types.RocketchatAgentInboxDocument,
    "query RocketchatAgentRoomIds($first: Int!, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) { nodes { nativeId } pageInfo { endCursor hasNextPage } }\n}": types.RocketchatAgentRoomIdsDocument,
    "query RocketchatAgentBoards($first: Int!, $last: Int!) {\n  rooms(first: $first) { nodes { messages(last: $last) { nodes { text } } } }\n}": types.RocketchatAgentBoardsDocument,
    "query RocketchatAgentRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) {\n    id status visitor { nativeId name } agents { name } department { name }\n    capabilities { capability allowed reason }\n  }\n}": types.RocketchatAgentRoomDocument,
    "query RocketchatAgentCountedRooms($first: Int, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) {\n    totalCount nodes { nativeId status } pageInfo { endCursor hasNextPage }\n  }\n}": types.RocketchatAgentCountedRoomsDocument,
    "query RocketchatAgentVisitorOfRoom($id: String!) {\n  room: roomByNativeId(provider: \"rocketchat\", nativeId: $id) { visitor { name email phone customFields { key value } } }\n}": types.RocketchatAgentVisitorOfRoomDocument,
    "query RocketchatAgentRoomDetails($id: String!) {\n  room: roomByNativeId(provider: \"rocketchat\", nativeId: $id) {\n    status\n    queue { position estimatedWaitMs since }\n    closedBy { nativeId name role }\n    firstResponseAt unansweredSince\n    customFields { key value }\n    visitor { nativeId seenUpTo }\n    agents { nativeId phone seenUpTo customFields { key value } }\n  }\n}": types.RocketchatAgentRoomDetailsDocument,
    "query RocketchatAgentListedRoomDetails($filter: RoomFilter) {\n  rooms(filter: $filter) {\n    nodes {\n      nativeId status\n      queue { position estimatedWaitMs since }\n      closedBy { nativeId name role }\n      firstResponseAt unansweredSince\n      customFields { key value }\n      visitor { nativeId seenUpTo }\n      agents { nativeId phone seenUpTo customFields { key value } }\n    }\n  }\n}": types.RocketchatAgentListedRoomDetailsDocument,
    "query RocketchatAgentMessages($id: String!, $last: Int, $first: Int, $after: String, $before: String) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) {\n    messages(last: $last, first: $first, after: $after, before: $before) {\n      nodes {\n        id nativeId kind state text author { nativeId name role } editedBy { name }\n        form { label answer } buttons { text url } systemEvent\n      }\n      pageInfo { startCursor endCursor hasNextPage hasPreviousPage }\n    }\n  }\n}": types.RocketchatAgentMessagesDocument,
    "query RocketchatAgentNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on Room { status } ... on Message { text author { role } } ... on Department { name } }\n}": types.RocketchatAgentNodesDocument,
    "query RocketchatAgentHealth {\n  providers { capabilities health { status reason } }\n}": types.RocketchatAgentHealthDocument,
    "query RocketchatAgentDepartments {\n  providers { departments { id name online } }\n}": types.RocketchatAgentDepartmentsDocument,
    "mutation RocketchatAgentSend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    __typename\n    ... on SendMessagePayload { message { id nativeId text author { nativeId name role } } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": types.RocketchatAgentSendDocument,
    "mutation RocketchatAgentUpdate($input: UpdateMessageInput!) {\n  updateMessage(input: $input) {\n    ... on UpdateMessagePayload { message { id text state editedBy { name } author { role } } }\n    ... on UserError { code detail }\n  }\n}": types.RocketchatAgentUpdateDocument,
    "mutation RocketchatAgentDelete($input: DeleteMessageInput!) {\n  deleteMessage(input: $input) { ... on DeleteMessagePayload { messageId deletedAt } ... on UserError { code detail } }\n}": types.RocketchatAgentDeleteDocument,
    "mutation RocketchatAgentClose($input: CloseRoomInput!) {\n  closeRoom(input: $input) {\n    ... on CloseRoomPayload { room { id status closedAt } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": types.RocketchatAgentCloseDocument,
    "subscription RocketchatAgentEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename\n    room { id }\n    ... on MessageAddedEvent { message { text kind author { name role } } }\n    ... on MessageUpdatedEvent { message { text state } }\n    ... on MessageDeletedEvent { messageId }\n  }\n}": types.RocketchatAgentEventsDocument,
    "\n  fragment RocketchatMessage on Message {\n    id\n    nativeId\n    kind\n    text\n    state\n    visibility\n    createdAt\n    editedAt\n    author { nativeId name role }\n    editedBy { nativeId role }\n  }\n": types.RocketchatMessageFragmentDoc,
    "\n  fragment RocketchatRoom on Room {\n    id\n    nativeId\n    status\n    visitor { nativeId name role }\n    agents { nativeId name role }\n    tags\n    createdAt\n    closedAt\n    lastActivityAt\n    lastMessage { ...RocketchatMessage }\n    capabilities { capability allowed reason }\n  }\n": types.RocketchatRoomFragmentDoc,
    "\n  mutation RocketchatSend($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      __typename\n      ... on SendMessagePayload { message { ...RocketchatMessage } }\n      ... on UserError { code detail }\n      ... on InvalidInputError { field }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n": types.RocketchatSendDocument,
    "\n  mutation RocketchatUpdate($input: UpdateMessageInput!) {\n    updateMessage(input: $input) {\n      __typename\n      ... on UpdateMessagePayload { message { ...RocketchatMessage } }\n      ... on UserError { code detail }\n      ... on InvalidInputError { field }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n": types.RocketchatUpdateDocument,
    "\n  mutation RocketchatDelete($input: DeleteMessageInput!) {\n    deleteMessage(input: $input) {\n      __typename\n      ... on DeleteMessagePayload { messageId deletedAt }\n      ... on UserError { code detail }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n": types.RocketchatDeleteDocument,
    "\n  mutation RocketchatClose($input: CloseRoomInput!) {\n    closeRoom(input: $input) {\n      __typename\n      ... on CloseRoomPayload { room { ...RocketchatRoom } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n": types.RocketchatCloseDocument,
    "\n  mutation RocketchatStart($input: StartRoomInput!) {\n    startRoom(input: $input) {\n      __typename\n      ... on StartRoomPayload { visitorToken room { ...RocketchatRoom department { id name } } }\n      ... on UserError { code detail }\n      ... on InvalidInputError { field }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n": types.RocketchatStartDocument,
    "\n  mutation RocketchatOffline($input: SendOfflineMessageInput!) {\n    sendOfflineMessage(input: $input) {\n      __typename\n      ... on SendOfflineMessagePayload {\n        offlineMessage {\n          nativeId\n          name\n          email\n          text\n          rawText\n          delivery { state attempts lastError }\n        }\n      }\n      ... on UserError { code detail }\n      ... on InvalidInputError { field }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n": types.RocketchatOfflineDocument,
    "\n  query RocketchatRoomById($id: ID!) {\n    room(id: $id) { ...RocketchatRoom }\n  }\n": types.RocketchatRoomByIdDocument,
    "\n  query RocketchatRoomByNativeId($nativeId: String!) {\n    roomByNativeId(provider: \"rocketchat\", nativeId: $nativeId) {\n      id\n      status\n      messages { nodes { nativeId text } }\n    }\n  }\n": types.RocketchatRoomByNativeIdDocument,
    "\n  query RocketchatHistory(\n    $id: ID!\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $since: DateTime\n    $until: DateTime\n  ) {\n    room(id: $id) {\n      messages(first: $first, after: $after, last: $last, before: $before, since: $since, until: $until) {\n        edges { cursor }\n        nodes { ...RocketchatMessage }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n": types.RocketchatHistoryDocument,
    "\n  query RocketchatNode($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Room { status }\n      ... on Message { text state }\n      ... on Department { name online }\n    }\n  }\n": types.RocketchatNodeDocument,
    "\n  query RocketchatNodes($ids: [ID!]!) {\n    nodes(ids: $ids) { __typename id ... on Message { text } }\n  }\n": types.RocketchatNodesDocument,
    "\n  query RocketchatDepartments($provider: ID!) {\n    node(id: $provider) { ... on Provider { name departments { id nativeId name online } } }\n  }\n": types.RocketchatDepartmentsDocument,
    "\n  query RocketchatRoomStatus($id: ID!) {\n    room(id: $id) { id status }\n  }\n": types.RocketchatRoomStatusDocument,
    "\n  query RocketchatRoomAndDepartments($id: ID!, $provider: ID!) {\n    room(id: $id) { id status }\n    node(id: $provider) { ... on Provider { departments { name } } }\n  }\n": types.RocketchatRoomAndDepartmentsDocument,
    "query ProvidersSized($id: ID!, $first: Int, $last: Int) {\n  room(id: $id) { messages(first: $first, last: $last) { nodes { id } } }\n}": types.ProvidersSizedDocument,
    "query ProvidersByCursor($id: ID!, $after: String, $before: String) {\n  room(id: $id) { messages(after: $after, before: $before) { nodes { text } pageInfo { endCursor } } }\n}": types.ProvidersByCursorDocument,
    "query ProvidersHostile($id: ID!) { node(id: $id) { id } }": types.ProvidersHostileDocument,
    "query ProvidersByNativeId($provider: String!, $nativeId: String!) {\n  roomByNativeId(provider: $provider, nativeId: $nativeId) { id }\n}": types.ProvidersByNativeIdDocument,
    "subscription ProvidersHappening($id: ID!) {\n  roomEvents(roomId: $id) {\n    __typename ... on MessageAddedEvent { message { text } } ... on MessageDeletedEvent { messageId }\n  }\n}": types.ProvidersHappeningDocument,
    "fragment ProvidersRefusal on InvalidInputError { code detail field }": types.ProvidersRefusalFragmentDoc,
    "mutation ProvidersStartRoom($input: StartRoomInput!) {\n  startRoom(input: $input) {\n    __typename ...ProvidersRefusal ... on StartRoomPayload { visitorToken room { id visitor { name } } }\n  }\n}": types.ProvidersStartRoomDocument,
    "mutation ProvidersCloseRoom($input: CloseRoomInput!) {\n  closeRoom(input: $input) { __typename ...ProvidersRefusal }\n}": types.ProvidersCloseRoomDocument,
    "mutation ProvidersSendMessage($input: SendMessageInput!) {\n  sendMessage(input: $input) { __typename ...ProvidersRefusal ... on SendMessagePayload { message { id text } } }\n}": types.ProvidersSendMessageDocument,
    "mutation ProvidersUpdateMessage($input: UpdateMessageInput!) {\n  updateMessage(input: $input) { __typename ...ProvidersRefusal ... on UpdateMessagePayload { message { text } } }\n}": types.ProvidersUpdateMessageDocument,
    "mutation ProvidersSendOfflineMessage($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename ...ProvidersRefusal ... on SendOfflineMessagePayload { offlineMessage { name text delivery { state } } }\n  }\n}": types.ProvidersSendOfflineMessageDocument,
    "mutation ProvidersErase($input: EraseOfflineMessagesInput!) {\n  eraseOfflineMessages(input: $input) { __typename ...ProvidersRefusal }\n}": types.ProvidersEraseDocument,
    "query ProvidersSearch($text: String) {\n  offlineMessages(filter: { text: $text }) { nodes { id } }\n}": types.ProvidersSearchDocument,
    "mutation FeedbackSetTags($input: SetRoomTagsInput!) {\n  setRoomTags(input: $input) {\n    __typename\n    ... on SetRoomTagsPayload { room { id } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n    ... on RateLimitedError { provider retryAfterMs }\n  }\n}": types.FeedbackSetTagsDocument,
    "mutation FeedbackClose($input: CloseRoomInput!) {\n  closeRoom(input: $input) {\n    __typename\n    ... on CloseRoomPayload { room { id status tags } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": types.FeedbackCloseDocument,
    "mutation FeedbackRate($input: RateRoomInput!) {\n  rateRoom(input: $input) {\n    __typename\n    ... on RateRoomPayload { room { id } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": types.FeedbackRateDocument,
    "mutation FeedbackTranscript($input: RequestTranscriptInput!) {\n  requestTranscript(input: $input) {\n    __typename\n    ... on RequestTranscriptPayload { email }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": types.FeedbackTranscriptDocument,
    "query FeedbackRoom($id: ID!) {\n  room(id: $id) { status tags rating { score comment ratedAt } capabilities { capability allowed reason } }\n}": types.FeedbackRoomDocument,
    "query FeedbackRooms {\n  rooms { nodes { nativeId tags rating { score comment ratedAt } } }\n}": types.FeedbackRoomsDocument,
    "query TestPreChatForms {\n  providers {\n    name\n    preChatForm { ...TestPreChatForm }\n    departments { name preChatForm { ...TestPreChatForm } }\n  }\n}\nfragment TestPreChatForm on PreChatForm {\n  fields { key kind label required options { value label } }\n}": types.TestPreChatFormsDocument,
    "query TestProviderForms {\n  providers { name online preChatForm { fields { key kind required } } }\n}": types.TestProviderFormsDocument,
    "\n  query ReachabilityHealth {\n    providers {\n      health {\n        status\n        reason\n      }\n    }\n  }\n": types.ReachabilityHealthDocument,
    "\n  mutation ReachabilityStart($input: StartRoomInput!) {\n    startRoom(input: $input) {\n      ... on StartRoomPayload {\n        visitorToken\n      }\n      ... on UserError {\n        code\n      }\n    }\n  }\n": types.ReachabilityStartDocument,
    "query IsolationPage(\n  $id: ID!, $first: Int, $after: String, $last: Int, $before: String, $since: DateTime, $until: DateTime\n) {\n  room(id: $id) {\n    id nativeId status createdAt closedAt lastActivityAt tags\n    agents { name } lastMessage { id text visibility }\n    messages(first: $first, after: $after, last: $last, before: $before, since: $since, until: $until) {\n      edges { cursor node { id nativeId text visibility createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n}": types.IsolationPageDocument,
    "query IsolationOne($id: ID!) { node(id: $id) { id ... on Message { text } } }": types.IsolationOneDocument,
    "query IsolationMany($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on Message { text } }\n}": types.IsolationManyDocument,
    "mutation IsolationRemove($id: ID!) {\n  deleteMessage(input: { messageId: $id }) { __typename ... on UserError { code detail } }\n}": types.IsolationRemoveDocument,
    "subscription IsolationEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename cursor room { lastActivityAt lastMessage { text } }\n    ... on MessageAddedEvent { message { text } }\n    ... on MessageUpdatedEvent { message { text } }\n    ... on MessageDeletedEvent { messageId }\n  }\n}": types.IsolationEventsDocument,
    "subscription IsolationAdded($id: ID!, $after: String) {\n  messageAdded(roomId: $id, after: $after) { text visibility }\n}": types.IsolationAddedDocument,
    "mutation IsolationWrite($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    __typename\n    ... on SendMessagePayload { message { id nativeId text visibility } }\n    ... on UserError { code detail }\n  }\n}": types.IsolationWriteDocument,
    "mutation IsolationEdit($id: ID!) {\n  updateMessage(input: { messageId: $id, text: \"changed\" }) { __typename ... on UserError { code detail } }\n}": types.IsolationEditDocument,
    "mutation IsolationRate($id: ID!) {\n  rateRoom(input: { roomId: $id, score: 5 }) {\n    ... on RateRoomPayload {\n      room { status lastActivityAt lastMessage { text } messages(last: 3) { nodes { text } pageInfo { hasPreviousPage } } }\n    }\n    ... on UserError { code detail }\n  }\n}": types.IsolationRateDocument,
    "query IsolationEverything($id: ID!, $nativeId: String!, $ids: [ID!]!) {\n  viewer { role rooms { id lastActivityAt lastMessage { text } } }\n  room(id: $id) { ...IsolationRoom }\n  roomByNativeId(provider: \"livechat\", nativeId: $nativeId) { ...IsolationRoom }\n  node(id: $id) { ...IsolationRoom }\n  nodes(ids: $ids) { id ... on Message { text room { lastMessage { text } } } }\n}\nfragment IsolationRoom on Room {\n  id status visitor { name } agents { nativeId name } department { id } tags createdAt closedAt lastActivityAt\n  rating { score } lastMessage { id text visibility } capabilities { capability allowed }\n  newest: messages(last: 5) {\n    edges { cursor node { id text visibility } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n  }\n  oldest: messages(first: 5) {\n    edges { cursor node { id text visibility } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n  }\n}": types.IsolationEverythingDocument,
    "query AgentList($filter: AgentFilter) {\n  agents(filter: $filter) {\n    id nativeId name email avatarUrl acceptingChats maxRooms provider { name }\n  }\n}": types.AgentListDocument,
    "query AgentsAtWork {\n  agents { nativeId activeRooms departments { nativeId name } }\n}": types.AgentsAtWorkDocument,
    "query AgentNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { __typename ... on Agent { id nativeId name } }\n}": types.AgentNodesDocument,
    "query AgentRoomAuthors($provider: String!, $id: String!) {\n  roomByNativeId(provider: $provider, nativeId: $id) {\n    agents { nativeId }\n    messages(last: 5) { nodes { text author { nativeId } } }\n  }\n}": types.AgentRoomAuthorsDocument,
    "mutation AgentSetStatus($input: SetAgentStatusInput!) {\n  setAgentStatus(input: $input) {\n    __typename\n    ... on SetAgentStatusPayload { agent { nativeId acceptingChats } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": types.AgentSetStatusDocument,
    "mutation AgentSetStatusOnly($input: SetAgentStatusInput!) {\n  setAgentStatus(input: $input) { __typename ... on UserError { code detail } }\n}": types.AgentSetStatusOnlyDocument,
    "query IsMinePage($room: ID!) {\n  room(id: $room) { messages(last: 50) { nodes { text kind isMine } } }\n}": types.IsMinePageDocument,
    "mutation IsMineSend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    ... on SendMessagePayload { message { text isMine } }\n    ... on UserError { detail }\n  }\n}": types.IsMineSendDocument,
    "subscription IsMineEvents($room: ID!) {\n  roomEvents(roomId: $room) { __typename ... on MessageAddedEvent { message { text isMine } } }\n}": types.IsMineEventsDocument,
    "query MarkupPage($room: ID!) {\n  room(id: $room) { messages(last: 50) { nodes { kind text markup } } }\n}": types.MarkupPageDocument,
    "query ConversationRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) { id status messages(last: 5) { nodes { id text } pageInfo { endCursor } } }\n}": types.ConversationRoomDocument,
    "mutation ConversationSend($input: SendMessageInput!) {\n  sendMessage(input: $input) { ... on SendMessagePayload { message { id text } } ... on UserError { code detail } }\n}": types.ConversationSendDocument,
    "subscription ConversationEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) { __typename cursor ... on MessageAddedEvent { message { text } } }\n}": types.ConversationEventsDocument,
    "query RoomFilterRooms($filter: RoomFilter) {\n  rooms(filter: $filter) { totalCount nodes { provider { name } nativeId } }\n}": types.RoomFilterRoomsDocument,
    "mutation RoomWorkTake($input: TakeRoomInput!) {\n  result: takeRoom(input: $input) {\n    __typename\n    ... on TakeRoomPayload { room { id status agents { nativeId name } } }\n    ... on UserError { code detail }\n  }\n}": types.RoomWorkTakeDocument,
    "mutation RoomWorkAssign($input: AssignRoomInput!) {\n  result: assignRoom(input: $input) {\n    __typename\n    ... on AssignRoomPayload { room { id status agents { nativeId name } } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": types.RoomWorkAssignDocument,
    "mutation RoomWorkTransfer($input: TransferRoomInput!) {\n  result: transferRoom(input: $input) {\n    __typename\n    ... on TransferRoomPayload { room { id status agents { nativeId } department { id name } } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": types.RoomWorkTransferDocument,
    "mutation RoomWorkRequeue($input: RequeueRoomInput!) {\n  result: requeueRoom(input: $input) {\n    __typename\n    ... on RequeueRoomPayload { room { id status agents { nativeId } } }\n    ... on UserError { code detail }\n  }\n}": types.RoomWorkRequeueDocument,
    "mutation RoomWorkTakeId($input: TakeRoomInput!) {\n  result: takeRoom(input: $input) { ... on TakeRoomPayload { room { id } } ... on UserError { code detail } }\n}": types.RoomWorkTakeIdDocument,
    "mutation RoomWorkAssignId($input: AssignRoomInput!) {\n  result: assignRoom(input: $input) { ... on AssignRoomPayload { room { id } } ... on UserError { code detail } }\n}": types.RoomWorkAssignIdDocument,
    "mutation RoomWorkTransferId($input: TransferRoomInput!) {\n  result: transferRoom(input: $input) { ... on TransferRoomPayload { room { id } } ... on UserError { code detail } }\n}": types.RoomWorkTransferIdDocument,
    "mutation RoomWorkRequeueId($input: RequeueRoomInput!) {\n  result: requeueRoom(input: $input) { ... on RequeueRoomPayload { room { id } } ... on UserError { code detail } }\n}": types.RoomWorkRequeueIdDocument,
    "query RoomWorkCapabilities($provider: String!, $id: String!) {\n  roomByNativeId(provider: $provider, nativeId: $id) { capabilities { capability allowed reason } }\n}": types.RoomWorkCapabilitiesDocument,
    "subscription RoomWorkEvents($id: ID!) {\n  roomEvents(roomId: $id) {\n    __typename\n    ... on RoomUpdatedEvent { room { status agents { nativeId } department { id } } }\n  }\n}": types.RoomWorkEventsDocument,
    "subscription RoomWorkActivity($provider: String!) {\n  roomActivity(providers: [$provider]) { nativeId status agents { nativeId } }\n}": types.RoomWorkActivityDocument,
    "query RoomWorkSources { providers { name live { source } } }": types.RoomWorkSourcesDocument,
    "subscription SignalsOfRoom($room: ID!) {\n  roomSignals(roomId: $room) {\n    __typename\n    room { nativeId }\n    ... on TypingSignal { participant { nativeId role name } typing }\n    ... on SeenSignal { participant { nativeId role } upTo }\n    ... on QueueSignal { queue { position estimatedWaitMs since } }\n  }\n}": types.SignalsOfRoomDocument,
    "subscription SignalStatuses($room: ID!) {\n  roomSignals(roomId: $room) { room { status } }\n}": types.SignalStatusesDocument,
    "mutation SignalSetTyping($input: SetTypingInput!) {\n  setTyping(input: $input) {\n    __typename\n    ... on SetTypingPayload { roomId }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": types.SignalSetTypingDocument,
    "mutation SignalMarkSeen($input: MarkSeenInput!) {\n  markSeen(input: $input) {\n    __typename\n    ... on MarkSeenPayload { roomId }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}": types.SignalMarkSeenDocument,
    "query Statistics($from: DateTime, $to: DateTime, $providers: [String!]) {\n  statistics(from: $from, to: $to, providers: $providers) {\n    provider { name } department { name }\n    open queued onHold closed longestWaitMs medianWaitMs medianFirstResponseMs agentsAccepting\n    offlineMessagesWaiting\n  }\n}": types.StatisticsDocument,
    "query StatisticsNumbers($from: DateTime) {\n  statistics(from: $from) { open queued onHold closed medianFirstResponseMs agentsAccepting }\n}": types.StatisticsNumbersDocument,
    "mutation StatisticsLeaveMessage($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) { __typename }\n}": types.StatisticsLeaveMessageDocument,
    "query ViewerAgents {\n  viewer { role agents { provider { name } nativeId name } }\n}": types.ViewerAgentsDocument,
    "query ViewerAgentsRooms { rooms(first: 5) { nodes { nativeId } } }": types.ViewerAgentsRoomsDocument,
    "query VisitorOwnRoomIds($provider: String) {\n  viewer { role rooms(provider: $provider) { id nativeId } }\n}": types.VisitorOwnRoomIdsDocument,
    "query VisitorOwnRooms($provider: String) {\n  viewer {\n    rooms(provider: $provider) {\n      nativeId status createdAt closedAt tags\n      visitor { name role }\n      lastMessage { text }\n      provider { name }\n    }\n  }\n}": types.VisitorOwnRoomsDocument,
    "query VisitorOwnRoomMessages($last: Int) {\n  viewer { rooms { id messages(last: $last) { nodes { text } } } }\n}": types.VisitorOwnRoomMessagesDocument,
    "query ServerViewer { viewer { role name } }": types.ServerViewerDocument,
    "query ServerRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) { id status }\n}": types.ServerRoomDocument,
    "mutation ServerSend($input: SendMessageInput!) {\n  sendMessage(input: $input) { __typename ... on SendMessagePayload { message { text } } ... on UserError { code } }\n}": types.ServerSendDocument,
    "subscription ServerAdded($id: ID!) { messageAdded(roomId: $id) { text } }": types.ServerAddedDocument,
    "query ServerRooms($filter: RoomFilter) { rooms(filter: $filter) { nodes { id } } }": types.ServerRoomsDocument,
    "subscription FanoutEvents($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    ... on MessageAddedEvent { message { nativeId text } }\n    ... on GapEvent { reason from to }\n  }\n}": types.FanoutEventsDocument,
    "subscription FanoutMessages($room: ID!, $after: String) {\n  messageAdded(roomId: $room, after: $after) { nativeId text }\n}": types.FanoutMessagesDocument,
    "subscription FanoutStatuses($room: ID!) {\n  messageAdded(roomId: $room) { text room { status } }\n}": types.FanoutStatusesDocument,
    "subscription FanoutEventStatuses($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    cursor\n    ... on MessageAddedEvent { message { text } room { status } }\n  }\n}": types.FanoutEventStatusesDocument,
    "subscription FanoutNotes($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    ... on MessageAddedEvent { message { text visibility } }\n    ... on MessageUpdatedEvent { message { text } }\n    ... on MessageDeletedEvent { messageId }\n  }\n}": types.FanoutNotesDocument,
    "subscription FanoutOwnCapabilities($room: ID!) {\n  messageAdded(roomId: $room) { text room { capabilities { capability allowed reason } } }\n}": types.FanoutOwnCapabilitiesDocument,
    "subscription WebhooksEvents($room: ID!) {\n  roomEvents(roomId: $room) {\n    __typename\n    ... on MessageAddedEvent { message { text } }\n    ... on MessageUpdatedEvent { message { text } }\n    ... on RoomUpdatedEvent { room { status } }\n  }\n}": types.WebhooksEventsDocument,
    "query HistoryPage($provider: String!, $room: String!, $last: Int!) {\n  roomByNativeId(provider: $provider, nativeId: $room) {\n    id\n    status\n    agents { nativeId }\n    tags\n    messages(last: $last) {\n      nodes { nativeId text kind state visibility }\n      pageInfo { endCursor }\n    }\n  }\n}": types.HistoryPageDocument,
    "subscription HistoryEvents($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    room { id }\n    ... on MessageAddedEvent { message { id nativeId text kind visibility } }\n    ... on MessageUpdatedEvent { message { id nativeId text kind visibility } }\n    ... on MessageDeletedEvent { messageId }\n    ... on RoomUpdatedEvent { room { id status agents { nativeId } tags } }\n    ... on GapEvent { reason from to }\n  }\n}": types.HistoryEventsDocument,
    "subscription HistoryMessages($room: ID!, $after: String) {\n  messageAdded(roomId: $room, after: $after) { id nativeId text kind visibility }\n}": types.HistoryMessagesDocument,
    "mutation HistorySend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) { __typename }\n}": types.HistorySendDocument,
    "subscription HistoryActivity {\n  roomActivity { id }\n}": types.HistoryActivityDocument,
    "subscription HistoryOfflineAdded {\n  offlineMessageAdded { text }\n}": types.HistoryOfflineAddedDocument,
    "mutation HistoryLeaveOffline($provider: String!, $text: String!) {\n  sendOfflineMessage(input: { provider: $provider, name: \"Visitor\", email: \"mail@visitor.test\", text: $text }) { __typename }\n}": types.HistoryLeaveOfflineDocument,
    "subscription RateLimitAdded($room: ID!) {\n  messageAdded(roomId: $room) { text }\n}": types.RateLimitAddedDocument,
    "query RateLimitPage($rid: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $rid) { messages(last: 7) { nodes { text } } }\n}": types.RateLimitPageDocument,
    "mutation RateLimitSend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) {\n    __typename\n    ... on UserError { code detail }\n  }\n}": types.RateLimitSendDocument,
    "query RateLimitLive { providers { name live { source latencyMs lagMs } } }": types.RateLimitLiveDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ClientTestPage($roomId: ID!, $before: String) {\n    room(id: $roomId) {\n      id\n      tags\n      visitor { name customFields { key value } }\n      messages(last: 2, before: $before) {\n        nodes { id text createdAt }\n        pageInfo { startCursor endCursor hasPreviousPage }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ClientTestPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ClientTestEvents($roomId: ID!, $after: String) {\n    roomEvents(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on MessageAddedEvent { message { id text createdAt } }\n      ... on MessageUpdatedEvent { message { id text createdAt } }\n      ... on MessageDeletedEvent { messageId }\n      ... on RoomUpdatedEvent { room { tags } }\n      ... on GapEvent { reason from }\n    }\n  }\n"): typeof import('./graphql.ts').ClientTestEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription ClientTestActivity { roomActivity { id } }"): typeof import('./graphql.ts').ClientTestActivityDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation IdempotencySend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    __typename\n    ... on SendMessagePayload { message { id text } }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').IdempotencySendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation IdempotencyStart($input: StartRoomInput!) {\n  startRoom(input: $input) {\n    __typename\n    ... on StartRoomPayload { visitorToken room { id nativeId } }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').IdempotencyStartDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation IdempotencyRenewable($input: StartRoomInput!) {\n  startRoom(input: $input) { ... on StartRoomPayload { renewalToken room { nativeId } } }\n}"): typeof import('./graphql.ts').IdempotencyRenewableDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation IdempotencyRenew($input: RenewVisitorInput!) {\n  renewVisitor(input: $input) { __typename ... on RenewVisitorPayload { visitorToken } ... on UserError { code } }\n}"): typeof import('./graphql.ts').IdempotencyRenewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query IdempotencyRoom($provider: String!, $id: String!) {\n  roomByNativeId(provider: $provider, nativeId: $id) { id messages { nodes { text } } }\n}"): typeof import('./graphql.ts').IdempotencyRoomDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription ReplicaLimitsAdded($room: ID!) {\n  messageAdded(roomId: $room) { text }\n}"): typeof import('./graphql.ts').ReplicaLimitsAddedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ReplicaLimitsPage($nativeId: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $nativeId) { messages(last: 7) { nodes { text } } }\n}"): typeof import('./graphql.ts').ReplicaLimitsPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation DurabilitySend($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on SendOfflineMessagePayload { offlineMessage { id delivery { state attempts } } }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').DurabilitySendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query DurabilityList {\n  offlineMessages { nodes { id text delivery { state attempts } } }\n}"): typeof import('./graphql.ts').DurabilityListDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation DurabilityRetry($input: RetryOfflineMessageInput!) {\n  retryOfflineMessage(input: $input) {\n    __typename\n    ... on RetryOfflineMessagePayload { offlineMessage { delivery { state attempts } } }\n  }\n}"): typeof import('./graphql.ts').DurabilityRetryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ClientsRoomId($nativeId: String!) {\n    roomByNativeId(provider: \"rocketchat\", nativeId: $nativeId) {\n      id\n    }\n  }\n"): typeof import('./graphql.ts').ClientsRoomIdDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ClientsEvents($roomId: ID!) {\n    roomEvents(roomId: $roomId) {\n      cursor\n    }\n  }\n"): typeof import('./graphql.ts').ClientsEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription LiveSourcesEvents($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    ... on MessageAddedEvent { message { nativeId text kind } }\n    ... on MessageUpdatedEvent { message { nativeId text } }\n    ... on MessageDeletedEvent { messageId }\n    ... on GapEvent { reason from to }\n  }\n}"): typeof import('./graphql.ts').LiveSourcesEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription LiveSourcesActivity($providers: [String!]) {\n  roomActivity(providers: $providers) { nativeId status provider { name } visitor { name } }\n}"): typeof import('./graphql.ts').LiveSourcesActivityDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LiveSourcesSources($provider: String!, $nativeId: String!) {\n  providers { name live { source latencyMs lagMs } }\n  roomByNativeId(provider: $provider, nativeId: $nativeId) { live { source latencyMs lagMs } }\n}"): typeof import('./graphql.ts').LiveSourcesSourcesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LiveSourcesEnd($provider: String!, $nativeId: String!) {\n  roomByNativeId(provider: $provider, nativeId: $nativeId) {\n    messages(last: 50) { nodes { nativeId } pageInfo { endCursor } }\n  }\n}"): typeof import('./graphql.ts').LiveSourcesEndDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation LiveSourcesSend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) { __typename }\n}"): typeof import('./graphql.ts').LiveSourcesSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription LiveSourcesRoomStates($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    ... on MessageAddedEvent { message { kind } }\n    ... on RoomUpdatedEvent { room { status tags agents { nativeId } } }\n    ... on GapEvent { reason from to }\n  }\n}"): typeof import('./graphql.ts').LiveSourcesRoomStatesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription LiveSourcesStatusOfAll($room: ID!) {\n  roomEvents(roomId: $room) { __typename room { status } }\n}"): typeof import('./graphql.ts').LiveSourcesStatusOfAllDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation LiveSourcesClose($room: ID!) {\n  closeRoom(input: { roomId: $room }) { __typename }\n}"): typeof import('./graphql.ts').LiveSourcesCloseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LiveSourcesStatePage($provider: String!, $nativeId: String!) {\n  roomByNativeId(provider: $provider, nativeId: $nativeId) {\n    status\n    messages(last: 50) { nodes { kind } pageInfo { endCursor } }\n  }\n}"): typeof import('./graphql.ts').LiveSourcesStatePageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivePage($rid: String!, $first: Int, $after: String, $last: Int) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $rid) {\n    id\n    messages(first: $first, after: $after, last: $last) {\n      edges { cursor }\n      nodes { nativeId }\n      pageInfo { endCursor }\n    }\n  }\n}"): typeof import('./graphql.ts').LivePageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription LiveEvents($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    ... on MessageAddedEvent { message { nativeId text kind } }\n    ... on MessageUpdatedEvent { message { nativeId text } }\n    ... on MessageDeletedEvent { messageId }\n    ... on GapEvent { reason from to }\n  }\n}"): typeof import('./graphql.ts').LiveEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription LiveMessages($room: ID!, $after: String) {\n  messageAdded(roomId: $room, after: $after) { nativeId text kind }\n}"): typeof import('./graphql.ts').LiveMessagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription LiveStatuses($room: ID!) {\n  roomEvents(roomId: $room) { __typename room { status } }\n}"): typeof import('./graphql.ts').LiveStatusesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation LiveSend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) {\n    ... on SendMessagePayload { message { nativeId } }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').LiveSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription FeedbackStates($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename cursor\n    ... on RoomUpdatedEvent { room { tags rating { score comment } } }\n  }\n}"): typeof import('./graphql.ts').FeedbackStatesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation OfflineSend($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on SendOfflineMessagePayload {\n      offlineMessage { id text delivery { state attempts lastError nextAttemptAt } }\n    }\n    ... on UserError { code detail }\n    ... on RateLimitedError { provider retryAfterMs }\n    ... on ProviderError { provider }\n    ... on OutcomeUnknownError { provider }\n  }\n}"): typeof import('./graphql.ts').OfflineSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OfflineListPage($first: Int, $after: String, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, after: $after, filter: $filter) {\n    nodes {\n      id nativeId name email text rawText receivedAt receivedOn\n      provider { name }\n      delivery { state attempts lastError nextAttemptAt }\n    }\n    pageInfo { hasNextPage endCursor }\n  }\n}"): typeof import('./graphql.ts').OfflineListPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OfflineListDepartments($filter: OfflineMessageFilter) {\n  offlineMessages(filter: $filter) { nodes { text department { name } } }\n}"): typeof import('./graphql.ts').OfflineListDepartmentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OfflineListCount($filter: OfflineMessageFilter) {\n  offlineMessages(filter: $filter) { totalCount nodes { text } }\n}"): typeof import('./graphql.ts').OfflineListCountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OfflineListNode($id: ID!) {\n  node(id: $id) { id ... on OfflineMessage { text delivery { state } } }\n}"): typeof import('./graphql.ts').OfflineListNodeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OfflineListProviders {\n  providers { name capabilities departments { id nativeId name online } }\n}"): typeof import('./graphql.ts').OfflineListProvidersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation OfflineListSend($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on SendOfflineMessagePayload { offlineMessage { id text receivedOn delivery { state attempts lastError } } }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').OfflineListSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation OfflineListRetry($input: RetryOfflineMessageInput!) {\n  retryOfflineMessage(input: $input) {\n    __typename\n    ... on RetryOfflineMessagePayload { offlineMessage { id delivery { state attempts lastError } } }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').OfflineListRetryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation OfflineListDiscard($input: DiscardOfflineMessageInput!) {\n  discardOfflineMessage(input: $input) {\n    __typename\n    ... on DiscardOfflineMessagePayload { offlineMessage { id delivery { state } } }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').OfflineListDiscardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation OfflineListErase($input: EraseOfflineMessagesInput!) {\n  eraseOfflineMessages(input: $input) {\n    __typename\n    ... on EraseOfflineMessagesPayload { count }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').OfflineListEraseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription OfflineListAdded($providers: [String!]) {\n  offlineMessageAdded(providers: $providers) { id text provider { name } delivery { state } }\n}"): typeof import('./graphql.ts').OfflineListAddedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription ProcessEvents($id: ID!) {\n  roomEvents(roomId: $id) { __typename ... on MessageAddedEvent { message { text } } }\n}"): typeof import('./graphql.ts').ProcessEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription ProcessEventsAfter($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename cursor ... on MessageAddedEvent { message { text } } ... on GapEvent { reason }\n  }\n}"): typeof import('./graphql.ts').ProcessEventsAfterDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProcessPageEnd($id: ID!) {\n  room(id: $id) { messages(last: 1) { pageInfo { endCursor } } }\n}"): typeof import('./graphql.ts').ProcessPageEndDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ProcessStart($input: StartRoomInput!) {\n  startRoom(input: $input) { __typename ... on UserError { code } }\n}"): typeof import('./graphql.ts').ProcessStartDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ProcessSay($input: SendMessageInput!) {\n  sendMessage(input: $input) { __typename ... on UserError { code } }\n}"): typeof import('./graphql.ts').ProcessSayDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProcessRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) { id messages(last: 2) { nodes { text } } }\n}"): typeof import('./graphql.ts').ProcessRoomDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProcessInbox { offlineMessages(first: 2) { nodes { id text } } }"): typeof import('./graphql.ts').ProcessInboxDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ProcessLeave($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) { __typename ... on UserError { code } }\n}"): typeof import('./graphql.ts').ProcessLeaveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProcessMergedRooms {\n  rooms(first: 20) { nodes { nativeId provider { name } } }\n}"): typeof import('./graphql.ts').ProcessMergedRoomsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProcessAccounts { providers { name kind health { status reason } } }"): typeof import('./graphql.ts').ProcessAccountsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProcessWork {\n  viewer { agents { id provider { name } } }\n  rooms(first: 20, filter: { providers: [\"rocketchat\"], status: [QUEUED] }) { nodes { id } }\n}"): typeof import('./graphql.ts').ProcessWorkDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ProcessStartWork($input: SetAgentStatusInput!) {\n  setAgentStatus(input: $input) {\n    ... on SetAgentStatusPayload { agent { acceptingChats } }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').ProcessStartWorkDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ProcessTake($input: TakeRoomInput!) {\n  takeRoom(input: $input) {\n    ... on TakeRoomPayload { room { status agents { name } } }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').ProcessTakeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProcessAnyNode($id: ID!) { node(id: $id) { id } }"): typeof import('./graphql.ts').ProcessAnyNodeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LiveChatDepartmentNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { ... on Department { nativeId online } }\n}"): typeof import('./graphql.ts').LiveChatDepartmentNodesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LiveChatOnline {\n  providers { online departments { nativeId online } }\n}"): typeof import('./graphql.ts').LiveChatOnlineDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatOfflineList($first: Int, $after: String, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, after: $after, filter: $filter) {\n    edges { cursor node { id nativeId receivedOn provider { name } } }\n    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n  }\n}"): typeof import('./graphql.ts').LivechatOfflineListDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatOfflineCount($first: Int, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, filter: $filter) { totalCount nodes { nativeId } }\n}"): typeof import('./graphql.ts').LivechatOfflineCountDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatOfflineDetails($first: Int, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, filter: $filter) {\n    nodes {\n      id nativeId name email text rawText receivedAt receivedOn\n      department { id nativeId name online }\n      delivery { state attempts lastError nextAttemptAt }\n    }\n  }\n}"): typeof import('./graphql.ts').LivechatOfflineDetailsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatOfflineListBeside($first: Int, $after: String) {\n  viewer { role name }\n  providers { name kind }\n  offlineMessages(first: $first, after: $after) {\n    nodes { nativeId }\n    pageInfo { hasNextPage endCursor }\n  }\n}"): typeof import('./graphql.ts').LivechatOfflineListBesideDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatOfflineTwice {\n  one: offlineMessages(first: 5) { nodes { nativeId } }\n  other: offlineMessages(first: 5) { nodes { nativeId } }\n}"): typeof import('./graphql.ts').LivechatOfflineTwiceDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatHealth { providers { name health { status reason checkedAt } } }"): typeof import('./graphql.ts').LivechatHealthDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatOfflineNode($id: ID!) {\n  node(id: $id) {\n    __typename id\n    ... on OfflineMessage {\n      nativeId name email text rawText receivedAt receivedOn\n      provider { name }\n      department { nativeId }\n      delivery { state attempts lastError nextAttemptAt }\n    }\n  }\n}"): typeof import('./graphql.ts').LivechatOfflineNodeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatOfflineNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on OfflineMessage { nativeId text rawText } }\n}"): typeof import('./graphql.ts').LivechatOfflineNodesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation LivechatSendOffline($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on UserError { code detail }\n    ... on UnsupportedError { provider }\n  }\n}"): typeof import('./graphql.ts').LivechatSendOfflineDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsRoomList($first: Int, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) {\n    edges { cursor node { nativeId lastActivityAt } }\n    pageInfo { hasNextPage endCursor }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsRoomListDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsDashboard($first: Int, $filter: RoomFilter) {\n  rooms(first: $first, filter: $filter) {\n    nodes {\n      id nativeId status createdAt closedAt lastActivityAt tags\n      visitor { nativeId name email avatarUrl role }\n      agents { nativeId name email role }\n      department { nativeId name online }\n      lastMessage { nativeId text kind visibility author { name role } }\n      capabilities { capability allowed reason }\n    }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsDashboardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsRoomsWithMessages($rooms: Int, $messages: Int) {\n  rooms(first: $rooms) {\n    nodes { nativeId messages(last: $messages) { nodes { text author { name } } } }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsRoomsWithMessagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsRoom($id: String!) {\n  roomByNativeId(provider: \"livechat\", nativeId: $id) {\n    id nativeId status createdAt closedAt lastActivityAt tags\n    visitor { nativeId name email role }\n    agents { nativeId name email role }\n    department { nativeId name online }\n    lastMessage { nativeId text visibility }\n    capabilities { capability allowed reason }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsRoomDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsCountedRooms($first: Int, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) {\n    totalCount nodes { nativeId status } pageInfo { endCursor hasNextPage }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsCountedRoomsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsRoomDetails($id: String!) {\n  room: roomByNativeId(provider: \"livechat\", nativeId: $id) {\n    status\n    queue { position estimatedWaitMs since }\n    closedBy { nativeId name role }\n    firstResponseAt unansweredSince\n    customFields { key value }\n    visitor { nativeId phone seenUpTo customFields { key value } }\n    agents { nativeId phone seenUpTo customFields { key value } }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsRoomDetailsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsListedRoomDetails($filter: RoomFilter) {\n  rooms(filter: $filter) {\n    nodes {\n      nativeId status\n      queue { position estimatedWaitMs since }\n      closedBy { nativeId name role }\n      firstResponseAt unansweredSince\n      customFields { key value }\n      visitor { nativeId phone seenUpTo customFields { key value } }\n      agents { nativeId phone seenUpTo customFields { key value } }\n    }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsListedRoomDetailsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsMessages(\n  $id: String!, $first: Int, $after: String, $last: Int, $before: String, $since: DateTime, $until: DateTime\n) {\n  roomByNativeId(provider: \"livechat\", nativeId: $id) {\n    messages(first: $first, after: $after, last: $last, before: $before, since: $since, until: $until) {\n      edges { cursor node { nativeId createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsMessagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsWholeMessages($id: String!, $last: Int) {\n  roomByNativeId(provider: \"livechat\", nativeId: $id) {\n    id\n    messages(last: $last) {\n      nodes {\n        id nativeId kind text visibility state createdAt editedAt\n        author { nativeId name email avatarUrl role }\n        attachments { url name contentType size }\n        form { label answer } buttons { text url } systemEvent\n        room { nativeId }\n      }\n      pageInfo { hasPreviousPage endCursor }\n    }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsWholeMessagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsMessageNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on Message { nativeId text author { name } } }\n}"): typeof import('./graphql.ts').LivechatChatsMessageNodesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsRoomNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on Room { nativeId status } }\n}"): typeof import('./graphql.ts').LivechatChatsRoomNodesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation LivechatChatsSend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    __typename\n    ... on SendMessagePayload {\n      message { id nativeId text createdAt visibility author { nativeId name role } room { status } }\n    }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n    ... on RateLimitedError { retryAfterMs }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation LivechatChatsUpdate($input: UpdateMessageInput!) {\n  updateMessage(input: $input) { __typename ... on UserError { code detail } }\n}"): typeof import('./graphql.ts').LivechatChatsUpdateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation LivechatChatsDelete($input: DeleteMessageInput!) {\n  deleteMessage(input: $input) {\n    __typename ... on DeleteMessagePayload { messageId deletedAt } ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsDeleteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation LivechatChatsClose($input: CloseRoomInput!) {\n  closeRoom(input: $input) {\n    __typename ... on CloseRoomPayload { room { nativeId status } } ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsCloseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation LivechatChatsStart($input: StartRoomInput!) {\n  startRoom(input: $input) {\n    __typename\n    ... on StartRoomPayload {\n      visitorToken renewalToken room { nativeId status visitor { name email } }\n    }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsStartDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation LivechatChatsRenew($input: RenewVisitorInput!) {\n  renewVisitor(input: $input) {\n    __typename\n    ... on RenewVisitorPayload { visitorToken renewalToken }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n    ... on UnsupportedError { provider }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsRenewDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsProviders {\n  providers { name capabilities health { status reason } departments { id nativeId name online } }\n}"): typeof import('./graphql.ts').LivechatChatsProvidersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsHealth { providers { name health { status reason checkedAt } } }"): typeof import('./graphql.ts').LivechatChatsHealthDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsOffline($first: Int, $after: String, $filter: OfflineMessageFilter) {\n  offlineMessages(first: $first, after: $after, filter: $filter) {\n    totalCount\n    nodes { id nativeId name email text rawText receivedAt receivedOn department { nativeId } }\n    pageInfo { hasNextPage endCursor }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsOfflineDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatChatsOfflineNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on OfflineMessage { nativeId text } }\n}"): typeof import('./graphql.ts').LivechatChatsOfflineNodesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation LivechatChatsSendOffline($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename\n    ... on SendOfflineMessagePayload { offlineMessage { delivery { state } } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsSendOfflineDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription LivechatChatsEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename cursor\n    ... on MessageAddedEvent { message { nativeId text visibility author { nativeId email } } }\n    ... on MessageDeletedEvent { messageId }\n  }\n}"): typeof import('./graphql.ts').LivechatChatsEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query LivechatPushLiveStatus($id: ID!) {\n  room(id: $id) { live { source latencyMs } }\n}"): typeof import('./graphql.ts').LivechatPushLiveStatusDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OwnAgentsRoomId($provider: String!, $nativeId: String!) {\n  roomByNativeId(provider: $provider, nativeId: $nativeId) { id }\n}"): typeof import('./graphql.ts').OwnAgentsRoomIdDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation OwnAgentsSend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    ... on SendMessagePayload { message { id nativeId text author { nativeId name role } } }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').OwnAgentsSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation OwnAgentsUpdate($input: UpdateMessageInput!) {\n  updateMessage(input: $input) {\n    ... on UpdateMessagePayload { message { text editedBy { nativeId } author { nativeId } } }\n    ... on UserError { code }\n  }\n}"): typeof import('./graphql.ts').OwnAgentsUpdateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation OwnAgentsDelete($input: DeleteMessageInput!) {\n  deleteMessage(input: $input) { ... on DeleteMessagePayload { messageId } ... on UserError { code } }\n}"): typeof import('./graphql.ts').OwnAgentsDeleteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation OwnAgentsClose($input: CloseRoomInput!) {\n  closeRoom(input: $input) { ... on CloseRoomPayload { room { status } } ... on UserError { code detail } }\n}"): typeof import('./graphql.ts').OwnAgentsCloseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation OwnAgentsSetStatus($input: SetAgentStatusInput!) {\n  setAgentStatus(input: $input) {\n    ... on SetAgentStatusPayload { agent { nativeId acceptingChats } } ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').OwnAgentsSetStatusDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation OwnAgentsEveryWrite(\n  $room: ID!, $queued: ID!, $own: ID!, $other: ID!, $department: ID!\n) {\n  sendMessage(input: { roomId: $room, text: \"Hello\" }) { __typename }\n  note: sendMessage(input: { roomId: $room, text: \"Note\", visibility: AGENTS }) { __typename }\n  setRoomTags(input: { roomId: $room, tags: [\"vip\"] }) { __typename }\n  requestTranscript(input: { roomId: $room, email: \"vera@example.test\" }) { __typename }\n  setAgentStatus(input: { agentId: $own, acceptingChats: true }) { __typename }\n  takeRoom(input: { roomId: $queued }) { __typename }\n  assignRoom(input: { roomId: $room, agentId: $other }) { __typename }\n  transferRoom(input: { roomId: $room, departmentId: $department }) { __typename }\n  closeRoom(input: { roomId: $room, comment: \"Solved\" }) { __typename }\n}"): typeof import('./graphql.ts').OwnAgentsEveryWriteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OwnAgentsAuthor($id: ID!) {\n  node(id: $id) { ... on Message { author { nativeId } attachments { name } } }\n}"): typeof import('./graphql.ts').OwnAgentsAuthorDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query OwnAgentsHealth { providers { name health { status reason } } }"): typeof import('./graphql.ts').OwnAgentsHealthDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription PushedRoomWatch($room: ID!) {\n  roomEvents(roomId: $room) { cursor ... on MessageAddedEvent { message { text } } }\n}"): typeof import('./graphql.ts').PushedRoomWatchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation PushedRoomSend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) { __typename ... on UserError { code } }\n}"): typeof import('./graphql.ts').PushedRoomSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RocketchatAgentInbox($first: Int!, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) {\n    nodes {\n      id nativeId status tags createdAt closedAt lastActivityAt\n      visitor { nativeId name role } agents { nativeId name role } department { id name online }\n      lastMessage { text author { name role } }\n    }\n    pageInfo { endCursor hasNextPage }\n  }\n}"): typeof import('./graphql.ts').RocketchatAgentInboxDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RocketchatAgentRoomIds($first: Int!, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) { nodes { nativeId } pageInfo { endCursor hasNextPage } }\n}"): typeof import('./graphql.ts').RocketchatAgentRoomIdsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RocketchatAgentBoards($first: Int!, $last: Int!) {\n  rooms(first: $first) { nodes { messages(last: $last) { nodes { text } } } }\n}"): typeof import('./graphql.ts').RocketchatAgentBoardsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RocketchatAgentRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) {\n    id status visitor { nativeId name } agents { name } department { name }\n    capabilities { capability allowed reason }\n  }\n}"): typeof import('./graphql.ts').RocketchatAgentRoomDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RocketchatAgentCountedRooms($first: Int, $after: String, $filter: RoomFilter) {\n  rooms(first: $first, after: $after, filter: $filter) {\n    totalCount nodes { nativeId status } pageInfo { endCursor hasNextPage }\n  }\n}"): typeof import('./graphql.ts').RocketchatAgentCountedRoomsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RocketchatAgentVisitorOfRoom($id: String!) {\n  room: roomByNativeId(provider: \"rocketchat\", nativeId: $id) { visitor { name email phone customFields { key value } } }\n}"): typeof import('./graphql.ts').RocketchatAgentVisitorOfRoomDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RocketchatAgentRoomDetails($id: String!) {\n  room: roomByNativeId(provider: \"rocketchat\", nativeId: $id) {\n    status\n    queue { position estimatedWaitMs since }\n    closedBy { nativeId name role }\n    firstResponseAt unansweredSince\n    customFields { key value }\n    visitor { nativeId seenUpTo }\n    agents { nativeId phone seenUpTo customFields { key value } }\n  }\n}"): typeof import('./graphql.ts').RocketchatAgentRoomDetailsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RocketchatAgentListedRoomDetails($filter: RoomFilter) {\n  rooms(filter: $filter) {\n    nodes {\n      nativeId status\n      queue { position estimatedWaitMs since }\n      closedBy { nativeId name role }\n      firstResponseAt unansweredSince\n      customFields { key value }\n      visitor { nativeId seenUpTo }\n      agents { nativeId phone seenUpTo customFields { key value } }\n    }\n  }\n}"): typeof import('./graphql.ts').RocketchatAgentListedRoomDetailsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RocketchatAgentMessages($id: String!, $last: Int, $first: Int, $after: String, $before: String) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) {\n    messages(last: $last, first: $first, after: $after, before: $before) {\n      nodes {\n        id nativeId kind state text author { nativeId name role } editedBy { name }\n        form { label answer } buttons { text url } systemEvent\n      }\n      pageInfo { startCursor endCursor hasNextPage hasPreviousPage }\n    }\n  }\n}"): typeof import('./graphql.ts').RocketchatAgentMessagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RocketchatAgentNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on Room { status } ... on Message { text author { role } } ... on Department { name } }\n}"): typeof import('./graphql.ts').RocketchatAgentNodesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RocketchatAgentHealth {\n  providers { capabilities health { status reason } }\n}"): typeof import('./graphql.ts').RocketchatAgentHealthDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RocketchatAgentDepartments {\n  providers { departments { id name online } }\n}"): typeof import('./graphql.ts').RocketchatAgentDepartmentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RocketchatAgentSend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    __typename\n    ... on SendMessagePayload { message { id nativeId text author { nativeId name role } } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}"): typeof import('./graphql.ts').RocketchatAgentSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RocketchatAgentUpdate($input: UpdateMessageInput!) {\n  updateMessage(input: $input) {\n    ... on UpdateMessagePayload { message { id text state editedBy { name } author { role } } }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').RocketchatAgentUpdateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RocketchatAgentDelete($input: DeleteMessageInput!) {\n  deleteMessage(input: $input) { ... on DeleteMessagePayload { messageId deletedAt } ... on UserError { code detail } }\n}"): typeof import('./graphql.ts').RocketchatAgentDeleteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RocketchatAgentClose($input: CloseRoomInput!) {\n  closeRoom(input: $input) {\n    ... on CloseRoomPayload { room { id status closedAt } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}"): typeof import('./graphql.ts').RocketchatAgentCloseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription RocketchatAgentEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename\n    room { id }\n    ... on MessageAddedEvent { message { text kind author { name role } } }\n    ... on MessageUpdatedEvent { message { text state } }\n    ... on MessageDeletedEvent { messageId }\n  }\n}"): typeof import('./graphql.ts').RocketchatAgentEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RocketchatMessage on Message {\n    id\n    nativeId\n    kind\n    text\n    state\n    visibility\n    createdAt\n    editedAt\n    author { nativeId name role }\n    editedBy { nativeId role }\n  }\n"): typeof import('./graphql.ts').RocketchatMessageFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RocketchatRoom on Room {\n    id\n    nativeId\n    status\n    visitor { nativeId name role }\n    agents { nativeId name role }\n    tags\n    createdAt\n    closedAt\n    lastActivityAt\n    lastMessage { ...RocketchatMessage }\n    capabilities { capability allowed reason }\n  }\n"): typeof import('./graphql.ts').RocketchatRoomFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RocketchatSend($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      __typename\n      ... on SendMessagePayload { message { ...RocketchatMessage } }\n      ... on UserError { code detail }\n      ... on InvalidInputError { field }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').RocketchatSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RocketchatUpdate($input: UpdateMessageInput!) {\n    updateMessage(input: $input) {\n      __typename\n      ... on UpdateMessagePayload { message { ...RocketchatMessage } }\n      ... on UserError { code detail }\n      ... on InvalidInputError { field }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').RocketchatUpdateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RocketchatDelete($input: DeleteMessageInput!) {\n    deleteMessage(input: $input) {\n      __typename\n      ... on DeleteMessagePayload { messageId deletedAt }\n      ... on UserError { code detail }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').RocketchatDeleteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RocketchatClose($input: CloseRoomInput!) {\n    closeRoom(input: $input) {\n      __typename\n      ... on CloseRoomPayload { room { ...RocketchatRoom } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').RocketchatCloseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RocketchatStart($input: StartRoomInput!) {\n    startRoom(input: $input) {\n      __typename\n      ... on StartRoomPayload { visitorToken room { ...RocketchatRoom department { id name } } }\n      ... on UserError { code detail }\n      ... on InvalidInputError { field }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').RocketchatStartDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RocketchatOffline($input: SendOfflineMessageInput!) {\n    sendOfflineMessage(input: $input) {\n      __typename\n      ... on SendOfflineMessagePayload {\n        offlineMessage {\n          nativeId\n          name\n          email\n          text\n          rawText\n          delivery { state attempts lastError }\n        }\n      }\n      ... on UserError { code detail }\n      ... on InvalidInputError { field }\n      ... on RateLimitedError { provider retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').RocketchatOfflineDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RocketchatRoomById($id: ID!) {\n    room(id: $id) { ...RocketchatRoom }\n  }\n"): typeof import('./graphql.ts').RocketchatRoomByIdDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RocketchatRoomByNativeId($nativeId: String!) {\n    roomByNativeId(provider: \"rocketchat\", nativeId: $nativeId) {\n      id\n      status\n      messages { nodes { nativeId text } }\n    }\n  }\n"): typeof import('./graphql.ts').RocketchatRoomByNativeIdDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RocketchatHistory(\n    $id: ID!\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $since: DateTime\n    $until: DateTime\n  ) {\n    room(id: $id) {\n      messages(first: $first, after: $after, last: $last, before: $before, since: $since, until: $until) {\n        edges { cursor }\n        nodes { ...RocketchatMessage }\n        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').RocketchatHistoryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RocketchatNode($id: ID!) {\n    node(id: $id) {\n      __typename\n      id\n      ... on Room { status }\n      ... on Message { text state }\n      ... on Department { name online }\n    }\n  }\n"): typeof import('./graphql.ts').RocketchatNodeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RocketchatNodes($ids: [ID!]!) {\n    nodes(ids: $ids) { __typename id ... on Message { text } }\n  }\n"): typeof import('./graphql.ts').RocketchatNodesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RocketchatDepartments($provider: ID!) {\n    node(id: $provider) { ... on Provider { name departments { id nativeId name online } } }\n  }\n"): typeof import('./graphql.ts').RocketchatDepartmentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RocketchatRoomStatus($id: ID!) {\n    room(id: $id) { id status }\n  }\n"): typeof import('./graphql.ts').RocketchatRoomStatusDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query RocketchatRoomAndDepartments($id: ID!, $provider: ID!) {\n    room(id: $id) { id status }\n    node(id: $provider) { ... on Provider { departments { name } } }\n  }\n"): typeof import('./graphql.ts').RocketchatRoomAndDepartmentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProvidersSized($id: ID!, $first: Int, $last: Int) {\n  room(id: $id) { messages(first: $first, last: $last) { nodes { id } } }\n}"): typeof import('./graphql.ts').ProvidersSizedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProvidersByCursor($id: ID!, $after: String, $before: String) {\n  room(id: $id) { messages(after: $after, before: $before) { nodes { text } pageInfo { endCursor } } }\n}"): typeof import('./graphql.ts').ProvidersByCursorDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProvidersHostile($id: ID!) { node(id: $id) { id } }"): typeof import('./graphql.ts').ProvidersHostileDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProvidersByNativeId($provider: String!, $nativeId: String!) {\n  roomByNativeId(provider: $provider, nativeId: $nativeId) { id }\n}"): typeof import('./graphql.ts').ProvidersByNativeIdDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription ProvidersHappening($id: ID!) {\n  roomEvents(roomId: $id) {\n    __typename ... on MessageAddedEvent { message { text } } ... on MessageDeletedEvent { messageId }\n  }\n}"): typeof import('./graphql.ts').ProvidersHappeningDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment ProvidersRefusal on InvalidInputError { code detail field }"): typeof import('./graphql.ts').ProvidersRefusalFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ProvidersStartRoom($input: StartRoomInput!) {\n  startRoom(input: $input) {\n    __typename ...ProvidersRefusal ... on StartRoomPayload { visitorToken room { id visitor { name } } }\n  }\n}"): typeof import('./graphql.ts').ProvidersStartRoomDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ProvidersCloseRoom($input: CloseRoomInput!) {\n  closeRoom(input: $input) { __typename ...ProvidersRefusal }\n}"): typeof import('./graphql.ts').ProvidersCloseRoomDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ProvidersSendMessage($input: SendMessageInput!) {\n  sendMessage(input: $input) { __typename ...ProvidersRefusal ... on SendMessagePayload { message { id text } } }\n}"): typeof import('./graphql.ts').ProvidersSendMessageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ProvidersUpdateMessage($input: UpdateMessageInput!) {\n  updateMessage(input: $input) { __typename ...ProvidersRefusal ... on UpdateMessagePayload { message { text } } }\n}"): typeof import('./graphql.ts').ProvidersUpdateMessageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ProvidersSendOfflineMessage($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) {\n    __typename ...ProvidersRefusal ... on SendOfflineMessagePayload { offlineMessage { name text delivery { state } } }\n  }\n}"): typeof import('./graphql.ts').ProvidersSendOfflineMessageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ProvidersErase($input: EraseOfflineMessagesInput!) {\n  eraseOfflineMessages(input: $input) { __typename ...ProvidersRefusal }\n}"): typeof import('./graphql.ts').ProvidersEraseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ProvidersSearch($text: String) {\n  offlineMessages(filter: { text: $text }) { nodes { id } }\n}"): typeof import('./graphql.ts').ProvidersSearchDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation FeedbackSetTags($input: SetRoomTagsInput!) {\n  setRoomTags(input: $input) {\n    __typename\n    ... on SetRoomTagsPayload { room { id } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n    ... on RateLimitedError { provider retryAfterMs }\n  }\n}"): typeof import('./graphql.ts').FeedbackSetTagsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation FeedbackClose($input: CloseRoomInput!) {\n  closeRoom(input: $input) {\n    __typename\n    ... on CloseRoomPayload { room { id status tags } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}"): typeof import('./graphql.ts').FeedbackCloseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation FeedbackRate($input: RateRoomInput!) {\n  rateRoom(input: $input) {\n    __typename\n    ... on RateRoomPayload { room { id } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}"): typeof import('./graphql.ts').FeedbackRateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation FeedbackTranscript($input: RequestTranscriptInput!) {\n  requestTranscript(input: $input) {\n    __typename\n    ... on RequestTranscriptPayload { email }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}"): typeof import('./graphql.ts').FeedbackTranscriptDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query FeedbackRoom($id: ID!) {\n  room(id: $id) { status tags rating { score comment ratedAt } capabilities { capability allowed reason } }\n}"): typeof import('./graphql.ts').FeedbackRoomDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query FeedbackRooms {\n  rooms { nodes { nativeId tags rating { score comment ratedAt } } }\n}"): typeof import('./graphql.ts').FeedbackRoomsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query TestPreChatForms {\n  providers {\n    name\n    preChatForm { ...TestPreChatForm }\n    departments { name preChatForm { ...TestPreChatForm } }\n  }\n}\nfragment TestPreChatForm on PreChatForm {\n  fields { key kind label required options { value label } }\n}"): typeof import('./graphql.ts').TestPreChatFormsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query TestProviderForms {\n  providers { name online preChatForm { fields { key kind required } } }\n}"): typeof import('./graphql.ts').TestProviderFormsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ReachabilityHealth {\n    providers {\n      health {\n        status\n        reason\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReachabilityHealthDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ReachabilityStart($input: StartRoomInput!) {\n    startRoom(input: $input) {\n      ... on StartRoomPayload {\n        visitorToken\n      }\n      ... on UserError {\n        code\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ReachabilityStartDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query IsolationPage(\n  $id: ID!, $first: Int, $after: String, $last: Int, $before: String, $since: DateTime, $until: DateTime\n) {\n  room(id: $id) {\n    id nativeId status createdAt closedAt lastActivityAt tags\n    agents { name } lastMessage { id text visibility }\n    messages(first: $first, after: $after, last: $last, before: $before, since: $since, until: $until) {\n      edges { cursor node { id nativeId text visibility createdAt } }\n      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n    }\n  }\n}"): typeof import('./graphql.ts').IsolationPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query IsolationOne($id: ID!) { node(id: $id) { id ... on Message { text } } }"): typeof import('./graphql.ts').IsolationOneDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query IsolationMany($ids: [ID!]!) {\n  nodes(ids: $ids) { id ... on Message { text } }\n}"): typeof import('./graphql.ts').IsolationManyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation IsolationRemove($id: ID!) {\n  deleteMessage(input: { messageId: $id }) { __typename ... on UserError { code detail } }\n}"): typeof import('./graphql.ts').IsolationRemoveDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription IsolationEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) {\n    __typename cursor room { lastActivityAt lastMessage { text } }\n    ... on MessageAddedEvent { message { text } }\n    ... on MessageUpdatedEvent { message { text } }\n    ... on MessageDeletedEvent { messageId }\n  }\n}"): typeof import('./graphql.ts').IsolationEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription IsolationAdded($id: ID!, $after: String) {\n  messageAdded(roomId: $id, after: $after) { text visibility }\n}"): typeof import('./graphql.ts').IsolationAddedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation IsolationWrite($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    __typename\n    ... on SendMessagePayload { message { id nativeId text visibility } }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').IsolationWriteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation IsolationEdit($id: ID!) {\n  updateMessage(input: { messageId: $id, text: \"changed\" }) { __typename ... on UserError { code detail } }\n}"): typeof import('./graphql.ts').IsolationEditDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation IsolationRate($id: ID!) {\n  rateRoom(input: { roomId: $id, score: 5 }) {\n    ... on RateRoomPayload {\n      room { status lastActivityAt lastMessage { text } messages(last: 3) { nodes { text } pageInfo { hasPreviousPage } } }\n    }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').IsolationRateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query IsolationEverything($id: ID!, $nativeId: String!, $ids: [ID!]!) {\n  viewer { role rooms { id lastActivityAt lastMessage { text } } }\n  room(id: $id) { ...IsolationRoom }\n  roomByNativeId(provider: \"livechat\", nativeId: $nativeId) { ...IsolationRoom }\n  node(id: $id) { ...IsolationRoom }\n  nodes(ids: $ids) { id ... on Message { text room { lastMessage { text } } } }\n}\nfragment IsolationRoom on Room {\n  id status visitor { name } agents { nativeId name } department { id } tags createdAt closedAt lastActivityAt\n  rating { score } lastMessage { id text visibility } capabilities { capability allowed }\n  newest: messages(last: 5) {\n    edges { cursor node { id text visibility } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n  }\n  oldest: messages(first: 5) {\n    edges { cursor node { id text visibility } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }\n  }\n}"): typeof import('./graphql.ts').IsolationEverythingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query AgentList($filter: AgentFilter) {\n  agents(filter: $filter) {\n    id nativeId name email avatarUrl acceptingChats maxRooms provider { name }\n  }\n}"): typeof import('./graphql.ts').AgentListDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query AgentsAtWork {\n  agents { nativeId activeRooms departments { nativeId name } }\n}"): typeof import('./graphql.ts').AgentsAtWorkDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query AgentNodes($ids: [ID!]!) {\n  nodes(ids: $ids) { __typename ... on Agent { id nativeId name } }\n}"): typeof import('./graphql.ts').AgentNodesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query AgentRoomAuthors($provider: String!, $id: String!) {\n  roomByNativeId(provider: $provider, nativeId: $id) {\n    agents { nativeId }\n    messages(last: 5) { nodes { text author { nativeId } } }\n  }\n}"): typeof import('./graphql.ts').AgentRoomAuthorsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation AgentSetStatus($input: SetAgentStatusInput!) {\n  setAgentStatus(input: $input) {\n    __typename\n    ... on SetAgentStatusPayload { agent { nativeId acceptingChats } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}"): typeof import('./graphql.ts').AgentSetStatusDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation AgentSetStatusOnly($input: SetAgentStatusInput!) {\n  setAgentStatus(input: $input) { __typename ... on UserError { code detail } }\n}"): typeof import('./graphql.ts').AgentSetStatusOnlyDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query IsMinePage($room: ID!) {\n  room(id: $room) { messages(last: 50) { nodes { text kind isMine } } }\n}"): typeof import('./graphql.ts').IsMinePageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation IsMineSend($input: SendMessageInput!) {\n  sendMessage(input: $input) {\n    ... on SendMessagePayload { message { text isMine } }\n    ... on UserError { detail }\n  }\n}"): typeof import('./graphql.ts').IsMineSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription IsMineEvents($room: ID!) {\n  roomEvents(roomId: $room) { __typename ... on MessageAddedEvent { message { text isMine } } }\n}"): typeof import('./graphql.ts').IsMineEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query MarkupPage($room: ID!) {\n  room(id: $room) { messages(last: 50) { nodes { kind text markup } } }\n}"): typeof import('./graphql.ts').MarkupPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ConversationRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) { id status messages(last: 5) { nodes { id text } pageInfo { endCursor } } }\n}"): typeof import('./graphql.ts').ConversationRoomDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ConversationSend($input: SendMessageInput!) {\n  sendMessage(input: $input) { ... on SendMessagePayload { message { id text } } ... on UserError { code detail } }\n}"): typeof import('./graphql.ts').ConversationSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription ConversationEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) { __typename cursor ... on MessageAddedEvent { message { text } } }\n}"): typeof import('./graphql.ts').ConversationEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RoomFilterRooms($filter: RoomFilter) {\n  rooms(filter: $filter) { totalCount nodes { provider { name } nativeId } }\n}"): typeof import('./graphql.ts').RoomFilterRoomsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RoomWorkTake($input: TakeRoomInput!) {\n  result: takeRoom(input: $input) {\n    __typename\n    ... on TakeRoomPayload { room { id status agents { nativeId name } } }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').RoomWorkTakeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RoomWorkAssign($input: AssignRoomInput!) {\n  result: assignRoom(input: $input) {\n    __typename\n    ... on AssignRoomPayload { room { id status agents { nativeId name } } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}"): typeof import('./graphql.ts').RoomWorkAssignDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RoomWorkTransfer($input: TransferRoomInput!) {\n  result: transferRoom(input: $input) {\n    __typename\n    ... on TransferRoomPayload { room { id status agents { nativeId } department { id name } } }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}"): typeof import('./graphql.ts').RoomWorkTransferDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RoomWorkRequeue($input: RequeueRoomInput!) {\n  result: requeueRoom(input: $input) {\n    __typename\n    ... on RequeueRoomPayload { room { id status agents { nativeId } } }\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').RoomWorkRequeueDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RoomWorkTakeId($input: TakeRoomInput!) {\n  result: takeRoom(input: $input) { ... on TakeRoomPayload { room { id } } ... on UserError { code detail } }\n}"): typeof import('./graphql.ts').RoomWorkTakeIdDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RoomWorkAssignId($input: AssignRoomInput!) {\n  result: assignRoom(input: $input) { ... on AssignRoomPayload { room { id } } ... on UserError { code detail } }\n}"): typeof import('./graphql.ts').RoomWorkAssignIdDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RoomWorkTransferId($input: TransferRoomInput!) {\n  result: transferRoom(input: $input) { ... on TransferRoomPayload { room { id } } ... on UserError { code detail } }\n}"): typeof import('./graphql.ts').RoomWorkTransferIdDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RoomWorkRequeueId($input: RequeueRoomInput!) {\n  result: requeueRoom(input: $input) { ... on RequeueRoomPayload { room { id } } ... on UserError { code detail } }\n}"): typeof import('./graphql.ts').RoomWorkRequeueIdDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RoomWorkCapabilities($provider: String!, $id: String!) {\n  roomByNativeId(provider: $provider, nativeId: $id) { capabilities { capability allowed reason } }\n}"): typeof import('./graphql.ts').RoomWorkCapabilitiesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription RoomWorkEvents($id: ID!) {\n  roomEvents(roomId: $id) {\n    __typename\n    ... on RoomUpdatedEvent { room { status agents { nativeId } department { id } } }\n  }\n}"): typeof import('./graphql.ts').RoomWorkEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription RoomWorkActivity($provider: String!) {\n  roomActivity(providers: [$provider]) { nativeId status agents { nativeId } }\n}"): typeof import('./graphql.ts').RoomWorkActivityDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RoomWorkSources { providers { name live { source } } }"): typeof import('./graphql.ts').RoomWorkSourcesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription SignalsOfRoom($room: ID!) {\n  roomSignals(roomId: $room) {\n    __typename\n    room { nativeId }\n    ... on TypingSignal { participant { nativeId role name } typing }\n    ... on SeenSignal { participant { nativeId role } upTo }\n    ... on QueueSignal { queue { position estimatedWaitMs since } }\n  }\n}"): typeof import('./graphql.ts').SignalsOfRoomDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription SignalStatuses($room: ID!) {\n  roomSignals(roomId: $room) { room { status } }\n}"): typeof import('./graphql.ts').SignalStatusesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SignalSetTyping($input: SetTypingInput!) {\n  setTyping(input: $input) {\n    __typename\n    ... on SetTypingPayload { roomId }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}"): typeof import('./graphql.ts').SignalSetTypingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SignalMarkSeen($input: MarkSeenInput!) {\n  markSeen(input: $input) {\n    __typename\n    ... on MarkSeenPayload { roomId }\n    ... on UserError { code detail }\n    ... on InvalidInputError { field }\n  }\n}"): typeof import('./graphql.ts').SignalMarkSeenDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Statistics($from: DateTime, $to: DateTime, $providers: [String!]) {\n  statistics(from: $from, to: $to, providers: $providers) {\n    provider { name } department { name }\n    open queued onHold closed longestWaitMs medianWaitMs medianFirstResponseMs agentsAccepting\n    offlineMessagesWaiting\n  }\n}"): typeof import('./graphql.ts').StatisticsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query StatisticsNumbers($from: DateTime) {\n  statistics(from: $from) { open queued onHold closed medianFirstResponseMs agentsAccepting }\n}"): typeof import('./graphql.ts').StatisticsNumbersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation StatisticsLeaveMessage($input: SendOfflineMessageInput!) {\n  sendOfflineMessage(input: $input) { __typename }\n}"): typeof import('./graphql.ts').StatisticsLeaveMessageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ViewerAgents {\n  viewer { role agents { provider { name } nativeId name } }\n}"): typeof import('./graphql.ts').ViewerAgentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ViewerAgentsRooms { rooms(first: 5) { nodes { nativeId } } }"): typeof import('./graphql.ts').ViewerAgentsRoomsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query VisitorOwnRoomIds($provider: String) {\n  viewer { role rooms(provider: $provider) { id nativeId } }\n}"): typeof import('./graphql.ts').VisitorOwnRoomIdsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query VisitorOwnRooms($provider: String) {\n  viewer {\n    rooms(provider: $provider) {\n      nativeId status createdAt closedAt tags\n      visitor { name role }\n      lastMessage { text }\n      provider { name }\n    }\n  }\n}"): typeof import('./graphql.ts').VisitorOwnRoomsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query VisitorOwnRoomMessages($last: Int) {\n  viewer { rooms { id messages(last: $last) { nodes { text } } } }\n}"): typeof import('./graphql.ts').VisitorOwnRoomMessagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ServerViewer { viewer { role name } }"): typeof import('./graphql.ts').ServerViewerDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ServerRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) { id status }\n}"): typeof import('./graphql.ts').ServerRoomDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation ServerSend($input: SendMessageInput!) {\n  sendMessage(input: $input) { __typename ... on SendMessagePayload { message { text } } ... on UserError { code } }\n}"): typeof import('./graphql.ts').ServerSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription ServerAdded($id: ID!) { messageAdded(roomId: $id) { text } }"): typeof import('./graphql.ts').ServerAddedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query ServerRooms($filter: RoomFilter) { rooms(filter: $filter) { nodes { id } } }"): typeof import('./graphql.ts').ServerRoomsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription FanoutEvents($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    ... on MessageAddedEvent { message { nativeId text } }\n    ... on GapEvent { reason from to }\n  }\n}"): typeof import('./graphql.ts').FanoutEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription FanoutMessages($room: ID!, $after: String) {\n  messageAdded(roomId: $room, after: $after) { nativeId text }\n}"): typeof import('./graphql.ts').FanoutMessagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription FanoutStatuses($room: ID!) {\n  messageAdded(roomId: $room) { text room { status } }\n}"): typeof import('./graphql.ts').FanoutStatusesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription FanoutEventStatuses($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    cursor\n    ... on MessageAddedEvent { message { text } room { status } }\n  }\n}"): typeof import('./graphql.ts').FanoutEventStatusesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription FanoutNotes($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    ... on MessageAddedEvent { message { text visibility } }\n    ... on MessageUpdatedEvent { message { text } }\n    ... on MessageDeletedEvent { messageId }\n  }\n}"): typeof import('./graphql.ts').FanoutNotesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription FanoutOwnCapabilities($room: ID!) {\n  messageAdded(roomId: $room) { text room { capabilities { capability allowed reason } } }\n}"): typeof import('./graphql.ts').FanoutOwnCapabilitiesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription WebhooksEvents($room: ID!) {\n  roomEvents(roomId: $room) {\n    __typename\n    ... on MessageAddedEvent { message { text } }\n    ... on MessageUpdatedEvent { message { text } }\n    ... on RoomUpdatedEvent { room { status } }\n  }\n}"): typeof import('./graphql.ts').WebhooksEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query HistoryPage($provider: String!, $room: String!, $last: Int!) {\n  roomByNativeId(provider: $provider, nativeId: $room) {\n    id\n    status\n    agents { nativeId }\n    tags\n    messages(last: $last) {\n      nodes { nativeId text kind state visibility }\n      pageInfo { endCursor }\n    }\n  }\n}"): typeof import('./graphql.ts').HistoryPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription HistoryEvents($room: ID!, $after: String) {\n  roomEvents(roomId: $room, after: $after) {\n    __typename\n    cursor\n    room { id }\n    ... on MessageAddedEvent { message { id nativeId text kind visibility } }\n    ... on MessageUpdatedEvent { message { id nativeId text kind visibility } }\n    ... on MessageDeletedEvent { messageId }\n    ... on RoomUpdatedEvent { room { id status agents { nativeId } tags } }\n    ... on GapEvent { reason from to }\n  }\n}"): typeof import('./graphql.ts').HistoryEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription HistoryMessages($room: ID!, $after: String) {\n  messageAdded(roomId: $room, after: $after) { id nativeId text kind visibility }\n}"): typeof import('./graphql.ts').HistoryMessagesDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation HistorySend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) { __typename }\n}"): typeof import('./graphql.ts').HistorySendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription HistoryActivity {\n  roomActivity { id }\n}"): typeof import('./graphql.ts').HistoryActivityDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription HistoryOfflineAdded {\n  offlineMessageAdded { text }\n}"): typeof import('./graphql.ts').HistoryOfflineAddedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation HistoryLeaveOffline($provider: String!, $text: String!) {\n  sendOfflineMessage(input: { provider: $provider, name: \"Visitor\", email: \"mail@visitor.test\", text: $text }) { __typename }\n}"): typeof import('./graphql.ts').HistoryLeaveOfflineDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription RateLimitAdded($room: ID!) {\n  messageAdded(roomId: $room) { text }\n}"): typeof import('./graphql.ts').RateLimitAddedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RateLimitPage($rid: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $rid) { messages(last: 7) { nodes { text } } }\n}"): typeof import('./graphql.ts').RateLimitPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation RateLimitSend($room: ID!, $text: String!) {\n  sendMessage(input: { roomId: $room, text: $text }) {\n    __typename\n    ... on UserError { code detail }\n  }\n}"): typeof import('./graphql.ts').RateLimitSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query RateLimitLive { providers { name live { source latencyMs lagMs } } }"): typeof import('./graphql.ts').RateLimitLiveDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
