import { expect, test } from "vitest";
import { readRows, readTable, TableFault } from "./table";

const texts = (text: string, comma: "," | "\t" = ",") => readRows(text, comma).map((row) => row.map((c) => c.text));

test.each([
  ["plain rows", "a,b\n1,2\n", [["a", "b"], ["1", "2"]]],
  ["no last line end", "a,b\n1,2", [["a", "b"], ["1", "2"]]],
  ["Windows line ends and a byte order mark", "\uFEFFa,b\r\n1,2\r\n", [["a", "b"], ["1", "2"]]],
  ["commas, quotes and lines within quotes", 'a,b\n"x, ""y""","1\n2"\n', [["a", "b"], ['x, "y"', "1\n2"]]],
  ["an empty last cell", "a,b\n1,\n", [["a", "b"], ["1", ""]]],
  ["blank lines", "a,b\n\n1,2\n\n", [["a", "b"], ["1", "2"]]],
])("reads %s", (_, text, rows) => {
  expect(texts(text)).toEqual(rows);
});

test("quotes mean nothing in a tab-separated file", () => {
  expect(texts('id\tsaid\n1\t"Hi", he said\n', "\t")).toEqual([["id", "said"], ["1", '"Hi", he said']]);
});

function fault(name: string, text: string): Pick<TableFault, "reason" | "line" | "column"> {
  try {
    readTable(name, text);
  } catch (error) {
    if (error instanceof TableFault) return { reason: error.reason, line: error.line, column: error.column };
  }
  throw new Error("no fault");
}

test.each([
  ["a quote that never ends", "a.csv", 'id,b\n1,"x\n', { reason: "quote", line: 2, column: 3 }],
  ["text after a quote", "a.csv", 'id,b\n1,"x"y\n', { reason: "stray", line: 2, column: 6 }],
  ["a row that is too wide", "a.csv", "id,b\n1,2,3\n", { reason: "width", line: 2, column: 5 }],
  ["an id that stands twice, after a cell of two lines", "a.csv", 'id,b\n1,"x\ny"\n1,z\n', { reason: "twice", line: 4, column: 1 }],
  ["an empty id", "a.csv", "id,b\n,2\n", { reason: "id", line: 2, column: 1 }],
  ["a head alone", "a.csv", "id,b\n", { reason: "empty", line: 1, column: 1 }],
  ["a broken line of JSON", "a.jsonl", '{"id":"1"}\n{"id":}\n', { reason: "json", line: 2 }],
])("names line and column of %s", (_, name, text, want) => {
  expect(fault(name, text)).toMatchObject(want);
});

test("the first column is the id, the others are what is shown", () => {
  expect(readTable("a.csv", "id,text\nx,hello\n")).toEqual([{ id: "x", data: { text: "hello" } }]);
});

test("a line of JSON without an id gets the number of its line", () => {
  expect(readTable("a.jsonl", '{"text":"hello"}\n')).toEqual([{ id: "1", data: { text: "hello" } }]);
});
