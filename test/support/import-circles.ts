/**
 * Finds the files that import each other in a circle, each circle as a sorted list (the strongly connected components
 * of the import graph, by Tarjan's algorithm).
 */
export function findCircles(
  importsByFile: ReadonlyMap<string, readonly string[]>,
): readonly (readonly string[])[] {
  const indexes = new Map<string, number>()
  const stack: string[] = []
  const circles: string[][] = []

  const visit = (file: string): number => {
    const index = indexes.size
    indexes.set(file, index)
    stack.push(file)
    let low = index
    for (const imported of importsByFile.get(file) ?? []) {
      if (!importsByFile.has(imported)) continue
      if (!indexes.has(imported)) low = Math.min(low, visit(imported))
      else if (stack.includes(imported)) low = Math.min(low, indexes.get(imported) ?? low)
    }
    if (low === index) {
      const component = stack.splice(stack.indexOf(file))
      if (component.length > 1) circles.push(component.sort())
    }
    return low
  }

  for (const file of importsByFile.keys()) if (!indexes.has(file)) visit(file)
  return circles
}
