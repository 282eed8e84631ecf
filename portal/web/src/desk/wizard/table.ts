import type { Item } from "@/records/form";

/** What is wrong with a table, and where: lines and columns from 1. */
export class TableFault extends Error {
  constructor(
    readonly reason: "quote" | "stray" | "width" | "json" | "twice" | "id" | "empty" | "many",
    readonly line: number,
    readonly column: number,
    readonly value: string | number = "",
  ) {
    super(`line ${line}, column ${column}: ${reason} ${value}`);
    this.name = "TableFault";
  }
}

export interface Cell {
  text: string;
  line: number;
  column: number;
}

/** The most items of a request made in the browser. */
export const mostItems = 200_000;

class Reader {
  private at = 0;
  private line = 1;
  private start = 0;

  constructor(private readonly text: string, private readonly comma: string) {}

  get done() {
    return this.at >= this.text.length;
  }

  private newline() {
    this.line++;
    this.start = this.at;
  }

  private quoted(line: number, column: number): string {
    let value = "";
    for (this.at++; ; this.at++) {
      if (this.done) throw new TableFault("quote", line, column);
      const c = this.text[this.at];
      if (c === '"' && this.text[this.at + 1] !== '"') break;
      if (c === '"') this.at++;
      value += c;
      if (c === "\n") {
        this.line++;
        this.start = this.at + 1;
      }
    }
    this.at++;
    const next = this.text[this.at];
    if (next !== undefined && next !== this.comma && next !== "\n" && next !== "\r") throw new TableFault("stray", this.line, this.at - this.start + 1, next);
    return value.replaceAll("\r\n", "\n");
  }

  private bare(): string {
    const from = this.at;
    while (!this.done && this.text[this.at] !== this.comma && this.text[this.at] !== "\n") this.at++;
    return this.text.slice(from, this.at).replace(/\r$/, "");
  }

  /** One row; blank lines are passed over. */
  row(): Cell[] | undefined {
    while (!this.done && /[\r\n]/.test(this.text[this.at] ?? "")) {
      if (this.text[this.at++] === "\n") this.newline();
    }
    if (this.done) return undefined;
    const cells: Cell[] = [];
    for (;;) {
      const [line, column] = [this.line, this.at - this.start + 1];
      // A tab-separated file has no quotes to speak of.
      const text = this.comma === "," && this.text[this.at] === '"' ? this.quoted(line, column) : this.bare();
      cells.push({ text, line, column });
      if (this.text[this.at] !== this.comma) break;
      this.at++;
    }
    if (this.text[this.at] === "\r") this.at++;
    if (this.text[this.at] === "\n") {
      this.at++;
      this.newline();
    }
    return cells;
  }
}

/** Reads comma- or tab-separated rows by RFC 4180, all as wide as the first. */
export function readRows(text: string, comma: "," | "\t"): Cell[][] {
  const reader = new Reader(text.replace(/^\uFEFF/, ""), comma);
  const rows: Cell[][] = [];
  for (let row = reader.row(); row; row = reader.row()) {
    const width = rows[0]?.length ?? row.length;
    if (row.length !== width) throw new TableFault("width", row[0]?.line ?? 1, row.at(-1)?.column ?? 1, `${row.length} / ${width}`);
    rows.push(row);
    if (rows.length > mostItems + 1) throw new TableFault("many", row[0]?.line ?? 1, 1, mostItems);
  }
  return rows;
}

function checkId(id: string, seen: Set<string>, line: number, column: number) {
  if (seen.has(id)) throw new TableFault("twice", line, column, id);
  if (id === "" || new TextEncoder().encode(id).length > 128) throw new TableFault("id", line, column, id.slice(0, 40));
  seen.add(id);
}

function fromRows([head = [], ...rows]: Cell[][]): Item[] {
  if (rows.length === 0) throw new TableFault("empty", 1, 1);
  const ids = new Set<string>();
  return rows.map(([first, ...rest]) => {
    checkId(first?.text ?? "", ids, first?.line ?? 1, first?.column ?? 1);
    return { id: first?.text ?? "", data: Object.fromEntries(rest.map((cell, i) => [head[i + 1]?.text ?? "", cell.text])) };
  });
}

function isItem(value: unknown): value is Item {
  return typeof value === "object" && value !== null && "id" in value && typeof value.id === "string";
}

function fromLines(text: string): Item[] {
  const ids = new Set<string>();
  const items = text.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch (error) {
      const place = /position (\d+)/.exec(String(error))?.[1];
      throw new TableFault("json", i + 1, place ? Number(place) + 1 : 1);
    }
    const item = isItem(value) ? value : { id: String(i + 1), data: value as Item["data"] };
    checkId(item.id, ids, i + 1, 1);
    return [item];
  });
  if (items.length === 0) throw new TableFault("empty", 1, 1);
  if (items.length > mostItems) throw new TableFault("many", mostItems + 1, 1, mostItems);
  return items;
}

/** Reads a table of items by the ending of its name: .csv, .tsv (first column: the id) or .jsonl. */
export function readTable(name: string, text: string): Item[] {
  if (/\.(jsonl|ndjson)$/i.test(name)) return fromLines(text);
  return fromRows(readRows(text, /\.tsv$/i.test(name) ? "\t" : ","));
}

export const isTable = (name: string) => /\.(csv|tsv|jsonl|ndjson)$/i.test(name);
