/**
 * Names the keys that a mask stands for, bit `n` for key `n`. A visit's candidates have few masks among them: each list is made
 * once, and shared.
 */
export const nameKeys = <Name extends string>(keys: readonly { name: Name }[]): ((mask: number) => Name[]) => {
  const lists = new Map<number, Name[]>();
  return (mask) => {
    const known = lists.get(mask);
    if (known !== undefined) return known;
    const names = keys.filter((_, at) => (mask & (1 << at)) !== 0).map(({ name }) => name);
    lists.set(mask, names);
    return names;
  };
};
