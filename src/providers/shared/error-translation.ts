/** Converts any error of a provider's request into one that clients may receive. */
type Translate = (error: unknown) => unknown

/** Wraps methods so that their errors are translated. */
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

/** Wraps lists so that their errors are translated. */
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
