/** A source of numbers from 0 to 1 for tests: the same ones for the same seed. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A file with some of its bytes changed, cut off or repeated. */
export function damaged(file: Uint8Array, next: () => number): Uint8Array {
  const copy = file.slice(0, next() < 0.3 ? Math.floor(next() * file.length) : file.length);
  for (let i = Math.floor(next() * 8); i > 0; i--) copy[Math.floor(next() * copy.length)] = Math.floor(next() * 256);
  return copy;
}
