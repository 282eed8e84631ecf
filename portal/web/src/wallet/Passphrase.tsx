import { useQuery } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";
import { Button, ErrorNote, Field, TextInput, useStore } from "@/design";
import { hasVault, unlock } from "./session";
import { wallet } from "./state";
import { minPassphrase } from "./vault";

/** Whether a passphrase must be chosen, given, or neither. */
export type Need = "new" | "given" | "none";

export function useNeed(): Need | undefined {
  const { unlocked, accounts } = useStore(wallet);
  const { data } = useQuery({ queryKey: ["vault", accounts.length], queryFn: hasVault, staleTime: 0 });
  if (unlocked) return "none";
  return data === undefined ? undefined : data ? "given" : "new";
}

/** Says what is wrong with a new passphrase; undefined when nothing is. */
export function flaw(passphrase: string, again: string): "short" | "differ" | undefined {
  if ([...passphrase].length < minPassphrase) return "short";
  return passphrase === again ? undefined : "differ";
}

interface Fields {
  need: Need;
  passphrase: string;
  again: string;
  onChange: (passphrase: string, again: string) => void;
  /** Shows what is wrong only after an attempt. */
  tried: boolean;
}

/** The fields for a passphrase: two for a new one. */
export function PassphraseFields({ need, passphrase, again, onChange, tried }: Fields) {
  const { t } = useTranslation("wallet");
  if (need === "none") return null;
  const wrong = tried && need === "new" ? flaw(passphrase, again) : undefined;
  return (
    <>
      <Field
        label={t("passphrase.label")}
        hint={need === "new" ? t("passphrase.hint", { count: minPassphrase }) : undefined}
        error={wrong === "short" && t("passphrase.short", { count: minPassphrase })}
        required
      >
        <TextInput
          type="password"
          dir="ltr"
          autoComplete={need === "new" ? "new-password" : "current-password"}
          value={passphrase}
          onChange={(e) => onChange(e.target.value, again)}
        />
      </Field>
      {need === "new" && (
        <Field label={t("passphrase.again")} error={wrong === "differ" && t("passphrase.differ")} required>
          <TextInput type="password" dir="ltr" autoComplete="new-password" value={again} onChange={(e) => onChange(passphrase, e.target.value)} />
        </Field>
      )}
    </>
  );
}

/** Asks for the passphrase and opens the keys. */
export function UnlockForm({ onUnlocked }: { onUnlocked?: () => void }) {
  const { t } = useTranslation("wallet");
  const [passphrase, setPassphrase] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const submit = async (e: SyntheticEvent) => {
    e.preventDefault();
    setBusy(true);
    try {
      await unlock(passphrase);
      onUnlocked?.();
    } catch (cause) {
      setError(cause);
      setBusy(false);
    }
  };
  return (
    <form onSubmit={(e) => void submit(e)} className="flex flex-col gap-3">
      <Field label={t("passphrase.label")} error={error !== undefined && t("passphrase.wrong")} required plain>
        <TextInput
          type="password"
          dir="ltr"
          autoFocus
          autoComplete="current-password"
          value={passphrase}
          onChange={(e) => setPassphrase(e.target.value)}
        />
      </Field>
      {error !== undefined && <ErrorNote error={error} />}
      <Button type="submit" look="primary" icon="unlock" busy={busy} disabled={!passphrase} className="self-end">
        {t("unlock")}
      </Button>
    </form>
  );
}
