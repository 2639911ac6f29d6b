import type { CodegenConfig } from '@graphql-codegen/cli'

const types = {
  useTypeImports: true,
  enumsAsTypes: true,
  strictScalars: true,
  scalars: { DateTime: 'string', Date: 'string' },
}
const typesAlone = {
  plugins: ['typescript', 'typescript-operations'],
  config: { ...types, onlyOperationTypes: true, skipTypename: false },
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
    // Types alone: the documents of the preset repeat their fragments, and import a package.
    'apps/widget/generated/operations.ts': {
      documents: ['apps/widget/src/documents.ts'],
      ...typesAlone,
    },
    'packages/client/src/generated/operations.ts': {
      documents: ['packages/client/src/documents.ts'],
      ...typesAlone,
    },
  },
}

export default config
