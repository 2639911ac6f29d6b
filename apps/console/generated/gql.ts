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
    "\n  query ConsoleAgents($filter: AgentFilter) {\n    agents(filter: $filter) {\n      id\n      nativeId\n      name\n      email\n      acceptingChats\n      activeRooms\n      maxRooms\n      departments { id name }\n    }\n  }\n": typeof types.ConsoleAgentsDocument,
    "\n  mutation ConsoleTake($input: TakeRoomInput!) {\n    takeRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": typeof types.ConsoleTakeDocument,
    "\n  mutation ConsoleAssign($input: AssignRoomInput!) {\n    assignRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": typeof types.ConsoleAssignDocument,
    "\n  mutation ConsoleTransfer($input: TransferRoomInput!) {\n    transferRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": typeof types.ConsoleTransferDocument,
    "\n  mutation ConsoleRequeue($input: RequeueRoomInput!) {\n    requeueRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": typeof types.ConsoleRequeueDocument,
    "\n  fragment ConsoleRoomDetails on Room {\n    createdAt\n    firstResponseAt\n    customFields { key value }\n    visitor { nativeId name email phone avatarUrl seenUpTo customFields { key value } }\n    ...ConsoleRoomState\n  }\n": typeof types.ConsoleRoomDetailsFragmentDoc,
    "\n  fragment ConsoleRoomState on Room {\n    status\n    department { id name }\n    agents { nativeId name seenUpTo }\n    tags\n    closedAt\n    closedBy { name role }\n    unansweredSince\n    queue { position since estimatedWaitMs }\n    rating { score comment ratedAt }\n    capabilities { capability allowed reason }\n  }\n": typeof types.ConsoleRoomStateFragmentDoc,
    "\n  mutation ConsoleSetTags($input: SetRoomTagsInput!) {\n    setRoomTags(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": typeof types.ConsoleSetTagsDocument,
    "\n  query ConsoleUsedTags($filter: RoomFilter) {\n    rooms(first: 100, filter: $filter) { nodes { tags } }\n  }\n": typeof types.ConsoleUsedTagsDocument,
    "\n  query ConsoleClosedRooms($after: String, $filter: RoomFilter) {\n    rooms(first: 100, after: $after, filter: $filter) {\n      nodes {\n        id\n        createdAt\n        closedAt\n        lastActivityAt\n        visitor { nativeId }\n        lastMessage { id text state }\n      }\n      pageInfo { endCursor hasNextPage }\n    }\n  }\n": typeof types.ConsoleClosedRoomsDocument,
    "\n  query ConsoleSignIn {\n    viewer { role }\n  }\n": typeof types.ConsoleSignInDocument,
    "\n  fragment ConsoleRoom on Room {\n    id\n    provider { name kind }\n    status\n    visitor { name }\n    agents { nativeId name }\n    department { id name }\n    tags\n    createdAt\n    lastActivityAt\n    unansweredSince\n    queue { since }\n    lastMessage { id text kind systemEvent state visibility createdAt author { nativeId name role } }\n  }\n": typeof types.ConsoleRoomFragmentDoc,
    "\n  fragment ConsoleMessage on Message {\n    id\n    kind\n    text\n    state\n    visibility\n    createdAt\n    editedAt\n    isMine\n    markup\n    systemEvent\n    author { nativeId name role }\n    attachments { id url externalUrl name contentType size }\n    form { label answer }\n    buttons { text url }\n  }\n": typeof types.ConsoleMessageFragmentDoc,
    "\n  query ConsoleInbox($first: Int!, $after: String, $filter: RoomFilter) {\n    rooms(first: $first, after: $after, filter: $filter) {\n      nodes { ...ConsoleRoom }\n      pageInfo { endCursor hasNextPage }\n    }\n  }\n": typeof types.ConsoleInboxDocument,
    "\n  query ConsoleInboxTotals {\n    statistics {\n      provider { name }\n      department { id }\n      open\n      queued\n      onHold\n    }\n  }\n": typeof types.ConsoleInboxTotalsDocument,
    "\n  subscription ConsoleActivity {\n    roomActivity { ...ConsoleRoom }\n  }\n": typeof types.ConsoleActivityDocument,
    "\n  query ConsoleRoomPage($roomId: ID!, $before: String) {\n    room(id: $roomId) {\n      ...ConsoleRoom\n      ...ConsoleRoomDetails\n      messages(last: 50, before: $before) {\n        nodes { ...ConsoleMessage }\n        pageInfo { startCursor endCursor hasPreviousPage }\n      }\n    }\n  }\n": typeof types.ConsoleRoomPageDocument,
    "\n  query ConsoleRoomState($id: ID!) {\n    room(id: $id) {\n      ...ConsoleRoom\n      ...ConsoleRoomDetails\n    }\n  }\n": typeof types.ConsoleRoomStateDocument,
    "\n  subscription ConsoleRoomEvents($roomId: ID!, $after: String) {\n    roomEvents(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on MessageAddedEvent { message { ...ConsoleMessage } }\n      ... on MessageUpdatedEvent { message { ...ConsoleMessage } }\n      ... on MessageDeletedEvent { messageId }\n      ... on RoomUpdatedEvent {\n        room { ...ConsoleRoomState }\n      }\n      ... on GapEvent { reason from to }\n    }\n  }\n": typeof types.ConsoleRoomEventsDocument,
    "\n  subscription ConsoleRoomSignals($roomId: ID!) {\n    roomSignals(roomId: $roomId) {\n      __typename\n      ... on TypingSignal { typing participant { name role } }\n      ... on SeenSignal { upTo participant { role } }\n      ... on QueueSignal { queue { position since estimatedWaitMs } }\n    }\n  }\n": typeof types.ConsoleRoomSignalsDocument,
    "\n  mutation ConsoleTyping($input: SetTypingInput!) {\n    setTyping(input: $input) {\n      __typename\n    }\n  }\n": typeof types.ConsoleTypingDocument,
    "\n  mutation ConsoleSend($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      __typename\n      ... on SendMessagePayload { message { ...ConsoleMessage } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": typeof types.ConsoleSendDocument,
    "\n  mutation ConsoleUpdate($input: UpdateMessageInput!) {\n    updateMessage(input: $input) {\n      __typename\n      ... on UpdateMessagePayload { message { ...ConsoleMessage } }\n      ... on UserError { code detail }\n    }\n  }\n": typeof types.ConsoleUpdateDocument,
    "\n  mutation ConsoleDelete($input: DeleteMessageInput!) {\n    deleteMessage(input: $input) {\n      __typename\n      ... on DeleteMessagePayload { messageId }\n      ... on UserError { code detail }\n    }\n  }\n": typeof types.ConsoleDeleteDocument,
    "\n  mutation ConsoleClose($input: CloseRoomInput!) {\n    closeRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": typeof types.ConsoleCloseDocument,
    "\n  mutation ConsoleTranscript($input: RequestTranscriptInput!) {\n    requestTranscript(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": typeof types.ConsoleTranscriptDocument,
    "\n  fragment ConsoleOfflineMessage on OfflineMessage {\n    id\n    provider { name kind }\n    name\n    email\n    text\n    department { name }\n    receivedAt\n    receivedOn\n    delivery { state attempts lastError nextAttemptAt }\n  }\n": typeof types.ConsoleOfflineMessageFragmentDoc,
    "\n  query ConsoleOffline($after: String, $filter: OfflineMessageFilter) {\n    offlineMessages(first: 25, after: $after, filter: $filter) {\n      nodes { ...ConsoleOfflineMessage }\n      pageInfo { endCursor hasNextPage }\n      totalCount\n    }\n  }\n": typeof types.ConsoleOfflineDocument,
    "\n  subscription ConsoleOfflineAdded {\n    offlineMessageAdded { ...ConsoleOfflineMessage }\n  }\n": typeof types.ConsoleOfflineAddedDocument,
    "\n  mutation ConsoleRetry($input: RetryOfflineMessageInput!) {\n    retryOfflineMessage(input: $input) {\n      __typename\n      ... on RetryOfflineMessagePayload { offlineMessage { ...ConsoleOfflineMessage } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": typeof types.ConsoleRetryDocument,
    "\n  mutation ConsoleDiscard($input: DiscardOfflineMessageInput!) {\n    discardOfflineMessage(input: $input) {\n      __typename\n      ... on DiscardOfflineMessagePayload { offlineMessage { ...ConsoleOfflineMessage } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": typeof types.ConsoleDiscardDocument,
    "\n  query ConsoleProviders {\n    providers {\n      id\n      name\n      kind\n      capabilities\n      health { status checkedAt reason }\n      live { source latencyMs lagMs }\n      departments { id name online }\n    }\n  }\n": typeof types.ConsoleProvidersDocument,
    "\n  query ConsoleOwnAgents {\n    viewer {\n      name\n      agents { id nativeId name acceptingChats provider { id name kind } }\n    }\n  }\n": typeof types.ConsoleOwnAgentsDocument,
    "\n  mutation ConsoleSetAgentStatus($input: SetAgentStatusInput!) {\n    setAgentStatus(input: $input) {\n      __typename\n      ... on SetAgentStatusPayload { agent { id acceptingChats } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": typeof types.ConsoleSetAgentStatusDocument,
};
const documents: Documents = {
    "\n  query ConsoleAgents($filter: AgentFilter) {\n    agents(filter: $filter) {\n      id\n      nativeId\n      name\n      email\n      acceptingChats\n      activeRooms\n      maxRooms\n      departments { id name }\n    }\n  }\n": types.ConsoleAgentsDocument,
    "\n  mutation ConsoleTake($input: TakeRoomInput!) {\n    takeRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": types.ConsoleTakeDocument,
    "\n  mutation ConsoleAssign($input: AssignRoomInput!) {\n    assignRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": types.ConsoleAssignDocument,
    "\n  mutation ConsoleTransfer($input: TransferRoomInput!) {\n    transferRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": types.ConsoleTransferDocument,
    "\n  mutation ConsoleRequeue($input: RequeueRoomInput!) {\n    requeueRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": types.ConsoleRequeueDocument,
    "\n  fragment ConsoleRoomDetails on Room {\n    createdAt\n    firstResponseAt\n    customFields { key value }\n    visitor { nativeId name email phone avatarUrl seenUpTo customFields { key value } }\n    ...ConsoleRoomState\n  }\n": types.ConsoleRoomDetailsFragmentDoc,
    "\n  fragment ConsoleRoomState on Room {\n    status\n    department { id name }\n    agents { nativeId name seenUpTo }\n    tags\n    closedAt\n    closedBy { name role }\n    unansweredSince\n    queue { position since estimatedWaitMs }\n    rating { score comment ratedAt }\n    capabilities { capability allowed reason }\n  }\n": types.ConsoleRoomStateFragmentDoc,
    "\n  mutation ConsoleSetTags($input: SetRoomTagsInput!) {\n    setRoomTags(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": types.ConsoleSetTagsDocument,
    "\n  query ConsoleUsedTags($filter: RoomFilter) {\n    rooms(first: 100, filter: $filter) { nodes { tags } }\n  }\n": types.ConsoleUsedTagsDocument,
    "\n  query ConsoleClosedRooms($after: String, $filter: RoomFilter) {\n    rooms(first: 100, after: $after, filter: $filter) {\n      nodes {\n        id\n        createdAt\n        closedAt\n        lastActivityAt\n        visitor { nativeId }\n        lastMessage { id text state }\n      }\n      pageInfo { endCursor hasNextPage }\n    }\n  }\n": types.ConsoleClosedRoomsDocument,
    "\n  query ConsoleSignIn {\n    viewer { role }\n  }\n": types.ConsoleSignInDocument,
    "\n  fragment ConsoleRoom on Room {\n    id\n    provider { name kind }\n    status\n    visitor { name }\n    agents { nativeId name }\n    department { id name }\n    tags\n    createdAt\n    lastActivityAt\n    unansweredSince\n    queue { since }\n    lastMessage { id text kind systemEvent state visibility createdAt author { nativeId name role } }\n  }\n": types.ConsoleRoomFragmentDoc,
    "\n  fragment ConsoleMessage on Message {\n    id\n    kind\n    text\n    state\n    visibility\n    createdAt\n    editedAt\n    isMine\n    markup\n    systemEvent\n    author { nativeId name role }\n    attachments { id url externalUrl name contentType size }\n    form { label answer }\n    buttons { text url }\n  }\n": types.ConsoleMessageFragmentDoc,
    "\n  query ConsoleInbox($first: Int!, $after: String, $filter: RoomFilter) {\n    rooms(first: $first, after: $after, filter: $filter) {\n      nodes { ...ConsoleRoom }\n      pageInfo { endCursor hasNextPage }\n    }\n  }\n": types.ConsoleInboxDocument,
    "\n  query ConsoleInboxTotals {\n    statistics {\n      provider { name }\n      department { id }\n      open\n      queued\n      onHold\n    }\n  }\n": types.ConsoleInboxTotalsDocument,
    "\n  subscription ConsoleActivity {\n    roomActivity { ...ConsoleRoom }\n  }\n": types.ConsoleActivityDocument,
    "\n  query ConsoleRoomPage($roomId: ID!, $before: String) {\n    room(id: $roomId) {\n      ...ConsoleRoom\n      ...ConsoleRoomDetails\n      messages(last: 50, before: $before) {\n        nodes { ...ConsoleMessage }\n        pageInfo { startCursor endCursor hasPreviousPage }\n      }\n    }\n  }\n": types.ConsoleRoomPageDocument,
    "\n  query ConsoleRoomState($id: ID!) {\n    room(id: $id) {\n      ...ConsoleRoom\n      ...ConsoleRoomDetails\n    }\n  }\n": types.ConsoleRoomStateDocument,
    "\n  subscription ConsoleRoomEvents($roomId: ID!, $after: String) {\n    roomEvents(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on MessageAddedEvent { message { ...ConsoleMessage } }\n      ... on MessageUpdatedEvent { message { ...ConsoleMessage } }\n      ... on MessageDeletedEvent { messageId }\n      ... on RoomUpdatedEvent {\n        room { ...ConsoleRoomState }\n      }\n      ... on GapEvent { reason from to }\n    }\n  }\n": types.ConsoleRoomEventsDocument,
    "\n  subscription ConsoleRoomSignals($roomId: ID!) {\n    roomSignals(roomId: $roomId) {\n      __typename\n      ... on TypingSignal { typing participant { name role } }\n      ... on SeenSignal { upTo participant { role } }\n      ... on QueueSignal { queue { position since estimatedWaitMs } }\n    }\n  }\n": types.ConsoleRoomSignalsDocument,
    "\n  mutation ConsoleTyping($input: SetTypingInput!) {\n    setTyping(input: $input) {\n      __typename\n    }\n  }\n": types.ConsoleTypingDocument,
    "\n  mutation ConsoleSend($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      __typename\n      ... on SendMessagePayload { message { ...ConsoleMessage } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": types.ConsoleSendDocument,
    "\n  mutation ConsoleUpdate($input: UpdateMessageInput!) {\n    updateMessage(input: $input) {\n      __typename\n      ... on UpdateMessagePayload { message { ...ConsoleMessage } }\n      ... on UserError { code detail }\n    }\n  }\n": types.ConsoleUpdateDocument,
    "\n  mutation ConsoleDelete($input: DeleteMessageInput!) {\n    deleteMessage(input: $input) {\n      __typename\n      ... on DeleteMessagePayload { messageId }\n      ... on UserError { code detail }\n    }\n  }\n": types.ConsoleDeleteDocument,
    "\n  mutation ConsoleClose($input: CloseRoomInput!) {\n    closeRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": types.ConsoleCloseDocument,
    "\n  mutation ConsoleTranscript($input: RequestTranscriptInput!) {\n    requestTranscript(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": types.ConsoleTranscriptDocument,
    "\n  fragment ConsoleOfflineMessage on OfflineMessage {\n    id\n    provider { name kind }\n    name\n    email\n    text\n    department { name }\n    receivedAt\n    receivedOn\n    delivery { state attempts lastError nextAttemptAt }\n  }\n": types.ConsoleOfflineMessageFragmentDoc,
    "\n  query ConsoleOffline($after: String, $filter: OfflineMessageFilter) {\n    offlineMessages(first: 25, after: $after, filter: $filter) {\n      nodes { ...ConsoleOfflineMessage }\n      pageInfo { endCursor hasNextPage }\n      totalCount\n    }\n  }\n": types.ConsoleOfflineDocument,
    "\n  subscription ConsoleOfflineAdded {\n    offlineMessageAdded { ...ConsoleOfflineMessage }\n  }\n": types.ConsoleOfflineAddedDocument,
    "\n  mutation ConsoleRetry($input: RetryOfflineMessageInput!) {\n    retryOfflineMessage(input: $input) {\n      __typename\n      ... on RetryOfflineMessagePayload { offlineMessage { ...ConsoleOfflineMessage } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": types.ConsoleRetryDocument,
    "\n  mutation ConsoleDiscard($input: DiscardOfflineMessageInput!) {\n    discardOfflineMessage(input: $input) {\n      __typename\n      ... on DiscardOfflineMessagePayload { offlineMessage { ...ConsoleOfflineMessage } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": types.ConsoleDiscardDocument,
    "\n  query ConsoleProviders {\n    providers {\n      id\n      name\n      kind\n      capabilities\n      health { status checkedAt reason }\n      live { source latencyMs lagMs }\n      departments { id name online }\n    }\n  }\n": types.ConsoleProvidersDocument,
    "\n  query ConsoleOwnAgents {\n    viewer {\n      name\n      agents { id nativeId name acceptingChats provider { id name kind } }\n    }\n  }\n": types.ConsoleOwnAgentsDocument,
    "\n  mutation ConsoleSetAgentStatus($input: SetAgentStatusInput!) {\n    setAgentStatus(input: $input) {\n      __typename\n      ... on SetAgentStatusPayload { agent { id acceptingChats } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n": types.ConsoleSetAgentStatusDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsoleAgents($filter: AgentFilter) {\n    agents(filter: $filter) {\n      id\n      nativeId\n      name\n      email\n      acceptingChats\n      activeRooms\n      maxRooms\n      departments { id name }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleAgentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsoleTake($input: TakeRoomInput!) {\n    takeRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleTakeDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsoleAssign($input: AssignRoomInput!) {\n    assignRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleAssignDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsoleTransfer($input: TransferRoomInput!) {\n    transferRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleTransferDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsoleRequeue($input: RequeueRoomInput!) {\n    requeueRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleRequeueDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ConsoleRoomDetails on Room {\n    createdAt\n    firstResponseAt\n    customFields { key value }\n    visitor { nativeId name email phone avatarUrl seenUpTo customFields { key value } }\n    ...ConsoleRoomState\n  }\n"): typeof import('./graphql.ts').ConsoleRoomDetailsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ConsoleRoomState on Room {\n    status\n    department { id name }\n    agents { nativeId name seenUpTo }\n    tags\n    closedAt\n    closedBy { name role }\n    unansweredSince\n    queue { position since estimatedWaitMs }\n    rating { score comment ratedAt }\n    capabilities { capability allowed reason }\n  }\n"): typeof import('./graphql.ts').ConsoleRoomStateFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsoleSetTags($input: SetRoomTagsInput!) {\n    setRoomTags(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleSetTagsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsoleUsedTags($filter: RoomFilter) {\n    rooms(first: 100, filter: $filter) { nodes { tags } }\n  }\n"): typeof import('./graphql.ts').ConsoleUsedTagsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsoleClosedRooms($after: String, $filter: RoomFilter) {\n    rooms(first: 100, after: $after, filter: $filter) {\n      nodes {\n        id\n        createdAt\n        closedAt\n        lastActivityAt\n        visitor { nativeId }\n        lastMessage { id text state }\n      }\n      pageInfo { endCursor hasNextPage }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleClosedRoomsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsoleSignIn {\n    viewer { role }\n  }\n"): typeof import('./graphql.ts').ConsoleSignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ConsoleRoom on Room {\n    id\n    provider { name kind }\n    status\n    visitor { name }\n    agents { nativeId name }\n    department { id name }\n    tags\n    createdAt\n    lastActivityAt\n    unansweredSince\n    queue { since }\n    lastMessage { id text kind systemEvent state visibility createdAt author { nativeId name role } }\n  }\n"): typeof import('./graphql.ts').ConsoleRoomFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ConsoleMessage on Message {\n    id\n    kind\n    text\n    state\n    visibility\n    createdAt\n    editedAt\n    isMine\n    markup\n    systemEvent\n    author { nativeId name role }\n    attachments { id url externalUrl name contentType size }\n    form { label answer }\n    buttons { text url }\n  }\n"): typeof import('./graphql.ts').ConsoleMessageFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsoleInbox($first: Int!, $after: String, $filter: RoomFilter) {\n    rooms(first: $first, after: $after, filter: $filter) {\n      nodes { ...ConsoleRoom }\n      pageInfo { endCursor hasNextPage }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleInboxDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsoleInboxTotals {\n    statistics {\n      provider { name }\n      department { id }\n      open\n      queued\n      onHold\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleInboxTotalsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ConsoleActivity {\n    roomActivity { ...ConsoleRoom }\n  }\n"): typeof import('./graphql.ts').ConsoleActivityDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsoleRoomPage($roomId: ID!, $before: String) {\n    room(id: $roomId) {\n      ...ConsoleRoom\n      ...ConsoleRoomDetails\n      messages(last: 50, before: $before) {\n        nodes { ...ConsoleMessage }\n        pageInfo { startCursor endCursor hasPreviousPage }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleRoomPageDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsoleRoomState($id: ID!) {\n    room(id: $id) {\n      ...ConsoleRoom\n      ...ConsoleRoomDetails\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleRoomStateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ConsoleRoomEvents($roomId: ID!, $after: String) {\n    roomEvents(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on MessageAddedEvent { message { ...ConsoleMessage } }\n      ... on MessageUpdatedEvent { message { ...ConsoleMessage } }\n      ... on MessageDeletedEvent { messageId }\n      ... on RoomUpdatedEvent {\n        room { ...ConsoleRoomState }\n      }\n      ... on GapEvent { reason from to }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleRoomEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ConsoleRoomSignals($roomId: ID!) {\n    roomSignals(roomId: $roomId) {\n      __typename\n      ... on TypingSignal { typing participant { name role } }\n      ... on SeenSignal { upTo participant { role } }\n      ... on QueueSignal { queue { position since estimatedWaitMs } }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleRoomSignalsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsoleTyping($input: SetTypingInput!) {\n    setTyping(input: $input) {\n      __typename\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleTypingDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsoleSend($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      __typename\n      ... on SendMessagePayload { message { ...ConsoleMessage } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsoleUpdate($input: UpdateMessageInput!) {\n    updateMessage(input: $input) {\n      __typename\n      ... on UpdateMessagePayload { message { ...ConsoleMessage } }\n      ... on UserError { code detail }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleUpdateDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsoleDelete($input: DeleteMessageInput!) {\n    deleteMessage(input: $input) {\n      __typename\n      ... on DeleteMessagePayload { messageId }\n      ... on UserError { code detail }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleDeleteDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsoleClose($input: CloseRoomInput!) {\n    closeRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleCloseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsoleTranscript($input: RequestTranscriptInput!) {\n    requestTranscript(input: $input) {\n      __typename\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleTranscriptDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment ConsoleOfflineMessage on OfflineMessage {\n    id\n    provider { name kind }\n    name\n    email\n    text\n    department { name }\n    receivedAt\n    receivedOn\n    delivery { state attempts lastError nextAttemptAt }\n  }\n"): typeof import('./graphql.ts').ConsoleOfflineMessageFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsoleOffline($after: String, $filter: OfflineMessageFilter) {\n    offlineMessages(first: 25, after: $after, filter: $filter) {\n      nodes { ...ConsoleOfflineMessage }\n      pageInfo { endCursor hasNextPage }\n      totalCount\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleOfflineDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription ConsoleOfflineAdded {\n    offlineMessageAdded { ...ConsoleOfflineMessage }\n  }\n"): typeof import('./graphql.ts').ConsoleOfflineAddedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsoleRetry($input: RetryOfflineMessageInput!) {\n    retryOfflineMessage(input: $input) {\n      __typename\n      ... on RetryOfflineMessagePayload { offlineMessage { ...ConsoleOfflineMessage } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleRetryDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsoleDiscard($input: DiscardOfflineMessageInput!) {\n    discardOfflineMessage(input: $input) {\n      __typename\n      ... on DiscardOfflineMessagePayload { offlineMessage { ...ConsoleOfflineMessage } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleDiscardDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsoleProviders {\n    providers {\n      id\n      name\n      kind\n      capabilities\n      health { status checkedAt reason }\n      live { source latencyMs lagMs }\n      departments { id name online }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleProvidersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query ConsoleOwnAgents {\n    viewer {\n      name\n      agents { id nativeId name acceptingChats provider { id name kind } }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleOwnAgentsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ConsoleSetAgentStatus($input: SetAgentStatusInput!) {\n    setAgentStatus(input: $input) {\n      __typename\n      ... on SetAgentStatusPayload { agent { id acceptingChats } }\n      ... on UserError { code detail }\n      ... on RateLimitedError { retryAfterMs }\n    }\n  }\n"): typeof import('./graphql.ts').ConsoleSetAgentStatusDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
