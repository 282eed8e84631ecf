import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button, Copy, Dialog, ErrorNote, Field, Note, TextInput, toast } from "@/design";
import { flaw, PassphraseFields, UnlockForm } from "./Passphrase";
import { exportPhrase, setPassphrase } from "./session";
import type { Account } from "./state";

/** Asks for the passphrase in a window of its own. */
export function UnlockDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation("wallet");
  return (
    <Dialog open={open} onOpenChange={onClose} title={t("unlock")}>
      <UnlockForm onUnlocked={onClose} />
    </Dialog>
  );
}

/** Shows an account's words to whoever gives the passphrase again. */
export function ShowPhrase({ account, open, onClose }: { account: Account; open: boolean; onClose: () => void }) {
  const { t } = useTranslation("wallet");
  return (
    <Dialog open={open} onOpenChange={onClose} title={t("phrase.title")} lead={t("phrase.lead")}>
      {open && <Words account={account} />}
    </Dialog>
  );
}

function Words({ account }: { account: Account }) {
  const { t } = useTranslation("wallet");
  const [passphrase, setPassphrase] = useState("");
  const [phrase, setPhrase] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const submit = async (e: SyntheticEvent) => {
    e.preventDefault();
    setBusy(true);
    try {
      setPhrase(await exportPhrase(account.address, passphrase));
    } catch (cause) {
      setError(cause);
    }
    setBusy(false);
  };
  if (phrase) {
    return (
      <div className="flex flex-col gap-3">
        <Note tone="warn" title={t("create.warnTitle")}>{t("create.warn")}</Note>
        <p dir="ltr" translate="no" className="flex items-start gap-2 rounded-lg bg-sunken p-3 font-mono">
          {phrase} <Copy text={phrase} />
        </p>
      </div>
    );
  }
  return (
    <form onSubmit={(e) => void submit(e)} className="flex flex-col gap-3">
      <Field label={t("passphrase.label")} required plain>
        <TextInput type="password" dir="ltr" autoFocus autoComplete="current-password" value={passphrase} onChange={(e) => setPassphrase(e.target.value)} />
      </Field>
      {error !== undefined && <ErrorNote error={error} />}
      <Button type="submit" look="primary" icon="eye" busy={busy} disabled={!passphrase} className="self-end">{t("phrase.show")}</Button>
    </form>
  );
}

/** Puts all keys under another passphrase. */
export function ChangePassphrase({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("wallet");
  const [before, setBefore] = useState("");
  const [after, setAfter] = useState(["", ""] as [string, string]);
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const submit = async (e: SyntheticEvent) => {
    e.preventDefault();
    setTried(true);
    if (flaw(...after)) return;
    setBusy(true);
    try {
      await setPassphrase(before, after[0]);
      toast({ tone: "good", title: t("change.done") });
      onClose();
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  return (
    <Dialog open onOpenChange={onClose} title={t("change.title")}>
      <form onSubmit={(e) => void submit(e)} className="flex flex-col gap-3" noValidate>
        <Field label={t("change.before")} required>
          <TextInput type="password" dir="ltr" autoComplete="current-password" value={before} onChange={(e) => setBefore(e.target.value)} />
        </Field>
        <PassphraseFields need="new" passphrase={after[0]} again={after[1]} onChange={(...both) => setAfter(both)} tried={tried} />
        {error !== undefined && <ErrorNote error={error} />}
        <Button type="submit" look="primary" busy={busy} className="self-end">{t("save")}</Button>
      </form>
    </Dialog>
  );
}
