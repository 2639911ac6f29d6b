/** Turns whatever a provider's call threw into what a client may be told. */
type Translate = (error: unknown) => unknown

/** Gives a method whose failures are of the one family. */
export function translateErrorsWith(translate: Translate) {
  return <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await work(...args)
      } catch (error) {
        throw translate(error)
      }
    }
}

/** Gives a list whose failures are of the one family. */
export function translateListErrorsWith(translate: Translate) {
  return <A extends readonly unknown[], T>(read: (...args: A) => AsyncIterable<T>) =>
    async function* (...args: A): AsyncGenerator<T> {
      try {
        yield* read(...args)
      } catch (error) {
        throw translate(error)
      }
    }
}
