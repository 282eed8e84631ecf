import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { relay, type Lease } from "@/api/work";
import { announce, Button, Note, Time, toast, useNow } from "@/design";
import type { Form, Item, Spec } from "@/records/form";
import { useSend } from "@/wallet";
import type { Picker } from "../plugins";
import { Workbench } from "../shell/Workbench";
import { drafts, draftWriter, nameOfPage } from "../state/draft";
import { entryOf, spend, type Work } from "../state/history";
import { openings, seal } from "../submit/opening";
import { submit } from "../submit/submit";
import { Aside } from "./Aside";
import { total } from "./pay";
import { SubmitDialog } from "./SubmitDialog";
import { useActiveTime } from "./useActiveTime";

interface DeskProps {
  lease: Lease;
  contributor: string;
  spec: Spec;
  form: Form;
  items: Item[];
  pick: Picker;
  price: string;
  leaseMs: number;
  /** The work as the draft has it, and when that was written; 0: there was none. */
  initial: Work;
  restoredAt: number;
  /** Another tab has the page. */
  elsewhere: boolean;
  onGuide: () => void;
  onLeft: () => void;
  onSubmitted: () => void;
}

/** One leased page at work: its draft, its clock, and handing it in. */
export function PageDesk(props: DeskProps) {
  const { lease, contributor, form, items, pick, initial, restoredAt, elsewhere, onGuide } = props;
  const { t } = useTranslation("console");
  const [work, setWork] = useState(initial);
  const [submitting, setSubmitting] = useState(false);
  const draft = useDraft(nameOfPage({ contributor, ...lease }), work, initial);
  const expired = useNow() >= lease.expires;
  const readOnly = elsewhere || expired;
  useActiveTime(work.item, (item, ms) => !readOnly && setWork((w) => spend(w, item, ms)));
  return (
    <div className="flex flex-col gap-3">
      {restoredAt > 0 && !elsewhere && <Restored at={restoredAt} />}
      {elsewhere && <Note tone="warn" title={t("lock.title")}>{t("lock.text")}</Note>}
      {expired && (
        <Note tone="warn" title={t("lease.over")}>
          <p>{t("lease.overText")}</p>
          <Button className="mt-2" onClick={props.onLeft}>
            {t("lease.leave")}
          </Button>
        </Note>
      )}
      {draft.failed && <Note tone="bad" title={t("draft.failed")}>{draft.failed}</Note>}
      <Workbench
        form={form}
        items={items}
        work={work}
        update={setWork}
        readOnly={readOnly}
        pick={pick}
        onGuide={onGuide}
        onSave={() => void draft.save().then(() => announce(t("draft.saved")))}
        onComplete={() => !readOnly && setSubmitting(true)}
        aside={<Aside lease={lease} leaseMs={props.leaseMs} price={props.price} work={work} form={form} savedAt={draft.savedAt} />}
      />
      {submitting && <Submitting {...props} work={work} close={draft.close} onClose={() => setSubmitting(false)} />}
    </div>
  );
}

/** Writes the work down whenever it changes. */
function useDraft(name: string, work: Work, initial: Work) {
  const [savedAt, setSavedAt] = useState(0);
  const [failed, setFailed] = useState<string>();
  const writer = useMemo(
    () =>
      draftWriter(
        drafts,
        name,
        (at) => {
          setSavedAt(at);
          setFailed(undefined);
        },
        (error) => setFailed(String(error)),
      ),
    [name],
  );
  const last = useRef(initial);
  useEffect(() => {
    if (last.current === work) return;
    last.current = work;
    void writer.write(work);
  }, [work, writer]);
  return { savedAt, failed, save: () => writer.write(work), close: writer.close };
}

function Restored({ at }: { at: number }) {
  const { t } = useTranslation("console");
  const [shown, setShown] = useState(true);
  if (!shown) return null;
  return (
    <Note tone="info">
      <p className="flex flex-wrap items-center gap-x-3">
        <span className="font-medium">{t("draft.restored")}</span>
        <Time at={at} absolute />
        <Button look="quiet" onClick={() => setShown(false)}>
          {t("draft.fine")}
        </Button>
      </p>
    </Note>
  );
}

type SubmittingProps = DeskProps & { work: Work; close: () => Promise<void>; onClose: () => void };

/** Hands the page in: seals it, keeps what opens it, commits, lets the node open it if so wished. */
function Submitting({ lease, contributor, spec, form, items, work, price, close, onClose, onSubmitted }: SubmittingProps) {
  const { t } = useTranslation("console");
  const send = useSend();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const entries = items.map((item) => entryOf(work, item.id));
  const skips = entries.filter((e) => e.skip).length;
  const summary = {
    answers: items.length - skips,
    skips,
    flags: entries.filter((e) => e.flags?.length).length,
    ms: items.reduce((sum, item) => sum + (work.ms[item.id] ?? 0), 0),
    pay: total(price, items.length - skips),
  };
  const handIn = async (byNode: boolean) => {
    setBusy(true);
    setError(undefined);
    try {
      const { request, round, page, guideline } = lease;
      const opening = await seal({ request, round, page, contributor, guideline }, spec, form, items, work);
      const opener = await submit(opening, byNode, { send, shelf: openings, relay });
      await close();
      await drafts.delete(nameOfPage({ contributor, ...lease }));
      toast({ tone: "good", title: t("submit.done"), text: t(`submit.opener.${opener}`) });
      onSubmitted();
    } catch (e) {
      setError(e);
      setBusy(false);
    }
  };
  return <SubmitDialog open summary={summary} busy={busy} error={error} onClose={onClose} onSubmit={(byNode) => void handIn(byNode)} />;
}
