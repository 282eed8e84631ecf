import { useQuery, useQueryClient } from "@tanstack/react-query";
import { MsgRevealGoldSchema } from "@gen/proto/alaya/work/v1/tx_pb";
import type { RequestTerms } from "@gen/proto/alaya/market/v1/market_pb";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Request, Schemas } from "@/api/types";
import { putBlob } from "@/api/work";
import { Button, Countdown, ErrorNote, Note, save, toast } from "@/design";
import { toHex } from "@/records/hash";
import { message, useSend } from "@/wallet";
import { FileButton } from "../FileButton";
import { itemsAsked } from "./asked";
import { openGold, type GoldLabel } from "./gold";
import { exportGold, goldOf, importGold } from "./keep";

interface Props {
  request: Request;
  terms: RequestTerms;
}

/** What a requester does with the known answers: keeps them safe, opens them in time. */
export function GoldPanel({ request, terms }: Props) {
  const { t } = useTranslation("desk");
  const root = toHex(terms.gold?.root ?? new Uint8Array());
  const kept = useQuery({ queryKey: ["gold", root], queryFn: async () => (await goldOf(root)) ?? null });
  const round = request.rounds.find((r) => r.state === "gold");
  if (!terms.gold?.count) return null;
  return (
    <Note tone={round ? "warn" : kept.data ? "info" : "warn"} title={t(round ? "gold.now" : "gold.title", { count: terms.gold.count })}>
      {round && round.deadline > 0 && <p>{t("gold.until")} <Countdown until={round.deadline} /></p>}
      {kept.data ? <p>{t("gold.here")}</p> : kept.data === null && <p>{t("gold.missing")}</p>}
      <div className="mt-2 flex flex-wrap gap-2">
        {round && kept.data && <OpenButton {...{ request, terms, round }} labels={kept.data.labels} />}
        {kept.data ? (
          <Button icon="download" onClick={() => kept.data && save(exportGold(kept.data), `gold-${request.id}.json`)}>{t("gold.export")}</Button>
        ) : (
          <Import root={root} />
        )}
      </div>
    </Note>
  );
}

function OpenButton({ request, terms, round, labels }: Props & { round: Schemas["Round"]; labels: GoldLabel[] }) {
  const { t } = useTranslation("desk");
  const send = useSend();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const open = async () => {
    const blob = await openGold(labels, await itemsAsked(terms, round));
    const content = blob.length > 0 ? await putBlob(blob) : "";
    await send([message(MsgRevealGoldSchema, { request: request.id, round: round.number, content })], { quiet: true });
    toast({ title: t("gold.opened"), tone: "good" });
    await client.invalidateQueries({ queryKey: [`/requests/${request.id}`] });
  };
  const start = () => {
    setBusy(true);
    setError(undefined);
    open().catch(setError).finally(() => setBusy(false));
  };
  return (
    <>
      <Button look="primary" icon="key" busy={busy} onClick={start}>{t("gold.open")}</Button>
      {error !== undefined && <ErrorNote error={error} onRetry={start} />}
    </>
  );
}

function Import({ root }: { root: string }) {
  const { t } = useTranslation("desk");
  const client = useQueryClient();
  const [wrong, setWrong] = useState(false);
  const load = async (file: File) => {
    const fits = await file.text().then((text) => importGold(text, root)).catch(() => false);
    setWrong(!fits);
    if (fits) await client.invalidateQueries({ queryKey: ["gold", root] });
  };
  return (
    <>
      <FileButton accept=".json" icon="upload" onFile={(file) => void load(file)}>{t("gold.import")}</FileButton>
      {wrong && <p role="alert" className="w-full font-medium text-bad">{t("gold.wrong")}</p>}
    </>
  );
}
