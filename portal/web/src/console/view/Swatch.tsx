/** The colour of a class beside its name; screen readers are told the name alone. */
export function Swatch({ color }: { color?: string }) {
  if (!color) return null;
  return <span aria-hidden="true" className="size-3 shrink-0 rounded-sm ring-1 ring-line-strong" style={{ background: color }} />;
}
