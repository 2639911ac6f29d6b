type Path = readonly (string | number)[]

/** Returns the part of an error's path that leads to the first null of the data; the whole path if there is none. */
export function pathOfFirstNull(data: unknown, path: Path): Path {
  let value = data
  for (const [at, key] of path.entries()) {
    if (value === null) return path.slice(0, at)
    value = Object(value)[key]
  }
  return path
}
