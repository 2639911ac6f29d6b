import { type Client, NetworkError, type TypedDocument } from '@switchboard/client'
import { type DisplayedError, errorFrom } from './ui/displayed-errors.ts'

/** What a query has read. Both can be filled: fields that failed are null. */
export interface ReadResult<Data> {
  readonly data: Data | null
  readonly errors: readonly DisplayedError[]
}

/** Sends a query. A gateway that cannot be reached is one of the errors that are displayed. */
export async function read<Data, V>(
  client: Client,
  document: TypedDocument<Data, V>,
  variables: V,
): Promise<ReadResult<Data>> {
  try {
    const { data, errors } = await client.execute(document, variables)
    return { data, errors: errors.map(errorFrom) }
  } catch (error) {
    if (error instanceof NetworkError) return { data: null, errors: [errorFrom(error)] }
    throw error
  }
}
