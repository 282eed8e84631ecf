import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Fault } from "@/api/error";
import type { TxDetail } from "@/api/tx";
import { Address, Amount, Button, Dialog, ErrorNote, Fact, Facts, Loading, toast, useStore } from "@/design";
import { GetAccount } from "./GetAccount";
import { UnlockForm } from "./Passphrase";
import { asks, settle, type Ask } from "./send";
import { prepare, transact, type Draft, type Step } from "./sender";
import { activate, useAccount, wallet, type Account } from "./state";
import { exactly, sentence } from "./words";

const cancelled = () => new Fault("cancelled", "Stopped before it was signed.");

/** Tells what is signed, asks for what is missing, signs, sends, and tells the outcome. */
export function SendDialog({ ask }: { ask: Ask }) {
  const { t } = useTranslation("wallet");
  const account = useAccount();
  const { unlocked } = useStore(wallet);
  const [step, setStep] = useState<Step>();
  const close = () => asks.set((before) => before.filter((other) => other !== ask));
  const finish = (tx: TxDetail) => {
    close();
    toast({ tone: "good", title: t("send.done"), text: [ask.options.title, t("send.inBlock", { height: tx.height })].filter(Boolean).join(" · ") });
    ask.done(tx);
  };
  const stop = (error: unknown = cancelled()) => {
    close();
    ask.failed(error);
  };
  const locked = account?.kind === "sealed" && !unlocked;
  return (
    <Dialog
      open
      firm={step !== undefined}
      onOpenChange={(open) => {
        if (!open && !step) stop();
      }}
      title={!account ? t("send.needAccount") : locked ? t("send.needKeys") : (ask.options.title ?? t("send.title"))}
      lead={!account ? t("send.needAccountLead") : locked ? t("send.needKeysLead") : undefined}
    >
      {!account ? (
        <GetAccount onDone={() => settle(ask)} />
      ) : locked ? (
        <UnlockForm onUnlocked={() => settle(ask)} />
      ) : (
        <Signing key={account.address} ask={ask} account={account} step={step} onStep={setStep} onDone={finish} onStop={stop} />
      )}
    </Dialog>
  );
}

interface SigningProps {
  ask: Ask;
  account: Account;
  step: Step | undefined;
  onStep: (step: Step | undefined) => void;
  onDone: (tx: TxDetail) => void;
  onStop: (error?: unknown) => void;
}

function Signing({ ask, account, step, onStep, onDone, onStop }: SigningProps) {
  const { t } = useTranslation("wallet");
  const [error, setError] = useState<unknown>();
  const draft = useQuery({
    queryKey: ["draft", account.address, ask.id],
    queryFn: () => prepare(ask.messages, account),
    retry: false,
    gcTime: 0,
    staleTime: Infinity,
  });
  const go = async (ready: Draft) => {
    setError(undefined);
    try {
      onDone(await transact(ready, onStep));
    } catch (cause) {
      onStep(undefined);
      setError(cause);
    }
  };
  const failure = error ?? draft.error;
  return (
    <div className="flex flex-col gap-4">
      <What ask={ask} />
      <Who account={account} draft={draft.data} fixed={step !== undefined} />
      {failure != null && <ErrorNote error={failure} />}
      <div role="status" className="min-h-6 text-muted">
        {step ? t(`send.step.${step}`) : draft.isPending ? t("send.step.preparing") : ""}
      </div>
      <div className="flex justify-end gap-2">
        {!step && <Button onClick={() => onStop(failure ?? undefined)}>{failure ? t("send.close") : t("send.cancel")}</Button>}
        {draft.error ? (
          <Button look="primary" onClick={() => void draft.refetch()}>
            {t("send.again")}
          </Button>
        ) : (
          <Button
            look="primary"
            autoFocus
            busy={step !== undefined || draft.isFetching}
            onClick={() => {
              if (draft.data) void go(draft.data);
            }}
          >
            {error ? t("send.again") : t("send.sign")}
          </Button>
        )}
      </div>
    </div>
  );
}

const mostShown = 5;

/** What is asked of the chain, in sentences; to the last field on demand. */
function What({ ask }: { ask: Ask }) {
  const { t, i18n } = useTranslation("wallet");
  const more = ask.messages.length - mostShown;
  return (
    <div className="rounded-lg bg-sunken p-3">
      <ul className="flex flex-col gap-1">
        {ask.messages.slice(0, mostShown).map((message, i) => (
          <li key={i} dir="auto">
            {sentence(message, t, i18n.language)}
          </li>
        ))}
        {more > 0 && <li className="text-muted">{t("send.more", { count: more })}</li>}
      </ul>
      <details className="mt-2 text-sm">
        <summary className="cursor-pointer text-muted">{t("send.exactly")}</summary>
        <pre dir="ltr" tabIndex={0} className="mt-2 max-h-60 overflow-auto rounded bg-raised p-2 font-mono text-xs">
          {exactly(ask.messages)}
        </pre>
      </details>
    </div>
  );
}

function Who({ account, draft, fixed }: { account: Account; draft: Draft | undefined; fixed: boolean }) {
  const { t } = useTranslation("wallet");
  const { accounts } = useStore(wallet);
  return (
    <Facts>
      <Fact label={t("send.from")}>
        {accounts.length > 1 && !fixed ? (
          <select
            aria-label={t("send.from")}
            value={account.address}
            onChange={(e) => activate(e.target.value)}
            className="min-h-8 rounded border border-line-strong bg-raised px-2"
          >
            {accounts.map((a) => (
              <option key={a.address} value={a.address}>
                {a.name || a.address}
              </option>
            ))}
          </select>
        ) : (
          <Address of={account.address} name={account.name} />
        )}
      </Fact>
      <Fact label={t("send.fee")}>
        {!draft ? <Loading lines={1} /> : draft.fee.amount === 0n ? t("send.free") : <Amount ualy={draft.fee.amount.toString()} />}
        {draft?.fee.granter && <span className="text-muted"> {t("send.granted")}</span>}
      </Fact>
    </Facts>
  );
}
