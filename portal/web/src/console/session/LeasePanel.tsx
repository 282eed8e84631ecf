import { MsgLeasePagesSchema } from "@gen/proto/alaya/work/v1/tx_pb";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Fault } from "@/api/error";
import type { WorkRequest } from "@/api/work";
import { Amount, Button, ErrorNote, Fact, Facts, Field, Note, Section, Select } from "@/design";
import { message, useSend } from "@/wallet";

const counts = [1, 2, 4, 8];

interface LeaseProps {
  request: WorkRequest;
  contributor: string;
  /** The price of one answer, as agreed. */
  price: string;
  onLeased: () => void;
}

/** The round has pages enough from others, or has given this contributor all of them before. */
const isNoneLeft = (error: unknown) => error instanceof Fault && error.kind === "not found";

/** Takes pages: the chain draws which. What they pay stands before anything is taken. */
export function LeasePanel({ request, contributor, price, onLeased }: LeaseProps) {
  const { t } = useTranslation("console");
  const send = useSend();
  const [count, setCount] = useState(2);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const take = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await send([message(MsgLeasePagesSchema, { contributor, request: request.id, count })], { quiet: true, title: t("lease.take", { count }) });
      onLeased();
    } catch (e) {
      setError(e);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Section title={t("lease.title")} lead={t("lease.lead")} className="max-w-xl rounded-xl border border-line bg-raised p-5">
      <Facts>
        <Fact label={t("lease.price")}>
          <Amount ualy={price} />
        </Fact>
        <Fact label={t("lease.hourly")}>
          <Amount ualy={request.hourly_estimate} digits={2} />
        </Fact>
      </Facts>
      <div className="flex flex-wrap items-end gap-3">
        <Field label={t("lease.count")} plain className="w-40">
          <Select value={count} onChange={(e) => setCount(Number(e.target.value))}>
            {counts.map((n) => (
              <option key={n} value={n}>
                {t("lease.pages", { count: n })}
              </option>
            ))}
          </Select>
        </Field>
        <Button look="primary" busy={busy} onClick={() => void take()}>
          {t("lease.take", { count })}
        </Button>
      </div>
      {isNoneLeft(error) ? <Note title={t("lease.none")}>{t("lease.noneText")}</Note> : error !== undefined && <ErrorNote error={error} />}
    </Section>
  );
}
