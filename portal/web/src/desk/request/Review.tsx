import { useQuery } from "@tanstack/react-query";
import { MsgContestSchema, MsgWithdrawContestSchema } from "@gen/proto/alaya/settle/v1/tx_pb";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { settledQuery, type Payout, type Settled } from "@/api/desk";
import { putBlob } from "@/api/work";
import { Address, Amount, Badge, Button, Cid, Dialog, EmptyState, Field, Loaded, Note, Ppm, Section, Select, Stat, Stats, Table, TextArea, Time, useFormat, useNow, type Column } from "@/design";
import { utf8 } from "@/records/spell";
import { message } from "@/wallet";
import { FileButton } from "../FileButton";
import { SendButton } from "../parts";
import type { PartProps } from "./props";

const reasons = ["wrong_labels", "spam", "copied", "off_guideline"] as const;

/** What is paid for each milestone, when it is released, and a contest of what is wrong. */
export function Review({ request, mine }: PartProps) {
  const { t } = useTranslation("desk");
  const judged = new Set(request.verdicts.filter((v) => v.final).map((v) => request.rounds.find((r) => r.number === v.round)?.milestone));
  return (
    <div className="flex flex-col gap-8">
      {Array.from({ length: Math.max(1, request.milestones) }, (_, m) => (
        <Section key={m} title={t("review.milestone", { number: m + 1 })}>
          {judged.has(m) ? <Milestone request={request.id} milestone={m} mine={mine} /> : <Unjudged />}
        </Section>
      ))}
    </div>
  );
}

function Unjudged() {
  const { t } = useTranslation("desk");
  return <EmptyState icon="clock" title={t("review.none")}>{t("review.noneText")}</EmptyState>;
}

function Milestone({ request, milestone, mine }: { request: string; milestone: number; mine: boolean }) {
  const query = useQuery(settledQuery(request, milestone));
  return (
    <Loaded query={query} lines={4}>
      {(settled) => (settled ? <Shown {...{ settled, request, milestone, mine }} /> : <Unjudged />)}
    </Loaded>
  );
}

interface Props {
  settled: Settled;
  request: string;
  milestone: number;
  mine: boolean;
}

function Shown({ settled, request, milestone, mine }: Props) {
  const { t } = useTranslation("desk");
  const { number } = useFormat();
  const [contesting, setContesting] = useState<Payout>();
  const now = useNow(10_000);
  const release = Number(settled.release_at);
  const reviewing = settled.state.endsWith("REVIEW") && now < release;
  const columns: Column<Payout>[] = [
    { key: "who", header: t("bids.bidder"), cell: ({ entry }) => <Address of={entry.contributor} to={`/explorer/parties/${entry.contributor}`} /> },
    { key: "answers", header: t("dash.answers"), cell: ({ entry }) => number(Number(entry.answers)), sort: ({ entry }) => Number(entry.answers), align: "end" },
    { key: "skill", header: t("people.skill"), cell: ({ entry }) => <Ppm value={entry.skill} />, sort: ({ entry }) => entry.skill, align: "end" },
    { key: "amount", header: t("review.amount"), cell: ({ entry }) => <Amount ualy={entry.amount} />, sort: ({ entry }) => BigInt(entry.amount), align: "end" },
    { key: "state", header: t("state"), cell: (p) => <State payout={p} settled={settled} /> },
    {
      key: "do",
      header: "",
      cell: (p) => mine && <Act payout={p} {...{ request, milestone, reviewing }} onContest={() => setContesting(p)} />,
    },
  ];
  return (
    <div className="flex flex-col gap-4">
      <Stats>
        <Stat label={t("review.total")} value={<Amount ualy={settled.total} digits={2} />} hint={<><Ppm value={settled.due} digits={0} /> {t("review.due")}</>} />
        <Stat label={t("review.released")} value={<Amount ualy={settled.released} digits={2} />} />
        <Stat label={t("review.releaseAt")} value={release > 0 ? <Time at={release} /> : "–"} hint={release > 0 && <Time at={release} absolute />} />
      </Stats>
      {reviewing && mine && <Note title={t("review.open")}>{t("review.openText")}</Note>}
      <Table caption={t("review.total")} columns={columns} rows={settled.payouts} rowKey={(p) => p.entry.contributor} />
      {contesting && <ContestDialog payout={contesting} {...{ request, milestone }} onClose={() => setContesting(undefined)} />}
    </div>
  );
}

function State({ payout, settled }: { payout: Payout; settled: Settled }) {
  const { t } = useTranslation("desk");
  const contest = settled.contests.find((c) => c.contributor === payout.entry.contributor);
  if (payout.entry.worthless) return <Badge tone="bad">{t("review.worthless")}</Badge>;
  if (payout.state.endsWith("RELEASED")) return <Badge tone="good" icon="check">{t("review.paid")}</Badge>;
  if (!contest) return <Badge tone="info" icon="clock">{t("review.pending")}</Badge>;
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <Badge tone="warn" icon="flag">{t(`reason.${contest.reason}`)}</Badge>
      <Cid of={contest.evidence} /> <Time at={Number(contest.deadline)} />
    </span>
  );
}

function Act({ payout, request, milestone, reviewing, onContest }: Omit<Props, "settled" | "mine"> & { payout: Payout; reviewing: boolean; onContest: () => void }) {
  const { t } = useTranslation("desk");
  const { contributor } = payout.entry;
  if (payout.state.endsWith("CONTESTED")) {
    return <SendButton request={request} make={() => message(MsgWithdrawContestSchema, { request, milestone, contributor })}>{t("review.withdraw")}</SendButton>;
  }
  if (!reviewing || !payout.state.endsWith("PENDING")) return null;
  return <Button look="quiet" icon="flag" onClick={onContest}>{t("review.contest")}</Button>;
}

function ContestDialog({ payout, request, milestone, onClose }: { payout: Payout; request: string; milestone: number; onClose: () => void }) {
  const { t } = useTranslation("desk");
  const [reason, setReason] = useState<(typeof reasons)[number]>("wrong_labels");
  const [text, setText] = useState("");
  const [file, setFile] = useState<File>();
  const make = async () => {
    const bytes = file ? new Uint8Array(await file.arrayBuffer()) : utf8(text);
    return message(MsgContestSchema, { request, milestone, contributor: payout.entry.contributor, reason, evidence: await putBlob(bytes) });
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("contest.title")}
      lead={t("contest.lead")}
      actions={
        <>
          <Button onClick={onClose}>{t("contest.back")}</Button>
          <SendButton request={request} look="danger" icon="flag" disabled={!file && text.trim() === ""} make={make} onSent={onClose}>{t("contest.do")}</SendButton>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label={t("contest.reason")} required>
          <Select value={reason} onChange={(e) => setReason(e.target.value as typeof reason)}>
            {reasons.map((r) => <option key={r} value={r}>{t(`reason.${r}`)}</option>)}
          </Select>
        </Field>
        <Field label={t("contest.evidence")} hint={t("contest.evidenceHint")} required={!file}>
          <TextArea rows={6} value={text} disabled={!!file} onChange={(e) => setText(e.target.value)} />
        </Field>
        <div className="flex flex-wrap items-center gap-2">
          <FileButton onFile={setFile}>{t("contest.file")}</FileButton>
          {file && <><bdi>{file.name}</bdi> <Button look="quiet" icon="close" onClick={() => setFile(undefined)}>{t("contest.noFile")}</Button></>}
        </div>
        <Note tone="warn">{t("contest.warn")}</Note>
      </div>
    </Dialog>
  );
}
