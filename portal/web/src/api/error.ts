/** The kinds of failure that the gateway and the chain tell, and those of a browser. */
export type ErrorKind =
  | "invalid" | "not found" | "exists" | "forbidden" | "state" | "funds" | "limit" | "internal"
  | "offline" | "cancelled" | "locked";

/** A failure that says of which kind it is: that is what callers branch on. */
export class Fault extends Error {
  readonly kind: ErrorKind;

  constructor(kind: ErrorKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Fault";
    this.kind = kind;
  }
}

export const isFault = (error: unknown, kind: ErrorKind): error is Fault =>
  error instanceof Fault && error.kind === kind;
