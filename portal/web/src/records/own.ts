/**
 * What an object itself holds by a name. Names of controls and data come from
 * strangers, and every object has a constructor that nobody gave it.
 */
export function own<T>(of: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return of && Object.hasOwn(of, name) ? of[name] : undefined;
}
