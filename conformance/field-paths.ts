const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const pathsOf = (value: unknown, path: string): string[] => {
  const here = `${path || '.'} ${typeOf(value)}`;
  if (Array.isArray(value)) return [here, ...value.flatMap((item) => pathsOf(item, `${path}[]`))];
  if (typeof value !== 'object' || value === null) return [here];
  return [here, ...Object.entries(value).flatMap(([name, member]) => pathsOf(member, `${path}.${name}`))];
};

/** Every field of an answer with its type, one a line, in the order of their names: what a reader may rely on. */
export const fieldPaths = (answer: unknown): string => `${[...new Set(pathsOf(answer, ''))].sort().join('\n')}\n`;
