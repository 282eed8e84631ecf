/** Puts a list into groups by a key, in the order in which the keys come. */
export function groupBy<T, K>(list: readonly T[], key: (of: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of list) {
    const group = groups.get(key(one));
    if (group) group.push(one);
    else groups.set(key(one), [one]);
  }
  return groups;
}
