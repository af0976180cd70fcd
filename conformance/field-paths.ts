const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);

const pathsOf = (value: unknown, path: string): string[] => {
  const here = `${path || '.'} ${typeOf(value)}`;
  if (Array.isArray(value)) return [here, ...value.flatMap((item) => pathsOf(item, `${path}[]`))];
  if (typeof value !== 'object' || value === null) return [here];
  return [here, ...Object.entries(value).flatMap(([name, member]) => pathsOf(member, `${path}.${name}`))];
};

const asText = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

/** Every field of an answer with its type, one a line, in the order of their names: what a reader may rely on. */
export const fieldPaths = (answer: unknown): string => asText([...new Set(pathsOf(answer, ''))].sort());

/** The same of several answers of one kind, by their names. A field that not all of them have is followed by who has it. */
export const fieldPathsOfEach = (answers: Readonly<Record<string, unknown>>): string => {
  const owners = new Map<string, Set<string>>();
  for (const [name, answer] of Object.entries(answers)) {
    for (const field of pathsOf(answer, '')) owners.set(field, (owners.get(field) ?? new Set()).add(name));
  }
  const all = Object.keys(answers).length;
  const lines = [...owners].map(([field, names]) =>
    names.size === all ? field : `${field} in ${[...names].join(', ')}`,
  );
  return asText(lines.sort());
};

/** The fields that a text of {@link fieldPaths} or {@link fieldPathsOfEach} tells of, as `path` and `type`. */
export const readFieldPaths = (text: string): { path: string; type: string }[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
    .map(([path = '', type = '']) => ({ path: path === '.' ? '' : path, type }));
