import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, Dialog, Field, RadioGroup, TextArea } from "@/design";
import { bounds } from "@/records/bounds";
import { byteLength } from "@/records/spell";
import { type SkipReason, skipReasons } from "@/records/submission";

interface SkipProps {
  open: boolean;
  /** The reason that is offered first. */
  first?: SkipReason;
  onClose: () => void;
  onSkip: (reason: SkipReason, note: string) => void;
}

/** Asks why an item is not answered. */
export function SkipDialog({ open, first, onClose, onSkip }: SkipProps) {
  return (
    <Dialog open={open} onOpenChange={(o) => !o && onClose()} title={<SkipTitle />}>
      <SkipForm first={first} onClose={onClose} onSkip={onSkip} />
    </Dialog>
  );
}

function SkipTitle() {
  return useTranslation("console").t("skip.title");
}

function SkipForm({ first, onClose, onSkip }: Omit<SkipProps, "open">) {
  const { t } = useTranslation("console");
  const [reason, setReason] = useState<SkipReason>(first ?? "unclear");
  const [note, setNote] = useState("");
  const long = byteLength(note) > bounds.note;
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(e) => {
        e.preventDefault();
        if (!long) onSkip(reason, note.trim());
      }}
    >
      <RadioGroup
        label={t("skip.why")}
        hint={t("skip.harmless")}
        options={skipReasons.map((value) => ({ value, label: t(`skip.reason.${value}`) }))}
        value={reason}
        onChange={setReason}
      />
      <Field label={t("note.label")} error={long && t("note.long", { most: bounds.note })}>
        <TextArea rows={2} value={note} onChange={(e) => setNote(e.target.value)} />
      </Field>
      <div className="flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button look="primary" type="submit">
          {t("skip.confirm")}
        </Button>
      </div>
    </form>
  );
}
