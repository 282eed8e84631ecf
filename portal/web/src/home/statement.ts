import type { Earning } from "@/api/types";
import { decimal } from "@/design/format";

const quoted = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `"'${text.replaceAll('"', '""')}"` : `"${text.replaceAll('"', '""')}"`);

const day = (at: number) => (at > 0 ? new Date(at).toISOString() : "");

/** Earnings as a table for spreadsheets. A title that would be read as a formula is quoted as text. */
export function statement(entries: readonly Earning[]): string {
  const head = "request,title,milestone,state,amount_aly,answers,score,release,released";
  const lines = entries.map((e) =>
    [e.request, quoted(e.title), e.milestone + 1, e.state, decimal(BigInt(e.amount)), e.answers, (e.score_ppm / 1e6).toFixed(6), day(e.release_at), day(e.released_at)].join(","),
  );
  return [head, ...lines, ""].join("\r\n");
}
