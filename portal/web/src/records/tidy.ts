import { Refusal } from "./refusal";

/** Rebuilds one part of a value, or refuses it. */
type Tidy<T> = (value: unknown) => T;

const wrong = (want: string, value: unknown) => new Refusal("type", { name: want, value: JSON.stringify(value).slice(0, 80) });

/** An integer that every browser reads the same. */
export const integer: Tidy<number> = (value) => {
  if (!Number.isSafeInteger(value)) throw wrong("integer", value ?? null);
  return (value as number) + 0;
};

export const text: Tidy<string> = (value) => {
  if (typeof value !== "string") throw wrong("text", value ?? null);
  return value.toWellFormed();
};

/** Left out where it is 0 or "". */
export function sparse<T extends string | number>(of: Tidy<T>): Tidy<T | undefined> {
  return (value) => (value === undefined ? undefined : of(value) || undefined);
}

/** Left out only where it is not there. */
export function optional<T>(of: Tidy<T>): Tidy<T | undefined> {
  return (value) => (value === undefined ? undefined : of(value));
}

/** True, or left out. */
export const flag: Tidy<true | undefined> = (value) => {
  if (value !== undefined && typeof value !== "boolean") throw wrong("true", value);
  return value || undefined;
};

export function list<T>(of: Tidy<T>): Tidy<T[]> {
  return (value) => {
    if (!Array.isArray(value)) throw wrong("list", value ?? null);
    return value.map(of);
  };
}

export const pair: Tidy<[number, number]> = (value) => {
  if (!Array.isArray(value) || value.length !== 2) throw wrong("pair", value ?? null);
  return [integer(value[0]), integer(value[1])];
};

/** An object of the members named, in their order; others are dropped. */
export function object<T extends object>(members: { [K in keyof T]-?: Tidy<T[K]> }): Tidy<T> {
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong("object", value ?? null);
    const from = value as Record<string, unknown>;
    const made: Record<string, unknown> = {};
    for (const [name, of] of Object.entries<Tidy<unknown>>(members)) {
      const member = of(from[name]);
      if (member !== undefined) made[name] = member;
    }
    return made as T;
  };
}
