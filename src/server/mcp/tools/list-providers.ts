import { readsFacts, type Tool } from './tool.ts'

/** Describes the caller and the accounts that it may use. */
export const listProviders: Tool = {
  title: 'List providers',
  description:
    'Describes who you are here (name and permissions), and the chat accounts that you may use: their state, what they support, and their departments with the ids for `transfer_room`. Costs one call per provider and minute.',
  permission: 'READ',
  hints: readsFacts,
  document: /* GraphQL */ `
    query list_providers {
      viewer { name permissions }
      providers {
        name
        kind
        online
        health { status reason }
        capabilities
        departments { id name online }
      }
    }
  `,
}
