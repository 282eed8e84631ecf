import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "./Icon";

export interface Column<Row> {
  key: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** What rows are put in order by; without it the column is not sortable. */
  sort?: (row: Row) => number | string | bigint;
  /** "end" for numbers. */
  align?: "start" | "end";
}

interface TableProps<Row> {
  /** What the table holds, for screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

interface Order {
  key: string;
  down: boolean;
}

function arranged<Row>(rows: readonly Row[], columns: readonly Column<Row>[], order: Order | undefined) {
  const by = columns.find((column) => column.key === order?.key)?.sort;
  if (!by || !order) return rows;
  const sign = order.down ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [by(a), by(b)];
    return x < y ? -sign : x > y ? sign : 0;
  });
}

/** Rows and columns, sorted by a click on a head; on phones each row is a block of its own. */
export function Table<Row>({ caption, columns, rows, rowKey }: TableProps<Row>) {
  const [order, setOrder] = useState<Order>();
  return (
    <div className="overflow-x-auto rounded-xl border border-line bg-raised">
      <table role="table" className="w-full wrap-break-word max-sm:block">
        <caption className="sr-only">{caption}</caption>
        <thead role="rowgroup" className="border-b border-line bg-sunken text-sm max-sm:sr-only">
          <tr role="row">
            {columns.map((column) => (
              <Head key={column.key} column={column} order={order} onOrder={setOrder} />
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="max-sm:block">
          {arranged(rows, columns, order).map((row) => (
            <tr key={rowKey(row)} role="row" className="border-b border-line last:border-0 max-sm:block max-sm:p-3">
              {columns.map((column) => (
                <td key={column.key} role="cell" className={`h-(--row) px-3 py-1 max-sm:flex max-sm:h-auto max-sm:justify-between max-sm:gap-4 max-sm:px-0 ${side(column)}`}>
                  <span aria-hidden="true" className="shrink-0 text-sm text-muted sm:hidden">
                    {column.header}
                  </span>
                  <span className="max-sm:text-end">{column.cell(row)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const side = (column: { align?: "start" | "end" }) => (column.align === "end" ? "text-end tabular-nums" : "text-start");

function Head<Row>({ column, order, onOrder }: { column: Column<Row>; order?: Order; onOrder: (order: Order) => void }) {
  const { t } = useTranslation("design");
  const mine = order?.key === column.key;
  const sorted = mine ? (order.down ? "descending" : "ascending") : "none";
  return (
    <th role="columnheader" scope="col" aria-sort={column.sort && sorted} className={`px-3 py-2 font-medium ${side(column)}`}>
      {column.sort ? (
        <button
          type="button"
          title={t("sort")}
          className="inline-flex min-h-6 cursor-pointer items-center gap-1"
          onClick={() => onOrder({ key: column.key, down: mine ? !order.down : column.align === "end" })}
        >
          {column.header}
          <Icon name={mine && order.down ? "sortDown" : "sortUp"} className={mine ? "" : "opacity-35"} />
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}
