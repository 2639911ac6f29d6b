import type { Department as DepartmentModel } from '../domain/model.ts'
import { builder } from './builder.ts'
import { Node } from './node.ts'

export const Department = builder.objectRef<DepartmentModel>('Department').implement({
  description: 'A Rocket.Chat department; a LiveChat group (formerly skill).',
  interfaces: [Node],
  fields: (t) => ({
    nativeId: t.exposeString('nativeId', { description: 'The provider’s own id.' }),
    name: t.exposeString('name', {
      nullable: true,
      description: 'Null where the provider does not tell it.',
    }),
    online: t.exposeBoolean('online', {
      nullable: true,
      description:
        'Whether somebody is there to answer, as of at most a minute ago; null where the provider does not tell it. Rocket.Chat tells only that nobody is there at all: then it is false for every department.',
    }),
  }),
})
