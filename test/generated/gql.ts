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
    "query SmokeRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) { id status messages(last: 5) { nodes { id text } pageInfo { endCursor } } }\n}": typeof types.SmokeRoomDocument,
    "mutation SmokeSend($input: SendMessageInput!) {\n  sendMessage(input: $input) { ... on SendMessagePayload { message { id text } } ... on UserError { code detail } }\n}": typeof types.SmokeSendDocument,
    "subscription SmokeEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) { __typename cursor ... on MessageAddedEvent { message { text } } }\n}": typeof types.SmokeEventsDocument,
};
const documents: Documents = {
    "query SmokeRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) { id status messages(last: 5) { nodes { id text } pageInfo { endCursor } } }\n}": types.SmokeRoomDocument,
    "mutation SmokeSend($input: SendMessageInput!) {\n  sendMessage(input: $input) { ... on SendMessagePayload { message { id text } } ... on UserError { code detail } }\n}": types.SmokeSendDocument,
    "subscription SmokeEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) { __typename cursor ... on MessageAddedEvent { message { text } } }\n}": types.SmokeEventsDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query SmokeRoom($id: String!) {\n  roomByNativeId(provider: \"rocketchat\", nativeId: $id) { id status messages(last: 5) { nodes { id text } pageInfo { endCursor } } }\n}"): typeof import('./graphql.ts').SmokeRoomDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation SmokeSend($input: SendMessageInput!) {\n  sendMessage(input: $input) { ... on SendMessagePayload { message { id text } } ... on UserError { code detail } }\n}"): typeof import('./graphql.ts').SmokeSendDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription SmokeEvents($id: ID!, $after: String) {\n  roomEvents(roomId: $id, after: $after) { __typename cursor ... on MessageAddedEvent { message { text } } }\n}"): typeof import('./graphql.ts').SmokeEventsDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
