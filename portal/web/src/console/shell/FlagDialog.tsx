import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Checkbox, Dialog, Field, TextArea } from "@/design";
import { bounds } from "@/records/bounds";
import { byteLength } from "@/records/spell";
import { type FlagReason, flagReasons } from "@/records/submission";
import type { Entry } from "../state/entry";

interface FlagProps {
  open: boolean;
  entry: Entry;
  onClose: () => void;
  onFlag: (flags: FlagReason[], note: string) => void;
}

/** Reports something about an item; the answer is submitted all the same. */
export function FlagDialog({ open, entry, onClose, onFlag }: FlagProps) {
  const { t } = useTranslation("console");
  return (
    <Dialog open={open} onOpenChange={(o) => !o && onClose()} title={t("flag.title")} lead={t("flag.lead")}>
      <FlagForm entry={entry} onClose={onClose} onFlag={onFlag} />
    </Dialog>
  );
}

function FlagForm({ entry, onClose, onFlag }: Omit<FlagProps, "open">) {
  const { t } = useTranslation("console");
  const [flags, setFlags] = useState<FlagReason[]>(entry.flags ?? []);
  const [note, setNote] = useState(entry.note ?? "");
  const long = byteLength(note) > bounds.note;
  const toggle = (flag: FlagReason, on: boolean) =>
    setFlags(flagReasons.filter((f) => (f === flag ? on : flags.includes(f))));
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(e) => {
        e.preventDefault();
        if (!long) onFlag(flags, note.trim());
      }}
    >
      <fieldset>
        <legend className="font-medium">{t("flag.what")}</legend>
        {flagReasons.map((flag) => (
          <Checkbox key={flag} label={t(`flag.reason.${flag}`)} checked={flags.includes(flag)} onChange={(on) => toggle(flag, on)} />
        ))}
      </fieldset>
      <Field label={t("note.label")} error={long && t("note.long", { most: bounds.note })}>
        <TextArea rows={2} value={note} onChange={(e) => setNote(e.target.value)} />
      </Field>
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button look="primary" type="submit">
          {t(flags.length > 0 ? "flag.confirm" : "flag.none")}
        </Button>
      </div>
    </form>
  );
}
