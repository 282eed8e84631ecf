/** Why media cannot be shown; each is a text of the catalogue. */
export type Trouble = "missing" | "network" | "type" | "broken" | "huge" | "none" | "display";

/** Media that cannot be shown, with the value and the bound it broke. */
export class MediaFault extends Error {
  constructor(
    readonly trouble: Trouble,
    readonly values: Record<string, string | number> = {},
  ) {
    super(`${trouble} ${JSON.stringify(values)}`);
    this.name = "MediaFault";
  }
}

/** A fault as it crosses from a worker. */
export interface PlainFault { trouble: Trouble; values: Record<string, string | number> }

export function plain(error: unknown): PlainFault {
  if (error instanceof MediaFault) return { trouble: error.trouble, values: error.values };
  return { trouble: "broken", values: { why: error instanceof Error ? error.message : String(error) } };
}

export function faultOf(error: unknown): MediaFault {
  if (error instanceof MediaFault) return error;
  const { trouble, values } = plain(error);
  return new MediaFault(trouble, values);
}
