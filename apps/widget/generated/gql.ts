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
    "\n  query WidgetProviders {\n    providers { name capabilities online }\n  }\n": typeof types.WidgetProvidersDocument,
    "\n  mutation WidgetStart($input: StartRoomInput!) {\n    startRoom(input: $input) {\n      __typename\n      ... on StartRoomPayload { visitorToken room { id } }\n      ... on UserError { code detail }\n    }\n  }\n": typeof types.WidgetStartDocument,
    "\n  fragment WidgetMessage on Message {\n    id\n    kind\n    text\n    state\n    createdAt\n    author { name role }\n  }\n": typeof types.WidgetMessageFragmentDoc,
    "\n  query WidgetRoom($id: ID!) {\n    room(id: $id) {\n      status\n      capabilities { capability allowed reason }\n      messages(last: 50) {\n        nodes { ...WidgetMessage }\n        pageInfo { endCursor }\n      }\n    }\n  }\n": typeof types.WidgetRoomDocument,
    "\n  subscription WidgetEvents($roomId: ID!, $after: String) {\n    roomEvents(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on MessageAddedEvent { message { ...WidgetMessage } }\n      ... on MessageUpdatedEvent { message { ...WidgetMessage } }\n      ... on MessageDeletedEvent { messageId }\n      ... on RoomUpdatedEvent { room { status capabilities { capability allowed reason } } }\n    }\n  }\n": typeof types.WidgetEventsDocument,
    "\n  mutation WidgetSend($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      __typename\n      ... on SendMessagePayload { message { ...WidgetMessage } }\n      ... on UserError { code detail }\n    }\n  }\n": typeof types.WidgetSendDocument,
    "\n  mutation WidgetClose($input: CloseRoomInput!) {\n    closeRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n    }\n  }\n": typeof types.WidgetCloseDocument,
    "\n  mutation WidgetOffline($input: SendOfflineMessageInput!) {\n    sendOfflineMessage(input: $input) {\n      __typename\n      ... on SendOfflineMessagePayload { offlineMessage { delivery { state lastError } } }\n      ... on UserError { code detail }\n    }\n  }\n": typeof types.WidgetOfflineDocument,
    "\n  subscription WidgetSignals($roomId: ID!) {\n    roomSignals(roomId: $roomId) {\n      __typename\n      ... on TypingSignal { typing participant { nativeId name role } }\n    }\n  }\n": typeof types.WidgetSignalsDocument,
    "\n  mutation WidgetTyping($input: SetTypingInput!) {\n    setTyping(input: $input) {\n      __typename\n    }\n  }\n": typeof types.WidgetTypingDocument,
};
const documents: Documents = {
    "\n  query WidgetProviders {\n    providers { name capabilities online }\n  }\n": types.WidgetProvidersDocument,
    "\n  mutation WidgetStart($input: StartRoomInput!) {\n    startRoom(input: $input) {\n      __typename\n      ... on StartRoomPayload { visitorToken room { id } }\n      ... on UserError { code detail }\n    }\n  }\n": types.WidgetStartDocument,
    "\n  fragment WidgetMessage on Message {\n    id\n    kind\n    text\n    state\n    createdAt\n    author { name role }\n  }\n": types.WidgetMessageFragmentDoc,
    "\n  query WidgetRoom($id: ID!) {\n    room(id: $id) {\n      status\n      capabilities { capability allowed reason }\n      messages(last: 50) {\n        nodes { ...WidgetMessage }\n        pageInfo { endCursor }\n      }\n    }\n  }\n": types.WidgetRoomDocument,
    "\n  subscription WidgetEvents($roomId: ID!, $after: String) {\n    roomEvents(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on MessageAddedEvent { message { ...WidgetMessage } }\n      ... on MessageUpdatedEvent { message { ...WidgetMessage } }\n      ... on MessageDeletedEvent { messageId }\n      ... on RoomUpdatedEvent { room { status capabilities { capability allowed reason } } }\n    }\n  }\n": types.WidgetEventsDocument,
    "\n  mutation WidgetSend($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      __typename\n      ... on SendMessagePayload { message { ...WidgetMessage } }\n      ... on UserError { code detail }\n    }\n  }\n": types.WidgetSendDocument,
    "\n  mutation WidgetClose($input: CloseRoomInput!) {\n    closeRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n    }\n  }\n": types.WidgetCloseDocument,
    "\n  mutation WidgetOffline($input: SendOfflineMessageInput!) {\n    sendOfflineMessage(input: $input) {\n      __typename\n      ... on SendOfflineMessagePayload { offlineMessage { delivery { state lastError } } }\n      ... on UserError { code detail }\n    }\n  }\n": types.WidgetOfflineDocument,
    "\n  subscription WidgetSignals($roomId: ID!) {\n    roomSignals(roomId: $roomId) {\n      __typename\n      ... on TypingSignal { typing participant { nativeId name role } }\n    }\n  }\n": types.WidgetSignalsDocument,
    "\n  mutation WidgetTyping($input: SetTypingInput!) {\n    setTyping(input: $input) {\n      __typename\n    }\n  }\n": types.WidgetTypingDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WidgetProviders {\n    providers { name capabilities online }\n  }\n"): typeof import('./graphql.ts').WidgetProvidersDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WidgetStart($input: StartRoomInput!) {\n    startRoom(input: $input) {\n      __typename\n      ... on StartRoomPayload { visitorToken room { id } }\n      ... on UserError { code detail }\n    }\n  }\n"): typeof import('./graphql.ts').WidgetStartDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment WidgetMessage on Message {\n    id\n    kind\n    text\n    state\n    createdAt\n    author { name role }\n  }\n"): typeof import('./graphql.ts').WidgetMessageFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query WidgetRoom($id: ID!) {\n    room(id: $id) {\n      status\n      capabilities { capability allowed reason }\n      messages(last: 50) {\n        nodes { ...WidgetMessage }\n        pageInfo { endCursor }\n      }\n    }\n  }\n"): typeof import('./graphql.ts').WidgetRoomDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WidgetEvents($roomId: ID!, $after: String) {\n    roomEvents(roomId: $roomId, after: $after) {\n      __typename\n      cursor\n      ... on MessageAddedEvent { message { ...WidgetMessage } }\n      ... on MessageUpdatedEvent { message { ...WidgetMessage } }\n      ... on MessageDeletedEvent { messageId }\n      ... on RoomUpdatedEvent { room { status capabilities { capability allowed reason } } }\n    }\n  }\n"): typeof import('./graphql.ts').WidgetEventsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WidgetSend($input: SendMessageInput!) {\n    sendMessage(input: $input) {\n      __typename\n      ... on SendMessagePayload { message { ...WidgetMessage } }\n      ... on UserError { code detail }\n    }\n  }\n"): typeof import('./graphql.ts').WidgetSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WidgetClose($input: CloseRoomInput!) {\n    closeRoom(input: $input) {\n      __typename\n      ... on UserError { code detail }\n    }\n  }\n"): typeof import('./graphql.ts').WidgetCloseDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WidgetOffline($input: SendOfflineMessageInput!) {\n    sendOfflineMessage(input: $input) {\n      __typename\n      ... on SendOfflineMessagePayload { offlineMessage { delivery { state lastError } } }\n      ... on UserError { code detail }\n    }\n  }\n"): typeof import('./graphql.ts').WidgetOfflineDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription WidgetSignals($roomId: ID!) {\n    roomSignals(roomId: $roomId) {\n      __typename\n      ... on TypingSignal { typing participant { nativeId name role } }\n    }\n  }\n"): typeof import('./graphql.ts').WidgetSignalsDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation WidgetTyping($input: SetTypingInput!) {\n    setTyping(input: $input) {\n      __typename\n    }\n  }\n"): typeof import('./graphql.ts').WidgetTypingDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
