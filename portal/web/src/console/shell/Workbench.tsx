import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton, Menu, MenuItem } from "@/design";
import type { Control } from "@/records/form";
import type { SkipReason } from "@/records/submission";
import { shellCommands } from "../keys/commands";
import { KeysProvider, useCommands } from "../keys/Keys";
import { KeysDialog } from "../keys/KeysDialog";
import { commandsOf, type Picker } from "../plugins";
import { ActionBar, TopBar } from "./Bars";
import { BulkView, takesBulk } from "./BulkView";
import { focusControl } from "./ControlFrame";
import { FlagDialog } from "./FlagDialog";
import { FocusView, itemFrame } from "./FocusView";
import { usePrefetch } from "./prefetch";
import { SkipDialog } from "./SkipDialog";
import { type BenchProps, useBench } from "./useBench";

interface WorkbenchProps extends BenchProps {
  pick: Picker;
  /** Opens the guidelines. */
  onGuide: () => void;
  onSave?: () => void;
  /** Stands in the top bar: clock, pay. */
  aside?: ReactNode;
}

/** The page of items with all that answers them; it knows of no chain. */
export function Workbench(props: WorkbenchProps) {
  const { form, items, work, pick } = props;
  const item = items.find((i) => i.id === work.item) ?? items[0];
  const groups = useMemo(() => (item ? commandsOf(form, item, pick) : []), [form, item, pick]);
  return (
    <KeysProvider shell={shellCommands} groups={groups}>
      <Bench {...props} />
    </KeysProvider>
  );
}

const typed = ["text", "number"];

type Open = { dialog: "skip"; reason?: SkipReason } | { dialog: "flag" | "keys" } | undefined;

function Bench(props: WorkbenchProps) {
  const { form, items, work, pick, readOnly, update, onGuide, onSave, onComplete, aside } = props;
  const bench = useBench(props);
  const [open, setOpen] = useState<Open>();
  const [bulk, setBulk] = useState(false);
  const canBulk = takesBulk(form);
  const close = () => setOpen(undefined);
  const skip = () => (bench.entry.skip ? bench.unskip() : setOpen({ dialog: "skip" }));
  const proceed = bench.done === items.length ? onComplete : bench.next;
  useFocusOn(bench.item.id, form.controls[0]);
  usePrefetch(items, bench.index);
  useCommands(!open, {
    submit: readOnly ? undefined : proceed,
    skip: readOnly ? undefined : skip,
    flag: readOnly ? undefined : () => setOpen({ dialog: "flag" }),
    undo: bench.undo,
    redo: bench.redo,
    save: onSave,
    accept: () => bench.accept(),
    previous: () => bench.go(bench.index - 1),
    next: () => bench.go(bench.index + 1),
    previousControl: bench.previousControl,
    nextControl: bench.nextControl,
    guide: onGuide,
    view: canBulk ? () => setBulk(!bulk) : undefined,
    keys: () => setOpen({ dialog: "keys" }),
  });
  return (
    <div className="flex flex-col gap-3">
      <TopBar bench={bench}>
        {aside}
        <Tools bench={bench} work={work} readOnly={readOnly} bulk={canBulk ? bulk : undefined} onBulk={setBulk} onGuide={onGuide} onKeys={() => setOpen({ dialog: "keys" })} />
      </TopBar>
      {bulk && canBulk ? (
        <BulkView {...{ form, items, work, bench, pick, readOnly, update }} />
      ) : (
        <FocusView {...{ form, bench, pick, readOnly }} onBroken={() => setOpen({ dialog: "skip", reason: "broken" })} />
      )}
      <ActionBar
        bench={bench}
        readOnly={readOnly}
        last={bench.standings.length === 1}
        onSkip={skip}
        onFlag={() => setOpen({ dialog: "flag" })}
        onComplete={onComplete}
      />
      <SkipDialog
        open={open?.dialog === "skip"}
        first={open?.dialog === "skip" ? open.reason : undefined}
        onClose={close}
        onSkip={(reason, note) => {
          close();
          bench.set({ ...bench.entry, skip: reason, note: note || bench.entry.note });
        }}
      />
      <FlagDialog
        open={open?.dialog === "flag"}
        entry={bench.entry}
        onClose={close}
        onFlag={(flags, note) => {
          close();
          bench.set({ ...bench.entry, flags, note: note || undefined });
        }}
      />
      <KeysDialog open={open?.dialog === "keys"} onClose={close} />
    </div>
  );
}

interface ToolsProps {
  bench: ReturnType<typeof useBench>;
  work: WorkbenchProps["work"];
  readOnly: boolean;
  /** Undefined: the form is not for many items at once. */
  bulk: boolean | undefined;
  onBulk: (bulk: boolean) => void;
  onGuide: () => void;
  onKeys: () => void;
}

function Tools({ bench, work, readOnly, bulk, onBulk, onGuide, onKeys }: ToolsProps) {
  const { t } = useTranslation("console");
  return (
    <div className="flex items-center">
      <IconButton icon="undo" label={t("command.undo")} disabled={readOnly || work.past.length === 0} onClick={bench.undo} />
      <IconButton icon="redo" label={t("command.redo")} disabled={readOnly || work.future.length === 0} onClick={bench.redo} />
      <IconButton icon="info" label={t("command.guide")} onClick={onGuide} />
      <Menu trigger={<IconButton icon="more" label={t("more")} />}>
        <MenuItem icon="settings" onSelect={onKeys}>
          {t("command.keys")}
        </MenuItem>
        {bulk !== undefined && (
          <MenuItem icon="filter" onSelect={() => onBulk(!bulk)}>
            {t(bulk ? "bulk.leave" : "bulk.enter")}
          </MenuItem>
        )}
      </Menu>
    </div>
  );
}

/** Leads the focus to an item when it comes: into its field when it begins with one, else to the item itself. */
function useFocusOn(item: string, first: Control | undefined) {
  const name = first && typed.includes(first.type) ? first.name : undefined;
  const before = useRef(item);
  useEffect(() => {
    if (before.current === item) return;
    before.current = item;
    window.scrollTo({ top: 0 });
    if (name) focusControl(item, name);
    else document.getElementById(itemFrame)?.focus({ preventScroll: true });
  }, [item, name]);
}
