import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Amount, Button, Checkbox, Dialog, ErrorNote, Fact, Facts, useFormat } from "@/design";

/** What is handed in. */
export interface Summary {
  answers: number;
  skips: number;
  flags: number;
  ms: number;
  /** What it pays at most, in ualy. */
  pay: string;
}

interface SubmitProps {
  open: boolean;
  summary: Summary;
  busy: boolean;
  error: unknown;
  onClose: () => void;
  onSubmit: (byNode: boolean) => void;
}

const place = "alaya.relay";

/** A last look before a page is handed in, and who opens the answers later. */
export function SubmitDialog({ open, summary, busy, error, onClose, onSubmit }: SubmitProps) {
  const { t } = useTranslation("console");
  const { number, duration } = useFormat();
  const [byNode, setByNode] = useState(() => localStorage.getItem(place) !== "no");
  const choose = (on: boolean) => {
    setByNode(on);
    localStorage.setItem(place, on ? "yes" : "no");
  };
  return (
    <Dialog open={open} onOpenChange={(o) => !o && !busy && onClose()} title={t("submit.title")} lead={t("submit.lead")}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(e) => {
          e.preventDefault();
          onSubmit(byNode);
        }}
      >
        <Facts>
          <Fact label={t("submit.answers")}>{number(summary.answers)}</Fact>
          {summary.skips > 0 && <Fact label={t("submit.skips")}>{number(summary.skips)}</Fact>}
          {summary.flags > 0 && <Fact label={t("submit.flags")}>{number(summary.flags)}</Fact>}
          <Fact label={t("submit.time")}>{duration(summary.ms)}</Fact>
          <Fact label={t("submit.pay")}>
            <Amount ualy={summary.pay} />
          </Fact>
        </Facts>
        <Checkbox label={t("submit.relay")} hint={t("submit.relayHint")} checked={byNode} onChange={choose} />
        {error !== undefined && <ErrorNote error={error} />}
        <div className="flex justify-end gap-2">
          <Button look="quiet" disabled={busy} onClick={onClose}>
            {t("submit.back")}
          </Button>
          <Button look="primary" type="submit" busy={busy} autoFocus>
            {t("submit.page")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
