import type { CodegenConfig } from '@graphql-codegen/cli'

const types = {
  useTypeImports: true,
  enumsAsTypes: true,
  strictScalars: true,
  scalars: { DateTime: 'string', Date: 'string' },
}
const preset = { preset: 'client', presetConfig: { fragmentMasking: false } } as const

/** Typed documents for everything that speaks to the gateway in this repository: `npm run codegen`. */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  ignoreNoDocuments: true,
  importExtension: '.ts',
  generates: {
    'test/generated/': {
      documents: ['test/**/*.ts', 'sandbox/test/**/*.ts', '!test/generated/**'],
      ...preset,
      config: { documentMode: 'string', ...types },
    },
    'apps/console/generated/': {
      documents: ['apps/console/src/**/*.ts'],
      ...preset,
      config: { documentMode: 'string', ...types },
    },
    'apps/widget/generated/': {
      documents: ['apps/widget/src/operations.graphql'],
      ...preset,
      config: { documentMode: 'string', ...types },
    },
    // Types alone: the generated documents of the preset would import a package.
    'packages/client/src/generated/operations.ts': {
      documents: ['packages/client/src/documents.ts'],
      plugins: ['typescript', 'typescript-operations'],
      config: { ...types, onlyOperationTypes: true, skipTypename: false },
    },
  },
}

export default config
