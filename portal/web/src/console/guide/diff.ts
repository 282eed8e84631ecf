/** A line of a text that was kept, added or removed. */
export interface Line {
  sign: "=" | "+" | "-";
  text: string;
}

/** Beyond this many changed lines on a side, all of them count as new. */
const most = 1_000;

/** What became of a text, line by line. */
export function diff(before: string, after: string): Line[] {
  const a = before.split("\n");
  const b = after.split("\n");
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const same = (lines: string[]): Line[] => lines.map((text) => ({ sign: "=", text }));
  const middle = between(a.slice(head, a.length - tail), b.slice(head, b.length - tail));
  return [...same(a.slice(0, head)), ...middle, ...same(a.slice(a.length - tail))];
}

/** The lines of two texts along their longest common sequence. */
function between(a: string[], b: string[]): Line[] {
  const removed = (text: string): Line => ({ sign: "-", text });
  const added = (text: string): Line => ({ sign: "+", text });
  if (a.length > most || b.length > most) return [...a.map(removed), ...b.map(added)];
  const width = b.length + 1;
  const length = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => length[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      length[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const kept = i < a.length && j < b.length && a[i] === b[j];
    if (kept) {
      lines.push({ sign: "=", text: a[i++] as string });
      j++;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) lines.push(removed(a[i++] as string));
    else lines.push(added(b[j++] as string));
  }
  return lines;
}

/** The changed lines with a little of what stands around them; undefined stands for what is left out. */
export function excerpt(lines: Line[], around = 2): (Line | undefined)[] {
  const near = (at: number) => lines.slice(Math.max(0, at - around), at + around + 1).some((l) => l.sign !== "=");
  return lines.flatMap((line, i) => {
    if (near(i)) return [line];
    return i === 0 || near(i - 1) ? [undefined] : [];
  });
}
