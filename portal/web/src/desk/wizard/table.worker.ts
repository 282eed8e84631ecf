import { serve } from "@/console/media/serve";
import type { Item } from "@/records/form";
import { readTable, TableFault } from "./table";

export type TableAnswer = { items: Item[] } | { fault: Pick<TableFault, "reason" | "line" | "column" | "value"> };

serve<File, TableAnswer>(async (file) => {
  try {
    return { result: { items: readTable(file.name, await file.text()) }, hand: [] };
  } catch (error) {
    if (!(error instanceof TableFault)) throw error;
    const { reason, line, column, value } = error;
    return { result: { fault: { reason, line, column, value } }, hand: [] };
  }
});
