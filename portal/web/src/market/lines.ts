/** The lines of a text that are there to their end; the last one only if the text is whole. */
export function wholeLines(text: string, whole: boolean): string[] {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  return (whole ? [...lines, last] : lines).filter((line) => line.trim() !== "");
}
